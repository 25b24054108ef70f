/*
 * Sentences of a week: nothing when nothing happened, and the reason that the numbers give.
 */
#include "modules/referrals/results/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/settings.h"
#include "web/server.h"

static struct text_list said(struct memory *memory, struct digest_week now,
                             struct digest_week before, bool ruled)
{
    struct digest_about about = {now, before, {"EUR"}, ruled};
    struct text_list out;
    for (enum language language = LANGUAGE_FR; language <= LANGUAGE_ZH; language++)
        assert_null(digest_say(memory, language, &about, &out));
    assert_null(digest_say(memory, LANGUAGE_EN, &about, &out));
    return out;
}

static void assert_says(struct text_list list, size_t which, const char *begins)
{
    assert_true(which < list.count);
    if (!text_starts(list.items[which], begins))
        fail_msg("\"%.*s\" does not begin with \"%s\"", TEXT_ARGS(list.items[which]), begins);
}

static void nothing_is_said_of_a_week_without_anything(void **state)
{
    struct digest_week none = {0};
    struct digest_week busy = {.clicks = 90, .orders = 4, .value_minor = 10000};
    assert_int_equal(said(*state, none, none, false).count, 0);
    assert_int_equal(said(*state, none, busy, false).count, 0);
    assert_int_equal(said(*state, none, none, true).count, 1);
}

static void more_orders_by_more_clicks(void **state)
{
    struct digest_week before = {.clicks = 100, .orders = 5, .value_minor = 50000};
    struct digest_week now = {.clicks = 200, .orders = 11, .customers = 3, .value_minor = 110000};
    struct text_list list = said(*state, now, before, false);
    assert_int_equal(list.count, 3);
    assert_says(list, 0, "200 clicks by people; 100 the week before.");
    assert_says(list, 1, "11 orders for 1,100.00");
    /* Five of the six more would have come by the clicks alone. */
    assert_says(list, 2, "More orders mostly because more links were followed: 200 times, 100");
}

static void fewer_orders_though_more_came(void **state)
{
    struct digest_week before = {.clicks = 100, .orders = 10, .value_minor = 100000};
    struct digest_week now = {.clicks = 200, .orders = 4, .value_minor = 40000, .back_minor = 500};
    struct text_list list = said(*state, now, before, false);
    assert_says(list, 2,
                "Fewer orders mostly because fewer of those who came ordered: 2 of 100 clicks, 10");
    assert_says(list, 3, "Of these orders 5.00");
}

static void more_orders_though_fewer_came(void **state)
{
    struct digest_week before = {.clicks = 100, .orders = 2};
    struct digest_week now = {.clicks = 50, .orders = 5};
    assert_says(said(*state, now, before, false), 2, "More orders mostly because more of those");
}

static void no_reason_without_clicks_or_change(void **state)
{
    struct digest_week before = {.clicks = 0, .orders = 2};
    struct digest_week now = {.clicks = 50, .orders = 5};
    assert_int_equal(said(*state, now, before, false).count, 2);
    before = (struct digest_week){.clicks = 10, .orders = 5};
    assert_int_equal(said(*state, now, before, false).count, 2);
}

static void partners_without_clicks_are_named(void **state)
{
    struct digest_week before = {0};
    struct digest_week now = {.joined = 3};
    struct text_list list = said(*state, now, before, false);
    assert_says(list, 0, "3 partners joined");
    assert_says(list, 1, "Partners joined, but no link was followed");
}

static void weeks_begin_on_mondays(void **state)
{
    (void)state;
    assert_int_equal(digest_monday(4), 4); /* 1970-01-05 */
    assert_int_equal(digest_monday(10), 4);
    assert_int_equal(digest_monday(11), 11);
    assert_int_equal(digest_monday(20514), 20514); /* 2026-03-02 */
    assert_int_equal(digest_monday(20513), 20507);
}

static int begin(void **state)
{
    struct text complaint;
    struct memory *memory = memory_create(64 << 20);
    settings_declare(web_settings, web_setting_count);
    if (!memory || words_load(memory, &complaint))
        return -1;
    words_be_strict();
    *state = memory;
    return 0;
}

static int end(void **state)
{
    memory_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_of_a_week_without_anything),
        cmocka_unit_test(more_orders_by_more_clicks),
        cmocka_unit_test(fewer_orders_though_more_came),
        cmocka_unit_test(more_orders_though_fewer_came),
        cmocka_unit_test(no_reason_without_clicks_or_change),
        cmocka_unit_test(partners_without_clicks_are_named),
        cmocka_unit_test(weeks_begin_on_mondays),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
