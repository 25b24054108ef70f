/*
 * Rows of the pages about money at the edges. Private to core/pay.
 */
#ifndef CONTRAFLOW_CORE_PAY_PAGE_ROWS_H
#define CONTRAFLOW_CORE_PAY_PAGE_ROWS_H

#include "core/pay/pay.h"
#include "ledger/ledger.h"

struct account_line {                   /* shape: A transfer as one account sees it */
    struct transfer_id id;              /* Names it */
    struct posting_id posting;          /* Its set */
    enum account_purpose other_purpose; /* What the account on the other side is for */
    struct text other_name;             /* Whose it is; empty the intermediary's */
    struct money amount;                /* Above zero what came in, below what went out */
    struct text reason;                 /* Text key of the sentence why */
    struct instant at;                  /* When */
};
LIST_OF(account_line);

struct posting_leg_listed {            /* shape: A transfer of a posting with both sides' names */
    struct transfer_id id;             /* Names it */
    enum account_purpose from_purpose; /* Where it came from */
    struct text from_name;             /* Whose; empty the intermediary's */
    enum account_purpose to_purpose;   /* Where it went */
    struct text to_name;               /* Whose; empty the intermediary's */
    struct money amount;               /* How much */
    struct text reason;                /* Text key of the sentence why */
    struct instant at;                 /* When */
};
LIST_OF(posting_leg_listed);

struct payment_listed {           /* shape: A payment with who makes it */
    struct payment_id id;         /* Names it */
    struct party_id organisation; /* Who pays in */
    struct text name;             /* How they are called */
    struct text rail;             /* Which way */
    struct money amount;          /* How much */
    struct text reference;        /* What the transfer quotes */
    enum payment_state state;     /* How it stands */
    struct instant at;            /* Announced */
    struct instant moved;         /* Last changed */
};
LIST_OF(payment_listed);

struct payout_listed {       /* shape: A payout with whose it is and why it was rejected */
    struct payout_id id;     /* Names it */
    struct text name;        /* How the person is called */
    struct money amount;     /* How much */
    struct text holder;      /* Name on the account */
    struct text iban;        /* Account */
    enum payout_state state; /* How it stands */
    struct text reason;      /* Why it was rejected; empty when it was not */
    struct instant at;       /* Asked */
    struct instant moved;    /* Last changed */
};
LIST_OF(payout_listed);

struct desk_payout_row {      /* shape: A payout as the desk reads it */
    struct payout_id id;      /* Names it */
    struct text name;         /* How the person is called */
    struct money amount;      /* How much */
    struct text holder;       /* Name on the account */
    struct text iban;         /* Account */
    struct party_id approver; /* Who approved it; 0: nobody yet */
    struct instant at;        /* Asked */
    struct instant moved;     /* Last changed */
};
LIST_OF(desk_payout_row);

struct waiting_count { /* shape: How many things wait */
    int64_t number;    /* Of them, 51 at most */
};

#endif
