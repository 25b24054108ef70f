/*
 * Writes on PostgreSQL: a pool of connections served first in, first out, and transactions that run
 * again after a serialisation failure.
 *
 * Transactions are SERIALIZABLE, since a work's guards rely on nobody writing in between, as on
 * SQLite. The first tries run side by side; the last ones run with no other write of any process, so that
 * works which keep meeting each other on one row still get done. Must not know: statements.
 * Read next: store/postgresql.c.
 */
#include "store/postgresql.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/log.h"
#include "store/engine.h"

#define POOL_SIZE      8
#define TRIES          6
#define TRIES_TOGETHER 4 /* of TRIES, those beside other writes */

struct pool {
    pthread_mutex_t lock; /* over the tickets and the free ones */
    pthread_cond_t turn;  /* a ticket was called */
    uint64_t next_ticket; /* for who comes next */
    uint64_t called;      /* tickets below this may take a connection */
    struct database *all[POOL_SIZE];
    struct database *free[POOL_SIZE];
    size_t free_count;
};

struct pool *pool_create(struct store *store, struct database *first)
{
    struct pool *pool = memory_take(store->memory, sizeof *pool);
    if (!pool) {
        return NULL;
    }
    pool->called = POOL_SIZE;
    pool->free_count = POOL_SIZE;
    for (size_t i = 0; i < POOL_SIZE; i++) {
        /* The first connection lies on top of the free ones: it is connected already. */
        bool last = i + 1 == POOL_SIZE;
        pool->all[i] = last ? first : postgresql_prepare(store, store->memory, false);
        pool->free[i] = pool->all[i];
        if (!pool->all[i]) {
            return NULL;
        }
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->turn, NULL);
    return pool;
}

void pool_close(struct pool *pool)
{
    for (size_t i = 0; i + 1 < POOL_SIZE; i++) {
        postgresql_disconnect(pool->all[i]->connection);
    }
    pthread_cond_destroy(&pool->turn);
    pthread_mutex_destroy(&pool->lock);
}

static struct database *pool_take(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    uint64_t ticket = pool->next_ticket++;
    while (ticket >= pool->called) {
        pthread_cond_wait(&pool->turn, &pool->lock);
    }
    ensure(pool->free_count > 0);
    struct database *db = pool->free[--pool->free_count];
    pthread_mutex_unlock(&pool->lock);
    return db;
}

static void pool_give(struct pool *pool, struct database *db)
{
    pthread_mutex_lock(&pool->lock);
    pool->free[pool->free_count++] = db;
    pool->called++;
    pthread_cond_broadcast(&pool->turn);
    pthread_mutex_unlock(&pool->lock);
}

static const struct problem *try_once(struct database *db, struct memory *memory, store_work *work,
                                      void *context, enum control begin)
{
    const struct engine *engine = db->store->engine;
    const struct problem *problem = engine->control(db, begin);
    if (problem) {
        return problem;
    }
    db->writing = true;
    problem = store_perform(db, memory, work, context);
    db->writing = false;
    if (!problem) {
        problem = store_commit(db);
        if (!problem) {
            return NULL;
        }
    }
    (void)engine->control(db, CONTROL_ROLLBACK);
    return problem;
}

/* Up to 8 ms, doubled with each try, by chance, so that two that met do not meet again. */
static void pause_before(int try)
{
    static atomic_uint seed;
    unsigned chance = (atomic_fetch_add(&seed, 1) * 2654435761U) >> 16;
    long most = 1000000L << (try < 3 ? try : 3);
    struct timespec pause = {0, (long)chance % most};
    (void)nanosleep(&pause, NULL);
}

const struct problem *pool_write(struct pool *pool, struct memory *memory, store_work *work,
                                 void *context, bool locking)
{
    const struct problem *problem = NULL;
    enum control beside = locking ? CONTROL_BEGIN_LOCKING : CONTROL_BEGIN_WRITE;
    for (int try = 0; try < TRIES; try++) {
        struct database *db = pool_take(pool);
        db->again = false;
        db->raced = false;
        problem = try_once(db, memory, work, context,
                           try < TRIES_TOGETHER ? beside : CONTROL_BEGIN_ALONE);
        /* A row that two inserted at once is reported as if it had been there before; a work that looks
         * first whether it is, an idempotency key say, sees it now. */
        bool again = problem && (db->again || (db->raced && try == 0));
        pool_give(pool, db);
        if (!again) {
            return problem;
        }
        pause_before(try);
    }
    log_write(LOG_WARNING, "store.gave_up", "tries=%d", TRIES);
    return &store_busy;
}
