/*
 * Rows of terms_queries.sql. Private to terms.c.
 */
#ifndef CONTRAFLOW_CORE_TERMS_ROWS_H
#define CONTRAFLOW_CORE_TERMS_ROWS_H

#include "core/terms.h"

struct acceptance_new {    /* shape: An acceptance to write */
    struct party_id party; /* Who accepted */
    struct text hash;      /* Which text */
    int64_t subject;       /* For which deal; 0: in general */
    struct instant at;     /* When */
};

#endif
