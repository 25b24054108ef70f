/*
 * Codes that follow from a shared secret and the time: RFC 4226 (HOTP) and RFC 6238 (TOTP) with SHA-1,
 * 30 seconds and 6 digits, as every authenticator app has them.
 *
 * Pure. Must not know: people, the store. Read next: core/login/factor.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_OTP_H
#define CONTRAFLOW_CORE_LOGIN_OTP_H

#include "base/clock.h"
#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

enum {
    OTP_SECRET = 20, /* bytes: those of a SHA-1, as RFC 4226, 4 recommends */
    OTP_DIGITS = 6,
    OTP_BASE32 = 33, /* bytes of a written secret with its NUL */
    OTP_SKEW = 1     /* steps that a clock may be off, either way */
};

/* The code of a counter or step, of up to 8 digits. */
uint32_t otp_code(const unsigned char secret[OTP_SECRET], int64_t step, unsigned digits);
/* The step that a moment is in. */
int64_t otp_step(struct instant at);
/* The step, later than `last`, whose code was typed (blanks are skipped); 0 when it is none of those
 * within OTP_SKEW. */
int64_t otp_match(const unsigned char secret[OTP_SECRET], struct text typed, struct instant at,
                  int64_t last);
/* RFC 4648, 6, in capitals and without padding. */
void otp_write(const unsigned char secret[OTP_SECRET], char out[OTP_BASE32]);
/* "otpauth://totp/..." as apps read it from a QR code. */
const struct problem *otp_address(struct memory *memory, struct text site, struct text mail,
                                  const unsigned char secret[OTP_SECRET], struct text *out);

#endif
