/*
 * Fuzz target: a request target, its path against a few routes and its query taken apart.
 *
 * Read next: src/web/decode.c, src/web/match.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/decode.h"
#include "web/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct text t)
{
    if (!text_valid((struct bytes){(const unsigned char *)t.data, t.size}))
        abort();
}

static void try_path(struct memory *memory, struct text path)
{
    static const char *const patterns[] = {"/",
                                           "/photos",
                                           "/photos/{photo}",
                                           "/photos/new",
                                           "/photos/{photo}/buy",
                                           "/{a}/{b}/{c}/{d}"};
    static const char endpoints[6];
    struct match_tree *tree = match_tree_make(memory);
    for (size_t i = 0; tree && i < 6; i++) {
        struct text names[MATCH_PARAMETERS_MAX];
        struct text complaint;
        size_t count;
        if (match_add(tree, patterns[i], GET, (const struct endpoint *)(const void *)&endpoints[i],
                      names, &count, &complaint))
            abort();
    }
    struct match match;
    if (tree && !match_find(tree, memory, GET, path, &match))
        for (size_t i = 0; i < match.count; i++)
            check_text(match.parameters[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory *memory = memory_create(16 * 1024 * 1024);
    if (!memory)
        return 0;
    struct text target = {(const char *)data, size};
    const char *mark = size ? memchr(data, '?', size) : NULL;
    struct text path = {target.data, mark ? (size_t)(mark - target.data) : size};
    struct text query = {"", 0};
    if (mark)
        query = (struct text){mark + 1, size - path.size - 1};
    try_path(memory, path);
    struct pairs pairs;
    if (!decode_pairs(memory, query, &pairs))
        for (size_t i = 0; i < pairs.count; i++) {
            check_text(pairs.items[i].name);
            check_text(decode_repair(memory, pairs.items[i].value));
        }
    if (decode_is_local(target) && (size < 1 || data[0] != '/' || (size > 1 && data[1] == '/')))
        abort();
    memory_end(memory);
    return 0;
}
