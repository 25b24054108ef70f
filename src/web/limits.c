/*
 * How often: token buckets. A bucket is kept as the moment at which it will be full again (the
 * "theoretical arrival time" of the generic cell rate algorithm, ITU-T I.371), one number each.
 *
 * Must not know: requests, HTTP. Read next: web/forgery_test.c.
 */
#include "web/limits.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>

#define SHARDS     64  /* locks, so that workers rarely meet */
#define SLOTS      256 /* buckets behind one lock */
#define NEIGHBOURS 8   /* slots a caller may land in */

struct bucket {
    uint64_t who; /* hash of caller and class; 0: unused */
    int64_t full; /* clock_ticks() at which it is full again */
};

struct shard {
    pthread_mutex_t lock;
    struct bucket buckets[SLOTS];
};

struct limits {
    unsigned char key[crypto_shorthash_KEYBYTES]; /* so that nobody can aim at a slot */
    _Atomic int64_t processes;                    /* that share each limit */
    struct shard shards[SHARDS];
};

struct rate_rule {
    int64_t calls;  /* in a window, and at once */
    int64_t window; /* nanoseconds */
};

static struct rate_rule rule_of(enum rate rate)
{
    const int64_t minute = INT64_C(60000000000);
    switch (rate) {
    case RATE_SLOW:
        return (struct rate_rule){30, minute};
    case RATE_SECRET:
        return (struct rate_rule){10, minute};
    case RATE_UPLOAD:
        return (struct rate_rule){2000, 60 * minute};
    case RATE_GUEST:
        return (struct rate_rule){20, 60 * minute};
    case RATE_HOUSE:
        return (struct rate_rule){300, 60 * minute};
    case RATE_ADDRESS:
        return (struct rate_rule){6000, minute};
    case RATE_NORMAL:
        break;
    }
    return (struct rate_rule){600, minute};
}

struct limits *limits_make(struct memory *process)
{
    struct limits *limits = memory_take(process, sizeof *limits);
    if (!limits)
        return NULL;
    randombytes_buf(limits->key, sizeof limits->key);
    atomic_store(&limits->processes, 1);
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_init(&limits->shards[i].lock, NULL);
    return limits;
}

void limits_share(struct limits *limits, int64_t processes)
{
    atomic_store(&limits->processes, processes > 1 ? processes : 1);
}

/* This process's part of a rule. */
static struct rate_rule share_of(struct limits *limits, enum rate rate)
{
    struct rate_rule rule = rule_of(rate);
    rule.calls /= atomic_load_explicit(&limits->processes, memory_order_relaxed);
    rule.calls = rule.calls > 0 ? rule.calls : 1;
    return rule;
}

/* The caller's bucket, or the neighbour that is full or fullest. */
static struct bucket *find_bucket(struct shard *shard, uint64_t who, int64_t ticks)
{
    size_t first = (size_t)(who >> 32) % SLOTS;
    struct bucket *best = NULL;
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        struct bucket *bucket = &shard->buckets[(first + i) % SLOTS];
        if (bucket->who == who)
            return bucket;
        if (!best || bucket->full < best->full)
            best = bucket;
    }
    *best = (struct bucket){who, ticks};
    return best;
}

struct limit_state limits_take(struct limits *limits, enum rate rate, struct text who, int64_t cost,
                               int64_t ticks)
{
    struct rate_rule rule = share_of(limits, rate);
    if (cost > rule.calls && cost <= rule_of(rate).calls)
        cost = rule.calls; /* one large call takes all of a share that it does not fit into */
    unsigned char hash[crypto_shorthash_BYTES];
    crypto_shorthash(hash, (const unsigned char *)(who.data ? who.data : ""), who.size,
                     limits->key);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof hash; i++)
        number = number << 8 | hash[i];
    number += (uint64_t)rate + 1;
    struct shard *shard = &limits->shards[number % SHARDS];
    int64_t each = rule.window / rule.calls;
    struct limit_state state = {.limit = rule.calls, .window = rule.window / INT64_C(1000000000)};

    pthread_mutex_lock(&shard->lock);
    struct bucket *bucket = find_bucket(shard, number, ticks);
    int64_t full = bucket->full > ticks ? bucket->full : ticks;
    int64_t after = full + cost * each;
    state.allowed = after - ticks <= rule.window;
    if (state.allowed)
        bucket->full = full = after;
    pthread_mutex_unlock(&shard->lock);

    state.remaining = (rule.window - (full - ticks)) / each;
    int64_t wait = state.allowed ? full - ticks : after - ticks - rule.window;
    state.reset = (wait + INT64_C(999999999)) / INT64_C(1000000000);
    return state;
}
