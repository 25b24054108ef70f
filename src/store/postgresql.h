/*
 * What the files of the PostgreSQL engine share: connections (postgresql_connection.c) and their pool
 * (postgresql_pool.c).
 */
#ifndef CONTRAFLOW_STORE_POSTGRESQL_H
#define CONTRAFLOW_STORE_POSTGRESQL_H

#include <libpq-fe.h>

#include "store/store.h"

struct connection {
    PGconn *handle; /* NULL before the first use */
    bool *prepared; /* by plan->number: the server knows it as s<number> */
    size_t count;   /* of prepared */
    bool reader;    /* refuses to write */
    bool alone;     /* the server gave up waiting for its standby during the last commit */
};

/* A connection's memory, not yet connected: postgresql_connect() does that at first use. */
struct database *postgresql_prepare(struct store *store, struct memory *memory, bool reader);
/* Connects, or connects again after a loss. NULL, &store_away or, when the database is not
 * fit for us, &store_broken; *complaint may be NULL. */
const struct problem *postgresql_connect(struct database *db, struct memory *memory,
                                         struct text *complaint);
void postgresql_disconnect(void *connection);
/* Outside a transaction: connects when there is no connection or it was lost. */
const struct problem *postgresql_be_connected(struct database *db);
/* What a result that is not the hoped for one means; frees it. Notes in db->again whether the
 * transaction is worth another run. */
const struct problem *postgresql_failed(struct database *db, PGresult *result, const char *what);

/* Makes the database this connection's alone, as long as it lasts. *granted: nobody else writes to it. */
const struct problem *postgresql_claim(struct database *db, bool *granted);

struct pool;
/* Takes `first` as one of its connections. NULL: no memory. */
struct pool *pool_create(struct store *store, struct database *first);
void pool_close(struct pool *pool);
/* See store_write() and store_write_locking(). */
const struct problem *pool_write(struct pool *pool, struct memory *memory, store_work *work,
                                 void *context, bool locking);

#endif
