/*
 * Whose an order is: each rule by hand. Read next: attribution_journeys_test.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "modules/referrals/attribution/attribution.h"

enum { ANNA = 1, BORIS, CHEN, DORA, EMIL };
enum { ORDER = 77, CUSTOMER = 900, TOUCHES = 5 };

static const int64_t noon = INT64_C(20600) * DAY + 12 * HOUR; /* of the order */

static struct attribution_terms terms;
static struct attribution_conversion order;
static struct attribution_touch touches[TOUCHES];
static struct attribution_credit credits[TOUCHES];
static size_t touch_count, credit_count;

/* Last, 30 days, links first, claims for 30 days; no basket known; no touches. */
static int begin(void **state)
{
    (void)state;
    terms = (struct attribution_terms){ATTRIBUTION_LAST, 30, false, 30};
    order = (struct attribution_conversion){.event = ORDER, .customer = {CUSTOMER}, .at = {noon}};
    touch_count = 0;
    return 0;
}

/* Ids count from 1 in the order of the calls. */
static struct attribution_touch *touch(int partner, enum touch_kind kind, int64_t after)
{
    struct attribution_touch *made = &touches[touch_count++];
    *made = (struct attribution_touch){.id = {(int64_t)touch_count},
                                       .partner = {partner},
                                       .kind = kind,
                                       .at = {noon + after},
                                       .customer = {CUSTOMER}};
    return made;
}

static void lead(int partner, int64_t after, int64_t until)
{
    touch(partner, TOUCH_LEAD, after)->until.ms = noon + until;
}

static void decide(void)
{
    credit_count = attribution_decide(&terms, &order, touches, touch_count, credits);
}

static void outcome_is(int64_t id, enum touch_outcome expected)
{
    for (size_t i = 0; i < touch_count; i++) {
        if (touches[i].id.value == id) {
            assert_int_equal(touches[i].outcome, expected);
            return;
        }
    }
    fail_msg("no touch %d", (int)id);
}

static void credit_is(size_t place, int partner, int64_t share, int64_t by)
{
    assert_true(place < credit_count);
    assert_int_equal(credits[place].partner.value, partner);
    assert_int_equal(credits[place].share, share);
    assert_int_equal(credits[place].touch.value, by);
}

static void all_is_of(int partner, int64_t by)
{
    decide();
    assert_int_equal(credit_count, 1);
    credit_is(0, partner, 10000, by);
    outcome_is(by, TOUCH_COUNTS);
}

static void nobody_has_it(enum touch_outcome why)
{
    decide();
    assert_int_equal(credit_count, 0);
    for (size_t i = 0; i < touch_count; i++)
        assert_int_equal(touches[i].outcome, why);
}

static void without_touches_nobody_has_it(void **state)
{
    (void)state;
    assert_int_equal(attribution_decide(&terms, &order, NULL, 0, NULL), 0);
}

static void first_and_last_take_all(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, -3 * DAY);
    touch(BORIS, TOUCH_LINK, -2 * DAY);
    touch(CHEN, TOUCH_LINK, -1 * DAY);
    all_is_of(CHEN, 3);
    outcome_is(1, TOUCH_NOT_LAST);
    outcome_is(2, TOUCH_NOT_LAST);
    terms.model = ATTRIBUTION_FIRST;
    all_is_of(ANNA, 1);
    outcome_is(2, TOUCH_NOT_FIRST);
    outcome_is(3, TOUCH_NOT_FIRST);
}

static void linear_gives_what_is_left_over_to_the_first(void **state)
{
    (void)state;
    terms.model = ATTRIBUTION_LINEAR;
    touch(CHEN, TOUCH_LINK, -1 * DAY);
    touch(ANNA, TOUCH_LINK, -3 * DAY);
    touch(BORIS, TOUCH_LINK, -2 * DAY);
    decide();
    assert_int_equal(credit_count, 3);
    credit_is(0, ANNA, 3334, 2);
    credit_is(1, BORIS, 3333, 3);
    credit_is(2, CHEN, 3333, 1);
}

static void position_gives_40_20_40(void **state)
{
    (void)state;
    terms.model = ATTRIBUTION_POSITION;
    touch(ANNA, TOUCH_LINK, -5 * DAY);
    all_is_of(ANNA, 1);
    touch(BORIS, TOUCH_LINK, -4 * DAY);
    decide();
    assert_int_equal(credit_count, 2);
    credit_is(0, ANNA, 5000, 1);
    credit_is(1, BORIS, 5000, 2);
    touch(CHEN, TOUCH_LINK, -3 * DAY);
    decide();
    assert_int_equal(credit_count, 3);
    credit_is(0, ANNA, 4000, 1);
    credit_is(1, BORIS, 2000, 2);
    credit_is(2, CHEN, 4000, 3);
    touch(DORA, TOUCH_LINK, -2 * DAY);
    touch(EMIL, TOUCH_LINK, -1 * DAY);
    decide();
    assert_int_equal(credit_count, 5);
    credit_is(0, ANNA, 4000, 1);
    credit_is(1, BORIS, 668, 2);
    credit_is(2, CHEN, 666, 3);
    credit_is(3, DORA, 666, 4);
    credit_is(4, EMIL, 4000, 5);
}

static void a_partner_has_one_place_however_often(void **state)
{
    (void)state;
    terms.model = ATTRIBUTION_LINEAR;
    touch(ANNA, TOUCH_LINK, -4 * DAY);
    touch(BORIS, TOUCH_LINK, -3 * DAY);
    touch(ANNA, TOUCH_LINK, -2 * DAY);
    touch(ANNA, TOUCH_LINK, -1 * DAY);
    decide();
    assert_int_equal(credit_count, 2);
    credit_is(0, ANNA, 5000, 1);
    credit_is(1, BORIS, 5000, 2);
    outcome_is(3, TOUCH_SAME_PARTNER);
    outcome_is(4, TOUCH_SAME_PARTNER);
    terms.model = ATTRIBUTION_POSITION; /* first and last, with one between */
    decide();
    assert_int_equal(credit_count, 2);
    credit_is(0, ANNA, 8000, 1);
    credit_is(1, BORIS, 2000, 2);
    terms.model = ATTRIBUTION_LAST;
    all_is_of(ANNA, 4);
    outcome_is(1, TOUCH_SAME_PARTNER);
    outcome_is(2, TOUCH_NOT_LAST);
}

static void who_comes_last_has_been_there_before(void **state)
{
    (void)state;
    terms.model = ATTRIBUTION_POSITION;
    touch(ANNA, TOUCH_LINK, -4 * DAY);
    touch(BORIS, TOUCH_LINK, -3 * DAY);
    touch(CHEN, TOUCH_LINK, -2 * DAY);
    touch(BORIS, TOUCH_LINK, -1 * DAY);
    decide();
    assert_int_equal(credit_count, 3);
    credit_is(0, ANNA, 4000, 1);
    credit_is(1, CHEN, 2000, 3);
    credit_is(2, BORIS, 4000, 4);
    outcome_is(2, TOUCH_SAME_PARTNER);
}

static void ties_go_by_id(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, -DAY)->id.value = 9;
    touch(BORIS, TOUCH_LINK, -DAY)->id.value = 8;
    all_is_of(ANNA, 9);
    terms.model = ATTRIBUTION_FIRST;
    all_is_of(BORIS, 8);
}

static void the_window_ends_with_its_day_and_the_clocks(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, -30 * DAY);
    all_is_of(ANNA, 1);
    touches[0].at.ms = noon - 30 * DAY - 5 * SECOND;
    all_is_of(ANNA, 1);
    touches[0].at.ms--;
    nobody_has_it(TOUCH_TOO_OLD);
    terms.window_days = 31;
    all_is_of(ANNA, 1);
    terms.window_days = 365;
    touches[0].at.ms = noon - 365 * DAY;
    all_is_of(ANNA, 1);
}

static void an_order_before_its_click_is_nobodys(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, 5 * SECOND); /* two servers, 5 s apart */
    all_is_of(ANNA, 1);
    touches[0].at.ms++;
    nobody_has_it(TOUCH_AFTER_ORDER);
}

static void what_follows_the_basket_does_not_count(void **state)
{
    (void)state;
    order.basket = (struct maybe_instant){true, {noon - HOUR}};
    touch(ANNA, TOUCH_LINK, -2 * HOUR);
    touch(BORIS, TOUCH_LINK, -10 * MINUTE); /* an extension of the browser, at the till */
    all_is_of(ANNA, 1);
    outcome_is(2, TOUCH_AFTER_BASKET);
    touches[1].at.ms = noon - HOUR + 5 * SECOND;
    all_is_of(BORIS, 2);
    touches[1].at.ms++;
    all_is_of(ANNA, 1);
}

static void a_code_is_typed_when_the_basket_is_full(void **state)
{
    (void)state;
    order.basket = (struct maybe_instant){true, {noon - HOUR}};
    touch(ANNA, TOUCH_CODE, -MINUTE);
    all_is_of(ANNA, 1);
    touches[0].at.ms = noon + MINUTE; /* nothing says that it belongs to this order */
    nobody_has_it(TOUCH_AFTER_ORDER);
    touches[0].event = ORDER; /* the shop reports order and code a minute later */
    touches[0].customer.value = 0;
    all_is_of(ANNA, 1);
}

static void the_program_says_whether_codes_go_before_links(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, -DAY);
    touch(BORIS, TOUCH_CODE, 0)->event = ORDER;
    touch(ANNA, TOUCH_CODE, -HOUR);
    touch(CHEN, TOUCH_LINK, -2 * DAY);
    all_is_of(ANNA, 1);
    outcome_is(2, TOUCH_BEHIND_LINK);
    outcome_is(3, TOUCH_SAME_PARTNER);
    outcome_is(4, TOUCH_NOT_LAST);
    terms.code_first = true;
    all_is_of(BORIS, 2);
    outcome_is(1, TOUCH_BEHIND_CODE);
    outcome_is(3, TOUCH_NOT_LAST);
    outcome_is(4, TOUCH_BEHIND_CODE);
    terms.model = ATTRIBUTION_LINEAR; /* two codes on one order share, links still don't */
    decide();
    assert_int_equal(credit_count, 2);
    credit_is(0, ANNA, 5000, 3);
    credit_is(1, BORIS, 5000, 2);
    outcome_is(1, TOUCH_SAME_PARTNER);
}

static void a_protected_lead_goes_before_all(void **state)
{
    (void)state;
    terms.code_first = true;
    lead(ANNA, -60 * DAY, DAY); /* registered before the window */
    touch(BORIS, TOUCH_LINK, -DAY);
    touch(CHEN, TOUCH_CODE, -HOUR);
    touch(DORA, TOUCH_CLAIM, DAY);
    all_is_of(ANNA, 1);
    outcome_is(2, TOUCH_BEHIND_LEAD);
    outcome_is(3, TOUCH_BEHIND_LEAD);
    outcome_is(4, TOUCH_BEHIND_LEAD);
    lead(EMIL, -30 * DAY, DAY); /* met them, too, but later; no model changes that */
    all_is_of(ANNA, 1);
    outcome_is(5, TOUCH_NOT_FIRST);
}

static void a_lead_is_nothing_once_its_protection_is_over(void **state)
{
    (void)state;
    lead(ANNA, -20 * DAY, -5 * SECOND);
    all_is_of(ANNA, 1);
    touches[0].until.ms--;
    nobody_has_it(TOUCH_UNPROTECTED);
    touch(BORIS, TOUCH_LINK, -DAY);
    all_is_of(BORIS, 2);
}

static void a_lead_registered_at_the_till_is_none(void **state)
{
    (void)state;
    order.basket = (struct maybe_instant){true, {noon - HOUR}};
    lead(ANNA, -MINUTE, DAY);
    nobody_has_it(TOUCH_AFTER_BASKET);
}

static void a_late_claim_counts_where_nothing_else_does(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_CLAIM, 30 * DAY + 5 * SECOND)->event = ORDER;
    all_is_of(ANNA, 1);
    touches[0].at.ms++;
    nobody_has_it(TOUCH_CLAIM_LATE);
    touches[0].at.ms = noon + DAY;
    touch(BORIS, TOUCH_CLAIM, 2 * DAY)->event = ORDER; /* the buyer thinks again */
    all_is_of(ANNA, 1);
    outcome_is(2, TOUCH_NOT_FIRST);
    touch(CHEN, TOUCH_LINK, -DAY);
    all_is_of(CHEN, 3);
    outcome_is(1, TOUCH_CLAIM_NEEDLESS);
    outcome_is(2, TOUCH_CLAIM_NEEDLESS);
    terms.late_days = 0;
    touch_count = 0;
    touch(ANNA, TOUCH_CLAIM, 0)->event = ORDER;
    nobody_has_it(TOUCH_NO_CLAIMS);
}

static void touches_of_other_customers_and_of_nobody_do_not_count(void **state)
{
    (void)state;
    touch(ANNA, TOUCH_LINK, -DAY)->customer.value = CUSTOMER + 1;
    touch(BORIS, TOUCH_LINK, -DAY)->customer.value = 0;
    touch(CHEN, TOUCH_LINK, -DAY)->event = ORDER + 1; /* bound to another order of theirs */
    nobody_has_it(TOUCH_UNBOUND);
    order.customer.value = 0; /* two unknown are not the same person */
    nobody_has_it(TOUCH_UNBOUND);
    touch(DORA, TOUCH_LINK, -DAY)->event = ORDER; /* the click's id came with the order */
    all_is_of(DORA, 4);
}

static void a_thousand_partners_all_have_a_share(void **state)
{
    static struct attribution_touch many[ATTRIBUTION_TOUCHES_MAX];
    static struct attribution_credit shares[ATTRIBUTION_TOUCHES_MAX];
    (void)state;
    for (int i = 0; i < ATTRIBUTION_TOUCHES_MAX; i++) {
        many[i] = (struct attribution_touch){.id = {i + 1},
                                             .partner = {i + 1},
                                             .kind = TOUCH_LINK,
                                             .at = {noon - MINUTE},
                                             .customer = {CUSTOMER}};
    }
    terms.model = ATTRIBUTION_POSITION;
    size_t count = attribution_decide(&terms, &order, many, ATTRIBUTION_TOUCHES_MAX, shares);
    assert_int_equal(count, ATTRIBUTION_TOUCHES_MAX);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(shares[i].share > 0);
        sum += shares[i].share;
    }
    assert_int_equal(sum, 10000);
}

#define CASE(function) cmocka_unit_test_setup(function, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(without_touches_nobody_has_it),
        CASE(first_and_last_take_all),
        CASE(linear_gives_what_is_left_over_to_the_first),
        CASE(position_gives_40_20_40),
        CASE(a_partner_has_one_place_however_often),
        CASE(who_comes_last_has_been_there_before),
        CASE(ties_go_by_id),
        CASE(the_window_ends_with_its_day_and_the_clocks),
        CASE(an_order_before_its_click_is_nobodys),
        CASE(what_follows_the_basket_does_not_count),
        CASE(a_code_is_typed_when_the_basket_is_full),
        CASE(the_program_says_whether_codes_go_before_links),
        CASE(a_protected_lead_goes_before_all),
        CASE(a_lead_is_nothing_once_its_protection_is_over),
        CASE(a_lead_registered_at_the_till_is_none),
        CASE(a_late_claim_counts_where_nothing_else_does),
        CASE(touches_of_other_customers_and_of_nobody_do_not_count),
        CASE(a_thousand_partners_all_have_a_share),
    };
    return cmocka_run_group_tests_name("modules/referrals/attribution", tests, NULL, NULL);
}
