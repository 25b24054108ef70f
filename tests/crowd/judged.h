/*
 * The crowd before the verdict rules: what a server would hand them, and what they say, fact by fact.
 *
 * Each click is judged in the hour after it, when its page has reported or not; each sign-up and order when
 * it comes; and both once more `JUDGED_PAID` days later, before they are paid. The rules see facts and the three
 * lists of crowd.h, never the truth. Read next: bench/verdicts.c.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_JUDGED_H
#define CONTRAFLOW_TESTS_CROWD_JUDGED_H

#include "crowd.h"
#include "modules/referrals/suspects/suspect.h"

enum { JUDGED_PAID = 30 /* days from a claim to its pay */ };

struct judged {
    enum crowd_fact_kind kind;      /* click, sign-up or order */
    struct crowd_truth truth;       /* what it was */
    struct crowd_truth partner;     /* what its partner is */
    bool paid;                      /* false: when it came; true: before it is paid */
    struct suspect_verdict verdict; /* what the rules say */
};

/* Everything that somebody claims, twice. False when memory is short. */
bool judge_crowd(uint64_t seed, uint32_t partners, uint32_t days, const struct suspect_terms *terms,
                 void (*tell)(const struct judged *judged, void *context), void *context);

#endif
