/*
 * The pure decisions of briefs: facts in, verdict out; no clock, no database.
 */
#ifndef CONTRAFLOW_BRIEFS_RULES_H
#define CONTRAFLOW_BRIEFS_RULES_H

#include "modules/briefs/briefs.h"

#define BRIEFS_CRITERIA  6           /* that a business scores answers by, at most */
#define BRIEFS_SCORE_MAX 5           /* the best score; 1 is the worst */
#define BRIEFS_DAY_ENDS  (18 * HOUR) /* on a day named as a deadline, UTC */
#define BRIEFS_LONGEST   (366 * DAY) /* from publishing to the deadline */
#define BRIEFS_DECIDE_BY (14 * DAY)  /* after the deadline, before what still waits lapses */

/* Names of criteria as they are kept: one a line, blank ones left out. */
struct briefs_criteria {
    struct text names[BRIEFS_CRITERIA];
    size_t count;
};
void briefs_criteria_read(struct text kept, struct briefs_criteria *out);

/* Scores as they are kept: a digit 0..5 for each criterion in order; 0 is not scored. Missing digits
 * count as 0. */
int64_t briefs_score_at(struct text scores, size_t place);
int64_t briefs_scores_sum(struct text scores);
/* Writes scores as they are kept; each is 0..5. */
void briefs_scores_write(char out[BRIEFS_CRITERIA + 1], const int64_t scores[BRIEFS_CRITERIA]);

/* The moment a typed deadline means: a bare day lasts until its evening. */
struct instant briefs_deadline(struct instant typed);
/* Whether a brief published at `now` may take answers until then. */
bool briefs_deadline_fits(struct instant until, struct instant now);
/* When what still waits for the business lapses. */
struct instant briefs_lapse_at(struct instant until);

/* Whether a brief takes an answer for this price: NULL, &briefs_not_open, &ledger_wrong_currency or
 * &briefs_over_budget, in this order. */
const struct problem *briefs_may_answer(const struct briefs_brief_row *brief, struct money price,
                                        struct instant at);
/* Whether one more may be accepted for this price: NULL, &briefs_full, &ledger_wrong_currency or
 * &briefs_over_budget, in this order. */
const struct problem *briefs_may_accept(const struct briefs_brief_row *brief, struct money price);

#endif
