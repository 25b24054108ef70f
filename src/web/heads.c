/*
 * A request's header fields.
 *
 * Must not know: libmicrohttpd. Read next: web/listen_test.c.
 */
#include "web/heads.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

void heads_begin(struct heads *heads, struct incoming *incoming)
{
    *heads = (struct heads){.incoming = incoming, .length = -1};
}

/* RFC 9110 5.6.2 */
static bool is_token(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return name.size > 0;
}

static bool is_value(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool named(struct text name, const char *wanted)
{
    return name.size == strlen(wanted) && strncasecmp(name.data, wanted, name.size) == 0;
}

static void take_framing(struct heads *heads, struct text name, struct text value)
{
    if (named(name, "Content-Length")) {
        heads->lengths++;
        for (size_t i = 0; i < value.size; i++)
            if (value.data[i] < '0' || value.data[i] > '9')
                heads->refused = true;
        if (!text_to_integer(value, &heads->length))
            heads->refused = true;
    } else if (named(name, "Transfer-Encoding")) {
        heads->encodings++;
        if (!named(value, "chunked"))
            heads->refused = true;
    } else if (named(name, "Host")) {
        heads->hosts++;
    }
}

#define PLACE(member) offsetof(struct incoming, member)
static const struct {
    struct text name;
    size_t place; /* in an incoming */
} wanted[] = {
    {TEXT("Accept"), PLACE(accept)},
    {TEXT("Accept-Language"), PLACE(accept_language)},
    {TEXT("Accept-Encoding"), PLACE(accept_encoding)},
    {TEXT("Cookie"), PLACE(cookie)},
    {TEXT("Content-Type"), PLACE(content_type)},
    {TEXT("Origin"), PLACE(origin)},
    {TEXT("Sec-Fetch-Site"), PLACE(fetch_site)},
    {TEXT("X-CSRF-Token"), PLACE(token)},
    {TEXT("Idempotency-Key"), PLACE(once)},
    {TEXT("Host"), PLACE(host)},
    {TEXT("If-None-Match"), PLACE(if_none_match)},
    {TEXT("If-Match"), PLACE(if_match)},
    {TEXT("Range"), PLACE(range)},
    {TEXT("Authorization"), PLACE(authorization)},
    {TEXT("X-Forwarded-For"), PLACE(forwarded_for)},
    {TEXT("User-Agent"), PLACE(user_agent)},
    {TEXT("Last-Event-ID"), PLACE(last_event)},
    {TEXT("Sec-Fetch-Dest"), PLACE(fetch_dest)},
    {TEXT("Sec-Fetch-Mode"), PLACE(fetch_mode)},
    {TEXT("Sec-Fetch-User"), PLACE(fetch_user)},
    {TEXT("Referer"), PLACE(referer)},
    {TEXT("Sec-Purpose"), PLACE(purpose)},
    {TEXT("Purpose"), PLACE(purpose)},
};

void heads_take(struct heads *heads, struct text name, struct text value)
{
    struct incoming *in = heads->incoming;
    if (!is_token(name) || !is_value(value)) {
        heads->refused = true;
        return;
    }
    take_framing(heads, name, value);
    if (name.size > 2 && strncasecmp(name.data, "X-", 2) == 0 && in->own_head_count < HEADS_OWN_MAX)
        in->own_heads[in->own_head_count++] = (struct request_head){name, value};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (name.size == wanted[i].name.size &&
            strncasecmp(name.data, wanted[i].name.data, name.size) == 0)
            *(struct text *)(void *)((char *)in + wanted[i].place) = value;
}

bool heads_end(const struct heads *heads)
{
    return !heads->refused && heads->lengths <= 1 && heads->encodings <= 1 && heads->hosts <= 1 &&
           !(heads->lengths && heads->encodings);
}

static bool is_listed(struct text address, struct text list)
{
    struct text one;
    while (list.size && text_split(&list, ',', &one))
        if (text_equal(text_trim(one), address))
            return true;
    return false;
}

struct text heads_client(struct text peer, struct text forwarded_for, struct text trusted)
{
    struct text client = peer;
    struct text rest = forwarded_for;
    while (is_listed(client, trusted) && rest.size) {
        size_t start = rest.size;
        while (start > 0 && rest.data[start - 1] != ',')
            start--;
        client = text_trim((struct text){rest.data + start, rest.size - start});
        rest.size = start > 0 ? start - 1 : 0;
    }
    return client;
}
