/*
 * Rows and parameters of the ledger's own statements. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_ROWS_H
#define CONTRAFLOW_LEDGER_ROWS_H

#include "ledger/ledger.h"

struct ledger_account_row { /* shape: An account as stored */
    struct account_id id;   /* Names it */
    int64_t balance_minor;  /* Posted, minor units */
    int64_t held_minor;     /* Reserved, minor units */
    struct text currency;   /* ISO 4217 */
};
struct ledger_account_hit { /* shape: The account that a change found */
    struct account_id id;   /* Names it */
};
struct ledger_posting_new {           /* shape: The head of a posting to write */
    struct posting_id id;             /* Names it */
    struct text template;             /* Name of the template */
    int64_t subject;                  /* What it is about */
    int64_t legs;                     /* Number of transfers */
    struct text digest;               /* Over the transfers */
    struct maybe_posting_id corrects; /* What it takes back */
    struct instant at;                /* When */
};
struct ledger_transfer_new {        /* shape: A transfer to write */
    struct transfer_id id;          /* Names it */
    struct posting_id posting;      /* Its set */
    struct account_id from_account; /* Debited */
    struct account_id to_account;   /* Credited */
    struct money amount;            /* How much */
    struct text reason;             /* Text key */
    struct instant at;              /* When */
};
struct ledger_hold_new {       /* shape: A hold to write */
    struct hold_id id;         /* Names it */
    struct account_id account; /* Where */
    struct money amount;       /* How much */
    int64_t subject;           /* What for */
    struct instant at;         /* When */
    struct instant until;      /* End; 0 never */
};
struct ledger_hold_row {       /* shape: A hold as stored */
    struct hold_id id;         /* Names it */
    struct account_id account; /* Where */
    struct money amount;       /* How much */
    int64_t subject;           /* What for */
    struct instant until;      /* End; 0 never */
};
LIST_OF(ledger_hold_row);
struct ledger_once_row {     /* shape: A kept idempotency key */
    struct text fingerprint; /* Of the content */
    int64_t result;          /* What was made; 0 while unknown */
};

#endif
