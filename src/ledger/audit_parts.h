/*
 * What the parts of the audit share. Private to src/ledger/audit*.c.
 */
#ifndef CONTRAFLOW_LEDGER_AUDIT_PARTS_H
#define CONTRAFLOW_LEDGER_AUDIT_PARTS_H

#include "ledger/audit.h"

/* Says what is wrong, and how often something was. */
struct audit_voice {
    const struct ledger_audit_listener *listener;
    int64_t discrepancies; /* lines so far */
};
void audit_say(struct audit_voice *voice, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Closed days: that their chain is whole, that each holds what was posted in it and nothing else, and
 * that what they keep of accounts agrees with the transfers. */
const struct problem *audit_days(struct audit_voice *voice, struct database *db,
                                 struct memory *memory);

#endif
