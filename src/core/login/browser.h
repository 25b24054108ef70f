/*
 * What a session came from, in words its person recognises: "Firefox, Linux".
 *
 * A User-Agent is whatever its sender likes, so this is for people to read and decides nothing.
 * Read next: core/login/session.c.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_BROWSER_H
#define CONTRAFLOW_CORE_LOGIN_BROWSER_H

#include "core/login/login.h"

/* The names of browser and system, those of a User-Agent (RFC 9110, 10.1.5) that we know; else the
 * name of its first product, "curl"; empty when it begins with none. */
const struct problem *browser_name(struct memory *memory, struct text agent, struct text *out);

/* Browser and address of a request. */
const struct problem *session_origin_of(const struct request *request, struct session_origin *out);

#endif
