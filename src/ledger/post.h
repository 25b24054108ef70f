/*
 * What post.c and hold.c share. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_POST_H
#define CONTRAFLOW_LEDGER_POST_H

#include "ledger/ledger.h"
#include "ledger/rows.h"

/* The account of a party for a purpose and currency, opened when it was never used. Inside a write. */
const struct problem *ledger_account(struct database *db, struct memory *memory,
                                     struct party_id party, enum account_purpose purpose,
                                     struct currency currency, struct ledger_account_row *out);

#endif
