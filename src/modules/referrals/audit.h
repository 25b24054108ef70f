/*
 * What the audit of the ledger asks of referrals.
 *
 * Read next: audit.c.
 */
#ifndef CONTRAFLOW_REFERRALS_AUDIT_H
#define CONTRAFLOW_REFERRALS_AUDIT_H

#include "ledger/audit.h"

/* Adds to *discrepancies and tells the listener of each; reads. */
const struct problem *referrals_audit(struct database *db, struct memory *memory,
                                      const struct ledger_audit_listener *listener,
                                      int64_t *discrepancies);

#endif
