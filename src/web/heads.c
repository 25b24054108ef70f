/*
 * A request's header fields.
 *
 * Must not know: libmicrohttpd. Read next: web/listen_test.c.
 */
#include "web/heads.h"

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
    struct {
        const char *name;
        struct text *place;
    } wanted[] = {
        {"Accept", &in->accept},
        {"Accept-Language", &in->accept_language},
        {"Accept-Encoding", &in->accept_encoding},
        {"Cookie", &in->cookie},
        {"Content-Type", &in->content_type},
        {"Origin", &in->origin},
        {"Sec-Fetch-Site", &in->fetch_site},
        {"X-CSRF-Token", &in->token},
        {"Idempotency-Key", &in->once},
        {"Host", &in->host},
        {"If-None-Match", &in->if_none_match},
        {"If-Match", &in->if_match},
        {"Range", &in->range},
        {"Authorization", &in->authorization},
        {"X-Forwarded-For", &in->forwarded_for},
        {"User-Agent", &in->user_agent},
        {"Last-Event-ID", &in->last_event},
        {"Sec-Fetch-Dest", &in->fetch_dest},
        {"Sec-Purpose", &in->purpose},
        {"Purpose", &in->purpose},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (named(name, wanted[i].name))
            *wanted[i].place = value;
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
