/*
 * Money of a licence that comes back, in full or part, and what ends with it.
 *
 * The ledger turns the sale's transfers round, so each side gives back what it got; who was paid out
 * already owes it. Must not know: pages, how a sale is shared out. Read next: states.c, ledger/ledger.h.
 */
#include "modules/stock/refund.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/event.h"
#include "ledger/queries.h"
#include "modules/stock/queries.h"
#include "modules/stock/refund_queries.h"
#include "modules/stock/states.h"

const struct problem stock_refund_unsaid = {"stock.refund_unsaid", 422, FAULT_CLIENT, false};

/* ---- guards ---- */

const struct problem *stock_guard_refund(struct move *move)
{
    const struct stock_taking *taking = move->context;
    struct money left;
    if (text_empty(text_trim(move->note)))
        return &stock_refund_unsaid;
    const struct problem *problem =
        ledger_left(move->db, move->memory, taking->licence.posting, &left);
    if (problem)
        return problem;
    if (!currency_equal(taking->amount.currency, left.currency))
        return &ledger_wrong_currency;
    if (taking->amount.minor > left.minor)
        return &ledger_more_than_left;
    /* A refund leaves nothing, a reduction leaves something. */
    bool all = taking->amount.minor == left.minor;
    return all == (move->event == DEAL_REFUND) ? NULL : &flow_no_such_move;
}

const struct problem *stock_guard_returned(struct move *move)
{
    struct stock_photo_row photo;
    struct stock_photo_id id = {move->subject};
    const struct problem *problem = stock_photo_by_id(move->db, move->memory, id, &photo);
    if (problem)
        return problem;
    const struct right own = {
        .kind = RIGHT_LICENCE,
        .grantor = photo.author,
        .subject = photo.id.value,
        .begins = move->at,
    };
    return right_check(move->db, move->memory, &own);
}

/* ---- effect ---- */

/* What left the author's earnings with a posting, less what came into them. */
static const struct problem *taken_from(struct move *move, struct posting_id posting,
                                        struct party_id author, int64_t *out)
{
    struct ledger_leg_list legs;
    const struct problem *problem = ledger_legs(move->db, move->memory, posting, &legs);
    *out = 0;
    for (size_t i = 0; !problem && i < legs.count; i++) {
        const struct ledger_leg *leg = &legs.items[i];
        if (leg->from_purpose == ACCOUNT_EARNINGS && leg->from_party.value == author.value)
            *out += leg->amount.minor;
        if (leg->to_purpose == ACCOUNT_EARNINGS && leg->to_party.value == author.value)
            *out -= leg->amount.minor;
    }
    return problem;
}

static const struct problem *note_refund(struct move *move, struct stock_taking *taking,
                                         struct posting_id posting, int64_t earned)
{
    bool ends = move->event == DEAL_REFUND;
    struct stock_refund_row refund = {
        .id = {id_new()},
        .licence = taking->licence.id,
        .posting = posting,
        .amount = taking->amount,
        .earned_minor = earned,
        .reason = move->note,
        .person = move->actor,
        .ends = ends,
        .at = move->at,
    };
    taking->refund = refund.id;
    const struct problem *problem = stock_refund_insert(move->db, move->memory, &refund);
    if (!problem)
        problem = stock_licence_given_back(move->db, move->memory, taking->licence.id,
                                           taking->amount.minor, earned,
                                           ends ? move->at : (struct instant){0});
    /* Mails follow this one: it names the refund, of which a deal may have many. */
    if (!problem)
        problem = event_emit(move->db, move->memory, "stock.refund.made", refund.id.value,
                             move->actor, move->note, move->at);
    return problem;
}

static const struct problem *end_licence(struct move *move, const struct stock_taking *taking)
{
    const struct stock_refund_licence_row *licence = &taking->licence;
    const struct problem *problem = right_end(move->db, move->memory, licence->rights, move->at);
    if (!problem)
        problem = stock_photo_unlicensed(move->db, move->memory, licence->photo);
    if (problem || licence->kind != LICENCE_BUYOUT)
        return problem;
    struct move back = {
        .db = move->db,
        .memory = move->memory,
        .flow = &stock_photo_flow,
        .subject = licence->photo.value,
        .event = PHOTO_RETURN,
        .by = move->by,
        .actor = move->actor,
        .at = move->at,
        .note = move->note,
    };
    return flow_move(&back);
}

const struct problem *stock_effect_refund(struct move *move)
{
    struct stock_taking *taking = move->context;
    const struct ledger_reversal reversal = {
        .posting = taking->licence.posting,
        .amount = taking->amount,
        .template = text_of("stock.refund"),
        .at = move->at,
    };
    struct posting_id posting;
    int64_t earned;
    const struct problem *problem = ledger_reverse(move->db, move->memory, &reversal, &posting);
    if (!problem)
        problem = taken_from(move, posting, taking->licence.author, &earned);
    if (!problem)
        problem = note_refund(move, taking, posting, earned);
    move->price = (struct maybe_money){true, taking->amount};
    if (problem || move->event != DEAL_REFUND)
        return problem;
    return end_licence(move, taking);
}

/* ---- one refund ---- */

/* One stock_refund(). */
struct giving {
    const struct stock_giving_back *asked;
    struct instant at;
    struct stock_refund_id refund; /* filled */
};

/* Whether all comes back or a part is decided here, since less may be left than a page said. */
static const struct problem *give(struct database *db, struct memory *memory, struct giving *giving)
{
    const struct stock_giving_back *asked = giving->asked;
    struct stock_taking taking = {.amount = asked->amount.value};
    struct money left;
    const struct problem *problem =
        stock_refund_licence(db, memory, asked->licence, &taking.licence);
    if (!problem)
        problem = ledger_left(db, memory, taking.licence.posting, &left);
    if (problem)
        return problem;
    if (left.minor == 0)
        return &ledger_nothing_left;
    if (!asked->amount.present)
        taking.amount = left;
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &stock_deal_flow,
        .subject = taking.licence.deal.value,
        .event = taking.amount.minor == left.minor ? DEAL_REFUND : DEAL_REDUCE,
        .by = BY_OPERATOR,
        .actor = asked->operator_,
        .at = giving->at,
        .note = text_trim(asked->reason),
        .context = &taking,
    };
    problem = flow_move(&move);
    giving->refund = taking.refund;
    return problem;
}

static const struct problem *give_once(struct database *db, struct memory *memory, void *context)
{
    struct giving *giving = context;
    const struct stock_giving_back *asked = giving->asked;
    struct text print = text_format(
        memory, "stock.refund:%lld:%lld:%.*s", (long long)asked->licence.value,
        asked->amount.present ? (long long)asked->amount.value.minor : 0, TEXT_ARGS(asked->reason));
    int64_t before;
    if (!print.data)
        return &out_of_memory;
    const struct problem *problem =
        ledger_once(db, memory, asked->operator_, asked->once, print, giving->at, &before);
    giving->refund.value = before;
    if (problem || before)
        return problem;
    problem = give(db, memory, giving);
    return problem ? problem
                   : ledger_once_result(db, memory, asked->operator_, asked->once,
                                        giving->refund.value);
}

const struct problem *stock_refund(struct store *store, struct memory *memory,
                                   const struct stock_giving_back *asked, struct instant at,
                                   struct stock_refund_id *out)
{
    struct giving giving = {.asked = asked, .at = at};
    ensure(!asked->amount.present || asked->amount.value.minor > 0);
    const struct problem *problem = store_write(store, memory, give_once, &giving);
    if (!problem)
        *out = giving.refund;
    return problem;
}
