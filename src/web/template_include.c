/*
 * {include parts/x name=value} and {content}: one template inside another.
 *
 * An included file knows its arguments and nothing of the view. Must not know: HTML, words.
 * Read next: template_compile.c.
 */
#include <string.h>

#include "web/template_parts.h"

/* Compiles another source here; it must leave the HTML as it found it. */
static void compile_part(struct compiler *c, struct source *part, const struct scope *scope)
{
    struct html_context *from = template_take(c, sizeof *from);
    if (c->failed || !html_block_edge(c)) {
        return;
    }
    if (c->depth == SOURCE_LIMIT) {
        template_refuse(c, "more than %d files inside each other", SOURCE_LIMIT);
        return;
    }
    *from = c->html;
    struct source *outer = c->source;
    c->source = part;
    c->depth++;
    compile_source(c, part, scope);
    if (!c->failed && html_block_edge(c) && !html_same_place(from, &c->html)) {
        template_refuse(c, "the file ends elsewhere in the HTML than it began");
    }
    c->depth--;
    c->source = outer;
}

/* "parts/x" beside the file that names it, in ui/, or from the root. */
static bool find_part(struct compiler *c, struct text name, struct source *out)
{
    const char *file = c->source->file;
    const char *slash = strrchr(file, '/');
    int folder = slash ? (int)(slash + 1 - file) : 0;
    struct text names[] = {
        text_format(c->memory, "%.*s%.*s.html", folder, file, TEXT_ARGS(name)),
        text_format(c->memory, "ui/%.*s.html", TEXT_ARGS(name)),
        text_format(c->memory, "%.*s.html", TEXT_ARGS(name)),
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].data && template_source(names[i].data, out)) {
            return true;
        }
    }
    return template_refuse(c, "there is no %.*s.html here or in ui/", TEXT_ARGS(name));
}

/* {optional a b} at the beginning of an included file: what is not given of these is none. */
static bool read_optional(struct compiler *c, struct source *part, const struct scope **arguments)
{
    static const char mark[] = "{optional ";
    size_t size = sizeof mark - 1;
    if ((size_t)(part->end - part->at) < size || memcmp(part->at, mark, size) != 0)
        return true;
    const char *close = memchr(part->at, '}', (size_t)(part->end - part->at));
    if (!close)
        return template_refuse(c, "a brace is not closed");
    struct scanner names = {part->at + size, close};
    while (scan_ahead(&names).kind != TOKEN_END) {
        struct token name = scan(&names);
        const struct scope *given = *arguments;
        while (given && !text_equal(given->name, name.text))
            given = given->outer;
        struct scope *absent = given ? NULL : template_take(c, sizeof *absent);
        if (c->failed || name.kind != TOKEN_WORD)
            return template_refuse(c, "{optional} wants names of arguments");
        if (given)
            continue;
        *absent = (struct scope){*arguments, name.text, {.kind = PLACE_NONE, .name = name.text}};
        *arguments = absent;
    }
    part->at = close + 1;
    return true;
}

static bool read_include(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                         const struct scope **arguments)
{
    *arguments = NULL;
    while (scan_ahead(scanner).kind != TOKEN_END) {
        struct token name = scan(scanner);
        struct scope *argument = template_take(c, sizeof *argument);
        if (name.kind != TOKEN_WORD || !token_is(scan(scanner), "=")) {
            return template_refuse(c, "an include takes arguments as name=value");
        }
        for (const struct scope *s = *arguments; s; s = s->outer) {
            if (text_equal(s->name, name.text)) {
                return template_refuse(c, "%.*s is given twice", TEXT_ARGS(name.text));
            }
        }
        if (c->failed || !read_argument_value(c, scope, scanner, &argument->place)) {
            return false;
        }
        if (argument->place.kind == PLACE_PATTERN) {
            argument->place.number = c->in_page;
        }
        argument->name = name.text;
        argument->outer = *arguments;
        *arguments = argument;
    }
    return true;
}

void compile_include(struct compiler *c, const struct scope *scope, struct scanner *scanner)
{
    scan(scanner);
    struct token name = scan(scanner);
    const struct scope *arguments;
    struct source *part = template_take(c, sizeof *part);
    if (name.kind != TOKEN_WORD) {
        template_refuse(c, "include wants the name of a file");
        return;
    }
    if (c->failed || !find_part(c, name.text, part) ||
        !read_include(c, scope, scanner, &arguments) || !read_optional(c, part, &arguments)) {
        return;
    }
    bool in_page = c->in_page;
    c->in_page = false;
    compile_part(c, part, arguments);
    c->in_page = in_page;
}

void compile_content(struct compiler *c)
{
    struct source *page = c->page;
    if (!page) {
        template_refuse(c, "{content} belongs into a layout, once");
        return;
    }
    c->page = NULL;
    c->in_page = true;
    compile_part(c, page, NULL);
    c->in_page = false;
}
