/*
 * What an operation takes and gives, field by field, and a call as one types it.
 *
 * Must not know: HTML, JSON Schema. Read next: base/shape.h.
 */
#include "core/developers/operation.h"

#include <string.h>

#include "web/access.h"
#include "web/words.h"

enum { FIELDS_MAX = 400, DEPTH_MAX = 2, TYPE_BYTES = 2000, CALL_BYTES = 16 << 10 };

const struct problem *operation_label(const struct request *request, struct text topic,
                                      struct text *out)
{
    struct text key = text_format(request->memory, "scope.%.*s", TEXT_ARGS(topic));
    if (!key.data)
        return &out_of_memory;
    *out = words_have(key.data) ? words_text(request->memory, request->language, key.data, NULL, 0)
                                : topic;
    return NULL;
}

/* ---- fields ----------------------------------------------------------------------------------- */

struct listing {
    struct memory *memory;
    struct reference_field *fields;
    size_t count;
    bool gives; /* of an answer */
};

static void add_range(struct builder *out, const struct field *field)
{
    if (field->low == INT64_MIN && field->high == INT64_MAX)
        return;
    builder_add_c(out, ", ");
    if (field->low != INT64_MIN && field->low != 0)
        builder_add_integer(out, field->low);
    builder_add_c(out, "..");
    if (field->high != INT64_MAX)
        builder_add_integer(out, field->high);
}

static void add_type(struct builder *out, const struct field *field, enum field_kind kind)
{
    static const char *const names[] = {
        [FIELD_FLAG] = "flag",     [FIELD_INTEGER] = "integer", [FIELD_TEXT] = "text",
        [FIELD_HTML] = "HTML",     [FIELD_MONEY] = "money",     [FIELD_INSTANT] = "instant",
        [FIELD_STRUCT] = "object", [FIELD_UPLOAD] = "file",
    };
    switch (kind) {
    case FIELD_ID:
        builder_add_format(out, "id %s_", field->prefix ? field->prefix : "");
        break;
    case FIELD_WORD:
        for (size_t i = 0; field->words && i < field->words->count; i++)
            builder_add_format(out, "%s%s", i ? " | " : "", field->words->items[i].name);
        break;
    case FIELD_LIST:
        builder_add_c(out, "list of ");
        add_type(out, field, field->item_kind);
        break;
    case FIELD_FLAG:
    case FIELD_INTEGER:
    case FIELD_TEXT:
    case FIELD_HTML:
    case FIELD_MONEY:
    case FIELD_INSTANT:
    case FIELD_STRUCT:
    case FIELD_UPLOAD:
        builder_add_c(out, names[kind]);
        break;
    }
}

static bool must_come(const struct field *field)
{
    bool may_be_empty = (field->kind == FIELD_TEXT || field->kind == FIELD_LIST) && field->low <= 0;
    return !field->optional && !may_be_empty && field->kind != FIELD_FLAG &&
           field->kind != FIELD_UPLOAD;
}

/* Adds a shape's fields and those inside of them, as "lines[].amount". */
static const struct problem *add_fields(struct listing *listing, const struct shape *shape,
                                        const char *above, struct text place, int depth)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        struct builder type = builder_make(listing->memory, TYPE_BYTES);
        if (listing->count == FIELDS_MAX)
            return &too_large;
        struct reference_field *one = &listing->fields[listing->count++];
        *one = (struct reference_field){
            .name = text_format(listing->memory, "%s%s%s", above, field->name,
                                field->kind == FIELD_LIST ? "[]" : ""),
            .place = place,
            .required = listing->gives ? !field->optional && field->audience == FOR_PUBLIC
                                       : must_come(field),
            .meaning = text_of(field->meaning)};
        add_type(&type, field, field->kind);
        add_range(&type, field);
        const struct problem *problem = builder_end(&type, &one->type);
        if (!problem && !one->name.data)
            problem = &out_of_memory;
        if (!problem && field->shape && depth < DEPTH_MAX) {
            const char *below = text_c(listing->memory,
                                       text_format(listing->memory, "%.*s.", TEXT_ARGS(one->name)));
            problem =
                below ? add_fields(listing, field->shape, below, place, depth + 1) : &out_of_memory;
        }
        if (problem)
            return problem;
    }
    return NULL;
}

static bool in_path(const struct route *route, const char *name)
{
    const char *at = strstr(route->api, name);
    return at && at > route->api && at[-1] == '{' && at[strlen(name)] == '}';
}

static const struct problem *list_takes(const struct request *request, const struct route *route,
                                        struct reference_field_list *out)
{
    const struct shape *takes = route->handler->takes;
    struct listing listing = {
        .memory = request->memory,
        .fields = memory_take_array(request->memory, FIELDS_MAX, sizeof(*out->items))};
    const struct problem *problem = listing.fields ? NULL : &out_of_memory;
    if (!problem && route->once)
        listing.fields[listing.count++] =
            (struct reference_field){TEXT("Idempotency-Key"), TEXT("text, 1..100"), TEXT("header"),
                                     true, TEXT("One's own name for this call")};
    for (size_t i = 0; !problem && i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        bool path = in_path(route, field->name);
        struct shape alone = {.fields = field, .count = 1};
        size_t first = listing.count;
        problem = add_fields(&listing, &alone, "",
                             text_of(path                   ? "path"
                                     : route->method == GET ? "query"
                                                            : "body"),
                             0);
        if (path && !problem)
            listing.fields[first].required = true;
    }
    *out = (struct reference_field_list){listing.fields, listing.count};
    return problem;
}

static const struct problem *list_gives(const struct request *request, const struct route *route,
                                        struct reference_field_list *out)
{
    struct listing listing = {
        .memory = request->memory,
        .fields = memory_take_array(request->memory, FIELDS_MAX, sizeof(*out->items)),
        .gives = true};
    const struct problem *problem =
        listing.fields ? add_fields(&listing, route->handler->gives, "", text_of(""), 0)
                       : &out_of_memory;
    *out = (struct reference_field_list){listing.fields, listing.count};
    return problem;
}

/* ---- a call ----------------------------------------------------------------------------------- */

/* The path with an id in the place of each name. */
static void add_path(struct builder *out, const struct route *route)
{
    const struct shape *takes = route->handler->takes;
    const char *at = route->api;
    for (const char *open = strchr(at, '{'); open; open = strchr(at, '{')) {
        const char *close = strchr(open, '}');
        builder_add_bytes(out, at, (size_t)(open - at));
        const struct field *field =
            shape_find(takes, (struct text){open + 1, (size_t)(close - open - 1)});
        if (field && field->kind == FIELD_ID)
            builder_add_format(out, "%s_01ARZ3NDEKTSV", field->prefix ? field->prefix : "id");
        else if (field && field->kind == FIELD_WORD && field->words->count)
            builder_add_c(out, field->words->items[0].name);
        else
            builder_add_bytes(out, open + 1, (size_t)(close - open - 1));
        at = close + 1;
    }
    builder_add_c(out, at);
}

static const struct problem *write_call(const struct request *request, const struct route *route,
                                        bool keyed, struct text site, struct text *out)
{
    static const char *const verbs[] = {"", "", "-X POST ", "-X PUT ", "-X DELETE "};
    struct builder b = builder_make(request->memory, CALL_BYTES);
    builder_add_format(&b, "curl %s", verbs[route->method]);
    if (keyed)
        builder_add_c(&b, "-H \"Authorization: Bearer $KEY\" \\\n  ");
    else if (route->who != ANYONE)
        builder_add_c(&b, "-b \"session=$SESSION\" \\\n  ");
    if (route->once)
        builder_add_c(&b, "-H \"Idempotency-Key: $(uuidgen)\" \\\n  ");
    if (route->method != GET) {
        struct builder body = builder_make(request->memory, CALL_BYTES);
        struct text json;
        bool any = describe_example(route, &body);
        const struct problem *problem = builder_end(&body, &json);
        if (problem)
            return problem;
        if (any)
            builder_add_format(&b, "-H \"Content-Type: application/json\" \\\n  -d '%.*s' \\\n  ",
                               TEXT_ARGS(json));
    }
    builder_add(&b, site);
    add_path(&b, route);
    return builder_end(&b, out);
}

/* ---- all of it -------------------------------------------------------------------------------- */

static const char *verb_of(enum method method)
{
    static const char *const verbs[] = {"", "GET", "POST", "PUT", "DELETE"};
    return verbs[method];
}

const struct problem *operation_describe(const struct request *request, const char *owner,
                                         const struct route *route, struct text site,
                                         struct reference_operation *out)
{
    char scope[SCOPE_MAX];
    struct memory *memory = request->memory;
    bool keyed = access_scope(owner, route, scope);
    struct text who = text_format(memory, "developers.who.%s", access_name(route->who));
    if (!who.data)
        return &out_of_memory;
    *out = (struct reference_operation){
        .anchor = text_of(route->handler->name),
        .verb = text_of(verb_of(route->method)),
        .path = text_of(route->api),
        .summary = text_of(route->summary ? route->summary : route->handler->gives->meaning),
        .who = words_text(memory, request->language, who.data, NULL, 0),
        .scope = {keyed, text_copy(memory, text_of(scope))},
        .proof = route->proof,
        .repeat = text_of(route->method == GET ? "" : describe_repeat(route)),
        .meaning = text_of(route->handler->gives->meaning),
        .sends = {route->sends != NULL, text_of(route->sends ? route->sends : "")},
    };
    const struct problem *problem = list_takes(request, route, &out->takes);
    if (!problem)
        problem = list_gives(request, route, &out->gives);
    return problem ? problem : write_call(request, route, keyed, site, &out->call);
}
