/*
 * Anti-forgery tokens, sealed text, and the token buckets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "web/forgery.h"
#include "web/limits.h"

static struct memory *memory;
static char folder[64];
static struct forgery forgery;

static void tokens_belong_to_one_secret(void **state)
{
    (void)state;
    char token[FORGERY_TOKEN];
    char other[FORGERY_TOKEN];
    forgery_token(&forgery, text_of("ana"), token);
    forgery_token(&forgery, text_of("ana"), other);
    assert_string_not_equal(token, other);
    assert_true(forgery_matches(&forgery, text_of("ana"), text_of(token)));
    assert_true(forgery_matches(&forgery, text_of("ana"), text_of(other)));
    assert_false(forgery_matches(&forgery, text_of("bo"), text_of(token)));
    assert_false(forgery_matches(&forgery, text_of(""), text_of(token)));
    assert_false(forgery_matches(&forgery, text_of("ana"), text_of("")));
    for (size_t i = 0; i < FORGERY_TOKEN - 1; i++) {
        char changed[FORGERY_TOKEN];
        memcpy(changed, token, sizeof changed);
        changed[i] = changed[i] == '0' ? '1' : '0';
        assert_false(forgery_matches(&forgery, text_of("ana"), text_of(changed)));
        changed[i] = 'x';
        assert_false(forgery_matches(&forgery, text_of("ana"), text_of(changed)));
    }
}

static void the_key_is_made_once_and_kept_private(void **state)
{
    (void)state;
    struct forgery again;
    struct text complaint = {"", 0};
    struct stat about;
    char path[128];
    snprintf(path, sizeof path, "%s/secret", folder);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, FORGERY_KEY);
    assert_null(forgery_load(memory, text_of(folder), &again, &complaint));
    assert_memory_equal(&again, &forgery, sizeof again);
    assert_int_equal(truncate(path, 5), 0);
    assert_non_null(forgery_load(memory, text_of(folder), &again, &complaint));
    assert_true(complaint.size > 0);
    assert_non_null(forgery_load(memory, text_of("/nonexistent"), &again, &complaint));
}

static void sealed_text_opens_unchanged_only(void **state)
{
    (void)state;
    struct text sealed;
    struct text plain;
    assert_null(forgery_seal(&forgery, memory, text_of("what was typed"), &sealed));
    assert_null(memmem(sealed.data, sealed.size, "typed", 5));
    assert_true(forgery_open(&forgery, memory, sealed, &plain));
    assert_true(text_is(plain, "what was typed"));
    for (size_t i = 0; i < sealed.size; i++) {
        char *changed = memory_copy(memory, sealed.data, sealed.size);
        changed[i] ^= 1;
        assert_false(forgery_open(&forgery, memory, (struct text){changed, sealed.size}, &plain));
        assert_false(forgery_open(&forgery, memory, (struct text){sealed.data, i}, &plain));
    }
}

static void a_bucket_empties_and_fills_again(void **state)
{
    (void)state;
    const int64_t second = INT64_C(1000000000);
    struct limits *limits = limits_make(memory);
    assert_non_null(limits);
    int64_t now = 5 * second;
    for (int i = 0; i < 10; i++) {
        struct limit_state taken = limits_take(limits, RATE_SECRET, text_of("a"), 1, now);
        assert_true(taken.allowed);
        assert_int_equal(taken.limit, 10);
        assert_int_equal(taken.remaining, 9 - i);
    }
    struct limit_state refused = limits_take(limits, RATE_SECRET, text_of("a"), 1, now);
    assert_false(refused.allowed);
    assert_int_equal(refused.remaining, 0);
    assert_int_equal(refused.reset, 6);
    assert_true(limits_take(limits, RATE_SECRET, text_of("b"), 1, now).allowed);
    assert_true(limits_take(limits, RATE_NORMAL, text_of("a"), 1, now).allowed);
    assert_true(limits_take(limits, RATE_SECRET, text_of("a"), 1, now + 6 * second).allowed);
    assert_false(limits_take(limits, RATE_SECRET, text_of("a"), 1, now + 6 * second).allowed);
    assert_int_equal(limits_take(limits, RATE_GUEST, text_of("a"), 1, now).limit, 20);
    assert_int_equal(limits_take(limits, RATE_HOUSE, text_of("a"), 1, now).limit, 300);
    assert_true(limits_take(limits, RATE_UPLOAD, text_of("a"), 2000, now).allowed);
    assert_false(limits_take(limits, RATE_UPLOAD, text_of("a"), 1, now).allowed);
}

/* What all allow together is the limit, whatever number of processes there is. */
static void processes_share_a_limit(void **state)
{
    (void)state;
    const int64_t second = INT64_C(1000000000);
    struct limits *processes[3];
    int allowed = 0;
    for (int i = 0; i < 3; i++) {
        processes[i] = limits_make(memory);
        assert_non_null(processes[i]);
        limits_share(processes[i], 3);
    }
    for (int i = 0; i < 60; i++)
        allowed += limits_take(processes[i % 3], RATE_SLOW, text_of("a"), 1, second).allowed;
    assert_int_equal(allowed, 30);
    assert_true(limits_take(processes[0], RATE_UPLOAD, text_of("a"), 1000, second).allowed);
    assert_false(limits_take(processes[0], RATE_UPLOAD, text_of("a"), 1, second).allowed);
    limits_share(processes[0], 100);
    assert_true(limits_take(processes[0], RATE_SECRET, text_of("a"), 1, second).allowed);
    assert_false(limits_take(processes[0], RATE_SECRET, text_of("a"), 1, second).allowed);
    limits_share(processes[1], 0);
    assert_int_equal(limits_take(processes[1], RATE_SECRET, text_of("a"), 1, second).limit, 10);
}

static int start(void **state)
{
    (void)state;
    struct text complaint;
    memory = memory_create(64 * 1024 * 1024);
    snprintf(folder, sizeof folder, "/tmp/contraflow-forgery-XXXXXX");
    if (!memory || !mkdtemp(folder))
        return -1;
    return forgery_load(memory, text_of(folder), &forgery, &complaint) ? -1 : 0;
}

static int stop(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/secret", folder);
    unlink(path);
    memory_end(memory);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_belong_to_one_secret),
        cmocka_unit_test(sealed_text_opens_unchanged_only),
        cmocka_unit_test(a_bucket_empties_and_fills_again),
        cmocka_unit_test(processes_share_a_limit),
        cmocka_unit_test(the_key_is_made_once_and_kept_private),
    };
    return cmocka_run_group_tests_name("forgery", tests, start, stop);
}
