/*
 * JSON out: a view becomes one object, straight from its shape, for one audience.
 *
 * Must not know: who is asking (the caller chose the audience), problem documents.
 * Read next: base/json_read.c.
 */
#include "base/shape.h"

#include <string.h>

#include "base/ids.h"
#include "base/log.h"

static void add_id(struct builder *out, const char *prefix, const void *value)
{
    int64_t id;
    memcpy(&id, value, sizeof id);
    if (id <= 0) {
        builder_add_c(out, "null");
        return;
    }
    char written[ID_TEXT_MAX];
    id_write(written, prefix, id);
    builder_add_char(out, '"');
    builder_add_c(out, written);
    builder_add_char(out, '"');
}

static void add_instant(struct builder *out, const struct instant *at)
{
    if (at->ms == 0) {
        builder_add_c(out, "null");
        return;
    }
    char written[INSTANT_TEXT_MAX];
    instant_print(written, *at);
    builder_add_char(out, '"');
    builder_add_c(out, written);
    builder_add_char(out, '"');
}

static void add_money(struct builder *out, const struct money *money)
{
    if (money->currency.code[0] == '\0') {
        builder_add_c(out, "null");
        return;
    }
    builder_add_c(out, "{\"minor\":");
    builder_add_integer(out, money->minor);
    builder_add_c(out, ",\"currency\":");
    builder_add_json(out, text_of(money->currency.code));
    builder_add_char(out, '}');
}

/* An unset enum is a bug of ours, but no reason to end the process over one page. */
static void add_word(struct builder *out, const struct field *field, const void *value)
{
    int word;
    memcpy(&word, value, sizeof word);
    const char *name = words_name(field->words, word);
    if (!name) {
        log_write(LOG_ERROR, "json.word_unset", "field=%s words=%s value=%d", field->name,
                  field->words->name, word);
        builder_add_c(out, "null");
        return;
    }
    builder_add_json(out, text_of(name));
}

static size_t item_size(const struct field *field)
{
    switch (field->item_kind) {
    case FIELD_TEXT:
        return sizeof(struct text);
    case FIELD_ID:
        return sizeof(int64_t);
    default:
        return field->shape->size;
    }
}

static void add_list(struct builder *out, const struct field *field, const struct text_list *list,
                     enum audience audience)
{
    const char *item = (const char *)(const void *)list->items;
    size_t size = item_size(field);
    builder_add_char(out, '[');
    for (size_t i = 0; i < list->count; i++, item += size) {
        if (i > 0) {
            builder_add_char(out, ',');
        }
        if (field->item_kind == FIELD_TEXT) {
            builder_add_json(out, *(const struct text *)(const void *)item);
        } else if (field->item_kind == FIELD_ID) {
            add_id(out, field->prefix, item);
        } else {
            shape_write_json(out, field->shape, item, audience);
        }
    }
    builder_add_char(out, ']');
}

static void add_value(struct builder *out, const struct field *field, const void *value,
                      enum audience audience)
{
    switch (field->kind) {
    case FIELD_FLAG:
        builder_add_c(out, *(const bool *)value ? "true" : "false");
        break;
    case FIELD_INTEGER:
        builder_add_integer(out, *(const int64_t *)value);
        break;
    case FIELD_TEXT:
        builder_add_json(out, *(const struct text *)value);
        break;
    case FIELD_HTML:
        builder_add_json(out, ((const struct html *)value)->markup);
        break;
    case FIELD_MONEY:
        add_money(out, value);
        break;
    case FIELD_INSTANT:
        add_instant(out, value);
        break;
    case FIELD_ID:
        add_id(out, field->prefix, value);
        break;
    case FIELD_WORD:
        add_word(out, field, value);
        break;
    case FIELD_STRUCT:
        shape_write_json(out, field->shape, value, audience);
        break;
    case FIELD_LIST:
        /* Every X_list begins with a pointer and a count, as LIST_OF() lays them out. */
        add_list(out, field, value, audience);
        break;
    case FIELD_UPLOAD:
        break;
    }
}

void shape_write_json(struct builder *out, const struct shape *shape, const void *source,
                      enum audience audience)
{
    bool first = true;
    builder_add_char(out, '{');
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const char *member = (const char *)source + field->offset;
        if (field->audience > audience || field->kind == FIELD_UPLOAD ||
            (field->optional && !*(const bool *)member)) {
            continue;
        }
        builder_add_c(out, first ? "\"" : ",\"");
        first = false;
        builder_add_c(out, field->name);
        builder_add_c(out, "\":");
        add_value(out, field, member + field->value_offset, audience);
    }
    builder_add_char(out, '}');
}
