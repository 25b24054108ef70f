/*
 * Anti-forgery tokens, and text sealed for ourselves.
 *
 * A token is a keyed hash (BLAKE2b, libsodium generichash) of the session secret, or for forms that
 * come before a session of a random cookie (double submit). The key is made once per installation
 * and lies in DATA/secret, readable by its owner only.
 * Must not know: routes, requests. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_FORGERY_H
#define CONTRAFLOW_WEB_FORGERY_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

#define FORGERY_KEY   32 /* bytes of the key */
#define FORGERY_TOKEN 65 /* a token's hexadecimal digits and NUL */

struct forgery {
    unsigned char key[FORGERY_KEY];  /* of tokens */
    unsigned char seal[FORGERY_KEY]; /* of sealed text, derived */
};

/* Reads DATA/secret, or makes it (mode 0600). *complaint names the file and why. */
const struct problem *forgery_load(struct memory *memory, struct text data, struct forgery *out,
                                   struct text *complaint);

/* A token that belongs to a secret (session or form cookie): a random mask, then the hash under it,
 * so that compressed pages don't tell it to who guesses (BREACH). */
void forgery_token(const struct forgery *forgery, struct text secret, char out[FORGERY_TOKEN]);
/* True when `token` belongs to `secret`; takes the same time wherever they differ. */
bool forgery_matches(const struct forgery *forgery, struct text secret, struct text token);

/* Fresh randomness as `2 * bytes` hexadecimal digits and NUL; bytes at most 32. */
void forgery_random(char *out, size_t bytes);

/* Encrypts and authenticates (XSalsa20-Poly1305, libsodium secretbox). */
const struct problem *forgery_seal(const struct forgery *forgery, struct memory *memory,
                                   struct text plain, struct text *out);
/* False when it was not sealed by this installation or was changed. */
bool forgery_open(const struct forgery *forgery, struct memory *memory, struct text sealed,
                  struct text *plain);

#endif
