/*
 * The API document against docs/api.json, which is what programs out there were written for: nothing
 * they rely on goes away unseen.
 *
 *   api_test                   compares, and says which differences would break a program
 *   api_test --renew           writes docs/api.json when there are only additions
 *   api_test --renew --break   writes it all the same
 *
 * `make api` renews. Must not know: any route. Read next: web/describe.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/log.h"
#include "base/settings.h"
#include "core/hooks/hooks.h"
#include "core/module.h"
#include "modules/world.h"
#include "web/access.h"

#define SNAPSHOT "docs/api.json"

/* Two documents, and what of the old one the new one breaks. */
struct comparison {
    json_t *old, *new;
    bool quiet; /* counts only */
    int breaks;
    char seen[256][2][96]; /* pairs of shapes that were compared, which may hold each other */
    size_t seen_count;
};
enum way { IN, OUT };

__attribute__((format(printf, 3, 4))) static void breaks(struct comparison *comparison,
                                                         const char *where, const char *format, ...)
{
    va_list arguments;
    comparison->breaks++;
    if (comparison->quiet)
        return;
    char text[400];
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    printf("# %s: %s\n", where, text);
}

/* ---- schemas ---------------------------------------------------------------------------------- */

static json_t *at(json_t *object, const char *first, const char *second)
{
    return json_object_get(json_object_get(object, first), second);
}

static json_t *resolve(json_t *document, json_t *thing)
{
    const char *to = json_string_value(json_object_get(thing, "$ref"));
    if (!to)
        return thing;
    const char *name = strrchr(to, '/') + 1;
    const char *kind = strstr(to, "/responses/") ? "responses" : "schemas";
    return json_object_get(at(document, "components", kind), name);
}

static bool has_word(json_t *list, const char *word)
{
    json_t *item;
    size_t i;
    json_array_foreach(list, i, item)
    {
        if (strcmp(json_string_value(item), word) == 0)
            return true;
    }
    return false;
}

static bool was_seen(struct comparison *comparison, json_t *old, json_t *new)
{
    const char *from = json_string_value(json_object_get(old, "$ref"));
    const char *to = json_string_value(json_object_get(new, "$ref"));
    if (!from || !to)
        return false;
    for (size_t i = 0; i < comparison->seen_count; i++) {
        if (strcmp(comparison->seen[i][0], from) == 0 && strcmp(comparison->seen[i][1], to) == 0)
            return true;
    }
    if (comparison->seen_count < 256) {
        size_t i = comparison->seen_count++;
        snprintf(comparison->seen[i][0], sizeof comparison->seen[i][0], "%s", from);
        snprintf(comparison->seen[i][1], sizeof comparison->seen[i][1], "%s", to);
    }
    return false;
}

/* A limit of what comes in may widen, never narrow. */
static void compare_limit(struct comparison *comparison, const char *where, json_t *old,
                          json_t *new, const char *name, bool least)
{
    json_t *before = json_object_get(old, name);
    json_t *now = json_object_get(new, name);
    if (!now)
        return;
    json_int_t was = json_integer_value(before);
    json_int_t is = json_integer_value(now);
    if (!before ? !(least && is <= 0) : least ? is > was : is < was)
        breaks(comparison, where, "%s narrowed to %lld", name, (long long)is);
}

static void compare_words(struct comparison *comparison, const char *where, json_t *old,
                          json_t *new)
{
    json_t *word;
    size_t i;
    json_array_foreach(json_object_get(old, "enum"), i, word)
    {
        if (!has_word(json_object_get(new, "enum"), json_string_value(word)))
            breaks(comparison, where, "the word \"%s\" is gone", json_string_value(word));
    }
}

static void compare_schema(struct comparison *comparison, const char *where, json_t *old,
                           json_t *new, enum way way);

static void compare_members(struct comparison *comparison, const char *where, json_t *old,
                            json_t *new, enum way way)
{
    json_t *was_required = json_object_get(old, "required");
    json_t *is_required = json_object_get(new, "required");
    json_t *member;
    json_t *word;
    const char *name;
    size_t i;
    char below[400];
    json_object_foreach(json_object_get(old, "properties"), name, member)
    {
        json_t *now = at(new, "properties", name);
        snprintf(below, sizeof below, "%s.%s", where, name);
        if (!now)
            breaks(comparison, below, "is gone");
        else
            compare_schema(comparison, below, member, now, way);
        if (way == OUT && now && has_word(was_required, name) && !has_word(is_required, name))
            breaks(comparison, below, "may be missing now");
    }
    json_array_foreach(is_required, i, word)
    {
        if (way == IN && !has_word(was_required, json_string_value(word)))
            breaks(comparison, where, "\"%s\" must be given now", json_string_value(word));
    }
}

static void compare_schema(struct comparison *comparison, const char *where, json_t *old,
                           json_t *new, enum way way)
{
    static const char *const same[] = {"type", "format", "pattern", "contentMediaType"};
    if (was_seen(comparison, old, new))
        return;
    old = resolve(comparison->old, old);
    new = resolve(comparison->new, new);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        json_t *before = json_object_get(old, same[i]);
        if (before && !json_equal(before, json_object_get(new, same[i])))
            breaks(comparison, where, "%s is no longer %s", same[i], json_string_value(before));
    }
    if (json_object_get(old, "enum"))
        compare_words(comparison, where, old, new);
    if (way == IN) {
        compare_limit(comparison, where, old, new, "minLength", true);
        compare_limit(comparison, where, old, new, "minItems", true);
        compare_limit(comparison, where, old, new, "minimum", true);
        compare_limit(comparison, where, old, new, "maxLength", false);
        compare_limit(comparison, where, old, new, "maxItems", false);
        compare_limit(comparison, where, old, new, "maximum", false);
    }
    compare_members(comparison, where, old, new, way);
    if (json_object_get(old, "items"))
        compare_schema(comparison, where, json_object_get(old, "items"),
                       json_object_get(new, "items"), way);
}

/* ---- operations ------------------------------------------------------------------------------- */

static json_t *find_parameter(json_t *operation, json_t *wanted)
{
    json_t *item;
    size_t i;
    json_array_foreach(json_object_get(operation, "parameters"), i, item)
    {
        if (json_equal(json_object_get(item, "name"), json_object_get(wanted, "name")) &&
            json_equal(json_object_get(item, "in"), json_object_get(wanted, "in")))
            return item;
    }
    return NULL;
}

static void compare_parameters(struct comparison *comparison, const char *where, json_t *old,
                               json_t *new)
{
    json_t *item;
    size_t i;
    char below[400];
    json_array_foreach(json_object_get(old, "parameters"), i, item)
    {
        json_t *now = find_parameter(new, item);
        snprintf(below, sizeof below, "%s ?%s", where,
                 json_string_value(json_object_get(item, "name")));
        if (!now)
            breaks(comparison, below, "is gone");
        else
            compare_schema(comparison, below, json_object_get(item, "schema"),
                           json_object_get(now, "schema"), IN);
    }
    json_array_foreach(json_object_get(new, "parameters"), i, item)
    {
        json_t *before = find_parameter(old, item);
        if (json_is_true(json_object_get(item, "required")) &&
            !json_is_true(json_object_get(before, "required")))
            breaks(comparison, where, "%s must be given now",
                   json_string_value(json_object_get(item, "name")));
    }
}

static void compare_content(struct comparison *comparison, const char *where, json_t *old,
                            json_t *new, enum way way)
{
    const char *type;
    json_t *media;
    json_object_foreach(json_object_get(old, "content"), type, media)
    {
        json_t *now = at(new, "content", type);
        if (!now)
            breaks(comparison, where, "no %s any more", type);
        else
            compare_schema(comparison, where, json_object_get(media, "schema"),
                           json_object_get(now, "schema"), way);
    }
}

/* Each way in that there was is there still, with no other scope. */
static void compare_security(struct comparison *comparison, const char *where, json_t *old,
                             json_t *new)
{
    json_t *before;
    json_t *now;
    size_t i;
    size_t j;
    json_array_foreach(json_object_get(old, "security"), i, before)
    {
        bool found = false;
        json_array_foreach(json_object_get(new, "security"), j, now) found =
            found || json_equal(before, now);
        if (!found)
            breaks(comparison, where, "who could call it, or with which scope, no longer can");
    }
}

static void compare_operation(struct comparison *comparison, const char *where, json_t *old,
                              json_t *new)
{
    const char *status;
    json_t *response;
    compare_parameters(comparison, where, old, new);
    compare_security(comparison, where, old, new);
    json_t *body = json_object_get(new, "requestBody");
    if (json_object_get(old, "requestBody") || !body)
        compare_content(comparison, where, json_object_get(old, "requestBody"), body, IN);
    else if (json_array_size(json_object_get(
                 at(json_object_get(body, "content"), "application/json", "schema"), "required")))
        breaks(comparison, where, "a body must be given now");
    json_object_foreach(json_object_get(old, "responses"), status, response)
    {
        json_t *now = at(new, "responses", status);
        if (strcmp(status, "200") == 0)
            compare_content(comparison, where, resolve(comparison->old, response),
                            resolve(comparison->new, now), OUT);
    }
}

/* Returns how many ways there are in which a program of the old one could fail with the new one. */
static int compare(json_t *old, json_t *new, bool quiet)
{
    struct comparison comparison = {.old = old, .new = new, .quiet = quiet};
    const char *path;
    const char *verb;
    json_t *item;
    json_t *operation;
    char where[300];
    json_object_foreach(json_object_get(old, "paths"), path, item)
    {
        json_object_foreach(item, verb, operation)
        {
            json_t *now = json_object_get(at(new, "paths", path), verb);
            snprintf(where, sizeof where, "%s %s", verb, path);
            if (!now)
                breaks(&comparison, where, "is gone");
            else
                compare_operation(&comparison, where, operation, now);
        }
    }
    json_object_foreach(json_object_get(old, "webhooks"), path, item)
    {
        json_t *before = json_object_get(item, "post");
        json_t *now = json_object_get(at(new, "webhooks", path), "post");
        if (now)
            compare_content(&comparison, path, json_object_get(before, "requestBody"),
                            json_object_get(now, "requestBody"), OUT);
        else
            breaks(&comparison, path, "is not told any more");
    }
    return comparison.breaks;
}

/* ---- the document of the program -------------------------------------------------------------- */

static struct text document; /* as the program writes it */

static struct world world;
static char folder[] = "/tmp/contraflow-api-XXXXXX";

static bool describe(struct memory *memory)
{
    struct text complaint = {"", 0};
    struct builder out = builder_make(memory, 16 << 20);
    if (!mkdtemp(folder))
        return false;
    struct text data = text_copy(memory, text_of(folder));
    const struct problem *problem = world_settings(memory, data, &complaint);
    if (!problem)
        problem = world_open(memory, data, &world, &complaint);
    if (!problem)
        problem = world_serve(&world, -1, &complaint);
    if (!problem) {
        server_describe(world.server, &out);
        problem = builder_end(&out, &document);
    }
    if (problem)
        printf("# %s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    return !problem;
}

/* Leaves out the examples, which are made from the rest and twice as long. */
static void strip(json_t *thing)
{
    json_t *below;
    const char *name;
    size_t i;
    if (json_object_get(thing, "schema"))
        json_object_del(thing, "example");
    json_object_foreach(thing, name, below) strip(below);
    json_array_foreach(thing, i, below) strip(below);
}

static json_t *load(void)
{
    json_t *loaded = json_loadb(document.data, document.size, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(loaded);
    strip(loaded);
    return loaded;
}

static void the_document_is_the_one_that_was_agreed(void **state)
{
    (void)state;
    json_t *old = json_load_file(SNAPSHOT, JSON_REJECT_DUPLICATES, NULL);
    json_t *new = load();
    assert_non_null(old);
    int broken = compare(old, new, false);
    if (broken)
        fail_msg("%d ways to break programs out there; if that is meant, `make api BREAK=yes`",
                 broken);
    if (!json_equal(old, new))
        fail_msg("only additions and words: `make api` renews " SNAPSHOT);
    json_decref(old);
    json_decref(new);
}

/* ---- what would be found ---------------------------------------------------------------------- */

static json_t *operation_at(json_t *of, const char *path, const char *verb)
{
    json_t *found = json_object_get(at(of, "paths", path), verb);
    assert_non_null(found);
    return found;
}

static json_t *schema_at(json_t *of, const char *name)
{
    json_t *found = json_object_get(at(of, "components", "schemas"), name);
    assert_non_null(found);
    return found;
}

static json_t *body_at(json_t *of, const char *path)
{
    json_t *content = at(operation_at(of, path, "post"), "requestBody", "content");
    json_t *schema = at(content, "application/json", "schema");
    assert_non_null(schema);
    return schema;
}

static void lose_path(json_t *of)
{
    json_object_del(json_object_get(of, "paths"), "/api/v1/me");
}
static void lose_parameter(json_t *of)
{
    json_array_clear(json_object_get(operation_at(of, "/api/v1/members", "get"), "parameters"));
}
static void lose_field(json_t *of)
{
    json_object_del(json_object_get(schema_at(of, "profile_view"), "properties"), "mail");
}
static void lose_nested_field(json_t *of)
{
    json_object_del(json_object_get(schema_at(of, "key_line"), "properties"), "state");
}
static void lose_word(json_t *of)
{
    json_t *language = at(schema_at(of, "profile_view"), "properties", "language");
    json_array_remove(json_object_get(language, "enum"), 0);
}
static void let_a_field_be_missing(json_t *of)
{
    json_array_remove(json_object_get(schema_at(of, "profile_view"), "required"), 0);
}
static void demand_more(json_t *of)
{
    json_array_append_new(json_object_get(body_at(of, "/api/v1/me"), "required"),
                          json_string("place"));
}
static void lose_input(json_t *of)
{
    json_object_del(json_object_get(body_at(of, "/api/v1/me"), "properties"), "place");
}
static void narrow_input(json_t *of)
{
    json_t *name = at(body_at(of, "/api/v1/me"), "properties", "name");
    json_object_set_new(name, "maxLength", json_integer(20));
}
static void change_type(json_t *of)
{
    json_t *days = at(body_at(of, "/api/v1/keys"), "properties", "days");
    json_object_set_new(days, "type", json_string("string"));
}
static void change_scope(json_t *of)
{
    json_t *ways = json_object_get(operation_at(of, "/api/v1/me", "get"), "security");
    json_object_set_new(json_array_get(ways, 0), "key", json_pack("[s]", "other.read"));
}
static void lose_webhook(json_t *of)
{
    json_object_del(json_object_get(of, "webhooks"), "payment.received");
}
static void lose_field_of_webhook(json_t *of)
{
    json_t *body = at(at(of, "webhooks", "webhook.test"), "post", "requestBody");
    json_t *schema = json_object_get(at(body, "content", "application/json"), "schema");
    assert_int_equal(json_object_del(json_object_get(schema, "properties"), "timestamp"), 0);
}
static void add_things(json_t *of)
{
    json_object_set_new(json_object_get(of, "paths"), "/api/v1/more",
                        json_deep_copy(at(of, "paths", "/api/v1/me")));
    json_object_set_new(json_object_get(schema_at(of, "profile_view"), "properties"), "more",
                        json_pack("{s:s}", "type", "string"));
    json_object_set_new(json_object_get(body_at(of, "/api/v1/me"), "properties"), "more",
                        json_pack("{s:s}", "type", "string"));
    json_t *language = at(body_at(of, "/api/v1/me"), "properties", "language");
    json_array_append_new(json_object_get(language, "enum"), json_string("de"));
    json_object_set_new(at(body_at(of, "/api/v1/me"), "properties", "name"), "maxLength",
                        json_integer(200));
}

static void each_kind_of_break_is_found(void **state)
{
    static const struct {
        const char *what;
        void (*change)(json_t *of);
        int broken;
    } changes[] = {
        {"a path is gone", lose_path, 2},
        {"a parameter is gone", lose_parameter, 2},
        {"a field is gone", lose_field, 1},
        {"a field of an item is gone", lose_nested_field, 1},
        {"a word is gone", lose_word, 1},
        {"a field may be missing", let_a_field_be_missing, 1},
        {"an input is demanded", demand_more, 1},
        {"an input is gone", lose_input, 1},
        {"an input is narrower", narrow_input, 1},
        {"a type is another", change_type, 1},
        {"a scope is another", change_scope, 1},
        {"a webhook is gone", lose_webhook, 1},
        {"a field of a webhook is gone", lose_field_of_webhook, 1},
        {"only additions", add_things, 0},
    };
    (void)state;
    json_t *old = load();
    assert_int_equal(compare(old, old, true), 0);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        json_t *new = load();
        changes[i].change(new);
        int found = compare(old, new, true);
        json_decref(new);
        if (found != changes[i].broken)
            fail_msg("%s: %d found", changes[i].what, found);
    }
    json_decref(old);
}

/* ---- every route ------------------------------------------------------------------------------ */

static const char *lacks(const struct route *route)
{
    if (!route->summary)
        return "a summary";
    if (route->method != GET && !route->once && !route->repeat)
        return "to say what calling it twice does (.once or .repeat)";
    return route->method == GET || !route->once || !route->repeat ? NULL
                                                                  : "one of .once and .repeat";
}

static void every_route_for_programs_is_in_it(void **state)
{
    static const char *const verbs[] = {"", "get", "post", "put", "delete"};
    (void)state;
    int missing = 0;
    size_t routes = 0;
    json_t *all = load();
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            for (size_t j = 0; j < (*part)->routes[i]->count; j++) {
                const struct route *route = &(*part)->routes[i]->routes[j];
                if (!route->api)
                    continue;
                routes++;
                const char *what = lacks(route);
                if (!json_object_get(at(all, "paths", route->api), verbs[route->method]))
                    what = "to be in the document";
                missing += what ? 1 : 0;
                if (what)
                    printf("# %s %s lacks %s\n", verbs[route->method], route->api, what);
            }
        }
    }
    json_decref(all);
    assert_int_equal(missing, 0);
    assert_true(routes > 100);
}

static void every_event_for_receivers_is_in_it(void **state)
{
    (void)state;
    json_t *all = load();
    size_t count = 0;
    for (const char *name; (name = hook_event_name(count)) != NULL; count++)
        if (!json_object_get(at(all, "webhooks", name), "post"))
            fail_msg("%s lacks to be in the document", name);
    assert_int_equal(json_object_size(json_object_get(all, "webhooks")), count + 1);
    assert_non_null(at(all, "webhooks", "webhook.test"));
    json_decref(all);
}

/* The page of a topic; asked for once in a run of routes of it. */
static struct text page_of(struct memory *memory, const char *topic)
{
    static const char *last;
    static struct exchange page;
    if (last == topic)
        return page.body;
    struct text none = {"", 0};
    assert_null(server_call(world.server, memory, "GET",
                            text_format(memory, "/developers/%s", topic), none, false, none,
                            &page));
    if (page.status != 200)
        fail_msg("/developers/%s answers %d", topic, page.status);
    last = topic;
    return page.body;
}

static void every_route_for_programs_is_on_a_page(void **state)
{
    int missing = 0;
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; j < table->count; j++) {
                const struct route *route = &table->routes[j];
                char line[200];
                char anchor[200];
                if (!route->api)
                    continue;
                struct text page = page_of(*state, table->owner);
                snprintf(line, sizeof line, "</strong> %s<", route->api);
                snprintf(anchor, sizeof anchor, "id=\"%s\"", route->handler->name);
                bool there = memmem(page.data, page.size, line, strlen(line)) &&
                             memmem(page.data, page.size, anchor, strlen(anchor));
                missing += there ? 0 : 1;
                if (!there)
                    printf("# %s is not on /developers/%s\n", route->api, table->owner);
            }
        }
    }
    assert_int_equal(missing, 0);
}

static int renew(bool force)
{
    json_t *old = json_load_file(SNAPSHOT, JSON_REJECT_DUPLICATES, NULL);
    json_t *new = load();
    int broken = old ? compare(old, new, false) : 0;
    if (broken && !force) {
        printf(SNAPSHOT " is left as it is: %d ways to break programs out there\n", broken);
        return 1;
    }
    bool fine = json_dump_file(new, SNAPSHOT, JSON_INDENT(1)) == 0;
    printf("%s " SNAPSHOT "\n", fine ? "wrote" : "could not write");
    json_decref(old);
    json_decref(new);
    return fine ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct memory *memory = memory_create(256 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_is_the_one_that_was_agreed),
        cmocka_unit_test(each_kind_of_break_is_found),
        cmocka_unit_test(every_route_for_programs_is_in_it),
        cmocka_unit_test(every_event_for_receivers_is_in_it),
        cmocka_unit_test_prestate(every_route_for_programs_is_on_a_page, memory),
    };
    char command[100];
    log_set_level(LOG_ERROR);
    if (!memory || !describe(memory))
        return 1;
    bool wants = argc > 1 && strcmp(argv[1], "--renew") == 0;
    int code = wants ? renew(argc > 2 && strcmp(argv[2], "--break") == 0)
                     : cmocka_run_group_tests_name("api", tests, NULL, NULL);
    world_close(&world);
    memory_end(memory);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? code : 1;
}
