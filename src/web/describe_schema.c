/*
 * Shapes as JSON Schemas (2020-12), with examples.
 *
 * Must not know: routes. Read next: web/describe.c.
 */
#include <string.h>

#include "web/describe_parts.h"

enum { NESTED_MAX = 6 /* of examples */ };

static json_t *reference(const struct shape *shape, enum way way)
{
    return json_pack(
        "{s:o}", "$ref",
        json_sprintf("#/components/schemas/%s%s", shape->name, way == WAY_IN ? "_in" : ""));
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
    return json_pack("{s:s, s:{s:o, s:{s:s, s:s, s:[s]}}, s:[s,s], s:b}", "type", "object",
                     "properties", "minor", minor, "currency", "type", "string", "pattern",
                     "^[A-Z]{3}$", "examples", "EUR", "required", "minor", "currency",
                     "additionalProperties", 0);
}

static json_t *value_schema(const struct field *field, enum field_kind kind, enum way way);

static json_t *list_schema(const struct field *field, enum way way)
{
    struct field item = *field;
    item.low = INT64_MIN;
    item.high = INT64_MAX;
    json_t *schema = json_pack("{s:s, s:o}", "type", "array", "items",
                               value_schema(&item, field->item_kind, way));
    add_limits(schema, field, "minItems", "maxItems");
    return schema;
}

static json_t *value_schema(const struct field *field, enum field_kind kind, enum way way)
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
        return field->shape ? reference(field->shape, way) : json_pack("{s:s}", "type", "object");
    case FIELD_LIST:
        return list_schema(field, way);
    case FIELD_UPLOAD:
        return json_pack("{s:s, s:s}", "type", "string", "format", "binary");
    }
    return json_object();
}

json_t *schema_of_field(const struct field *field, enum way way)
{
    json_t *schema = value_schema(field, field->kind, way);
    /* An empty text is none: the limit holds for what is there. */
    if (way == WAY_IN && field->optional && field->kind == FIELD_TEXT)
        json_object_del(schema, "minLength");
    json_object_set_new(schema, "description", json_string(field->meaning));
    return schema;
}

json_t *schema_of_parameter(const struct field *field)
{
    if (field->kind == FIELD_MONEY)
        return json_pack("{s:s, s:[s]}", "type", "string", "examples", "12.50");
    if (field->kind == FIELD_INSTANT)
        return json_pack("{s:s, s:[s,s]}", "type", "string", "examples", "2026-06-10",
                         "2026-06-10T14:02:11Z");
    if (field->kind == FIELD_FLAG)
        return json_pack("{s:s, s:[s,s]}", "type", "string", "enum", "on", "off");
    return value_schema(field, field->kind, WAY_IN);
}

bool schema_requires(const struct field *field, enum way way)
{
    if (field->optional)
        return false;
    /* A view always has what is not optional; an input may leave out what has a natural nothing. */
    if (way == WAY_OUT)
        return field->audience == FOR_PUBLIC;
    bool may_be_empty = (field->kind == FIELD_TEXT || field->kind == FIELD_LIST) && field->low <= 0;
    return !may_be_empty && field->kind != FIELD_FLAG && field->kind != FIELD_UPLOAD;
}

json_t *schema_of_shape(const struct shape *shape, enum way way)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        json_object_set_new(properties, field->name, schema_of_field(field, way));
        if (schema_requires(field, way))
            json_array_append_new(required, json_string(field->name));
    }
    json_t *schema = json_pack("{s:s, s:s, s:o}", "type", "object", "description", shape->meaning,
                               "properties", properties);
    if (json_array_size(required))
        json_object_set_new(schema, "required", required);
    else
        json_decref(required);
    if (way == WAY_IN)
        json_object_set_new(schema, "additionalProperties", json_false());
    return schema;
}

void schema_add_parts(json_t *components, const struct shape *shape, enum way way)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (shape->fields[i].shape)
            json_decref(schema_reference(components, shape->fields[i].shape, way));
    }
}

json_t *schema_reference(json_t *components, const struct shape *shape, enum way way)
{
    char name[128];
    snprintf(name, sizeof name, "%s%s", shape->name, way == WAY_IN ? "_in" : "");
    if (!json_object_get(components, name)) {
        json_object_set_new(components, name, schema_of_shape(shape, way));
        schema_add_parts(components, shape, way);
    }
    return reference(shape, way);
}

/* ---- examples --------------------------------------------------------------------------------- */

static json_t *shape_example(const struct shape *shape, enum way way, int depth);

/* What stands in a text of that name; anything of the right length fits. */
static json_t *text_example(const struct field *field)
{
    static const char *const known[][2] = {
        {"name", "Inés Otero"},
        {"title", "Bridge at dusk"},
        {"place", "Bonn"},
        {"mail", "ines@example.org"},
        {"website", "https://example.org/"},
        {"tags", "sea, evening"},
        {"iban", "ES9121000418450200051332"},
        {"scopes", "stock.read"},
        {"code", "123456"},
    };
    char word[256] = "";
    const char *text = "Text";
    if (field->format == FORMAT_MAIL)
        text = "ines@example.org";
    else if (field->format == FORMAT_URL)
        text = "https://example.org/";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(field->name, known[i][0]) == 0)
            text = known[i][1];
    }
    int64_t size = (int64_t)strlen(text);
    if (size >= field->low && size <= field->high)
        return json_string(text);
    int64_t wanted = field->low > 0 ? field->low : 1;
    for (int64_t i = 0; i < wanted && i < (int64_t)sizeof word - 1; i++)
        word[i] = 'x';
    return json_string(word);
}

static int64_t number_example(const struct field *field, int64_t usual)
{
    if (usual < field->low)
        return field->low;
    return usual > field->high ? field->high : usual;
}

static json_t *value_example(const struct field *field, enum field_kind kind, enum way way,
                             int depth)
{
    json_t *list = NULL;
    struct field item = *field;
    switch (kind) {
    case FIELD_FLAG:
        return json_true();
    case FIELD_INTEGER:
        return json_integer(number_example(field, 3));
    case FIELD_TEXT:
        return text_example(field);
    case FIELD_HTML:
        return json_string("Text");
    case FIELD_MONEY:
        return json_pack("{s:I, s:s}", "minor", (json_int_t)number_example(field, 1250), "currency",
                         "EUR");
    case FIELD_INSTANT:
        return json_string("2026-06-10T14:02:11.000Z");
    case FIELD_ID:
        return json_sprintf("%s_01ARZ3NDEKTSV", field->prefix ? field->prefix : "id");
    case FIELD_WORD:
        return json_string(field->words && field->words->count ? field->words->items[0].name : "");
    case FIELD_STRUCT:
        return field->shape ? shape_example(field->shape, way, depth + 1) : json_object();
    case FIELD_LIST:
        item.low = INT64_MIN;
        item.high = INT64_MAX;
        list = json_array();
        for (int64_t i = 0; depth < NESTED_MAX && i < (field->low > 1 ? field->low : 1); i++)
            json_array_append_new(list, value_example(&item, field->item_kind, way, depth));
        return list;
    case FIELD_UPLOAD:
        break;
    }
    return json_string("");
}

static json_t *shape_example(const struct shape *shape, enum way way, int depth)
{
    json_t *example = json_object();
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        /* Nobody has read the thing that an example changes. */
        bool seen = way == WAY_IN && strcmp(field->name, "version") == 0;
        if (!seen && field->kind != FIELD_UPLOAD && field->item_kind != FIELD_UPLOAD)
            json_object_set_new(example, field->name,
                                value_example(field, field->kind, way, depth));
    }
    return example;
}

json_t *schema_example(const struct shape *shape, enum way way)
{
    return shape_example(shape, way, 0);
}
