/*
 * Websites whose scripts may call with keys: CORS (the Fetch Standard, 3.2).
 *
 * An origin is registered by who owns the keys. A browser asks before it sends a key, and then nobody
 * knows whose it will be: so any registered origin may ask, and with a key only an owner's own may go on.
 */
#ifndef CONTRAFLOW_CORE_KEYS_ORIGIN_H
#define CONTRAFLOW_CORE_KEYS_ORIGIN_H

#include "core/keys/key.h"

/* Whether a text is an origin as browsers send it: https, or http of this machine, host in lower case, no
 * path. */
bool origin_is_formed(struct text origin);
const struct problem *origin_register(struct store *store, struct memory *memory,
                                      struct party_id owner, struct text origin, struct party_id by,
                                      struct instant at);
const struct problem *origin_remove(struct store *store, struct memory *memory,
                                    struct party_id owner, struct text origin, struct party_id by,
                                    struct instant at);
/* The server's origin_known: by the owner of the viewer's key or, without one, by anybody. */
const struct problem *origin_known(struct request *request, struct text origin, bool *known);

#endif
