/*
 * Rows of queries.sql. Private to core/keys.
 */
#ifndef CONTRAFLOW_CORE_KEYS_ROWS_H
#define CONTRAFLOW_CORE_KEYS_ROWS_H

#include "core/keys/key.h"

struct key_hit {      /* shape: The key that a change found */
    struct key_id id; /* Names it */
};
struct key_gone {       /* shape: The key that was ended */
    struct key_id id;   /* Names it */
    struct text name;   /* What it was for */
    struct text scopes; /* What it was allowed, with blanks between */
};
struct key_new {           /* shape: A key to write */
    struct key_id id;      /* Names it */
    struct party_id owner; /* Whose things it reaches */
    struct party_id maker; /* Who made it */
    struct text name;      /* What it is for */
    struct text secret;    /* Its hash */
    struct text tail;      /* Its last characters */
    struct text scopes;    /* With blanks between */
    struct instant made;   /* Now */
    struct instant until;  /* Over then */
    struct text once;      /* Idempotency key */
};
struct key_viewer_row {            /* shape: Whom a key acts for, with their rights now */
    struct key_id id;              /* Names it */
    struct party_id owner;         /* Whose things it reaches */
    struct party_id maker;         /* Who made it */
    struct text scopes;            /* With blanks between */
    struct instant until;          /* Over then */
    struct instant used;           /* Last noted use; 0: never */
    struct instant revoked;        /* Ended; 0: not */
    struct text name;              /* Of the maker */
    struct instant suspended;      /* The maker is shut out since; 0: not */
    bool operator;                 /* The maker works for the intermediary */
    int64_t desk;                  /* DESK_BITs of what they see to there */
    struct text organisation_name; /* Of the owner; empty: none, or the maker has no right there */
    struct text role;              /* Word of the maker's role there; empty: none */
};
struct key_count { /* shape: How many keys there are */
    int64_t live;  /* That are good */
};
struct key_ending {        /* shape: A key that ends soon */
    struct key_id id;      /* Names it */
    struct party_id owner; /* Whose things it reaches */
    struct party_id maker; /* Who is told */
    struct text name;      /* What it is for */
    struct instant until;  /* Over then */
};
LIST_OF(key_ending);
struct origin_hit {     /* shape: A website that was found */
    struct text origin; /* "https://shop.example" */
};
LIST_OF(origin_hit);

#endif
