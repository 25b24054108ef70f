/*
 * Where in the HTML a template stands: text, a tag, an attribute, a URL.
 *
 * A strict reading of the HTML we write ourselves (every element closed, every value quoted), after
 * the tokenizer of the HTML standard, section 13.2.5. Must not know: shapes, values.
 * Read next: template_compile.c.
 */
#include <string.h>

#include "web/template_parts.h"

static const char *const void_elements[] = {"area",  "base",   "br",    "col",  "embed",
                                            "hr",    "img",    "input", "link", "meta",
                                            "param", "source", "track", "wbr"};

/* Attributes that may hold a value and are read by programs. */
static const char *const plain_attributes[] = {"accept",
                                               "as",
                                               "autocapitalize",
                                               "autocomplete",
                                               "charset",
                                               "class",
                                               "cols",
                                               "colspan",
                                               "content",
                                               "cx",
                                               "cy",
                                               "d",
                                               "datetime",
                                               "decoding",
                                               "dir",
                                               "download",
                                               "dx",
                                               "dy",
                                               "enterkeyhint",
                                               "fetchpriority",
                                               "for",
                                               "form",
                                               "headers",
                                               "height",
                                               "high",
                                               "hreflang",
                                               "id",
                                               "inputmode",
                                               "itemid",
                                               "itemprop",
                                               "itemtype",
                                               "lang",
                                               "list",
                                               "loading",
                                               "low",
                                               "max",
                                               "maxlength",
                                               "media",
                                               "min",
                                               "minlength",
                                               "name",
                                               "optimum",
                                               "pathlength",
                                               "points",
                                               "property",
                                               "r",
                                               "rel",
                                               "role",
                                               "rows",
                                               "rowspan",
                                               "rx",
                                               "ry",
                                               "scope",
                                               "size",
                                               "sizes",
                                               "slot",
                                               "span",
                                               "start",
                                               "step",
                                               "tabindex",
                                               "text-anchor",
                                               "transform",
                                               "type",
                                               "value",
                                               "viewbox",
                                               "width",
                                               "x",
                                               "x1",
                                               "x2",
                                               "y",
                                               "y1",
                                               "y2"};

/* Those that people read or hear. */
static const char *const read_attributes[] = {"abbr",
                                              "alt",
                                              "aria-description",
                                              "aria-label",
                                              "aria-placeholder",
                                              "aria-roledescription",
                                              "aria-valuetext",
                                              "data-hx-confirm",
                                              "label",
                                              "placeholder",
                                              "title"};

static const char *const url_attributes[] = {
    "action",           "cite",          "data-hx-delete",
    "data-hx-get",      "data-hx-patch", "data-hx-post",
    "data-hx-push-url", "data-hx-put",   "data-hx-replace-url",
    "data-url",         "formaction",    "href",
    "poster",           "src",           "xlink:href"};

static const char *const selector_attributes[] = {
    "data-hx-include", "data-hx-indicator", "data-hx-select", "data-hx-swap-oob", "data-hx-target"};

#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static bool listed(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool starts(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static enum attribute_kind attribute_kind(const char *name)
{
    if (listed(name, url_attributes, COUNT_OF(url_attributes))) {
        return ATTRIBUTE_URL;
    }
    if (strcmp(name, "srcset") == 0 || strcmp(name, "imagesrcset") == 0) {
        return ATTRIBUTE_URLS;
    }
    if (listed(name, read_attributes, COUNT_OF(read_attributes))) {
        return ATTRIBUTE_READ;
    }
    if (listed(name, selector_attributes, COUNT_OF(selector_attributes))) {
        return ATTRIBUTE_SELECTOR;
    }
    if (listed(name, plain_attributes, COUNT_OF(plain_attributes)) || starts(name, "aria-") ||
        (starts(name, "data-") && !starts(name, "data-hx-"))) {
        return ATTRIBUTE_PLAIN;
    }
    return ATTRIBUTE_LITERAL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool name_char(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' ||
           c == '.';
}

static bool add_name(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (!name_char(character)) {
        return template_refuse(c, "\"%c\" in the name of a tag or attribute", character);
    }
    if (html->name_size + 1 >= NAME_LIMIT) {
        return template_refuse(c, "a tag or attribute with too long a name");
    }
    html->name[html->name_size++] = lower(character);
    html->name[html->name_size] = '\0';
    return true;
}

static void begin_name(struct html_context *html, enum html_state state)
{
    html->state = state;
    html->name_size = 0;
    html->name[0] = '\0';
}

/* The innermost element takes its content as raw text. */
static bool raw_text(const struct html_context *html)
{
    return html->depth > 0 && (text_is(html->open[html->depth - 1].name, "script") ||
                               text_is(html->open[html->depth - 1].name, "style"));
}

/* White space counts here, or no markup is known inside. */
static bool kept_text(const struct html_context *html)
{
    for (size_t i = 0; i < html->depth; i++) {
        if (text_is(html->open[i].name, "pre") || text_is(html->open[i].name, "textarea")) {
            return true;
        }
    }
    return raw_text(html);
}

static bool in_svg(const struct html_context *html)
{
    for (size_t i = 0; i < html->depth; i++) {
        if (text_is(html->open[i].name, "svg") || text_is(html->open[i].name, "math")) {
            return true;
        }
    }
    return strcmp(html->tag, "svg") == 0;
}

static bool open_element(struct compiler *c)
{
    struct html_context *html = &c->html;
    html->state = HTML_TEXT;
    if (listed(html->tag, void_elements, COUNT_OF(void_elements))) {
        return true;
    }
    if (html->depth == ELEMENT_LIMIT) {
        return template_refuse(c, "more than %d elements inside each other", ELEMENT_LIMIT);
    }
    struct text name = text_copy(c->memory, text_of(html->tag));
    if (!name.data) {
        return template_refuse(c, "no memory for the templates");
    }
    html->open[html->depth++] = (struct element){name, ++html->serial};
    return true;
}

static bool close_element(struct compiler *c)
{
    struct html_context *html = &c->html;
    html->state = HTML_TEXT;
    if (html->depth == 0) {
        return template_refuse(c, "</%s> closes nothing", html->name);
    }
    struct element *last = &html->open[html->depth - 1];
    if (!text_is(last->name, html->name)) {
        return template_refuse(c, "</%s> where </%.*s> is due", html->name, TEXT_ARGS(last->name));
    }
    html->depth--;
    return true;
}

static bool feed_text(struct compiler *c, char character, bool *send)
{
    struct html_context *html = &c->html;
    if (character == '<') {
        html->state = HTML_TAG_OPEN;
    }
    bool blank = is_blank(character);
    *send = !(blank && html->blank) || kept_text(html);
    html->blank = blank;
    return true;
}

static bool feed_tag_open(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (character == '/') {
        begin_name(html, HTML_CLOSE_NAME);
        return true;
    }
    if (raw_text(html)) {
        html->state = HTML_TEXT;
        return true;
    }
    if (character == '!') {
        html->dashes = 0;
        html->state = HTML_MARKUP;
        return true;
    }
    begin_name(html, HTML_TAG_NAME);
    html->tag_serial = ++html->serial;
    return add_name(c, character);
}

/* The end of an attribute's name, seen at = or at what follows. */
static bool name_attribute(struct compiler *c)
{
    struct html_context *html = &c->html;
    if (starts(html->name, "on") || starts(html->name, "data-hx-on") || starts(html->name, "hx-") ||
        strcmp(html->name, "style") == 0 || strcmp(html->name, "http-equiv") == 0 ||
        strcmp(html->name, "srcdoc") == 0) {
        return template_refuse(c, "the attribute %s is not allowed in a template", html->name);
    }
    html->attribute = attribute_kind(html->name);
    if (strcmp(html->tag, "meta") == 0 && strcmp(html->name, "content") == 0) {
        html->attribute = ATTRIBUTE_READ;
    }
    html->url = URL_EMPTY;
    return true;
}

static bool feed_in_tag(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (is_blank(character)) {
        html->state = HTML_BETWEEN;
    } else if (character == '>') {
        return open_element(c);
    } else if (character == '/') {
        html->state = HTML_SLASH;
    } else if (html->state == HTML_AFTER) {
        return template_refuse(c, "white space is due before the next attribute");
    } else {
        begin_name(html, HTML_ATTRIBUTE);
        return add_name(c, character);
    }
    return true;
}

static bool feed_tag_name(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (!is_blank(character) && character != '>' && character != '/') {
        return add_name(c, character);
    }
    if (strcmp(html->name, "style") == 0) {
        return template_refuse(c, "styles belong into ui/styles, not into a template");
    }
    memcpy(html->tag, html->name, sizeof html->tag);
    html->state = HTML_AFTER;
    return feed_in_tag(c, character);
}

static bool feed_close_name(struct compiler *c, char character)
{
    if (character == '>') {
        return close_element(c);
    }
    return is_blank(character) || add_name(c, character);
}

static bool feed_attribute(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (character == '=') {
        html->state = HTML_EQUALS;
        return name_attribute(c);
    }
    if (is_blank(character) || character == '>' || character == '/') {
        html->state = HTML_AFTER;
        return name_attribute(c) && feed_in_tag(c, character);
    }
    return add_name(c, character);
}

static bool feed_equals(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (character != '"' && character != '\'') {
        return template_refuse(c, "the value of %s is not in quotes", html->name);
    }
    html->state = character == '"' ? HTML_DOUBLE : HTML_SINGLE;
    html->value_serial = ++html->serial;
    return true;
}

/* How the URL begins, as far as its literal text tells. */
static void follow_url(struct html_context *html, char character)
{
    if (html->attribute == ATTRIBUTE_URLS && (character == ',' || is_blank(character))) {
        html->url = character == ',' ? URL_EMPTY : html->url;
        return;
    }
    if (html->url == URL_EMPTY) {
        html->url = character == '/'                       ? URL_SLASH
                    : character == '?' || character == '#' ? URL_LOCAL
                                                           : URL_OTHER;
    } else if (html->url == URL_SLASH) {
        html->url = character == '/' || character == '\\' ? URL_OTHER : URL_LOCAL;
    }
}

static void feed_value(struct html_context *html, char character)
{
    char quote = html->state == HTML_DOUBLE ? '"' : '\'';
    if (character == quote) {
        html->state = HTML_AFTER;
        html->url = URL_EMPTY;
    } else {
        follow_url(html, character);
    }
}

static bool feed_slash(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (character != '>') {
        return template_refuse(c, "/ inside a tag");
    }
    html->state = HTML_TEXT;
    if (in_svg(html) || listed(html->tag, void_elements, COUNT_OF(void_elements))) {
        return true;
    }
    return template_refuse(c, "<%s/> does not close in HTML", html->tag);
}

static bool feed_markup(struct compiler *c, char character)
{
    struct html_context *html = &c->html;
    if (character == '-' && html->dashes == 1) {
        return template_refuse(c, "an HTML comment: readers would get it; write {# ... }");
    }
    html->dashes = character == '-' ? html->dashes + 1 : 0;
    if (character == '>') {
        html->state = HTML_TEXT;
    }
    return true;
}

bool html_feed(struct compiler *c, char character, bool *send)
{
    struct html_context *html = &c->html;
    *send = true;
    if (html->state == HTML_TEXT) {
        return feed_text(c, character, send);
    }
    html->blank = false;
    switch (html->state) {
    case HTML_TAG_OPEN:
        return feed_tag_open(c, character);
    case HTML_TAG_NAME:
        return feed_tag_name(c, character);
    case HTML_CLOSE_NAME:
        return feed_close_name(c, character);
    case HTML_ATTRIBUTE:
        return feed_attribute(c, character);
    case HTML_EQUALS:
        return feed_equals(c, character);
    case HTML_DOUBLE:
    case HTML_SINGLE:
        feed_value(html, character);
        return true;
    case HTML_SLASH:
        return feed_slash(c, character);
    case HTML_MARKUP:
        return feed_markup(c, character);
    default:
        return feed_in_tag(c, character);
    }
}

static const char *attribute_refused(const struct html_context *html)
{
    switch (html->attribute) {
    case ATTRIBUTE_LITERAL:
        return "a value may not stand in this attribute";
    case ATTRIBUTE_URL:
    case ATTRIBUTE_URLS:
        return html->url == URL_OTHER ? "a URL with a value in it begins with /, ? or #" : NULL;
    default:
        return NULL;
    }
}

const char *html_value_refused(const struct html_context *html)
{
    switch (html->state) {
    case HTML_TEXT:
        return raw_text(html) ? "a value may not stand inside a script or style" : NULL;
    case HTML_DOUBLE:
    case HTML_SINGLE:
        return attribute_refused(html);
    case HTML_EQUALS:
        return "a value must stand in quotes";
    case HTML_MARKUP:
        return "a value may not stand inside <! >";
    default:
        return "a value may not stand in a tag outside an attribute's quotes";
    }
}

bool html_takes_markup(const struct html_context *html)
{
    if (html->state != HTML_TEXT || html->depth == 0) {
        return html->state == HTML_TEXT;
    }
    struct text inner = html->open[html->depth - 1].name;
    return !text_is(inner, "textarea") && !text_is(inner, "title") && !text_is(inner, "option");
}

static bool in_value(const struct html_context *html)
{
    return html->state == HTML_DOUBLE || html->state == HTML_SINGLE;
}

void html_value_passed(struct html_context *html)
{
    if (in_value(html)) {
        html->url = URL_LOCAL;
    }
    html->blank = false;
}

static bool between(const struct html_context *html)
{
    return html->state == HTML_BETWEEN || html->state == HTML_AFTER;
}

bool html_block_edge(struct compiler *c)
{
    struct html_context *html = &c->html;
    if (html->state == HTML_TAG_NAME) {
        memcpy(html->tag, html->name, sizeof html->tag);
        html->state = HTML_AFTER;
    } else if (html->state == HTML_ATTRIBUTE) {
        html->state = HTML_AFTER;
        return name_attribute(c);
    }
    return html->state == HTML_TEXT || in_value(html) || between(html) ||
           template_refuse(c, "a block may not begin or end here; only in text, between attributes "
                              "or inside quotes");
}

bool html_same_place(const struct html_context *from, const struct html_context *to)
{
    bool same_element =
        from->depth == to->depth &&
        (from->depth == 0 || from->open[from->depth - 1].serial == to->open[to->depth - 1].serial);
    if (!same_element) {
        return false;
    }
    if (between(from)) {
        return between(to) && from->tag_serial == to->tag_serial;
    }
    return from->state == to->state && (!in_value(from) || from->value_serial == to->value_serial);
}

void html_merge(struct html_context *into, const struct html_context *other)
{
    if (other->state == HTML_AFTER) {
        into->state = HTML_AFTER;
    }
    if (into->url != other->url) {
        into->url = URL_OTHER;
    }
    into->blank = into->blank && other->blank;
}
