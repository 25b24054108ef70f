/*
 * Sleeps until libmicrohttpd has something to do, and lets it.
 */
#include "web/loop.h"

#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct loop {
    struct MHD_Daemon *daemon;
    pthread_t thread;
    int bell;         /* an eventfd; rings when there is an answer, and at the end */
    atomic_bool rung; /* it does, and nobody has looked yet */
    atomic_bool ending;
};

/* Milliseconds until a connection has waited too long; -1: none can. */
static int patience(struct MHD_Daemon *daemon)
{
    MHD_UNSIGNED_LONG_LONG most;
    if (MHD_get_timeout(daemon, &most) != MHD_YES)
        return -1;
    return most > INT_MAX ? INT_MAX : (int)most;
}

static void ring(struct loop *loop)
{
    if (!atomic_exchange(&loop->rung, true))
        (void)eventfd_write(loop->bell, 1);
}

static void *run(void *context)
{
    struct loop *loop = context;
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd wait[] = {{.fd = info ? info->epoll_fd : -1, .events = POLLIN},
                            {.fd = loop->bell, .events = POLLIN}};
    while (!atomic_load(&loop->ending)) {
        eventfd_t times;
        (void)poll(wait, sizeof wait / sizeof *wait, patience(loop->daemon));
        if (wait[1].revents)
            (void)eventfd_read(loop->bell, &times);
        /* Before it looks: who resumes a connection from now on rings again. */
        atomic_store(&loop->rung, false);
        MHD_run(loop->daemon);
    }
    return NULL;
}

const struct problem *loop_start(struct memory *process, struct MHD_Daemon *daemon,
                                 struct loop **out)
{
    struct loop *loop = memory_take(process, sizeof *loop);
    if (!loop)
        return &out_of_memory;
    loop->daemon = daemon;
    loop->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->bell < 0)
        return &world_failed;
    *out = loop;
    if (pthread_create(&loop->thread, NULL, run, loop) != 0) {
        close(loop->bell);
        return &world_failed;
    }
    return NULL;
}

void loop_resume(struct loop *loop, struct MHD_Connection *connection)
{
    MHD_resume_connection(connection);
    ring(loop);
}

void loop_stop(struct loop *loop)
{
    atomic_store(&loop->ending, true);
    ring(loop);
    pthread_join(loop->thread, NULL);
    close(loop->bell);
}
