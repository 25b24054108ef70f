/*
 * What orders brought a customer before they had an account: seen and taken by whoever has confirmed the mail
 * address with which they were placed.
 *
 * Read next: core/gift/gifts.c, core/program/gift.h.
 */
#ifndef CONTRAFLOW_CORE_GIFT_GIFTS_H
#define CONTRAFLOW_CORE_GIFT_GIFTS_H

#include "web/request.h"

struct module;

struct gift_mail {    /* shape: An address that somebody has confirmed */
    struct text mail; /* In lower case */
};
struct gifts_query { /* shape: What waits for a person */
    bool unused;     /* none: C wants a member */
};
struct gift_card {        /* shape: Something that waits */
    struct text business; /* Who gives it */
    struct text program;  /* By which of its programs */
    struct text amount;   /* Points or credit, in words */
    struct instant at;    /* Since when it waits */
};
LIST_OF(gift_card);
struct gifts_view {              /* shape: What waits for a person's mail address */
    struct gift_card_list gifts; /* ..100: The oldest first */
    bool confirmed;              /* The address is */
};
struct gifts_taken { /* shape: What was taken */
    int64_t taken;   /* How many */
};

const struct problem *core_gifts_show(struct request *request, const struct gifts_query *query,
                                      struct gifts_view *view);
const struct problem *core_gifts_take(struct request *request, const struct gifts_query *input,
                                      struct gifts_taken *view);

extern const struct module gift_part;

#endif
