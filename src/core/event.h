/*
 * Events: what happened, once, in order; and the consumers that follow.
 *
 * An event is written in the transaction of the change it tells of (an outbox). A consumer gets each
 * event exactly once in effect: what it writes and its new position are one transaction. On
 * PostgreSQL it reads only below the oldest running transaction, so that one with a lower number
 * that commits later is not skipped.
 */
#ifndef CONTRAFLOW_CORE_EVENT_H
#define CONTRAFLOW_CORE_EVENT_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct event_id { /* shape id evt: Something that happened */
    int64_t value;
};

struct event {             /* shape: Something that happened */
    struct event_id id;    /* Names it; time-ordered */
    int64_t turn;          /* Order of commits on PostgreSQL; 0 on SQLite */
    struct text name;      /* Dotted: stock.photo.accepted */
    int64_t subject;       /* What it happened to */
    struct party_id party; /* Who did it; 0 for a time limit */
    struct text note;      /* What they said */
    struct instant at;     /* When */
};
LIST_OF(event);

/* Writes an event. Inside a write. */
const struct problem *event_emit(struct database *db, struct memory *memory, const char *name,
                                 int64_t subject, struct party_id party, struct text note,
                                 struct instant at);

/* The number of the newest event, for who only wants to know whether there are others than before. */
const struct problem *event_newest(struct database *reader, struct memory *memory, int64_t *out);

/* Whether events are kept from followers for now, by a transaction that runs. */
const struct problem *event_held(struct database *reader, struct memory *memory, bool *held);
/* Waits until none is, a minute at most, for tests, whose server others use, too. *waited, when it is not
 * NULL, says whether some were and are no more. */
const struct problem *event_await(struct database *reader, struct memory *memory, bool *waited);

/* Once, at start. A copy of a PostgreSQL database that was restored on another server may hold turns of
 * transactions that this one has yet to count; new turns go ahead of them from then on, so that
 * followers neither skip what comes nor meet again what they took. */
const struct problem *event_begin(struct store *store, struct database *reader,
                                  struct memory *memory);

/* Inside the write that moved everything to another database: no event is skipped there, and none comes
 * again to a follower who had read them all. Who had not, and had read some that were written beside
 * those it had not, gets these again: so let followers read all before. */
const struct problem *event_moved(struct database *db, struct memory *memory);

struct consumer {
    const char *name;    /* dotted, never renamed: its position is kept under it */
    const char *follows; /* an event name, or a prefix that ends with a dot, or "" for all */
    /* Inside a write; a problem stops this consumer until the next round (world) or is logged and the
     * event is set aside in core_event_failed (ours), so that nothing is skipped unseen. */
    const struct problem *(*take)(struct database *db, struct memory *memory,
                                  const struct event *event);
};

/* Lets each consumer take what came since, up to `most` events each; *taken counts them. */
const struct problem *event_consume(struct store *store, struct database *reader,
                                    struct memory *memory, const struct consumer *const *consumers,
                                    size_t count, int most, int64_t *taken);

#endif
