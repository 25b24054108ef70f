/*
 * The desk's pages about licences and the money of them that is given back.
 *
 * Must not know: /me, /biz. Read next: desk_licences.c, desk_licence.c, refund.c.
 */
#ifndef CONTRAFLOW_STOCK_DESK_LICENCES_H
#define CONTRAFLOW_STOCK_DESK_LICENCES_H

#include "modules/stock/public.h"
#include "modules/stock/refund_shown.h"

struct stock_desk_licence_row {   /* shape: A licence in the desk's list, as stored */
    struct stock_licence_id id;   /* Names it */
    struct stock_photo_id photo;  /* Which photograph */
    struct text title;            /* What it is called */
    struct text media;            /* Hash of the file */
    int64_t width;                /* Pixels */
    int64_t height;               /* Pixels */
    struct text author_name;      /* Whose */
    struct text holder_name;      /* Who may use it */
    enum stock_licence_kind kind; /* What it allows */
    struct money price;           /* Agreed */
    int64_t paid_minor;           /* That and the fees on top of it */
    int64_t back_minor;           /* Of what was paid, given back */
    struct instant ended;         /* Since when it has ended; 0: it runs */
    struct instant at;            /* When */
};
LIST_OF(stock_desk_licence_row);

/* ---- desk_licences.c */

struct stock_desk_licence_line {         /* shape: A licence in the desk's list */
    struct stock_licence_id id;          /* Names it */
    struct stock_photo_id photo;         /* Which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    struct text author_name;             /* Whose */
    struct text holder_name;             /* Who paid */
    enum stock_licence_kind kind;        /* What it allows */
    struct money price;                  /* Agreed */
    struct money paid;                   /* Price and the fees on top of it */
    struct money back;                   /* Of that, given back */
    bool ended;                          /* The licence has ended with it */
    struct instant at;                   /* When */
};
LIST_OF(stock_desk_licence_line);
struct stock_desk_licences_query { /* shape: Which licences to list */
    struct maybe_text q;           /* ..200: An id of licence, talk or photograph, or words */
    struct maybe_stock_licence_id before; /* Where the page before ended */
};
struct stock_desk_licences { /* shape: Licences of all businesses, newest first */
    struct text q;           /* What was looked for */
    struct stock_desk_licence_line_list licences; /* At most 50 */
    struct maybe_text more;                       /* url: What comes after */
    bool later;                                   /* It goes on from an earlier page */
};
const struct problem *stock_desk_licences_show(struct request *request,
                                               const struct stock_desk_licences_query *input,
                                               struct stock_desk_licences *view);

/* ---- desk_licence.c */

struct stock_desk_licence_query {    /* shape: Which licence */
    struct stock_licence_id licence; /* Which */
};
struct stock_desk_licence {      /* shape: A licence with its money and what came back of it */
    struct stock_licence_id id;  /* Names it */
    struct deal_id deal;         /* The talk it came from */
    struct stock_photo_id photo; /* Which photograph */
    struct text title;           /* What it is called */
    struct stock_public_preview preview;    /* What it looks like */
    enum stock_licence_kind kind;           /* What it allows */
    struct text author_name;                /* Who was paid */
    struct party_id author;                 /* Names them */
    struct text holder_name;                /* Who paid */
    struct party_id holder;                 /* Names them */
    struct text person_name;                /* Who bought it for them */
    struct instant at;                      /* When */
    struct maybe_instant ended;             /* Since when it has ended; absent: it runs */
    struct stock_public_sum sum;            /* What became of the price */
    struct posting_id posting;              /* Names the transfers together */
    struct stock_leg_list legs;             /* The transfers of the sale, in their order */
    struct stock_refund_shown_list refunds; /* What came back, oldest first */
    struct money back;                      /* All that came back */
    struct money left;                      /* Of what was paid, can still be given back */
    bool some_left;                         /* Anything is left */
    struct money earnings;                  /* What the author could be paid out now */
    struct money owed;                      /* What the author owes now */
};
const struct problem *stock_desk_licence_show(struct request *request,
                                              const struct stock_desk_licence_query *input,
                                              struct stock_desk_licence *view);

struct stock_desk_refunding {        /* shape: Give money of a licence back */
    struct stock_licence_id licence; /* Which */
    struct maybe_money
        amount;         /* 1..9007199254740991: Of what was paid; all that is left when left out */
    struct text reason; /* 1..1000: What both sides read */
};
struct stock_desk_refunded {         /* shape: Money that was given back */
    struct stock_refund_id refund;   /* Names it */
    struct stock_licence_id licence; /* Of which licence */
};
const struct problem *stock_desk_licence_refund(struct request *request,
                                                const struct stock_desk_refunding *input,
                                                struct stock_desk_refunded *view);

#endif
