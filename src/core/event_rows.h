/*
 * Rows of event.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_EVENT_ROWS_H
#define CONTRAFLOW_CORE_EVENT_ROWS_H

#include "core/event.h"

struct event_position_row { /* shape: How far a follower has read */
    int64_t turn;           /* Turn of the last event taken */
    struct event_id event;  /* Its id */
};
struct event_ahead_row { /* shape: How far turns have to be ahead of a server's transactions */
    int64_t shift;       /* So far */
};
struct event_number_row { /* shape: Which event is the newest */
    int64_t number;       /* Its id */
};

#endif
