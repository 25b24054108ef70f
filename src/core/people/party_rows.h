/*
 * Rows of party_queries.sql and member_queries.sql, and the steps inside a write that the topics about people
 * share: this one, login and profile. Private to them.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_PARTY_ROWS_H
#define CONTRAFLOW_CORE_PEOPLE_PARTY_ROWS_H

#include "core/people/party.h"

struct party_hit {      /* shape: The party that a change found */
    struct party_id id; /* Names it */
};
struct secret_hit {     /* shape: The secret that a change found */
    struct text secret; /* Its hash */
};
struct party_new {         /* shape: A party to write */
    struct party_id id;    /* Names it */
    enum party_kind kind;  /* What it is */
    struct text name;      /* As they want to be called */
    struct text folded;    /* The same in lower case */
    struct text place;     /* Town or country */
    struct instant joined; /* Since */
};
struct party_profile {   /* shape: What a party says about itself */
    struct party_id id;  /* Names it */
    struct text name;    /* As they want to be called */
    struct text folded;  /* The same in lower case */
    struct text place;   /* Town or country */
    struct text about;   /* A few sentences */
    struct text website; /* https address; empty when none */
};
struct member_row {               /* shape: A membership as stored */
    struct party_id person;       /* Who */
    struct party_id organisation; /* Where */
    enum member_role role;        /* As what */
    struct instant ended;         /* Until when; 0: still */
};
struct owner_count { /* shape: How many owners an organisation has */
    int64_t owners;  /* Of them */
};
struct member_new {               /* shape: A membership to write */
    struct party_id person;       /* Who */
    struct party_id organisation; /* Where */
    enum member_role role;        /* As what */
    struct instant since;         /* From when */
};

struct invitation_new {           /* shape: An invitation to write */
    struct text secret;           /* Hash of its secret */
    struct party_id organisation; /* Where to */
    struct text mail;             /* Where the link was sent */
    enum member_role role;        /* As what */
    struct party_id inviter;      /* Who asked */
    struct instant at;            /* Asked */
    struct instant until;         /* Over then */
};

/* In lower case, by Unicode's rules without regard to a language. data is NULL without memory. */
struct text party_fold(struct memory *memory, struct text typed);
/* 32 fresh random bytes in base64url, and the hash that is kept of such a secret, in hex. */
const struct problem *party_secret_make(struct memory *memory, struct text *out);
const struct problem *party_secret_hash(struct memory *memory, struct text secret,
                                        struct text *out);

/* Inside a write: the party itself; how a person comes in is core/login/login.c's to add. */
const struct problem *party_insert_named(struct database *db, struct memory *memory,
                                         struct party_id id, enum party_kind kind, struct text name,
                                         struct text place, struct instant at);
/* Inside a write: an organisation `id` with its first owner, for whom that person now acts. */
const struct problem *party_insert_organisation(struct database *db, struct memory *memory,
                                                struct party_id id, struct text name,
                                                struct text place, struct party_id owner,
                                                struct instant at);
/* Inside a write: what party_member() does. */
const struct problem *party_set_member(struct database *db, struct memory *memory,
                                       struct party_id organisation, struct party_id person,
                                       enum member_role role, struct instant at);
#define INVITATION_LIFE (7 * DAY)

#endif
