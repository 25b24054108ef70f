/*
 * Actions: what customers do besides ordering, under names that rules know; kept once and judged like orders.
 *
 * An action is known by the shop's own number: told again it changes nothing, told otherwise it is refused. What is
 * paid again and again, a subscription say, is told each time under another number; rules count the months since the
 * customer's first action of that name, so that they pay for the first so many or for life. Must not know: HTTP.
 * Read next: action.c, src/modules/referrals/convert.h.
 */
#ifndef CONTRAFLOW_REFERRALS_ACTIONS_ACTION_H
#define CONTRAFLOW_REFERRALS_ACTIONS_ACTION_H

#include "modules/referrals/convert.h"

struct action_id { /* shape id rac: What a customer did besides ordering */
    int64_t value;
};

extern const struct problem referrals_action_differs; /* 409: known with other content */

struct action_told {    /* shape: Something a customer did besides ordering, as a shop tells it */
    struct text number; /* 1..100: The shop's own number of it */
    struct text action; /* 1..100: What it is called, as the program's rules name it */
    struct maybe_instant at;    /* When; now unless said */
    struct maybe_money amount;  /* 0..: What it came to */
    struct maybe_text click;    /* ..100: cf_click of the landing address, as it is */
    struct maybe_text customer; /* 1..100: The shop's own number of the customer */
    struct maybe_text mail;     /* mail: The customer's address; only a mark of it is kept */
    struct maybe_text code;     /* ..40: A code that the customer typed */
};
LIST_OF(action_told);

struct action_taking {
    struct keeping keeping;         /* whose, by whom, when */
    const struct action_told *told; /* what */
    struct text mail;               /* mark of its address, shop_mail_mark(); empty: none */
    struct action_id id;            /* filled */
    bool again;                     /* filled: it was known like this */
    bool click_known;               /* filled: the click is one of a link of the business */
    int64_t partners;               /* filled: who share it, in all programs */
    const struct problem *refused;  /* filled: why it was not taken; NULL: it was */
};
/* Inside a write: keeps an action and judges it for each program of the business. A problem returned is the
 * world's; .refused is the client's, and then nothing was written. */
const struct problem *referrals_action_take(struct database *db, struct memory *memory,
                                            struct action_taking *taking);
/* Inside a write: it came to nothing; what was given for it comes back from every level. The same again changes
 * nothing. &not_found. */
const struct problem *referrals_action_reverse(struct database *db, struct memory *memory,
                                               struct party_id business, struct text number,
                                               struct instant at);

#endif
