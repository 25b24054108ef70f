/*
 * Rows of passkey_queries.sql. Private to core/login/passkey.c and its tests.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PASSKEY_ROWS_H
#define CONTRAFLOW_CORE_LOGIN_PASSKEY_ROWS_H

#include "core/login/passkey.h"

struct challenge_row {              /* shape: What a browser was given to have signed */
    struct text challenge;          /* Hash of it */
    struct text browser;            /* Hash of the secret of the browser that asked */
    enum challenge_purpose purpose; /* What for */
    struct party_id person;         /* Who is to sign, or to be; 0: whoever it is */
    struct instant until;           /* Over then */
};
struct passkey_new {                  /* shape: A passkey to write */
    struct passkey_id id;             /* Names it */
    struct party_id person;           /* Whose */
    struct text credential;           /* Its authenticator's name for it, base64url */
    enum passkey_algorithm algorithm; /* How it signs */
    struct text public;               /* Public half of its key, hex */
    int64_t counter;                  /* How often it has signed; 0: it does not count */
    struct text name;                 /* As its person calls it */
    struct instant made;              /* When */
};
struct passkey_row {                  /* shape: A passkey as stored */
    struct passkey_id id;             /* Names it */
    struct party_id person;           /* Whose */
    enum passkey_algorithm algorithm; /* How it signs */
    struct text public;               /* Public half of its key, hex */
    int64_t counter;                  /* How often it has signed; 0: it does not count */
    struct text name;                 /* As its person calls it */
    struct instant suspended;         /* Its person is shut out since; 0: not */
};
struct passkey_hit {      /* shape: A passkey that a change found */
    struct passkey_id id; /* Names it */
};
struct passkey_named {    /* shape: A passkey that was removed */
    struct passkey_id id; /* Names it */
    struct text name;     /* As its person called it */
};

#endif
