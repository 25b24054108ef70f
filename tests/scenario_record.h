/*
 * What programs would have been answered where people looked in a story: with STORY_RECORD=FILE each page
 * is asked once more under its path for programs, each form that was refused is sent there, too, and so is
 * each that was done and has an idempotency key, which repeats its answer. One line of JSON each, for
 * tests/api/stories.mjs to compare with the API document.
 *
 * Only scenario_test.c includes it. Must not know: any route.
 */
#ifndef CONTRAFLOW_TESTS_SCENARIO_RECORD_H
#define CONTRAFLOW_TESTS_SCENARIO_RECORD_H

#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/module.h"
#include "web/server.h"

/* One segment of a path, from after its slash. */
static struct text record_segment(const char *at)
{
    return (struct text){at, strcspn(at, "/?")};
}

/* Whether a target's path is one of `pattern`; fills its parameters. */
static bool record_fits(const char *pattern, const char *target, struct text *parameters)
{
    size_t count = 0;
    while (*pattern == '/' && *target == '/') {
        struct text wanted = record_segment(++pattern);
        struct text found = record_segment(++target);
        if (*pattern == '{' && found.size)
            parameters[count++] = found;
        else if (!text_equal(wanted, found))
            return false;
        pattern += wanted.size;
        target += found.size;
    }
    return !*pattern && *target != '/';
}

/* The route with a path for programs that a page's target means; NULL: none. A path that holds no
 * parameter goes before one that does. */
static const struct route *record_route(bool get, const char *target, struct text *parameters)
{
    const struct route *found = NULL;
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            for (size_t j = 0; j < (*part)->routes[i]->count; j++) {
                const struct route *route = &(*part)->routes[i]->routes[j];
                struct text fitting[8];
                if ((route->method == GET) != get || !record_fits(route->path, target, fitting))
                    continue;
                if (found && strchr(route->path, '{'))
                    continue;
                memcpy(parameters, fitting, sizeof fitting);
                found = route;
            }
        }
    }
    return found && found->api ? found : NULL;
}

/* The path for programs, with the page's parameters and query. */
static struct text record_target(struct memory *memory, const struct route *route,
                                 const char *target, const struct text *parameters)
{
    struct builder b = builder_make(memory, 8192);
    struct text out = {"", 0};
    for (const char *at = route->api; *at; at++) {
        if (*at != '{') {
            builder_add_char(&b, *at);
            continue;
        }
        /* By name, since the two paths may hold them in another order. */
        size_t size = strcspn(at, "}");
        const char *in = route->path;
        for (size_t i = 0; (in = strchr(in, '{')) != NULL; i++, in++)
            if (strncmp(in, at, size + 1) == 0)
                builder_add(&b, parameters[i]);
        at += size;
    }
    builder_add_c(&b, target + strcspn(target, "?"));
    return builder_end(&b, &out) ? (struct text){"", 0} : out;
}

/* Bytes that are no text can't be written as JSON. */
static struct text record_text(struct text text)
{
    struct bytes bytes = {(const unsigned char *)text.data, text.size};
    return text.data && text_valid(bytes) ? text : text_of("");
}

static void record_line(const struct route *route, struct text target, struct text body,
                        const struct exchange *exchange)
{
    struct text body_text = record_text(exchange->body);
    struct text type = record_text(exchange->type);
    body = record_text(body);
    json_t *line =
        json_pack("{s:s, s:s, s:s%, s:s%, s:i, s:s%, s:s%}", "method",
                  route->method == GET ? "get" : "post", "route", route->api, "target", target.data,
                  target.size, "sent", body.data, body.size, "status", exchange->status, "type",
                  type.data, type.size, "body", body_text.data, body_text.size);
    char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
    int file = open(getenv("STORY_RECORD"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    ensure(text && file >= 0);
    ensure(dprintf(file, "%s\n", text) > 0);
    close(file);
    free(text);
    json_decref(line);
}

/* The key that a form is given, so that it can be sent once more. */
static struct text record_body(struct memory *memory, const char *method, struct text body)
{
    static int sent;
    if (!getenv("STORY_RECORD") || strcmp(method, "GET") == 0)
        return body;
    return text_format(memory, "%.*s%sonce=story-%d-%d", TEXT_ARGS(body), body.size ? "&" : "",
                       (int)getpid(), sent++);
}

/* After `page` was answered to a request of somebody. */
static const struct problem *record(struct server *server, struct memory *memory,
                                    const char *method, const char *target, struct text session,
                                    struct text body, const struct exchange *page)
{
    struct text parameters[8];
    struct exchange answer;
    bool get = strcmp(method, "GET") == 0;
    const struct route *route =
        getenv("STORY_RECORD") ? record_route(get, target, parameters) : NULL;
    if (!route || (!get && page->status < 400 && !route->once))
        return NULL;
    struct text path = record_target(memory, route, target, parameters);
    const struct problem *problem =
        server_call(server, memory, method, path, session, true, body, &answer);
    if (!problem)
        record_line(route, path, body, &answer);
    return problem;
}

#endif
