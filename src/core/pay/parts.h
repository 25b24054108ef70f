/*
 * The payments as a part of core, and what their pages call beyond core/pay/pay.h.
 *
 * Read next: core/pay/in.c, core/pay/out.c, core/pay/tell.c, core/pay/pages.h.
 */
#ifndef CONTRAFLOW_CORE_PAY_PARTS_H
#define CONTRAFLOW_CORE_PAY_PARTS_H

#include "core/module.h"
#include "core/pay/pay.h"

extern const struct problem pay_rail_off;       /* 409: that way of paying in is not open here */
extern const struct problem pay_own_payout;     /* 409: nobody approves what they get themselves */
extern const struct problem pay_no_reason;      /* 422: a rejection without a word of why */
extern const struct problem pay_no_debtor;      /* 409: settings name no account to pay from */
extern const struct problem pay_other_currency; /* 422: the amount is in another currency */

extern const struct posting_template payment_received_posting, payout_ask_posting,
    payout_done_posting, payout_rejected_posting, payout_withdrawn_posting;

/* Writes to a person whose payout went to the bank or came back. */
extern const struct consumer payout_tell;
extern const struct consumer bank_tell;

/* What businesses' own programs are told of payments. */
enum { PAY_HOOKS = 1 };
extern const struct hook_kind pay_hooks[PAY_HOOKS];

/* Routes, navigation, flows, postings, settings and problems of the payments. */
extern const struct module pay_part;

/* Payments that have not come, and the last payout when it came back: for core/waiting.h. */
const struct problem *pay_waits(struct request *request, enum portal portal,
                                struct waiting_said *said);

/* How many announced payments, and asked payouts, wait for the desk; 51 stands for more than 50. */
const struct problem *pay_count_payments(struct request *request, int64_t *out);
const struct problem *pay_count_payouts(struct request *request, int64_t *out);

/* The rail of a wire word; NULL when there is none. */
const struct rail *rail_named(struct text name);
/* Whether businesses may use it now: `test` only with its setting, `bank` only with an account. */
bool rail_open(const struct rail *rail);

/* Where a person wants to be paid from now on. &pay_bad_iban. */
const struct problem *payout_bank(struct store *store, struct memory *memory,
                                  struct party_id person, struct text holder, struct text iban,
                                  struct instant at);

/* pain.001 of the oldest approved payouts, at most 200, which are marked as sent in the same write. Where
 * others see to money, too, without those that `actor` approved: a second pair of eyes.
 * As pain001_write() otherwise. */
const struct problem *payouts_export(struct store *store, struct memory *memory,
                                     struct party_id actor, struct instant at, struct text *xml,
                                     struct text *complaint);

/* "ES•• 4417": country and last four characters. */
struct text iban_hint(struct memory *memory, struct text iban);

/* The part of the audit that knows payments: each one received is in the wallet, and what lies in
 * payouts accounts is what is under way. Form and meaning of ledger_audit(). */
const struct problem *pay_audit(struct database *db, struct memory *memory,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies);

#endif
