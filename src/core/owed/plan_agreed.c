/*
 * Plans between any two parties, that an operator writes down and the debtor accepts.
 *
 * A business pays from its wallet and is paid there, a person from and into their earnings. Must not
 * know: what is owed for. Read next: core/owed/obligation.h.
 */
#include "core/owed/obligation_parts.h"
#include "core/people/party.h"

enum { DEBTOR, CREDITOR };
enum { AMOUNT, FEE };

#define LEGS(FROM, TO)                                                                             \
    {                                                                                              \
        {{FROM, DEBTOR}, {TO, CREDITOR}, AMOUNT, "obligation.leg.amount"},                         \
            {{FROM, DEBTOR}, {TO, CREDITOR}, FEE, "obligation.leg.fee"},                           \
    }

/* By what the debtor is and what the creditor is: a person first. */
const struct posting_template plan_agreed_postings[2][2] = {
    {{.name = "core.obligation.person_person",
      .parties = {"debtor", "creditor"},
      .amounts = {"amount", "fee"},
      .legs = LEGS(ACCOUNT_EARNINGS, ACCOUNT_EARNINGS),
      .count = 2},
     {.name = "core.obligation.person_business",
      .parties = {"debtor", "creditor"},
      .amounts = {"amount", "fee"},
      .legs = LEGS(ACCOUNT_EARNINGS, ACCOUNT_WALLET),
      .count = 2}},
    {{.name = "core.obligation.business_person",
      .parties = {"debtor", "creditor"},
      .amounts = {"amount", "fee"},
      .legs = LEGS(ACCOUNT_WALLET, ACCOUNT_EARNINGS),
      .count = 2},
     {.name = "core.obligation.business_business",
      .parties = {"debtor", "creditor"},
      .amounts = {"amount", "fee"},
      .legs = LEGS(ACCOUNT_WALLET, ACCOUNT_WALLET),
      .count = 2}},
};

static const struct problem *posting(struct database *db, struct memory *memory,
                                     const struct plan_row *plan,
                                     const struct obligation_row *obligation, struct money amount,
                                     struct money fee, struct posting *out)
{
    struct party_row debtor;
    struct party_row creditor;
    (void)obligation;
    const struct problem *problem = party_find(db, memory, plan->debtor, &debtor);
    if (!problem)
        problem = party_find(db, memory, plan->creditor, &creditor);
    if (problem)
        return problem;
    *out = (struct posting){
        .template = &plan_agreed_postings[debtor.kind == PARTY_ORGANISATION]
                                         [creditor.kind == PARTY_ORGANISATION],
        .parties = {plan->debtor, plan->creditor},
        .amounts = {amount, fee},
    };
    return NULL;
}

const struct plan_kind plan_agreed = {
    .name = "core.agreed",
    .sentence = "plan.for.agreed",
    .posting = posting,
};
