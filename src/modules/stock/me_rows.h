/*
 * Rows of the person's statements, and what those pages share. Private to them.
 */
#ifndef CONTRAFLOW_STOCK_ME_ROWS_H
#define CONTRAFLOW_STOCK_ME_ROWS_H

#include "modules/stock/me.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/rows.h"

struct stock_me_photo_row {       /* shape: A person's photograph in a list, as stored */
    struct stock_photo_id id;     /* Names it */
    struct text title;            /* What it is called; may be empty */
    struct text file;             /* What their computer called it */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    bool clip;                    /* It moves */
    enum stock_photo_state state; /* Where it stands */
    int64_t from_minor;           /* Lowest list price; 0: none */
    struct text currency;         /* Of it */
    struct text reason;           /* A stock_reason; empty: none */
    int64_t licences;             /* How many were bought */
    struct instant at;            /* Came */
    struct instant moved;         /* Stands there since */
};
LIST_OF(stock_me_photo_row);
struct stock_me_state_row {       /* shape: How many photographs stand somewhere */
    enum stock_photo_state state; /* Where */
    int64_t number;               /* How many */
};
LIST_OF(stock_me_state_row);
struct stock_me_arrival_row {          /* shape: A file that arrived, as stored */
    struct stock_arrival_id id;        /* Names it */
    struct text file;                  /* What their computer called it */
    int64_t size;                      /* Bytes */
    struct maybe_stock_photo_id photo; /* What became of it */
    struct text problem;               /* Name of the problem; empty: none */
    struct instant at;                 /* Came */
    struct maybe_text state;           /* A stock_photo_state of what became of it */
    struct maybe_text title;           /* Its title */
    struct maybe_text media;           /* Hash of its file */
};
LIST_OF(stock_me_arrival_row);
struct stock_me_arrived_row { /* shape: How arrivals fared */
    int64_t waiting;          /* Are being looked at */
    int64_t ready;            /* Became photographs */
    int64_t refused;          /* Were not kept */
};
struct stock_me_line_row {        /* shape: A licence with names, as stored */
    struct stock_licence_id id;   /* Names it */
    struct stock_photo_id photo;  /* Which photograph */
    struct text title;            /* What it is called */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    enum stock_licence_kind kind; /* What was licensed */
    struct party_id holder;       /* Who paid */
    struct text holder_name;      /* How they are called */
    struct money price;           /* Agreed */
    int64_t level;                /* Royalty level */
    int64_t counted;              /* Licences in the twelve months before */
    int64_t rate;                 /* Basis points */
    int64_t share_minor;          /* Price times rate */
    int64_t earned_minor;         /* Share less fees */
    struct posting_id posting;    /* The transfers */
    struct deal_id deal;          /* Where it came from */
    struct text terms;            /* Hash of the terms agreed to */
    int64_t back_minor;           /* Of what was paid, given back */
    int64_t back_earned_minor;    /* Of what was earned, given back */
    struct instant ended;         /* Since when it has ended; 0: it runs */
    struct text back_reason;      /* Why money came back last; empty: none did */
    struct instant back_at;       /* When; 0: never */
    struct instant at;            /* When */
};
LIST_OF(stock_me_line_row);
struct stock_me_year { /* shape: Twelve months of a person's earnings, by the moments they begin */
    struct party_id author;  /* Whose */
    struct text currency;    /* In which currency */
    struct instant month_0;  /* The first begins */
    struct instant month_1;  /* The second begins */
    struct instant month_2;  /* The third begins */
    struct instant month_3;  /* The fourth begins */
    struct instant month_4;  /* The fifth begins */
    struct instant month_5;  /* The sixth begins */
    struct instant month_6;  /* The seventh begins */
    struct instant month_7;  /* The eighth begins */
    struct instant month_8;  /* The ninth begins */
    struct instant month_9;  /* The tenth begins */
    struct instant month_10; /* The eleventh begins */
    struct instant month_11; /* The twelfth begins */
    struct instant month_12; /* The twelfth ends */
};
struct stock_me_month_row { /* shape: What a month brought */
    int64_t number;         /* From 0, of those asked for */
    int64_t licences;       /* How many */
    int64_t earned_minor;   /* Minor units */
};
LIST_OF(stock_me_month_row);
struct stock_me_right_row {      /* shape: A right that passed, with names, as stored */
    struct right_id id;          /* Names it */
    struct stock_photo_id photo; /* Over which photograph */
    struct text title;           /* What it is called */
    struct text media;           /* Hash of the file */
    int64_t width;               /* Pixels */
    int64_t height;              /* Pixels */
    struct text scope;           /* A stock_licence_kind, or another module's word */
    struct text territory;       /* Where */
    bool exclusive;              /* Nobody else */
    struct instant begins;       /* From */
    struct maybe_instant ends;   /* Until */
    struct text holder_name;     /* To whom */
};
LIST_OF(stock_me_right_row);
struct stock_me_rights_row { /* shape: How many rights run */
    int64_t running;         /* All */
    int64_t exclusive;       /* Of these, exclusive ones */
};
struct stock_me_collection_row {   /* shape: A collection, as stored */
    struct stock_collection_id id; /* Names it */
    struct text title;             /* What it is called */
    struct text about;             /* A few sentences */
    struct instant at;             /* Begun */
    int64_t number;                /* How many photographs, 1,000 at most */
};
LIST_OF(stock_me_collection_row);
struct stock_me_collection_hit {   /* shape: A collection that was changed */
    struct stock_collection_id id; /* Names it */
};
struct stock_me_tile_row {        /* shape: A photograph of a collection, as stored */
    struct stock_photo_id id;     /* Names it */
    struct text title;            /* What it is called */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    enum stock_photo_state state; /* Where it stands */
};
LIST_OF(stock_me_tile_row);

/* How many rows a list shows, and how many are fetched to know whether there are more. */
#define STOCK_ME_PAGE  24
#define STOCK_ME_FETCH (STOCK_ME_PAGE + 1)
#define STOCK_ME_LINES 50

/* The text "PREFIX.WORD" in the reader's language; empty when there is none. */
struct text stock_me_say(const struct request *request, const char *prefix, struct text word);
/* The currency of a person's earnings. */
struct currency stock_me_currency(void);
/* What can be paid out of a balance; nothing while something is owed. */
struct money stock_me_free(const struct ledger_balance *balance);

/* Photographs of rows, at most `most`. */
const struct problem *stock_me_photos_of(const struct request *request,
                                         const struct stock_me_photo_row_list *rows, size_t most,
                                         struct stock_me_photo_list *out);
/* How many photographs stand where: counts[PHOTO_...]. */
const struct problem *stock_me_count_states(struct request *request, int64_t *counts);
/* Licences with their sums, at most `most`; rows are all of a person's between the first and the last,
 * newest first. */
const struct problem *stock_me_earnings_of(struct request *request,
                                           const struct stock_me_line_row_list *rows, size_t most,
                                           struct stock_me_earning_list *out);
/* The fees of the licences of such rows, in the order of the rows. */
const struct problem *stock_me_fees_of(struct database *db, struct memory *memory,
                                       struct party_id author,
                                       const struct stock_me_line_row_list *rows,
                                       struct stock_fee_row_list *out);
/* Takes those of one licence off the front. */
struct stock_fee_row_list stock_me_fees_next(struct stock_fee_row_list *rest,
                                             struct stock_licence_id licence);
/* The twelve months that end with the month of `last`. */
const struct problem *stock_me_chart_of(struct request *request, struct instant last,
                                        struct stock_me_chart *out);
/* The first moment of the month that is `away` months after that of `at`. Pure. */
struct instant stock_me_month_begin(struct instant at, int away);
/* "/me/earnings?month=2026-06". */
struct text stock_me_month_href(struct memory *memory, struct instant month);

#endif
