/*
 * Plain heads, line by line.
 *
 * Must not know: sockets. Read next: web/plain_test.c.
 */
#include "web/plain.h"

#include <string.h>
#include <strings.h>

#include "web/heads.h"

/* Without its end; false: there is no end. A CR that ends no line stays in it, where nothing takes it. */
static bool next_line(struct text *rest, struct text *line)
{
    const char *end = memmem(rest->data, rest->size, "\r\n", 2);
    if (!end)
        return false;
    *line = (struct text){rest->data, (size_t)(end - rest->data)};
    rest->size -= line->size + 2;
    rest->data = end + 2;
    return true;
}

/* "GET /path?query HTTP/1.1". */
static bool read_request(struct text line, struct incoming *incoming)
{
    static const struct text before = TEXT("GET "), behind = TEXT(" HTTP/1.1");
    if (line.size <= before.size + behind.size ||
        memcmp(line.data, before.data, before.size) != 0 ||
        memcmp(line.data + line.size - behind.size, behind.data, behind.size) != 0)
        return false;
    struct text target = {line.data + before.size, line.size - before.size - behind.size};
    for (size_t i = 0; i < target.size; i++)
        if (target.data[i] <= ' ' || target.data[i] >= 0x7f || target.data[i] == '#')
            return false;
    const char *mark = memchr(target.data, '?', target.size);
    size_t path = mark ? (size_t)(mark - target.data) : target.size;
    incoming->method = (struct text){"GET", 3};
    incoming->target = target;
    incoming->raw_path = (struct text){target.data, path};
    incoming->raw_query =
        mark ? (struct text){mark + 1, target.size - path - 1} : (struct text){"", 0};
    return target.data[0] == '/';
}

static bool named(struct text name, struct text wanted)
{
    return name.size == wanted.size && strncasecmp(name.data, wanted.data, name.size) == 0;
}

/* What asks for more than an answer. */
static bool asks_more(struct text name, struct text value)
{
    static const struct text more[] = {TEXT("Content-Length"), TEXT("Transfer-Encoding"),
                                       TEXT("Expect"), TEXT("Upgrade"), TEXT("Trailer")};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (named(name, more[i]))
            return true;
    return named(name, (struct text)TEXT("Connection")) &&
           !named(value, (struct text)TEXT("keep-alive"));
}

static bool read_field(struct text line, struct heads *heads)
{
    const char *colon = memchr(line.data, ':', line.size);
    if (!colon)
        return false;
    struct text name = {line.data, (size_t)(colon - line.data)};
    struct text value = {colon + 1, line.size - name.size - 1};
    while (value.size && (value.data[0] == ' ' || value.data[0] == '\t'))
        value = (struct text){value.data + 1, value.size - 1};
    while (value.size && (value.data[value.size - 1] == ' ' || value.data[value.size - 1] == '\t'))
        value.size--;
    if (asks_more(name, value))
        return false;
    heads_take(heads, name, value);
    return !heads->refused;
}

size_t plain_read(struct text bytes, struct incoming *incoming)
{
    struct text rest = bytes;
    struct text line;
    struct heads heads;
    heads_begin(&heads, incoming);
    if (!next_line(&rest, &line) || !read_request(line, incoming))
        return 0;
    while (next_line(&rest, &line)) {
        if (line.size == 0)
            return heads_end(&heads) && heads.hosts == 1 ? bytes.size - rest.size : 0;
        if (!read_field(line, &heads))
            return 0;
    }
    return 0;
}
