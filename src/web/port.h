/*
 * The listening socket.
 *
 * Must not know: HTTP. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_PORT_H
#define CONTRAFLOW_WEB_PORT_H

#include "base/text.h"

/* A socket that listens on an address and port (0: a free one), or -1 with *complaint. */
int port_open(struct memory *memory, const char *address, int port, struct text *complaint);
/* The port of a socket. */
int port_of(int fd);

#endif
