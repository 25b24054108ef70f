/*
 * Tests of base/clock.c: the calendar, RFC 3339, the settable clock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "base/clock.h"

static void the_calendar_agrees_with_the_system(void **state)
{
    (void)state;
    for (int64_t day = -200000; day < 2932896; day += 13) {
        int64_t ms = day * DAY + (day * 7919) % DAY;
        struct civil civil = civil_of((struct instant){ms});
        assert_int_equal(instant_of(civil).ms, ms);
        int64_t fraction = (ms % 1000 + 1000) % 1000;
        time_t seconds = (time_t)((ms - fraction) / 1000);
        struct tm tm;
        assert_non_null(gmtime_r(&seconds, &tm));
        assert_int_equal(civil.year, tm.tm_year + 1900);
        assert_int_equal(civil.month, tm.tm_mon + 1);
        assert_int_equal(civil.day, tm.tm_mday);
        assert_int_equal(civil.hour, tm.tm_hour);
        assert_int_equal(civil.minute, tm.tm_min);
        assert_int_equal(civil.second, tm.tm_sec);
        assert_int_equal(civil.ms, fraction);
    }
}

static void written_instants(void **state)
{
    (void)state;
    struct memory *memory = memory_create(10000);
    struct instant at = instant_of((struct civil){2026, 6, 10, 14, 2, 11, 7});
    assert_true(text_is(instant_write(memory, at), "2026-06-10T14:02:11.007Z"));
    memory_end(memory);
}

static void read_instants(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int64_t ms;
    } good[] = {{"2026-06-10T14:02:11.007Z", 1781100131007},
                {"2026-06-10T14:02:11Z", 1781100131000},
                {"2026-06-10t14:02:11z", 1781100131000},
                {"2026-06-10T16:02:11+02:00", 1781100131000},
                {"2026-06-10T08:32:11.0079999-05:30", 1781100131007},
                {"2026-06-10", 1781049600000},
                {"2024-02-29", 1709164800000},
                {"2000-02-29T00:00:00Z", 951782400000},
                {"9999-12-31T23:59:59.999Z", 253402300799999},
                {"1970-01-01T00:00:00.001Z", 1}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct instant at = {0};
        assert_true(instant_parse(text_of(good[i].typed), &at));
        assert_int_equal(at.ms, good[i].ms);
    }
    static const char *const bad[] = {"",
                                      "2026",
                                      "2026-6-10",
                                      "2026-13-01",
                                      "2026-00-01",
                                      "2026-02-29",
                                      "2100-02-29",
                                      "2026-04-31",
                                      "2026-06-10T",
                                      "2026-06-10T14:02Z",
                                      "2026-06-10T14:02:11",
                                      "2026-06-10T24:00:00Z",
                                      "2026-06-10T14:60:00Z",
                                      "2026-06-10T14:02:60Z",
                                      "2026-06-10T14:02:11.Z",
                                      "2026-06-10 14:02:11Z",
                                      "2026-06-10T14:02:11+2:00",
                                      "2026-06-10T14:02:11+24:00",
                                      "2026-06-10T14:02:11Zx",
                                      "1970-01-01",
                                      "1969-12-31",
                                      "1970-01-01T01:00:00+02:00",
                                      "9999-12-31T23:59:59-01:00",
                                      "-2026-06-10",
                                      "20260610",
                                      "2026-06-1\xC3"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct instant at = {5};
        assert_false(instant_parse(text_of(bad[i]), &at));
        assert_int_equal(at.ms, 5);
    }
}

static void the_clock_can_be_stopped(void **state)
{
    (void)state;
    struct instant real = clock_now();
    assert_true(real.ms > INT64_C(1577836800000));
    clock_set((struct instant){12345});
    assert_int_equal(clock_now().ms, 12345);
    int64_t ticks = clock_ticks();
    clock_set((struct instant){0});
    assert_true(clock_now().ms >= real.ms);
    assert_true(clock_ticks() >= ticks && ticks > 0);
    assert_int_equal(instant_add(real, 2 * DAY).ms - real.ms, 172800000);
}

static int64_t months(int year, int month, int day, int later, int later_month, int later_day)
{
    return civil_months((struct civil){.year = year, .month = month, .day = day},
                        (struct civil){.year = later, .month = later_month, .day = later_day});
}

static void months_end_where_the_shorter_month_does(void **state)
{
    (void)state;
    assert_int_equal(months(2026, 1, 15, 2026, 2, 14), 0);
    assert_int_equal(months(2026, 1, 15, 2026, 2, 15), 1);
    assert_int_equal(months(2025, 12, 15, 2026, 1, 14), 0);
    assert_int_equal(months(2026, 1, 31, 2026, 1, 31), 0);
    assert_int_equal(months(2026, 1, 31, 2026, 2, 27), 0);
    assert_int_equal(months(2026, 1, 31, 2026, 2, 28), 1);
    assert_int_equal(months(2024, 1, 31, 2024, 2, 28), 0);
    assert_int_equal(months(2024, 1, 31, 2024, 2, 29), 1);
    assert_int_equal(months(2026, 1, 31, 2026, 4, 30), 3);
    assert_int_equal(months(2024, 2, 29, 2025, 2, 28), 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_end_where_the_shorter_month_does),
        cmocka_unit_test(the_calendar_agrees_with_the_system),
        cmocka_unit_test(written_instants),
        cmocka_unit_test(read_instants),
        cmocka_unit_test(the_clock_can_be_stopped),
    };
    return cmocka_run_group_tests_name("base/clock", tests, NULL, NULL);
}
