/*
 * Quick routes: requests that never see a worker.
 *
 * A module names a prefix of paths and a function that runs on the I/O thread. It looks at the request and
 * passes it on to the ordinary routes, answers it at once, or suspends it and takes it along, to answer it
 * from a thread of its own. So a request that only writes a row costs no wake-up of a worker, and a thread
 * that takes all that wait writes them together.
 *
 * What passes has been judged like every request: ambiguous heads and long bodies are refused before.
 * Must not know: libmicrohttpd, what is asked. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_QUICK_H
#define CONTRAFLOW_WEB_QUICK_H

#include "web/answer.h"

/* One request. All of it lives until it is answered. */
struct quick {
    struct memory *memory; /* the request's */
    struct answer
        *answer;        /* to fill, by answer_bytes() and answer_header(); the body lasts as long */
    struct text method; /* "GET", "HEAD", "POST", whatever came */
    struct text rest;   /* of the path, behind the prefix, as it was written */
    struct text query;  /* as it was written; empty when none */
    struct text agent;  /* User-Agent; this and what follows may be empty, and is never trusted */
    struct text fetch_site;               /* Sec-Fetch-Site: whose page asked; "none": nobody's */
    struct text fetch_mode;               /* Sec-Fetch-Mode: "navigate", "no-cors" */
    struct text fetch_user;               /* Sec-Fetch-User: "?1" when somebody pressed something */
    struct text fetch_dest;               /* Sec-Fetch-Dest: what the browser wants it for */
    struct text referer;                  /* Referer: the page, or nothing */
    struct text purpose;                  /* Sec-Purpose or Purpose: "prefetch" */
    struct text address;                  /* of the client, after trusted proxies */
    struct quick *next;                   /* for a queue of the taker's */
    void *own;                            /* the taker's */
    void (*suspend)(struct quick *quick); /* the listener's, as is */
    void (*resume)(struct quick *quick);  /* this */
    void (*ring)(void *loop);             /* this */
    void *loop;                           /* of it */
};

enum quick_outcome {
    QUICK_PASSED = 1, /* an ordinary route's: nothing was done */
    QUICK_ANSWERED,   /* the answer is filled */
    QUICK_SUSPENDED,  /* quick_suspend() was called; it may be answered already and be gone */
    QUICK_FULL,       /* too many wait: 503, to be tried again */
};

struct quick_route {
    const char *prefix; /* "/r/" */
    /* When the server begins to listen, and before take() is called. */
    const struct problem *(*start)(struct memory *process, struct store *store);
    /* On the I/O thread: never blocks. */
    enum quick_outcome (*take)(struct quick *quick);
    /* On the I/O thread, when it took all that came for the moment: a good time to wake who writes them. NULL:
     * nothing waits for it. */
    void (*taken)(void);
    /* Answers all that wait and takes no more: take() says QUICK_FULL from then on. */
    void (*stop)(void);
};

/* In take(): it will be answered later. Before it is handed to another thread. */
void quick_suspend(struct quick *quick);
/* From that thread: the answer is filled. The request may be gone when this returns. */
void quick_resume(struct quick *quick);
/* The same for it and all behind it, which wakes the I/O thread once. */
void quick_resume_all(struct quick *first);

/* ---- private to web/ ---- */

/* The route whose prefix a path begins with; NULL: none. */
const struct quick_route *quick_find(const struct quick_route *const *routes, size_t count,
                                     struct text path);
/* Tells all that everything was taken. */
void quick_taken(const struct quick_route *const *routes, size_t count);
/* Stops the first `count` of them. */
void quick_stop(const struct quick_route *const *routes, size_t count);
/* Starts them; when one does not, those before it are stopped again. */
const struct problem *quick_start(const struct quick_route *const *routes, size_t count,
                                  struct memory *process, struct store *store);

#endif
