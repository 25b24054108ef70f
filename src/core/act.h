/*
 * What operators did, with what was before and after: for those who look after them.
 *
 * A flow's move by an operator notes itself; whoever lets them change anything else notes it in the same
 * write. Acts are only ever added. Must not know: what is done. Read next: core/desk/team_pages.h.
 */
#ifndef CONTRAFLOW_CORE_ACT_H
#define CONTRAFLOW_CORE_ACT_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct act_id { /* shape id act: Something an operator did */
    int64_t value;
};
struct act {               /* shape: Something an operator did */
    struct act_id id;      /* Names it; filled by act_note() */
    struct party_id actor; /* Who; 0: at the command line */
    struct text name;      /* Dotted: "core.payout.approve", "core.party.suspend" */
    int64_t subject;       /* What it was done to, the number of its id */
    struct text was;       /* As it was; empty: nothing was */
    struct text became;    /* As it is now */
    struct text note;      /* What the operator said about it; may be empty */
    struct instant at;     /* When */
};
LIST_OF(act);

/* Inside a write. */
const struct problem *act_note(struct database *db, struct memory *memory, struct act act);

#endif
