/*
 * Attempts to sign in with a provider: where the browser is sent, and what comes back with it.
 *
 * The authorization code flow with PKCE (RFC 6749, RFC 7636; RFC 9700). An attempt is a row under the hash of
 * its `state`, good once, for ten minutes and in the browser that began it; it is used up before its answer
 * is looked at. Verifier and nonce follow from `state` by a key that only this installation has, so neither is
 * kept anywhere. Read next: core/oidc/attempt.c, docs/decisions/0022-providers.md.
 */
#ifndef CONTRAFLOW_CORE_OIDC_ATTEMPT_H
#define CONTRAFLOW_CORE_OIDC_ATTEMPT_H

#include "core/oidc/provider.h"
#include "core/oidc/token.h"
#include "ledger/party.h"
#include "store/store.h"

#define OIDC_ATTEMPT_LIFE (10 * MINUTE)

enum oidc_purpose {                   /* shape: What somebody goes to a provider for */
                    OIDC_SIGN_IN = 1, /* sign_in: To sign in or up */
                    OIDC_CONNECT,     /* connect: To be able to from now on */
                    OIDC_PROVE,       /* prove: To prove again who they are */
};

/* What is to come of it. */
struct oidc_aim {
    enum oidc_purpose purpose; /* why */
    struct party_id person;    /* who is signed in; 0: nobody */
    struct text next;          /* path to go on to; may be empty */
    struct text resume;        /* key of a form that was kept; may be empty */
};

/* Who asks, wherefrom and when. */
struct oidc_asker {
    int64_t provider;    /* which */
    struct text site;    /* address of this installation, without a slash at its end */
    struct text browser; /* a secret of the browser's */
    struct instant at;   /* now */
};

/* What the browser brought back. */
struct oidc_answer {
    struct text state;  /* that it was sent away with */
    struct text code;   /* empty: the provider refuses */
    struct text error;  /* why (RFC 6749, 4.1.2.1) */
    struct text issuer; /* `iss` (RFC 9207); empty: not said */
};

/* Who it is, by the provider's word. */
struct oidc_person {
    const struct oidc_provider *provider; /* whose word */
    struct oidc_claims claims;            /* what it says */
    struct text access;                   /* to ask it for more */
    struct oidc_site site;                /* where */
    int64_t until;                        /* clock_ticks() until which it may be asked */
};

extern const struct problem oidc_over;    /* 410: asked long ago, answered already, or elsewhere */
extern const struct problem oidc_refused; /* 403: the provider, or the person there, said no */
extern const struct problem oidc_stale;   /* 403: they did not sign in there anew */

/* Once, at start: where the installation's key lies. */
const struct problem *oidc_attempt_start(struct memory *process, struct text data);

/* Begins an attempt. *address: where the browser is to go. &not_found: there is no such provider. May wait
 * for the network, and so may the others. */
const struct problem *oidc_begin(struct store *store, struct memory *memory,
                                 const struct oidc_asker *asker, const struct oidc_aim *aim,
                                 struct text *address);
/* Uses the attempt up and has its code made a token. *aim is set whenever the attempt was good. */
const struct problem *oidc_finish(struct store *store, struct memory *memory,
                                  const struct oidc_asker *asker, const struct oidc_answer *answer,
                                  struct oidc_aim *aim, struct oidc_person *out);
/* Asks the provider for name and mail address when its token did not say them. */
const struct problem *oidc_ask_more(struct memory *memory, struct oidc_person *person);

#endif
