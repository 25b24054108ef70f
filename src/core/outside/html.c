/*
 * Reading HTML by the events of libxml2's parser.
 *
 * Must not know: what the page is for. Read next: html_test.c.
 */
#include "core/outside/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 4 << 20, PIECE = 4096 };

/* A page while it is read. */
struct reading {
    struct memory *memory;
    struct builder words;
    struct text *links; /* OUTSIDE_LINKS of them */
    size_t count;
    size_t depth;  /* of open elements */
    size_t hidden; /* depth of the outermost that is not seen; 0: none is open */
    bool blank;    /* the words end with a blank, or there are none yet */
    bool failed;   /* no memory */
};

static bool one_of(const xmlChar *name, const char *const *names)
{
    for (; *names; names++) {
        if (strcasecmp((const char *)name, *names) == 0)
            return true;
    }
    return false;
}

/* "display : NONE" as "display:none" */
static void squeeze(const xmlChar *style, char *out, size_t room)
{
    size_t size = 0;
    for (; *style && size + 1 < room; style++) {
        if (*style > ' ')
            out[size++] = (char)(*style >= 'A' && *style <= 'Z' ? *style - 'A' + 'a' : *style);
    }
    out[size] = '\0';
}

static bool style_hides(const xmlChar *style)
{
    char plain[512];
    squeeze(style, plain, sizeof plain);
    const char *size = strstr(plain, "font-size:0");
    return strstr(plain, "display:none") || strstr(plain, "visibility:hidden") ||
           (size && !strspn(size + strlen("font-size:0"), ".123456789"));
}

static bool attributes_hide(const xmlChar **attributes)
{
    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        if (strcasecmp((const char *)attributes[i], "hidden") == 0)
            return true;
        if (strcasecmp((const char *)attributes[i], "style") == 0 && attributes[i + 1] &&
            style_hides(attributes[i + 1]))
            return true;
    }
    return false;
}

/* What is not UTF-8 is left out: a page may say that it is, and not be. */
static struct text valid_only(struct memory *memory, struct text text)
{
    struct builder b = builder_make(memory, WORDS_MAX);
    struct text out = text;
    if (text_valid((struct bytes){(const unsigned char *)text.data, text.size}))
        return text;
    for (size_t at = 0; at < text.size;) {
        size_t step = 1;
        while (step < 4 && at + step < text.size &&
               ((unsigned char)text.data[at + step] & 0xC0) == 0x80)
            step++;
        if (text_valid((struct bytes){(const unsigned char *)text.data + at, step}))
            builder_add_bytes(&b, text.data + at, step);
        at += step;
    }
    return builder_end(&b, &out) ? (struct text){NULL, 0} : out;
}

static void add_link(struct reading *reading, const xmlChar **attributes)
{
    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        if (strcasecmp((const char *)attributes[i], "href") != 0 || !attributes[i + 1] ||
            reading->count == OUTSIDE_LINKS)
            continue;
        struct text link =
            text_copy(reading->memory, text_trim(text_of((const char *)attributes[i + 1])));
        link = valid_only(reading->memory, link);
        reading->failed |= !link.data;
        reading->links[reading->count++] = link;
    }
}

static void add_blank(struct reading *reading)
{
    if (!reading->blank)
        builder_add_char(&reading->words, ' ');
    reading->blank = true;
}

static void begin_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    static const char *const unseen[] = {"script", "style",  "template", "noscript", "head",
                                         "iframe", "object", "select",   "textarea", NULL};
    static const char *const links[] = {"a", "area", NULL};
    struct reading *reading = context;
    reading->depth++;
    if (reading->hidden)
        return;
    if (one_of(name, unseen) || attributes_hide(attributes))
        reading->hidden = reading->depth;
    else if (one_of(name, links))
        add_link(reading, attributes);
}

/* Elements within a line do not part words: W<b>er</b>bung is one. */
static void end_element(void *context, const xmlChar *name)
{
    static const char *const within[] = {
        "a",    "abbr", "b", "bdi",   "bdo",  "cite",   "code", "em",  "font", "i",   "kbd",
        "mark", "q",    "s", "small", "span", "strong", "sub",  "sup", "u",    "wbr", NULL};
    struct reading *reading = context;
    if (reading->depth == reading->hidden)
        reading->hidden = 0;
    if (reading->depth > 0)
        reading->depth--;
    if (!one_of(name, within))
        add_blank(reading);
}

static void add_words(void *context, const xmlChar *words, int size)
{
    struct reading *reading = context;
    if (reading->hidden)
        return;
    for (int i = 0; i < size; i++) {
        if (words[i] <= ' ')
            add_blank(reading);
        else if (words[i] == 0xC2 && i + 1 < size && words[i + 1] == 0xA0) { /* no-break space */
            add_blank(reading);
            i++;
        } else {
            builder_add_char(&reading->words, (char)words[i]);
            reading->blank = false;
        }
    }
}

/* A page that declares nothing is taken as browsers take it; libxml2 would take it as ISO 8859-1. */
static const char *encoding_of(struct memory *memory, struct bytes page, struct text charset)
{
    const char *named = charset.size > 0 ? text_c(memory, charset) : NULL;
    if (named && xmlParseCharEncoding(named) != XML_CHAR_ENCODING_ERROR)
        return named;
    if (text_valid(page))
        return "UTF-8";
    for (size_t i = 0; i + 7 < page.size && i < 1024; i++) {
        if (strncasecmp((const char *)page.data + i, "charset", 7) == 0)
            return NULL; /* the page says it */
    }
    return "windows-1252";
}

const struct problem *outside_html_read(struct memory *memory, struct bytes page,
                                        struct text charset, struct outside_html *out)
{
    static htmlSAXHandler events = {.startElement = begin_element,
                                    .endElement = end_element,
                                    .characters = add_words,
                                    .ignorableWhitespace = add_words};
    struct reading reading = {
        .memory = memory, .words = builder_make(memory, WORDS_MAX), .blank = true};
    const char *encoding = encoding_of(memory, page, charset);
    reading.links = memory_take_array(memory, OUTSIDE_LINKS, sizeof *reading.links);
    htmlParserCtxtPtr parser =
        htmlCreatePushParserCtxt(&events, &reading, NULL, 0, NULL, XML_CHAR_ENCODING_NONE);
    xmlCharEncodingHandlerPtr handler = encoding ? xmlFindCharEncodingHandler(encoding) : NULL;
    if (parser)
        htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_RECOVER | (handler ? HTML_PARSE_IGNORE_ENC : 0));
    if (parser && handler)
        xmlSwitchToEncoding(parser, handler);
    for (size_t at = 0; parser && reading.links && at < page.size; at += PIECE) {
        size_t size = page.size - at < PIECE ? page.size - at : PIECE;
        htmlParseChunk(parser, (const char *)page.data + at, (int)size, 0);
    }
    if (parser && reading.links)
        htmlParseChunk(parser, NULL, 0, 1);
    bool fine = parser && reading.links && !reading.failed && !reading.words.exhausted;
    if (parser)
        htmlFreeParserCtxt(parser);
    if (!fine)
        return &out_of_memory;
    reading.words.failed = false; /* beyond the limit is left out */
    out->links = reading.links;
    out->link_count = reading.count;
    const struct problem *problem = builder_end(&reading.words, &out->words);
    out->words = problem ? text_of("") : valid_only(memory, out->words);
    return problem || out->words.data ? problem : &out_of_memory;
}
