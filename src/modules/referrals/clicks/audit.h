/*
 * Clicks in the audit: hours against clicks, reports of pages against clicks.
 *
 * Must not know: how clicks are written. Read next: audit.c, modules/referrals/audit.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_AUDIT_H
#define CONTRAFLOW_REFERRALS_CLICKS_AUDIT_H

#include "ledger/audit.h"

/* Pages of the audit (audit_run()). */
const struct problem *clicks_audit(struct audit_voice *voice, struct database *db,
                                   struct memory *page, int64_t *after, size_t *count);
const struct problem *landings_audit(struct audit_voice *voice, struct database *db,
                                     struct memory *page, int64_t *after, size_t *count);

#endif
