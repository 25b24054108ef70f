/*
 * The builder: appends to a text that has a maximum.
 *
 * Must not know: templates, shapes. Read next: base/escape.c.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

enum { FIRST_ROOM = 256 };

struct builder builder_make(struct memory *memory, size_t limit)
{
    return (struct builder){.memory = memory, .limit = limit};
}

/* More room, or the failure that sticks. */
static bool grow(struct builder *b, size_t size)
{
    if (b->failed) {
        return false;
    }
    if (size > b->limit - b->size) {
        b->failed = true;
        return false;
    }
    size_t needed = b->size + size + 1;
    size_t room = b->room ? b->room : FIRST_ROOM;
    while (room < needed) {
        room = room > SIZE_MAX / 2 ? needed : room * 2;
    }
    char *data = memory_take_room(b->memory, room);
    if (!data) {
        b->failed = true;
        b->exhausted = true;
        return false;
    }
    if (b->size > 0) {
        memcpy(data, b->data, b->size);
    }
    b->data = data;
    b->room = room;
    return true;
}

/* Makes sure that `size` more bytes and the NUL fit. What was failed stays as it was. */
static inline bool reserve(struct builder *b, size_t size)
{
    bool fits = size < b->room - b->size && size <= b->limit - b->size && !b->failed;
    return fits || grow(b, size);
}

void builder_expect(struct builder *b, size_t size)
{
    if (size <= b->limit - b->size) {
        reserve(b, size);
    }
}

void builder_add_bytes(struct builder *b, const void *data, size_t size)
{
    if (size > 0 && reserve(b, size)) {
        memcpy(b->data + b->size, data, size);
        b->size += size;
    }
}

void builder_add(struct builder *b, struct text t)
{
    builder_add_bytes(b, t.data, t.size);
}

void builder_add_c(struct builder *b, const char *c)
{
    builder_add_bytes(b, c, strlen(c));
}

void builder_add_char(struct builder *b, char c)
{
    if (reserve(b, 1)) {
        b->data[b->size++] = c;
    }
}

void builder_add_integer(struct builder *b, int64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (n < 0) {
        digits[--at] = '-';
    }
    builder_add_bytes(b, digits + at, sizeof digits - at);
}

void builder_add_format(struct builder *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    size_t room = b->failed ? 0 : b->room - b->size;
    int size = vsnprintf(room ? b->data + b->size : NULL, room, format, arguments);
    va_end(arguments);
    ensure(size >= 0);
    size_t added = (size_t)size;
    if (reserve(b, added)) {
        if (added >= room) {
            vsnprintf(b->data + b->size, added + 1, format, again);
        }
        b->size += added;
    }
    va_end(again);
}

const struct problem *builder_end(struct builder *b, struct text *out)
{
    if (b->failed) {
        return b->exhausted ? &out_of_memory : &too_large;
    }
    if (!b->data) {
        *out = (struct text){"", 0};
        return NULL;
    }
    b->data[b->size] = '\0';
    *out = (struct text){b->data, b->size};
    return NULL;
}
