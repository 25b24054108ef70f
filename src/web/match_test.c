/*
 * Paths against patterns, and forms against their pieces: what must match, and what must not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/match.h"

static struct memory *memory;
static const char endpoints[8]; /* only their addresses count */

static const struct endpoint *endpoint(int number)
{
    return (const struct endpoint *)(const void *)&endpoints[number];
}

static struct match_tree *tree_of(const char *const *patterns, size_t count)
{
    struct match_tree *tree = match_tree_make(memory);
    assert_non_null(tree);
    for (size_t i = 0; i < count; i++) {
        struct text names[MATCH_PARAMETERS_MAX];
        struct text complaint;
        size_t parameters;
        assert_null(
            match_add(tree, patterns[i], GET, endpoint((int)i), names, &parameters, &complaint));
    }
    return tree;
}

static int find(const struct match_tree *tree, const char *path, struct match *match)
{
    if (match_find(tree, memory, GET, text_of(path), match))
        return -2;
    return match->endpoint ? (int)((const char *)(const void *)match->endpoint - endpoints) : -1;
}

static void paths(void **state)
{
    (void)state;
    static const char *const patterns[] = {"/",
                                           "/photos",
                                           "/photos/{photo}",
                                           "/photos/new",
                                           "/photos/{photo}/buy",
                                           "/photos/new/{step}"};
    struct match_tree *tree = tree_of(patterns, 6);
    static const struct {
        const char *path;
        int number; /* -1: none, -2: refused */
    } cases[] = {
        {"/", 0},
        {"/photos", 1},
        {"/photos/a", 2},
        {"/photos/new", 3},
        {"/photos/a/buy", 4},
        {"/photos/new/one", 5},
        {"/photos/new/buy", 5},
        {"/photos/", -1},
        {"//photos", -1},
        {"/photo", -1},
        {"/photosx", -1},
        {"/photos/a/b", -1},
        {"/photos//buy", 4},
        {"/./photos", -1},
        {"/photos/%6eew", 3},
        {"/photos/a%2Fbuy", 2},
        {"/photos/%", -2},
        {"/photos/%ff", -2},
        {"/photos/%00", -2},
        {"", -2},
        {"photos", -2},
        {"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct match match;
        int number = find(tree, cases[i].path, &match);
        if (number != cases[i].number)
            fail_msg("%s: %d", cases[i].path, number);
    }
    struct match match;
    assert_int_equal(find(tree, "/photos/a%2Fb%C3%A9/buy", &match), 4);
    assert_int_equal(match.count, 1);
    assert_true(text_is(match.parameters[0], "a/b\xC3\xA9"));
}

static void a_literal_that_leads_nowhere_gives_way(void **state)
{
    (void)state;
    static const char *const patterns[] = {"/a/b/c", "/a/{x}/d", "/{y}/b/e"};
    struct match_tree *tree = tree_of(patterns, 3);
    struct match match;
    assert_int_equal(find(tree, "/a/b/c", &match), 0);
    assert_int_equal(find(tree, "/a/b/d", &match), 1);
    assert_int_equal(find(tree, "/a/b/e", &match), 2);
    assert_int_equal(match.count, 1);
    assert_true(text_is(match.parameters[0], "a"));
    assert_int_equal(find(tree, "/a/b/f", &match), -1);
    assert_int_equal(match.count, 0);
}

static void refused_patterns(void **state)
{
    (void)state;
    static const char *const first[] = {"/photos/{photo}"};
    static const char *const wrong[] = {"photos",   "/photos//a", "/a b",           "/{}",
                                        "/{Photo}", "/a{x}",      "/photos/{other}"};
    struct match_tree *tree = tree_of(first, 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text names[MATCH_PARAMETERS_MAX];
        struct text complaint = {"", 0};
        size_t parameters;
        if (!match_add(tree, wrong[i], GET, endpoint(1), names, &parameters, &complaint))
            fail_msg("%s was taken", wrong[i]);
        assert_true(complaint.size > 0);
    }
    struct text names[MATCH_PARAMETERS_MAX];
    struct text complaint;
    size_t parameters;
    struct match match;
    assert_null(
        match_add(tree, "/photos/{photo}", POST, endpoint(1), names, &parameters, &complaint));
    assert_null(match_find(tree, memory, PUT, text_of("/photos/a"), &match));
    assert_null(match.endpoint);
    assert_int_equal(match.methods, 1U << GET | 1U << POST);
}

static int start(void **state)
{
    (void)state;
    memory = memory_create(16 * 1024 * 1024);
    return memory ? 0 : -1;
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
        cmocka_unit_test(paths),
        cmocka_unit_test(a_literal_that_leads_nowhere_gives_way),
        cmocka_unit_test(refused_patterns),
    };
    return cmocka_run_group_tests_name("match", tests, start, stop);
}
