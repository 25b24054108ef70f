/*
 * Obligations on both engines: paid once whatever fails, collected in rounds, and an audit that sees what
 * is not so.
 */
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "web/words.h"

static const struct party_id firm = {101};
static const struct party_id ines = {102};
static const struct instant now = {INT64_C(1781100131000)};
static const struct text none = {"", 0};

static struct money euro(int64_t minor)
{
    return (struct money){minor, {"EUR"}};
}

static const struct problem *earn_work(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template in = {
        .name = "test.in",
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test.in"}},
        .count = 1,
    };
    struct posting posting = {
        .template = &in, .parties = {firm}, .amounts = {euro(*(int64_t *)context)}, .at = now};
    struct posting_id posted;
    return ledger_post(db, memory, &posting, &posted);
}

/* The firm's wallet holds so much. */
static struct bed begin(void **state, int64_t wallet)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/",   "src/core/owed/obligation",
                                         "src/core/flow", "src/core/event",
                                         "src/core/act",  "src/core/people/party"};
    struct bed bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht Reisen', 1), (102, 'person', 'Ines', 1)");
    plan_register(&plan_agreed);
    const struct flow *const flows[] = {&plan_flow, &obligation_flow};
    flow_register(flows, 2);
    assert_null(store_write(bed.store, bed.memory, earn_work, &wallet));
    return bed;
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static int64_t audit(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t books = -1;
    int64_t owed = -1;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &books));
    assert_null(obligation_audit(bed->reader, bed->memory, &listener, &owed));
    assert_int_equal(books, 0);
    return owed;
}

/* A plan that was agreed on, and its first obligation. */
struct agreed {
    struct plan_row plan;
    struct obligation_id first;
};

static const struct problem *agree(struct database *db, struct memory *memory, void *context)
{
    struct agreed *agreed = context;
    struct obligation_hit_list open;
    struct move move = {.db = db, .memory = memory, .by = BY_OPERATOR, .at = now};
    const struct problem *problem = plan_begin(&move, &agreed->plan);
    if (!problem)
        problem = plan_accept(&move, agreed->plan.id);
    if (!problem)
        problem = obligations_open_of(db, memory, agreed->plan.id, &open);
    if (!problem)
        agreed->first = open.items[0].id;
    return problem;
}

static struct agreed plan(struct bed *bed, enum plan_term term, int64_t sum, int64_t parts)
{
    int64_t today = words_day_of(now);
    struct agreed agreed = {
        .plan = {.kind = text_of(plan_agreed.name),
                 .title = text_of("A series"),
                 .debtor = firm,
                 .creditor = ines,
                 .term = term,
                 .sum = euro(sum),
                 .parts = parts,
                 .remainder = REMAINDER_LAST,
                 .unit = PLAN_DAY,
                 .every = 1,
                 .first = term == PLAN_MILESTONES ? 0 : today + 1,
                 .rate = 36500,
                 .basis = BASIS_ACTUAL_365,
                 .accrues = today,
                 .automatic = true},
    };
    assert_null(store_write(bed->store, bed->memory, agree, &agreed));
    return agreed;
}

static void expect(struct bed *bed, struct party_id party, enum account_purpose purpose,
                   int64_t balance)
{
    struct ledger_balance is;
    assert_null(ledger_balance(bed->reader, bed->memory, party, purpose, euro(0).currency, &is));
    assert_int_equal(is.balance.minor, balance);
}

/* All that is due at a moment, as the runner does it. */
static void settle(struct bed *bed, struct instant at)
{
    for (int64_t moved = 1; moved > 0;) {
        int64_t fired = 0;
        int64_t tended = 0;
        assert_null(flow_fire(bed->store, bed->reader, bed->memory, at, &fired));
        assert_null(obligation_tend(bed->store, bed->reader, bed->memory, at, &tended));
        moved = fired + tended;
    }
}

static void is_paid_once_whichever_statement_fails(void **state)
{
    struct bed bed = begin(state, 1000);
    struct agreed agreed = plan(&bed, PLAN_INSTALMENTS, 900, 3);
    struct obligation_payment payment = {
        .obligation = agreed.first, .debtor = firm, .once = text_of("one-click"), .at = now};
    const struct problem *problem = &store_broken;
    int failed = 0;
    for (; problem; failed++) {
        assert_true(failed < 200);
        store_fail_after(failed);
        problem = obligation_pay(bed.store, bed.memory, &payment);
        store_fail_after(-1);
        if (problem)
            expect(&bed, firm, ACCOUNT_WALLET, 1000);
        assert_int_equal(audit(&bed), 0);
    }
    assert_true(failed > 5);
    expect(&bed, firm, ACCOUNT_WALLET, 700);
    assert_null(obligation_pay(bed.store, bed.memory, &payment));
    expect(&bed, firm, ACCOUNT_WALLET, 700);
    payment.once = none;
    assert_ptr_equal(obligation_pay(bed.store, bed.memory, &payment), &flow_no_such_move);
    expect(&bed, ines, ACCOUNT_EARNINGS, 300);
    assert_int_equal(audit(&bed), 0);
    bed_end(&bed);
}

static void many_are_collected_as_far_as_the_money_goes(void **state)
{
    struct bed bed = begin(state, 4350);
    /* 60 parts of 100 fall due one a day: 43 can be paid. */
    (void)plan(&bed, PLAN_INSTALMENTS, 6000, 60);
    struct instant then = instant_add(now, 61 * DAY);
    settle(&bed, then);
    expect(&bed, firm, ACCOUNT_WALLET, 50);
    expect(&bed, ines, ACCOUNT_EARNINGS, 4300);
    assert_int_equal(audit(&bed), 0);
    /* Nothing is tried twice in a day; the next day what came meanwhile is found. */
    int64_t more = 1000;
    assert_null(store_write(bed.store, bed.memory, earn_work, &more));
    settle(&bed, then);
    expect(&bed, firm, ACCOUNT_WALLET, 1050);
    settle(&bed, instant_add(then, DAY));
    expect(&bed, firm, ACCOUNT_WALLET, 50);
    assert_int_equal(audit(&bed), 0);
    bed_end(&bed);
}

static void interest_is_posted_day_by_day(void **state)
{
    struct bed bed = begin(state, 1000);
    /* 3.65 percent of 150.00 are one and a half cents a day: 2, 3 and 15 after one, two and ten. */
    (void)plan(&bed, PLAN_INTEREST, 15000, 0);
    settle(&bed, instant_add(now, DAY));
    expect(&bed, ines, ACCOUNT_EARNINGS, 2);
    settle(&bed, instant_add(now, 2 * DAY));
    expect(&bed, ines, ACCOUNT_EARNINGS, 3);
    settle(&bed, instant_add(now, 10 * DAY));
    expect(&bed, ines, ACCOUNT_EARNINGS, 15);
    assert_int_equal(audit(&bed), 0);
    bed_end(&bed);
}

static void the_audit_sees_what_is_not_so(void **state)
{
    static const char *const wrongs[] = {
        "UPDATE core_obligation SET paid_minor = paid_minor - 1 WHERE state = 'paid'",
        "UPDATE core_obligation SET state = 'due', closed = 0 WHERE state = 'paid'",
        "UPDATE core_obligation SET amount_minor = amount_minor + 1 WHERE state = 'upcoming'",
        "UPDATE core_instalment SET amount_minor = amount_minor + 1",
        "DELETE FROM core_instalment",
        "UPDATE core_plan SET made = made - 1",
        "UPDATE core_plan SET state = 'completed'",
        "UPDATE core_obligation SET state = 'paid', paid_minor = amount_minor, closed = 1",
    };
    for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
        struct bed bed = begin(state, 1000);
        struct agreed agreed = plan(&bed, PLAN_INSTALMENTS, 900, 3);
        struct obligation_payment payment = {
            .obligation = agreed.first, .debtor = firm, .once = none, .at = now};
        assert_null(obligation_pay(bed.store, bed.memory, &payment));
        assert_int_equal(audit(&bed), 0);
        bed_damage(&bed, wrongs[i]);
        assert_true(audit(&bed) > 0);
        bed_end(&bed);
    }
}

static void plans_that_can_not_be_are_refused(void **state)
{
    int64_t first = words_day_of(now);
    struct plan_row fine = {.debtor = firm,
                            .creditor = ines,
                            .term = PLAN_RECURRING,
                            .sum = euro(100),
                            .unit = PLAN_MONTH,
                            .every = 1,
                            .first = first,
                            .month_day = civil_of((struct instant){first * DAY}).day};
    struct plan_row plan = fine;
    (void)state;
    assert_null(plan_terms_check(&plan));
#define REFUSED(CHANGE)                                                                            \
    plan = fine;                                                                                   \
    plan.CHANGE;                                                                                   \
    assert_ptr_equal(plan_terms_check(&plan), &plan_bad_terms)
    REFUSED(creditor = firm);
    REFUSED(sum.minor = 0);
    REFUSED(sum.minor = INT64_MAX);
    REFUSED(sum.minor = MONEY_MAX / 2);
    REFUSED(parts = -1);
    REFUSED(parts = SCHEDULE_PARTS_MAX + 1);
    REFUSED(every = 0);
    REFUSED(first = 0);
    REFUSED(first = INT64_MAX);
    REFUSED(month_day = plan.month_day % 28 + 1);
    REFUSED(grace = -1);
    REFUSED(fee_minor = -1);
    REFUSED(patience = 100000);
    REFUSED(term = PLAN_INSTALMENTS);
    REFUSED(term = PLAN_INTEREST);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(is_paid_once_whichever_statement_fails),
        ON_BOTH(many_are_collected_as_far_as_the_money_goes),
        ON_BOTH(interest_is_posted_day_by_day),
        ON_BOTH(the_audit_sees_what_is_not_so),
        cmocka_unit_test(plans_that_can_not_be_are_refused),
    };
    return cmocka_run_group_tests_name("core/owed/obligation", tests, NULL, NULL);
}
