/*
 * Rows of the public pages' statements, and how they become views. Private to those pages.
 */
#ifndef CONTRAFLOW_STOCK_PUBLIC_ROWS_H
#define CONTRAFLOW_STOCK_PUBLIC_ROWS_H

#include "modules/stock/public.h"
#include "modules/stock/sums.h"

struct stock_public_card_row { /* shape: A photograph in a list, as stored */
    struct stock_photo_id id;  /* Names it */
    struct text title;         /* What its author calls it */
    struct party_id author;    /* Who took it */
    struct text author_name;   /* How they are called */
    struct text media;         /* Hash of the file */
    int64_t width;             /* Pixels */
    int64_t height;            /* Pixels */
    bool clip;                 /* It moves */
    struct money price;        /* Lowest list price */
};
LIST_OF(stock_public_card_row);
struct stock_public_sale_row {    /* shape: A licence with names, as stored */
    struct stock_licence_id id;   /* Names it */
    struct stock_photo_id photo;  /* Which photograph */
    struct text title;            /* What it is called */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    enum stock_licence_kind kind; /* What was licensed */
    struct text author_name;      /* Who is paid */
    struct text author_place;     /* Where they live */
    struct text holder_name;      /* Who paid */
    struct text holder_place;     /* Where they are */
    struct money price;           /* Agreed */
    int64_t level;                /* Royalty level */
    int64_t counted;              /* Licences before */
    int64_t rate;                 /* Basis points */
    int64_t share_minor;          /* Price times rate */
    int64_t earned_minor;         /* What the author got */
    struct instant at;            /* When */
};
struct stock_public_decisions { /* shape: How the newest photographs fared */
    int64_t accepted;           /* Taken */
    int64_t refused;            /* Not taken */
};
struct stock_public_figures {  /* shape: What the newest licences earned */
    int64_t licences;          /* Counted */
    struct maybe_integer half; /* Minor units; half of them earned more */
};
struct stock_public_collection_row { /* shape: A collection with its owner's name */
    struct stock_collection_id id;   /* Names it */
    struct text title;               /* Its name */
    struct text about;               /* A few sentences */
    struct party_id owner;           /* Whose */
    struct text owner_name;          /* How they are called */
};

/* How many cards a page shows, and how many are fetched to know whether there are more. */
#define STOCK_PUBLIC_PAGE  24
#define STOCK_PUBLIC_FETCH (STOCK_PUBLIC_PAGE + 1)

/* Previews of a file of that size in pixels. Pure. */
struct stock_public_preview stock_public_preview_of(struct text hash, int64_t width,
                                                    int64_t height);
/* Cards of rows, at most `most`. */
const struct problem *stock_public_cards(struct memory *memory,
                                         const struct stock_public_card_row_list *rows, size_t most,
                                         struct stock_public_card_list *out);
/* A split as pages show it, in the reader's language. */
const struct problem *stock_public_sum_of(const struct request *request,
                                          const struct stock_split *split,
                                          struct stock_public_sum *out);
/* The same of a licence, as it was kept. */
const struct problem *stock_public_sum_kept(const struct request *request,
                                            const struct stock_kept *kept,
                                            const struct stock_fee_row *fees, size_t count,
                                            struct stock_public_sum *out);
/* What a standard licence at the suggested price leaves a new author. */
const struct problem *stock_public_worked_example(const struct stock_rules *rules,
                                                  struct stock_split *out);
/* Amounts that nobody gave a currency are in this one. */
struct currency stock_public_currency(void);

#endif
