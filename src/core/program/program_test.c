/*
 * Programs on both engines: levels are paid out of the budget, parts come back from all of them, also after
 * what was paid out; caps and budgets hold; what waits is given later; the audit agrees at each end.
 */
#include "core/program/program.h"

#include <pthread.h>

#include "core/program/program_test_bed.h"

/* The same with a row of its own, for several at once. */
struct telling {
    struct program_heard heard;
    struct program_row row;
};

static const struct problem *hear_row(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    const struct problem *problem = program_find(db, memory, program.id, &telling->row);
    telling->heard.program = &telling->row;
    return problem ? problem : program_hear(db, memory, &telling->heard);
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void three_levels_are_paid_and_a_part_comes_back_from_all(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 100000);
    assert_int_equal(order(1, 20000, 3).found, VERDICT_COUNTED);
    assert_int_equal(earned(INES).free.minor, 2000);
    assert_int_equal(earned(JONAS).free.minor, 666);
    assert_int_equal(earned(PAULA).free.minor, 200);
    assert_int_equal(left(), 100000 - 2866);
    assert_int_equal(refund(1, 5000, 20000), 717); /* 2,866 less 2,149 of what stays */
    assert_int_equal(earned(INES).free.minor + earned(JONAS).free.minor + earned(PAULA).free.minor,
                     2149);
    assert_in_range(earned(INES).free.minor, 1499, 1500);
    assert_in_range(earned(JONAS).free.minor, 499, 500);
    assert_in_range(earned(PAULA).free.minor, 149, 150);
    assert_int_equal(refund(1, 5000, 20000), 0); /* the same once more */
    assert_int_equal(refund(1, 20000, 20000), 2149);
    assert_int_equal(earned(INES).balance.minor, 0);
    assert_int_equal(earned(PAULA).balance.minor, 0);
    assert_int_equal(left(), 100000);
    end();
}

static void who_brought_nobody_further_up_costs_nothing(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 100000);
    order(1, 20000, 1);
    assert_int_equal(left(), 100000 - 2000);
    end();
}

static const struct problem *pay_out(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template out = {
        .name = "test.out",
        .parties = {"person"},
        .amounts = {"sum"},
        .legs = {{{ACCOUNT_EARNINGS, 0}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, 0, "test"}},
        .count = 1};
    struct posting posting = {.template = &out,
                              .parties = {{INES}},
                              .amounts = {{*(const int64_t *)context, eur}},
                              .at = start};
    struct posting_id id;
    return ledger_post(db, memory, &posting, &id);
}

static void what_was_paid_out_is_owed_and_made_up(void **state)
{
    struct program_rule rule = usual();
    int64_t all = 2000;
    begin(state, &rule, 1, 100000);
    order(1, 20000, 3);
    assert_null(store_write(bed.store, bed.memory, pay_out, &all));
    assert_int_equal(refund(1, 10000, 20000), 1433);
    assert_int_equal(earned(INES).owed.minor, 1000);
    assert_int_equal(earned(INES).balance.minor, -1000);
    order(2, 15000, 1);
    assert_int_equal(earned(INES).owed.minor, 0);
    assert_int_equal(earned(INES).free.minor, 500);
    end();
}

static const struct problem *expire(struct database *db, struct memory *memory, void *context)
{
    int64_t expired;
    return ledger_hold_expire(db, memory, *(const struct instant *)context, &expired);
}

static void what_may_come_back_is_held_so_long(void **state)
{
    struct program_rule rule = usual();
    struct instant later = instant_add(start, 30 * DAY + MINUTE);
    rule.hold_days = 30;
    begin(state, &rule, 1, 100000);
    order(1, 20000, 3);
    assert_int_equal(earned(INES).free.minor, 0);
    assert_int_equal(earned(INES).held.minor, 2000);
    assert_int_equal(refund(1, 5000, 20000), 717);
    assert_int_equal(earned(INES).free.minor, 0);
    assert_in_range(earned(INES).held.minor, 1499, 1500);
    assert_null(store_write(bed.store, bed.memory, expire, &later));
    assert_in_range(earned(INES).free.minor, 1499, 1500);
    clock_set(later);
    assert_int_equal(refund(1, 20000, 20000), 2149);
    assert_int_equal(earned(INES).balance.minor, 0);
    end();
}

static void the_same_event_counts_once(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 100000);
    struct program_heard heard = order(1, 20000, 3);
    assert_ptr_equal(store_write(bed.store, bed.memory, hear, &heard), &conflict);
    assert_int_equal(earned(INES).balance.minor, 2000);
    end();
}

static void an_empty_budget_makes_rewards_wait_and_is_never_overspent(void **state)
{
    struct program_rule rule = usual();
    int64_t more = 3000;
    begin(state, &rule, 1, 3000);
    assert_int_equal(order(1, 20000, 3).found, VERDICT_COUNTED);
    struct program_heard second = order(2, 20000, 3);
    assert_int_equal(second.found, VERDICT_WAITING);
    assert_string_equal(second.why, "program.why.empty");
    assert_int_equal(left(), 134);
    assert_null(store_write(bed.store, bed.memory, release, &second));
    assert_int_equal(second.found, VERDICT_WAITING);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    assert_null(store_write(bed.store, bed.memory, release, &second));
    assert_int_equal(second.found, VERDICT_COUNTED);
    assert_int_equal(earned(INES).balance.minor, 4000);
    assert_ptr_equal(store_write(bed.store, bed.memory, release, &second), &conflict);
    assert_int_equal(left(), 3134 - 2866);
    end();
}

/* What the jobs do that money set aside or given back asks for. */
static void let_jobs_run(void)
{
    int64_t ran = 0;
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
}

static void what_waits_is_given_in_its_order_by_itself(void **state)
{
    struct program_rule rule = usual();
    int64_t more = 6000;
    begin(state, &rule, 1, 100);
    for (int64_t subject = 1; subject <= 40; subject++)
        assert_int_equal(order(subject, 2000, 3).found, VERDICT_WAITING); /* 286 each */
    assert_int_equal(order(41, 100, 1).found, VERDICT_WAITING); /* 10 are there, but it came last */
    let_jobs_run();
    assert_int_equal(left(), 100);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(left(), 6100 - 21 * 286);
    assert_int_equal(verdict_of(21).state, VERDICT_COUNTED);
    assert_int_equal(verdict_of(22).state, VERDICT_WAITING);
    assert_int_equal(refund(1, 2000, 2000), 286); /* the first one's money is the next one's */
    let_jobs_run();
    assert_int_equal(verdict_of(22).state, VERDICT_COUNTED);
    assert_int_equal(verdict_of(23).state, VERDICT_WAITING);
    more = 100000;
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(verdict_of(41).state, VERDICT_COUNTED);
    assert_int_equal(left(), 106100 - 39 * 286 - 10);
    assert_int_equal(earned(PAULA).balance.minor, 39 * 20);
    end();
}

static void what_was_given_back_while_it_waited_is_not_given(void **state)
{
    struct program_rule rule = usual();
    int64_t more = 100000;
    begin(state, &rule, 1, 100);
    order(1, 20000, 3);
    order(2, 20000, 3);
    assert_int_equal(refund(1, 5000, 20000), 0);
    assert_int_equal(refund(2, 20000, 20000), 0);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(verdict_of(1).state, VERDICT_COUNTED);
    assert_int_equal(left(), 100100 - 2149); /* as if it had been given before the refund */
    assert_int_equal(verdict_of(2).state, VERDICT_REJECTED);
    assert_string_equal(verdict_of(2).reason.data, "program.why.returned");
    assert_int_equal(refund(1, 10000, 20000), 2149 - 1433);
    assert_int_equal(refund(1, 20000, 20000), 1433);
    assert_int_equal(earned(INES).balance.minor, 0);
    end();
}

static void what_was_rejected_keeps_its_reason(void **state)
{
    struct program_rule rule = usual();
    rule.most_each = (struct maybe_integer){true, 2000};
    begin(state, &rule, 1, 100000);
    order(1, 20000, 3);
    assert_int_equal(order(2, 20000, 3).found, VERDICT_REJECTED);
    assert_int_equal(refund(2, 20000, 20000), 0);
    assert_string_equal(verdict_of(2).reason.data, "program.why.cap_each");
    end();
}

static const struct problem *end_it(struct database *db, struct memory *memory, void *context)
{
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = program.id.value,
                        .event = PROGRAM_END,
                        .by = BY_BUYER,
                        .actor = {MAREN},
                        .at = start};
    (void)context;
    return flow_move(&move);
}

enum { BURST = 1000 };

/* Many in one write, so that the test takes no longer than a few. */
static const struct problem *hear_burst(struct database *db, struct memory *memory, void *context)
{
    const struct program_facts facts = {.trigger = TRIGGER_ORDER,
                                        .at = start,
                                        .events = 1,
                                        .part = 10000,
                                        .total = {1000, eur},
                                        .order_number = 1};
    int64_t *counted = context;
    const struct problem *problem = NULL;
    for (int64_t i = 1; !problem && i <= BURST; i++) {
        struct memory *own = memory_scratch(memory);
        struct telling telling = {.heard = {.rules = &rules,
                                            .facts = &facts,
                                            .subject = i,
                                            .chain = chain,
                                            .levels = 1,
                                            .at = start,
                                            .state = VERDICT_COUNTED}};
        problem = own ? hear_row(db, own, &telling) : &out_of_memory;
        *counted += telling.heard.found == VERDICT_COUNTED;
        memory_end(own);
    }
    return problem;
}

static void a_burst_beyond_the_budget_gets_what_the_promise_says(void **state)
{
    struct program_rule rule = usual();
    int64_t more = 70000, counted = 0;
    begin(state, &rule, 1, 30050); /* 100 each */
    assert_null(store_write(bed.store, bed.memory, hear_burst, &counted));
    assert_int_equal(counted, 300);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(earned(INES).balance.minor, BURST * 100);
    assert_int_equal(left(), 50);
    end();
    counted = 0;
    begin(state, &rule, 1, 30050);
    bed_damage(&bed, "UPDATE core_program SET empty = 'refuse'");
    assert_null(store_write(bed.store, bed.memory, hear_burst, &counted));
    assert_int_equal(counted, 300);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(earned(INES).balance.minor, 300 * 100);
    assert_int_equal(verdict_of(BURST).state, VERDICT_REJECTED);
    assert_string_equal(verdict_of(BURST).reason.data, "program.why.empty");
    end();
}

/* One of those who tell orders at once, by a store of their own: what a server is to another. All want the same row,
 * and nobody is told to try again. */
struct teller {
    pthread_t thread;
    struct store *store;
    int64_t first;                 /* subject of its first order */
    const struct problem *problem; /* filled */
};

enum { TELLERS = 8, ORDERS_EACH = 25 };

static void *tell(void *context)
{
    struct teller *teller = context;
    for (int64_t i = 0; !teller->problem && i < ORDERS_EACH; i++) {
        struct memory *memory = memory_create(16 << 20);
        const struct program_facts facts = {.trigger = TRIGGER_ORDER,
                                            .at = start,
                                            .events = 1,
                                            .part = 10000,
                                            .total = {20000, eur},
                                            .order_number = 1};
        struct telling telling = {.heard = {.rules = &rules,
                                            .facts = &facts,
                                            .subject = teller->first + i,
                                            .chain = chain,
                                            .levels = 3,
                                            .at = start,
                                            .state = VERDICT_COUNTED}};
        teller->problem = store_write(teller->store, memory, hear_row, &telling);
        memory_end(memory);
    }
    return NULL;
}

static void two_servers_never_overspend_a_budget(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/"};
    struct program_rule rule = usual();
    struct teller tellers[TELLERS] = {{.problem = NULL}};
    struct store *second;
    struct text complaint;
    int64_t more = 200000;
    begin(state, &rule, 1, 30000);
    assert_null(store_open_statements(bed.process, text_of(bed.url), schemas, 2,
                                      bed_statements(bed.process, places, COUNT_OF(places)),
                                      &second, &complaint));
    for (int64_t i = 0; i < TELLERS; i++) {
        tellers[i].store = i % 2 ? second : bed.store;
        tellers[i].first = 1 + i * ORDERS_EACH;
        assert_int_equal(pthread_create(&tellers[i].thread, NULL, tell, &tellers[i]), 0);
    }
    for (size_t i = 0; i < TELLERS; i++) {
        pthread_join(tellers[i].thread, NULL);
        if (tellers[i].problem)
            print_message("teller %zu: %s\n", i, tellers[i].problem->name);
        assert_null(tellers[i].problem);
    }
    assert_int_equal(left(), 30000 - 10 * 2866); /* ten fit; the others wait */
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    let_jobs_run();
    assert_int_equal(left(), 230000 - 80 * 2866);
    assert_int_equal(earned(INES).balance.minor, 80 * 2000);
    store_close(second);
    end();
}

static void what_waits_for_a_program_that_ended_is_told_so(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 2900);
    order(1, 20000, 3);
    order(2, 20000, 3);
    assert_null(store_write(bed.store, bed.memory, end_it, NULL));
    let_jobs_run();
    assert_int_equal(verdict_of(2).state, VERDICT_WAITING);
    clock_set(instant_add(start, PROGRAM_SETTLE_DAYS * DAY));
    let_jobs_run();
    assert_int_equal(verdict_of(1).state, VERDICT_COUNTED);
    assert_int_equal(verdict_of(2).state, VERDICT_REJECTED);
    assert_string_equal(verdict_of(2).reason.data, "program.why.ended");
    assert_int_equal(left(), 0);
    end();
}

static void a_cap_counts_what_it_gave(void **state)
{
    struct program_rule rule = usual();
    rule.most_each = (struct maybe_integer){true, 3000};
    begin(state, &rule, 1, 100000);
    order(1, 20000, 3);
    struct program_heard second = order(2, 20000, 3);
    assert_int_equal(second.found, VERDICT_COUNTED);
    assert_string_equal(second.why, "program.why.part");
    assert_int_equal(earned(INES).balance.minor, 3000);
    assert_int_equal(earned(JONAS).balance.minor, 666 + 333);
    struct program_heard third = order(3, 20000, 3);
    assert_int_equal(third.found, VERDICT_REJECTED);
    assert_string_equal(third.why, "program.why.cap_each");
    end();
}

/* Random orders, refunds in parts: what stays is what the rules give of what stays, summed over levels. */
static void many_parts_take_back_what_one_does(void **state)
{
    struct program_rule rule = usual();
    uint64_t random = 42;
    begin(state, &rule, 1, 100000000);
    for (int64_t subject = 1; subject <= 60; subject++) {
        random = random * UINT64_C(6364136223846793005) + 1;
        int64_t total = (int64_t)(random >> 44) + 1, back = 0;
        int64_t given = order(subject, total, 3).judgement.dues[0].sum;
        int64_t returned = 0;
        for (int part = 0; part < 4; part++) {
            random = random * UINT64_C(6364136223846793005) + 1;
            back += (int64_t)((random >> 33) % (uint64_t)(total - back + 1));
            returned += refund(subject, back, total);
            assert_int_equal(given - returned, (int64_t)((__int128)given * (total - back) / total));
        }
        returned += refund(subject, total, total);
        assert_int_equal(given, returned);
    }
    assert_int_equal(earned(INES).balance.minor + earned(JONAS).balance.minor, 0);
    assert_int_equal(left(), 100000000);
    end();
}

/* What of an order came to nothing while its verdict waited was given all the same once there was money. */
static void what_waits_is_given_less_what_came_to_nothing_meanwhile(void **state)
{
    struct program_rule rule = usual();
    int64_t more = 100000;
    begin(state, &rule, 1, 100);
    struct program_heard part = order(1, 20000, 3);
    struct program_heard whole = order(2, 20000, 3);
    assert_int_equal(part.found, VERDICT_WAITING);
    assert_int_equal(refund(1, 5000, 20000), 0);
    assert_int_equal(refund(2, 20000, 20000), 0);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    assert_null(store_write(bed.store, bed.memory, release, &part));
    assert_int_equal(part.found, VERDICT_COUNTED);
    assert_int_equal(earned(INES).free.minor + earned(JONAS).free.minor + earned(PAULA).free.minor,
                     2149); /* as if it had been given at once */
    assert_int_equal(left(), 100100 - 2149);
    assert_ptr_equal(store_write(bed.store, bed.memory, release, &whole), &conflict);
    assert_int_equal(refund(1, 20000, 20000), 2149);
    assert_int_equal(left(), 100100);
    end();
}

static const struct problem *reject(struct database *db, struct memory *memory, void *context)
{
    const struct program_heard *heard = context;
    return program_reject(db, memory, heard->verdict, text_of("program.why.nothing"), clock_now());
}

static void what_is_held_back_is_given_again_and_counts_once_for_caps(void **state)
{
    struct program_rule rule = usual();
    rule.hold_days = 30;
    rule.most_each = (struct maybe_integer){true, 3000};
    begin(state, &rule, 1, 100000);
    struct program_heard heard = order(1, 20000, 3);
    assert_int_equal(refund(1, 5000, 20000), 717);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_int_equal(earned(INES).balance.minor + earned(PAULA).balance.minor, 0);
    assert_int_equal(earned(INES).held.minor, 0);
    assert_int_equal(left(), 100000);
    assert_ptr_equal(store_write(bed.store, bed.memory, hold_back, &heard), &conflict);
    assert_int_equal(order(2, 10000, 3).found, VERDICT_COUNTED); /* 1,000 of the cap */
    assert_null(store_write(bed.store, bed.memory, release, &heard));
    assert_int_equal(heard.found, VERDICT_COUNTED);
    assert_in_range(earned(INES).held.minor, 2499, 2500); /* both, the first less a quarter */
    assert_string_equal(order(3, 10000, 3).why, "program.why.cap_each");
    assert_int_equal(refund(1, 20000, 20000), 2149);
    assert_int_equal(earned(INES).held.minor, 1000);
    end();
}

static const struct problem *reopen(struct database *db, struct memory *memory, void *context)
{
    const struct program_heard *heard = context;
    return program_reopen(db, memory, heard->verdict, text_of("program.why.nothing"), clock_now());
}

static void what_was_rejected_may_be_given_after_all_unless_nothing_is_left(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 100000);
    struct program_heard heard = order(1, 20000, 3);
    assert_ptr_equal(store_write(bed.store, bed.memory, reopen, &heard), &conflict);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_null(store_write(bed.store, bed.memory, reject, &heard));
    assert_null(store_write(bed.store, bed.memory, reopen, &heard));
    assert_null(store_write(bed.store, bed.memory, release, &heard));
    assert_int_equal(left(), 100000 - 2866);
    assert_int_equal(refund(1, 20000, 20000), 2866);
    assert_ptr_equal(store_write(bed.store, bed.memory, reopen, &heard), &conflict);
    end();
}

static void what_is_held_may_be_rejected_once(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 100000);
    struct program_heard heard = order(1, 20000, 3);
    assert_ptr_equal(store_write(bed.store, bed.memory, reject, &heard), &conflict);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_null(store_write(bed.store, bed.memory, reject, &heard));
    assert_ptr_equal(store_write(bed.store, bed.memory, reject, &heard), &conflict);
    assert_ptr_equal(store_write(bed.store, bed.memory, release, &heard), &conflict);
    assert_int_equal(left(), 100000);
    end();
}

static void points_are_granted_by_the_promise_of_the_business(void **state)
{
    static const struct program_level levels[] = {{50}, {10}};
    struct program_rule rule = usual();
    rule.benefit = BENEFIT_POINTS;
    rule.levels = (struct program_level_list){levels, 2};
    begin(state, &rule, 1, 0);
    assert_int_equal(order(1, 20000, 3).found, VERDICT_COUNTED);
    assert_int_equal(left(), 0);
    assert_int_equal(earned(INES).balance.minor, 0);
    assert_int_equal(points_of(INES), 50);
    assert_int_equal(points_of(JONAS), 10);
    assert_int_equal(refund(1, 20000, 20000), 0); /* no money, but the points are gone */
    assert_int_equal(points_of(INES) + points_of(JONAS), 0);
    end();
}

static const struct problem *rule_credit(struct database *db, struct memory *memory, void *context)
{
    static const struct program_gift credit[] = {{BENEFIT_CREDIT, 1000}};
    struct program_rule rule = usual();
    struct program_rules all = {{&rule, 1}};
    (void)context;
    rule.gifts = (struct program_gift_list){credit, 1};
    return program_set_rules(db, memory, &program, &all, (struct party_id){MAREN}, start);
}

static void what_nobody_promised_is_not_given(void **state)
{
    struct program_rule rule = usual();
    begin(state, &rule, 1, 0);
    assert_ptr_equal(store_write(bed.store, bed.memory, rule_credit, NULL), &program_no_promise);
    end();
}

static void the_audit_compares_units_with_the_books(void **state)
{
    static const struct program_guest jonas = {.party = {true, {JONAS}}};
    struct program_rule rule = with_gift();
    begin(state, &rule, 1, 100000);
    buyer = (struct program_guest_list){&jonas, 1};
    assert_int_equal(order(1, 20000, 1).found, VERDICT_COUNTED);
    bed_damage(&bed, "UPDATE core_award SET back_minor = 1 WHERE level = 0");
    assert_int_equal(discrepancies(), 1);
    bed_damage(&bed, "UPDATE core_award SET back_minor = 0 WHERE level = 0");
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(three_levels_are_paid_and_a_part_comes_back_from_all),
        ON_BOTH(who_brought_nobody_further_up_costs_nothing),
        ON_BOTH(what_was_paid_out_is_owed_and_made_up),
        ON_BOTH(what_may_come_back_is_held_so_long),
        ON_BOTH(the_same_event_counts_once),
        ON_BOTH(an_empty_budget_makes_rewards_wait_and_is_never_overspent),
        ON_BOTH(what_waits_is_given_in_its_order_by_itself),
        ON_BOTH(what_was_given_back_while_it_waited_is_not_given),
        ON_BOTH(what_was_rejected_keeps_its_reason),
        {"postgresql: two_servers_never_overspend_a_budget", two_servers_never_overspend_a_budget,
         NULL, NULL, postgresql},
        ON_BOTH(a_burst_beyond_the_budget_gets_what_the_promise_says),
        ON_BOTH(what_waits_for_a_program_that_ended_is_told_so),
        ON_BOTH(a_cap_counts_what_it_gave),
        ON_BOTH(many_parts_take_back_what_one_does),
        ON_BOTH(what_waits_is_given_less_what_came_to_nothing_meanwhile),
        ON_BOTH(what_is_held_back_is_given_again_and_counts_once_for_caps),
        ON_BOTH(what_was_rejected_may_be_given_after_all_unless_nothing_is_left),
        ON_BOTH(what_is_held_may_be_rejected_once),
        ON_BOTH(points_are_granted_by_the_promise_of_the_business),
        ON_BOTH(what_nobody_promised_is_not_given),
        ON_BOTH(the_audit_compares_units_with_the_books),
    };
    static const struct job_kind *const jobs[] = {&program_release_job, &program_settle_job};
    job_register(jobs, 2);
    return cmocka_run_group_tests_name("core/program", tests, NULL, NULL);
}
