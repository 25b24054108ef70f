/*
 * The questions as a partner answers them, and what was answered as the business reads it.
 *
 * Read next: quiz.h, quiz_page.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_QUIZ_PAGES_H
#define CONTRAFLOW_REFERRALS_RESULTS_QUIZ_PAGES_H

#include "modules/referrals/results/quiz.h"
#include "modules/referrals/results/results.h"
#include "web/route.h"

struct quiz_choice {  /* shape: One answer */
    int64_t number;   /* Its place, from 1 */
    struct text said; /* In words */
    bool chosen;      /* The reader's */
    bool right;       /* What the rules say; told once the reader has answered */
};
LIST_OF(quiz_choice);
struct quiz_asked {                  /* shape: One question */
    int64_t number;                  /* Its place, from 1 */
    struct text asks;                /* The question */
    struct quiz_choice_list choices; /* Three */
    struct maybe_text why;           /* The sentence of the rules, once the reader has answered */
    bool right;                      /* The reader had it right */
    bool left_out;                   /* The reader left it out */
};
LIST_OF(quiz_asked);
struct quiz_page {                       /* shape: Questions about the rules of a program */
    struct referrals_partner_id partner; /* Whose */
    struct text title;                   /* The program's */
    int64_t version;                     /* Of the rules they are about */
    bool answered;                       /* The reader has answered, or did not want to */
    struct quiz_asked_list questions;    /* At most three; none: these rules need none */
};
struct quiz_query {                      /* shape: Whose questions */
    struct referrals_partner_id partner; /* Names it */
};
struct quiz_answers {                    /* shape: What somebody answers; all may be left out */
    struct referrals_partner_id partner; /* Whose */
    int64_t rules;                       /* 1..1000000: Of the rules they are about */
    struct maybe_integer q1;             /* 1..3: Place of an answer */
    struct maybe_integer q2;             /* 1..3: Place of an answer */
    struct maybe_integer q3;             /* 1..3: Place of an answer */
};
const struct problem *referrals_quiz_show(struct request *request, const struct quiz_query *query,
                                          struct quiz_page *view);
const struct problem *referrals_quiz_answer(struct request *request,
                                            const struct quiz_answers *answers,
                                            struct nothing *view);

/* Inside a write: keeps what a partner answers, a digit a question, 0 for left out. What was said first counts, and the
 * same once more changes nothing. */
const struct problem *quiz_keep(struct database *db, struct memory *memory,
                                struct referrals_partner_id partner, struct program_id program,
                                int64_t version, struct text digits);

/* ---- for the business ------------------------------------------------------------------------- */

struct quiz_found {            /* shape: How a question was answered */
    struct text asks;          /* The question */
    struct text right;         /* The right answer */
    int64_t answered;          /* By how many partners */
    struct maybe_integer part; /* Of these right, basis points */
    int64_t left_out;          /* By how many */
    struct maybe_text wrong;   /* The wrong answer given most; absent: none was */
    int64_t wrong_count;       /* How often */
};
LIST_OF(quiz_found);
/* About one version of the rules of a program. */
const struct problem *quiz_find(struct request *request, const struct program_row *program,
                                int64_t version, struct quiz_found_list *out);

#endif
