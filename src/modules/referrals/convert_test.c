/*
 * Orders that partners brought, on both engines: by a click bound to the order or the customer, by a code at the
 * till, through three levels; refunds before, after and in parts; what does not count says why.
 */
#include "modules/referrals/convert.h"

#include <string.h>

#include "core/job.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/link.h"
#include "modules/referrals/referrals_test_bed.h"

static struct referrals_partner_id paula, jonas, ines; /* ines was brought by jonas, he by paula */

/* ---- the world -------------------------------------------------------------------------------- */

static void begin_with(void **state, int64_t bound_months, bool code_first)
{
    static const struct program_level levels[] = {{1000}, {300}, {100}};
    static const struct program_rule rule[] = {{.name = TEXT("Orders"),
                                                .trigger = TRIGGER_ORDER,
                                                .each = 1,
                                                .benefit = BENEFIT_PERCENT,
                                                .levels = {levels, 3},
                                                .period = PERIOD_EVER}};
    struct wanted_program wanted = {{rule, 1}, usual_terms(), 1000000};
    wanted.terms.code_first = code_first;
    wanted.terms.late_days = 30;
    wanted.terms.bound_months = bound_months;
    begin_world(state);
    sql("INSERT INTO core_customer (id, business, reference, mail, name, country, party) VALUES "
        "(501, 101, 'c1', '', 'A buyer', 'DE', NULL), (502, 101, 'c2', '', 'Ines', 'DE', 103)");
    begin_program(wanted);
    paula = joined(PAULA, "PAULA", "");
    jonas = joined(JONAS, "JONAS", "paula");
    ines = joined(INES, "INES", "JONAS");
}

/* ---- what happens ----------------------------------------------------------------------------- */

/* An order as a shop told it. */
static void tell_order(int64_t id, int64_t customer, int64_t minor, const char *codes, int64_t day)
{
    sql("INSERT INTO core_order (id, business, number, customer, state, source, total_minor, "
        "total_currency, "
        "discount_minor, refunded_minor, codes, placed, updated, cancelled, fingerprint) VALUES "
        "(%lld, 101, 'n%lld', %s, 'placed', 'program', %lld, 'EUR', 0, 0, '%s', %lld, 1, 0, '')",
        (long long)id, (long long)id,
        customer == 501   ? "501"
        : customer == 502 ? "502"
                          : "NULL",
        (long long)minor, codes, (long long)(start.ms + day * DAY));
}

/* A click on somebody's link. */
static void tell_click(int64_t id, const char *code, int64_t marks, int64_t day)
{
    sql("INSERT INTO referrals_click (id, link, prior, at, marks, visitor, network) "
        "SELECT %lld, id, 0, %lld, %lld, 1, 1 FROM referrals_link WHERE spelling = '%s'",
        (long long)id, (long long)(start.ms + day * DAY), (long long)marks, code);
}

static const struct problem *bind_work(struct database *db, struct memory *memory, void *context)
{
    return referrals_bind(db, memory, context);
}

static void bind(int64_t click, int64_t customer, int64_t event)
{
    struct referrals_binding binding = {{FIRM}, {click}, {customer}, event};
    assert_null(store_write(bed.store, bed.memory, bind_work, &binding));
}

static const struct problem *order_work(struct database *db, struct memory *memory, void *context)
{
    return referrals_order(db, memory, *(const struct order_id *)context,
                           (struct maybe_instant){.present = false}, clock_now());
}

static void judge(int64_t order)
{
    struct order_id id = {order};
    assert_null(store_write(bed.store, bed.memory, order_work, &id));
}

static const struct problem *basket_work(struct database *db, struct memory *memory, void *context)
{
    return referrals_order(db, memory, (struct order_id){1},
                           (struct maybe_instant){true, *(const struct instant *)context},
                           clock_now());
}

static void expect(int64_t of_ines, int64_t of_jonas, int64_t of_paula)
{
    assert_int_equal(earned(INES), of_ines);
    assert_int_equal(earned(JONAS), of_jonas);
    assert_int_equal(earned(PAULA), of_paula);
}

static void expect_reason(int64_t order, int64_t party, const char *reason)
{
    struct verdict_row row;
    assert_null(
        program_verdict(bed.reader, bed.memory, program, order, (struct party_id){party}, &row));
    if (!text_is(row.reason, reason))
        fail_msg("%.*s, not %s", TEXT_ARGS(row.reason), reason);
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void a_click_bound_to_the_order_pays_three_levels_once(void **state)
{
    begin_with(state, 0, false);
    tell_click(9001, "INES", 0, 1);
    tell_order(1, 0, 20000, "", 2);
    bind(9001, 0, 1);
    bind(9001, 0, 1); /* told twice */
    judge(1);
    judge(1);
    expect(2000, 600, 200);
    expect_reason(1, INES, "program.why.given");
    sql("UPDATE core_order SET refunded_minor = 5000 WHERE id = 1");
    judge(1);
    judge(1);
    assert_int_equal(earned(INES) + earned(JONAS) + earned(PAULA), 2100);
    sql("UPDATE core_order SET state = 'cancelled' WHERE id = 1");
    judge(1);
    expect(0, 0, 0);
    expect_reason(1, INES, "program.why.returned");
    end_books();
}

/* However many the business opened since. */
static void an_old_program_beside_many_newer_ones_judges_and_takes_back(void **state)
{
    static const struct program_level part[] = {{500}};
    static const struct program_rule rule = {.name = TEXT("Orders"),
                                             .trigger = TRIGGER_ORDER,
                                             .each = 1,
                                             .benefit = BENEFIT_PERCENT,
                                             .levels = {part, 1},
                                             .period = PERIOD_EVER};
    begin_with(state, 0, false);
    struct program_id old = program;
    for (int i = 0; i < 25; i++)
        begin_program((struct wanted_program){.rules = {&rule, 1}, .terms = usual_terms()});
    program = old;
    tell_click(9001, "INES", 0, 1);
    tell_order(1, 0, 20000, "", 2);
    bind(9001, 0, 1);
    judge(1);
    expect(2000, 600, 200);
    sql("UPDATE core_order SET refunded_minor = 5000 WHERE id = 1");
    judge(1);
    assert_int_equal(earned(INES) + earned(JONAS) + earned(PAULA), 2100);
    end_books();
}

static void an_order_refunded_before_it_was_told_pays_what_is_left(void **state)
{
    begin_with(state, 0, false);
    tell_order(1, 0, 20000, "ines", 1);
    sql("UPDATE core_order SET refunded_minor = 10000 WHERE id = 1");
    judge(1);
    expect(1000, 300, 100);
    end_books();
}

static void a_code_needs_no_link_and_whose_goes_first_is_the_programs(void **state)
{
    begin_with(state, 0, true);
    tell_click(9001, "PAULA", 0, 1);
    bind(9001, 501, 0);
    tell_order(1, 501, 10000, "SUMMER, 1nes", 2); /* I typed as 1 */
    judge(1);
    expect(1000, 300, 100);
    end_books();
    begin_with(state, 0, false);
    tell_click(9001, "PAULA", 0, 1);
    bind(9001, 501, 0);
    tell_order(1, 501, 10000, "INES", 2);
    judge(1);
    expect(0, 0, 1000);
    end_books();
}

static void a_customer_stays_bound_as_long_as_the_program_says(void **state)
{
    begin_with(state, 2, false);
    tell_click(9001, "INES", 0, 1);
    bind(9001, 501, 0);
    tell_order(1, 501, 10000, "", 2);
    tell_order(2, 501, 10000, "", 50);
    tell_order(3, 501, 10000, "", 70);
    judge(1);
    judge(2);
    judge(3);
    expect(2000, 600, 200);
    end_books();
}

static void what_does_not_count_says_why(void **state)
{
    begin_with(state, 0, false);
    tell_order(1, 502, 10000, "INES", 1);
    judge(1);
    expect_reason(1, INES, "referrals.why.yourself");
    tell_order(2, 501, 0, "INES", 1);
    judge(2);
    expect_reason(2, INES, "referrals.why.zero");
    tell_order(3, 501, 100, "INES", -1);
    judge(3);
    expect_reason(3, INES, "referrals.why.ended");
    sql("UPDATE core_program SET currency = 'USD'");
    tell_order(4, 501, 100, "INES", 1);
    sql("UPDATE core_program SET currency = 'EUR'");
    sql("UPDATE core_order SET total_currency = 'USD' WHERE id = 4");
    judge(4);
    expect_reason(4, INES, "referrals.why.currency");
    sql("UPDATE referrals_partner SET state = 'paused' WHERE person = 103");
    tell_order(5, 501, 10000, "INES", 1);
    judge(5);
    expect_reason(5, INES, "referrals.why.partner");
    sql("UPDATE core_program SET state = 'paused'");
    tell_order(6, 501, 10000, "JONAS", 1);
    judge(6);
    expect_reason(6, JONAS, "referrals.why.paused");
    expect(0, 0, 0);
    end_books();
}

/* His upline does not take part for now: what would be theirs stays with the business. */
static void a_paused_upline_gets_nothing_and_moves_nobody_up(void **state)
{
    begin_with(state, 0, false);
    sql("UPDATE referrals_partner SET state = 'paused' WHERE person = 104");
    tell_order(1, 501, 10000, "INES", 1);
    judge(1);
    expect(1000, 0, 100);
    end_books();
}

static void marked_clicks_and_those_of_others_bind_nothing(void **state)
{
    struct referrals_binding wrong = {{MAREN}, {9001}, {501}, 0};
    begin_with(state, 0, false);
    tell_click(9001, "INES", CLICK_BOT, 1);
    bind(9001, 501, 0);
    tell_order(1, 501, 10000, "", 2);
    judge(1);
    expect(0, 0, 0);
    assert_ptr_equal(store_write(bed.store, bed.memory, bind_work, &wrong),
                     &referrals_unknown_click);
    end_books();
}

/* The shop tells of the basket once; what follows its events later judges again and knows nothing of it. */
static void a_link_followed_after_the_basket_does_not_count_when_judged_again(void **state)
{
    struct instant basket = instant_add(start, DAY);
    begin_with(state, 1, false);
    tell_click(9001, "INES", 0, 2);
    tell_order(1, 501, 10000, "", 3);
    bind(9001, 0, 1);
    assert_null(store_write(bed.store, bed.memory, basket_work, &basket));
    judge(1);
    expect(0, 0, 0);
    tell_click(9002, "PAULA", 0, 4);
    bind(9002, 501, 0);
    tell_order(2, 501, 10000, "", 5);
    judge(2);
    expect(0, 0, 1000);
    tell_order(3, 501, 10000, "", 35); /* bound by the second one, which somebody brought */
    judge(3);
    expect(0, 0, 2000);
    end_books();
}

static const struct problem *move_work(struct database *db, struct memory *memory, void *context)
{
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = program.value,
                        .event = *(const int *)context,
                        .by = BY_BUYER,
                        .actor = {MAREN},
                        .at = clock_now()};
    return flow_move(&move);
}

static void move_program(int event, int64_t day)
{
    clock_set(instant_add(start, day * DAY));
    assert_null(store_write(bed.store, bed.memory, move_work, &event));
}

/* What was ordered before the end counts when it is told of soon after. */
static void a_program_that_ended_between_click_and_order_says_so(void **state)
{
    begin_with(state, 0, false);
    tell_click(9001, "INES", 0, 1);
    bind(9001, 501, 0);
    tell_order(1, 501, 10000, "", 2);
    judge(1);
    move_program(PROGRAM_END, 3);
    tell_order(2, 501, 10000, "", 4);
    judge(2);
    expect_reason(2, INES, "referrals.why.ended");
    tell_order(3, 501, 10000, "", 2);
    judge(3);
    expect(2000, 600, 200);
    clock_set(instant_add(start, (3 + PROGRAM_SETTLE_DAYS) * DAY));
    tell_order(4, 501, 10000, "", 2);
    judge(4);
    expect_reason(4, INES, "referrals.why.told_late");
    sql("UPDATE core_order SET refunded_minor = 10000 WHERE id = 1"); /* still comes back */
    judge(1);
    expect(1000, 300, 100);
    end_books();
}

static void a_program_that_is_paused_between_click_and_order_says_so(void **state)
{
    begin_with(state, 0, false);
    tell_click(9001, "INES", 0, 1);
    bind(9001, 501, 0);
    move_program(PROGRAM_PAUSE, 2);
    tell_order(1, 501, 10000, "", 3);
    judge(1);
    move_program(PROGRAM_START, 4);
    judge(1); /* told again, it stays what it was */
    expect_reason(1, INES, "referrals.why.paused");
    tell_order(2, 501, 10000, "", 5);
    judge(2);
    expect(1000, 300, 100);
    end_books();
}

/* When it was ordered decides, not when the shop got round to telling of it. */
static void a_pause_is_judged_by_when_it_was_ordered(void **state)
{
    begin_with(state, 0, false);
    tell_click(9001, "INES", 0, 1);
    bind(9001, 501, 0);
    move_program(PROGRAM_PAUSE, 3);
    tell_order(1, 501, 10000, "", 2);
    judge(1);
    expect_reason(1, INES, "program.why.given");
    expect(1000, 300, 100);
    tell_order(2, 501, 10000, "", 4);
    move_program(PROGRAM_START, 5);
    judge(2);
    expect_reason(2, INES, "referrals.why.paused");
    tell_order(3, 501, 10000, "", 4);
    move_program(PROGRAM_PAUSE, 6);
    move_program(PROGRAM_END, 7);
    judge(3);
    expect_reason(3, INES, "referrals.why.paused");
    tell_order(4, 501, 10000, "", 5);
    judge(4);
    expect(2000, 600, 200);
    end_books();
}

static int64_t left(void)
{
    struct program_row row;
    assert_null(program_find(bed.reader, bed.memory, program, &row));
    return row.budget_minor - row.given_minor;
}

static void let_jobs_run(int64_t day)
{
    int64_t ran = 0;
    clock_set(instant_add(start, day * DAY));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
}

/* What comes back after the budget was given back follows it. */
static void an_end_keeps_the_budget_for_a_month(void **state)
{
    begin_with(state, 0, false);
    tell_order(1, 501, 10000, "INES", 2);
    judge(1);
    move_program(PROGRAM_END, 3);
    let_jobs_run(3);
    assert_int_equal(left(), 1000000 - 1400);
    let_jobs_run(3 + PROGRAM_SETTLE_DAYS - 1);
    assert_int_equal(left(), 1000000 - 1400);
    let_jobs_run(3 + PROGRAM_SETTLE_DAYS);
    assert_int_equal(left(), 0);
    sql("UPDATE core_order SET refunded_minor = 10000 WHERE id = 1");
    judge(1);
    expect(0, 0, 0);
    assert_int_equal(left(), 1400);
    let_jobs_run(3 + PROGRAM_SETTLE_DAYS);
    assert_int_equal(left(), 0);
    end_books();
}

static const struct problem *hold_work(struct database *db, struct memory *memory, void *context)
{
    const struct verdict_row *row = context;
    return program_hold_back(db, memory, row->id, text_of("program.why.nothing"), clock_now());
}

static const struct problem *pass_work(struct database *db, struct memory *memory, void *context)
{
    struct verdict_row *row = context;
    return program_release(db, memory, row->id, NULL, 0, clock_now(), &row->state);
}

/* What is held may still be found to count, so the money for it stays until that is decided. */
static void an_end_keeps_the_budget_while_something_is_held(void **state)
{
    struct verdict_row row;
    begin_with(state, 0, false);
    tell_order(1, 501, 10000, "INES", 2);
    judge(1);
    assert_null(program_verdict(bed.reader, bed.memory, program, 1, (struct party_id){INES}, &row));
    assert_null(store_write(bed.store, bed.memory, hold_work, &row));
    move_program(PROGRAM_END, 3);
    let_jobs_run(3 + PROGRAM_SETTLE_DAYS);
    assert_int_equal(left(), 1000000);
    sql("INSERT INTO core_verdict_chain (verdict, level, party) SELECT id, 1, 103 FROM "
        "core_verdict");
    assert_null(store_write(bed.store, bed.memory, pass_work, &row));
    assert_int_equal(row.state, VERDICT_COUNTED);
    assert_int_equal(left(), 1000000 - 1000);
    let_jobs_run(3 + PROGRAM_SETTLE_DAYS + 1);
    assert_int_equal(left(), 0);
    expect(1000, 0, 0);
    end_books();
}

static size_t shares_of(int64_t event)
{
    struct convert_number shares;
    assert_null(convert_shares(bed.reader, bed.memory, event, &shares));
    return (size_t)shares.number;
}

/* The clocks of two servers may be 5 s apart, so that a click may seem to be later than its order. Who orders so soon
 * is looked at, with a number that makes sense. */
static void an_order_before_its_click_is_nobodys_unless_clocks_may_differ(void **state)
{
    struct suspect_finding found[SUSPECT_RULES];
    struct maybe_doubt_id doubt;
    struct doubt_row row;
    begin_with(state, 0, false);
    tell_click(9001, "INES", 0, 2);
    tell_click(9002, "PAULA", 0, 2);
    sql("UPDATE referrals_click SET at = at + 5000 WHERE id = 9001");
    sql("UPDATE referrals_click SET at = at + 5001 WHERE id = 9002");
    tell_order(1, 0, 10000, "", 2);
    tell_order(2, 0, 10000, "", 2);
    bind(9001, 0, 1);
    bind(9002, 0, 2);
    judge(1);
    judge(2);
    assert_int_equal(shares_of(1), 1);
    assert_int_equal(shares_of(2), 0);
    expect_reason(1, INES, "referrals.suspect.at_once");
    assert_null(doubt_first_of(bed.reader, bed.memory, (struct order_id){1}, &doubt));
    assert_null(doubt_by_id(bed.reader, bed.memory, doubt.value, &row));
    assert_true(doubt_findings_read(row.findings, found) > 0);
    assert_int_equal(found[0].count, 0);
    end_books();
}

/* A newer version of an order: less of it takes back, more of it is given anew for the whole. */
static void an_order_told_with_another_amount_pays_what_is_left(void **state)
{
    begin_with(state, 0, false);
    tell_order(1, 501, 10000, "INES", 1);
    judge(1);
    sql("UPDATE core_order SET total_minor = 20000 WHERE id = 1");
    judge(1);
    judge(1);
    expect(2000, 600, 200);
    sql("UPDATE core_order SET total_minor = 5000 WHERE id = 1");
    judge(1);
    judge(1);
    expect(500, 150, 50);
    sql("UPDATE core_order SET total_minor = 6000, refunded_minor = 2000 WHERE id = 1");
    judge(1);
    expect(400, 120, 40);
    sql("UPDATE core_order SET total_minor = 33000 WHERE id = 1");
    judge(1);
    expect(3100, 930, 310);
    sql("UPDATE core_order SET refunded_minor = 33000 WHERE id = 1");
    judge(1);
    expect(0, 0, 0);
    end_books();
}

static void an_order_off_or_given_back_before_it_was_told_pays_nothing(void **state)
{
    begin_with(state, 0, false);
    tell_order(1, 501, 10000, "INES", 1);
    sql("UPDATE core_order SET refunded_minor = 10000 WHERE id = 1");
    judge(1);
    expect_reason(1, INES, "program.why.returned");
    tell_order(2, 501, 10000, "INES", 1);
    sql("UPDATE core_order SET state = 'cancelled' WHERE id = 2");
    judge(2);
    expect(0, 0, 0);
    end_books();
}

static const struct problem *merge_work(struct database *db, struct memory *memory, void *context)
{
    const struct referrals_partner_id *pair = context;
    return downline_merge(db, memory, pair[0], pair[1]);
}

/* One person at two places of a line is paid once, at the nearest; nobody moves up. */
static void a_merge_in_one_line_pays_each_person_once(void **state)
{
    struct referrals_partner_id pair[2];
    begin_with(state, 0, false);
    pair[0] = ines;
    pair[1] = jonas;
    assert_null(store_write(bed.store, bed.memory, merge_work, pair));
    tell_order(1, 501, 10000, "INES", 1);
    judge(1);
    expect(0, 1000, 300);
    end_books();
    begin_with(state, 0, false);
    pair[0] = ines;
    pair[1] = paula;
    assert_null(store_write(bed.store, bed.memory, merge_work, pair));
    tell_order(1, 501, 10000, "INES", 1);
    judge(1);
    expect(0, 300, 1000);
    end_books();
}

/* Waits half a minute at most until the index says so. */
static void expect_counting(struct link_index *index, bool counts)
{
    struct link_found found = {.counts = !counts};
    struct code code;
    assert_true(referrals_fold_code(text_of("INES"), &code));
    for (int i = 0; i < 600; i++) {
        if (link_index_find(index, &code, start, &found) && found.counts == counts)
            return;
        usleep(50000);
    }
    fail_msg("clicks %s", counts ? "don't count" : "count");
}

/* Clicks of programs that were opened after the server had started did not count. */
static void the_index_of_links_follows_what_becomes_of_a_program(void **state)
{
    int pause = PROGRAM_PAUSE, go_on = PROGRAM_START;
    struct link_follower *follower;
    begin_with(state, 0, false);
    struct link_index *index = link_index_make();
    struct memory *looking = memory_create(8 << 20);
    struct click_look *look = click_look_make(looking);
    assert_null(link_follow_start(bed.process, bed.store, index, look, &follower));
    expect_counting(index, true);
    assert_null(store_write(bed.store, bed.memory, move_work, &pause));
    expect_counting(index, false);
    assert_null(store_write(bed.store, bed.memory, move_work, &go_on));
    expect_counting(index, true);
    link_follow_stop(follower);
    memory_end(looking);
    link_index_end(index);
    end_books();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_click_bound_to_the_order_pays_three_levels_once),
        ON_BOTH(an_old_program_beside_many_newer_ones_judges_and_takes_back),
        ON_BOTH(an_order_refunded_before_it_was_told_pays_what_is_left),
        ON_BOTH(a_code_needs_no_link_and_whose_goes_first_is_the_programs),
        ON_BOTH(a_customer_stays_bound_as_long_as_the_program_says),
        ON_BOTH(what_does_not_count_says_why),
        ON_BOTH(a_paused_upline_gets_nothing_and_moves_nobody_up),
        ON_BOTH(marked_clicks_and_those_of_others_bind_nothing),
        ON_BOTH(a_link_followed_after_the_basket_does_not_count_when_judged_again),
        ON_BOTH(a_program_that_ended_between_click_and_order_says_so),
        ON_BOTH(a_program_that_is_paused_between_click_and_order_says_so),
        ON_BOTH(a_pause_is_judged_by_when_it_was_ordered),
        ON_BOTH(an_end_keeps_the_budget_for_a_month),
        ON_BOTH(an_end_keeps_the_budget_while_something_is_held),
        ON_BOTH(an_order_before_its_click_is_nobodys_unless_clocks_may_differ),
        ON_BOTH(an_order_told_with_another_amount_pays_what_is_left),
        ON_BOTH(an_order_off_or_given_back_before_it_was_told_pays_nothing),
        ON_BOTH(a_merge_in_one_line_pays_each_person_once),
        ON_BOTH(the_index_of_links_follows_what_becomes_of_a_program),
    };
    job_register(program_part.jobs, program_part.job_count);
    return cmocka_run_group_tests_name("modules/referrals/convert", tests, NULL, NULL);
}
