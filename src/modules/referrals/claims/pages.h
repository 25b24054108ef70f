/*
 * Pages of claims: what comes in, what they show, and their handlers.
 *
 * Read next: pages.c, claim.h.
 */
#ifndef CONTRAFLOW_REFERRALS_CLAIMS_PAGES_H
#define CONTRAFLOW_REFERRALS_CLAIMS_PAGES_H

#include "modules/referrals/claims/claim.h"
#include "web/route.h"

enum claim_state {                 /* shape: Whether somebody can be named */
                   CLAIM_OPEN = 1, /* open: The buyer may say who sent them */
                   CLAIM_SAID,     /* said: The buyer has said it */
                   CLAIM_NEEDLESS, /* needless: A link or code told it */
                   CLAIM_LATE,     /* late: The days for it are over */
                   CLAIM_OFF,      /* off: The order is off */
                   CLAIM_UNASKED,  /* unasked: The business asks nobody */
};
struct claim_link_query { /* shape: Which order, for who has its link */
    struct text link;     /* 1..200: The last part of the address */
};
struct claim_page {             /* shape: Whether an order's buyer can still say who sent them */
    struct text link;           /* The last part of the address */
    struct text business;       /* Who sold */
    struct text number;         /* The shop's own number of the order */
    struct instant placed;      /* When it was ordered */
    enum claim_state state;     /* Whether somebody can be named */
    int64_t days;               /* So long it can be said */
    struct maybe_instant until; /* Until then */
    struct maybe_text code;     /* What was said */
    struct maybe_text why;      /* What came of it, in the reader's language */
};
struct claim_input {  /* shape: Who sent a buyer */
    struct text link; /* 1..200: The last part of the address */
    struct text code; /* 1..300: Their code, or the address of their link */
};
struct claim_order_query { /* shape: Which order of the business */
    struct order_id order; /* Names it */
};
struct claim_address {          /* shape: Where an order's buyer may say who sent them */
    struct text address;        /* url: Put it on the confirmation of the order */
    struct maybe_instant until; /* It is of use until then; absent: the business asks nobody */
};
struct claim_mine {        /* shape: An order of the reader that counts for nobody */
    struct text link;      /* The last part of the address where it is said */
    struct text business;  /* Who sold */
    struct text number;    /* The shop's own number */
    struct instant placed; /* When it was ordered */
    struct instant until;  /* It can be said until then */
};
LIST_OF(claim_mine);
struct claims_mine {               /* shape: Orders of the reader that count for nobody */
    struct claim_mine_list orders; /* At most 50, the newest first */
    bool confirmed;                /* The reader showed that their mail address is theirs */
};

const struct problem *referrals_claim_show(struct request *request,
                                           const struct claim_link_query *input,
                                           struct claim_page *view);
const struct problem *referrals_claim_make(struct request *request, const struct claim_input *input,
                                           struct nothing *view);
const struct problem *referrals_claim_address_show(struct request *request,
                                                   const struct claim_order_query *input,
                                                   struct claim_address *view);
const struct problem *referrals_claims_show(struct request *request, const struct nothing *input,
                                            struct claims_mine *view);

/* The whole address for an order's confirmation. */
const struct problem *referrals_claim_address(struct memory *memory, struct order_id order,
                                              struct text *out);

extern const struct route_table referrals_claim_routes;

#endif
