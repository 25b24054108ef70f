/*
 * Rows of the desk's statements, and what its pages share. Private to those pages.
 */
#ifndef CONTRAFLOW_STOCK_DESK_ROWS_H
#define CONTRAFLOW_STOCK_DESK_ROWS_H

#include "modules/stock/desk.h"
#include "modules/stock/rows.h"

struct stock_desk_line_row {      /* shape: A photograph that waits, as stored */
    struct stock_photo_id photo;  /* Names it */
    struct text title;            /* What its author calls it */
    struct text author_name;      /* Who offers it */
    bool clip;                    /* It moves */
    enum stock_photo_state state; /* waiting or appealed */
    int64_t like_points;          /* Of 64 that agree with another */
    struct party_id reviewer;     /* Who decided last; 0: nobody */
    struct instant moved;         /* Waits since */
};
LIST_OF(stock_desk_line_row);
struct stock_desk_author_row { /* shape: The author as the desk sees them, as stored */
    struct instant joined;     /* Here since */
    enum language language;    /* In which they read */
    int64_t offered;           /* All but drafts */
    int64_t accepted;          /* Accepted, sold among them */
    int64_t refused;           /* Refused, appealed among them */
};
struct stock_inspection_row { /* shape: The file in which an operator looks at a photograph */
    struct text copy;         /* Hash of the file */
    enum media_format format; /* Kind of that file */
};

/* How many lines a page of the queue shows. */
#define STOCK_DESK_PAGE  40
#define STOCK_DESK_FETCH (STOCK_DESK_PAGE + 1)

/* A photograph with all that a decision needs; drafts are not found. */
const struct problem *stock_desk_photo_of(struct request *request, struct stock_photo_id photo,
                                          struct stock_desk_photo *out);
/* What a person reads about a refusal, in their language; empty for another reason. */
struct text stock_desk_sentence(struct memory *memory, enum language language,
                                enum stock_reason reason, const struct stock_photo_row *photo);
/* In which language an author reads, with how their photographs fared. */
const struct problem *stock_desk_author_of(struct request *request, struct party_id author,
                                           struct stock_desk_author_row *out);
/* "/desk" or "/desk/photos/pho_.." with the part of the queue that was looked at. */
struct text stock_desk_href(struct memory *memory, const struct maybe_stock_photo_id *photo,
                            const struct maybe_instant *after,
                            const struct maybe_stock_photo_id *beyond);

#endif
