/*
 * What the tests of the ledger, and of those who post, stand on: a fresh store on either engine with
 * the tables and statements of some folders only.
 *
 * Statements of all other folders are replaced by one that does nothing, so that their tables need
 * not be there. For *_test.c only; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_LEDGER_LEDGER_TEST_BED_H
#define CONTRAFLOW_LEDGER_LEDGER_TEST_BED_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "store/engine.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A case for cmocka, once for each engine; needs the names of both in scope. */
#define ON_BOTH(function)                                                                          \
    {"sqlite: " #function, function, NULL, NULL, sqlite},                                          \
    {                                                                                              \
        "postgresql: " #function, function, NULL, NULL, postgresql                                 \
    }

struct bed {
    const char *engine;      /* "sqlite" or "postgresql" */
    struct memory *memory;   /* of the test */
    struct memory *process;  /* of the store */
    struct store *store;     /* open */
    struct database *reader; /* of the test's own thread */
    char folder[64];         /* for files */
    char url[512];           /* of the store */
    char schema[48];         /* PostgreSQL: where its tables are */
};

static const char *bed_server(void)
{
    return getenv("TEST_POSTGRESQL");
}

static void bed_postgresql(const char *sql)
{
    PGconn *connection = PQconnectdb(bed_server());
    PQclear(PQexec(connection, "SET client_min_messages = warning"));
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

/* Spoils rows behind the store's back, foreign keys unchecked. */
static inline void bed_damage(const struct bed *bed, const char *sql)
{
    if (bed->schema[0] != '\0') {
        char text[1024];
        (void)snprintf(text, sizeof text,
                       "SET search_path = %s; SET session_replication_role = replica; %s",
                       bed->schema, sql);
        bed_postgresql(text);
        return;
    }
    sqlite3 *database = NULL;
    char *complaint = NULL;
    assert_int_equal(sqlite3_open(bed->url + strlen("sqlite:"), &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    if (sqlite3_exec(database, sql, NULL, NULL, &complaint) != SQLITE_OK)
        fail_msg("%s: %s", sql, complaint);
    sqlite3_close(database);
}

static void bed_name(struct bed *bed)
{
    static int number;
    if (strcmp(bed->engine, "sqlite") == 0) {
        (void)snprintf(bed->url, sizeof bed->url, "sqlite:%s/store.db", bed->folder);
        return;
    }
    char sql[96];
    (void)snprintf(bed->schema, sizeof bed->schema, "trial_%d_%d", (int)getpid(), ++number);
    (void)snprintf(sql, sizeof sql, "CREATE SCHEMA %s", bed->schema);
    bed_postgresql(sql);
    (void)snprintf(bed->url, sizeof bed->url, "%s%coptions=-csearch_path%%3D%s&application_name=%s",
                   bed_server(), strchr(bed_server(), '?') ? '&' : '?', bed->schema, bed->schema);
}

static bool bed_of(const struct statement *statement, const char *const *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(statement->place, places[i], strlen(places[i])) == 0)
            return true;
    return false;
}

/* The list of all statements with those of other places doing nothing. */
static const struct statement *const *bed_statements(struct memory *memory,
                                                     const char *const *places, size_t place_count)
{
    size_t count = 0;
    while (all_statements[count])
        count++;
    const struct statement **list = memory_take_array(memory, count + 1, sizeof *list);
    struct statement *idle = memory_take_array(memory, count, sizeof *idle);
    assert_true(list && idle);
    for (size_t i = 0; i < count; i++) {
        static const char *const nothing = "DELETE FROM store_migration WHERE 1 = 0";
        idle[i] = (struct statement){
            all_statements[i]->name,  "", nothing, nothing, NULL, GIVES_NOTHING, NULL, true,
            all_statements[i]->number};
        bool wanted = bed_of(all_statements[i], places, place_count);
        list[i] = wanted ? all_statements[i] : &idle[i];
    }
    return list;
}

/* `*state` names the engine. Skips the test when there is no such server. */
static struct bed bed_begin_with(void **state, const struct schema *const *schemas, size_t count,
                                 const char *const *places, size_t place_count)
{
    struct bed bed = {.engine = *state};
    if (strcmp(bed.engine, "postgresql") == 0 && !bed_server()) {
        print_message("skipped: TEST_POSTGRESQL names no server\n");
        skip();
    }
    log_set_level(LOG_WARNING);
    (void)snprintf(bed.folder, sizeof bed.folder, "/tmp/contraflow_ledger_XXXXXX");
    assert_non_null(mkdtemp(bed.folder));
    bed_name(&bed);
    bed.process = memory_create(64 << 20);
    bed.memory = memory_create(64 << 20);
    struct text complaint;
    const struct problem *problem = store_open_statements(
        bed.process, text_of(bed.url), schemas, count,
        bed_statements(bed.process, places, place_count), &bed.store, &complaint);
    if (problem)
        fail_msg("%s: %.*s", problem->name, TEXT_ARGS(complaint));
    assert_null(store_reader(bed.store, bed.memory, &bed.reader));
    return bed;
}

static inline struct bed bed_begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema};
    static const char *const places[] = {"src/ledger/"};
    return bed_begin_with(state, schemas, 1, places, 1);
}

static void bed_end(struct bed *bed)
{
    memory_end(bed->memory);
    store_close(bed->store);
    memory_end(bed->process);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", bed->folder);
    assert_int_equal(system(command), 0);
    if (bed->schema[0] != '\0') {
        (void)snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", bed->schema);
        bed_postgresql(command);
    }
    clock_set((struct instant){0});
}

#endif
