/*
 * Rows of thread_queries.sql. Private to thread.c.
 */
#ifndef CONTRAFLOW_CORE_THREAD_ROWS_H
#define CONTRAFLOW_CORE_THREAD_ROWS_H

#include "core/thread.h"

struct message_new {              /* shape: A message to write */
    struct message_id id;         /* Names it */
    int64_t subject;              /* What it is about */
    struct maybe_party_id author; /* The person; absent: a guest */
    struct party_id organisation; /* Spoken for; 0: themselves */
    struct text body;             /* The words */
    struct instant at;            /* When */
    struct text guest;            /* How a guest wants to be called */
};

#endif
