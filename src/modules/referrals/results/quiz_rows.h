/*
 * Rows of what was answered. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_QUIZ_ROWS_H
#define CONTRAFLOW_REFERRALS_RESULTS_QUIZ_ROWS_H

#include "modules/referrals/results/quiz_pages.h"

struct quiz_partner_row {                /* shape: A partner with what they answered */
    struct referrals_partner_id partner; /* Who */
    struct program_id program;           /* In which */
    struct text quiz;                    /* A digit a question; empty: nothing yet */
    int64_t quiz_version;                /* Of the rules it was about */
};
struct quiz_hit {                        /* shape: That a partner answered */
    struct referrals_partner_id partner; /* Who */
};
struct quiz_said {                       /* shape: What a partner answers, as stored */
    struct referrals_partner_id partner; /* Who */
    struct text quiz;                    /* A digit a question */
    int64_t version;                     /* Of the rules */
};
struct quiz_count_row { /* shape: How often an answer was given */
    int64_t question;   /* Its place */
    int64_t answer;     /* Its place; 0: left out */
    int64_t partners;   /* Who gave it */
};
LIST_OF(quiz_count_row);
struct quiz_add_row {          /* shape: One more who gave an answer */
    struct program_id program; /* In which */
    int64_t version;           /* Of its rules */
    int64_t question;          /* Its place */
    int64_t answer;            /* Its place; 0: left out */
};

#endif
