/*
 * The workers: threads that run jobs first in, first out, each with its own store reader.
 *
 * Must not know: HTTP. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_WORKER_H
#define CONTRAFLOW_WEB_WORKER_H

#include "base/memory.h"
#include "base/problem.h"
#include "store/store.h"

struct pool;

/* One thing to do; stands inside what it is about. */
struct job {
    void (*run)(struct job *job, struct database *db); /* db is NULL without a store */
    struct job *next;                                  /* the pool's */
};

/* Starts `count` threads, each with `cache` bytes for its reader (store_cache()); `store` may be
 * NULL. Process lifetime. */
const struct problem *pool_start(struct memory *process, struct store *store, size_t count,
                                 size_t cache, struct pool **out);
/* False: too many jobs wait already. One thread pushes, so room seen by it stays. */
bool pool_has_room(struct pool *pool);
void pool_push(struct pool *pool, struct job *job);
/* Finishes what waits, then ends the threads. */
void pool_stop(struct pool *pool);

#endif
