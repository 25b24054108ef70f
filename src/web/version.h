/*
 * Two who edit one thing: what a thing said when somebody read it, so that a change of it can be refused
 * when it says something else now.
 *
 * A view carries `version`, its form sends it back (a program also by If-Match, as part of the ETag), and
 * the write compares it with what it finds. A change that names none is made whatever is there.
 * Read next: core/profile/pages.c for how it is used.
 */
#ifndef CONTRAFLOW_WEB_VERSION_H
#define CONTRAFLOW_WEB_VERSION_H

#include "base/shape.h"

extern const struct problem web_changed; /* 412: somebody was faster */

/* 16 hex digits over what can be edited of a thing: `shape` is that of what its change writes. */
const struct problem *version_of(struct memory *memory, const struct shape *shape,
                                 const void *thing, struct text *out);
/* Inside the write: &web_changed when the thing was read as another than it is `now`, unless it is what
 * is `wanted` already: pressed twice, or two who want the same. A handler returns &web_changed as it is:
 * the router puts it beside `version`, so that a form comes back with what was typed. */
const struct problem *version_check(struct memory *memory, struct maybe_text seen,
                                    const struct shape *shape, const void *now, const void *wanted);

/* The version in an If-Match ("W/\"...-VERSION\""); empty when it names none. */
struct text version_in_tag(struct text if_match);

#endif
