/*
 * The route tables checked and made ready at the start.
 *
 * What is wrong with a route stops the start, so that no request ever finds out.
 * Must not know: requests. Read next: web/router.c, web/match.c.
 */
#include <string.h>

#include "web/router.h"

static const struct problem *complain(const struct server *server, struct text *complaint,
                                      const struct endpoint *endpoint, const char *what,
                                      const char *detail)
{
    *complaint = text_format(server->process, "%s: route %s: %s%s%s", endpoint->owner,
                             endpoint->path, what, *detail ? ": " : "", detail);
    return &our_fault;
}

static const struct problem *check_route(const struct server *server,
                                         const struct endpoint *endpoint, struct text *complaint)
{
    const struct route *route = endpoint->route;
    const char *wrong = NULL;
    if (route->who < ANYONE || route->who >= WHO_COUNT)
        wrong = "says not who may call it";
    else if (route->method < GET || route->method > DELETE)
        wrong = "has no method";
    else if (!route->handler || !route->handler->call || !route->handler->takes ||
             !route->handler->gives)
        wrong = "has no handler";
    else if (route->api && strcmp(route->api, "/api/v1") != 0 &&
             strncmp(route->api, "/api/v1/", 8) != 0)
        wrong = "its api path is not under /api/v1/";
    else if (route->method == GET && (route->once || route->open || route->again))
        wrong = "a GET needs no key, token or form";
    else if (route->proof && route->who == ANYONE)
        wrong = "proof is asked of those who are signed in";
    else if (route->open && route->who != ANYONE)
        wrong = "open is for ANYONE";
    else if (route->raw && (route->who != ANYONE || route->method != POST || route->open))
        wrong = "raw is for POST by ANYONE, without a form";
    else if (route->framed && (route->who != ANYONE || route->open || route->raw || route->api))
        wrong = "framed is for pages by ANYONE, without a token, and not for programs";
    else if (route->others && (!route->path || (strncmp(route->path, "/me/", 4) != 0 &&
                                                strncmp(route->path, "/biz/", 5) != 0)))
        wrong = "others is for pages under /me or /biz; elsewhere things are everybody's";
    return wrong ? complain(server, complaint, endpoint, wrong, "") : NULL;
}

static bool in_path(const struct endpoint *endpoint, const char *name)
{
    for (size_t i = 0; i < endpoint->count; i++)
        if (text_is(endpoint->names[i], name))
            return true;
    return false;
}

static bool can_be_in_path(enum field_kind kind)
{
    return kind == FIELD_ID || kind == FIELD_TEXT || kind == FIELD_INTEGER || kind == FIELD_WORD ||
           kind == FIELD_INSTANT;
}

/* Every path parameter must be a member; the others make the body's shape. */
static const struct problem *split_shape(const struct server *server, struct endpoint *endpoint,
                                         struct text *complaint)
{
    const struct shape *takes = endpoint->route->handler->takes;
    for (size_t i = 0; i < endpoint->count; i++) {
        const struct field *field = shape_find(takes, endpoint->names[i]);
        if (!field || !can_be_in_path(field->kind))
            return complain(server, complaint, endpoint, "its path parameter is no member of",
                            takes->name);
    }
    struct field *fields = memory_take_array(server->process, takes->count + 1, sizeof *fields);
    if (!fields)
        return &out_of_memory;
    endpoint->body = *takes;
    endpoint->body.fields = fields;
    endpoint->body.count = 0;
    for (size_t i = 0; i < takes->count; i++)
        if (!in_path(endpoint, takes->fields[i].name))
            fields[endpoint->body.count++] = takes->fields[i];
    return NULL;
}

static const struct problem *add_endpoint(struct server *server, const char *owner,
                                          const struct route *route, bool api,
                                          struct text *complaint)
{
    struct endpoint *endpoint = &server->endpoints[server->endpoint_count++];
    *endpoint = (struct endpoint){.route = route, .owner = owner, .api = api};
    endpoint->path = api ? route->api : route->path;
    if (!endpoint->path) {
        endpoint->path = "(without a path)";
        return complain(server, complaint, endpoint, "has no path", "");
    }
    const struct problem *problem = check_route(server, endpoint, complaint);
    if (!problem) {
        struct text why = {"", 0};
        problem = match_add(server->tree, endpoint->path, route->method, endpoint, endpoint->names,
                            &endpoint->count, &why);
        if (problem)
            complain(server, complaint, endpoint, "is refused", why.data ? why.data : "");
    }
    return problem ? problem : split_shape(server, endpoint, complaint);
}

static struct endpoint *find_page(struct server *server, const char *path)
{
    for (size_t i = 0; i < server->endpoint_count; i++) {
        struct endpoint *endpoint = &server->endpoints[i];
        if (!endpoint->api && endpoint->route->method == GET && strcmp(endpoint->path, path) == 0)
            return endpoint;
    }
    return NULL;
}

/* Adds a form's fields to those that its page may show again. */
static const struct problem *merge_form(const struct server *server, struct endpoint *page,
                                        const struct shape *takes)
{
    size_t count = page->form.count;
    struct field *fields =
        memory_take_array(server->process, count + takes->count + 1, sizeof *fields);
    if (!fields)
        return &out_of_memory;
    if (count)
        memcpy(fields, page->form.fields, count * sizeof *fields);
    for (size_t i = 0; i < takes->count; i++)
        if (!page->has_form || !shape_find(&page->form, text_of(takes->fields[i].name)))
            fields[count++] = takes->fields[i];
    if (!page->has_form)
        page->form = *takes;
    page->form.fields = fields;
    page->form.count = count;
    page->has_form = true;
    return NULL;
}

static const struct problem *link_form(struct server *server, struct endpoint *form,
                                       struct text *complaint)
{
    const struct route *route = form->route;
    struct endpoint *page = find_page(server, route->again ? route->again : route->path);
    if (route->open && page)
        page->sets_form_cookie = true;
    if (!route->again)
        return NULL;
    if (!page || !page->route->page)
        return complain(server, complaint, form, "there is no page to show its form again",
                        route->again);
    for (size_t i = 0; i < page->count; i++) {
        char name[64];
        size_t size = page->names[i].size < sizeof name ? page->names[i].size : sizeof name - 1;
        memcpy(name, page->names[i].data, size);
        name[size] = '\0';
        if (!in_path(form, name))
            return complain(server, complaint, form, "its page needs a parameter it lacks", name);
    }
    form->again = page;
    return merge_form(server, page, route->handler->takes);
}

static const struct problem *bind_page(struct server *server, struct endpoint *endpoint,
                                       struct text *complaint)
{
    const struct route *route = endpoint->route;
    if (endpoint->api || !route->page)
        return NULL;
    struct text why = {"", 0};
    const struct problem *problem =
        template_bind(server->process, route->page, route->handler->gives,
                      endpoint->has_form ? &endpoint->form : NULL, &endpoint->page, &why);
    if (problem)
        complain(server, complaint, endpoint, "its page", why.data ? why.data : problem->name);
    return problem;
}

/* The pages' own paths, served without a table. */
static bool taken_by_web(const char *path)
{
    return strncmp(path, "/a/", 3) == 0 || strncmp(path, "/language/", 10) == 0 ||
           strcmp(path, HEALTH_PATH) == 0;
}

static const struct problem *add_table(struct server *server, const struct route_table *table,
                                       struct text *complaint)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct route *route = &table->routes[i];
        if (route->path && taken_by_web(route->path)) {
            *complaint = text_format(server->process, "%s: route %s: the path is web's own",
                                     table->owner, route->path);
            return &our_fault;
        }
        const struct problem *problem = add_endpoint(server, table->owner, route, false, complaint);
        if (!problem && route->api)
            problem = add_endpoint(server, table->owner, route, true, complaint);
        if (problem)
            return problem;
    }
    return NULL;
}

const struct problem *routes_compile(struct server *server, struct text *complaint)
{
    size_t count = 0;
    for (size_t i = 0; i < server->options.table_count; i++)
        count += server->options.tables[i]->count * 2;
    server->endpoints = memory_take_array(server->process, count + 1, sizeof *server->endpoints);
    server->tree = match_tree_make(server->process);
    if (!server->endpoints || !server->tree)
        return &out_of_memory;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < server->options.table_count; i++)
        problem = add_table(server, server->options.tables[i], complaint);
    for (size_t i = 0; !problem && i < server->endpoint_count; i++)
        if (!server->endpoints[i].api && server->endpoints[i].route->method != GET)
            problem = link_form(server, &server->endpoints[i], complaint);
    for (size_t i = 0; !problem && i < server->endpoint_count; i++)
        problem = bind_page(server, &server->endpoints[i], complaint);
    return problem;
}
