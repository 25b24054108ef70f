/*
 * Where calls to other hosts may go: the form of an address, and which machines are out of reach.
 *
 * An address is looked at twice: when somebody gives it, and each time that a connection is made, by
 * what the name resolves to then. Pure. Read next: core/outside/client.h.
 */
#ifndef CONTRAFLOW_CORE_OUTSIDE_ADDRESS_H
#define CONTRAFLOW_CORE_OUTSIDE_ADDRESS_H

#include <sys/socket.h>

#include "base/text.h"

enum { OUTSIDE_ADDRESS_MAX = 500 };

enum outside_address_fault {
    OUTSIDE_ADDRESS_FINE = 0,
    OUTSIDE_ADDRESS_MALFORMED, /* no address, or one with a name, password or fragment in it */
    OUTSIDE_ADDRESS_PLAIN,     /* not https */
    OUTSIDE_ADDRESS_PORT,      /* neither 443 nor above 1023 */
    OUTSIDE_ADDRESS_INSIDE,    /* it says itself that it is not on the public internet */
};

/* What is wrong with an address as typed. `loopback` (setting hooks.loopback) also allows this very
 * machine, and http to it. */
enum outside_address_fault outside_address_look(struct memory *memory, struct text address,
                                                bool loopback);

/* One form for all ways to write an address: scheme and host small, names in ASCII (RFC 3492), what else is no
 * ASCII percent-encoded, neither the scheme's own port nor a fragment. False: it is none; *out is as typed. */
bool outside_address_plain(struct memory *memory, struct text typed, struct text *out);
/* Which page an address in that form is of, whoever sent somebody there: without what tells visits apart (utm_source and
 * its like) and without a slash at the end of the path. To be compared, not fetched. A text of `memory`; no data: out of
 * memory. */
struct text outside_address_page(struct memory *memory, struct text address);
/* The host of an address in that form, as a text of `memory`; empty: it is none. */
struct text outside_address_host(struct memory *memory, struct text address);

/* Whether a socket address is on the public internet, by the registries of RFC 6890 and of cloud
 * providers' own services. Of IPv6 only what is globally routed and carries no IPv4 inside, but for
 * 64:ff9b::/96 (RFC 6052), where the IPv4 inside counts. */
bool outside_address_public(const struct sockaddr *address);
/* Whether it is this machine: 127.0.0.0/8 or ::1. */
bool outside_address_own(const struct sockaddr *address);

#endif
