/*
 * The way of those who follow links: from the socket to a quick route and back, without libmicrohttpd.
 *
 * Every connection begins here. The bytes that it sends are looked at and left where they are: when they are the
 * plain head of a request (web/plain.h) for a quick route (web/quick.h), it is taken and answered here; otherwise the
 * connection is given to libmicrohttpd for good, which reads the same bytes. So there is one server for
 * everything that needs judgement, and what is asked a hundred thousand times a second costs little more than
 * the system's calls: libmicrohttpd takes a connection that waits out of its epoll set and puts it back again,
 * which alone costs half of what is needed here.
 * All on the I/O thread unless it says otherwise. Must not know: what is asked.
 * Read next: web/loop.c, docs/decisions/0029-lane.md.
 */
#ifndef CONTRAFLOW_WEB_LANE_H
#define CONTRAFLOW_WEB_LANE_H

#include <microhttpd.h>

#include "web/router.h"
#include "web/visit.h"

#define LANE_MOST 1024 /* connections that it keeps; those beyond are libmicrohttpd's at once */

struct lane;

struct lane_options {
    struct server *server;
    struct MHD_Daemon *daemon; /* that was started without a socket to listen on */
    struct visits *visits;
    atomic_size_t *active; /* counts requests that wait for their answer */
    unsigned limit;        /* connections that the daemon takes */
    int door;              /* the listening socket, taken over, when this works */
};

const struct problem *lane_start(struct memory *process, const struct lane_options *options,
                                 struct lane **out);
/* Readable when there is something to do. */
int lane_bell(const struct lane *lane);
/* Does what there is to do. True: the daemon got connections. */
bool lane_turn(struct lane *lane);
/* Nobody is let in at the moment: lane_turn() wants to be called again in a while. */
bool lane_is_held(const struct lane *lane);
/* From any thread: nobody is let in from now on. */
void lane_close(struct lane *lane);
/* When no thread does anything with it any more, and before the visits end. */
void lane_end(struct lane *lane);

#endif
