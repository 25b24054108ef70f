/*
 * Rows of the pages about doubts. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_PAGE_ROWS_H
#define CONTRAFLOW_REFERRALS_DOUBTS_PAGE_ROWS_H

#include "modules/referrals/doubts/rows.h"

struct doubt_page_row {       /* shape: A doubt with what pages tell beside it */
    struct doubt_id id;       /* Names it */
    enum doubt_what what;     /* What it is about */
    int64_t clicks;           /* How many */
    enum verdict_state found; /* Held, rejected, counted after all */
    int64_t score;            /* Points */
    struct text findings;     /* As stored */
    enum doubt_state state;   /* Where it stands */
    struct text said;         /* The partner's words; may be empty */
    struct text answer;       /* What was answered; may be empty */
    struct instant at;        /* Of the order, of the hour */
    struct text number;       /* Of the order; empty: clicks */
    struct maybe_money total; /* Of the order */
    struct text name;         /* Whose it would be */
    struct text program;      /* Title of the program */
};
LIST_OF(doubt_page_row);
struct doubt_click_row {             /* shape: A click that was held or rejected */
    struct referrals_click_id click; /* Which */
    struct instant at;               /* When */
    int64_t score;                   /* Points */
    struct text findings;            /* As stored */
};
LIST_OF(doubt_click_row);
struct doubt_part_row {        /* shape: Somebody's part in a program */
    struct party_id person;    /* Who */
    struct program_id program; /* Which */
    struct text title;         /* Of the program */
};
struct doubt_title_row {       /* shape: A program of a business */
    struct program_id program; /* Which */
    struct text title;         /* What it is called */
};
struct doubt_sum_row { /* shape: How many had which scores */
    int64_t judged;    /* In all */
    int64_t now;       /* At or above the threshold in force */
    int64_t held;      /* At or above another */
};
struct doubt_waiting_row {     /* shape: Appeals that wait in a program */
    struct program_id program; /* Which */
    struct text title;         /* What it is called */
    int64_t appeals;           /* How many */
};
LIST_OF(doubt_waiting_row);
struct doubt_told_row {                  /* shape: What a mail about a doubt says */
    struct party_id person;              /* Whose it would be */
    struct referrals_partner_id partner; /* Their part */
    struct program_id program;           /* Which program */
    struct party_id business;            /* Whose that is */
    struct text title;                   /* What it is called */
    struct text name;                    /* How the person is called */
    enum doubt_what what;                /* What it is about */
    enum verdict_state found;            /* Held or rejected */
    struct text findings;                /* As stored */
    struct text said;                    /* The partner's words */
    struct text answer;                  /* What was answered */
    struct instant at;                   /* Of the order, of the hour */
};
struct doubt_language_row { /* shape: In which language somebody gets mail */
    enum language language; /* That */
};

#endif
