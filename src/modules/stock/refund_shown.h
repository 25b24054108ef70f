/*
 * Transfers behind a sum, and money of a licence that came back, as all three sides see them.
 *
 * Must not know: who reads it. Read next: refund_shown.c, me_why.c, desk_licences.c.
 */
#ifndef CONTRAFLOW_STOCK_REFUND_SHOWN_H
#define CONTRAFLOW_STOCK_REFUND_SHOWN_H

#include "modules/stock/stock.h"
#include "web/request.h"

struct stock_leg {         /* shape: A transfer behind a sum */
    struct transfer_id id; /* Names it */
    struct text from;      /* Where it came from, in the reader's language */
    struct text to;        /* Where it went */
    struct money amount;   /* How much */
    struct instant at;     /* When */
};
LIST_OF(stock_leg);
struct stock_refund_shown {     /* shape: Money of a licence that came back */
    struct stock_refund_id id;  /* Names it */
    struct money amount;        /* Of what was paid, back in the wallet of the business */
    struct money earned;        /* What its author gave back of it */
    struct money rest;          /* What the intermediary gave back of it */
    struct text reason;         /* Why, as both sides read it */
    bool ends;                  /* The licence ended with it */
    struct posting_id posting;  /* Names the transfers together */
    struct stock_leg_list legs; /* The transfers, in their order */
    struct text person_name;    /* for operator: Who decided */
    struct instant at;          /* When */
};
LIST_OF(stock_refund_shown);

/* The two sides of a licence. */
struct stock_sides {
    struct party_id author, holder;
    struct text author_name, holder_name;
};

/* The transfers of a posting in their order. */
const struct problem *stock_legs_of(struct request *request, const struct stock_sides *sides,
                                    struct posting_id posting, struct stock_leg_list *out);
/* The refunds of a licence, oldest first. */
const struct problem *stock_refunds_shown(struct request *request, const struct stock_sides *sides,
                                          struct stock_licence_id licence,
                                          struct stock_refund_shown_list *out);

#endif
