/*
 * The I/O thread when all clients ask at the same moment.
 *
 * The server is a process of its own, stopped while they ask, so that it finds all their requests at once.
 * Read next: web/loop.h.
 */
#include "web/server_test_bed.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 384, AT_A_TIME = 128 /* events that libmicrohttpd takes from epoll */ };

static pid_t server;
static int port;

/* In a process of its own: tells its port and goes on until its parent is gone. */
_Noreturn static void serve(int tell, int until)
{
    struct bed bed;
    char nothing;
    bed_start(&bed);
    int own = server_port(bed.server);
    if (write(tell, &own, sizeof own) == (ssize_t)sizeof own)
        (void)read(until, &nothing, 1);
    bed_stop(&bed);
    _exit(0);
}

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval wait = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    assert_int_equal(connect(fd, (struct sockaddr *)(void *)&to, sizeof to), 0);
    return fd;
}

static void ask(int fd)
{
    static const char request[] = "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n";
    assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), (ssize_t)strlen(request));
}

static void is_answered(int fd)
{
    char heard[4096];
    ssize_t got = recv(fd, heard, sizeof heard - 1, 0);
    if (got <= 0)
        fail_msg("no answer within 20 seconds");
    heard[got] = '\0';
    assert_non_null(strstr(heard, "HTTP/1.1 200 "));
}

static void all_clients_may_ask_at_once(void **state)
{
    static const int crowds[] = {AT_A_TIME - 1, AT_A_TIME, AT_A_TIME + 1, 2 * AT_A_TIME, MOST};
    int fds[MOST];
    (void)state;
    for (int i = 0; i < MOST; i++) {
        fds[i] = dial();
        ask(fds[i]);
        is_answered(fds[i]);
    }
    for (size_t c = 0; c < sizeof crowds / sizeof *crowds; c++) {
        int stopped;
        assert_int_equal(kill(server, SIGSTOP), 0);
        assert_int_equal(waitpid(server, &stopped, WUNTRACED), server);
        for (int i = 0; i < crowds[c]; i++)
            ask(fds[i]);
        assert_int_equal(kill(server, SIGCONT), 0);
        for (int i = 0; i < crowds[c]; i++)
            is_answered(fds[i]);
    }
    for (int i = 0; i < MOST; i++)
        close(fds[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_clients_may_ask_at_once)};
    int tell[2];
    int until[2];
    if (pipe(tell) != 0 || pipe(until) != 0 || (server = fork()) < 0)
        return 1;
    if (server == 0) {
        close(until[1]);
        serve(tell[1], until[0]);
    }
    close(until[0]);
    if (read(tell[0], &port, sizeof port) != (ssize_t)sizeof port)
        return 1;
    int failed = cmocka_run_group_tests_name("web/loop", tests, NULL, NULL);
    close(until[1]);
    (void)waitpid(server, NULL, 0);
    return failed;
}
