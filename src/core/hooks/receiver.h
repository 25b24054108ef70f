/*
 * Receivers of webhooks: registering, changing, pausing and removing them, and posting again.
 *
 * A receiver is a party's; each call says whose, and another's is not found. Secrets are shown when
 * they are made and lie sealed afterwards (core/sign/seal.c). Read next: core/hooks/receiver.c.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_RECEIVER_H
#define CONTRAFLOW_CORE_HOOKS_RECEIVER_H

#include "core/hooks/hooks.h"
#include "core/hooks/signature.h"
#include "core/job.h"
#include "core/sign/sign.h"

enum hook_state {                  /* shape: How a receiver stands */
                  HOOK_ACTIVE = 1, /* active: Is told */
                  HOOK_PAUSED,     /* paused: Its owner has paused it */
                  HOOK_DEAD,       /* dead: Paused, since nothing was delivered for three days */
                  HOOK_LEFT,    /* left: Paused, since it answered that nobody is there any more */
                  HOOK_REMOVED, /* removed: Taken away */
};

enum { HOOKS_MOST = 20 /* receivers of one party */ };
#define HOOK_FORMER (24 * HOUR) /* that a former secret still signs */

extern const struct problem hook_malformed;  /* 422: the address is none that can be called */
extern const struct problem hook_plain;      /* 422: it is not https */
extern const struct problem hook_port;       /* 422: its port is not one of those allowed */
extern const struct problem hook_inside;     /* 422: it is not on the public internet */
extern const struct problem hook_no_event;   /* 422: an event that there is not */
extern const struct problem hook_crowded;    /* 409: as many receivers as a party may have */
extern const struct problem hook_not_active; /* 409: it is paused */

/* Once, at start: where the installation's key lies. */
const struct problem *hook_start(struct memory *process, struct text data);
/* That key; ends with sign_key_end(). */
const struct problem *hook_key(struct sign_key *out);
/* Opens a secret of a receiver; false when it was sealed under another key. */
bool hook_unseal(const struct sign_key *key, struct hook_id id, struct text sealed,
                 unsigned char out[HOOK_SECRET]);

/* What a receiver is to be. */
struct hook_wish {
    struct party_id owner;   /* whose */
    struct text address;     /* as typed; checked here */
    struct text about;       /* may be empty */
    struct text_list events; /* public names; each is checked */
    struct maybe_text seen;  /* of a change: version of what is changed */
    struct party_id by;      /* who asks */
};

/* Registers one; pressed twice with the same `key`, the same one is told again. */
const struct problem *hook_register_receiver(struct store *store, struct memory *memory,
                                             const struct hook_wish *wish, struct text key,
                                             struct instant at, struct hook_id *out,
                                             char secret[HOOK_SECRET_TEXT]);
/* &not_found, &web_changed. */
const struct problem *hook_change_receiver(struct store *store, struct memory *memory,
                                           struct hook_id id, const struct hook_wish *wish,
                                           struct instant at);
/* Another secret; the former signs, too, for a day. The same `key` gives the same secret again. */
const struct problem *hook_rotate_secret(struct store *store, struct memory *memory,
                                         struct party_id owner, struct hook_id id,
                                         struct party_id by, struct text key, struct instant at,
                                         char secret[HOOK_SECRET_TEXT]);
/* HOOK_ACTIVE, HOOK_PAUSED or HOOK_REMOVED. Taken up again, it gets all that waited. */
const struct problem *hook_move_receiver(struct store *store, struct memory *memory,
                                         struct party_id owner, struct hook_id id,
                                         enum hook_state state, struct party_id by,
                                         struct instant at);
#define HOOK_TEST "webhook.test" /* the event of a test; nobody registers for it */
struct hook_test {               /* shape: What a test message says */
    struct hook_id webhook;      /* The receiver */
    struct text about;           /* What it is for, in its owner's words */
};
/* Queues a message of the event "webhook.test"; &hook_not_active. The same `key` queues one. */
const struct problem *hook_send_test(struct store *store, struct memory *memory,
                                     struct party_id owner, struct hook_id id, struct text key,
                                     struct instant at, struct hook_message_id *out);
/* Posts a message again; one that waits already goes on waiting. */
const struct problem *hook_replay_one(struct store *store, struct memory *memory,
                                      struct party_id owner, struct hook_id id,
                                      struct hook_message_id message, struct instant at);
/* Posts again, by a job, what happened since a moment: all, or only what was given up. */
const struct problem *hook_replay_since(struct store *store, struct memory *memory,
                                        struct party_id owner, struct hook_id id,
                                        struct instant since, bool failed_only, struct instant at);
extern const struct job_kind hook_replay_job;

#endif
