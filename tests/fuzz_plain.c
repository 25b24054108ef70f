/*
 * Fuzz target: what is taken for the plain head of a request lies in the bytes that came, and ends as a head does.
 *
 * Read next: src/web/plain.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = {(const char *)data, size};
    struct incoming incoming = {.memory = NULL};
    size_t head = plain_read(bytes, &incoming);
    if (head == 0)
        return 0;
    const char *end = memmem(bytes.data, bytes.size, "\r\n\r\n", 4);
    if (!end || (size_t)(end - bytes.data) + 4 != head || memchr(bytes.data, '\0', head))
        abort();
    const struct text parts[] = {incoming.target, incoming.raw_path, incoming.host};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].data < bytes.data || parts[i].data + parts[i].size > bytes.data + head)
            abort();
    return 0;
}
