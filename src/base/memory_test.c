/*
 * Tests of base/memory.c: budgets, order of the end, failing the nth.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"

static char order[16];

static void remember(void *letter)
{
    size_t size = strlen(order);
    order[size] = *(char *)letter;
    order[size + 1] = '\0';
}

static void taken_bytes_are_zero_and_aligned(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 22);
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *bytes = memory_take(memory, size);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(bytes[i], 0);
        }
        memset(bytes, 0xFF, size);
    }
    assert_non_null(memory_take(memory, 100000));
    assert_memory_equal(memory_copy(memory, "abc", 4), "abc", 4);
    assert_non_null(memory_copy(memory, NULL, 0));
    assert_non_null(memory_take_array(memory, 0, 8));
    assert_null(memory_take_array(memory, SIZE_MAX / 2, 3));
    assert_null(memory_take(memory, SIZE_MAX));
    memory_end(memory);
    memory_end(NULL);
}

static void the_budget_is_shared_and_given_back(void **state)
{
    (void)state;
    struct memory *memory = memory_create(10000);
    assert_non_null(memory_take(memory, 4000));
    size_t before = memory_used(memory);
    assert_true(before >= 4000);
    for (int i = 0; i < 1000; i++) {
        struct memory *scratch = memory_scratch(memory);
        assert_non_null(scratch);
        struct memory *inner = memory_scratch(scratch);
        assert_non_null(memory_take(scratch, 2000));
        assert_non_null(memory_take(inner, 2000));
        assert_null(memory_take(inner, 3000));
        assert_int_equal(memory_used(inner), memory_used(memory));
        assert_true(memory_used(memory) >= 8000);
        memory_end(scratch);
        assert_int_equal(memory_used(memory), before);
    }
    assert_null(memory_take(memory, 6001));
    assert_non_null(memory_take(memory, 5950));
    assert_null(memory_scratch(memory));
    memory_end(memory);
}

static void the_youngest_ends_first(void **state)
{
    (void)state;
    static char letters[] = "abcdefg";
    order[0] = '\0';
    struct memory *memory = memory_create(100000);
    assert_int_equal(memory_on_end(memory, remember, &letters[0]), 0);
    struct memory *early = memory_scratch(memory);
    struct memory *late = memory_scratch(memory);
    assert_int_equal(memory_on_end(late, remember, &letters[1]), 0);
    assert_int_equal(memory_on_end(memory, remember, &letters[2]), 0);
    assert_int_equal(memory_on_end(early, remember, &letters[3]), 0);
    assert_int_equal(memory_on_end(late, remember, &letters[4]), 0);
    memory_end(early);
    assert_string_equal(order, "d");
    memory_end(memory);
    assert_string_equal(order, "dceba");
}

static void a_note_without_memory_is_called_at_once(void **state)
{
    (void)state;
    static char letter = 'x';
    order[0] = '\0';
    struct memory *memory = memory_create(8);
    assert_int_equal(memory_on_end(memory, remember, &letter), -1);
    assert_string_equal(order, "x");
    memory_end(memory);
    assert_string_equal(order, "x");
}

static void one_renewed_is_as_one_just_made(void **state)
{
    (void)state;
    static char letters[] = "ab";
    order[0] = '\0';
    struct memory *memory = memory_create(100000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(memory_used(memory), 0);
        assert_int_equal(memory_on_end(memory, remember, &letters[0]), 0);
        struct memory *scratch = memory_scratch(memory);
        assert_int_equal(memory_on_end(scratch, remember, &letters[1]), 0);
        memset(memory_take_room(memory, 40000), 0xFF, 40000);
        memset(memory_take_room(memory, 15000), 0xFF, 15000);
        assert_null(memory_take(memory, 90000));
        memory_renew(memory);
    }
    assert_string_equal(order, "bababa");
    assert_non_null(memory_take(memory, 90000));
    memory_end(memory);
    assert_string_equal(order, "bababa");
}

static void the_nth_allocation_fails_once(void **state)
{
    (void)state;
    struct memory *memory = memory_create(100000);
    memory_fail_after(2);
    assert_non_null(memory_take(memory, 1));
    assert_non_null(memory_scratch(memory));
    size_t used = memory_used(memory);
    assert_null(memory_take(memory, 1));
    assert_int_equal(memory_used(memory), used);
    assert_non_null(memory_take(memory, 1));
    memory_fail_after(0);
    assert_null(memory_create(100));
    memory_fail_after(0);
    assert_null(memory_scratch(memory));
    memory_fail_after(0);
    memory_fail_after(-1);
    assert_non_null(memory_take(memory, 1));
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taken_bytes_are_zero_and_aligned),
        cmocka_unit_test(the_budget_is_shared_and_given_back),
        cmocka_unit_test(the_youngest_ends_first),
        cmocka_unit_test(a_note_without_memory_is_called_at_once),
        cmocka_unit_test(one_renewed_is_as_one_just_made),
        cmocka_unit_test(the_nth_allocation_fails_once),
    };
    return cmocka_run_group_tests_name("base/memory", tests, NULL, NULL);
}
