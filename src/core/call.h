/*
 * Calls: what a business asks for, answered by many deals that it compares.
 *
 * A module keeps what it asks beyond this in a table of its own, keyed by the call, and lists calls
 * joined with it. Must not know: any particular model. Read next: core/deal.h, modules/briefs/publish.c.
 */
#ifndef CONTRAFLOW_CORE_CALL_H
#define CONTRAFLOW_CORE_CALL_H

#include "core/deal.h"

struct call_row {                 /* shape: A call as stored */
    struct call_id id;            /* Names it */
    struct text flow;             /* Name of its flow */
    struct text state;            /* Word of its state */
    struct party_id organisation; /* Who asks */
    struct text title;            /* In a few words */
    struct text body;             /* What is wanted */
    struct instant at;            /* Published */
    struct instant until;         /* Answers are taken until */
};

/* Publishes a call in its flow's first state: call, history, timers, event. move->flow, actor, by, at,
 * note and context are the caller's; move->subject is set to the new call's id. Inside a write. */
const struct problem *call_begin(struct move *move, struct party_id organisation, struct text title,
                                 struct text body, struct instant until, struct call_id *out);
const struct problem *call_find(struct database *db, struct memory *memory, struct call_id id,
                                struct call_row *out);

/* flow->table of every flow whose subject is a call. */
extern const struct state_table core_call_table;

#endif
