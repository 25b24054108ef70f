/*
 * Connections, and how long each part of a request may take on them.
 *
 * libmicrohttpd ends a connection on which nothing happens. One that sends or reads a byte now and then
 * it keeps for ever, and enough of these keep everybody else out: so a thread of its own looks at all of
 * them each second and shuts those that are too slow. Slow is measured over the whole part, so that a
 * poor line with a large file is none of them.
 *
 * Must not know: requests, libmicrohttpd. Read next: web/listen.c.
 */
#ifndef CONTRAFLOW_WEB_VISIT_H
#define CONTRAFLOW_WEB_VISIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/problem.h"

enum visit_part {
    VISIT_IDLE = 1, /* nothing was asked yet, or all that was is answered */
    VISIT_HEAD,     /* the first line was read; fields of the head come */
    VISIT_BODY,     /* its body comes */
    VISIT_OURS,     /* we work on it */
    VISIT_ANSWER    /* the answer goes out */
};

/* Milliseconds. */
struct visit_limits {
    int64_t idle; /* until a request's first line is whole */
    int64_t head; /* for the whole head */
    int64_t body; /* for a body or an answer, and a second more for each `rate` bytes */
    int64_t rate; /* bytes a second: the poorest line that is served */
    int64_t each; /* time between two looks */
};

struct visit;  /* one connection */
struct visits; /* all of them */

/* Makes room for `most` connections and starts the thread; NULL stands for the usual limits.
 * &out_of_memory, &world_failed. */
const struct problem *visits_start(struct memory *process, size_t most,
                                   const struct visit_limits *limits, struct visits **out);
void visits_stop(struct visits *visits);

/* A connection that was accepted; NULL when there is no room, which all that follows takes as well. */
struct visit *visit_begin(struct visits *visits, int fd);
/* Before its socket is closed. */
void visit_end(struct visits *visits, struct visit *visit);
/* From now on this part, of which `bytes` are known to come or go (0: none, or not known). */
void visit_enter(struct visit *visit, enum visit_part part, int64_t bytes);
/* So many more bytes came. */
void visit_came(struct visit *visit, size_t bytes);

/* Whether a part that has lasted so many milliseconds has lasted too long. */
bool visit_is_over(const struct visit_limits *limits, enum visit_part part, int64_t lasted,
                   int64_t bytes);

#endif
