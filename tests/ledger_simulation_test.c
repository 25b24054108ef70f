/*
 * A crowd with a seed against a simple model of the ledger: payments in and out, sales by holds and at
 * once, parts of holds, expiries, refunds in part before and after payout, commissions that follow,
 * limits; on both engines.
 *
 *   SIMULATION_STEPS   how many things happen (20,000; 1,000,000 in `make nightly`)
 *   SIMULATION_SEED    which crowd (1)
 *
 * The model knows balances as plain numbers and decides by itself what must be refused and why. After
 * each thousand steps every balance is compared; at the end come the audit and bean-check.
 */
#include "ledger_simulation.h"

enum { TOGETHER = 40 /* steps in one write */ };

static void choose_sale(struct model *model, struct step *step)
{
    step->amount = 1 + below(model, 5000);
    split(model, step);
    if (free_of(model, step->firm) < step->amount)
        step->refused = &ledger_not_enough;
    else
        model_sale(model, step);
}

static void choose_held(struct model *model, struct step *step)
{
    step->index = (size_t)below(model, (int64_t)model->hold_count);
    const struct kept kept = model->holds[step->index];
    step->firm = kept.firm;
    step->hold = kept.hold;
    /* Sometimes more than was kept, which is refused, else a part or all of it. */
    bool more = below(model, 10) == 0;
    step->amount = more ? kept.amount + 1 : 1 + below(model, kept.amount);
    split(model, step);
    if (more) {
        step->refused = &ledger_hold_too_small;
        return;
    }
    drop_hold(model, step->index);
    model_sale(model, step);
}

static void choose_hold(struct model *model, struct step *step)
{
    step->amount = 1 + below(model, 3000);
    if (free_of(model, step->firm) < step->amount) {
        step->refused = &ledger_not_enough;
        return;
    }
    model->held[step->firm] += step->amount;
    model->holds[model->hold_count++] =
        (struct kept){.firm = step->firm, .amount = step->amount, .until = step->at};
}

static void choose_refund(struct model *model, struct step *step)
{
    step->index = (size_t)below(model, (int64_t)model->sale_count);
    struct sold *sold = &model->sales[step->index];
    step->posted = sold->posting;
    bool more = below(model, 10) == 0;
    step->amount = more || sold->price == 0 ? sold->price + 1
                   : below(model, 3)        ? sold->price
                                            : 1 + below(model, sold->price);
    if (sold->price == 0)
        step->refused = &ledger_nothing_left;
    else if (more)
        step->refused = &ledger_more_than_left;
    else
        model_refund(model, sold, step->amount);
}

static void choose_expiry(struct model *model, struct step *step)
{
    for (size_t i = model->hold_count; i-- > 0;)
        if (model->holds[i].until.ms + 20 * DAY <= step->at.ms)
            drop_hold(model, i);
}

static void choose_payout(struct model *model, struct step *step)
{
    int64_t has = model->earnings[step->person];
    step->amount = has > 0 && below(model, 4) ? has : 1 + below(model, 3000);
    if (has < step->amount) {
        step->refused = &ledger_not_enough;
        return;
    }
    model->earnings[step->person] -= step->amount;
    model->world += step->amount;
}

/* What happens next, and what the model makes of it. A step on a hold or sale needs one that the
 * ledger has named already. */
static void choose(struct model *model, struct step *step)
{
    static const enum kind often[] = {PAY_IN, PAY_IN, SELL,   SELL,      SELL,
                                      HOLD,   HOLD,   VOID,   SELL_HELD, SELL_HELD,
                                      REFUND, REFUND, EXPIRE, PAY_OUT};
    enum kind kind = often[below(model, COUNT_OF(often))];
    if ((kind == VOID || kind == SELL_HELD) && model->hold_count == 0)
        kind = HOLD;
    if (kind == HOLD && model->hold_count == HOLDS_MAX)
        kind = EXPIRE;
    if (kind == REFUND && model->sale_count == 0)
        kind = SELL;
    model->now.ms += 1 + below(model, 60 * MINUTE);
    *step = (struct step){.kind = kind,
                          .firm = (int)below(model, FIRMS),
                          .person = (int)below(model, PEOPLE),
                          .at = model->now};
    if (kind == PAY_IN) {
        step->amount = 1 + below(model, 9000);
        model->wallet[step->firm] += step->amount;
        model->world -= step->amount;
    } else if (kind == SELL) {
        choose_sale(model, step);
    } else if (kind == SELL_HELD) {
        choose_held(model, step);
    } else if (kind == HOLD) {
        choose_hold(model, step);
    } else if (kind == VOID) {
        step->index = (size_t)below(model, (int64_t)model->hold_count);
        step->hold = model->holds[step->index].hold;
        drop_hold(model, step->index);
    } else if (kind == REFUND) {
        choose_refund(model, step);
    } else if (kind == EXPIRE) {
        choose_expiry(model, step);
    } else {
        choose_payout(model, step);
    }
    model->refused += step->refused != NULL;
}

/* ---- the run ---------------------------------------------------------------------------------- */

/* Steps of one write. One that the model refuses, or that others will name, is the last of its write. */
struct group {
    struct step steps[TOGETHER];
    size_t count;
    size_t failed; /* which one, when one did */
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct group *group = context;
    for (size_t i = 0; i < group->count; i++) {
        const struct problem *problem = make(db, memory, &group->steps[i]);
        if (problem) {
            group->failed = i;
            return problem;
        }
    }
    return NULL;
}

static void run_group(struct bed *bed, struct group *group)
{
    struct memory *memory = memory_create(64 << 20);
    const struct problem *problem =
        group->count ? store_write(bed->store, memory, work, group) : NULL;
    memory_end(memory);
    if (problem)
        fail_msg("unexpected: %s of kind %d", problem->name, (int)group->steps[group->failed].kind);
}

/* A refused step runs alone and must leave nothing behind. */
static void run_refused(struct bed *bed, struct step *step)
{
    struct group alone = {.steps = {*step}, .count = 1};
    struct memory *memory = memory_create(64 << 20);
    const struct problem *problem = store_write(bed->store, memory, work, &alone);
    memory_end(memory);
    if (problem != step->refused)
        fail_msg("kind %d: %s, the model says %s", (int)step->kind,
                 problem ? problem->name : "done", step->refused->name);
}

/* Names that the ledger gave go into the model. */
static void take_names(struct model *model, const struct step *step)
{
    if (step->kind == HOLD)
        model->holds[model->hold_count - 1].hold = step->hold;
    if (step->kind == SELL || step->kind == SELL_HELD)
        model->sales[model->sale_count - 1].posting = step->posted;
}

static void books_agree_with_the_model(void **state)
{
    struct bed bed = bed_begin(state);
    struct model *model = calloc(1, sizeof *model);
    struct group *group = calloc(1, sizeof *group);
    int64_t steps = setting("SIMULATION_STEPS", getenv("TEST_NIGHTLY") ? 1000000 : 20000);
    int64_t seed = setting("SIMULATION_SEED", 1);
    assert_true(model && group);
    model->random = (uint64_t)seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    model->now = (struct instant){1781100131000};
    for (int64_t i = 1; i <= steps; i++) {
        struct step *step = &group->steps[group->count];
        choose(model, step);
        bool named = step->kind == HOLD || step->kind == SELL || step->kind == SELL_HELD;
        if (step->refused) {
            struct step alone = *step;
            run_group(&bed, group);
            group->count = 0;
            run_refused(&bed, &alone);
        } else if (++group->count == TOGETHER || named) {
            run_group(&bed, group);
            take_names(model, &group->steps[group->count - 1]);
            group->count = 0;
        }
        if (i % COMPARED == 0 || i == steps) {
            run_group(&bed, group);
            group->count = 0;
            compare_all(&bed, model, i);
        }
    }
    print_message(
        "%s: seed %lld, %lld steps, %lld refused, %lld refunds, %lld of them below zero\n",
        bed.engine, (long long)seed, (long long)steps, (long long)model->refused,
        (long long)model->refunds, (long long)model->below);
    assert_true(model->refused && model->refunds && model->below);
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_int_equal(found, 0);
    check_with_beancount(&bed);
    free(group);
    free(model);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {ON_BOTH(books_agree_with_the_model)};
    return cmocka_run_group_tests_name("ledger_simulation", tests, NULL, NULL);
}
