/*
 * Previews, cards and the address of the next page, as the public pages share them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/stock/public_rows.h"

static void test_ratio_is_the_nearest_class(void **state)
{
    (void)state;
    static const struct {
        int64_t width, height, ratio;
    } cases[] = {
        {3264, 2448, 133}, {2448, 3264, 75}, {1000, 1000, 100}, {5312, 2988, 178},
        {9000, 1000, 300}, {100, 9000, 50},  {1440, 900, 160},  {0, 0, 100},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stock_public_preview preview =
            stock_public_preview_of(text_of("aa"), cases[i].width, cases[i].height);
        assert_int_equal(preview.ratio, cases[i].ratio);
    }
}

static void test_widths_follow_the_longest_edge_and_never_grow(void **state)
{
    (void)state;
    struct stock_public_preview wide = stock_public_preview_of(text_of("aa"), 3000, 2000);
    struct stock_public_preview high = stock_public_preview_of(text_of("aa"), 2000, 4000);
    struct stock_public_preview small = stock_public_preview_of(text_of("aa"), 700, 500);
    assert_int_equal(wide.small, 320);
    assert_int_equal(wide.large, 1200);
    assert_int_equal(high.small, 160);
    assert_int_equal(high.middle, 320);
    assert_int_equal(high.large, 600);
    assert_int_equal(small.middle, 640);
    assert_int_equal(small.large, 700);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratio_is_the_nearest_class),
        cmocka_unit_test(test_widths_follow_the_longest_edge_and_never_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
