/*
 * The SQLite engine: connections, stepping, error codes. One connection writes and belongs to the
 * writer's thread (store/writer.c); readers are opened read-only.
 *
 * Must not know: shapes, what a statement is for. Read next: store/writer.c, store/sqlite_backup.c.
 * Error codes: https://www.sqlite.org/rescode.html
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <sqlite3.h>
#include <string.h>

#include "base/log.h"
#include "store/engine.h"
#include "store/sqlite_listed.h"

static const char *const control_sql[CONTROL_COUNT] = {
    [CONTROL_BEGIN_MIGRATION] = "BEGIN IMMEDIATE",
    [CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [CONTROL_BEGIN_LOCKING] = "BEGIN IMMEDIATE",
    [CONTROL_BEGIN_READ] = "BEGIN",
    [CONTROL_BEGIN_LONG] = "BEGIN",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVEPOINT] = "SAVEPOINT work",
    [CONTROL_RELEASE] = "RELEASE work",
    [CONTROL_UNDO] = "ROLLBACK TO work",
};

/* What a connection remembers; each statement is prepared at its first use. */
struct sqlite {
    sqlite3 *handle;
    sqlite3_stmt **prepared; /* by plan->number */
    size_t count;            /* of prepared */
    sqlite3_file *log;       /* of the writer, and who copies it into the database */
    struct sqlite_checkpointer *checkpointer;
    sqlite3_stmt *controls[CONTROL_COUNT];
};

static struct sqlite *sqlite_of(struct database *db)
{
    return db->connection;
}

/* An error of the disk. That it is full some file systems say only when they sync (a quota, blocks that
 * are given late); SQLite calls that an error like any other. */
static const struct problem *disk_problem_of(int code, int error)
{
    if (code == SQLITE_IOERR_NOMEM)
        return &out_of_memory;
    return error == ENOSPC || error == EDQUOT ? &disk_full : &store_failed;
}

/* `error` is the system's, of an error of the disk; 0 when unknown. */
static const struct problem *problem_of(int code, int error)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return &disk_full;
    case SQLITE_IOERR:
        return disk_problem_of(code, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return &store_busy;
    case SQLITE_NOMEM:
        return &out_of_memory;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       code == SQLITE_CONSTRAINT_ROWID || code == SQLITE_CONSTRAINT_FOREIGNKEY
                   ? &conflict
                   : &our_fault;
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
    case SQLITE_TOOBIG:
    case SQLITE_ERROR:
        return &our_fault;
    default:
        return &store_broken;
    }
}

/* Right after the call that failed: what SQLite keeps of the system's error it keeps not of commits. */
static const struct problem *failed(struct sqlite *sqlite, const char *what)
{
    int error = errno;
    int code = sqlite3_extended_errcode(sqlite->handle);
    const struct problem *problem = problem_of(code, error);
    log_write(problem == &conflict ? LOG_DEBUG : LOG_ERROR, "store.statement_failed",
              "statement=\"%s\" code=%d reason=\"%s\"", what, code, sqlite3_errmsg(sqlite->handle));
    return problem;
}

/* ---- connections ---- */

static void disconnect(void *connection)
{
    struct sqlite *sqlite = connection;
    for (size_t i = 0; i < sqlite->count; i++) {
        sqlite3_finalize(sqlite->prepared[i]);
    }
    for (int i = 0; i < CONTROL_COUNT; i++) {
        sqlite3_finalize(sqlite->controls[i]);
    }
    sqlite3_close(sqlite->handle);
}

const char *sqlite_file(const struct store *store)
{
    return store->url.data + strlen("sqlite:");
}

sqlite3_file *sqlite_log(struct database *db)
{
    return sqlite_of(db)->log;
}

sqlite3 *sqlite_handle(struct database *db)
{
    return sqlite_of(db)->handle;
}

/* A cache of 1 MB and no memory map keeps the resident size of a reader known: mapped pages count
 * once for each connection. */
static const char reader_settings[] = "PRAGMA query_only=ON; PRAGMA cache_size=-1024;"
                                      "PRAGMA temp_store=MEMORY;";
static const char writer_settings[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=67108864;";

static int configure(sqlite3 *handle, bool writer)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 5000);
    /* "name" never falls back to a string: a misspelt column is an error at start. */
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    int code = sqlite_listed_offer(handle);
    return code
               ? code
               : sqlite3_exec(handle, writer ? writer_settings : reader_settings, NULL, NULL, NULL);
}

static const struct problem *connect_file(struct store *store, struct memory *memory, bool writer,
                                          struct database **out, struct text *complaint)
{
    struct database *db = memory_take(memory, sizeof *db);
    struct sqlite *sqlite = memory_take(memory, sizeof *sqlite);
    if (!db || !sqlite) {
        return &out_of_memory;
    }
    sqlite->prepared = memory_take_array(memory, store->plan_count, sizeof(sqlite3_stmt *));
    if (!sqlite->prepared) {
        return &out_of_memory;
    }
    sqlite->count = store->plan_count;
    db->store = store;
    db->connection = sqlite;
    int flags = writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const char *file = sqlite_file(store);
    int code = sqlite3_open_v2(file, &sqlite->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        code = configure(sqlite->handle, writer);
    }
    if (code != SQLITE_OK) {
        const char *reason = sqlite->handle ? sqlite3_errmsg(sqlite->handle) : "no memory";
        *complaint = text_format(memory, "%s: %s", file, reason);
        log_write(LOG_ERROR, "store.open_failed", "code=%d reason=\"%s\"", code, reason);
        disconnect(sqlite);
        const struct problem *problem = problem_of(code, 0);
        return problem == &our_fault ? &store_broken : problem;
    }
    *out = db;
    return NULL;
}

static const struct problem *sqlite_open(struct store *store, struct text *complaint)
{
    const char *file = sqlite_file(store);
    if (file[0] == '\0' || file[0] == ':') {
        *complaint = text_format(store->memory, "sqlite: needs the name of a file");
        return &store_broken;
    }
    /* Counting SQLite's memory costs a lock shared by all connections at each malloc, and nobody asks
     * for the count. Refused, harmlessly, when a store was opened before. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return connect_file(store, store->memory, true, &store->first, complaint);
}

/* The log is there since the schema was read. From now on the writer makes it durable (store/writer.c). */
static const struct problem *sqlite_start(struct store *store)
{
    struct sqlite *sqlite = sqlite_of(store->first);
    if (sqlite3_exec(sqlite->handle, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL) ||
        sqlite3_file_control(sqlite->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &sqlite->log))
        return failed(sqlite, "synchronous=NORMAL");
    ensure(sqlite->log && sqlite->log->pMethods);
    sqlite->checkpointer =
        sqlite_checkpointer_start(store->memory, sqlite_file(store), sqlite->handle);
    if (sqlite->checkpointer)
        store->state = writer_start(store->memory, store->first);
    return store->state ? NULL : &out_of_memory;
}

static void sqlite_close(struct store *store)
{
    if (store->state) {
        writer_stop(store->state);
        store->state = NULL;
    }
    if (store->first) {
        struct sqlite *sqlite = sqlite_of(store->first);
        if (sqlite->checkpointer)
            sqlite_checkpointer_stop(sqlite->checkpointer, sqlite->handle);
        disconnect(sqlite);
        store->first = NULL;
    }
}

static void sqlite_cache(struct database *db, size_t bytes)
{
    const struct sqlite *sqlite = db->connection;
    char pragma[64];
    (void)snprintf(pragma, sizeof pragma, "PRAGMA cache_size=-%zu", bytes / 1024);
    sqlite3_exec(sqlite->handle, pragma, NULL, NULL, NULL);
}

static const struct problem *sqlite_reader(struct store *store, struct memory *memory,
                                           struct database **out)
{
    struct text complaint;
    struct database *db = NULL;
    const struct problem *problem = connect_file(store, memory, false, &db, &complaint);
    if (problem) {
        return problem;
    }
    if (memory_on_end(memory, disconnect, db->connection) != 0) {
        return &out_of_memory;
    }
    *out = db;
    return NULL;
}

/* ---- running ---- */

static const struct problem *sqlite_script(struct database *db, struct memory *memory,
                                           const char *sql, struct text *complaint)
{
    struct sqlite *sqlite = sqlite_of(db);
    int code = sqlite3_exec(sqlite->handle, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        return NULL;
    }
    *complaint = text_format(memory, "%s", sqlite3_errmsg(sqlite->handle));
    return problem_of(code, errno);
}

static int64_t sqlite_changes(struct database *db)
{
    sqlite3 *handle = sqlite_of(db)->handle;
    return sqlite3_get_autocommit(handle) ? -1 : sqlite3_total_changes64(handle);
}

static bool sqlite_is_open(struct database *db)
{
    int current = 0;
    int highest = 0;
    sqlite3_db_status(sqlite_of(db)->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
    return current > 0;
}

static const struct problem *sqlite_control(struct database *db, enum control what)
{
    struct sqlite *sqlite = sqlite_of(db);
    if (what == CONTROL_ROLLBACK && sqlite3_get_autocommit(sqlite->handle)) {
        return NULL; /* the engine rolled back by itself */
    }
    if (what == CONTROL_RELEASE && sqlite_is_open(db)) {
        return &conflict;
    }
    sqlite3_stmt **statement = &sqlite->controls[what];
    if (!*statement && sqlite3_prepare_v3(sqlite->handle, control_sql[what], -1,
                                          SQLITE_PREPARE_PERSISTENT, statement, NULL)) {
        return failed(sqlite, control_sql[what]);
    }
    int code = sqlite3_step(*statement);
    const struct problem *problem = NULL;
    if (code != SQLITE_DONE) {
        problem = failed(sqlite, control_sql[what]);
        problem = problem == &our_fault ? &store_broken : problem;
    }
    sqlite3_reset(*statement);
    return problem;
}

static enum column_type column_type_of(const char *declared)
{
    if (!declared || declared[0] == '\0') {
        return COLUMN_UNKNOWN;
    }
    if (sqlite3_stricmp(declared, "INTEGER") == 0 || sqlite3_stricmp(declared, "INT") == 0) {
        return COLUMN_INTEGER;
    }
    return sqlite3_stricmp(declared, "TEXT") == 0 ? COLUMN_TEXT : COLUMN_OTHER;
}

static bool only_space(const char *sql)
{
    return sql[strspn(sql, " \t\r\n;")] == '\0';
}

static const char *misfit(sqlite3_stmt *statement, const struct plan *plan, const char *tail)
{
    if (!statement) {
        return "there is no statement";
    }
    if (!only_space(tail)) {
        return "more than one statement";
    }
    if ((size_t)sqlite3_bind_parameter_count(statement) != plan->parameter_count) {
        return "a parameter that is not written :name";
    }
    if ((sqlite3_stmt_readonly(statement) == 0) != plan->statement->writes) {
        return plan->statement->writes ? "marked as writing, but only reads"
                                       : "marked as reading, but writes";
    }
    return sqlite3_column_count(statement) > STATEMENT_MAX ? "too many columns" : NULL;
}

static const struct problem *sqlite_describe(struct database *db, struct memory *memory,
                                             const struct plan *plan, struct column *columns,
                                             size_t *count, struct text *complaint)
{
    struct sqlite *sqlite = sqlite_of(db);
    sqlite3_stmt **prepared = &sqlite->prepared[plan->number];
    const char *tail = NULL;
    if (sqlite3_prepare_v3(sqlite->handle, plan->sql, -1, SQLITE_PREPARE_PERSISTENT, prepared,
                           &tail)) {
        *complaint = text_format(memory, "%s", sqlite3_errmsg(sqlite->handle));
        return &our_fault;
    }
    const char *reason = misfit(*prepared, plan, tail);
    if (reason) {
        *complaint = text_of(reason);
        return &our_fault;
    }
    *count = (size_t)sqlite3_column_count(*prepared);
    for (int i = 0; i < (int)*count; i++) {
        const char *declared = sqlite3_column_decltype(*prepared, i);
        columns[i] = (struct column){text_c(memory, text_of(sqlite3_column_name(*prepared, i))),
                                     column_type_of(declared), declared ? declared : ""};
        if (!columns[i].name) {
            return &out_of_memory;
        }
    }
    return NULL;
}

static int bind_all(sqlite3_stmt *statement, const struct plan *plan, const struct value *values)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < plan->parameter_count && code == SQLITE_OK; i++) {
        const struct value *value = &values[i];
        int number = (int)i + 1;
        if (value->kind == VALUE_INTEGER) {
            code = sqlite3_bind_int64(statement, number, value->integer);
        } else if (value->kind == VALUE_TEXT) {
            code = sqlite3_bind_text64(statement, number, value->text.data, value->text.size,
                                       SQLITE_STATIC, SQLITE_UTF8);
        } else {
            code = sqlite3_bind_null(statement, number);
        }
    }
    return code;
}

/* sqlite3_column_value() is safe on a connection that one thread uses at a time, and costs a third of
 * asking sqlite3_column_type(), _text() and _bytes(). A text asked for as a blob is not copied to end
 * it with a NUL; an empty one is NULL then. */
static struct value column_value(sqlite3_stmt *statement, int column)
{
    sqlite3_value *value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return (struct value){.kind = VALUE_NULL};
    case SQLITE_INTEGER:
        return (struct value){.kind = VALUE_INTEGER, .integer = sqlite3_value_int64(value)};
    case SQLITE_TEXT: {
        const char *data = sqlite3_value_blob(value);
        int size = sqlite3_value_bytes(value);
        return (struct value){.kind = VALUE_TEXT, .text = {data ? data : "", (size_t)size}};
    }
    default:
        return (struct value){.kind = VALUE_OTHER};
    }
}

static const struct problem *step_all(struct sqlite *sqlite, sqlite3_stmt *statement,
                                      const struct plan *plan, struct rows *rows)
{
    struct value row[STATEMENT_MAX];
    for (;;) {
        int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) {
            return NULL;
        }
        if (code != SQLITE_ROW) {
            return failed(sqlite, plan->statement->name);
        }
        for (size_t i = 0; i < plan->column_count; i++) {
            row[i] = column_value(statement, (int)i);
        }
        const struct problem *problem = rows_add(rows, row);
        if (problem) {
            return problem;
        }
    }
}

static const struct problem *sqlite_execute(struct database *db, const struct plan *plan,
                                            const struct value *values, struct rows *rows)
{
    struct sqlite *sqlite = sqlite_of(db);
    sqlite3_stmt **prepared = &sqlite->prepared[plan->number];
    if (!*prepared && sqlite3_prepare_v3(sqlite->handle, plan->sql, -1, SQLITE_PREPARE_PERSISTENT,
                                         prepared, NULL)) {
        return failed(sqlite, plan->statement->name);
    }
    const struct problem *problem = NULL;
    if (bind_all(*prepared, plan, values) != SQLITE_OK) {
        problem = failed(sqlite, plan->statement->name);
    } else {
        problem = step_all(sqlite, *prepared, plan, rows);
    }
    sqlite3_reset(*prepared);
    return problem;
}

static const struct problem *sqlite_write(struct store *store, struct memory *memory,
                                          store_work *work, void *context, bool locking)
{
    (void)locking; /* one writer is alone with everything */
    return writer_write(store->state, memory, work, context);
}

static void sqlite_write_later(struct store *store, struct memory *memory, store_work *work,
                               void *context, store_done *done)
{
    writer_write_later(store->state, memory, work, context, done);
}

static const struct problem *sqlite_explain(struct database *db, struct memory *memory,
                                            const struct plan *plan, struct text *out)
{
    struct sqlite *sqlite = sqlite_of(db);
    struct text sql = text_format(memory, "EXPLAIN QUERY PLAN %s", plan->sql);
    if (!sql.data) {
        return &out_of_memory;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(sqlite->handle, sql.data, (int)sql.size, &statement, NULL)) {
        return failed(sqlite, plan->statement->name);
    }
    struct builder lines = builder_make(memory, 1 << 16);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        builder_add_c(&lines, (const char *)sqlite3_column_text(statement, 3));
        builder_add_char(&lines, '\n');
    }
    sqlite3_finalize(statement);
    return builder_end(&lines, out);
}

const struct engine sqlite_engine = {
    .marker = '?',
    .open = sqlite_open,
    .start = sqlite_start,
    .close = sqlite_close,
    .reader = sqlite_reader,
    .cache = sqlite_cache,
    .script = sqlite_script,
    .control = sqlite_control,
    .changes = sqlite_changes,
    .is_open = sqlite_is_open,
    .settle = sqlite_log_sync,
    .mend = sqlite_log_mend,
    .describe = sqlite_describe,
    .execute = sqlite_execute,
    .write = sqlite_write,
    .write_later = sqlite_write_later,
    .explain = sqlite_explain,
    .backup = sqlite_backup,
};
