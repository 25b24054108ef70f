/*
 * Words of kits: what may be lent, and what a partner reads of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "modules/referrals/kit/kit.h"

static struct memory *memory;

static int begin(void **state)
{
    (void)state;
    memory = memory_create(1 << 20);
    return memory ? 0 : 1;
}

static int end(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

static void fills(const char *body, const char *wanted)
{
    struct text out;
    assert_null(kit_words_fill(memory, text_of(body), text_of("https://x.example/r/INES"),
                               text_of("INES"), &out));
    assert_int_equal(out.size, strlen(wanted));
    assert_memory_equal(out.data, wanted, out.size);
}

static void own_link_and_code_stand_in_their_places(void **state)
{
    (void)state;
    fills("Go to {link}, say {code}: {code}!", "Go to https://x.example/r/INES, say INES: INES!");
    fills("{link}{code}", "https://x.example/r/INESINES");
    fills("", "");
}

static void braces_that_are_words_stay(void **state)
{
    (void)state;
    fills("{", "{");
    fills("{}", "{}");
    fills("{link", "{link");
    fills("{{link}}", "{https://x.example/r/INES}");
    fills("a {1} b } {li nk} {link", "a {1} b } {li nk} {link");
}

static void what_is_filled_in_is_not_read_again(void **state)
{
    struct text out;
    (void)state;
    assert_null(
        kit_words_fill(memory, text_of("{link}"), text_of("{code}"), text_of("INES"), &out));
    assert_true(text_is(out, "{code}"));
}

static void words_that_grow_too_long_are_refused(void **state)
{
    struct text out;
    struct builder b = builder_make(memory, 100000);
    struct builder link = builder_make(memory, 2000);
    struct text body, address;
    (void)state;
    for (size_t i = 0; i < 600; i++)
        builder_add_format(&b, "{link}");
    for (size_t i = 0; i < 1000; i++)
        builder_add_char(&link, 'x');
    assert_null(builder_end(&b, &body));
    assert_null(builder_end(&link, &address));
    assert_non_null(kit_words_fill(memory, body, address, text_of("C"), &out));
}

static void a_text_without_a_way_back_is_wrong(void **state)
{
    (void)state;
    assert_string_equal(kit_words_wrong(KIT_TEXT, text_of("Lovely trains")),
                        "referrals.kit.wrong.leads");
    assert_null(kit_words_wrong(KIT_TEXT, text_of("Lovely trains: {link}")));
    assert_null(kit_words_wrong(KIT_TEXT, text_of("[Ad] say {code}")));
    assert_null(kit_words_wrong(KIT_SAMPLE, text_of("Ask us")));
    assert_string_equal(kit_words_wrong(KIT_TEXT, text_of("{link} for {name}")),
                        "referrals.kit.wrong.place");
    assert_string_equal(kit_words_wrong(KIT_SAMPLE, text_of("{Link}")),
                        "referrals.kit.wrong.place");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(own_link_and_code_stand_in_their_places, begin, end),
        cmocka_unit_test_setup_teardown(braces_that_are_words_stay, begin, end),
        cmocka_unit_test_setup_teardown(what_is_filled_in_is_not_read_again, begin, end),
        cmocka_unit_test_setup_teardown(words_that_grow_too_long_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_text_without_a_way_back_is_wrong, begin, end),
    };
    return cmocka_run_group_tests_name("modules/referrals/kit", tests, NULL, NULL);
}
