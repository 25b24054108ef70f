/*
 * What sale.c and talk.c share. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_SALE_H
#define CONTRAFLOW_STOCK_SALE_H

#include "modules/stock/rules.h"

/* The context of a deal's move: the price that is named, and what came of it. */
struct stock_words {
    struct money price;              /* for BUY, OFFER and COUNTER */
    struct money total;              /* for BUY: price and fees as shown; minor 0: not said */
    struct stock_licence_id licence; /* filled when the move ends in a licence */
};

#endif
