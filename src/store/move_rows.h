/*
 * Rows of what the engines' catalogues tell. Private to the moving.
 */
#ifndef CONTRAFLOW_STORE_MOVE_ROWS_H
#define CONTRAFLOW_STORE_MOVE_ROWS_H

#include "base/shape.h"

enum move_kind {                  /* shape: What a column holds */
                 MOVE_NUMBER = 1, /* number: Eight bytes of integer */
                 MOVE_FLAG,       /* flag: Two bytes of integer */
                 MOVE_TEXT,       /* text: Text */
                 MOVE_BYTES,      /* bytes: Bytes */
                 MOVE_OTHER,      /* other: What only this engine knows, of an index */
};

struct move_column_row { /* shape: A column of a table */
    struct text owner;   /* The table */
    struct text name;    /* Its own */
    enum move_kind kind; /* What it holds */
    int64_t place;       /* In the primary key, from 1; 0: not in it */
};
LIST_OF(move_column_row);

struct move_index_row { /* shape: What makes adding many rows slow and can be made anew */
    struct text away;   /* The statement that takes it away */
    struct text back;   /* The statement that brings it back */
};
LIST_OF(move_index_row);

#endif
