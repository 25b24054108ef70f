/*
 * What becomes of a price here: by the settings, by the author's last twelve months, and as it was kept
 * with a licence. Private to the module.
 *
 * Must not know: pages. Read next: rules.h, ledger/fees.h.
 */
#ifndef CONTRAFLOW_STOCK_SUMS_H
#define CONTRAFLOW_STOCK_SUMS_H

#include "modules/stock/rows.h"
#include "modules/stock/rules.h"

/* By today's settings. */
const struct problem *stock_rules_now(struct memory *memory, struct stock_rules *out);
/* The same with the fees that a talk began under; absent: today's. */
const struct problem *stock_rules_of(struct memory *memory, struct maybe_text fees,
                                     struct stock_rules *out);
/* Whether today's settings can be used; *complaint says what is wrong. For the start. */
const struct problem *stock_rules_check(struct memory *memory, struct text *complaint);

/* What an author would get of a price at a moment, by the rules and their last twelve months. */
const struct problem *stock_split_for(struct database *db, struct memory *memory,
                                      const struct stock_rules *rules, struct party_id author,
                                      struct money price, struct instant at,
                                      struct stock_split *out);
/* What a buyer pays: the price and their fees, whoever the author is. */
const struct problem *stock_pays(const struct stock_rules *rules, struct money price,
                                 struct money *out);

/* Keeps each fee with its licence. */
const struct problem *stock_fees_keep(struct database *db, struct memory *memory,
                                      struct stock_licence_id licence,
                                      const struct fee_breakdown *sum);
/* The sums of a licence as they were on the day. */
struct stock_kept {
    struct money price;
    int64_t level;
    int64_t counted;
    int64_t rate;         /* basis points */
    int64_t share_minor;  /* before fees */
    int64_t earned_minor; /* after fees */
};
/* `fees` are `count` rows of that licence in their order. */
void stock_split_kept(const struct stock_kept *kept, const struct stock_fee_row *fees, size_t count,
                      struct stock_split *out);

#endif
