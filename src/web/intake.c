/*
 * From what the client sent to the handler's input struct.
 *
 * Must not know: sockets, sessions, templates. Read next: web/server_test.c.
 */
#include "web/intake.h"

#include <string.h>

#define BLAME_MAX 200 /* errors of one request; the rest would not be read */

/* Every list of pointers and a count has this layout; lists are typed only for their users. */
struct any_list {
    const void *items;
    size_t count;
};

void blame_add(struct blame *blame, struct field_error error)
{
    if (blame->count >= BLAME_MAX)
        return;
    if (blame->count == blame->room) {
        size_t room = blame->room ? blame->room * 2 : 8;
        struct field_error *items = memory_take_array(blame->memory, room, sizeof *items);
        if (!items)
            return;
        if (blame->count)
            memcpy(items, blame->items, blame->count * sizeof *items);
        blame->items = items;
        blame->room = room;
    }
    blame->items[blame->count++] = error;
}

static void blame_field(struct blame *blame, const struct field *field, enum field_fault fault,
                        int64_t limit, int64_t found)
{
    blame_add(blame, (struct field_error){field->name, fault, NULL, limit, found});
}

static const struct pair *find_value(const struct pairs *pairs, struct text name, size_t *count)
{
    const struct pair *first = NULL;
    *count = 0;
    for (size_t i = 0; pairs && i < pairs->count; i++) {
        if (!text_equal(pairs->items[i].name, name))
            continue;
        if (!first)
            first = &pairs->items[i];
        ++*count;
    }
    return first;
}

const struct problem *intake_path(const struct intake *intake, const struct shape *shape,
                                  void *target)
{
    for (size_t i = 0; i < intake->path->count; i++) {
        const struct pair *pair = &intake->path->items[i];
        const struct field *field = shape_find(shape, pair->name);
        struct field_error error;
        if (!field || field_read(intake->memory, field, pair->value, intake->currency, target,
                                 &error) != FIELD_FINE)
            return &not_found;
    }
    return NULL;
}

static struct currency currency_for(const struct intake *intake, const struct field *field,
                                    bool *fine)
{
    struct text name = text_format(intake->memory, "%s_currency", field->name);
    size_t count;
    const struct pair *pair = name.data ? find_value(intake->values, name, &count) : NULL;
    struct currency currency = intake->currency;
    *fine = !pair || (count == 1 && currency_parse(pair->value, &currency));
    return currency;
}

static void read_scalar(const struct intake *intake, const struct field *field, void *target,
                        struct blame *blame)
{
    size_t count;
    const struct pair *pair = find_value(intake->values, text_of(field->name), &count);
    if (count > 1) {
        blame_field(blame, field, FIELD_REPEATED, 1, (int64_t)count);
        return;
    }
    /* A checkbox that is not ticked is not sent at all. */
    if (!pair && field->kind == FIELD_FLAG)
        return;
    struct currency currency = intake->currency;
    bool fine = true;
    if (field->kind == FIELD_MONEY && pair)
        currency = currency_for(intake, field, &fine);
    struct field_error error = {.field = field->name};
    struct text raw = pair ? pair->value : (struct text){"", 0};
    enum field_fault fault = FIELD_NOT_MONEY;
    if (fine)
        fault = field_read(intake->memory, field, raw, currency, target, &error);
    if (fault != FIELD_FINE)
        blame_field(blame, field, fault, error.limit, error.found);
}

static size_t item_size(const struct field *field)
{
    switch (field->item_kind) {
    case FIELD_TEXT:
        return sizeof(struct text);
    case FIELD_WORD:
        return sizeof(int);
    case FIELD_ID:
    case FIELD_INTEGER:
        return sizeof(int64_t);
    default:
        return 0;
    }
}

static bool list_count_fine(const struct field *field, size_t count, struct blame *blame)
{
    if (field->low != INT64_MIN && (int64_t)count < field->low) {
        blame_field(blame, field, count ? FIELD_TOO_SHORT : FIELD_MISSING, field->low,
                    (int64_t)count);
        return false;
    }
    if (field->high != INT64_MAX && (int64_t)count > field->high) {
        blame_field(blame, field, FIELD_TOO_LONG, field->high, (int64_t)count);
        return false;
    }
    return true;
}

/* A repeated parameter as a list; an empty value, as an empty row of a form sends it, is no item. */
static const struct problem *read_list(const struct intake *intake, const struct field *field,
                                       void *target, struct blame *blame)
{
    size_t size = item_size(field);
    size_t all;
    struct text name = text_of(field->name);
    find_value(intake->values, name, &all);
    /* Lists of things with members come as JSON only. */
    if (size == 0 || all == 0) {
        list_count_fine(field, 0, blame);
        return NULL;
    }
    char *items = memory_take_array(intake->memory, all, size);
    if (!items)
        return &out_of_memory;
    struct field item = {.name = field->name,
                         .kind = field->item_kind,
                         .low = INT64_MIN,
                         .high = INT64_MAX,
                         .prefix = field->prefix,
                         .words = field->words};
    size_t count = 0;
    for (size_t i = 0; i < intake->values->count; i++) {
        const struct pair *pair = &intake->values->items[i];
        if (!text_equal(pair->name, name) || pair->value.size == 0)
            continue;
        struct field_error error = {.field = field->name};
        enum field_fault fault = field_read(intake->memory, &item, pair->value, intake->currency,
                                            items + count * size, &error);
        if (fault != FIELD_FINE) {
            blame_field(blame, field, fault, error.limit, error.found);
            return NULL;
        }
        count++;
    }
    if (list_count_fine(field, count, blame))
        *(struct any_list *)(void *)((char *)target + field->offset) =
            (struct any_list){items, count};
    return NULL;
}

static bool file_is(const struct body_file *file, const struct field *field)
{
    return file->upload.present && text_is(file->field, field->name);
}

static const struct problem *read_uploads(const struct intake *intake, const struct field *field,
                                          void *target, struct blame *blame)
{
    size_t count = 0;
    const struct body_file *first = NULL;
    for (size_t i = 0; i < intake->file_count; i++)
        if (file_is(&intake->files[i], field)) {
            first = first ? first : &intake->files[i];
            count++;
        }
    void *place = (char *)target + field->offset;
    if (field->kind == FIELD_UPLOAD) {
        if (count > 1)
            blame_field(blame, field, FIELD_REPEATED, 1, (int64_t)count);
        else if (first)
            *(struct upload *)place = first->upload;
        else if (!field->optional && field->low > 0)
            blame_field(blame, field, FIELD_MISSING, 0, 0);
        return NULL;
    }
    if (!list_count_fine(field, count, blame) || count == 0)
        return NULL;
    struct upload *items = memory_take_array(intake->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    size_t used = 0;
    for (size_t i = 0; i < intake->file_count; i++)
        if (file_is(&intake->files[i], field))
            items[used++] = intake->files[i].upload;
    *(struct upload_list *)place = (struct upload_list){items, used};
    return NULL;
}

const struct problem *intake_values(const struct intake *intake, const struct shape *shape,
                                    void *target, struct blame *blame)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const struct problem *problem = NULL;
        size_t in_path;
        find_value(intake->path, text_of(field->name), &in_path);
        if (in_path)
            continue;
        if (field->kind == FIELD_UPLOAD ||
            (field->kind == FIELD_LIST && field->item_kind == FIELD_UPLOAD))
            problem = read_uploads(intake, field, target, blame);
        else if (field->kind == FIELD_LIST)
            problem = read_list(intake, field, target, blame);
        else if (field->kind == FIELD_STRUCT && !field->optional)
            blame_field(blame, field, FIELD_MISSING, 0, 0); /* comes as JSON only */
        else if (field->kind != FIELD_STRUCT && field->kind != FIELD_HTML)
            read_scalar(intake, field, target, blame);
        if (problem)
            return problem;
    }
    return blame->count ? &invalid_input : NULL;
}

const struct problem *intake_json(const struct intake *intake, const struct shape *shape,
                                  struct text json, void *target, struct blame *blame)
{
    if (json.size == 0)
        json = (struct text)TEXT("{}");
    struct field_errors errors = {NULL, 0};
    const struct problem *problem = shape_read_json(
        intake->memory, shape, (struct bytes){(const unsigned char *)json.data, json.size}, target,
        &errors);
    for (size_t i = 0; i < errors.count; i++)
        blame_add(blame, errors.items[i]);
    return problem;
}
