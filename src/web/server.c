/*
 * The server put together: settings, start, stop, and calls without a socket.
 *
 * Must not know: any module. Read next: web/routes.c, web/listen.c, web/router.c.
 */
#include "web/server.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"
#include "web/listen.h"
#include "web/problem_page.h"
#include "web/problem_page.shapes.h"

const struct setting web_settings[] = {
    {"web.address", SETTING_TEXT, "127.0.0.1", 0, 0, false, "Address that the server listens on"},
    {"web.readers", SETTING_INTEGER, "0", 0, 512, false,
     "Requests that look and run at the same time; 0: two for each processor, at least 4"},
    {"web.cache", SETTING_INTEGER, "32", 1, 65536, false,
     "Megabytes of an SQLite database that they keep in memory"},
    {"web.workers", SETTING_INTEGER, "32", 4, 512, false,
     "Requests that change something and run at the same time"},
    {"web.streams", SETTING_INTEGER, "1000", 0, 20000, false,
     "Pages that are kept up to date while they are open; each holds a connection"},
    {"web.trusted_proxies", SETTING_TEXT, "", 0, 0, false,
     "Addresses of proxies whose X-Forwarded-For is believed, separated by commas"},
    {"web.drain", SETTING_INTEGER, "0", 0, 600, false,
     "Seconds that a server told to stop goes on answering, so that a proxy has time to go "
     "elsewhere"},
    {"web.rate_limits", SETTING_FLAG, "true", 0, 0, false,
     "Whether one address or person may call only so often"},
    {"site.name", SETTING_TEXT, "Contraflow", 0, 0, false, "Name of this site"},
    {"site.operator", SETTING_TEXT, "", 0, 0, false, "Who runs this site, for the imprint"},
    {"site.url", SETTING_TEXT, "", 0, 0, false,
     "Address of this site as people type it; https:// makes cookies secure"},
    {"site.currency", SETTING_TEXT, "EUR", 0, 0, false, "Currency of amounts that name none"},
    {"site.time_zone", SETTING_TEXT, "UTC", 0, 0, false, "Time zone of dates on pages"},
    {"site.demo", SETTING_FLAG, "false", 0, 0, false,
     "Whether this is the demo world, which says so and shows its logins"},
};
const size_t web_setting_count = sizeof web_settings / sizeof *web_settings;

/* What server_call() reads through: one connection, one call at a time. */
struct caller {
    pthread_mutex_t lock;
    struct memory *memory;
    struct database *db;
};

#define CALL_MEMORY (64 * 1024 * 1024) /* bytes of the caller's connection */

static const struct problem *read_settings(struct server *server, struct text *complaint)
{
    server->site = setting_text("site.name");
    server->site_url = setting_text("site.url");
    while (server->site_url.size && server->site_url.data[server->site_url.size - 1] == '/')
        server->site_url.size--;
    server->https = text_starts(server->site_url, "https://");
    server->demo = setting_flag("site.demo");
    server->trusted = setting_text("web.trusted_proxies");
    struct text currency = setting_text("site.currency");
    if (!currency_parse(currency, &server->currency)) {
        *complaint = text_format(server->process, "setting site.currency: %.*s is no currency",
                                 TEXT_ARGS(currency));
        return &invalid_input;
    }
    if (setting_flag("web.rate_limits")) {
        server->limits = limits_make(server->process);
        if (!server->limits)
            return &out_of_memory;
    }
    return NULL;
}

static const struct problem *make_folder(struct server *server, struct text *complaint)
{
    server->folder = text_format(server->process, "%.*s/tmp", TEXT_ARGS(server->options.data));
    if (!server->folder.data)
        return &out_of_memory;
    if (mkdir(server->folder.data, 0700) != 0 && errno != EEXIST) {
        *complaint = text_format(server->process, "%s: %s", server->folder.data, strerror(errno));
        return &world_failed;
    }
    resume_clean(server);
    return NULL;
}

static int by_order(const void *a, const void *b)
{
    const struct nav_entry *left = *(const struct nav_entry *const *)a;
    const struct nav_entry *right = *(const struct nav_entry *const *)b;
    return (left->order > right->order) - (left->order < right->order);
}

static const struct problem *sort_nav(struct server *server, struct text *complaint)
{
    const struct server_options *options = &server->options;
    for (size_t i = 0; i < options->nav_count; i++) {
        const struct nav_entry *entry = options->nav[i];
        if (assets_have_icon(&server->assets, entry->icon))
            continue;
        *complaint = text_format(server->process, "navigation %s: ui/icons.txt has no icon \"%s\"",
                                 entry->href, entry->icon);
        return &our_fault;
    }
    for (int portal = PORTAL_PUBLIC; portal <= PORTAL_DESK; portal++) {
        const struct nav_entry **entries =
            memory_take_array(server->process, options->nav_count, sizeof(struct nav_entry *));
        if (!entries)
            return &out_of_memory;
        size_t count = 0;
        for (size_t i = 0; i < options->nav_count; i++)
            if ((int)options->nav[i]->portal == portal)
                entries[count++] = options->nav[i];
        qsort(entries, count, sizeof *entries, by_order);
        server->nav[portal] = (struct nav){entries, count};
    }
    return NULL;
}

static const struct problem *make_caller(struct server *server)
{
    server->caller = memory_take(server->process, sizeof *server->caller);
    if (!server->caller)
        return &out_of_memory;
    server->caller->memory = memory_create(CALL_MEMORY);
    pthread_mutex_init(&server->caller->lock, NULL);
    return server->caller->memory ? NULL : &out_of_memory;
}

static const struct problem *prepare(struct server *server, struct text *complaint)
{
    const struct problem *problem = read_settings(server, complaint);
    if (!problem)
        problem = make_folder(server, complaint);
    if (!problem)
        problem = forgery_load(server->process, server->options.data, &server->forgery, complaint);
    if (!problem)
        problem = assets_load(server->process, &server->assets);
    if (!problem)
        problem = sort_nav(server, complaint);
    if (!problem)
        problem = make_caller(server);
    if (!problem)
        problem = template_bind(server->process, "ui/pages/problem.html", &problem_document_shape,
                                NULL, &server->problem_page, complaint);
    return problem ? problem : routes_compile(server, complaint);
}

/* A request that looks waits for nothing but the disk: more than these would only share processors
 * and caches. */
static size_t readers(void)
{
    int64_t wanted = setting_integer("web.readers");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (wanted == 0)
        wanted = processors > 2 ? 2 * (int64_t)processors : 4;
    return (size_t)wanted;
}

const struct problem *server_start(struct memory *process, const struct server_options *options,
                                   struct server **out, struct text *complaint)
{
    struct server *server = memory_take(process, sizeof *server);
    if (!server)
        return &out_of_memory;
    server->process = process;
    server->options = *options;
    const struct problem *problem = prepare(server, complaint);
    if (problem)
        return problem;
    const char *address =
        options->address ? options->address : text_c(process, setting_text("web.address"));
    if (!address)
        return &out_of_memory;
    struct listen_pools pools = {.readers = readers(),
                                 .writers = (size_t)setting_integer("web.workers"),
                                 .cache = (size_t)setting_integer("web.cache") << 20,
                                 .streams = (size_t)setting_integer("web.streams")};
    problem = listen_start(server, address, options->port, &pools, &server->listener, complaint);
    if (!problem)
        *out = server;
    return problem;
}

struct text server_assets(const struct server *server)
{
    return text_of(server->assets.prefix);
}

int server_port(const struct server *server)
{
    return listen_port(server->listener);
}

void server_share(struct server *server, int64_t processes)
{
    if (server->limits)
        limits_share(server->limits, processes);
}

void server_drain(struct server *server)
{
    atomic_store(&server->stopping, true);
}

void server_stop(struct server *server)
{
    listen_stop(server->listener);
    memory_end(server->caller->memory);
    pthread_mutex_destroy(&server->caller->lock);
}

/* Reads one body without a socket. Files cannot come this way. */
static void take_body(const struct server *server, struct incoming *incoming, struct text body)
{
    bool json = body.size && text_starts(text_trim(body), "{");
    incoming->content_type =
        text_of(json ? "application/json" : "application/x-www-form-urlencoded");
    body_begin(&incoming->body, incoming->memory, incoming->content_type, server->folder,
               router_body_limit(incoming));
    body_take(&incoming->body, body.data, body.size);
    body_end(&incoming->body);
}

/* A caller inside the process needs no protection from forged forms: it gets its token here, for
 * its session or, without one, for a form cookie of its own. */
static const struct problem *take_session(const struct server *server, struct incoming *incoming,
                                          struct text session)
{
    static const struct text form = TEXT("call");
    char token[FORGERY_TOKEN];
    char once[33];
    if (text_starts(session, "Bearer ")) {
        incoming->authorization = session;
        session = (struct text){"", 0};
    }
    forgery_token(&server->forgery, session.size ? session : form, token);
    forgery_random(once, 16);
    incoming->token = text_copy(incoming->memory, text_of(token));
    incoming->once = text_copy(incoming->memory, text_of(once));
    incoming->cookie = text_format(incoming->memory, "%s=%.*s; %s=%.*s", SESSION_COOKIE,
                                   TEXT_ARGS(session), FORM_COOKIE, TEXT_ARGS(form));
    return incoming->token.data && incoming->once.data && incoming->cookie.data ? NULL
                                                                                : &out_of_memory;
}

static const struct problem *read_answer_file(struct memory *memory, struct answer *answer)
{
    if (answer->fd < 0)
        return NULL;
    char *data = memory_take(memory, (size_t)answer->size + 1);
    if (!data)
        return &out_of_memory;
    ssize_t got = pread(answer->fd, data, (size_t)answer->size, answer->first);
    if (got != answer->size)
        return &world_failed;
    answer->body = (struct text){data, (size_t)got};
    return NULL;
}

static const struct problem *fill_exchange(struct memory *memory, struct incoming *incoming,
                                           struct answer *answer, struct exchange *out)
{
    const struct problem *problem = read_answer_file(memory, answer);
    answer_end(answer);
    *out = (struct exchange){.status = answer->status,
                             .type = text_of(answer->type ? answer->type : ""),
                             .session = answer->session};
    if (!incoming->head)
        out->body = answer->body;
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, "Location") == 0)
            out->location = text_of(answer->headers[i].value);
    return problem;
}

const struct problem *server_take(struct server *server, struct memory *memory,
                                  const struct call *call, struct exchange *out)
{
    struct caller *caller = server->caller;
    struct incoming *incoming = memory_take(memory, sizeof *incoming);
    struct answer *answer = memory_take(memory, sizeof *answer);
    if (!incoming || !answer)
        return &out_of_memory;
    *incoming = (struct incoming){.memory = memory,
                                  .method = text_of(call->method),
                                  .target = call->target,
                                  .accept = text_of(call->json ? "application/json" : "text/html"),
                                  .user_agent = call->agent,
                                  .address = TEXT("call"),
                                  .id = "call"};
    const struct problem *problem = take_session(server, incoming, call->session);
    if (problem)
        return problem;
    router_prepare(server, incoming);
    if (incoming->verb != GET)
        take_body(server, incoming, call->body);
    answer_begin(answer, memory);
    pthread_mutex_lock(&caller->lock);
    if (!caller->db && server->options.store)
        problem = store_reader(server->options.store, caller->memory, &caller->db);
    if (!problem)
        router_answer(server, incoming, caller->db, answer);
    pthread_mutex_unlock(&caller->lock);
    return problem ? problem : fill_exchange(memory, incoming, answer, out);
}

const struct problem *server_call(struct server *server, struct memory *memory, const char *method,
                                  struct text target, struct text session, bool json,
                                  struct text body, struct exchange *out)
{
    const struct call call = {method, target, session, {"", 0}, json, body};
    return server_take(server, memory, &call, out);
}
