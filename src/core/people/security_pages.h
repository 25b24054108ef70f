/*
 * Pages on which people see to the safety of their account: where they are signed in.
 *
 * Read next: core/people/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_SECURITY_PAGES_H
#define CONTRAFLOW_CORE_PEOPLE_SECURITY_PAGES_H

#include "core/people/session.h"

struct security_view {                /* shape: How safe one's account is */
    struct session_row_list sessions; /* Where one is signed in, this one first; at most 200 */
    bool elsewhere;                   /* There are others than this one */
};
struct session_form {          /* shape: One session */
    struct session_id session; /* Which */
};

const struct problem *core_security_page(struct request *request, const struct nothing *query,
                                         struct security_view *view);
const struct problem *core_session_end(struct request *request, const struct session_form *form,
                                       struct nothing *view);
const struct problem *core_sessions_end_others(struct request *request, const struct nothing *form,
                                               struct nothing *view);

#endif
