/*
 * Money at the edges: businesses pay in by a rail, people take out to a bank.
 *
 * A rail declares how money comes in. `test` confirms at once (demo and tests; off unless the setting
 * pay.test_rail is on); `bank` waits until an operator has seen the transfer. Paying out: a person asks,
 * the sum leaves their balance into the payouts account, an operator approves it, exports pain.001 and
 * confirms or rejects execution; rejected money is back in the balance, and so is what the person takes
 * back before it is approved.
 */
#ifndef CONTRAFLOW_CORE_PAY_PAY_H
#define CONTRAFLOW_CORE_PAY_PAY_H

#include "core/flow.h"

struct payment_id { /* shape id pay: Money a business pays in */
    int64_t value;
};
struct payout_id { /* shape id out: Money a person takes out */
    int64_t value;
};

enum payment_state {                        /* shape: How a payment stands */
                     PAYMENT_ANNOUNCED = 1, /* announced: Waits for the money */
                     PAYMENT_RECEIVED,      /* received: In the wallet */
                     PAYMENT_CANCELLED,     /* cancelled: Did not come */
};
enum payment_event {                      /* shape: What happens to a payment */
                     PAYMENT_RECEIVE = 1, /* receive: The money was seen */
                     PAYMENT_CANCEL,      /* cancel: It will not come */
};
enum payout_state {                   /* shape: How a payout stands */
                    PAYOUT_ASKED = 1, /* asked: Waits for the intermediary */
                    PAYOUT_APPROVED,  /* approved: Goes into the next payment file */
                    PAYOUT_SENT,      /* sent: In a payment file given to the bank */
                    PAYOUT_DONE,      /* done: The bank has carried it out */
                    PAYOUT_REJECTED,  /* rejected: Came back to the balance */
                    PAYOUT_WITHDRAWN, /* withdrawn: Taken back before it was approved */
};
enum payout_event {                     /* shape: What happens to a payout */
                    PAYOUT_APPROVE = 1, /* approve: May go */
                    PAYOUT_EXPORT,      /* export: Written into a payment file */
                    PAYOUT_CONFIRM,     /* confirm: Carried out by the bank */
                    PAYOUT_REJECT,      /* reject: Refused here or by the bank */
                    PAYOUT_WITHDRAW,    /* withdraw: The person wants it back */
};

struct rail {
    const char *name;  /* wire word: "bank" */
    const char *label; /* text key */
    bool at_once;      /* confirms itself */
};
extern const struct rail rail_test, rail_bank;

extern const struct problem pay_bad_iban;      /* 422 */
extern const struct problem pay_below_minimum; /* 422 */
extern const struct problem pay_no_bank;       /* 409: no account set yet */

/* ISO 13616 IBAN: length by country and MOD 97-10 (ISO 7064). Writes it without blanks, upper case. */
bool iban_parse(struct text typed, char out[35]);

/* Announces (bank) or makes (test) a payment into an organisation's wallet. */
const struct problem *payment_begin(struct store *store, struct memory *memory,
                                    const struct rail *rail, struct party_id organisation,
                                    struct party_id person, struct money amount, struct text once,
                                    struct instant at, struct payment_id *out);
/* Asks for a payout of `amount` of the person's earnings. */
const struct problem *payout_begin(struct store *store, struct memory *memory,
                                   struct party_id person, struct money amount, struct text once,
                                   struct instant at, struct payout_id *out);

/* PAYOUT_EXPORT is payouts_export()'s (core/pay/parts.h). */
extern const struct flow payment_flow, payout_flow;

/* pain.001.001.09 (ISO 20022, EPC subset) of all approved payouts; marks nothing. Several currencies
 * other than EUR are left out and named in *complaint. &not_found when there is none. */
const struct problem *pain001_write(struct database *db, struct memory *memory, struct instant at,
                                    struct text *xml, struct text *complaint);

#endif
