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

/* What a key needs for a route, as "stock.read" or, where only operators come, "pay.desk.write".
 * False: no key reaches it, since it has no api path, asks for a proof, or says so. */
#define SCOPE_MAX 64
bool access_scope(const char *owner, const struct route *route, char out[SCOPE_MAX]);
/* Whether a key's scopes, with blanks between, hold one. */
bool access_holds(struct text scopes, const char *scope);
/* True when a viewer who comes with a key may be somebody here: the key of an organisation is nobody
 * on its maker's own side. */
bool access_on_side(const struct route *route, const struct viewer *viewer);

/* The word of a demand for the API document: "anyone", "buyer". */
const char *access_name(enum who who);

#endif
