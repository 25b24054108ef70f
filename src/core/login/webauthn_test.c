/*
 * What passkeys answer: each algorithm, other addresses, bytes cut off and changed.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/login/webauthn_test_bed.h"

static const struct webauthn_site site = {TEXT("example.org"), TEXT("https://example.org")};
static const struct text challenge = TEXT("Zm9ydHktdHdvIGJ5dGVzIG9mIGNoYW5jZQ");

/* One authenticator that has made a passkey, and what is known of it. */
struct bed {
    struct memory *memory;
    struct authenticator device;
    struct webauthn_made made;
};

static void open_bed(struct bed *bed, enum passkey_algorithm algorithm)
{
    bed->memory = memory_create(64 << 20);
    authenticator_begin(&bed->device, algorithm);
    assert_null(webauthn_made(bed->memory, &site,
                              authenticator_data(bed->memory, &bed->device, true), &bed->made));
}

static void close_bed(struct bed *bed)
{
    authenticator_end(&bed->device);
    memory_end(bed->memory);
}

static const struct problem *judge(struct bed *bed, struct text data, struct text said,
                                   struct text signature, struct webauthn_signed *answer)
{
    struct webauthn_client client;
    *answer = (struct webauthn_signed){.data = data, .signature = signature};
    const struct problem *problem =
        webauthn_client(bed->memory, &site, "webauthn.get", said, &client);
    return problem ? problem
                   : webauthn_signed(bed->memory, &site, bed->made.algorithm, bed->made.key,
                                     &client, answer);
}

/* Signs as the device is set, says what it is told to. */
static const struct problem *answer_with(struct bed *bed, const char *type, const char *origin,
                                         struct webauthn_signed *answer)
{
    struct text data = authenticator_data(bed->memory, &bed->device, false);
    struct text said = browser_says(bed->memory, type, challenge, origin);
    return judge(bed, data, said, authenticator_sign(bed->memory, &bed->device, data, said),
                 answer);
}

static void each_algorithm_is_read_and_checked(void **state)
{
    (void)state;
    for (enum passkey_algorithm a = PASSKEY_ES256; a <= PASSKEY_RS256; a++) {
        struct bed bed;
        struct webauthn_signed answer;
        open_bed(&bed, a);
        assert_int_equal(bed.made.algorithm, a);
        assert_true(text_equal(bed.made.credential, authenticator_id(bed.memory, &bed.device)));
        bed.device.counter = 7;
        assert_null(answer_with(&bed, "webauthn.get", "https://example.org", &answer));
        assert_int_equal(answer.counter, 7);
        assert_true(answer.verified);
        bed.device.flags = AUTHENTICATOR_PRESENT;
        assert_null(answer_with(&bed, "webauthn.get", "https://example.org", &answer));
        assert_false(answer.verified);
        close_bed(&bed);
    }
}

static void the_challenge_comes_back(void **state)
{
    struct bed bed;
    struct webauthn_client client;
    (void)state;
    open_bed(&bed, PASSKEY_ES256);
    assert_null(webauthn_client(
        bed.memory, &site, "webauthn.get",
        browser_says(bed.memory, "webauthn.get", challenge, "https://example.org"), &client));
    assert_true(text_equal(client.challenge, challenge));
    close_bed(&bed);
}

static void another_address_is_refused(void **state)
{
    struct bed bed;
    struct webauthn_signed answer;
    static const char *const origins[] = {
        "https://example.org.evil.test", "http://example.org",        "https://example.org:8443",
        "https://www.example.org",       "https://example.org@e.org", ""};
    (void)state;
    open_bed(&bed, PASSKEY_ES256);
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++)
        assert_ptr_equal(answer_with(&bed, "webauthn.get", origins[i], &answer),
                         &party_passkey_origin);
    /* The browser was deceived, the authenticator was not: its data name another RP id. */
    bed.device.host = "evil.test";
    assert_ptr_equal(answer_with(&bed, "webauthn.get", "https://example.org", &answer),
                     &party_passkey_origin);
    assert_ptr_equal(webauthn_made(bed.memory, &site,
                                   authenticator_data(bed.memory, &bed.device, true), &bed.made),
                     &party_passkey_origin);
    close_bed(&bed);
}

static void what_was_for_something_else_is_refused(void **state)
{
    struct bed bed;
    struct bed other;
    struct webauthn_signed answer;
    (void)state;
    open_bed(&bed, PASSKEY_ES256);
    open_bed(&other, PASSKEY_ES256);
    assert_ptr_equal(answer_with(&bed, "webauthn.create", "https://example.org", &answer),
                     &party_passkey_wrong);
    bed.device.flags = 0;
    assert_ptr_equal(answer_with(&bed, "webauthn.get", "https://example.org", &answer),
                     &party_passkey_wrong);
    assert_ptr_equal(webauthn_made(bed.memory, &site,
                                   authenticator_data(bed.memory, &bed.device, true), &other.made),
                     &party_passkey_wrong);
    bed.device.flags = AUTHENTICATOR_PRESENT;
    /* Signed by another passkey, or about another question. */
    struct text data = authenticator_data(bed.memory, &bed.device, false);
    struct text said = browser_says(bed.memory, "webauthn.get", challenge, "https://example.org");
    struct text signature = authenticator_sign(bed.memory, &other.device, data, said);
    assert_ptr_equal(judge(&bed, data, said, signature, &answer), &party_passkey_wrong);
    signature = authenticator_sign(bed.memory, &bed.device, data, said);
    assert_null(judge(&bed, data, said, signature, &answer));
    said = browser_says(bed.memory, "webauthn.get", text_of("another"), "https://example.org");
    assert_ptr_equal(judge(&bed, data, said, signature, &answer), &party_passkey_wrong);
    bed.made.algorithm = PASSKEY_RS256;
    assert_ptr_equal(answer_with(&bed, "webauthn.get", "https://example.org", &answer),
                     &party_passkey_wrong);
    close_bed(&other);
    close_bed(&bed);
}

/* Whatever is cut off or changed, there is an answer; and nothing that was changed is ever believed. */
static void cut_and_changed_bytes_are_refused(void **state)
{
    (void)state;
    for (enum passkey_algorithm a = PASSKEY_ES256; a <= PASSKEY_RS256; a++) {
        struct bed bed;
        struct webauthn_made made;
        struct webauthn_signed answer;
        open_bed(&bed, a);
        struct text made_bytes = authenticator_bytes(bed.memory, &bed.device, true);
        char *changed = memory_copy(bed.memory, made_bytes.data, made_bytes.size);
        for (size_t size = 0; size < made_bytes.size; size++)
            assert_non_null(
                webauthn_made(bed.memory, &site, base64_of(bed.memory, changed, size), &made));
        for (size_t i = 0; i < made_bytes.size; i++) {
            for (unsigned bit = 1; bit < 256; bit <<= 1) {
                changed[i] = (char)(changed[i] ^ (char)bit);
                webauthn_made(bed.memory, &site, base64_of(bed.memory, changed, made_bytes.size),
                              &made);
                changed[i] = made_bytes.data[i];
            }
        }
        struct text data = authenticator_data(bed.memory, &bed.device, false);
        struct text said =
            browser_says(bed.memory, "webauthn.get", challenge, "https://example.org");
        struct text signature = authenticator_sign(bed.memory, &bed.device, data, said);
        for (size_t size = 0; size < data.size; size++)
            assert_non_null(judge(&bed, (struct text){data.data, size}, said, signature, &answer));
        for (size_t size = 0; size < signature.size; size++)
            assert_non_null(judge(&bed, data, said, (struct text){signature.data, size}, &answer));
        for (size_t size = 0; size < said.size; size++)
            assert_non_null(judge(&bed, data, (struct text){said.data, size}, signature, &answer));
        char *letters = memory_copy(bed.memory, signature.data, signature.size);
        for (size_t i = 0; i + 1 < signature.size; i++) {
            letters[i] = letters[i] == 'A' ? 'B' : 'A';
            if (letters[i] != signature.data[i])
                assert_non_null(
                    judge(&bed, data, said, (struct text){letters, signature.size}, &answer));
            letters[i] = signature.data[i];
        }
        close_bed(&bed);
    }
}

static void hostile_words_are_refused(void **state)
{
    struct bed bed;
    struct webauthn_client client;
    struct webauthn_made made;
    (void)state;
    open_bed(&bed, PASSKEY_ES256);
    static const char *const said[] = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "{\"type\":1,\"challenge\":2,\"origin\":3}",
        "{\"type\":\"webauthn.get\",\"origin\":\"https://example.org\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"\",\"origin\":\"https://example.org\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"a\",\"origin\":\"https://example.org\","
        "\"crossOrigin\":true}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"a\",\"origin\":\"https://evil.test\","
        "\"origin\":\"https://example.org\"}",
        "\xff\xfe",
        "{\"type\":\"webauthn.get\\u0000\",\"challenge\":\"a\"}",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_non_null(webauthn_client(bed.memory, &site, "webauthn.get",
                                        base64_of(bed.memory, said[i], strlen(said[i])), &client));
    struct text deep = text_of("W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tb");
    assert_ptr_equal(webauthn_client(bed.memory, &site, "webauthn.get", deep, &client),
                     &party_passkey_wrong);
    static const char *const written[] = {"=", "a", "+/+/", "a b c", "\x01", "AAAA=AAA"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_non_null(
            webauthn_client(bed.memory, &site, "webauthn.get", text_of(written[i]), &client));
        assert_non_null(webauthn_made(bed.memory, &site, text_of(written[i]), &made));
    }
    close_bed(&bed);
}

static void the_site_follows_from_its_address(void **state)
{
    static const struct {
        const char *address, *host, *origin; /* host NULL: no passkeys there */
    } sites[] = {
        {"https://example.org", "example.org", "https://example.org"},
        {"https://market.example.org:8443", "market.example.org",
         "https://market.example.org:8443"},
        {"http://localhost:8080", "localhost", "http://localhost:8080"},
        {"http://127.0.0.1:8080", "localhost", "http://localhost:8080"},
        {"http://example.org", NULL, NULL},
        {"https://192.0.2.7", NULL, NULL},
        {"https://[2001:db8::1]:443", NULL, NULL},
        {"ftp://example.org", NULL, NULL},
        {"https://", NULL, NULL},
        {"", NULL, NULL},
    };
    struct memory *memory = memory_create(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
        struct webauthn_site is;
        bool fine = webauthn_site(memory, text_of(sites[i].address), &is);
        assert_int_equal(fine, sites[i].host != NULL);
        if (fine)
            assert_true(text_is(is.host, sites[i].host) && text_is(is.origin, sites[i].origin));
    }
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_algorithm_is_read_and_checked),
        cmocka_unit_test(the_challenge_comes_back),
        cmocka_unit_test(another_address_is_refused),
        cmocka_unit_test(what_was_for_something_else_is_refused),
        cmocka_unit_test(cut_and_changed_bytes_are_refused),
        cmocka_unit_test(hostile_words_are_refused),
        cmocka_unit_test(the_site_follows_from_its_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
