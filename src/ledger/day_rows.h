/*
 * Rows of closing days. Private to src/ledger.
 *
 * Words stand as text: what is there is hashed, whatever it is.
 */
#ifndef CONTRAFLOW_LEDGER_DAY_ROWS_H
#define CONTRAFLOW_LEDGER_DAY_ROWS_H

#include "ledger/ledger.h"

struct day_posting {                  /* shape: A posting as a day holds it */
    struct posting_id id;             /* Names it */
    struct text template;             /* Name of its template */
    int64_t subject;                  /* What it is about */
    int64_t legs;                     /* Number of transfers */
    struct text digest;               /* Over the transfers, as written */
    struct maybe_posting_id corrects; /* What it takes back */
    struct maybe_posting_id follows;  /* Whose money it shares on */
    struct instant at;                /* When */
};
LIST_OF(day_posting);
struct day_transfer {                  /* shape: A transfer as a day holds it */
    struct transfer_id id;             /* Names it */
    struct posting_id posting;         /* Its set */
    struct account_id from_account;    /* Debited */
    struct text from_purpose;          /* What that is for */
    struct party_id from_party;        /* Whose it is; 0 the intermediary's */
    struct account_id to_account;      /* Credited */
    struct text to_purpose;            /* What that is for */
    struct party_id to_party;          /* Whose it is */
    struct party_id issuer;            /* Whose promise the units are; 0 money */
    struct money amount;               /* How much */
    struct text reason;                /* Text key */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct instant at;                 /* When */
};
LIST_OF(day_transfer);
struct day_count {    /* shape: How many postings lie between two ids */
    int64_t postings; /* Of them */
};
struct ledger_day_kept { /* shape: What an account held at the end of a day on which it moved */
    struct account_id account; /* Which */
    int64_t balance_minor;     /* Posted until then, minor units */
};
LIST_OF(ledger_day_kept);
struct ledger_kept_row {       /* shape: What an account held at the end of a day */
    int64_t balance_minor;     /* Posted until then, minor units */
    struct posting_id through; /* The last id of that day */
};
struct ledger_moved_row { /* shape: What moved in an account */
    int64_t minor;        /* Came in less went out, minor units */
};

#endif
