/*
 * One verdict rule each: what it finds, in points and numbers.
 *
 * Must not know: how points become a verdict. Read next: rules.c (the table).
 */
#ifndef CONTRAFLOW_REFERRALS_SUSPECTS_RULES_H
#define CONTRAFLOW_REFERRALS_SUSPECTS_RULES_H

#include "modules/referrals/suspects/memory.h"

/* What is judged. */
struct suspect_look {
    const struct suspect_memory *memory; /* what is known */
    const struct suspect_terms *terms;   /* of the program */
    const struct suspect_sums *partner;  /* of who is to be paid */
    const struct suspect_click *click;   /* the click, or that of the claim; NULL: there is none */
    const struct suspect_claim *claim;   /* NULL: a click is judged */
    struct suspect_like like;            /* of the click, to those of its partner that look made */
};

/* Points, 0 when it finds nothing; fills count and of. */
typedef int64_t suspect_check(const struct suspect_look *look, struct suspect_finding *found);

/* click.c: of a click */
suspect_check suspect_program, suspect_embedded, suspect_prefetch, suspect_banned, suspect_burst,
    suspect_hosted, suspect_bare, suspect_idle, suspect_unseen, suspect_glance, suspect_again,
    suspect_company, suspect_alike, suspect_flood, suspect_opened, suspect_stayed, suspect_touched,
    suspect_read, suspect_device, suspect_source, suspect_network, suspect_shared,
    suspect_its_claim, suspect_often, suspect_region, suspect_checkout;

/* claim.c: of a sign-up or an order */
suspect_check suspect_same_mail, suspect_same_person, suspect_fellow, suspect_same_payout,
    suspect_after_basket, suspect_rushed, suspect_at_once, suspect_prepared, suspect_odd_number,
    suspect_early_number, suspect_hearsay, suspect_disposable, suspect_same_machine,
    suspect_its_click, suspect_too_many, suspect_one_customer, suspect_sent_back, suspect_late,
    suspect_asleep;

/* The score of a click for its own sake, without what is rejected by itself. */
int64_t suspect_click_score(const struct suspect_look *look);

#endif
