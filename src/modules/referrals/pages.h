/*
 * The pages of referrals: what comes in, what they show, and their handlers.
 */
#ifndef CONTRAFLOW_REFERRALS_PAGES_H
#define CONTRAFLOW_REFERRALS_PAGES_H

#include "modules/referrals/referrals.h"
#include "web/route.h"

struct referrals_follow_query { /* shape: A link to follow */
    struct text code;           /* 1..100: What stands in its address */
    struct maybe_text to;       /* ..2000: A path or address in the shop */
};

/* Where a click comes that the quick route passed on: the code is not known, or not yet. */
const struct problem *referrals_follow_show(struct request *request,
                                            const struct referrals_follow_query *query,
                                            struct nothing *view);

extern const struct route_table referrals_routes;

#endif
