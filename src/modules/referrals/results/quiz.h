/*
 * Questions about a program's rules, made from the rules, so that right is what is run. Pure.
 *
 * What is wrong is plausible: what a level further up gets, a percentage read as a sum, the days in which a click
 * counts. The same rules ask the same in each language, with the answers in the same places.
 * Must not know: the database, who answers. Read next: quiz.c, quiz_page.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_QUIZ_H
#define CONTRAFLOW_REFERRALS_RESULTS_QUIZ_H

#include "core/program/terms.h"

enum { QUIZ_QUESTIONS = 3 /* at most */, QUIZ_ANSWERS = 3 /* of each */ };

struct quiz_question {        /* shape: A question about the rules of a program */
    int64_t number;           /* Its place, from 1 */
    struct text asks;         /* The question */
    struct text_list answers; /* Three, of which one is right */
    int64_t right;            /* for operator: The place of the right one, from 1 */
    struct text why;          /* for operator: The sentence of the rules that says so */
};
LIST_OF(quiz_question);

struct quiz_terms {
    const struct program_rules *rules;
    struct text currency;
    int64_t window_days; /* in which a click counts */
    int64_t version;     /* of the rules; moves the answers about */
    struct instant at;   /* when an order would come */
};

/* None when the rules give no money for orders. The list lives in `memory`. */
const struct problem *quiz_make(struct memory *memory, enum language language,
                                const struct quiz_terms *terms, struct quiz_question_list *out);

#endif
