/*
 * Signatures of webhooks: a vector of the standard's own, made with another program; when they are tried again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "core/hooks/message.h"
#include "core/hooks/signature.h"

/* From the reference libraries: https://github.com/standard-webhooks/standard-webhooks, whose secret is
 * of 24 bytes; ours are of 32, so the vector here was made by `openssl dgst -sha256 -mac HMAC` over
 * "whm_0.1614265330.{\"test\": 2432232314}" with the 32 bytes 0, 1, .. 31. */
static void signs_as_others_do(void **state)
{
    unsigned char secret[HOOK_SECRET];
    char written[HOOK_SECRET_TEXT];
    char signature[HOOK_SIGNATURE_TEXT];
    (void)state;
    for (int i = 0; i < HOOK_SECRET; i++)
        secret[i] = (unsigned char)i;
    hook_secret_write(secret, written);
    assert_string_equal(written, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    hook_sign(secret, text_of("whm_0"), 1614265330, text_of("{\"test\": 2432232314}"), signature);
    assert_string_equal(signature, "v1,taEoQoJ1bems0LtV9KIl0zhDkiBSpb9FRq0lk4WZpjM=");
}

static void makes_a_new_secret_each_time(void **state)
{
    unsigned char one[HOOK_SECRET], other[HOOK_SECRET];
    (void)state;
    hook_secret_make(one);
    hook_secret_make(other);
    assert_memory_not_equal(one, other, HOOK_SECRET);
}

static void waits_longer_each_time(void **state)
{
    static const int64_t seconds[] = {5, 30, 120, 900, 3600, 10800, 21600, 43200, 86400, 86400};
    int64_t all = 0;
    (void)state;
    for (int64_t i = 0; i < 10; i++) {
        assert_int_equal(hook_pause_after(i + 1, 0, 0), seconds[i] * SECOND);
        assert_int_equal(hook_pause_after(i + 1, 1000, 0), seconds[i] * SECOND * 6 / 5);
        all += seconds[i] * SECOND;
    }
    assert_in_range(all, HOOK_TRIED_FOR - 2 * HOUR, HOOK_TRIED_FOR);
    assert_int_equal(hook_pause_after(1000, 0, 0), DAY);
    /* What the receiver asks for counts when it is longer, and never beyond a day. */
    assert_int_equal(hook_pause_after(1, 0, 60), MINUTE);
    assert_int_equal(hook_pause_after(5, 0, 60), HOUR);
    assert_int_equal(hook_pause_after(1, 0, 1000000), DAY);
    assert_int_equal(hook_pause_after(1, 0, INT64_MAX), DAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_as_others_do),
        cmocka_unit_test(makes_a_new_secret_each_time),
        cmocka_unit_test(waits_longer_each_time),
    };
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("core/hooks/signature", tests, NULL, NULL);
}
