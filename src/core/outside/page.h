/*
 * A page of another host, fetched as a reader's browser would ask for it: HTML, after a few redirects, up to a size.
 *
 * Each address on the way is looked at as the first is, and each connection judged when it is made. Who asks says
 * so in User-Agent, with the address of this site. Blocks for as long as it takes: called from jobs, never from
 * whoever serves a request. Must not know: what the page is for. Read next: page.c, html.h, core/outside/client.h.
 */
#ifndef CONTRAFLOW_CORE_OUTSIDE_PAGE_H
#define CONTRAFLOW_CORE_OUTSIDE_PAGE_H

#include "core/outside/client.h"

enum {
    OUTSIDE_REDIRECTS = 3,     /* that are followed */
    OUTSIDE_PAGE_MAX = 1 << 20 /* bytes of a page */
};

enum outside_found {
    OUTSIDE_PAGE = 1,  /* .body is a page; status 2xx */
    OUTSIDE_STATUS,    /* another status than 2xx */
    OUTSIDE_NO_PAGE,   /* something else than HTML */
    OUTSIDE_TOO_LARGE, /* more than OUTSIDE_PAGE_MAX */
    OUTSIDE_WANDERS,   /* more redirects than are followed, or one to no address */
    OUTSIDE_NO_WAY,    /* it leads where we don't go: not https, a network that is not public */
    OUTSIDE_NOTHING,   /* .outcome says why there was no answer */
};

struct outside_wish {
    struct text address;           /* in plain form, outside_address_plain() */
    struct text agent;             /* User-Agent */
    const struct outside_way *way; /* times are those of each redirect */
};
struct outside_page {
    enum outside_found found;
    enum outside_outcome outcome; /* of the last call */
    int64_t status;               /* of the last answer; 0: none */
    struct text address;          /* to which it led, in plain form */
    struct text charset;          /* as the answer says; empty: it does not */
    struct bytes body;            /* as it came; none unless OUTSIDE_PAGE */
};

/* All of *out lives in `memory`, which must hold twice the most of a page. &out_of_memory. */
const struct problem *outside_page(struct memory *memory, const struct outside_wish *wish,
                                   struct outside_page *out);

#endif
