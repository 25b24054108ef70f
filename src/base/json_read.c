/*
 * JSON in: fills a struct from one object by its shape and names every field that is wrong.
 *
 * jansson parses; what stands in the text is checked as a form's would be, by field_read().
 * Must not know: HTTP. Read next: base/shape.c for the limits, base/json_scan.c.
 */
#include "base/shape.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/field_limits.h"
#include "base/json_scan.h"

enum { ERRORS_MAX = 1000, LIST_MAX = 100000 /* items that a list may declare */ };

/* Text keys of what no field_fault says. */
static const char rule_malformed[] = "field.malformed_json";
static const char rule_not_object[] = "field.not_object";
static const char rule_not_list[] = "field.not_list";

/* Where we are; written as text only when something is wrong. */
struct place {
    const struct place *parent; /* NULL at the root */
    const char *name;           /* of the member, or NULL for an item */
    size_t index;               /* of the item */
};

struct reader {
    struct memory *memory;     /* for texts, lists and errors */
    struct field_error *items; /* errors so far */
    size_t count;              /* how many */
    size_t room;               /* for how many there is memory */
    bool exhausted;            /* the memory ran out */
};

static void add_place(struct builder *path, const struct place *place)
{
    if (place->parent) {
        add_place(path, place->parent);
        if (path->size > 0) {
            builder_add_char(path, '.');
        }
    }
    if (place->name) {
        builder_add_c(path, place->name);
    } else if (place->parent) {
        builder_add_integer(path, (int64_t)place->index);
    }
}

static void add_error(struct reader *reader, const char *path, const struct field_error *error)
{
    if (reader->count == ERRORS_MAX) {
        return;
    }
    if (reader->count == reader->room) {
        size_t room = reader->room ? reader->room * 2 : 8;
        struct field_error *items = memory_take_array(reader->memory, room, sizeof *items);
        if (!items) {
            reader->exhausted = true;
            return;
        }
        if (reader->count > 0) {
            memcpy(items, reader->items, reader->count * sizeof *items);
        }
        reader->items = items;
        reader->room = room;
    }
    reader->items[reader->count] = *error;
    reader->items[reader->count++].field = path;
}

static void fail(struct reader *reader, const struct place *place, const struct field_error *error)
{
    if (reader->count == ERRORS_MAX) {
        return;
    }
    struct builder path = builder_make(reader->memory, SIZE_MAX / 4);
    struct text written;
    add_place(&path, place);
    if (builder_end(&path, &written)) {
        reader->exhausted = true;
        return;
    }
    add_error(reader, written.data, error);
}

static void fail_fault(struct reader *reader, const struct place *place, enum field_fault fault)
{
    struct field_error error = {.fault = fault};
    fail(reader, place, &error);
}

static void fail_rule(struct reader *reader, const struct place *place, const char *rule)
{
    struct field_error error = {.fault = FIELD_REFUSED, .rule = rule};
    fail(reader, place, &error);
}

static struct text string_of(const json_t *value)
{
    return (struct text){json_string_value(value), json_string_length(value)};
}

/* Hands a member's text to the reader of forms. */
static void read_typed(struct reader *reader, const struct field *field, struct text typed,
                       const struct place *place, void *target)
{
    struct field_error error = {.fault = FIELD_FINE};
    struct currency none = {""};
    enum field_fault fault = field_read(reader->memory, field, typed, none, target, &error);
    if (fault == FIELD_REFUSED) {
        reader->exhausted = true; /* the only refusal field_read() knows */
    } else if (fault != FIELD_FINE) {
        fail(reader, place, &error);
    }
}

static void read_string(struct reader *reader, const struct field *field, const json_t *value,
                        enum field_fault otherwise, const struct place *place, void *target)
{
    if (json_is_string(value)) {
        read_typed(reader, field, string_of(value), place, target);
    } else {
        fail_fault(reader, place, otherwise);
    }
}

static void read_integer(struct reader *reader, const struct field *field, const json_t *value,
                         const struct place *place, void *target)
{
    if (!json_is_integer(value)) {
        fail_fault(reader, place, FIELD_NOT_NUMBER);
        return;
    }
    struct field_error error = {.fault = FIELD_FINE};
    int64_t number = json_integer_value(value);
    if (field_check_number(field, number, &error) != FIELD_FINE) {
        fail(reader, place, &error);
        return;
    }
    *(int64_t *)field_place(field, target) = number;
}

static void read_flag(struct reader *reader, const struct field *field, const json_t *value,
                      const struct place *place, void *target)
{
    if (!json_is_boolean(value)) {
        fail_fault(reader, place, FIELD_NOT_FLAG);
        return;
    }
    *(bool *)field_place(field, target) = json_is_true(value);
}

/* {"minor": 184, "currency": "EUR"}, both and nothing else. */
static void read_money(struct reader *reader, const struct field *field, json_t *value,
                       const struct place *place, void *target)
{
    const char *name;
    json_t *member;
    bool known = true;
    json_object_foreach(value, name, member)
    {
        if (strcmp(name, "minor") != 0 && strcmp(name, "currency") != 0) {
            struct place inner = {place, name, 0};
            fail_fault(reader, &inner, FIELD_UNKNOWN);
            known = false;
        }
    }
    const json_t *minor = json_object_get(value, "minor");
    const json_t *code = json_object_get(value, "currency");
    struct money money = {.minor = json_integer_value(minor)};
    if (!json_is_integer(minor) || !json_is_string(code) ||
        !currency_parse(string_of(code), &money.currency)) {
        fail_fault(reader, place, FIELD_NOT_MONEY);
        return;
    }
    struct field_error error = {.fault = FIELD_FINE};
    if (field_check_number(field, money.minor, &error) != FIELD_FINE) {
        fail(reader, place, &error);
    } else if (known) {
        *(struct money *)field_place(field, target) = money;
    }
}

static void read_object(struct reader *reader, const struct shape *shape, json_t *object,
                        const struct place *place, void *target);

/* An item of a list as if it were a field of its own, at the start of its memory. */
static struct field item_of(const struct field *list)
{
    return (struct field){.name = list->name,
                          .kind = list->item_kind,
                          .low = INT64_MIN,
                          .high = INT64_MAX,
                          .prefix = list->prefix,
                          .shape = list->shape};
}

static size_t item_size(const struct field *item)
{
    switch (item->kind) {
    case FIELD_TEXT:
        return sizeof(struct text);
    case FIELD_ID:
        return sizeof(int64_t);
    default:
        return item->shape->size;
    }
}

static void read_item(struct reader *reader, const struct field *item, json_t *value,
                      const struct place *place, void *target)
{
    if (item->kind == FIELD_TEXT) {
        read_string(reader, item, value, FIELD_NOT_TEXT, place, target);
    } else if (item->kind == FIELD_ID) {
        read_string(reader, item, value, FIELD_NOT_ID, place, target);
    } else {
        read_object(reader, item->shape, value, place, target);
    }
}

static bool count_fits(struct reader *reader, const struct field *field, size_t count,
                       const struct place *place)
{
    struct field_error error = {.found = (int64_t)count};
    if (error.found < field->low) {
        error.fault = count == 0 ? FIELD_MISSING : FIELD_TOO_SHORT;
        error.limit = field->low;
        fail(reader, place, &error);
        return false;
    }
    if (error.found > field->high) {
        error.fault = FIELD_TOO_LONG;
        error.limit = field->high;
        fail(reader, place, &error);
        return false;
    }
    return true;
}

static void read_list(struct reader *reader, const struct field *field, json_t *value,
                      const struct place *place, void *target)
{
    if (!json_is_array(value)) {
        fail_rule(reader, place, rule_not_list);
        return;
    }
    size_t count = json_array_size(value);
    if (!count_fits(reader, field, count, place)) {
        return;
    }
    struct field item = item_of(field);
    size_t size = item_size(&item);
    char *items = memory_take_array(reader->memory, count, size);
    if (!items) {
        reader->exhausted = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct place inner = {place, NULL, i};
        read_item(reader, &item, json_array_get(value, i), &inner, items + i * size);
    }
    /* Every X_list begins with a pointer and a count, as LIST_OF() lays them out. */
    struct text_list list = {(const struct text *)(const void *)items, count};
    memcpy(field_place(field, target), &list, sizeof list);
}

static void read_value(struct reader *reader, const struct field *field, json_t *value,
                       const struct place *place, void *target)
{
    switch (field->kind) {
    case FIELD_FLAG:
        read_flag(reader, field, value, place, target);
        break;
    case FIELD_INTEGER:
        read_integer(reader, field, value, place, target);
        break;
    case FIELD_TEXT:
        read_string(reader, field, value, FIELD_NOT_TEXT, place, target);
        break;
    case FIELD_MONEY:
        read_money(reader, field, value, place, target);
        break;
    case FIELD_INSTANT:
        read_string(reader, field, value, FIELD_NOT_DATE, place, target);
        break;
    case FIELD_ID:
        read_string(reader, field, value, FIELD_NOT_ID, place, target);
        break;
    case FIELD_WORD:
        read_string(reader, field, value, FIELD_NOT_WORD, place, target);
        break;
    case FIELD_STRUCT:
        read_object(reader, field->shape, value, place, field_place(field, target));
        break;
    case FIELD_LIST:
        read_list(reader, field, value, place, target);
        break;
    case FIELD_HTML:
    case FIELD_UPLOAD:
        fail_fault(reader, place, FIELD_UNKNOWN);
        break;
    }
}

/* The same as a form that lacks the field: an absent flag is off, an absent list empty. */
static void read_absent(struct reader *reader, const struct field *field, const struct place *place)
{
    if (field->optional || field->kind == FIELD_FLAG || field->kind == FIELD_HTML) {
        return;
    }
    if (field->kind == FIELD_LIST) {
        count_fits(reader, field, 0, place);
        return;
    }
    if (field->kind == FIELD_TEXT && field->low == 0) {
        return;
    }
    fail_fault(reader, place, FIELD_MISSING);
}

static void read_object(struct reader *reader, const struct shape *shape, json_t *object,
                        const struct place *place, void *target)
{
    if (!json_is_object(object)) {
        fail_rule(reader, place, rule_not_object);
        return;
    }
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        struct place inner = {place, field->name, 0};
        json_t *value = json_object_get(object, field->name);
        if (!value || json_is_null(value)) {
            read_absent(reader, field, &inner);
        } else {
            read_value(reader, field, value, &inner, target);
        }
    }
    const char *name;
    json_t *member;
    json_object_foreach(object, name, member)
    {
        if (!shape_find(shape, text_of(name))) {
            struct place inner = {place, NULL, 0};
            struct text kept = text_copy(reader->memory, text_of(name));
            reader->exhausted = reader->exhausted || !kept.data;
            inner.name = kept.data;
            fail_fault(reader, &inner, FIELD_UNKNOWN);
        }
    }
}

/* Some of what jansson refuses has a place and a name of its own. */
static void add_parse_error(struct reader *reader, struct bytes json, const json_error_t *parse)
{
    size_t position = parse->position > 0 ? (size_t)parse->position : 0;
    size_t start = 0;
    bool at_name = false;
    struct field_error error = {.fault = FIELD_FINE};
    switch (json_error_code(parse)) {
    case json_error_duplicate_key:
        error.fault = FIELD_REPEATED;
        at_name = true;
        break;
    case json_error_invalid_utf8:
    case json_error_null_character:
    case json_error_null_byte_in_key:
        error.fault = FIELD_NOT_TEXT;
        break;
    case json_error_numeric_overflow:
        error.fault = FIELD_TOO_LARGE;
        error.limit = MONEY_MAX;
        break;
    default:
        error.fault = FIELD_REFUSED;
        error.rule = rule_malformed;
        error.found = (int64_t)position;
        add_error(reader, "", &error);
        return;
    }
    struct text path = json_path_at(reader->memory, json, position, at_name, &start);
    while (start < json.size && strchr(" \t\r\n", json.data[start])) {
        start++;
    }
    if (error.fault == FIELD_TOO_LARGE && start < json.size && json.data[start] == '-') {
        error.fault = FIELD_TOO_SMALL;
        error.limit = -MONEY_MAX;
    }
    add_error(reader, path.data, &error);
}

/* How many members and items such a shape may have: what its lists allow, and never less than any may. */
static size_t members_of(const struct shape *shape)
{
    size_t most = JSON_MEMBERS_MAX;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->kind == FIELD_LIST && field->high < LIST_MAX) {
            size_t each = field->shape ? 4 * field->shape->count : 1;
            most += (size_t)field->high * (each + 1);
        }
    }
    return most;
}

const struct problem *shape_read_json(struct memory *memory, const struct shape *shape,
                                      struct bytes json, void *target, struct field_errors *errors)
{
    struct reader reader = {.memory = memory};
    *errors = (struct field_errors){NULL, 0};
    if (!json_is_small(json, members_of(shape))) {
        return &too_large;
    }
    json_error_t parse;
    json_t *root = json_loadb(json.data ? (const char *)json.data : "", json.size,
                              JSON_REJECT_DUPLICATES, &parse);
    if (root) {
        struct place top = {NULL, NULL, 0};
        memset(target, 0, shape->size);
        read_object(&reader, shape, root, &top, target);
        json_decref(root);
    } else if (json_error_code(&parse) == json_error_out_of_memory) {
        return &out_of_memory;
    } else {
        add_parse_error(&reader, json, &parse);
    }
    if (reader.exhausted) {
        return &out_of_memory;
    }
    *errors = (struct field_errors){reader.items, reader.count};
    return reader.count > 0 ? &invalid_input : NULL;
}
