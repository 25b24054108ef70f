/*
 * The listener: libmicrohttpd, one I/O thread, and the workers behind it.
 *
 * Must not know: what routes mean. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_LISTEN_H
#define CONTRAFLOW_WEB_LISTEN_H

#include "web/router.h"

struct listener;

/* How many requests run at the same time. */
struct listen_pools {
    size_t readers; /* those that only look (GET), at least 1 */
    size_t writers; /* those that change something */
    size_t streams; /* live pages that are open, beside these */
    size_t cache;   /* bytes of the database that all readers together may keep in memory */
};

/* Opens the port and starts. *complaint names the address and port that is in use. */
const struct problem *listen_start(struct server *server, const char *address, int port,
                                   const struct listen_pools *pools, struct listener **out,
                                   struct text *complaint);
int listen_port(const struct listener *listener);
/* Takes no more connections, answers what runs (5 seconds at most), ends the threads. */
void listen_stop(struct listener *listener);

#endif
