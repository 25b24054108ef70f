/*
 * What happens to an obligation: its day comes, it is paid, late, forgiven, cancelled.
 *
 * Must not know: pages, schedules, whose money moves where. Read next: core/owed/plan.c.
 */
#include "core/owed/obligation.h"

#include "base/log.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"
#include "web/words.h"

const struct problem plan_no_reason = {"plan.no_reason", 422, FAULT_CLIENT, false};
const struct problem obligation_too_much = {"obligation.too_much", 422, FAULT_CLIENT, false};

enum { REMIND_DAYS = 3 };

/* An obligation with its plan, as they are inside this write. */
struct owed {
    struct obligation_row row;
    struct plan_row plan;
};

static const struct problem *owed_load(const struct move *move, struct owed *out)
{
    struct obligation_id id = {move->subject};
    const struct problem *problem = obligation_by_id(move->db, move->memory, id, &out->row);
    if (!problem)
        problem = plan_by_id(move->db, move->memory, out->row.plan, &out->plan);
    return problem;
}

static const struct problem *keep(const struct move *move, const struct obligation_row *row)
{
    return obligation_keep(move->db, move->memory, row->id, row->due, row->fee_minor,
                           row->paid_minor, row->closed, row->collect);
}

int64_t obligation_rest(const struct obligation_row *obligation)
{
    return obligation->amount.minor + obligation->fee_minor - obligation->paid_minor;
}

const struct problem *obligation_find(struct database *db, struct memory *memory,
                                      struct obligation_id id, struct obligation_row *out)
{
    return obligation_by_id(db, memory, id, out);
}

static const struct problem *remind(const struct move *move, int64_t subject, int event,
                                    int64_t day)
{
    return flow_remind(move->db, move->memory, &obligation_flow, subject, event,
                       words_day_begins(day));
}

/* ---- the days ---- */

const struct problem *obligation_begin(struct move *move, const struct obligation_row *row)
{
    struct move begin = {.db = move->db,
                         .memory = move->memory,
                         .flow = &obligation_flow,
                         .subject = row->id.value,
                         .by = move->by,
                         .actor = move->actor,
                         .at = move->at};
    const struct problem *problem = flow_begin(&begin);
    if (problem || row->due == 0)
        return problem;
    if (row->due - REMIND_DAYS > words_day_of(move->at))
        problem = remind(move, row->id.value, OBLIGATION_REMIND, row->due - REMIND_DAYS);
    return problem ? problem : remind(move, row->id.value, OBLIGATION_FALL, row->due);
}

/* The day a part is late: the one after its days of grace. */
static int64_t late_day(const struct owed *owed)
{
    return owed->row.due + owed->plan.grace + 1;
}

static const struct problem *now_due(struct move *move, struct owed *owed)
{
    owed->row.collect = owed->plan.automatic ? move->at : (struct instant){0};
    const struct problem *problem = keep(move, &owed->row);
    return problem ? problem : remind(move, move->subject, OBLIGATION_LAPSE, late_day(owed));
}

static const struct problem *effect_fall(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    return problem ? problem : now_due(move, &owed);
}

static const struct problem *guard_reach(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    return problem || owed.row.due == 0 ? problem : &flow_no_such_move;
}

static const struct problem *effect_reach(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    owed.row.due = words_day_of(move->at);
    return problem ? problem : now_due(move, &owed);
}

static const struct problem *effect_lapse(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    if (problem)
        return problem;
    owed.row.fee_minor = owed.plan.fee_minor;
    problem = keep(move, &owed.row);
    if (problem || owed.plan.patience == 0)
        return problem;
    return remind(move, move->subject, OBLIGATION_DEFAULT, late_day(&owed) + owed.plan.patience);
}

/* ---- money ---- */

const struct problem *obligation_posting(struct database *db, struct memory *memory,
                                         const struct plan_row *plan,
                                         const struct obligation_row *row, int64_t minor,
                                         struct instant at, struct posting *out)
{
    const struct plan_kind *kind;
    const struct problem *problem = plan_kind_of(plan, &kind);
    if (problem)
        return problem == &not_found ? &our_fault : problem;
    int64_t left = row->amount.minor - row->paid_minor;
    left = left < 0 ? 0 : left;
    struct money amount = {minor < left ? minor : left, row->amount.currency};
    struct money fee = {minor - amount.minor, row->amount.currency};
    *out = (struct posting){0};
    problem = kind->posting(db, memory, plan, row, amount, fee, out);
    out->subject = row->id.value;
    out->at = at;
    return problem;
}

/* Moves so much of the debtor's money and keeps it with its posting. */
static const struct problem *pay_some(struct move *move, struct owed *owed, int64_t minor)
{
    struct posting posting;
    struct posting_id posted;
    int64_t left = owed->row.amount.minor - owed->row.paid_minor;
    const struct problem *problem = obligation_posting(move->db, move->memory, &owed->plan,
                                                       &owed->row, minor, move->at, &posting);
    if (!problem)
        problem = ledger_post(move->db, move->memory, &posting, &posted);
    if (problem)
        return problem;
    left = left < 0 ? 0 : left;
    struct instalment_row row = {.posting = posted,
                                 .obligation = owed->row.id,
                                 .amount_minor = minor < left ? minor : left,
                                 .at = move->at};
    row.fee_minor = minor - row.amount_minor;
    owed->row.paid_minor += minor;
    move->price = (struct maybe_money){true, {minor, owed->row.amount.currency}};
    return instalment_insert(move->db, move->memory, &row);
}

static const struct problem *effect_part(struct move *move)
{
    const struct obligation_part *part = move->context;
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    if (!problem && part->minor >= obligation_rest(&owed.row))
        problem = &conflict;
    if (!problem)
        problem = pay_some(move, &owed, part->minor);
    return problem ? problem : keep(move, &owed.row);
}

static const struct problem *effect_pay(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    if (!problem)
        problem = pay_some(move, &owed, obligation_rest(&owed.row));
    if (problem)
        return problem;
    owed.row.closed = move->at;
    owed.row.collect = (struct instant){0};
    problem = keep(move, &owed.row);
    return problem ? problem : plan_settle(move, owed.plan.id);
}

/* ---- let go ---- */

static const struct problem *guard_reason(struct move *move)
{
    return text_empty(text_trim(move->note)) ? &plan_no_reason : NULL;
}

static const struct problem *close_unpaid(struct move *move, struct owed *owed)
{
    owed->row.closed = move->at;
    owed->row.collect = (struct instant){0};
    return keep(move, &owed->row);
}

static const struct problem *effect_forgive(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    if (!problem)
        problem = close_unpaid(move, &owed);
    return problem ? problem : plan_settle(move, owed.plan.id);
}

static const struct problem *effect_cancel(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    return problem ? problem : close_unpaid(move, &owed);
}

static const struct problem *effect_default(struct move *move)
{
    struct owed owed;
    const struct problem *problem = owed_load(move, &owed);
    if (!problem)
        problem = close_unpaid(move, &owed);
    return problem ? problem : plan_end(move, owed.plan.id);
}

enum { ANY_SIDE = BY_SUPPLIER | BY_OPERATOR, PAYER = BY_BUYER | BY_TIMER };

/* BY_SUPPLIER is the creditor, BY_BUYER the debtor. */
static const struct flow_move moves[] = {
    {OBLIGATION_UPCOMING, OBLIGATION_REMIND, BY_TIMER, NULL, NULL, OBLIGATION_UPCOMING},
    {OBLIGATION_UPCOMING, OBLIGATION_FALL, BY_TIMER, NULL, effect_fall, OBLIGATION_DUE},
    {OBLIGATION_UPCOMING, OBLIGATION_REACH, BY_BUYER | BY_OPERATOR, guard_reach, effect_reach,
     OBLIGATION_DUE},
    {OBLIGATION_UPCOMING, OBLIGATION_PART, BY_BUYER, NULL, effect_part, OBLIGATION_UPCOMING},
    {OBLIGATION_UPCOMING, OBLIGATION_PAY, BY_BUYER, NULL, effect_pay, OBLIGATION_PAID},
    {OBLIGATION_UPCOMING, OBLIGATION_FORGIVE, ANY_SIDE, guard_reason, effect_forgive,
     OBLIGATION_FORGIVEN},
    {OBLIGATION_UPCOMING, OBLIGATION_CANCEL, BY_TIMER, NULL, effect_cancel, OBLIGATION_CANCELLED},
    {OBLIGATION_DUE, OBLIGATION_PART, BY_BUYER, NULL, effect_part, OBLIGATION_DUE},
    {OBLIGATION_DUE, OBLIGATION_PAY, PAYER, NULL, effect_pay, OBLIGATION_PAID},
    {OBLIGATION_DUE, OBLIGATION_LAPSE, BY_TIMER, NULL, effect_lapse, OBLIGATION_LATE},
    {OBLIGATION_DUE, OBLIGATION_FORGIVE, ANY_SIDE, guard_reason, effect_forgive,
     OBLIGATION_FORGIVEN},
    {OBLIGATION_DUE, OBLIGATION_CANCEL, BY_TIMER, NULL, effect_cancel, OBLIGATION_CANCELLED},
    {OBLIGATION_LATE, OBLIGATION_PART, BY_BUYER, NULL, effect_part, OBLIGATION_LATE},
    {OBLIGATION_LATE, OBLIGATION_PAY, PAYER, NULL, effect_pay, OBLIGATION_PAID},
    {OBLIGATION_LATE, OBLIGATION_FORGIVE, ANY_SIDE, guard_reason, effect_forgive,
     OBLIGATION_FORGIVEN},
    {OBLIGATION_LATE, OBLIGATION_CANCEL, BY_TIMER, NULL, effect_cancel, OBLIGATION_CANCELLED},
    {OBLIGATION_LATE, OBLIGATION_DEFAULT, BY_TIMER, NULL, effect_default, OBLIGATION_CANCELLED},
};

const struct flow obligation_flow = {
    .name = "core.obligation",
    .states = &obligation_state_words,
    .events = &obligation_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = OBLIGATION_UPCOMING,
    .table = &core_obligation_table,
};

/* ---- paying by hand ---- */

static const struct problem *pay_by_hand(struct move *move)
{
    const struct obligation_payment *payment = move->context;
    struct obligation_row row;
    const struct problem *problem =
        obligation_by_id(move->db, move->memory, payment->obligation, &row);
    if (!problem && row.debtor.value != payment->debtor.value)
        problem = &not_found;
    move->subject = payment->obligation.value;
    if (problem)
        return problem;
    int64_t rest = obligation_rest(&row);
    struct obligation_part part = {payment->amount.present ? payment->amount.value.minor : rest};
    if (row.closed.ms == 0 && part.minor > rest)
        return &obligation_too_much;
    if (payment->amount.present &&
        !currency_equal(payment->amount.value.currency, row.amount.currency))
        return &ledger_wrong_currency;
    /* The move itself stays as it came, since the write may be run again. */
    struct move pay = *move;
    pay.event = part.minor < rest ? OBLIGATION_PART : OBLIGATION_PAY;
    pay.context = &part;
    return flow_move(&pay);
}

const struct problem *obligation_pay(struct store *store, struct memory *memory,
                                     const struct obligation_payment *payment)
{
    struct obligation_payment own = *payment;
    struct move move = {.flow = &obligation_flow,
                        .by = BY_BUYER,
                        .actor = payment->person,
                        .at = payment->at,
                        .context = &own};
    struct once once = {
        payment->debtor, payment->once,
        text_format(memory, "core.obligation.pay %lld %lld", (long long)payment->obligation.value,
                    (long long)(payment->amount.present ? payment->amount.value.minor : 0))};
    return flow_once(store, memory, &move, &once, pay_by_hand);
}
