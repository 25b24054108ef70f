/*
 * Fetching pages from hosts that misbehave: each way in which there is no page is told as it is, and what may not be
 * reached is not, also behind redirects.
 */
#include "core/outside/outside_test_bed.h"

#include "core/outside/page.h"

#define HEAD(type) "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " type "\r\n\r\n"
#define PAGE       HEAD("text/html; charset=\"utf-8\"") "<p>Werbung</p>"

static struct memory *memory;

static struct outside_page fetch(const char *address, bool own, int64_t ms)
{
    struct outside_way way = {.own = own, .whole_ms = ms};
    struct outside_wish wish = {text_of(address), text_of("Test (+https://site.example)"), &way};
    struct outside_page page;
    assert_null(outside_page(memory, &wish, &page));
    return page;
}

static struct outside_page fetch_port(int port)
{
    char address[64];
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/post", port);
    return fetch(address, true, 2000);
}

static struct outside_page answered(const char *answer)
{
    struct receiver *receiver = receiver_begin(answer);
    struct outside_page page = fetch_port(receiver->port);
    receiver_end(receiver);
    return page;
}

static void fetches_a_page_and_says_who_asks(void **state)
{
    struct receiver *receiver = receiver_begin(PAGE);
    struct outside_page page = fetch_port(receiver->port);
    char agent[100];
    (void)state;
    assert_int_equal(page.found, OUTSIDE_PAGE);
    assert_int_equal(page.status, 200);
    assert_true(text_is(page.charset, "utf-8"));
    assert_memory_equal(page.body.data, "<p>Werbung</p>", page.body.size);
    assert_memory_equal(receiver->heard[0], "GET /post HTTP/1.1", 18);
    header_of(receiver->heard[0], "User-Agent", agent, sizeof agent);
    assert_string_equal(agent, "Test (+https://site.example)");
    receiver_end(receiver);
}

static void tells_why_there_is_no_page(void **state)
{
    static const struct {
        const char *answer;
        enum outside_found found;
        enum outside_outcome outcome;
        int64_t status;
    } cases[] = {
        {"HTTP/1.1 404 No\r\nConnection: close\r\n\r\n", OUTSIDE_STATUS, OUTSIDE_ANSWERED, 404},
        {"HTTP/1.1 503 No\r\nConnection: close\r\n\r\n", OUTSIDE_STATUS, OUTSIDE_ANSWERED, 503},
        {HEAD("application/pdf") "%PDF", OUTSIDE_NO_PAGE, OUTSIDE_ANSWERED, 200},
        {HEAD("text/htmlx") "x", OUTSIDE_NO_PAGE, OUTSIDE_ANSWERED, 200},
        {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nx", OUTSIDE_NO_PAGE, OUTSIDE_ANSWERED, 200},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nx",
         OUTSIDE_NOTHING, OUTSIDE_BROKEN, 200},
        {"SSH-2.0-OpenSSH\r\n", OUTSIDE_NOTHING, OUTSIDE_BROKEN, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outside_page page = answered(cases[i].answer);
        if (page.found != cases[i].found || page.status != cases[i].status)
            fail_msg("%zu: %d %d %lld", i, (int)page.found, (int)page.outcome,
                     (long long)page.status);
        if (page.found == OUTSIDE_NOTHING)
            assert_int_equal(page.outcome, cases[i].outcome);
        assert_int_equal(page.body.size, 0);
    }
}

static void takes_no_more_than_a_megabyte(void **state)
{
    struct receiver *receiver = receiver_begin(HEAD("text/html"));
    struct outside_page page;
    (void)state;
    atomic_store(&receiver->then, "<p>Werbung, and more of it, without end</p>");
    page = fetch_port(receiver->port);
    assert_int_equal(page.found, OUTSIDE_TOO_LARGE);
    receiver_end(receiver);
}

static void waits_so_long_and_no_longer(void **state)
{
    struct receiver *receiver = receiver_begin(PAGE);
    char address[64];
    (void)state;
    atomic_store(&receiver->pause, 1000);
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/", receiver->port);
    struct outside_page page = fetch(address, true, 200);
    assert_int_equal(page.found, OUTSIDE_NOTHING);
    assert_int_equal(page.outcome, OUTSIDE_SLOW);
    receiver_end(receiver);
    page = fetch(address, true, 2000);
    assert_int_equal(page.found, OUTSIDE_NOTHING);
    assert_int_equal(page.outcome, OUTSIDE_UNREACHED);
}

static void redirect_to(char *answer, size_t room, const char *address)
{
    (void)snprintf(answer, room, "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: %s\r\n\r\n",
                   address);
}

static void follows_three_redirects(void **state)
{
    struct receiver *hosts[OUTSIDE_REDIRECTS + 2];
    char answers[OUTSIDE_REDIRECTS + 2][200], address[64];
    (void)state;
    hosts[0] = receiver_begin(PAGE);
    for (int i = 1; i < OUTSIDE_REDIRECTS + 2; i++) {
        (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/to#part", hosts[i - 1]->port);
        redirect_to(answers[i], sizeof answers[i], address);
        hosts[i] = receiver_begin(answers[i]);
    }
    struct outside_page page = fetch_port(hosts[OUTSIDE_REDIRECTS]->port);
    assert_int_equal(page.found, OUTSIDE_PAGE);
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/to", hosts[0]->port);
    assert_true(text_is(page.address, address));
    assert_int_equal(fetch_port(hosts[OUTSIDE_REDIRECTS + 1]->port).found, OUTSIDE_WANDERS);
    assert_int_equal(atomic_load(&hosts[0]->asked), 1);
    for (int i = 0; i < OUTSIDE_REDIRECTS + 2; i++)
        receiver_end(hosts[i]);
}

static void goes_nowhere_inside(void **state)
{
    static const char *const inside[] = {
        "https://10.0.0.1/",      "http://example.org/", "https://169.254.169.254/latest",
        "https://printer.local/", "file:///etc/passwd",  "gopher://example.org/",
        "https://example.org:22/"};
    char answer[200], address[64];
    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        struct outside_page page;
        if (i < 2) {
            page = fetch(inside[i], true, 500);
            assert_int_equal(page.found, OUTSIDE_NO_WAY);
        }
        redirect_to(answer, sizeof answer, inside[i]);
        page = answered(answer);
        if (page.found != OUTSIDE_NO_WAY && page.found != OUTSIDE_WANDERS)
            fail_msg("%s: %d", inside[i], (int)page.found);
    }
    /* This machine is inside, too, unless the setting opens it. */
    struct receiver *receiver = receiver_begin(PAGE);
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/", receiver->port);
    assert_int_equal(fetch(address, false, 500).found, OUTSIDE_NO_WAY);
    (void)snprintf(address, sizeof address, "https://localhost:%d/", receiver->port);
    assert_int_equal(fetch(address, false, 500).found, OUTSIDE_NO_WAY);
    assert_int_equal(atomic_load(&receiver->asked), 0);
    receiver_end(receiver);
}

/* A name of the public internet that leads to this machine: seen when the connection is made. */
static void looks_where_a_name_leads(void **state)
{
    struct receiver *receiver = receiver_begin(PAGE);
    char line[64], address[64];
    (void)state;
    (void)snprintf(line, sizeof line, "blog.example.org:%d:127.0.0.1", receiver->port);
    (void)snprintf(address, sizeof address, "https://blog.example.org:%d/", receiver->port);
    struct outside_way way = {.whole_ms = 1000, .resolve = curl_slist_append(NULL, line)};
    struct outside_wish wish = {text_of(address), text_of("Test"), &way};
    struct outside_page page;
    assert_null(outside_page(memory, &wish, &page));
    assert_int_equal(page.found, OUTSIDE_NO_WAY);
    assert_int_equal(atomic_load(&receiver->asked), 0);
    curl_slist_free_all(way.resolve);
    receiver_end(receiver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetches_a_page_and_says_who_asks),
        cmocka_unit_test(tells_why_there_is_no_page),
        cmocka_unit_test(takes_no_more_than_a_megabyte),
        cmocka_unit_test(waits_so_long_and_no_longer),
        cmocka_unit_test(follows_three_redirects),
        cmocka_unit_test(goes_nowhere_inside),
        cmocka_unit_test(looks_where_a_name_leads),
    };
    memory = memory_create(64 << 20);
    int failed = cmocka_run_group_tests_name("pages fetched", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
