/*
 * What the files of the checkout share. Private to core/checkout.
 */
#ifndef CONTRAFLOW_CORE_CHECKOUT_PARTS_H
#define CONTRAFLOW_CORE_CHECKOUT_PARTS_H

#include "core/checkout/spend.h"
#include "core/event.h"
#include "ledger/audit.h"

/* What spends reserve and used, against the books. */
const struct problem *checkout_audit(struct database *db, struct memory *memory,
                                     const struct ledger_audit_listener *listener,
                                     int64_t *discrepancies);

/* Gives back what paid for an order that is off, and lets go what is reserved for it. */
extern const struct consumer spend_cancelled;

#endif
