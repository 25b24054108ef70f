/*
 * Rows and parameters of the ledger's own statements. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_ROWS_H
#define CONTRAFLOW_LEDGER_ROWS_H

#include "ledger/ledger.h"

struct ledger_account_row {             /* shape: An account as stored */
    struct account_id id;               /* Names it */
    struct party_id party;              /* Whose; 0 the intermediary's */
    enum account_purpose purpose;       /* What for */
    struct text currency;               /* Code of the asset */
    struct party_id issuer;             /* Whose promise; 0 nobody's */
    int64_t balance_minor;              /* Posted, minor units */
    int64_t held_minor;                 /* Reserved, minor units */
    struct maybe_integer floor_minor;   /* What is free may not be spent below, minor units */
    struct maybe_integer ceiling_minor; /* The balance may not come above, minor units */
    struct maybe_integer daily_minor;   /* May leave in a day, minor units */
    int64_t out_day;                    /* Day of the last leaving, since 1970 */
    int64_t out_minor;                  /* Left on it, minor units */
    int64_t owed_minor;                 /* Taken below the floor by corrections, minor units */
};
LIST_OF(ledger_account_row);
struct ledger_account_key {       /* shape: Which account */
    struct party_id party;        /* Whose; 0 the intermediary's */
    enum account_purpose purpose; /* What for */
    struct text currency;         /* Code of the asset */
    struct party_id issuer;       /* Whose promise; 0 nobody's */
};
struct ledger_account_new {           /* shape: An account to open */
    struct account_id id;             /* Names it */
    struct party_id party;            /* Whose */
    enum account_purpose purpose;     /* What for */
    struct text currency;             /* Code of the asset */
    struct party_id issuer;           /* Whose promise */
    struct maybe_integer floor_minor; /* What is free may not be spent below */
};
struct ledger_account_change { /* shape: What a write made of an account */
    struct account_id id;      /* Which */
    int64_t balance_minor;     /* Posted */
    int64_t held_minor;        /* Reserved */
    int64_t out_day;           /* Day of the last leaving */
    int64_t out_minor;         /* Left on it */
    int64_t owed_minor;        /* Below the floor */
};
struct ledger_account_limits {          /* shape: What an account may do */
    struct account_id id;               /* Which */
    struct maybe_integer floor_minor;   /* What is free may not be spent below */
    struct maybe_integer ceiling_minor; /* The balance may not come above */
    struct maybe_integer daily_minor;   /* May leave in a day */
    int64_t owed_minor;                 /* Below the new floor */
};
struct ledger_posting_new {           /* shape: The head of a posting to write */
    struct posting_id id;             /* Names it */
    struct text template;             /* Name of the template */
    int64_t subject;                  /* What it is about */
    int64_t legs;                     /* Number of transfers */
    struct text digest;               /* Over the transfers */
    struct maybe_posting_id corrects; /* What it takes back */
    struct maybe_posting_id follows;  /* Whose money it shares on */
    struct instant at;                /* When */
};
struct ledger_posting_hit { /* shape: A posting that is there */
    struct posting_id id;   /* Names it */
};
LIST_OF(ledger_posting_hit);
struct ledger_transfer_new {           /* shape: A transfer to write */
    struct transfer_id id;             /* Names it */
    struct posting_id posting;         /* Its set */
    struct account_id from_account;    /* Debited */
    struct account_id to_account;      /* Credited */
    struct money amount;               /* How much */
    struct text reason;                /* Text key */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct instant at;                 /* When */
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
struct ledger_once_used {    /* shape: A key that was used */
    struct party_id party;   /* Who used it */
    struct text key;         /* As the caller chose it */
    struct text fingerprint; /* Of the content */
    int64_t result;          /* What was made */
};
LIST_OF(ledger_once_used);
struct ledger_once_row {     /* shape: A kept idempotency key */
    struct text fingerprint; /* Of the content */
    int64_t result;          /* What was made; 0 while unknown */
};

struct ledger_difference_row { /* shape: What happened to an account */
    struct account_id account; /* Which */
    int64_t balance_minor;     /* Added to its balance */
};
LIST_OF(ledger_difference_row);
struct ledger_count { /* shape: A number of things */
    int64_t number;   /* How many */
};
struct ledger_posting_row {           /* shape: The head of a posting as stored */
    struct posting_id id;             /* Names it */
    int64_t subject;                  /* What it is about */
    struct maybe_posting_id corrects; /* What it takes back */
};
LIST_OF(ledger_posting_row);
struct ledger_leg_left {               /* shape: A transfer and what was taken back of it */
    struct transfer_id id;             /* Names it */
    struct party_id from_party;        /* Whose account it left */
    enum account_purpose from_purpose; /* What for */
    struct party_id to_party;          /* Whose account it reached */
    enum account_purpose to_purpose;   /* What for */
    struct party_id issuer;            /* Whose promise the units are */
    struct money amount;               /* How much */
    int64_t back_minor;                /* Taken back so far, minor units */
};
LIST_OF(ledger_leg_left);

struct ledger_rate_row {       /* shape: The rate of an exchange as stored */
    struct posting_id posting; /* Which */
    struct text from_currency; /* Given */
    struct text to_currency;   /* Got */
    int64_t numerator;         /* Whole units got */
    int64_t denominator;       /* For so many given */
    struct text source;        /* Who says so */
    struct instant at;         /* Of when it is */
};

#endif
