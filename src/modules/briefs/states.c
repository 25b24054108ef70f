/*
 * The two state machines of briefs: a brief, and an answer to it.
 *
 * The tables are the truth: README.md's diagrams are checked against them, and a generated test walks
 * every state with every event. A brief closes at its own deadline and an answer lapses some time after
 * it, so that both have reminders instead of limits. Guards and effects are in publish.c, choose.c and
 * accept.c.
 */
#include "modules/briefs/states.h"

static const struct flow_move brief_moves[] = {
    {BRIEF_OPEN, BRIEF_CLOSE, BY_BUYER | BY_TIMER, NULL, NULL, BRIEF_CLOSED},
    {BRIEF_OPEN, BRIEF_FILL, BY_BUYER, briefs_guard_filled, NULL, BRIEF_FULL},
    {BRIEF_CLOSED, BRIEF_FILL, BY_BUYER, briefs_guard_filled, NULL, BRIEF_FULL},
};

const struct flow briefs_brief_flow = {
    .name = "briefs.brief",
    .states = &briefs_brief_state_words,
    .events = &briefs_brief_event_words,
    .moves = brief_moves,
    .count = sizeof brief_moves / sizeof brief_moves[0],
    .first = BRIEF_OPEN,
    .table = &core_call_table,
};

static const struct flow_move offer_moves[] = {
    {ANSWER_OFFERED, ANSWER_SHORTLIST, BY_BUYER, NULL, NULL, ANSWER_SHORTLISTED},
    {ANSWER_OFFERED, ANSWER_ACCEPT, BY_BUYER, briefs_guard_room, briefs_effect_accept,
     ANSWER_ACCEPTED},
    {ANSWER_OFFERED, ANSWER_THANK, BY_BUYER, briefs_guard_reason, briefs_effect_thank,
     ANSWER_THANKED},
    {ANSWER_OFFERED, ANSWER_WITHDRAW, BY_SUPPLIER, NULL, NULL, ANSWER_WITHDRAWN},
    {ANSWER_OFFERED, ANSWER_LAPSE, BY_TIMER, NULL, NULL, ANSWER_LAPSED},
    {ANSWER_SHORTLISTED, ANSWER_RETURN, BY_BUYER, NULL, NULL, ANSWER_OFFERED},
    {ANSWER_SHORTLISTED, ANSWER_ACCEPT, BY_BUYER, briefs_guard_room, briefs_effect_accept,
     ANSWER_ACCEPTED},
    {ANSWER_SHORTLISTED, ANSWER_THANK, BY_BUYER, briefs_guard_reason, briefs_effect_thank,
     ANSWER_THANKED},
    {ANSWER_SHORTLISTED, ANSWER_WITHDRAW, BY_SUPPLIER, NULL, NULL, ANSWER_WITHDRAWN},
    {ANSWER_SHORTLISTED, ANSWER_LAPSE, BY_TIMER, NULL, NULL, ANSWER_LAPSED},
};

const struct flow briefs_offer_flow = {
    .name = "briefs.offer",
    .states = &briefs_offer_state_words,
    .events = &briefs_offer_event_words,
    .moves = offer_moves,
    .count = sizeof offer_moves / sizeof offer_moves[0],
    .first = ANSWER_OFFERED,
    .table = &core_deal_table,
};
