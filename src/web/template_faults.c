/*
 * What is wrong with a field, as the sentence a person reads beside it and in the list above the form.
 *
 * Must not know: instructions, HTML. Read next: base/shape.h for the faults, ui/text for the words.
 */
#include <stdio.h>
#include <string.h>

#include "web/template_parts.h"

enum { SENTENCE_MAX = 16 * 1024 };

static const char *fault_key(enum field_fault fault)
{
    switch (fault) {
    case FIELD_FINE:
        return "field.refused";
    case FIELD_MISSING:
        return "field.missing";
    case FIELD_TOO_SHORT:
        return "field.too_short";
    case FIELD_TOO_LONG:
        return "field.too_long";
    case FIELD_TOO_SMALL:
        return "field.too_small";
    case FIELD_TOO_LARGE:
        return "field.too_large";
    case FIELD_NOT_TEXT:
        return "field.not_text";
    case FIELD_NOT_NUMBER:
        return "field.not_number";
    case FIELD_NOT_MONEY:
        return "field.not_money";
    case FIELD_NOT_DATE:
        return "field.not_date";
    case FIELD_NOT_WORD:
        return "field.not_word";
    case FIELD_NOT_ID:
        return "field.not_id";
    case FIELD_NOT_URL:
        return "field.not_url";
    case FIELD_NOT_MAIL:
        return "field.not_mail";
    case FIELD_NOT_FLAG:
        return "field.not_flag";
    case FIELD_UNKNOWN:
        return "field.unknown";
    case FIELD_REPEATED:
        return "field.repeated";
    case FIELD_REFUSED:
        return "field.refused";
    }
    return "field.refused";
}

/* "photos.2.title" belongs to the field photos. */
static const struct field *fault_field(const struct shape *shape, const struct field_error *fault)
{
    struct text rest = text_of(fault->field ? fault->field : "");
    struct text first;
    return shape && text_split(&rest, '.', &first) ? shape_find(shape, first) : NULL;
}

static struct currency typed_currency(const struct form_state *form, const struct field *field)
{
    struct currency currency = {{0}};
    for (size_t i = 0; form && i < form->value_count; i++) {
        const char *name = form->values[i].field;
        size_t size = strlen(field->name);
        if (strncmp(name, field->name, size) == 0 && strcmp(name + size, "_currency") == 0 &&
            currency_parse(form->values[i].typed, &currency)) {
            return currency;
        }
    }
    return currency_parse(text_of("EUR"), &currency) ? currency : (struct currency){{0}};
}

/* Lists and files have sentences of their own: what is counted there are things and bytes. */
static const char *counted_key(const struct field *field, enum field_fault fault)
{
    bool list = field && field->kind == FIELD_LIST;
    if (list && (fault == FIELD_TOO_SHORT || fault == FIELD_TOO_SMALL)) {
        return "field.too_few";
    }
    if (list && (fault == FIELD_TOO_LONG || fault == FIELD_TOO_LARGE)) {
        return "field.too_many";
    }
    if (field && field->kind == FIELD_UPLOAD &&
        (fault == FIELD_TOO_LONG || fault == FIELD_TOO_LARGE)) {
        return "field.file_too_large";
    }
    if (field && field->kind == FIELD_WORD && fault == FIELD_MISSING) {
        return "field.not_chosen";
    }
    return fault_key(fault);
}

static void set_number(struct word_argument *argument, const char *name, int64_t number,
                       const struct currency *currency)
{
    *argument = (struct word_argument){.name = name, .kind = FIELD_INTEGER, .integer = number};
    if (currency) {
        argument->kind = FIELD_MONEY;
        argument->money = (struct money){number, *currency};
    }
}

static const char *key_of(const struct field *field, const struct field_error *fault)
{
    bool ruled = fault->fault == FIELD_REFUSED && fault->rule;
    return ruled ? fault->rule : counted_key(field, fault->fault);
}

static struct text label_of(struct memory *memory, enum language language,
                            const struct shape *shape, const struct field_error *fault)
{
    struct text rest = text_of(fault->field ? fault->field : "");
    struct text first = {"", 0};
    char key[128];
    text_split(&rest, '.', &first);
    snprintf(key, sizeof key, "%s.%.*s", shape ? shape->name : "", TEXT_ARGS(first));
    return shape && words_have(key) ? words_text(memory, language, key, NULL, 0) : first;
}

void fault_write(struct builder *out, enum language language, const struct shape *shape,
                 const struct form_state *form, const struct field_error *fault)
{
    const struct field *field = fault_field(shape, fault);
    bool amount = field && field->kind == FIELD_MONEY;
    struct currency currency = amount ? typed_currency(form, field) : (struct currency){{0}};
    struct word_argument arguments[3];
    set_number(&arguments[0], "limit", fault->limit, amount ? &currency : NULL);
    set_number(&arguments[1], "found", fault->found, amount ? &currency : NULL);
    arguments[2] = (struct word_argument){
        .name = "label", .kind = FIELD_TEXT, .text = label_of(out->memory, language, shape, fault)};
    words_write(out, language, key_of(field, fault), arguments, 3);
}

void fault_write_label(struct builder *out, enum language language, const struct shape *shape,
                       const struct field_error *fault)
{
    builder_add(out, label_of(out->memory, language, shape, fault));
}

/* Whether the sentence says itself which field it is about. */
static bool names_field(const char *key)
{
    const struct sentence *sentence = words_find(LANGUAGE_EN, text_of(key));
    size_t count = 0;
    const struct parameter *parameters = sentence ? sentence_parameters(sentence, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parameters[i].name, "label") == 0) {
            return true;
        }
    }
    return false;
}

void fault_write_line(struct builder *out, enum language language, const struct shape *shape,
                      const struct form_state *form, const struct field_error *fault)
{
    if (names_field(key_of(fault_field(shape, fault), fault))) {
        fault_write(out, language, shape, form, fault);
        return;
    }
    struct builder sentence = builder_make(out->memory, SENTENCE_MAX);
    struct word_argument arguments[2] = {
        {.name = "label",
         .kind = FIELD_TEXT,
         .text = label_of(out->memory, language, shape, fault)},
        {.name = "sentence", .kind = FIELD_TEXT},
    };
    fault_write(&sentence, language, shape, form, fault);
    if (!builder_end(&sentence, &arguments[1].text)) {
        words_write(out, language, "field.named", arguments, 2);
    }
}

struct text template_fault_text(struct memory *memory, enum language language,
                                const struct form_state *form, const struct field_error *fault)
{
    struct builder out = builder_make(memory, SENTENCE_MAX);
    struct text text = {"", 0};
    fault_write(&out, language, form ? form->shape : NULL, form, fault);
    return builder_end(&out, &text) ? (struct text){"", 0} : text;
}
