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

/* What an act says to the books; what it is, for its key. */
struct promise_move reward_move(const struct reward_act *act);
struct text reward_fingerprint(struct memory *memory, const struct reward_act *act);

/* Whom a form names, or a line of one. */
struct reward_named {
    const char *line; /* before the names of fields: "" or "lines.7." */
    const struct maybe_party_id *person;
    const struct maybe_text *mail;
    const char *unknown; /* text key of the sentence about whoever can't be named */
};
const struct problem *reward_find_person(struct request *request, const struct reward_named *named,
                                         struct party_id *out);

struct promise_shown_list;
/* The kinds for which the business acted for has rules, with what is out. */
const struct problem *reward_promises(struct request *request, struct promise_shown_list *out);

#endif
