/*
 * Webhooks: a business is told of what happens by a signed message to an address of its own.
 *
 * Modules declare which of their events are public and what is said of them (struct hook_kind). A
 * consumer writes one message for each receiver in the write of its position; a lane of its own posts
 * them. Each message is posted at least once; those about one thing in the order in which it happened.
 * docs/webhooks.md is the promise to receivers, docs/decisions/0016-webhooks.md says why.
 *
 * Read next: core/hooks/tell.c, core/hooks/lane.c, core/hooks/receiver.h.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_HOOKS_H
#define CONTRAFLOW_CORE_HOOKS_HOOKS_H

#include "base/shape.h"
#include "core/event.h"
#include "ledger/party.h"
#include "store/store.h"

struct hook_id { /* shape id whk: A receiver of webhooks */
    int64_t value;
};
struct hook_message_id { /* shape id whm: A message to a receiver */
    int64_t value;
};
MAYBE(hook_message_id);

/* What came of posting a message. */
enum hook_outcome {                     /* shape: What came of an attempt to deliver */
                    HOOK_DELIVERED = 1, /* delivered: Answered with success */
                    HOOK_REFUSED,       /* refused: Answered with another status */
                    HOOK_REDIRECTED, /* redirected: Answered with a redirect, which is not followed */
                    HOOK_GONE,       /* gone: Answered 410, nobody is there any more */
                    HOOK_NO_NAME,    /* no_name: The host's name was not found */
                    HOOK_INSIDE,     /* inside: The host is not on the public internet */
                    HOOK_UNREACHED, /* unreached: No connection */
                    HOOK_UNSAFE,    /* unsafe: No secure connection, the certificate say */
                    HOOK_SLOW,      /* slow: Took longer than 20 seconds */
                    HOOK_BROKEN,    /* broken: The connection broke, or it was no HTTP */
};

/* What is told of an event, and to whom. */
struct hook_said {
    struct party_id party; /* whose receivers; 0: nobody is told */
    const void *data;      /* of the kind's shape, in the memory that was given */
};

/* A public event. Several kinds may have the same name and shape, one for each event it stands for. */
struct hook_kind {
    const char *name; /* "deal.licensed"; public, never renamed, a text key after "hook_event." */
    const char *follows;       /* the event behind it: "stock.deal.accept" */
    const struct shape *shape; /* of `data`: that of the same thing in the API */
    /* Inside the write that reads the event. &not_found: nobody is told. */
    const struct problem *(*tell)(struct database *db, struct memory *memory,
                                  const struct event *event, struct hook_said *out);
};

/* All kinds of core and modules, registered at start. */
void hook_register(const struct hook_kind *kinds, size_t count);

/* The public name number `number` in the order of registration, each once; NULL beyond the last. */
const char *hook_event_name(size_t number);

/* For the API document: what a message of each kind, and of a test, says; false beyond the last. */
bool hook_described(size_t number, const char **name, const struct shape **shape);

/* Writes the messages. */
extern const struct consumer hook_tell;

/* ---- the lane ---- */

struct hook_lane;

/* Starts the thread that posts what is due. */
const struct problem *hook_lane_start(struct memory *process, struct store *store,
                                      struct hook_lane **out);
/* Waits at most three seconds for what is on its way, then ends the thread. NULL is fine. */
void hook_lane_stop(struct hook_lane *lane);

#endif
