/*
 * Tables whose rows stand in a state: what a line of a queries.sql gives a state machine.
 *
 *     -- flow core_deal(state, moved, flow)
 *     -- flow core_payout(state, moved, owner party)
 *
 * makes tools/statements.c write `core_deal_table`, which reads the state of the row with an `id` and
 * changes it while it is what was expected. `moved` and `flow` are named when the table has them: the
 * instant of the last change, and the name of the row's flow, when several share the table. `owner`
 * says which column holds whose thing it is.
 *
 * Must not know: which states there are. Read next: core/flow.h.
 */
#ifndef CONTRAFLOW_STORE_STATE_H
#define CONTRAFLOW_STORE_STATE_H

#include "store/store.h"

struct stored_state {  /* shape: Where a row stands */
    struct text state; /* Word of its state */
    int64_t owner;     /* Whose it is; 0: the table does not say */
};

/* Both give &not_found when there is no such row of that flow, or it is in another state. */
struct state_table {
    const struct problem *(*of)(struct database *db, struct memory *memory, int64_t id,
                                struct text flow, struct stored_state *out);
    const struct problem *(*set)(struct database *db, struct memory *memory, int64_t id,
                                 struct text flow, struct text from_state, struct text to_state,
                                 struct instant moved, struct stored_state *out);
};

#endif
