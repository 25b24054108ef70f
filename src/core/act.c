/*
 * Notes what was done. Must not know: what that is. Read next: core/flow.c.
 */
#include "core/act.h"

#include "base/ids.h"
#include "core/act_queries.h"

enum { SAID = 32 << 10 /* bytes of one side of a change */ };

static struct text or_empty(struct text text)
{
    return text.data ? text : (struct text){"", 0};
}

const struct problem *act_note(struct database *db, struct memory *memory, struct act act)
{
    act.id.value = id_new();
    act.topic = act.topic ? act.topic : ACT_DESK;
    act.was = or_empty(act.was);
    act.became = or_empty(act.became);
    act.note = or_empty(act.note);
    return act_insert(db, memory, &act);
}

/* A member of a thing in words; empty when it says nothing, or nothing for people. */
static const struct problem *say(struct memory *memory, const struct field *field,
                                 const void *thing, struct text *out)
{
    struct builder b = builder_make(memory, SAID);
    const char *at = thing ? (const char *)thing + field->offset : NULL;
    *out = (struct text){"", 0};
    if (!at || (field->optional && !*(const bool *)at))
        return NULL;
    at += field->optional ? field->value_offset : 0;
    switch (field->kind) {
    case FIELD_TEXT:
        *out = *(const struct text *)at;
        return NULL;
    case FIELD_FLAG:
        builder_add_c(&b, *(const bool *)at ? "yes" : "no");
        break;
    case FIELD_INTEGER:
        builder_add_integer(&b, *(const int64_t *)at);
        break;
    case FIELD_WORD:
        builder_add_c(&b, words_name(field->words, *(const int *)at));
        break;
    case FIELD_MONEY:
        builder_add_money(&b, *(const struct money *)at);
        break;
    case FIELD_HTML:
    case FIELD_INSTANT:
    case FIELD_ID:
    case FIELD_STRUCT:
    case FIELD_LIST:
    case FIELD_UPLOAD:
        return NULL;
    }
    return builder_end(&b, out);
}

static void add(struct builder *b, const struct field *field, struct text said)
{
    if (said.size)
        builder_add_format(b, "%s%s: %.*s", b->size ? "\n" : "", field->name, TEXT_ARGS(said));
}

const struct problem *act_note_change(struct database *db, struct memory *memory, struct act act,
                                      const struct shape *shape, const void *was,
                                      const void *became)
{
    struct builder before = builder_make(memory, SAID);
    struct builder after = builder_make(memory, SAID);
    for (size_t i = 0; i < shape->count; i++) {
        struct text then, now;
        const struct problem *problem = say(memory, &shape->fields[i], was, &then);
        if (!problem)
            problem = say(memory, &shape->fields[i], became, &now);
        if (problem)
            return problem;
        if (text_equal(then, now))
            continue;
        add(&before, &shape->fields[i], then);
        add(&after, &shape->fields[i], now);
    }
    if (before.size == 0 && after.size == 0)
        return NULL;
    const struct problem *problem = builder_end(&before, &act.was);
    if (!problem)
        problem = builder_end(&after, &act.became);
    return problem ? problem : act_note(db, memory, act);
}
