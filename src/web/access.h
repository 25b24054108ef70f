/*
 * Who may call a route: one pure function, so that every role can be tried against every demand.
 *
 * Must not know: routes' paths, sessions, the database. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_ACCESS_H
#define CONTRAFLOW_WEB_ACCESS_H

#include "web/route.h"

/* True when `viewer` meets what a route demands. Nothing outside the enum is ever allowed. */
bool access_allows(enum who who, const struct viewer *viewer);

/* The word of a demand for the API document: "anyone", "buyer". */
const char *access_name(enum who who);

#endif
