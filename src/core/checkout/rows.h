/*
 * Rows of units at the checkout. Private to core/checkout.
 */
#ifndef CONTRAFLOW_CORE_CHECKOUT_ROWS_H
#define CONTRAFLOW_CORE_CHECKOUT_ROWS_H

#include "core/checkout/spend.h"
#include "core/shop/shop.h"

struct spend_line_row {        /* shape: Units that pay a part of an order, with whose they are */
    struct spend_id id;        /* Names it */
    struct party_id business;  /* At whose checkout */
    struct party_id party;     /* Whose units */
    struct party_id actor;     /* Who of the business reserved them */
    struct text number;        /* The shop's own number of the order */
    enum spend_state state;    /* Where it stands */
    struct money units;        /* Reserved at first */
    struct money price;        /* Of which they pay a part */
    struct money paid;         /* What all of them pay */
    struct hold_id hold;       /* What reserves them */
    struct posting_id posting; /* By which they were used */
    int64_t used_minor;        /* Units that were used */
    struct instant at;         /* Reserved */
    struct instant until;      /* Let go then */
    struct text name;          /* How the person is called */
    int64_t back_minor;        /* Units given back in all */
};
LIST_OF(spend_line_row);
struct checkout_account {  /* shape: Units of one kind of somebody */
    struct text currency;  /* The unit */
    int64_t balance_minor; /* Units there */
    int64_t held_minor;    /* Of which reserved */
};
LIST_OF(checkout_account);
struct checkout_person {   /* shape: Who a customer is */
    struct party_id party; /* Who */
};
struct spend_audit_row {    /* shape: Units that pay beside the books */
    struct spend_id id;     /* Which */
    enum spend_state state; /* Where it stands */
    int64_t units_minor;    /* Reserved at first */
    int64_t used_minor;     /* Used, as kept */
    int64_t booked_minor;   /* Used, as booked */
    int64_t held_minor;     /* Reserved now */
};
LIST_OF(spend_audit_row);

#endif
