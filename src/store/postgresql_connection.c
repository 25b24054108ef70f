/*
 * The PostgreSQL engine's connections: made at first use, made again after a loss; and what a failed
 * result means.
 *
 * Must not know: statements, shapes. Read next: store/postgresql.c.
 * Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
#include "store/postgresql.h"

#include <string.h>

#include "base/log.h"
#include "store/engine.h"

static const char settings[] = "SET statement_timeout = '15s'; SET lock_timeout = '5s';"
                               "SET idle_in_transaction_session_timeout = '30s';"
                               "SET synchronous_commit = on; SET standard_conforming_strings = on";
static const char reader_settings[] = "SET default_transaction_read_only = on";
/* A write touches few rows. Without statistics the planner reads small tables whole, and a write that
 * read a whole table under SERIALIZABLE meets every other one. */
static const char writer_settings[] = "SET enable_seqscan = off; SET enable_hashjoin = off;"
                                      "SET enable_mergejoin = off";

/* ---- problems ---- */

static const struct state {
    const char *prefix; /* of the SQLSTATE */
    const struct problem *problem;
    bool again; /* the same transaction may do better */
} states[] = {
    {"40001", &store_busy, true},                              /* serialization_failure */
    {"40P01", &store_busy, true},                              /* deadlock_detected */
    {"23505", &conflict, false},                               /* unique_violation */
    {"23503", &conflict, false},                               /* foreign_key_violation */
    {"53100", &disk_full, false},  {"53", &store_busy, false}, /* insufficient_resources */
    {"58", &store_failed, false},                              /* system_error: of the disk */
    {"57P0", &store_away, false},                              /* shut down, crashed, starting */
    {"08", &store_away, false},                                /* connection exceptions */
    {"55P03", &store_busy, false},                             /* lock_not_available */
    {"57014", &store_busy, false},                             /* query_canceled: the timeout */
    {"22", &our_fault, false},                                 /* data_exception */
    {"23", &our_fault, false},                                 /* other constraints */
    {"42", &our_fault, false},                                 /* syntax, names, types */
    {"25006", &our_fault, false},                              /* read_only_sql_transaction */
};

static const struct state *state_of(const char *code)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strncmp(code, states[i].prefix, strlen(states[i].prefix)) == 0) {
            return &states[i];
        }
    }
    static const struct state other = {"", &store_broken, false};
    return &other;
}

const struct problem *postgresql_failed(struct database *db, PGresult *result, const char *what)
{
    const char *code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const struct state *state = state_of(code ? code : "");
    struct connection *connection = db->connection;
    bool lost = PQstatus(connection->handle) != CONNECTION_OK;
    const struct problem *problem = lost ? &store_away : state->problem;
    const char *constraint = result ? PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME) : NULL;
    /* A data exception quotes the value, which may be a person's. */
    const char *reason = code && strncmp(code, "22", 2) != 0
                             ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)
                             : NULL;
    db->again = db->again || state->again;
    db->raced = db->raced || (code && strcmp(code, "23505") == 0);
    log_write(problem == &conflict || state->again ? LOG_DEBUG : LOG_ERROR,
              "store.statement_failed", "statement=\"%s\" code=%s constraint=%s reason=\"%s\"",
              what, code ? code : "none", constraint ? constraint : "none", reason ? reason : "");
    PQclear(result);
    return problem;
}

/* ---- connections ---- */

struct database *postgresql_prepare(struct store *store, struct memory *memory, bool reader)
{
    struct database *db = memory_take(memory, sizeof *db);
    struct connection *connection = memory_take(memory, sizeof *connection);
    bool *prepared = memory_take_array(memory, store->plan_count, sizeof(bool));
    if (!db || !connection || !prepared) {
        return NULL;
    }
    *connection =
        (struct connection){.prepared = prepared, .count = store->plan_count, .reader = reader};
    db->store = store;
    db->connection = connection;
    return db;
}

/* Somebody who cancels a commit that waits for the synchronous standby makes it succeed, with nothing
 * but a warning that this server alone has it. Other notices mean nothing here. */
static void hear_notice(void *context, const PGresult *result)
{
    struct connection *connection = context;
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    if (function && strcmp(function, "SyncRepWaitForLSN") == 0) {
        connection->alone = true;
    }
}

static bool command(PGconn *handle, const char *sql)
{
    PGresult *result = PQexec(handle, sql);
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return fine;
}

/* Who writes shares this lock as long as it is connected; who moves the database away wants it alone. */
#define USE "(485123091, hashtext(coalesce(current_schema(), '')))"
static const char share_sql[] = "SELECT pg_try_advisory_lock_shared" USE;
static const char claim_sql[] = "SELECT pg_try_advisory_lock" USE;

static bool lock(PGconn *handle, const char *sql)
{
    PGresult *result = PQexec(handle, sql);
    bool granted =
        PQresultStatus(result) == PGRES_TUPLES_OK && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    return granted;
}

const struct problem *postgresql_claim(struct database *db, bool *granted)
{
    struct connection *connection = db->connection;
    *granted = lock(connection->handle, claim_sql);
    return PQstatus(connection->handle) == CONNECTION_OK ? NULL : &store_broken;
}

/* Why the connection is not good enough; NULL when it is. */
static const char *unfit(struct connection *connection)
{
    PGconn *handle = connection->handle;
    if (PQstatus(handle) != CONNECTION_OK) {
        return PQerrorMessage(handle);
    }
    const char *encoding = PQparameterStatus(handle, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        return "the database's encoding is not UTF8";
    }
    PQsetNoticeReceiver(handle, hear_notice, connection);
    bool fine = command(handle, settings) &&
                command(handle, connection->reader ? reader_settings : writer_settings);
    if (!fine)
        return PQerrorMessage(handle);
    return connection->reader || lock(handle, share_sql) ? NULL : "the database is being moved";
}

const struct problem *postgresql_connect(struct database *db, struct memory *memory,
                                         struct text *complaint)
{
    struct connection *connection = db->connection;
    postgresql_disconnect(connection);
    /* What stands before dbname may be said otherwise in the URL. A standby is no database for us, and
     * of several hosts libpq looks for the one that is none. A host that vanished without a word is
     * given up after some ten seconds. */
    static const char *const names[] = {"target_session_attrs",
                                        "connect_timeout",
                                        "keepalives_idle",
                                        "keepalives_interval",
                                        "keepalives_count",
                                        "tcp_user_timeout",
                                        "dbname",
                                        "fallback_application_name",
                                        "client_encoding",
                                        NULL};
    const char *const values[] = {"read-write",        "5",          "4",    "2", "3", "10000",
                                  db->store->url.data, "contraflow", "UTF8", NULL};
    connection->handle = PQconnectdbParams(names, values, 1);
    const char *reason = connection->handle ? unfit(connection) : "no memory";
    if (!reason) {
        return NULL;
    }
    log_write(LOG_ERROR, "store.connect_failed", "reason=\"%s\"", reason);
    if (complaint) {
        *complaint = text_format(memory, "PostgreSQL: %s", reason);
    }
    bool unfit_for_us = PQstatus(connection->handle) == CONNECTION_OK;
    postgresql_disconnect(connection);
    return unfit_for_us ? &store_broken : &store_away;
}

void postgresql_disconnect(void *at)
{
    struct connection *connection = at;
    PQfinish(connection->handle);
    connection->handle = NULL;
    memset(connection->prepared, 0, connection->count * sizeof(bool));
}

const struct problem *postgresql_be_connected(struct database *db)
{
    struct connection *connection = db->connection;
    bool good = connection->handle && PQstatus(connection->handle) == CONNECTION_OK;
    return good ? NULL : postgresql_connect(db, NULL, NULL);
}
