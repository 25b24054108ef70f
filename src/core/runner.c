/*
 * Keeps the clockwork going: each lane's jobs, timers, obligations, consumers, expiring holds, units that end,
 * the search, days that end, webhooks.
 *
 * Must not know: what any of them does. Read next: core/job.c, core/event.c, core/flow.c.
 */
#include "core/runner.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "core/books/closing.h"
#include "core/flow.h"
#include "core/hooks/hooks.h"
#include "core/owed/obligation.h"
#include "core/reward/reward.h"
#include "core/search/search.h"
#include "ledger/ledger.h"

enum { HANDS = 6, BATCH = 500 };
static const size_t round_memory = 32 << 20;

struct runner;
struct hand {
    struct runner *runner;
    enum job_lane lane; /* 0: timers, consumers and holds */
    pthread_t thread;
    bool started; /* there is a thread to join */
};

struct runner {
    struct store *store;
    const struct consumer *const *consumers;
    size_t consumer_count;
    struct memory *memory; /* of the readers */
    pthread_mutex_t lock;  /* guards stopping */
    pthread_cond_t bell;   /* rings when it stops */
    bool stopping;
    struct hook_lane *hooks; /* delivers webhooks; NULL: was not started */
    struct hand hands[HANDS];
};

static const struct problem *expire(struct database *db, struct memory *memory, void *context)
{
    return ledger_hold_expire(db, memory, clock_now(), context);
}

/* One round of timers, obligations, consumers, holds, balances and units that end; *moved counts what
 * happened. */
static const struct problem *tick(struct store *store, struct database *reader,
                                  struct memory *memory, const struct consumer *const *consumers,
                                  size_t count, int64_t *moved)
{
    int64_t fired = 0;
    int64_t taken = 0;
    int64_t expired = 0;
    int64_t added = 0;
    int64_t tended = 0;
    int64_t units = 0;
    const struct problem *problem = flow_fire(store, reader, memory, clock_now(), &fired);
    if (!problem)
        problem = obligation_tend(store, reader, memory, clock_now(), &tended);
    if (!problem)
        problem = event_consume(store, reader, memory, consumers, count, BATCH, &taken);
    bool due = false;
    if (!problem)
        problem = ledger_hold_any_due(reader, memory, clock_now(), &due);
    if (!problem && due)
        problem = store_write(store, memory, expire, &expired);
    if (!problem)
        problem = ledger_add_up(store, reader, memory, &added);
    if (!problem)
        problem = reward_tend(store, reader, memory, clock_now(), &units);
    *moved = fired + tended + taken + expired + added + units;
    return problem;
}

static const struct problem *round_of(struct hand *hand, struct database *reader,
                                      struct memory *memory, int64_t *moved)
{
    struct runner *runner = hand->runner;
    int64_t closed = 0;
    const struct problem *problem = hand->lane == LANE_SLOW ? search_tend(reader, memory) : NULL;
    if (problem)
        return problem;
    if (!hand->lane)
        return tick(runner->store, reader, memory, runner->consumers, runner->consumer_count,
                    moved);
    problem = job_work(runner->store, reader, hand->lane, BATCH, moved);
    if (!problem && hand->lane == LANE_SLOW)
        problem = closing_tend(runner->store, reader, memory, &closed);
    *moved += closed;
    return problem;
}

/* Waits for half a second or the end; true when it is to go on. */
static bool rest(struct runner *runner, bool at_once)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 500000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec += 1;
    }
    pthread_mutex_lock(&runner->lock);
    if (!runner->stopping && !at_once)
        pthread_cond_timedwait(&runner->bell, &runner->lock, &until);
    bool go_on = !runner->stopping;
    pthread_mutex_unlock(&runner->lock);
    return go_on;
}

static void *work(void *argument)
{
    struct hand *hand = argument;
    struct memory *own = memory_create(round_memory);
    struct database *reader = NULL;
    const struct problem *problem =
        own ? store_reader(hand->runner->store, own, &reader) : &out_of_memory;
    if (problem)
        log_write(LOG_ERROR, "runner.no_reader", "problem=%s", problem->name);
    int64_t moved = 0;
    while (!problem && rest(hand->runner, moved > 0)) {
        struct memory *memory = memory_create(round_memory);
        moved = 0;
        const struct problem *failed =
            memory ? round_of(hand, reader, memory, &moved) : &out_of_memory;
        if (failed) {
            log_write(LOG_WARNING, "runner.round_failed", "lane=%d problem=%s", (int)hand->lane,
                      failed->name);
            moved = 0;
        }
        memory_end(memory);
    }
    memory_end(own);
    return NULL;
}

const struct problem *runner_start(struct memory *process, struct store *store,
                                   const struct consumer *const *consumers, size_t count,
                                   struct runner **out)
{
    static const enum job_lane lanes[HANDS] = {0,         LANE_MEDIA, LANE_MEDIA,
                                               LANE_MAIL, LANE_SLOW,  LANE_OUTSIDE};
    struct runner *runner = memory_take(process, sizeof *runner);
    if (!runner)
        return &out_of_memory;
    runner->store = store;
    runner->consumers = consumers;
    runner->consumer_count = count;
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->bell, NULL);
    for (size_t i = 0; i < HANDS; i++) {
        struct hand *hand = &runner->hands[i];
        hand->runner = runner;
        hand->lane = lanes[i];
        hand->started = pthread_create(&hand->thread, NULL, work, hand) == 0;
        if (!hand->started) {
            runner_stop(runner);
            return &world_failed;
        }
    }
    const struct problem *problem = hook_lane_start(process, store, &runner->hooks);
    if (problem) {
        runner_stop(runner);
        return problem;
    }
    *out = runner;
    return NULL;
}

void runner_stop(struct runner *runner)
{
    if (!runner)
        return;
    pthread_mutex_lock(&runner->lock);
    runner->stopping = true;
    pthread_cond_broadcast(&runner->bell);
    pthread_mutex_unlock(&runner->lock);
    for (size_t i = 0; i < HANDS; i++) {
        if (runner->hands[i].started)
            pthread_join(runner->hands[i].thread, NULL);
    }
    hook_lane_stop(runner->hooks);
}

/* Timers, consumers, holds, units that end, one batch of each lane and days that are over; *moved counts what happened. */
static const struct problem *settle_once(struct store *store, struct database *reader,
                                         struct memory *memory,
                                         const struct consumer *const *consumers, size_t count,
                                         bool media, int64_t *moved)
{
    static const enum job_lane lanes[] = {LANE_MEDIA, LANE_MAIL, LANE_SLOW, LANE_OUTSIDE};
    const struct problem *problem = tick(store, reader, memory, consumers, count, moved);
    for (size_t i = media ? 0 : 1; !problem && i < sizeof lanes / sizeof lanes[0]; i++) {
        int64_t done = 0;
        problem = job_work(store, reader, lanes[i], BATCH, &done);
        *moved += done;
    }
    int64_t closed = 0;
    if (!problem)
        problem = closing_tend(store, reader, memory, &closed);
    *moved += closed;
    return problem;
}

const struct problem *runner_settle(struct store *store, struct database *reader,
                                    const struct consumer *const *consumers, size_t count,
                                    bool media)
{
    const struct problem *problem = NULL;
    bool waited = false; /* for events that other transactions held back: nothing due is left */
    for (int64_t moved = 1; !problem && (moved > 0 || waited);) {
        struct memory *memory = memory_create(round_memory);
        problem = memory ? settle_once(store, reader, memory, consumers, count, media, &moved)
                         : &out_of_memory;
        waited = false;
        if (!problem && moved == 0)
            problem = event_await(reader, memory, &waited);
        memory_end(memory);
    }
    return problem;
}
