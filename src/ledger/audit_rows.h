/*
 * Rows of the audit and of the journal. Private to src/ledger.
 *
 * Words stand as text: a damaged one must be named by the audit, not stop it.
 */
#ifndef CONTRAFLOW_LEDGER_AUDIT_ROWS_H
#define CONTRAFLOW_LEDGER_AUDIT_ROWS_H

#include "ledger/ledger.h"

struct audit_account {      /* shape: An account beside what its transfers and holds say */
    struct account_id id;   /* Names it */
    struct party_id party;  /* Whose; 0 the intermediary */
    struct text purpose;    /* What for */
    struct text currency;   /* ISO 4217 */
    int64_t balance_minor;  /* As kept, minor units */
    int64_t held_minor;     /* As kept, minor units */
    struct party_id issuer; /* Whose promise; 0 money */
    struct maybe_integer floor_minor; /* What is free may not be spent below */
    int64_t owed_minor;               /* As kept, minor units */
    int64_t given_minor;              /* Sum of the transfers to it */
    int64_t taken_minor;              /* Sum of the transfers from it */
};
LIST_OF(audit_account);
struct audit_reserved {        /* shape: What open holds reserve in an account */
    struct account_id account; /* Which */
    int64_t minor;             /* Their sum */
};
LIST_OF(audit_reserved);

struct audit_posting {                 /* shape: The head of a posting as kept */
    struct posting_id id;              /* Names it */
    int64_t legs;                      /* How many transfers it had */
    struct text digest;                /* Over them */
    struct maybe_posting_id corrects;  /* What it takes back */
    struct maybe_posting_id corrected; /* The same when it is there */
};
LIST_OF(audit_posting);

struct audit_transfer {                /* shape: A transfer beside the currencies of its accounts */
    struct transfer_id id;             /* Names it */
    struct posting_id posting;         /* Its set */
    struct account_id from_account;    /* Debited */
    struct account_id to_account;      /* Credited */
    int64_t amount_minor;              /* How much, minor units */
    struct text amount_currency;       /* ISO 4217 */
    struct text from_currency;         /* Of the debited account; empty when there is none */
    struct text to_currency;           /* Of the credited account; empty when there is none */
    int64_t from_issuer;               /* Of the debited account; -1 when there is none */
    int64_t to_issuer;                 /* Of the credited account; -1 when there is none */
    struct text reason;                /* Text key */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct maybe_account_id corrected_from; /* Debited by that one; nothing when it is not there */
    struct maybe_account_id corrected_to;   /* Credited by that one */
    int64_t back_minor;                     /* Taken back of this one, minor units */
    struct instant at;                      /* When */
};
LIST_OF(audit_transfer);

struct audit_hold {                  /* shape: A hold beside its account and posting */
    struct hold_id id;               /* Names it */
    struct text state;               /* What became of it */
    struct text amount_currency;     /* ISO 4217 */
    struct text account_currency;    /* Of its account; empty when there is none */
    struct maybe_posting_id posting; /* What it became */
    struct maybe_posting_id posted;  /* The same when it is there */
};
LIST_OF(audit_hold);

struct audit_rate {            /* shape: An exchange beside its rate */
    struct posting_id posting; /* Which */
    struct text from_currency; /* Given */
    struct text to_currency;   /* Got */
    int64_t numerator;         /* Whole units got */
    int64_t denominator;       /* For so many given */
    struct text source;        /* Who says so */
    int64_t given_minor;       /* Sum of its transfers in one, minor units */
    int64_t got_minor;         /* And in the other */
};
LIST_OF(audit_rate);
struct audit_day {                     /* shape: A closed day as kept */
    int64_t day;                       /* Since 1970 in UTC */
    struct posting_id from_posting;    /* The first id that belongs to it */
    struct posting_id through_posting; /* The last id that belongs to it */
    int64_t postings;                  /* How many there were */
    int64_t transfers;                 /* How many those had */
    struct text previous;              /* Hash of the day before */
    struct text hash;                  /* Over all of it */
    struct text signature;             /* Over the hash */
    struct text public_key;            /* Whose */
};
LIST_OF(audit_day);
struct audit_day_posting {            /* shape: A posting beside all that a day's hash covers */
    struct posting_id id;             /* Names it */
    struct text template;             /* Name of its template */
    int64_t subject;                  /* What it is about */
    int64_t legs;                     /* How many transfers it had */
    struct text digest;               /* Over them */
    struct maybe_posting_id corrects; /* What it takes back */
    struct maybe_posting_id follows;  /* Whose money it shares on */
    struct instant at;                /* When */
};
LIST_OF(audit_day_posting);
struct audit_day_transfer {            /* shape: A transfer beside all that a day's hash covers */
    struct transfer_id id;             /* Names it */
    struct account_id from_account;    /* Debited */
    struct text from_purpose;          /* What that is for; empty when there is none */
    struct party_id from_party;        /* Whose it is */
    struct account_id to_account;      /* Credited */
    struct text to_purpose;            /* What that is for; empty when there is none */
    struct party_id to_party;          /* Whose it is */
    struct party_id issuer;            /* Whose promise the units are */
    int64_t amount_minor;              /* How much, minor units */
    struct text amount_currency;       /* ISO 4217 */
    struct text reason;                /* Text key */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct instant at;                 /* When */
};
LIST_OF(audit_day_transfer);
struct audit_day_move {        /* shape: What moved in an account on a day beside what is kept */
    struct account_id account; /* Which */
    int64_t moved_minor;       /* Came in less went out, minor units */
    int64_t before_minor;      /* Kept of the last day before on which it moved; 0 none */
    struct maybe_integer kept_minor; /* Kept of this day */
};
LIST_OF(audit_day_move);
struct audit_kept {            /* shape: What is kept of an account at the end of a day */
    struct account_id account; /* Which */
    int64_t day;               /* Since 1970 */
};
LIST_OF(audit_kept);
struct audit_early {      /* shape: A posting of before the first closed day */
    struct posting_id id; /* Names it */
};
LIST_OF(audit_early);

struct journal_transfer {             /* shape: A transfer as the journal writes it */
    struct transfer_id id;            /* Names it */
    struct posting_id posting;        /* Its set */
    struct text template;             /* Name of the posting's template */
    struct maybe_posting_id corrects; /* What the posting takes back */
    struct text from_purpose;         /* What the debited account is for */
    struct party_id from_party;       /* Whose it is */
    struct text to_purpose;           /* What the credited account is for */
    struct party_id to_party;         /* Whose it is */
    struct party_id issuer;           /* Whose promise the units are */
    struct money amount;              /* How much */
    struct text reason;               /* Text key */
    struct instant at;                /* When */
};
LIST_OF(journal_transfer);

struct journal_account {    /* shape: An account as the journal asserts it */
    struct account_id id;   /* Names it */
    struct party_id party;  /* Whose */
    struct text purpose;    /* What for */
    struct text currency;   /* ISO 4217 */
    struct party_id issuer; /* Whose promise the units are */
    int64_t balance_minor;  /* As kept, minor units */
};
LIST_OF(journal_account);

#endif
