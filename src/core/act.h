/*
 * What operators did, and what members of a business did that others of it should know of, with what was
 * before and after: for those who look after them.
 *
 * A flow's move by an operator notes itself; whoever lets anybody change anything else that is privileged
 * notes it in the same write. Acts are only ever added. Must not know: what is done.
 * Read next: core/desk/team_pages.h for operators, core/profile/activity_pages.h for businesses.
 */
#ifndef CONTRAFLOW_CORE_ACT_H
#define CONTRAFLOW_CORE_ACT_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct act_id { /* shape id act: Something privileged that was done */
    int64_t value;
};
enum act_topic {               /* shape: What a privileged act is about */
                 ACT_DESK = 1, /* desk: The installation and its people */
                 ACT_PROFILE,  /* profile: What a business says about itself */
                 ACT_MEMBERS,  /* members: Who belongs to a business */
                 ACT_KEYS,     /* keys: Keys, and websites that may use them */
                 ACT_APPS,     /* apps: Apps and their access */
                 ACT_WEBHOOKS, /* webhooks: Receivers of webhooks */
                 ACT_PROMISES, /* promises: Rules of points, tickets and credit */
                 ACT_FEEDBACK, /* feedback: How feedback is taken */
                 ACT_EXPORTS,  /* exports: Files that were taken */
                 ACT_PROGRAMS, /* programs: What counts in programs */
};
struct act {               /* shape: Something privileged that was done */
    struct act_id id;      /* Names it; filled by act_note() */
    struct party_id owner; /* Whose things it was about; 0: the intermediary's */
    enum act_topic topic;  /* What about; ACT_DESK unless said */
    struct party_id actor; /* Who; 0: at the command line */
    struct text name;      /* Dotted: "core.payout.approve", "core.party.suspend" */
    int64_t subject;       /* What it was done to, the number of its id */
    struct text was;       /* As it was; empty: nothing was */
    struct text became;    /* As it is now */
    struct text note;      /* What they said about it, or what it was called; may be empty */
    struct instant at;     /* When */
};
LIST_OF(act);
MAYBE(act_id);

/* Inside a write. */
const struct problem *act_note(struct database *db, struct memory *memory, struct act act);
/* The same for a change: `was` and `became` name each member of the shape, ids and moments apart, that
 * says something else. NULL: nothing was, or nothing is left. What changes nothing is no act. */
const struct problem *act_note_change(struct database *db, struct memory *memory, struct act act,
                                      const struct shape *shape, const void *was,
                                      const void *became);

#endif
