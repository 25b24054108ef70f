/*
 * An authenticator and its browser in software, for tests: makes passkeys of each algorithm and signs
 * with them what it is told to, right or wrong. The bytes are put together by the standard's tables
 * (Web Authentication Level 2, 6.1, 6.5; RFC 9052, 7), not by the library that is tested.
 *
 * Included by tests only. Read next: core/login/webauthn_test.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_WEBAUTHN_TEST_BED_H
#define CONTRAFLOW_CORE_LOGIN_WEBAUTHN_TEST_BED_H

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "core/login/webauthn.h"

enum { AUTHENTICATOR_PRESENT = 1, AUTHENTICATOR_VERIFIED = 4, AUTHENTICATOR_NEW = 64, ID = 24 };

struct authenticator {
    enum passkey_algorithm algorithm; /* of its only passkey */
    EVP_PKEY *key;                    /* that passkey's */
    unsigned char id[ID];             /* its name */
    const char *host;                 /* the RP id that it answers to */
    unsigned flags;                   /* PRESENT, VERIFIED */
    uint32_t counter;                 /* what it says next about how often it has signed */
};

static inline void authenticator_begin(struct authenticator *self, enum passkey_algorithm algorithm)
{
    *self = (struct authenticator){.algorithm = algorithm,
                                   .host = "example.org",
                                   .flags = AUTHENTICATOR_PRESENT | AUTHENTICATOR_VERIFIED};
    if (algorithm == PASSKEY_ES256)
        self->key = EVP_EC_gen("P-256");
    else if (algorithm == PASSKEY_EDDSA)
        self->key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    else
        self->key = EVP_RSA_gen(2048);
    randombytes_buf(self->id, sizeof self->id);
    ensure(self->key);
}

static inline void authenticator_end(struct authenticator *self)
{
    EVP_PKEY_free(self->key);
}

static inline struct text base64_of(struct memory *memory, const void *raw, size_t size)
{
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = memory_take(memory, room);
    ensure(out);
    sodium_bin2base64(out, room, raw, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text_of(out);
}

/* The public half as a COSE_Key. */
static inline void add_key(struct builder *out, const struct authenticator *self)
{
    unsigned char raw[300];
    size_t size = sizeof raw;
    if (self->algorithm == PASSKEY_ES256) {
        ensure(
            EVP_PKEY_get_octet_string_param(self->key, OSSL_PKEY_PARAM_PUB_KEY, raw, size, &size));
        builder_add_bytes(out, "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10);
        builder_add_bytes(out, raw + 1, 32);
        builder_add_bytes(out, "\x22\x58\x20", 3);
        builder_add_bytes(out, raw + 33, 32);
    } else if (self->algorithm == PASSKEY_EDDSA) {
        ensure(EVP_PKEY_get_raw_public_key(self->key, raw, &size));
        builder_add_bytes(out, "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", 10);
        builder_add_bytes(out, raw, 32);
    } else {
        BIGNUM *modulus = NULL;
        ensure(EVP_PKEY_get_bn_param(self->key, OSSL_PKEY_PARAM_RSA_N, &modulus));
        ensure(BN_bn2binpad(modulus, raw, 256) == 256);
        BN_free(modulus);
        builder_add_bytes(out, "\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00", 11);
        builder_add_bytes(out, raw, 256);
        builder_add_bytes(out, "\x21\x43\x01\x00\x01", 5);
    }
}

/* The authenticator's data as bytes, with the key of a new passkey or without. */
static inline struct text authenticator_bytes(struct memory *memory,
                                              const struct authenticator *self, bool made)
{
    unsigned char hash[32];
    struct builder b = builder_make(memory, 1000);
    struct text out;
    crypto_hash_sha256(hash, (const unsigned char *)self->host, strlen(self->host));
    builder_add_bytes(&b, hash, sizeof hash);
    builder_add_char(&b, (char)(self->flags | (made ? AUTHENTICATOR_NEW : 0)));
    for (int shift = 24; shift >= 0; shift -= 8)
        builder_add_char(&b, (char)(self->counter >> shift));
    if (made) {
        builder_add_bytes(&b, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 17);
        builder_add_char(&b, ID);
        builder_add_bytes(&b, self->id, ID);
        add_key(&b, self);
    }
    ensure(!builder_end(&b, &out));
    return out;
}

static inline struct text authenticator_data(struct memory *memory,
                                             const struct authenticator *self, bool made)
{
    struct text bytes = authenticator_bytes(memory, self, made);
    return base64_of(memory, bytes.data, bytes.size);
}

static inline struct text authenticator_id(struct memory *memory, const struct authenticator *self)
{
    return base64_of(memory, self->id, sizeof self->id);
}

/* What a browser says it was asked, base64url. */
static inline struct text browser_says(struct memory *memory, const char *type,
                                       struct text challenge, const char *origin)
{
    struct text json = text_format(memory,
                                   "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%s\","
                                   "\"crossOrigin\":false,\"other\":{\"x\":[1]}}",
                                   type, TEXT_ARGS(challenge), origin);
    ensure(json.data);
    return base64_of(memory, json.data, json.size);
}

/* Its signature of data and of what the browser says, all base64url. */
static inline struct text authenticator_sign(struct memory *memory,
                                             const struct authenticator *self, struct text data,
                                             struct text said)
{
    unsigned char signed_[2000];
    unsigned char json[1000];
    unsigned char signature[512];
    size_t size = 0;
    size_t said_size = 0;
    size_t signature_size = sizeof signature;
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    ensure(sodium_base642bin(signed_, sizeof signed_, data.data, data.size, NULL, &size, NULL,
                             variant) == 0);
    ensure(sodium_base642bin(json, sizeof json, said.data, said.size, NULL, &said_size, NULL,
                             variant) == 0);
    crypto_hash_sha256(signed_ + size, json, said_size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const EVP_MD *digest = self->algorithm == PASSKEY_EDDSA ? NULL : EVP_sha256();
    ensure(context && EVP_DigestSignInit(context, NULL, digest, NULL, self->key) == 1);
    ensure(EVP_DigestSign(context, signature, &signature_size, signed_, size + 32) == 1);
    EVP_MD_CTX_free(context);
    return base64_of(memory, signature, signature_size);
}

#endif
