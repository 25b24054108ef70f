/*
 * Passkeys as browsers speak of them (Web Authentication Level 2, W3C): what is asked, and what an
 * authenticator answers, taken apart and checked.
 *
 * libfido2 reads the authenticator's data and checks signatures; of a new passkey only its key is
 * taken, no statement about who built it (attestation "none"). Pure: whatever bytes come, the answer is
 * a problem or the facts. Must not know: the store, sessions. Read next: core/login/passkey.h,
 * docs/decisions/0018-passkeys.md.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_WEBAUTHN_H
#define CONTRAFLOW_CORE_LOGIN_WEBAUTHN_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

/* Where passkeys belong: 5.1.3, 5.1.4 of the standard. */
struct webauthn_site {
    struct text host;   /* the RP id: "example.org" */
    struct text origin; /* scheme, host and port as a browser writes them: "https://example.org" */
};

enum passkey_algorithm {                    /* shape: How a passkey signs (RFC 9053, 8812) */
                         PASSKEY_ES256 = 1, /* es256: ECDSA with P-256 and SHA-256 */
                         PASSKEY_EDDSA,     /* eddsa: Ed25519 */
                         PASSKEY_RS256,     /* rs256: RSA with 2,048 bits, PKCS #1 v1.5, SHA-256 */
};

/* What a browser says it was asked, and where (5.8.1). */
struct webauthn_client {
    struct text challenge;  /* as it says: base64url */
    unsigned char hash[32]; /* SHA-256 of all it says, which the authenticator has signed */
};

/* A new passkey, of 5.2.1. */
struct webauthn_made {
    struct text credential;           /* its id, base64url */
    enum passkey_algorithm algorithm; /* of its key */
    struct text key;                  /* the public half, hex, as libfido2 keeps it */
    int64_t counter;                  /* how often it has signed; 0 when it doesn't count */
};

/* An answer that signs, of 5.2.2; what is base64url comes as the browser gave it. */
struct webauthn_signed {
    struct text data;      /* the authenticator's, base64url */
    struct text signature; /* of it and of the client's hash, base64url */
    int64_t counter;       /* out: how often the key has signed; 0 when it doesn't count */
    bool verified;         /* out: the authenticator knows its person, by finger, face or PIN */
};

enum { WEBAUTHN_CREDENTIAL = 1364 /* characters of the longest id: 1,023 bytes (6.1) */ };

extern const struct problem party_passkey_wrong;  /* 422: the answer doesn't hold */
extern const struct problem party_passkey_origin; /* 422: it was made for another address */

/* The site at an address without a slash at its end; a loopback address counts as "localhost". False
 * when browsers give it no passkeys: neither https nor localhost, or an address of numbers. */
bool webauthn_site(struct memory *memory, struct text address, struct webauthn_site *out);

/* What the browser says, as far as it fits: `type` is "webauthn.create" or "webauthn.get". Whether the
 * challenge is ours is the caller's to say. */
const struct problem *webauthn_client(struct memory *memory, const struct webauthn_site *site,
                                      const char *type, struct text said,
                                      struct webauthn_client *out);
/* A new passkey from its authenticator's data, base64url. */
const struct problem *webauthn_made(struct memory *memory, const struct webauthn_site *site,
                                    struct text data, struct webauthn_made *out);
/* Checks a signature by a key as webauthn_made() gave it. */
const struct problem *webauthn_signed(struct memory *memory, const struct webauthn_site *site,
                                      enum passkey_algorithm algorithm, struct text key,
                                      const struct webauthn_client *client,
                                      struct webauthn_signed *answer);

#endif
