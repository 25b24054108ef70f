/*
 * Text: comparing, copying, validating and cutting UTF-8.
 *
 * Must not know: languages, folding, word breaks (web and core use ICU for these).
 * Read next: base/builder.c, which makes text.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct text text_of(const char *c)
{
    return (struct text){c, c ? strlen(c) : 0};
}

bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool text_is(struct text a, const char *c)
{
    return text_equal(a, text_of(c));
}

int text_compare(struct text a, struct text b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

bool text_starts(struct text a, const char *prefix)
{
    size_t size = strlen(prefix);
    return size <= a.size && (size == 0 || memcmp(a.data, prefix, size) == 0);
}

bool text_empty(struct text a)
{
    return a.size == 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text a)
{
    while (a.size > 0 && is_space(a.data[0])) {
        a.data++;
        a.size--;
    }
    while (a.size > 0 && is_space(a.data[a.size - 1])) {
        a.size--;
    }
    return a;
}

struct text text_copy(struct memory *memory, struct text a)
{
    char *data = memory_take(memory, a.size + 1);
    if (!data) {
        return (struct text){NULL, 0};
    }
    if (a.size > 0) {
        memcpy(data, a.data, a.size);
    }
    return (struct text){data, a.size};
}

const char *text_c(struct memory *memory, struct text a)
{
    return text_copy(memory, a).data;
}

struct text text_format_list(struct memory *memory, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    char *data = size < 0 ? NULL : memory_take(memory, (size_t)size + 1);
    if (data) {
        vsnprintf(data, (size_t)size + 1, format, again);
    }
    va_end(again);
    return (struct text){data, data ? (size_t)size : 0};
}

struct text text_format(struct memory *memory, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text out = text_format_list(memory, format, arguments);
    va_end(arguments);
    return out;
}

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the sequence at `s`, 0 when it is none. The table is 3-7 of the Unicode standard, the
 * same as the grammar of RFC 3629, section 4. */
static size_t sequence(const unsigned char *s, size_t left)
{
    unsigned char lead = s[0];
    if (lead < 0x80) {
        return lead != 0;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return left >= 2 && continues(s[1]) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (left < 3 || !continues(s[1]) || !continues(s[2])) {
            return 0;
        }
        bool overlong = lead == 0xE0 && s[1] < 0xA0;
        bool surrogate = lead == 0xED && s[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (left < 4 || !continues(s[1]) || !continues(s[2]) || !continues(s[3])) {
            return 0;
        }
        bool overlong = lead == 0xF0 && s[1] < 0x90;
        bool beyond = lead == 0xF4 && s[1] > 0x8F;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

/* True when each of the eight bytes is 0x01..0x7F. */
static bool eight_plain(const unsigned char *s)
{
    uint64_t eight;
    memcpy(&eight, s, sizeof eight);
    uint64_t high = UINT64_C(0x8080808080808080);
    return (eight & high) == 0 && ((eight - UINT64_C(0x0101010101010101)) & high) == 0;
}

bool text_valid(struct bytes raw)
{
    size_t at = 0;
    while (at < raw.size) {
        if (raw.size - at >= 8 && eight_plain(raw.data + at)) {
            at += 8;
            continue;
        }
        size_t step = sequence(raw.data + at, raw.size - at);
        if (step == 0) {
            return false;
        }
        at += step;
    }
    return true;
}

size_t text_length(struct text a)
{
    size_t length = 0;
    for (size_t i = 0; i < a.size; i++) {
        length += !continues((unsigned char)a.data[i]);
    }
    return length;
}

bool text_to_integer(struct text a, int64_t *out)
{
    size_t at = 0;
    bool negative = a.size > 0 && a.data[0] == '-';
    if (a.size > 0 && (a.data[0] == '-' || a.data[0] == '+')) {
        at = 1;
    }
    if (at == a.size) {
        return false;
    }
    int64_t number = 0;
    for (; at < a.size; at++) {
        if (a.data[at] < '0' || a.data[at] > '9') {
            return false;
        }
        int digit = a.data[at] - '0';
        if (__builtin_mul_overflow(number, INT64_C(10), &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number)) {
            return false;
        }
    }
    *out = number;
    return true;
}

bool text_split(struct text *rest, char separator, struct text *part)
{
    if (rest->size == 0) {
        return false;
    }
    const char *found = memchr(rest->data, separator, rest->size);
    size_t size = found ? (size_t)(found - rest->data) : rest->size;
    size_t gone = found ? size + 1 : size;
    *part = (struct text){rest->data, size};
    rest->data += gone;
    rest->size -= gone;
    return true;
}
