/*
 * Quick routes over a socket.
 *
 * Read next: web/quick.h.
 */
#include "web/quick.h"

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
        cmocka_unit_test(who_waits_when_it_stops_is_answered),
    };
    bed_quick = &route;
    bed_start(&bed);
    return cmocka_run_group_tests_name("web/quick", tests, NULL, NULL);
}
