/*
 * How much of a partner's clicks looks made, and whether one of them is like those.
 *
 * Clicks are sorted by what can be known of each: how it was opened, how long the page was in sight, and so on.
 * A partner's clicks are taken for a mixture of people's, sorted as all of the program's are, and of made ones,
 * sorted in a way that is this partner's own and is learned from the clicks themselves. Nothing is known beforehand
 * of either, neither of liars nor of people: what is usual is learned by program as well, where no partner weighs more
 * than a few hundred clicks and what looks made weighs little.
 *
 * Sources: A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum likelihood from incomplete data via the EM algorithm"
 * (1977), of which one click is one step (D. M. Titterington, 1984); A. P. Dawid, "Statistical theory: the
 * prequential approach" (1984), by which the mixture is only believed where it foretold the clicks better.
 * Must not know: rules, points of others. Read next: made.c, docs/decisions/0027-verdicts.md.
 */
#ifndef CONTRAFLOW_REFERRALS_SUSPECTS_MADE_H
#define CONTRAFLOW_REFERRALS_SUSPECTS_MADE_H

#include "modules/referrals/suspects/suspect.h"

/* What clicks are sorted by. One that is not known of a click is left out for it. */
enum suspect_fact {
    FACT_OPENED,  /* by hand, by itself, typed, without saying */
    FACT_STAYED,  /* how long the page was in sight, or never */
    FACT_TOUCHED, /* how often it was touched */
    FACT_READ,    /* how far it was scrolled */
    FACT_DEVICE,  /* a computer, a phone, an app's own browser */
    FACT_SOURCE,  /* with or without naming the page it came from */
    FACT_NETWORK, /* from a data centre or not */
    FACT_SHARED,  /* how many others came from its network before: homes, offices, carriers */
    FACT_OFTEN,   /* how often its visitor came so far */
    FACT_REGION,  /* from which part of the net */
    SUSPECT_FACTS
};
enum { SUSPECT_SORTS = 4 + 23 + 11 + 11 + 3 + 2 + 2 + 4 + 5 + SUSPECT_REGIONS };

/* Of a partner, or of a program: what is usual there. All 0: nothing seen. */
struct suspect_made {
    int64_t clicks;               /* seen */
    int64_t weight;               /* of them, as far as remembered, in thousandths of a click */
    int64_t made;                 /* of that what looks made; of a program nothing */
    int64_t gain;                 /* hundredths of a deciban by which the mixture foretold better */
    int64_t sorts[SUSPECT_SORTS]; /* thousandths by sort: of made ones; of a program, of people's */
};

/* What a click has of it. */
struct suspect_like {
    int64_t points;               /* 0: it is not like them, or nothing is known */
    int64_t parts[SUSPECT_FACTS]; /* of these points, by what shows it; the rest is the partner's */
    int64_t made[SUSPECT_FACTS];  /* percent of made ones of the same sort */
    int64_t usual[SUSPECT_FACTS]; /* percent of people's */
};

/* One more click of a partner. */
void suspect_made_see(struct suspect_made *partner, struct suspect_made *program,
                      const struct suspect_click *click);

/* Any click, seen or not. */
struct suspect_like suspect_made_look(const struct suspect_made *partner,
                                      const struct suspect_made *program,
                                      const struct suspect_click *click);

#endif
