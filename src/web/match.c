/*
 * Which route a path means: a tree of path segments.
 *
 * Must not know: methods' meaning, handlers. Read next: web/match_test.c.
 */
#include "web/match.h"

#include <string.h>

#include "web/decode.h"

const struct problem web_bad_path = {"web.bad_path", 400, FAULT_CLIENT, false};

struct node {
    struct text segment;    /* literal; unused in a parameter's node */
    struct node **literals; /* sorted by segment */
    size_t count;
    size_t room;
    struct node *parameter; /* NULL: none stands here */
    const struct endpoint *endpoints[METHOD_COUNT];
    const char *pattern; /* the first that ended here, for complaints */
};

struct match_tree {
    struct memory *memory;
    struct node root;
};

struct match_tree *match_tree_make(struct memory *process)
{
    struct match_tree *tree = memory_take(process, sizeof *tree);
    if (tree)
        tree->memory = process;
    return tree;
}

/* Where `segment` stands among the literals, or would. */
static size_t literal_place(const struct node *node, struct text segment, bool *found)
{
    size_t low = 0;
    size_t high = node->count;
    *found = false;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(node->literals[middle]->segment, segment);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct node *child_literal(struct match_tree *tree, struct node *node, struct text segment)
{
    bool found;
    size_t place = literal_place(node, segment, &found);
    if (found)
        return node->literals[place];
    if (node->count == node->room) {
        size_t room = node->room ? node->room * 2 : 4;
        struct node **grown = memory_take_array(tree->memory, room, sizeof(struct node *));
        if (!grown)
            return NULL;
        if (node->count)
            memcpy(grown, node->literals, node->count * sizeof(struct node *));
        node->literals = grown;
        node->room = room;
    }
    struct node *child = memory_take(tree->memory, sizeof *child);
    if (!child)
        return NULL;
    child->segment = segment;
    memmove(node->literals + place + 1, node->literals + place,
            (node->count - place) * sizeof(struct node *));
    node->literals[place] = child;
    node->count++;
    return child;
}

static struct node *child_parameter(struct match_tree *tree, struct node *node)
{
    if (!node->parameter)
        node->parameter = memory_take(tree->memory, sizeof *node->parameter);
    return node->parameter;
}

static bool segment_fine(struct text segment, bool *parameter)
{
    *parameter =
        segment.size > 2 && segment.data[0] == '{' && segment.data[segment.size - 1] == '}';
    if (segment.size == 0)
        return false;
    for (size_t i = *parameter ? 1 : 0; i < segment.size - (*parameter ? 1 : 0); i++) {
        char c = segment.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!letter && (*parameter || !strchr("-.ABCDEFGHIJKLMNOPQRSTUVWXYZ", c)))
            return false;
    }
    return true;
}

const struct problem *match_add(struct match_tree *tree, const char *pattern, enum method method,
                                const struct endpoint *endpoint, struct text *names, size_t *count,
                                struct text *complaint)
{
    struct node *node = &tree->root;
    *count = 0;
    if (pattern[0] != '/') {
        *complaint = text_format(tree->memory, "%s: a path begins with /", pattern);
        return &our_fault;
    }
    struct text rest = {pattern + 1, strlen(pattern) - 1};
    struct text segment;
    size_t depth = 0;
    while (rest.size && text_split(&rest, '/', &segment)) {
        bool parameter;
        if (!segment_fine(segment, &parameter) || ++depth > MATCH_SEGMENTS_MAX ||
            (parameter && *count == MATCH_PARAMETERS_MAX)) {
            *complaint = text_format(tree->memory, "%s: segment \"%.*s\" is not allowed", pattern,
                                     TEXT_ARGS(segment));
            return &our_fault;
        }
        if (parameter)
            names[(*count)++] = (struct text){segment.data + 1, segment.size - 2};
        node = parameter ? child_parameter(tree, node) : child_literal(tree, node, segment);
        if (!node)
            return &out_of_memory;
    }
    if (node->endpoints[method]) {
        *complaint =
            text_format(tree->memory, "%s: matches the same path as %s", pattern, node->pattern);
        return &our_fault;
    }
    node->endpoints[method] = endpoint;
    if (!node->pattern)
        node->pattern = pattern;
    return NULL;
}

static unsigned methods_of(const struct node *node)
{
    unsigned methods = 0;
    for (unsigned m = GET; m < METHOD_COUNT; m++)
        if (node->endpoints[m])
            methods |= 1U << m;
    return methods;
}

/* Depth first, literals before the parameter; the depth is bounded by the caller. */
static const struct node *descend(const struct node *node, const struct text *segments,
                                  size_t count, struct match *match)
{
    if (count == 0)
        return methods_of(node) ? node : NULL;
    bool found;
    size_t place = literal_place(node, segments[0], &found);
    if (found) {
        const struct node *end = descend(node->literals[place], segments + 1, count - 1, match);
        if (end)
            return end;
    }
    if (!node->parameter || match->count == MATCH_PARAMETERS_MAX)
        return NULL;
    match->parameters[match->count++] = segments[0];
    const struct node *end = descend(node->parameter, segments + 1, count - 1, match);
    if (!end)
        match->count--;
    return end;
}

const struct problem *match_find(const struct match_tree *tree, struct memory *memory,
                                 enum method method, struct text raw_path, struct match *out)
{
    struct text segments[MATCH_SEGMENTS_MAX];
    size_t count = 0;
    *out = (struct match){.endpoint = NULL};
    if (raw_path.size == 0 || raw_path.data[0] != '/')
        return &web_bad_path;
    struct text rest = {raw_path.data + 1, raw_path.size - 1};
    bool too_deep = false;
    bool ends_in_slash = rest.size && rest.data[rest.size - 1] == '/';
    struct text raw;
    while (rest.size && text_split(&rest, '/', &raw)) {
        struct text segment;
        if (!decode_percent(memory, raw, false, &segment))
            return raw.size && !segment.data ? &out_of_memory : &web_bad_path;
        if (!text_valid((struct bytes){(const unsigned char *)segment.data, segment.size}))
            return &web_bad_path;
        if (count == MATCH_SEGMENTS_MAX)
            too_deep = true;
        else
            segments[count++] = segment;
    }
    if (too_deep || ends_in_slash)
        return NULL;
    const struct node *node = descend(&tree->root, segments, count, out);
    if (!node)
        return NULL;
    out->methods = methods_of(node);
    out->endpoint = node->endpoints[method];
    for (unsigned m = GET; m < METHOD_COUNT && !out->other; m++)
        out->other = node->endpoints[m];
    return NULL;
}
