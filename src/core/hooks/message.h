/*
 * Messages to receivers: writing them down, and what an attempt to deliver one leaves behind.
 *
 * What takes a database runs inside a write. Private to this folder. Read next: core/hooks/message.c.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_MESSAGE_H
#define CONTRAFLOW_CORE_HOOKS_MESSAGE_H

#include "core/hooks/rows.h"
#include "core/hooks/wire.h"

#define HOOK_TRIED_FOR  (3 * DAY)  /* a message that was not taken by then is given up */
#define HOOK_HELD_FOR   (6 * HOUR) /* and by then those behind it go without it */
#define HOOK_BACK_AFTER MINUTE     /* a receiver that failed for so long and answers is back */
#define HOOK_WAKE_MOST  500        /* messages that are tried at once then, as hook_wake() says */
enum { HOOK_BODY_MAX = 256 << 10 };

/* The body of a message: {"type":..,"timestamp":..,"data":..}. */
const struct problem *hook_message_write(struct memory *memory, const char *kind, struct instant at,
                                         const struct shape *shape, const void *data,
                                         struct text *out);
/* Keeps a message behind all that the receiver has. */
const struct problem *hook_message_queue(struct database *db, struct memory *memory,
                                         struct hook_id hook, const char *kind, int64_t subject,
                                         struct text body, struct instant at,
                                         struct hook_message_id *out);
/* Lets a message that waits no more be posted again, in its place among those about the same thing. */
const struct problem *hook_message_requeue(struct database *db, struct memory *memory,
                                           struct hook_message_id id, struct instant at);

/* Takes up to `most` messages that are due, each the first about its thing, for as long as the lease; the
 * others that it meets are parked. Under hook_try_lock(), in store_write_locking(). */
const struct problem *hook_messages_take(struct database *db, struct memory *memory,
                                         struct hook_id hook, struct instant at,
                                         struct instant lease, size_t most,
                                         struct hook_sending_list *out);
/* The first parked message about a thing goes, unless one ahead of it still must. Under hook_lock(). */
const struct problem *hook_message_let_next(struct database *db, struct memory *memory,
                                            struct hook_id hook, int64_t subject,
                                            struct instant at);

/* Milliseconds from the nth failed try (from 1) to the next: 5 s, 30 s, 2 min, 15 min, 1, 3, 6, 12 h,
 * then a day, and up to a fifth more (`chance` of 1,000 of it), or what the receiver asks for (seconds),
 * a day at most. */
int64_t hook_pause_after(int64_t tries, int64_t chance, int64_t asked);

/* An attempt that is over. */
struct hook_attempted {
    struct hook_id hook;            /* to whom */
    struct hook_message_id message; /* that was posted */
    struct instant lease;           /* under which it was claimed */
    struct instant begun;           /* when it was set off */
    struct instant at;              /* now */
    int64_t chance;                 /* 0..1000, for the pause */
    struct hook_result result;      /* what came of it */
};
/* Notes it, and all that follows for the message, those behind it, and its receiver. In
 * store_write_locking(). */
const struct problem *hook_message_attempted(struct database *db, struct memory *memory,
                                             const struct hook_attempted *attempted);

#endif
