/*
 * What people allowed apps: a code, then pairs of tokens (OAuth 2.1), each in place of the one before.
 *
 * Every consent is a grant of its own. Its code and all its refresh tokens begin with the same characters,
 * its family, so that one that was used before is recognised and ends the grant, whoever comes with it. The
 * rest of a code, refresh or access token is a secret as in core/keys/secret.h; hashes are kept. A grant acts
 * for the person who gave it or for one business, with what that person may do there at this moment.
 * Must not know: HTTP, forms. Read next: core/apps/token_pages.c.
 */
#ifndef CONTRAFLOW_CORE_APPS_GRANT_H
#define CONTRAFLOW_CORE_APPS_GRANT_H

#include "core/apps/app.h"

#define CODE_PREFIX    KEY_PREFIX "code_"
#define REFRESH_PREFIX KEY_PREFIX "refresh_"
#define ACCESS_PREFIX  KEY_PREFIX "access_"
#define CODE_LIFE      MINUTE
#define ACCESS_LIFE    HOUR
#define REFRESH_LIFE   (90 * DAY)
enum {
    FAMILY = 16,        /* characters that a grant's code and refresh tokens share */
    GRANTS_MAX = 20,    /* live ones of one person for one app; beyond, the oldest ends */
    CHALLENGE_SIZE = 43 /* base64url of SHA-256 */
};

struct app_grant_id { /* shape id gnt: What a person allowed an app */
    int64_t value;
};
struct app_access {            /* shape: An app that has access */
    struct app_grant_id id;    /* Names the permission */
    struct text app;           /* How the app is called */
    struct text website;       /* url: A page about it */
    struct text owner;         /* The business whose app it is */
    struct text person;        /* Who allowed it */
    struct text organisation;  /* The business it acts for; empty: the person */
    struct text scopes;        /* What it may do, with blanks between */
    struct instant given;      /* Allowed */
    struct instant until;      /* Over then, unless it is used before */
    struct maybe_instant used; /* Hour in which it was last used */
};
LIST_OF(app_access);

extern const struct problem apps_token_unknown; /* 401 */
extern const struct problem apps_token_expired; /* 401 */
extern const struct problem apps_token_ended;   /* 401: ended, or its person may no more */
extern const struct problem
    apps_invalid_grant; /* 400: of a code or refresh token, whatever is wrong */
extern const struct problem apps_invalid_scope; /* 400: more than was granted */

/* A consent. */
struct app_grant_order {
    struct app_id app;
    struct text app_name;
    struct party_id person;        /* who allows */
    struct party_id organisation;  /* for which business; 0: for themselves */
    struct text organisation_name; /* empty: for themselves */
    struct text scopes;            /* with blanks between */
    struct text redirect;          /* where the code goes */
    struct text challenge;         /* CHALLENGE_SIZE characters */
    struct instant at;
};
/* Gives the code and tells the person by mail. */
const struct problem *app_grant_give(struct store *store, struct memory *memory,
                                     const struct app_grant_order *order, struct text *code);

/* What an app gets for a code or a refresh token. */
struct app_grant_pair {
    struct text access, refresh;
    struct text scopes; /* with blanks between */
};
/* A code for a pair; `redirect` may be empty. A code that was used before ends what it gave. */
const struct problem *app_grant_redeem(struct store *store, struct memory *memory,
                                       struct app_id app, struct text code, struct text redirect,
                                       struct text verifier, struct instant at,
                                       struct app_grant_pair *out);
/* A refresh token for another pair. One that was used before ends the grant. `scopes` that are asked for
 * may be empty; more than was granted is &apps_invalid_scope, and less is answered with all. */
const struct problem *app_grant_refresh(struct store *store, struct memory *memory,
                                        struct app_id app, struct text refresh, struct text scopes,
                                        struct instant at, struct app_grant_pair *out);
/* Whether all of some scopes are among others; both with blanks between. */
bool app_grant_holds(struct text scopes, struct text some);
/* Ends the grant of an access or refresh token; nothing happens when there is none. &apps_invalid_grant:
 * it is another app's. */
const struct problem *app_grant_revoke(struct store *store, struct memory *memory,
                                       struct app_id app, struct text token, struct instant at);
/* Ends one of a person's grants, or of those that act for a business; &not_found. */
const struct problem *app_grant_end_of_person(struct store *store, struct memory *memory,
                                              struct party_id person, struct app_grant_id id,
                                              struct instant at);
const struct problem *app_grant_end_of_business(struct store *store, struct memory *memory,
                                                struct party_id organisation,
                                                struct app_grant_id id, struct party_id by,
                                                struct instant at);

extern const struct consumer
    app_grant_claimed; /* ends all that was allowed by an account that was claimed */

/* The server's key_load: of access tokens, and for the rest as key_load() of core/keys. */
const struct problem *app_grant_load(struct request *request, struct text key, struct viewer *out);
/* The server's origin_known, with those of apps. */
const struct problem *app_grant_origin_known(struct request *request, struct text origin,
                                             bool *known);

#endif
