/*
 * Quick routes over a socket.
 *
 * Read next: web/quick.h.
 */
#include "web/quick.h"

#include "web/lane.h"
#include "web/server_test_bed.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define AGENT "User-Agent: Test/1\r\n"

static struct bed bed;

/* What the route of these tests was told to do, and what it saw. */
static struct {
    sem_t waiting; /* posted when a request was suspended */
    pthread_mutex_t lock;
    struct quick *first; /* suspended, youngest first */
    bool stopped;
    char rest[100], query[100], agent[100], dest[100], purpose[100], address[100];
} seen = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)process;
    (void)store;
    sem_init(&seen.waiting, 0, 0);
    seen.stopped = false;
    return NULL;
}

static void note(char out[100], struct text t)
{
    snprintf(out, 100, "%.*s", TEXT_ARGS(t));
}

static void answer_plain(struct quick *quick, const char *said)
{
    answer_bytes(quick->answer, 302, NULL, (struct text){"", 0});
    answer_header(quick->answer, "Location", "https://shop.example/%s", said);
}

static enum quick_outcome take(struct quick *quick)
{
    note(seen.rest, quick->rest);
    note(seen.query, quick->query);
    note(seen.agent, quick->agent);
    note(seen.dest, quick->fetch_dest);
    note(seen.purpose, quick->purpose);
    note(seen.address, quick->address);
    if (text_is(quick->rest, "full") || seen.stopped)
        return QUICK_FULL;
    if (text_is(quick->rest, "later")) {
        quick_suspend(quick);
        pthread_mutex_lock(&seen.lock);
        quick->next = seen.first;
        seen.first = quick;
        pthread_mutex_unlock(&seen.lock);
        sem_post(&seen.waiting);
        return QUICK_SUSPENDED;
    }
    if (text_is(quick->rest, "broken")) {
        answer_plain(quick, "a\r\nSet-Cookie: session=1");
        return QUICK_ANSWERED;
    }
    if (text_starts(quick->rest, "not_"))
        return QUICK_PASSED;
    answer_plain(quick, "at-once");
    return QUICK_ANSWERED;
}

static void resume_all(void)
{
    pthread_mutex_lock(&seen.lock);
    struct quick *quick = seen.first;
    seen.first = NULL;
    pthread_mutex_unlock(&seen.lock);
    while (quick) {
        struct quick *next = quick->next;
        answer_plain(quick, "later");
        quick_resume(quick);
        quick = next;
    }
}

static void stop(void)
{
    seen.stopped = true;
    resume_all();
}

/* Below the bed's own routes, so that what is passed on finds one. */
static const struct quick_route route = {
    .prefix = "/notes/", .start = start, .take = take, .stop = stop};

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(bed.server)),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval wait = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    assert_int_equal(connect(fd, (struct sockaddr *)(void *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *request)
{
    assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), (ssize_t)strlen(request));
}

/* What comes first, which for these short answers is all of one. */
static const char *hear(int fd)
{
    static char heard[16 * 1024];
    ssize_t got = recv(fd, heard, sizeof heard - 1, 0);
    heard[got > 0 ? got : 0] = '\0';
    return heard;
}

static void a_request_is_seen_and_answered_at_once(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/x%20y?to=%2Fa HTTP/1.1\r\nHost: a\r\n" AGENT
            "Sec-Fetch-Dest: iframe\r\nSec-Purpose: prefetch\r\n\r\n");
    const char *heard = hear(fd);
    assert_non_null(strstr(heard, "HTTP/1.1 302 "));
    assert_non_null(strstr(heard, "Location: https://shop.example/at-once\r\n"));
    assert_string_equal(seen.rest, "x%20y");
    assert_string_equal(seen.query, "to=%2Fa");
    assert_string_equal(seen.agent, "Test/1");
    assert_string_equal(seen.dest, "iframe");
    assert_string_equal(seen.purpose, "prefetch");
    assert_string_equal(seen.address, "127.0.0.1");
    say(fd, "POST /notes/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
    assert_non_null(strstr(hear(fd), "HTTP/1.1 302 "));
    close(fd);
}

static void what_is_passed_on_is_an_ordinary_request(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/not_0000000000007 HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n");
    assert_non_null(strstr(hear(fd), "HTTP/1.1 200 "));
    close(fd);
}

static void another_thread_answers_later(void **state)
{
    (void)state;
    int fd = dial();
    for (int i = 0; i < 3; i++) {
        say(fd, "GET /notes/later HTTP/1.1\r\nHost: a\r\n\r\n");
        sem_wait(&seen.waiting);
        resume_all();
        assert_non_null(strstr(hear(fd), "Location: https://shop.example/later\r\n"));
    }
    close(fd);
}

static void too_many_are_told_to_come_again(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/full HTTP/1.1\r\nHost: a\r\n\r\n");
    const char *heard = hear(fd);
    assert_non_null(strstr(heard, "HTTP/1.1 503 "));
    assert_non_null(strstr(heard, "Retry-After: 1\r\n"));
    close(fd);
}

static void ambiguous_requests_never_get_there(void **state)
{
    (void)state;
    int fd = dial();
    seen.rest[0] = '\0';
    say(fd, "POST /notes/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n");
    assert_non_null(strstr(hear(fd), "HTTP/1.1 400 "));
    assert_string_equal(seen.rest, "");
    close(fd);
}

static void a_client_may_leave_meanwhile(void **state)
{
    (void)state;
    int gone = dial();
    say(gone, "GET /notes/later HTTP/1.1\r\nHost: a\r\n\r\n");
    sem_wait(&seen.waiting);
    close(gone);
    resume_all();
    int fd = dial();
    say(fd, "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_non_null(strstr(hear(fd), "HTTP/1.1 302 "));
    close(fd);
}

/* How many answers with `part` in them come on a connection, of at most `most`. */
static int hear_many(int fd, const char *part, int most)
{
    static char heard[64 * 1024];
    size_t size = 0;
    int count = 0;
    while (count < most) {
        ssize_t got = recv(fd, heard + size, sizeof heard - 1 - size, 0);
        if (got <= 0)
            break;
        size += (size_t)got;
        heard[size] = '\0';
        count = 0;
        for (const char *at = heard; (at = strstr(at, part)) != NULL; at++)
            count++;
    }
    return count;
}

static void many_may_be_asked_before_one_is_answered(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\nGET /notes/later HTTP/1.1\r\nHost: a\r\n\r\n"
            "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\nGET /no");
    sem_wait(&seen.waiting);
    say(fd, "tes/x HTTP/1.1\r\nHost: a\r\n\r\n");
    resume_all();
    assert_int_equal(hear_many(fd, "HTTP/1.1 302 ", 4), 4);
    close(fd);
}

static void who_asks_a_lot_at_once_is_answered_too(void **state)
{
    enum { LOT = 100 };
    (void)state;
    int fd = dial();
    for (int i = 0; i < LOT; i++)
        say(fd, "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(hear_many(fd, "HTTP/1.1 302 ", LOT), LOT);
    close(fd);
}

/* The same connection, whatever is asked on it, and nothing of it is lost on the way. */
static void a_connection_may_ask_for_anything_else(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\n"
            "GET /notes/not_0000000000007 HTTP/1.1\r\nHost: a\r\n\r\n"
            "POST /notes/x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
            "GET /notes/later HTTP/1.1\r\nHost: a\r\n\r\n");
    sem_wait(&seen.waiting);
    resume_all();
    assert_int_equal(hear_many(fd, "HTTP/1.1 ", 4), 4);
    close(fd);
}

static void a_head_may_come_byte_by_byte(void **state)
{
    static const char request[] = "GET /notes/x HTTP/1.1\r\nHost: a\r\n" AGENT "\r\n";
    (void)state;
    int fd = dial();
    for (size_t i = 0; i < sizeof request - 1; i++) {
        char byte[] = {request[i], '\0'};
        say(fd, byte);
        usleep(500);
    }
    assert_non_null(strstr(hear(fd), "Location: https://shop.example/at-once\r\n"));
    close(fd);
}

static void more_may_come_than_are_kept(void **state)
{
    enum { CROWD = LANE_MOST + 50 };
    static int fds[CROWD];
    (void)state;
    for (int i = 0; i < CROWD; i++)
        fds[i] = dial();
    for (int i = 0; i < CROWD; i++)
        say(fds[i], "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < CROWD; i++) {
        assert_non_null(strstr(hear(fds[i]), "HTTP/1.1 302 "));
        close(fds[i]);
    }
}

/* What a header would end early ends the connection. */
static void an_answer_is_as_complete_as_any(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/x HTTP/1.1\r\nHost: a\r\n\r\n");
    const char *heard = hear(fd);
    assert_ptr_equal(strstr(heard, "HTTP/1.1 302 Found\r\nDate: "), heard);
    assert_non_null(strstr(heard, " GMT\r\n"));
    assert_non_null(strstr(heard, "\r\nContent-Length: 0\r\n"));
    assert_non_null(strstr(heard, "\r\n\r\n"));
    say(fd, "GET /notes/broken HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_string_equal(hear(fd), "");
    close(fd);
}

static void who_waits_when_it_stops_is_answered(void **state)
{
    (void)state;
    int fd = dial();
    say(fd, "GET /notes/later HTTP/1.1\r\nHost: a\r\n\r\n");
    sem_wait(&seen.waiting);
    bed_stop(&bed);
    assert_non_null(strstr(hear(fd), "Location: https://shop.example/later\r\n"));
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_seen_and_answered_at_once),
        cmocka_unit_test(what_is_passed_on_is_an_ordinary_request),
        cmocka_unit_test(another_thread_answers_later),
        cmocka_unit_test(too_many_are_told_to_come_again),
        cmocka_unit_test(ambiguous_requests_never_get_there),
        cmocka_unit_test(a_client_may_leave_meanwhile),
        cmocka_unit_test(many_may_be_asked_before_one_is_answered),
        cmocka_unit_test(who_asks_a_lot_at_once_is_answered_too),
        cmocka_unit_test(a_connection_may_ask_for_anything_else),
        cmocka_unit_test(a_head_may_come_byte_by_byte),
        cmocka_unit_test(more_may_come_than_are_kept),
        cmocka_unit_test(an_answer_is_as_complete_as_any),
        cmocka_unit_test(who_waits_when_it_stops_is_answered),
    };
    bed_quick = &route;
    bed_start(&bed);
    return cmocka_run_group_tests_name("web/quick", tests, NULL, NULL);
}
