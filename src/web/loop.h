/*
 * The I/O thread: libmicrohttpd's events, waited for by us.
 *
 * Its own thread (MHD_USE_INTERNAL_POLLING_THREAD) may sleep while requests wait: when epoll gives it as many
 * events as it takes at a time, 128, it asks for more before it looks at these, and does so with the full
 * timeout (version 0.9.75, MHD_epoll()). When 128 clients or a multiple wait for their answers none comes.
 * MHD_run(), called when there is something to do, never sleeps. Waking it is ours to do as well, which costs
 * a call of the system for many answers that are ready together instead of one each.
 * Must not know: requests. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_LOOP_H
#define CONTRAFLOW_WEB_LOOP_H

#include <microhttpd.h>

#include "web/router.h"

struct loop;
struct lane;

/* Begins to serve a daemon that was started with MHD_USE_EPOLL and without a thread, and the lane before it
 * (web/lane.h). server->loop is set before the first request comes. */
const struct problem *loop_start(struct server *server, struct MHD_Daemon *daemon,
                                 struct lane *lane);
/* From any thread, in the place of MHD_resume_connection(). */
void loop_resume(struct loop *loop, struct MHD_Connection *connection);
/* The same for one of many, behind which comes loop_ring(). */
void loop_resume_quietly(struct loop *loop, struct MHD_Connection *connection);
/* From any thread: there is something to do. Takes a struct loop. */
void loop_ring(void *loop);
/* Before MHD_stop_daemon(). */
void loop_stop(struct loop *loop);

#endif
