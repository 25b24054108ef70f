/*
 * The table-valued function `listed` of SQLite statements.
 */
#ifndef CONTRAFLOW_STORE_SQLITE_LISTED_H
#define CONTRAFLOW_STORE_SQLITE_LISTED_H

#include <sqlite3.h>

/* Lets the statements of a connection say `FROM listed(:array)`. An SQLite result code. */
int sqlite_listed_offer(sqlite3 *handle);

#endif
