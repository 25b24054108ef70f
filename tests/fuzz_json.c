/*
 * Fuzz target: a JSON body. Whatever was accepted is written out, and what was written must be
 * accepted again and be written alike.
 *
 * Read next: src/base/json_read.c, src/base/json_write.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/shape.h"

struct fuzz_leaf {
    struct text title;
    struct maybe_integer veins;
};
LIST_OF(fuzz_leaf);
struct fuzz_tree_id {
    int64_t value;
};
enum fuzz_state { FUZZ_YOUNG = 1, FUZZ_OLD };
struct fuzz_tree {
    struct fuzz_tree_id id;
    struct text title;
    struct maybe_money bid;
    struct instant planted;
    enum fuzz_state state;
    bool green;
    struct fuzz_leaf crown;
    struct fuzz_leaf_list leaves;
    struct text_list tags;
};

static const struct word state_items[] = {{FUZZ_YOUNG, "young", "Thin"},
                                          {FUZZ_OLD, "old", "Thick"}};
static const struct words state_words = {"fuzz_state", "How old", state_items, 2};

#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)
#define MAYBE_OF(type)   .optional = true, .value_offset = offsetof(struct type, value)
#define ANY              .low = INT64_MIN, .high = INT64_MAX

static const struct field leaf_fields[] = {
    {AT(fuzz_leaf, title), .kind = FIELD_TEXT, .low = 1, .high = 5},
    {AT(fuzz_leaf, veins), .kind = FIELD_INTEGER, MAYBE_OF(maybe_integer), .low = 0, .high = 9},
};
static const struct shape leaf_shape = {"fuzz_leaf", "", sizeof(struct fuzz_leaf), leaf_fields, 2};
static const struct field tree_fields[] = {
    {AT(fuzz_tree, id), .kind = FIELD_ID, .prefix = "tre", ANY},
    {AT(fuzz_tree, title), .kind = FIELD_TEXT, .low = 0, .high = 20},
    {AT(fuzz_tree, bid), .kind = FIELD_MONEY, MAYBE_OF(maybe_money), ANY},
    {AT(fuzz_tree, planted), .kind = FIELD_INSTANT, ANY},
    {AT(fuzz_tree, state), .kind = FIELD_WORD, .words = &state_words, ANY},
    {AT(fuzz_tree, green), .kind = FIELD_FLAG, ANY},
    {AT(fuzz_tree, crown), .kind = FIELD_STRUCT, .shape = &leaf_shape, ANY},
    {AT(fuzz_tree, leaves), .kind = FIELD_LIST, .item_kind = FIELD_STRUCT, .shape = &leaf_shape,
     .low = 0, .high = 3},
    {AT(fuzz_tree, tags), .kind = FIELD_LIST, .item_kind = FIELD_TEXT, .low = 0, .high = 3},
};
static const struct shape tree_shape = {"fuzz_tree", "", sizeof(struct fuzz_tree), tree_fields,
                                        sizeof tree_fields / sizeof tree_fields[0]};

static struct text written(struct memory *memory, const struct fuzz_tree *tree)
{
    struct builder b = builder_make(memory, 1 << 20);
    struct text out;
    shape_write_json(&b, &tree_shape, tree, FOR_OPERATOR);
    if (builder_end(&b, &out))
        abort();
    return out;
}

static const struct problem *read_tree(struct memory *memory, struct bytes json,
                                       struct fuzz_tree *tree)
{
    struct field_errors errors = {NULL, 0};
    *tree = (struct fuzz_tree){.green = false};
    const struct problem *problem = shape_read_json(memory, &tree_shape, json, tree, &errors);
    if (problem == &invalid_input && errors.count == 0)
        abort(); /* a refusal that names no field */
    return problem;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory *memory = memory_create(64 << 20);
    struct fuzz_tree tree;
    if (!memory)
        return 0;
    if (!read_tree(memory, (struct bytes){data, size}, &tree)) {
        if (text_length(tree.title) > 20 || tree.leaves.count > 3 || tree.tags.count > 3 ||
            !text_valid((struct bytes){(const unsigned char *)tree.title.data, tree.title.size}))
            abort();
        struct text first = written(memory, &tree);
        if (read_tree(memory, (struct bytes){(const unsigned char *)first.data, first.size}, &tree))
            abort();
        if (!text_equal(first, written(memory, &tree)))
            abort();
    }
    memory_end(memory);
    return 0;
}
