/*
 * Time: instants in milliseconds, days as civil dates, and the one clock that tests can set.
 */
#ifndef CONTRAFLOW_BASE_CLOCK_H
#define CONTRAFLOW_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct instant {
    int64_t ms; /* milliseconds since 1970-01-01T00:00:00Z; 0 means unset */
};

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* What time it is: the system's, or what clock_set() said. Safe from every thread. */
struct instant clock_now(void);
/* Stops the clock at `at` (tests, demo world); {0} gives it back to the system. */
void clock_set(struct instant at);
bool clock_is_set(void);
/* For durations only: never jumps, not affected by clock_set(). Nanoseconds. */
int64_t clock_ticks(void);

struct instant instant_add(struct instant at, int64_t ms);

/* Civil calendar in UTC (proleptic Gregorian; algorithm: Howard Hinnant, days_from_civil). */
struct civil {
    int year;                     /* 1970..9999 */
    int month;                    /* 1..12 */
    int day;                      /* 1..31 */
    int hour, minute, second, ms; /* 0..23, 0..59, 0..59, 0..999 */
};
struct civil civil_of(struct instant at);
struct instant instant_of(struct civil civil);
/* Whole months from one day to another, not earlier one. A month after 31 January is the last of February. */
int64_t civil_months(struct civil from, struct civil to);

#define INSTANT_TEXT_MAX 25 /* bytes of a written instant with its NUL */

/* "2026-06-10T14:02:11.000Z" (RFC 3339); ensures the range of struct civil. */
void instant_print(char out[INSTANT_TEXT_MAX], struct instant at);
struct text instant_write(struct memory *memory, struct instant at);
/* Reads that with any offset, the fraction of a second optional and cut to milliseconds, or a bare
 * "2026-06-10" as its first moment in UTC. False for 1970's first moment (unset) and before, and for
 * leap seconds. */
bool instant_parse(struct text typed, struct instant *out);

#endif
