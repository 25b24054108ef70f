/*
 * Sleeps until the lane or libmicrohttpd has something to do, and lets it.
 */
#include "web/loop.h"

#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "web/lane.h"
#include "web/quick.h"

enum { HELD = 100 }; /* milliseconds until the door is tried again */

struct loop {
    struct MHD_Daemon *daemon;
    struct lane *lane;
    const struct server_options *site;
    pthread_t thread;
    int bell;            /* an eventfd; rings when there is an answer, and at the end */
    atomic_bool rung;    /* it does, and nobody has looked yet */
    atomic_bool resumed; /* a connection of the daemon was */
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

void loop_ring(void *context)
{
    struct loop *loop = context;
    if (!atomic_exchange(&loop->rung, true))
        (void)eventfd_write(loop->bell, 1);
}

static void *run(void *context)
{
    enum { DAEMON, BELL, LANE, WAITED };
    struct loop *loop = context;
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd wait[WAITED] = {
        [DAEMON] = {.fd = info ? info->epoll_fd : -1, .events = POLLIN},
        [BELL] = {.fd = loop->bell, .events = POLLIN},
        [LANE] = {.fd = lane_bell(loop->lane), .events = POLLIN},
    };
    while (!atomic_load(&loop->ending)) {
        eventfd_t times;
        int most = patience(loop->daemon);
        bool held = lane_is_held(loop->lane);
        int ready = poll(wait, WAITED, held && (most < 0 || most > HELD) ? HELD : most);
        if (wait[BELL].revents)
            (void)eventfd_read(loop->bell, &times);
        /* Before it looks: who resumes a connection from now on rings again. */
        atomic_store(&loop->rung, false);
        bool due = atomic_exchange(&loop->resumed, false) || ready <= 0 || most == 0 ||
                   wait[DAEMON].revents;
        if (wait[LANE].revents || wait[BELL].revents || held)
            due |= lane_turn(loop->lane);
        if (due)
            MHD_run(loop->daemon);
        quick_taken(loop->site->quick, loop->site->quick_count);
    }
    return NULL;
}

const struct problem *loop_start(struct server *server, struct MHD_Daemon *daemon,
                                 struct lane *lane)
{
    struct loop *loop = memory_take(server->process, sizeof *loop);
    if (!loop)
        return &out_of_memory;
    loop->daemon = daemon;
    loop->lane = lane;
    loop->site = &server->options;
    loop->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->bell < 0)
        return &world_failed;
    server->loop = loop;
    if (pthread_create(&loop->thread, NULL, run, loop) != 0) {
        close(loop->bell);
        return &world_failed;
    }
    return NULL;
}

void loop_resume_quietly(struct loop *loop, struct MHD_Connection *connection)
{
    MHD_resume_connection(connection);
    atomic_store(&loop->resumed, true);
}

void loop_resume(struct loop *loop, struct MHD_Connection *connection)
{
    loop_resume_quietly(loop, connection);
    loop_ring(loop);
}

void loop_stop(struct loop *loop)
{
    atomic_store(&loop->ending, true);
    loop_ring(loop);
    pthread_join(loop->thread, NULL);
    close(loop->bell);
}
