/*
 * Who may call a route: one pure function, so that every role can be tried against every demand.
 *
 * Must not know: routes' paths, sessions, the database. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_ACCESS_H
#define CONTRAFLOW_WEB_ACCESS_H

#include "web/route.h"

#define PROOF_LIFE (15 * MINUTE) /* a proof is good for */

/* True when `viewer` meets what a route demands. Nothing outside the enum is ever allowed. */
bool access_allows(enum who who, const struct viewer *viewer);

/* True when a route asks for no fresh proof, or this session's last one is recent enough. */
bool access_proven(const struct route *route, const struct viewer *viewer, struct instant now);

/* The word of a demand for the API document: "anyone", "buyer". */
const char *access_name(enum who who);

#endif
