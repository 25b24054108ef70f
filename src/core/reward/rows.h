/*
 * Rows of promised units as people and businesses see them. Private to core/reward.
 */
#ifndef CONTRAFLOW_CORE_REWARD_ROWS_H
#define CONTRAFLOW_CORE_REWARD_ROWS_H

#include "core/reward/reward.h"

struct reward_row {                   /* shape: Units that moved, as stored */
    struct posting_id posting;        /* By which */
    struct party_id issuer;           /* Whose promise they are */
    struct party_id party;            /* Who got or used them */
    struct party_id actor;            /* Who of the issuer did it */
    enum reward_what what;            /* What happened */
    struct money units;               /* How many, of which kind */
    struct maybe_money price;         /* Of what was bought */
    struct maybe_money paid;          /* What of it the units paid */
    struct text note;                 /* What the person reads */
    struct maybe_posting_id corrects; /* The use that it takes back */
    struct instant at;                /* When */
};
struct reward_account {     /* shape: Units of one issuer that somebody has or had */
    struct account_id id;   /* Where they lie */
    struct party_id issuer; /* Whose promise they are */
    struct text name;       /* How the issuer is called */
    struct text currency;   /* The unit */
    int64_t balance_minor;  /* Units there */
    int64_t held_minor;     /* Of which reserved */
};
LIST_OF(reward_account);
struct reward_line_row {               /* shape: A transfer of units as their owner sees it */
    struct transfer_id id;             /* Names it */
    struct posting_id posting;         /* Its set */
    int64_t minor;                     /* Above zero what came, below what went */
    struct text reason;                /* Text key of the sentence why */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct maybe_money price;          /* Of what was bought */
    struct maybe_money paid;           /* What of it the units paid */
    struct maybe_text note;            /* What the issuer says about it */
    struct instant at;                 /* When */
};
LIST_OF(reward_line_row);
struct promise_line_row {      /* shape: Units that moved as their issuer sees it */
    struct posting_id posting; /* Names it */
    enum reward_what what;     /* What happened */
    struct party_id party;     /* Who got or used them */
    struct text name;          /* How they are called */
    struct text by;            /* Who of the issuer did it */
    struct money units;        /* How many */
    struct maybe_money price;  /* Of what was bought */
    struct maybe_money paid;   /* What of it the units paid */
    struct text note;          /* What the person reads */
    int64_t returned;          /* 1 when the use was taken back */
    struct instant at;         /* When */
};
LIST_OF(promise_line_row);
struct reward_sum {   /* shape: Units of several accounts */
    int64_t accounts; /* How many accounts were looked at */
    int64_t units;    /* Units in them */
};
struct reward_any { /* shape: Whether there is any */
    int64_t number; /* 0 or 1 */
};

#endif
