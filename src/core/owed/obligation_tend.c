/*
 * The rounds: obligations that come into sight are made, and what is due is paid by itself.
 *
 * Each round is bounded, and what can't be paid now is put off until tomorrow, so that a day on which
 * very many fall due is worked off round by round beside everything else. A run of them shares a write;
 * when one can't be done, the run is undone and done again one by one.
 *
 * Must not know: how money is posted. Read next: core/runner.c.
 */
#include "base/log.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"
#include "web/words.h"

enum { RUN = 20 /* obligations in one write, some twenty rows each */ };

/* One write of a round. */
struct tending {
    const struct obligation_hit *hits;
    size_t count;
    struct plan_id plan;
    struct instant now;
    int64_t done;
};

/* ---- made ahead ---- */

static const struct problem *make_work(struct database *db, struct memory *memory, void *context)
{
    struct tending *tending = context;
    struct plan_row plan;
    struct move move = {.db = db, .memory = memory, .by = BY_TIMER, .at = tending->now};
    const struct problem *problem = plan_by_id(db, memory, tending->plan, &plan);
    tending->done = 0;
    if (problem || plan.state != PLAN_RUNNING || plan.next == 0)
        return problem;
    return plan_extend(&move, &plan, &tending->done);
}

static const struct problem *make_round(struct store *store, struct database *reader,
                                        struct memory *memory, struct instant now, int64_t *moved)
{
    struct plan_hit_list plans;
    const struct problem *problem = plans_in_sight(reader, memory, words_day_of(now), &plans);
    for (size_t i = 0; !problem && i < plans.count; i++) {
        struct tending tending = {.plan = plans.items[i].id, .now = now};
        problem = store_write(store, memory, make_work, &tending);
        *moved += tending.done;
    }
    return problem;
}

/* ---- paid by itself ---- */

static const struct problem *put_off(struct database *db, struct memory *memory,
                                     struct obligation_row *row, struct instant now)
{
    row->collect = words_day_begins(words_day_of(now) + 1);
    return obligation_keep(db, memory, row->id, row->due, row->fee_minor, row->paid_minor,
                           row->closed, row->collect);
}

/* Whether the account from which it would be paid holds enough. */
static const struct problem *can_pay(struct database *db, struct memory *memory,
                                     const struct obligation_row *row, struct instant now,
                                     bool *out)
{
    struct plan_row plan;
    struct posting posting;
    struct ledger_balance balance;
    *out = false;
    const struct problem *problem = plan_by_id(db, memory, row->plan, &plan);
    if (!problem)
        problem = obligation_posting(db, memory, &plan, row, obligation_rest(row), now, &posting);
    if (problem)
        return problem;
    const struct posting_side *from = &posting.template->legs[0].from;
    ensure(from->party != LEDGER_PLATFORM);
    problem = ledger_balance(db, memory, posting.parties[from->party], from->purpose,
                             row->amount.currency, &balance);
    *out = !problem && balance.free.minor >= obligation_rest(row);
    return problem;
}

static const struct problem *collect_one(struct database *db, struct memory *memory,
                                         struct obligation_id id, struct instant now)
{
    struct obligation_row row;
    bool enough;
    const struct problem *problem = obligation_by_id(db, memory, id, &row);
    /* Somebody else was faster. */
    if (problem || row.collect.ms == 0 || row.collect.ms > now.ms)
        return problem;
    problem = can_pay(db, memory, &row, now, &enough);
    if (problem || !enough)
        return problem ? problem : put_off(db, memory, &row, now);
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &obligation_flow,
                        .subject = id.value,
                        .event = OBLIGATION_PAY,
                        .by = BY_TIMER,
                        .at = now};
    return flow_move(&move);
}

static const struct problem *collect_work(struct database *db, struct memory *memory, void *context)
{
    struct tending *tending = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < tending->count; i++)
        problem = collect_one(db, memory, tending->hits[i].id, tending->now);
    return problem;
}

/* What the ledger refuses for another reason, or can't be done for a fault of ours. */
static const struct problem *put_off_work(struct database *db, struct memory *memory, void *context)
{
    struct tending *tending = context;
    struct obligation_row row;
    const struct problem *problem = obligation_by_id(db, memory, tending->hits[0].id, &row);
    if (problem || row.collect.ms == 0)
        return problem;
    return put_off(db, memory, &row, tending->now);
}

static const struct problem *collect_run(struct store *store, struct memory *memory,
                                         struct tending *tending)
{
    const struct problem *problem = store_write(store, memory, collect_work, tending);
    if (!problem || problem->fault == FAULT_WORLD)
        return problem;
    const struct obligation_hit *hits = tending->hits;
    size_t count = tending->count;
    problem = NULL;
    for (size_t i = 0; !problem && i < count; i++) {
        struct tending one = {.hits = &hits[i], .count = 1, .now = tending->now};
        problem = store_write(store, memory, collect_work, &one);
        if (!problem || problem->fault == FAULT_WORLD)
            continue;
        log_write(LOG_WARNING, "obligation.put_off", "obligation=%lld problem=%s",
                  (long long)hits[i].id.value, problem->name);
        problem = store_write(store, memory, put_off_work, &one);
    }
    return problem;
}

static const struct problem *collect_round(struct store *store, struct database *reader,
                                           struct memory *memory, struct instant now,
                                           int64_t *moved)
{
    struct obligation_hit_list due;
    const struct problem *problem = obligations_to_collect(reader, memory, now, &due);
    for (size_t i = 0; !problem && i < due.count; i += RUN) {
        struct tending tending = {.hits = &due.items[i], .now = now};
        tending.count = due.count - i < RUN ? due.count - i : RUN;
        problem = collect_run(store, memory, &tending);
        *moved += (int64_t)tending.count;
    }
    return problem;
}

const struct problem *obligation_tend(struct store *store, struct database *reader,
                                      struct memory *memory, struct instant now, int64_t *moved)
{
    *moved = 0;
    const struct problem *problem = make_round(store, reader, memory, now, moved);
    return problem ? problem : collect_round(store, reader, memory, now, moved);
}

/* ---- money came in ---- */

static const struct problem *money_came(struct database *db, struct memory *memory,
                                        const struct event *event)
{
    struct payment_row payment;
    const struct problem *problem =
        payment_by_id(db, memory, (struct payment_id){event->subject}, &payment);
    if (problem)
        return problem;
    return obligations_collect_now(db, memory, payment.organisation, event->at);
}

const struct consumer obligation_money_came = {
    .name = "core.obligation.money_came",
    .follows = "core.payment.receive",
    .take = money_came,
};
