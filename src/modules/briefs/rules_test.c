/*
 * The pure decisions of briefs, and that the tables leave nobody stuck.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

static struct instant at(const char *typed)
{
    struct instant out;
    assert_true(instant_parse(text_of(typed), &out));
    return out;
}

static struct briefs_brief_row brief_of(enum briefs_brief_state state, int64_t accepted)
{
    return (struct briefs_brief_row){.state = state,
                                     .wanted = 2,
                                     .accepted = accepted,
                                     .budget = {8000, {"EUR"}},
                                     .until = at("2026-05-30T18:00:00Z")};
}

static void criteria_are_one_a_line_and_six_at_most(void **state)
{
    struct briefs_criteria criteria;
    (void)state;
    briefs_criteria_read(text_of("Light\n\n  Sharp at A4 \nNo people\n"), &criteria);
    assert_int_equal(criteria.count, 3);
    assert_true(text_is(criteria.names[1], "Sharp at A4"));
    briefs_criteria_read(text_of(""), &criteria);
    assert_int_equal(criteria.count, 0);
    briefs_criteria_read(text_of("a\nb\nc\nd\ne\nf\ng"), &criteria);
    assert_int_equal(criteria.count, BRIEFS_CRITERIA);
    assert_true(text_is(criteria.names[5], "f"));
}

static void scores_are_digits_and_add_up(void **state)
{
    (void)state;
    assert_int_equal(briefs_score_at(text_of("503"), 0), 5);
    assert_int_equal(briefs_score_at(text_of("503"), 1), 0);
    assert_int_equal(briefs_score_at(text_of("503"), 3), 0);
    assert_int_equal(briefs_scores_sum(text_of("503")), 8);
    assert_int_equal(briefs_scores_sum(text_of("")), 0);
    assert_int_equal(briefs_scores_sum(text_of("555555")), 30);
    /* What was never written by us counts for nothing. */
    assert_int_equal(briefs_scores_sum(text_of("9x5")), 5);
}

static void scores_are_read_as_they_were_written(void **state)
{
    const int64_t scores[BRIEFS_CRITERIA] = {5, 0, 1, 2, 3, 4};
    char written[BRIEFS_CRITERIA + 1];
    (void)state;
    briefs_scores_write(written, scores);
    assert_string_equal(written, "501234");
    for (size_t i = 0; i < BRIEFS_CRITERIA; i++)
        assert_int_equal(briefs_score_at(text_of(written), i), scores[i]);
}

static void a_day_as_deadline_lasts_until_its_evening(void **state)
{
    (void)state;
    assert_int_equal(briefs_deadline(at("2026-05-30")).ms, at("2026-05-30T18:00:00Z").ms);
    assert_int_equal(briefs_deadline(at("2026-05-30T09:30:00Z")).ms, at("2026-05-30T09:30:00Z").ms);
}

static void a_deadline_lies_ahead_and_within_a_year(void **state)
{
    struct instant now = at("2026-05-01T10:00:00Z");
    (void)state;
    assert_true(briefs_deadline_fits(at("2026-05-01T10:00:01Z"), now));
    assert_false(briefs_deadline_fits(now, now));
    assert_false(briefs_deadline_fits(at("2026-04-30"), now));
    assert_true(briefs_deadline_fits(at("2027-05-01"), now));
    assert_false(briefs_deadline_fits(at("2027-06-01"), now));
}

static void answers_are_taken_until_the_deadline_within_the_budget(void **state)
{
    struct briefs_brief_row brief = brief_of(BRIEF_OPEN, 0);
    struct money price = {8000, {"EUR"}};
    (void)state;
    assert_null(briefs_may_answer(&brief, price, brief.until));
    assert_ptr_equal(briefs_may_answer(&brief, price, instant_add(brief.until, 1)),
                     &briefs_not_open);
    price.minor = 8001;
    assert_ptr_equal(briefs_may_answer(&brief, price, at("2026-05-01")), &briefs_over_budget);
    price = (struct money){100, {"CHF"}};
    assert_ptr_equal(briefs_may_answer(&brief, price, at("2026-05-01")), &ledger_wrong_currency);
    brief = brief_of(BRIEF_CLOSED, 0);
    assert_ptr_equal(briefs_may_answer(&brief, price, at("2026-05-01")), &briefs_not_open);
}

static void no_more_are_accepted_than_wanted(void **state)
{
    struct money price = {8000, {"EUR"}};
    (void)state;
    struct briefs_brief_row brief = brief_of(BRIEF_OPEN, 1);
    assert_null(briefs_may_accept(&brief, price));
    brief = brief_of(BRIEF_CLOSED, 1);
    assert_null(briefs_may_accept(&brief, price));
    brief = brief_of(BRIEF_FULL, 2);
    assert_ptr_equal(briefs_may_accept(&brief, price), &briefs_full);
    brief = brief_of(BRIEF_OPEN, 0);
    price.minor = 8001;
    assert_ptr_equal(briefs_may_accept(&brief, price), &briefs_over_budget);
}

/* Who waits can be answered, can leave, and is told in the end even when nobody answers. */
static void an_answer_that_waits_has_every_way_on(void **state)
{
    static const int waiting[] = {ANSWER_OFFERED, ANSWER_SHORTLISTED};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_true(flow_possible(&briefs_offer_flow, waiting[i], ANSWER_ACCEPT, BY_BUYER));
        assert_true(flow_possible(&briefs_offer_flow, waiting[i], ANSWER_THANK, BY_BUYER));
        assert_true(flow_possible(&briefs_offer_flow, waiting[i], ANSWER_WITHDRAW, BY_SUPPLIER));
        assert_true(flow_possible(&briefs_offer_flow, waiting[i], ANSWER_LAPSE, BY_TIMER));
        assert_false(flow_possible(&briefs_offer_flow, waiting[i], ANSWER_ACCEPT, BY_SUPPLIER));
    }
}

static void what_is_decided_stays_decided(void **state)
{
    (void)state;
    for (int from = ANSWER_ACCEPTED; from <= ANSWER_LAPSED; from++) {
        for (int event = ANSWER_SHORTLIST; event <= ANSWER_LAPSE; event++) {
            for (int by = BY_SUPPLIER; by <= BY_TIMER; by *= 2)
                assert_false(flow_possible(&briefs_offer_flow, from, event, (enum by)by));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(criteria_are_one_a_line_and_six_at_most),
        cmocka_unit_test(scores_are_digits_and_add_up),
        cmocka_unit_test(scores_are_read_as_they_were_written),
        cmocka_unit_test(a_day_as_deadline_lasts_until_its_evening),
        cmocka_unit_test(a_deadline_lies_ahead_and_within_a_year),
        cmocka_unit_test(answers_are_taken_until_the_deadline_within_the_budget),
        cmocka_unit_test(no_more_are_accepted_than_wanted),
        cmocka_unit_test(an_answer_that_waits_has_every_way_on),
        cmocka_unit_test(what_is_decided_stays_decided),
    };
    return cmocka_run_group_tests_name("briefs rules", tests, NULL, NULL);
}
