/*
 * Accounts elsewhere that people sign in with: those that are theirs, and those that are nobody's yet.
 *
 * A provider's account is known by issuer and subject alone. What the provider says of a mail address gives
 * nobody an account that exists: who comes with an account that is nobody's yet signs up, or signs in as
 * before and connects it then. Until then it is an offer, for half an hour and in the browser that came.
 * Read next: core/login/identity.c, core/oidc/attempt.h, docs/decisions/0022-providers.md.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_IDENTITY_H
#define CONTRAFLOW_CORE_LOGIN_IDENTITY_H

#include "core/oidc/attempt.h"
#include "core/login/login.h"

#define OFFER_LIFE (30 * MINUTE)
enum { IDENTITIES_MAX = 10 /* of one person */ };

struct identity_id { /* shape id idt: An account elsewhere that a person signs in with */
    int64_t value;
};

struct identity_line {     /* shape: An account elsewhere in its person's list */
    struct identity_id id; /* Names it */
    struct text issuer;    /* Address of the provider */
    struct text name;      /* The provider's name; its address when the operator has taken it out */
    struct text mail;      /* Address that the provider said when it was connected; may be empty */
    struct instant made;   /* When */
    struct instant used;   /* Last used; 0: not yet */
    bool works;            /* The operator still has that provider */
};
LIST_OF(identity_line);

/* An account elsewhere that is nobody's yet. */
struct identity_offer {
    const struct oidc_provider *provider; /* where */
    struct text name;                     /* how it says that they are called; may be empty */
    struct text mail;                     /* address that it says they have; may be empty */
    bool verified;                        /* it says that the address is theirs */
    bool taken;                           /* somebody here has that address */
    struct text next, resume;             /* where they came from; may be empty */
};

/* A browser that came with one: the secret of the offer, and that of its forms. */
struct identity_claim {
    struct text secret;  /* of the offer */
    struct text browser; /* of the browser's forms */
    struct instant at;   /* now */
};

extern const struct problem party_identity_over;  /* 410: too late, done already, or elsewhere */
extern const struct problem party_identity_known; /* 409: somebody signs in with it already */
extern const struct problem party_identity_many;  /* 409: IDENTITIES_MAX */
extern const struct problem party_identity_last;  /* 409: no other way in would be left */
extern const struct problem party_identity_other; /* 403: it is not this person's */

/* Signs in whose it is, by half when a code is asked for. &not_found: it is nobody's; &party_suspended. */
const struct problem *identity_sign_in(struct store *store, struct memory *memory,
                                       const struct oidc_person *found,
                                       const struct session_origin *from, struct instant at,
                                       struct signing_in *out);
/* Whether it is this person's; &party_identity_other. A use of it is noted. */
const struct problem *identity_prove(struct store *store, struct memory *memory,
                                     const struct oidc_person *found, struct party_id person,
                                     struct text session, struct instant at);
/* From now on they sign in with it, which a mail says; &party_identity_known, &party_identity_many. */
const struct problem *identity_connect(struct store *store, struct memory *memory,
                                       const struct oidc_person *found, struct party_id person,
                                       struct instant at);

/* Keeps one that is nobody's for who came with it. */
const struct problem *identity_offer(struct store *store, struct memory *memory,
                                     const struct oidc_person *found, const struct oidc_aim *aim,
                                     struct text browser, struct instant at, struct text *secret);
/* What was kept; &party_identity_over. */
const struct problem *identity_offered(struct database *db, struct memory *memory,
                                       const struct identity_claim *claim,
                                       struct identity_offer *out);
/* Inside a write: uses an offer up for who just signed up. */
const struct problem *identity_take(struct database *db, struct memory *memory,
                                    const struct identity_claim *claim, struct party_id person);
/* As identity_connect(), with one that was offered. */
const struct problem *identity_accept(struct store *store, struct memory *memory,
                                      const struct identity_claim *claim, struct party_id person);

const struct problem *identity_list(struct database *db, struct memory *memory,
                                    struct party_id person, struct identity_line_list *out);
/* Removes one and says so by mail; &not_found, &party_identity_last. */
const struct problem *identity_remove(struct store *store, struct memory *memory,
                                      struct party_id person, struct identity_id identity,
                                      struct instant at);
/* Inside a write: whether a person could still come in: by password, passkey, an account elsewhere, or a
 * link to an address that is known to be theirs. */
const struct problem *identity_way_left(struct database *db, struct memory *memory,
                                        struct party_id person, bool *left);

#endif
