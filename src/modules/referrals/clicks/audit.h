/*
 * The module's part of the audit: hours against clicks.
 *
 * Must not know: how clicks are written. Read next: audit.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_AUDIT_H
#define CONTRAFLOW_REFERRALS_CLICKS_AUDIT_H

#include "ledger/audit.h"

const struct problem *referrals_audit(struct database *db, struct memory *memory,
                                      const struct ledger_audit_listener *listener,
                                      int64_t *discrepancies);

#endif
