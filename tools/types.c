/*
 * Which type a name means, and the second pass over what the headers declare, see headers.h.
 *
 * Must not know: tokens, what is generated. Read next: shape_writer.c.
 */
#include "headers.h"

#include <string.h>

/* The types of src/base that need no mark. */
static const struct type built_in[] = {
    {.c = "bool", .kind = KIND_FLAG},
    {.c = "int64_t", .kind = KIND_INTEGER},
    {.c = "struct text", .kind = KIND_TEXT},
    {.c = "struct html", .kind = KIND_HTML},
    {.c = "struct money", .kind = KIND_MONEY},
    {.c = "struct instant", .kind = KIND_INSTANT},
    {.c = "struct upload", .kind = KIND_UPLOAD},
};
static const char *const built_in_names[] = {
    "flag", "integer", "text", "html", "money", "instant", "upload",
};

const struct declaration *model_find(const struct model *model, const char *tag)
{
    for (size_t i = 0; i < model->declaration_count; i++) {
        if (text_same(model->declarations[i]->tag, tag))
            return model->declarations[i];
    }
    return NULL;
}

/* A type that is neither a maybe_ nor a list. */
static bool plain_type(const struct model *model, const char *name, struct type *out)
{
    static const enum kind kinds[] = {
        [DECLARED_ID] = KIND_ID,
        [DECLARED_WORDS] = KIND_WORD,
        [DECLARED_SHAPE] = KIND_STRUCT,
    };
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (text_same(built_in_names[i], name)) {
            *out = built_in[i];
            return true;
        }
    }
    const struct declaration *declared = model_find(model, name);
    if (declared == NULL)
        return false;
    *out = (struct type){.kind = kinds[declared->as], .declared = declared};
    out->c = take_format("%s %s", out->kind == KIND_WORD ? "enum" : "struct", name);
    return true;
}

static bool can_be_optional(enum kind kind)
{
    return kind == KIND_TEXT || kind == KIND_MONEY || kind == KIND_INSTANT ||
           kind == KIND_INTEGER || kind == KIND_FLAG || kind == KIND_ID || kind == KIND_WORD ||
           kind == KIND_STRUCT;
}

static bool can_be_listed(enum kind kind)
{
    return kind == KIND_STRUCT || kind == KIND_TEXT || kind == KIND_ID || kind == KIND_UPLOAD;
}

bool model_type(const struct model *model, const char *name, struct type *out)
{
    if (plain_type(model, name, out)) {
        out->value = out->c;
        return true;
    }
    const char *value = text_after(name, "maybe_");
    if (value != NULL) {
        if (!plain_type(model, value, out) || !can_be_optional(out->kind))
            return false;
        out->optional = true;
    } else if (text_ends(name, "_list")) {
        const char *item = take_part(name, strlen(name) - strlen("_list"));
        if (!plain_type(model, item, out) || !can_be_listed(out->kind))
            return false;
        out->item = out->kind;
        out->kind = KIND_LIST;
    } else {
        return false;
    }
    out->value = out->c;
    out->c = take_format("struct %s", name);
    return true;
}

static void resolve_shape(const struct model *model, struct declaration *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        struct member *member = &shape->members[i];
        struct type *type = &member->type;
        bool found = model_type(model, member->tag, type);
        bool written = *member->keyword != '\0';
        const char *c = written ? take_format("%s %s", member->keyword, member->tag)
                        : found ? type->c
                                : "";
        if (!found || !text_same(type->c, c))
            refuse(member->place, "%s: unknown type \"%s %s\" (is it marked \"shape\"?)",
                   member->name, member->keyword, member->tag);
        if (type->kind == KIND_STRUCT && type->declared == shape)
            refuse(member->place, "%s: a shape cannot hold itself", member->name);
        member_check(member, shape);
        if ((type->kind == KIND_TEXT || type->kind == KIND_LIST) && member->low < 0)
            member->low = 0;
    }
}

static const struct declaration *find_shape(const struct model *model, const char *tag)
{
    const struct declaration *found = model_find(model, tag);
    return found != NULL && found->as == DECLARED_SHAPE ? found : NULL;
}

/* A function that only looks like a handler has no shape on either side. */
static void resolve_handler(const struct model *model, size_t number)
{
    struct handler *handler = model->handlers[number];
    const struct declaration *takes = find_shape(model, handler->takes_tag);
    const struct declaration *gives = find_shape(model, handler->gives_tag);
    if (takes == NULL && gives == NULL)
        return;
    if (takes == NULL || gives == NULL)
        refuse(handler->place, "%s: struct %s is not marked \"shape\"", handler->name,
               takes == NULL ? handler->takes_tag : handler->gives_tag);
    for (size_t i = 0; i < number; i++) {
        if (text_same(model->handlers[i]->name, handler->name))
            refuse(handler->place, "the handler %s is declared a second time", handler->name);
    }
    handler->takes = takes;
    handler->gives = gives;
    for (size_t i = 0; i < model->header_count; i++) {
        if (model->headers[i] == handler->header)
            model->headers[i]->marked = true;
    }
}

void headers_resolve(struct model *model)
{
    for (size_t i = 0; i < model->declaration_count; i++) {
        if (model->declarations[i]->as == DECLARED_SHAPE)
            resolve_shape(model, model->declarations[i]);
    }
    for (size_t i = 0; i < model->handler_count; i++)
        resolve_handler(model, i);
}
