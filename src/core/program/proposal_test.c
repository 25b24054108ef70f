/*
 * Proposals on both engines: what would have been given is counted from the facts that were kept, on each side with
 * its own caps and partners' totals; what others than the rules decided stays; nothing is in force before it is
 * switched on, and only what was looked at is.
 */
#include "core/program/proposal.h"

#include "base/ids.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"

enum { FIRM = 101, MAREN = 102, INES = 103, JONAS = 104 };

static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};
static const struct currency eur = {"EUR"};
static struct bed bed;
static struct program_id program;

/* Percent of an order for two levels, to one person at most so much; from so many orders of the partner on. */
struct promise {
    struct program_level levels[2];
    struct program_condition from;
    struct program_rule rule;
};
static struct program_rules rules_of(struct promise *promise, int64_t first, int64_t second,
                                     int64_t most, int64_t from)
{
    *promise = (struct promise){
        .levels = {{first}, {second}},
        .from = {.fact = FACT_PARTNER_ORDERS, .is = COMPARE_AT_LEAST, .number = {true, from}},
        .rule = {.name = text_of("Orders"),
                 .trigger = TRIGGER_ORDER,
                 .each = 1,
                 .benefit = BENEFIT_PERCENT,
                 .levels = {promise->levels, second ? 2 : 1},
                 .conditions = {&promise->from, from ? 1 : 0},
                 .most_each = {most > 0, most},
                 .period = PERIOD_EVER}};
    return (struct program_rules){{&promise->rule, 1}};
}

static const struct problem *open_program(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template in = {
        .name = "test.in",
        .parties = {"business"},
        .amounts = {"sum"},
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test"}},
        .count = 1};
    struct posting posting = {
        .template = &in, .parties = {{FIRM}}, .amounts = {{100000, eur}}, .at = start};
    struct posting_id id;
    struct program_row row = {.business = {FIRM},
                              .module = text_of("referrals"),
                              .title = text_of("Tell others"),
                              .about = text_of(""),
                              .currency = text_of("EUR"),
                              .empty = EMPTY_WAIT,
                              .since = start};
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .by = BY_BUYER,
                        .actor = {MAREN},
                        .at = start};
    const struct problem *problem = program_begin(&move, &row);
    program.value = row.id.value = move.subject;
    if (!problem)
        problem = program_set_rules(db, memory, &row, context, (struct party_id){MAREN}, start);
    if (!problem)
        problem = ledger_post(db, memory, &posting, &id);
    return problem ? problem : program_fund(db, memory, &row, 100000, start);
}

static void begin(void **state, const struct program_rules *rules)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/"};
    static const struct flow *const flows[] = {&program_flow};
    static const struct job_kind *const jobs[] = {&proposal_job};
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    clock_set(start);
    flow_register(flows, 1);
    job_register(jobs, 1);
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Maren', 1), "
                     "(103, 'person', 'Ines', 1), (104, 'person', 'Jonas', 1)");
    assert_null(store_write(bed.store, bed.memory, open_program, (void *)(uintptr_t)rules));
}

static void end(void)
{
    clock_set((struct instant){0});
    bed_end(&bed);
}

/* ---- what happens ----------------------------------------------------------------------------- */

struct hearing {
    int64_t subject, minor;
    int64_t before; /* orders of the partner before */
    enum verdict_state state;
    const char *reason;
};

static const struct problem *hear(struct database *db, struct memory *memory, void *context)
{
    static const struct party_id chain[] = {{INES}, {JONAS}};
    const struct hearing *hearing = context;
    struct program_row row;
    struct program_rules rules;
    struct program_facts facts = {.trigger = TRIGGER_ORDER,
                                  .at = start,
                                  .events = 1,
                                  .part = 10000,
                                  .total = {hearing->minor, eur},
                                  .partner_orders = hearing->before};
    const struct problem *problem = program_find(db, memory, program, &row);
    if (!problem)
        problem = program_rules_of(db, memory, program, row.version, &rules);
    struct program_heard heard = {.program = &row,
                                  .rules = &rules,
                                  .facts = &facts,
                                  .subject = hearing->subject,
                                  .chain = chain,
                                  .levels = 2,
                                  .at = start,
                                  .state = hearing->state,
                                  .reason = hearing->reason};
    return problem ? problem : program_hear(db, memory, &heard);
}

static void order(int64_t subject, int64_t minor, int64_t before)
{
    struct hearing hearing = {subject, minor, before, VERDICT_COUNTED, NULL};
    assert_null(store_write(bed.store, bed.memory, hear, &hearing));
}

static const struct problem *give_back(struct database *db, struct memory *memory, void *context)
{
    return program_take_back(db, memory, context);
}

static void back(int64_t subject)
{
    struct program_return returned = {program, subject, 100, 100, start, 0};
    assert_null(store_write(bed.store, bed.memory, give_back, &returned));
}

/* ---- proposing -------------------------------------------------------------------------------- */

struct proposing {
    const struct program_rules *rules;
    struct proposal_id id; /* filled, or to be switched on */
};

static const struct problem *propose_work(struct database *db, struct memory *memory, void *context)
{
    struct proposing *proposing = context;
    struct program_row row;
    const struct problem *problem = program_find(db, memory, program, &row);
    return problem ? problem
                   : proposal_make(db, memory, &row, proposing->rules, (struct party_id){MAREN},
                                   start, &proposing->id);
}

static struct proposal_id propose(const struct program_rules *rules)
{
    struct proposing proposing = {rules, {0}};
    assert_null(store_write(bed.store, bed.memory, propose_work, &proposing));
    return proposing.id;
}

static void count(void)
{
    int64_t ran = 0;
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_true(ran > 0);
}

static const struct problem *switch_work(struct database *db, struct memory *memory, void *context)
{
    const struct proposing *proposing = context;
    return proposal_switch(db, memory, program, proposing->id, (struct party_id){MAREN}, start);
}

static const struct problem *switch_on(struct proposal_id id)
{
    struct proposing proposing = {NULL, id};
    return store_write(bed.store, bed.memory, switch_work, &proposing);
}

static struct proposal_row proposal(void)
{
    struct proposal_row row;
    struct program_rules rules;
    assert_null(proposal_of(bed.reader, bed.memory, program, &row, &rules));
    return row;
}

/* What one person would have got, as "BEFORE AFTER"; those for whom nothing changes have no line. */
static void expect(int64_t party, int64_t before, int64_t after)
{
    struct proposal_row row = proposal();
    struct proposal_sum_list lines;
    assert_true(row.counted.ms > 0);
    assert_null(proposal_changes(bed.reader, bed.memory, &row, 0, 100, &lines));
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].party.value != party)
            continue;
        assert_int_equal(lines.items[i].before_minor, before);
        assert_int_equal(lines.items[i].after_minor, after);
        return;
    }
    assert_int_equal(before, after);
}

static int64_t line_count(void)
{
    struct proposal_row row = proposal();
    struct proposal_sum_list lines;
    assert_null(proposal_changes(bed.reader, bed.memory, &row, 0, 100, &lines));
    return (int64_t)lines.count;
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void a_new_level_pays_whom_it_would_have_paid_and_caps_begin_anew(void **state)
{
    struct promise now, other;
    struct program_rules rules = rules_of(&now, 1000, 0, 1500, 0);
    begin(state, &rules);
    order(1, 10000, 0); /* 10.00 */
    order(2, 10000, 1); /* 5.00 are left below the cap */
    order(3, 10000, 2); /* nothing */
    struct program_rules changed = rules_of(&other, 500, 200, 1200, 0);
    propose(&changed);
    count();
    /* 5.00, 5.00, and 2.00 of 5.00, of which the level above gets the same part. */
    expect(INES, 1500, 1200);
    expect(JONAS, 0, 480);
    assert_int_equal(proposal().looked, 3);
    assert_int_equal(proposal().changed, 2);
    end();
}

static void what_a_partner_brought_is_counted_by_each_side(void **state)
{
    struct promise now, other;
    struct program_rules rules = rules_of(&now, 1000, 0, 0, 0);
    begin(state, &rules);
    for (int64_t i = 0; i < 4; i++)
        order(i + 1, 10000, i);
    /* None counts before the first did, so that none ever does. */
    struct program_rules never = rules_of(&other, 1000, 0, 0, 1);
    propose(&never);
    count();
    expect(INES, 4000, 0);
    end();
}

static void what_others_decided_stays_and_what_came_back_was_given(void **state)
{
    struct promise now, other;
    struct program_rules rules = rules_of(&now, 1000, 0, 0, 0);
    begin(state, &rules);
    struct hearing refused = {1, 10000, 0, VERDICT_REJECTED, "referrals.why.yourself"};
    struct hearing held = {2, 10000, 0, VERDICT_HELD, "referrals.why.suspect"};
    assert_null(store_write(bed.store, bed.memory, hear, &refused));
    assert_null(store_write(bed.store, bed.memory, hear, &held));
    order(3, 10000, 1);
    back(1);
    back(2);
    back(3);
    struct program_rules changed = rules_of(&other, 2000, 0, 0, 0);
    propose(&changed);
    count();
    expect(INES, 1000, 2000);
    end();
}

static void only_what_was_looked_at_is_switched_on(void **state)
{
    struct promise now, first, second;
    struct program_row row;
    struct program_rules rules = rules_of(&now, 1000, 0, 0, 0);
    begin(state, &rules);
    order(1, 10000, 0);
    struct program_rules one = rules_of(&first, 2000, 100, 0, 0);
    struct program_rules two = rules_of(&second, 3000, 0, 0, 0);
    struct proposal_id seen = propose(&one);
    assert_ptr_equal(switch_on(seen), &proposal_not_counted);
    count();
    assert_int_equal(line_count(), 2);
    struct proposal_id later = propose(&two);
    assert_ptr_equal(switch_on(seen), &proposal_old);
    count();
    assert_int_equal(line_count(), 1);
    order(2, 10000, 1); /* still by the rules in force */
    assert_null(switch_on(later));
    assert_null(program_find(bed.reader, bed.memory, program, &row));
    assert_int_equal(row.version, 2);
    assert_ptr_equal(switch_on(later), &not_found);
    count(); /* takes the lines away */
    order(3, 10000, 2);
    struct ledger_balance balance;
    assert_null(ledger_balance(bed.reader, bed.memory, (struct party_id){INES}, ACCOUNT_EARNINGS,
                               eur, &balance));
    assert_int_equal(balance.balance.minor, 1000 + 1000 + 3000);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_new_level_pays_whom_it_would_have_paid_and_caps_begin_anew),
        ON_BOTH(what_a_partner_brought_is_counted_by_each_side),
        ON_BOTH(what_others_decided_stays_and_what_came_back_was_given),
        ON_BOTH(only_what_was_looked_at_is_switched_on),
    };
    return cmocka_run_group_tests_name("core/program/proposal", tests, NULL, NULL);
}
