/*
 * The lane's single steps, for its thread and for tests. Private to this folder.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_LANE_H
#define CONTRAFLOW_CORE_HOOKS_LANE_H

#include "core/hooks/wire.h"

enum {
    HOOK_LANE_ROOM = 64, /* messages on their way at once */
    HOOK_LANE_EACH = 4   /* of them, to one receiver */
};

struct hook_work;

/* What the lane works with; ends with `memory`. */
const struct problem *hook_work_make(struct memory *memory, struct store *store,
                                     const struct hook_wire_options *options,
                                     struct hook_work **out);
/* One round: claims what is due as far as there is room, waits up to `wait` milliseconds for answers and
 * notes them. */
const struct problem *hook_work_round(struct hook_work *work, bool claim, int wait);
/* Messages on their way. */
size_t hook_work_under_way(const struct hook_work *work);
/* Attempts noted so far. */
int64_t hook_work_noted(const struct hook_work *work);
/* Deletes some of what is older than 30 days; *gone says how much. */
const struct problem *hook_work_clear(struct hook_work *work, int64_t *gone);

#endif
