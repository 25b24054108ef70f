/*
 * How a program does: sums that are kept while things happen.
 *
 * Each call stands inside the write in which the thing happened, so that sums and things can't differ. Clicks of a
 * day are added by clicks/click_write.c. Must not know: HTTP, who asks. Read next: keep.c, schema/0004_results.sql.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_RESULTS_H
#define CONTRAFLOW_REFERRALS_RESULTS_RESULTS_H

#include "core/shop/shop.h"
#include "modules/referrals/partner.h"

/* The numbers of days and months: days since 1970, year * 12 + month - 1; UTC. */
int64_t results_day(struct instant at);
int64_t results_month(struct instant at);

/* The page of a program was opened by somebody. A write of its own; what fails is left out, since a count is worth
 * less than the page. */
void results_viewed(struct store *store, struct memory *memory, struct program_id program,
                    struct instant at);
/* Somebody joined who did not take part before, under the rules of that version. Inside a write. */
const struct problem *results_joined(struct database *db, struct memory *memory,
                                     const struct program_row *program,
                                     struct referrals_partner_id partner, struct instant at);
/* A click is about to be bound to a customer, who counts when none was before. Inside a write. */
const struct problem *results_signed_up(struct database *db, struct memory *memory,
                                        struct program_id program,
                                        struct referrals_partner_id partner,
                                        struct customer_id customer, struct instant at);

/* An order that counts, just kept in referrals_conversion. */
struct results_order {
    struct program_id program;
    int64_t event;
    struct customer_id customer; /* 0: not known */
    struct instant at;           /* of the order */
    int64_t total_minor;         /* in the program's currency */
    bool first;                  /* the customer's first at the business */
    struct text country;         /* where it goes; empty: not known */
};
/* Adds it to the day, to its country and its customer's month. Inside a write. */
const struct problem *results_ordered(struct database *db, struct memory *memory,
                                      const struct results_order *order);
/* A partner has a share in it; `before` orders of theirs counted already. Inside a write. */
const struct problem *results_shared_in(struct database *db, struct memory *memory,
                                        struct program_id program,
                                        struct referrals_partner_id partner, int64_t before,
                                        int64_t total_minor);
/* An order comes to `total_minor` now, and of that `back_minor` was given back in all. One that does not count is passed
 * over. Before its conversion says so. Inside a write. */
const struct problem *results_grew(struct database *db, struct memory *memory,
                                   struct program_id program, int64_t event, int64_t total_minor,
                                   int64_t back_minor);
/* Of an order `minor` was given back in all so far. The same once more changes nothing; an order that does not count
 * is passed over. Before what was given for it is taken back. Inside a write. */
const struct problem *results_returned(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t event, int64_t minor);

/* Notes whose links were followed since they were looked at last, some thousand at a time; writes of its own. */
const struct problem *results_look_at_links(struct store *store, struct database *db,
                                            struct memory *memory, struct program_id program);

#endif
