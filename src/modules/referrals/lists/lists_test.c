/*
 * Lists that an operator installs: what is on them is found, what is beside them is not.
 */
#include "modules/referrals/lists/lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct memory *memory;

static int begin(void **state)
{
    (void)state;
    memory = memory_create(1 << 20);
    return memory ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

static void expect(const char *address, bool present, int64_t hosted)
{
    struct maybe_integer found = list_is_hosted(text_of(address));
    if (found.present != present || (present && found.value != hosted))
        fail_msg("%s: %d %d", address, (int)found.present, (int)found.value);
}

static void addresses_are_found_in_their_networks(void **state)
{
    (void)state;
    assert_null(lists_take(memory,
                           text_of("# a cloud\n192.0.2.0/24\n192.0.2.128/25, 198.51.100.7\n"
                                   "2001:db8:1::/48\nnonsense 10.0.0.0/99 10.0.0.0/x\n"),
                           (struct text){NULL, 0}));
    expect("192.0.2.0", true, 1);
    expect("192.0.2.255", true, 1);
    expect("192.0.3.0", true, 0);
    expect("192.0.1.255", true, 0);
    expect("198.51.100.7", true, 1);
    expect("198.51.100.8", true, 0);
    expect("2001:db8:1:ffff::1", true, 1);
    expect("2001:db8:2::1", true, 0);
    expect("::ffff:192.0.2.9", true, 1);
    expect("10.0.0.1", true, 0);
    expect("somewhere", false, 0);
    expect("", false, 0);
}

static void without_a_list_nothing_is_known(void **state)
{
    (void)state;
    assert_null(lists_take(memory, (struct text){NULL, 0}, (struct text){NULL, 0}));
    expect("192.0.2.1", false, 0);
    assert_false(list_is_throwaway(text_of("a@burner.example")));
}

static void a_list_in_json_is_read_as_it_comes(void **state)
{
    (void)state;
    assert_null(lists_take(memory, (struct text){NULL, 0},
                           text_of("[\"gone.example\",\n \"burner.example\"]")));
    assert_true(list_is_throwaway(text_of("Any.One@Burner.Example")));
    assert_true(list_is_throwaway(text_of("a@eu.gone.example")));
    assert_false(list_is_throwaway(text_of("a@notburner.example")));
    assert_false(list_is_throwaway(text_of("a@example")));
    assert_false(list_is_throwaway(text_of("burner.example")));
    assert_false(list_is_throwaway(text_of("a@")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(addresses_are_found_in_their_networks),
        TEST(without_a_list_nothing_is_known),
        TEST(a_list_in_json_is_read_as_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
