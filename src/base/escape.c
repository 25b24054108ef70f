/*
 * Appends text with the escaping of the place where it will stand: HTML, a URL, JSON.
 *
 * Most texts need nothing, and finding that out is half the work of a page: sixteen bytes are looked
 * at at once. Must not know: templates, shapes. Read next: web/template_write.c, base/json_write.c.
 */
#include <string.h>

#include "base/text.h"

/* Sixteen bytes, and what a comparison says of each: 0 or 0xFF. */
typedef unsigned char lanes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* Of each byte: must it be escaped? */
typedef lanes escaped_lanes(lanes v);

static lanes html_escaped(lanes v)
{
    return (lanes)((v == '&') | (v == '<') | (v == '>') | (v == '"') | (v == '\''));
}

/* RFC 3986, section 2.3: letters, digits and - . _ ~ stand for themselves. */
static lanes url_escaped(lanes v)
{
    lanes letter = (lanes)((v | 0x20) - 'a' < 26);
    lanes digit = (lanes)(v - '0' < 10);
    return (lanes) ~(letter | digit | (v == '-') | (v == '.') | (v == '_') | (v == '~'));
}

/* RFC 8259, section 7: the quote, the backslash and everything below a space. */
static lanes json_escaped(lanes v)
{
    return (lanes)((v == '"') | (v == '\\') | (v < 0x20));
}

/* How many bytes from the front need no escape. */
static inline size_t plain_run(const char *data, size_t size, escaped_lanes *escaped)
{
    size_t at = 0;
    while (at < size) {
        size_t some = size - at < sizeof(lanes) ? size - at : sizeof(lanes);
        lanes v = {0};
        memcpy(&v, data + at, some);
        lanes found = escaped(v);
        halves any = (halves)found;
        for (size_t i = 0; (any[0] | any[1]) && i < some; i++) {
            if (found[i]) {
                return at + i;
            }
        }
        at += some;
    }
    return size;
}

/* Appends up to the next byte that must be escaped and takes it off the front of *rest, without that
 * byte. False: there is none. */
static inline bool next_escape(struct builder *b, struct text *rest, escaped_lanes *escaped,
                               char *out)
{
    size_t plain = plain_run(rest->data, rest->size, escaped);
    builder_add_bytes(b, rest->data, plain);
    if (plain == rest->size) {
        return false;
    }
    *out = rest->data[plain];
    *rest = (struct text){rest->data + plain + 1, rest->size - plain - 1};
    return true;
}

bool text_html_plain(struct text t)
{
    return plain_run(t.data, t.size, html_escaped) == t.size;
}

static const char *html_escape(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void builder_add_html(struct builder *b, struct text t)
{
    char c;
    while (next_escape(b, &t, html_escaped, &c)) {
        builder_add_c(b, html_escape(c));
    }
}

void builder_add_url(struct builder *b, struct text t)
{
    static const char digits[] = "0123456789ABCDEF";
    char c;
    while (next_escape(b, &t, url_escaped, &c)) {
        unsigned char byte = (unsigned char)c;
        builder_add_bytes(b, (char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3);
    }
}

static void add_json_escape(struct builder *b, char c)
{
    static const char digits[] = "0123456789abcdef";
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    char escape[6] = {'\\', 'u', '0', '0', digits[(unsigned char)c >> 4], digits[c & 15]};
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if (letters[i] == c) {
            escape[1] = letters[i + 1];
            builder_add_bytes(b, escape, 2);
            return;
        }
    }
    builder_add_bytes(b, escape, sizeof escape);
}

void builder_add_json(struct builder *b, struct text t)
{
    char c;
    builder_add_char(b, '"');
    while (next_escape(b, &t, json_escaped, &c)) {
        add_json_escape(b, c);
    }
    builder_add_char(b, '"');
}
