/*
 * Addresses to which people are sent back.
 *
 * https anywhere, or http on this machine itself with any port (RFC 8252, 7.3); compared letter by letter
 * otherwise. Pure functions. Read next: core/apps/consent_pages.c.
 */
#ifndef CONTRAFLOW_CORE_APPS_REDIRECT_H
#define CONTRAFLOW_CORE_APPS_REDIRECT_H

#include "base/text.h"

#define REDIRECT_MAX 300 /* bytes */

/* Whether it may be registered: no fragment, no user, no blanks, only ASCII. */
bool redirect_is_formed(struct text uri);
/* Whether `uri` is one of the registered ones, one a line. */
bool redirect_is_known(struct text registered, struct text uri);
/* Its scheme, host and port: "https://app.example". Of one that is formed. */
struct text redirect_origin(struct text uri);

#endif
