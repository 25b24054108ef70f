/*
 * Links made and changed. Whoever changes what a link does calls these inside its write, so that the
 * indexes of all processes hear of it.
 *
 * Must not know: HTTP. Read next: link_index.h.
 */
#ifndef CONTRAFLOW_REFERRALS_LINK_H
#define CONTRAFLOW_REFERRALS_LINK_H

#include "modules/referrals/code.h"
#include "modules/referrals/referrals.h"

#define REFERRALS_LINKS_CHANGED "referrals.links" /* event; subject: `change` of the links */

struct referrals_link_new {              /* shape: A link to be made */
    struct referrals_link_id id;         /* Names it */
    struct referrals_partner_id partner; /* Whose */
    int64_t program;                     /* The partner's */
    struct text code;                    /* Folded */
    struct text spelling;                /* As it is shown */
    struct text target;                  /* Where it leads: referrals_landing_allowed() */
    struct instant at;                   /* When */
    int64_t change;                      /* The write's */
};

extern const struct problem
    referrals_code_taken; /* 409: another link has that code, or one like it */
extern const struct problem referrals_bad_code; /* 422: a code can't be that */

/* Makes up to 1,000 links, inside a write. Ids, folded codes and `change` are filled in. A code that is
 * empty is made up: 8 characters, which nobody guesses. &referrals_code_taken, &referrals_bad_code. */
const struct problem *referrals_links_make(struct database *db, struct memory *memory,
                                           struct referrals_link_new *links, size_t count);
/* The same where a link that can't be made keeps the others from nothing: refused[i] says why the i-th was not
 * made, NULL: it was. A write that nobody's link came of tells of nothing. */
const struct problem *referrals_links_try(struct database *db, struct memory *memory,
                                          struct referrals_link_new *links, size_t count,
                                          const struct problem **refused);
/* Inside a write, after a link's target or state was changed. */
const struct problem *referrals_link_changed(struct database *db, struct memory *memory,
                                             struct referrals_link_id link, struct instant at);
/* Inside a write, after a partner began or ceased to count. */
const struct problem *referrals_partner_changed(struct database *db, struct memory *memory,
                                                struct referrals_partner_id partner,
                                                struct instant at);

#endif
