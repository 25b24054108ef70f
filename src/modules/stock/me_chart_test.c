/*
 * Months of a chart: where they begin, over the turn of a year, and how they are addressed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/stock/me_rows.h"

static struct instant day(int year, int month, int of_month)
{
    return instant_of((struct civil){.year = year, .month = month, .day = of_month, .hour = 13});
}

static void expect_month(struct instant got, int year, int month)
{
    struct civil civil = civil_of(got);
    assert_int_equal(civil.year, year);
    assert_int_equal(civil.month, month);
    assert_int_equal(civil.day, 1);
    assert_int_equal(civil.hour, 0);
}

static void a_month_begins_at_midnight_of_its_first_day(void **state)
{
    (void)state;
    expect_month(stock_me_month_begin(day(2026, 2, 28), 0), 2026, 2);
    expect_month(stock_me_month_begin(day(2026, 1, 1), 0), 2026, 1);
    expect_month(stock_me_month_begin(day(2024, 2, 29), 0), 2024, 2);
}

static void months_go_on_over_the_turn_of_a_year(void **state)
{
    (void)state;
    expect_month(stock_me_month_begin(day(2026, 1, 15), -1), 2025, 12);
    expect_month(stock_me_month_begin(day(2026, 12, 31), 1), 2027, 1);
    expect_month(stock_me_month_begin(day(2026, 11, 22), -11), 2025, 12);
    expect_month(stock_me_month_begin(day(2026, 11, 22), -23), 2024, 12);
    expect_month(stock_me_month_begin(day(2026, 11, 22), 14), 2028, 1);
}

static void a_month_is_addressed_by_year_and_number(void **state)
{
    struct memory *memory = memory_create(1 << 16);
    (void)state;
    assert_true(
        text_is(stock_me_month_href(memory, day(2026, 3, 31)), "/me/earnings?month=2026-03"));
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_begins_at_midnight_of_its_first_day),
        cmocka_unit_test(months_go_on_over_the_turn_of_a_year),
        cmocka_unit_test(a_month_is_addressed_by_year_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
