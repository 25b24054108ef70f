/*
 * A request's header fields: the few that are used, and the refusal of what can be read in two ways.
 *
 * A proxy in front may read an ambiguous request differently and so let a second one through; see
 * RFC 9112 11.2 (request smuggling). Such a request is answered 400 and its connection closed.
 * Must not know: libmicrohttpd. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_HEADS_H
#define CONTRAFLOW_WEB_HEADS_H

#include "web/router.h"

struct heads {
    struct incoming *incoming;
    int lengths;    /* Content-Length fields */
    int encodings;  /* Transfer-Encoding fields */
    int hosts;      /* Host fields */
    int64_t length; /* value of Content-Length; -1 when there is none */
    bool refused;   /* something is wrong already */
};

void heads_begin(struct heads *heads, struct incoming *incoming);
/* Takes one field as the parser saw it, its name with any blanks. */
void heads_take(struct heads *heads, struct text name, struct text value);
/* True when the whole can be read in one way only. */
bool heads_end(const struct heads *heads);

/* The client's address behind trusted proxies: the last in X-Forwarded-For that is not one of them.
 * `trusted` is a list separated by commas. */
struct text heads_client(struct text peer, struct text forwarded_for, struct text trusted);

#endif
