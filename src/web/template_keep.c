/*
 * What stays of a compiled template: the code and all that it points to, moved out of the compiler's memory.
 *
 * Compiling takes a dozen times what is left in the end: branches, scopes, arrays that grew, text that
 * was cut out of arguments. All of that ends with the compiler; of a page some 30 KB stay.
 *
 * Must not know: how it is compiled. Read next: template_write.c.
 */
#include <string.h>

#include "web/template_parts.h"

struct keeper {
    struct memory *memory;
    bool failed; /* there was no memory; what was returned may not be used */
};

static void *keep_bytes(struct keeper *keeper, const void *bytes, size_t size)
{
    void *kept = keeper->failed || size == 0 ? NULL : memory_take(keeper->memory, size);
    if (kept)
        memcpy(kept, bytes, size);
    else if (size > 0)
        keeper->failed = true;
    return kept;
}

static struct text keep_text(struct keeper *keeper, struct text text)
{
    return (struct text){text.size ? keep_bytes(keeper, text.data, text.size) : "", text.size};
}

static const char *keep_name(struct keeper *keeper, const char *name)
{
    return name ? keep_bytes(keeper, name, strlen(name) + 1) : NULL;
}

static const struct word_table *keep_table(struct keeper *keeper, const struct word_table *table)
{
    struct word_table *kept = keep_bytes(keeper, table, sizeof *table);
    if (!kept || !table->items)
        return kept;
    struct word_texts *items =
        keep_bytes(keeper, table->items, table->words->count * sizeof *items);
    for (size_t i = 0; items && i < table->words->count; i++) {
        for (size_t language = 0; language < LANGUAGE_LIMIT; language++)
            items[i].texts[language] = keep_text(keeper, items[i].texts[language]);
    }
    kept->items = items;
    return kept;
}

static const struct place *keep_places(struct keeper *keeper, const struct place *places,
                                       size_t count);

static const struct call *keep_call(struct keeper *keeper, const struct call *call)
{
    struct call *kept = keep_bytes(keeper, call, sizeof *call);
    const char **names = keep_bytes(keeper, call->names, call->count * sizeof *names);
    if (!kept)
        return NULL;
    kept->key = keep_name(keeper, call->key);
    for (size_t language = 0; call->count == 0 && language < LANGUAGE_LIMIT; language++)
        kept->plain[language] = keep_text(keeper, call->plain[language]);
    for (size_t i = 0; names && i < call->count; i++)
        names[i] = keep_name(keeper, names[i]);
    kept->names = names;
    kept->places = keep_places(keeper, call->places, call->count);
    return kept;
}

static const struct place *keep_places(struct keeper *keeper, const struct place *places,
                                       size_t count)
{
    struct place *kept = keep_bytes(keeper, places, count * sizeof *kept);
    for (size_t i = 0; kept && i < count; i++) {
        struct place *place = &kept[i];
        place->name = keep_text(keeper, place->name);
        place->field = keep_name(keeper, place->field);
        place->text = keep_text(keeper, place->text);
        place->scope = NULL; /* names mean something while a page is compiled only */
        place->table = place->table ? keep_table(keeper, place->table) : NULL;
        place->call = place->call ? keep_call(keeper, place->call) : NULL;
    }
    return kept;
}

static struct operand keep_operand(struct keeper *keeper, struct operand operand)
{
    return (struct operand){keep_places(keeper, operand.places, operand.count), operand.count};
}

static const struct condition *keep_condition(struct keeper *keeper,
                                              const struct condition *condition)
{
    struct condition *kept = keep_bytes(keeper, condition, sizeof *condition);
    struct term *terms = keep_bytes(keeper, condition->terms, condition->count * sizeof *terms);
    for (size_t i = 0; terms && i < condition->count; i++) {
        struct term *term = &terms[i];
        const struct place *other =
            term->test == TEST_EQUAL ? keep_places(keeper, &term->other, 1) : NULL;
        if (other)
            term->other = *other;
        term->operand = keep_operand(keeper, term->operand);
        term->text = keep_text(keeper, term->text);
    }
    if (kept)
        kept->terms = terms;
    return kept;
}

static void keep_instruction(struct keeper *keeper, struct instruction *instruction)
{
    instruction->literal = keep_text(keeper, instruction->literal);
    instruction->operand = keep_operand(keeper, instruction->operand);
    if (instruction->condition)
        instruction->condition = keep_condition(keeper, instruction->condition);
    struct text *texts =
        instruction->texts ? keep_bytes(keeper, instruction->texts, LANGUAGE_LIMIT * sizeof *texts)
                           : NULL;
    for (size_t language = 0; texts && language < LANGUAGE_LIMIT; language++)
        texts[language] = keep_text(keeper, texts[language]);
    instruction->texts = texts;
}

struct template *template_keep(struct memory *process, const struct compiler *c)
{
    struct keeper keeper = {.memory = process};
    struct instruction *code = keep_bytes(&keeper, c->code, c->code_count * sizeof *code);
    for (size_t i = 0; code && i < c->code_count; i++)
        keep_instruction(&keeper, &code[i]);
    const struct template made = {
        .code = code,
        .title = c->title ? keep_places(&keeper, c->title, 1) : NULL,
        .form = c->form,
    };
    struct template *kept = keep_bytes(&keeper, &made, sizeof made);
    return keeper.failed ? NULL : kept;
}
