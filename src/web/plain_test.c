/*
 * Tests of web/plain.c: which heads are plain, and what is read of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/plain.h"

#define FIRST "GET /r/A HTTP/1.1\r\n"
#define HOST  "Host: a\r\n"

static struct incoming seen;

static size_t read_head(const char *head)
{
    seen = (struct incoming){.memory = NULL};
    return plain_read(text_of(head), &seen);
}

static void is(struct text found, const char *expected)
{
    assert_int_equal(found.size, strlen(expected));
    assert_memory_equal(found.data, expected, found.size);
}

static void what_browsers_send_is_read(void **state)
{
    static const char head[] =
        "GET /r/ABC?to=%2Fa%20b&x HTTP/1.1\r\nHost: go.example\r\n"
        "user-agent:  Mozilla/5.0 (X11)\t \r\nConnection: keep-alive\r\n"
        "Cookie: a=1; b=\"2\"\r\nSec-Fetch-Dest: document\r\n"
        "sec-fetch-mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Site: none\r\n"
        "Referer: https://a.example/\r\nX-Forwarded-For:1.2.3.4\r\n"
        "Purpose:\r\n\r\n";
    (void)state;
    assert_int_equal(read_head(head), sizeof head - 1);
    is(seen.method, "GET");
    is(seen.target, "/r/ABC?to=%2Fa%20b&x");
    is(seen.raw_path, "/r/ABC");
    is(seen.raw_query, "to=%2Fa%20b&x");
    is(seen.user_agent, "Mozilla/5.0 (X11)");
    is(seen.fetch_dest, "document");
    is(seen.fetch_mode, "navigate");
    is(seen.fetch_user, "?1");
    is(seen.fetch_site, "none");
    is(seen.referer, "https://a.example/");
    is(seen.forwarded_for, "1.2.3.4");
    is(seen.purpose, "");
}

static void what_comes_behind_is_left(void **state)
{
    (void)state;
    assert_int_equal(read_head(FIRST HOST "\r\n" FIRST HOST "\r\n"), sizeof(FIRST HOST "\r\n") - 1);
    is(seen.raw_query, "");
}

static void half_a_head_is_none(void **state)
{
    static const char head[] = FIRST HOST "Accept: */*\r\n\r\n";
    (void)state;
    for (size_t size = 0; size < sizeof head - 1; size++)
        assert_int_equal(plain_read((struct text){head, size}, &seen), 0);
    assert_int_equal(plain_read((struct text){head, sizeof head - 1}, &seen), sizeof head - 1);
}

/* Each is libmicrohttpd's to read, and often to refuse. */
static void everything_else_is_not_plain(void **state)
{
    static const char *const others[] = {
        "HEAD /r/A HTTP/1.1\r\n" HOST "\r\n",
        "POST /r/A HTTP/1.1\r\n" HOST "\r\n",
        "GET /r/A HTTP/1.0\r\n" HOST "\r\n",
        "GET /r/A HTTP/1.12\r\n" HOST "\r\n",
        "GET /r/A  HTTP/1.1\r\n" HOST "\r\n",
        "GET  HTTP/1.1\r\n" HOST "\r\n",
        "GET r/A HTTP/1.1\r\n" HOST "\r\n",
        "GET http://a/r/A HTTP/1.1\r\n" HOST "\r\n",
        "GET /r/A#b HTTP/1.1\r\n" HOST "\r\n",
        "GET /r/\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n",
        "GET /r/A\tHTTP/1.1\r\n" HOST "\r\n",
        "\r\n" FIRST HOST "\r\n",
        FIRST "\r\n",
        FIRST HOST HOST "\r\n",
        FIRST HOST "Content-Length: 0\r\n\r\n",
        FIRST HOST "Content-Length : 5\r\n\r\n12345",
        FIRST HOST "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        FIRST HOST "Expect: 100-continue\r\n\r\n",
        FIRST HOST "Connection: close\r\n\r\n",
        FIRST HOST "Connection: keep-alive, upgrade\r\nUpgrade: h2c\r\n\r\n",
        FIRST HOST "Connection: X-Forwarded-For\r\n\r\n",
        FIRST HOST " folded: b\r\n\r\n",
        FIRST HOST "Accept: a\r\n b\r\n\r\n",
        FIRST HOST "Accept : a\r\n\r\n",
        FIRST HOST "Accept\r\n\r\n",
        FIRST HOST ": a\r\n\r\n",
        FIRST HOST "Accept: a\nContent-Length: 5\r\n\r\n",
        FIRST HOST "Accept: a\rContent-Length: 5\r\n\r\n",
        FIRST HOST "Accept: a\x7f\r\n\r\n",
        "GET /r/A HTTP/1.1\nHost: a\n\n",
        FIRST "Host: a\n\r\n\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (read_head(others[i]) != 0)
            fail_msg("case %zu is taken for plain", i);
    static const char null[] = FIRST HOST "Accept: a\0b\r\n\r\n";
    assert_int_equal(plain_read((struct text){null, sizeof null - 1}, &seen), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_browsers_send_is_read),
        cmocka_unit_test(what_comes_behind_is_left),
        cmocka_unit_test(half_a_head_is_none),
        cmocka_unit_test(everything_else_is_not_plain),
    };
    return cmocka_run_group_tests_name("web/plain", tests, NULL, NULL);
}
