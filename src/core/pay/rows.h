/*
 * Rows and parameters of the statements about payments and payouts. Private to core/pay.
 */
#ifndef CONTRAFLOW_CORE_PAY_ROWS_H
#define CONTRAFLOW_CORE_PAY_ROWS_H

#include "core/pay/pay.h"
#include "ledger/ledger.h"

struct payment_row {              /* shape: A payment as stored */
    struct payment_id id;         /* Names it */
    struct party_id organisation; /* Who pays in */
    struct text rail;             /* Which way */
    struct money amount;          /* How much */
    struct text reference;        /* What the transfer must quote */
    enum payment_state state;     /* How it stands */
    struct instant at;            /* Announced */
    struct instant moved;         /* Last changed */
};
LIST_OF(payment_row);
struct bank_row {          /* shape: Where a person wants to be paid */
    struct party_id party; /* Whose */
    struct text holder;    /* Name on the account */
    struct text iban;      /* Without blanks */
    struct instant at;     /* Set */
};

struct payout_row {          /* shape: A payout as stored */
    struct payout_id id;     /* Names it */
    struct party_id party;   /* Whose */
    struct money amount;     /* How much */
    struct text holder;      /* Name on the account, as it was */
    struct text iban;        /* Account, as it was */
    enum payout_state state; /* How it stands */
    struct instant at;       /* Asked */
    struct instant moved;    /* Last changed */
};
LIST_OF(payout_row);
struct pay_posting_hit {  /* shape: The posting of a payment or payout */
    struct posting_id id; /* Names it */
};

struct pay_odd_payment {  /* shape: A payment that its postings contradict */
    struct payment_id id; /* Names it */
    struct text state;    /* How it stands */
};
LIST_OF(pay_odd_payment);
struct pay_odd_account {   /* shape: A payouts account beside the payouts that are under way */
    struct account_id id;  /* Names it */
    int64_t balance_minor; /* As kept, minor units */
    int64_t open_minor;    /* Sum of the payouts under way, minor units */
};
LIST_OF(pay_odd_account);

/* A person's bank account, for a statement that waits to be paid. Inside a write or not; &pay_no_bank
 * when there is none. */
const struct problem *pay_bank(struct database *db, struct memory *memory, struct party_id person,
                               struct bank_row *out);

#endif
