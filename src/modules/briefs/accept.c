/*
 * What accepting an answer does: a place of the brief, the money, the licence deal.
 *
 * All of it is inside the write that moves the answer, so that of two members who accept the last
 * wanted place at once one is told, and nobody pays beyond their wallet. Must not know: what is sold;
 * the kind of the thing makes the deal. Read next: core/offering.h.
 */
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

static const struct problem *offer_of(const struct move *move, struct briefs_offer_row *out)
{
    struct deal_id id = {move->subject};
    return briefs_offer_by_id(move->db, move->memory, id, out);
}

const struct problem *briefs_guard_room(struct move *move)
{
    struct briefs_offer_row offer;
    struct briefs_brief_row brief;
    const struct problem *problem = offer_of(move, &offer);
    if (!problem)
        problem = briefs_brief_by_id(move->db, move->memory, offer.brief, &brief);
    return problem ? problem : briefs_may_accept(&brief, offer.price);
}

/* Pays with money set aside, through whoever keeps such things. */
static const struct problem *sell(struct move *move, const struct briefs_offer_row *offer)
{
    const struct offering_kind *kind = offering_named("photo");
    if (!kind)
        return &briefs_not_available;
    struct offering_sale sale = {
        .subject = offer->subject,
        .buyer = offer->buyer,
        .person = move->actor,
        .price = offer->price,
        .fees = offer->fees,
        .call = {true, offer->brief},
        .at = move->at,
    };
    struct money pays;
    const struct problem *problem = kind->pays(move->memory, offer->fees, offer->price, &pays);
    if (!problem)
        problem = ledger_hold(move->db, move->memory, offer->buyer, ACCOUNT_WALLET, pays,
                              offer->deal.value, move->at, (struct instant){0}, &sale.hold);
    if (!problem)
        problem = kind->sell(move->db, move->memory, &sale);
    if (!problem)
        problem = briefs_offer_agreed(move->db, move->memory, offer->deal, sale.deal);
    return problem;
}

/* With the last one wanted the brief is full. */
static const struct problem *fill(const struct move *move, struct call_id brief)
{
    struct move fill = {
        .db = move->db,
        .memory = move->memory,
        .flow = &briefs_brief_flow,
        .subject = brief.value,
        .event = BRIEF_FILL,
        .by = move->by,
        .actor = move->actor,
        .at = move->at,
    };
    return flow_move(&fill);
}

const struct problem *briefs_effect_accept(struct move *move)
{
    struct briefs_offer_row offer;
    struct briefs_places places;
    const struct problem *problem = offer_of(move, &offer);
    if (problem)
        return problem;
    problem = briefs_brief_take(move->db, move->memory, offer.brief, &places);
    if (problem)
        return problem == &not_found ? &briefs_full : problem;
    problem = sell(move, &offer);
    if (!problem && places.accepted == places.wanted)
        problem = fill(move, offer.brief);
    return problem;
}
