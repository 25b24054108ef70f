/*
 * From a form to rules and back. Private to core/reward.
 */
#ifndef CONTRAFLOW_CORE_REWARD_RULES_H
#define CONTRAFLOW_CORE_REWARD_RULES_H

#include "core/reward/pages.h"

/* What of a form can't be. */
struct reward_fault {
    const char *field; /* of the form */
    const char *rule;  /* text key of the sentence */
};
/* Rules without issuer and beginning; false: *fault says why not. Pure but for the currency. */
bool reward_rules_read(const struct promise_form *form, struct ledger_promise *out,
                       struct reward_fault *fault);
/* What a form begins with where no rules hold. */
struct ledger_promise reward_usual(enum promise_kind kind);
/* Rules as a form shows them. */
struct promise_draft reward_draft(const struct ledger_promise *promise);

#endif
