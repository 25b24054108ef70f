/*
 * What the files of the SQLite engine share. Only they and engine.h's readers include it.
 */
#ifndef CONTRAFLOW_STORE_SQLITE_H
#define CONTRAFLOW_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

/* A connection's own, for what is no statement. */
sqlite3 *sqlite_handle(struct database *db);
/* The name of the store's file, as long as the store. */
const char *sqlite_file(const struct store *store);

/* See store_backup(). Uses two connections of its own. */
const struct problem *sqlite_backup(struct store *store, const char *file,
                                    void (*progress)(size_t done, size_t all),
                                    struct text *complaint);

#endif
