/*
 * What businesses' own programs are told of licences: the talk as GET /api/v1/biz/deals lists it, the
 * licence as GET /api/v1/biz/licences does.
 *
 * Must not know: how messages are delivered. Read next: core/hooks/hooks.h, talk_shown.c.
 */
#include "modules/stock/hooks.h"

#include "core/deal.h"
#include "modules/stock/biz.shapes.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/talk_queries.h"
#include "modules/stock/talk_shown.shapes.h"

static const struct problem *tell_talk(struct database *db, struct memory *memory,
                                       const struct event *event, struct hook_said *out)
{
    struct deal_row deal;
    struct stock_talk_row row;
    struct stock_talk *talk = memory_take(memory, sizeof *talk);
    const struct problem *problem = talk ? NULL : &out_of_memory;
    if (!problem)
        problem = deal_find(db, memory, (struct deal_id){event->subject}, &deal);
    if (!problem)
        problem = stock_talk_of(db, memory, deal.id, deal.buyer, &row);
    if (!problem)
        problem = stock_talk_shown(memory, &row, talk);
    *out = (struct hook_said){deal.buyer, talk};
    return problem;
}

static const struct problem *tell_licence(struct database *db, struct memory *memory,
                                          const struct event *event, struct hook_said *out)
{
    struct deal_row deal;
    struct stock_biz_licence_row row;
    struct stock_biz_licence_list licences;
    struct stock_biz_licence_row_list rows = {&row, 1};
    struct deal_id id = {event->subject};
    const struct problem *problem = deal_find(db, memory, id, &deal);
    if (!problem)
        problem = stock_biz_licence_of_deal(db, memory, id, &row);
    if (!problem)
        problem = stock_biz_licences_of(memory, &rows, 1, &licences);
    if (!problem)
        *out = (struct hook_said){deal.buyer, licences.items};
    return problem;
}

const struct hook_kind stock_hooks[STOCK_HOOKS] = {
    {"deal.offered", "stock.deal.offer", &stock_talk_shape, tell_talk},
    {"deal.countered", "stock.deal.counter", &stock_talk_shape, tell_talk},
    {"deal.accepted", "stock.deal.accept", &stock_talk_shape, tell_talk},
    {"deal.declined", "stock.deal.decline", &stock_talk_shape, tell_talk},
    {"deal.lapsed", "stock.deal.lapse", &stock_talk_shape, tell_talk},
    {"licence.granted", "stock.deal.buy", &stock_biz_licence_shape, tell_licence},
    {"licence.granted", "stock.deal.accept", &stock_biz_licence_shape, tell_licence},
    {"licence.refunded", "stock.deal.refund", &stock_biz_licence_shape, tell_licence},
    {"licence.refunded", "stock.deal.reduce", &stock_biz_licence_shape, tell_licence},
};
