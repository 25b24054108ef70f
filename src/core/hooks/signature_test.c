/*
 * Signatures and addresses of webhooks: a vector of the standard's own, made with another program, and
 * every way in which an address may be wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

#include "core/hooks/address.h"
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

static enum hook_address_fault look(const char *address, bool loopback)
{
    struct memory *memory = memory_create(1 << 16);
    enum hook_address_fault fault = hook_address_look(memory, text_of(address), loopback);
    memory_end(memory);
    return fault;
}

static void takes_addresses_of_the_public_internet(void **state)
{
    static const char *const fine[] = {
        "https://example.org/hooks",     "https://example.org",
        "https://example.org:443/a?b=c", "https://example.org:8443/x",
        "https://8.8.8.8/hooks",         "HTTPS://Example.ORG/Hooks",
        "https://[2606:4700::1111]/x",   "https://xn--bcher-kva.example/",
        "https://example.org:65535/",
    };
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_int_equal(look(fine[i], false), HOOK_ADDRESS_FINE);
}

static void refuses_all_others(void **state)
{
    static const struct {
        const char *address;
        enum hook_address_fault fault;
    } wrong[] = {
        {"", HOOK_ADDRESS_MALFORMED},
        {"example.org/hooks with blanks", HOOK_ADDRESS_MALFORMED},
        {"https://", HOOK_ADDRESS_MALFORMED},
        {"https:///hooks", HOOK_ADDRESS_INSIDE},
        {"https://name@example.org/", HOOK_ADDRESS_MALFORMED},
        {"https://name:word@example.org/", HOOK_ADDRESS_MALFORMED},
        {"https://example.org@127.0.0.1/", HOOK_ADDRESS_MALFORMED},
        {"https://example.org/#part", HOOK_ADDRESS_MALFORMED},
        {"https://example.org:70000/", HOOK_ADDRESS_MALFORMED},
        {"https://example.org/\r\nX: y", HOOK_ADDRESS_MALFORMED},
        {"https://b\xc3\xbc"
         "cher.example/",
         HOOK_ADDRESS_MALFORMED},
        {"https://[fe80::1%25eth0]/", HOOK_ADDRESS_MALFORMED},
        {"http://example.org/hooks", HOOK_ADDRESS_PLAIN},
        {"ftp://example.org/hooks", HOOK_ADDRESS_PLAIN},
        {"file:///etc/passwd", HOOK_ADDRESS_MALFORMED},
        {"gopher://example.org/", HOOK_ADDRESS_PLAIN},
        {"https://example.org:22/", HOOK_ADDRESS_PORT},
        {"https://example.org:80/", HOOK_ADDRESS_PORT},
        {"https://example.org:1023/", HOOK_ADDRESS_PORT},
        {"https://localhost/", HOOK_ADDRESS_INSIDE},
        {"https://LOCALHOST:8443/", HOOK_ADDRESS_INSIDE},
        {"https://printer/", HOOK_ADDRESS_INSIDE},
        {"https://db.internal/", HOOK_ADDRESS_INSIDE},
        {"https://metadata.google.internal./", HOOK_ADDRESS_INSIDE},
        {"https://nas.local/", HOOK_ADDRESS_INSIDE},
        {"https://127.0.0.1/", HOOK_ADDRESS_INSIDE},
        {"https://2130706433/", HOOK_ADDRESS_INSIDE},
        {"https://0x7f.1/", HOOK_ADDRESS_INSIDE},
        {"https://0177.0.0.1/", HOOK_ADDRESS_INSIDE},
        {"https://10.0.0.1/", HOOK_ADDRESS_INSIDE},
        {"https://169.254.169.254/latest/", HOOK_ADDRESS_INSIDE},
        {"https://[::1]/", HOOK_ADDRESS_INSIDE},
        {"https://[::ffff:127.0.0.1]/", HOOK_ADDRESS_INSIDE},
        {"https://[::ffff:8.8.8.8]/", HOOK_ADDRESS_INSIDE},
        {"https://[fd00:ec2::254]/", HOOK_ADDRESS_INSIDE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (look(wrong[i].address, false) != wrong[i].fault)
            fail_msg("%s: %d", wrong[i].address, look(wrong[i].address, false));
    char longer[HOOK_ADDRESS_MAX + 40] = "https://example.org/";
    memset(longer + strlen(longer), 'x', HOOK_ADDRESS_MAX);
    assert_int_equal(look(longer, false), HOOK_ADDRESS_MALFORMED);
}

/* The setting opens this machine, and nothing else. */
static void reaches_this_machine_where_the_setting_says_so(void **state)
{
    (void)state;
    assert_int_equal(look("http://127.0.0.1:8080/hooks", true), HOOK_ADDRESS_FINE);
    assert_int_equal(look("http://localhost:8080/hooks", true), HOOK_ADDRESS_FINE);
    assert_int_equal(look("https://[::1]:8443/", true), HOOK_ADDRESS_FINE);
    assert_int_equal(look("http://127.0.0.1/hooks", true), HOOK_ADDRESS_PORT);
    assert_int_equal(look("http://10.0.0.1:8080/", true), HOOK_ADDRESS_PLAIN);
    assert_int_equal(look("https://10.0.0.1:8080/", true), HOOK_ADDRESS_INSIDE);
    assert_int_equal(look("http://example.org:8080/", true), HOOK_ADDRESS_PLAIN);
}

static bool is_public(const char *written)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, written, &four.sin_addr) == 1)
        return hook_address_public((const struct sockaddr *)(const void *)&four);
    assert_int_equal(inet_pton(AF_INET6, written, &six.sin6_addr), 1);
    return hook_address_public((const struct sockaddr *)(const void *)&six);
}

static void knows_which_machines_are_out_of_reach(void **state)
{
    static const char *const inside[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "4000::1",
    };
    static const char *const outside[] = {
        "1.1.1.1",      "9.255.255.255",    "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",  "126.255.255.255",  "128.0.0.0",       "172.15.255.255",
        "172.32.0.0",   "192.167.255.255",  "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",   "223.255.255.255",  "2606:4700::1111", "2a00:1450::1",
        "2001:4860::1", "64:ff9b::808:808",
    };
    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (is_public(inside[i]))
            fail_msg("%s", inside[i]);
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        if (!is_public(outside[i]))
            fail_msg("%s", outside[i]);
    struct sockaddr other = {.sa_family = AF_UNIX};
    assert_false(hook_address_public(&other));
    assert_false(hook_address_own(&other));
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
        cmocka_unit_test(takes_addresses_of_the_public_internet),
        cmocka_unit_test(refuses_all_others),
        cmocka_unit_test(reaches_this_machine_where_the_setting_says_so),
        cmocka_unit_test(knows_which_machines_are_out_of_reach),
        cmocka_unit_test(waits_longer_each_time),
    };
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("core/hooks/signature", tests, NULL, NULL);
}
