/*
 * Decisions about photographs: facts in, verdict with reasons out. No clock, no database.
 */
#ifndef CONTRAFLOW_STOCK_RULES_H
#define CONTRAFLOW_STOCK_RULES_H

#include "ledger/fees.h"
#include "modules/stock/stock.h"

#define STOCK_LEVELS_MAX 10

/* Royalty levels: from how many licences in twelve months which share. */
struct stock_level {
    int64_t from; /* licences */
    int64_t rate; /* basis points of the price */
};
struct stock_levels {
    struct stock_level items[STOCK_LEVELS_MAX];
    int count;
};

/* Reads "0:4000 50:4500 100:5000": rising counts from 0, rates rising up to 10,000. */
bool stock_levels_parse(struct text setting, struct stock_levels *out);

/* What an installation's settings, or those a talk began under, make of a price. */
struct stock_rules {
    struct stock_levels levels;
    struct fee_rules fees;
};

/* Everything that is said about one sale's sums, and posted, to the cent. */
struct stock_split {
    int level;                 /* 1.. */
    int64_t counted;           /* licences in twelve months that gave the level */
    int64_t rate;              /* basis points of the price */
    struct fee_breakdown sum;  /* share: price x rate, rounded half to even; and the fees */
    struct maybe_integer next; /* licences at which the next level begins */
    int64_t next_rate;         /* its share; 0 on the last level */
};
/* Problems of fees_apply(). */
const struct problem *stock_split_price(struct money price, const struct stock_rules *rules,
                                        int64_t counted, struct stock_split *out);

/* The handling fee's basis points of the share, when that is all the author bears and all there is to
 * say about it: no amount beside it, no least, no most. */
struct maybe_integer stock_only_handling(const struct fee_breakdown *sum);

/* Wide from 1.1 : 1 on, upright from 1 : 1.1 on, square between. Sizes in pixels, above 0. */
enum stock_form stock_form_of(int64_t width, int64_t height);

/* How many of 64 points of two perceptual hashes agree. */
int stock_points_alike(uint64_t a, uint64_t b);
/* From this many points on, two pictures are shown side by side for a person to compare: at most 7
 * differ, which is also what likeness.h is sure to find. */
#define STOCK_ALIKE_FROM 57

/* The list price under a licence; minor 0 when it is not offered. */
struct money stock_list_price(const struct stock_photo_row *photo, enum stock_licence_kind kind);
/* Whether everybody may know of it: once accepted, a photograph keeps its page even when it is sold or
 * withdrawn; a draft or a refused one never had one. */
bool stock_was_public(const struct stock_photo_row *photo);
/* Lowest price above 0; minor 0 when none is offered. */
int64_t stock_lowest_price(const struct stock_prices *prices);

#endif
