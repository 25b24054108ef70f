/*
 * What the tests of signed files stand on: a look at one, and at one with each byte changed in turn.
 *
 * For *_test.c only; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_SIGN_SIGN_TEST_BED_H
#define CONTRAFLOW_CORE_SIGN_SIGN_TEST_BED_H

#include "core/sign/sign.h"
#include "ledger/ledger_test_bed.h"

/* A sink that adds to a builder. */
static inline const struct problem *collect(void *context, struct text piece)
{
    builder_add(context, piece);
    return NULL;
}

/* The report lives until the next look. */
static inline struct sign_report look(struct text file, struct text trusted)
{
    static struct memory *memory;
    struct sign_report report;
    memory_end(memory);
    memory = memory_create(8 << 20);
    struct bytes bytes = {(const unsigned char *)file.data, file.size};
    assert_null(sign_verify(memory, bytes, trusted, &report));
    return report;
}

static inline bool says(const struct sign_report *report, const char *name,
                        enum sign_finding finding)
{
    for (size_t i = 0; i < report->facts.count; i++) {
        const struct sign_fact *fact = &report->facts.items[i];
        if (text_is(fact->name, name) && fact->finding == finding)
            return true;
    }
    return false;
}

/* Each byte becomes its neighbour, then (letters) one of the other case, then a blank. */
static inline void finds_each_byte(struct text file)
{
    char *copy = malloc(file.size);
    assert_int_equal(look(file, text_of("")).verdict, SIGN_GOOD);
    memcpy(copy, file.data, file.size);
    for (size_t i = 0; i < file.size; i++) {
        const char tried[] = {(char)(file.data[i] ^ 1), (char)(file.data[i] ^ 0x20), ' '};
        for (size_t j = 0; j < sizeof tried; j++) {
            if (tried[j] == file.data[i])
                continue;
            copy[i] = tried[j];
            struct sign_report report = look((struct text){copy, file.size}, text_of(""));
            if (report.verdict == SIGN_GOOD)
                fail_msg("byte %zu, \"%.*s\" for '%c', was not found", i, 20, &copy[i],
                         file.data[i]);
        }
        copy[i] = file.data[i];
    }
    free(copy);
}

#endif
