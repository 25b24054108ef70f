/*
 * {t key name=value}: words bound to their arguments, for all languages at once.
 *
 * Must not know: HTML. Read next: template_names.c.
 */
#include <string.h>

#include "web/template_parts.h"

enum { ARGUMENT_LIMIT = 12 };

struct text plain_words(struct compiler *c, enum language language, const char *key)
{
    const size_t longest = 64 * 1024;
    struct builder out = builder_make(c->memory, longest);
    struct text text = {"", 0};
    words_write(&out, language, key, NULL, 0);
    if (builder_end(&out, &text)) {
        template_refuse(c, "no memory for the words %s", key);
        return (struct text){"", 0};
    }
    return text;
}

static bool is_number(struct text text)
{
    return text.size > 0 && ((text.data[0] >= '0' && text.data[0] <= '9') || text.data[0] == '-');
}

bool read_argument_value(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                         struct place *out)
{
    struct token token = scan(scanner);
    *out = (struct place){.name = token.text};
    if (token.kind == TOKEN_TEXT) {
        bool pattern = token.text.size > 0 && memchr(token.text.data, '{', token.text.size);
        out->kind = pattern ? PLACE_PATTERN : PLACE_TEXT;
        out->value = FIELD_TEXT;
        out->text = token.text;
        out->scope = scope;
        return true;
    }
    if (token_is(token, "(")) {
        if (!token_is(scan(scanner), "t") || !read_call(c, scope, scanner, out)) {
            return template_refuse(c, "parentheses hold words: (t key ...)");
        }
        return token_is(scan(scanner), ")") || template_refuse(c, "a parenthesis is not closed");
    }
    if (token.kind != TOKEN_WORD) {
        return template_refuse(c, "an argument wants a name, number, \"text\" or (t key)");
    }
    if (text_is(token.text, "none")) {
        out->kind = PLACE_NONE;
        return true;
    }
    if (is_number(token.text)) {
        out->kind = PLACE_NUMBER;
        out->value = FIELD_INTEGER;
        return text_to_integer(token.text, &out->number) ||
               template_refuse(c, "%.*s is no whole number", TEXT_ARGS(token.text));
    }
    return read_place(c, scope, token.text, out);
}

static const struct parameter *find_parameter(const struct sentence *sentence, const char *name)
{
    size_t count;
    const struct parameter *parameters = sentence_parameters(sentence, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parameters[i].name, name) == 0) {
            return &parameters[i];
        }
    }
    return NULL;
}

static bool check_argument(struct compiler *c, const struct call *call, const char *name,
                           const struct place *place)
{
    const struct parameter *parameter = find_parameter(call->sentences[LANGUAGE_EN], name);
    if (!parameter) {
        return template_refuse(c, "%s takes no %s", call->key, name);
    }
    if (!check_value(c, place)) {
        return false;
    }
    if (place->value == FIELD_HTML || place->kind == PLACE_PATTERN) {
        return template_refuse(c, "%s: words take plain text only", name);
    }
    bool written = place->format != AS_STANDARD || place->value == FIELD_ID;
    if (parameter->counted && (place->value != FIELD_INTEGER || written)) {
        return template_refuse(c, "%s: words count by it, so it must be a number", name);
    }
    if (parameter->chosen && place->value != FIELD_TEXT && place->value != FIELD_WORD) {
        return template_refuse(c, "%s: words choose by it, so it must be a text", name);
    }
    return parameter->format == AS_STANDARD ||
           (!written && format_fits(place->value, parameter->format)) ||
           template_refuse(c, "%s is of another kind than its words want", name);
}

static bool check_complete(struct compiler *c, const struct call *call)
{
    size_t count;
    const struct parameter *wanted = sentence_parameters(call->sentences[LANGUAGE_EN], &count);
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t j = 0; j < call->count; j++) {
            found = found || strcmp(call->names[j], wanted[i].name) == 0;
        }
        if (!found) {
            return template_refuse(c, "%s wants %s", call->key, wanted[i].name);
        }
    }
    return true;
}

static bool find_sentences(struct compiler *c, struct text key, struct call *call)
{
    call->key = text_c(c->memory, key);
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        call->sentences[language] = words_find(language, key);
        if (!call->sentences[language]) {
            return template_refuse(c, "there are no words %.*s", TEXT_ARGS(key));
        }
    }
    return call->key != NULL || template_refuse(c, "no memory for the templates");
}

static bool read_one(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                     struct call *call, const char **name, struct place *place)
{
    struct token token = scan(scanner);
    *name = text_c(c->memory, token.text);
    if (token.kind != TOKEN_WORD || !*name || !token_is(scan(scanner), "=")) {
        return template_refuse(c, "words take arguments as name=value");
    }
    for (size_t i = 0; i < call->count; i++) {
        if (strcmp(call->names[i], *name) == 0) {
            return template_refuse(c, "%s is given twice", *name);
        }
    }
    return read_argument_value(c, scope, scanner, place) && check_argument(c, call, *name, place);
}

bool read_call(struct compiler *c, const struct scope *scope, struct scanner *scanner,
               struct place *out)
{
    struct token key = scan(scanner);
    struct call *call = template_take(c, sizeof *call);
    struct place *places = template_take(c, ARGUMENT_LIMIT * sizeof *places);
    const char **names = template_take(c, ARGUMENT_LIMIT * sizeof *names);
    if (c->failed || key.kind != TOKEN_WORD) {
        return template_refuse(c, "t wants the key of its words");
    }
    if (!find_sentences(c, key.text, call)) {
        return false;
    }
    call->places = places;
    call->names = names;
    while (scan_ahead(scanner).kind != TOKEN_END && !token_is(scan_ahead(scanner), ")")) {
        if (call->count == ARGUMENT_LIMIT) {
            return template_refuse(c, "more than twelve arguments");
        }
        if (!read_one(c, scope, scanner, call, &names[call->count], &places[call->count])) {
            return false;
        }
        call->count++;
    }
    if (!check_complete(c, call)) {
        return false;
    }
    for (enum language language = LANGUAGE_EN; call->count == 0 && language < LANGUAGE_LIMIT;
         language++) {
        call->plain[language] = plain_words(c, language, call->key);
    }
    *out = (struct place){.kind = PLACE_CALL, .value = FIELD_TEXT, .name = key.text, .call = call};
    return true;
}
