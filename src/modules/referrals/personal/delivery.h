/*
 * Fees of personal offers that are due when the partner delivers a post, in place of at the agreement.
 *
 * At the agreement the fee is set aside for so many days; the partner's next accepted post releases it, one fee for a
 * post. When the days are over it is free again by itself. Each function is inside a write, unless it says that it
 * reads. Must not know: HTTP, how posts are looked at. Read next: delivery.c, modules/referrals/posts/post.h.
 */
#ifndef CONTRAFLOW_REFERRALS_PERSONAL_DELIVERY_H
#define CONTRAFLOW_REFERRALS_PERSONAL_DELIVERY_H

#include "modules/referrals/personal/personal.h"
#include "modules/referrals/posts/post.h"

enum { PERSONAL_POST_DAYS = 90 /* from the agreement on, in which the post is to be accepted */ };

/* How a fee stands that is due with a post. */
struct personal_delivery {
    bool on_post;         /* it is; else all else is nothing */
    struct instant until; /* the post must be accepted before; 0: not agreed yet */
    bool done;            /* a post released it */
};
/* Reads. */
const struct problem *personal_delivery(struct database *db, struct memory *memory,
                                        struct deal_id deal, struct personal_delivery *out);

/* Notes that an offer's fee is due with a post. */
const struct problem *personal_delivery_begin(struct database *db, struct memory *memory,
                                              struct deal_id deal,
                                              struct referrals_partner_id partner);
/* At the agreement, for an offer of which nothing is set aside any more: sets its fee aside for the post.
 * &ledger_not_enough. */
const struct problem *personal_delivery_agree(const struct move *move,
                                              const struct personal_row *offer);

/* Until when a post of a partner releases a fee; 0: none waits. Reads. */
const struct problem *personal_delivery_waits(struct database *db, struct memory *memory,
                                              struct referrals_partner_id partner,
                                              struct instant at, struct instant *until,
                                              struct money *fee);
/* A post of a partner was accepted: pays the oldest fee that waits for it, unless it released one before; *paid: either. */
const struct problem *personal_deliver(struct database *db, struct memory *memory,
                                       struct referrals_partner_id partner, struct post_id post,
                                       struct instant at, bool *paid);

#endif
