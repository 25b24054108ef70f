/*
 * Fuzz target: a template's text, bound and then written over a view full of hostile values.
 *
 * Whatever the author writes, a value must not become markup. Read next: src/web/template.h.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/template.h"
#include "web/template.shapes.h"
#include "web/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Would break out of text, of both kinds of quotes, and of a URL. */
#define HOSTILE "javascript:'\"><zq7>&"

static const char english[] = "hello = Hello\nsold = {who} sold {n, plural, one {#} other {# of}}\n"
                              "portal.public = P\nportal.me = M\nportal.biz = B\nportal.desk = D\n";
static const char layout[] = "<html><title>{title}</title><body>{content}</body></html>";
static const char part[] = "<i class=\"{what}\">{what}</i>";
static const struct page_link links[] = {
    {.label = TEXT(HOSTILE), .href = TEXT(HOSTILE), .icon = TEXT(HOSTILE), .count = {true, 3}},
    {.label = TEXT("second"), .href = TEXT("/second"), .current = true}};
static const struct form_value values[] = {{"name", TEXT(HOSTILE)}, {"portal", TEXT("me")}};
static const struct field_error faults[] = {{.field = "name", .fault = FIELD_MISSING}};

static struct embedded text_file(const char *name, const char *text)
{
    return (struct embedded){name, (const unsigned char *)text, strlen(text)};
}

static void load_words(void)
{
    static struct memory *process;
    struct text complaint;
    if (!process) {
        const struct embedded files[] = {text_file("text/en.txt", english)};
        process = memory_create((size_t)64 << 20);
        if (!process || words_load_from(process, files, 1, &complaint)) {
            abort();
        }
    }
}

static void write_page(const struct template *template, struct memory *memory, bool marked)
{
    struct page_root view = {.language = TEXT(HOSTILE),
                             .site = TEXT(HOSTILE),
                             .path = TEXT(HOSTILE),
                             .here = TEXT("//" HOSTILE),
                             .portal = PORTAL_ME,
                             .signed_in = true,
                             .name = TEXT(HOSTILE),
                             .notice = {true, TEXT(HOSTILE)},
                             .nav = {links, 2},
                             .errors = 1};
    struct form_state form = {values, 2, {faults, 1}, &page_root_shape};
    for (enum language language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
        struct builder out = builder_make(memory, (size_t)1 << 20);
        struct text page;
        template_write(template, &out, language, &view, &view,
                       language == LANGUAGE_FR ? NULL : &form);
        template_title(template, memory, language, &view);
        if (!builder_end(&out, &page) && !marked && memmem(page.data, page.size, "<zq7", 4)) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct template *template;
    struct text complaint = {"", 0};
    struct memory *memory = memory_create((size_t)64 << 20);
    if (!memory) {
        return 0;
    }
    load_words();
    const struct embedded files[] = {{"page.html", data, size},
                                     text_file("ui/layouts/plain.html", layout),
                                     text_file("ui/parts/part.html", part)};
    template_sources_set(files, 3);
    if (!template_bind(memory, "page.html", &page_root_shape, &page_root_shape, &template,
                       &complaint)) {
        write_page(template, memory, size > 0 && memmem(data, size, "zq7", 3));
    } else if (complaint.size == 0) {
        abort();
    }
    memory_end(memory);
    return 0;
}
