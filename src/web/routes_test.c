/*
 * Route tables that must stop the start, each with a complaint that names the route.
 */
#include "web/server_test_bed.h"

#include "web/router.h"

#define SHOW .handler = &bed_show_handler
#define PAGE                                                                                       \
    {                                                                                              \
        .method = GET, .path = "/notes/{note}", SHOW, .who = ANYONE, .page = "bed/note.html"       \
    }

struct refused {
    const char *why; /* part of the complaint */
    struct route routes[2];
    size_t count;
};

static const struct handler hollow = {"hollow", NULL, &bed_ask_shape, &bed_note_shape};

static const struct refused all[] = {
    {"says not who", {{.method = GET, .path = "/a", SHOW}}, 1},
    {"says not who", {{.method = GET, .path = "/a", SHOW, .who = WHO_COUNT}}, 1},
    {"has no method", {{.path = "/a", SHOW, .who = ANYONE}}, 1},
    {"has no path", {{.method = GET, SHOW, .who = ANYONE}}, 1},
    {"has no handler", {{.method = GET, .path = "/a", .who = ANYONE}}, 1},
    {"has no handler", {{.method = GET, .path = "/a", .who = ANYONE, .handler = &hollow}}, 1},
    {"no member", {{.method = GET, .path = "/n/{other}", SHOW, .who = ANYONE}}, 1},
    {"same path",
     {{.method = GET, .path = "/n/{note}", SHOW, .who = ANYONE},
      {.method = GET, .path = "/n/{find}", SHOW, .who = ANYONE}},
     2},
    {"web's own", {{.method = GET, .path = "/a/b", SHOW, .who = ANYONE}}, 1},
    {"not under /api/v1/",
     {{.method = GET, .path = "/c", .api = "/api/c", SHOW, .who = ANYONE}},
     1},
    {"needs no key", {{.method = GET, .path = "/c", SHOW, .who = ANYONE, .once = true}}, 1},
    {"open is for ANYONE",
     {{.method = POST, .path = "/c", SHOW, .who = SIGNED_IN, .open = true}},
     1},
    {"others is for", {{.method = GET, .path = "/c", SHOW, .who = ANYONE, .others = true}}, 1},
    {"no page to show", {{.method = POST, .path = "/c", SHOW, .who = SIGNED_IN, .again = "/c"}}, 1},
    {"parameter it lacks",
     {PAGE, {.method = POST, .path = "/c", SHOW, .who = ANYONE, .again = "/notes/{note}"}},
     2},
    {"bed/none.html",
     {{.method = GET, .path = "/c", SHOW, .who = ANYONE, .page = "bed/none.html"}},
     1},
};

static struct memory *memory;

static const struct problem *compile(const struct route *routes, size_t count,
                                     struct text *complaint)
{
    struct route_table *table = memory_take(memory, sizeof *table);
    const struct route_table **tables = memory_take(memory, sizeof *tables);
    struct server *server = memory_take(memory, sizeof *server);
    assert_non_null(table);
    assert_non_null(tables);
    assert_non_null(server);
    *table = (struct route_table){"bed", routes, count};
    tables[0] = table;
    server->process = memory;
    server->options = (struct server_options){.tables = tables, .table_count = 1};
    return routes_compile(server, complaint);
}

static void wrong_routes_stop_the_start(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct text complaint = {"", 0};
        if (!compile(all[i].routes, all[i].count, &complaint))
            fail_msg("case %zu (%s) was taken", i, all[i].why);
        if (!memmem(complaint.data, complaint.size, all[i].why, strlen(all[i].why)))
            fail_msg("case %zu: %.*s", i, TEXT_ARGS(complaint));
    }
}

static void right_routes_compile(void **state)
{
    (void)state;
    struct text complaint = {"", 0};
    const struct problem *problem = compile(bed_routes, bed_table.count, &complaint);
    if (problem)
        fail_msg("%.*s", TEXT_ARGS(complaint));
}

static int start(void **state)
{
    (void)state;
    struct text complaint;
    (void)bed_start;
    (void)bed_stop;
    memory = memory_create(64 * 1024 * 1024);
    if (!memory || words_load_from(memory, bed_words, 1, &complaint))
        return -1;
    template_sources_set(bed_sources, sizeof bed_sources / sizeof *bed_sources);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_routes_stop_the_start),
        cmocka_unit_test(right_routes_compile),
    };
    return cmocka_run_group_tests_name("routes", tests, start, stop);
}
