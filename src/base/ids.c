/*
 * Identifiers: one atomic counter that follows the clock.
 *
 * Must not know: which kinds exist; each declares its own prefix. Read next: base/shape.h.
 */
#include "base/ids.h"

#include <stdatomic.h>
#include <string.h>

#include "base/log.h"

enum { SEQUENCE_BITS = 11, NODE_BITS = 10, TIME_SHIFT = SEQUENCE_BITS + NODE_BITS, DIGITS = 13 };

#define EPOCH        INT64_C(1577836800000) /* 2020-01-01 in milliseconds */
#define TIME_MAX     ((INT64_C(1) << 42) - 1)
#define SEQUENCE_MAX ((INT64_C(1) << SEQUENCE_BITS) - 1)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base 32 */

static int64_t node_bits;
static _Atomic int64_t last_id;

void ids_set_node(int node)
{
    ensure(node >= 0 && node < 1 << NODE_BITS);
    node_bits = (int64_t)node << SEQUENCE_BITS;
}

static int64_t first_of(int64_t time)
{
    return time << TIME_SHIFT | node_bits;
}

/* One more than `last`; a full sequence borrows the next millisecond, never another node's number. */
static int64_t following(int64_t last)
{
    int64_t sequence = last & SEQUENCE_MAX;
    int64_t time = last >> TIME_SHIFT;
    return sequence == SEQUENCE_MAX ? first_of(time + 1) : first_of(time) | (sequence + 1);
}

int64_t id_new(void)
{
    int64_t time = clock_now().ms - EPOCH;
    /* 0 stays free: it says that an id is unset. */
    int64_t now = first_of(time < 1 ? 1 : time);
    int64_t last = atomic_load_explicit(&last_id, memory_order_relaxed);
    int64_t next;
    do {
        next = now > last ? now : following(last);
    } while (!atomic_compare_exchange_weak(&last_id, &last, next));
    ensure(next > 0);
    return next;
}

void ids_pass(int64_t id)
{
    int64_t next = first_of((id >> TIME_SHIFT) + 1);
    int64_t last = atomic_load_explicit(&last_id, memory_order_relaxed);
    while (last < next && !atomic_compare_exchange_weak(&last_id, &last, next)) {
    }
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
