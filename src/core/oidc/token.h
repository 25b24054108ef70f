/*
 * ID tokens: what a provider says about who signed in there (OpenID Connect Core 1.0, 3.1.3.7), checked.
 *
 * Signatures are libcjose's to check; which algorithms and keys it is given, and every claim, is checked
 * here. Pure: no clock, no network. Read next: core/oidc/token.c, docs/decisions/0022-providers.md.
 */
#ifndef CONTRAFLOW_CORE_OIDC_TOKEN_H
#define CONTRAFLOW_CORE_OIDC_TOKEN_H

#include "base/clock.h"
#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

enum {
    OIDC_TOKEN_MAX = 16 << 10, /* bytes of a token */
    OIDC_SUBJECT_MAX = 255,    /* of `sub`, by the standard */
    OIDC_NAME_MAX = 100,       /* characters of a name, as people may have here */
    OIDC_MAIL_MAX = 254        /* bytes of a mail address (RFC 5321) */
};
#define OIDC_SKEW (2 * MINUTE)  /* that their clock may differ from ours */
#define OIDC_AGE  (10 * MINUTE) /* that a token may be old */

/* What a token must say. */
struct oidc_expected {
    struct text issuer; /* `iss` */
    struct text client; /* `aud`: us */
    struct text nonce;  /* `nonce` */
    struct text access; /* the access token beside it, for `at_hash`; may be empty */
    struct instant at;  /* now */
};

/* Who signed in there. */
struct oidc_claims {
    struct text subject;          /* never another's there, never again */
    struct text name;             /* may be empty */
    struct text mail;             /* what they say it is; empty: nothing that is one */
    bool mail_verified;           /* they say that it is the person's */
    struct instant authenticated; /* when the person last proved there who they are; 0: not said */
};

extern const struct problem oidc_wrong; /* 422: what the provider says is not to be believed */
extern const struct problem oidc_key_unknown; /* 422: none of these keys has signed it */

/* Checks a token against a JSON Web Key Set (RFC 7517). *because says in a word what is wrong, for the log. */
const struct problem *oidc_token_check(struct memory *memory, struct text token, struct text keys,
                                       const struct oidc_expected *expected,
                                       struct oidc_claims *out, const char **because);

/* Reads name and mail from a JSON object of claims, which must be about `subject`: the provider's further
 * word about the person. What the token has said already stays. */
const struct problem *oidc_claims_add(struct memory *memory, struct text json,
                                      struct oidc_claims *claims);

#endif
