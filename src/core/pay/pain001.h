/*
 * pain.001.001.09, the customer credit transfer initiation of ISO 20022, in the form that the European
 * Payments Council's implementation guidelines (EPC132-08, 2023) allow. Private to core/pay.
 */
#ifndef CONTRAFLOW_CORE_PAY_PAIN001_H
#define CONTRAFLOW_CORE_PAY_PAIN001_H

#include "core/pay/rows.h"

/* A file while it is written. */
struct pain001 {
    struct memory *memory;         /* where it lives */
    struct builder orders;         /* the credit transfers so far */
    int64_t count;                 /* of them */
    int64_t sum;                   /* of their amounts, euro cents */
    int64_t left_out;              /* payouts that the format can't carry */
    struct text left_out_currency; /* of the first of them */
};

struct pain001 pain001_begin(struct memory *memory);
/* False when the payout is left out: not in EUR, or beyond 999,999,999.99. */
bool pain001_add(struct pain001 *pain, const struct payout_row *payout);
/* The whole document. &not_found when it would hold no transfer, &pay_no_debtor. *complaint names
 * what was left out; empty when nothing was. */
const struct problem *pain001_end(struct pain001 *pain, struct instant at, struct text *xml,
                                  struct text *complaint);

/* Appends a name in the characters that EPC217-08 allows (a-z A-Z 0-9 / - ? : ( ) . , ' + blank), at
 * most 70 of them: other scripts are written in Latin letters by ICU, what remains becomes a full
 * stop. Never empty, no slash at either end, no two in a row. */
void pain001_name(struct builder *out, struct text name);

#endif
