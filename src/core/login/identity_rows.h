/*
 * Rows of identity_queries.sql. Private to core/login/identity.c and its tests.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_IDENTITY_ROWS_H
#define CONTRAFLOW_CORE_LOGIN_IDENTITY_ROWS_H

#include "core/login/identity.h"

struct identity_new {       /* shape: An account elsewhere, to write */
    struct identity_id id;  /* Names it */
    struct party_id person; /* Whose */
    struct text issuer;     /* The provider */
    struct text subject;    /* Its name for the account */
    struct text mail;       /* Address that it said; may be empty */
    struct instant made;    /* Connected */
};
struct identity_row {       /* shape: An account elsewhere as stored */
    struct identity_id id;  /* Names it */
    struct party_id person; /* Whose */
    struct text issuer;     /* The provider */
    struct text mail;       /* Address that it said; may be empty */
    struct instant made;    /* Connected */
    struct instant used;    /* Last; 0: not yet */
};
LIST_OF(identity_row);
struct identity_hit {      /* shape: An account elsewhere that a change found */
    struct identity_id id; /* Names it */
    struct text issuer;    /* The provider */
};
struct offer_row {        /* shape: An account elsewhere that is nobody's yet */
    struct text secret;   /* Hash of its secret */
    struct text browser;  /* Hash of the secret of the browser's forms */
    struct text issuer;   /* The provider */
    struct text subject;  /* Its name for the account */
    struct text name;     /* How it says that they are called; may be empty */
    struct text mail;     /* Address that it says they have; may be empty */
    bool verified;        /* It says that the address is theirs */
    struct text next;     /* Path to go on to; empty: none */
    struct text resume;   /* Key of a form that was kept; empty: none */
    struct instant until; /* Over then */
};

#endif
