/*
 * What the files of the checkout share. Private to core/checkout.
 */
#ifndef CONTRAFLOW_CORE_CHECKOUT_PARTS_H
#define CONTRAFLOW_CORE_CHECKOUT_PARTS_H

#include "core/checkout/spend.h"
#include "ledger/audit.h"

/* What spends reserve and used, against the books. */
const struct problem *checkout_audit(struct database *db, struct memory *memory,
                                     const struct ledger_audit_listener *listener,
                                     int64_t *discrepancies);

#endif
