/*
 * A world with the test's own eyes on its database: what "nothing is left" means is judged by a
 * fingerprint over all rows of all tables, read by a connection of the test's own, on SQLite or on
 * PostgreSQL when TEST_POSTGRESQL names a server.
 *
 * Only programs of this folder include it; the functions are static so that it needs no object.
 * Read next: tests/purchase_faults_test.c, tests/money_faults_test.c.
 */
#ifndef CONTRAFLOW_TESTS_EYES_H
#define CONTRAFLOW_TESTS_EYES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <string.h>

#include "purchase_test_bed.h"

enum { TABLES_MAX = 200 };
#define FNV_BEGIN UINT64_C(14695981039346656037) /* of FNV-1a, 64 bits */

/* A world with the test's own eyes on its database. */
struct eyes {
    struct bed bed;     /* the world */
    sqlite3 *sqlite;    /* one of the two */
    PGconn *postgresql; /* is open */
    char schema[64];    /* on PostgreSQL */
    char folder[64];    /* of the world's data */
    int64_t version;    /* of the SQLite database when it was last read */
    uint64_t seen;      /* its fingerprint then */
};

/* ---- what the database holds ------------------------------------------------------------------ */

static void mix(uint64_t *hash, const char *bytes)
{
    for (; bytes && *bytes; bytes++)
        *hash = (*hash ^ (unsigned char)*bytes) * UINT64_C(1099511628211); /* FNV-1a */
    *hash = (*hash ^ 0xff) * UINT64_C(1099511628211);
}

/* Rows of a statement's answer, one after another, into the hash; returns how many. */
static int64_t mix_sqlite(struct eyes *eyes, const char *sql, uint64_t *hash, char names[][128])
{
    sqlite3_stmt *statement;
    int64_t rows = 0;
    assert_int_equal(sqlite3_prepare_v2(eyes->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    for (; sqlite3_step(statement) == SQLITE_ROW; rows++) {
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            mix(hash, (const char *)sqlite3_column_text(statement, i));
        if (names && rows < TABLES_MAX)
            snprintf(names[rows], 128, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return rows;
}

static int64_t mix_postgresql(struct eyes *eyes, const char *sql, uint64_t *hash, char names[][128])
{
    PGresult *result = PQexec(eyes->postgresql, sql);
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    int64_t rows = PQntuples(result);
    for (int row = 0; row < rows; row++) {
        for (int i = 0; i < PQnfields(result); i++)
            mix(hash, PQgetvalue(result, row, i));
        if (names && row < TABLES_MAX)
            snprintf(names[row], 128, "%s", PQgetvalue(result, row, 0));
    }
    PQclear(result);
    return rows;
}

static int64_t sqlite_version(struct eyes *eyes)
{
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(eyes->sqlite, "PRAGMA data_version", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t version = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

static uint64_t fingerprint_sqlite(struct eyes *eyes)
{
    static char names[TABLES_MAX][128];
    uint64_t hash = FNV_BEGIN;
    char sql[400];
    /* The same as long as no other connection has committed a change. */
    int64_t version = sqlite_version(eyes);
    if (version == eyes->version)
        return eyes->seen;
    int64_t tables = mix_sqlite(
        eyes, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", &hash, names);
    assert_in_range(tables, 20, TABLES_MAX);
    for (int64_t i = 0; i < tables; i++) {
        snprintf(sql, sizeof sql, "SELECT * FROM \"%.200s\"", names[i]);
        mix_sqlite(eyes, sql, &hash, NULL);
    }
    eyes->version = version;
    eyes->seen = hash;
    return hash;
}

static uint64_t fingerprint_postgresql(struct eyes *eyes)
{
    static char names[TABLES_MAX][128];
    uint64_t hash = FNV_BEGIN;
    char sql[400];
    snprintf(sql, sizeof sql,
             "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND "
             "table_type = 'BASE TABLE' ORDER BY table_name",
             eyes->schema);
    int64_t tables = mix_postgresql(eyes, sql, &hash, names);
    assert_in_range(tables, 20, TABLES_MAX);
    for (int64_t i = 0; i < tables; i++) {
        snprintf(sql, sizeof sql, "SELECT CAST(t AS text) FROM %.63s.%.200s t ORDER BY 1",
                 eyes->schema, names[i]);
        mix_postgresql(eyes, sql, &hash, NULL);
    }
    return hash;
}

static uint64_t fingerprint(struct eyes *eyes)
{
    return eyes->sqlite ? fingerprint_sqlite(eyes) : fingerprint_postgresql(eyes);
}

/* ---- worlds ----------------------------------------------------------------------------------- */

static void open_folder(struct eyes *eyes, const char *url)
{
    log_set_level(LOG_ERROR + 1);
    (void)snprintf(eyes->folder, sizeof eyes->folder, "/tmp/contraflow-faults.XXXXXX");
    assert_non_null(mkdtemp(eyes->folder));
    bed_open(&eyes->bed, eyes->folder, url);
    bed_people(&eyes->bed);
}

static int open_sqlite(void **state)
{
    static struct eyes eyes;
    char file[100];
    eyes = (struct eyes){0};
    open_folder(&eyes, "");
    snprintf(file, sizeof file, "%s/contraflow.db", eyes.folder);
    *state = &eyes;
    return sqlite3_open_v2(file, &eyes.sqlite, SQLITE_OPEN_READONLY, NULL);
}

static inline int open_postgresql(void **state)
{
    static struct eyes eyes;
    const char *url = getenv("TEST_POSTGRESQL");
    char text[1000];
    eyes = (struct eyes){0};
    *state = url ? &eyes : NULL;
    if (!url)
        return 0;
    snprintf(eyes.schema, sizeof eyes.schema, "faults_%d", (int)getpid());
    eyes.postgresql = PQconnectdb(url);
    snprintf(text, sizeof text, "CREATE SCHEMA %s", eyes.schema);
    PQclear(PQexec(eyes.postgresql, text));
    snprintf(text, sizeof text, "SET search_path = %s", eyes.schema);
    PQclear(PQexec(eyes.postgresql, text));
    snprintf(text, sizeof text, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', eyes.schema);
    open_folder(&eyes, text);
    return 0;
}

static int close_world(void **state)
{
    struct eyes *eyes = *state;
    char command[200];
    if (!eyes)
        return 0;
    bed_close(&eyes->bed);
    sqlite3_close(eyes->sqlite);
    if (eyes->postgresql) {
        PQclear(PQexec(eyes->postgresql, "SET client_min_messages = error"));
        snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", eyes->schema);
        PQclear(PQexec(eyes->postgresql, command));
        PQfinish(eyes->postgresql);
    }
    snprintf(command, sizeof command, "rm -rf '%s'", eyes->folder);
    return system(command);
}

static inline void on_postgresql(void **state, CMUnitTestFunction test)
{
    if (!*state) {
        print_message("TEST_POSTGRESQL names no server\n");
        skip();
    }
    test(state);
}

#endif
