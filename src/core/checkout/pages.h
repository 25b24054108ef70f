/*
 * What a shop asks and does at its checkout, and the list of what customers' units pay.
 *
 * Amounts are told twice: as a number of units (of credit minor units) for programs, and in words.
 * Read next: core/checkout/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_CHECKOUT_PAGES_H
#define CONTRAFLOW_CORE_CHECKOUT_PAGES_H

#include "core/checkout/rows.h"
#include "core/reward/pages.h"

struct checkout_query {                /* shape: Whose units; one of these */
    struct maybe_text mail;            /* ..254, mail: The address with which they sign in */
    struct maybe_text customer;        /* 1..100: The shop's own number of the customer */
    struct maybe_customer_id known_as; /* Our id of the customer */
    struct maybe_party_id person;      /* Our id of the person */
};
struct checkout_held {           /* shape: Units of one kind that somebody can pay with */
    enum promise_kind kind;      /* What */
    int64_t units;               /* How many; of credit minor units */
    int64_t reserved;            /* Of these are reserved for orders */
    int64_t free;                /* Can be used */
    struct text amount;          /* The last in words */
    struct maybe_money worth;    /* What these pay */
    int64_t least;               /* Used at once, at least */
    int64_t part;                /* Of a price they pay at most, basis points */
    struct reward_end_list ends; /* ..12: What ends on which day, soonest first */
};
LIST_OF(checkout_held);
struct
    checkout_view { /* shape: What somebody can pay with; the same of whoever has nothing and of nobody */
    struct maybe_party_id person;   /* Who; absent: has nothing here */
    struct checkout_held_list held; /* ..2: Points and credit */
};

struct spend_form {                    /* shape: Units to reserve for an order */
    struct text order;                 /* 1..100: The shop's own number of the order */
    enum promise_kind kind;            /* What: points or credit */
    struct maybe_text mail;            /* ..254, mail: As in checkout_query; one of these four */
    struct maybe_text customer;        /* 1..100: The shop's own number of the customer */
    struct maybe_customer_id known_as; /* Our id of the customer */
    struct maybe_party_id person;      /* Our id of the person */
    struct maybe_integer units;        /* 1..1000000000: How many points */
    struct maybe_money sum;            /* 1..100000000: How much credit */
    struct money price;                /* 1..100000000: Of which they pay a part */
    struct maybe_integer hours;        /* 1..720: Reserved for so long; 24 unless said */
};
struct spend_part_form {        /* shape: All or a part of the units of an order */
    struct spend_id spend;      /* Which */
    struct maybe_integer units; /* 0..1000000000: So many points; all unless said */
    struct maybe_money sum;     /* 0..100000000: So much credit; all unless said */
    struct maybe_text note;     /* ..200: What the person reads with it */
};
struct spend_do {          /* shape: Units of an order to let go */
    struct spend_id spend; /* Which */
};
struct spend_card {               /* shape: Units that pay a part of an order */
    struct spend_id spend;        /* Names it */
    struct text order;            /* The shop's own number of the order */
    struct party_id person;       /* Whose they are */
    struct maybe_text name;       /* How they are called; in lists */
    enum promise_kind kind;       /* What */
    enum spend_state state;       /* Where it stands */
    int64_t units;                /* Reserved at first; of credit minor units */
    struct text amount;           /* The same in words */
    struct money price;           /* Of which they pay a part */
    struct money pays;            /* What all of them pay */
    int64_t used;                 /* Units that were used */
    struct maybe_money paid;      /* What these pay, less what was given back; absent: none were */
    int64_t back;                 /* Units given back in all */
    struct maybe_text back_words; /* The same in words; absent: none */
    struct instant at;            /* Reserved */
    struct instant until;         /* Let go then, unless used before */
};
LIST_OF(spend_card);
struct spends_query {             /* shape: Which to list */
    struct maybe_spend_id before; /* Older than this one */
    struct maybe_text order;      /* ..100: Of this order alone */
};
struct spends_view {               /* shape: Units that pay at a business's checkout */
    struct spend_card_list spends; /* ..20: Newest first */
    struct text order;             /* The order asked for; may be empty */
    bool may;                      /* The reader may let some go */
    struct maybe_text later;       /* url: Older ones */
    bool later_page;               /* Not the first page */
};

const struct problem *core_checkout_show(struct request *request,
                                         const struct checkout_query *query,
                                         struct checkout_view *view);
const struct problem *core_spends_show(struct request *request, const struct spends_query *query,
                                       struct spends_view *view);
const struct problem *core_spend_reserve(struct request *request, const struct spend_form *form,
                                         struct spend_card *view);
const struct problem *core_spend_take(struct request *request, const struct spend_part_form *form,
                                      struct spend_card *view);
const struct problem *core_spend_release(struct request *request, const struct spend_do *form,
                                         struct spend_card *view);
const struct problem *core_spend_return(struct request *request, const struct spend_part_form *form,
                                        struct spend_card *view);

#endif
