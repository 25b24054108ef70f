/*
 * Another host for tests: a server on loopback that answers what it is told and keeps what it was sent.
 *
 * Only *_test.c files include it; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_OUTSIDE_OUTSIDE_TEST_BED_H
#define CONTRAFLOW_CORE_OUTSIDE_OUTSIDE_TEST_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEARD_MOST = 512, REQUEST_MOST = 4096 };

struct receiver {
    int listener;                /* socket */
    int port;                    /* where it listens */
    pthread_t thread;            /* accepts */
    const char *_Atomic answer;  /* to each request, whole; NULL: says nothing and waits */
    const char *_Atomic refuses; /* requests with this in them are answered 500; NULL: none */
    const char *_Atomic then;    /* repeated without end after the answer; NULL: nothing */
    atomic_int asked;            /* requests so far */
    atomic_int open;             /* connections that are served now */
    atomic_int busy;             /* of these, those that wait for their answer */
    atomic_int most;             /* the most of them at once */
    atomic_bool held;            /* it answers nobody until it is let go */
    atomic_int pause;            /* milliseconds before each answer */
    pthread_mutex_t lock;        /* over what was heard */
    char heard[HEARD_MOST][REQUEST_MOST]; /* requests, head and body */
};

struct visit {
    struct receiver *receiver; /* whose */
    int socket;                /* the connection */
};

#define BAD_ANSWER "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
#define OK_ANSWER  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

/* Head and as much of the body as it announces. */
static bool hear(int socket, char *out)
{
    size_t size = 0;
    out[0] = '\0';
    while (size < REQUEST_MOST - 1) {
        const char *end = strstr(out, "\r\n\r\n");
        const char *length = strcasestr(out, "\r\ncontent-length:");
        size_t body = length ? strtoul(length + 17, NULL, 10) : 0;
        if (end && size >= (size_t)(end + 4 - out) + body)
            return true;
        ssize_t got = recv(socket, out + size, REQUEST_MOST - 1 - size, 0);
        if (got <= 0)
            return false;
        size += (size_t)got;
        out[size] = '\0';
    }
    return true;
}

static void *be_visited(void *context)
{
    struct visit visit = *(struct visit *)context;
    struct receiver *receiver = visit.receiver;
    char request[REQUEST_MOST];
    free(context);
    atomic_fetch_add(&receiver->open, 1);
    int busy = atomic_fetch_add(&receiver->busy, 1) + 1;
    if (busy > atomic_load(&receiver->most))
        atomic_store(&receiver->most, busy);
    bool heard = hear(visit.socket, request);
    if (heard) {
        pthread_mutex_lock(&receiver->lock);
        int number = atomic_load(&receiver->asked);
        if (number < HEARD_MOST)
            memcpy(receiver->heard[number], request, sizeof request);
        atomic_store(&receiver->asked, number + 1);
        pthread_mutex_unlock(&receiver->lock);
        while (atomic_load(&receiver->held))
            usleep(1000);
        usleep((useconds_t)atomic_load(&receiver->pause) * 1000);
        const char *answer = atomic_load(&receiver->answer);
        const char *refuses = atomic_load(&receiver->refuses);
        if (refuses && strstr(request, refuses))
            answer = BAD_ANSWER;
        const char *then = atomic_load(&receiver->then);
        /* Before: whoever has the answer may come again before this thread goes on. */
        atomic_fetch_sub(&receiver->busy, 1);
        if (answer)
            (void)send(visit.socket, answer, strlen(answer), MSG_NOSIGNAL);
        while (then && send(visit.socket, then, strlen(then), MSG_NOSIGNAL) > 0) {
        }
        shutdown(visit.socket, answer ? SHUT_WR : 0);
        while (recv(visit.socket, request, sizeof request, 0) > 0) {
        }
    }
    if (!heard)
        atomic_fetch_sub(&receiver->busy, 1);
    close(visit.socket);
    atomic_fetch_sub(&receiver->open, 1);
    return NULL;
}

static void *be_there(void *context)
{
    struct receiver *receiver = context;
    for (;;) {
        pthread_t thread;
        int socket = accept(receiver->listener, NULL, NULL);
        if (socket < 0)
            return NULL;
        struct visit *visit = malloc(sizeof *visit);
        *visit = (struct visit){receiver, socket};
        if (pthread_create(&thread, NULL, be_visited, visit) == 0)
            pthread_detach(thread);
    }
}

static struct receiver *receiver_begin(const char *answer)
{
    struct receiver *receiver = calloc(1, sizeof *receiver);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int on = 1;
    assert_non_null(receiver);
    pthread_mutex_init(&receiver->lock, NULL);
    atomic_store(&receiver->answer, answer);
    receiver->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(receiver->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    assert_int_equal(bind(receiver->listener, (struct sockaddr *)(void *)&address, size), 0);
    assert_int_equal(listen(receiver->listener, 128), 0);
    getsockname(receiver->listener, (struct sockaddr *)(void *)&address, &size);
    receiver->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&receiver->thread, NULL, be_there, receiver), 0);
    return receiver;
}

/* Nobody listens there any more; what was heard stays. Those who are visited must have ended. */
static void receiver_end(struct receiver *receiver)
{
    shutdown(receiver->listener, SHUT_RDWR);
    pthread_join(receiver->thread, NULL);
    close(receiver->listener);
    for (int i = 0; i < 500 && atomic_load(&receiver->open) > 0; i++)
        usleep(10000);
    assert_int_equal(atomic_load(&receiver->open), 0);
    free(receiver);
}

/* The value of a header of a request, up to its line's end. */
static inline void header_of(const char *request, const char *name, char *out, size_t room)
{
    char line[64];
    (void)snprintf(line, sizeof line, "\r\n%s: ", name);
    const char *at = strcasestr(request, line);
    assert_non_null(at);
    at += strlen(line);
    (void)snprintf(out, room, "%.*s", (int)strcspn(at, "\r"), at);
}

#endif
