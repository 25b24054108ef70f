/*
 * Apps of third parties: what a business says of its app, and whether a program is that app.
 *
 * The id of an app is its client_id (OAuth 2.1). A confidential app has a secret that is shown once and
 * kept as a hash; a public one, that runs where its users can look into it, has none.
 * Must not know: pages, tokens. Read next: core/apps/grant.h, docs/decisions/0023-apps.md.
 */
#ifndef CONTRAFLOW_CORE_APPS_APP_H
#define CONTRAFLOW_CORE_APPS_APP_H

#include "core/keys/key.h"

#define APP_SECRET_PREFIX KEY_PREFIX "secret_"
enum { APPS_MAX = 50 /* of one business */, REDIRECTS_MAX = 10 };

struct app_id { /* shape id app: An app of a third party */
    int64_t value;
};
struct app_row {            /* shape: An app as stored */
    struct app_id id;       /* Its client_id */
    struct party_id owner;  /* Whose it is */
    struct text owner_name; /* How they are called */
    struct text name;       /* As people read it */
    struct text website;    /* A page about it */
    struct text redirects;  /* Where people may be sent back, one a line */
    struct text scopes;     /* What it may ask for, with blanks between */
    bool confidential;      /* It has a secret */
    struct text secret;     /* Its hash; empty: public */
    struct text tail;       /* The secret's last characters; empty: public */
    struct instant made;    /* Registered */
};
LIST_OF(app_row);

extern const struct problem apps_unknown;  /* 400: there is no such app */
extern const struct problem apps_redirect; /* 400: the app has no such address to go back to */
extern const struct problem apps_repeated; /* 409: this request registered one */
extern const struct problem apps_too_many; /* 409: APPS_MAX */
extern const struct problem apps_public;   /* 409: a public app has no secret */

/* What an app is to be. */
struct app_order {
    struct app_id id;      /* of a change; otherwise filled */
    struct party_id owner; /* the business */
    struct party_id maker; /* who asks */
    struct text name, website;
    struct text redirects;  /* one a line, each checked */
    struct text scopes;     /* with blanks between, each checked */
    struct maybe_text seen; /* of a change: version of what is changed */
    bool confidential;      /* only when it is registered */
    struct text once;       /* idempotency key; the same */
    struct instant at;      /* now */
};
/* Registers one; *secret is empty when it is public. &apps_repeated, &apps_too_many. */
const struct problem *app_register(struct store *store, struct memory *memory,
                                   struct app_order *order, struct text *secret);
/* What can be changed of it, as a version (web/version.h). */
const struct problem *app_version(struct memory *memory, const struct app_row *app,
                                  struct text *out);
/* Changes what is said of it; &not_found, &web_changed. */
const struct problem *app_change(struct store *store, struct memory *memory,
                                 const struct app_order *order);
/* Gives it another secret, after which the one before is no good; &not_found, &apps_public. */
const struct problem *app_renew(struct store *store, struct memory *memory, struct party_id owner,
                                struct app_id id, struct party_id by, struct instant at,
                                struct text *secret);
/* Takes it away, with all that it was allowed; &not_found. */
const struct problem *app_remove(struct store *store, struct memory *memory, struct party_id owner,
                                 struct app_id id, struct party_id by, struct instant at);

/* The app of a client_id, unless it is removed or its business shut out; &apps_unknown. */
const struct problem *app_find(struct database *db, struct memory *memory, struct text client,
                               struct app_row *out);
/* Whether a secret is the app's; of a public one, whether there is none. */
bool app_is_proven(struct memory *memory, const struct app_row *app, struct text secret);

extern const struct module apps_part;

#endif
