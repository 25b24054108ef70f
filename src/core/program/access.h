/*
 * Early access that programs give: who may see or buy something before everybody may.
 *
 * It belongs to a person or, until that is known, to a mail address, of which the mark alone is kept
 * (shop_mail_mark()). A shop asks for it by the name that its rules give it. Must not know: what it opens.
 * Read next: core/program/access.c.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_ACCESS_H
#define CONTRAFLOW_CORE_PROGRAM_ACCESS_H

#include "core/program/rows.h"

struct access_shown {      /* shape: Early access that somebody has */
    struct text business;  /* Who gives it */
    struct text program;   /* By which of its programs */
    struct text name;      /* To what */
    struct instant begins; /* First moment */
    struct instant ends;   /* Over then */
};
LIST_OF(access_shown);

/* Who asks for what of whom; party 0 and an empty mark are nobody. */
struct access_asked {
    struct party_id business;
    struct party_id party;
    struct text mail; /* mark */
    struct text name;
    struct instant at;
};
/* The access that is open at that instant, the longest; otherwise the one that opens next. &not_found: there is
 * none, or it is over. Reads. */
const struct problem *program_access_find(struct database *db, struct memory *memory,
                                          const struct access_asked *asked,
                                          struct access_shown *out);
/* What somebody has that is not over, the newest first, 50 at most; reads. */
const struct problem *program_accesses(struct database *db, struct memory *memory,
                                       struct party_id party, struct text mail, struct instant at,
                                       struct access_shown_list *out);

#endif
