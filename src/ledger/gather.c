/*
 * Posts lines of many callers together.
 *
 * One hand takes whatever waits, writes it as one batch in which each line stands for itself, and wakes
 * the callers. While one batch commits, the next one comes together. Must not know: who calls.
 * Read next: ledger/batch.c, store/postgresql_pool.c.
 */
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include "base/log.h"
#include "ledger/ledger.h"

enum { TOGETHER = 1000, TRIES = 10 };

#define BATCH_MEMORY (64 << 20)            /* bytes a batch may take */
#define PATIENCE     (300 * INT64_C(1000)) /* nanoseconds to wait for those just answered */

/* A caller who waits; on its stack. */
struct waiter {
    struct waiter *next;
    struct ledger_line *line;
    const struct problem *problem; /* of the store */
    sem_t answered;
};

struct gather {
    struct store *store;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t came;  /* a caller, as many as the hand hopes for, or the end */
    struct waiter *first, **last;
    size_t waiting;
    size_t hoped; /* how many the hand waits for */
    bool ending;
    pthread_t hand;
};

/* A batch under way. */
struct together {
    struct ledger_line lines[TOGETHER];
    struct waiter *waiters[TOGETHER];
    size_t count;
};

static const struct problem *post(struct database *db, struct memory *memory, void *context)
{
    struct together *together = context;
    size_t wrong;
    return ledger_batch(db, memory, together->lines, together->count, BATCH_EACH, &wrong);
}

/* Waits until so many callers wait or the time is over; NULL: without end. */
static void hope_for(struct gather *gather, size_t count, const struct timespec *until)
{
    int code = 0;
    gather->hoped = count;
    while (gather->waiting < count && !gather->ending && code == 0) {
        code = until ? pthread_cond_timedwait(&gather->came, &gather->lock, until)
                     : pthread_cond_wait(&gather->came, &gather->lock);
    }
}

/* Those who were just answered come back one by one, and the first would make a small batch that the
 * others wait for: so the hand waits a moment for as many as it had before. */
static void wait_for_callers(struct gather *gather, size_t before)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += PATIENCE;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    hope_for(gather, before, &until);
    hope_for(gather, 1, NULL);
}

/* Waits for callers and takes all who wait; false at the end, when nobody does. */
static bool take(struct gather *gather, struct together *together)
{
    pthread_mutex_lock(&gather->lock);
    wait_for_callers(gather, together->count);
    together->count = 0;
    while (gather->first && together->count < TOGETHER) {
        struct waiter *waiter = gather->first;
        gather->first = waiter->next;
        together->lines[together->count] = *waiter->line;
        together->waiters[together->count++] = waiter;
    }
    gather->waiting -= together->count;
    if (!gather->first)
        gather->last = &gather->first;
    pthread_mutex_unlock(&gather->lock);
    return together->count > 0;
}

static void answer(struct together *together, const struct problem *problem)
{
    for (size_t i = 0; i < together->count; i++) {
        struct waiter *waiter = together->waiters[i];
        *waiter->line = together->lines[i];
        waiter->problem = problem;
        sem_post(&waiter->answered); /* after this the waiter may be gone */
    }
}

/* Two processes, or a batch beside this one, may get the same new key at the same moment. Whoever is later
 * finds it in its next try, so that each line is answered as it should be; a batch of a thousand may meet
 * several. */
static const struct problem *write_batch(struct gather *gather, struct memory *memory,
                                         struct together *together)
{
    const struct problem *problem = &conflict;
    for (int try = 0; problem == &conflict && try < TRIES; try++) {
        struct memory *own = memory_scratch(memory);
        problem = own ? store_write_locking(gather->store, own, post, together) : &out_of_memory;
        memory_end(own);
    }
    return problem == &conflict ? &store_busy : problem;
}

static void *work(void *context)
{
    struct gather *gather = context;
    struct memory *own = memory_create(BATCH_MEMORY);
    struct together *together = own ? memory_take(own, sizeof *together) : NULL;
    ensure(together);
    together->count = 0;
    while (take(gather, together)) {
        answer(together, write_batch(gather, own, together));
    }
    memory_end(own);
    return NULL;
}

static void end(void *companion)
{
    struct gather *gather = companion;
    pthread_mutex_lock(&gather->lock);
    gather->ending = true;
    pthread_cond_signal(&gather->came);
    pthread_mutex_unlock(&gather->lock);
    pthread_join(gather->hand, NULL);
    pthread_cond_destroy(&gather->came);
    pthread_mutex_destroy(&gather->lock);
}

static void *make(struct memory *own, struct store *store)
{
    struct gather *gather = memory_take(own, sizeof *gather);
    if (!gather)
        return NULL;
    gather->store = store;
    gather->last = &gather->first;
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&gather->lock, NULL);
    pthread_cond_init(&gather->came, &clock);
    pthread_condattr_destroy(&clock);
    return pthread_create(&gather->hand, NULL, work, gather) == 0 ? gather : NULL;
}

static const struct problem *wait_for(struct gather *gather, struct waiter *waiter)
{
    sem_init(&waiter->answered, 0, 0);
    pthread_mutex_lock(&gather->lock);
    ensure(!gather->ending);
    *gather->last = waiter;
    gather->last = &waiter->next;
    if (++gather->waiting >= gather->hoped)
        pthread_cond_signal(&gather->came);
    pthread_mutex_unlock(&gather->lock);
    while (sem_wait(&waiter->answered) != 0)
        continue; /* a signal came */
    sem_destroy(&waiter->answered);
    return waiter->problem;
}

const struct problem *ledger_gather(struct store *store, struct ledger_line *line)
{
    struct waiter waiter = {.line = line};
    struct gather *gather = store_companion(store, make, end);
    const struct problem *problem = gather ? wait_for(gather, &waiter) : &out_of_memory;
    return problem ? problem : line->problem;
}
