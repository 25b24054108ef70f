/*
 * At start: a statement's named parameters become numbered ones, and parameters and columns are
 * compared with the shapes both ways, so that neither can drift from the C structs unseen.
 *
 * Must not know: an engine beyond engine.h, what happens at run time (store/row.c).
 */
#include "store/engine.h"

#include <string.h>

#include "store/scan.h"

/* Writes "place: name: " and leaves the rest of the line to the caller. */
static void complain(struct builder *wrong, const struct statement *statement)
{
    builder_add_format(wrong, "%s%s: %s: ", wrong->size > 0 ? "\n" : "", statement->place,
                       statement->name);
}

/* The shape, or NULL when it says that there is nothing. */
static const struct shape *something(const struct shape *shape)
{
    return shape && strcmp(shape->name, "nothing") != 0 ? shape : NULL;
}

static bool fits_a_column(enum field_kind kind)
{
    return kind == FIELD_FLAG || kind == FIELD_INTEGER || kind == FIELD_TEXT ||
           kind == FIELD_INSTANT || kind == FIELD_ID || kind == FIELD_WORD;
}

static bool money_part(const struct shape *shape, struct text name, const char *suffix,
                       enum part part, struct bound *out)
{
    size_t size = strlen(suffix);
    if (name.size <= size || memcmp(name.data + name.size - size, suffix, size) != 0) {
        return false;
    }
    const struct field *field = shape_find(shape, (struct text){name.data, name.size - size});
    if (!field || field->kind != FIELD_MONEY) {
        return false;
    }
    *out = (struct bound){field, part};
    return true;
}

/* The field, or half of a money field, that a parameter or column of that name stands for. */
static bool bound_find(const struct shape *shape, struct text name, struct bound *out)
{
    if (!shape) {
        return false;
    }
    const struct field *field = shape_find(shape, name);
    if (field && fits_a_column(field->kind)) {
        *out = (struct bound){field, PART_WHOLE};
        return true;
    }
    return money_part(shape, name, "_minor", PART_MINOR, out) ||
           money_part(shape, name, "_currency", PART_CURRENCY, out);
}

static size_t bound_index(const struct bound *all, size_t count, struct bound wanted)
{
    size_t i = 0;
    while (i < count && (all[i].field != wanted.field || all[i].part != wanted.part)) {
        i++;
    }
    return i;
}

static bool field_covered(const struct field *field, const struct bound *all, size_t count)
{
    if (field->kind != FIELD_MONEY) {
        return bound_index(all, count, (struct bound){field, PART_WHOLE}) < count;
    }
    return bound_index(all, count, (struct bound){field, PART_MINOR}) < count &&
           bound_index(all, count, (struct bound){field, PART_CURRENCY}) < count;
}

/* Adds the number of the parameter `token` to the text. False: it complained. */
static bool parameter(const struct plan *plan, struct bound *bounds, size_t *count,
                      struct token token, char marker, struct builder *sql, struct builder *wrong)
{
    struct text name = {token.text.data + 1, token.text.size - 1};
    const struct statement *statement = plan->statement;
    struct bound bound;
    if (!bound_find(something(statement->takes), name, &bound)) {
        complain(wrong, statement);
        builder_add_format(wrong, "parameter :%.*s is no field of %s", TEXT_ARGS(name),
                           statement->takes ? statement->takes->name : "nothing");
        return false;
    }
    size_t index = bound_index(bounds, *count, bound);
    if (index == *count) {
        if (index == STATEMENT_MAX) {
            complain(wrong, statement);
            builder_add_format(wrong, "more than %d parameters", STATEMENT_MAX);
            return false;
        }
        bounds[(*count)++] = bound;
    }
    builder_add_char(sql, marker);
    builder_add_integer(sql, (int64_t)index + 1);
    return true;
}

static bool fields_used(const struct plan *plan, const struct bound *bounds, size_t count,
                        struct builder *wrong)
{
    const struct shape *takes = something(plan->statement->takes);
    bool fine = true;
    for (size_t i = 0; takes && i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        bool storable = fits_a_column(field->kind) || field->kind == FIELD_MONEY;
        if (storable && !field_covered(field, bounds, count)) {
            complain(wrong, plan->statement);
            builder_add_format(wrong, "field %s of %s is not used%s", field->name, takes->name,
                               field->kind == FIELD_MONEY ? " with both _minor and _currency" : "");
            fine = false;
        }
    }
    return fine;
}

const struct problem *plan_make(struct memory *memory, const struct statement *statement,
                                const struct engine *engine, struct plan *plan,
                                struct builder *wrong)
{
    const char *source = engine == &postgresql_engine ? statement->postgresql : statement->sqlite;
    struct builder sql = builder_make(memory, 1 << 20);
    struct bound bounds[STATEMENT_MAX + 1] = {{0}};
    size_t count = 0;
    bool fine = true;
    plan->statement = statement;
    if ((statement->gives == GIVES_NOTHING) != (something(statement->row) == NULL)) {
        complain(wrong, statement);
        builder_add_c(wrong, "what it gives and its row do not agree");
        return &our_fault;
    }
    struct text rest = text_of(source);
    for (struct token token; scan_next(&rest, &token);) {
        if (token.kind == TOKEN_PARAMETER) {
            fine = parameter(plan, bounds, &count, token, engine->marker, &sql, wrong) && fine;
        } else if (token.kind != TOKEN_COMMENT) {
            builder_add(&sql, token.text);
        } else {
            builder_add_char(&sql, '\n');
        }
    }
    if (!fine || !fields_used(plan, bounds, count, wrong)) {
        return &our_fault;
    }
    struct text written;
    const struct problem *problem = builder_end(&sql, &written);
    plan->sql = problem ? NULL : text_c(memory, written);
    plan->parameters = memory_copy(memory, bounds, (count + 1) * sizeof bounds[0]);
    plan->parameter_count = count;
    return plan->sql && plan->parameters ? NULL : &out_of_memory;
}

static bool type_fits(struct bound bound, enum column_type type)
{
    bool text = bound.part == PART_CURRENCY || bound.field->kind == FIELD_TEXT ||
                bound.field->kind == FIELD_WORD;
    return type == COLUMN_UNKNOWN || type == (text ? COLUMN_TEXT : COLUMN_INTEGER);
}

/* Compares one column. False: it complained. */
static bool column_check(const struct plan *plan, const struct column *column, struct bound *bounds,
                         size_t count, struct builder *wrong)
{
    const struct statement *statement = plan->statement;
    const struct shape *row = something(statement->row);
    struct bound bound;
    if (!bound_find(row, text_of(column->name), &bound)) {
        complain(wrong, statement);
        builder_add_format(wrong, "column %s is no field of %s", column->name,
                           row ? row->name : "nothing");
        return false;
    }
    if (bound_index(bounds, count, bound) < count) {
        complain(wrong, statement);
        builder_add_format(wrong, "column %s comes twice", column->name);
        return false;
    }
    if (!type_fits(bound, column->type)) {
        complain(wrong, statement);
        builder_add_format(wrong, "column %s is %s, which field %s of %s does not take",
                           column->name, column->type_name, bound.field->name, row->name);
        return false;
    }
    bounds[count] = bound;
    return true;
}

static bool fields_filled(const struct plan *plan, const struct bound *bounds, size_t count,
                          struct builder *wrong)
{
    const struct shape *row = something(plan->statement->row);
    bool fine = true;
    for (size_t i = 0; row && i < row->count; i++) {
        const struct field *field = &row->fields[i];
        if (field->kind != FIELD_LIST && !field_covered(field, bounds, count)) {
            complain(wrong, plan->statement);
            builder_add_format(wrong, "field %s of %s has no column%s", field->name, row->name,
                               field->kind == FIELD_MONEY ? "s _minor and _currency" : "");
            fine = false;
        }
    }
    return fine;
}

const struct problem *plan_check(struct memory *memory, struct database *db, struct plan *plan,
                                 struct builder *wrong)
{
    struct column columns[STATEMENT_MAX];
    struct bound bounds[STATEMENT_MAX + 1] = {{0}};
    size_t count = 0;
    struct text complaint = {NULL, 0};
    const struct problem *problem =
        db->store->engine->describe(db, memory, plan, columns, &count, &complaint);
    if (problem) {
        complain(wrong, plan->statement);
        builder_add(wrong, complaint);
        return problem;
    }
    bool fine = true;
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        bool fits = column_check(plan, &columns[i], bounds, good, wrong);
        good += fits ? 1 : 0;
        fine = fine && fits;
    }
    /* A column that does not fit says enough; its field would only be named a second time. */
    if (!fine || !fields_filled(plan, bounds, good, wrong)) {
        return &our_fault;
    }
    plan->columns = memory_copy(memory, bounds, (good + 1) * sizeof bounds[0]);
    plan->column_count = good;
    return plan->columns ? NULL : &out_of_memory;
}
