/*
 * Clicks and impressions, from the request to the row.
 *
 *     GET /r/CODE            302 to where the link leads, with cf_click=clk_... in the query
 *     GET /r/CODE?to=/path   the same, to a path or address on the program's hosts
 *     GET /r/CODE/i.gif      a picture of one pixel, in 43 bytes: an impression
 *     POST /r/CODE/i         204: the same by navigator.sendBeacon()
 *
 * What is promised: **an address with cf_click is a click that is durable**, counted in its hour in the same
 * write. When the database can't be written to (disk full, server away) the visitor is sent on all the same,
 * without cf_click, and the log says how many: people come before counts, and nobody was told otherwise.
 * Bots, pictures, frames and whatever else does not count are redirected like everybody and marked
 * (enum click_mark). No cookie is read or set; of the visitor two marks are kept (visitor.h).
 *
 * Must not know: partners, money. Read next: click.c, click_write.c, link_index.h.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_CLICK_H
#define CONTRAFLOW_REFERRALS_CLICKS_CLICK_H

#include "modules/referrals/clicks/link_index.h"
#include "modules/referrals/referrals.h"
#include "modules/referrals/clicks/visitor.h"
#include "web/quick.h"

extern const struct quick_route referrals_click_route;

struct click {
    struct quick *quick;     /* that it is the answer to; NULL: a worker's */
    struct link_found found; /* what it follows */
    bool impression;         /* it was only shown */
    struct text to;          /* where in the shop, as the visitor brought it; empty: nowhere */
    struct instant at;       /* when it came */
    int64_t marks;           /* click_mark, added up */
    int64_t seen;            /* what its request said (seen.h) */
    struct visitor visitor;  /* who */
    int64_t id;              /* filled: clk_; 0: it is not written */
    int64_t prior;           /* filled: the one before it of the same link and hour */
};

/* Finds out what can be seen of those that came, on any thread. */
struct click_look;
struct click_look *click_look_make(struct memory *memory); /* NULL: no memory */
/* Sees to it that there is the key of the day `at`, and in good time that of the next; without a database they are the
 * process's own. May write. */
void click_look_keep(struct click_look *look, struct store *store, struct memory *memory,
                     struct instant at);
/* Adds the marks of what came with it, and keeps what it said. Without a method its headers are not known. */
void click_look(struct click_look *look, struct click *click, const struct quick *came);

enum { CLICKS_MOST = 1000 /* in one write */ };
/* Writes clicks and impressions with the counts of their hours, all or none; NULL: all are durable and have
 * their ids. Reorders the array. */
const struct problem *clicks_write(struct store *store, struct memory *memory,
                                   struct click **clicks, size_t count);
/* The same without waiting for it (store_write_later()). */
void clicks_write_later(struct store *store, struct memory *memory, struct click **clicks,
                        size_t count, store_done *done, void *context);

/* The address to which a click leads; in `memory`, with a NUL. Empty: no memory. */
struct text click_target(struct memory *memory, const struct click *click);

/* One click by a worker, of a link that the index does not hold yet or where nothing listens: *target is
 * where it leads. &referrals_unknown_code. */
const struct problem *click_follow(struct request *request, struct text code, struct text to,
                                   struct text *target);

/* Follows the database with the index, and keeps the days' keys (link_follow.c): starts and ends its thread. What is changed by
 * another process is seen within half a second. */
struct link_follower;
const struct problem *link_follow_start(struct memory *process, struct store *store,
                                        struct link_index *index, struct click_look *look,
                                        struct link_follower **out);
void link_follow_stop(struct link_follower *follower);

#endif
