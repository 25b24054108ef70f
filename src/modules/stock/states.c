/*
 * The two state machines of the stock: a photograph, and the talk about a licence.
 *
 * The tables are the truth: README.md's diagram is checked against them, and a generated test walks
 * every state with every event. Guards and effects are in evaluate.c, sale.c and refund.c.
 */
#include "modules/stock/states.h"

#include "modules/stock/queries.h"

static const struct flow_move photo_moves[] = {
    {PHOTO_DRAFT, PHOTO_SUBMIT, BY_SUPPLIER, stock_guard_described, NULL, PHOTO_WAITING},
    {PHOTO_DRAFT, PHOTO_WITHDRAW, BY_SUPPLIER, NULL, NULL, PHOTO_WITHDRAWN},
    {PHOTO_WAITING, PHOTO_ACCEPT, BY_OPERATOR, NULL, stock_effect_accept, PHOTO_ACCEPTED},
    {PHOTO_WAITING, PHOTO_REFUSE, BY_OPERATOR, stock_guard_reason, stock_effect_refuse,
     PHOTO_REFUSED},
    {PHOTO_WAITING, PHOTO_WITHDRAW, BY_SUPPLIER, NULL, NULL, PHOTO_WITHDRAWN},
    {PHOTO_REFUSED, PHOTO_IMPROVE, BY_SUPPLIER, stock_guard_described, NULL, PHOTO_WAITING},
    {PHOTO_REFUSED, PHOTO_APPEAL, BY_SUPPLIER, stock_guard_appeal, NULL, PHOTO_APPEALED},
    {PHOTO_REFUSED, PHOTO_WITHDRAW, BY_SUPPLIER, NULL, NULL, PHOTO_WITHDRAWN},
    {PHOTO_APPEALED, PHOTO_ACCEPT, BY_OPERATOR, stock_guard_other_reviewer, stock_effect_accept,
     PHOTO_ACCEPTED},
    {PHOTO_APPEALED, PHOTO_REFUSE, BY_OPERATOR, stock_guard_other_reviewer, stock_effect_refuse,
     PHOTO_CLOSED},
    {PHOTO_ACCEPTED, PHOTO_WITHDRAW, BY_SUPPLIER | BY_OPERATOR, NULL, stock_effect_hide,
     PHOTO_WITHDRAWN},
    {PHOTO_ACCEPTED, PHOTO_SELL, BY_SUPPLIER | BY_BUYER, NULL, stock_effect_hide, PHOTO_SOLD},
    {PHOTO_SOLD, PHOTO_RETURN, BY_OPERATOR, stock_guard_returned, NULL, PHOTO_WITHDRAWN},
    {PHOTO_WITHDRAWN, PHOTO_RESTORE, BY_SUPPLIER, stock_guard_described, NULL, PHOTO_WAITING},
};

const struct flow stock_photo_flow = {
    .name = "stock.photo",
    .states = &stock_photo_state_words,
    .events = &stock_photo_event_words,
    .moves = photo_moves,
    .count = sizeof photo_moves / sizeof photo_moves[0],
    .first = PHOTO_DRAFT,
    .table = &stock_photo_table,
};

static const struct flow_move deal_moves[] = {
    {DEAL_BEGUN, DEAL_BUY, BY_BUYER, stock_guard_list_price, stock_effect_license, DEAL_LICENSED},
    {DEAL_BEGUN, DEAL_ACCEPT, BY_BUYER, stock_guard_for_sale, stock_effect_license, DEAL_LICENSED},
    {DEAL_BEGUN, DEAL_OFFER, BY_BUYER, stock_guard_for_sale, stock_effect_hold, DEAL_OFFERED},
    {DEAL_OFFERED, DEAL_ACCEPT, BY_SUPPLIER, stock_guard_for_sale, stock_effect_license,
     DEAL_LICENSED},
    {DEAL_OFFERED, DEAL_COUNTER, BY_SUPPLIER, stock_guard_for_sale, stock_effect_free,
     DEAL_COUNTERED},
    {DEAL_OFFERED, DEAL_DECLINE, BY_SUPPLIER | BY_BUYER, NULL, stock_effect_free, DEAL_DECLINED},
    {DEAL_OFFERED, DEAL_LAPSE, BY_TIMER, NULL, stock_effect_free, DEAL_LAPSED},
    {DEAL_COUNTERED, DEAL_ACCEPT, BY_BUYER, stock_guard_for_sale, stock_effect_license,
     DEAL_LICENSED},
    {DEAL_COUNTERED, DEAL_OFFER, BY_BUYER, stock_guard_for_sale, stock_effect_hold, DEAL_OFFERED},
    {DEAL_COUNTERED, DEAL_DECLINE, BY_SUPPLIER | BY_BUYER, NULL, NULL, DEAL_DECLINED},
    {DEAL_COUNTERED, DEAL_LAPSE, BY_TIMER, NULL, NULL, DEAL_LAPSED},
    {DEAL_LICENSED, DEAL_REFUND, BY_OPERATOR, stock_guard_refund, stock_effect_refund,
     DEAL_REFUNDED},
    {DEAL_LICENSED, DEAL_REDUCE, BY_OPERATOR, stock_guard_refund, stock_effect_refund,
     DEAL_LICENSED},
};

static const struct flow_limit deal_limits[] = {
    {DEAL_OFFERED, STOCK_ANSWER_WITHIN, DEAL_LAPSE},
    {DEAL_COUNTERED, STOCK_ANSWER_WITHIN, DEAL_LAPSE},
};

const struct flow stock_deal_flow = {
    .name = "stock.deal",
    .states = &stock_deal_state_words,
    .events = &stock_deal_event_words,
    .moves = deal_moves,
    .count = sizeof deal_moves / sizeof deal_moves[0],
    .limits = deal_limits,
    .limit_count = sizeof deal_limits / sizeof deal_limits[0],
    .first = DEAL_BEGUN,
    .table = &core_deal_table,
};
