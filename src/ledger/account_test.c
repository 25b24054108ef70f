/*
 * The rules of one account: floor, ceiling, daily limit, what is owed.
 */
#include "ledger/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/clock.h"

static const struct instant noon = {20000 * DAY + 12 * HOUR};

static struct ledger_account_row account(int64_t balance, int64_t held)
{
    return (struct ledger_account_row){
        .balance_minor = balance, .held_minor = held, .floor_minor = {true, 0}};
}

static void spends_down_to_the_floor(void **state)
{
    (void)state;
    struct ledger_account_row a = account(100, 30);
    assert_ptr_equal(account_take(&a, 71, TAKING_SPENDS, noon), &ledger_not_enough);
    assert_null(account_take(&a, 70, TAKING_SPENDS, noon));
    assert_int_equal(a.balance_minor, 30);
    a.floor_minor.value = -50;
    assert_null(account_take(&a, 50, TAKING_SPENDS, noon));
    assert_ptr_equal(account_take(&a, 1, TAKING_SPENDS, noon), &ledger_not_enough);
    assert_int_equal(a.owed_minor, 0);
    a.floor_minor.present = false;
    assert_null(account_take(&a, 1000, TAKING_SPENDS, noon));
    assert_int_equal(a.balance_minor, -1020);
}

static void counts_what_leaves_in_a_day(void **state)
{
    (void)state;
    struct ledger_account_row a = account(1000, 0);
    a.daily_minor = (struct maybe_integer){true, 100};
    struct instant later = instant_add(noon, 11 * HOUR);
    struct instant tomorrow = instant_add(noon, 12 * HOUR);
    assert_null(account_take(&a, 60, TAKING_SPENDS, noon));
    assert_ptr_equal(account_take(&a, 41, TAKING_SPENDS, later), &ledger_daily_limit);
    assert_null(account_take(&a, 40, TAKING_SPENDS, later));
    assert_null(account_take(&a, 100, TAKING_SPENDS, tomorrow));
    /* A clock that jumps back an hour is still on the day it has come to. */
    assert_ptr_equal(account_take(&a, 1, TAKING_SPENDS, later), &ledger_daily_limit);
    assert_int_equal(a.balance_minor, 800);
    /* What a correction takes is no spending. */
    assert_null(account_take(&a, 500, TAKING_CORRECTS, tomorrow));
    /* A limit beyond counting cannot be passed either. */
    a.daily_minor.value = INT64_MAX;
    assert_null(account_take(&a, 300, TAKING_SPENDS, tomorrow));
}

static void holds_no_more_than_the_ceiling(void **state)
{
    (void)state;
    struct ledger_account_row a = account(90, 0);
    a.ceiling_minor = (struct maybe_integer){true, 100};
    assert_ptr_equal(account_give(&a, 11, TAKING_SPENDS), &ledger_ceiling);
    assert_null(account_give(&a, 10, TAKING_SPENDS));
    /* What comes back comes back. */
    assert_null(account_give(&a, 10, TAKING_CORRECTS));
    assert_int_equal(a.balance_minor, 110);
}

static void owes_what_a_correction_took_below_the_floor(void **state)
{
    (void)state;
    struct ledger_account_row a = account(20, 5);
    assert_null(account_take(&a, 50, TAKING_CORRECTS, noon));
    assert_int_equal(a.balance_minor, -30);
    assert_int_equal(a.owed_minor, 35);
    assert_ptr_equal(account_take(&a, 1, TAKING_SPENDS, noon), &ledger_not_enough);
    assert_null(account_give(&a, 12, TAKING_SPENDS));
    assert_int_equal(a.owed_minor, 23);
    assert_null(account_release(&a, 5));
    assert_int_equal(a.owed_minor, 18);
    assert_ptr_equal(account_reserve(&a, 1), &ledger_not_enough);
    assert_null(account_give(&a, 19, TAKING_SPENDS));
    assert_int_equal(a.owed_minor, 0);
    assert_null(account_reserve(&a, 1));
}

static void stays_within_what_is_exact(void **state)
{
    (void)state;
    struct ledger_account_row a = account(MONEY_MAX, 0);
    assert_ptr_equal(account_give(&a, 1, TAKING_SPENDS), &ledger_out_of_range);
    a = account(-MONEY_MAX, 0);
    a.floor_minor.present = false;
    assert_ptr_equal(account_take(&a, 1, TAKING_SPENDS, noon), &ledger_out_of_range);
    a.held_minor = MONEY_MAX;
    assert_ptr_equal(account_reserve(&a, 1), &ledger_out_of_range);
    assert_ptr_equal(account_release(&a, MONEY_MAX + 1), &our_fault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spends_down_to_the_floor),
        cmocka_unit_test(counts_what_leaves_in_a_day),
        cmocka_unit_test(holds_no_more_than_the_ceiling),
        cmocka_unit_test(owes_what_a_correction_took_below_the_floor),
        cmocka_unit_test(stays_within_what_is_exact),
    };
    return cmocka_run_group_tests_name("account", tests, NULL, NULL);
}
