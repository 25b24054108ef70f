/*
 * ID tokens, checked.
 *
 * The header is read before libcjose sees the token: a token that names no algorithm of ours, or a key of
 * another kind than its algorithm's, goes no further. So a public key can't become the secret of an HMAC.
 * Must not know: providers, the network. Read next: core/oidc/token_test.c.
 */
#include "core/oidc/token.h"

#include <string.h>

#include <cjose/cjose.h>
#include <sodium.h>

#include "core/mail/message.h"
#include "core/oidc/json.h"

const struct problem oidc_wrong = {"oidc.wrong", 422, FAULT_CLIENT, false};
const struct problem oidc_key_unknown = {"oidc.key_unknown", 422, FAULT_CLIENT, false};

enum { DIGEST = 32, MODULUS_MIN = 342, MODULUS_MAX = 1366 /* letters of 2048 and 8192 bits */ };

/* RFC 7518; RS256 every provider must know (OpenID Connect Core, 15.1). */
static const struct algorithm {
    const char *name, *kind, *curve;
} algorithms[] = {
    {"RS256", "RSA", NULL},
    {"PS256", "RSA", NULL},
    {"ES256", "EC", "P-256"},
};

static const struct problem *wrong(const char **because, const char *what)
{
    *because = what;
    return &oidc_wrong;
}

static bool read_base64(struct memory *memory, struct text written, struct text *out)
{
    size_t size = 0;
    unsigned char *raw = memory_take(memory, written.size + 1);
    if (!raw || sodium_base642bin(raw, written.size + 1, written.data, written.size, NULL, &size,
                                  NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    *out = (struct text){(const char *)raw, size};
    return true;
}

/* ---- which key ---- */

static bool member_is(const json_t *object, const char *name, const char *value)
{
    return text_is(oidc_json_text(object, name), value);
}

static bool absent_or(const json_t *object, const char *name, const char *value)
{
    return !json_object_get(object, name) || member_is(object, name, value);
}

/* Whether a key may sign by an algorithm at all. */
static bool key_fits(const json_t *key, const struct algorithm *algorithm)
{
    size_t modulus = oidc_json_text(key, "n").size;
    bool fine = member_is(key, "kty", algorithm->kind) && absent_or(key, "use", "sig") &&
                absent_or(key, "alg", algorithm->name);
    return fine && (algorithm->curve ? member_is(key, "crv", algorithm->curve)
                                     : modulus >= MODULUS_MIN && modulus <= MODULUS_MAX);
}

/* The one key that fits; a token without `kid` may be signed by the only one. */
static const json_t *find_key(const json_t *keys, const struct algorithm *algorithm,
                              struct text name)
{
    const json_t *found = NULL;
    const json_t *list = json_object_get(keys, "keys");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *key = json_array_get(list, i);
        if (!key_fits(key, algorithm) ||
            (name.size && !text_equal(oidc_json_text(key, "kid"), name)))
            continue;
        if (found)
            return NULL;
        found = key;
    }
    return found;
}

/* Its public members alone. */
static cjose_jwk_t *import_key(const json_t *key)
{
    static const char *const members[] = {"kty", "n", "e", "crv", "x", "y"};
    cjose_err error;
    json_t *plain = json_object();
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_is_string(json_object_get(key, members[i])))
            json_object_set(plain, members[i], json_object_get(key, members[i]));
    char *written = json_dumps(plain, 0);
    cjose_jwk_t *made = written ? cjose_jwk_import(written, strlen(written), &error) : NULL;
    free(written);
    json_decref(plain);
    return made;
}

/* ---- the signature ---- */

/* What the header says: an algorithm of ours and the key's name, or NULL. */
static const struct algorithm *read_header(struct memory *memory, struct text written,
                                           struct text *key)
{
    struct text json;
    const struct algorithm *found = NULL;
    json_t *header = read_base64(memory, written, &json) ? oidc_json(json) : NULL;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (member_is(header, "alg", algorithms[i].name))
            found = &algorithms[i];
    /* RFC 7515, 4.1.11: what we must understand and don't */
    if (json_object_get(header, "crit"))
        found = NULL;
    *key = text_copy(memory, oidc_json_text(header, "kid"));
    json_decref(header);
    return key->data ? found : NULL;
}

static const struct problem *verify(struct memory *memory, struct text token, const json_t *key,
                                    struct text *payload)
{
    cjose_err error;
    uint8_t *bytes = NULL;
    size_t size = 0;
    cjose_jwk_t *jwk = import_key(key);
    cjose_jws_t *jws = jwk ? cjose_jws_import(token.data, token.size, &error) : NULL;
    bool fine = jws && cjose_jws_verify(jws, jwk, &error) &&
                cjose_jws_get_plaintext(jws, &bytes, &size, &error);
    if (fine)
        *payload = text_copy(memory, (struct text){(const char *)bytes, size});
    cjose_jws_release(jws);
    cjose_jwk_release(jwk);
    if (!fine)
        return &oidc_wrong;
    return payload->data ? NULL : &out_of_memory;
}

static const struct problem *open_token(struct memory *memory, struct text token, struct text keys,
                                        struct text *payload, const char **because)
{
    struct text rest = token;
    struct text header;
    struct text name;
    if (token.size > OIDC_TOKEN_MAX || !text_split(&rest, '.', &header))
        return wrong(because, "form");
    const struct algorithm *algorithm = read_header(memory, header, &name);
    if (!algorithm)
        return wrong(because, "algorithm");
    json_t *set = oidc_json(keys);
    if (!set)
        return wrong(because, "keys");
    const json_t *key = find_key(set, algorithm, name);
    const struct problem *problem = key ? verify(memory, token, key, payload) : &oidc_key_unknown;
    json_decref(set);
    *because = problem ? key ? "signature" : "key" : "";
    return problem;
}

/* ---- the claims ---- */

/* An instant in seconds; false: there is none. */
static bool read_instant(const json_t *claims, const char *name, struct instant *out)
{
    const json_t *value = json_object_get(claims, name);
    double seconds = json_number_value(value);
    bool fine = json_is_number(value) && seconds >= 0 && seconds < 1e11;
    *out = (struct instant){fine ? (int64_t)seconds * SECOND : 0};
    return fine;
}

static bool is_for(const json_t *claims, struct text client)
{
    const json_t *audience = json_object_get(claims, "aud");
    bool found = json_is_string(audience) && text_equal(oidc_json_text(claims, "aud"), client);
    for (size_t i = 0; i < json_array_size(audience); i++) {
        const json_t *one = json_array_get(audience, i);
        if (json_is_string(one) && text_is(client, json_string_value(one)))
            found = true;
    }
    bool party = text_equal(oidc_json_text(claims, "azp"), client);
    bool alone = !json_is_array(audience) || json_array_size(audience) == 1;
    return found && (party || (alone && !json_object_get(claims, "azp")));
}

/* OpenID Connect Core, 3.1.3.6: the left half of the digest. */
static bool hash_fits(const json_t *claims, struct text access)
{
    unsigned char digest[DIGEST];
    char written[DIGEST];
    if (!json_object_get(claims, "at_hash") || access.size == 0)
        return true;
    crypto_hash_sha256(digest, (const unsigned char *)access.data, access.size);
    sodium_bin2base64(written, sizeof written, digest, DIGEST / 2,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return member_is(claims, "at_hash", written);
}

static const struct problem *
check_claims(const json_t *claims, const struct oidc_expected *expected, const char **because)
{
    struct instant over;
    struct instant made;
    struct instant from;
    int64_t now = expected->at.ms;
    struct text subject = oidc_json_text(claims, "sub");
    if (!text_equal(oidc_json_text(claims, "iss"), expected->issuer))
        return wrong(because, "iss");
    if (!is_for(claims, expected->client))
        return wrong(because, "aud");
    if (subject.size == 0 || subject.size > OIDC_SUBJECT_MAX)
        return wrong(because, "sub");
    if (!read_instant(claims, "exp", &over) || over.ms + OIDC_SKEW <= now)
        return wrong(because, "exp");
    if (!read_instant(claims, "iat", &made) || made.ms > now + OIDC_SKEW ||
        made.ms < now - OIDC_AGE)
        return wrong(because, "iat");
    if (read_instant(claims, "nbf", &from) && from.ms > now + OIDC_SKEW)
        return wrong(because, "nbf");
    if (!text_equal(oidc_json_text(claims, "nonce"), expected->nonce))
        return wrong(because, "nonce");
    if (!hash_fits(claims, expected->access))
        return wrong(because, "at_hash");
    return NULL;
}

/* ---- who it is ---- */

/* As people may be called here: one line, cut. */
static struct text name_of(struct memory *memory, struct text said)
{
    struct text line = text_trim(mail_one_line(memory, said));
    size_t size = 0;
    size_t letters = 0;
    while (size < line.size) {
        letters += ((unsigned char)line.data[size] & 0xC0) != 0x80;
        if (letters > OIDC_NAME_MAX)
            break;
        size++;
    }
    line.size = size;
    return line;
}

static const struct problem *read_person(struct memory *memory, const json_t *claims,
                                         struct oidc_claims *out)
{
    struct text mail = oidc_json_text(claims, "email");
    struct text name = oidc_json_text(claims, "name");
    if (text_empty(name))
        name = oidc_json_text(claims, "preferred_username");
    if (out->name.size == 0)
        out->name = name_of(memory, name);
    if (out->mail.size == 0 && mail.size <= OIDC_MAIL_MAX && mail_address_fine(mail)) {
        out->mail = text_copy(memory, mail);
        out->mail_verified = json_is_true(json_object_get(claims, "email_verified"));
    }
    return out->name.data && out->mail.data ? NULL : &out_of_memory;
}

const struct problem *oidc_token_check(struct memory *memory, struct text token, struct text keys,
                                       const struct oidc_expected *expected,
                                       struct oidc_claims *out, const char **because)
{
    struct text payload;
    const struct problem *problem = open_token(memory, token, keys, &payload, because);
    if (problem)
        return problem;
    json_t *claims = oidc_json(payload);
    if (!claims)
        return wrong(because, "payload");
    *out = (struct oidc_claims){.name = {"", 0}, .mail = {"", 0}};
    problem = check_claims(claims, expected, because);
    if (!problem) {
        read_instant(claims, "auth_time", &out->authenticated);
        out->subject = text_copy(memory, oidc_json_text(claims, "sub"));
        problem = out->subject.data ? read_person(memory, claims, out) : &out_of_memory;
    }
    json_decref(claims);
    return problem;
}

const struct problem *oidc_claims_add(struct memory *memory, struct text json,
                                      struct oidc_claims *claims)
{
    json_t *said = oidc_json(json);
    /* 5.3.2: otherwise it may be about somebody else. */
    const struct problem *problem =
        text_equal(oidc_json_text(said, "sub"), claims->subject) ? NULL : &oidc_wrong;
    if (!problem)
        problem = read_person(memory, said, claims);
    json_decref(said);
    return problem;
}
