/*
 * What shops tell of actions, and many of anything by one call.
 *
 * Read next: calls.c, action.h.
 */
#ifndef CONTRAFLOW_REFERRALS_ACTIONS_CALLS_H
#define CONTRAFLOW_REFERRALS_ACTIONS_CALLS_H

#include "core/batch.h"
#include "modules/referrals/actions/action.h"
#include "web/route.h"

struct action_found {          /* shape: What came of an action */
    struct action_id action;   /* Names it */
    enum keep_outcome outcome; /* Whether it is new */
    int64_t partners;          /* Who have a share in it */
    bool click_known;          /* The click was one of a link of yours; else it is left out */
};
struct action_batch {              /* shape: Several actions */
    struct action_told_list lines; /* 1..500: Each by itself, in their order */
};
struct action_reversal { /* shape: An action that came to nothing */
    struct text number;  /* 1..100: The shop's own number of it */
};

const struct problem *referrals_action_tell(struct request *request,
                                            const struct action_told *input,
                                            struct action_found *view);
const struct problem *referrals_actions_tell(struct request *request,
                                             const struct action_batch *input,
                                             struct batch_result *view);
const struct problem *referrals_action_undo(struct request *request,
                                            const struct action_reversal *input,
                                            struct nothing *view);

extern const struct route_table referrals_action_routes;

#endif
