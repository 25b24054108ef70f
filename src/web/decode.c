/*
 * What clients send in text form, taken apart.
 *
 * Must not know: routes, shapes, sockets. Read next: web/decode_test.c, tests/fuzz_query.c.
 */
#include "web/decode.h"

#include <string.h>
#include <strings.h>

#include "web/words_parts.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool decode_percent(struct memory *memory, struct text raw, bool plus, struct text *out)
{
    bool needed = memchr(raw.data ? raw.data : "", '%', raw.size) != NULL ||
                  (plus && memchr(raw.data ? raw.data : "", '+', raw.size) != NULL);
    if (!needed) {
        *out = raw;
        return true;
    }
    char *data = memory_take(memory, raw.size + 1);
    *out = (struct text){data, 0};
    if (!data)
        return false;
    bool fine = true;
    size_t used = 0;
    for (size_t i = 0; i < raw.size; i++) {
        char c = raw.data[i];
        if (c == '+' && plus) {
            c = ' ';
        } else if (c == '%') {
            bool whole = i + 2 < raw.size;
            int high = whole ? hex_value(raw.data[i + 1]) : -1;
            int low = whole ? hex_value(raw.data[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                c = (char)(high * 16 + low);
                i += 2;
            } else {
                fine = false;
            }
        }
        data[used++] = c;
    }
    out->size = used;
    return fine;
}

const struct problem *decode_pairs(struct memory *memory, struct text raw, struct pairs *out)
{
    *out = (struct pairs){NULL, 0};
    size_t room = 0;
    for (size_t i = 0; i < raw.size; i++)
        room += raw.data[i] == '&';
    if (raw.size == 0)
        return NULL;
    room++;
    if (room > DECODE_PAIRS_MAX)
        return &too_large;
    out->items = memory_take_array(memory, room, sizeof *out->items);
    if (!out->items)
        return &out_of_memory;
    struct text part;
    while (text_split(&raw, '&', &part)) {
        if (part.size == 0)
            continue;
        const char *equals = memchr(part.data, '=', part.size);
        struct text name = {part.data, equals ? (size_t)(equals - part.data) : part.size};
        struct text value = {"", 0};
        if (equals)
            value = (struct text){equals + 1, part.size - name.size - 1};
        struct pair pair;
        decode_percent(memory, name, true, &pair.name);
        decode_percent(memory, value, true, &pair.value);
        if ((!pair.name.data && name.size) || (!pair.value.data && value.size))
            return &out_of_memory;
        if (text_valid((struct bytes){(const unsigned char *)pair.name.data, pair.name.size}))
            out->items[out->count++] = pair;
    }
    return NULL;
}

struct text pairs_find(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (text_is(pairs->items[i].name, name))
            return pairs->items[i].value;
    return (struct text){"", 0};
}

/* Bytes of the well-formed character at `at`, 0 when there is none. */
static size_t character_size(struct text raw, size_t at)
{
    for (size_t size = 1; size <= 4 && at + size <= raw.size; size++)
        if (text_valid((struct bytes){(const unsigned char *)raw.data + at, size}))
            return size;
    return 0;
}

struct text decode_repair(struct memory *memory, struct text raw)
{
    if (text_valid((struct bytes){(const unsigned char *)raw.data, raw.size}))
        return raw;
    struct builder b = builder_make(memory, raw.size * 3 + 1);
    for (size_t i = 0; i < raw.size;) {
        size_t size = character_size(raw, i);
        if (size)
            builder_add_bytes(&b, raw.data + i, size);
        else
            builder_add_c(&b, "\xEF\xBF\xBD");
        i += size ? size : 1;
    }
    struct text out = {"", 0};
    if (builder_end(&b, &out))
        return (struct text){"", 0};
    return out;
}

static bool cookie_value_ours(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        bool fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '-' || c == '_' || c == '.';
        if (!fine)
            return false;
    }
    return true;
}

struct text decode_cookie(struct text header, const char *name)
{
    size_t length = strlen(name);
    struct text part;
    while (text_split(&header, ';', &part)) {
        part = text_trim(part);
        if (part.size <= length || part.data[length] != '=' || !text_starts(part, name))
            continue;
        struct text value = {part.data + length + 1, part.size - length - 1};
        if (value.size <= 200 && cookie_value_ours(value))
            return value;
        return (struct text){"", 0};
    }
    return (struct text){"", 0};
}

static bool same_ignoring_case(struct text a, const char *b)
{
    return a.size == strlen(b) && strncasecmp(a.data ? a.data : "", b, a.size) == 0;
}

enum language decode_language(struct text tag)
{
    for (enum language l = LANGUAGE_EN; l <= LANGUAGE_ZH; l++)
        if (same_ignoring_case(tag, language_tag(l)))
            return l;
    return 0;
}

/* A weight in thousandths from the parameters after an element; 1000 when none is given. */
static int read_weight(struct text parameters)
{
    struct text part;
    while (text_split(&parameters, ';', &part)) {
        part = text_trim(part);
        if (part.size < 3 || (part.data[0] != 'q' && part.data[0] != 'Q') || part.data[1] != '=')
            continue;
        int weight = part.data[2] == '1' ? 1000 : 0;
        int unit = 100;
        for (size_t i = 4; i < part.size && i < 7 && part.data[3] == '.'; i++, unit /= 10)
            if (part.data[i] >= '0' && part.data[i] <= '9')
                weight += unit * (part.data[i] - '0');
        return weight > 1000 ? 1000 : weight;
    }
    return 1000;
}

/* Takes the next element of a header list apart. */
static bool next_element(struct text *rest, struct text *value, int *weight)
{
    struct text part;
    if (!text_split(rest, ',', &part))
        return false;
    *value = (struct text){"", 0};
    text_split(&part, ';', value);
    *value = text_trim(*value);
    *weight = read_weight(part);
    return true;
}

/* Chinese of any region is nearest to the one kind of Chinese that we write. */
static enum language nearest_language(struct text tag)
{
    struct text rest = tag;
    struct text primary = {"", 0};
    text_split(&rest, '-', &primary);
    if (same_ignoring_case(primary, "zh"))
        return LANGUAGE_ZH;
    return decode_language(primary);
}

enum language decode_accept_language(struct text header)
{
    enum language best = LANGUAGE_EN;
    int best_weight = 0;
    struct text tag;
    int weight;
    while (next_element(&header, &tag, &weight)) {
        enum language language = nearest_language(tag);
        if (language && weight > best_weight) {
            best = language;
            best_weight = weight;
        }
    }
    return best;
}

bool decode_prefers_json(struct text header)
{
    int json = 0;
    int html = 0;
    struct text type;
    int weight;
    while (next_element(&header, &type, &weight)) {
        if (same_ignoring_case(type, "application/json") ||
            same_ignoring_case(type, "application/problem+json"))
            json = weight > json ? weight : json;
        else if (same_ignoring_case(type, "text/html") ||
                 same_ignoring_case(type, "application/xhtml+xml"))
            html = weight > html ? weight : html;
    }
    return json > html;
}

bool decode_accepts_gzip(struct text header)
{
    struct text coding;
    int weight;
    while (next_element(&header, &coding, &weight))
        if (same_ignoring_case(coding, "gzip"))
            return weight > 0;
    return false;
}

bool decode_type_is(struct text header, const char *type)
{
    struct text value = {"", 0};
    text_split(&header, ';', &value);
    return same_ignoring_case(text_trim(value), type);
}

bool decode_is_local(struct text target)
{
    if (target.size == 0 || target.size > 2000 || target.data[0] != '/')
        return false;
    if (target.size > 1 && (target.data[1] == '/' || target.data[1] == '\\'))
        return false;
    for (size_t i = 0; i < target.size; i++)
        if ((unsigned char)target.data[i] <= ' ' || target.data[i] == '\\' ||
            target.data[i] == 0x7f)
            return false;
    return true;
}

bool decode_range(struct text header, int64_t size, int64_t *first, int64_t *last)
{
    if (!text_starts(header, "bytes="))
        return false;
    struct text rest = {header.data + 6, header.size - 6};
    const char *dash = memchr(rest.data, '-', rest.size);
    if (!dash || memchr(rest.data, ',', rest.size))
        return false;
    struct text from = text_trim((struct text){rest.data, (size_t)(dash - rest.data)});
    struct text to = text_trim((struct text){dash + 1, rest.size - (size_t)(dash - rest.data) - 1});
    int64_t a = 0;
    int64_t b = 0;
    if ((from.size && (!text_to_integer(from, &a) || a < 0)) ||
        (to.size && (!text_to_integer(to, &b) || b < 0)) || (!from.size && !to.size))
        return false;
    if (!from.size) {
        *first = b >= size ? 0 : size - b;
        *last = b == 0 ? *first - 1 : size - 1;
        return true;
    }
    if (to.size && b < a)
        return false;
    *first = a;
    *last = !to.size || b >= size ? size - 1 : b;
    return true;
}
