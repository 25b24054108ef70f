/*
 * Words and prices of many photographs as a file: taken along, filled in and brought back.
 *
 * A photograph is found by its number, else by what its file was called. A column that is there says all: what its
 * cell leaves empty is taken away; what has no column stays. Read next: words_file.c, core/imports/kind.h.
 */
#ifndef CONTRAFLOW_STOCK_WORDS_FILE_H
#define CONTRAFLOW_STOCK_WORDS_FILE_H

#include "core/files/table.h"
#include "core/imports/kind.h"
#include "modules/stock/rows.h"

struct stock_words_line {              /* shape: A line of a file of photographs' words */
    struct maybe_stock_photo_id photo; /* Number of the photograph */
    struct maybe_text file;            /* 1..500: What its file was called */
    struct maybe_text title;           /* ..200: What it is called */
    struct maybe_text description;     /* ..2000: A few sentences */
    struct maybe_text tags;            /* ..500: Words, separated by commas */
    struct maybe_text category;        /* ..40: What it shows, by its word */
    struct maybe_text currency;        /* 3..3: Of all prices */
    struct maybe_money standard;       /* 0..100000000: Price of a standard licence */
    struct maybe_money extended;       /* 0..100000000: Of an extended licence */
    struct maybe_money editorial;      /* 0..100000000: Of an editorial licence */
    struct maybe_money buyout;         /* 0..100000000: Of all rights */
};
struct stock_words_told { /* shape: What a file says about a photograph; what is absent stays */
    struct maybe_stock_photo_id photo; /* Number of the photograph; or its file */
    struct maybe_text file;            /* 1..500: What its file was called */
    struct maybe_text title;           /* ..200: What it is called */
    struct maybe_text description;     /* ..2000: A few sentences; empty: none */
    struct maybe_text tags;            /* ..500: Words, separated by commas */
    struct maybe_text category;        /* ..40: What it shows, by its word */
    struct maybe_money standard;  /* 0..100000000: Price of a standard licence; 0: not offered */
    struct maybe_money extended;  /* 0..100000000: Of an extended licence; 0: not offered */
    struct maybe_money editorial; /* 0..100000000: Of an editorial licence; 0: not offered */
    struct maybe_money buyout;    /* 0..100000000: Of all rights; 0: not offered */
};
struct stock_words_row {          /* shape: A photograph in a file */
    struct stock_photo_id photo;  /* Names it */
    struct text file;             /* What its file was called */
    enum stock_photo_state state; /* Where it stands */
    struct text title;            /* What it is called */
    struct text description;      /* A few sentences */
    struct text tags;             /* Words, separated by commas */
    enum stock_category category; /* What it shows */
    struct maybe_money standard;  /* Price of a standard licence */
    struct maybe_money extended;  /* Of an extended licence */
    struct maybe_money editorial; /* Of an editorial licence */
    struct maybe_money buyout;    /* Of all rights */
    int64_t licences;             /* How many were bought */
    struct money earned;          /* With them, less what came back */
    struct instant came;          /* When it was sent */
};
LIST_OF(stock_words_row);

extern const struct import_kind stock_words_kind;

extern const struct problem stock_words_unknown; /* 404: no photograph of theirs is called so */
extern const struct problem stock_words_unclear; /* 409: several have that file's name */
extern const struct problem stock_words_fixed;   /* 409: its words can't be changed now */
extern const struct problem
    stock_words_missing; /* 422: offered, it needs title, tags and a price */

const struct problem *stock_words_send(struct request *request, const struct table_query *query,
                                       struct nothing *view);

#endif
