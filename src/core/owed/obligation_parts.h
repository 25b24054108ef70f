/*
 * What plan.c, obligation.c and the parts around them share. Private to core/owed/plan*.c and
 * core/owed/obligation*.c.
 */
#ifndef CONTRAFLOW_CORE_OWED_OBLIGATION_PARTS_H
#define CONTRAFLOW_CORE_OWED_OBLIGATION_PARTS_H

#include "core/module.h"
#include "core/owed/obligation.h"

/* The kind of a plan; a plan of a module that was taken out has none: &not_found. */
const struct problem *plan_kind_of(const struct plan_row *plan, const struct plan_kind **out);
/* Makes obligations that are in sight at move->at, at most 50; *made counts them. Inside a write. */
const struct problem *plan_extend(struct move *move, struct plan_row *plan, int64_t *made);
/* Completes a plan of which nothing is open and nothing will come. Inside a write. */
const struct problem *plan_settle(struct move *move, struct plan_id id);

/* Begins an obligation that was just inserted, with its timers. Inside a write. */
const struct problem *obligation_begin(struct move *move, const struct obligation_row *row);
/* The posting by which so much is paid of an obligation, the amount before the fee. */
const struct problem *obligation_posting(struct database *db, struct memory *memory,
                                         const struct plan_row *plan,
                                         const struct obligation_row *row, int64_t minor,
                                         struct instant at, struct posting *out);

/* The context of OBLIGATION_PART. */
struct obligation_part {
    int64_t minor; /* how much is paid */
};

/* The books about obligations: form and meaning of ledger_audit(). */
const struct problem *obligation_audit(struct database *db, struct memory *memory,
                                       const struct ledger_audit_listener *listener,
                                       int64_t *discrepancies);

/* What of it waits for the reader of a front page. */
const struct problem *obligation_waits(struct request *request, enum portal portal,
                                       struct waiting_said *said);

/* Writes to those who owe and those who are owed; tries again to pay when money came in. */
extern const struct consumer obligation_tell, obligation_money_came;

/* By what the debtor is and what the creditor is: 0 a person, 1 a business. */
extern const struct posting_template plan_agreed_postings[2][2];

/* Routes, navigation, flows, postings and problems of obligations. */
extern const struct module obligation_part;

#endif
