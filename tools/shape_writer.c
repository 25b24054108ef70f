/*
 * Shapes as C source, see shape_writer.h and src/base/shape.h.
 *
 * Must not know: headers' comments, SQL.
 */
#include "shape_writer.h"

#include <inttypes.h>

static const char *const kind_names[] = {
    [KIND_NONE] = "0",
    [KIND_FLAG] = "FIELD_FLAG",
    [KIND_INTEGER] = "FIELD_INTEGER",
    [KIND_TEXT] = "FIELD_TEXT",
    [KIND_HTML] = "FIELD_HTML",
    [KIND_MONEY] = "FIELD_MONEY",
    [KIND_INSTANT] = "FIELD_INSTANT",
    [KIND_ID] = "FIELD_ID",
    [KIND_WORD] = "FIELD_WORD",
    [KIND_STRUCT] = "FIELD_STRUCT",
    [KIND_LIST] = "FIELD_LIST",
    [KIND_UPLOAD] = "FIELD_UPLOAD",
};

static const char *limit(int64_t value)
{
    if (value == INT64_MIN)
        return "INT64_MIN";
    if (value == INT64_MAX)
        return "INT64_MAX";
    return take_format("INT64_C(%" PRId64 ")", value);
}

static void write_declared(struct output *output, const struct type *type)
{
    const struct declaration *declared = type->declared;
    if (declared == NULL)
        return;
    if (declared->as == DECLARED_ID)
        fprintf(output->stream, "     .prefix = \"%s\",\n", declared->prefix);
    else if (declared->as == DECLARED_WORDS)
        fprintf(output->stream, "     .words = &%s_words,\n", declared->tag);
    else
        fprintf(output->stream, "     .shape = &%s_shape,\n", declared->tag);
}

static void write_field(struct output *output, const char *tag, const struct member *member)
{
    const struct type *type = &member->type;
    FILE *out = output->stream;
    fprintf(out, "    {.name = \"%s\",\n     .meaning = ", member->name);
    output_literal(output, member->meaning);
    fprintf(out, ",\n     .offset = offsetof(struct %s, %s),\n", tag, member->name);
    if (type->optional)
        fprintf(out, "     .value_offset = offsetof(%s, value),\n     .optional = true,\n",
                type->c);
    fprintf(out, "     .kind = %s,\n     .audience = %s,\n", kind_names[type->kind],
            member->audience);
    if (member->format != NULL)
        fprintf(out, "     .format = %s,\n", member->format);
    fprintf(out, "     .low = %s,\n     .high = %s,\n", limit(member->low), limit(member->high));
    write_declared(output, type);
    if (type->kind == KIND_LIST)
        fprintf(out, "     .item_kind = %s,\n", kind_names[type->item]);
    fputs("    },\n", out);
}

/* What readers of the fields rely on, in structs that somebody wrote by hand. */
static void write_assertions(struct output *output, const struct member *member)
{
    const struct type *type = &member->type;
    if (type->optional) {
        fprintf(output->stream,
                "_Static_assert(offsetof(%s, present) == 0, \"present comes first\");\n"
                "_Static_assert(_Generic(((%s *)0)->value, %s: 1, default: 0), \"wrong value\");\n",
                type->c, type->c, type->value);
    } else if (type->kind == KIND_LIST) {
        fprintf(output->stream,
                "_Static_assert(offsetof(%s, items) == offsetof(struct text_list, items) &&\n"
                "                   offsetof(%s, count) == offsetof(struct text_list, count),\n"
                "               \"a list is items and count\");\n",
                type->c, type->c);
    }
}

void write_shape(struct output *output, const struct declaration *shape, const char *linkage)
{
    FILE *out = output->stream;
    if (shape->count > 0) {
        fprintf(out, "\nstatic const struct field %s_fields[] = {\n", shape->tag);
        for (size_t i = 0; i < shape->count; i++)
            write_field(output, shape->tag, &shape->members[i]);
        fputs("};\n", out);
    }
    for (size_t i = 0; i < shape->count; i++)
        write_assertions(output, &shape->members[i]);
    fprintf(out, "%sconst struct shape %s_shape = {\n    .name = \"%s\",\n    .meaning = ", linkage,
            shape->tag, shape->tag);
    output_literal(output, shape->meaning);
    if (shape->count > 0 || shape->header != NULL)
        fprintf(out, ",\n    .size = sizeof(struct %s)", shape->tag);
    if (shape->count > 0)
        fprintf(out, ",\n    .fields = %s_fields", shape->tag);
    fprintf(out, ",\n    .count = %zu,\n};\n", shape->count);
}

void write_words(struct output *output, const struct declaration *words)
{
    FILE *out = output->stream;
    fprintf(out, "\nstatic const struct word %s_items[] = {\n", words->tag);
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->words[i];
        fprintf(out, "    {.value = %s, .name = \"%s\", .meaning = ", word->constant, word->name);
        output_literal(output, word->meaning);
        fputs("},\n", out);
    }
    fprintf(out,
            "};\nconst struct words %s_words = {\n    .name = \"%s\",\n    .meaning = ", words->tag,
            words->tag);
    output_literal(output, words->meaning);
    fprintf(out, ",\n    .items = %s_items,\n    .count = %zu,\n};\n", words->tag, words->count);
}

void uses_add(struct uses *uses, const struct header *header)
{
    for (size_t i = 0; i < uses->count; i++) {
        if (uses->items[i] == header)
            return;
    }
    uses->items = take_room(uses->items, uses->count, sizeof *uses->items);
    uses->items[uses->count++] = header;
}

void uses_add_shape(struct uses *uses, const struct declaration *shape)
{
    for (size_t i = 0; shape->as == DECLARED_SHAPE && i < shape->count; i++) {
        if (shape->members[i].type.declared != NULL)
            uses_add(uses, shape->members[i].type.declared->header);
    }
}

void uses_write(struct output *output, const struct uses *uses)
{
    for (size_t i = 0; i < uses->count; i++)
        fprintf(output->stream, "#include \"%s.shapes.h\"\n", uses->items[i]->stem);
}
