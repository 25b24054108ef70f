/*
 * Flows: state machines declared as tables, moved only inside a write.
 *
 * A table says for each state and event by whom it may be moved, under which guard, with which
 * effect, and where to. Guard and effect run in the same transaction as the money and the rights they
 * move; the history row, the timers of the new state and the outbox event are written with them.
 * Whatever is not in the table is refused, and a generated test walks every state with every event.
 *
 * Must not know: any particular model. Read next: core/deal.h, modules/stock/states.c.
 */
#ifndef CONTRAFLOW_CORE_FLOW_H
#define CONTRAFLOW_CORE_FLOW_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/state.h"

/* In which quality somebody moves; a bit set in tables. */
enum by {
    BY_SUPPLIER = 1, /* the person who offers */
    BY_BUYER = 2,    /* a member of the business who may buy */
    BY_OPERATOR = 4, /* the intermediary */
    BY_TIMER = 8,    /* a time limit ran out */
};

struct flow;
struct request; /* web/request.h */

/* One move being made; guards and effects get it. */
struct move {
    struct database *db;   /* inside the write */
    struct memory *memory; /* of the caller */
    const struct flow *flow;
    int64_t subject;       /* what moves: a photo, a deal */
    int event;             /* of flow->events */
    enum by by;            /* exactly one bit */
    struct party_id actor; /* the person; 0 for a timer */
    struct instant at;     /* the moment it counts from */
    struct text note;      /* what the actor says about it; may be empty; kept in the history */
    /* what this step names as price, set by deal_begin() and deal_price(); kept in the history */
    struct maybe_money price;
    void *context; /* the module's own facts for its guard and effect; may be NULL */
    int from;      /* filled: the state it leaves */
    int to;        /* filled: the state it reaches */
};

struct flow_move {
    int from, event, by; /* a state, an event, a set of `enum by` bits */
    const struct problem *(*guard)(struct move *move);  /* NULL: always */
    const struct problem *(*effect)(struct move *move); /* NULL: nothing else happens */
    int to;
};

/* When `state` has lasted `after` milliseconds, `event` happens by timer. */
struct flow_limit {
    int state;
    int64_t after;
    int event;
};

struct flow {
    const char *name; /* dotted: "stock.photo"; events are emitted as "stock.photo.accepted" */
    const struct words *states; /* their words stand in SQL */
    const struct words *events;
    const struct flow_move *moves;
    size_t count;
    const struct flow_limit *limits; /* NULL when none */
    size_t limit_count;
    int first; /* the state a new subject begins in */
    /* where the subject's state stands, by a line `-- flow TABLE(state)` of a queries.sql; where that
     * names an owner, BY_SUPPLIER is them and another's subject is not found */
    const struct state_table *table;
};

extern const struct problem flow_no_such_move; /* 409: not possible in this state */
extern const struct problem flow_not_by_you;   /* 403: possible, but not for you */

/* Makes one move. Order of checks: the subject exists, the table has the move, by whom, the guard,
 * nobody moved it meanwhile (&conflict). Inside a write. */
const struct problem *flow_move(struct move *move);

/* The same in a write of its own; fills move->db. Durable when it gives NULL. */
const struct problem *flow_make(struct store *store, struct memory *memory, struct move *move);

/* The same for whoever asks: fills actor, at and memory from the request. */
const struct problem *request_move(struct request *request, struct move *move);

/* A key that somebody uses for one thing, however often they press. */
struct once {
    struct party_id party; /* whose key */
    struct text key;       /* empty: each time is new */
    struct text
        content; /* what is asked for: the same key with other content is a conflict; no data
                            * (a text that did not fit): &out_of_memory */
};

/* Runs `begin` with a fresh id as move->subject, unless the same was done before: then only
 * move->subject is set, to what it was. So what is to be told about it is read afterwards, by
 * move->subject. `begin` writes the row, usually ends with flow_begin(), and may set move->subject
 * itself. &ledger_once_conflict as of ledger_once(). Inside a write. */
typedef const struct problem *flow_beginning(struct move *move);
const struct problem *flow_begin_once(struct move *move, const struct once *once,
                                      flow_beginning *begin);
/* The same in a write of its own; fills move->db and memory. Durable when it gives NULL. */
const struct problem *flow_once(struct store *store, struct memory *memory, struct move *move,
                                const struct once *once, flow_beginning *begin);

/* Notes that a new subject began: history, timers, the event "<flow>.began". Inside the write that
 * inserted it in state flow->first. */
const struct problem *flow_begin(struct move *move);

/* For a time limit that differs from subject to subject: `event` happens by timer at `due`, unless the
 * subject reaches a state before in which no timer can move it. Only in a flow without limits. Inside
 * the write that began or moved the subject, after flow_begin() or flow_move(). */
const struct problem *flow_remind(struct database *db, struct memory *memory,
                                  const struct flow *flow, int64_t subject, int event,
                                  struct instant due);

/* What a subject of this state could do now, for pages: true when the table has the move for `by`,
 * guards left aside. Pure. */
bool flow_possible(const struct flow *flow, int state, int event, enum by by);

/* The history of a subject, oldest first. */
struct flow_step {            /* shape: One step of a history */
    struct text event;        /* Word of the event; "began" for the first */
    struct text from_state;   /* Word of the state left; empty for the first */
    struct text to_state;     /* Word of the state reached */
    struct party_id actor;    /* Who; 0 when a time limit ran out */
    struct text actor_name;   /* Their name; empty when a time limit ran out */
    struct text note;         /* What they said */
    struct maybe_money price; /* The price they named; absent when none, or not kept then */
    struct instant at;        /* When */
};
LIST_OF(flow_step);

/* Fires what is due at `at`, up to 100 timers, some in a write together; *fired says how many. A timer
 * whose move is no longer possible is dropped, alone, and nothing of its move stays. */
const struct problem *flow_fire(struct store *store, struct database *reader, struct memory *memory,
                                struct instant at, int64_t *fired);

/* All flows of core and modules, registered at start; by name for timers and tests. */
void flow_register(const struct flow *const *flows, size_t count);
const struct flow *flow_named(struct text name); /* NULL: none */
size_t flow_all(const struct flow *const **out);

#endif
