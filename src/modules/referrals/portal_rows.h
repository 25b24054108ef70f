/*
 * Rows of the portals' pages. Private to the module.
 */
#ifndef CONTRAFLOW_REFERRALS_PORTAL_ROWS_H
#define CONTRAFLOW_REFERRALS_PORTAL_ROWS_H

#include "modules/referrals/partner_rows.h"
#include "modules/referrals/portal.h"

struct portal_program_row {         /* shape: A program with what everybody may know */
    struct program_id program;      /* Names it */
    struct text title;              /* What it is called */
    struct text business_name;      /* Who promises */
    struct text currency;           /* Of its money */
    int64_t version;                /* Of its rules */
    enum program_state state;       /* Where it stands */
    enum referrals_joining joining; /* How one comes to take part */
};
LIST_OF(portal_program_row);
struct portal_member_row {  /* shape: Who decides for a business */
    struct party_id person; /* That */
};
LIST_OF(portal_member_row);
struct portal_sums {      /* shape: What somebody got by a program */
    int64_t given_minor;  /* Money in all, less what was taken back */
    int64_t back_minor;   /* Taken back of it */
    int64_t credit_minor; /* Store credit beside it, less what was taken back */
    int64_t held_minor;   /* May still be taken back */
    struct instant next;  /* When the next of it can't be any more; 0: none */
    int64_t next_minor;   /* How much that is, of that moment */
};
struct portal_line_row {       /* shape: A verdict with what a reader got by it */
    struct verdict_id verdict; /* Names it */
    enum verdict_state state;  /* What was found */
    struct text reason;        /* Text key: why */
    struct text findings;      /* Of the verdict rules; may be empty */
    int64_t level;             /* At which the reader stands */
    struct maybe_money sum;    /* What the reader got at first */
    int64_t back_minor;        /* Taken back of it */
    struct instant due;        /* Free from then on; 0: at once */
    struct instant at;         /* Of the event */
    int64_t hour;              /* The hour of the reader's link it is about; 0: an order, say */
    int64_t events;            /* Clicks or impressions of that hour that it is for */
    bool shown;                /* These are impressions */
    struct maybe_money total;  /* What the order came to, if it is about one */
    bool post;                 /* It is about a post */
};
LIST_OF(portal_line_row);
struct portal_accepted { /* shape: What a partner accepted */
    int64_t version;     /* Of the rules in force when they joined; 0: not known */
    bool asks;           /* Has not said anything to the questions about them */
};
struct portal_hour_row {              /* shape: An hour of a link that was counted */
    struct referrals_hour_id id;      /* Names it */
    int64_t hour;                     /* Since 1970 (UTC) */
    enum program_trigger what;        /* Clicks or impressions */
    int64_t events;                   /* That count */
    int64_t before;                   /* Left over by hours before */
    int64_t rest;                     /* Left to the next */
    struct referrals_click_id latest; /* The newest; 0: none */
    bool unique_clicks;               /* A visitor's clicks pay once a day */
    struct text code;                 /* Of the link */
    int64_t passed;                   /* Clicks held then, paid by themselves since */
};
struct portal_click_row {            /* shape: A click of an hour */
    struct referrals_click_id click; /* Names it */
    struct instant at;               /* When it came */
    int64_t marks;                   /* What was seen at once */
    struct text findings;            /* What the rules against abuse hold it for; empty: nothing */
};
LIST_OF(portal_click_row);
struct portal_biz_row {        /* shape: A program of a business in a list */
    struct program_id program; /* Names it */
    struct text title;         /* What it is called */
    enum program_state state;  /* Where it stands */
    struct text currency;      /* Of its money */
    int64_t left_minor;        /* Of its budget */
    int64_t given_minor;       /* Less what was taken back */
    int64_t partners;          /* Who ever took part */
};
LIST_OF(portal_biz_row);
struct portal_owned {          /* shape: A program of the business */
    struct program_id program; /* Which */
};
struct portal_doubts_row { /* shape: What waits for a business */
    int64_t doubts;        /* How many, at most 100 */
};
struct portal_partner_row {              /* shape: A partner as the business sees them */
    struct referrals_partner_id partner; /* Names it */
    struct text name;                    /* How they are called */
    enum referrals_partner_state state;  /* Where they stand */
    int64_t orders;                      /* Orders that count */
    int64_t minor;                       /* What these came to */
    struct instant at;                   /* Joined */
};
LIST_OF(portal_partner_row);

#endif
