/*
 * Rows of node.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_NODE_ROWS_H
#define CONTRAFLOW_CORE_NODE_ROWS_H

#include "base/shape.h"

struct node_row {           /* shape: A number of a node */
    int64_t number;         /* It */
    struct instant through; /* No id of it is made for a later moment */
};
struct node_unused_row { /* shape: A number that nobody ever held */
    int64_t number;      /* It */
};
struct node_count {  /* shape: Processes that answer requests */
    int64_t serving; /* How many */
};

#endif
