/*
 * A replay: what happened is judged again by two sets of rules, one beside the other. Pure.
 *
 * What rules look at and what depends on rules is counted again on each side: what they gave in a period (caps), and
 * how much a partner brought, which is what the facts say and by how much the side differs from what was found then.
 * A budget is not counted: money for what the rules promise is taken to be there. What an event gave is
 * taken as it was given at first, whatever came back of it later.
 *
 * Memory grows with people and with periods of caps, not with events. Must not know: the database. Read next: replay.c.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_REPLAY_H
#define CONTRAFLOW_CORE_PROGRAM_REPLAY_H

#include "core/program/program.h"

enum { REPLAY_BEFORE = 0, REPLAY_AFTER, REPLAY_SIDES };
enum { REPLAY_MONEY = 0, REPLAY_CREDIT, REPLAY_POINTS, REPLAY_TICKETS, REPLAY_KINDS };

struct replay;

/* Both sets of rules and `memory` must outlive it. NULL: no memory. */
struct replay *replay_begin(struct memory *memory, const struct program_rules *before,
                            const struct program_rules *after);

/* What was found about an event of a partner, when it was judged. */
struct replay_event {
    const struct program_facts *facts; /* with who stood above */
    struct party_id party;             /* whose it is */
    enum verdict_state state;          /* what was found */
    struct text reason;                /* text key: why */
};
/* &out_of_memory. */
const struct problem *replay_judge(struct replay *replay, const struct replay_event *event);

/* What somebody would have got. */
struct replay_line {
    struct party_id party;      /* who */
    int kind;                   /* REPLAY_MONEY ..: of what */
    int64_t sums[REPLAY_SIDES]; /* minor units or units */
};
/* What all would have got on one side. */
int64_t replay_total(const struct replay *replay, int kind, int side);
/* Who would get more or less, those for whom it changes most first, money before all else; lives as long as the
 * replay. *people is how many these are. &out_of_memory. */
const struct problem *replay_changes(struct replay *replay, const struct replay_line **out,
                                     size_t *count, size_t *people);

#endif
