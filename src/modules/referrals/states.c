/*
 * The state machine of referrals: somebody who takes part in a program.
 *
 * The table is the truth: README.md's diagram is checked against it, and a generated test walks every state with
 * every event. That of programs is core's (core/program/program.c). Read next: partner.c.
 */
#include "modules/referrals/link.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/partner.shapes.h"
#include "modules/referrals/partner_queries.h"
#include "modules/referrals/referrals.shapes.h"

/* Links of theirs count from now on, or no longer. */
static const struct problem *tell_links(struct move *move)
{
    return referrals_partner_changed(move->db, move->memory,
                                     (struct referrals_partner_id){move->subject}, move->at);
}

static const struct flow_move moves[] = {
    {PARTNER_ASKED, PARTNER_ADMIT, BY_BUYER | BY_TIMER, NULL, tell_links, PARTNER_ACTIVE},
    {PARTNER_ASKED, PARTNER_REFUSE, BY_BUYER, NULL, NULL, PARTNER_REFUSED},
    {PARTNER_ASKED, PARTNER_LEAVE, BY_SUPPLIER, NULL, NULL, PARTNER_LEFT},
    {PARTNER_ACTIVE, PARTNER_PAUSE, BY_BUYER | BY_OPERATOR, NULL, tell_links, PARTNER_PAUSED},
    {PARTNER_ACTIVE, PARTNER_LEAVE, BY_SUPPLIER, NULL, tell_links, PARTNER_LEFT},
    {PARTNER_PAUSED, PARTNER_RESUME, BY_BUYER | BY_OPERATOR, NULL, tell_links, PARTNER_ACTIVE},
    {PARTNER_PAUSED, PARTNER_LEAVE, BY_SUPPLIER, NULL, tell_links, PARTNER_LEFT},
    {PARTNER_LEFT, PARTNER_RETURN, BY_SUPPLIER, NULL, NULL, PARTNER_ASKED},
    {PARTNER_ASKED, PARTNER_INVITE, BY_BUYER, NULL, NULL, PARTNER_INVITED},
    {PARTNER_LEFT, PARTNER_INVITE, BY_BUYER, NULL, NULL, PARTNER_INVITED},
    {PARTNER_INVITED, PARTNER_ACCEPT, BY_SUPPLIER | BY_BUYER, NULL, tell_links, PARTNER_ACTIVE},
    {PARTNER_INVITED, PARTNER_END, BY_SUPPLIER | BY_BUYER | BY_TIMER, NULL, NULL, PARTNER_OVER},
    {PARTNER_OVER, PARTNER_RETURN, BY_SUPPLIER, NULL, NULL, PARTNER_ASKED},
    {PARTNER_OVER, PARTNER_INVITE, BY_BUYER, NULL, NULL, PARTNER_INVITED},
};
const struct flow referrals_partner_flow = {
    .name = "referrals.partner",
    .states = &referrals_partner_state_words,
    .events = &referrals_partner_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PARTNER_ASKED,
    .table = &referrals_partner_table,
};
