/*
 * How many may wait for providers, and a provider that nobody finds. What is said over the wire is tested with
 * real providers (tests/run_oidc.sh).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/oidc/fetch.h"

static struct memory *memory;
static const struct oidc_provider one = {.number = 1, .loopback = true};
static const struct oidc_provider two = {.number = 2, .loopback = true};
static const struct oidc_provider foreign = {.number = 3};

static const struct problem *enter(const struct oidc_provider *provider)
{
    int64_t until;
    return oidc_enter(provider, &until);
}

static void some_wait_and_the_next_come_again(void **state)
{
    (void)state;
    oidc_fetch_start(OIDC_AT_ONCE + 3);
    for (int i = 0; i < OIDC_AT_ONCE; i++)
        assert_null(enter(&one));
    assert_ptr_equal(enter(&one), &oidc_busy);
    /* Others find their own provider free, as far as there are workers. */
    for (int i = 0; i < 3; i++)
        assert_null(enter(&two));
    assert_ptr_equal(enter(&two), &oidc_busy);
    oidc_leave(&one);
    assert_null(enter(&two));
    assert_ptr_equal(enter(&one), &oidc_busy);
    for (int i = 0; i < 4; i++)
        oidc_leave(&two);
    assert_null(enter(&one));
    for (int i = 0; i < OIDC_AT_ONCE; i++)
        oidc_leave(&one);
}

/* An address of this machine at which nobody listens: bound, so that it stays nobody's. */
static int nobody(char address[64])
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_true(socket_ >= 0);
    assert_int_equal(bind(socket_, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(socket_, (struct sockaddr *)&at, &size), 0);
    snprintf(address, 64, "http://127.0.0.1:%d/", ntohs(at.sin_port));
    return socket_;
}

static const struct problem *fetch(const struct oidc_provider *provider, const char *address)
{
    struct text body;
    int64_t status = 0;
    struct oidc_call call = {.provider = provider,
                             .address = text_of(address),
                             .until = clock_ticks() + INT64_C(60000000000)};
    return oidc_fetch(memory, &call, &status, &body);
}

static void who_is_not_found_is_left_alone(void **state)
{
    char address[64];
    (void)state;
    oidc_fetch_start(8);
    int socket_ = nobody(address);
    assert_null(enter(&one));
    assert_ptr_equal(fetch(&one, address), &oidc_unreached);
    oidc_leave(&one);
    assert_ptr_equal(enter(&one), &oidc_unreached);
    assert_null(enter(&two));
    oidc_leave(&two);
    close(socket_);
}

/* A socket that listens, so that a connection would be seen. */
static void nothing_leads_to_this_machine_but_what_is_on_it(void **state)
{
    char address[64];
    (void)state;
    oidc_fetch_start(8);
    int socket_ = nobody(address);
    assert_int_equal(listen(socket_, 4), 0);
    assert_ptr_equal(fetch(&foreign, address), &oidc_unreached);
    address[3] = 's'; /* "http://1..." becomes "htts://1...", which is no scheme of ours */
    assert_ptr_equal(fetch(&one, address), &oidc_unreached);
    assert_ptr_equal(fetch(&foreign, "file:///etc/hostname"), &oidc_unreached);
    struct text secure = text_format(memory, "https%s", address + 4);
    assert_ptr_equal(fetch(&foreign, secure.data), &oidc_unreached);
    assert_ptr_equal(fetch(&one, "file:///etc/hostname"), &oidc_unreached);
    assert_int_equal(accept(socket_, NULL, NULL), -1);
    close(socket_);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(some_wait_and_the_next_come_again),
        cmocka_unit_test(who_is_not_found_is_left_alone),
        cmocka_unit_test(nothing_leads_to_this_machine_but_what_is_on_it),
    };
    memory = memory_create(16 << 20);
    log_set_level(LOG_ERROR);
    if (!memory)
        return 1;
    int failed = cmocka_run_group_tests_name("core/oidc/fetch", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
