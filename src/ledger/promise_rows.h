/*
 * Rows of promises. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_PROMISE_ROWS_H
#define CONTRAFLOW_LEDGER_PROMISE_ROWS_H

#include "ledger/promise.h"

struct grant_row {               /* shape: Units that end together, as stored */
    struct transfer_id transfer; /* By which they were given */
    struct account_id account;   /* Where to */
    int64_t minor;               /* So many */
    struct instant until;        /* Their end; 0 never */
    struct instant tell;         /* Their end is told then; 0 not */
};
struct grant_due {             /* shape: An account in which units end, or may have to */
    struct account_id account; /* Which */
    struct party_id party;     /* Whose */
    struct party_id issuer;    /* Who promised them */
    struct text currency;      /* The unit */
    int64_t balance_minor;     /* Units there */
    int64_t held_minor;        /* Of which reserved */
    struct instant until;      /* The last end that is looked at */
    int64_t later_minor;       /* Granted so that they end later, or never */
    struct transfer_id last;   /* The newest grant that is looked at */
};
LIST_OF(grant_due);
struct grant_day {         /* shape: Grants of an account that end together */
    int64_t balance_minor; /* Units of the account */
    struct instant until;  /* Their end; 0 never */
    int64_t minor;         /* So many were given */
};
LIST_OF(grant_day);
struct grant_count { /* shape: A number of grants */
    int64_t number;  /* How many */
};

#endif
