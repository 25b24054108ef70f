/*
 * Identifiers: one atomic counter that follows the clock, within what was leased.
 *
 * Must not know: which kinds exist; each declares its own prefix; who leases. Read next: base/shape.h,
 * core/node.h.
 */
#include "base/ids.h"

#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#include "base/log.h"

enum { SEQUENCE_BITS = 11, NODE_BITS = 10, TIME_SHIFT = SEQUENCE_BITS + NODE_BITS, DIGITS = 13 };

#define EPOCH        INT64_C(1577836800000) /* 2020-01-01 in milliseconds */
#define TIME_MAX     ((INT64_C(1) << 42) - 1)
#define SEQUENCE_MAX ((INT64_C(1) << SEQUENCE_BITS) - 1)
#define NODE_MAX     ((INT64_C(1) << NODE_BITS) - 1)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base 32 */

/* Time and number in one word, so that nobody sees the time of one lease with the number of another:
 * 42 bits of the last millisecond reserved, 10 bits of node number. */
static _Atomic int64_t lease = TIME_MAX << NODE_BITS;
#define CHANGING INT64_C(-1)
static _Atomic int64_t last_id;
static _Atomic int64_t asked; /* milliseconds since EPOCH: ids_pass() had to go beyond the lease */

static int64_t time_of(struct instant at)
{
    int64_t time = at.ms - EPOCH;
    return time < 0 ? 0 : time > TIME_MAX ? TIME_MAX : time;
}

static int64_t first_of(int64_t time, int64_t node)
{
    return time << TIME_SHIFT | node << SEQUENCE_BITS;
}

static void raise_to(_Atomic int64_t *value, int64_t least)
{
    int64_t now = atomic_load_explicit(value, memory_order_relaxed);
    while (now < least && !atomic_compare_exchange_weak(value, &now, least)) {
    }
}

void ids_take_node(int node, struct instant after, struct instant through)
{
    ensure(node >= 0 && node <= NODE_MAX && through.ms > after.ms);
    atomic_store(&lease, CHANGING);
    raise_to(&last_id, (time_of(after) + 1) << TIME_SHIFT);
    atomic_store(&lease, time_of(through) << NODE_BITS | node);
}

void ids_reserve(struct instant through)
{
    atomic_store(&lease, time_of(through) << NODE_BITS | (atomic_load(&lease) & NODE_MAX));
}

void ids_stop(void)
{
    atomic_store(&lease, 0);
}

struct instant ids_used(void)
{
    int64_t now = time_of(clock_now());
    int64_t last = atomic_load(&last_id) >> TIME_SHIFT;
    int64_t wanted = atomic_load(&asked);
    int64_t used = now > last ? now : last;
    return (struct instant){(used > wanted ? used : wanted) + EPOCH};
}

/* One more than `last`; a full sequence borrows the next millisecond, never another node's number. */
static int64_t following(int64_t last, int64_t node)
{
    int64_t time = last >> TIME_SHIFT;
    bool room = (last & SEQUENCE_MAX) < SEQUENCE_MAX && (last >> SEQUENCE_BITS & NODE_MAX) == node;
    return room ? last + 1 : first_of(time + 1, node);
}

/* The next id within a lease; 0: it would lie beyond. */
static int64_t next_in(int64_t held)
{
    int64_t node = held & NODE_MAX;
    int64_t most = clock_is_set() ? TIME_MAX : held >> NODE_BITS;
    int64_t time = clock_now().ms - EPOCH;
    if (time > most - IDS_SPARE)
        time = most - IDS_SPARE;
    /* 0 stays free: it says that an id is unset. */
    int64_t now = first_of(time < 1 ? 1 : time, node);
    int64_t last = atomic_load_explicit(&last_id, memory_order_relaxed);
    int64_t next;
    do {
        next = now > last ? now : following(last, node);
        if (next >> TIME_SHIFT > most)
            return 0;
    } while (!atomic_compare_exchange_weak(&last_id, &last, next));
    return next;
}

int64_t id_new(void)
{
    int64_t held;
    int64_t next = 0;
    do {
        while ((held = atomic_load(&lease)) == CHANGING)
            sched_yield();
        bool may_make_ids = held >> NODE_BITS > 0;
        ensure(may_make_ids);
        next = next_in(held);
        bool what_is_reserved_lasts = next != 0 || held != atomic_load(&lease);
        ensure(what_is_reserved_lasts);
    } while (next == 0);
    return next;
}

bool ids_pass(int64_t id)
{
    int64_t held = atomic_load_explicit(&lease, memory_order_acquire);
    int64_t time = (id >> TIME_SHIFT) + 1;
    if (!clock_is_set() && time > (held >> NODE_BITS) - IDS_SPARE) {
        raise_to(&asked, time);
        return false;
    }
    raise_to(&last_id, first_of(time, held & NODE_MAX));
    return true;
}

void ids_follow(int64_t id)
{
    if (id <= atomic_load_explicit(&last_id, memory_order_relaxed))
        return;
    int64_t time = id >> TIME_SHIFT;
    int64_t reserved =
        (atomic_load_explicit(&lease, memory_order_relaxed) >> NODE_BITS) - IDS_SPARE;
    if (time <= clock_now().ms - EPOCH + IDS_SPARE && (time < reserved || clock_is_set()))
        raise_to(&last_id, id);
}

struct instant id_time(int64_t id)
{
    return (struct instant){(id >> TIME_SHIFT) + EPOCH};
}

int64_t id_first_at(struct instant at)
{
    int64_t time = at.ms - EPOCH;
    if (time < 0) {
        return 0;
    }
    return (time > TIME_MAX ? TIME_MAX : time) << TIME_SHIFT;
}

void id_write(char out[ID_TEXT_MAX], const char *prefix, int64_t id)
{
    size_t size = strlen(prefix);
    ensure(size + 1 + DIGITS + 1 <= ID_TEXT_MAX);
    memcpy(out, prefix, size);
    out[size] = '_';
    char *digits = out + size + 1;
    uint64_t left = (uint64_t)id;
    for (int i = DIGITS - 1; i >= 0; i--) {
        digits[i] = alphabet[left & 31];
        left >>= 5;
    }
    digits[DIGITS] = '\0';
}

struct id_text id_text(const char *prefix, int64_t id)
{
    struct id_text out;
    id_write(out.text, prefix, id);
    return out;
}

bool id_parse(struct text typed, const char *prefix, int64_t *out)
{
    size_t size = strlen(prefix);
    if (typed.size != size + 1 + DIGITS || memcmp(typed.data, prefix, size) != 0 ||
        typed.data[size] != '_') {
        return false;
    }
    uint64_t id = 0;
    for (size_t i = size + 1; i < typed.size; i++) {
        const char *digit = memchr(alphabet, typed.data[i], sizeof alphabet - 1);
        /* The first digit holds three bits only: the id is positive. */
        if (!digit || (i == size + 1 && digit - alphabet > 7)) {
            return false;
        }
        id = id << 5 | (uint64_t)(digit - alphabet);
    }
    if (id == 0) {
        return false;
    }
    *out = (int64_t)id;
    return true;
}
