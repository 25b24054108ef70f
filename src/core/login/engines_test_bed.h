/*
 * What tests of people stand on that run on both engines: a store of their own on SQLite or, when
 * TEST_POSTGRESQL names a server, on PostgreSQL, and people in it.
 *
 * Only *_test.c files of this folder and of people include it; the functions are static so that it needs no
 * object. Read next: core/login/login_test_bed.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_ENGINES_TEST_BED_H
#define CONTRAFLOW_CORE_LOGIN_ENGINES_TEST_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/settings.h"
#include "core/login/login.h"
#include "core/module.h"
#include "web/words.h"

static const struct instant start = {1781100000000};

struct bed {
    const char *engine;
    struct memory *memory;
    struct store *store;
    struct database *reader;
    char folder[64];
    char schema[40]; /* PostgreSQL: where its tables are */
};

static void command(const char *format, const char *name)
{
    char text[128];
    (void)snprintf(text, sizeof text, format, name);
    PGconn *connection = PQconnectdb(getenv("TEST_POSTGRESQL"));
    PGresult *result = PQexec(connection, text);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

static struct bed open_bed(void **state)
{
    static int number;
    struct bed bed = {.engine = *state};
    char url[600];
    const char *server = getenv("TEST_POSTGRESQL");
    if (strcmp(bed.engine, "postgresql") == 0 && !server) {
        print_message("skipped: TEST_POSTGRESQL names no server\n");
        skip();
    }
    (void)snprintf(bed.folder, sizeof bed.folder, "/tmp/contraflow_party_XXXXXX");
    assert_non_null(mkdtemp(bed.folder));
    (void)snprintf(url, sizeof url, "sqlite:%s/store.db", bed.folder);
    if (strcmp(bed.engine, "postgresql") == 0) {
        (void)snprintf(bed.schema, sizeof bed.schema, "party_%d_%d", (int)getpid(), ++number);
        command("CREATE SCHEMA %s", bed.schema);
        (void)snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3D%s", server,
                       strchr(server, '?') ? '&' : '?', bed.schema);
    }
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t schema_count = module_schemas(schemas);
    struct text complaint = {"", 0};
    bed.memory = memory_create(64 << 20);
    const struct problem *problem =
        store_open(bed.memory, text_of(url), schemas, schema_count, &bed.store, &complaint);
    if (problem)
        print_message("%s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    assert_null(problem);
    assert_null(store_reader(bed.store, bed.memory, &bed.reader));
    return bed;
}

static void close_bed(struct bed *bed)
{
    store_close(bed->store);
    memory_end(bed->memory);
    static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", bed->folder, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(bed->folder);
    if (bed->schema[0])
        command("SET client_min_messages = warning; DROP SCHEMA %s CASCADE", bed->schema);
}

/* Somebody without a password: spares the hashing where it is not what is tested. */
static struct party_id join(struct bed *bed, const char *name, const char *mail)
{
    struct party_id id;
    assert_null(login_sign_up(bed->store, bed->memory, text_of(name), text_of(mail),
                              (struct text){"", 0}, LANGUAGE_EN, false, start, &id));
    return id;
}

static char sqlite[] = "sqlite";
static char postgresql[] = "postgresql";

#define ON_BOTH(function)                                                                          \
    {"sqlite: " #function, function, NULL, NULL, sqlite},                                          \
    {                                                                                              \
        "postgresql: " #function, function, NULL, NULL, postgresql                                 \
    }

/* Runs them with the words loaded. Not in a group's set-up: its state would take the place of each test's
 * engine. */
#define run_on_engines(tests) (load_words() ? cmocka_run_group_tests(tests, NULL, NULL) : 1)

static bool load_words(void)
{
    static struct memory *memory;
    struct text complaint;
    settings_declare(web_settings, web_setting_count);
    memory = memory_create(16 << 20);
    return memory && !settings_load(memory, "/nonexistent", &complaint) &&
           !words_load(memory, &complaint);
}

#endif
