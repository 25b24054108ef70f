/*
 * The job that looks at posts. Private to the folder.
 *
 * Read next: check.c.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_CHECK_H
#define CONTRAFLOW_REFERRALS_POSTS_CHECK_H

#include "modules/referrals/posts/post.h"

/* Whether pages of this very machine are looked at: setting hooks.loopback, for tests. */
bool post_loopback(void);
/* Whether an address is a page of this site, or of the shop's hosts (one a line). Where this machine is looked at,
 * only what begins with the site's own address is. */
bool post_is_own(struct memory *memory, struct text address, struct text site, struct text hosts);

/* Inside a write: has a post looked at at `due`; once for each of its looks. */
const struct problem *post_ask(struct database *db, struct memory *memory,
                               const struct post_row *post, struct instant due);

/* What a look found. */
struct post_seen {
    struct post_row post; /* as it stood when the look began */
    struct text page;     /* to which its address led */
    enum post_found found;
    struct instant at;
};
/* Inside a write: what follows from a look: the post is paid, refused, passed or lost, or it is looked at again. Nothing
 * where the post moved on since the look began. seen->found is POST_SAME or POST_NOTHING_GIVEN afterwards where the
 * page was all that it must be, and is not paid for that. */
const struct problem *post_settle(struct database *db, struct memory *memory,
                                  struct post_seen *seen);

/* Inside a write: pays by the program's rules for posts. *why: text key of the reason when they give nothing, else
 * empty; *verdict 0: no rule is for posts; *free: when the reward is free. */
struct post_payment {
    struct verdict_id verdict;
    const char *why;
    struct instant free;
};
const struct problem *post_pay(struct database *db, struct memory *memory,
                               const struct post_row *post, struct instant at,
                               struct post_payment *out);

#endif
