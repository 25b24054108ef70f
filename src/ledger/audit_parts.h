/*
 * What the parts of the audit share. Private to src/ledger/audit*.c.
 */
#ifndef CONTRAFLOW_LEDGER_AUDIT_PARTS_H
#define CONTRAFLOW_LEDGER_AUDIT_PARTS_H

#include "ledger/audit.h"

/* One check, page after page until one is empty, each page in memory of its own. */
const struct problem *audit_pages(struct audit_voice *voice, struct database *db,
                                  struct memory *memory, audit_page *check);
/* Closed days: that their chain is whole, that each holds what was posted in it and nothing else, and
 * that what they keep of accounts agrees with the transfers. */
const struct problem *audit_days(struct audit_voice *voice, struct database *db,
                                 struct memory *memory);

#endif
