/*
 * Making and writing secrets of webhooks, and signing with them.
 *
 * Must not know: where secrets are kept. Read next: core/hooks/receiver.c.
 */
#include "core/hooks/signature.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

void hook_secret_make(unsigned char out[HOOK_SECRET])
{
    randombytes_buf(out, HOOK_SECRET);
}

void hook_secret_write(const unsigned char secret[HOOK_SECRET], char out[HOOK_SECRET_TEXT])
{
    static const char prefix[] = "whsec_";
    memcpy(out, prefix, sizeof prefix);
    sodium_bin2base64(out + sizeof prefix - 1, HOOK_SECRET_TEXT - sizeof prefix + 1, secret,
                      HOOK_SECRET, sodium_base64_VARIANT_ORIGINAL);
}

void hook_sign(const unsigned char secret[HOOK_SECRET], struct text id, int64_t seconds,
               struct text body, char out[HOOK_SIGNATURE_TEXT])
{
    unsigned char hash[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    char between[32];
    (void)snprintf(between, sizeof between, ".%lld.", (long long)seconds);
    crypto_auth_hmacsha256_init(&state, secret, HOOK_SECRET);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)id.data, id.size);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)between, strlen(between));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.data, body.size);
    crypto_auth_hmacsha256_final(&state, hash);
    sodium_memzero(&state, sizeof state);
    memcpy(out, "v1,", 3);
    sodium_bin2base64(out + 3, HOOK_SIGNATURE_TEXT - 3, hash, sizeof hash,
                      sodium_base64_VARIANT_ORIGINAL);
}
