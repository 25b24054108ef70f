/*
 * The public pages of the stock: what comes in, what they show, and their handlers.
 *
 * Anyone may read all of it; only buying and offering want a member who may spend. Must not know: /me,
 * /biz, /desk. Read next: catalogue.c, photo_page.c, people_page.c, front.c; routes_public.c.
 */
#ifndef CONTRAFLOW_STOCK_PUBLIC_H
#define CONTRAFLOW_STOCK_PUBLIC_H

#include "core/deal.h"
#include "core/fees_shown.h"
#include "modules/stock/stock.h"
#include "web/route.h"

struct stock_public_preview { /* shape: Previews, at /m/HASH-320, HASH-640m, HASH-1200m */
    struct text hash;         /* Of the file they show */
    int64_t width;            /* Pixels of the original */
    int64_t height;           /* Pixels of the original */
    int64_t ratio;            /* Width to height times 100, as the nearest class of the styles */
    int64_t small;            /* Width in pixels of the 320 preview */
    int64_t middle;           /* Width in pixels of the 640 preview */
    int64_t large;            /* Width in pixels of the 1200 preview */
};
struct stock_public_card {               /* shape: A photograph in a list */
    struct stock_photo_id id;            /* Names it */
    struct text title;                   /* What its author calls it */
    struct party_id author;              /* Who took it */
    struct text author_name;             /* How they are called */
    struct money price;                  /* Lowest list price */
    bool clip;                           /* It moves */
    struct stock_public_preview preview; /* What it looks like */
};
LIST_OF(stock_public_card);

struct stock_public_sum {          /* shape: What becomes of a price, step by step */
    struct money price;            /* What was agreed on, or is asked */
    int64_t level;                 /* Royalty level of the author, from 1 */
    int64_t counted;               /* Their licences in the twelve months before */
    int64_t rate;                  /* Their share, basis points of the price */
    struct money share;            /* Price times share */
    struct fee_shown_list fees;    /* Taken from the share, in their order */
    struct fee_shown_list extra;   /* Borne by the business, on top of the price */
    struct fee_shown_list own;     /* Borne by the intermediary, out of its part */
    struct maybe_integer handling; /* Basis points of the share, when handling is all of it */
    struct money pays;             /* What the business pays: the price and what comes on top */
    struct money earned;           /* What the author receives: the share less fees */
    struct money income;           /* What is left of the price for the intermediary */
};

/* ---- front.c */

struct stock_public_example { /* shape: The newest licence, and why its author got what they got */
    struct stock_photo_id photo;         /* Which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    enum stock_licence_kind licence;     /* What was licensed */
    struct text author_name;             /* Who is paid */
    struct text author_place;            /* Where they live */
    struct text holder_name;             /* Who paid */
    struct text holder_place;            /* Where they are */
    struct instant at;                   /* When */
    struct stock_public_sum sum;         /* Why this much */
};
LIST_OF(stock_public_example);
struct stock_public_earned { /* shape: What photographs earned those who offered them */
    int64_t decided;         /* Decisions counted */
    int64_t accepted;        /* Accepted, of 100 */
    int64_t licences;        /* Licences counted */
    struct maybe_money half; /* Half of them earned their author more than this */
};
struct stock_public_front {              /* shape: The front page */
    struct stock_public_card_list hero;  /* Of the newest, the one licensed most; none when empty */
    int64_t hero_licences;               /* How often it was licensed */
    struct stock_public_card_list strip; /* The three after it */
    struct stock_public_example_list examples; /* The newest licence; none before the first */
    struct stock_public_sum sum;       /* The same sum, or one worked out from the standard price */
    struct stock_public_earned earned; /* What it earned others */
    int64_t people;                    /* Who can be asked */
    bool people_more;                  /* There are more than were counted */
};
const struct problem *stock_public_front_show(struct request *request, const struct nothing *input,
                                              struct stock_public_front *view);

/* ---- catalogue.c */

struct stock_public_query {             /* shape: What somebody looks for */
    struct maybe_text q;                /* ..200: Words of title, tags or author */
    struct maybe_text category;         /* ..20: A stock_category */
    struct text_list shape;             /* ..3: Each a stock_form */
    struct maybe_text colour;           /* ..20: A media_colour */
    struct text_list licence;           /* ..4: Each a stock_licence_kind that must be offered */
    struct maybe_text price_from;       /* ..40: Lowest price at least, as typed */
    struct maybe_text price_to;         /* ..40: Lowest price at most, as typed */
    bool clip;                          /* Only what moves */
    struct maybe_stock_photo_id before; /* Where the page before ended */
};
struct stock_public_asked { /* shape: What is looked for, as understood */
    struct text q;          /* Words */
    struct text category;   /* A stock_category, or empty */
    struct text colour;     /* A media_colour, or empty */
    struct text price_from; /* As typed */
    struct text price_to;   /* As typed */
    struct text currency;   /* Of prices */
    bool wide;              /* Wide pictures */
    bool upright;           /* Upright pictures */
    bool square;            /* Square pictures */
    bool standard;          /* With a standard licence */
    bool extended;          /* With an extended licence */
    bool editorial;         /* With an editorial licence */
    bool buyout;            /* With all rights for sale */
    bool clip;              /* Only what moves */
};
struct stock_public_condition { /* shape: A condition in force */
    struct text label;          /* In the reader's language */
    struct text without;        /* url: The same search without it */
};
LIST_OF(stock_public_condition);
struct stock_public_catalogue {                    /* shape: Photographs found, newest first */
    struct stock_public_asked asked;               /* What was looked for */
    struct stock_public_condition_list conditions; /* All that is in force but the words */
    struct stock_public_card_list photos;          /* At most 24 */
    struct maybe_text corrected;     /* The words as understood, when a typo was forgiven */
    struct maybe_text more;          /* url: What comes after */
    struct maybe_text without_price; /* url: The same search at any price */
    bool all;                        /* These are all there are */
    bool price_from_wrong;           /* The lower price is no amount */
    bool price_to_wrong;             /* The upper price is no amount */
    bool later;                      /* It goes on from an earlier page */
};
const struct problem *stock_public_catalogue_show(struct request *request,
                                                  const struct stock_public_query *input,
                                                  struct stock_public_catalogue *view);

/* ---- photo_page.c */

struct stock_public_photo_query { /* shape: Which photograph, and under which licence */
    struct stock_photo_id photo;  /* Which */
    struct maybe_text licence;    /* ..20: The stock_licence_kind that is looked at */
};
struct stock_public_choice {         /* shape: A licence of a photograph */
    enum stock_licence_kind licence; /* What it allows */
    bool possible;                   /* It can be bought now */
    bool chosen;                     /* It is looked at */
    struct money price;              /* List price; 0: not offered */
    struct money earned;             /* What the author receives of it */
    struct text why;                 /* Name of the problem that stands against it; empty: none */
};
LIST_OF(stock_public_choice);
struct stock_public_use {            /* shape: Somebody who may use a photograph */
    enum stock_licence_kind licence; /* What it allows */
    struct text holder_name;         /* Who */
    struct instant at;               /* Since */
};
LIST_OF(stock_public_use);
struct stock_public_till { /* shape: What a purchase takes from a business's wallet */
    struct money free;     /* What can be spent */
    bool enough;           /* It is enough for the licence looked at */
    struct money missing;  /* How much is missing; 0: none */
};
LIST_OF(stock_public_till);
struct stock_public_photo {              /* shape: One photograph */
    struct stock_photo_id id;            /* Names it */
    bool available;                      /* It can be licensed; otherwise it left the catalogue */
    bool sold;                           /* All rights were bought */
    struct text title;                   /* What its author calls it */
    struct text description;             /* A few sentences */
    struct text_list tags;               /* Its words */
    enum stock_category category;        /* What it shows */
    struct party_id author;              /* Who took it */
    struct text author_name;             /* How they are called */
    struct text author_place;            /* Where they live */
    struct text author_initials;         /* One or two letters */
    struct stock_public_preview preview; /* What it looks like */
    enum media_format format;            /* Kind of file */
    int64_t size;                        /* Bytes of the original */
    bool clip;                           /* It moves */
    int64_t seconds;                     /* Of a clip; 0: a still */
    struct text camera;                  /* Make and model; empty when unknown */
    struct maybe_instant taken;          /* By the file's own account */
    struct instant at;                   /* Offered since */
    int64_t licences;                    /* How often it was licensed */
    struct stock_public_choice_list choices; /* Its licences */
    struct stock_public_choice chosen;       /* The one looked at */
    struct stock_public_sum sum;             /* What becomes of its price */
    struct stock_public_use_list uses;       /* The newest five who may use it */
    bool uses_more;                          /* There are others */
    struct stock_public_card_list more;      /* Others by the same person */
    bool own;                                /* for party: It is the reader's own */
    struct stock_public_till_list
        tills; /* for party: The wallet of the reader's business; none for others */
};
const struct problem *stock_public_photo_show(struct request *request,
                                              const struct stock_public_photo_query *input,
                                              struct stock_public_photo *view);

struct stock_public_buy {            /* shape: Buy a licence at list price */
    struct stock_photo_id photo;     /* Which photograph */
    enum stock_licence_kind licence; /* Which licence */
    struct money seen; /* 1..100000000: The price as it was shown; another one now is refused */
    struct maybe_money
        total; /* 1..9007199254740991: Price and fees as they were shown; another sum is refused */
};
struct stock_public_bought {         /* shape: A licence that was bought */
    struct stock_licence_id licence; /* Names it */
};
const struct problem *stock_public_photo_buy(struct request *request,
                                             const struct stock_public_buy *input,
                                             struct stock_public_bought *view);

struct stock_public_offer {          /* shape: Offer another price for a licence */
    struct stock_photo_id photo;     /* Which photograph */
    enum stock_licence_kind licence; /* Which licence */
    struct money
        price; /* 1..100000000: The price offered; it is set aside until the author answers */
    struct maybe_text note; /* ..1000: A sentence to the author */
};
struct stock_public_offered { /* shape: A talk that began */
    struct deal_id deal;      /* Names it */
};
const struct problem *stock_public_photo_offer(struct request *request,
                                               const struct stock_public_offer *input,
                                               struct stock_public_offered *view);

/* ---- people_page.c */

struct stock_public_person_query {      /* shape: Whose photographs */
    struct party_id party;              /* Whose */
    struct maybe_stock_photo_id before; /* Where the page before ended */
};
struct stock_public_person { /* shape: A person and what they offer */
    struct party_id id;      /* Names them */
    struct text name;        /* As they want to be called */
    struct text place;       /* Where they live; empty when unsaid */
    struct text about;       /* A few sentences of theirs; may be empty */
    struct text website;     /* url: Theirs; empty when none */
    struct text initials;    /* One or two letters */
    struct instant joined;   /* Since */
    int64_t licences;        /* How often their photographs were licensed, as far as counted */
    bool licences_more;      /* There are more than were counted */
    struct stock_public_card_list photos; /* At most 24, newest first */
    struct maybe_text more;               /* url: What comes after */
};
const struct problem *stock_public_person_show(struct request *request,
                                               const struct stock_public_person_query *input,
                                               struct stock_public_person *view);

struct stock_public_collection_query {     /* shape: Which collection */
    struct stock_collection_id collection; /* Which */
    struct maybe_stock_photo_id before;    /* Where the page before ended */
};
struct stock_public_collection {          /* shape: A collection of photographs */
    struct stock_collection_id id;        /* Names it */
    struct text title;                    /* Its name */
    struct text about;                    /* A few sentences; may be empty */
    struct party_id owner;                /* Who put it together */
    struct text owner_name;               /* How they are called */
    struct stock_public_card_list photos; /* At most 24, newest first */
    struct maybe_text more;               /* url: What comes after */
};
const struct problem *
stock_public_collection_show(struct request *request,
                             const struct stock_public_collection_query *input,
                             struct stock_public_collection *view);

/* ---- money_page.c */

struct stock_public_level { /* shape: A royalty level */
    int64_t level;          /* From 1 */
    int64_t from;           /* Licences in twelve months from which it holds */
    int64_t rate;           /* Share of the price, basis points */
    struct money earned;    /* What it leaves of the example's price, after fees */
};
LIST_OF(stock_public_level);
struct stock_public_money {                /* shape: How money is worked out */
    struct stock_public_level_list levels; /* All levels */
    bool has_fees;                         /* Somebody bears a fee */
    bool only_handling;                    /* It is the handling alone, out of the share */
    struct stock_public_sum sum;           /* A worked example on the first level */
};
const struct problem *stock_public_money_show(struct request *request, const struct nothing *input,
                                              struct stock_public_money *view);

struct stock_public_terms_query { /* shape: Which terms */
    struct text name;             /* 1..60: As stock.standard */
};
struct stock_public_terms {      /* shape: The terms in force */
    struct text name;            /* Which terms */
    struct text title;           /* What they are called */
    struct text version;         /* As people cite it */
    struct text language;        /* Language of the text */
    struct text hash;            /* BLAKE2b-256 of the text, hex: what a deal refers to */
    struct instant since;        /* In force from */
    struct text_list paragraphs; /* The exact text, by its numbered points */
};
const struct problem *stock_public_terms_show(struct request *request,
                                              const struct stock_public_terms_query *input,
                                              struct stock_public_terms *view);

struct stock_public_terms_entry { /* shape: Terms in a list */
    struct text name;             /* Which terms */
    struct text title;            /* What they are called */
    struct text meaning;          /* What they allow, in a line */
};
LIST_OF(stock_public_terms_entry);
struct stock_public_terms_list {                /* shape: All terms of licences */
    struct stock_public_terms_entry_list terms; /* In order of what they allow */
};
const struct problem *stock_public_terms_all(struct request *request, const struct nothing *input,
                                             struct stock_public_terms_list *view);

/* Routes of all the above, for the module's descriptor. */
extern const struct route_table stock_public_routes;

#endif
