/*
 * The lists against a plain look at every thing: random things, random searches, every page of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/search/lists.h"

enum { THINGS = 3000, WORDS = 60, SEARCHES = 2000, MOST = 25 };

static struct text tokens[THINGS];
static int64_t ids[THINGS];
static char *words[WORDS];

/* xorshift64* (Vigna 2016) */
static uint64_t any(uint64_t end)
{
    static uint64_t x = UINT64_C(88172645463325252);
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    return (x * UINT64_C(2685821657736338717) >> 11) % end;
}

/* Low numbers often: some words are bits, others arrays. */
static const char *any_word(void)
{
    return words[any(any(WORDS) + 1)];
}

static int make_things(void **state)
{
    struct memory *memory = memory_create(16 << 20);
    for (int i = 0; i < WORDS; i++)
        words[i] = (char *)(uintptr_t)text_format(memory, "word%d", i).data;
    int64_t id = -500;
    for (int i = 0; i < THINGS; i++) {
        struct builder out = builder_make(memory, 1000);
        for (uint64_t k = any(9); k > 0; k--) {
            builder_add_c(&out, any_word());
            builder_add_char(&out, ' ');
        }
        assert_null(builder_end(&out, &tokens[i]));
        ids[i] = id += 1 + (int64_t)any(5);
    }
    *state = memory;
    return 0;
}

static int end_things(void **state)
{
    memory_end(*state);
    return 0;
}

static struct search_lists *build(void)
{
    struct search_lists *lists = search_lists_begin(16 << 20);
    assert_non_null(lists);
    for (int i = 0; i < THINGS; i++)
        assert_true(search_lists_add(lists, ids[i], tokens[i]));
    assert_true(search_lists_ready(lists));
    return lists;
}

static void any_wanted(struct search_wanted *out)
{
    *out = (struct search_wanted){.count = 1 + any(4)};
    for (size_t g = 0; g < out->count; g++) {
        out->groups[g].count = any(3) ? 1 : 1 + any(3);
        for (size_t i = 0; i < out->groups[g].count; i++)
            out->groups[g].words[i] = text_of(any(50) ? any_word() : "unheard");
    }
}

/* The same by looking at every thing. */
static size_t plain(const struct search_wanted *wanted, const bool *hidden, int64_t before,
                    int64_t *out)
{
    size_t found = 0;
    for (int i = THINGS - 1; i >= 0 && found < MOST; i--) {
        if (ids[i] < before && !hidden[i] && search_wanted_by(wanted, tokens[i]))
            out[found++] = ids[i];
    }
    return found;
}

static void test_finds_what_a_plain_look_finds(void **state)
{
    (void)state;
    static bool hidden[THINGS];
    struct search_lists *lists = build();
    size_t all = 0;
    for (int i = 0; i < SEARCHES; i++) {
        struct search_wanted wanted;
        int64_t found[MOST];
        int64_t expected[MOST];
        int64_t before = any(2) ? INT64_MAX : ids[any(THINGS)];
        any_wanted(&wanted);
        size_t count = search_lists_find(lists, &wanted, before, MOST, found);
        assert_int_equal(count, plain(&wanted, hidden, before, expected));
        assert_memory_equal(found, expected, count * sizeof *found);
        all += count;
        if (i % 4 == 0) {
            uint64_t gone = any(THINGS);
            search_lists_hide(lists, ids[gone]);
            hidden[gone] = true;
            search_lists_hide(lists, ids[gone] * 1000 + 7);
        }
    }
    assert_true(all > SEARCHES);
    search_lists_end(lists);
}

static void test_pages_follow_each_other(void **state)
{
    (void)state;
    struct search_lists *lists = build();
    struct search_wanted wanted = {.groups = {{{text_of("word0")}, 1}}, .count = 1};
    int64_t before = INT64_MAX;
    int64_t found[MOST];
    size_t all = 0;
    size_t expected = 0;
    for (size_t count; (count = search_lists_find(lists, &wanted, before, MOST, found)) > 0;) {
        assert_true(found[0] < before);
        before = found[count - 1];
        all += count;
    }
    for (int i = 0; i < THINGS; i++)
        expected += search_wanted_by(&wanted, tokens[i]);
    assert_int_equal(all, expected);
    search_lists_end(lists);
}

static void test_nothing_in_nothing(void **state)
{
    (void)state;
    int64_t found[MOST];
    struct search_lists *lists = search_lists_begin(4 << 20);
    struct search_wanted wanted = {.groups = {{{text_of("word0")}, 1}}, .count = 1};
    assert_true(search_lists_add(lists, 1, text_of("")));
    assert_true(search_lists_ready(lists));
    assert_int_equal(search_lists_count(lists), 0);
    assert_int_equal(search_lists_find(lists, &wanted, INT64_MAX, MOST, found), 0);
    search_lists_hide(lists, 1);
    wanted.count = 0;
    assert_int_equal(search_lists_find(lists, &wanted, INT64_MAX, MOST, found), 0);
    search_lists_end(lists);
}

static void test_each_allocation_fails(void **state)
{
    (void)state;
    long failures = 0;
    for (bool whole = false; !whole; failures++) {
        memory_fail_after(failures);
        struct search_lists *lists = search_lists_begin(16 << 20);
        whole = lists != NULL;
        for (int i = 0; whole && i < THINGS; i++)
            whole = search_lists_add(lists, ids[i], tokens[i]);
        whole = whole && search_lists_ready(lists);
        memory_fail_after(-1);
        search_lists_end(lists);
    }
    assert_true(failures > WORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_what_a_plain_look_finds),
        cmocka_unit_test(test_pages_follow_each_other),
        cmocka_unit_test(test_nothing_in_nothing),
        cmocka_unit_test(test_each_allocation_fails),
    };
    return cmocka_run_group_tests(tests, make_things, end_things);
}
