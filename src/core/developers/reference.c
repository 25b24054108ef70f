/*
 * Handlers of the reference, and the reference as a part of core.
 *
 * Must not know: HTML. Read next: core/developers/operation.c for one operation.
 */
#include "core/developers/reference.h"

#include <string.h>

#include "core/developers/operation.h"
#include "core/developers/problems.shapes.h"
#include "core/developers/reference.shapes.h"
#include "core/mail/mail.h"
#include "web/words.h"

enum { TOPICS_MAX = 64, OPERATIONS_MAX = 256, PROBLEMS_MAX = 128, DOCUMENT_BYTES = 8 << 20 };

/* ---- all routes for programs ------------------------------------------------------------------ */

typedef const struct problem *each_route(void *context, const struct module *part,
                                         const struct route_table *table,
                                         const struct route *route);

static const struct problem *walk(each_route *each, void *context)
{
    const struct problem *problem = NULL;
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; !problem && j < table->count; j++) {
                if (table->routes[j].api)
                    problem = each(context, *part, table, &table->routes[j]);
            }
        }
    }
    return problem;
}

/* ---- the front -------------------------------------------------------------------------------- */

struct gathering {
    struct request *request;
    struct reference_topic *topics;
    size_t count;
};

static const struct problem *count_topic(void *context, const struct module *part,
                                         const struct route_table *table, const struct route *route)
{
    struct gathering *gathering = context;
    (void)part;
    (void)route;
    for (size_t i = 0; i < gathering->count; i++) {
        if (text_is(gathering->topics[i].name, table->owner)) {
            gathering->topics[i].operations++;
            return NULL;
        }
    }
    if (gathering->count == TOPICS_MAX)
        return &too_large;
    struct reference_topic *topic = &gathering->topics[gathering->count++];
    *topic = (struct reference_topic){.name = text_of(table->owner), .operations = 1};
    topic->reference = text_format(gathering->request->memory, "/developers/%s", table->owner);
    if (!topic->reference.data)
        return &out_of_memory;
    return operation_label(gathering->request, topic->name, &topic->label);
}

const struct problem *core_developers(struct request *request, const struct nothing *query,
                                      struct developers_view *view)
{
    struct memory *memory = request->memory;
    struct gathering gathering = {
        .request = request,
        .topics = memory_take_array(memory, TOPICS_MAX, sizeof(*view->topics.items))};
    (void)query;
    const struct problem *problem = gathering.topics ? NULL : &out_of_memory;
    if (!problem)
        problem = walk(count_topic, &gathering);
    if (!problem)
        problem = mail_site(memory, &view->site);
    if (problem)
        return problem;
    view->topics = (struct reference_topic_list){gathering.topics, gathering.count};
    view->version = text_of("v1");
    view->document = text_format(memory, "%.*s/api/v1/openapi.json", TEXT_ARGS(view->site));
    view->problems = text_format(memory, "%.*s/problems", TEXT_ARGS(view->site));
    view->open = text_format(memory, "curl %.*s/api/v1", TEXT_ARGS(view->site));
    view->first = text_format(memory,
                              "printf \"Key: \" && read -rs KEY && echo && \\\n"
                              "  curl -H \"Authorization: Bearer $KEY\" %.*s/api/v1/me",
                              TEXT_ARGS(view->site));
    view->second = text_format(memory,
                               "curl -X POST -H \"Authorization: Bearer $KEY\" \\\n"
                               "  -H \"Idempotency-Key: order-4711\" \\\n"
                               "  -H \"Content-Type: application/json\" \\\n"
                               "  -d '{\"title\": \"Bridges\"}' \\\n  %.*s/api/v1/me/collections",
                               TEXT_ARGS(view->site));
    view->asking = text_format(memory,
                               "%.*s/oauth/authorize?response_type=code\n"
                               "  &client_id=app_...&redirect_uri=https://app.example/back\n"
                               "  &scope=people.read%%20stock.read&state=...\n"
                               "  &code_challenge=...&code_challenge_method=S256",
                               TEXT_ARGS(view->site));
    view->exchange = text_format(memory,
                                 "curl -u \"$CLIENT_ID:$CLIENT_SECRET\" \\\n"
                                 "  -d grant_type=authorization_code -d \"code=$CODE\" \\\n"
                                 "  -d redirect_uri=https://app.example/back \\\n"
                                 "  -d \"code_verifier=$VERIFIER\" \\\n  %.*s/oauth/token",
                                 TEXT_ARGS(view->site));
    bool all = view->document.data && view->problems.data && view->open.data && view->first.data &&
               view->second.data && view->asking.data && view->exchange.data;
    return all ? NULL : &out_of_memory;
}

/* ---- one topic -------------------------------------------------------------------------------- */

struct describing {
    struct request *request;
    struct text topic;
    struct text site;
    struct reference_operation *operations;
    size_t count;
    struct reference_problem *problems;
    size_t problem_count;
    const struct module *last; /* whose problems are in already */
};

static const struct problem *add_problems(struct describing *describing, const struct module *part)
{
    for (size_t i = 0; i < part->problem_count && describing->problem_count < PROBLEMS_MAX; i++) {
        const struct problem *one = part->problems[i];
        struct text key = text_format(describing->request->memory, "problem.%s", one->name);
        if (!key.data)
            return &out_of_memory;
        describing->problems[describing->problem_count++] = (struct reference_problem){
            .name = text_of(one->name),
            .status = one->status,
            .title = words_text(describing->request->memory, describing->request->language,
                                key.data, NULL, 0),
        };
    }
    describing->last = part;
    return NULL;
}

static const struct problem *add_operation(void *context, const struct module *part,
                                           const struct route_table *table,
                                           const struct route *route)
{
    struct describing *describing = context;
    if (!text_is(describing->topic, table->owner))
        return NULL;
    if (describing->count == OPERATIONS_MAX)
        return &too_large;
    const struct problem *problem =
        describing->last == part ? NULL : add_problems(describing, part);
    return problem ? problem
                   : operation_describe(describing->request, table->owner, route, describing->site,
                                        &describing->operations[describing->count++]);
}

const struct problem *core_reference(struct request *request, const struct reference_query *query,
                                     struct reference_view *view)
{
    struct memory *memory = request->memory;
    struct describing describing = {
        .request = request,
        .topic = query->topic,
        .operations = memory_take_array(memory, OPERATIONS_MAX, sizeof(*view->operations.items)),
        .problems = memory_take_array(memory, PROBLEMS_MAX, sizeof(*view->problems.items))};
    if (!describing.operations || !describing.problems)
        return &out_of_memory;
    const struct problem *problem = mail_site(memory, &describing.site);
    if (!problem)
        problem = walk(add_operation, &describing);
    if (!problem && describing.count == 0)
        problem = &not_found;
    if (problem)
        return problem;
    view->topic =
        (struct reference_topic){.name = query->topic, .operations = (int64_t)describing.count};
    view->operations = (struct reference_operation_list){describing.operations, describing.count};
    view->problems = (struct reference_problem_list){describing.problems, describing.problem_count};
    return operation_label(request, query->topic, &view->topic.label);
}

const struct problem *core_reference_file(struct request *request, const struct nothing *query,
                                          struct nothing *view)
{
    struct builder out = builder_make(request->memory, DOCUMENT_BYTES);
    struct text document;
    (void)query;
    (void)view;
    server_describe(request->server, &out);
    const struct problem *problem = builder_end(&out, &document);
    if (!problem)
        request_send_again(request, document, "application/json", text_of(""));
    return problem;
}

/* ---- the part --------------------------------------------------------------------------------- */

static const struct route routes[] = {
    {GET, "/developers", &core_developers_handler, ANYONE,
     .page = "core/developers/pages/developers.html", .api = "/api/v1", .scope = NO_KEY,
     .summary = "Where programs begin: all topics, and how to read on"},
    {GET, "/problems", &core_problems_handler, ANYONE,
     .page = "core/developers/pages/problems.html", .api = "/api/v1/problems", .scope = NO_KEY,
     .summary = "All that may go wrong, by name"},
    {GET, "/problems/{problem}", &core_problem_handler, ANYONE,
     .page = "core/developers/pages/problem.html", .api = "/api/v1/problems/{problem}",
     .scope = NO_KEY, .summary = "One thing that may go wrong: where the type of a problem leads"},
    {GET, "/developers/{topic}", &core_reference_handler, ANYONE,
     .page = "core/developers/pages/reference.html",
     .summary = "All that programs can do with a topic"},
    {GET, "/developers/openapi.json", &core_reference_file_handler, ANYONE,
     .api = "/api/v1/openapi.json", .scope = NO_KEY, .rate = RATE_SLOW, .sends = "application/json",
     .summary = "This document"},
};
static const struct route_table table = {"developers", ALL(routes)};
static const struct route_table *const tables[] = {&table};

const struct module developers_part = {
    .name = "developers",
    .routes = ALL(tables),
};
