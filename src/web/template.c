/*
 * Templates: the files, the layout around a page, its title.
 *
 * Must not know: blocks, values. Read next: template_compile.c.
 */
#include "web/template.h"

#include <string.h>

#include "web/template.shapes.h"
#include "web/template_parts.h"

enum { COMPILING_MOST = 64 << 20 /* bytes that one page may take until it is compiled */ };

static const struct embedded *sources;
static size_t source_count;

void template_sources_set(const struct embedded *files, size_t count)
{
    sources = files;
    source_count = count;
}

bool template_source(const char *name, struct source *out)
{
    const struct embedded *files = sources ? sources : embedded_files;
    size_t count = sources ? source_count : embedded_files_count;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, name) == 0) {
            const char *data = (const char *)files[i].data;
            *out = (struct source){files[i].name, data, data + files[i].size, 1};
            return true;
        }
    }
    return false;
}

/* The next tag of a page's head, when it begins with `word`; white space before it is passed. */
static bool head_tag(struct source *s, const char *word, struct scanner *inside)
{
    struct source ahead = *s;
    while (ahead.at < ahead.end && strchr(" \t\r\n", *ahead.at)) {
        ahead.line += *ahead.at == '\n';
        ahead.at++;
    }
    const char *at = ahead.at;
    bool quoted = false;
    while (at < ahead.end && (quoted || *at != '}')) {
        quoted ^= *at == '"';
        at++;
    }
    if (at >= ahead.end || *ahead.at != '{') {
        return false;
    }
    *inside = (struct scanner){ahead.at + 1, at};
    if (!token_is(scan(inside), word) || scan_ahead(inside).kind == TOKEN_END ||
        token_is(scan_ahead(inside), "or")) {
        return false;
    }
    for (const char *passed = ahead.at; passed < at; passed++) {
        ahead.line += *passed == '\n';
    }
    ahead.at = at + 1;
    *s = ahead;
    return true;
}

static bool read_layout(struct compiler *c, struct scanner *inside, struct source *layout)
{
    struct token name = scan(inside);
    if (name.kind != TOKEN_WORD || scan(inside).kind != TOKEN_END) {
        return template_refuse(c, "layout wants one name");
    }
    struct text file = text_format(c->memory, "ui/layouts/%.*s.html", TEXT_ARGS(name.text));
    return (file.data && template_source(file.data, layout)) ||
           template_refuse(c, "there is no ui/layouts/%.*s.html", TEXT_ARGS(name.text));
}

static bool read_title(struct compiler *c, struct scanner *inside)
{
    struct place *title = template_take(c, sizeof *title);
    struct token first = scan_ahead(inside);
    c->title_only = true;
    c->in_page = true;
    if (!title) {
        return false;
    }
    if (token_is(first, "t")) {
        scan(inside);
        if (!read_call(c, NULL, inside, title)) {
            return false;
        }
    } else if (!read_argument_value(c, NULL, inside, title) || !check_value(c, title)) {
        return false;
    }
    c->title_only = false;
    if (scan(inside).kind != TOKEN_END || title->kind == PLACE_PATTERN ||
        title->value == FIELD_HTML) {
        return template_refuse(c, "a title is a name, \"text\" or t key name=value");
    }
    title->name = text_of("title");
    c->title = title;
    return true;
}

static void compile_page(struct compiler *c, struct source *page)
{
    struct source *layout = template_take(c, sizeof *layout);
    struct scope *title = template_take(c, sizeof *title);
    struct scanner inside;
    bool laid = head_tag(page, "layout", &inside);
    if (c->failed || (laid && !read_layout(c, &inside, layout)) ||
        (head_tag(page, "title", &inside) && !read_title(c, &inside))) {
        return;
    }
    if (!laid) {
        c->in_page = true;
        compile_source(c, page, NULL);
        return;
    }
    if (c->title) {
        *title = (struct scope){.name = text_of("title"), .place = *c->title};
    }
    c->page = page;
    c->in_page = false;
    compile_source(c, layout, c->title ? title : NULL);
    if (c->page) {
        template_refuse(c, "the layout has no {content}");
    }
}

static const struct problem *compile(struct compiler *c, const char *name)
{
    struct source start = {name, "", "", 1};
    c->source = &start;
    struct source *page = template_take(c, sizeof *page);
    if (!c->failed && !template_source(name, page)) {
        template_refuse(c, "there is no such template");
    }
    if (c->failed) {
        return &invalid_input;
    }
    if (!text_valid(
            (struct bytes){(const unsigned char *)page->at, (size_t)(page->end - page->at)})) {
        template_refuse(c, "not UTF-8, or a NUL byte");
        return &invalid_input;
    }
    c->source = page;
    c->in_page = true;
    compile_page(c, page);
    if (!c->failed && (c->html.depth > 0 || c->html.state != HTML_TEXT)) {
        template_refuse(c, "the page ends inside a tag or element");
    }
    compile_end(c);
    return c->failed ? &invalid_input : NULL;
}

const struct problem *template_bind(struct memory *process, const char *name,
                                    const struct shape *view, const struct shape *form,
                                    struct template **out, struct text *complaint)
{
    *complaint = text_of(name);
    *out = NULL;
    struct memory *memory = memory_create(COMPILING_MOST);
    struct compiler *c = memory ? memory_take(memory, sizeof *c) : NULL;
    const struct problem *problem = c ? NULL : &out_of_memory;
    if (c) {
        c->memory = memory;
        c->complaint = complaint;
        c->view = view;
        c->form = form;
        c->frames = FRAME_PAGE + 1;
        c->html = (struct html_context){.state = HTML_TEXT, .blank = true};
        problem = compile(c, name);
    }
    if (problem)
        *complaint = text_copy(process, *complaint);
    else if (!(*out = template_keep(process, c)))
        problem = &out_of_memory;
    memory_end(memory);
    return problem;
}

struct text template_title(const struct template *template, struct memory *memory,
                           enum language language, const void *view)
{
    const size_t longest = 16 * 1024;
    struct builder out = builder_make(memory, longest);
    struct text title = {"", 0};
    if (template->title) {
        place_write(template, &out, language, template->title, view);
    }
    return builder_end(&out, &title) ? (struct text){"", 0} : title;
}
