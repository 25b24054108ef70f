/*
 * Clicks judged by the hour and orders judged again, on both engines: what is held is held once, whatever comes between,
 * counts when it is let through, and is given back and held when the rules come to know more.
 */
#include "modules/referrals/doubts/doubt.h"

#include "core/shop/shop.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/seen.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/doubts/rows.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/hours/queries.h"
#include "modules/referrals/hours/rows.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/referrals_test_bed.h"

static int64_t its_link;
static struct referrals_partner_id its_partner;

/* ---- the world -------------------------------------------------------------------------------- */

/* How the program pays for clicks. */
struct wanted {
    bool unique;  /* each visitor once a day */
    int64_t each; /* ten cents for each, or a cent for so many */
};

static void begin_with(void **state, struct wanted wanted)
{
    const struct program_level levels[] = {{1000}}, click_levels[] = {{wanted.each > 1 ? 1 : 10}};
    const struct program_rule rules[] = {{.name = TEXT("Orders"),
                                          .trigger = TRIGGER_ORDER,
                                          .each = 1,
                                          .benefit = BENEFIT_PERCENT,
                                          .levels = {levels, 1},
                                          .period = PERIOD_EVER,
                                          .hold_days = 30},
                                         {.name = TEXT("Clicks"),
                                          .trigger = TRIGGER_CLICK,
                                          .each = wanted.each,
                                          .benefit = BENEFIT_AMOUNT,
                                          .levels = {click_levels, 1},
                                          .period = PERIOD_EVER,
                                          .hold_days = 30}};
    static int64_t tests;
    struct partner_link_row found;
    struct wanted_program program_wanted = {{rules, 2}, usual_terms(), 1000000};
    program_wanted.terms.unique_clicks = wanted.unique;
    /* Far ahead, and each test after the one before: ids are never older than those that were made. */
    start = (struct instant){(30000 + 90 * tests++) * DAY + 9 * HOUR};
    begin_world(state);
    begin_program(program_wanted);
    its_partner = joined(INES, "INES", "");
    assert_null(portal_link(bed.reader, bed.memory, program, text_of("INES"), &found));
    its_link = found.id.value;
}

static void begin(void **state)
{
    begin_with(state, (struct wanted){.each = 1});
}

/* ---- what happens ----------------------------------------------------------------------------- */

/* So many of one visitor, a second apart, unmarked: as each of several servers sees some of them. */
static void follow(int64_t visitor, int count)
{
    struct click clicks[50] = {{0}};
    struct click *all[50];
    for (int i = 0; i < count; i++) {
        clicks[i] = (struct click){.found = {.link = its_link, .counts = true},
                                   .at = instant_add(clock_now(), i * SECOND),
                                   .visitor = {visitor, 1}};
        all[i] = &clicks[i];
    }
    assert_null(clicks_write(bed.store, bed.memory, all, (size_t)count));
}

static void run(const struct job_kind *kind, struct instant at)
{
    struct job_run job = {.store = bed.store, .db = bed.reader, .memory = bed.memory, .now = at};
    clock_set(at);
    assert_null(kind->run(&job));
}

static struct doubt_row doubt_of_hour(void)
{
    struct doubt_row row = {.clicks = 0};
    const struct problem *problem =
        doubt_about(bed.reader, bed.memory, its_link, start.ms / HOUR, &row);
    assert_true(!problem || problem == &not_found);
    return row;
}

/* Whether the hour says that so many of its clicks are held, and so many rejected. */
static void expect_hour(int64_t clicks, int64_t held, int64_t rejected)
{
    struct hour_counts row;
    assert_null(hour_counts_of(bed.reader, bed.memory, its_link, start.ms / HOUR, &row));
    assert_int_equal(row.clicks, clicks);
    assert_int_equal(row.held, held);
    assert_int_equal(row.rejected, rejected);
}

static const struct problem *move_work(struct database *db, struct memory *memory, void *context)
{
    struct move *move = context;
    move->db = db;
    move->memory = memory;
    return flow_move(move);
}

static void move_doubt(struct doubt_id id, enum doubt_event event, enum by by)
{
    struct move move = {.flow = &doubt_flow,
                        .subject = id.value,
                        .event = (int)event,
                        .by = by,
                        .actor = {by == BY_SUPPLIER ? INES : MAREN},
                        .note = text_of("They were on a train."),
                        .at = clock_now()};
    assert_null(store_write(bed.store, bed.memory, move_work, &move));
}

static const struct problem *order_work(struct database *db, struct memory *memory, void *context)
{
    return referrals_order(db, memory, *(const struct order_id *)context,
                           (struct maybe_instant){true, instant_add(clock_now(), -30 * SECOND)},
                           clock_now());
}

/* Paid half a minute after its basket was opened: twelve points, of which nineteen hold. */
static int64_t buy(void)
{
    struct order_id id = {id_new()};
    sql("INSERT INTO core_order (id, business, number, customer, state, source, total_minor, "
        "total_currency, discount_minor, refunded_minor, codes, placed, updated, cancelled, "
        "fingerprint) VALUES (%lld, 101, 'n%lld', NULL, 'placed', 'program', 10000, 'EUR', 0, 0, "
        "'INES', %lld, 1, 0, '')",
        (long long)id.value, (long long)id.value, (long long)clock_now().ms);
    assert_null(store_write(bed.store, bed.memory, order_work, &id));
    return id.value;
}

static struct verdict_row verdict_of(int64_t order)
{
    struct verdict_row row;
    assert_null(
        program_verdict(bed.reader, bed.memory, program, order, (struct party_id){INES}, &row));
    return row;
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void a_burst_is_held_from_its_twentieth_click_and_once(void **state)
{
    begin(state);
    follow(7, 25);
    follow(8, 5);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    expect_hour(30, 6, 0);
    struct doubt_row row = doubt_of_hour();
    assert_int_equal(row.clicks, 6);
    assert_int_equal(row.rule, SUSPECT_BURST);
    assert_true(text_starts(row.findings, "burst 20 20 20"));
    run(&doubt_hours_job, instant_add(start, HOUR + 6 * MINUTE));
    run(&doubt_hours_job, instant_add(start, 3 * HOUR));
    expect_hour(30, 6, 0);
    int64_t before = 0;
    assert_null(doubt_judged_before(bed.reader, bed.memory, &before));
    assert_int_equal(before, (start.ms + 3 * HOUR - 4 * MINUTE) / HOUR);
    end();
}

/* The process ended when half of the hour was judged: the rest is judged by all that came before. */
static void an_hour_that_was_judged_in_part_goes_on_where_it_was(void **state)
{
    begin(state);
    follow(7, 15);
    int64_t middle = id_new();
    follow(7, 10);
    sql("INSERT INTO referrals_judged (id, hour, click) VALUES (1, %lld, %lld)",
        (long long)(start.ms / HOUR), (long long)middle);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    expect_hour(25, 6, 0);
    end();
}

/* A page that nobody looked at says something only where the shop's pages report: three points. */
static void a_page_that_was_not_seen_speaks_where_pages_report(void **state)
{
    begin(state);
    sql("UPDATE referrals_program SET hold_click = 3");
    follow(7, 1);
    follow(8, 1);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    expect_hour(2, 0, 0);
    end();
    begin(state);
    sql("UPDATE referrals_program SET hold_click = 3, reports = %lld", (long long)start.ms);
    follow(7, 1);
    follow(8, 1);
    sql("INSERT INTO referrals_landing (click, visible, touches, at) "
        "SELECT id, 20000, 5, at FROM referrals_click WHERE visitor = 8");
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    expect_hour(2, 1, 0);
    assert_int_equal(doubt_of_hour().rule, SUSPECT_UNSEEN);
    end();
}

/* What a page of clicks showed is known in the next hour, of the partner and of the program. */
static void what_clicks_are_like_is_known_in_the_next_hour(void **state)
{
    struct known_row row;
    struct known_made_row partner, usual;
    begin(state);
    sql("UPDATE referrals_program SET reports = %lld", (long long)start.ms);
    follow(7, 1);
    follow(8, 1);
    follow(9, 1);
    sql("INSERT INTO referrals_landing (click, visible, touches, device, at) "
        "SELECT id, 20000, 0, 2, at FROM referrals_click WHERE visitor > 7");
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    assert_null(known_of(bed.reader, bed.memory, its_partner, &row));
    assert_int_equal(row.clicks, 3);
    assert_int_equal(row.unseen, 1);
    assert_int_equal(row.glances, 2);
    assert_int_equal(row.pages, 2);
    assert_true(row.seconds > 0 && row.squares > row.seconds);
    assert_null(known_made_of(bed.reader, bed.memory, its_partner.value, &partner));
    assert_null(known_made_of(bed.reader, bed.memory, program.value, &usual));
    assert_int_equal(partner.clicks, 3);
    assert_int_equal(partner.weight, 3000);
    assert_true(partner.made > 0 && partner.made < 3000);
    assert_int_equal(usual.clicks, 3);
    start = instant_add(start, HOUR);
    clock_set(start);
    follow(10, 1);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    assert_null(known_made_of(bed.reader, bed.memory, its_partner.value, &partner));
    assert_int_equal(partner.clicks, 4);
    end();
}

/* Each click is judged by what its request said: opened by itself out of a data centre is eight points. */
static void a_click_is_judged_by_its_request(void **state)
{
    begin(state);
    sql("UPDATE referrals_program SET hold_click = 8");
    const struct quick came = {.method = TEXT("GET"), .fetch_mode = TEXT("navigate")};
    struct click clicks[2] = {
        {.visitor = {7, 1},
         .seen = click_seen_write(&came, SUSPECT_PHONE, (struct maybe_integer){true, 1})},
        {.visitor = {8, 1},
         .seen = click_seen_write(&came, SUSPECT_PHONE, (struct maybe_integer){true, 0})}};
    struct click *all[] = {&clicks[0], &clicks[1]};
    for (int i = 0; i < 2; i++) {
        clicks[i].found = (struct link_found){.link = its_link, .counts = true};
        clicks[i].at = start;
    }
    assert_null(clicks_write(bed.store, bed.memory, all, 2));
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    expect_hour(2, 1, 0);
    assert_true(text_is(doubt_of_hour().findings, "hosted 4 0 0,idle 4 0 0"));
    end();
}

static void an_hour_is_let_through_or_rejected_as_a_whole(void **state)
{
    begin(state);
    follow(7, 25);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    move_doubt(doubt_of_hour().id, DOUBT_REFUSE, BY_BUYER);
    expect_hour(25, 0, 6);
    move_doubt(doubt_of_hour().id, DOUBT_APPEAL, BY_SUPPLIER);
    move_doubt(doubt_of_hour().id, DOUBT_PASS, BY_BUYER);
    expect_hour(25, 0, 0);
    assert_int_equal(doubt_of_hour().found, VERDICT_COUNTED);
    end();
}

static void orders_are_judged_again_before_their_reward_is_free(void **state)
{
    begin(state);
    struct instant before = instant_add(start, 28 * DAY), day = instant_add(start, 29 * DAY + HOUR);
    int64_t order = buy();
    assert_int_equal(verdict_of(order).state, VERDICT_COUNTED);
    assert_int_equal(earnings(INES).held.minor, 1000);
    sql("UPDATE referrals_program SET hold_claim = 12");
    run(&doubt_again_job, before);
    assert_int_equal(verdict_of(order).state, VERDICT_COUNTED); /* not yet */
    run(&doubt_again_job, day);
    assert_int_equal(verdict_of(order).state, VERDICT_HELD);
    assert_true(text_is(verdict_of(order).reason, "referrals.suspect.prepared"));
    assert_int_equal(earned(INES), 0);
    struct doubt_row row;
    assert_null(doubt_about(bed.reader, bed.memory, verdict_of(order).id.value, 0, &row));
    move_doubt(row.id, DOUBT_PASS, BY_BUYER);
    assert_int_equal(earnings(INES).held.minor, 1000);
    sql("DELETE FROM referrals_rejudged"); /* what somebody decided is not asked again */
    run(&doubt_again_job, instant_add(day, HOUR));
    assert_int_equal(verdict_of(order).state, VERDICT_COUNTED);
    end();
}

/* ---- looked at again -------------------------------------------------------------------------- */

/* Ten visitors of an hour, the pages of `seen` of whom reported; then it is counted. */
static void ten_come(int seen)
{
    for (int visitor = 1; visitor <= 10; visitor++)
        follow(visitor, 1);
    sql("INSERT INTO referrals_landing (click, visible, touches, at) "
        "SELECT id, 20000, 5, at FROM referrals_click WHERE visitor <= %d",
        seen);
    run(&doubt_hours_job, instant_add(start, HOUR + 5 * MINUTE));
    run(&referrals_hours_job, instant_add(start, HOUR + 5 * MINUTE));
}

/* From now on it is known that pages report, and that says enough: those that did not fail. */
static void know_that_pages_report(void)
{
    sql("UPDATE referrals_program SET hold_click = 3, reports = %lld", (long long)start.ms);
}

static void a_month_passes(void)
{
    run(&referrals_hours_job, instant_add(start, 28 * DAY));
    assert_int_equal(earnings(INES).held.minor, 100); /* not yet */
    run(&referrals_hours_job, instant_add(start, 29 * DAY + 2 * HOUR));
}

static struct hours_hit hour_event(void)
{
    struct hours_hit hit;
    assert_null(
        hours_event_known(bed.reader, bed.memory, its_link, TRIGGER_CLICK, start.ms / HOUR, &hit));
    return hit;
}

static struct doubt_row doubt_of_pay(void)
{
    struct doubt_row row = {.clicks = 0};
    const struct problem *problem =
        doubt_about(bed.reader, bed.memory, hour_event().id.value, start.ms / HOUR, &row);
    assert_true(!problem || problem == &not_found);
    return row;
}

static void what_fails_before_it_is_free_is_held_and_its_part_taken_back(void **state)
{
    begin(state);
    ten_come(4);
    assert_int_equal(earnings(INES).held.minor, 100);
    expect_hour(10, 0, 0);
    know_that_pages_report();
    a_month_passes();
    assert_int_equal(earnings(INES).held.minor, 40);
    assert_int_equal(earned(INES), 40);
    expect_hour(10, 6, 0);
    struct doubt_row row = doubt_of_pay();
    assert_int_equal(row.what, DOUBT_PAID);
    assert_int_equal(row.clicks, 6);
    assert_int_equal(row.rule, SUSPECT_UNSEEN);
    assert_true(text_starts(row.findings, "unseen 3"));
    run(&referrals_hours_job, instant_add(start, 29 * DAY + 3 * HOUR)); /* once */
    assert_int_equal(earned(INES), 40);
    move_doubt(row.id, DOUBT_APPEAL, BY_SUPPLIER);
    move_doubt(row.id, DOUBT_PASS, BY_BUYER);
    assert_int_equal(earned(INES), 100);
    expect_hour(10, 0, 0);
    end();
}

static void an_hour_of_which_nothing_is_left_says_why(void **state)
{
    begin(state);
    ten_come(0);
    know_that_pages_report();
    a_month_passes();
    assert_int_equal(earned(INES), 0);
    struct verdict_row verdict = verdict_of(hour_event().id.value);
    assert_int_equal(verdict.state, VERDICT_REJECTED);
    assert_true(text_is(verdict.reason, "referrals.why.clicks_held"));
    move_doubt(doubt_of_pay().id, DOUBT_REFUSE, BY_BUYER);
    expect_hour(10, 0, 10);
    move_doubt(doubt_of_pay().id, DOUBT_APPEAL, BY_SUPPLIER);
    move_doubt(doubt_of_pay().id, DOUBT_PASS, BY_BUYER);
    assert_int_equal(earned(INES), 100);
    expect_hour(10, 0, 0);
    end();
}

/* What nobody doubts stays, and what is free is not asked for again. */
static void what_still_counts_or_is_free_stays(void **state)
{
    begin(state);
    ten_come(10);
    know_that_pages_report();
    a_month_passes();
    assert_int_equal(earned(INES), 100);
    assert_int_equal(doubt_of_pay().clicks, 0);
    end();
    begin(state);
    ten_come(0);
    know_that_pages_report();
    run(&referrals_hours_job, instant_add(start, 40 * DAY)); /* nobody was there in time */
    assert_int_equal(earned(INES), 100);
    assert_int_equal(doubt_of_pay().clicks, 0);
    end();
}

static void what_was_let_through_is_not_held_again(void **state)
{
    begin(state);
    sql("UPDATE referrals_program SET hold_click = 3, reports = %lld", (long long)start.ms);
    ten_come(4);
    assert_int_equal(earnings(INES).held.minor, 40);
    move_doubt(doubt_of_hour().id, DOUBT_PASS, BY_BUYER);
    a_month_passes();
    assert_int_equal(earned(INES), 100);
    assert_int_equal(doubt_of_pay().clicks, 0);
    end();
}

/* Where a visitor pays once a day, one who has a click left is still paid for. */
static void of_visitors_who_pay_once_those_without_a_click_left_are_taken_back(void **state)
{
    begin_with(state, (struct wanted){.unique = true, .each = 1});
    follow(1, 1);
    sql("INSERT INTO referrals_landing (click, visible, touches, at) "
        "SELECT id, 20000, 5, at FROM referrals_click");
    ten_come(0);
    assert_int_equal(earnings(INES).held.minor, 100);
    know_that_pages_report();
    a_month_passes();
    assert_int_equal(doubt_of_pay().clicks, 10);
    assert_int_equal(earned(INES), 10);
    move_doubt(doubt_of_pay().id, DOUBT_PASS, BY_BUYER);
    assert_int_equal(earned(INES), 100);
    end();
}

/* Ten for a cent: five of an hour are paid with the fifteen of the next one, and taken back with them. */
static void what_was_paid_with_the_next_hour_is_taken_back_there(void **state)
{
    begin_with(state, (struct wanted){.each = 10});
    for (int visitor = 1; visitor <= 5; visitor++)
        follow(visitor, 1);
    clock_set(instant_add(start, HOUR));
    for (int visitor = 11; visitor <= 25; visitor++)
        follow(visitor, 1);
    sql("INSERT INTO referrals_landing (click, visible, touches, at) "
        "SELECT id, 20000, 5, at FROM referrals_click WHERE visitor > 15");
    run(&doubt_hours_job, instant_add(start, 2 * HOUR + 5 * MINUTE));
    run(&referrals_hours_job, instant_add(start, 2 * HOUR + 5 * MINUTE));
    assert_int_equal(earnings(INES).held.minor, 2);
    know_that_pages_report();
    run(&referrals_hours_job, instant_add(start, 29 * DAY + 3 * HOUR));
    assert_int_equal(doubt_of_pay().clicks, 5);
    assert_int_equal(earnings(INES).held.minor, 1);
    end();
}

static const struct problem *till_work(struct database *db, struct memory *memory, void *context)
{
    return referrals_order(db, memory, *(const struct order_id *)context,
                           (struct maybe_instant){true, instant_add(start, -10 * MINUTE)},
                           clock_now());
}

/* So long after the hour began, by somebody whose basket had been open for ten minutes when they followed the link. */
static void buy_at_the_till(int64_t visitor, int64_t after)
{
    struct order_id id = {id_new()};
    sql("INSERT INTO referrals_touch (id, program, partner, kind, source, customer, event, at, "
        "until) "
        "SELECT %lld, l.program, l.partner, 'link', k.id, 0, %lld, k.at, 0 FROM referrals_click k "
        "JOIN referrals_link l ON l.id = k.link WHERE k.visitor = %lld",
        (long long)id_new(), (long long)id.value, (long long)visitor);
    sql("INSERT INTO core_order (id, business, number, customer, state, source, total_minor, "
        "total_currency, discount_minor, refunded_minor, codes, placed, updated, cancelled, "
        "fingerprint) VALUES (%lld, 101, 'n%lld', NULL, 'placed', 'program', 10000, 'EUR', 0, 0, "
        "'', %lld, 1, 0, '')",
        (long long)id.value, (long long)id.value, (long long)(start.ms + after));
    assert_null(store_write(bed.store, bed.memory, till_work, &id));
}

/* Who orders a quarter of an hour later had chosen what to buy before; later than that nobody knows. */
static void a_link_followed_at_the_till_brought_nobody(void **state)
{
    begin(state);
    ten_come(10);
    buy_at_the_till(3, 2 * MINUTE);
    buy_at_the_till(4, 16 * MINUTE);
    a_month_passes();
    struct doubt_row row = doubt_of_pay();
    assert_int_equal(row.clicks, 1);
    assert_true(text_starts(row.findings, "checkout 13 10"));
    assert_int_equal(earned(INES), 90);
    end();
}

/* The order that a click led to is held: so is the click. */
static void a_click_that_led_to_what_is_held_is_held(void **state)
{
    begin(state);
    ten_come(10);
    sql("INSERT INTO referrals_led (click, score, basket) SELECT id, 20, 0 FROM referrals_click "
        "WHERE "
        "visitor = 3");
    a_month_passes();
    struct doubt_row row = doubt_of_pay();
    assert_int_equal(row.clicks, 1);
    assert_int_equal(row.rule, SUSPECT_ITS_CLAIM);
    assert_true(text_starts(row.findings, "its_claim 13 20"));
    assert_int_equal(earned(INES), 90);
    end();
}

static const struct problem *settle(struct database *db, struct memory *memory, void *context)
{
    return referrals_order(db, memory, *(const struct order_id *)context,
                           (struct maybe_instant){.present = false}, clock_now());
}

/* Told in all each time: half, the same half again, the whole. */
static void what_is_sent_back_is_known_once(void **state)
{
    begin(state);
    struct order_id order = {buy()};
    struct known_row row;
    static const int64_t told[][2] = {{5000, 500}, {5000, 500}, {10000, 1000}};
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        sql("UPDATE core_order SET refunded_minor = %lld", (long long)told[i][0]);
        assert_null(store_write(bed.store, bed.memory, settle, &order));
        assert_null(known_of(bed.reader, bed.memory, its_partner, &row));
        assert_int_equal(row.returned, told[i][1]);
    }
    assert_int_equal(row.orders, 1);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_burst_is_held_from_its_twentieth_click_and_once),
        ON_BOTH(an_hour_that_was_judged_in_part_goes_on_where_it_was),
        ON_BOTH(a_page_that_was_not_seen_speaks_where_pages_report),
        ON_BOTH(what_clicks_are_like_is_known_in_the_next_hour),
        ON_BOTH(a_click_is_judged_by_its_request),
        ON_BOTH(an_hour_is_let_through_or_rejected_as_a_whole),
        ON_BOTH(orders_are_judged_again_before_their_reward_is_free),
        ON_BOTH(what_is_sent_back_is_known_once),
        ON_BOTH(what_fails_before_it_is_free_is_held_and_its_part_taken_back),
        ON_BOTH(an_hour_of_which_nothing_is_left_says_why),
        ON_BOTH(what_still_counts_or_is_free_stays),
        ON_BOTH(what_was_let_through_is_not_held_again),
        ON_BOTH(of_visitors_who_pay_once_those_without_a_click_left_are_taken_back),
        ON_BOTH(what_was_paid_with_the_next_hour_is_taken_back_there),
        ON_BOTH(a_link_followed_at_the_till_brought_nobody),
        ON_BOTH(a_click_that_led_to_what_is_held_is_held),
    };
    return cmocka_run_group_tests_name("modules/referrals/doubts", tests, NULL, NULL);
}
