/*
 * Secrets that the database keeps and only this installation reads.
 *
 * Must not know: what is sealed. Read next: core/login/factor.c.
 */
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "core/sign/sign.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEALED_MAX = 256
};

/* A key for each purpose follows from the installation's seed. */
static void key_for(const struct sign_key *key, const char *purpose, unsigned char out[32])
{
    crypto_generichash(out, 32, (const unsigned char *)purpose, strlen(purpose), key->seed,
                       sizeof key->seed);
}

const struct problem *sign_seal(struct memory *memory, const struct sign_key *key,
                                const char *purpose, int64_t about, struct bytes plain,
                                struct text *out)
{
    unsigned char own[32];
    unsigned char sealed[SEALED_MAX];
    char hex[SEALED_MAX * 2 + 1];
    unsigned long long size;
    ensure(plain.size + NONCE + TAG <= SEALED_MAX);
    key_for(key, purpose, own);
    randombytes_buf(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, &size, plain.data, plain.size,
                                               (const unsigned char *)&about, sizeof about, NULL,
                                               sealed, own);
    sodium_memzero(own, sizeof own);
    sodium_bin2hex(hex, sizeof hex, sealed, NONCE + (size_t)size);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}

bool sign_unseal(const struct sign_key *key, const char *purpose, int64_t about, struct text sealed,
                 unsigned char *out, size_t size)
{
    unsigned char own[32];
    unsigned char bytes[SEALED_MAX];
    size_t got = 0;
    if (size + NONCE + TAG > SEALED_MAX || sealed.size != 2 * (size + NONCE + TAG) ||
        sodium_hex2bin(bytes, sizeof bytes, sealed.data, sealed.size, NULL, &got, NULL) != 0 ||
        got != size + NONCE + TAG)
        return false;
    key_for(key, purpose, own);
    bool fine = crypto_aead_xchacha20poly1305_ietf_decrypt(
                    out, NULL, NULL, bytes + NONCE, got - NONCE, (const unsigned char *)&about,
                    sizeof about, bytes, own) == 0;
    sodium_memzero(own, sizeof own);
    return fine;
}
