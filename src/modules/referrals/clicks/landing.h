/*
 * Where links lead: only ever to hosts of the program, with the click in the query.
 *
 * Pure; all addresses are https. Must not know: links, HTTP. Read next: landing_test.c, click.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_LANDING_H
#define CONTRAFLOW_REFERRALS_CLICKS_LANDING_H

#include "base/ids.h"
#include "base/text.h"

#define LANDING_MOST  2000       /* bytes of an address, without the click */
#define LANDING_CLICK "cf_click" /* the parameter that names the click */

struct landing {
    char text[LANDING_MOST + sizeof LANDING_CLICK + ID_TEXT_MAX + 2]; /* with a NUL */
    size_t size;
};

/* Whether a link may lead there: https, a host that is listed (one a line, "shop.example" or
 * "shop.example:8443"), nobody's name or password in it, printable ASCII. */
bool referrals_landing_allowed(struct text target, struct text hosts);

/* Where `to` leads, which a visitor brought: a path on the host of `target`, or an address that is
 * allowed. What may not stand in an address is percent-encoded. False: nowhere. */
bool referrals_landing_deep(struct text target, struct text hosts, struct text to,
                            struct landing *out);

/* Writes `target` with cf_click=CLICK behind its own query and before its fragment (RFC 3986 3.4); one that
 * it has already is taken out. An empty click: only that. `target` has LANDING_MOST bytes at most. */
void referrals_landing_mark(struct text target, struct text click, struct landing *out);

#endif
