/*
 * Posting messages by libcurl's multi interface.
 *
 * Each transfer is an easy handle of its own. The socket callback sees the address that is really
 * connected to, after the name was resolved, so a name that changes its mind gains nothing.
 * Must not know: signatures, retries. Read next: core/hooks/address.c, core/hooks/wire_test.c.
 */
#include "core/hooks/wire.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "core/hooks/address.h"

enum {
    CONNECT_MS = 10000,
    WHOLE_MS = 20000,
    ANSWER_READ = 64 << 10, /* bytes of an answer, and of its head, before it is cut */
    IDLE_MOST = 32,         /* connections kept open for the next message */
    TRANSFER_MEMORY = 64 << 10
};

struct transfer {
    struct hook_wire *wire;
    struct memory *memory; /* holds it and its headers */
    CURL *curl;
    struct curl_slist *headers;
    void *context;
    bool plain;      /* http: goes to this machine or nowhere */
    bool closed_off; /* an address was refused */
    size_t head;     /* bytes of the answer's head so far */
    size_t read;     /* bytes of its body so far */
    bool cut;        /* it had more than is read */
    size_t kept;
    char answer[HOOK_ANSWER];
    struct transfer *next; /* of those on their way */
};

struct hook_wire {
    struct hook_wire_options options;
    CURLM *multi;
    struct transfer *first;
};

static void begin_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void end_transfer(struct transfer *transfer)
{
    curl_multi_remove_handle(transfer->wire->multi, transfer->curl);
    curl_easy_cleanup(transfer->curl);
    curl_slist_free_all(transfer->headers);
    memory_end(transfer->memory);
}

static void end_wire(void *thing)
{
    struct hook_wire *wire = thing;
    while (wire->first) {
        struct transfer *transfer = wire->first;
        wire->first = transfer->next;
        end_transfer(transfer);
    }
    curl_multi_cleanup(wire->multi);
}

const struct problem *hook_wire_make(struct memory *memory, const struct hook_wire_options *options,
                                     struct hook_wire **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin_curl);
    struct hook_wire *wire = memory_take(memory, sizeof *wire);
    CURLM *multi = curl_multi_init();
    if (!wire || !multi) {
        curl_multi_cleanup(multi);
        return &out_of_memory;
    }
    *wire = (struct hook_wire){.options = *options, .multi = multi};
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)IDLE_MOST);
    *out = wire;
    return memory_on_end(memory, end_wire, wire) ? &out_of_memory : NULL;
}

/* ---- what libcurl asks ---- */

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *transfer = context;
    bool own = transfer->wire->options.loopback && hook_address_own(&address->addr);
    if (purpose != CURLSOCKTYPE_IPCXN ||
        !(own || (!transfer->plain && hook_address_public(&address->addr)))) {
        transfer->closed_off = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_head(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    (void)data;
    transfer->head += size * count;
    transfer->cut = transfer->cut || transfer->head > ANSWER_READ;
    return transfer->cut ? 0 : size * count;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t all = size * count;
    size_t room = HOOK_ANSWER - transfer->kept;
    size_t some = all < room ? all : room;
    memcpy(transfer->answer + transfer->kept, data, some);
    transfer->kept += some;
    transfer->read += all;
    transfer->cut = transfer->read > ANSWER_READ;
    return transfer->cut ? 0 : all;
}

/* ---- setting off ---- */

static bool add_header(struct transfer *transfer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool add_header(struct transfer *transfer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text line = text_format_list(transfer->memory, format, arguments);
    va_end(arguments);
    struct curl_slist *longer = line.data ? curl_slist_append(transfer->headers, line.data) : NULL;
    if (longer)
        transfer->headers = longer;
    return longer;
}

static bool add_headers(struct transfer *transfer, const struct hook_call *call)
{
    return add_header(transfer, "Content-Type: application/json") &&
           add_header(transfer, "User-Agent: Contraflow-Webhooks") &&
           add_header(transfer, "Expect:") &&
           add_header(transfer, "webhook-id: %.*s", TEXT_ARGS(call->id)) &&
           add_header(transfer, "webhook-timestamp: %lld", (long long)call->seconds) &&
           add_header(transfer, "webhook-signature: %.*s", TEXT_ARGS(call->signatures));
}

/* Where it goes and how far. */
static bool set_way(CURL *curl, struct transfer *transfer, const char *address)
{
    const struct hook_wire_options *options = &transfer->wire->options;
    const char *protocols = options->loopback ? "http,https" : "https";
    return curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS) == CURLE_OK &&
           (!options->resolve ||
            curl_easy_setopt(curl, CURLOPT_RESOLVE, options->resolve) == CURLE_OK) &&
           (!options->authorities ||
            curl_easy_setopt(curl, CURLOPT_CAINFO, options->authorities) == CURLE_OK);
}

static bool set_message(CURL *curl, struct transfer *transfer, struct text body)
{
    return curl_easy_setopt(curl, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.size) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PRIVATE, transfer) == CURLE_OK;
}

const struct problem *hook_wire_begin(struct hook_wire *wire, const struct hook_call *call)
{
    struct memory *memory = memory_create(TRANSFER_MEMORY);
    struct transfer *transfer = memory ? memory_take(memory, sizeof *transfer) : NULL;
    CURL *curl = curl_easy_init();
    const char *address = memory ? text_c(memory, call->address) : NULL;
    if (!transfer || !curl || !address) {
        curl_easy_cleanup(curl);
        memory_end(memory);
        return &out_of_memory;
    }
    *transfer = (struct transfer){.wire = wire,
                                  .memory = memory,
                                  .curl = curl,
                                  .context = call->context,
                                  .plain = !text_starts(call->address, "https:")};
    bool fine = add_headers(transfer, call) && set_way(curl, transfer, address) &&
                set_message(curl, transfer, call->body) &&
                curl_multi_add_handle(wire->multi, curl) == CURLM_OK;
    if (!fine) {
        end_transfer(transfer);
        return &out_of_memory;
    }
    transfer->next = wire->first;
    wire->first = transfer;
    return NULL;
}

/* ---- what came of it ---- */

static enum hook_outcome outcome_of(const struct transfer *transfer, CURLcode code, long status)
{
    if (code == CURLE_OK || (transfer->cut && status)) {
        if (status >= 200 && status < 300)
            return HOOK_DELIVERED;
        if (status >= 300 && status < 400)
            return HOOK_REDIRECTED;
        return status == 410 ? HOOK_GONE : HOOK_REFUSED;
    }
    bool shut = transfer->plain && !transfer->wire->options.loopback;
    if ((transfer->closed_off && status == 0) || shut)
        return HOOK_INSIDE;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return HOOK_NO_NAME;
    case CURLE_COULDNT_CONNECT:
    case CURLE_URL_MALFORMAT:
        return HOOK_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT:
        return HOOK_SLOW;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
        return HOOK_UNSAFE;
    default:
        return HOOK_BROKEN;
    }
}

/* The part of it that is text: bytes that are none end it, and so does half a character. */
static struct text readable(const char *bytes, size_t size)
{
    size_t fine = 0;
    while (fine < size) {
        size_t step = 1;
        while (step < 4 && fine + step < size && ((unsigned char)bytes[fine + step] & 0xC0) == 0x80)
            step++;
        unsigned char first = (unsigned char)bytes[fine];
        bool control = first < ' ' && first != '\n' && first != '\t' && first != '\r';
        if (control || !text_valid((struct bytes){(const unsigned char *)bytes + fine, step}))
            break;
        fine += step;
    }
    return (struct text){bytes, fine};
}

static void tell(struct transfer *transfer, CURLcode code, hook_wire_done *done, void *lane)
{
    long status = 0;
    curl_off_t took = 0;
    curl_off_t wait = 0;
    curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer->curl, CURLINFO_TOTAL_TIME_T, &took);
    curl_easy_getinfo(transfer->curl, CURLINFO_RETRY_AFTER, &wait);
    struct hook_result result = {.outcome = outcome_of(transfer, code, status),
                                 .status = status,
                                 .took = took / 1000,
                                 .wait = wait,
                                 .answer = readable(transfer->answer, transfer->kept)};
    done(lane, transfer->context, &result);
}

static void unlink_transfer(struct hook_wire *wire, struct transfer *transfer)
{
    struct transfer **at = &wire->first;
    while (*at != transfer)
        at = &(*at)->next;
    *at = transfer->next;
}

void hook_wire_turn(struct hook_wire *wire, int wait, hook_wire_done *done, void *lane)
{
    int running = 0;
    int left = 0;
    CURLMsg *message;
    curl_multi_perform(wire->multi, &running);
    curl_multi_poll(wire->multi, NULL, 0, wait, NULL);
    curl_multi_perform(wire->multi, &running);
    while ((message = curl_multi_info_read(wire->multi, &left))) {
        struct transfer *transfer = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        unlink_transfer(wire, transfer);
        tell(transfer, code, done, lane);
        end_transfer(transfer);
    }
}
