/*
 * The streams of live pages.
 *
 * A stream sleeps as a suspended connection and costs its connection's memory and its request's.
 * Whoever has bytes for it (the thread) wakes it; libmicrohttpd then fetches them by take().
 * Must not know: what is counted. Read next: web/listen.c.
 */
#include "web/live.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "web/access.h"
#include "web/decode.h"
#include "web/loop.h"

enum {
    ROUND_MS = 1000,    /* between two looks whether something happened */
    SILENCE_MS = 20000, /* until a comment is sent */
    EVENT_MOST = 2048,  /* bytes of an event */
    TEXTS_MOST = 3072,  /* bytes of a request that are kept */
    HASH = 17           /* digits of an event's id and NUL */
};
#define ROUND_MEMORY  ((size_t)1 << 20)
#define READER_MEMORY ((size_t)32 << 20)
#define MS            INT64_C(1000000) /* nanoseconds */

struct stream {
    struct live *live;
    struct MHD_Connection *connection;
    struct incoming asked; /* the request: target, cookie and the like, on `texts` */
    char texts[TEXTS_MOST];
    char pending[EVENT_MOST]; /* bytes to send */
    size_t size;              /* of them */
    size_t sent;              /* of them */
    bool asleep;              /* suspended until there are some */
    bool ending;              /* none will come */
    char hash[HASH];          /* of what was said last */
    int64_t spoke;            /* when, in ticks */
    size_t slot;              /* where it stands */
    uint64_t number;          /* tells it from another in the same slot */
};

struct live {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock; /* over all that follows, and over streams */
    pthread_cond_t bell;  /* rings when it ends */
    bool ending;
    bool stopping;
    struct stream **slots;
    size_t most;
    size_t count;
    uint64_t number; /* of the next stream */
};

/* ---- what is said ---- */

static enum portal portal_asked(struct text path)
{
    if (text_is(path, "/live/me"))
        return PORTAL_ME;
    if (text_is(path, "/live/biz"))
        return PORTAL_BIZ;
    return text_is(path, "/live/desk") ? PORTAL_DESK : 0;
}

static bool may_enter(enum portal portal, const struct viewer *viewer)
{
    enum who who = portal == PORTAL_ME ? SIGNED_IN : portal == PORTAL_BIZ ? VIEWER : OPERATOR;
    return access_allows(who, viewer);
}

/* {"/me/offers":3,...} of the links that count something. */
static const struct problem *count_all(struct passage *passage, enum portal portal,
                                       struct text *out)
{
    const struct nav *nav = &passage->server->nav[portal];
    struct builder b = builder_make(passage->request.memory, EVENT_MOST - 128);
    char separator = '{';
    for (size_t i = 0; i < nav->count; i++) {
        int64_t number = 0;
        const struct nav_entry *entry = nav->entries[i];
        if (!entry->count || (entry->who && !access_allows(entry->who, &passage->request.viewer)))
            continue;
        const struct problem *problem = entry->count(&passage->request, &number);
        if (problem)
            return problem;
        builder_add_char(&b, separator);
        builder_add_json(&b, text_of(entry->href));
        builder_add_char(&b, ':');
        builder_add_integer(&b, number);
        separator = ',';
    }
    builder_add_c(&b, separator == '{' ? "{}" : "}");
    return builder_end(&b, out);
}

static void hash_of(struct text said, char out[HASH])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)said.data, said.size, NULL, 0);
    sodium_bin2hex(out, HASH, hash, (HASH - 1) / 2);
}

/* 204 tells a browser not to come back. */
bool live_answer(struct passage *passage)
{
    struct answer *answer = passage->answer;
    struct incoming *incoming = passage->incoming;
    enum portal portal = portal_asked(incoming->raw_path);
    struct text counts;
    struct text body;
    char hash[HASH];
    if (!portal || incoming->verb != GET || !passage->request.db)
        return false;
    if (!may_enter(portal, &passage->request.viewer)) {
        answer_bytes(answer, 204, NULL, (struct text){"", 0});
        return true;
    }
    struct builder b = builder_make(passage->request.memory, EVENT_MOST);
    if (count_all(passage, portal, &counts)) {
        answer_bytes(answer, 503, NULL, (struct text){"", 0});
        return true;
    }
    hash_of(counts, hash);
    builder_add_format(&b, "id: %s\nevent: counts\nretry: 5000\ndata: %.*s\n\n", hash,
                       TEXT_ARGS(counts));
    if (text_is(incoming->last_event, hash)) {
        b = builder_make(passage->request.memory, EVENT_MOST);
        builder_add_c(&b, "retry: 5000\n\n");
    }
    if (builder_end(&b, &body))
        body = (struct text){"", 0};
    answer_bytes(answer, 200, "text/event-stream", body);
    answer_header(answer, "X-Accel-Buffering", "no");
    answer->live = !incoming->head;
    return true;
}

/* ---- one stream ---- */

void live_close(struct stream *stream)
{
    struct live *live = stream->live;
    pthread_mutex_lock(&live->lock);
    live->slots[stream->slot] = NULL;
    live->count--;
    pthread_mutex_unlock(&live->lock);
}

/* On the thread of all connections; with nothing to take the stream sleeps. */
static ssize_t take(void *context, uint64_t position, char *out, size_t room)
{
    struct stream *stream = context;
    struct live *live = stream->live;
    (void)position;
    pthread_mutex_lock(&live->lock);
    size_t left = stream->size - stream->sent;
    size_t some = left < room ? left : room;
    memcpy(out, stream->pending + stream->sent, some);
    stream->sent += some;
    bool over = some == 0 && (stream->ending || live->ending);
    if (some == 0 && !over) {
        stream->asleep = true;
        MHD_suspend_connection(stream->connection);
    }
    pthread_mutex_unlock(&live->lock);
    return over ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)some;
}

/* With the lock held. */
static void wake(struct stream *stream)
{
    if (!stream->asleep)
        return;
    stream->asleep = false;
    loop_resume(stream->live->server->loop, stream->connection);
}

/* With the lock held. Whoever has not taken the last bytes yet is told later. */
static bool say(struct stream *stream, struct text bytes)
{
    if (stream->sent < stream->size || bytes.size > EVENT_MOST)
        return false;
    memcpy(stream->pending, bytes.data, bytes.size);
    stream->size = bytes.size;
    stream->sent = 0;
    stream->spoke = clock_ticks();
    wake(stream);
    return true;
}

/* Copies a text of the request behind those before; false: too much. */
static bool keep(struct stream *stream, size_t *used, struct text from, struct text *to)
{
    if (from.size > sizeof stream->texts - *used)
        return false;
    *to = (struct text){stream->texts + *used, from.size};
    if (from.size)
        memcpy(stream->texts + *used, from.data, from.size);
    *used += from.size;
    return true;
}

static bool keep_request(struct stream *stream, const struct incoming *incoming)
{
    size_t used = 0;
    struct incoming *to = &stream->asked;
    to->verb = GET;
    return keep(stream, &used, incoming->method, &to->method) &&
           keep(stream, &used, incoming->raw_path, &to->raw_path) &&
           keep(stream, &used, incoming->cookie, &to->cookie) &&
           keep(stream, &used, incoming->authorization, &to->authorization);
}

/* The hash in "id: HASH"; what repeats nothing has none. */
static void note_hash(struct stream *stream, struct text said, struct text known)
{
    struct text from = text_starts(said, "id: ") ? (struct text){said.data + 4, HASH - 1} : known;
    (void)snprintf(stream->hash, HASH, "%.*s", TEXT_ARGS(from));
}

struct MHD_Response *live_open(struct live *live, const struct incoming *incoming,
                               const struct answer *answer, struct MHD_Connection *connection,
                               struct stream **out)
{
    struct MHD_Response *response = NULL;
    struct stream *stream = memory_take(incoming->memory, sizeof *stream);
    *out = NULL;
    if (!stream || !keep_request(stream, incoming))
        return NULL;
    stream->live = live;
    stream->connection = connection;
    note_hash(stream, answer->body, incoming->last_event);
    pthread_mutex_lock(&live->lock);
    while (stream->slot < live->most && live->slots[stream->slot])
        stream->slot++;
    if (stream->slot < live->most && !live->ending)
        response =
            MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, EVENT_MOST, take, stream, NULL);
    if (response) {
        live->slots[stream->slot] = stream;
        live->count++;
        stream->number = live->number++;
        (void)say(stream, answer->body);
        *out = stream;
    }
    pthread_mutex_unlock(&live->lock);
    return response;
}

/* ---- the thread ---- */

/* Asks a stream's request again; without a lock, since it reads the database. */
static void ask(struct live *live, struct database *db, const struct stream *copy,
                struct answer *answer, struct memory *memory)
{
    struct incoming incoming = copy->asked;
    incoming.memory = memory;
    incoming.last_event = text_of(copy->hash);
    answer_begin(answer, memory);
    router_look(live->server, &incoming, db, answer);
}

static void settle(struct live *live, const struct stream *copy, const struct answer *answer)
{
    pthread_mutex_lock(&live->lock);
    struct stream *stream = live->slots[copy->slot];
    if (stream && stream->number == copy->number) {
        if (answer->status == 204) {
            stream->ending = true;
            wake(stream);
        } else if (answer->status == 200 && text_starts(answer->body, "id: ") &&
                   say(stream, answer->body)) {
            note_hash(stream, answer->body, (struct text){"", 0});
        }
    }
    pthread_mutex_unlock(&live->lock);
}

/* Copies what is asked under the lock; its texts point into the copy. False: the slot is empty. */
static bool copy_of(struct live *live, size_t slot, struct stream *out)
{
    bool found = false;
    size_t used = 0;
    pthread_mutex_lock(&live->lock);
    const struct stream *stream = live->slots[slot];
    if (stream && !stream->ending && !live->ending) {
        found = true;
        out->slot = slot;
        out->number = stream->number;
        memcpy(out->hash, stream->hash, HASH);
        const struct incoming *asked = &stream->asked;
        out->asked = (struct incoming){.verb = GET};
        (void)(keep(out, &used, asked->method, &out->asked.method) &&
               keep(out, &used, asked->raw_path, &out->asked.raw_path) &&
               keep(out, &used, asked->cookie, &out->asked.cookie) &&
               keep(out, &used, asked->authorization, &out->asked.authorization));
    }
    pthread_mutex_unlock(&live->lock);
    return found;
}

static void ask_all(struct live *live, struct database *db, struct stream *copy)
{
    for (size_t i = 0; i < live->most; i++) {
        struct answer answer;
        if (!copy_of(live, i, copy))
            continue;
        struct memory *memory = memory_create(ROUND_MEMORY);
        if (!memory)
            return;
        ask(live, db, copy, &answer, memory);
        settle(live, copy, &answer);
        answer_end(&answer);
        memory_end(memory);
    }
}

static void keep_alive(struct live *live)
{
    int64_t now = clock_ticks();
    pthread_mutex_lock(&live->lock);
    for (size_t i = 0; i < live->most; i++) {
        struct stream *stream = live->slots[i];
        if (stream && now - stream->spoke > SILENCE_MS * MS)
            (void)say(stream, text_of(":\n\n"));
    }
    pthread_mutex_unlock(&live->lock);
}

/* False when it is over. */
static bool rest(struct live *live)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ROUND_MS / 1000;
    pthread_mutex_lock(&live->lock);
    if (!live->stopping)
        pthread_cond_timedwait(&live->bell, &live->lock, &until);
    bool go_on = !live->stopping;
    pthread_mutex_unlock(&live->lock);
    return go_on;
}

/* Without a way to tell whether something happened, something always did. */
static bool happened(struct live *live, struct database *db, int64_t *last)
{
    const struct server_options *options = &live->server->options;
    struct memory *memory = memory_create(ROUND_MEMORY);
    int64_t newest = *last + 1;
    if (options->newest && (!memory || options->newest(db, memory, &newest)))
        newest = *last;
    memory_end(memory);
    bool is = newest != *last;
    *last = newest;
    return is && live_count(live) > 0;
}

static void *run(void *context)
{
    struct live *live = context;
    struct memory *memory = memory_create(READER_MEMORY);
    struct database *db = NULL;
    struct stream *copy = memory ? memory_take(memory, sizeof *copy) : NULL;
    struct store *store = live->server->options.store;
    int64_t last = 0;
    if (!copy || (store && store_reader(store, memory, &db)))
        log_write(LOG_ERROR, "live.no_reader", "streams=%zu", live->most);
    else
        while (rest(live)) {
            if (happened(live, db, &last))
                ask_all(live, db, copy);
            keep_alive(live);
        }
    memory_end(memory);
    return NULL;
}

const struct problem *live_start(struct server *server, size_t most, struct live **out)
{
    struct live *live = memory_take(server->process, sizeof *live);
    if (!live)
        return &out_of_memory;
    live->server = server;
    live->most = most;
    live->slots = memory_take_array(server->process, most, sizeof(struct stream *));
    pthread_mutex_init(&live->lock, NULL);
    pthread_cond_init(&live->bell, NULL);
    if (!live->slots)
        return &out_of_memory;
    if (pthread_create(&live->thread, NULL, run, live) != 0)
        return &world_failed;
    *out = live;
    return NULL;
}

void live_end(struct live *live)
{
    pthread_mutex_lock(&live->lock);
    live->ending = true;
    for (size_t i = 0; i < live->most; i++)
        if (live->slots[i])
            wake(live->slots[i]);
    pthread_mutex_unlock(&live->lock);
}

void live_stop(struct live *live)
{
    pthread_mutex_lock(&live->lock);
    live->stopping = true;
    pthread_cond_broadcast(&live->bell);
    pthread_mutex_unlock(&live->lock);
    pthread_join(live->thread, NULL);
}

size_t live_count(struct live *live)
{
    pthread_mutex_lock(&live->lock);
    size_t count = live->count;
    pthread_mutex_unlock(&live->lock);
    return count;
}
