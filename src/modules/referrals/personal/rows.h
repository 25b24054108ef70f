/*
 * Rows of the statements about personal offers. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_PERSONAL_ROWS_H
#define CONTRAFLOW_REFERRALS_PERSONAL_ROWS_H

#include "modules/referrals/personal/personal.h"

struct personal_new {                    /* shape: A personal offer to be kept beside its deal */
    struct deal_id deal;                 /* Names it */
    struct referrals_partner_id partner; /* To whom */
    struct program_id program;           /* In which program */
    int64_t levels;                      /* For so many levels a rate is named */
    int64_t level_1;                     /* Basis points */
    int64_t level_2;                     /* Basis points */
    int64_t level_3;                     /* Basis points */
    struct text message;                 /* What the business says */
    struct hold_id hold;                 /* The fee set aside; 0: none */
    struct instant until;                /* Lapses then */
};
struct personal_wanted { /* shape: What a partner wants instead */
    struct deal_id deal; /* Of which offer */
    int64_t levels;      /* For so many levels a rate is named */
    int64_t level_1;     /* Basis points */
    int64_t level_2;     /* Basis points */
    int64_t level_3;     /* Basis points */
    struct text answer;  /* What they say */
};
struct personal_hit {    /* shape: An offer that a statement changed */
    struct deal_id deal; /* Which */
};
struct personal_count { /* shape: How many offers */
    int64_t number;     /* So many */
};
struct personal_to {                     /* shape: Somebody to whom an offer may be made */
    struct referrals_partner_id partner; /* Names them in the program */
    struct party_id person;              /* Who */
    struct text name;                    /* How they are called */
    struct program_id program;           /* Which program */
    struct text title;                   /* What that is called */
    struct party_id business;            /* Whose it is */
    bool takes_part; /* They are active or invited, and the program is not over */
    bool wants_none; /* They want no offers of the business */
};
struct agreed_row {                      /* shape: Rates agreed with a partner */
    struct referrals_partner_id partner; /* With whom */
    struct deal_id deal;                 /* By which */
    int64_t levels;                      /* For so many levels */
    int64_t level_1;                     /* Basis points */
    int64_t level_2;                     /* Basis points */
    int64_t level_3;                     /* Basis points */
};

struct personal_told_row {               /* shape: An offer as mails tell of it */
    struct referrals_partner_id partner; /* To whom */
    struct party_id person;              /* Who that is */
    struct text name;                    /* How they are called */
    struct text title;                   /* Of the program */
    struct party_id business;            /* Whose it is */
    struct text business_name;           /* How that is called */
    struct text message;                 /* What the business says */
    struct text answer;                  /* What the partner says */
    struct instant until;                /* Lapses then */
};
struct personal_waiting_row {            /* shape: An offer that waits for an answer */
    struct referrals_partner_id partner; /* To whom */
    struct text title;                   /* Of the program */
    struct text name;                    /* Of the other side */
    struct instant until;                /* Lapses then */
};
LIST_OF(personal_waiting_row);
struct personal_audit_row { /* shape: What an offer set aside, beside the books */
    struct deal_id deal;    /* Which */
    int64_t due_minor;      /* What it must hold */
    int64_t held_minor;     /* What the books hold */
};
LIST_OF(personal_audit_row);

#endif
