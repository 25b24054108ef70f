/*
 * Rows of the statements about people who want to be found. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_RECRUITING_ROWS_H
#define CONTRAFLOW_REFERRALS_RECRUITING_ROWS_H

#include "modules/referrals/recruiting/recruit.h"

struct sharer_fact_row {     /* shape: By what somebody is found */
    struct text fact;        /* all, topic, language, country or kind */
    struct text value;       /* Of it */
    int64_t reach;           /* Of all channels together */
    struct sharer_id sharer; /* Who */
};
struct sharer_channel_row {  /* shape: Where somebody reaches people, as stored */
    struct sharer_id sharer; /* Who */
    int64_t place;           /* 1 to 3 */
    struct text address;     /* Where */
    int64_t reach;           /* How many */
    enum sharer_kind kind;   /* What it is */
};
struct sharer_found_row {    /* shape: Somebody who was found */
    struct sharer_id sharer; /* Names them */
    struct text name;        /* As they want to be called */
    struct text about;       /* In their words */
    int64_t reach;           /* Of all channels together */
    struct text topics;      /* As stored */
    struct text languages;   /* As stored */
    struct text countries;   /* As stored */
    int64_t orders;          /* That ever came by them, in all programs */
};
LIST_OF(sharer_found_row);
struct sharer_hit {           /* shape: A row that a statement met */
    struct party_id business; /* Of which business */
};
struct sharer_number { /* shape: How many */
    int64_t number;    /* So many */
};
struct sharer_part {            /* shape: Of whom a partner hears, and what stands */
    struct party_id business;   /* Who */
    struct maybe_deal_id offer; /* That waits for an answer */
};

#endif
