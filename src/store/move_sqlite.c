/*
 * Moving out of and into SQLite: rows through prepared statements, large transactions.
 *
 * The target is a file that nobody knows yet, so that nothing has to be durable before its end: until
 * then it is written without syncing. Must not know: what is in the tables. Read next: store/move.c.
 */
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/move_parts.h"
#include "store/sqlite.h"

enum { COMMIT_AFTER = 100000 /* rows */, BUSY_MS = 1000 };

static const struct problem *failed(sqlite3 *handle, const char *what)
{
    int code = sqlite3_extended_errcode(handle);
    log_write(LOG_ERROR, "store.move_failed", "step=%s code=%d reason=\"%s\"", what, code,
              sqlite3_errmsg(handle));
    if ((code & 0xff) == SQLITE_FULL)
        return &disk_full;
    return (code & 0xff) == SQLITE_CONSTRAINT ? &store_unlike : &store_broken;
}

static const struct problem *run(struct database *db, const char *sql)
{
    sqlite3 *handle = sqlite_handle(db);
    return sqlite3_exec(handle, sql, NULL, NULL, NULL) ? failed(handle, sql) : NULL;
}

static const struct problem *prepare(sqlite3 *handle, const char *sql, sqlite3_stmt **out)
{
    int code = sqlite3_prepare_v2(handle, sql, -1, out, NULL);
    return code ? failed(handle, "prepare") : NULL;
}

/* Every connection that has read or written keeps a shared lock on the file of a WAL database, so the
 * exclusive one that a write takes in this mode is had only alone
 * (https://www.sqlite.org/pragma.html#pragma_locking_mode). */
static const struct problem *alone(struct database *db)
{
    sqlite3 *handle = sqlite_handle(db);
    sqlite3_busy_timeout(handle, BUSY_MS);
    int code = sqlite3_exec(handle, "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; COMMIT", NULL,
                            NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY)
        return &store_in_use;
    return code ? failed(handle, "alone") : NULL;
}

static const struct problem *begin_read(struct database *db)
{
    return run(db, "BEGIN IMMEDIATE");
}

static const struct problem *count(struct database *db, const char *table, int64_t *out)
{
    char sql[200];
    sqlite3_stmt *statement = NULL;
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", table);
    const struct problem *problem = prepare(sqlite_handle(db), sql, &statement);
    if (!problem && sqlite3_step(statement) != SQLITE_ROW)
        problem = failed(sqlite_handle(db), "count");
    if (!problem)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return problem;
}

/* ---- out -------------------------------------------------------------------------------------- */

static void read_cell(sqlite3_stmt *statement, int column, struct move_cell *cell)
{
    int type = sqlite3_column_type(statement, column);
    *cell = (struct move_cell){.null = type == SQLITE_NULL};
    if (type == SQLITE_INTEGER) {
        cell->integer = sqlite3_column_int64(statement, column);
    } else if (!cell->null) {
        /* As a blob it is the bytes of a text, too; NULL when there are none. */
        const char *data = sqlite3_column_blob(statement, column);
        int size = sqlite3_column_bytes(statement, column);
        cell->text = (struct text){data ? data : "", (size_t)size};
    }
}

static const struct problem *read_rows(struct database *db, struct memory *memory,
                                       const struct move_table *table, move_take *take,
                                       void *context)
{
    sqlite3 *handle = sqlite_handle(db);
    sqlite3_stmt *statement = NULL;
    struct move_cell cells[STATEMENT_MAX];
    struct text sql = text_format(memory, "SELECT %s FROM \"%s\"", table->columns, table->name);
    const struct problem *problem =
        sql.data ? prepare(handle, sql.data, &statement) : &out_of_memory;
    int code = SQLITE_DONE;
    while (!problem && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (size_t i = 0; i < table->count; i++)
            read_cell(statement, (int)i, &cells[i]);
        problem = take(context, cells);
    }
    if (!problem && code != SQLITE_DONE)
        problem = failed(handle, "read");
    sqlite3_finalize(statement);
    return problem;
}

/* ---- in --------------------------------------------------------------------------------------- */

struct load {
    struct database *db;
    const struct move_table *table;
    sqlite3_stmt *insert;
    int64_t rows; /* since the last commit */
};

static const struct problem *begin_load(struct database *db)
{
    return run(db, "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-65536;"
                   "BEGIN IMMEDIATE");
}

static const struct problem *begin_table(struct database *db, struct memory *memory,
                                         const struct move_table *table, void **out)
{
    struct load *load = memory_take(memory, sizeof *load);
    struct builder sql = builder_make(memory, 64 << 10);
    struct text text;
    builder_add_format(&sql, "INSERT INTO \"%s\" (%s) VALUES (", table->name, table->columns);
    for (size_t i = 0; i < table->count; i++)
        builder_add_c(&sql, i ? ", ?" : "?");
    builder_add_char(&sql, ')');
    const struct problem *problem = load ? builder_end(&sql, &text) : &out_of_memory;
    if (problem)
        return problem;
    *load = (struct load){.db = db, .table = table};
    *out = load;
    return prepare(sqlite_handle(db), text.data, &load->insert);
}

static int bind_cell(sqlite3_stmt *statement, int number, enum move_kind kind,
                     const struct move_cell *cell)
{
    if (cell->null)
        return sqlite3_bind_null(statement, number);
    if (kind == MOVE_TEXT)
        return sqlite3_bind_text64(statement, number, cell->text.data, cell->text.size,
                                   SQLITE_STATIC, SQLITE_UTF8);
    if (kind == MOVE_BYTES)
        return sqlite3_bind_blob64(statement, number, cell->text.data, cell->text.size,
                                   SQLITE_STATIC);
    return sqlite3_bind_int64(statement, number, cell->integer);
}

static const struct problem *put_row(void *context, const struct move_cell *cells)
{
    struct load *load = context;
    sqlite3 *handle = sqlite_handle(load->db);
    int code = SQLITE_OK;
    for (size_t i = 0; !code && i < load->table->count; i++)
        code = bind_cell(load->insert, (int)i + 1, load->table->kinds[i], &cells[i]);
    if (code || sqlite3_step(load->insert) != SQLITE_DONE)
        return failed(handle, load->table->name);
    sqlite3_reset(load->insert);
    if (++load->rows < COMMIT_AFTER)
        return NULL;
    load->rows = 0;
    return run(load->db, "COMMIT; BEGIN IMMEDIATE");
}

static const struct problem *end_table(void *context, const struct problem *problem)
{
    struct load *load = context;
    sqlite3_finalize(load->insert);
    return problem;
}

/* A row that refers to nothing: the source held it, or a table was left out. */
static const struct problem *check_references(sqlite3 *handle)
{
    sqlite3_stmt *statement = NULL;
    const struct problem *problem = prepare(handle, "PRAGMA foreign_key_check", &statement);
    int code = problem ? SQLITE_DONE : sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        log_write(LOG_ERROR, "store.move_dangling", "table=%s refers_to=%s",
                  (const char *)sqlite3_column_text(statement, 0),
                  (const char *)sqlite3_column_text(statement, 2));
        problem = &store_unlike;
    } else if (code != SQLITE_DONE) {
        problem = failed(handle, "references");
    }
    sqlite3_finalize(statement);
    return problem;
}

static const struct problem *end_load(struct database *db, const struct move_table *tables,
                                      size_t table_count)
{
    (void)tables;
    (void)table_count;
    const struct problem *problem = check_references(sqlite_handle(db));
    if (!problem)
        problem = run(db, "COMMIT");
    return problem ? problem : run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static int sync_path(const char *path, int flags)
{
    int opened = open(path, flags | O_CLOEXEC);
    if (opened < 0)
        return -1;
    int synced = fsync(opened);
    (void)close(opened);
    return synced;
}

int sqlite_name_moved(const char *partial, const char *file)
{
    char folder[PATH_MAX];
    (void)snprintf(folder, sizeof folder, "%s", file);
    if (sync_path(partial, O_RDWR) != 0 ||
        renameat2(AT_FDCWD, partial, AT_FDCWD, file, RENAME_NOREPLACE) != 0)
        return -1;
    return sync_path(dirname(folder), O_RDONLY | O_DIRECTORY);
}

const struct mover sqlite_mover = {
    .alone = alone,
    .begin_read = begin_read,
    .count = count,
    .read = read_rows,
    .begin_load = begin_load,
    .begin_table = begin_table,
    .put = put_row,
    .end_table = end_table,
    .end_load = end_load,
};
