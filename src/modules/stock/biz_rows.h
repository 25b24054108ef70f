/*
 * Rows of the business' statements, and what its pages share. Private to those pages.
 */
#ifndef CONTRAFLOW_STOCK_BIZ_ROWS_H
#define CONTRAFLOW_STOCK_BIZ_ROWS_H

#include "modules/stock/biz.h"
#include "modules/stock/rows.h"

struct stock_biz_talk_row {              /* shape: What else the page of a talk needs, as stored */
    enum stock_photo_state photo_state;  /* Where the photograph stands */
    struct text description;             /* Of the photograph */
    int64_t licences;                    /* How often it was licensed */
    int64_t held_before;                 /* Licences of it that the business holds */
    struct stock_licence_id certificate; /* What it ended in; 0: nothing */
};
struct stock_biz_licence_row {    /* shape: A licence in the library, as stored */
    struct stock_licence_id id;   /* Names it */
    struct stock_photo_id photo;  /* Which photograph */
    struct text title;            /* What it is called */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    struct text author_name;      /* Whose */
    struct text person_name;      /* Who bought it */
    enum stock_licence_kind kind; /* What it allows */
    struct money price;           /* Agreed */
    int64_t paid_minor;           /* That and the fees on top of it */
    int64_t back_minor;           /* Of what was paid, given back */
    struct instant ended;         /* Since when it has ended; 0: it runs */
    struct instant at;            /* Since */
};
LIST_OF(stock_biz_licence_row);

struct stock_biz_whole_row {       /* shape: A licence with every fact, as stored */
    struct stock_licence_id id;    /* Names it */
    struct deal_id deal;           /* Where it came from */
    struct stock_photo_id photo;   /* Which photograph */
    struct text title;             /* What it is called */
    struct text media;             /* Hash of the file as offered */
    int64_t width;                 /* Pixels */
    int64_t height;                /* Pixels */
    struct party_id author;        /* Who is paid */
    struct text author_name;       /* How they are called */
    struct party_id holder;        /* Who may use it */
    struct text holder_name;       /* How they are called */
    struct text person_name;       /* Who bought it */
    enum stock_licence_kind kind;  /* What it allows */
    struct money price;            /* Agreed */
    int64_t level;                 /* Royalty level */
    int64_t counted;               /* Licences before */
    int64_t rate;                  /* Basis points */
    int64_t share_minor;           /* Price times rate */
    int64_t earned_minor;          /* What the author got */
    int64_t paid_minor;            /* Price and the fees on top of it */
    struct posting_id posting;     /* The transfers */
    struct right_id rights;        /* What passed */
    struct text terms;             /* Hash of the terms agreed to */
    struct text terms_name;        /* Which terms */
    struct text terms_version;     /* Which version */
    struct text terms_language;    /* In which language */
    struct text terms_body;        /* The exact text */
    struct text copy;              /* Hash of the copy to download; empty until made */
    enum media_format copy_format; /* Kind of that file */
    bool held;                     /* The reader belongs to the holder */
    int64_t back_minor;            /* Of what was paid, given back */
    struct instant ended;          /* Since when it has ended; 0: it runs */
    struct instant at;             /* When */
};

struct stock_biz_copy_row {        /* shape: The file that a licensee downloads, as stored */
    struct stock_licence_id id;    /* Of which licence */
    struct text title;             /* What the photograph is called */
    struct text copy;              /* Hash of the file; empty until it is made */
    enum media_format copy_format; /* Kind of file */
    struct instant ended;          /* Since when the licence has ended; 0: it runs */
};

/* How many rows a list shows, and how many are fetched to know whether there are more. */
#define STOCK_BIZ_PAGE  24
#define STOCK_BIZ_FETCH (STOCK_BIZ_PAGE + 1)

/* One talk of the viewer's business with all that an answer needs; another's is not found. */
const struct problem *stock_biz_talk_of(struct request *request, struct deal_id deal,
                                        struct stock_biz_talk *out);
/* The business' wallet before and after it pays that much. */
const struct problem *stock_biz_till_of(struct request *request, struct money pays,
                                        struct stock_biz_till *out);
/* Licences of rows, at most `most`. */
const struct problem *stock_biz_licences_of(struct memory *memory,
                                            const struct stock_biz_licence_row_list *rows,
                                            size_t most, struct stock_biz_licence_list *out);
/* A licence that the viewer may see; others are not found. */
const struct problem *stock_biz_whole(struct request *request, struct stock_licence_id licence,
                                      struct stock_biz_whole_row *out);
/* Its sums as they were on the day, not as they would be now. */
const struct problem *stock_biz_sum_of(struct request *request,
                                       const struct stock_biz_whole_row *row,
                                       struct stock_public_sum *out);

#endif
