/*
 * Moving: everything that one database holds, copied into an empty one, whatever their engines.
 *
 * Tables and columns are those that the migrations made, as the engines' own catalogues tell them: a new
 * module's table is copied without being named anywhere. What is no rows (a full-text index) is made
 * anew by `finish`, which runs inside the write that brings the rows.
 *
 * The source is read in one snapshot while nobody else has it open, and is left as it was. The target
 * holds all of it or nothing: PostgreSQL takes one transaction, SQLite's file gets its name when it is whole.
 * Must not know: what is in the tables. Read next: store/move.c.
 */
#ifndef CONTRAFLOW_STORE_MOVE_H
#define CONTRAFLOW_STORE_MOVE_H

#include "store/store.h"

extern const struct problem store_in_use;    /* 503, retry: somebody else has the database open */
extern const struct problem store_not_empty; /* 409: there is something in the target */
extern const struct problem store_unlike;    /* 409: the target has no place for what is there */

struct store_moved { /* one table */
    struct text name;
    int64_t rows; /* in the source, and in the target as counted there */
};
struct store_moved_list {
    const struct store_moved *items;
    size_t count;
};

struct store_move {
    struct text from, to;                /* as for store_open(); both are migrated first */
    const struct schema *const *schemas; /* of both */
    size_t schema_count;
    store_work *finish; /* see above; may run longer and write more than a work otherwise does */
    void *context;      /* of finish */
    void (*progress)(const char *what, int64_t done, int64_t all); /* rows; may be NULL */
    struct store_moved_list tables;                                /* filled: by name */
    int64_t rows;                                                  /* filled: of all of them */
};

/* Copies. *complaint names what stands in the way; texts live in `memory`, which lasts longer than the
 * call. Ended in the middle it leaves a target that it takes again. */
const struct problem *store_move(struct memory *memory, struct store_move *move,
                                 struct text *complaint);

#endif
