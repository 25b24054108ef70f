/*
 * Mail about answers, and the module's audit check. Private to the module.
 */
#ifndef CONTRAFLOW_BRIEFS_TELL_H
#define CONTRAFLOW_BRIEFS_TELL_H

#include "core/module.h"

extern const struct consumer briefs_tell;

const struct problem *briefs_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies);

#endif
