/*
 * Tests of base/ids.c: order, uniqueness across threads, the written form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"

enum { THREADS = 4, EACH = 50000 };

static int64_t made[THREADS][EACH];

static void *make_many(void *list)
{
    int64_t *ids = list;
    for (int i = 0; i < EACH; i++) {
        ids[i] = id_new();
    }
    return NULL;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void threads_never_share_an_id(void **state)
{
    (void)state;
    clock_set((struct instant){0});
    ids_take_node(5, (struct instant){0}, instant_add(clock_now(), 1000 * DAY));
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, make_many, made[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        for (int k = 1; k < EACH; k++) {
            assert_true(made[i][k] > made[i][k - 1]);
        }
    }
    int64_t *all = &made[0][0];
    qsort(all, (size_t)THREADS * EACH, sizeof *all, compare_ids);
    for (int i = 0; i < THREADS * EACH; i++) {
        assert_true(i == 0 || all[i] > all[i - 1]);
        assert_int_equal(all[i] >> 11 & 1023, 5);
    }
}

static void a_stopped_clock_goes_on_counting(void **state)
{
    (void)state;
    struct instant later = {INT64_C(4102444800000)};
    clock_set(later);
    int64_t last = id_new();
    assert_int_equal(id_time(last).ms, later.ms);
    for (int i = 0; i < 5000; i++) {
        int64_t next = id_new();
        assert_true(next > last);
        assert_int_equal(next >> 11 & 1023, 5);
        last = next;
    }
    clock_set((struct instant){1000});
    assert_true(id_new() > last);
    assert_true(id_first_at(later) <= last);
    assert_true(id_first_at(instant_add(later, 10)) > last);
    assert_int_equal(id_first_at((struct instant){1}), 0);
    clock_set((struct instant){0});
    ids_take_node(5, ids_used(), instant_add(ids_used(), 1000 * DAY));
}

static void written_ids_read_back_in_order(void **state)
{
    (void)state;
    const int64_t ids[] = {1, 31, 32, 2047, INT64_C(1) << 40, INT64_MAX - 1, INT64_MAX};
    char before[ID_TEXT_MAX] = "";
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char written[ID_TEXT_MAX];
        int64_t read = 0;
        id_write(written, "pho", ids[i]);
        assert_int_equal(strlen(written), 17);
        assert_true(strcmp(before, written) < 0);
        assert_true(id_parse(text_of(written), "pho", &read) && read == ids[i]);
        assert_false(id_parse(text_of(written), "ph", &read));
        assert_false(id_parse(text_of(written), "par", &read));
        memcpy(before, written, sizeof before);
    }
    assert_string_equal(before, "pho_7ZZZZZZZZZZZZ");
    char longest[ID_TEXT_MAX];
    id_write(longest, "eightlet", 1);
    assert_string_equal(longest, "eightlet_0000000000001");
}

static void other_spellings_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "pho_",
                                      "pho_0000000000000",
                                      "pho_8000000000000",
                                      "pho_00000000000001",
                                      "pho_000000000001",
                                      "pho-0000000000001",
                                      "pho_000000000000i",
                                      "pho_000000000000a",
                                      "PHO_0000000000001",
                                      "pho_000000000000U",
                                      " pho_0000000000001",
                                      "0000000000001",
                                      "pho_ZZZZZZZZZZZZZ"};
    int64_t id = 3;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(id_parse(text_of(bad[i]), "pho", &id));
    }
    assert_false(id_parse((struct text){"pho_000000000000\0", 17}, "pho", &id));
    assert_int_equal(id, 3);
}

/* Also one of a process with a higher number, at the end of its millisecond. */
static void ids_go_on_after_one_that_was_passed(void **state)
{
    (void)state;
    int64_t last = id_new();
    int64_t other = (((last >> 21) + 1000) << 21) | ((1 << 21) - 1);
    assert_true(ids_pass(other));
    int64_t next = id_new();
    assert_true(next > other);
    assert_true(id_time(next).ms > id_time(other).ms);
    assert_int_equal(next >> 11 & 1023, 5);
    assert_true(ids_pass(last));
    assert_true(id_new() > next);
}

/* Another process that begins where the lease of this one ends makes none of its ids. */
static void ids_stay_within_what_is_reserved(void **state)
{
    (void)state;
    struct instant after = ids_used();
    struct instant through = instant_add(after, 2 * IDS_SPARE);
    ids_take_node(7, after, through);
    int64_t first = id_new();
    assert_true(id_time(first).ms > after.ms);
    assert_int_equal(first >> 11 & 1023, 7);
    ids_take_node(6, after, through);
    int64_t next = id_new();
    assert_true(next > first);
    assert_int_equal(next >> 11 & 1023, 6);
    int64_t beyond = id_first_at(through);
    assert_false(ids_pass(beyond));
    assert_true(id_new() < beyond);
    assert_true(ids_used().ms > through.ms);
    ids_reserve(instant_add(ids_used(), 2 * IDS_SPARE));
    assert_true(ids_pass(beyond));
    assert_true(id_new() > beyond);
}

static void an_hour_back_makes_no_old_ids(void **state)
{
    (void)state;
    struct instant used = ids_used();
    clock_set(instant_add(used, HOUR));
    int64_t before = id_new();
    clock_set(used);
    assert_true(id_new() > before);
    clock_set((struct instant){0});
    /* The next process with this number, whose clock is still behind. */
    ids_take_node(6, ids_used(), instant_add(ids_used(), DAY));
    assert_true(id_time(id_new()).ms > id_time(before).ms);
}

/* Of a process with another number, a little ahead; not of one whose clock is far off. */
static void ids_go_on_after_one_that_was_read(void **state)
{
    (void)state;
    ids_take_node(3, ids_used(), instant_add(ids_used(), DAY));
    clock_set(ids_used());
    int64_t last = id_new();
    int64_t read = (((last >> 21) + IDS_SPARE / 2) << 21) | 9 << 11 | 2047;
    ids_follow(read);
    int64_t next = id_new();
    assert_true(next > read);
    assert_int_equal(next >> 11 & 1023, 3);
    ids_follow(last);
    ids_follow(id_first_at(instant_add(clock_now(), 2 * IDS_SPARE)));
    ids_follow(INT64_MAX);
    assert_true(id_new() > next);
    assert_true(id_time(id_new()).ms < clock_now().ms + IDS_SPARE);
    clock_set((struct instant){0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_never_share_an_id),
        cmocka_unit_test(a_stopped_clock_goes_on_counting),
        cmocka_unit_test(ids_go_on_after_one_that_was_passed),
        cmocka_unit_test(ids_stay_within_what_is_reserved),
        cmocka_unit_test(an_hour_back_makes_no_old_ids),
        cmocka_unit_test(ids_go_on_after_one_that_was_read),
        cmocka_unit_test(written_ids_read_back_in_order),
        cmocka_unit_test(other_spellings_are_refused),
    };
    return cmocka_run_group_tests_name("base/ids", tests, NULL, NULL);
}
