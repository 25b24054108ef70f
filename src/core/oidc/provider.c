/*
 * Providers: read from the settings, and what they publish kept in memory.
 *
 * What a provider publishes is kept as it came and read at each use, so that there is one form of it only.
 * Must not know: people, rows. Read next: core/oidc/fetch.c.
 */
#include "core/oidc/provider.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/oidc/fetch.h"
#include "core/oidc/json.h"
#include "core/oidc/token.h"

#define SETTINGS(number)                                                                           \
    {"oidc." number ".issuer",                                                                     \
     SETTING_TEXT,                                                                                 \
     "",                                                                                           \
     0,                                                                                            \
     0,                                                                                            \
     false,                                                                                        \
     "Address of provider " number " to sign in with (OpenID Connect), exactly as it calls "       \
     "itself; empty: there is none"},                                                              \
        {"oidc." number ".name",                                                                   \
         SETTING_TEXT,                                                                             \
         "",                                                                                       \
         0,                                                                                        \
         0,                                                                                        \
         false,                                                                                    \
         "Its name on buttons; empty: its host"},                                                  \
        {"oidc." number ".client", SETTING_TEXT, "", 0, 0, false, "Id that it gave this site"},    \
    {                                                                                              \
        "oidc." number ".secret", SETTING_TEXT, "", 0, 0, true,                                    \
            "Secret that it gave this site; empty: none"                                           \
    }

const struct setting oidc_settings[OIDC_SETTINGS] = {SETTINGS("1"), SETTINGS("2"), SETTINGS("3"),
                                                     SETTINGS("4")};

static const int64_t minute = INT64_C(60000000000); /* of clock_ticks() */
static const int64_t hour = INT64_C(3600000000000); /* the same */
static const int64_t day = INT64_C(86400000000000); /* the same */

enum { DOCUMENT_MEMORY = 1 << 20 };

/* What a provider publishes at one address. */
struct document {
    pthread_mutex_t lock;
    pthread_cond_t done;
    struct memory *memory; /* holds `body`; NULL: nothing was fetched yet */
    struct text body;
    int64_t fetched; /* clock_ticks() when it came */
    int64_t tried;   /* when it was last asked for; 0: never */
    int64_t renewed; /* when last because what was kept lacked something; 0: never */
    bool fetching;   /* somebody does */
};
#define DOCUMENT                                                                                   \
    {                                                                                              \
        .lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER                        \
    }

static struct known {
    struct oidc_provider provider; /* number 0: there is none */
    struct document about;
    struct document keys;
} all[OIDC_PROVIDERS] = {{.about = DOCUMENT, .keys = DOCUMENT},
                         {.about = DOCUMENT, .keys = DOCUMENT},
                         {.about = DOCUMENT, .keys = DOCUMENT},
                         {.about = DOCUMENT, .keys = DOCUMENT}};

/* ---- settings ---- */

static struct text setting_of(int number, const char *what)
{
    char name[32];
    snprintf(name, sizeof name, "oidc.%d.%s", number, what);
    return setting_text(name);
}

/* The host and port of an address; empty: it has none. */
static struct text host_of(struct text address)
{
    size_t skip = text_starts(address, "https://") ? 8 : text_starts(address, "http://") ? 7 : 0;
    struct text host = {address.data + skip, 0};
    while (skip && skip + host.size < address.size && !strchr("/?#", host.data[host.size]))
        host.size++;
    return host;
}

static bool is_loopback(struct text address)
{
    struct text host = host_of(address);
    struct text name = host;
    if (text_starts(host, "[::1]"))
        return host.size == 5 || host.data[5] == ':';
    text_split(&host, ':', &name);
    return text_is(name, "127.0.0.1") || text_is(name, "localhost");
}

/* Visible ASCII: what may stand in a URL and a log. */
static bool plain(struct text address)
{
    for (size_t i = 0; i < address.size; i++)
        if (address.data[i] <= ' ' || address.data[i] > '~' || address.data[i] == '@')
            return false;
    return true;
}

bool oidc_address_fine(const struct oidc_provider *provider, struct text address)
{
    bool scheme = text_starts(address, "https://") ||
                  (text_starts(address, "http://") && provider->loopback && is_loopback(address));
    return scheme && plain(address) && host_of(address).size &&
           !memchr(address.data, '#', address.size);
}

static const struct problem *read_settings(struct memory *process, int number,
                                           struct oidc_provider *out, struct text *complaint)
{
    struct text issuer = setting_of(number, "issuer");
    struct text name = setting_of(number, "name");
    *out = (struct oidc_provider){.issuer = text_copy(process, issuer),
                                  .name =
                                      text_copy(process, text_empty(name) ? host_of(issuer) : name),
                                  .client = text_copy(process, setting_of(number, "client")),
                                  .secret = text_copy(process, setting_of(number, "secret")),
                                  .loopback = is_loopback(issuer)};
    if (!out->issuer.data || !out->name.data || !out->client.data || !out->secret.data)
        return &out_of_memory;
    if (issuer.size == 0)
        return NULL;
    const char *fault = NULL;
    if (!oidc_address_fine(out, issuer) || memchr(issuer.data, '?', issuer.size))
        fault = "issuer is no https address";
    else if (out->client.size == 0)
        fault = "client is empty";
    if (fault)
        *complaint = text_format(process, "oidc.%d.%s", number, fault);
    out->number = fault ? 0 : number;
    return fault ? &invalid_input : NULL;
}

static void forget(struct document *document)
{
    memory_end(document->memory);
    document->memory = NULL;
    document->body = (struct text){"", 0};
    document->fetched = document->tried = document->renewed = 0;
}

const struct problem *oidc_providers_start(struct memory *process, struct text *complaint)
{
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < OIDC_PROVIDERS; i++) {
        problem = read_settings(process, i + 1, &all[i].provider, complaint);
        forget(&all[i].about);
        forget(&all[i].keys);
    }
    return problem;
}

const struct oidc_provider *oidc_provider_of(int64_t number)
{
    bool fine = number >= 1 && number <= OIDC_PROVIDERS && all[number - 1].provider.number;
    return fine ? &all[number - 1].provider : NULL;
}

const struct oidc_provider *oidc_provider_by(struct text issuer)
{
    for (int i = 0; i < OIDC_PROVIDERS; i++)
        if (all[i].provider.number && text_equal(all[i].provider.issuer, issuer))
            return &all[i].provider;
    return NULL;
}

const struct problem *oidc_providers(struct memory *memory, struct oidc_provider_line_list *out)
{
    struct oidc_provider_line *lines = memory_take_array(memory, OIDC_PROVIDERS, sizeof *lines);
    size_t count = 0;
    if (!lines)
        return &out_of_memory;
    for (int64_t i = 1; i <= OIDC_PROVIDERS; i++)
        if (oidc_provider_of(i))
            lines[count++] = (struct oidc_provider_line){i, oidc_provider_of(i)->name};
    *out = (struct oidc_provider_line_list){lines, count};
    return NULL;
}

/* ---- what they publish ---- */

typedef bool fits(const struct oidc_provider *provider, struct text body);

/* A look at a document, under its lock. */
struct look {
    const struct oidc_provider *provider;
    struct document *document;
    struct text address; /* where it is published */
    bool anew;           /* what is kept lacks what is looked for */
    int64_t until;       /* clock_ticks() at which who asks gives up */
    fits *fits;          /* whether it may be kept */
};

/* While somebody else fetches it. */
static const struct problem *wait_for(const struct look *look)
{
    struct document *document = look->document;
    struct timespec late;
    int timed = 0;
    clock_gettime(CLOCK_REALTIME, &late);
    late.tv_sec += OIDC_CALL_MS / 1000;
    while (document->fetching && timed != ETIMEDOUT)
        timed = pthread_cond_timedwait(&document->done, &document->lock, &late);
    return document->fetching ? &oidc_busy : NULL;
}

/* Without the lock. */
static const struct problem *fetch(const struct look *look, struct memory *memory, struct text *out)
{
    struct oidc_call call = {
        .provider = look->provider, .address = look->address, .until = look->until};
    int64_t status = 0;
    const struct problem *problem =
        memory ? oidc_fetch(memory, &call, &status, out) : &out_of_memory;
    if (problem)
        return problem;
    if (status == 200 && look->fits(look->provider, *out))
        return NULL;
    log_write(LOG_WARNING, "oidc.unusable", "provider=%lld address=%.*s status=%lld",
              (long long)look->provider->number, TEXT_ARGS(look->address), (long long)status);
    return status == 200 ? &oidc_wrong : &oidc_unreached;
}

/* Fetches it and keeps it. What was kept before is better than nothing for a day. */
static const struct problem *renew(const struct look *look)
{
    struct document *document = look->document;
    struct memory *memory = memory_create(DOCUMENT_MEMORY);
    struct text body = {"", 0};
    document->fetching = true;
    document->tried = clock_ticks();
    pthread_mutex_unlock(&document->lock);
    const struct problem *problem = fetch(look, memory, &body);
    pthread_mutex_lock(&document->lock);
    document->fetching = false;
    pthread_cond_broadcast(&document->done);
    if (problem) {
        memory_end(memory);
        return document->memory && clock_ticks() - document->fetched < day ? NULL : problem;
    }
    memory_end(document->memory);
    document->memory = memory;
    document->body = body;
    document->fetched = clock_ticks();
    return NULL;
}

static const struct problem *get(struct memory *memory, const struct look *look, struct text *out)
{
    struct document *document = look->document;
    pthread_mutex_lock(&document->lock);
    const struct problem *problem = wait_for(look);
    bool due = look->anew && (!document->renewed || clock_ticks() - document->renewed >= minute);
    bool fresh = document->memory && clock_ticks() - document->fetched < day &&
                 clock_ticks() - document->tried < hour && !due;
    if (!problem && due)
        document->renewed = clock_ticks();
    if (!problem && !fresh)
        problem = renew(look);
    if (!problem)
        *out = text_copy(memory, document->body);
    pthread_mutex_unlock(&document->lock);
    return !problem && !out->data ? &out_of_memory : problem;
}

/* OpenID Connect Discovery 1.0, 3 and 4.3; RFC 9207, 3. */
static bool read_site(struct memory *memory, const struct oidc_provider *provider, json_t *said,
                      struct oidc_site *out)
{
    const json_t *methods = json_object_get(said, "token_endpoint_auth_methods_supported");
    bool basic = !methods;
    bool post = false;
    for (size_t i = 0; i < json_array_size(methods); i++) {
        const char *method = json_string_value(json_array_get(methods, i));
        basic = basic || (method && strcmp(method, "client_secret_basic") == 0);
        post = post || (method && strcmp(method, "client_secret_post") == 0);
    }
    *out = (struct oidc_site){
        .authorize = text_copy(memory, oidc_json_text(said, "authorization_endpoint")),
        .token = text_copy(memory, oidc_json_text(said, "token_endpoint")),
        .keys = text_copy(memory, oidc_json_text(said, "jwks_uri")),
        .person = text_copy(memory, oidc_json_text(said, "userinfo_endpoint")),
        .posts_secret = post && !basic,
        .names_itself =
            json_is_true(json_object_get(said, "authorization_response_iss_parameter_supported"))};
    return text_equal(oidc_json_text(said, "issuer"), provider->issuer) &&
           oidc_address_fine(provider, out->authorize) && oidc_address_fine(provider, out->token) &&
           oidc_address_fine(provider, out->keys) &&
           (out->person.size == 0 || oidc_address_fine(provider, out->person));
}

static bool site_fits(const struct oidc_provider *provider, struct text body)
{
    struct oidc_site site;
    struct memory *memory = memory_create(DOCUMENT_MEMORY);
    json_t *said = oidc_json(body);
    bool fine = memory && said && read_site(memory, provider, said, &site);
    json_decref(said);
    memory_end(memory);
    return fine;
}

static bool keys_fit(const struct oidc_provider *provider, struct text body)
{
    (void)provider;
    json_t *said = oidc_json(body);
    bool fine = json_array_size(json_object_get(said, "keys")) > 0;
    json_decref(said);
    return fine;
}

const struct problem *oidc_discover(struct memory *memory, const struct oidc_provider *provider,
                                    int64_t until, struct oidc_site *out)
{
    struct text issuer = provider->issuer;
    struct text body;
    if (issuer.data[issuer.size - 1] == '/')
        issuer.size--;
    struct look look = {
        .provider = provider,
        .document = &all[provider->number - 1].about,
        .address = text_format(memory, "%.*s/.well-known/openid-configuration", TEXT_ARGS(issuer)),
        .until = until,
        .fits = site_fits};
    const struct problem *problem = look.address.data ? get(memory, &look, &body) : &out_of_memory;
    if (problem)
        return problem;
    json_t *said = oidc_json(body);
    bool fine = said && read_site(memory, provider, said, out);
    json_decref(said);
    return fine ? NULL : &oidc_wrong;
}

const struct problem *oidc_keys(struct memory *memory, const struct oidc_provider *provider,
                                const struct oidc_site *site, bool anew, int64_t until,
                                struct text *out)
{
    struct look look = {.provider = provider,
                        .document = &all[provider->number - 1].keys,
                        .address = site->keys,
                        .anew = anew,
                        .until = until,
                        .fits = keys_fit};
    return get(memory, &look, out);
}
