/*
 * What stands between a tag's braces: names, operands, conditions, arguments.
 *
 * Resolves every name against the shapes. Must not know: HTML, instructions.
 * Read next: template_compile.c.
 */
#include <string.h>

#include "web/template.shapes.h"
#include "web/template_parts.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_.:/-", c));
}

struct token scan(struct scanner *scanner)
{
    while (scanner->at < scanner->end && is_blank(*scanner->at)) {
        scanner->at++;
    }
    const char *start = scanner->at;
    if (start == scanner->end) {
        return (struct token){TOKEN_END, {start, 0}};
    }
    if (*start == '"') {
        const char *close = memchr(start + 1, '"', (size_t)(scanner->end - start - 1));
        if (!close) {
            scanner->at = scanner->end;
            return (struct token){TOKEN_BAD, {start, 1}};
        }
        scanner->at = close + 1;
        return (struct token){TOKEN_TEXT, {start + 1, (size_t)(close - start - 1)}};
    }
    while (scanner->at < scanner->end && word_char(*scanner->at)) {
        scanner->at++;
    }
    if (scanner->at > start) {
        return (struct token){TOKEN_WORD, {start, (size_t)(scanner->at - start)}};
    }
    scanner->at++;
    bool sign = strchr("=()", *start) != NULL;
    return (struct token){sign ? TOKEN_SIGN : TOKEN_BAD, {start, 1}};
}

struct token scan_ahead(const struct scanner *scanner)
{
    struct scanner copy = *scanner;
    return scan(&copy);
}

bool token_is(struct token token, const char *word)
{
    return (token.kind == TOKEN_WORD || token.kind == TOKEN_SIGN) && text_is(token.text, word);
}

static bool known_present(const struct compiler *c, const struct place *place)
{
    for (size_t i = 0; i < c->fact_count; i++) {
        if (c->facts[i].frame == place->frame && c->facts[i].offset == place->offset) {
            return true;
        }
    }
    return !place->optional;
}

static bool want_present(struct compiler *c, const struct place *place)
{
    return known_present(c, place) ||
           template_refuse(c, "%.*s may be absent: ask {if %.*s} first", TEXT_ARGS(place->name),
                           TEXT_ARGS(place->name));
}

static struct place place_of_field(const struct field *field, int frame, size_t base)
{
    return (struct place){.kind = PLACE_FIELD,
                          .value = field->kind,
                          .item = field->item_kind,
                          .optional = field->optional,
                          .text_kind = field->format,
                          .frame = frame,
                          .offset = base + field->offset,
                          .value_offset = field->optional ? field->value_offset : 0,
                          .prefix = field->prefix,
                          .words = field->words,
                          .shape = field->shape};
}

static bool walk_fault(struct compiler *c, struct text member, struct place *place)
{
    if (text_is(member, "field")) {
        place->kind = PLACE_FAULT_FIELD;
    } else if (text_is(member, "sentence")) {
        place->kind = PLACE_FAULT_SENTENCE;
    } else if (text_is(member, "label")) {
        place->kind = PLACE_FAULT_LABEL;
    } else if (text_is(member, "line")) {
        place->kind = PLACE_FAULT_LINE;
    } else {
        return template_refuse(c, "an error has field, sentence, label and line, no %.*s",
                               TEXT_ARGS(member));
    }
    place->value = FIELD_TEXT;
    return true;
}

/* From a struct or list on to one of its members. */
static bool walk(struct compiler *c, struct text member, struct place *place)
{
    if (place->kind == PLACE_FAULTS && place->frame > 0) {
        return walk_fault(c, member, place);
    }
    if (place->kind == PLACE_FIELD && place->value == FIELD_LIST && text_is(member, "count")) {
        place->kind = PLACE_COUNT;
        place->value = FIELD_INTEGER;
        return want_present(c, place);
    }
    if (place->kind != PLACE_FIELD || place->value != FIELD_STRUCT) {
        return template_refuse(c, "%.*s has no members, so no %.*s", TEXT_ARGS(place->name),
                               TEXT_ARGS(member));
    }
    const struct field *field = shape_find(place->shape, member);
    if (!field) {
        return template_refuse(c, "struct %s has no %.*s", place->shape->name, TEXT_ARGS(member));
    }
    if (!want_present(c, place)) {
        return false;
    }
    *place = place_of_field(field, place->frame, place->offset + place->value_offset);
    return true;
}

/* The form's field; the currency of an amount is typed as <name>_currency. */
static const struct field *form_field(const struct shape *form, struct text name)
{
    static const char suffix[] = "_currency";
    const struct field *field = shape_find(form, name);
    size_t size = sizeof suffix - 1;
    if (!field && name.size > size && memcmp(name.data + name.size - size, suffix, size) == 0) {
        field = shape_find(form, (struct text){name.data, name.size - size});
        return field && field->kind == FIELD_MONEY ? field : NULL;
    }
    return field;
}

static bool read_form(struct compiler *c, struct text root, struct text rest, struct place *out)
{
    bool errors = text_is(root, "error");
    if (!c->form || c->title_only) {
        return template_refuse(c, "no form comes back to this page, so there is no %.*s",
                               TEXT_ARGS(root));
    }
    if (text_empty(rest)) {
        *out = (struct place){.kind = PLACE_FAULTS, .value = FIELD_LIST};
        return errors || template_refuse(c, "form wants a field: form.name");
    }
    const struct field *field = form_field(c->form, rest);
    if (!field) {
        return template_refuse(c, "struct %s has no %.*s", c->form->name, TEXT_ARGS(rest));
    }
    *out = (struct place){.kind = errors ? PLACE_ERROR : PLACE_FORM,
                          .value = FIELD_TEXT,
                          .field = text_c(c->memory, rest),
                          .whole = field->kind == FIELD_FLAG || field->kind == FIELD_LIST,
                          .words = errors ? NULL : field->words};
    return out->field != NULL || template_refuse(c, "no memory");
}

static const struct scope *find_scope(const struct scope *scope, struct text name)
{
    while (scope && !text_equal(scope->name, name)) {
        scope = scope->outer;
    }
    return scope;
}

static bool read_root(struct compiler *c, const struct scope *scope, struct text name,
                      struct place *out)
{
    if (text_is(name, "page")) {
        *out = (struct place){.kind = PLACE_FIELD,
                              .value = FIELD_STRUCT,
                              .frame = FRAME_PAGE,
                              .shape = &page_root_shape};
        return !c->title_only || template_refuse(c, "a title cannot name page");
    }
    const struct scope *named = find_scope(scope, name);
    if (named) {
        *out = named->place;
        return true;
    }
    const struct field *field = c->in_page ? shape_find(c->view, name) : NULL;
    if (!field) {
        return c->in_page
                   ? template_refuse(c, "struct %s has no %.*s", c->view->name, TEXT_ARGS(name))
                   : template_refuse(c, "there is no %.*s here", TEXT_ARGS(name));
    }
    *out = place_of_field(field, FRAME_VIEW, 0);
    return true;
}

static void make_word(struct compiler *c, const struct words *words, size_t index,
                      struct word_texts *out)
{
    struct text key = text_format(c->memory, "%s.%s", words->name, words->items[index].name);
    const struct sentence *sentence = key.data ? words_find(LANGUAGE_EN, key) : NULL;
    size_t parameters = 0;
    if (!sentence || (sentence_parameters(sentence, &parameters), parameters > 0)) {
        template_refuse(c, "there are no words %.*s without arguments", TEXT_ARGS(key));
        return;
    }
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        out->texts[language] = plain_words(c, language, key.data);
    }
}

static const struct word_table *make_table(struct compiler *c, const struct words *words)
{
    struct word_table *table = template_take(c, sizeof *table);
    struct word_texts *items = template_take(c, (words->count + 1) * sizeof *items);
    for (size_t i = 0; i < words->count && !c->failed; i++) {
        make_word(c, words, i, &items[i]);
    }
    if (c->failed) {
        return NULL;
    }
    *table = (struct word_table){words, items};
    return table;
}

static bool read_format(struct compiler *c, struct text name, struct place *place)
{
    if (place->kind == PLACE_FORM || place->kind == PLACE_TEXT || place->kind == PLACE_CALL) {
        return template_refuse(c, "%.*s is a text and takes no format", TEXT_ARGS(place->name));
    }
    place->format = format_find(place->value, name);
    if (place->format == AS_UNKNOWN) {
        return template_refuse(c, "%.*s cannot be written as %.*s", TEXT_ARGS(place->name),
                               TEXT_ARGS(name));
    }
    if (place->format == AS_WORD) {
        place->table = make_table(c, place->words);
        return place->table != NULL;
    }
    return true;
}

bool read_place(struct compiler *c, const struct scope *scope, struct text path, struct place *out)
{
    struct text rest = path, name, root;
    if (!text_split(&rest, ':', &name)) {
        return template_refuse(c, "a name is missing");
    }
    struct text format = rest;
    bool formatted = name.size < path.size;
    rest = name;
    if (!text_split(&rest, '.', &root) || text_empty(root)) {
        return template_refuse(c, "a name is missing");
    }
    bool form = text_is(root, "form") || text_is(root, "error");
    if (form && !find_scope(scope, root)) {
        if (!read_form(c, root, rest, out)) {
            return false;
        }
    } else {
        struct text member;
        if (!read_root(c, scope, root, out)) {
            return false;
        }
        if (text_empty(out->name)) {
            out->name = root;
        }
        while (text_split(&rest, '.', &member)) {
            struct text walked = {name.data, (size_t)(member.data - 1 - name.data)};
            out->name = walked;
            if (!walk(c, member, out)) {
                return false;
            }
        }
    }
    out->name = name;
    return !formatted || read_format(c, format, out);
}

bool read_operand(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                  struct operand *out)
{
    enum { MOST = 4 };
    struct place *places = template_take(c, MOST * sizeof *places);
    size_t count = 0;
    do {
        struct token token = scan(scanner);
        if (token.kind != TOKEN_WORD) {
            return template_refuse(c, "a name is due at \"%.*s\"", TEXT_ARGS(token.text));
        }
        if (count == MOST) {
            return template_refuse(c, "more than four names joined by or");
        }
        if (c->failed || !read_place(c, scope, token.text, &places[count++])) {
            return false;
        }
    } while (token_is(scan_ahead(scanner), "or") && scan(scanner).kind);
    *out = (struct operand){places, count};
    return true;
}

static bool comparable(const struct place *place)
{
    return place->kind == PLACE_FORM || place->kind == PLACE_NONE ||
           (place->kind != PLACE_ERROR && place->kind != PLACE_CALL &&
            (place->value == FIELD_TEXT || place->value == FIELD_WORD ||
             place->value == FIELD_INTEGER || place->value == FIELD_ID));
}

static bool check_comparable(struct compiler *c, const struct operand *operand)
{
    for (size_t i = 0; i < operand->count; i++) {
        const struct place *place = &operand->places[i];
        if (!comparable(place)) {
            return template_refuse(c, "%.*s cannot be compared", TEXT_ARGS(place->name));
        }
        if (i + 1 == operand->count && place->kind == PLACE_FIELD && !want_present(c, place)) {
            return false;
        }
    }
    return true;
}

/* x is WORD: a wire word, a text or a number, whatever x is. */
static bool read_is(struct compiler *c, struct scanner *scanner, struct term *term)
{
    struct token token = scan(scanner);
    if (token.kind != TOKEN_WORD && token.kind != TOKEN_TEXT) {
        return template_refuse(c, "is wants a word, \"text\" or number");
    }
    term->test = TEST_TEXT;
    term->text = token.text;
    for (size_t i = 0; i < term->operand.count; i++) {
        const struct place *place = &term->operand.places[i];
        if (place->words) {
            term->value = words_value(place->words, token.text);
            if (term->value == 0) {
                return template_refuse(c, "enum %s has no %.*s", place->words->name,
                                       TEXT_ARGS(token.text));
            }
        }
        if (place->value == FIELD_INTEGER) {
            term->test = TEST_NUMBER;
            if (!text_to_integer(token.text, &term->number)) {
                return template_refuse(c, "%.*s is a number, \"%.*s\" is none",
                                       TEXT_ARGS(place->name), TEXT_ARGS(token.text));
            }
        } else if (place->value == FIELD_ID && place->kind == PLACE_FIELD) {
            return template_refuse(c, "an id is compared by equals with another");
        }
    }
    return true;
}

static bool check_truth(struct compiler *c, const struct operand *operand)
{
    for (size_t i = 0; i < operand->count; i++) {
        const struct place *place = &operand->places[i];
        bool optional_struct = place->value == FIELD_STRUCT && place->optional;
        if (place->kind == PLACE_FIELD &&
            (place->value == FIELD_UPLOAD || (place->value == FIELD_STRUCT && !optional_struct))) {
            return template_refuse(c, "%.*s is neither true nor false", TEXT_ARGS(place->name));
        }
    }
    return true;
}

static bool read_term(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                      struct term *term)
{
    if (token_is(scan_ahead(scanner), "not")) {
        scan(scanner);
        term->negated = true;
    }
    if (!read_operand(c, scope, scanner, &term->operand)) {
        return false;
    }
    struct token next = scan_ahead(scanner);
    if (token_is(next, "is")) {
        scan(scanner);
        return check_comparable(c, &term->operand) && read_is(c, scanner, term);
    }
    if (token_is(next, "equals")) {
        scan(scanner);
        struct token other = scan(scanner);
        struct operand single = {&term->other, 1};
        term->test = TEST_EQUAL;
        return check_comparable(c, &term->operand) &&
               read_place(c, scope, other.text, &term->other) && check_comparable(c, &single);
    }
    term->test = TEST_TRUTH;
    return check_truth(c, &term->operand);
}

static void learn_term(struct compiler *c, const struct term *term, bool held)
{
    const struct place *place = &term->operand.places[0];
    if (term->test == TEST_TRUTH && term->operand.count == 1 && held != term->negated &&
        place->kind == PLACE_FIELD && place->optional && c->fact_count < FACT_LIMIT) {
        c->facts[c->fact_count++] = (struct fact){place->frame, place->offset};
    }
}

void learn(struct compiler *c, const struct condition *condition, bool held)
{
    if (held || condition->count == 1) {
        for (size_t i = 0; i < condition->count; i++) {
            learn_term(c, &condition->terms[i], held);
        }
    }
}

bool read_condition(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                    struct condition *out)
{
    enum { MOST = 6 };
    struct term *terms = template_take(c, MOST * sizeof *terms);
    size_t facts = c->fact_count;
    out->terms = terms;
    out->count = 0;
    do {
        if (out->count == MOST) {
            return template_refuse(c, "more than six conditions joined by and");
        }
        if (c->failed || !read_term(c, scope, scanner, &terms[out->count])) {
            return false;
        }
        learn_term(c, &terms[out->count++], true);
    } while (token_is(scan_ahead(scanner), "and") && scan(scanner).kind);
    c->fact_count = facts;
    struct token rest = scan(scanner);
    return rest.kind == TOKEN_END ||
           template_refuse(c, "\"%.*s\" is not understood", TEXT_ARGS(rest.text));
}

static int place_known(const struct place *place)
{
    switch (place->kind) {
    case PLACE_TEXT:
    case PLACE_PATTERN:
        return place->text.size > 0;
    case PLACE_NUMBER:
        return place->number > 0;
    case PLACE_CALL:
        return 1;
    case PLACE_NONE:
        return 0;
    default:
        return -1;
    }
}

static int term_known(const struct term *term)
{
    const struct place *place = &term->operand.places[0];
    int known = place_known(place);
    if (known < 0 || term->operand.count > 1 || term->test == TEST_EQUAL) {
        return -1;
    }
    if (term->test == TEST_TEXT) {
        known = place->kind == PLACE_TEXT && text_equal(place->text, term->text);
    } else if (term->test == TEST_NUMBER) {
        known = place->number == term->number;
    }
    return known != (int)term->negated;
}

int condition_known(const struct condition *condition)
{
    int known = 1;
    for (size_t i = 0; i < condition->count; i++) {
        int term = term_known(&condition->terms[i]);
        if (term == 0) {
            return 0;
        }
        known = term < 0 ? -1 : known;
    }
    return known;
}

bool check_value(struct compiler *c, const struct place *place)
{
    if (place->kind == PLACE_NONE) {
        return template_refuse(c, "%.*s is none here: ask {if} first", TEXT_ARGS(place->name));
    }
    if (place->kind != PLACE_FIELD) {
        return place->kind != PLACE_FAULTS || template_refuse(c, "error is a list: use {each}");
    }
    switch (place->value) {
    case FIELD_FLAG:
        return template_refuse(c, "%.*s is a flag: ask {if %.*s}", TEXT_ARGS(place->name),
                               TEXT_ARGS(place->name));
    case FIELD_STRUCT:
    case FIELD_LIST:
    case FIELD_UPLOAD:
        return template_refuse(c, "%.*s cannot be written as a value", TEXT_ARGS(place->name));
    default:
        return want_present(c, place);
    }
}
