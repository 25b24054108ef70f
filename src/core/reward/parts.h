/*
 * What the files of rewards share. Private to core/reward.
 */
#ifndef CONTRAFLOW_CORE_REWARD_PARTS_H
#define CONTRAFLOW_CORE_REWARD_PARTS_H

#include "core/reward/reward.h"
#include "core/waiting.h"
#include "ledger/audit.h"

/* Every account with units has rules of its issuer. */
const struct problem *reward_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies);
/* A person's units that end within thirty days. */
const struct problem *reward_waits(struct request *request, enum portal portal,
                                   struct waiting_said *said);

/* A number of units as money of its unit. */
struct money reward_units_of(int64_t minor, struct text currency);
/* What units pay now; absent when nothing. */
struct maybe_money reward_worth(const struct ledger_promise *promise, int64_t units);

struct promise_shown_list;
/* The kinds for which the business acted for has rules, with what is out. */
const struct problem *reward_promises(struct request *request, struct promise_shown_list *out);

#endif
