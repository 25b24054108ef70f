/*
 * ID tokens, good and forged in every way that has a name. The tokens are made here, by libcjose.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <cjose/cjose.h>
#include <jansson.h>
#include <sodium.h>

#include "core/oidc/token.h"

static const struct instant now = {INT64_C(1767225600000)}; /* 2026-01-01 */
static const char issuer[] = "https://id.example";

static struct {
    struct memory *memory;
    cjose_jwk_t *rsa, *other, *weak, *curve, *large_curve;
    struct oidc_expected expected;
    struct oidc_claims claims; /* of the last token that was good */
    const char *because;       /* the last one was refused */
} bed;

static int open_bed(void **state)
{
    static const uint8_t exponent[] = {1, 0, 1};
    cjose_err error;
    (void)state;
    bed.memory = memory_create(16 << 20);
    bed.rsa = cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &error);
    bed.other = cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &error);
    bed.weak = cjose_jwk_create_RSA_random(1024, exponent, sizeof exponent, &error);
    bed.curve = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error);
    bed.large_curve = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_384, &error);
    bed.expected = (struct oidc_expected){.issuer = text_of(issuer),
                                          .client = text_of("contraflow"),
                                          .nonce = text_of("n-0S6_WzA2Mj"),
                                          .access = text_of(""),
                                          .at = now};
    assert_true(cjose_jwk_set_kid(bed.rsa, "a", 1, &error));
    assert_true(cjose_jwk_set_kid(bed.other, "b", 1, &error));
    assert_true(cjose_jwk_set_kid(bed.weak, "w", 1, &error));
    assert_true(cjose_jwk_set_kid(bed.curve, "c", 1, &error));
    assert_true(cjose_jwk_set_kid(bed.large_curve, "l", 1, &error));
    return 0;
}

static int close_bed(void **state)
{
    (void)state;
    cjose_jwk_release(bed.rsa);
    cjose_jwk_release(bed.other);
    cjose_jwk_release(bed.weak);
    cjose_jwk_release(bed.curve);
    cjose_jwk_release(bed.large_curve);
    memory_end(bed.memory);
    return 0;
}

/* ---- tokens and keys ---- */

static struct text adopt(char *made)
{
    struct text text = text_copy(bed.memory, text_of(made));
    free(made);
    return text;
}

static json_t *public_half(const cjose_jwk_t *key)
{
    cjose_err error;
    char *written = cjose_jwk_to_json(key, false, &error);
    json_t *json = json_loads(written, 0, NULL);
    free(written);
    return json;
}

/* A set of the public halves of some keys; the list ends with NULL. */
static struct text set_of(const cjose_jwk_t *const *keys)
{
    json_t *list = json_array();
    for (; *keys; keys++)
        json_array_append_new(list, public_half(*keys));
    json_t *set = json_pack("{s:o}", "keys", list);
    struct text text = adopt(json_dumps(set, 0));
    json_decref(set);
    return text;
}

static struct text usual_set(void)
{
    return set_of((const cjose_jwk_t *const[]){bed.rsa, bed.curve, NULL});
}

/* What a good token says, to be changed by who wants a bad one. */
static json_t *good_claims(void)
{
    return json_pack("{s:s,s:s,s:s,s:I,s:I,s:s,s:s,s:s,s:b}", "iss", issuer, "sub", "248289761001",
                     "aud", "contraflow", "exp", (json_int_t)(now.ms / 1000 + 300), "iat",
                     (json_int_t)(now.ms / 1000), "nonce", "n-0S6_WzA2Mj", "name", "Anna Lind",
                     "email", "anna@example.org", "email_verified", 1);
}

/* Signs claims, which are used up. */
static struct text sign(json_t *claims, const cjose_jwk_t *key, const char *algorithm,
                        const char *name)
{
    cjose_err error;
    const char *written = NULL;
    char *payload = json_dumps(claims, 0);
    cjose_header_t *header = cjose_header_new(&error);
    assert_true(cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error));
    if (name)
        assert_true(cjose_header_set(header, CJOSE_HDR_KID, name, &error));
    cjose_jws_t *jws =
        cjose_jws_sign(key, header, (const uint8_t *)payload, strlen(payload), &error);
    assert_non_null(jws);
    assert_true(cjose_jws_export(jws, &written, &error));
    struct text token = text_copy(bed.memory, text_of(written));
    cjose_jws_release(jws);
    cjose_header_release(header);
    free(payload);
    json_decref(claims);
    return token;
}

static struct text base64(struct text plain)
{
    size_t room = sodium_base64_encoded_len(plain.size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = memory_take(bed.memory, room);
    sodium_bin2base64(out, room, (const unsigned char *)plain.data, plain.size,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text_of(out);
}

/* A token put together by hand: any header, any payload, any signature. */
static struct text forge(const char *header, struct text payload, const char *signature)
{
    struct text head = base64(text_of(header));
    struct text body = base64(payload);
    return text_format(bed.memory, "%.*s.%.*s.%s", TEXT_ARGS(head), TEXT_ARGS(body), signature);
}

static struct text written_claims(void)
{
    json_t *claims = good_claims();
    struct text text = adopt(json_dumps(claims, 0));
    json_decref(claims);
    return text;
}

static const struct problem *check(struct text token, struct text keys)
{
    bed.because = "";
    return oidc_token_check(bed.memory, token, keys, &bed.expected, &bed.claims, &bed.because);
}

/* Refused, and for this reason. */
static void assert_refused(struct text token, struct text keys, const char *because)
{
    assert_ptr_equal(check(token, keys), &oidc_wrong);
    assert_string_equal(bed.because, because);
}

/* A good token but for one claim; `value` NULL: without it. */
static void assert_claim_refused(const char *name, json_t *value, const char *because)
{
    json_t *claims = good_claims();
    if (value)
        json_object_set_new(claims, name, value);
    else
        json_object_del(claims, name);
    assert_refused(sign(claims, bed.rsa, "RS256", "a"), usual_set(), because);
}

static void assert_claim_fine(const char *name, json_t *value)
{
    json_t *claims = good_claims();
    json_object_set_new(claims, name, value);
    assert_null(check(sign(claims, bed.rsa, "RS256", "a"), usual_set()));
}

/* ---- good ones ---- */

static void the_three_algorithms_are_taken(void **state)
{
    (void)state;
    assert_null(check(sign(good_claims(), bed.rsa, "RS256", "a"), usual_set()));
    assert_true(text_is(bed.claims.subject, "248289761001"));
    assert_true(text_is(bed.claims.name, "Anna Lind"));
    assert_true(text_is(bed.claims.mail, "anna@example.org"));
    assert_true(bed.claims.mail_verified);
    assert_int_equal(bed.claims.authenticated.ms, 0);
    assert_null(check(sign(good_claims(), bed.rsa, "PS256", "a"), usual_set()));
    assert_null(check(sign(good_claims(), bed.curve, "ES256", "c"), usual_set()));
}

static void a_token_without_kid_is_signed_by_the_only_key(void **state)
{
    const cjose_jwk_t *const two[] = {bed.rsa, bed.other, NULL};
    (void)state;
    struct text token = sign(good_claims(), bed.rsa, "RS256", NULL);
    assert_null(check(token, usual_set()));
    assert_ptr_equal(check(token, set_of(two)), &oidc_key_unknown);
}

static void our_clocks_may_differ_a_little(void **state)
{
    (void)state;
    json_int_t seconds = now.ms / 1000;
    assert_claim_fine("exp", json_integer(seconds - 60));
    assert_claim_fine("iat", json_integer(seconds + 60));
    assert_claim_fine("nbf", json_integer(seconds + 60));
    assert_claim_fine("auth_time", json_integer(seconds - 5));
    assert_int_equal(bed.claims.authenticated.ms, now.ms - 5000);
}

static void one_of_several_audiences_is_us(void **state)
{
    (void)state;
    json_t *claims = good_claims();
    json_object_set_new(claims, "aud", json_pack("[s,s]", "others", "contraflow"));
    json_object_set_new(claims, "azp", json_string("contraflow"));
    assert_null(check(sign(claims, bed.rsa, "RS256", "a"), usual_set()));
    assert_claim_fine("aud", json_pack("[s]", "contraflow"));
}

static void the_access_token_beside_it_is_the_right_one(void **state)
{
    (void)state;
    /* OpenID Connect Core, A.4, worked out with openssl: SHA-256 of "a token", its left half. */
    bed.expected.access = text_of("a token");
    assert_claim_fine("at_hash", json_string("4zFuK6_rthA6NBjod4wK3A"));
    assert_claim_refused("at_hash", json_string("4zFuK6_rthA6NBjod4wK3B"), "at_hash");
    bed.expected.access = text_of("another");
    assert_claim_refused("at_hash", json_string("4zFuK6_rthA6NBjod4wK3A"), "at_hash");
    bed.expected.access = text_of("");
}

/* ---- signatures ---- */

static void no_signature_is_none(void **state)
{
    (void)state;
    struct text claims = written_claims();
    assert_refused(forge("{\"alg\":\"none\"}", claims, ""), usual_set(), "algorithm");
    assert_refused(forge("{\"alg\":\"None\",\"kid\":\"a\"}", claims, ""), usual_set(), "algorithm");
    assert_refused(forge("{\"kid\":\"a\"}", claims, ""), usual_set(), "algorithm");
    assert_refused(forge("{\"alg\":\"RS256\",\"kid\":\"a\"}", claims, ""), usual_set(),
                   "signature");
    assert_refused(forge("{\"alg\":\"RS256\",\"kid\":\"a\"}", claims, "AAAA"), usual_set(),
                   "signature");
}

static void a_public_key_is_no_secret(void **state)
{
    (void)state;
    cjose_err error;
    json_t *key = public_half(bed.rsa);
    char *written = json_dumps(key, JSON_COMPACT);
    cjose_jwk_t *secret =
        cjose_jwk_create_oct_spec((const uint8_t *)written, strlen(written), &error);
    assert_refused(sign(good_claims(), secret, "HS256", "a"), usual_set(), "algorithm");
    /* Nor when the set itself offers it as one. */
    json_t *set =
        json_pack("{s:[{s:s,s:s,s:s}]}", "keys", "kty", "oct", "kid", "a", "k", "c2VjcmV0");
    assert_refused(sign(good_claims(), secret, "HS256", "a"), adopt(json_dumps(set, 0)),
                   "algorithm");
    json_decref(set);
    cjose_jwk_release(secret);
    json_decref(key);
    free(written);
}

static void another_key_has_not_signed_it(void **state)
{
    (void)state;
    assert_refused(sign(good_claims(), bed.other, "RS256", "a"), usual_set(), "signature");
    assert_ptr_equal(check(sign(good_claims(), bed.other, "RS256", "b"), usual_set()),
                     &oidc_key_unknown);
    /* A key of another kind than the algorithm's is none. */
    assert_ptr_equal(check(sign(good_claims(), bed.rsa, "RS256", "c"), usual_set()),
                     &oidc_key_unknown);
    assert_ptr_equal(check(sign(good_claims(), bed.curve, "ES256", "a"), usual_set()),
                     &oidc_key_unknown);
}

static void weak_and_foreign_keys_are_not_used(void **state)
{
    const cjose_jwk_t *const keys[] = {bed.weak, bed.large_curve, NULL};
    (void)state;
    assert_ptr_equal(check(sign(good_claims(), bed.weak, "RS256", "w"), set_of(keys)),
                     &oidc_key_unknown);
    assert_refused(sign(good_claims(), bed.large_curve, "ES384", "l"), set_of(keys), "algorithm");
    assert_refused(sign(good_claims(), bed.rsa, "RS512", "a"), usual_set(), "algorithm");
}

static void a_key_to_encrypt_with_signs_nothing(void **state)
{
    (void)state;
    json_t *key = public_half(bed.rsa);
    json_object_set_new(key, "use", json_string("enc"));
    json_t *set = json_pack("{s:[o]}", "keys", key);
    assert_ptr_equal(check(sign(good_claims(), bed.rsa, "RS256", "a"), adopt(json_dumps(set, 0))),
                     &oidc_key_unknown);
    json_decref(set);
}

static void what_was_changed_after_signing_is_refused(void **state)
{
    (void)state;
    struct text token = sign(good_claims(), bed.rsa, "RS256", "a");
    struct text rest = token;
    struct text head;
    struct text body;
    text_split(&rest, '.', &head);
    text_split(&rest, '.', &body);
    json_t *claims = good_claims();
    json_object_set_new(claims, "sub", json_string("1"));
    struct text other = base64(adopt(json_dumps(claims, 0)));
    json_decref(claims);
    assert_refused(text_format(bed.memory, "%.*s.%.*s.%.*s", TEXT_ARGS(head), TEXT_ARGS(other),
                               TEXT_ARGS(rest)),
                   usual_set(), "signature");
    assert_null(check(token, usual_set()));
}

static void what_must_be_understood_is_not(void **state)
{
    (void)state;
    assert_refused(forge("{\"alg\":\"RS256\",\"kid\":\"a\",\"crit\":[\"b64\"],\"b64\":false}",
                         written_claims(), "AAAA"),
                   usual_set(), "algorithm");
}

static void noise_is_no_token(void **state)
{
    (void)state;
    static const char *const noise[] = {
        "", ".", "..", "a.b.c", "....", "{}", "e30.e30.", "e30", "\xff\xfe.\xff.\xff"};
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        assert_ptr_equal(check(text_of(noise[i]), usual_set()), &oidc_wrong);
    size_t size = OIDC_TOKEN_MAX + 1;
    char *long_one = memory_take(bed.memory, size);
    memset(long_one, 'a', size);
    assert_refused((struct text){long_one, size}, usual_set(), "form");
    struct text token = sign(good_claims(), bed.rsa, "RS256", "a");
    assert_refused(token, text_of(""), "keys");
    assert_refused(token, text_of("[]"), "keys");
    assert_ptr_equal(check(token, text_of("{}")), &oidc_key_unknown);
    assert_ptr_equal(check(token, text_of("{\"keys\":{\"kid\":\"a\"}}")), &oidc_key_unknown);
    assert_ptr_equal(check(token, text_of("{\"keys\":[1,null,\"a\"]}")), &oidc_key_unknown);
}

static void json_nested_deep_is_refused(void **state)
{
    (void)state;
    struct builder b = builder_make(bed.memory, 8 << 20);
    struct text deep;
    builder_add_c(&b, "{\"alg\":\"RS256\",\"kid\":\"a\",\"x\":");
    for (int i = 0; i < 3000; i++)
        builder_add_char(&b, '[');
    for (int i = 0; i < 3000; i++)
        builder_add_char(&b, ']');
    builder_add_char(&b, '}');
    assert_null(builder_end(&b, &deep));
    assert_refused(forge(deep.data, written_claims(), "AAAA"), usual_set(), "algorithm");
    assert_refused(sign(good_claims(), bed.rsa, "RS256", "a"), deep, "keys");
    struct oidc_claims claims = {.subject = text_of("1"), .name = {"", 0}, .mail = {"", 0}};
    assert_ptr_equal(oidc_claims_add(bed.memory, deep, &claims), &oidc_wrong);
}

/* ---- claims ---- */

static void it_is_from_them_and_for_us(void **state)
{
    (void)state;
    assert_claim_refused("iss", json_string("https://id.example/"), "iss");
    assert_claim_refused("iss", json_string("https://other.example"), "iss");
    assert_claim_refused("iss", NULL, "iss");
    assert_claim_refused("aud", json_string("others"), "aud");
    assert_claim_refused("aud", json_pack("[s]", "others"), "aud");
    assert_claim_refused("aud", json_pack("[]"), "aud");
    assert_claim_refused("aud", json_pack("{s:s}", "contraflow", "contraflow"), "aud");
    assert_claim_refused("aud", NULL, "aud");
    /* For us and others, but not said to be ours; and ours, but given to others. */
    assert_claim_refused("aud", json_pack("[s,s]", "contraflow", "others"), "aud");
    assert_claim_refused("azp", json_string("others"), "aud");
}

static void it_is_of_now(void **state)
{
    (void)state;
    json_int_t seconds = now.ms / 1000;
    assert_claim_refused("exp", json_integer(seconds - 121), "exp");
    assert_claim_refused("exp", json_string("tomorrow"), "exp");
    assert_claim_refused("exp", json_integer(-1), "exp");
    assert_claim_refused("exp", NULL, "exp");
    assert_claim_refused("iat", json_integer(seconds + 121), "iat");
    assert_claim_refused("iat", json_integer(seconds - 601), "iat");
    assert_claim_refused("iat", NULL, "iat");
    assert_claim_refused("nbf", json_integer(seconds + 121), "nbf");
}

static void it_answers_what_was_asked(void **state)
{
    (void)state;
    assert_claim_refused("nonce", json_string("another"), "nonce");
    assert_claim_refused("nonce", NULL, "nonce");
    assert_claim_refused("sub", NULL, "sub");
    assert_claim_refused("sub", json_string(""), "sub");
    assert_claim_refused("sub", json_integer(248289761001), "sub");
    char long_one[OIDC_SUBJECT_MAX + 2];
    memset(long_one, '1', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    assert_claim_refused("sub", json_string(long_one), "sub");
}

static void only_true_is_verified(void **state)
{
    (void)state;
    assert_claim_fine("email_verified", json_false());
    assert_false(bed.claims.mail_verified);
    assert_claim_fine("email_verified", json_string("true"));
    assert_false(bed.claims.mail_verified);
    assert_claim_fine("email_verified", json_integer(1));
    assert_false(bed.claims.mail_verified);
}

static void names_and_addresses_are_made_harmless(void **state)
{
    (void)state;
    char long_one[600];
    memset(long_one, 'x', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    assert_claim_fine("email", json_string("anna@example.org\r\nBcc: x@example.org"));
    assert_int_equal(bed.claims.mail.size, 0);
    assert_false(bed.claims.mail_verified);
    assert_claim_fine("email", json_string(long_one));
    assert_int_equal(bed.claims.mail.size, 0);
    assert_claim_fine("name", json_string(long_one));
    assert_int_equal(bed.claims.name.size, OIDC_NAME_MAX);
    assert_claim_fine("name", json_string(" Anna\nLind "));
    assert_true(text_is(bed.claims.name, "Anna Lind"));
    assert_claim_fine("name", json_integer(7));
    assert_int_equal(bed.claims.name.size, 0);
}

static void more_is_said_of_the_same_person_only(void **state)
{
    (void)state;
    struct oidc_claims claims = {.subject = text_of("7"), .name = {"", 0}, .mail = {"", 0}};
    assert_ptr_equal(
        oidc_claims_add(bed.memory, text_of("{\"sub\":\"8\",\"name\":\"Bo\"}"), &claims),
        &oidc_wrong);
    assert_ptr_equal(oidc_claims_add(bed.memory, text_of("{\"name\":\"Bo\"}"), &claims),
                     &oidc_wrong);
    assert_ptr_equal(oidc_claims_add(bed.memory, text_of("<html>"), &claims), &oidc_wrong);
    assert_int_equal(claims.name.size, 0);
    assert_null(oidc_claims_add(
        bed.memory,
        text_of(
            "{\"sub\":\"7\",\"name\":\"Bo\",\"email\":\"bo@example.org\",\"email_verified\":true}"),
        &claims));
    assert_true(text_is(claims.name, "Bo") && claims.mail_verified);
    /* What is known already stays. */
    assert_null(oidc_claims_add(
        bed.memory, text_of("{\"sub\":\"7\",\"name\":\"Al\",\"email\":\"al@example.org\"}"),
        &claims));
    assert_true(text_is(claims.mail, "bo@example.org") && claims.mail_verified);
}

static void without_memory_nobody_gets_in(void **state)
{
    (void)state;
    struct text token = sign(good_claims(), bed.rsa, "RS256", "a");
    struct text keys = usual_set();
    const struct problem *problem = &out_of_memory;
    for (long i = 0; problem; i++) {
        memory_fail_after(i);
        problem = check(token, keys);
        memory_fail_after(-1);
        assert_true(!problem || problem == &out_of_memory || problem == &oidc_wrong);
        assert_true(i < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_algorithms_are_taken),
        cmocka_unit_test(a_token_without_kid_is_signed_by_the_only_key),
        cmocka_unit_test(our_clocks_may_differ_a_little),
        cmocka_unit_test(one_of_several_audiences_is_us),
        cmocka_unit_test(the_access_token_beside_it_is_the_right_one),
        cmocka_unit_test(no_signature_is_none),
        cmocka_unit_test(a_public_key_is_no_secret),
        cmocka_unit_test(another_key_has_not_signed_it),
        cmocka_unit_test(weak_and_foreign_keys_are_not_used),
        cmocka_unit_test(a_key_to_encrypt_with_signs_nothing),
        cmocka_unit_test(what_was_changed_after_signing_is_refused),
        cmocka_unit_test(what_must_be_understood_is_not),
        cmocka_unit_test(noise_is_no_token),
        cmocka_unit_test(json_nested_deep_is_refused),
        cmocka_unit_test(it_is_from_them_and_for_us),
        cmocka_unit_test(it_is_of_now),
        cmocka_unit_test(it_answers_what_was_asked),
        cmocka_unit_test(only_true_is_verified),
        cmocka_unit_test(names_and_addresses_are_made_harmless),
        cmocka_unit_test(more_is_said_of_the_same_person_only),
        cmocka_unit_test(without_memory_nobody_gets_in),
    };
    return cmocka_run_group_tests_name("core/oidc/token", tests, open_bed, close_bed);
}
