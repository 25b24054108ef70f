/*
 * The code flow: out to the provider, and back with a code that becomes a token.
 *
 * Must not know: sessions, pages, whose account it is. Read next: core/oidc/token.c, core/login/identity.c.
 */
#include "core/oidc/attempt.h"

#include <string.h>

#include <sodium.h>

#include "base/log.h"
#include "core/oidc/fetch.h"
#include "core/oidc/json.h"
#include "core/oidc/queries.h"
#include "core/oidc/rows.h"
#include "core/sign/sign.h"

const struct problem oidc_over = {"oidc.over", 410, FAULT_CLIENT, false};
const struct problem oidc_refused = {"oidc.refused", 403, FAULT_CLIENT, false};
const struct problem oidc_stale = {"oidc.stale", 403, FAULT_CLIENT, false};

enum { SECRET = 32, CODE_MAX = 4096, DIGEST = 32 };

static struct text folder; /* where the installation's key lies */

const struct problem *oidc_attempt_start(struct memory *process, struct text data)
{
    folder = text_copy(process, data);
    return folder.data ? NULL : &out_of_memory;
}

/* What follows from `state`, each 64 hexadecimal digits: what PKCE and the nonce want and more. */
struct secrets {
    char verifier[SIGN_HEX_MAX];
    char nonce[SIGN_HEX_MAX];
};

static const struct problem *derive(struct text state, struct secrets *out)
{
    struct sign_key key;
    const struct problem *problem = sign_key_make(folder, &key);
    if (problem)
        return problem;
    sign_mark(&key, "core.oidc.verifier", state, out->verifier);
    sign_mark(&key, "core.oidc.nonce", state, out->nonce);
    sign_key_end(&key);
    return NULL;
}

/* BLAKE2b-256, hex: what is kept of a secret. */
static const struct problem *hash_of(struct memory *memory, struct text secret, struct text *out)
{
    unsigned char hash[DIGEST];
    char hex[DIGEST * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)(secret.data ? secret.data : ""),
                       secret.size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}

/* ---- out ---- */

static void add_pair(struct builder *b, char before, const char *name, struct text value)
{
    builder_add_char(b, before);
    builder_add_c(b, name);
    builder_add_char(b, '=');
    builder_add_url(b, value);
}

/* Each provider comes back to an address of its own, so that no other can answer for it (RFC 9700, 4.4.2). */
static struct text way_back(struct memory *memory, const struct oidc_asker *asker)
{
    return text_format(memory, "%.*s/sign-in/with/%lld/back", TEXT_ARGS(asker->site),
                       (long long)asker->provider);
}

static const struct problem *write_address(struct memory *memory, const struct oidc_asker *asker,
                                           const struct oidc_provider *provider,
                                           const struct oidc_site *site, enum oidc_purpose purpose,
                                           struct text state, struct text *out)
{
    struct secrets secrets;
    unsigned char digest[DIGEST];
    char challenge[DIGEST * 2];
    struct text back = way_back(memory, asker);
    struct builder b = builder_make(memory, 16384);
    const struct problem *problem = back.data ? derive(state, &secrets) : &out_of_memory;
    if (problem)
        return problem;
    crypto_hash_sha256(digest, (const unsigned char *)secrets.verifier, SIGN_HEX_MAX - 1);
    sodium_bin2base64(challenge, sizeof challenge, digest, sizeof digest,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    bool queried = memchr(site->authorize.data, '?', site->authorize.size) != NULL;
    builder_add(&b, site->authorize);
    add_pair(&b, queried ? '&' : '?', "response_type", text_of("code"));
    add_pair(&b, '&', "client_id", provider->client);
    add_pair(&b, '&', "redirect_uri", back);
    add_pair(&b, '&', "scope", text_of("openid profile email"));
    add_pair(&b, '&', "state", state);
    add_pair(&b, '&', "nonce", text_of(secrets.nonce));
    add_pair(&b, '&', "code_challenge", text_of(challenge));
    add_pair(&b, '&', "code_challenge_method", text_of("S256"));
    if (purpose == OIDC_PROVE)
        builder_add_c(&b, "&prompt=login&max_age=0");
    sodium_memzero(&secrets, sizeof secrets);
    return builder_end(&b, out);
}

static const struct problem *begin_work(struct database *db, struct memory *memory, void *context)
{
    const struct oidc_attempt *attempt = context;
    const struct problem *problem = oidc_attempts_clear(db, memory, attempt->begun);
    return problem ? problem : oidc_attempt_insert(db, memory, attempt);
}

static const struct problem *make_state(struct memory *memory, struct text *out)
{
    unsigned char raw[SECRET];
    char written[SECRET * 2];
    randombytes_buf(raw, sizeof raw);
    sodium_bin2base64(written, sizeof written, raw, sizeof raw,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = text_copy(memory, text_of(written));
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *discover(struct memory *memory, const struct oidc_provider *provider,
                                      struct oidc_site *out)
{
    int64_t until;
    const struct problem *problem = oidc_enter(provider, &until);
    if (problem)
        return problem;
    problem = oidc_discover(memory, provider, until, out);
    oidc_leave(provider);
    return problem;
}

const struct problem *oidc_begin(struct store *store, struct memory *memory,
                                 const struct oidc_asker *asker, const struct oidc_aim *aim,
                                 struct text *address)
{
    struct oidc_site site;
    struct text state;
    const struct oidc_provider *provider = oidc_provider_of(asker->provider);
    if (!provider)
        return &not_found;
    if (asker->browser.size == 0)
        return &oidc_over;
    struct oidc_attempt attempt = {.issuer = provider->issuer,
                                   .purpose = aim->purpose,
                                   .person = aim->person,
                                   .next = aim->next,
                                   .resume = aim->resume,
                                   .begun = asker->at,
                                   .until = instant_add(asker->at, OIDC_ATTEMPT_LIFE)};
    const struct problem *problem = discover(memory, provider, &site);
    if (!problem)
        problem = make_state(memory, &state);
    if (!problem)
        problem = hash_of(memory, state, &attempt.state);
    if (!problem)
        problem = hash_of(memory, asker->browser, &attempt.browser);
    if (!problem)
        problem = write_address(memory, asker, provider, &site, aim->purpose, state, address);
    return problem ? problem : store_write(store, memory, begin_work, &attempt);
}

/* ---- back ---- */

struct taking {
    struct text state; /* its hash */
    struct oidc_attempt attempt;
};

static const struct problem *take_work(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    const struct problem *problem = oidc_attempt_take(db, memory, taking->state, &taking->attempt);
    return problem == &not_found ? &oidc_over : problem;
}

static const struct problem *take(struct store *store, struct memory *memory,
                                  const struct oidc_asker *asker,
                                  const struct oidc_provider *provider, struct text state,
                                  struct oidc_attempt *out)
{
    struct taking taking;
    struct text browser;
    const struct problem *problem = hash_of(memory, state, &taking.state);
    if (!problem)
        problem = hash_of(memory, asker->browser, &browser);
    if (!problem)
        problem = store_write(store, memory, take_work, &taking);
    if (problem)
        return problem;
    *out = taking.attempt;
    bool fine = out->until.ms > asker->at.ms && text_equal(out->browser, browser) &&
                text_equal(out->issuer, provider->issuer);
    return fine ? NULL : &oidc_over;
}

/* HTTP Basic by RFC 6749, 2.3.1: both parts are written as in a form first. */
static const struct problem *basic_proof(struct memory *memory,
                                         const struct oidc_provider *provider, struct text *out)
{
    struct builder b = builder_make(memory, 4096);
    struct text pair;
    builder_add_url(&b, provider->client);
    builder_add_char(&b, ':');
    builder_add_url(&b, provider->secret);
    const struct problem *problem = builder_end(&b, &pair);
    if (problem)
        return problem;
    size_t room = sodium_base64_encoded_len(pair.size, sodium_base64_VARIANT_ORIGINAL);
    char *written = memory_take(memory, room);
    if (!written)
        return &out_of_memory;
    sodium_bin2base64(written, room, (const unsigned char *)pair.data, pair.size,
                      sodium_base64_VARIANT_ORIGINAL);
    *out = text_format(memory, "Basic %s", written);
    return out->data ? NULL : &out_of_memory;
}

/* The call that makes a code a token (RFC 6749, 4.1.3; RFC 7636, 4.5). */
static const struct problem *write_call(struct memory *memory, const struct oidc_asker *asker,
                                        const struct oidc_site *site,
                                        const struct oidc_answer *answer,
                                        const struct secrets *secrets, struct oidc_call *call)
{
    const struct oidc_provider *provider = call->provider;
    struct builder b = builder_make(memory, 16384);
    struct text back = way_back(memory, asker);
    bool basic = provider->secret.size && !site->posts_secret;
    if (!back.data)
        return &out_of_memory;
    builder_add_c(&b, "grant_type=authorization_code");
    add_pair(&b, '&', "code", answer->code);
    add_pair(&b, '&', "redirect_uri", back);
    add_pair(&b, '&', "code_verifier", text_of(secrets->verifier));
    if (!basic)
        add_pair(&b, '&', "client_id", provider->client);
    if (!basic && provider->secret.size)
        add_pair(&b, '&', "client_secret", provider->secret);
    const struct problem *problem = builder_end(&b, &call->form);
    return problem || !basic ? problem : basic_proof(memory, provider, &call->proof);
}

/* The two tokens of the answer. */
static const struct problem *read_tokens(struct memory *memory, int64_t provider, int64_t status,
                                         struct text body, struct text *token, struct text *access)
{
    json_t *said = oidc_json(body);
    *token = text_copy(memory, oidc_json_text(said, "id_token"));
    *access = text_copy(memory, oidc_json_text(said, "access_token"));
    struct text error = text_copy(memory, oidc_json_text(said, "error"));
    json_decref(said);
    if (!token->data || !access->data || !error.data)
        return &out_of_memory;
    if (status == 200 && token->size)
        return NULL;
    log_write(LOG_WARNING, "oidc.no_token", "provider=%lld status=%lld error=\"%.*s\"",
              (long long)provider, (long long)status, (int)(error.size < 60 ? error.size : 60),
              error.data);
    return status >= 500 ? &oidc_unreached : &oidc_wrong;
}

/* With the keys that are kept, and where none of them has signed it, with those of now. */
static const struct problem *check_token(struct memory *memory, struct oidc_person *person,
                                         struct text token, const struct oidc_expected *expected)
{
    struct text keys;
    const char *because = "";
    const struct oidc_provider *provider = person->provider;
    const struct problem *problem =
        oidc_keys(memory, provider, &person->site, false, person->until, &keys);
    if (!problem)
        problem = oidc_token_check(memory, token, keys, expected, &person->claims, &because);
    if (problem == &oidc_key_unknown) {
        problem = oidc_keys(memory, provider, &person->site, true, person->until, &keys);
        if (!problem)
            problem = oidc_token_check(memory, token, keys, expected, &person->claims, &because);
    }
    if (problem == &oidc_wrong || problem == &oidc_key_unknown) {
        log_write(LOG_WARNING, "oidc.wrong", "provider=%lld because=%s",
                  (long long)provider->number, because);
        return &oidc_wrong;
    }
    return problem;
}

/* The code for tokens. */
static const struct problem *redeem(struct memory *memory, const struct oidc_asker *asker,
                                    const struct oidc_answer *answer, struct oidc_person *person)
{
    struct secrets secrets;
    struct text body;
    struct text token;
    int64_t status = 0;
    const struct oidc_provider *provider = person->provider;
    struct oidc_call call = {
        .provider = provider, .address = person->site.token, .until = person->until};
    const struct problem *problem = derive(answer->state, &secrets);
    if (!problem)
        problem = write_call(memory, asker, &person->site, answer, &secrets, &call);
    if (!problem)
        problem = oidc_fetch(memory, &call, &status, &body);
    if (!problem)
        problem = read_tokens(memory, provider->number, status, body, &token, &person->access);
    if (problem)
        return problem;
    struct oidc_expected expected = {.issuer = provider->issuer,
                                     .client = provider->client,
                                     .nonce = text_of(secrets.nonce),
                                     .access = person->access,
                                     .at = asker->at};
    return check_token(memory, person, token, &expected);
}

/* The answer itself, before anybody is asked about it (RFC 9207, 2.4). */
static const struct problem *check_answer(const struct oidc_person *person,
                                          const struct oidc_answer *answer)
{
    struct text issuer = answer->issuer;
    if ((issuer.size || person->site.names_itself) &&
        !text_equal(issuer, person->provider->issuer)) {
        log_write(LOG_WARNING, "oidc.wrong", "provider=%lld because=iss of the answer",
                  (long long)person->provider->number);
        return &oidc_wrong;
    }
    if (answer->code.size == 0)
        return &oidc_refused;
    return answer->code.size > CODE_MAX ? &oidc_wrong : NULL;
}

/* Everything that waits for the provider. */
static const struct problem *ask(struct memory *memory, const struct oidc_asker *asker,
                                 const struct oidc_answer *answer, struct oidc_person *person)
{
    const struct problem *problem = oidc_enter(person->provider, &person->until);
    if (problem)
        return problem;
    problem = oidc_discover(memory, person->provider, person->until, &person->site);
    if (!problem)
        problem = check_answer(person, answer);
    if (!problem)
        problem = redeem(memory, asker, answer, person);
    oidc_leave(person->provider);
    return problem;
}

const struct problem *oidc_finish(struct store *store, struct memory *memory,
                                  const struct oidc_asker *asker, const struct oidc_answer *answer,
                                  struct oidc_aim *aim, struct oidc_person *out)
{
    struct oidc_attempt attempt;
    *out = (struct oidc_person){.provider = oidc_provider_of(asker->provider)};
    if (!out->provider)
        return &not_found;
    const struct problem *problem =
        take(store, memory, asker, out->provider, answer->state, &attempt);
    if (problem)
        return problem;
    *aim = (struct oidc_aim){attempt.purpose, attempt.person, attempt.next, attempt.resume};
    problem = ask(memory, asker, answer, out);
    if (!problem && aim->purpose == OIDC_PROVE &&
        out->claims.authenticated.ms < attempt.begun.ms - OIDC_SKEW)
        problem = &oidc_stale;
    return problem;
}

/* Its further word, when it gives one. */
static const struct problem *fetch_more(struct memory *memory, struct oidc_person *person)
{
    struct text body;
    int64_t status = 0;
    struct oidc_call call = {
        .provider = person->provider, .address = person->site.person, .until = person->until};
    for (size_t i = 0; i < person->access.size; i++)
        if (person->access.data[i] <= ' ' || person->access.data[i] > '~')
            return &oidc_wrong;
    call.proof = text_format(memory, "Bearer %.*s", TEXT_ARGS(person->access));
    const struct problem *problem =
        call.proof.data ? oidc_fetch(memory, &call, &status, &body) : &out_of_memory;
    if (problem)
        return problem;
    return status == 200 ? oidc_claims_add(memory, body, &person->claims) : NULL;
}

const struct problem *oidc_ask_more(struct memory *memory, struct oidc_person *person)
{
    bool enough = person->claims.mail.size && person->claims.name.size;
    if (enough || person->site.person.size == 0 || person->access.size == 0)
        return NULL;
    int64_t until; /* that of before holds on */
    const struct problem *problem = oidc_enter(person->provider, &until);
    if (problem)
        return problem;
    problem = fetch_more(memory, person);
    oidc_leave(person->provider);
    return problem;
}
