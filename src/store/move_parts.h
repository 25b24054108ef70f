/*
 * What an engine does when a database is moved. Only files of this folder include it.
 */
#ifndef CONTRAFLOW_STORE_MOVE_PARTS_H
#define CONTRAFLOW_STORE_MOVE_PARTS_H

#include "store/engine.h"
#include "store/move.h"
#include "store/move_rows.h"

struct move_table {
    const char *name;
    const char *columns; /* quoted, with commas */
    const char *order;   /* those of the primary key, quoted, with commas; empty: it has none */
    const enum move_kind *kinds; /* of each column, in the target */
    size_t count;                /* of columns */
    bool index;                  /* no rows to copy: made anew by store_move.finish */
    int64_t rows;                /* in the source */
};

struct move_cell {
    bool null;
    int64_t integer;  /* of numbers and flags */
    struct text text; /* of text and bytes; until the next row */
};

/* Takes one row of a table, a cell a column. */
typedef const struct problem *move_take(void *context, const struct move_cell *cells);

/* All on store->first, which belongs to nobody else as long as nobody writes. */
struct mover {
    /* &store_in_use: somebody else has the database open. Else nobody can open it until it is closed. */
    const struct problem *(*alone)(struct database *db);
    const struct problem *(*begin_read)(struct database *db); /* one snapshot */
    const struct problem *(*count)(struct database *db, const char *table, int64_t *out);
    const struct problem *(*read)(struct database *db, struct memory *memory,
                                  const struct move_table *table, move_take *take, void *context);
    const struct problem *(*begin_load)(struct database *db);
    /* *load is what put() and end_table() want as context; lives in `memory`. */
    const struct problem *(*begin_table)(struct database *db, struct memory *memory,
                                         const struct move_table *table, void **load);
    move_take *put;
    /* With a problem: the table is given up. */
    const struct problem *(*end_table)(void *load, const struct problem *problem);
    /* Checks references that were not checked row by row, and makes all of it durable. */
    const struct problem *(*end_load)(struct database *db, const struct move_table *tables,
                                      size_t count);
};
extern const struct mover sqlite_mover;
extern const struct mover postgresql_mover;

/* A file that is being filled gets its name, unless another has it by now. 0, or -1 with errno. */
int sqlite_name_moved(const char *partial, const char *file);

#endif
