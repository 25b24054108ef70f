/*
 * The compiler's output: literal text gathered, values with the escaping of their place.
 *
 * Must not know: blocks, files. Read next: template_compile.c.
 */
#include <stdio.h>
#include <string.h>

#include "web/template_parts.h"

enum { CODE_LIMIT = 1 << 20 };

void *template_take(struct compiler *c, size_t size)
{
    void *taken = memory_take(c->memory, size);
    if (!taken) {
        template_refuse(c, "no memory for the templates");
    }
    return taken;
}

bool template_refuse(struct compiler *c, const char *format, ...)
{
    if (c->failed) {
        return false;
    }
    c->failed = true;
    char what[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    *c->complaint = text_format(c->memory, "%s:%d: %s", c->source->file, c->source->line, what);
    return false;
}

/* Twice the room for an array that is full. */
static void *grow(struct compiler *c, void *old, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return old;
    }
    size_t wider = *room ? *room * 2 : 64;
    void *taken = wider > CODE_LIMIT ? NULL : memory_take_array(c->memory, wider, size);
    if (!taken) {
        template_refuse(c, "the page is too large");
        return NULL;
    }
    if (count > 0) {
        memcpy(taken, old, count * size);
    }
    *room = wider;
    return taken;
}

static void add_instruction(struct compiler *c, struct instruction instruction)
{
    struct instruction *code = grow(c, c->code, c->code_count, &c->code_room, sizeof *code);
    if (code) {
        c->code = code;
        c->code[c->code_count++] = instruction;
    }
}

static void flush_literal(struct compiler *c)
{
    if (c->literal_size > 0) {
        struct text text = text_copy(c->memory, (struct text){c->literal, c->literal_size});
        if (!text.data) {
            template_refuse(c, "no memory for the templates");
        }
        add_instruction(c, (struct instruction){.operation = OP_LITERAL, .literal = text});
        c->literal_size = 0;
    }
}

size_t compile_emit(struct compiler *c, struct instruction instruction)
{
    flush_literal(c);
    add_instruction(c, instruction);
    return c->code_count > 0 ? c->code_count - 1 : 0;
}

size_t compile_label(struct compiler *c)
{
    flush_literal(c);
    return c->code_count;
}

void compile_patch(struct compiler *c, size_t instruction, size_t target)
{
    if (!c->failed) {
        c->code[instruction].target = target;
    }
}

void compile_character(struct compiler *c, char character)
{
    bool send;
    if (!html_feed(c, character, &send) || !send) {
        return;
    }
    char *literal = grow(c, c->literal, c->literal_size, &c->literal_room, 1);
    if (literal) {
        c->literal = literal;
        c->literal[c->literal_size++] = character;
    }
}

static struct text escaped(struct compiler *c, struct text plain)
{
    struct builder out = builder_make(c->memory, CODE_LIMIT);
    struct text text = {"", 0};
    builder_add_html(&out, plain);
    if (builder_end(&out, &text)) {
        template_refuse(c, "a text too long");
    }
    return text;
}

/* Constant text as if the template's author had written it here. */
static void add_constant(struct compiler *c, struct text plain)
{
    struct text text = escaped(c, plain);
    for (size_t i = 0; i < text.size && !c->failed; i++) {
        compile_character(c, text.data[i]);
    }
}

static enum attribute_kind here(const struct compiler *c)
{
    bool inside = c->html.state == HTML_DOUBLE || c->html.state == HTML_SINGLE;
    return inside ? c->html.attribute : ATTRIBUTE_READ;
}

/* Numbers that programs read have no groups. */
static void settle_format(const struct compiler *c, struct place *place)
{
    if (place->value == FIELD_INTEGER && place->format == AS_STANDARD &&
        here(c) != ATTRIBUTE_READ) {
        place->format = AS_PLAIN;
    }
}

static bool fits_url(const struct place *place)
{
    return place->kind == PLACE_FORM || place->value == FIELD_ID || place->value == FIELD_INTEGER ||
           place->value == FIELD_TEXT || (place->value == FIELD_WORD && !place->table) ||
           place->format == AS_ISO || place->format == AS_TYPED || place->format == AS_CURRENCY;
}

static bool place_fits(struct compiler *c, const struct place *place)
{
    const char *name = place->name.data ? place->name.data : "";
    int size = (int)place->name.size;
    bool plain = place->value == FIELD_INTEGER || place->value == FIELD_ID ||
                 (place->value == FIELD_WORD && !place->table);
    switch (here(c)) {
    case ATTRIBUTE_URL:
    case ATTRIBUTE_URLS:
        if (c->html.url == URL_EMPTY &&
            (place->kind != PLACE_FIELD || place->text_kind != FORMAT_URL)) {
            return template_refuse(c, "a URL begins with /, ? or #, or with a field of type url");
        }
        return (fits_url(place) && place->kind != PLACE_CALL) ||
               template_refuse(c, "%.*s cannot be part of a URL", size, name);
    case ATTRIBUTE_SELECTOR:
        return plain || template_refuse(c, "only ids, numbers and words may stand in a selector");
    default:
        return place->value != FIELD_HTML || html_takes_markup(&c->html) ||
               template_refuse(c, "%.*s is HTML and may stand only in text", size, name);
    }
}

static enum escape escape_here(const struct compiler *c)
{
    if (here(c) != ATTRIBUTE_URL && here(c) != ATTRIBUTE_URLS) {
        return ESCAPE_HTML;
    }
    return c->html.url == URL_EMPTY ? ESCAPE_URL_START : ESCAPE_URL;
}

static void compile_pattern(struct compiler *c, const struct place *place);

static void compile_words(struct compiler *c, const struct call *call)
{
    struct text *texts = template_take(c, LANGUAGE_LIMIT * sizeof *texts);
    for (enum language language = LANGUAGE_EN; texts && language < LANGUAGE_LIMIT; language++) {
        texts[language] = escaped(c, call->plain[language]);
    }
    compile_emit(c, (struct instruction){.operation = OP_WORDS, .texts = texts});
}

/* A value, or the first of several that there is. */
/* Leaves out what is known to be none and what comes behind a constant; the last stays in any case. */
static size_t keep_possible(struct place *places, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool constant = places[i].kind == PLACE_TEXT || places[i].kind == PLACE_PATTERN;
        bool nothing = places[i].kind == PLACE_NONE || (constant && places[i].text.size == 0);
        if (nothing && i + 1 < count) {
            continue;
        }
        places[kept++] = places[i];
        if (constant) {
            break;
        }
    }
    return kept;
}

static void compile_operand(struct compiler *c, struct operand operand)
{
    struct place *places = template_take(c, operand.count * sizeof *places);
    if (c->failed) {
        return;
    }
    memcpy(places, operand.places, operand.count * sizeof *places);
    operand.count = keep_possible(places, operand.count);
    if (operand.count == 1 && places->kind == PLACE_TEXT) {
        add_constant(c, places->text);
        return;
    }
    if (operand.count == 1 && places->kind == PLACE_PATTERN) {
        compile_pattern(c, places);
        return;
    }
    const char *refused = html_value_refused(&c->html);
    if (refused) {
        template_refuse(c, "%s", refused);
        return;
    }
    for (size_t i = 0; i < operand.count; i++) {
        bool checked = (i + 1 < operand.count && places[i].optional) || check_value(c, &places[i]);
        if (!checked || places[i].kind == PLACE_PATTERN || !place_fits(c, &places[i])) {
            template_refuse(c, "%.*s cannot stand here", TEXT_ARGS(places[i].name));
            return;
        }
        settle_format(c, &places[i]);
    }
    if (operand.count == 1 && places->kind == PLACE_CALL && places->call->count == 0) {
        compile_words(c, places->call);
    } else {
        compile_emit(c, (struct instruction){.operation = OP_VALUE,
                                             .escape = escape_here(c),
                                             .operand = {places, operand.count}});
    }
    html_value_passed(&c->html);
}

void compile_value(struct compiler *c, const struct scope *scope, struct scanner *scanner)
{
    struct operand operand;
    if (!read_operand(c, scope, scanner, &operand)) {
        return;
    }
    struct token rest = scan(scanner);
    if (rest.kind != TOKEN_END) {
        template_refuse(c, "\"%.*s\" is not understood", TEXT_ARGS(rest.text));
        return;
    }
    compile_operand(c, operand);
}

void compile_call(struct compiler *c, const struct scope *scope, struct scanner *scanner)
{
    struct place *place = template_take(c, sizeof *place);
    scan(scanner);
    if (!place || !read_call(c, scope, scanner, place)) {
        return;
    }
    if (scan(scanner).kind != TOKEN_END) {
        template_refuse(c, "a parenthesis too many");
        return;
    }
    compile_operand(c, (struct operand){place, 1});
}

/* Text with values in it that an include was given: compiled with the giver's names. */
static void compile_pattern(struct compiler *c, const struct place *place)
{
    struct text rest = place->text;
    while (rest.size > 0 && !c->failed) {
        const char *brace = memchr(rest.data, '{', rest.size);
        size_t literal = brace ? (size_t)(brace - rest.data) : rest.size;
        add_constant(c, (struct text){rest.data, literal});
        rest = (struct text){rest.data + literal, rest.size - literal};
        if (!brace) {
            break;
        }
        const char *close = memchr(brace, '}', rest.size);
        if (!close) {
            template_refuse(c, "a brace in \"...\" is not closed");
            break;
        }
        struct scanner scanner = {brace + 1, close};
        bool outer = c->in_page;
        c->in_page = place->number != 0;
        if (token_is(scan_ahead(&scanner), "t")) {
            compile_call(c, place->scope, &scanner);
        } else {
            compile_value(c, place->scope, &scanner);
        }
        c->in_page = outer;
        rest.size -= (size_t)(close + 1 - brace);
        rest.data = close + 1;
    }
}

void compile_end(struct compiler *c)
{
    compile_emit(c, (struct instruction){.operation = OP_END});
}
