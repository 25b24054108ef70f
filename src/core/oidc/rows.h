/*
 * Rows of queries.sql. Private to core/oidc.
 */
#ifndef CONTRAFLOW_CORE_OIDC_ROWS_H
#define CONTRAFLOW_CORE_OIDC_ROWS_H

#include "core/oidc/attempt.h"

struct oidc_attempt {          /* shape: A browser that was sent to a provider */
    struct text state;         /* Hash of what it was sent with */
    struct text browser;       /* Hash of the secret of the browser */
    struct text issuer;        /* The provider */
    enum oidc_purpose purpose; /* What for */
    struct party_id person;    /* Who was signed in; 0: nobody */
    struct text next;          /* Path to go on to; empty: none */
    struct text resume;        /* Key of a form that was kept; empty: none */
    struct instant begun;      /* When */
    struct instant until;      /* Over then */
};

#endif
