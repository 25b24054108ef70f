/*
 * Parties: people and organisations, and who belongs where.
 *
 * Everybody is a consumer; a membership makes somebody also part of a business; an operator works for
 * the intermediary. Read next: core/login/login.h for how they come in, core/people/member.h.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_PARTY_H
#define CONTRAFLOW_CORE_PEOPLE_PARTY_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"
#include "web/request.h"

enum party_kind {                     /* shape: What a party is */
                  PARTY_PERSON = 1,   /* person: A human being */
                  PARTY_ORGANISATION, /* organisation: A company, a club, an office */
};

struct party_row {            /* shape: A party as stored */
    struct party_id id;       /* Names it */
    enum party_kind kind;     /* What it is */
    struct text name;         /* As they want to be called */
    struct text place;        /* Town or country */
    struct text about;        /* A few sentences */
    struct text website;      /* https address; empty when none */
    struct instant joined;    /* Since */
    struct instant suspended; /* Shut out since; 0: not */
};
LIST_OF(party_row);

extern const struct problem party_link_over;  /* 410: used, too old, or never was */
extern const struct problem party_last_owner; /* 409: an organisation needs one owner */

/* A new organisation owned by `owner`. */
const struct problem *party_found(struct store *store, struct memory *memory, struct text name,
                                  struct text place, struct party_id owner, struct instant at,
                                  struct party_id *out);
/* Adds or changes a member; MEMBER 0 ends the membership. */
const struct problem *party_member(struct store *store, struct memory *memory,
                                   struct party_id organisation, struct party_id person,
                                   enum member_role role, struct instant at);
/* What a party says about itself, anew. */
const struct problem *party_describe(struct store *store, struct memory *memory,
                                     struct party_id party, struct text name, struct text place,
                                     struct text about, struct text website);

const struct problem *party_find(struct database *db, struct memory *memory, struct party_id id,
                                 struct party_row *out);
const struct problem *party_by_mail(struct database *db, struct memory *memory, struct text mail,
                                    struct party_row *out);

#endif
