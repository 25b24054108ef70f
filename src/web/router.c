/*
 * The way of a request: route, who asks, how often, may they, is it theirs, input, handler, answer.
 *
 * Every refusal happens here, in this order, before a handler runs; a handler's problem becomes the
 * form shown again, a document or a page.
 * Must not know: libmicrohttpd, any module. Read next: web/page.c, web/again.c.
 */
#include "web/router.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "web/live.h"
#include "web/version.h"
#include "web/words_parts.h"

const struct problem web_not_allowed_method = {"web.method", 405, FAULT_CLIENT, false};
const struct problem web_prove = {"web.prove", 403, FAULT_CLIENT, false};
const struct problem web_no_key = {"web.no_key", 400, FAULT_CLIENT, false};
const struct problem web_overloaded = {"web.overloaded", 503, FAULT_WORLD, true};
const struct problem web_ambiguous = {"web.ambiguous", 400, FAULT_CLIENT, false};

#define JSON_USUAL 8192 /* bytes that most answers stay below */

static enum method verb_of(struct text method, bool *head)
{
    *head = text_is(method, "HEAD");
    if (*head || text_is(method, "GET"))
        return GET;
    if (text_is(method, "POST"))
        return POST;
    if (text_is(method, "PUT"))
        return PUT;
    return text_is(method, "DELETE") ? DELETE : 0;
}

void router_prepare(const struct server *server, struct incoming *incoming)
{
    struct text target = incoming->target;
    const char *mark = target.size ? memchr(target.data, '?', target.size) : NULL;
    incoming->raw_path = target;
    incoming->raw_query = (struct text){"", 0};
    if (mark) {
        incoming->raw_path.size = (size_t)(mark - target.data);
        incoming->raw_query = (struct text){mark + 1, target.size - incoming->raw_path.size - 1};
    }
    incoming->verb = verb_of(incoming->method, &incoming->head);
    incoming->options = text_is(incoming->method, "OPTIONS");
    if (!incoming->problem)
        incoming->problem =
            match_find(server->tree, incoming->memory, incoming->verb ? incoming->verb : GET,
                       incoming->raw_path, &incoming->match);
    if (!incoming->verb)
        incoming->match.endpoint = NULL;
}

size_t router_body_limit(const struct incoming *incoming)
{
    const struct endpoint *endpoint = incoming->match.endpoint;
    return endpoint && endpoint->route->body ? endpoint->route->body : BODY_STANDARD;
}

bool router_answer_static(const struct server *server, const struct incoming *incoming,
                          struct answer *answer)
{
    if (incoming->verb != GET || incoming->problem || incoming->match.methods ||
        !assets_answer(&server->assets, incoming->raw_path, incoming->accept_encoding, answer))
        return false;
    answer_secure(answer, server->https);
    return true;
}

/* ---- the answer's last steps ------------------------------------------------------------------ */

static bool is_text_type(const char *type)
{
    return type && (strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0 ||
                    strncmp(type, "application/problem+json", 24) == 0);
}

/* A weak tag over the bytes; 304 without them when the client has them already. */
static void tag_bytes(struct answer *answer, struct text if_none_match)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "contraflow etag";
    unsigned char hash[crypto_shorthash_BYTES];
    char hex[sizeof hash * 2 + 1];
    crypto_shorthash(hash, (const unsigned char *)answer->body.data, answer->body.size, key);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    answer_header(answer, "ETag", "W/\"%s%s%.*s\"", hex, answer->version.size ? "-" : "",
                  TEXT_ARGS(answer->version));
    if (if_none_match.size && memmem(if_none_match.data, if_none_match.size, hex, sizeof hex - 1))
        answer_bytes(answer, 304, NULL, (struct text){"", 0});
}

static void log_answer(const struct passage *passage, int64_t began)
{
    const struct answer *answer = passage->answer;
    enum log_level level = answer->status >= 500 ? LOG_ERROR : LOG_DEBUG;
    const struct endpoint *endpoint = passage->incoming->match.endpoint;
    log_write(level, "web.request", "id=%s method=%.*s route=%s status=%d us=%lld problem=%s",
              passage->incoming->id, TEXT_ARGS(passage->incoming->method),
              endpoint ? endpoint->path : "-", answer->status,
              (long long)((clock_ticks() - began) / 1000),
              answer->problem ? answer->problem->name : "-");
}

static void settle(struct passage *passage)
{
    struct answer *answer = passage->answer;
    struct incoming *incoming = passage->incoming;
    bool https = passage->server->https;
    if (answer->session_set)
        answer_cookie(answer, SESSION_COOKIE, answer->session, answer->session_seconds, https);
    if (answer->language_set)
        answer_cookie(answer, LANGUAGE_COOKIE, text_of(language_tag(answer->language_set)),
                      INT64_C(31536000), https);
    if (!answer->file) {
        answer_header(answer, "Cache-Control", "private, no-cache");
        answer_header(answer, "Vary", "Accept, Accept-Encoding, Accept-Language, Cookie%s",
                      text_starts(incoming->raw_path, "/api/") ? ", Authorization, Origin" : "");
        answer_header(answer, "Content-Language", "%s", language_tag(passage->request.language));
    }
    if (answer->shared)
        answer_header(answer, "Vary", "Accept-Encoding");
    bool tagged = answer->file ? answer->again : passage->request.json;
    if (incoming->verb == GET && answer->status == 200 && tagged)
        tag_bytes(answer, incoming->if_none_match);
    if (!answer->live && is_text_type(answer->type) &&
        decode_accepts_gzip(incoming->accept_encoding))
        answer_compress(answer);
    answer_header(answer, "X-Request-Id", "%s", incoming->id);
    answer_secure(answer, https);
}

static void add_allow(struct answer *answer, unsigned methods)
{
    answer_header(answer, "Allow", "%s%s%s%sOPTIONS", methods & (1U << GET) ? "GET, HEAD, " : "",
                  methods & (1U << POST) ? "POST, " : "", methods & (1U << PUT) ? "PUT, " : "",
                  methods & (1U << DELETE) ? "DELETE, " : "");
}

/* Answers with a problem; when even that fails, with its bare name. */
static void answer_problem(struct passage *passage, const struct problem *problem)
{
    struct answer *answer = passage->answer;
    struct field_errors errors = {answer->blame.items, answer->blame.count};
    answer_end(answer);
    answer->file = false;
    answer->problem = problem;
    const struct problem *failed = page_problem(passage, problem, &errors);
    if (failed) {
        log_write(LOG_ERROR, "web.problem_page_failed", "id=%s problem=%s because=%s",
                  passage->incoming->id, problem->name, failed->name);
        answer_bytes(answer, problem->status, "text/plain; charset=utf-8", text_of(problem->name));
    }
    if (problem->status == 405)
        add_allow(answer, passage->incoming->match.methods);
    if (problem->retry && !answer_has(answer, "Retry-After")) {
        int64_t (*seconds)(const struct problem *) = passage->server->options.retry_after;
        answer_header(answer, "Retry-After", "%lld", seconds ? (long long)seconds(problem) : 1LL);
    }
    admit_challenge(passage, problem);
}

/* ---- before the handler ----------------------------------------------------------------------- */

static void read_head(struct passage *passage)
{
    struct incoming *incoming = passage->incoming;
    struct request *request = &passage->request;
    const struct endpoint *endpoint = incoming->match.endpoint;
    if (endpoint && endpoint->route->framed)
        incoming->cookie = (struct text){"", 0};
    admit_read(passage);
    if (endpoint && endpoint->route->framed)
        passage->session = (struct text){"", 0};
    enum language chosen = decode_language(decode_cookie(incoming->cookie, LANGUAGE_COOKIE));
    request->language = chosen ? chosen : decode_accept_language(incoming->accept_language);
    request->json = (endpoint && endpoint->api) || text_starts(incoming->raw_path, "/api/") ||
                    decode_prefers_json(incoming->accept);
    passage->form_secret = decode_cookie(incoming->cookie, FORM_COOKIE);
    passage->answer->old_session = passage->session;
    passage->answer->old_form = passage->form_secret;
}

static const struct problem *read_path(struct passage *passage)
{
    const struct match *match = &passage->incoming->match;
    struct memory *memory = passage->request.memory;
    if (decode_pairs(memory, passage->incoming->raw_query, &passage->query))
        return &too_large;
    passage->path.items = memory_take_array(memory, match->count, sizeof(struct pair));
    if (!passage->path.items)
        return &out_of_memory;
    for (size_t i = 0; match->endpoint && i < match->count; i++)
        passage->path.items[passage->path.count++] =
            (struct pair){match->endpoint->names[i], match->parameters[i]};
    return NULL;
}

/* What may be told: on a route that demands somebody, the statement selects what is theirs. */
static enum audience audience_of(const struct passage *passage, const struct route *route)
{
    if (access_allows(OPERATOR, &passage->request.viewer))
        return FOR_OPERATOR;
    return route->who == ANYONE ? FOR_PUBLIC : FOR_PARTY;
}

static const struct problem *read_input(struct passage *passage, const struct endpoint *endpoint,
                                        const struct pairs *values, void **out)
{
    const struct shape *takes = endpoint->route->handler->takes;
    const struct incoming *incoming = passage->incoming;
    bool raw = endpoint->route->raw;
    struct intake intake = {.memory = passage->request.memory,
                            .currency = passage->server->currency,
                            .path = &passage->path,
                            .values = values,
                            .files = incoming->body.files,
                            .file_count = incoming->body.file_count};
    struct blame *blame = &passage->answer->blame;
    *out = memory_take(passage->request.memory, takes->size);
    if (!*out)
        return &out_of_memory;
    const struct problem *problem = NULL;
    bool json = !raw && values == &incoming->body.form && incoming->body.kind == BODY_JSON;
    /* JSON begins by emptying the input, so what the path says comes after it. */
    if (json)
        problem = intake_json(&intake, &endpoint->body, incoming->body.bytes, *out, blame);
    const struct problem *path = intake_path(&intake, takes, *out);
    if (path || json || raw)
        return path ? path : problem;
    return intake_values(&intake, takes, *out, blame);
}

/* If-Match is a change's `version`, said in another place. What has none can't keep the promise. */
static const struct problem *take_version(const struct passage *passage, const struct shape *takes,
                                          void *input)
{
    struct text if_match = passage->incoming->if_match;
    const struct field *field = shape_find(takes, text_of("version"));
    struct text version = version_in_tag(if_match);
    if (if_match.size == 0 || text_is(if_match, "*"))
        return NULL;
    if (!field || version.size == 0 || field->kind != FIELD_TEXT || !field->optional)
        return &web_changed;
    *(struct maybe_text *)((char *)input + field->offset) = (struct maybe_text){true, version};
    return NULL;
}

const struct problem *router_run(struct passage *passage, const struct endpoint *endpoint,
                                 const struct pairs *values, void **view)
{
    const struct handler *handler = endpoint->route->handler;
    void *input;
    const struct problem *problem = read_input(passage, endpoint, values, &input);
    if (!problem && values == &passage->incoming->body.form)
        problem = take_version(passage, handler->takes, input);
    if (problem)
        return problem;
    *view = memory_take(passage->request.memory, handler->gives->size);
    if (!*view)
        return &out_of_memory;
    problem = handler->call(&passage->request, input, *view);
    if (problem == &web_changed && shape_find(handler->takes, text_of("version")))
        problem = request_blame(&passage->request, "version", problem);
    return problem ? problem : passage->answer->problem;
}

/* ---- after the handler ------------------------------------------------------------------------ */

static const struct problem *answer_view(struct passage *passage, const struct endpoint *endpoint,
                                         const void *view)
{
    struct answer *answer = passage->answer;
    struct form_state kept;
    if (answer->file) {
        answer_settle_file(answer, passage->incoming->range);
        return NULL;
    }
    if (answer->go.size && !passage->request.json) {
        answer_header(answer, "Location", "%.*s", TEXT_ARGS(answer->go));
        answer_bytes(answer, 303, NULL, (struct text){"", 0});
        return NULL;
    }
    if (endpoint->page && !passage->request.json) {
        bool resumed = passage->incoming->verb == GET && resume_find(passage, endpoint, &kept);
        return page_answer(passage, endpoint, 200, view, resumed ? &kept : NULL);
    }
    passage->request.json = true;
    struct builder b = builder_make(passage->request.memory, 8 * 1024 * 1024);
    builder_expect(&b, JSON_USUAL);
    const struct field *version = shape_find(endpoint->route->handler->gives, text_of("version"));
    if (version && version->kind == FIELD_TEXT && !version->optional)
        answer->version = *(const struct text *)((const char *)view + version->offset);
    shape_write_json(&b, endpoint->route->handler->gives, view, passage->request.audience);
    struct text json;
    const struct problem *problem = builder_end(&b, &json);
    if (!problem)
        answer_bytes(answer, 200, "application/json", json);
    link_next(passage, endpoint, view);
    return problem;
}

/* To a page on which they say who they are, and from there back with what was typed. */
static void go_prove(struct passage *passage, const char *where)
{
    struct incoming *incoming = passage->incoming;
    struct builder b = builder_make(passage->request.memory, 16 * 1024);
    struct builder next = builder_make(passage->request.memory, 8 * 1024);
    char key[33];
    if (incoming->verb == GET) {
        builder_add(&next, incoming->target);
    } else if (!text_is(incoming->fetch_site, "cross-site") && resume_keep(passage, key)) {
        const struct endpoint *page = incoming->match.endpoint->again;
        struct text pattern = text_of(page->path);
        struct text segment;
        text_split(&pattern, '/', &segment);
        while (pattern.size && text_split(&pattern, '/', &segment)) {
            struct text name = {segment.data + 1, segment.size >= 2 ? segment.size - 2 : 0};
            builder_add_char(&next, '/');
            for (size_t i = 0; segment.data[0] == '{' && i < passage->path.count; i++)
                if (text_equal(passage->path.items[i].name, name))
                    builder_add_url(&next, passage->path.items[i].value);
            if (segment.data[0] != '{')
                builder_add(&next, segment);
        }
        builder_add_format(&next, "?resume=%s", key);
    } else {
        builder_add_char(&next, '/');
    }
    struct text target;
    if (builder_end(&next, &target) || !decode_is_local(target))
        target = (struct text)TEXT("/");
    builder_add_format(&b, "%s?next=", where);
    builder_add_url(&b, target);
    struct text location;
    if (builder_end(&b, &location))
        location = text_of(where);
    answer_header(passage->answer, "Location", "%.*s", TEXT_ARGS(location));
    answer_bytes(passage->answer, 303, NULL, (struct text){"", 0});
}

/* GET /language/CODE?next=/path */
static bool answer_language(struct passage *passage)
{
    struct text path = passage->incoming->raw_path;
    if (!text_starts(path, "/language/") || passage->incoming->verb != GET)
        return false;
    enum language language = decode_language((struct text){path.data + 10, path.size - 10});
    if (!language)
        return false;
    struct text next = pairs_find(&passage->query, "next");
    if (!decode_is_local(next))
        next = (struct text)TEXT("/");
    request_set_language(&passage->request, language);
    answer_header(passage->answer, "Location", "%.*s", TEXT_ARGS(next));
    answer_bytes(passage->answer, 303, NULL, (struct text){"", 0});
    return true;
}

/* ---- the way ---------------------------------------------------------------------------------- */

static const struct problem *check_request(struct passage *passage, const struct route *route)
{
    struct incoming *incoming = passage->incoming;
    const struct problem *problem = admit_caller(passage, incoming->match.endpoint);
    if (!problem)
        problem = incoming->body.problem;
    if (!problem)
        problem = route->raw ? NULL : admit_form(passage);
    if (!problem && !access_proven(route, &passage->request.viewer, passage->request.now))
        problem = &web_prove;
    if (problem || incoming->verb == GET)
        return problem;
    struct text once = pairs_find(&incoming->body.form, "once");
    if (once.size == 0)
        once = incoming->once;
    if (once.size > 100 ||
        !text_valid((struct bytes){(const unsigned char *)once.data, once.size}) ||
        (route->once && once.size == 0))
        return &web_no_key;
    passage->request.once = once;
    if (route->raw) {
        passage->request.body = incoming->body.bytes;
        passage->request.heads = incoming->own_heads;
        passage->request.head_count = incoming->own_head_count;
        if (!passage->bearer)
            passage->request.authorization = incoming->authorization;
    }
    return NULL;
}

/* Sends a person to where they say who they are. False: nothing of the kind is asked. */
static bool answer_proving(struct passage *passage, const struct problem *problem)
{
    if ((problem != &web_sign_in && problem != &web_prove) || passage->request.json)
        return false;
    go_prove(passage, problem == &web_prove ? PROVE_PATH : SIGN_IN_PATH);
    return true;
}

static void answer_route(struct passage *passage)
{
    struct incoming *incoming = passage->incoming;
    const struct endpoint *endpoint = incoming->match.endpoint;
    const struct route *route = endpoint->route;
    const struct problem *problem = check_request(passage, route);
    if (answer_proving(passage, problem))
        return;
    const char *other =
        problem == &not_allowed && !passage->request.json ? page_other_front(passage) : NULL;
    if (other) {
        answer_header(passage->answer, "Location", "%s", other);
        answer_bytes(passage->answer, 303, NULL, (struct text){"", 0});
        return;
    }
    const struct pairs *values = incoming->verb == GET ? &passage->query : &incoming->body.form;
    passage->request.audience = audience_of(passage, route);
    passage->request.json |= incoming->body.kind == BODY_JSON;
    void *view = NULL;
    if (!problem)
        problem = router_run(passage, endpoint, values, &view);
    if (answer_proving(passage, problem))
        return;
    bool again = problem == &invalid_input && endpoint->again && !passage->request.json &&
                 access_allows(endpoint->again->route->who, &passage->request.viewer);
    if (again)
        problem = again_answer(passage, endpoint);
    else if (!problem)
        problem = answer_view(passage, endpoint, view);
    if (problem)
        answer_problem(passage, problem);
}

static void dispatch(struct passage *passage)
{
    struct incoming *incoming = passage->incoming;
    const struct match *match = &incoming->match;
    const struct problem *problem = read_path(passage);
    if (!problem)
        problem = incoming->problem;
    if (!problem && match->methods == 0 && health_answer(passage))
        return;
    if (!problem)
        problem = admit_viewer(passage);
    const struct problem *foreign = match->methods ? cross_admit(passage) : NULL;
    if (!problem)
        problem = foreign;
    if (!problem && match->methods == 0 &&
        (answer_language(passage) || (!passage->keyed && live_answer(passage))))
        return;
    if (!problem && match->methods == 0)
        problem = &not_found;
    if (!problem && incoming->options) {
        add_allow(passage->answer, match->methods);
        answer_bytes(passage->answer, 204, NULL, (struct text){"", 0});
        return;
    }
    if (!problem && !match->endpoint)
        problem = &web_not_allowed_method;
    if (problem)
        answer_problem(passage, problem);
    else
        answer_route(passage);
}

static void begin_passage(struct passage *passage, struct server *server, struct incoming *incoming,
                          struct database *db, struct answer *answer)
{
    *passage = (struct passage){.server = server, .incoming = incoming, .answer = answer};
    passage->request = (struct request){.memory = incoming->memory,
                                        .db = db,
                                        .store = server->options.store,
                                        .server = server,
                                        .now = clock_now(),
                                        .path = incoming->raw_path,
                                        .address = incoming->address,
                                        .agent = incoming->user_agent,
                                        .answer = answer};
    read_head(passage);
}

void router_answer(struct server *server, struct incoming *incoming, struct database *db,
                   struct answer *answer)
{
    int64_t began = clock_ticks();
    struct passage passage;
    if (router_answer_static(server, incoming, answer))
        return;
    begin_passage(&passage, server, incoming, db, answer);
    dispatch(&passage);
    settle(&passage);
    log_answer(&passage, began);
}

void router_look(struct server *server, struct incoming *incoming, struct database *db,
                 struct answer *answer)
{
    struct passage passage;
    begin_passage(&passage, server, incoming, db, answer);
    dispatch(&passage);
}

void router_refuse(struct server *server, struct incoming *incoming, const struct problem *problem,
                   struct answer *answer)
{
    int64_t began = clock_ticks();
    struct passage passage;
    if (!incoming->raw_path.data && text_starts(incoming->target, "/"))
        router_prepare(server, incoming);
    /* The thread that reads all requests has no time to compress. */
    incoming->accept_encoding = (struct text){"", 0};
    begin_passage(&passage, server, incoming, NULL, answer);
    answer_problem(&passage, problem);
    settle(&passage);
    log_answer(&passage, began);
}
