/*
 * Days and sums of schedules against answers worked out elsewhere.
 *
 * Ends of months and differences of days: Python's datetime and calendar; 30/360: the examples of the
 * ISDA 2006 definitions' section 4.16 (f) as QuantLib's test suite quotes them (Thirty360, bond basis).
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "core/owed/schedule.h"

static int64_t day(int year, int month, int of_month)
{
    int64_t out;
    assert_true(schedule_day(year, month, of_month, &out));
    return out;
}

static struct money euro(int64_t minor)
{
    return (struct money){minor, {"EUR"}};
}

static void days_are_those_of_the_calendar(void **state)
{
    int64_t none;
    (void)state;
    assert_int_equal(day(1970, 1, 2), 1);
    assert_int_equal(day(2000, 2, 29), 11016);
    assert_int_equal(day(2026, 11, 22), 20779);
    assert_int_equal(day(2100, 3, 1), 47541);
    assert_int_equal(day(2400, 2, 29), 157113);
    assert_false(schedule_day(2100, 2, 29, &none));
    assert_false(schedule_day(2026, 2, 29, &none));
    assert_false(schedule_day(2026, 4, 31, &none));
    assert_false(schedule_day(2026, 13, 1, &none));
    assert_false(schedule_day(1969, 12, 31, &none));
    assert_false(schedule_day(9999, 1, 1, &none));
}

/* first day, wanted day of the month, months between, and the five days from the first on */
static const struct {
    int first[3], wanted, every, then[4][3];
} month_ends[] = {
    {{2026, 1, 31}, 31, 1, {{2026, 2, 28}, {2026, 3, 31}, {2026, 4, 30}, {2026, 5, 31}}},
    {{2028, 1, 31}, 31, 1, {{2028, 2, 29}, {2028, 3, 31}, {2028, 4, 30}, {2028, 5, 31}}},
    {{2026, 1, 30}, 30, 1, {{2026, 2, 28}, {2026, 3, 30}, {2026, 4, 30}, {2026, 5, 30}}},
    {{2028, 1, 29}, 29, 1, {{2028, 2, 29}, {2028, 3, 29}, {2028, 4, 29}, {2028, 5, 29}}},
    {{2026, 2, 28}, 31, 1, {{2026, 3, 31}, {2026, 4, 30}, {2026, 5, 31}, {2026, 6, 30}}},
    {{2026, 2, 28}, 28, 1, {{2026, 3, 28}, {2026, 4, 28}, {2026, 5, 28}, {2026, 6, 28}}},
    {{2026, 10, 31}, 31, 1, {{2026, 11, 30}, {2026, 12, 31}, {2027, 1, 31}, {2027, 2, 28}}},
    {{2024, 2, 29}, 29, 12, {{2025, 2, 28}, {2026, 2, 28}, {2027, 2, 28}, {2028, 2, 29}}},
    {{2096, 2, 29}, 29, 12, {{2097, 2, 28}, {2098, 2, 28}, {2099, 2, 28}, {2100, 2, 28}}},
    {{2026, 11, 30}, 31, 3, {{2027, 2, 28}, {2027, 5, 31}, {2027, 8, 31}, {2027, 11, 30}}},
};

static void months_end_where_they_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof month_ends / sizeof month_ends[0]; i++) {
        const int *first = month_ends[i].first;
        struct schedule schedule = {
            .term = PLAN_RECURRING,
            .unit = PLAN_MONTH,
            .every = month_ends[i].every,
            .first = day(first[0], first[1], first[2]),
            .month_day = month_ends[i].wanted,
        };
        assert_int_equal(schedule_due(&schedule, 1), schedule.first);
        for (int64_t n = 0; n < 4; n++) {
            const int *then = month_ends[i].then[n];
            assert_int_equal(schedule_due(&schedule, n + 2), day(then[0], then[1], then[2]));
        }
    }
}

static void weeks_and_days_follow_each_other(void **state)
{
    struct schedule schedule = {
        .term = PLAN_RECURRING, .unit = PLAN_WEEK, .every = 2, .first = day(2028, 2, 22)};
    (void)state;
    assert_int_equal(schedule_due(&schedule, 2), day(2028, 3, 7));
    schedule.unit = PLAN_DAY;
    schedule.every = 10;
    assert_int_equal(schedule_due(&schedule, 4), day(2028, 3, 23));
    schedule.every = SCHEDULE_DAY_MAX;
    assert_int_equal(schedule_due(&schedule, 2), 0);
    schedule.every = INT64_MAX;
    assert_int_equal(schedule_due(&schedule, 600), 0);
}

/* from, to, days by 30/360 */
static const struct {
    int from[3], to[3], days;
} counted[] = {
    {{2006, 8, 20}, {2007, 2, 20}, 180}, {{2007, 2, 20}, {2007, 8, 20}, 180},
    {{2007, 8, 20}, {2008, 2, 20}, 180}, {{2008, 2, 20}, {2008, 8, 20}, 180},
    {{2006, 8, 31}, {2007, 2, 28}, 178}, {{2007, 2, 28}, {2007, 8, 31}, 183},
    {{2007, 8, 31}, {2008, 2, 29}, 179}, {{2008, 2, 29}, {2008, 8, 31}, 182},
    {{2006, 1, 31}, {2006, 2, 28}, 28},  {{2006, 1, 30}, {2006, 2, 28}, 28},
    {{2006, 2, 28}, {2006, 3, 3}, 5},    {{2006, 2, 14}, {2006, 2, 28}, 14},
    {{2006, 9, 30}, {2006, 10, 31}, 30}, {{2006, 10, 31}, {2006, 11, 28}, 28},
    {{2007, 8, 31}, {2008, 2, 28}, 178}, {{2008, 2, 28}, {2008, 8, 28}, 180},
    {{2006, 5, 31}, {2006, 6, 30}, 30},  {{2006, 5, 29}, {2006, 5, 31}, 2},
};

static void days_of_interest_are_counted_as_their_basis_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
        const int *from = counted[i].from;
        const int *to = counted[i].to;
        assert_int_equal(
            schedule_days(BASIS_30_360, day(from[0], from[1], from[2]), day(to[0], to[1], to[2])),
            counted[i].days);
    }
    assert_int_equal(schedule_days(BASIS_ACTUAL_365, day(2028, 1, 31), day(2028, 3, 1)), 30);
    assert_int_equal(schedule_days(BASIS_ACTUAL_365, day(2027, 1, 31), day(2027, 3, 1)), 29);
    assert_int_equal(schedule_days(BASIS_ACTUAL_365, day(2028, 1, 1), day(2029, 1, 1)), 366);
}

/* principal, rate, days, interest by actual/365 and by 30/360: Python's fractions and decimal, half even */
static const struct {
    int64_t principal, rate, days, actual, thirty;
} interests[] = {
    {100000, 50000, 365, 5000, 5069},
    {100000, 50000, 366, 5014, 5083},
    {100000, 50000, 360, 4932, 5000},
    {100000, 73000, 1, 20, 20},
    {36500, 100000, 5, 50, 51},
    {18250, 10000, 1, 0, 1},
    {54750, 10000, 1, 2, 2},
    {1, 1, 1, 0, 0},
    {MONEY_MAX, 1000000, 365, MONEY_MAX, -1},
};

static void interest_is_simple_and_rounded_half_to_even(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof interests / sizeof interests[0]; i++) {
        struct money sum;
        assert_true(schedule_interest(euro(interests[i].principal), interests[i].rate,
                                      BASIS_ACTUAL_365, interests[i].days, &sum));
        assert_int_equal(sum.minor, interests[i].actual);
        bool fine = schedule_interest(euro(interests[i].principal), interests[i].rate, BASIS_30_360,
                                      interests[i].days, &sum);
        assert_int_equal(fine ? sum.minor : -1, interests[i].thirty);
    }
}

/* A small generator (SplitMix64, Steele et al. 2014), so that a failure can be had again. */
static uint64_t seed = 20261122;
static int64_t pick(int64_t low, int64_t high)
{
    uint64_t z = (seed += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    return low + (int64_t)(z % (uint64_t)(high - low + 1));
}

static void parts_add_up_to_what_was_agreed_on(void **state)
{
    (void)state;
    for (int trial = 0; trial < 10000; trial++) {
        struct schedule schedule = {
            .term = pick(0, 1) ? PLAN_INSTALMENTS : PLAN_MILESTONES,
            .parts = pick(1, 60),
            .remainder = pick(0, 1) ? REMAINDER_FIRST : REMAINDER_LAST,
            .unit = PLAN_MONTH,
            .every = 1,
            .first = day(2026, 1, 1),
            .month_day = 1,
        };
        schedule.sum = euro(pick(schedule.parts, INT64_C(1) << pick(7, 50)));
        struct money sum = euro(0);
        int64_t odd = 0;
        for (int64_t i = 1; i <= schedule.parts; i++) {
            struct money part;
            assert_true(schedule_amount(&schedule, i, &part));
            assert_true(part.minor > 0);
            assert_true(money_add(sum, part, &sum));
            if (part.minor != schedule.sum.minor / schedule.parts)
                odd = odd ? -1 : i;
        }
        struct money beyond;
        assert_false(schedule_amount(&schedule, schedule.parts + 1, &beyond));
        assert_int_equal(sum.minor, schedule.sum.minor);
        assert_true(odd == 0 ||
                    odd == (schedule.remainder == REMAINDER_FIRST ? 1 : schedule.parts));
    }
}

static void parts_of_interest_add_up_to_that_of_the_whole_time(void **state)
{
    (void)state;
    for (int trial = 0; trial < 10000; trial++) {
        struct schedule schedule = {
            .term = PLAN_INTEREST,
            .sum = euro(pick(1, INT64_C(1) << pick(1, 40))),
            .parts = pick(1, 24),
            .unit = pick(0, 1) ? PLAN_MONTH : PLAN_WEEK,
            .every = pick(1, 3),
            .rate = pick(1, SCHEDULE_RATE_MAX),
            .accrues = pick(1, 40000),
        };
        schedule.first = schedule.accrues + pick(1, 60);
        schedule.month_day = civil_of((struct instant){schedule.first * DAY}).day;
        struct money parts;
        struct money whole;
        int64_t last = schedule_due(&schedule, schedule.parts);
        schedule.basis = BASIS_ACTUAL_365;
        assert_true(schedule_total(&schedule, schedule.parts, &parts));
        assert_true(schedule_interest(schedule.sum, schedule.rate, BASIS_ACTUAL_365,
                                      last - schedule.accrues, &whole));
        assert_int_equal(parts.minor, whole.minor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(months_end_where_they_end),
        cmocka_unit_test(weeks_and_days_follow_each_other),
        cmocka_unit_test(days_of_interest_are_counted_as_their_basis_says),
        cmocka_unit_test(interest_is_simple_and_rounded_half_to_even),
        cmocka_unit_test(parts_add_up_to_what_was_agreed_on),
        cmocka_unit_test(parts_of_interest_add_up_to_that_of_the_whole_time),
    };
    return cmocka_run_group_tests_name("core/owed/schedule", tests, NULL, NULL);
}
