/*
 * Passkeys' answers taken apart and checked, with libfido2.
 *
 * Must not know: the store, sessions. Read next: core/login/passkey.c, webauthn_test.c for what is refused.
 */
#include "core/login/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/json_scan.h"

enum { USER_PRESENT = 1, USER_VERIFIED = 4, MEMBERS_MAX = 50, HASH = 32, KEY_MAX = 512 };

const struct problem party_passkey_wrong = {"party.passkey_wrong", 422, FAULT_CLIENT, false};
const struct problem party_passkey_origin = {"party.passkey_origin", 422, FAULT_CLIENT, false};

static const struct {
    enum passkey_algorithm algorithm;
    int cose; /* its number, RFC 9053 and 8812 */
} algorithms[] = {
    {PASSKEY_ES256, COSE_ES256}, {PASSKEY_EDDSA, COSE_EDDSA}, {PASSKEY_RS256, COSE_RS256}};

/* ---- where ---- */

static bool of_numbers(struct text host)
{
    for (size_t i = 0; i < host.size; i++)
        if (host.data[i] != '.' && (host.data[i] < '0' || host.data[i] > '9'))
            return false;
    return true;
}

bool webauthn_site(struct memory *memory, struct text address, struct webauthn_site *out)
{
    bool secure = text_starts(address, "https://");
    size_t skip = secure ? 8 : 7;
    if (!secure && !text_starts(address, "http://"))
        return false;
    struct text host = {address.data + skip, address.size - skip};
    const char *colon = memrchr(host.data, ':', host.size);
    struct text port = {"", 0};
    if (colon && host.data[0] != '[') {
        port = (struct text){colon, host.size - (size_t)(colon - host.data)};
        host.size -= port.size;
    }
    if (text_is(host, "127.0.0.1"))
        host = text_of("localhost");
    if (host.size == 0 || host.data[0] == '[' || of_numbers(host) ||
        (!secure && !text_is(host, "localhost")))
        return false;
    out->host = text_copy(memory, host);
    out->origin = text_format(memory, "%s%.*s%.*s", secure ? "https://" : "http://",
                              TEXT_ARGS(host), TEXT_ARGS(port));
    return out->host.data && out->origin.data;
}

/* ---- decoding ---- */

/* RFC 4648, 5, without padding. Never more than it is worth: the routes bound the text. */
static const struct problem *read_base64(struct memory *memory, struct text written,
                                         struct bytes *out)
{
    size_t size = 0;
    unsigned char *raw = memory_take(memory, written.size + 1);
    if (!raw)
        return &out_of_memory;
    if (sodium_base642bin(raw, written.size + 1, written.data, written.size, NULL, &size, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return &party_passkey_wrong;
    *out = (struct bytes){raw, size};
    return NULL;
}

static struct text member(const json_t *said, const char *name)
{
    const json_t *value = json_object_get(said, name);
    if (!json_is_string(value))
        return (struct text){"", 0};
    return (struct text){json_string_value(value), json_string_length(value)};
}

/* 7.1 steps 7 to 10, 7.2 steps 11 to 14 */
static const struct problem *check_client(struct memory *memory, const struct webauthn_site *site,
                                          const char *type, const json_t *said,
                                          struct webauthn_client *out)
{
    if (!text_is(member(said, "type"), type))
        return &party_passkey_wrong;
    if (!text_equal(member(said, "origin"), site->origin) ||
        json_is_true(json_object_get(said, "crossOrigin")))
        return &party_passkey_origin;
    out->challenge = text_copy(memory, member(said, "challenge"));
    if (!out->challenge.data)
        return &out_of_memory;
    return out->challenge.size ? NULL : &party_passkey_wrong;
}

const struct problem *webauthn_client(struct memory *memory, const struct webauthn_site *site,
                                      const char *type, struct text said,
                                      struct webauthn_client *out)
{
    struct bytes raw;
    const struct problem *problem = read_base64(memory, said, &raw);
    if (problem)
        return problem;
    if (!json_is_small(raw, MEMBERS_MAX))
        return &party_passkey_wrong;
    json_t *json = json_loadb((const char *)raw.data, raw.size, JSON_REJECT_DUPLICATES, NULL);
    if (!json)
        return &party_passkey_wrong;
    problem = check_client(memory, site, type, json, out);
    json_decref(json);
    crypto_hash_sha256(out->hash, raw.data, raw.size);
    return problem;
}

/* ---- a new one ---- */

static bool of_site(const struct webauthn_site *site, struct bytes data)
{
    unsigned char hash[HASH];
    crypto_hash_sha256(hash, (const unsigned char *)site->host.data, site->host.size);
    return data.size > HASH && memcmp(data.data, hash, HASH) == 0;
}

static const struct problem *keep_made(struct memory *memory, const fido_cred_t *made,
                                       struct webauthn_made *out)
{
    size_t id = fido_cred_id_len(made);
    size_t key = fido_cred_pubkey_len(made);
    size_t room = sodium_base64_ENCODED_LEN(id, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *credential = memory_take(memory, room);
    char *hex = memory_take(memory, 2 * key + 1);
    if (!credential || !hex)
        return &out_of_memory;
    if (!(fido_cred_flags(made) & USER_PRESENT) || id == 0 || room - 1 > WEBAUTHN_CREDENTIAL)
        return &party_passkey_wrong;
    sodium_bin2base64(credential, room, fido_cred_id_ptr(made), id,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_bin2hex(hex, 2 * key + 1, fido_cred_pubkey_ptr(made), key);
    out->credential = text_of(credential);
    out->key = text_of(hex);
    out->counter = fido_cred_sigcount(made);
    return NULL;
}

const struct problem *webauthn_made(struct memory *memory, const struct webauthn_site *site,
                                    struct text data, struct webauthn_made *out)
{
    struct bytes raw;
    const struct problem *problem = read_base64(memory, data, &raw);
    if (problem)
        return problem;
    if (!of_site(site, raw))
        return &party_passkey_origin;
    problem = &party_passkey_wrong;
    /* libfido2 reads a key only of the algorithm that it was told to expect. */
    for (size_t i = 0;
         problem == &party_passkey_wrong && i < sizeof algorithms / sizeof *algorithms; i++) {
        fido_cred_t *made = fido_cred_new();
        if (!made)
            return &out_of_memory;
        if (fido_cred_set_type(made, algorithms[i].cose) == FIDO_OK &&
            fido_cred_set_authdata_raw(made, raw.data, raw.size) == FIDO_OK) {
            out->algorithm = algorithms[i].algorithm;
            problem = keep_made(memory, made, out);
        }
        fido_cred_free(&made);
    }
    return problem;
}

/* ---- one that signs ---- */

static int verify(const fido_assert_t *answer, enum passkey_algorithm algorithm, struct bytes key)
{
    int code = FIDO_ERR_INTERNAL;
    es256_pk_t *es256 = es256_pk_new();
    eddsa_pk_t *eddsa = eddsa_pk_new();
    rs256_pk_t *rs256 = rs256_pk_new();
    if (!es256 || !eddsa || !rs256)
        code = FIDO_ERR_INTERNAL;
    else if (algorithm == PASSKEY_ES256 && es256_pk_from_ptr(es256, key.data, key.size) == FIDO_OK)
        code = fido_assert_verify(answer, 0, COSE_ES256, es256);
    else if (algorithm == PASSKEY_EDDSA && eddsa_pk_from_ptr(eddsa, key.data, key.size) == FIDO_OK)
        code = fido_assert_verify(answer, 0, COSE_EDDSA, eddsa);
    else if (algorithm == PASSKEY_RS256 && rs256_pk_from_ptr(rs256, key.data, key.size) == FIDO_OK)
        code = fido_assert_verify(answer, 0, COSE_RS256, rs256);
    es256_pk_free(&es256);
    eddsa_pk_free(&eddsa);
    rs256_pk_free(&rs256);
    return code;
}

/* 7.2 steps 15 to 20; what has the signature counter to say is the store's to compare. */
static const struct problem *check_signed(fido_assert_t *made, const char *host,
                                          const struct webauthn_client *client, struct bytes data,
                                          struct bytes signature, enum passkey_algorithm algorithm,
                                          struct bytes key, struct webauthn_signed *answer)
{
    bool holds =
        fido_assert_set_count(made, 1) == FIDO_OK && fido_assert_set_rp(made, host) == FIDO_OK &&
        fido_assert_set_clientdata_hash(made, client->hash, sizeof client->hash) == FIDO_OK &&
        fido_assert_set_authdata_raw(made, 0, data.data, data.size) == FIDO_OK &&
        fido_assert_set_up(made, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_sig(made, 0, signature.data, signature.size) == FIDO_OK &&
        verify(made, algorithm, key) == FIDO_OK;
    if (!holds)
        return &party_passkey_wrong;
    answer->counter = fido_assert_sigcount(made, 0);
    answer->verified = fido_assert_flags(made, 0) & USER_VERIFIED;
    return NULL;
}

const struct problem *webauthn_signed(struct memory *memory, const struct webauthn_site *site,
                                      enum passkey_algorithm algorithm, struct text key,
                                      const struct webauthn_client *client,
                                      struct webauthn_signed *answer)
{
    struct bytes data;
    struct bytes signature;
    unsigned char raw[KEY_MAX];
    size_t size = 0;
    const char *host = text_c(memory, site->host);
    const struct problem *problem = read_base64(memory, answer->data, &data);
    if (!problem)
        problem = read_base64(memory, answer->signature, &signature);
    if (problem)
        return problem;
    if (!of_site(site, data))
        return &party_passkey_origin;
    if (sodium_hex2bin(raw, sizeof raw, key.data, key.size, NULL, &size, NULL) != 0)
        return &our_fault;
    fido_assert_t *made = fido_assert_new();
    if (!made || !host)
        problem = &out_of_memory;
    else
        problem = check_signed(made, host, client, data, signature, algorithm,
                               (struct bytes){raw, size}, answer);
    fido_assert_free(&made);
    return problem;
}
