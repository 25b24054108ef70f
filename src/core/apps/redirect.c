/*
 * Redirect addresses looked at, letter by letter.
 *
 * Must not know: apps, the database. Read next: core/apps/apps_test.c.
 */
#include "core/apps/redirect.h"

#include <string.h>

static const struct text secure = TEXT("https://");
/* Not [::1]: a policy of content security can't name it, so that browsers would not go there. */
static const struct text loops[] = {TEXT("http://127.0.0.1"), TEXT("http://localhost")};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of ":8080" at the front; 0 when there is none, or no number. */
static size_t port_size(struct text rest)
{
    size_t size = 1;
    if (rest.size < 2 || rest.data[0] != ':')
        return 0;
    while (size < rest.size && size <= 5 && is_digit(rest.data[size]))
        size++;
    return size > 1 ? size : 0;
}

static bool ends_origin(struct text rest)
{
    return rest.size == 0 || rest.data[0] == '/' || rest.data[0] == '?';
}

static struct text behind(struct text all, size_t size)
{
    return (struct text){all.data + size, all.size - size};
}

/* Bytes of the origin of an address on this machine without its port; 0: it is none. */
static size_t loop_size(struct text uri)
{
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        if (text_starts(uri, loops[i].data)) {
            struct text rest = behind(uri, loops[i].size);
            return ends_origin(behind(rest, port_size(rest))) ? loops[i].size : 0;
        }
    }
    return 0;
}

/* Bytes of scheme, host and port; 0: there is no good host. */
static size_t origin_size(struct text uri)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t size = loop_size(uri);
    if (size == 0 && text_starts(uri, secure.data)) {
        size = secure.size;
        while (size < uri.size && memchr(fine, uri.data[size], sizeof fine - 1))
            size++;
        size = size == secure.size ? 0 : size;
    }
    if (size == 0)
        return 0;
    size += port_size(behind(uri, size));
    return ends_origin(behind(uri, size)) ? size : 0;
}

bool redirect_is_formed(struct text uri)
{
    if (uri.size == 0 || uri.size > REDIRECT_MAX || origin_size(uri) == 0)
        return false;
    for (size_t i = 0; i < uri.size; i++) {
        char c = uri.data[i];
        if (c <= ' ' || c >= 0x7f || strchr("#\"<>\\^`{|}", c))
            return false;
    }
    return true;
}

static bool is_same(struct text registered, struct text uri)
{
    size_t loop = loop_size(registered);
    if (loop == 0 || loop != loop_size(uri) || memcmp(registered.data, uri.data, loop) != 0)
        return text_equal(registered, uri);
    struct text ours = behind(registered, loop);
    struct text theirs = behind(uri, loop);
    return text_equal(behind(ours, port_size(ours)), behind(theirs, port_size(theirs)));
}

bool redirect_is_known(struct text registered, struct text uri)
{
    struct text one;
    if (!redirect_is_formed(uri))
        return false;
    while (text_split(&registered, '\n', &one)) {
        if (is_same(one, uri))
            return true;
    }
    return false;
}

struct text redirect_origin(struct text uri)
{
    return (struct text){uri.data, origin_size(uri)};
}
