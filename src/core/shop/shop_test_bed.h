/*
 * What the tests of shops stand on: a fresh store on either engine with two businesses.
 *
 * For *_test.c only; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_SHOP_SHOP_TEST_BED_H
#define CONTRAFLOW_CORE_SHOP_SHOP_TEST_BED_H

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/schema.h"
#include "core/shop/export.h"
#include "core/imports/import.h"
#include "core/shop/imports.h"
#include "core/shop/parts.h"
#include "ledger/ledger_test_bed.h"
#include "ledger/schema.h"
#include "web/server.h"
#include "web/words.h"

enum { FIRM = 101, OTHER_FIRM = 102, MAREN = 103 };

static const struct instant shop_now = {INT64_C(20600) * DAY + 9 * HOUR};
static struct bed bed;

/* Once for the whole run: settings and words live as long as the process. */
static int shop_prepare(void **state)
{
    static const struct setting data[] = {
        {"data", SETTING_TEXT, "data", 0, 0, false, "Folder with the key and the files"}};
    struct text complaint = {"", 0};
    (void)state;
    struct memory *process = memory_create(64 << 20);
    settings_declare(web_settings, web_setting_count);
    settings_declare(data, 1);
    if (words_load(process, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    words_be_strict();
    return 0;
}

static const struct schema *const shop_schemas[] = {&ledger_schema, &core_schema};
static const char *const shop_places[] = {"src/ledger/", "src/core/"};

/* Another process's way to a store that shop_begin() made. */
static inline const struct problem *shop_open(struct bed *other, struct text url, struct text data,
                                              struct text *complaint)
{
    const struct problem *problem = settings_set(other->process, text_of("data"), data, complaint);
    if (!problem)
        problem = shop_start(other->process, data);
    if (!problem)
        problem = store_open_statements(
            other->process, url, shop_schemas, 2,
            bed_statements(other->process, shop_places, COUNT_OF(shop_places)), &other->store,
            complaint);
    return problem ? problem : store_reader(other->store, other->memory, &other->reader);
}

static inline void shop_begin(void **state)
{
    struct text complaint;
    bed = bed_begin_with(state, shop_schemas, 2, shop_places, COUNT_OF(shop_places));
    clock_set(shop_now);
    assert_null(settings_set(bed.process, text_of("data"), text_of(bed.folder), &complaint));
    assert_null(shop_start(bed.process, text_of(bed.folder)));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'organisation', 'Haus', 1), "
                     "(103, 'person', 'Maren', 1)");
    bed_damage(&bed, "INSERT INTO core_login (person, mail, password, language, operator, "
                     "confirmed) VALUES (103, 'maren@example.org', '', 'en', 0, 1)");
}

static inline struct keeping shop_keeping(void)
{
    return (struct keeping){{FIRM}, {MAREN}, ORDER_BY_PROGRAM, {0}, clock_now()};
}

/* The first number of the first row of a question to the database. */
static inline int64_t shop_count(const char *sql)
{
    int64_t number = -1;
    if (bed.schema[0] != '\0') {
        char text[1024];
        PGconn *connection = PQconnectdb(bed_server());
        (void)snprintf(text, sizeof text, "SET search_path = %s", bed.schema);
        PQclear(PQexec(connection, text));
        PGresult *result = PQexec(connection, sql);
        assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
        number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
        PQclear(result);
        PQfinish(connection);
        return number;
    }
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(bed.url + strlen("sqlite:"), &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

/* All of a kind as a file's text. */
static inline struct text shop_exported(const struct import_kind *kind, enum import_format format)
{
    int fd = memfd_create("export", 0);
    assert_null(shop_export(bed.reader, bed.memory, (struct party_id){FIRM}, kind, format, fd));
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = memory_take(bed.memory, (size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(pread(fd, text, (size_t)size, 0), size);
    close(fd);
    return (struct text){text, (size_t)size};
}

#endif
