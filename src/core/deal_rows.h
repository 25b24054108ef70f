/*
 * Rows of deal.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_DEAL_ROWS_H
#define CONTRAFLOW_CORE_DEAL_ROWS_H

#include "core/deal.h"

struct deal_hit {      /* shape: The deal that a change found */
    struct deal_id id; /* Names it */
};

#endif
