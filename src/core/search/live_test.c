/*
 * Searches through the lists in memory against the engine's own index: after each of thousands of
 * changes both find the same, also when the lists are built anew, and in another database.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/module.h"
#include "core/search/queries.h"
#include "core/search/search.h"

enum { THINGS = 400, ROUNDS = 300, TOGETHER = 20, MOST = 25, WORDS = 30 };

struct place {
    char folder[64];
    char schema[64]; /* on PostgreSQL */
    struct memory *memory;
    struct store *store;
    struct database *db;
};

static uint64_t any(uint64_t end)
{
    static uint64_t x = UINT64_C(88172645463325252); /* xorshift64* (Vigna 2016) */
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    return (x * UINT64_C(2685821657736338717) >> 11) % end;
}

static struct text any_tokens(struct memory *memory)
{
    struct builder out = builder_make(memory, 1000);
    for (uint64_t k = any(6); k > 0; k--)
        builder_add_format(&out, "w%d ", (int)any(any(WORDS) + 1));
    if (out.size)
        builder_add_format(&out, "_shape_%s", any(2) ? "wide" : "square");
    struct text tokens;
    assert_null(builder_end(&out, &tokens));
    return tokens.data ? tokens : text_of("");
}

/* Some things get other tokens, or none. */
static const struct problem *change(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    (void)context;
    for (int i = 0; !problem && i < TOGETHER; i++)
        problem = search_put(db, memory, 1 + (int64_t)any(THINGS), any_tokens(memory));
    return problem;
}

static void compare(struct place *place, const char *query, const char *facets, const char *wanted)
{
    struct memory *memory = memory_create(16 << 20);
    struct search_result found;
    struct search_hit_list expected;
    int64_t before = any(2) ? 0 : 1 + (int64_t)any(THINGS);
    assert_null(
        search_find(place->db, memory, text_of(query), text_of(facets), before, MOST, &found));
    assert_null(search_match(place->db, memory, text_of(wanted), before ? before : INT64_MAX, MOST,
                             &expected));
    assert_int_equal(found.hits.count, expected.count);
    for (size_t i = 0; i < expected.count; i++)
        assert_int_equal(found.hits.items[i].subject, expected.items[i].subject);
    memory_end(memory);
}

static void compare_some(struct place *place)
{
    bool postgresql = store_is_postgresql(place->store);
    const char *both = postgresql ? "&" : "AND";
    const char *either = postgresql ? "|" : "OR";
    char q = postgresql ? '\'' : '"';
    for (int i = 0; i < 5; i++) {
        char query[40];
        char wanted[200];
        int first = (int)any(8);
        int second = (int)any(8);
        snprintf(query, sizeof query, "w%d w%d", first, second);
        snprintf(wanted, sizeof wanted, "%cw%d%c %s %cw%d%c", q, first, q, both, q, second, q);
        compare(place, query, "", wanted);
        snprintf(query, sizeof query, "w%d", first);
        snprintf(wanted, sizeof wanted, "%cw%d%c %s (%c_shape_wide%c %s %c_shape_square%c)", q,
                 first, q, both, q, q, either, q, q);
        compare(place, query, "_shape_wide|_shape_square", wanted);
        snprintf(wanted, sizeof wanted, "%cw%d%c %s %c_shape_wide%c", q, first, q, both, q, q);
        compare(place, query, "_shape_wide", wanted);
    }
}

static void change_some(struct place *place)
{
    struct memory *memory = memory_create(16 << 20);
    assert_null(store_write(place->store, memory, change, NULL));
    memory_end(memory);
}

static void open_place(struct place *place, const char *url)
{
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t count = module_schemas(schemas);
    struct text complaint = {0};
    char address[1000];
    *place = (struct place){.memory = memory_create(128 << 20)};
    snprintf(place->folder, sizeof place->folder, "/tmp/contraflow-search.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(address, sizeof address, "sqlite:%s/db", place->folder);
    if (url) {
        snprintf(place->schema, sizeof place->schema, "search_%d", (int)getpid());
        PGconn *connection = PQconnectdb(url);
        snprintf(address, sizeof address, "CREATE SCHEMA %s", place->schema);
        PQclear(PQexec(connection, address));
        PQfinish(connection);
        snprintf(address, sizeof address, "%s%coptions=-csearch_path%%3D%s", url,
                 strchr(url, '?') ? '&' : '?', place->schema);
    }
    if (store_open(place->memory, text_of(address), schemas, count, &place->store, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    assert_null(store_reader(place->store, place->memory, &place->db));
}

static void close_place(struct place *place, const char *url)
{
    char command[200];
    struct store *store = place->store;
    store_close(store);
    memory_end(place->memory);
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
    if (!url)
        return;
    PGconn *connection = PQconnectdb(url);
    snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", place->schema);
    PQclear(PQexec(connection, "SET client_min_messages = error"));
    PQclear(PQexec(connection, command));
    PQfinish(connection);
}

static void follows_on(const char *url)
{
    struct place place;
    open_place(&place, url);
    compare_some(&place);
    for (int round = 0; round < ROUNDS; round++) {
        change_some(&place);
        compare_some(&place);
    }
    close_place(&place, url);
}

static void test_follows_each_change(void **state)
{
    (void)state;
    follows_on(NULL);
}

static void test_follows_each_change_on_postgresql(void **state)
{
    (void)state;
    const char *url = getenv("TEST_POSTGRESQL");
    if (!url) {
        print_message("TEST_POSTGRESQL names no server\n");
        skip();
    }
    follows_on(url);
}

static void test_two_databases_in_turn(void **state)
{
    (void)state;
    struct place places[2];
    for (int i = 0; i < 2; i++)
        open_place(&places[i], NULL);
    for (int round = 0; round < 40; round++) {
        change_some(&places[round % 3 % 2]);
        compare_some(&places[0]);
        compare_some(&places[1]);
    }
    for (int i = 0; i < 2; i++)
        close_place(&places[i], NULL);
}

static void test_statements_fail(void **state)
{
    (void)state;
    struct place place;
    open_place(&place, NULL);
    for (int round = 0; round < 40; round++) {
        struct memory *memory = memory_create(16 << 20);
        struct search_result found;
        change_some(&place);
        store_fail_after(round % 10);
        const struct problem *problem =
            search_find(place.db, memory, text_of("w0"), text_of(""), 0, MOST, &found);
        store_fail_after(-1);
        if (problem)
            assert_ptr_equal(problem, &store_broken);
        compare_some(&place);
        memory_end(memory);
    }
    close_place(&place, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follows_each_change),
        cmocka_unit_test(test_two_databases_in_turn),
        cmocka_unit_test(test_statements_fail),
        cmocka_unit_test(test_follows_each_change_on_postgresql),
    };
    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
