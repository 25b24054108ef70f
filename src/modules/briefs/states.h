/*
 * Guards and effects that the tables of states.c name. Private to the module.
 */
#ifndef CONTRAFLOW_BRIEFS_STATES_H
#define CONTRAFLOW_BRIEFS_STATES_H

#include "modules/briefs/briefs.shapes.h"

/* publish.c */
const struct problem *briefs_guard_filled(struct move *move);

/* accept.c */
const struct problem *briefs_guard_room(struct move *move);
const struct problem *briefs_effect_accept(struct move *move);

/* choose.c */
const struct problem *briefs_guard_reason(struct move *move);
const struct problem *briefs_effect_thank(struct move *move);

#endif
