/*
 * A storm at the door: many sign in at once, from an address each, half of them rightly; who is told to
 * wait comes back when they were told to, until all are through. Meanwhile others load a page at a steady
 * rate; their time counts from when the request was due, so a stall is not left out.
 *
 *   storm fill DATA PEOPLE                  people who can sign in, in a new installation
 *   storm run PORT PEOPLE COUNT COOKIE TOKEN   COUNT sign-ins to a server that trusts X-Forwarded-For
 *
 * COOKIE and TOKEN are of one page to sign in. Read next: bench/storm.sh.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "core/login/login.h"
#include "modules/world.h"

#define PASSWORD "storm at the door"
enum { PAGES = 8, RATE = 200, STORM_MAX = 4000, SAMPLES = 1 << 20, ANSWER = 1 << 18, WORST = 300 };

struct caller {
    int connection;
    size_t number;   /* among those who sign in */
    bool page;       /* loads pages instead */
    bool asking;     /* waits for an answer */
    bool done;       /* was let in, or refused for good */
    double due;      /* when to ask; milliseconds */
    double first;    /* asked for the first time */
    size_t have;     /* bytes of the answer */
    size_t whole;    /* bytes it will have; 0: not known yet */
    char head[2048]; /* its first bytes */
};

static struct {
    int port, poll;
    size_t people, count;
    const char *cookie, *token;
    double began;
    struct caller callers[STORM_MAX + PAGES];
    double *pages, *signs; /* milliseconds an answer took */
    size_t page_count, sign_count, page_wrong;
    size_t in, refused, waits_429, waits_503, without_time, other, broken;
} storm;

static void must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "storm: %s: %s\n", what, problem->name);
    exit(1);
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void open_connection(struct caller *caller)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)storm.port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    caller->connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(caller->connection, (struct sockaddr *)&address, sizeof address) != 0)
        must(&world_failed, "connecting");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = caller};
    epoll_ctl(storm.poll, EPOLL_CTL_ADD, caller->connection, &event);
}

static void send_all(struct caller *caller, const char *bytes, size_t size)
{
    caller->have = caller->whole = 0;
    caller->asking = true;
    if (send(caller->connection, bytes, size, MSG_NOSIGNAL) != (ssize_t)size)
        storm.broken++;
}

static void ask_page(struct caller *caller)
{
    static unsigned int serial;
    char text[300];
    int size = snprintf(text, sizeof text,
                        "GET /photos HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        "X-Forwarded-For: 10.9.%u.%u\r\n\r\n",
                        serial / 250 % 250, serial % 250);
    serial++;
    send_all(caller, text, (size_t)size);
}

/* A quarter of all are strangers, a quarter err in the password, the rest is right. */
static void ask_to_sign_in(struct caller *caller)
{
    char body[600];
    char text[1400];
    size_t person = caller->number % storm.people;
    bool stranger = caller->number % 4 == 1;
    bool errs = caller->number % 4 == 3;
    int length = snprintf(
        body, sizeof body, "token=%s&once=%032zx&mail=%s%zu%%40example.org&password=" PASSWORD "%s",
        storm.token, caller->number, stranger ? "stranger" : "person", person, errs ? "!" : "");
    for (char *at = body; *at; at++)
        *at = *at == ' ' ? '+' : *at;
    int size = snprintf(text, sizeof text,
                        "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n"
                        "X-Forwarded-For: 10.1.%zu.%zu\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n"
                        "Content-Length: %d\r\n\r\n%s",
                        storm.cookie, caller->number / 250, caller->number % 250, length, body);
    send_all(caller, text, (size_t)size);
}

static long header_of(const struct caller *caller, const char *name)
{
    const char *found = strcasestr(caller->head, name);
    return found ? strtol(found + strlen(name), NULL, 10) : -1;
}

static void judge_page(struct caller *caller, int status, double at)
{
    storm.page_wrong += status != 200;
    if (storm.page_count < SAMPLES)
        storm.pages[storm.page_count++] = at - caller->due;
    caller->due += 1e3 * PAGES / RATE;
}

static void judge_sign_in(struct caller *caller, int status, double at)
{
    long wait = header_of(caller, "\r\nRetry-After:");
    bool later = status == 429 || status == 503;
    storm.waits_429 += status == 429;
    storm.waits_503 += status == 503;
    storm.without_time += later && wait < 0;
    storm.in += status == 303;
    storm.refused += status == 422 || status == 401;
    storm.other += !later && status != 303 && status != 422 && status != 401;
    caller->done = !later;
    caller->due = at + 1e3 * (double)(wait > 0 ? wait : 1);
    if (caller->done)
        storm.signs[storm.sign_count++] = at - caller->first;
}

static void hear(struct caller *caller)
{
    static char bytes[ANSWER];
    ssize_t got = recv(caller->connection, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got <= 0) {
        storm.broken += caller->asking;
        epoll_ctl(storm.poll, EPOLL_CTL_DEL, caller->connection, NULL);
        close(caller->connection);
        open_connection(caller);
        caller->due = caller->asking ? now() + 1000 : caller->due;
        caller->asking = false;
        return;
    }
    size_t room = sizeof caller->head - 1;
    if (caller->have < room) {
        size_t taken = (size_t)got < room - caller->have ? (size_t)got : room - caller->have;
        memcpy(caller->head + caller->have, bytes, taken);
        caller->head[caller->have + taken] = '\0';
    }
    caller->have += (size_t)got;
    const char *end = strstr(caller->head, "\r\n\r\n");
    if (!caller->whole && end) {
        long length = header_of(caller, "\r\nContent-Length:");
        caller->whole = (size_t)(end + 4 - caller->head) + (size_t)(length > 0 ? length : 0);
    }
    if (!caller->whole || caller->have < caller->whole)
        return;
    int status = (int)strtol(caller->head + strlen("HTTP/1.1 "), NULL, 10);
    caller->asking = false;
    if (caller->page)
        judge_page(caller, status, now());
    else
        judge_sign_in(caller, status, now());
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double part_of(double *values, size_t count, double part)
{
    qsort(values, count, sizeof *values, by_size);
    return count ? values[(size_t)((double)(count - 1) * part)] : 0;
}

static bool go_on(void)
{
    size_t done = 0;
    for (size_t i = 0; i < storm.count; i++)
        done += storm.callers[i].done;
    return done < storm.count && now() - storm.began < 1e3 * WORST;
}

static void blow(void)
{
    struct epoll_event events[256];
    while (go_on()) {
        double at = now();
        for (size_t i = 0; i < storm.count + PAGES; i++) {
            struct caller *caller = &storm.callers[i];
            if (caller->asking || caller->done || caller->due > at)
                continue;
            if (caller->page)
                ask_page(caller);
            else
                ask_to_sign_in(caller);
        }
        int count = epoll_wait(storm.poll, events, 256, 1);
        for (int i = 0; i < count; i++)
            hear(events[i].data.ptr);
    }
}

static int run(void)
{
    storm.poll = epoll_create1(EPOLL_CLOEXEC);
    storm.pages = calloc(SAMPLES, sizeof *storm.pages);
    storm.signs = calloc(storm.count, sizeof *storm.signs);
    for (size_t i = 0; i < storm.count + PAGES; i++) {
        storm.callers[i].number = i;
        storm.callers[i].page = i >= storm.count;
        open_connection(&storm.callers[i]);
    }
    storm.began = now();
    for (size_t i = 0; i < storm.count + PAGES; i++) {
        size_t turn = i >= storm.count ? i - storm.count : 0;
        storm.callers[i].first = storm.began;
        storm.callers[i].due = storm.began + 1e3 * (double)turn / RATE;
    }
    blow();
    double lasted = (now() - storm.began) / 1e3;
    printf("sign-ins    %zu at once: %zu let in, %zu refused, %zu something else, after %.1f s\n",
           storm.count, storm.in, storm.refused, storm.other, lasted);
    printf("told        to wait %zu times with 503, %zu with 429, %zu without a time; %zu broken\n",
           storm.waits_503, storm.waits_429, storm.without_time, storm.broken);
    printf("through     half after %.1f s, all after %.1f s\n",
           part_of(storm.signs, storm.sign_count, 0.5) / 1e3,
           part_of(storm.signs, storm.sign_count, 1) / 1e3);
    printf(
        "pages       %zu meanwhile, %zu of them wrong: p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n",
        storm.page_count, storm.page_wrong, part_of(storm.pages, storm.page_count, 0.5),
        part_of(storm.pages, storm.page_count, 0.99), part_of(storm.pages, storm.page_count, 1));
    bool fine = storm.sign_count == storm.count && !storm.other && !storm.without_time;
    return fine && !storm.broken && !storm.page_wrong ? 0 : 1;
}

static int fill(const char *data, size_t people)
{
    static struct world world;
    struct text complaint = {0};
    struct memory *memory = memory_create(64 << 20);
    struct party_id id;
    must(world_settings(memory, text_of(data), &complaint), "settings");
    must(world_open(memory, text_of(data), &world, &complaint), "opening");
    must(world_lease(&world, &complaint), "leasing");
    for (size_t i = 0; i < people; i++) {
        struct text mail = text_format(memory, "person%zu@example.org", i);
        must(login_sign_up(world.store, memory, mail, mail, text_of(PASSWORD), LANGUAGE_EN, false,
                           clock_now(), &id),
             "somebody");
    }
    world_close(&world);
    memory_end(memory);
    return 0;
}

int main(int argc, char **argv)
{
    log_set_level(LOG_ERROR);
    if (argc == 4 && strcmp(argv[1], "fill") == 0)
        return fill(argv[2], (size_t)strtoul(argv[3], NULL, 10));
    if (argc != 7 || strcmp(argv[1], "run") != 0) {
        fprintf(stderr,
                "usage: storm fill DATA PEOPLE | storm run PORT PEOPLE COUNT COOKIE TOKEN\n");
        return 2;
    }
    storm.port = (int)strtol(argv[2], NULL, 10);
    storm.people = (size_t)strtoul(argv[3], NULL, 10);
    storm.count = (size_t)strtoul(argv[4], NULL, 10);
    storm.cookie = argv[5];
    storm.token = argv[6];
    if (storm.people == 0 || storm.count == 0 || storm.count > STORM_MAX)
        return 2;
    return run();
}
