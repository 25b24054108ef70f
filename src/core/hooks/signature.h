/*
 * Signatures of webhooks, as Standard Webhooks writes them (https://www.standardwebhooks.com/).
 *
 * A secret is 32 random bytes, written `whsec_` and their base 64. What is signed (HMAC-SHA256) is
 * "ID.TIMESTAMP.BODY"; a signature is written "v1," and its base 64, several with blanks between.
 * Pure but for the random bytes.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_SIGNATURE_H
#define CONTRAFLOW_CORE_HOOKS_SIGNATURE_H

#include "base/text.h"

enum {
    HOOK_SECRET = 32,        /* bytes of a secret */
    HOOK_SECRET_TEXT = 64,   /* of a written one with its NUL: 6 + 44 + 1, rounded up */
    HOOK_SIGNATURE_TEXT = 48 /* of one signature with its NUL: 3 + 44 + 1 */
};

void hook_secret_make(unsigned char out[HOOK_SECRET]);
void hook_secret_write(const unsigned char secret[HOOK_SECRET], char out[HOOK_SECRET_TEXT]);
/* `seconds` since 1970. */
void hook_sign(const unsigned char secret[HOOK_SECRET], struct text id, int64_t seconds,
               struct text body, char out[HOOK_SIGNATURE_TEXT]);

#endif
