/*
 * Who the operators are, and what each sees to.
 *
 * Must not know: pages. Read next: core/act.h, web/access.h.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_TEAM_H
#define CONTRAFLOW_CORE_PEOPLE_TEAM_H

#include "core/people/party.h"

struct operator_row {       /* shape: An operator */
    struct party_id person; /* Names them */
    struct text name;       /* How they are called */
    struct text mail;       /* How they sign in */
    int64_t desk;           /* DESK_BITs of what they see to, added up */
    bool factor;            /* Signs in with a code, too */
};
LIST_OF(operator_row);

extern const struct problem team_last_admin; /* 409: somebody has to see to everything */

/* The operators in order of their names; at most 200. */
const struct problem *team_list(struct database *db, struct memory *memory,
                                struct operator_row_list *out);
/* What a person sees to from now on, DESK_BITs added up; 0: is no operator any more. Notes the act and
 * tells the person by mail. &team_last_admin, &not_found. */
const struct problem *team_set(struct store *store, struct memory *memory, struct party_id person,
                               int64_t desk, struct party_id by, struct instant at);
/* The same, when they still see to what they saw to in the version `seen`; &web_changed. */
const struct problem *team_change(struct store *store, struct memory *memory,
                                  struct party_id person, int64_t desk, struct maybe_text seen,
                                  struct party_id by, struct instant at);
/* What somebody sees to, as a version (web/version.h). */
const struct problem *team_version(struct memory *memory, int64_t desk, struct text *out);

/* Whether anybody besides `person` sees to money, so that two pairs of eyes can look at a payout. */
const struct problem *team_has_second(struct database *db, struct memory *memory,
                                      struct party_id person, bool *out);

/* "support, finance"; empty for none. */
const struct problem *team_words(struct memory *memory, int64_t desk, struct text *out);

#endif
