/*
 * Rows of the statements about clicks and what the index of links holds. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_ROWS_H
#define CONTRAFLOW_REFERRALS_CLICKS_ROWS_H

#include "modules/referrals/referrals.h"

struct referrals_index_row {       /* shape: A link as the index in memory holds it */
    struct referrals_link_id link; /* Which */
    int64_t program;               /* Whose */
    struct text code;              /* Folded */
    struct text target;            /* Where it leads */
    bool counts;                   /* Link and partner are live */
};
LIST_OF(referrals_index_row);
struct referrals_program_row { /* shape: A program as the index in memory holds it */
    int64_t program;           /* Which */
    struct text hosts;         /* Where its links may lead, one a line */
    bool counts;               /* It is live */
    struct instant until;      /* Until when; unset: without an end */
};
LIST_OF(referrals_program_row);
struct referrals_position_row { /* shape: How far the index has read events */
    int64_t turn;               /* Turn of the last of them */
    struct event_id event;      /* Its id */
};
struct referrals_hour_chain { /* shape: Where the clicks of an hour go on */
    int64_t link;             /* Which link */
    int64_t hour;             /* Which hour */
    int64_t earlier;          /* Newest click before this write; 0: none */
};
LIST_OF(referrals_hour_chain);
struct referrals_day_row { /* shape: The key of a day */
    struct text secret;    /* Hexadecimal digits */
};
struct referrals_click_row {      /* shape: A click as stored */
    struct referrals_click_id id; /* Names it */
    int64_t link;                 /* Which link */
    int64_t prior;                /* The one before it; 0: none */
    struct instant at;            /* When it came */
    int64_t marks;                /* What was seen at once */
    int64_t visitor;              /* Mark of who */
    int64_t network;              /* Mark of whence */
    int64_t seen;                 /* What its request said (seen.h) */
};
LIST_OF(referrals_click_row);
struct referrals_hour_row { /* shape: What an hour counts */
    int64_t link;           /* Which link */
    int64_t hour;           /* Which hour */
    int64_t clicks;         /* Clicks */
    int64_t marked;         /* Of these with a mark */
};
LIST_OF(referrals_hour_row);
struct referrals_chain_sums { /* shape: What the clicks of an hour add up to */
    int64_t clicks;           /* Clicks */
    int64_t marked;           /* Of these with a mark */
};
struct referrals_click_part { /* shape: A part of all clicks */
    int64_t clicks;           /* How many */
    int64_t last;             /* The newest of them; 0: none */
};
struct referrals_landing_fact { /* shape: A report of a page */
    int64_t click;              /* On which click */
    bool known;                 /* There is one */
};
LIST_OF(referrals_landing_fact);

#endif
