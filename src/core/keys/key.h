/*
 * Keys of programs: who they act for, what they may do, how long.
 *
 * A key is "cf_live_" and a secret as in core/keys/secret.h. It is shown once; what is kept is its hash. A
 * key of a person does what they may as a person, never for a business; a key of an organisation does what
 * its maker may do there, and stops when they may no more. Read next: web/admit.c, web/access.h for scopes.
 */
#ifndef CONTRAFLOW_CORE_KEYS_KEY_H
#define CONTRAFLOW_CORE_KEYS_KEY_H

#include "core/job.h"
#include "core/keys/secret.h"
#include "core/module.h"

#define KEY_LIVE_PREFIX KEY_PREFIX "live_"
enum {
    KEY_TEXT = 8 + SECRET_OWN, /* bytes of a key */
    KEYS_MAX = 100,            /* good ones of one owner */
    KEY_DAYS = 365,            /* a key is good for, when nothing else is said */
};
#define KEY_WARNING (14 * DAY) /* before its end its maker is told */

struct key_id { /* shape id key: A key of a program */
    int64_t value;
};
enum key_state {               /* shape: Where a key stands */
                 KEY_GOOD = 1, /* live: It opens what its scopes name */
                 KEY_EXPIRED,  /* expired: Its time is over */
                 KEY_REVOKED,  /* revoked: It was ended by hand */
                 KEY_STOPPED,  /* stopped: Its maker no longer works there */
};
struct key_line {              /* shape: A key in a list */
    struct key_id id;          /* Names it */
    struct text name;          /* What it is for */
    struct text tail;          /* Its last four characters */
    struct text scopes;        /* What it may do, with blanks between */
    struct instant made;       /* Since when it is good */
    struct instant until;      /* Over then */
    struct maybe_instant used; /* Hour in which it was last used */
    struct party_id maker;     /* Who made it */
    struct text maker_name;    /* How they are called */
    enum key_state state;      /* Where it stands */
};
LIST_OF(key_line);

extern const struct problem keys_unknown;  /* 401: there is no such key */
extern const struct problem keys_expired;  /* 401 */
extern const struct problem keys_revoked;  /* 401: ended by hand, or its maker may no more */
extern const struct problem keys_repeated; /* 409: this request made one, which is shown once */
extern const struct problem keys_too_many; /* 409: KEYS_MAX */

/* What a key is to be. */
struct key_order {
    struct party_id owner;    /* the maker, or an organisation they are an owner of */
    struct party_id maker;    /* who asks */
    struct text name;         /* what it is for */
    struct text scopes;       /* with blanks between; checked by the caller */
    struct text once;         /* idempotency key */
    struct instant at, until; /* made, over */
};
/* Makes it and tells its maker by mail. &keys_repeated, &keys_too_many. */
const struct problem *key_make(struct store *store, struct memory *memory,
                               const struct key_order *order, struct key_id *id,
                               struct text *secret);
/* Ends a key of an owner at once; &not_found. */
const struct problem *key_end(struct store *store, struct memory *memory, struct party_id owner,
                              struct key_id id, struct party_id by, struct instant at);

/* The server's key_load. */
const struct problem *key_load(struct request *request, struct text key, struct viewer *out);

/* Whether a text is formed as a key is and its check fits: what a scanner asks. */
bool key_is_formed(struct text key);

/* A thing that keys can be allowed to read, change, or both. */
struct scope_choice {         /* shape: What a key can be allowed to do with a topic */
    struct text topic;        /* As in the scopes: "stock" */
    struct text label;        /* In the reader's words */
    struct maybe_text reads;  /* The scope for looking; absent: there is nothing to look at */
    struct maybe_text writes; /* The scope for changing; absent: there is nothing to change */
};
LIST_OF(scope_choice);

/* All topics of the route tables that a key of the viewer, or of the organisation they act for, can
 * reach, in the order of the parts. */
const struct problem *key_choices(const struct request *request, bool business,
                                  struct scope_choice_list *out);

/* All that programs of others can be allowed: what reaches a person or a business, never the desk. */
const struct problem *scope_choices(const struct request *request, struct scope_choice_list *out);
/* Whether a scope does anything for a person or for a business, the desk apart. *least is then not 0, and
 * for a business the role with which it begins to be about the business's own. */
bool scope_reaches(struct text scope, bool business, enum member_role *least);

extern const struct job_kind key_warn_job;
extern const struct consumer key_claimed; /* ends the keys of an account that was claimed */
extern const struct module keys_part;

#endif
