/*
 * Names of a sheet's rows. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_NAME_H
#define CONTRAFLOW_LEDGER_NAME_H

#include "ledger/sheet.h"

/* Names postings and transfers, or names them anew, and works out the digests over the transfers. */
const struct problem *sheet_name(struct sheet *sheet);

#endif
