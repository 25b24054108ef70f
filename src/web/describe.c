/*
 * The OpenAPI 3.1 document of all routes with an api path, made from the shapes.
 *
 * Must not know: requests, any module. Read next: base/shape.h, web/route.h.
 * Source of the format: OpenAPI Specification 3.1.0; JSON Schema 2020-12.
 */
#include <jansson.h>
#include <string.h>

#include "web/access.h"
#include "web/problem_page.shapes.h"
#include "web/router.h"

static json_t *words_of(struct text t)
{
    return json_stringn(t.data ? t.data : "", t.size);
}

static json_t *reference(const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", name));
}

static void add_limits(json_t *schema, const struct field *field, const char *least,
                       const char *most)
{
    if (field->low != INT64_MIN && (field->low != 0 || strcmp(least, "minimum") == 0))
        json_object_set_new(schema, least, json_integer(field->low));
    if (field->high != INT64_MAX)
        json_object_set_new(schema, most, json_integer(field->high));
}

static json_t *word_schema(const struct words *words)
{
    json_t *names = json_array();
    for (size_t i = 0; words && i < words->count; i++)
        json_array_append_new(names, json_string(words->items[i].name));
    return json_pack("{s:s, s:o}", "type", "string", "enum", names);
}

static json_t *text_schema(const struct field *field)
{
    json_t *schema = json_pack("{s:s}", "type", "string");
    add_limits(schema, field, "minLength", "maxLength");
    if (field->format == FORMAT_URL)
        json_object_set_new(schema, "format", json_string("uri-reference"));
    if (field->format == FORMAT_MAIL)
        json_object_set_new(schema, "format", json_string("email"));
    return schema;
}

static json_t *id_schema(const struct field *field)
{
    const char *prefix = field->prefix ? field->prefix : "id";
    return json_pack("{s:s, s:o, s:[o]}", "type", "string", "pattern",
                     json_sprintf("^%s_[0-9A-HJKMNP-TV-Z]{13}$", prefix), "examples",
                     json_sprintf("%s_01ARZ3NDEKTSV", prefix));
}

static json_t *money_schema(const struct field *field)
{
    json_t *minor = json_pack("{s:s, s:s}", "type", "integer", "description",
                              "Minor units of the currency: 184 is 1.84 EUR");
    add_limits(minor, field, "minimum", "maximum");
    json_object_set_new(minor, "examples",
                        json_pack("[I]", (json_int_t)(field->low > 184 ? field->low : 184)));
    return json_pack("{s:s, s:{s:o, s:{s:s, s:s, s:[s]}}, s:[s,s], s:b}", "type", "object",
                     "properties", "minor", minor, "currency", "type", "string", "pattern",
                     "^[A-Z]{3}$", "examples", "EUR", "required", "minor", "currency",
                     "additionalProperties", 0);
}

static json_t *value_schema(const struct field *field, enum field_kind kind);

static json_t *list_schema(const struct field *field)
{
    struct field item = *field;
    item.low = INT64_MIN;
    item.high = INT64_MAX;
    json_t *schema =
        json_pack("{s:s, s:o}", "type", "array", "items", value_schema(&item, field->item_kind));
    add_limits(schema, field, "minItems", "maxItems");
    return schema;
}

static json_t *value_schema(const struct field *field, enum field_kind kind)
{
    json_t *schema = NULL;
    switch (kind) {
    case FIELD_FLAG:
        return json_pack("{s:s}", "type", "boolean");
    case FIELD_INTEGER:
        schema = json_pack("{s:s}", "type", "integer");
        add_limits(schema, field, "minimum", "maximum");
        return schema;
    case FIELD_TEXT:
        return text_schema(field);
    case FIELD_HTML:
        return json_pack("{s:s, s:s}", "type", "string", "contentMediaType", "text/html");
    case FIELD_MONEY:
        return money_schema(field);
    case FIELD_INSTANT:
        return json_pack("{s:s, s:s, s:[s]}", "type", "string", "format", "date-time", "examples",
                         "2026-06-10T14:02:11.000Z");
    case FIELD_ID:
        return id_schema(field);
    case FIELD_WORD:
        return word_schema(field->words);
    case FIELD_STRUCT:
        return field->shape ? reference(field->shape->name) : json_pack("{s:s}", "type", "object");
    case FIELD_LIST:
        return list_schema(field);
    case FIELD_UPLOAD:
        return json_pack("{s:s, s:s}", "type", "string", "format", "binary");
    }
    return json_object();
}

static json_t *field_schema(const struct field *field)
{
    json_t *schema = value_schema(field, field->kind);
    if (field->kind != FIELD_STRUCT)
        json_object_set_new(schema, "description", json_string(field->meaning));
    return schema;
}

static bool is_required(const struct field *field, bool given)
{
    if (field->optional)
        return false;
    /* A view always has what is not optional; an input may leave out what has a natural nothing. */
    if (given)
        return field->audience == FOR_PUBLIC;
    bool may_be_empty = (field->kind == FIELD_TEXT || field->kind == FIELD_LIST) && field->low <= 0;
    return !may_be_empty && field->kind != FIELD_FLAG && field->kind != FIELD_UPLOAD;
}

static json_t *shape_schema(const struct shape *shape, bool given)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        json_object_set_new(properties, field->name, field_schema(field));
        if (is_required(field, given))
            json_array_append_new(required, json_string(field->name));
    }
    json_t *schema = json_pack("{s:s, s:s, s:o}", "type", "object", "description", shape->meaning,
                               "properties", properties);
    if (json_array_size(required))
        json_object_set_new(schema, "required", required);
    else
        json_decref(required);
    if (!given)
        json_object_set_new(schema, "additionalProperties", json_false());
    return schema;
}

/* Adds a view's schema and those it holds, once each. */
static void add_schemas(json_t *schemas, const struct shape *shape, bool given)
{
    if (json_object_get(schemas, shape->name))
        return;
    json_object_set_new(schemas, shape->name, shape_schema(shape, given));
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].shape)
            add_schemas(schemas, shape->fields[i].shape, given);
}

static bool in_path(const struct endpoint *endpoint, const char *name)
{
    for (size_t i = 0; i < endpoint->count; i++)
        if (text_is(endpoint->names[i], name))
            return true;
    return false;
}

static void add_parameters(json_t *list, const struct endpoint *endpoint)
{
    const struct shape *takes = endpoint->route->handler->takes;
    for (size_t i = 0; i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        bool path = in_path(endpoint, field->name);
        if (!path && endpoint->route->method != GET)
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", field->name,
                                              "in", path ? "path" : "query", "required",
                                              path || is_required(field, false), "description",
                                              field->meaning, "schema",
                                              value_schema(field, field->kind)));
    }
    if (endpoint->route->once)
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:i, s:i}}", "name", "Idempotency-Key",
                            "in", "header", "required", 1, "description",
                            "The same key with the same content answers as the first time",
                            "schema", "type", "string", "minLength", 1, "maxLength", 100));
}

static bool has_files(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].kind == FIELD_UPLOAD || shape->fields[i].item_kind == FIELD_UPLOAD)
            return true;
    return false;
}

static void add_body(json_t *operation, const struct endpoint *endpoint)
{
    const struct shape *body = &endpoint->body;
    if (endpoint->route->method == GET || body->count == 0)
        return;
    const char *type = has_files(body) ? "multipart/form-data" : "application/json";
    json_object_set_new(operation, "requestBody",
                        json_pack("{s:b, s:{s:{s:o}}}", "required", 1, "content", type, "schema",
                                  shape_schema(body, false)));
}

static json_t *problem_response(const char *description)
{
    return json_pack("{s:s, s:{s:{s:o}}}", "description", description, "content",
                     "application/problem+json", "schema", reference("problem_document"));
}

static json_t *responses(const struct endpoint *endpoint)
{
    const struct route *route = endpoint->route;
    const struct shape *gives = route->handler->gives;
    json_t *all = json_pack("{s:{s:s, s:{s:{s:o}}}}", "200", "description", gives->meaning,
                            "content", "application/json", "schema", reference(gives->name));
    if (route->who != ANYONE) {
        json_object_set_new(all, "401", problem_response("Sign in first"));
        json_object_set_new(all, "403",
                            problem_response(route->proof
                                                 ? "Known, and not allowed, or to be proved "
                                                   "again first (web.prove)"
                                                 : "Known, and not allowed"));
    }
    if (endpoint->count)
        json_object_set_new(all, "404", problem_response("There is no such thing"));
    json_object_set_new(all, "422", problem_response("Fields are wrong; errors names them"));
    json_object_set_new(all, "429", problem_response("Called too often; see Retry-After"));
    json_object_set_new(all, "default", problem_response("Any other problem"));
    return all;
}

static json_t *operation_of(const struct endpoint *endpoint, json_t *schemas)
{
    const struct route *route = endpoint->route;
    add_schemas(schemas, route->handler->gives, true);
    json_t *parameters = json_array();
    add_parameters(parameters, endpoint);
    for (size_t i = 0; i < endpoint->body.count; i++)
        if (endpoint->body.fields[i].shape)
            add_schemas(schemas, endpoint->body.fields[i].shape, false);
    json_t *operation =
        json_pack("{s:s, s:[s], s:o, s:s, s:o}", "operationId", route->handler->name, "tags",
                  endpoint->owner, "parameters", parameters, "x-who", access_name(route->who),
                  "responses", responses(endpoint));
    if (route->summary)
        json_object_set_new(operation, "summary", json_string(route->summary));
    if (route->who == ANYONE)
        json_object_set_new(operation, "security", json_array());
    add_body(operation, endpoint);
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

static json_t *document_of(const struct server *server)
{
    json_t *paths = json_object();
    json_t *schemas = json_object();
    add_schemas(schemas, &problem_document_shape, true);
    for (size_t i = 0; i < server->endpoint_count; i++) {
        const struct endpoint *endpoint = &server->endpoints[i];
        if (!endpoint->api)
            continue;
        json_t *item = json_object_get(paths, endpoint->path);
        if (!item) {
            item = json_object();
            json_object_set_new(paths, endpoint->path, item);
        }
        json_object_set_new(item, verb_key(endpoint->route->method),
                            operation_of(endpoint, schemas));
    }
    return json_pack("{s:s, s:{s:o, s:s}, s:o, s:{s:o, s:{s:{s:s, s:s}, s:{s:s, s:s, s:s}}}, "
                     "s:[{s:[]}, {s:[]}]}",
                     "openapi", "3.1.0", "info", "title", words_of(server->site), "version", "1",
                     "paths", paths, "components", "schemas", schemas, "securitySchemes", "bearer",
                     "type", "http", "scheme", "bearer", "session", "type", "apiKey", "in",
                     "cookie", "name", SESSION_COOKIE, "security", "bearer", "session");
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
    if (!document || json_dump_callback(document, append, out, JSON_INDENT(2)) != 0)
        out->failed = true;
    json_decref(document);
}
