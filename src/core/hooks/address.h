/*
 * Where webhooks may go: the form of an address, and which machines are out of reach.
 *
 * An address is looked at twice: when it is registered, and each time that a connection is made, by
 * what the name resolves to then. Pure. Read next: core/hooks/wire.h.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_ADDRESS_H
#define CONTRAFLOW_CORE_HOOKS_ADDRESS_H

#include <sys/socket.h>

#include "base/text.h"

enum { HOOK_ADDRESS_MAX = 500 };

enum hook_address_fault {
    HOOK_ADDRESS_FINE = 0,
    HOOK_ADDRESS_MALFORMED, /* no address, or one with a name, password or fragment in it */
    HOOK_ADDRESS_PLAIN,     /* not https */
    HOOK_ADDRESS_PORT,      /* neither 443 nor above 1023 */
    HOOK_ADDRESS_INSIDE,    /* it says itself that it is not on the public internet */
};

/* What is wrong with an address as typed. `loopback` (setting hooks.loopback) also allows this very
 * machine, and http to it. */
enum hook_address_fault hook_address_look(struct memory *memory, struct text address,
                                          bool loopback);

/* Whether a socket address is on the public internet, by the registries of RFC 6890 and of cloud
 * providers' own services. Of IPv6 only what is globally routed and carries no IPv4 inside, but for
 * 64:ff9b::/96 (RFC 6052), where the IPv4 inside counts. */
bool hook_address_public(const struct sockaddr *address);
/* Whether it is this machine: 127.0.0.0/8 or ::1. */
bool hook_address_own(const struct sockaddr *address);

#endif
