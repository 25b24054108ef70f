/*
 * The store: one database, SQLite or PostgreSQL, spoken to only through named statements.
 *
 * Every statement lives in a `queries.sql` and becomes one typed C function (tools/statements.c):
 *
 *     -- stock_photo_by_id(photo stock_photo_id) one stock_photo_row
 *     -- What the photo page shows.
 *     SELECT ... FROM stock_photo WHERE id = :photo;
 *
 *     const struct problem *stock_photo_by_id(struct database *db, struct memory *memory,
 *                                             struct stock_photo_id photo,
 *                                             struct stock_photo_row *out);
 *
 * `takes SHAPE` instead of the list takes a struct; `gives` is nothing, one ROW (no row is
 * &not_found) or many ROW (fills a ROW_list). `-- on sqlite` / `-- on postgresql` mark variants.
 * `-- flow TABLE(state)` stands for the two statements of a state machine (store/state.h).
 * At start each is prepared and its parameters and columns compared with the shapes both ways.
 *
 * Reads go through the caller's own read-only database. A write is a function handed to
 * store_write(), which is durable when that returns NULL.
 *
 * Must not know: any table but its own `store_migration`. Read next: store/sqlite.c.
 */
#ifndef CONTRAFLOW_STORE_STORE_H
#define CONTRAFLOW_STORE_STORE_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/shape.h"

struct store;    /* the whole: engine, statements, writer */
struct database; /* one connection of it, with every statement prepared; one thread at a time */

extern const struct problem store_busy;   /* 503, retry: locked, serialisation failure */
extern const struct problem store_broken; /* 503: the engine failed; nothing was written */
extern const struct problem store_away;   /* 503, retry: no server, see store_write() */
extern const struct problem
    store_failed;                        /* 503, retry: the disk gave an error, see store_write() */
extern const struct problem store_newer; /* the schema is from a newer version */

/* One folder's append-only migrations, embedded by the build in order of their number. */
struct migration {
    const char *name; /* "stock/0001_photos" */
    const char *sql;  /* in our own type names, see docs/decisions/ */
};
struct schema {
    const char *folder;                 /* "stock" */
    const struct migration *migrations; /* never changed once released: their hash is kept */
    size_t count;
};

enum statement_gives { GIVES_NOTHING = 1, GIVES_ONE, GIVES_MANY };

/* Written by tools/statements.c, one for each statement. */
struct statement {
    const char *name;           /* also the C function's */
    const char *place;          /* "src/modules/stock/queries.sql:12" */
    const char *sqlite;         /* text for each engine; the same pointer when they agree */
    const char *postgresql;     /* parameters as :name; the engine rewrites them */
    const struct shape *takes;  /* parameters */
    enum statement_gives gives; /* how many rows */
    const struct shape *row;    /* NULL when it gives nothing */
    bool writes;                /* INSERT, UPDATE or DELETE: only inside store_write() */
    int number;                 /* its place among all, an index into a database's prepared ones */
};
extern const struct statement *const all_statements[]; /* ends with NULL */

/*
 * Opens `url`: "sqlite:FILE" or "postgresql://...". Migrates the schemas given, in order, then
 * prepares every statement and compares it with its shapes. *complaint names what is wrong: the
 * file, the migration, or the statement's place and the column. Lives until store_close().
 */
const struct problem *store_open(struct memory *process, struct text url,
                                 const struct schema *const *schemas, size_t count,
                                 struct store **out, struct text *complaint);
/* Ends the writer after what it accepted is durable, closes every connection. */
void store_close(struct store *store);

/* A read-only connection for one thread. Ends with `memory`. */
const struct problem *store_reader(struct store *store, struct memory *memory,
                                   struct database **out);
/* How many bytes of the database a reader may keep in memory: at first 1 MB. On SQLite only. */
void store_cache(struct database *db, size_t bytes);

/*
 * Work inside a write. May be run again after a conflict, so it touches nothing but the database and
 * its own output; bounded to about 1,000 rows; checks its guards itself, since what a reader saw may
 * be gone; no outbound call, hashing or waiting. A problem returned undoes all it wrote, and so does
 * a statement that failed in it (&not_found is no failure), even when the work returns NULL.
 */
typedef const struct problem *store_work(struct database *db, struct memory *memory, void *context);

/*
 * Runs `work` in a transaction and waits until it is durable. On SQLite one writer thread takes many
 * works and commits them together (group commit), and readers may see them a moment before they are durable; works that had succeeded run a second time when one
 * fails in the middle of its changes, which are taken back; on PostgreSQL a work runs on a
 * connection of a pool, repeated a few times after a serialisation failure, at last while no process writes
 * anything else; once when another inserted the same unique row at the same moment.
 * NULL: durable. The work's own problem, &store_busy, &store_broken, &store_failed or &disk_full: nothing written.
 * &store_away: nothing written, or (when the server went away during commit) unknown, which an
 * idempotency key resolves: the same call again makes it or finds it made. After &store_failed or
 * &disk_full the next write begins anew, and is durable once the disk takes it again. When on SQLite
 * it was the log that could not be synced, it is unknown, too.
 */
const struct problem *store_write(struct store *store, struct memory *memory, store_work *work,
                                  void *context);

/* The same for a work that locks every row whose state it relies on before it looks at it, and takes
 * these locks in one order. On PostgreSQL it is not SERIALIZABLE then: it waits for others that hold a
 * row instead of being told to begin again. */
const struct problem *store_write_locking(struct store *store, struct memory *memory,
                                          store_work *work, void *context);

/* store_write_locking() of what nobody waits for: never blocks, and `done` is called with what that would have
 * returned, once, on a thread of the store. It neither blocks nor writes. `memory` and `context` last until then. */
typedef void store_done(void *context, const struct problem *problem);
void store_write_later(struct store *store, struct memory *memory, store_work *work, void *context,
                       store_done *done);

/* Runs `work` in one read snapshot, so that several statements agree with each other. */
const struct problem *store_read(struct database *db, struct memory *memory, store_work *work,
                                 void *context);
/* The same for what nobody waits for at a page, the audit say: PostgreSQL, which gives up a statement after
 * 15 seconds, lets these take as long as they need. */
const struct problem *store_read_long(struct database *db, struct memory *memory, store_work *work,
                                      void *context);

/* What a part keeps beside an open store: made by `make` at the first call, one for each `make`; ended
 * before the store closes. NULL: it could not be made. */
typedef void *store_make(struct memory *own, struct store *store);
void *store_companion(struct store *store, store_make *make, void (*end)(void *companion));

/* Copies the database consistently while others write (SQLite's backup API; for PostgreSQL a
 * *complaint that names pg_dump). `progress` may be NULL; gets pages done and in all. */
const struct problem *store_backup(struct store *store, const char *file,
                                   void (*progress)(size_t done, size_t all),
                                   struct text *complaint);

/* What the generated functions call. `out` is a row, or a row list for GIVES_MANY. */
const struct problem *store_run(struct database *db, struct memory *memory,
                                const struct statement *statement, const void *takes, void *out);

bool store_is_postgresql(const struct store *store);
/* The same of a connection, for the few places where a parameter's text depends on the engine. */
bool database_is_postgresql(const struct database *db);

/* Tests: the query plan of a statement as text, a line a step. */
const struct problem *store_plan(struct database *db, struct memory *memory,
                                 const struct statement *statement, struct text *out);
/* Tests: the statement execution after `successes` more of them fails with &store_broken, once.
 * store_fail_commit_after() does the same for commits. Negative switches off. */
void store_fail_after(long successes);
void store_fail_commit_after(long successes);
/* Statements run since start, for ceilings per request. */
size_t store_count(void);

#endif
