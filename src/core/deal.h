/*
 * Deals: what participants agree on, moving through their module's flow; calls that many deals
 * answer.
 */
#ifndef CONTRAFLOW_CORE_DEAL_H
#define CONTRAFLOW_CORE_DEAL_H

#include "core/flow.h"

struct deal_id { /* shape id del: What participants agree on */
    int64_t value;
};
struct call_id { /* shape id cal: What a business asks for */
    int64_t value;
};
MAYBE(deal_id);
MAYBE(call_id);

enum participant_role { /* shape: In which quality a party takes part in a deal */
                        PARTICIPANT_SUPPLIER = 1, /* supplier: Gives the thing and is paid */
                        PARTICIPANT_BUYER,        /* buyer: Receives the thing and pays */
};

struct deal_row {              /* shape: A deal as stored */
    struct deal_id id;         /* Names it */
    struct text flow;          /* Name of its flow */
    struct text state;         /* Word of its state */
    int64_t subject;           /* What it is about */
    struct maybe_call_id call; /* The call it answers */
    struct money price;        /* As last named */
    struct party_id supplier;  /* Who gives and is paid */
    struct party_id buyer;     /* Who receives and pays */
    struct instant at;         /* Begun */
    struct instant moved;      /* Last changed */
};
LIST_OF(deal_row);

/* Begins a deal in its flow's first state with one supplier and one buyer: deal, participants,
 * history, timers, event. move->flow, actor, by, at, note and context are the caller's; move->subject
 * is set to the new deal's id and move->price to its price, so that a first flow_move() with it names
 * that, too. Inside a write. */
const struct problem *deal_begin(struct move *move, int64_t subject, struct maybe_call_id call,
                                 struct money price, struct party_id supplier,
                                 struct party_id buyer, struct deal_id *out);
const struct problem *deal_find(struct database *db, struct memory *memory, struct deal_id id,
                                struct deal_row *out);
/* The move names another price for its deal. Inside a write, from an effect. */
const struct problem *deal_price(struct move *move, struct money price);

/* flow->table of every flow whose subject is a deal. */
extern const struct state_table core_deal_table;

#endif
