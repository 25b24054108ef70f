/*
 * Calls to providers: the lane, and libcurl.
 *
 * Must not know: what is said. Read next: core/oidc/fetch_test.c.
 */
#include "core/oidc/fetch.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/outside/client.h"

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

/* What a provider publishes must not lead to this machine; a company's own provider may be inside its network. */
static CURLcode perform(struct memory *memory, struct talk *talk, int64_t *status)
{
    const struct oidc_call *call = talk->call;
    const struct outside_way way = {
        .own = call->provider->loopback, .inside = true, .whole_ms = left(call->until)};
    struct outside_call outside = {.way = &way};
    long said = 0;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    CURL *curl = outside_handle();
    struct curl_slist *headers = NULL;
    const char *address = text_c(memory, call->address);
    bool fine = outside_header(memory, &headers, "Accept: application/json") &&
                outside_header(memory, &headers, "User-Agent: Contraflow") &&
                (call->proof.size == 0 ||
                 outside_header(memory, &headers, "Authorization: %.*s", TEXT_ARGS(call->proof)));
    if (fine && way.whole_ms <= 0)
        code = CURLE_OPERATION_TIMEDOUT;
    else if (fine && curl && address && outside_prepare(curl, &outside, address) &&
             set_message(curl, talk, headers))
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
    struct talk talk = {.call = call, .body = builder_make(memory, OIDC_ANSWER_MAX)};
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
