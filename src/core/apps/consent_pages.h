/*
 * The page on which a person allows an app something (RFC 6749, 4.1.1; OAuth 2.1 wants PKCE of everybody).
 *
 * Read next: core/apps/consent_pages.c.
 */
#ifndef CONTRAFLOW_CORE_APPS_CONSENT_PAGES_H
#define CONTRAFLOW_CORE_APPS_CONSENT_PAGES_H

#include "core/apps/app.h"

struct authorize_query {             /* shape: What an app asks a person for */
    struct maybe_text response_type; /* ..40: code */
    struct maybe_text client_id;     /* ..40: Which app */
    struct maybe_text redirect_uri;  /* ..300: Where the answer goes */
    struct maybe_text scope; /* ..700: What it asks for, with blanks between; all it may without */
    struct maybe_text state; /* ..400: Goes back as it came */
    struct maybe_text code_challenge;        /* ..128: Of PKCE */
    struct maybe_text code_challenge_method; /* ..20: S256 */
};
struct authorize_scope { /* shape: What an app asks for of one topic */
    struct text label;   /* In the reader's words */
    bool looks;          /* To look */
    bool changes;        /* To change */
};
LIST_OF(authorize_scope);
struct authorize_actor {     /* shape: Somebody for whom an app may act */
    struct text acts_for;    /* "me", or the id of a business */
    struct text name;        /* Of the business; empty: the person */
    enum member_role role;   /* The person's there; of themselves the highest */
    enum member_role needed; /* For all that is asked */
    bool possible;           /* It is enough */
    bool chosen;             /* At first */
};
LIST_OF(authorize_actor);
struct authorize_view {                 /* shape: What an app asks a person for */
    struct text app;                    /* How it is called */
    struct text owner;                  /* The business whose app it is */
    struct text website;                /* url: A page about it */
    struct text leads_to;               /* Where the answer goes: scheme and host */
    struct authorize_scope_list asks;   /* What it may do */
    struct authorize_actor_list actors; /* For whom it may act */
    bool possible;                      /* For one of them at least */
    struct text response_type;          /* As it came */
    struct text client_id;              /* As it came */
    struct text redirect_uri;           /* As it came */
    struct text scope;                  /* As it came */
    struct text state;                  /* As it came */
    struct text code_challenge;         /* As it came */
    struct text code_challenge_method;  /* As it came */
};
enum authorize_answer {                      /* shape: What a person answers to an app */
                        AUTHORIZE_ALLOW = 1, /* allow: It may */
                        AUTHORIZE_REFUSE,    /* refuse: It may not */
};
struct authorize_form {                      /* shape: A person's answer to an app */
    struct maybe_text response_type;         /* ..40: code */
    struct maybe_text client_id;             /* ..40: Which app */
    struct maybe_text redirect_uri;          /* ..300: Where the answer goes */
    struct maybe_text scope;                 /* ..700: What it asks for, with blanks between */
    struct maybe_text state;                 /* ..400: Goes back as it came */
    struct maybe_text code_challenge;        /* ..128: Of PKCE */
    struct maybe_text code_challenge_method; /* ..20: S256 */
    struct maybe_text acts_for;              /* ..40: "me", or the id of a business */
    enum authorize_answer answer;            /* Whether it may */
};

const struct problem *core_consent_page(struct request *request,
                                        const struct authorize_query *query,
                                        struct authorize_view *view);
const struct problem *core_consent(struct request *request, const struct authorize_form *form,
                                   struct nothing *view);

#endif
