/*
 * Which photograph is nearly the same: multi-index hashing over perceptual hashes of 64 points.
 *
 * A hash is kept in four bands of 16 points. Of two hashes that differ in at most seven points one band
 * at least differs in no more than one (Norouzi, Punjani and Fleet 2012, "Fast search in Hamming space
 * with multi-index hashing"), so looking up each band as it is and with each of its points turned over
 * finds every one of them. Private to the module. Must not know: how the hash is made.
 */
#ifndef CONTRAFLOW_STOCK_LIKENESS_H
#define CONTRAFLOW_STOCK_LIKENESS_H

#include "modules/stock/stock.h"

/* The photograph most alike. */
struct stock_alike {
    struct stock_photo_id photo; /* value 0: none from STOCK_ALIKE_FROM points on */
    int points;                  /* of 64 that agree */
};

/* Keeps a photograph's hash. Inside a write. */
const struct problem *stock_likeness_put(struct database *db, struct memory *memory,
                                         struct stock_photo_id photo, uint64_t hash);

/* Looks for something more alike than what *alike holds already. */
const struct problem *stock_likeness_find(struct database *db, struct memory *memory, uint64_t hash,
                                          struct stock_alike *alike);

#endif
