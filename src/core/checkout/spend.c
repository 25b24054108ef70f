/*
 * Reserves units for an order, uses them, lets them go and gives them back.
 *
 * The hold in the ledger has no end of its own: the spend's timer ends both, so they never disagree. Must not
 * know: pages. Read next: ledger/promise.c.
 */
#include "core/checkout/spend.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/checkout/parts.h"
#include "core/checkout/queries.h"
#include "core/checkout/rows.h"
#include "core/checkout/spend.shapes.h"

const struct problem spend_differs = {"spend.differs", 409, FAULT_CLIENT, false};

struct money spend_worth(const struct spend_row *spend, int64_t units)
{
    struct money worth = {0, spend->paid.currency};
    if (units > 0)
        ensure(money_share(spend->paid, units, spend->units.minor, ROUND_DOWN, &worth));
    return worth;
}

/* ---- states ----------------------------------------------------------------------------------- */

static struct promise_move units_of(const struct spend_row *spend, int64_t minor, struct instant at)
{
    return (struct promise_move){
        .issuer = spend->business,
        .party = spend->party,
        .units = {minor, spend->units.currency},
        .subject = spend->id.value,
        .reason = "reward.leg.used",
        .at = at,
    };
}

/* What the person and the business read about it. */
static struct reward_act act_of(const struct spending *spending, enum reward_what what,
                                int64_t units)
{
    const struct spend_row *spend = &spending->spend;
    return (struct reward_act){
        .what = what,
        .issuer = spend->business,
        .party = spend->party,
        .actor = spending->actor,
        .units = {units, spend->units.currency},
        .price = {true, spend->price},
        .paid = {true, spend_worth(spend, units)},
        .note = spending->note,
        .at = spending->at,
    };
}

static const struct problem *use_units(struct move *move)
{
    const struct spending *spending = move->context;
    const struct spend_row *spend = &spending->spend;
    struct promise_move units = units_of(spend, spending->units, move->at);
    struct reward_act act = act_of(spending, REWARD_USED, spending->units);
    const struct problem *problem =
        promise_take(move->db, move->memory, &units, spend->hold, &act.posting);
    if (!problem)
        problem = reward_keep(move->db, move->memory, &act);
    return problem ? problem
                   : spend_used(move->db, move->memory, spend->id, act.posting, spending->units);
}

static const struct problem *free_units(struct move *move)
{
    struct spend_row spend;
    const struct problem *problem =
        spend_by_id(move->db, move->memory, (struct spend_id){move->subject}, &spend);
    return problem ? problem : ledger_hold_void(move->db, move->memory, spend.hold);
}

static const struct flow_move moves[] = {
    {SPEND_HELD, SPEND_TAKE, BY_BUYER, NULL, use_units, SPEND_TAKEN},
    {SPEND_HELD, SPEND_RELEASE, BY_BUYER, NULL, free_units, SPEND_RELEASED},
    {SPEND_HELD, SPEND_LAPSE, BY_TIMER, NULL, free_units, SPEND_RELEASED},
};
const struct flow spend_flow = {
    .name = "core.spend",
    .states = &spend_state_words,
    .events = &spend_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = SPEND_HELD,
    .table = &core_spend_table,
};

/* ---- reserving -------------------------------------------------------------------------------- */

static bool same(const struct spend_row *known, const struct spend_row *asked)
{
    return known->party.value == asked->party.value && known->units.minor == asked->units.minor &&
           known->price.minor == asked->price.minor &&
           currency_equal(known->price.currency, asked->price.currency);
}

/* `context` is what was asked for; what is filled goes into a copy, so that it can be run again. */
struct reserving {
    const struct spend_row *asked;
    struct spend_row spend;
};

static const struct problem *reserve(struct database *db, struct memory *memory, void *context)
{
    struct reserving *reserving = context;
    struct spend_row *spend = &reserving->spend;
    *spend = *reserving->asked;
    struct text unit = text_of(reserving->asked->units.currency.code);
    const struct problem *problem =
        spend_by_number(db, memory, spend->business, spend->number, unit, spend);
    if (problem != &not_found)
        return problem || same(spend, reserving->asked) ? problem : &spend_differs;
    *spend = *reserving->asked;
    spend->id.value = id_new();
    spend->state = SPEND_HELD;
    struct promise_move units = units_of(spend, spend->units.minor, spend->at);
    problem = promise_hold(db, memory, &units, spend->price, &spend->paid, &spend->hold);
    if (!problem)
        problem = spend_insert(db, memory, spend);
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &spend_flow,
                        .subject = spend->id.value,
                        .by = BY_BUYER,
                        .actor = spend->actor,
                        .at = spend->at};
    if (!problem)
        problem = flow_begin(&move);
    return problem
               ? problem
               : flow_remind(db, memory, &spend_flow, spend->id.value, SPEND_LAPSE, spend->until);
}

const struct problem *spend_reserve(struct store *store, struct memory *memory,
                                    struct spend_row *spend)
{
    const struct spend_row asked = *spend;
    struct reserving reserving = {.asked = &asked};
    const struct problem *problem = store_write(store, memory, reserve, &reserving);
    if (!problem)
        *spend = reserving.spend;
    return problem;
}

/* ---- used, let go, given back ----------------------------------------------------------------- */

const struct problem *spend_find(struct database *db, struct memory *memory,
                                 struct party_id business, struct spend_id id,
                                 struct spend_row *out)
{
    const struct problem *problem = spend_by_id(db, memory, id, out);
    return problem || out->business.value == business.value ? problem : &not_found;
}

static const struct problem *find(struct database *db, struct memory *memory,
                                  struct spending *spending)
{
    const struct problem *problem =
        spend_find(db, memory, spending->business, spending->id, &spending->spend);
    return problem ? problem : spend_back(db, memory, &spending->spend, &spending->back_minor);
}

static const struct problem *move_on(struct database *db, struct memory *memory,
                                     struct spending *spending, enum spend_event event)
{
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &spend_flow,
                        .subject = spending->id.value,
                        .event = (int)event,
                        .by = BY_BUYER,
                        .actor = spending->actor,
                        .at = spending->at,
                        .note = text_of(""),
                        .context = spending};
    const struct problem *problem = flow_move(&move);
    return problem ? problem : find(db, memory, spending);
}

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct spending *spending = context;
    const struct problem *problem = find(db, memory, spending);
    if (problem)
        return problem;
    if (spending->spend.state == SPEND_TAKEN)
        return spending->spend.used_minor == spending->units ? NULL : &spend_differs;
    return move_on(db, memory, spending, SPEND_TAKE);
}

static const struct problem *release(struct database *db, struct memory *memory, void *context)
{
    struct spending *spending = context;
    const struct problem *problem = find(db, memory, spending);
    if (problem || spending->spend.state == SPEND_RELEASED)
        return problem;
    return move_on(db, memory, spending, SPEND_RELEASE);
}

static const struct problem *give_back(struct database *db, struct memory *memory, void *context)
{
    struct spending *spending = context;
    const struct problem *problem = find(db, memory, spending);
    if (!problem && spending->spend.state != SPEND_TAKEN)
        problem = &flow_no_such_move;
    if (!problem && spending->units > spending->spend.used_minor)
        problem = &ledger_more_than_left;
    if (problem || spending->units <= spending->back_minor)
        return problem;
    struct reward_act act =
        act_of(spending, REWARD_RETURNED, spending->units - spending->back_minor);
    struct ledger_reversal reversal = {.posting = spending->spend.posting,
                                       .amount = act.units,
                                       .template = text_of("promise.returned"),
                                       .at = spending->at};
    act.use = (struct maybe_posting_id){true, spending->spend.posting};
    problem = ledger_reverse(db, memory, &reversal, &act.posting);
    if (!problem)
        problem = reward_keep(db, memory, &act);
    return problem ? problem : find(db, memory, spending);
}

const struct problem *spend_take(struct store *store, struct memory *memory,
                                 struct spending *spending)
{
    return store_write(store, memory, take, spending);
}

const struct problem *spend_release(struct store *store, struct memory *memory,
                                    struct spending *spending)
{
    return store_write(store, memory, release, spending);
}

const struct problem *spend_give_back(struct store *store, struct memory *memory,
                                      struct spending *spending)
{
    return store_write(store, memory, give_back, spending);
}

const struct problem *spend_back(struct database *db, struct memory *memory,
                                 const struct spend_row *spend, int64_t *out)
{
    struct money left;
    *out = 0;
    if (spend->state != SPEND_TAKEN)
        return NULL;
    const struct problem *problem = ledger_left(db, memory, spend->posting, &left);
    if (!problem)
        *out = spend->used_minor - left.minor;
    return problem;
}

/* ---- an order is off -------------------------------------------------------------------------- */

/* Whose key or file told of it is the event's; a hook of a shop has none, then it is who reserved them. */
static const struct problem *undo(struct database *db, struct memory *memory,
                                  const struct event *event, const struct spend_row *spend)
{
    struct spending spending = {.id = spend->id,
                                .business = spend->business,
                                .actor = event->party.value ? event->party : spend->actor,
                                .units = spend->used_minor,
                                .note = text_of(""),
                                .at = event->at};
    return spend->state == SPEND_TAKEN ? give_back(db, memory, &spending)
                                       : release(db, memory, &spending);
}

static const struct problem *take_cancelled(struct database *db, struct memory *memory,
                                            const struct event *event)
{
    struct spend_row_list spends;
    const struct problem *problem =
        spends_of_cancelled(db, memory, (struct order_id){event->subject}, &spends);
    for (size_t i = 0; !problem && i < spends.count; i++)
        problem = undo(db, memory, event, &spends.items[i]);
    return problem;
}

/* A file or a shop that tells all of an order anew says that it was changed: so all events of orders. */
const struct consumer spend_cancelled = {"core.checkout.cancelled", "core.order.", take_cancelled};

/* ---- the audit -------------------------------------------------------------------------------- */

static const struct problem *check_spends(struct audit_voice *voice, struct database *db,
                                          struct memory *page, int64_t *after, size_t *count)
{
    struct spend_audit_row_list rows = {NULL, 0};
    const struct problem *problem = spend_audit_rows(db, page, (struct spend_id){*after}, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct spend_audit_row *row = &rows.items[i];
        int64_t held = row->state == SPEND_HELD ? row->units_minor : 0;
        audit_compare(voice, "spn", row->id.value, "units it reserves", held, row->held_minor);
        audit_compare(voice, "spn", row->id.value, "units it used", row->used_minor,
                      row->booked_minor);
        *after = row->id.value;
    }
    return problem;
}

const struct problem *checkout_audit(struct database *db, struct memory *memory,
                                     const struct ledger_audit_listener *listener,
                                     int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_spends};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
