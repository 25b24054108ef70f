/*
 * What tests of people stand on where one engine is enough: a store on SQLite in a folder of its own, in
 * which Anna has signed up.
 *
 * Only *_test.c files of this folder include it; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_LOGIN_TEST_BED_H
#define CONTRAFLOW_CORE_LOGIN_LOGIN_TEST_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/module.h"
#include "core/login/login.h"

static const struct instant start = {INT64_C(1767225600000)}; /* 2026-01-01 */
static const struct session_origin from = {TEXT("Firefox, Linux"), TEXT("192.0.2.7")};

/* Anna is anna@example.org with the password "bread at five". */
static void open_people(char folder[64], struct memory **memory, struct store **store,
                        struct database **reader, struct party_id *anna)
{
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t count = module_schemas(schemas);
    struct text complaint = {"", 0};
    char url[128];
    snprintf(folder, 64, "/tmp/contraflow-people-XXXXXX");
    assert_non_null(mkdtemp(folder));
    *memory = memory_create(64 << 20);
    snprintf(url, sizeof url, "sqlite:%s/store.db", folder);
    assert_null(store_open(*memory, text_of(url), schemas, count, store, &complaint));
    assert_null(store_reader(*store, *memory, reader));
    assert_null(login_sign_up(*store, *memory, text_of("Anna"), text_of("anna@example.org"),
                              text_of("bread at five"), LANGUAGE_EN, false, start, anna));
}

static void close_people(const char *folder, struct memory *memory, struct store *store)
{
    char command[128];
    store_close(store);
    memory_end(memory);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
}

static inline struct instant later(int64_t ms)
{
    return instant_add(start, ms);
}

#endif
