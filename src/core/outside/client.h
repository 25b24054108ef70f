/*
 * What every call to another host has in common: libcurl told where it may go, and what came of it.
 *
 * Which machine is reached is judged when a connection is made, by the address that is really connected to, so
 * that a name which changes its mind gains nothing. No redirect is followed by libcurl, no proxy asked. Must not
 * know: what is said. Read next: client.c, core/outside/address.h; page.h, core/hooks/wire.h and core/oidc/fetch.h
 * for who calls.
 */
#ifndef CONTRAFLOW_CORE_OUTSIDE_CLIENT_H
#define CONTRAFLOW_CORE_OUTSIDE_CLIENT_H

#include <curl/curl.h>

#include "base/text.h"

/* Where a call may go and how long it may take. */
struct outside_way {
    bool own;                   /* this machine may be reached, over http too */
    bool inside;                /* private networks may be reached: an operator named the address */
    int64_t connect_ms;         /* to connect; 0: as long as the whole may take */
    int64_t whole_ms;           /* in all */
    struct curl_slist *resolve; /* tests: what names resolve to, as CURLOPT_RESOLVE wants it */
    const char *authorities;    /* tests: file of certificates to trust; NULL: the system's */
};

/* One call; lives as long as its handle. */
struct outside_call {
    const struct outside_way *way;
    bool plain;      /* http: goes to this machine or nowhere */
    bool closed_off; /* filled: an address was refused */
};

/* What came of a call. */
enum outside_outcome {
    OUTSIDE_ANSWERED = 1, /* whatever the status */
    OUTSIDE_NO_NAME,      /* the host's name was not found */
    OUTSIDE_INSIDE,       /* the host is out of reach */
    OUTSIDE_UNREACHED,    /* no connection */
    OUTSIDE_UNSAFE,       /* no secure connection, the certificate say */
    OUTSIDE_SLOW,         /* it took too long */
    OUTSIDE_BROKEN,       /* the connection broke, or it was no HTTP */
};

/* Sets libcurl up, once in a process, before anything else of it is called. */
void outside_begin(void);
/* A new handle, with libcurl set up; NULL: no memory. */
CURL *outside_handle(void);
/* Tells a handle where it goes. `address` is terminated; both live as long as the handle. False: no memory. */
bool outside_prepare(CURL *curl, struct outside_call *call, const char *address);
/* Adds a line to a list of headers; false: no memory. */
bool outside_header(struct memory *memory, struct curl_slist **headers, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* What came of it; `status` of the answer, 0: none. */
enum outside_outcome outside_outcome_of(const struct outside_call *call, CURLcode code,
                                        long status);

#endif
