/*
 * Deals as rows; what they mean is their module's flow.
 *
 * Must not know: any particular model. Read next: core/flow.c, modules/stock/states.c.
 */
#include "core/deal.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/deal_queries.h"
#include "core/deal_rows.h"

const struct problem *deal_begin(struct move *move, int64_t subject, struct maybe_call_id call,
                                 struct money price, struct party_id supplier,
                                 struct party_id buyer, struct deal_id *out)
{
    const struct flow *flow = move->flow;
    struct deal_row deal = {
        .id = {id_new()},
        .flow = text_of(flow->name),
        .state = text_of(words_name(flow->states, flow->first)),
        .subject = subject,
        .call = call,
        .price = price,
        .supplier = supplier,
        .buyer = buyer,
        .at = move->at,
        .moved = move->at,
    };
    const struct problem *problem = deal_insert(move->db, move->memory, &deal);
    if (problem)
        return problem;
    move->subject = deal.id.value;
    move->price = (struct maybe_money){true, price};
    problem = flow_begin(move);
    if (!problem)
        *out = deal.id;
    return problem;
}

const struct problem *deal_find(struct database *db, struct memory *memory, struct deal_id id,
                                struct deal_row *out)
{
    return deal_by_id(db, memory, id, out);
}

const struct problem *deal_price(struct move *move, struct money price)
{
    struct deal_hit hit;
    struct deal_id id = {move->subject};
    move->price = (struct maybe_money){true, price};
    return deal_set_price(move->db, move->memory, id, price, &hit);
}
