/*
 * Rows and parameters of the module's own statements. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_ROWS_H
#define CONTRAFLOW_STOCK_ROWS_H

#include "ledger/fees.h"
#include "modules/stock/stock.h"

struct stock_photo_hit {      /* shape: The photograph that a statement found */
    struct stock_photo_id id; /* Names it */
};
LIST_OF(stock_photo_hit);
struct stock_count { /* shape: A number of things */
    int64_t number;  /* How many */
};
struct stock_band_row {          /* shape: A perceptual hash in one band */
    struct stock_photo_id photo; /* Whose */
    int64_t likeness;            /* All 64 bits */
};
LIST_OF(stock_band_row);

struct stock_photo_new {                    /* shape: A draft to write */
    struct stock_photo_id id;               /* Names it */
    struct party_id author;                 /* Who took it */
    struct text media;                      /* Hash of the file */
    struct text file;                       /* What their computer called it */
    enum stock_form shape;                  /* Its outline */
    enum media_colour colour;               /* Its main colour */
    int64_t width;                          /* Pixels */
    int64_t height;                         /* Pixels */
    bool clip;                              /* It moves */
    struct text currency;                   /* Of its prices to come */
    struct maybe_stock_photo_id like_photo; /* What it resembles */
    int64_t like_points;                    /* Of 64 */
    struct instant at;                      /* When */
};
struct stock_photo_words {        /* shape: What an author says about a photograph */
    struct stock_photo_id id;     /* Which */
    struct party_id author;       /* Theirs */
    struct text title;            /* What they call it */
    struct text description;      /* A few sentences */
    struct text tags;             /* Separated by ", " */
    enum stock_category category; /* What it shows */
    int64_t standard_minor;       /* List price; 0: not offered */
    int64_t extended_minor;       /* List price; 0: not offered */
    int64_t editorial_minor;      /* List price; 0: not offered */
    int64_t buyout_minor;         /* List price; 0: not offered */
    int64_t from_minor;           /* The lowest */
    struct text currency;         /* Of all */
};
struct stock_deal_new {              /* shape: What a deal is about, to write */
    struct deal_id deal;             /* Which deal */
    struct stock_photo_id photo;     /* Which photograph */
    enum stock_licence_kind licence; /* Which licence */
    int64_t asked_minor;             /* List price, minor units */
    struct hold_id hold;             /* None yet when 0 */
    struct party_id person;          /* Who acts for the buyer */
    struct text terms;               /* Hash of the terms agreed to */
    struct text fees;                /* Setting stock.fees as it is now */
};
struct stock_fee_row {               /* shape: A fee of a licence as it was on the day */
    struct stock_licence_id licence; /* Of which licence */
    int64_t number;                  /* From 1, in their order */
    struct text name;                /* Text key: fee.handling */
    enum fee_bearer bearer;          /* Who bears it */
    enum fee_base counted_on;        /* What it is counted on */
    int64_t base_minor;              /* How much that was; all in the licence's currency */
    int64_t rate;                    /* Basis points of it */
    int64_t fixed_minor;             /* Added to that */
    int64_t least_minor;             /* At least; 0: no least */
    int64_t most_minor;              /* At most; 0: no most */
    int64_t amount_minor;            /* Taken */
    bool cut;                        /* Less than that: nothing more was left */
};
LIST_OF(stock_fee_row);
struct stock_arrival_row {             /* shape: A file that arrived */
    struct stock_arrival_id id;        /* Names it */
    struct party_id person;            /* Who sent it */
    struct text file;                  /* What their computer called it */
    int64_t size;                      /* Bytes */
    struct maybe_stock_photo_id photo; /* What became of it */
    struct text problem;               /* Name of the problem; empty: none */
    struct instant at;                 /* Came */
};
LIST_OF(stock_arrival_row);

struct stock_audit_row {       /* shape: A licensed or refunded deal and what belongs to it */
    struct deal_id deal;       /* Which */
    bool refunded;             /* All of it came back */
    int64_t price_minor;       /* Agreed */
    int64_t paid_minor;        /* What the licence says was paid */
    int64_t extra_minor;       /* What it says the buyer bore on top of the price */
    int64_t fees_minor;        /* What it says all fees were */
    int64_t fee_count;         /* How many fees it says */
    int64_t licences;          /* Licences written, one is right */
    int64_t rights;            /* Rights granted, one is right */
    int64_t running;           /* Of these, without an end */
    int64_t ended;             /* Licences that say they have ended */
    int64_t earned_minor;      /* What the licence says the author earned */
    int64_t taken;             /* What left the wallet */
    int64_t earned;            /* What reached the earnings, less what left them */
    int64_t fees;              /* What reached the intermediary's fees, less what left them */
    int64_t back_minor;        /* What the licence says came back */
    int64_t back_earned_minor; /* What it says came back of what was earned */
    int64_t refunds;           /* What its refunds say came back, in sum */
    int64_t refund_count;      /* How many refunds it had */
    int64_t back;              /* What came back into the wallet */
    int64_t back_earned;       /* What left the earnings with it, less what came into them */
    int64_t back_fees; /* What left the intermediary's fees with it, less what came into them */
};
LIST_OF(stock_audit_row);

#endif
