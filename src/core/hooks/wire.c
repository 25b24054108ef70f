/*
 * Posting messages by libcurl's multi interface.
 *
 * Each transfer is an easy handle of its own. Must not know: signatures, retries, which machines are out of reach.
 * Read next: core/outside/client.h, core/hooks/wire_test.c.
 */
#include "core/hooks/wire.h"

#include <string.h>

#include "core/outside/client.h"

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
    struct outside_call call;
    size_t head; /* bytes of the answer's head so far */
    size_t read; /* bytes of its body so far */
    bool cut;    /* it had more than is read */
    size_t kept;
    char answer[HOOK_ANSWER];
    struct transfer *next; /* of those on their way */
};

struct hook_wire {
    struct outside_way way;
    CURLM *multi;
    struct transfer *first;
};

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
    outside_begin();
    struct hook_wire *wire = memory_take(memory, sizeof *wire);
    CURLM *multi = curl_multi_init();
    if (!wire || !multi) {
        curl_multi_cleanup(multi);
        return &out_of_memory;
    }
    *wire = (struct hook_wire){.way = {.own = options->loopback,
                                       .connect_ms = CONNECT_MS,
                                       .whole_ms = WHOLE_MS,
                                       .resolve = options->resolve,
                                       .authorities = options->authorities},
                               .multi = multi};
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)IDLE_MOST);
    *out = wire;
    return memory_on_end(memory, end_wire, wire) ? &out_of_memory : NULL;
}

/* ---- what libcurl asks ---- */

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

static bool add_headers(struct transfer *transfer, const struct hook_call *call)
{
    struct memory *memory = transfer->memory;
    struct curl_slist **headers = &transfer->headers;
    return outside_header(memory, headers, "Content-Type: application/json") &&
           outside_header(memory, headers, "User-Agent: Contraflow-Webhooks") &&
           outside_header(memory, headers, "Expect:") &&
           outside_header(memory, headers, "webhook-id: %.*s", TEXT_ARGS(call->id)) &&
           outside_header(memory, headers, "webhook-timestamp: %lld", (long long)call->seconds) &&
           outside_header(memory, headers, "webhook-signature: %.*s", TEXT_ARGS(call->signatures));
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
    CURL *curl = outside_handle();
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
                                  .call = {.way = &wire->way}};
    bool fine = add_headers(transfer, call) && outside_prepare(curl, &transfer->call, address) &&
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
    static const enum hook_outcome outcomes[] = {
        [OUTSIDE_NO_NAME] = HOOK_NO_NAME,     [OUTSIDE_INSIDE] = HOOK_INSIDE,
        [OUTSIDE_UNREACHED] = HOOK_UNREACHED, [OUTSIDE_UNSAFE] = HOOK_UNSAFE,
        [OUTSIDE_SLOW] = HOOK_SLOW,           [OUTSIDE_BROKEN] = HOOK_BROKEN,
    };
    enum outside_outcome outcome = outside_outcome_of(&transfer->call, code, status);
    if (outcome != OUTSIDE_ANSWERED && !(transfer->cut && status))
        return outcomes[outcome];
    if (status >= 200 && status < 300)
        return HOOK_DELIVERED;
    if (status >= 300 && status < 400)
        return HOOK_REDIRECTED;
    return status == 410 ? HOOK_GONE : HOOK_REFUSED;
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
