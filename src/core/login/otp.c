/*
 * One-time codes, and the QR code by which an app learns their secret.
 *
 * Must not know: people, the store. Read next: core/login/otp_test.c.
 */
#include "core/login/otp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>

#include "base/log.h"

enum { STEP_SECONDS = 30, SHA1_BYTES = 20 };

uint32_t otp_code(const unsigned char secret[OTP_SECRET], int64_t step, unsigned digits)
{
    unsigned char counter[8];
    unsigned char mac[SHA1_BYTES];
    unsigned size = 0;
    uint32_t modulus = 1;
    for (int i = 7; i >= 0; i--, step >>= 8)
        counter[i] = (unsigned char)(step & 0xFF);
    ensure(HMAC(EVP_sha1(), secret, OTP_SECRET, counter, sizeof counter, mac, &size) &&
           size == SHA1_BYTES);
    /* RFC 4226, 5.3: the last half-byte says where the 31 bits stand. */
    const unsigned char *at = mac + (mac[SHA1_BYTES - 1] & 0x0F);
    uint32_t value =
        (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    for (unsigned i = 0; i < digits; i++)
        modulus *= 10;
    return value % modulus;
}

int64_t otp_step(struct instant at)
{
    return at.ms / (STEP_SECONDS * SECOND);
}

/* True for six digits, with blanks wherever people put them. */
static bool digits_of(struct text typed, char out[OTP_DIGITS + 1])
{
    size_t count = 0;
    for (size_t i = 0; i < typed.size; i++) {
        if (typed.data[i] == ' ')
            continue;
        if (count == OTP_DIGITS || typed.data[i] < '0' || typed.data[i] > '9')
            return false;
        out[count++] = typed.data[i];
    }
    out[count] = '\0';
    return count == OTP_DIGITS;
}

int64_t otp_match(const unsigned char secret[OTP_SECRET], struct text typed, struct instant at,
                  int64_t last)
{
    char code[OTP_DIGITS + 1];
    char wanted[16];
    int64_t now = otp_step(at);
    int64_t found = 0;
    if (!digits_of(typed, code))
        return 0;
    /* All are looked at, so that the clock tells nothing; of equal ones the earliest counts. */
    for (int64_t step = now + OTP_SKEW; step >= now - OTP_SKEW; step--) {
        snprintf(wanted, sizeof wanted, "%06u", otp_code(secret, step, OTP_DIGITS));
        if (sodium_memcmp(wanted, code, OTP_DIGITS) == 0 && step > last)
            found = step;
    }
    return found;
}

void otp_write(const unsigned char secret[OTP_SECRET], char out[OTP_BASE32])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for (size_t i = 0; i < OTP_BASE32 - 1; i++) {
        size_t bit = i * 5;
        unsigned two = (unsigned)secret[bit / 8] << 8;
        if (bit / 8 + 1 < OTP_SECRET)
            two |= secret[bit / 8 + 1];
        out[i] = letters[two >> (11 - bit % 8) & 0x1F];
    }
    out[OTP_BASE32 - 1] = '\0';
}

const struct problem *otp_address(struct memory *memory, struct text site, struct text mail,
                                  const unsigned char secret[OTP_SECRET], struct text *out)
{
    char written[OTP_BASE32];
    struct builder b = builder_make(memory, 4096);
    otp_write(secret, written);
    builder_add_c(&b, "otpauth://totp/");
    builder_add_url(&b, site);
    builder_add_char(&b, ':');
    builder_add_url(&b, mail);
    builder_add_format(&b, "?secret=%s&issuer=", written);
    builder_add_url(&b, site);
    sodium_memzero(written, sizeof written);
    return builder_end(&b, out);
}
