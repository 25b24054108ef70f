/*
 * A program with a budget, three people one above the other, and what happens to it; for tests of programs.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_PROGRAM_TEST_BED_H
#define CONTRAFLOW_CORE_PROGRAM_PROGRAM_TEST_BED_H

#include "base/ids.h"
#include "core/module.h"
#include "core/program/parts.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "ledger/promise.h"

enum { FIRM = 101, MAREN = 102, INES = 103, JONAS = 104, PAULA = 105 };

static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};
static const struct currency eur = {"EUR"};
static struct bed bed;
static struct program_row program;
static struct program_rules rules;
static struct program_guest_list buyer; /* of the orders that follow */

/* ---- what the tests do ------------------------------------------------------------------------ */

/* Into the wallet of the business. */
static inline const struct problem *pay_in(struct database *db, struct memory *memory,
                                           int64_t minor)
{
    static const struct posting_template in = {
        .name = "test.in",
        .parties = {"business"},
        .amounts = {"sum"},
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test"}},
        .count = 1};
    struct posting posting = {
        .template = &in, .parties = {{FIRM}}, .amounts = {{minor, eur}}, .at = start};
    struct posting_id id;
    return ledger_post(db, memory, &posting, &id);
}

/* What points of the business are worth and how long they live. */
static inline const struct problem *promise_points(struct database *db, struct memory *memory)
{
    struct ledger_promise points = {.issuer = {FIRM},
                                    .kind = PROMISE_POINTS,
                                    .currency = text_of("ZZP"),
                                    .days = 20,
                                    .told_days = 10,
                                    .least = 1,
                                    .part = 10000,
                                    .worth = {true, {1, {"EUR"}}},
                                    .per = 1,
                                    .since = start};
    return promise_set(db, memory, &points);
}

static inline const struct problem *make(struct database *db, struct memory *memory, void *context)
{
    const struct program_row *wanted = context;
    struct program_row row;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .by = BY_BUYER,
                        .actor = {MAREN},
                        .at = start};
    const struct problem *problem = promise_points(db, memory);
    if (!problem)
        problem = program_begin(&move, wanted);
    if (!problem)
        problem = program_find(db, memory, (struct program_id){move.subject}, &row);
    if (!problem)
        problem = program_set_rules(db, memory, &row, &rules, (struct party_id){MAREN}, start);
    if (!problem && wanted->budget_minor > 0)
        problem = pay_in(db, memory, wanted->budget_minor);
    if (!problem)
        problem = program_fund(db, memory, &row, wanted->budget_minor, start);
    move.event = PROGRAM_START;
    if (!problem)
        problem = flow_move(&move);
    if (!problem)
        problem = program_find(db, memory, row.id, &program);
    return problem;
}

static inline void begin(void **state, const struct program_rule *all, size_t count, int64_t budget)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/"};
    static const struct flow *const flows[] = {&program_flow};
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    clock_set(start);
    flow_register(flows, 1);
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Maren', 1), "
                     "(103, 'person', 'Ines', 1), (104, 'person', 'Jonas', 1), "
                     "(105, 'person', 'Paula', 1)");
    struct program_row wanted = {.business = {FIRM},
                                 .module = text_of("referrals"),
                                 .title = text_of("Tell others"),
                                 .about = text_of(""),
                                 .currency = text_of("EUR"),
                                 .empty = EMPTY_WAIT,
                                 .budget_minor = budget,
                                 .since = start};
    rules = (struct program_rules){{all, count}};
    buyer = (struct program_guest_list){NULL, 0};
    assert_null(store_write(bed.store, bed.memory, make, &wanted));
}

static inline void hear_line(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static inline int64_t discrepancies(void)
{
    struct ledger_audit_listener listener = {NULL, hear_line};
    int64_t books = -1, programs = -1;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &books));
    assert_null(program_part.audit(bed.reader, bed.memory, &listener, &programs));
    return books + programs;
}

static inline void end(void)
{
    assert_int_equal(discrepancies(), 0);
    clock_set((struct instant){0});
    bed_end(&bed);
}

static inline const struct problem *hear(struct database *db, struct memory *memory, void *context)
{
    struct program_heard *heard = context;
    static struct program_row row;
    const struct problem *problem = program_find(db, memory, program.id, &row);
    heard->program = &row;
    return problem ? problem : program_hear(db, memory, heard);
}

static const struct party_id chain[] = {{INES}, {JONAS}, {PAULA}};

static inline struct program_heard order(int64_t subject, int64_t minor, size_t levels)
{
    static struct program_facts facts;
    facts = (struct program_facts){.trigger = TRIGGER_ORDER,
                                   .at = clock_now(),
                                   .events = 1,
                                   .part = 10000,
                                   .total = {minor, eur},
                                   .order_number = 1,
                                   .guest = buyer};
    struct program_heard heard = {.rules = &rules,
                                  .facts = &facts,
                                  .subject = subject,
                                  .chain = chain,
                                  .levels = levels,
                                  .at = clock_now(),
                                  .state = VERDICT_COUNTED};
    assert_null(store_write(bed.store, bed.memory, hear, &heard));
    return heard;
}

static inline const struct problem *take_back(struct database *db, struct memory *memory,
                                              void *context)
{
    return program_take_back(db, memory, context);
}

static inline int64_t refund(int64_t subject, int64_t minor, int64_t of)
{
    struct program_return returned = {program.id, subject, minor, of, clock_now(), 0};
    assert_null(store_write(bed.store, bed.memory, take_back, &returned));
    return returned.back;
}

static inline struct ledger_balance earned(int64_t party)
{
    struct ledger_balance balance;
    assert_null(ledger_balance(bed.reader, bed.memory, (struct party_id){party}, ACCOUNT_EARNINGS,
                               eur, &balance));
    return balance;
}

static inline int64_t left(void)
{
    assert_null(program_find(bed.reader, bed.memory, program.id, &program));
    return program.budget_minor - program.given_minor;
}

static const struct program_level three[] = {{1000}, {333}, {100}};

static inline struct program_rule usual(void)
{
    return (struct program_rule){.name = text_of("Orders"),
                                 .trigger = TRIGGER_ORDER,
                                 .each = 1,
                                 .benefit = BENEFIT_PERCENT,
                                 .levels = {three, 3},
                                 .period = PERIOD_EVER};
}

static inline struct verdict_row verdict_of(int64_t subject)
{
    struct verdict_row row;
    assert_null(program_verdict(bed.reader, bed.memory, program.id, subject,
                                (struct party_id){INES}, &row));
    return row;
}

static inline int64_t points_of(int64_t party)
{
    struct promise_ending_list endings;
    int64_t units = 0;
    assert_null(promise_endings(bed.reader, bed.memory, (struct party_id){FIRM},
                                (struct party_id){party}, currency_points, &endings));
    for (size_t i = 0; i < endings.count; i++)
        units += endings.items[i].units;
    return units;
}

static const struct program_gift thirty[] = {{BENEFIT_POINTS, 30}};

static inline struct program_rule with_gift(void)
{
    struct program_rule rule = usual();
    rule.gifts = (struct program_gift_list){thirty, 1};
    return rule;
}

static inline const struct problem *top_up(struct database *db, struct memory *memory,
                                           void *context)
{
    int64_t minor = *(const int64_t *)context;
    const struct problem *problem = pay_in(db, memory, minor);
    return problem ? problem : program_fund(db, memory, &program, minor, start);
}

static inline const struct problem *release(struct database *db, struct memory *memory,
                                            void *context)
{
    struct program_heard *heard = context;
    return program_release(db, memory, heard->verdict, chain, 3, start, &heard->found);
}

static inline const struct problem *hold_back(struct database *db, struct memory *memory,
                                              void *context)
{
    const struct program_heard *heard = context;
    return program_hold_back(db, memory, heard->verdict, text_of("program.why.nothing"),
                             clock_now());
}

#endif
