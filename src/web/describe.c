/*
 * The OpenAPI 3.1 document of all routes with an api path, made from the shapes.
 *
 * Must not know: requests, any module. Read next: web/describe_schema.c, web/route.h.
 * Source of the format: OpenAPI Specification 3.1.0.
 */
#include <jansson.h>
#include <string.h>

#include "web/access.h"
#include "web/describe_parts.h"
#include "web/problem_page.shapes.h"
#include "web/router.h"
#include "web/words.h"

/* Problems that every operation refers to instead of repeating them. */
static const struct {
    const char *status, *name, *says;
} problems[] = {
    {"400", "Unreadable", "The request can't be read, or lacks its Idempotency-Key"},
    {"401", "Unknown", "Nobody known asks: no session, or a key that is no good (any more)"},
    {"403", "Forbidden", "Known, and not allowed; scope names what a key lacks"},
    {"404", "Absent", "There is no such thing, or it is somebody else's"},
    {"409", "Conflict", "It can't be done as things stand now; type names why"},
    {"412", "Changed", "Somebody changed it meanwhile, so nothing was done"},
    {"422", "Wrong", "Fields are wrong; errors names them"},
    {"429", "TooOften", "Called too often; Retry-After says for how long to wait"},
    {"default", "Problem", "Any other problem"},
};
enum { PROBLEMS = sizeof problems / sizeof *problems };

static json_t *words_of(struct text t)
{
    return json_stringn(t.data ? t.data : "", t.size);
}

/* ---- what comes in ---------------------------------------------------------------------------- */

static bool in_path(const struct endpoint *endpoint, const char *name)
{
    for (size_t i = 0; i < endpoint->count; i++)
        if (text_is(endpoint->names[i], name))
            return true;
    return false;
}

static void add_header(json_t *list, const char *name, bool required, const char *says)
{
    json_array_append_new(list,
                          json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:i, s:i}}", "name", name, "in",
                                    "header", "required", required, "description", says, "schema",
                                    "type", "string", "minLength", 1, "maxLength", 100));
}

static void add_parameters(json_t *list, const struct endpoint *endpoint)
{
    const struct shape *takes = endpoint->route->handler->takes;
    for (size_t i = 0; i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        bool path = in_path(endpoint, field->name);
        if (!path && endpoint->route->method != GET)
            continue;
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", field->name, "in",
                                        path ? "path" : "query", "required",
                                        path || schema_requires(field, WAY_IN), "description",
                                        field->meaning, "schema", schema_of_parameter(field)));
    }
    if (endpoint->route->method == GET) {
        add_header(list, "If-None-Match", false, "An ETag: 304 while the answer is still the same");
        return;
    }
    if (shape_find(takes, text_of("version")))
        add_header(
            list, "If-Match", false,
            "The ETag of the thing as it was read, in place of the member version: 412 when it "
            "is another now");
    add_header(list, "Idempotency-Key", endpoint->route->once,
               endpoint->route->once
                   ? "The same key with the same content answers as the first time"
                   : "May be sent; this operation needs none");
}

static bool has_files(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].kind == FIELD_UPLOAD || shape->fields[i].item_kind == FIELD_UPLOAD)
            return true;
    return false;
}

static void add_body(json_t *operation, const struct endpoint *endpoint, json_t *schemas)
{
    const struct shape *body = &endpoint->body;
    if (endpoint->route->method == GET || body->count == 0)
        return;
    bool files = has_files(body);
    schema_add_parts(schemas, body, WAY_IN);
    json_t *content = json_pack("{s:o}", "schema", schema_of_shape(body, WAY_IN));
    if (!files)
        json_object_set_new(content, "example", schema_example(body, WAY_IN));
    json_object_set_new(operation, "requestBody",
                        json_pack("{s:b, s:{s:o}}", "required", 1, "content",
                                  files ? "multipart/form-data" : "application/json", content));
}

/* ---- what goes out ---------------------------------------------------------------------------- */

static void add_problem(json_t *all, const char *status)
{
    for (size_t i = 0; i < PROBLEMS; i++) {
        if (strcmp(problems[i].status, status) == 0)
            json_object_set_new(
                all, status,
                json_pack("{s:o}", "$ref",
                          json_sprintf("#/components/responses/%s", problems[i].name)));
    }
}

static void add_header_of_answer(json_t *headers, const char *name)
{
    json_object_set_new(headers, name,
                        json_pack("{s:o}", "$ref", json_sprintf("#/components/headers/%s", name)));
}

static bool goes_on(const struct shape *gives)
{
    const struct field *later = shape_find(gives, text_of("later"));
    const struct field *more = shape_find(gives, text_of("more"));
    return (later && later->kind == FIELD_TEXT && later->optional) ||
           (more && more->kind == FIELD_TEXT && more->optional);
}

static json_t *good_headers(const struct route *route)
{
    json_t *headers = json_object();
    if (route->method == GET && !route->sends)
        add_header_of_answer(headers, "ETag");
    if (route->method == GET && goes_on(route->handler->gives))
        add_header_of_answer(headers, "Link");
    add_header_of_answer(headers, "RateLimit");
    add_header_of_answer(headers, "RateLimit-Policy");
    return headers;
}

static json_t *good_response(const struct route *route, json_t *schemas)
{
    const struct shape *gives = route->handler->gives;
    json_t *content = json_object();
    if (!route->sends || gives->count)
        json_object_set_new(content, "application/json",
                            json_pack("{s:o, s:o}", "schema",
                                      schema_reference(schemas, gives, WAY_OUT), "example",
                                      schema_example(gives, WAY_OUT)));
    struct text rest = text_of(route->sends ? route->sends : ""), type;
    while (text_split(&rest, ',', &type))
        json_object_setn_new(
            content, type.data, type.size,
            json_pack("{s:{s:s, s:s}}", "schema", "type", "string", "format", "binary"));
    json_t *response = json_pack("{s:s, s:o}", "description", gives->meaning, "content", content);
    json_object_set_new(response, "headers", good_headers(route));
    return response;
}

static json_t *responses(const struct endpoint *endpoint, json_t *schemas)
{
    const struct route *route = endpoint->route;
    json_t *all = json_pack("{s:o}", "200", good_response(route, schemas));
    if (route->method == GET)
        json_object_set_new(all, "304",
                            json_pack("{s:s}", "description", "The same as what you have already"));
    else
        add_problem(all, "400");
    /* A key that is no good is told so everywhere. */
    add_problem(all, "401");
    add_problem(all, "403");
    if (endpoint->count)
        add_problem(all, "404");
    if (route->method != GET) {
        add_problem(all, "409");
        add_problem(all, "412");
    }
    add_problem(all, "422");
    add_problem(all, "429");
    add_problem(all, "default");
    return all;
}

/* ---- one operation ---------------------------------------------------------------------------- */

/* Who may: a key with a scope, a session, or for what is public also nobody. */
static json_t *security_of(const struct endpoint *endpoint)
{
    char scope[SCOPE_MAX];
    json_t *ways = json_array();
    bool by_key = access_scope(endpoint->owner, endpoint->route, scope);
    if (endpoint->route->who == ANYONE)
        json_array_append_new(ways, json_object());
    if (by_key)
        json_array_append_new(ways, json_pack("{s:[s]}", "key", scope));
    if (by_key && endpoint->route->who < OPERATOR)
        json_array_append_new(ways, json_pack("{s:[s]}", "app", scope));
    json_array_append_new(ways, json_pack("{s:[]}", "session"));
    return ways;
}

const char *describe_repeat(const struct route *route)
{
    if (route->once)
        return "Sent again with the same Idempotency-Key it answers as the first time.";
    switch (route->repeat) {
    case REPEAT_SAME:
        return "Sent twice it changes nothing more.";
    case REPEAT_REFUSED:
        return "Sent twice the second is refused, since the thing has moved on.";
    case REPEAT_ANEW:
        return "Sent twice it is done anew.";
    }
    return "";
}

static json_t *description_of(const struct endpoint *endpoint)
{
    const struct route *route = endpoint->route;
    char scope[SCOPE_MAX];
    bool by_key = access_scope(endpoint->owner, route, scope);
    const char *repeat = route->method == GET ? "" : describe_repeat(route);
    return json_sprintf("For: %s. %s%s%s%s%s%s", access_name(route->who),
                        by_key ? "A key needs `" : "Not with a key.", by_key ? scope : "",
                        by_key ? "`." : "",
                        route->proof ? " Asks to prove again who one is (web.prove)." : "",
                        repeat[0] ? " " : "", repeat);
}

static json_t *operation_of(const struct endpoint *endpoint, json_t *schemas)
{
    const struct route *route = endpoint->route;
    json_t *parameters = json_array();
    add_parameters(parameters, endpoint);
    json_t *operation = json_pack(
        "{s:s, s:s, s:o, s:[s], s:s, s:o, s:o}", "operationId", route->handler->name, "summary",
        route->summary ? route->summary : route->handler->gives->meaning, "description",
        description_of(endpoint), "tags", endpoint->owner, "x-who", access_name(route->who),
        "security", security_of(endpoint), "parameters", parameters);
    add_body(operation, endpoint, schemas);
    json_object_set_new(operation, "responses", responses(endpoint, schemas));
    return operation;
}

static const char *verb_key(enum method method)
{
    switch (method) {
    case GET:
        return "get";
    case POST:
        return "post";
    case PUT:
        return "put";
    case DELETE:
        return "delete";
    }
    return "get";
}

/* ---- the document ----------------------------------------------------------------------------- */

static json_t *all_problems(json_t *schemas)
{
    json_t *all = json_object();
    for (size_t i = 0; i < PROBLEMS; i++) {
        json_t *response = json_pack("{s:s, s:{s:{s:o}}}", "description", problems[i].says,
                                     "content", "application/problem+json", "schema",
                                     schema_reference(schemas, &problem_document_shape, WAY_OUT));
        if (strcmp(problems[i].status, "429") == 0)
            json_object_set_new(response, "headers",
                                json_pack("{s:{s:s}, s:{s:s}}", "Retry-After", "$ref",
                                          "#/components/headers/Retry-After", "RateLimit", "$ref",
                                          "#/components/headers/RateLimit"));
        json_object_set_new(all, problems[i].name, response);
    }
    return all;
}

static json_t *all_headers(void)
{
    static const struct {
        const char *name, *type, *says;
    } headers[] = {
        {"ETag", "string",
         "Names this answer, for If-None-Match; of a thing with a version also for If-Match"},
        {"Link", "string",
         "Where the list goes on: <address>; rel=\"next\" (RFC 8288); absent: that was all"},
        {"Retry-After", "integer", "Seconds to wait"},
        {"RateLimit", "string",
         "What is left: \"normal\";r=599;t=1 (draft-ietf-httpapi-ratelimit-headers-10)"},
        {"RateLimit-Policy", "string", "What there is: \"normal\";q=600;w=60, calls and seconds"},
    };
    json_t *all = json_object();
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        json_object_set_new(all, headers[i].name,
                            json_pack("{s:s, s:{s:s}}", "description", headers[i].says, "schema",
                                      "type", headers[i].type));
    return all;
}

/* What a scope allows, in English: "Photographs: look". */
static json_t *meaning_of_scope(const char *scope)
{
    char key[SCOPE_MAX + 8];
    const char *dot = strrchr(scope, '.');
    struct memory *memory = memory_create(1 << 16);
    snprintf(key, sizeof key, "scope.%.*s", (int)(dot - scope), scope);
    json_t *meaning = json_string(scope);
    if (memory && words_have(key)) {
        json_decref(meaning);
        meaning = json_sprintf("%s: %s", words_text(memory, LANGUAGE_EN, key, NULL, 0).data,
                               strcmp(dot, ".read") == 0 ? "look" : "change");
    }
    memory_end(memory);
    return meaning;
}

/* All that apps of others can ask for. */
static json_t *all_scopes(const struct server *server)
{
    char scope[SCOPE_MAX];
    json_t *all = json_object();
    for (size_t i = 0; i < server->endpoint_count; i++) {
        const struct endpoint *endpoint = &server->endpoints[i];
        if (endpoint->api && endpoint->route->who < OPERATOR &&
            access_scope(endpoint->owner, endpoint->route, scope) && !json_object_get(all, scope))
            json_object_set_new(all, scope, meaning_of_scope(scope));
    }
    return all;
}

static json_t *all_schemes(const struct server *server)
{
    struct text site = server->site_url;
    return json_pack(
        "{s:{s:s, s:s, s:s, s:s}, s:{s:s, s:s, s:{s:{s:o, s:o, s:o, s:o}}}, "
        "s:{s:s, s:s, s:s, s:s}}",
        "key", "type", "http", "scheme", "bearer", "bearerFormat", "cf_live_...", "description",
        "A key with scopes, made on /me/keys or /biz/keys", "app", "type", "oauth2", "description",
        "An app registered on /biz/apps that a person let in; PKCE (S256) is needed. "
        "All there is to know stands at /.well-known/oauth-authorization-server",
        "flows", "authorizationCode", "authorizationUrl",
        json_sprintf("%.*s/oauth/authorize", TEXT_ARGS(site)), "tokenUrl",
        json_sprintf("%.*s/oauth/token", TEXT_ARGS(site)), "refreshUrl",
        json_sprintf("%.*s/oauth/token", TEXT_ARGS(site)), "scopes", all_scopes(server), "session",
        "type", "apiKey", "in", "cookie", "name", SESSION_COOKIE, "description",
        "A person who is signed in; changes need the X-CSRF-Token of their pages");
}

static void add_tag(json_t *tags, const char *name)
{
    json_t *tag;
    size_t i;
    char key[80];
    json_array_foreach(tags, i, tag)
    {
        if (strcmp(json_string_value(json_object_get(tag, "name")), name) == 0)
            return;
    }
    tag = json_pack("{s:s}", "name", name);
    snprintf(key, sizeof key, "scope.%s", name);
    struct memory *memory = memory_create(1 << 16);
    if (memory && words_have(key))
        json_object_set_new(tag, "description",
                            words_of(words_text(memory, LANGUAGE_EN, key, NULL, 0)));
    memory_end(memory);
    json_array_append_new(tags, tag);
}

static json_t *document_of(const struct server *server)
{
    json_t *paths = json_object();
    json_t *schemas = json_object();
    json_t *tags = json_array();
    json_t *answers = all_problems(schemas);
    for (size_t i = 0; i < server->endpoint_count; i++) {
        const struct endpoint *endpoint = &server->endpoints[i];
        if (!endpoint->api)
            continue;
        json_t *item = json_object_get(paths, endpoint->path);
        if (!item) {
            item = json_object();
            json_object_set_new(paths, endpoint->path, item);
        }
        add_tag(tags, endpoint->owner);
        json_object_set_new(item, verb_key(endpoint->route->method),
                            operation_of(endpoint, schemas));
    }
    json_t *webhooks = describe_webhooks(server, schemas);
    return json_pack("{s:s, s:{s:o, s:s, s:s, s:{s:s, s:s}}, s:[{s:o}], s:o, s:o, s:o, "
                     "s:{s:o, s:o, s:o, s:o}}",
                     "openapi", "3.1.0", "info", "title", words_of(server->site), "version", "1",
                     "description", "Everything the pages do. Read on at /developers.", "license",
                     "name", "Apache-2.0", "identifier", "Apache-2.0", "servers", "url",
                     server->site_url.size ? words_of(server->site_url) : json_string("/"), "tags",
                     tags, "paths", paths, "webhooks", webhooks, "components", "securitySchemes",
                     all_schemes(server), "responses", answers, "headers", all_headers(), "schemas",
                     schemas);
}

static int append(const char *data, size_t size, void *context);

bool describe_example(const struct route *route, struct builder *out)
{
    const struct shape *takes = route->handler->takes;
    if (has_files(takes))
        return false;
    json_t *body = schema_example(takes, WAY_IN);
    for (size_t i = 0; i < takes->count; i++) {
        char name[80];
        snprintf(name, sizeof name, "{%s}", takes->fields[i].name);
        if (strstr(route->api, name))
            json_object_del(body, takes->fields[i].name);
    }
    bool any = json_object_size(body) > 0;
    if (any && json_dump_callback(body, append, out, 0) != 0)
        out->failed = true;
    json_decref(body);
    return any;
}

static int append(const char *data, size_t size, void *context)
{
    struct builder *out = context;
    builder_add_bytes(out, data, size);
    return out->failed ? -1 : 0;
}

void server_describe(const struct server *server, struct builder *out)
{
    json_t *document = document_of(server);
    if (!document || json_dump_callback(document, append, out, JSON_INDENT(1)) != 0)
        out->failed = true;
    json_decref(document);
}
