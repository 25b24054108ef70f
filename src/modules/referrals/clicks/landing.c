/*
 * Addresses taken apart and put together. Nothing is guessed: what is not plainly allowed is not.
 */
#include "modules/referrals/clicks/landing.h"

#include <string.h>
#include <strings.h>

#define SCHEME "https://"

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 3986: unreserved, gen-delims and sub-delims. The bracket is left out: here it only confuses. */
static bool may_stand(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("-._~:/?#@!$&'()*+,;=", c));
}

static bool is_escape(struct text t, size_t at)
{
    return t.data[at] == '%' && at + 2 < t.size && is_hex(t.data[at + 1]) && is_hex(t.data[at + 2]);
}

/* The part before the first "/", "?" or "#". */
static struct text authority_of(struct text behind_scheme)
{
    struct text host = {behind_scheme.data, 0};
    while (host.size < behind_scheme.size && !strchr("/?#", host.data[host.size]))
        host.size++;
    return host;
}

static bool is_listed(struct text host, struct text hosts)
{
    struct text line;
    while (hosts.size && text_split(&hosts, '\n', &line)) {
        line = text_trim(line);
        if (line.size && line.size == host.size &&
            strncasecmp(line.data, host.data, host.size) == 0)
            return true;
    }
    return false;
}

static struct text behind_scheme(struct text address)
{
    size_t size = strlen(SCHEME);
    if (address.size < size || strncasecmp(address.data, SCHEME, size) != 0)
        return (struct text){NULL, 0};
    return (struct text){address.data + size, address.size - size};
}

bool referrals_landing_allowed(struct text target, struct text hosts)
{
    struct text rest = behind_scheme(target);
    if (!rest.size || target.size > LANDING_MOST)
        return false;
    for (size_t i = 0; i < target.size; i++)
        if (!may_stand(target.data[i]) && !is_escape(target, i))
            return false;
    return is_listed(authority_of(rest), hosts);
}

static bool add(struct landing *out, const char *data, size_t size)
{
    if (size > LANDING_MOST - out->size)
        return false;
    memcpy(out->text + out->size, data, size);
    out->size += size;
    return true;
}

/* A second "#" may not stand behind the first. */
static bool add_encoded(struct landing *out, struct text t)
{
    static const char digits[] = "0123456789ABCDEF";
    bool fragment = false;
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        bool plain = (may_stand(t.data[i]) && !(c == '#' && fragment)) || is_escape(t, i);
        char escape[3] = {'%', digits[c >> 4], digits[c & 15]};
        if (!add(out, plain ? &t.data[i] : escape, plain ? 1 : 3))
            return false;
        fragment = fragment || c == '#';
    }
    return true;
}

bool referrals_landing_deep(struct text target, struct text hosts, struct text to,
                            struct landing *out)
{
    out->size = 0;
    struct text origin = {target.data, 0};
    struct text rest = behind_scheme(to);
    if (to.size && to.data[0] == '/') {
        origin.size = strlen(SCHEME) + authority_of(behind_scheme(target)).size;
        rest = to;
    } else if (rest.size) {
        struct text host = authority_of(rest);
        if (!is_listed(host, hosts))
            return false;
        origin = (struct text){to.data, strlen(SCHEME) + host.size};
        rest.data += host.size;
        rest.size -= host.size;
    } else {
        return false;
    }
    return add(out, origin.data, origin.size) && add_encoded(out, rest);
}

/* Copies a query without parameters that name a click. *any: something is left of it. */
static void add_query(struct landing *out, struct text query, bool *any)
{
    struct text one;
    *any = false;
    while (query.size && text_split(&query, '&', &one)) {
        if (text_starts(one, LANDING_CLICK) &&
            (one.size == strlen(LANDING_CLICK) || one.data[strlen(LANDING_CLICK)] == '='))
            continue;
        (void)add(out, *any ? "&" : "?", 1);
        (void)add(out, one.data, one.size);
        *any = true;
    }
}

void referrals_landing_mark(struct text target, struct text click, struct landing *out)
{
    const char *hash = target.size ? memchr(target.data, '#', target.size) : NULL;
    struct text fragment = {hash, hash ? (size_t)(target.data + target.size - hash) : 0};
    struct text front = {target.data, target.size - fragment.size};
    const char *mark = front.size ? memchr(front.data, '?', front.size) : NULL;
    struct text query = {mark ? mark + 1 : "",
                         mark ? (size_t)(front.data + front.size - mark) - 1 : 0};
    bool any;
    out->size = 0;
    (void)add(out, front.data, mark ? (size_t)(mark - front.data) : front.size);
    add_query(out, query, &any);
    if (click.size) {
        out->text[out->size++] = any ? '&' : '?';
        memcpy(out->text + out->size, LANDING_CLICK "=", sizeof LANDING_CLICK);
        out->size += sizeof LANDING_CLICK;
        memcpy(out->text + out->size, click.data, click.size);
        out->size += click.size;
    }
    memcpy(out->text + out->size, fragment.data ? fragment.data : "", fragment.size);
    out->size += fragment.size;
    out->text[out->size] = '\0';
}
