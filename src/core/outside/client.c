/*
 * Options and outcomes that all calls to other hosts share.
 *
 * Must not know: methods, bodies. Read next: core/outside/address.c.
 */
#include "core/outside/client.h"

#include <pthread.h>
#include <sys/socket.h>

#include "core/outside/address.h"

static void begin_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

void outside_begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin_curl);
}

CURL *outside_handle(void)
{
    outside_begin();
    return curl_easy_init();
}

/* The address that is really connected to. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct outside_call *call = context;
    bool allowed =
        outside_address_own(&address->addr)
            ? call->way->own
            : !call->plain && (call->way->inside || outside_address_public(&address->addr));
    if (purpose != CURLSOCKTYPE_IPCXN || !allowed) {
        call->closed_off = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool outside_prepare(CURL *curl, struct outside_call *call, const char *address)
{
    const struct outside_way *way = call->way;
    const char *protocols = way->own ? "http,https" : "https";
    int64_t connect = way->connect_ms ? way->connect_ms : way->whole_ms;
    call->plain = !text_starts(text_of(address), "https:");
    call->closed_off = false;
    return curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)connect) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)way->whole_ms) == CURLE_OK &&
           (!way->resolve || curl_easy_setopt(curl, CURLOPT_RESOLVE, way->resolve) == CURLE_OK) &&
           (!way->authorities ||
            curl_easy_setopt(curl, CURLOPT_CAINFO, way->authorities) == CURLE_OK);
}

bool outside_header(struct memory *memory, struct curl_slist **headers, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text line = text_format_list(memory, format, arguments);
    va_end(arguments);
    struct curl_slist *longer = line.data ? curl_slist_append(*headers, line.data) : NULL;
    if (longer)
        *headers = longer;
    return longer;
}

enum outside_outcome outside_outcome_of(const struct outside_call *call, CURLcode code, long status)
{
    if (code == CURLE_OK)
        return OUTSIDE_ANSWERED;
    bool shut = call->plain && !call->way->own;
    if ((call->closed_off && status == 0) || shut)
        return OUTSIDE_INSIDE;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return OUTSIDE_NO_NAME;
    case CURLE_COULDNT_CONNECT:
    case CURLE_URL_MALFORMAT:
        return OUTSIDE_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT:
        return OUTSIDE_SLOW;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return OUTSIDE_UNSAFE;
    default:
        return OUTSIDE_BROKEN;
    }
}
