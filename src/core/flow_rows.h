/*
 * Rows and parameters of flow.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_FLOW_ROWS_H
#define CONTRAFLOW_CORE_FLOW_ROWS_H

#include "core/flow.h"

struct step_id { /* shape id stp: A step of a history */
    int64_t value;
};
struct flow_history_new {     /* shape: A step to write */
    struct step_id id;        /* Names it */
    struct text flow;         /* Name of the flow */
    int64_t subject;          /* What moved */
    struct text event;        /* Word of the event */
    struct text from_state;   /* Word left; empty at first */
    struct text to_state;     /* Word reached */
    struct party_id actor;    /* Who; 0 for a time limit */
    struct text note;         /* What they said */
    struct maybe_money price; /* The price they named */
    struct instant at;        /* When */
};
struct flow_timer_row { /* shape: A running time limit */
    int64_t subject;    /* What will move */
    struct text flow;   /* Name of the flow */
    struct text event;  /* Word of the event */
    struct instant due; /* When */
};
LIST_OF(flow_timer_row);
struct flow_timer_hit { /* shape: The time limit that a change found */
    int64_t subject;    /* What moves */
};

#endif
