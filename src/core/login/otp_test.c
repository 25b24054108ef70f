/*
 * One-time codes against the vectors of their standards, replay, clocks that are off, and the QR code.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/login/otp.h"

static const unsigned char secret[] = "12345678901234567890";

/* RFC 6238, appendix B. */
static void agrees_with_rfc_6238(void **state)
{
    static const struct {
        int64_t seconds;
        uint32_t code;
    } vectors[] = {
        {59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
        {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130},
    };
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        struct instant at = {vectors[i].seconds * SECOND};
        assert_int_equal(otp_code(secret, otp_step(at), 8), vectors[i].code);
    }
}

/* RFC 4226, appendix D. */
static void agrees_with_rfc_4226(void **state)
{
    static const uint32_t codes[] = {755224, 287082, 359152, 969429, 338314,
                                     254676, 287922, 162583, 399871, 520489};
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(otp_code(secret, i, 6), codes[i]);
}

static int64_t typed(int64_t step, struct instant at, int64_t last)
{
    char code[16];
    snprintf(code, sizeof code, "%06u", otp_code(secret, step, OTP_DIGITS));
    return otp_match(secret, text_of(code), at, last);
}

static void bears_a_step_of_skew_and_takes_a_code_once(void **state)
{
    struct instant at = {1111111111 * SECOND};
    int64_t now = otp_step(at);
    (void)state;
    assert_int_equal(typed(now, at, 0), now);
    assert_int_equal(typed(now - 1, at, 0), now - 1);
    assert_int_equal(typed(now + 1, at, 0), now + 1);
    assert_int_equal(typed(now - 2, at, 0), 0);
    assert_int_equal(typed(now + 2, at, 0), 0);
    /* Used once; and nothing that is older than what was used. */
    assert_int_equal(typed(now, at, now), 0);
    assert_int_equal(typed(now - 1, at, now), 0);
    assert_int_equal(typed(now + 1, at, now), now + 1);
}

static void takes_nothing_but_six_digits(void **state)
{
    static const char *const odd[] = {"",       " ",      "05047",  "0050471",
                                      "05047a", "-50471", "0x5047", "\xd9\xa0\xd9\xa5\xd9\xa0"};
    struct instant at = {1111111111 * SECOND};
    (void)state;
    assert_int_equal(otp_match(secret, text_of("050 471"), at, 0), otp_step(at));
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(otp_match(secret, text_of(odd[i]), at, 0), 0);
}

static void writes_the_secret_for_apps(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    char written[OTP_BASE32];
    struct text address;
    (void)state;
    otp_write(secret, written);
    assert_string_equal(written, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_null(otp_address(memory, text_of("Our House"), text_of("a@b.org"), secret, &address));
    assert_true(text_is(address, "otpauth://totp/Our%20House:a%40b.org?secret="
                                 "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Our%20House"));
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_rfc_6238),
        cmocka_unit_test(agrees_with_rfc_4226),
        cmocka_unit_test(bears_a_step_of_skew_and_takes_a_code_once),
        cmocka_unit_test(takes_nothing_but_six_digits),
        cmocka_unit_test(writes_the_secret_for_apps),
    };
    return cmocka_run_group_tests_name("core/login/otp", tests, NULL, NULL);
}
