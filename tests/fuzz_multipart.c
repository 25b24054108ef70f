/*
 * Fuzz target: a multipart form, fed in pieces whose size the first byte chooses. What comes out
 * must not depend on where the pieces end.
 *
 * Read next: src/web/multipart.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "web/multipart.h"

/* A running sum over the parts, in which order and borders count. */
struct sum {
    uint64_t value;
    bool open;
};

static void add(struct sum *sum, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sum->value = (sum->value ^ (unsigned char)data[i]) * UINT64_C(1099511628211);
}

static bool on_begin(void *context, struct text name, struct text file)
{
    struct sum *sum = context;
    if (sum->open)
        abort();
    sum->open = true;
    add(sum, "<", 1);
    add(sum, name.data, name.size);
    add(sum, file.data ? "+" : "-", 1);
    add(sum, file.data, file.size);
    return true;
}

static bool on_data(void *context, const char *data, size_t size)
{
    struct sum *sum = context;
    if (!sum->open || size == 0)
        abort();
    add(sum, data, size);
    return true;
}

static bool on_end(void *context)
{
    struct sum *sum = context;
    if (!sum->open)
        abort();
    sum->open = false;
    add(sum, ">", 1);
    return true;
}

static const struct multipart_sink sink = {on_begin, on_data, on_end};

static uint64_t feed(const char *data, size_t size, size_t step, bool *complete)
{
    struct multipart multipart;
    struct sum sum = {0, false};
    multipart_begin(&multipart, text_of("XX"), &sink, &sum);
    for (size_t i = 0; i < size; i += step)
        multipart_feed(&multipart, data + i, size - i < step ? size - i : step);
    *complete = multipart_complete(&multipart);
    return sum.value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    bool whole_complete;
    bool complete;
    const char *body = (const char *)data + 1;
    uint64_t whole = feed(body, size - 1, size, &whole_complete);
    uint64_t pieces = feed(body, size - 1, (size_t)data[0] % 16 + 1, &complete);
    if (whole != pieces || whole_complete != complete)
        abort();
    struct text boundary;
    multipart_boundary((struct text){body, size - 1}, &boundary);
    return 0;
}
