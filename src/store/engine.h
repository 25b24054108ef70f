/*
 * The private interface between the store and its two engines.
 *
 * store.c opens, checks and counts; statement.c and row.c translate between shapes and the plain
 * values below; an engine knows how to prepare, bind and step, and nothing of shapes. Only files of
 * this folder include it. Read next: store/sqlite.c, store/postgresql.c.
 */
#ifndef CONTRAFLOW_STORE_ENGINE_H
#define CONTRAFLOW_STORE_ENGINE_H

#include <pthread.h>

#include "store/store.h"

#define STATEMENT_MAX 64 /* parameters at most, and columns at most */

/* ---- values, both ways ---- */

enum value_kind { VALUE_NULL = 1, VALUE_INTEGER, VALUE_TEXT, VALUE_OTHER };
struct value {
    enum value_kind kind; /* OTHER: floats and blobs, which no field takes */
    int64_t integer;      /* of VALUE_INTEGER */
    struct text text;     /* of VALUE_TEXT; lives until the next step or the end of the call */
};

/* Which part of a field a parameter or column is. */
enum part { PART_WHOLE = 1, PART_MINOR, PART_CURRENCY };
struct bound {
    const struct field *field; /* of the row or of what the statement takes */
    enum part part;            /* MINOR and CURRENCY only of money */
};

/* A statement made ready for one engine, shared by all its connections, constant after opening. */
struct plan {
    const struct statement *statement; /* what it was made from */
    const char *sql;                   /* its text with numbered parameters */
    const struct bound *parameters;    /* by number, from 1 at index 0 */
    size_t parameter_count;
    const struct bound *columns; /* from the left */
    size_t column_count;
    size_t number; /* index into a connection's prepared ones */
};

/* What the engine says about a column of a prepared statement. */
enum column_type { COLUMN_UNKNOWN = 1, COLUMN_INTEGER, COLUMN_TEXT, COLUMN_OTHER };
struct column {
    const char *name;      /* as the statement calls it; lives as long as the memory given */
    enum column_type type; /* UNKNOWN: the engine tells only at run time */
    const char *type_name; /* for the complaint */
};

/* ---- connections ---- */

struct database {
    struct store *store;          /* it belongs to */
    void *connection;             /* the engine's own */
    bool writing;                 /* inside the work of a store_write() */
    bool reading;                 /* inside the work of a store_read() */
    const struct problem *doomed; /* a statement failed in this work: the work is lost */
    bool again;                   /* ... because of a serialisation conflict: worth another run */
    bool raced;                   /* ... because a row was there: another may have been faster */
};

/* See store_companion(). */
struct companion {
    store_make *make;
    void (*end)(void *thing);
    void *thing;
    struct memory *memory; /* its own: it may be made while other threads take of the process's */
};

#define COMPANIONS_MAX   4
#define COMPANION_MEMORY (1 << 20) /* bytes that each may take */

struct store {
    const struct engine *engine;
    struct memory *memory; /* of the process */
    struct text url;       /* where the database is; may hold a password */
    struct plan *plans;    /* of every statement, then the store's own */
    size_t plan_count;
    struct database *first; /* the connection that migrates and checks, then the first writer */
    void *state;            /* the engine's own */
    struct later *later;    /* PostgreSQL's */
    pthread_mutex_t lock;   /* over the companions */
    struct companion companions[COMPANIONS_MAX];
    size_t companion_count;
};

enum control {
    CONTROL_BEGIN_MIGRATION, /* alone with the schema, however long it takes */
    CONTROL_BEGIN_WRITE,
    CONTROL_BEGIN_LOCKING, /* a write that locks what it reads, see store_write_locking() */
    CONTROL_BEGIN_ALONE,   /* on PostgreSQL only: a write while no process writes anything else */
    CONTROL_BEGIN_READ,    /* one snapshot */
    CONTROL_BEGIN_LONG,    /* the same, see store_read_long() */
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_SAVEPOINT, /* these three on SQLite only */
    CONTROL_RELEASE,
    CONTROL_UNDO, /* back to the savepoint, which stays */
    CONTROL_COUNT
};

/* Collects the rows of one execution; filled by rows_begin(). */
struct rows {
    const struct plan *plan;
    struct memory *memory; /* where rows and their texts live */
    void *out;             /* the caller's row or row list; NULL when it gives nothing */
    char *items;           /* of a list: rows so far, contiguous */
    size_t count;
    size_t room; /* of a list: rows that fit in items */
};

struct engine {
    char marker; /* before a parameter's number: ?1 or $1 */
    /* Connects store->first. On failure says why; close() is called then too. */
    const struct problem *(*open)(struct store *store, struct text *complaint);
    /* Every statement is checked; from now on store_write() is called. */
    const struct problem *(*start)(struct store *store);
    void (*close)(struct store *store);
    const struct problem *(*reader)(struct store *store, struct memory *memory,
                                    struct database **out);
    /* See store_cache(); NULL when the server keeps its own. */
    void (*cache)(struct database *db, size_t bytes);
    /* Runs several statements that give nothing. */
    const struct problem *(*script)(struct database *db, struct memory *memory, const char *sql,
                                    struct text *complaint);
    const struct problem *(*control)(struct database *db, enum control what);
    /* On SQLite only: how many rows were changed so far, -1 once the engine has taken the transaction
     * back; and whether a deferred foreign key is left open, which would fail the commit. */
    int64_t (*changes)(struct database *db);
    bool (*is_open)(struct database *db);
    /* On SQLite only, on any thread, one at a time: makes durable what was committed before the call; and, while
     * nothing is written, after that failed: tries it from the beginning. */
    const struct problem *(*settle)(struct database *db);
    const struct problem *(*mend)(struct database *db);
    /* Prepares the plan and tells its columns (at most STATEMENT_MAX). */
    const struct problem *(*describe)(struct database *db, struct memory *memory,
                                      const struct plan *plan, struct column *columns,
                                      size_t *count, struct text *complaint);
    const struct problem *(*execute)(struct database *db, const struct plan *plan,
                                     const struct value *values, struct rows *rows);
    const struct problem *(*write)(struct store *store, struct memory *memory, store_work *work,
                                   void *context, bool locking);
    /* See store_write_later(). */
    void (*write_later)(struct store *store, struct memory *memory, store_work *work, void *context,
                        store_done *done);
    const struct problem *(*explain)(struct database *db, struct memory *memory,
                                     const struct plan *plan, struct text *out);
    const struct problem *(*backup)(struct store *store, const char *file,
                                    void (*progress)(size_t done, size_t all),
                                    struct text *complaint);
};
extern const struct engine sqlite_engine;
extern const struct engine postgresql_engine;

/* ---- store.c ---- */

/* store_open() with a table of statements of one's own, ending with NULL (tests). */
const struct problem *store_open_statements(struct memory *process, struct text url,
                                            const struct schema *const *schemas, size_t count,
                                            const struct statement *const *statements,
                                            struct store **out, struct text *complaint);
/* The plan of a statement of this store. */
const struct plan *store_plan_of(const struct store *store, const struct statement *statement);
/* Runs a work between begin and commit; NULL only when nothing in it failed. */
const struct problem *store_perform(struct database *db, struct memory *memory, store_work *work,
                                    void *context);
/* Commits, or fails when a test asked for it. The caller rolls back. */
const struct problem *store_commit(struct database *db);

/* ---- statement.c ---- */

/* Rewrites the parameters and compares them with what the statement takes. What is wrong is appended
 * to `wrong`, a line each, and gives &our_fault. */
const struct problem *plan_make(struct memory *memory, const struct statement *statement,
                                const struct engine *engine, struct plan *plan,
                                struct builder *wrong);
/* Prepares it on `db` and compares its columns with its row, the same way. */
const struct problem *plan_check(struct memory *memory, struct database *db, struct plan *plan,
                                 struct builder *wrong);

/* ---- row.c ---- */

/* The parameters of `takes` in order. &our_fault: a word or a currency is unset. */
const struct problem *values_of(const struct plan *plan, const void *takes, struct value *values);
struct rows rows_begin(const struct plan *plan, struct memory *memory, void *out);
const struct problem *rows_add(struct rows *rows, const struct value *values);
const struct problem *rows_end(struct rows *rows); /* &not_found: one was asked for, none came */

/* ---- migrate.c ---- */

/* How many statements of its own the store has; they follow all others in store->plans. */
size_t migrate_statements(const struct statement *const **out);
const struct problem *migrate_all(struct store *store, const struct schema *const *schemas,
                                  size_t count, struct text *complaint);
/* A migration in the engine's own types. NULL when memory is exhausted. */
const char *migrate_expand(struct memory *memory, const char *sql, bool postgresql);

/* ---- later.c ---- */

struct later;
/* Starts the thread that writes for store_write_later(). NULL: no thread or memory to be had. */
struct later *later_start(struct memory *memory, struct store *store);
/* Once all is written. */
void later_stop(struct later *later);
void later_write(struct later *later, struct memory *memory, store_work *work, void *context,
                 store_done *done);

/* ---- writer.c ---- */

struct writer;
/* Starts two threads: one owns `db` until writer_stop(), the other settles it. NULL: no thread or memory to be had. */
struct writer *writer_start(struct memory *memory, struct database *db);
void writer_stop(struct writer *writer);
const struct problem *writer_write(struct writer *writer, struct memory *memory, store_work *work,
                                   void *context);
/* See store_write_later(). */
void writer_write_later(struct writer *writer, struct memory *memory, store_work *work,
                        void *context, store_done *done);

#endif
