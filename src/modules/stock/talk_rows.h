/*
 * Rows of the statements about talks. Private to the pages that show and answer them.
 */
#ifndef CONTRAFLOW_STOCK_TALK_ROWS_H
#define CONTRAFLOW_STOCK_TALK_ROWS_H

#include "modules/stock/stock.h"

struct stock_talk_row {              /* shape: A talk about a licence with both sides, as stored */
    struct deal_id id;               /* Names it */
    enum stock_deal_state state;     /* Where it stands */
    struct stock_photo_id photo;     /* Which photograph */
    struct text title;               /* What it is called */
    struct text media;               /* Hash of the file */
    int64_t width;                   /* Pixels */
    int64_t height;                  /* Pixels */
    struct party_id author;          /* Whose */
    struct text author_name;         /* How they are called */
    struct text author_place;        /* Where they live */
    struct party_id buyer;           /* Which business */
    struct text buyer_name;          /* How it is called */
    enum stock_licence_kind licence; /* Which licence */
    int64_t asked_minor;             /* List price when it began */
    struct money price;              /* As last named */
    struct maybe_text fees;          /* Setting stock.fees when it began; absent: today's */
    struct instant at;               /* Begun */
    struct instant moved;            /* Last changed */
};
LIST_OF(stock_talk_row);

#endif
