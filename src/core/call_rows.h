/*
 * Rows of call.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_CALL_ROWS_H
#define CONTRAFLOW_CORE_CALL_ROWS_H

#include "core/call.h"

struct call_hit {      /* shape: The call that a change found */
    struct call_id id; /* Names it */
};

#endif
