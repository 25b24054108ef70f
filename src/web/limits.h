/*
 * How often: a token bucket for each caller (person or address) and rate class.
 *
 * Fixed memory: a table of buckets in which the one that has been full longest gives way. A bucket
 * that was thrown out was full, or its owner gets at most one more burst.
 * Must not know: requests, HTTP. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_LIMITS_H
#define CONTRAFLOW_WEB_LIMITS_H

#include "base/memory.h"
#include "base/text.h"
#include "web/route.h"

struct limits;

/* What a caller has left, for the RateLimit headers. */
struct limit_state {
    bool allowed;      /* this call may go on */
    int64_t limit;     /* calls in the window */
    int64_t window;    /* seconds */
    int64_t remaining; /* calls left now */
    int64_t reset;     /* seconds until one more is allowed (refused) or all are back */
};

/* How many processes answer requests: each allows its share of every limit, at least one call. At first
 * 1. Safe from every thread. */
void limits_share(struct limits *limits, int64_t processes);

/* NULL when there is no memory. Process lifetime. */
struct limits *limits_make(struct memory *process);

/* Takes `cost` calls out of the bucket of `who` ("p123" or an address) in that class. `ticks` is
 * clock_ticks(). Safe from every thread. */
struct limit_state limits_take(struct limits *limits, enum rate rate, struct text who, int64_t cost,
                               int64_t ticks);

/* The same for whom a handler counts besides who calls: NULL, or a 429 that says when to come again. */
const struct problem *limits_spend(struct request *request, enum rate rate, struct text who);

#endif
