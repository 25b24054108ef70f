/*
 * Calls to providers: the lane, and libcurl.
 *
 * Must not know: what is said. Read next: core/oidc/fetch_test.c.
 */
#include "core/oidc/fetch.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/hooks/address.h"

const struct problem oidc_unreached = {"oidc.unreached", 503, FAULT_WORLD, true};
const struct problem oidc_busy = {"oidc.busy", 503, FAULT_WORLD, true};

static const int64_t millisecond = 1000000; /* of clock_ticks() */

/* ---- the lane ---- */

static struct {
    pthread_mutex_t lock;
    int64_t most; /* people in all */
    int64_t all;  /* who wait now */
    struct {
        int here;     /* for this provider; at most OIDC_AT_ONCE */
        int64_t rest; /* clock_ticks() until which nobody tries */
    } of[OIDC_PROVIDERS];
} lanes = {.lock = PTHREAD_MUTEX_INITIALIZER, .most = OIDC_AT_ONCE};

void oidc_fetch_start(int64_t most)
{
    pthread_mutex_lock(&lanes.lock);
    lanes.most = most;
    for (size_t i = 0; i < OIDC_PROVIDERS; i++)
        lanes.of[i].rest = 0;
    pthread_mutex_unlock(&lanes.lock);
}

const struct problem *oidc_enter(const struct oidc_provider *provider, int64_t *until)
{
    const struct problem *problem = NULL;
    int64_t now = clock_ticks();
    size_t i = (size_t)provider->number - 1;
    *until = now + OIDC_EXCHANGE_MS * millisecond;
    pthread_mutex_lock(&lanes.lock);
    if (lanes.of[i].rest > now)
        problem = &oidc_unreached;
    else if (lanes.of[i].here >= OIDC_AT_ONCE || lanes.all >= lanes.most)
        problem = &oidc_busy;
    if (!problem) {
        lanes.of[i].here++;
        lanes.all++;
    }
    pthread_mutex_unlock(&lanes.lock);
    return problem;
}

void oidc_leave(const struct oidc_provider *provider)
{
    pthread_mutex_lock(&lanes.lock);
    lanes.of[provider->number - 1].here--;
    lanes.all--;
    pthread_mutex_unlock(&lanes.lock);
}

static bool rests(const struct oidc_provider *provider)
{
    pthread_mutex_lock(&lanes.lock);
    bool rests = lanes.of[provider->number - 1].rest > clock_ticks();
    pthread_mutex_unlock(&lanes.lock);
    return rests;
}

/* There was no living server at the other end. */
static void let_rest(const struct oidc_provider *provider)
{
    pthread_mutex_lock(&lanes.lock);
    lanes.of[provider->number - 1].rest = clock_ticks() + OIDC_REST_MS * millisecond;
    pthread_mutex_unlock(&lanes.lock);
}

/* Milliseconds that are left, at most those of one call. */
static int64_t left(int64_t until)
{
    int64_t ms = (until - clock_ticks()) / millisecond;
    return ms < OIDC_CALL_MS ? ms : OIDC_CALL_MS;
}

/* ---- one call ---- */

struct talk {
    const struct oidc_call *call;
    struct builder body;
    size_t head; /* bytes of the answer's head */
};

/* The address that is really connected to. What a provider publishes must not lead to this machine. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    const struct talk *talk = context;
    bool own = hook_address_own(&address->addr);
    bool plain = !text_starts(talk->call->address, "https:");
    if (purpose != CURLSOCKTYPE_IPCXN || (own && !talk->call->provider->loopback) ||
        (plain && !own))
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_head(char *data, size_t size, size_t count, void *context)
{
    struct talk *talk = context;
    (void)data;
    talk->head += size * count;
    return talk->head <= OIDC_ANSWER_MAX ? size * count : 0;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct talk *talk = context;
    builder_add_bytes(&talk->body, data, size * count);
    return talk->body.failed ? 0 : size * count;
}

static void begin_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static bool set_way(CURL *curl, struct talk *talk, const char *address)
{
    const char *protocols = talk->call->provider->loopback ? "http,https" : "https";
    long ms = (long)left(talk->call->until);
    return ms > 0 && curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, talk) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, ms) == CURLE_OK;
}

static bool set_message(CURL *curl, struct talk *talk, struct curl_slist *headers)
{
    struct text form = talk->call->form;
    bool fine = curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_HEADERDATA, talk) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_WRITEDATA, talk) == CURLE_OK;
    if (!fine || !form.data)
        return fine;
    return curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)form.size) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form.data) == CURLE_OK;
}

static bool add_header(struct memory *memory, struct curl_slist **headers, const char *name,
                       struct text value)
{
    struct text line = text_format(memory, "%s: %.*s", name, TEXT_ARGS(value));
    struct curl_slist *longer = line.data ? curl_slist_append(*headers, line.data) : NULL;
    if (longer)
        *headers = longer;
    return longer;
}

static CURLcode perform(struct memory *memory, struct talk *talk, int64_t *status)
{
    long said = 0;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = NULL;
    const char *address = text_c(memory, talk->call->address);
    bool fine = add_header(memory, &headers, "Accept", text_of("application/json")) &&
                add_header(memory, &headers, "User-Agent", text_of("Contraflow")) &&
                (talk->call->proof.size == 0 ||
                 add_header(memory, &headers, "Authorization", talk->call->proof));
    if (fine && curl && address && set_way(curl, talk, address) && set_message(curl, talk, headers))
        code = curl_easy_perform(curl);
    if (curl)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    *status = said;
    return code;
}

const struct problem *oidc_fetch(struct memory *memory, const struct oidc_call *call,
                                 int64_t *status, struct text *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct talk talk = {.call = call, .body = builder_make(memory, OIDC_ANSWER_MAX)};
    pthread_once(&once, begin_curl);
    if (rests(call->provider) || left(call->until) <= 0)
        return &oidc_unreached;
    CURLcode code = perform(memory, &talk, status);
    if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_COULDNT_CONNECT)
        let_rest(call->provider);
    if (code == CURLE_OK)
        return builder_end(&talk.body, out);
    log_write(LOG_WARNING, "oidc.unreached", "provider=%lld address=%.*s because=\"%s\"",
              (long long)call->provider->number, TEXT_ARGS(call->address),
              curl_easy_strerror(code));
    return code == CURLE_OUT_OF_MEMORY ? &out_of_memory : &oidc_unreached;
}
