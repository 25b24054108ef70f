/*
 * Fuzz target: what browsers and authenticators answer about passkeys. The first byte says what the rest is
 * taken for: the browser's JSON, the data of a new passkey, or data that a passkey has signed.
 *
 * Read next: src/core/login/webauthn.c.
 */
#include <sodium.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/login/webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4000 };

static const struct webauthn_site site = {TEXT("example.org"), TEXT("https://example.org")};
static const char generator[] = /* of P-256: a key as good as any */
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

static struct text written(struct memory *memory, const uint8_t *raw, size_t size)
{
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = memory_take(memory, room);
    if (!out)
        abort();
    sodium_bin2base64(out, room, raw, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text_of(out);
}

/* Nobody signed it, so it must never be believed. */
static void try_signed(struct memory *memory, struct text data)
{
    struct webauthn_client client = {.challenge = TEXT("x")};
    struct webauthn_signed answer = {.data = data, .signature = data};
    if (!webauthn_signed(memory, &site, PASSKEY_ES256, text_of(generator), &client, &answer))
        abort();
}

static void try_made(struct memory *memory, struct text data)
{
    struct webauthn_made made;
    if (webauthn_made(memory, &site, data, &made))
        return;
    if (made.credential.size == 0 || made.credential.size > WEBAUTHN_CREDENTIAL ||
        made.algorithm < PASSKEY_ES256 || made.algorithm > PASSKEY_RS256)
        abort();
    struct webauthn_client client = {.challenge = TEXT("x")};
    struct webauthn_signed answer = {.data = data, .signature = data};
    if (!webauthn_signed(memory, &site, made.algorithm, made.key, &client, &answer))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct webauthn_client client;
    if (size == 0 || size > INPUT_MAX)
        return 0;
    struct memory *memory = memory_create(1 << 20);
    if (!memory)
        abort();
    struct text raw = {(const char *)data + 1, size - 1};
    struct text rest = written(memory, data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        webauthn_client(memory, &site, "webauthn.get", rest, &client);
        break;
    case 1:
        try_made(memory, rest);
        break;
    case 2:
        try_signed(memory, rest);
        break;
    default: /* not even base64url */
        if (text_valid((struct bytes){data + 1, size - 1}))
            webauthn_client(memory, &site, "webauthn.get", raw, &client);
    }
    memory_end(memory);
    return 0;
}
