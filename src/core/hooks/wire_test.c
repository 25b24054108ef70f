/*
 * The wire against receivers that misbehave in every way: what comes of a message is told as it is, and
 * nothing but what may be reached is. With TEST_HOOKS_TLS (port of a TLS server on loopback) and
 * TEST_HOOKS_AUTHORITY (a file with its certificate, for 127.0.0.1 and no name) also whom it trusts;
 * tests/run_hooks.sh sets these.
 */
#include "core/outside/outside_test_bed.h"

#include "core/hooks/wire.h"

struct heard {
    int count;
    struct hook_result last;
    char answer[HOOK_ANSWER + 1];
};

static void done(void *lane, void *context, const struct hook_result *result)
{
    struct heard *heard = lane;
    (void)context;
    heard->count++;
    heard->last = *result;
    assert_true(result->answer.size <= HOOK_ANSWER);
    memcpy(heard->answer, result->answer.data, result->answer.size);
    heard->answer[result->answer.size] = '\0';
}

static struct heard post_with(const struct hook_wire_options *options, const char *address)
{
    struct memory *memory = memory_create(1 << 20);
    struct hook_wire *wire;
    struct heard heard = {.count = 0};
    struct hook_call call = {.address = text_of(address),
                             .id = text_of("whm_1"),
                             .signatures = text_of("v1,abc"),
                             .seconds = 1614265330,
                             .body = text_of("{\"type\":\"a.b\"}")};
    assert_null(hook_wire_make(memory, options, &wire));
    assert_null(hook_wire_begin(wire, &call));
    for (int i = 0; i < 3000 && heard.count == 0; i++)
        hook_wire_turn(wire, 20, done, &heard);
    assert_int_equal(heard.count, 1);
    memory_end(memory);
    return heard;
}

static struct heard post_to(int port)
{
    char address[64];
    struct hook_wire_options options = {.loopback = true};
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/hooks", port);
    return post_with(&options, address);
}

static struct heard answered(const char *answer)
{
    struct receiver *receiver = receiver_begin(answer);
    struct heard heard = post_to(receiver->port);
    receiver_end(receiver);
    return heard;
}

static void posts_what_it_is_given(void **state)
{
    char value[200];
    (void)state;
    struct receiver *receiver = receiver_begin(OK_ANSWER);
    struct heard heard = post_to(receiver->port);
    assert_int_equal(heard.last.outcome, HOOK_DELIVERED);
    assert_int_equal(heard.last.status, 200);
    assert_string_equal(heard.answer, "ok");
    const char *request = receiver->heard[0];
    assert_int_equal(strncmp(request, "POST /hooks HTTP/1.1\r\n", 22), 0);
    header_of(request, "webhook-id", value, sizeof value);
    assert_string_equal(value, "whm_1");
    header_of(request, "webhook-timestamp", value, sizeof value);
    assert_string_equal(value, "1614265330");
    header_of(request, "webhook-signature", value, sizeof value);
    assert_string_equal(value, "v1,abc");
    header_of(request, "content-type", value, sizeof value);
    assert_string_equal(value, "application/json");
    assert_string_equal(strstr(request, "\r\n\r\n") + 4, "{\"type\":\"a.b\"}");
    receiver_end(receiver);
}

static void tells_each_answer_as_it_is(void **state)
{
    static const struct {
        const char *line;
        enum hook_outcome outcome;
    } answers[] = {
        {"200 OK", HOOK_DELIVERED},      {"204 No Content", HOOK_DELIVERED},
        {"299 Fine", HOOK_DELIVERED},    {"400 Bad Request", HOOK_REFUSED},
        {"404 Not Found", HOOK_REFUSED}, {"410 Gone", HOOK_GONE},
        {"500 Oh", HOOK_REFUSED},        {"503 Busy", HOOK_REFUSED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        char answer[200];
        (void)snprintf(answer, sizeof answer,
                       "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                       answers[i].line);
        struct heard heard = answered(answer);
        assert_int_equal(heard.last.outcome, answers[i].outcome);
        assert_int_equal(heard.last.status, strtol(answers[i].line, NULL, 10));
    }
    struct heard heard = answered("HTTP/1.1 429 Slow Down\r\nRetry-After: 77\r\n"
                                  "Content-Length: 0\r\nConnection: close\r\n\r\n");
    assert_int_equal(heard.last.outcome, HOOK_REFUSED);
    assert_int_equal(heard.last.wait, 77);
    assert_int_equal(answered("SSH-2.0-OpenSSH_9.2\r\n").last.outcome, HOOK_BROKEN);
    assert_int_equal(answered("").last.outcome, HOOK_BROKEN);
    heard = answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    assert_int_equal(heard.last.outcome, HOOK_BROKEN);
}

/* The place it would lead to listens, and hears nothing. */
static void follows_no_redirect(void **state)
{
    char answer[300];
    (void)state;
    struct receiver *other = receiver_begin(OK_ANSWER);
    for (int status = 301; status <= 308; status++) {
        (void)snprintf(answer, sizeof answer,
                       "HTTP/1.1 %d Moved\r\nLocation: http://127.0.0.1:%d/\r\n"
                       "Content-Length: 0\r\nConnection: close\r\n\r\n",
                       status, other->port);
        struct heard heard = answered(answer);
        assert_int_equal(heard.last.outcome, HOOK_REDIRECTED);
        assert_int_equal(heard.last.status, status);
    }
    assert_int_equal(atomic_load(&other->asked), 0);
    receiver_end(other);
}

static void reads_no_answer_without_end(void **state)
{
    static char much[8192];
    (void)state;
    memset(much, 'x', sizeof much - 1);
    struct receiver *receiver = receiver_begin("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    atomic_store(&receiver->then, much);
    struct heard heard = post_to(receiver->port);
    assert_int_equal(heard.last.outcome, HOOK_DELIVERED);
    assert_int_equal(heard.last.answer.size, HOOK_ANSWER);
    /* Nor a head without end. */
    atomic_store(&receiver->answer, "HTTP/1.1 200 OK\r\n");
    atomic_store(&receiver->then, "X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n");
    heard = post_to(receiver->port);
    assert_int_equal(heard.count, 1);
    receiver_end(receiver);
}

static void keeps_only_text_of_an_answer(void **state)
{
    (void)state;
    assert_string_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n"
                                 "Connection: close\r\n\r\nok\xff\xfeyes")
                            .answer,
                        "ok");
    assert_string_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                                 "Connection: close\r\n\r\nok\xc3\xa9\xc3")
                            .answer,
                        "ok\xc3\xa9");
    assert_string_equal(answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                                 "Connection: close\r\n\r\no\x1b[1m")
                            .answer,
                        "o");
}

/* What would be seen when one were connected to: it listens on loopback, and loopback is not allowed. */
static void reaches_nothing_inside(void **state)
{
    static const char *const inside[] = {
        "127.0.0.1",       "10.0.0.1",  "172.16.0.1",    "192.168.1.1", "169.254.169.254",
        "100.64.0.1",      "224.0.0.1", "0.0.0.0",       "[::1]",       "[::ffff:127.0.0.1]",
        "[fd00:ec2::254]", "[fe80::1]", "168.63.129.16",
    };
    (void)state;
    struct receiver *receiver = receiver_begin(OK_ANSWER);
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        struct hook_wire_options options = {.loopback = false};
        char address[100];
        char pinned[100];
        (void)snprintf(address, sizeof address, "https://%s:%d/", inside[i], receiver->port);
        assert_int_equal(post_with(&options, address).last.outcome, HOOK_INSIDE);
        /* And by a name that says nothing, until it is resolved. */
        (void)snprintf(pinned, sizeof pinned, "hooks.example:%d:%s", receiver->port, inside[i]);
        options.resolve = curl_slist_append(NULL, pinned);
        (void)snprintf(address, sizeof address, "https://hooks.example:%d/", receiver->port);
        assert_int_equal(post_with(&options, address).last.outcome, HOOK_INSIDE);
        /* Loopback allowed opens loopback only. */
        if (i > 0 && i != 8) {
            options.loopback = true;
            assert_int_equal(post_with(&options, address).last.outcome, HOOK_INSIDE);
        }
        curl_slist_free_all(options.resolve);
    }
    assert_int_equal(atomic_load(&receiver->asked), 0);
    receiver_end(receiver);
}

/* Over http there is this machine only, whatever a name resolves to. */
static void sends_nothing_in_the_clear(void **state)
{
    (void)state;
    struct hook_wire_options options = {
        .loopback = true, .resolve = curl_slist_append(NULL, "hooks.example:8080:93.184.216.34")};
    assert_int_equal(post_with(&options, "http://hooks.example:8080/").last.outcome, HOOK_INSIDE);
    options.loopback = false;
    assert_int_equal(post_with(&options, "http://hooks.example:8080/").last.outcome, HOOK_INSIDE);
    curl_slist_free_all(options.resolve);
}

static void asks_no_proxy(void **state)
{
    char proxy[64];
    (void)state;
    struct receiver *receiver = receiver_begin(OK_ANSWER);
    (void)snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", receiver->port);
    setenv("http_proxy", proxy, 1);
    setenv("https_proxy", proxy, 1);
    setenv("ALL_PROXY", proxy, 1);
    struct hook_wire_options options = {
        .loopback = true, .resolve = curl_slist_append(NULL, "hooks.example:8443:10.0.0.1")};
    assert_int_equal(post_with(&options, "https://hooks.example:8443/").last.outcome, HOOK_INSIDE);
    assert_int_equal(atomic_load(&receiver->asked), 0);
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    unsetenv("ALL_PROXY");
    curl_slist_free_all(options.resolve);
    receiver_end(receiver);
}

static void tells_when_nobody_is_there(void **state)
{
    (void)state;
    struct receiver *receiver = receiver_begin(OK_ANSWER);
    int port = receiver->port;
    receiver_end(receiver);
    assert_int_equal(post_to(port).last.outcome, HOOK_UNREACHED);
    /* Somebody is, but speaks no TLS. */
    char address[64];
    struct hook_wire_options options = {.loopback = true};
    receiver = receiver_begin("HTTP/1.1 200 OK\r\n\r\n");
    (void)snprintf(address, sizeof address, "https://127.0.0.1:%d/", receiver->port);
    shutdown(receiver->listener, SHUT_RDWR); /* those who come are not heard to the end */
    enum hook_outcome outcome = post_with(&options, address).last.outcome;
    assert_true(outcome == HOOK_UNSAFE || outcome == HOOK_UNREACHED);
    receiver_end(receiver);
}

static void trusts_whom_an_authority_vouches_for(void **state)
{
    const char *port = getenv("TEST_HOOKS_TLS");
    char address[64];
    char other[64];
    char pinned[64];
    (void)state;
    if (!port) {
        print_message("skipped: TEST_HOOKS_TLS names no server\n");
        skip();
    }
    (void)snprintf(address, sizeof address, "https://127.0.0.1:%s/", port);
    (void)snprintf(other, sizeof other, "https://hooks.example:%s/", port);
    (void)snprintf(pinned, sizeof pinned, "hooks.example:%s:127.0.0.1", port);
    struct hook_wire_options options = {.loopback = true,
                                        .authorities = getenv("TEST_HOOKS_AUTHORITY"),
                                        .resolve = curl_slist_append(NULL, pinned)};
    assert_int_equal(post_with(&options, address).last.outcome, HOOK_DELIVERED);
    assert_int_equal(post_with(&options, other).last.outcome, HOOK_UNSAFE);
    options.authorities = NULL;
    assert_int_equal(post_with(&options, address).last.outcome, HOOK_UNSAFE);
    curl_slist_free_all(options.resolve);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_what_it_is_given),
        cmocka_unit_test(tells_each_answer_as_it_is),
        cmocka_unit_test(follows_no_redirect),
        cmocka_unit_test(reads_no_answer_without_end),
        cmocka_unit_test(keeps_only_text_of_an_answer),
        cmocka_unit_test(reaches_nothing_inside),
        cmocka_unit_test(sends_nothing_in_the_clear),
        cmocka_unit_test(asks_no_proxy),
        cmocka_unit_test(tells_when_nobody_is_there),
        cmocka_unit_test(trusts_whom_an_authority_vouches_for),
    };
    return cmocka_run_group_tests_name("core/hooks/wire", tests, NULL, NULL);
}
