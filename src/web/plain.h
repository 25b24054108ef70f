/*
 * The head of a request as whoever follows a link sends it: GET, HTTP/1.1, nothing behind it, whole.
 *
 * It reads no other. Whatever could be read in two ways, asks for something of the connection or is only
 * unusual is none of these, and libmicrohttpd reads it from its first byte on (web/lane.h).
 * Must not know: sockets, routes. Read next: web/heads.h.
 */
#ifndef CONTRAFLOW_WEB_PLAIN_H
#define CONTRAFLOW_WEB_PLAIN_H

#include "web/router.h"

/* Bytes of the head at the beginning of `bytes`; 0: there is no such head, or it is not whole. Fills method, target,
 * raw_path, raw_query and the values of header fields, which lie in `bytes`. */
size_t plain_read(struct text bytes, struct incoming *incoming);

#endif
