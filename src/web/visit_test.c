/*
 * How long parts of a request may take, and that a connection which takes longer is shut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/visit.h"

static const struct visit_limits limits = {
    .idle = 100, .head = 50, .body = 1000, .rate = 10, .each = 10};

static void each_part_has_its_time(void **state)
{
    (void)state;
    assert_false(visit_is_over(&limits, VISIT_IDLE, 100, 0));
    assert_true(visit_is_over(&limits, VISIT_IDLE, 101, 0));
    assert_false(visit_is_over(&limits, VISIT_HEAD, 50, 0));
    assert_true(visit_is_over(&limits, VISIT_HEAD, 51, 0));
    assert_false(visit_is_over(&limits, VISIT_OURS, INT64_MAX, 0));
}

static void more_bytes_take_longer(void **state)
{
    (void)state;
    assert_false(visit_is_over(&limits, VISIT_BODY, 1000, 0));
    assert_true(visit_is_over(&limits, VISIT_BODY, 2000, 0));
    assert_false(visit_is_over(&limits, VISIT_BODY, 2000, 10));
    assert_true(visit_is_over(&limits, VISIT_ANSWER, 12000, 100));
    assert_false(visit_is_over(&limits, VISIT_ANSWER, 11000, 100));
}

static bool is_shut(int fd, int milliseconds)
{
    struct pollfd look = {.fd = fd, .events = POLLIN};
    char byte;
    return poll(&look, 1, milliseconds) == 1 && recv(fd, &byte, 1, 0) == 0;
}

static void a_slow_one_is_shut_and_others_stay(void **state)
{
    struct visits *visits;
    int slow[2];
    int working[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, slow), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, working), 0);
    struct memory *memory = memory_create(1 << 20);
    assert_null(visits_start(memory, 2, &limits, &visits));
    struct visit *first = visit_begin(visits, slow[0]);
    struct visit *second = visit_begin(visits, working[0]);
    assert_null(visit_begin(visits, working[0]));
    visit_enter(first, VISIT_HEAD, 0);
    visit_enter(second, VISIT_OURS, 0);
    assert_true(is_shut(slow[1], 10000));
    assert_false(is_shut(working[1], 200));
    visit_enter(second, VISIT_IDLE, 0);
    assert_true(is_shut(working[1], 10000));
    visit_end(visits, first);
    visit_end(visits, second);
    visits_stop(visits);
    memory_end(memory);
    for (int i = 0; i < 2; i++) {
        close(slow[i]);
        close(working[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_has_its_time),
        cmocka_unit_test(more_bytes_take_longer),
        cmocka_unit_test(a_slow_one_is_shut_and_others_stay),
    };
    return cmocka_run_group_tests_name("visit", tests, NULL, NULL);
}
