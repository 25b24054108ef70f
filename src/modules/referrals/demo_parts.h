/*
 * Parts of the demo world's programs beside their orders. Must not know: pages. Read next: demo.c, demo_ways.c.
 */
#ifndef CONTRAFLOW_REFERRALS_DEMO_PARTS_H
#define CONTRAFLOW_REFERRALS_DEMO_PARTS_H

#include "core/demo.h"
#include "modules/referrals/partner.h"

/* Two codes, one of them for `partner`, and somebody whom `partner` met; since `at`. Not inside a write. */
const struct problem *referrals_demo_ways(struct demo *demo, struct program_id program,
                                          struct referrals_partner_id partner, struct instant at);

/* Somebody disagrees with what was held of theirs; by the person's short name. Not inside a write. */
const struct problem *referrals_demo_appeal(struct demo *demo, struct program_id program,
                                            const char *person);

/* A program of another business that pays for clicks and posts too: one takes part, one has asked. Not inside a write. */
const struct problem *referrals_demo_lake(struct demo *demo);

/* Three people who want to be found, as they say. Not inside a write. */
const struct problem *referrals_demo_sharers(struct demo *demo);

/* Who hands posts in, and to whom. */
struct demo_posts {
    struct program_id
        program; /* a rule of it pays for posts, held for 14 days, since 27 days ago at least */
    struct party_id owner; /* who decides for its business */
    struct party_id person;
    struct referrals_partner_id partner; /* their active part */
};
/* Four posts, each at another place of its way. Not inside a write. */
const struct problem *referrals_demo_posts(struct demo *demo, const struct demo_posts *given);

#endif
