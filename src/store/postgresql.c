/*
 * The PostgreSQL engine: typed prepared statements. Parameters travel in binary with their types
 * named, results as text.
 *
 * Must not know: shapes beyond a parameter's type, what a statement is for. Read next:
 * store/postgresql_connection.c, store/postgresql_pool.c.
 */
#include "store/postgresql.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "store/engine.h"

/* Type numbers are fixed by PostgreSQL's catalogue, src/include/catalog/pg_type.dat. */
enum { OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043 };

/* Migrations of several processes wait for each other on this lock. */
#define BEGIN_MIGRATION                                                                            \
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"                          \
    "SELECT pg_advisory_xact_lock(4851230917)"

#define BEGIN_LONG                                                                                 \
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0"

/* Every write shares this lock, so that one can have it alone. LOCK takes no snapshot: what whoever waited for it
 * sees is what stands by then. Nothing is locked but this table, and each round trip is one that there was. */
#define SHARED "; LOCK TABLE store_migration IN ROW SHARE MODE"
#define ALONE  "; LOCK TABLE store_migration IN EXCLUSIVE MODE"

static const char *const control_sql[CONTROL_COUNT] = {
    [CONTROL_BEGIN_MIGRATION] = BEGIN_MIGRATION,
    [CONTROL_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE" SHARED,
    [CONTROL_BEGIN_LOCKING] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" SHARED,
    [CONTROL_BEGIN_ALONE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE" ALONE,
    [CONTROL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    [CONTROL_BEGIN_LONG] = BEGIN_LONG,
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVEPOINT] = "SAVEPOINT work",
    [CONTROL_RELEASE] = "RELEASE work",
    [CONTROL_UNDO] = "ROLLBACK TO work",
};

static struct connection *connection_of(struct database *db)
{
    return db->connection;
}

/* ---- connections ---- */

static const struct problem *postgresql_open(struct store *store, struct text *complaint)
{
    struct database *db = postgresql_prepare(store, store->memory, false);
    if (!db) {
        return &out_of_memory;
    }
    store->first = db;
    return postgresql_connect(db, store->memory, complaint);
}

static const struct problem *postgresql_start(struct store *store)
{
    store->state = pool_create(store, store->first);
    if (store->state)
        store->later = later_start(store->memory, store);
    return store->later ? NULL : &out_of_memory;
}

static void postgresql_close(struct store *store)
{
    if (store->later) {
        later_stop(store->later);
        store->later = NULL;
    }
    if (store->state) {
        pool_close(store->state);
        store->state = NULL;
    }
    if (store->first) {
        postgresql_disconnect(store->first->connection);
        store->first = NULL;
    }
}

static const struct problem *postgresql_reader(struct store *store, struct memory *memory,
                                               struct database **out)
{
    struct database *db = postgresql_prepare(store, memory, true);
    if (!db) {
        return &out_of_memory;
    }
    const struct problem *problem = postgresql_connect(db, memory, NULL);
    if (problem) {
        return problem;
    }
    if (memory_on_end(memory, postgresql_disconnect, db->connection) != 0) {
        return &out_of_memory;
    }
    *out = db;
    return NULL;
}

/* ---- running ---- */

static const struct problem *postgresql_script(struct database *db, struct memory *memory,
                                               const char *sql, struct text *complaint)
{
    PGconn *handle = connection_of(db)->handle;
    PGresult *result = PQexec(handle, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY || status == PGRES_TUPLES_OK) {
        PQclear(result);
        return NULL;
    }
    *complaint = text_format(memory, "%s", PQerrorMessage(handle));
    return postgresql_failed(db, result, "script");
}

/* Whether the connection was found lost and could be made again. */
static bool lost_and_found(struct database *db)
{
    return PQstatus(connection_of(db)->handle) != CONNECTION_OK && !postgresql_be_connected(db);
}

static const struct problem *control_once(struct database *db, enum control what)
{
    const struct problem *problem = NULL;
    connection_of(db)->alone = false;
    PGresult *result = PQexec(connection_of(db)->handle, control_sql[what]);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        problem = postgresql_failed(db, result, control_sql[what]);
        return problem == &our_fault ? &store_broken : problem;
    }
    /* COMMIT of a transaction that failed answers ROLLBACK, without an error. */
    bool undone = what == CONTROL_COMMIT && strcmp(PQcmdStatus(result), "ROLLBACK") == 0;
    PQclear(result);
    if (connection_of(db)->alone) {
        /* Not acknowledged: it is lost if this server is. */
        log_write(LOG_ERROR, "store.commit_alone",
                  "reason=\"the wait for a standby was cancelled\"");
        return &store_away;
    }
    return undone ? &store_broken : NULL;
}

static bool begins(enum control what)
{
    return what == CONTROL_BEGIN_WRITE || what == CONTROL_BEGIN_LOCKING ||
           what == CONTROL_BEGIN_ALONE || what == CONTROL_BEGIN_READ || what == CONTROL_BEGIN_LONG;
}

static const struct problem *postgresql_control(struct database *db, enum control what)
{
    if (!begins(what)) {
        return control_once(db, what);
    }
    const struct problem *problem = postgresql_be_connected(db);
    if (!problem) {
        problem = control_once(db, what);
        if (problem && lost_and_found(db)) {
            /* The server restarted since: nothing had begun, so that this is safe. */
            problem = control_once(db, what);
        }
    }
    return problem;
}

static Oid type_of(const struct bound *bound)
{
    if (bound->part == PART_CURRENCY || bound->field->kind == FIELD_TEXT ||
        bound->field->kind == FIELD_WORD) {
        return OID_TEXT;
    }
    return bound->field->kind == FIELD_FLAG ? OID_INT2 : OID_INT8;
}

static void name_of(const struct plan *plan, char name[32])
{
    (void)snprintf(name, 32, "s%zu", plan->number);
}

static PGresult *prepare(struct database *db, const struct plan *plan)
{
    Oid types[STATEMENT_MAX];
    char name[32];
    for (size_t i = 0; i < plan->parameter_count; i++) {
        types[i] = type_of(&plan->parameters[i]);
    }
    name_of(plan, name);
    return PQprepare(connection_of(db)->handle, name, plan->sql, (int)plan->parameter_count, types);
}

static const struct problem *be_prepared(struct database *db, const struct plan *plan)
{
    struct connection *connection = connection_of(db);
    if (connection->prepared[plan->number]) {
        return NULL;
    }
    PGresult *result = prepare(db, plan);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        return postgresql_failed(db, result, plan->statement->name);
    }
    PQclear(result);
    connection->prepared[plan->number] = true;
    return NULL;
}

static struct column column_of(const PGresult *described, int number, struct memory *memory)
{
    struct column column = {text_c(memory, text_of(PQfname(described, number))), COLUMN_OTHER,
                            NULL};
    Oid type = PQftype(described, number);
    if (type == OID_INT8 || type == OID_INT4 || type == OID_INT2) {
        column.type = COLUMN_INTEGER;
        column.type_name = "an integer";
    } else if (type == OID_TEXT || type == OID_VARCHAR) {
        column.type = COLUMN_TEXT;
        column.type_name = "text";
    } else {
        column.type_name = text_c(memory, text_format(memory, "of the type with number %u", type));
    }
    return column;
}

static const struct problem *describe_columns(struct memory *memory, const struct plan *plan,
                                              const PGresult *described, struct column *columns,
                                              size_t *count, struct text *complaint)
{
    int fields = PQnfields(described);
    if ((size_t)PQnparams(described) != plan->parameter_count) {
        *complaint = text_of("a parameter that is not written :name");
        return &our_fault;
    }
    if (fields > STATEMENT_MAX) {
        *complaint = text_of("too many columns");
        return &our_fault;
    }
    for (int i = 0; i < fields; i++) {
        columns[i] = column_of(described, i, memory);
        if (!columns[i].name || !columns[i].type_name) {
            return &out_of_memory;
        }
    }
    *count = (size_t)fields;
    return NULL;
}

static const struct problem *postgresql_describe(struct database *db, struct memory *memory,
                                                 const struct plan *plan, struct column *columns,
                                                 size_t *count, struct text *complaint)
{
    struct connection *connection = connection_of(db);
    char name[32];
    PGresult *result = prepare(db, plan);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        struct text reason = text_of(PQerrorMessage(connection->handle));
        *complaint = text_copy(memory, text_trim(reason));
        return postgresql_failed(db, result, plan->statement->name);
    }
    PQclear(result);
    connection->prepared[plan->number] = true;
    name_of(plan, name);
    result = PQdescribePrepared(connection->handle, name);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        return postgresql_failed(db, result, plan->statement->name);
    }
    const struct problem *problem =
        describe_columns(memory, plan, result, columns, count, complaint);
    PQclear(result);
    return problem;
}

/* Parameters as libpq wants them. */
struct sent {
    const char *values[STATEMENT_MAX]; /* NULL is SQL's NULL */
    int sizes[STATEMENT_MAX];          /* bytes */
    int formats[STATEMENT_MAX];        /* 1: binary */
    uint64_t integers[STATEMENT_MAX];  /* what the integers' values point to, big-endian */
};

static void send_values(const struct plan *plan, const struct value *values, struct sent *sent)
{
    for (size_t i = 0; i < plan->parameter_count; i++) {
        const struct value *value = &values[i];
        sent->formats[i] = 1;
        sent->values[i] = NULL;
        sent->sizes[i] = 0;
        if (value->kind == VALUE_TEXT) {
            sent->values[i] = value->text.data;
            sent->sizes[i] = (int)value->text.size;
        } else if (value->kind == VALUE_INTEGER) {
            /* The last two bytes of a big-endian eight are the big-endian two. */
            bool small = type_of(&plan->parameters[i]) == OID_INT2;
            sent->integers[i] = htobe64((uint64_t)value->integer);
            sent->values[i] = (const char *)&sent->integers[i] + (small ? 6 : 0);
            sent->sizes[i] = small ? 2 : 8;
        }
    }
}

static struct value received(const PGresult *result, const struct plan *plan, int row, int column)
{
    if (PQgetisnull(result, row, column)) {
        return (struct value){.kind = VALUE_NULL};
    }
    struct value value = {
        .kind = VALUE_TEXT,
        .text = {PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column)}};
    if (type_of(&plan->columns[column]) != OID_TEXT) {
        value.kind = text_to_integer(value.text, &value.integer) ? VALUE_INTEGER : VALUE_OTHER;
    }
    return value;
}

static const struct problem *receive(const PGresult *result, const struct plan *plan,
                                     struct rows *rows)
{
    struct value values[STATEMENT_MAX];
    int count = PQntuples(result);
    for (int i = 0; i < count; i++) {
        for (size_t j = 0; j < plan->column_count; j++) {
            values[j] = received(result, plan, i, (int)j);
        }
        const struct problem *problem = rows_add(rows, values);
        if (problem) {
            return problem;
        }
    }
    return NULL;
}

static const struct problem *execute_once(struct database *db, const struct plan *plan,
                                          const struct value *values, struct rows *rows)
{
    const struct problem *problem = be_prepared(db, plan);
    if (problem) {
        return problem;
    }
    char name[32];
    struct sent sent;
    name_of(plan, name);
    send_values(plan, values, &sent);
    PGresult *result = PQexecPrepared(connection_of(db)->handle, name, (int)plan->parameter_count,
                                      sent.values, sent.sizes, sent.formats, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return postgresql_failed(db, result, plan->statement->name);
    }
    problem = receive(result, plan, rows);
    PQclear(result);
    return problem;
}

static const struct problem *postgresql_execute(struct database *db, const struct plan *plan,
                                                const struct value *values, struct rows *rows)
{
    if (db->writing || db->reading) {
        return execute_once(db, plan, values, rows);
    }
    const struct problem *problem = postgresql_be_connected(db);
    if (!problem) {
        problem = execute_once(db, plan, values, rows);
        if (problem && lost_and_found(db)) {
            problem = execute_once(db, plan, values, rows);
        }
    }
    return problem;
}

static const struct problem *postgresql_write(struct store *store, struct memory *memory,
                                              store_work *work, void *context, bool locking)
{
    return pool_write(store->state, memory, work, context, locking);
}

static void postgresql_write_later(struct store *store, struct memory *memory, store_work *work,
                                   void *context, store_done *done)
{
    later_write(store->later, memory, work, context, done);
}

/* The generic plan, with sequential scans only where no index could do: in a test's small tables
 * reading all is cheap, and would hide that an index is missing. */
static const struct problem *explain_inside(struct database *db, struct memory *memory,
                                            const struct plan *plan, struct text *out)
{
    PGconn *handle = connection_of(db)->handle;
    struct builder sql = builder_make(memory, 4096);
    builder_add_format(&sql, "EXPLAIN (COSTS OFF) EXECUTE s%zu%s", plan->number,
                       plan->parameter_count > 0 ? "(" : "");
    for (size_t i = 0; i < plan->parameter_count; i++) {
        builder_add_c(&sql, i + 1 < plan->parameter_count ? "NULL," : "NULL)");
    }
    struct text text;
    const struct problem *problem = builder_end(&sql, &text);
    if (problem) {
        return problem;
    }
    PGresult *result = PQexec(handle, text_c(memory, text));
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        return postgresql_failed(db, result, plan->statement->name);
    }
    struct builder lines = builder_make(memory, 1 << 16);
    for (int i = 0; i < PQntuples(result); i++) {
        builder_add_c(&lines, PQgetvalue(result, i, 0));
        builder_add_char(&lines, '\n');
    }
    PQclear(result);
    return builder_end(&lines, out);
}

static const struct problem *postgresql_explain(struct database *db, struct memory *memory,
                                                const struct plan *plan, struct text *out)
{
    const struct problem *problem = postgresql_be_connected(db);
    problem = problem ? problem : be_prepared(db, plan);
    if (problem) {
        return problem;
    }
    struct text complaint;
    problem = postgresql_script(db, memory,
                                "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan;"
                                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off",
                                &complaint);
    problem = problem ? problem : explain_inside(db, memory, plan, out);
    const struct problem *ended = postgresql_control(db, CONTROL_ROLLBACK);
    return problem ? problem : ended;
}

static const struct problem *postgresql_backup(struct store *store, const char *file,
                                               void (*progress)(size_t done, size_t all),
                                               struct text *complaint)
{
    (void)progress;
    *complaint = text_format(store->memory,
                             "PostgreSQL is copied with its own tool: pg_dump --format=custom "
                             "--file=%s",
                             file);
    return &not_allowed;
}

const struct engine postgresql_engine = {
    .marker = '$',
    .open = postgresql_open,
    .start = postgresql_start,
    .close = postgresql_close,
    .reader = postgresql_reader,
    .script = postgresql_script,
    .control = postgresql_control,
    .describe = postgresql_describe,
    .execute = postgresql_execute,
    .write = postgresql_write,
    .write_later = postgresql_write_later,
    .explain = postgresql_explain,
    .backup = postgresql_backup,
};
