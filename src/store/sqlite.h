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

/* The log of the connection that writes, once it is the writer's. As long as the connection. */
sqlite3_file *sqlite_log(struct database *db);
/* See `settle` and `mend` of struct engine. */
const struct problem *sqlite_log_sync(struct database *db);
const struct problem *sqlite_log_mend(struct database *db);

/* Starts the thread that copies the log of `writer` into its file; from now on that connection makes no checkpoints
 * of its own accord. NULL: no thread or memory to be had. `file` lasts as long. Stopped before `writer` closes, when it has
 * stopped writing. */
struct sqlite_checkpointer;
struct sqlite_checkpointer *sqlite_checkpointer_start(struct memory *memory, const char *file,
                                                      sqlite3 *writer);
void sqlite_checkpointer_stop(struct sqlite_checkpointer *checkpointer, sqlite3 *writer);

/* See store_backup(). Uses two connections of its own. */
const struct problem *sqlite_backup(struct store *store, const char *file,
                                    void (*progress)(size_t done, size_t all),
                                    struct text *complaint);

#endif
