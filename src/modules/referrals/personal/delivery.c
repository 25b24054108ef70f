/*
 * Fees that a post releases.
 *
 * Must not know: HTTP. Read next: personal.c for the fee, delivery_queries.sql.
 */
#include "modules/referrals/personal/delivery.h"

#include "modules/referrals/personal/delivery_queries.h"
#include "modules/referrals/personal/delivery_rows.h"
#include "modules/referrals/personal/queries.h"
#include "modules/referrals/personal/rows.h"

const struct problem *personal_delivery(struct database *db, struct memory *memory,
                                        struct deal_id deal, struct personal_delivery *out)
{
    struct delivery_row row;
    const struct problem *problem = delivery_of(db, memory, deal, &row);
    *out = (struct personal_delivery){.on_post = false};
    if (problem)
        return problem == &not_found ? NULL : problem;
    *out = (struct personal_delivery){true, row.until, row.post.value > 0};
    return NULL;
}

const struct problem *personal_delivery_begin(struct database *db, struct memory *memory,
                                              struct deal_id deal,
                                              struct referrals_partner_id partner)
{
    const struct delivery_row row = {.deal = deal, .partner = partner};
    return delivery_insert(db, memory, &row);
}

const struct problem *personal_delivery_agree(const struct move *move,
                                              const struct personal_row *offer)
{
    struct hold_id hold;
    struct instant until = instant_add(move->at, PERSONAL_POST_DAYS * DAY);
    const struct problem *problem =
        ledger_hold(move->db, move->memory, offer->buyer, ACCOUNT_WALLET, offer->price,
                    offer->deal.value, move->at, until, &hold);
    return problem ? problem : delivery_agree(move->db, move->memory, offer->deal, hold, until);
}

const struct problem *personal_delivery_waits(struct database *db, struct memory *memory,
                                              struct referrals_partner_id partner,
                                              struct instant at, struct instant *until,
                                              struct money *fee)
{
    struct delivery_row row;
    struct personal_row offer;
    const struct problem *problem = delivery_due(db, memory, partner, at, &row);
    *until = (struct instant){0};
    if (!problem)
        problem = personal_by_id(db, memory, row.deal, &offer);
    if (problem)
        return problem == &not_found ? NULL : problem;
    *until = row.until;
    *fee = offer.price;
    return NULL;
}

const struct problem *personal_deliver(struct database *db, struct memory *memory,
                                       struct referrals_partner_id partner, struct post_id post,
                                       struct instant at, bool *paid)
{
    struct delivery_row row;
    struct personal_row offer;
    const struct problem *problem = delivery_by(db, memory, partner, post, &row);
    *paid = !problem;
    if (problem == &not_found)
        problem = delivery_due(db, memory, partner, at, &row);
    if (!problem && !*paid)
        problem = personal_by_id(db, memory, row.deal, &offer);
    if (problem || *paid)
        return problem == &not_found ? NULL : problem;
    problem = personal_pay(db, memory, &offer, row.hold, at);
    *paid = !problem;
    return problem ? problem : delivery_done(db, memory, row.deal, post);
}
