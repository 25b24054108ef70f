/*
 * Identifiers: 64-bit, time-ordered, unique across processes, shown with a prefix that tells the kind.
 *
 * Layout from the top: 1 bit zero, 42 bits of milliseconds since 2020-01-01, 10 bits of node number,
 * 11 bits of sequence. Written as prefix, underscore and 13 digits of Crockford's base 32, so that
 * text order is time order: "pho_0BCD...". Each kind has a C struct of its own, declared with a
 * `shape id` comment (see base/shape.h), so that a photo's id cannot pass as a party's.
 */
#ifndef CONTRAFLOW_BASE_IDS_H
#define CONTRAFLOW_BASE_IDS_H

#include <stdint.h>

#include "base/clock.h"
#include "base/text.h"

#define ID_TEXT_MAX                                                                                \
    24 /* longest written id with its NUL: prefix of up to 8, underscore, 13 digits */

struct id_text {
    char text[ID_TEXT_MAX];
};

/*
 * Which ids this process may make: those with the number `node` (0..1023) and a time after `after` and
 * not after `through`. Whoever gives numbers out (core/node.h) gives the same one to another only for
 * later times, so that no two processes make equal ids, whatever their clocks do. Before the first call
 * a process has the number 0 without end: tests and tools.
 */
void ids_take_node(int node, struct instant after, struct instant through);
/* The same number, for longer. */
void ids_reserve(struct instant through);
/* From now on none may be made: asking for one is a bug. */
void ids_stop(void);
/* What `through` must be beyond: now, the time of the latest id, and what ids_pass() asked for. */
struct instant ids_used(void);

#define IDS_SPARE MINUTE /* of what is reserved: used up only when it can't be made longer */

/* A new id, greater than every one this process made before. Uses clock_now() as its time; when the
 * clock stands still or jumps back, or comes near the end of what is reserved, it goes on counting from
 * the last. A clock that was set (clock_set()) is not held to what is reserved. Safe from every thread. */
int64_t id_new(void);
/* From now on every id is greater than `id`, and its time later: what was closed with it stays so,
 * even when this machine's clock is behind. False when that is beyond what is reserved: nothing
 * changed, and ids_used() tells it. */
bool ids_pass(int64_t id);

/* An id that was read: later ones of this process are greater, so that what follows from a thing never
 * seems to come before it, though clocks differ (L. Lamport, Time, Clocks, and the Ordering of Events, 1978).
 * One that is more than IDS_SPARE ahead of this process's clock is not followed. */
void ids_follow(int64_t id);

struct instant id_time(int64_t id);     /* when it was made */
int64_t id_first_at(struct instant at); /* the smallest id of that millisecond */
void id_write(char out[ID_TEXT_MAX], const char *prefix, int64_t id);
/* The same by value: `id_text("pho", id.value).text` lives to the end of the expression it is in. */
struct id_text id_text(const char *prefix, int64_t id);
bool id_parse(struct text typed, const char *prefix, int64_t *out); /* exact prefix, 13 digits */

#endif
