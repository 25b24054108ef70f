/*
 * Fuzz target: a urlencoded body, from its bytes to the members of an input.
 *
 * Read next: src/web/decode.c, src/web/intake.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "web/intake.h"

struct fuzz_input {
    struct text title;
    struct maybe_integer count;
    struct money price;
    struct maybe_instant at;
    struct text_list tags;
    bool flag;
};

#define FIELD(member, of_kind)                                                                     \
    .name = #member, .offset = offsetof(struct fuzz_input, member), .kind = of_kind
#define ANY .low = 0, .high = INT64_MAX

static const struct field fields[] = {
    {FIELD(title, FIELD_TEXT), .low = 1, .high = 100},
    {FIELD(count, FIELD_INTEGER), ANY, .optional = true,
     .value_offset = offsetof(struct maybe_integer, value)},
    {FIELD(price, FIELD_MONEY), .low = 1, .high = 100000},
    {FIELD(at, FIELD_INSTANT), ANY, .optional = true,
     .value_offset = offsetof(struct maybe_instant, value)},
    {FIELD(tags, FIELD_LIST), .low = 0, .high = 5, .item_kind = FIELD_TEXT},
    {FIELD(flag, FIELD_FLAG), ANY},
};
static const struct shape shape = {"fuzz_input", "", sizeof(struct fuzz_input), fields,
                                   sizeof fields / sizeof *fields};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory *memory = memory_create(16 * 1024 * 1024);
    struct body body;
    if (!memory)
        return 0;
    body_begin(&body, memory, text_of("application/x-www-form-urlencoded"), text_of("/tmp"),
               BODY_STANDARD);
    size_t half = size / 2;
    body_take(&body, (const char *)data, half);
    body_take(&body, (const char *)data + half, size - half);
    body_end(&body);
    if (!body.problem) {
        static const struct pairs none;
        struct fuzz_input input = {.flag = false};
        struct blame blame = {.memory = memory};
        struct intake intake = {.memory = memory, .path = &none, .values = &body.form};
        currency_parse(text_of("EUR"), &intake.currency);
        const struct problem *problem = intake_values(&intake, &shape, &input, &blame);
        if (!problem && (input.title.size == 0 || input.price.minor < 1 || input.tags.count > 5 ||
                         text_length(input.title) > 100))
            abort();
        for (size_t i = 0; i < body.form.count; i++) {
            struct text typed = decode_repair(memory, body.form.items[i].value);
            if (!text_valid((struct bytes){(const unsigned char *)typed.data, typed.size}))
                abort();
        }
    }
    memory_end(memory);
    return 0;
}
