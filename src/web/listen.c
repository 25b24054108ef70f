/*
 * The listener: libmicrohttpd in front of the workers.
 *
 * One request passes: the raw target is copied (on_target), its header fields are read and judged in
 * the handler's first call, the body is collected, the connection sleeps while a worker answers, and
 * the next call queues the answer. An answer in the first call makes libmicrohttpd close the
 * connection, which is what a refused request deserves and no other should suffer.
 * Connections come by the lane, which keeps those that only follow links.
 * Must not know: what routes mean. Read next: web/lane.h, web/heads.c, web/worker.c.
 */
#include "web/listen.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "web/heads.h"
#include "web/lane.h"
#include "web/live.h"
#include "web/loop.h"
#include "web/port.h"
#include "web/quick.h"
#include "web/visit.h"
#include "web/worker.h"

#define REQUEST_MEMORY    (64 * 1024 * 1024)  /* bytes one request may take in all */
#define WRITING_CACHE     ((size_t)512 << 10) /* bytes for each reader of a request that changes */
#define CONNECTIONS_MAX   16000
#define OTHER_FILES       (1000 + LANE_MOST) /* the database, pictures, uploads, guests of the lane */
#define IDLE_SECONDS      60
#define CONNECTION_MEMORY (12 * 1024) /* bytes for header fields and reading; zeroed each time */
#define STOP_TRIES        1000        /* of 5 milliseconds each */

struct listener {
    struct server *server;
    struct MHD_Daemon *daemon;
    struct pool *reading; /* few, with much of the database at hand: they never wait for others */
    struct pool *writing; /* many, since each waits for the commit it shares with others */
    struct visits *visits;
    struct lane *lane; /* that connections come by */
    int port;
    atomic_size_t active; /* requests between their first byte and their completion */
    atomic_uint_fast64_t number;
    unsigned start; /* makes request ids differ between runs */
};

enum stage { STAGE_NEW = 1, STAGE_BODY, STAGE_RUNNING, STAGE_ANSWERED };

/* One request on a connection. Lives in its own memory. */
struct link {
    struct job job; /* first, so that the job is the link */
    struct listener *listener;
    struct MHD_Connection *connection;
    struct visit *visit;           /* the same, as it takes its time; may be NULL */
    struct MHD_Response *response; /* ready to queue */
    struct stream *stream;         /* of a live page; NULL: it is none */
    enum stage stage;
    const struct quick_route *route; /* that looks at it first; NULL: none does */
    struct quick quick;              /* as it sees this */
    struct incoming incoming;
    struct answer answer;
    char address[INET6_ADDRSTRLEN];
};

static struct visit *visit_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **visit,
                          enum MHD_ConnectionNotificationCode code)
{
    struct listener *listener = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *visit = info ? visit_begin(listener->visits, info->connect_fd) : NULL;
    } else {
        visit_end(listener->visits, *visit);
        *visit = NULL;
    }
}

static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    struct listener *listener = context;
    struct memory *memory = memory_create(REQUEST_MEMORY);
    struct link *link = memory ? memory_take(memory, sizeof *link) : NULL;
    if (!link) {
        memory_end(memory);
        return NULL;
    }
    atomic_fetch_add(&listener->active, 1);
    link->listener = listener;
    link->connection = connection;
    link->visit = visit_of(connection);
    visit_enter(link->visit, VISIT_HEAD, 0);
    link->stage = STAGE_NEW;
    link->incoming.memory = memory;
    link->incoming.target = text_copy(memory, text_of(target));
    answer_begin(&link->answer, memory);
    return link;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode how)
{
    struct listener *listener = context;
    struct link *link = *state;
    (void)connection;
    (void)how;
    *state = NULL;
    if (!link)
        return;
    visit_enter(link->visit, VISIT_IDLE, 0);
    if (link->response)
        MHD_destroy_response(link->response);
    if (link->stream)
        live_close(link->stream);
    answer_end(&link->answer);
    memory_end(link->incoming.memory);
    atomic_fetch_sub(&listener->active, 1);
}

/* The target is decoded by us, strictly, once it is split. */
static size_t keep_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result on_field(void *context, enum MHD_ValueKind kind, const char *name,
                                size_t name_size, const char *value, size_t value_size)
{
    struct heads *heads = context;
    (void)kind;
    heads_take(heads, (struct text){name, name_size},
               (struct text){value ? value : "", value ? value_size : 0});
    return MHD_YES;
}

static void read_address(struct link *link)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(link->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *peer = info ? info->client_addr : NULL;
    const void *raw = NULL;
    if (peer && peer->sa_family == AF_INET)
        raw = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    else if (peer && peer->sa_family == AF_INET6)
        raw = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (!raw || !inet_ntop(peer->sa_family, raw, link->address, sizeof link->address))
        link->address[0] = '\0';
    link->incoming.address = heads_client(text_of(link->address), link->incoming.forwarded_for,
                                          link->listener->server->trusted);
}

static void add_headers(struct link *link)
{
    struct answer *answer = &link->answer;
    if (answer->type)
        MHD_add_response_header(link->response, "Content-Type", answer->type);
    for (size_t i = 0; i < answer->header_count; i++)
        MHD_add_response_header(link->response, answer->headers[i].name, answer->headers[i].value);
}

static void make_response(struct link *link)
{
    struct answer *answer = &link->answer;
    if (answer->fd >= 0) {
        link->response = MHD_create_response_from_fd_at_offset64((uint64_t)answer->size, answer->fd,
                                                                 (uint64_t)answer->first);
        if (link->response)
            answer->fd = -1;
    } else {
        /* The bytes live in the request's memory, which ends after the answer is sent. */
        link->response = MHD_create_response_from_buffer(
            answer->body.size, (void *)(uintptr_t)answer->body.data, MHD_RESPMEM_PERSISTENT);
    }
    if (link->response)
        add_headers(link);
}

/* Where there is no room for a stream, one event is all. */
static void make_stream(struct link *link)
{
    link->response = live_open(link->listener->server->live, &link->incoming, &link->answer,
                               link->connection, &link->stream);
    if (link->response)
        add_headers(link);
    else
        make_response(link);
}

static enum MHD_Result queue_response(struct link *link)
{
    struct MHD_Response *response = link->response;
    if (!response)
        return MHD_NO;
    link->response = NULL;
    link->stage = STAGE_ANSWERED;
    /* A live page goes on for as long as somebody looks at it. */
    visit_enter(link->visit, link->stream ? VISIT_OURS : VISIT_ANSWER,
                link->answer.size + (int64_t)link->answer.body.size);
    enum MHD_Result result =
        MHD_queue_response(link->connection, (unsigned)link->answer.status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct link *link, const struct problem *problem, bool close_after)
{
    router_refuse(link->listener->server, &link->incoming, problem, &link->answer);
    if (close_after)
        answer_header(&link->answer, "Connection", "close");
    make_response(link);
    return queue_response(link);
}

static void run(struct job *job, struct database *db)
{
    struct link *link = (struct link *)(void *)job;
    router_answer(link->listener->server, &link->incoming, db, &link->answer);
    if (link->answer.live)
        make_stream(link);
    else
        make_response(link);
    loop_resume(link->listener->server->loop, link->connection);
}

/* ---- quick routes ---- */

static struct link *link_of(struct quick *quick)
{
    return (struct link *)(void *)((char *)quick - offsetof(struct link, quick));
}

static void suspend_quick(struct quick *quick)
{
    struct link *link = link_of(quick);
    link->stage = STAGE_RUNNING;
    visit_enter(link->visit, VISIT_OURS, 0);
    MHD_suspend_connection(link->connection);
}

static void resume_quick(struct quick *quick)
{
    struct link *link = link_of(quick);
    make_response(link);
    loop_resume_quietly(link->listener->server->loop, link->connection);
}

/* Once it is suspended, the link may be gone. */
static enum quick_outcome take_quick(struct link *link)
{
    const struct incoming *incoming = &link->incoming;
    size_t prefix = strlen(link->route->prefix);
    link->quick = (struct quick){
        .memory = incoming->memory,
        .answer = &link->answer,
        .method = incoming->method,
        .rest = {incoming->raw_path.data + prefix, incoming->raw_path.size - prefix},
        .query = incoming->raw_query,
        .agent = incoming->user_agent,
        .fetch_site = incoming->fetch_site,
        .fetch_mode = incoming->fetch_mode,
        .fetch_user = incoming->fetch_user,
        .fetch_dest = incoming->fetch_dest,
        .referer = incoming->referer,
        .purpose = incoming->purpose,
        .address = incoming->address,
        .suspend = suspend_quick,
        .resume = resume_quick,
        .ring = loop_ring,
        .loop = link->listener->server->loop,
    };
    return link->route->take(&link->quick);
}

/* ---- a request's calls ---- */

static enum MHD_Result first_call(struct link *link, const char *method)
{
    struct listener *listener = link->listener;
    struct incoming *incoming = &link->incoming;
    struct heads heads;
    heads_begin(&heads, incoming);
    incoming->method = text_of(method);
    snprintf(incoming->id, sizeof incoming->id, "%08x-%08llx", listener->start,
             (unsigned long long)atomic_fetch_add(&listener->number, 1));
    MHD_get_connection_values_n(link->connection, MHD_HEADER_KIND, on_field, &heads);
    if (!heads_end(&heads))
        return refuse(link, &web_ambiguous, true);
    if (!incoming->target.data || incoming->target.size == 0 || incoming->target.data[0] != '/')
        return refuse(link, &web_bad_path, true);
    read_address(link);
    router_prepare(listener->server, incoming);
    link->route = quick_find(listener->server->options.quick, listener->server->options.quick_count,
                             incoming->raw_path);
    size_t limit = router_body_limit(incoming);
    if (heads.length > 0 && (uint64_t)heads.length > limit)
        return refuse(link, &too_large, true);
    if (incoming->verb != GET)
        body_begin(&incoming->body, incoming->memory, incoming->content_type,
                   listener->server->folder, limit);
    link->stage = STAGE_BODY;
    visit_enter(link->visit, VISIT_BODY, 0);
    return MHD_YES;
}

static enum MHD_Result body_call(struct link *link, const char *data, size_t *size)
{
    struct listener *listener = link->listener;
    if (*size > 0) {
        body_take(&link->incoming.body, data, *size);
        visit_came(link->visit, *size);
        *size = 0;
        return MHD_YES;
    }
    body_end(&link->incoming.body);
    switch (link->route ? take_quick(link) : QUICK_PASSED) {
    case QUICK_SUSPENDED:
        return MHD_YES;
    case QUICK_FULL:
        return refuse(link, &web_overloaded, false);
    case QUICK_ANSWERED:
        make_response(link);
        return queue_response(link);
    case QUICK_PASSED:
        break;
    }
    if (router_answer_static(listener->server, &link->incoming, &link->answer)) {
        make_response(link);
        return queue_response(link);
    }
    struct pool *pool = link->incoming.verb == GET ? listener->reading : listener->writing;
    if (!pool_has_room(pool))
        return refuse(link, &web_overloaded, false);
    link->stage = STAGE_RUNNING;
    visit_enter(link->visit, VISIT_OURS, 0);
    link->job.run = run;
    MHD_suspend_connection(link->connection);
    pool_push(pool, &link->job);
    return MHD_YES;
}

static enum MHD_Result on_call(void *context, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *size, void **state)
{
    struct link *link = *state;
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    if (!link)
        return MHD_NO;
    switch (link->stage) {
    case STAGE_NEW:
        return first_call(link, method);
    case STAGE_BODY:
        return body_call(link, data, size);
    case STAGE_RUNNING:
        return queue_response(link);
    case STAGE_ANSWERED:
        break;
    }
    *size = 0;
    return MHD_YES;
}

/* As many connections as descriptors allow, live pages not counted among the most. */
static unsigned connections(size_t streams)
{
    const rlim_t most = CONNECTIONS_MAX + streams;
    struct rlimit files = {.rlim_cur = 0};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        (void)getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur >= most + OTHER_FILES)
        return (unsigned)most;
    return files.rlim_cur > 2 * OTHER_FILES ? (unsigned)(files.rlim_cur - OTHER_FILES)
                                            : (unsigned)(files.rlim_cur / 2);
}

/* The lane and its thread, once there is a daemon. */
static const struct problem *start_lane(struct listener *listener, int fd, unsigned limit)
{
    struct server *server = listener->server;
    const struct lane_options options = {.server = server,
                                         .daemon = listener->daemon,
                                         .visits = listener->visits,
                                         .active = &listener->active,
                                         .limit = limit,
                                         .door = fd};
    const struct problem *problem = lane_start(server->process, &options, &listener->lane);
    return problem ? problem : loop_start(server, listener->daemon, listener->lane);
}

static const struct problem *start_daemon(struct listener *listener, int fd, size_t streams)
{
    unsigned limit = connections(streams);
    listener->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0,
        NULL, NULL, on_call, listener, MHD_OPTION_NOTIFY_COMPLETED, on_completed, listener,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, listener, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_escaped, NULL, MHD_OPTION_NOTIFY_CONNECTION, on_connection, listener,
        MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_END);
    if (!listener->daemon)
        return &world_failed;
    const struct problem *problem = start_lane(listener, fd, limit);
    if (problem)
        MHD_stop_daemon(listener->daemon);
    return problem;
}

static const struct problem *start_pools(struct listener *listener,
                                         const struct listen_pools *pools)
{
    struct memory *process = listener->server->process;
    struct store *store = listener->server->options.store;
    const struct problem *problem = pool_start(process, store, pools->readers,
                                               pools->cache / pools->readers, &listener->reading);
    return problem ? problem
                   : pool_start(process, store, pools->writers, WRITING_CACHE, &listener->writing);
}

/* Those that were started. */
static void stop_pools(struct listener *listener)
{
    if (listener->reading)
        pool_stop(listener->reading);
    if (listener->writing)
        pool_stop(listener->writing);
}

const struct problem *listen_start(struct server *server, const char *address, int port,
                                   const struct listen_pools *pools, struct listener **out,
                                   struct text *complaint)
{
    struct listener *listener = memory_take(server->process, sizeof *listener);
    if (!listener)
        return &out_of_memory;
    listener->server = server;
    listener->start = (unsigned)(clock_now().ms / SECOND);
    int fd = port_open(server->process, address, port, complaint);
    if (fd < 0)
        return &world_failed;
    listener->port = port_of(fd);
    const struct problem *problem = visits_start(
        server->process, CONNECTIONS_MAX + LANE_MOST + pools->streams, NULL, &listener->visits);
    if (!problem)
        problem = start_pools(listener, pools);
    if (!problem)
        problem = live_start(server, pools->streams, &server->live);
    if (!problem)
        problem = quick_start(server->options.quick, server->options.quick_count, server->process,
                              server->options.store);
    if (!problem) {
        problem = start_daemon(listener, fd, pools->streams);
        if (problem) {
            quick_stop(server->options.quick, server->options.quick_count);
            *complaint =
                text_format(server->process, "libmicrohttpd does not start on port %d", port);
        }
    }
    if (problem) {
        stop_pools(listener);
        if (listener->visits)
            visits_stop(listener->visits);
        if (server->live)
            live_stop(server->live);
        close(fd);
        return problem;
    }
    *out = listener;
    return NULL;
}

int listen_port(const struct listener *listener)
{
    return listener->port;
}

void listen_stop(struct listener *listener)
{
    lane_close(listener->lane);
    live_end(listener->server->live);
    for (int i = 0; i < STOP_TRIES && atomic_load(&listener->active) > 0; i++)
        usleep(5000);
    /* Workers first: a connection that sleeps must be woken before its daemon ends. */
    quick_stop(listener->server->options.quick, listener->server->options.quick_count);
    stop_pools(listener);
    loop_stop(listener->server->loop);
    lane_end(listener->lane);
    MHD_stop_daemon(listener->daemon);
    visits_stop(listener->visits);
    live_stop(listener->server->live);
}
