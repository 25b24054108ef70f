/*
 * Secrets written and their form looked at.
 *
 * Must not know: what a secret opens. Read next: core/keys/secret.h.
 */
#include "core/keys/secret.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
enum { LETTERS = sizeof alphabet - 1 };

/* CRC-32 as in ISO 3309 and gzip (RFC 1952, 8). */
static uint32_t crc_of(const char *data, size_t size)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        crc ^= (unsigned char)data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static void write_check(const char *secret, size_t checked, char out[SECRET_CHECK])
{
    uint32_t sum = crc_of(secret, checked);
    for (int i = SECRET_CHECK - 1; i >= 0; i--) {
        out[i] = alphabet[sum % LETTERS];
        sum /= LETTERS;
    }
}

bool secret_is_formed(struct text secret, const char *prefix, size_t more)
{
    char check[SECRET_CHECK];
    if (secret.size != strlen(prefix) + more + SECRET_OWN || !text_starts(secret, prefix))
        return false;
    for (size_t i = strlen(prefix); i < secret.size; i++) {
        if (!memchr(alphabet, secret.data[i], LETTERS))
            return false;
    }
    size_t checked = secret.size - SECRET_CHECK;
    write_check(secret.data, checked, check);
    return memcmp(secret.data + checked, check, SECRET_CHECK) == 0;
}

const struct problem *secret_make(struct memory *memory, struct text beginning, struct text *out)
{
    char secret[SECRET_MAX];
    size_t checked = beginning.size + SECRET_RANDOM;
    ensure(checked + SECRET_CHECK <= sizeof secret);
    memcpy(secret, beginning.data, beginning.size);
    for (size_t i = beginning.size; i < checked; i++)
        secret[i] = alphabet[randombytes_uniform(LETTERS)];
    write_check(secret, checked, secret + checked);
    *out = text_copy(memory, (struct text){secret, checked + SECRET_CHECK});
    sodium_memzero(secret, sizeof secret);
    return out->data ? NULL : &out_of_memory;
}

const struct problem *secret_random(struct memory *memory, size_t size, struct text *out)
{
    char random[SECRET_MAX];
    ensure(size <= sizeof random);
    for (size_t i = 0; i < size; i++)
        random[i] = alphabet[randombytes_uniform(LETTERS)];
    *out = text_copy(memory, (struct text){random, size});
    return out->data ? NULL : &out_of_memory;
}
