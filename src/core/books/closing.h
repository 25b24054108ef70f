/*
 * Closes days of the journal as they end, signed with the installation's key.
 *
 * Read next: ledger/day.h.
 */
#ifndef CONTRAFLOW_CORE_BOOKS_CLOSING_H
#define CONTRAFLOW_CORE_BOOKS_CLOSING_H

#include "store/store.h"

/* One round: closes some of the days that are over, as many as one write may hold;
 * *closed counts them, 0 when none was left or another process was faster. */
const struct problem *closing_tend(struct store *store, struct database *reader,
                                   struct memory *memory, int64_t *closed);

#endif
