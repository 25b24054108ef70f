/*
 * Which route a path means: a tree of path segments, built once at the start.
 *
 * A literal segment goes before a parameter. Paths are compared as they are: no dot segments, no
 * doubled slashes, no trailing slash.
 * Must not know: methods' meaning, handlers. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_MATCH_H
#define CONTRAFLOW_WEB_MATCH_H

#include "base/memory.h"
#include "base/problem.h"
#include "web/route.h"

#define MATCH_PARAMETERS_MAX 8  /* parameters in one path */
#define MATCH_SEGMENTS_MAX   16 /* segments in one path */
#define METHOD_COUNT         (DELETE + 1)

struct endpoint;   /* one path of one route; web/router.h */
struct match_tree; /* all of them */

extern const struct problem web_bad_path; /* 400: percent-encoding or UTF-8 is wrong */

struct match {
    const struct endpoint *endpoint; /* NULL: no such path, or not by this method */
    const struct endpoint *other;    /* of that path, by some method; NULL: no such path */
    unsigned methods;                /* bit by enum method; 0: no such path */
    struct text parameters[MATCH_PARAMETERS_MAX]; /* decoded, valid text, in order */
    size_t count;
};

struct match_tree *match_tree_make(struct memory *process);

/* Adds `pattern` ("/photos/{photo}"). *complaint says what is wrong with it, or whose it is
 * already. `names` gets the names of its parameters, `count` their number. */
const struct problem *match_add(struct match_tree *tree, const char *pattern, enum method method,
                                const struct endpoint *endpoint, struct text *names, size_t *count,
                                struct text *complaint);

/* Finds a raw path. NULL with an empty match when there is none; &web_bad_path. */
const struct problem *match_find(const struct match_tree *tree, struct memory *memory,
                                 enum method method, struct text raw_path, struct match *out);

#endif
