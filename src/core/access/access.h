/*
 * Early access to what a business opens to some people first: shops ask for it, people see what they have.
 *
 * A shop learns yes, not yet or no for a name that it knows already, and of nobody more. Must not know: how access
 * comes to be. Read next: core/access/access.c, core/program/access.h.
 */
#ifndef CONTRAFLOW_CORE_ACCESS_ACCESS_H
#define CONTRAFLOW_CORE_ACCESS_ACCESS_H

#include "core/program/access.h"
#include "core/shop/shop.h"
#include "web/request.h"

struct module;

struct access_mail {  /* shape: An address that somebody has confirmed */
    struct text mail; /* In lower case */
};
struct access_holder {     /* shape: Who a customer of a business is */
    struct party_id party; /* Whose account it is; 0: none is known */
    struct text mail;      /* Mark of their address; empty: not known */
};
struct access_query { /* shape: Who may, and what; one of mail, customer, known_as and person */
    struct text name; /* 1..80: What the rules of the program call it */
    struct maybe_text mail;            /* ..254, mail: Address of the customer */
    struct maybe_text customer;        /* 1..100: The shop's own number of the customer */
    struct maybe_customer_id known_as; /* Our id of the customer */
    struct maybe_party_id person;      /* Our id of the person */
};
enum access_answer {                 /* shape: Whether somebody may */
                     ACCESS_NO = 1,  /* no: There is none, or it is over */
                     ACCESS_NOT_YET, /* not_yet: It begins later */
                     ACCESS_YES,     /* yes: They may */
};
struct access_told {            /* shape: Whether somebody may see something early */
    enum access_answer access;  /* Whether they may now */
    struct maybe_instant from;  /* Since when, or from then on; absent: no */
    struct maybe_instant until; /* Over then; absent: no */
};
struct accesses_query { /* shape: What a person may see early */
    bool unused;        /* none: C wants a member */
};
struct accesses_view {                 /* shape: What a person may see early */
    struct access_shown_list accesses; /* ..50: The newest first */
    struct instant now;                /* Those that begin later are not open yet */
};

const struct problem *core_access_ask(struct request *request, const struct access_query *query,
                                      struct access_told *view);
const struct problem *core_accesses_show(struct request *request,
                                         const struct accesses_query *query,
                                         struct accesses_view *view);

extern const struct module access_part;

#endif
