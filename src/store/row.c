/*
 * Between a struct and the engine's plain values, by its shape: parameters out, rows in.
 *
 * Must not know: an engine, SQL text. Read next: store/statement.c, which made sure that every
 * parameter and column has its field.
 */
#include "store/engine.h"

#include <string.h>

#include "base/ids.h"
#include "base/log.h"

/* A struct x_list of any x. */
struct any_list {
    const void *items;
    size_t count;
};

static int64_t load_integer(const char *at)
{
    int64_t integer;
    memcpy(&integer, at, sizeof integer);
    return integer;
}

static const struct problem *unset(const struct plan *plan, const struct field *field)
{
    log_write(LOG_ERROR, "store.parameter_unset", "statement=%s field=%s", plan->statement->name,
              field->name);
    return &our_fault;
}

static struct value value_integer(int64_t integer)
{
    return (struct value){VALUE_INTEGER, integer, {NULL, 0}};
}

static struct value value_text(struct text text)
{
    return (struct value){VALUE_TEXT, 0, {text.data ? text.data : "", text.size}};
}

static const struct problem *value_word(const struct plan *plan, const struct field *field,
                                        const char *at, struct value *out)
{
    int number;
    memcpy(&number, at, sizeof number);
    const char *name = words_name(field->words, number);
    if (!name) {
        return unset(plan, field);
    }
    *out = value_text(text_of(name));
    return NULL;
}

static const struct problem *value_money(const struct plan *plan, const struct bound *bound,
                                         const struct money *money, struct value *out)
{
    if (money->currency.code[0] == '\0') {
        return unset(plan, bound->field);
    }
    if (bound->part == PART_MINOR) {
        *out = value_integer(money->minor);
    } else {
        *out = value_text((struct text){money->currency.code, 3});
    }
    return NULL;
}

static const struct problem *value_of(const struct plan *plan, const struct bound *bound,
                                      const char *takes, struct value *out)
{
    const struct field *field = bound->field;
    const char *at = takes + field->offset;
    if (field->optional) {
        if (!*(const bool *)at) {
            *out = (struct value){.kind = VALUE_NULL};
            return NULL;
        }
        at += field->value_offset;
    }
    switch (field->kind) {
    case FIELD_FLAG:
        *out = value_integer(*(const bool *)at ? 1 : 0);
        return NULL;
    case FIELD_INTEGER:
    case FIELD_INSTANT:
    case FIELD_ID:
        *out = value_integer(load_integer(at));
        return NULL;
    case FIELD_TEXT:
        *out = value_text(*(const struct text *)(const void *)at);
        return NULL;
    case FIELD_MONEY:
        return value_money(plan, bound, (const struct money *)(const void *)at, out);
    case FIELD_WORD:
        return value_word(plan, field, at, out);
    case FIELD_HTML:
    case FIELD_STRUCT:
    case FIELD_LIST:
    case FIELD_UPLOAD:
        break;
    }
    /* plan_make() lets no statement take these. */
    ensure(field->kind == FIELD_WORD);
    return &our_fault;
}

const struct problem *values_of(const struct plan *plan, const void *takes, struct value *values)
{
    for (size_t i = 0; i < plan->parameter_count; i++) {
        const struct problem *problem = value_of(plan, &plan->parameters[i], takes, &values[i]);
        if (problem) {
            return problem;
        }
    }
    return NULL;
}

struct rows rows_begin(const struct plan *plan, struct memory *memory, void *out)
{
    struct rows rows = {.plan = plan, .memory = memory, .out = out};
    if (plan->statement->gives == GIVES_MANY) {
        memset(out, 0, sizeof(struct any_list));
    } else if (plan->statement->gives == GIVES_ONE) {
        memset(out, 0, plan->statement->row->size);
    }
    return rows;
}

static const struct problem *refuse(const struct rows *rows, const struct field *field,
                                    const char *reason)
{
    log_write(LOG_ERROR, "store.bad_row", "statement=%s column=%s reason=\"%s\"",
              rows->plan->statement->name, field->name, reason);
    return &store_broken;
}

static const struct problem *take_currency(const struct rows *rows, const struct field *field,
                                           struct text code, char *at)
{
    if (code.size != 3) {
        return refuse(rows, field, "no currency");
    }
    memcpy(((struct money *)(void *)at)->currency.code, code.data, 3);
    return NULL;
}

static const struct problem *take_integer(const struct rows *rows, const struct field *field,
                                          int64_t integer, char *at)
{
    if (field->kind == FIELD_FLAG) {
        if (integer != 0 && integer != 1) {
            return refuse(rows, field, "neither 0 nor 1");
        }
        *(bool *)at = integer == 1;
        return NULL;
    }
    if (field->kind == FIELD_MONEY) {
        at += offsetof(struct money, minor);
    } else if (field->kind == FIELD_ID) {
        ids_follow(integer);
    }
    memcpy(at, &integer, sizeof integer);
    return NULL;
}

static const struct problem *take_word(const struct rows *rows, const struct field *field,
                                       struct text name, char *at)
{
    int number = words_value(field->words, name);
    if (number == 0) {
        return refuse(rows, field, "unknown word");
    }
    memcpy(at, &number, sizeof number);
    return NULL;
}

/* Copies a text to *arena, which has room for every text of the row and its NUL. */
static void take_text(struct text text, char *at, char **arena)
{
    struct text copy = {*arena, text.size};
    if (text.size > 0) {
        memcpy(*arena, text.data, text.size);
    }
    (*arena)[text.size] = '\0';
    *arena += text.size + 1;
    memcpy(at, &copy, sizeof copy);
}

static bool wants_text(const struct bound *bound)
{
    return bound->part == PART_CURRENCY || bound->field->kind == FIELD_TEXT ||
           bound->field->kind == FIELD_WORD;
}

static const struct problem *take(const struct rows *rows, const struct bound *bound,
                                  const struct value *value, char *row, char **arena)
{
    const struct field *field = bound->field;
    char *at = row + field->offset;
    if (value->kind == VALUE_NULL) {
        return field->optional ? NULL : refuse(rows, field, "NULL");
    }
    if (value->kind != (wants_text(bound) ? VALUE_TEXT : VALUE_INTEGER)) {
        return refuse(rows, field, "another type");
    }
    if (field->optional) {
        *(bool *)at = true;
        at += field->value_offset;
    }
    if (value->kind == VALUE_INTEGER) {
        return take_integer(rows, field, value->integer, at);
    }
    if (bound->part == PART_CURRENCY) {
        return take_currency(rows, field, value->text, at);
    }
    if (field->kind == FIELD_WORD) {
        return take_word(rows, field, value->text, at);
    }
    take_text(value->text, at, arena);
    return NULL;
}

/* Both halves of a money are there, or both are NULL. */
static bool money_whole(const struct plan *plan, const struct value *values, size_t column)
{
    for (size_t i = 0; i < plan->column_count; i++) {
        if (plan->columns[i].field == plan->columns[column].field &&
            (values[i].kind == VALUE_NULL) != (values[column].kind == VALUE_NULL)) {
            return false;
        }
    }
    return true;
}

static const struct problem *take_row(const struct rows *rows, const struct value *values,
                                      char *row)
{
    const struct plan *plan = rows->plan;
    size_t size = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        size += plan->columns[i].field->kind == FIELD_TEXT ? values[i].text.size + 1 : 0;
    }
    char *arena = size > 0 ? memory_take(rows->memory, size) : NULL;
    if (size > 0 && !arena) {
        return &out_of_memory;
    }
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct field *field = plan->columns[i].field;
        if (field->kind == FIELD_MONEY && field->optional && !money_whole(plan, values, i)) {
            return refuse(rows, field, "half of a money is NULL");
        }
        const struct problem *problem = take(rows, &plan->columns[i], &values[i], row, &arena);
        if (problem) {
            return problem;
        }
    }
    return NULL;
}

static const struct problem *grow(struct rows *rows)
{
    size_t size = rows->plan->statement->row->size;
    size_t room = rows->room == 0 ? 16 : rows->room * 2;
    char *items = memory_take_array(rows->memory, room, size);
    if (!items) {
        return &out_of_memory;
    }
    if (rows->count > 0) {
        memcpy(items, rows->items, rows->count * size);
    }
    rows->items = items;
    rows->room = room;
    return NULL;
}

const struct problem *rows_add(struct rows *rows, const struct value *values)
{
    const struct statement *statement = rows->plan->statement;
    char *row = rows->out;
    if (statement->gives == GIVES_NOTHING || (statement->gives == GIVES_ONE && rows->count > 0)) {
        log_write(LOG_ERROR, "store.too_many_rows", "statement=%s", statement->name);
        return &our_fault;
    }
    if (statement->gives == GIVES_MANY) {
        const struct problem *problem = rows->count == rows->room ? grow(rows) : NULL;
        if (problem) {
            return problem;
        }
        row = rows->items + rows->count * statement->row->size;
    }
    const struct problem *problem = take_row(rows, values, row);
    if (!problem) {
        rows->count++;
    }
    return problem;
}

const struct problem *rows_end(struct rows *rows)
{
    if (rows->plan->statement->gives == GIVES_MANY) {
        struct any_list list = {rows->items, rows->count};
        memcpy(rows->out, &list, sizeof list);
    }
    return rows->plan->statement->gives == GIVES_ONE && rows->count == 0 ? &not_found : NULL;
}
