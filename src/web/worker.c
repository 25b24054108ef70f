/*
 * The workers. Jobs run first in, first out; served the other way round, tails took a second.
 *
 * Idle workers lie on a stack, so that the one whose caches are warm goes first, and at most one is
 * being woken at a time: it wakes the next when it finds more to do. A burst of requests then costs
 * as many wake-ups as there are workers needed, not as there are requests.
 * Must not know: HTTP. Read next: web/listen.c.
 */
#include "web/worker.h"

#include <pthread.h>
#include <signal.h>

#include "base/log.h"

#define QUEUE         512                /* jobs that may wait */
#define READER_MEMORY (64 * 1024 * 1024) /* bytes a connection's own state may take */

struct worker {
    struct pool *pool;
    pthread_t thread;
    pthread_cond_t wake;
    struct worker *below;  /* on the stack of idle ones */
    bool called;           /* off the stack, about to run */
    struct memory *memory; /* of the reader */
    struct database *db;
};

struct pool {
    pthread_mutex_t lock;
    struct job *first, *last;
    size_t waiting; /* jobs in the queue */
    struct worker *idle;
    bool waking; /* one worker was called and has not looked yet */
    bool stopping;
    struct worker *workers;
    size_t count;
};

/* With the lock held. */
static void call_one(struct pool *pool)
{
    struct worker *worker = pool->idle;
    if (!worker || pool->waking)
        return;
    pool->idle = worker->below;
    pool->waking = true;
    worker->called = true;
    pthread_cond_signal(&worker->wake);
}

/* With the lock held. NULL when the pool stops and nothing waits. */
static struct job *next_job(struct worker *worker)
{
    struct pool *pool = worker->pool;
    while (!pool->first && !pool->stopping) {
        worker->called = false;
        worker->below = pool->idle;
        pool->idle = worker;
        while (!worker->called)
            pthread_cond_wait(&worker->wake, &pool->lock);
        pool->waking = false;
    }
    struct job *job = pool->first;
    if (!job)
        return NULL;
    pool->first = job->next;
    pool->waiting--;
    if (pool->first)
        call_one(pool);
    return job;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct pool *pool = worker->pool;
    pthread_mutex_lock(&pool->lock);
    for (struct job *job = next_job(worker); job; job = next_job(worker)) {
        pthread_mutex_unlock(&pool->lock);
        job->run(job, worker->db);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static const struct problem *start_worker(struct pool *pool, struct store *store, size_t cache)
{
    struct worker *worker = &pool->workers[pool->count];
    *worker = (struct worker){.pool = pool, .memory = memory_create(READER_MEMORY)};
    if (!worker->memory)
        return &out_of_memory;
    const struct problem *problem = store ? store_reader(store, worker->memory, &worker->db) : NULL;
    if (!problem && store)
        store_cache(worker->db, cache);
    if (!problem) {
        pthread_cond_init(&worker->wake, NULL);
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            problem = &world_failed;
    }
    if (problem)
        memory_end(worker->memory);
    else
        pool->count++;
    return problem;
}

const struct problem *pool_start(struct memory *process, struct store *store, size_t count,
                                 size_t cache, struct pool **out)
{
    struct pool *pool = memory_take(process, sizeof *pool);
    if (!pool)
        return &out_of_memory;
    pool->workers = memory_take_array(process, count, sizeof *pool->workers);
    if (!pool->workers)
        return &out_of_memory;
    pthread_mutex_init(&pool->lock, NULL);
    /* Signals are for the main thread. */
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < count; i++)
        problem = start_worker(pool, store, cache);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (problem) {
        pool_stop(pool);
        return problem;
    }
    *out = pool;
    return NULL;
}

bool pool_has_room(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    bool room = pool->waiting < QUEUE && !pool->stopping;
    pthread_mutex_unlock(&pool->lock);
    return room;
}

void pool_push(struct pool *pool, struct job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    if (pool->first)
        pool->last->next = job;
    else
        pool->first = job;
    pool->last = job;
    pool->waiting++;
    call_one(pool);
    pthread_mutex_unlock(&pool->lock);
}

void pool_stop(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    for (struct worker *worker = pool->idle; worker; worker = worker->below) {
        worker->called = true;
        pthread_cond_signal(&worker->wake);
    }
    pool->idle = NULL;
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++) {
        pthread_join(pool->workers[i].thread, NULL);
        pthread_cond_destroy(&pool->workers[i].wake);
        memory_end(pool->workers[i].memory);
    }
    pool->count = 0;
    pthread_mutex_destroy(&pool->lock);
}
