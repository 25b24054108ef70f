/*
 * The clock and the civil calendar in UTC.
 *
 * Must not know: time zones and languages (web/ writes dates for people with ICU).
 * Read next: base/ids.h, which puts the time into identifiers.
 */
#include "base/clock.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

static _Atomic int64_t stopped_at; /* milliseconds; 0: the system's clock counts */

struct instant clock_now(void)
{
    int64_t stopped = atomic_load_explicit(&stopped_at, memory_order_relaxed);
    if (stopped != 0) {
        return (struct instant){stopped};
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000000};
}

void clock_set(struct instant at)
{
    atomic_store_explicit(&stopped_at, at.ms, memory_order_relaxed);
}

bool clock_is_set(void)
{
    return atomic_load_explicit(&stopped_at, memory_order_relaxed) != 0;
}

int64_t clock_ticks(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

struct instant instant_add(struct instant at, int64_t ms)
{
    return (struct instant){at.ms + ms};
}

/* Days since 1970-01-01. Years are counted from March, so that a leap day ends one; an era is 400
 * years. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The same way back. */
static void civil_from_days(int64_t days, struct civil *civil)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    civil->day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    civil->month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2));
}

struct civil civil_of(struct instant at)
{
    int64_t days = at.ms / DAY;
    int64_t rest = at.ms % DAY;
    if (rest < 0) {
        rest += DAY;
        days -= 1;
    }
    struct civil civil = {.hour = (int)(rest / HOUR),
                          .minute = (int)(rest % HOUR / MINUTE),
                          .second = (int)(rest % MINUTE / SECOND),
                          .ms = (int)(rest % SECOND)};
    civil_from_days(days, &civil);
    return civil;
}

struct instant instant_of(struct civil civil)
{
    int64_t days = days_from_civil(civil.year, civil.month, civil.day);
    return (struct instant){days * DAY + civil.hour * HOUR + civil.minute * MINUTE +
                            civil.second * SECOND + civil.ms};
}

int64_t civil_months(struct civil from, struct civil to)
{
    int64_t months = ((int64_t)to.year - from.year) * 12 + to.month - from.month;
    struct civil next = civil_of(instant_add(instant_of(to), DAY));
    return to.day < from.day && next.month == to.month ? months - 1 : months;
}

static void print_digits(char *out, int number, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void instant_print(char out[INSTANT_TEXT_MAX], struct instant at)
{
    struct civil civil = civil_of(at);
    ensure(civil.year >= 0 && civil.year <= 9999);
    memcpy(out, "0000-00-00T00:00:00.000Z", INSTANT_TEXT_MAX);
    print_digits(out, civil.year, 4);
    print_digits(out + 5, civil.month, 2);
    print_digits(out + 8, civil.day, 2);
    print_digits(out + 11, civil.hour, 2);
    print_digits(out + 14, civil.minute, 2);
    print_digits(out + 17, civil.second, 2);
    print_digits(out + 20, civil.ms, 3);
}

struct text instant_write(struct memory *memory, struct instant at)
{
    char written[INSTANT_TEXT_MAX];
    instant_print(written, at);
    return text_copy(memory, text_of(written));
}

/* Exactly `digits` digits off the front. */
static bool take_number(struct text *t, size_t digits, int *out)
{
    if (t->size < digits) {
        return false;
    }
    int number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (t->data[i] < '0' || t->data[i] > '9') {
            return false;
        }
        number = number * 10 + (t->data[i] - '0');
    }
    t->data += digits;
    t->size -= digits;
    *out = number;
    return true;
}

static bool take_char(struct text *t, char expected)
{
    if (t->size == 0 || t->data[0] != expected) {
        return false;
    }
    t->data++;
    t->size--;
    return true;
}

static bool take_date(struct text *t, struct civil *civil)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!take_number(t, 4, &civil->year) || !take_char(t, '-') ||
        !take_number(t, 2, &civil->month) || !take_char(t, '-') ||
        !take_number(t, 2, &civil->day)) {
        return false;
    }
    if (civil->year < 1970 || civil->month < 1 || civil->month > 12) {
        return false;
    }
    bool leap = civil->year % 4 == 0 && (civil->year % 100 != 0 || civil->year % 400 == 0);
    int length = lengths[civil->month - 1] + (leap && civil->month == 2);
    return civil->day >= 1 && civil->day <= length;
}

static void take_fraction(struct text *t, int *ms)
{
    int scale = 100;
    while (t->size > 0 && t->data[0] >= '0' && t->data[0] <= '9') {
        *ms += (t->data[0] - '0') * scale;
        scale /= 10;
        t->data++;
        t->size--;
    }
}

static bool take_time(struct text *t, struct civil *civil)
{
    if (!take_number(t, 2, &civil->hour) || !take_char(t, ':') ||
        !take_number(t, 2, &civil->minute) || !take_char(t, ':') ||
        !take_number(t, 2, &civil->second)) {
        return false;
    }
    if (take_char(t, '.')) {
        size_t before = t->size;
        take_fraction(t, &civil->ms);
        if (t->size == before) {
            return false;
        }
    }
    return civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59;
}

static bool take_offset(struct text *t, int64_t *offset)
{
    *offset = 0;
    if (take_char(t, 'Z') || take_char(t, 'z')) {
        return true;
    }
    int64_t sign = take_char(t, '-') ? -1 : take_char(t, '+') ? 1 : 0;
    int hours;
    int minutes;
    if (sign == 0 || !take_number(t, 2, &hours) || !take_char(t, ':') ||
        !take_number(t, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *offset = sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

bool instant_parse(struct text typed, struct instant *out)
{
    struct text left = typed;
    struct civil civil = {0};
    int64_t offset = 0;
    if (!take_date(&left, &civil)) {
        return false;
    }
    if (left.size > 0) {
        if ((!take_char(&left, 'T') && !take_char(&left, 't')) || !take_time(&left, &civil) ||
            !take_offset(&left, &offset) || left.size > 0) {
            return false;
        }
    }
    struct instant at = instant_add(instant_of(civil), -offset);
    if (at.ms <= 0 || civil_of(at).year > 9999) {
        return false;
    }
    *out = at;
    return true;
}
