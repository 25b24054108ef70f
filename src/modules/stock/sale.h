/*
 * What sale.c and talk.c share. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_SALE_H
#define CONTRAFLOW_STOCK_SALE_H

#include "modules/stock/rules.h"

/* The context of a deal's move: the price that is named, and what came of it. */
struct stock_words {
    struct money price;              /* for BUY, OFFER and COUNTER */
    struct stock_licence_id licence; /* filled when the move ends in a licence */
};

/* What an author would get of a price at a moment, by the rules and their last twelve months. */
const struct problem *stock_split_for(struct database *db, struct memory *memory,
                                      struct party_id author, struct money price, struct instant at,
                                      struct stock_split *out);

#endif
