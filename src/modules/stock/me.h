/*
 * The person's pages of the stock: what comes in, what they show, and their handlers.
 *
 * Everything is selected by the person who is signed in: what belongs to others is not found. Must not
 * know: /biz, /desk. Read next: me_home.c, me_offers.c, me_photo.c, me_deals.c, me_earnings.c,
 * me_collections.c, routes_me.c.
 */
#ifndef CONTRAFLOW_STOCK_ME_H
#define CONTRAFLOW_STOCK_ME_H

#include "core/batch.h"
#include "core/waiting.h"
#include "modules/stock/public.h"
#include "modules/stock/refund_shown.h"
#include "modules/stock/talk_shown.h"
#include "web/server.h"
#include "web/upload.h"

MAYBE(stock_arrival_id);

/* ---- me_deals.c, me_answer.c */

const struct problem *stock_me_deals_show(struct request *request,
                                          const struct stock_talks_query *input,
                                          struct stock_talks *view);

enum stock_me_answer {                      /* shape: A person's answer to an offer */
                       STOCK_ME_ACCEPT = 1, /* accept: Agreed */
                       STOCK_ME_COUNTER,    /* counter: Another price */
                       STOCK_ME_DECLINE,    /* decline: No */
};
struct stock_me_deal_query {  /* shape: Which talk, and which answer is looked at */
    struct deal_id deal;      /* Which */
    struct maybe_text answer; /* ..20: A stock_me_answer */
};
struct stock_me_pair {   /* shape: A fee of two prices */
    struct text says;    /* Name and rule */
    struct money theirs; /* What it takes of what they offer */
    struct money listed; /* What it takes of the list price */
};
LIST_OF(stock_me_pair);
struct stock_me_deal_page {            /* shape: A talk with all that an answer needs */
    struct stock_talk deal;            /* What it is about */
    bool open;                         /* Somebody may still answer */
    bool own_turn;                     /* The reader answers */
    bool again;                        /* The reader has named another price before */
    enum stock_me_answer answer;       /* The answer looked at */
    struct money offered;              /* What the business offered last; 0: nothing */
    struct money less;                 /* How far that is below the list price; below 0: above it */
    bool below;                        /* It is below the list price */
    struct stock_public_sum theirs;    /* What becomes of what they offer */
    struct stock_public_sum listed;    /* What becomes of the list price */
    struct stock_public_sum suggested; /* What becomes of the price half way */
    struct stock_me_pair_list fees;    /* Each fee of theirs beside that of the list price */
    struct maybe_text licence;         /* url: Why this much, of the licence that it ended in */
    struct money kept;                 /* What is left of what that licence brought; 0: none */
    struct stock_talk_step_list said;  /* What was said, newest first */
};
const struct problem *stock_me_deal_show(struct request *request,
                                         const struct stock_me_deal_query *input,
                                         struct stock_me_deal_page *view);

struct stock_me_answering {      /* shape: Answer an offer */
    struct deal_id deal;         /* Which talk */
    enum stock_me_answer answer; /* Which answer */
    struct maybe_money seen;     /* 1..100000000: Accepting: the price as it was shown */
    struct maybe_money price;    /* 1..100000000: Another price: which */
    struct maybe_text note;      /* ..1000: A sentence with it */
};
struct stock_me_answered {       /* shape: What came of an answer */
    struct deal_id deal;         /* The talk */
    enum stock_deal_state state; /* Where it stands now */
};
const struct problem *stock_me_deal_answer(struct request *request,
                                           const struct stock_me_answering *input,
                                           struct stock_me_answered *view);

/* ---- me_offers.c */

struct stock_me_photo {                  /* shape: One's own photograph in a list */
    struct stock_photo_id id;            /* Names it */
    struct text title;                   /* What it is called, or its file while nobody named it */
    bool named;                          /* It has a title */
    struct stock_public_preview preview; /* What it looks like */
    bool clip;                           /* It moves */
    enum stock_photo_state state;        /* Where it stands */
    struct money price;                  /* Lowest list price; 0: none yet */
    struct text reason;   /* Why it was refused, in the reader's language; empty: it was not */
    int64_t licences;     /* How often it was licensed */
    struct instant at;    /* Came */
    struct instant moved; /* Stands there since */
    struct maybe_instant appeal; /* The refusal can be appealed until then */
};
LIST_OF(stock_me_photo);

struct stock_me_arrival {              /* shape: A file that arrived */
    struct stock_arrival_id id;        /* Names it */
    struct text file;                  /* What the person's computer called it */
    int64_t size;                      /* Bytes */
    struct maybe_stock_photo_id photo; /* What became of it */
    bool draft;                        /* It waits for its description */
    struct text hash;                  /* Of its preview; empty: none */
    struct text problem;               /* Stable name of why it was not kept; empty: it was */
    struct text why;                   /* That, in the reader's language */
    struct instant at;                 /* Came */
};
LIST_OF(stock_me_arrival);
struct stock_me_arrived { /* shape: How the files of the last day fared, the newest thousand */
    int64_t all;          /* Counted */
    int64_t waiting;      /* Are being looked at */
    int64_t ready;        /* Became a photograph */
    int64_t refused;      /* Were not kept */
};

struct stock_me_offers_query { /* shape: Which of one's photographs to list */
    struct maybe_text
        which; /* ..20: reading, catalogue or ended; otherwise what waits for the person */
    struct maybe_stock_photo_id before; /* Where the page before ended */
};
struct stock_me_offers {                   /* shape: One's own photographs, newest first */
    struct text which;                     /* waiting, reading, catalogue or ended */
    int64_t waiting;                       /* Drafts and refused */
    int64_t reading;                       /* Waiting for the intermediary */
    int64_t catalogue;                     /* Accepted */
    int64_t ended;                         /* Withdrawn, sold or closed */
    bool none;                             /* The person has offered nothing yet */
    struct stock_me_photo_list photos;     /* At most 24 */
    struct maybe_text more;                /* url: What comes after */
    bool later;                            /* It goes on from an earlier page */
    struct stock_me_arrived arrived;       /* Files of the last day */
    struct stock_me_arrival_list arrivals; /* The newest five of the last day */
};
const struct problem *stock_me_offers_show(struct request *request,
                                           const struct stock_me_offers_query *input,
                                           struct stock_me_offers *view);

struct stock_me_arrivals_query {          /* shape: Which arrivals to list */
    struct maybe_stock_arrival_id before; /* Where the page before ended */
};
struct stock_me_arrivals {                 /* shape: Files that arrived, newest first */
    struct stock_me_arrived arrived;       /* Files of the last day */
    struct stock_me_arrival_list arrivals; /* At most 50 */
    struct maybe_text more;                /* url: What comes after */
};
const struct problem *stock_me_arrivals_show(struct request *request,
                                             const struct stock_me_arrivals_query *input,
                                             struct stock_me_arrivals *view);

struct stock_me_offer {                    /* shape: The page files are offered on */
    int64_t photo_bytes;                   /* Largest photograph, bytes */
    int64_t clip_bytes;                    /* Largest clip, bytes */
    int64_t edge;                          /* Least longest edge, pixels */
    struct stock_me_arrived arrived;       /* Files of the last day */
    struct stock_me_arrival_list arrivals; /* The newest ten */
};
const struct problem *stock_me_offer_show(struct request *request, const struct nothing *input,
                                          struct stock_me_offer *view);
struct stock_me_files {      /* shape: Files that a person offers */
    struct upload_list file; /* 1..1000: Photographs and clips */
};
struct stock_me_taken { /* shape: What arrived */
    int64_t arrived;    /* Files that are being looked at now */
    int64_t refused; /* Files that were not kept; each stands among the arrivals with its reason */
};
const struct problem *stock_me_offer_take(struct request *request,
                                          const struct stock_me_files *input,
                                          struct stock_me_taken *view);

/* ---- me_photo.c, me_describe.c */

struct stock_me_price {        /* shape: A licence of one's photograph and what it brings */
    struct money price;        /* List price; 0: not offered */
    struct text typed;         /* The same as one types it; empty: not offered */
    struct maybe_money earned; /* What the author receives of it now */
};
struct stock_me_alike {                  /* shape: The photograph that another resembles */
    struct stock_photo_id photo;         /* Names it */
    struct text title;                   /* What it is called */
    bool own;                            /* It is the reader's own */
    struct text author_name;             /* Whose it is */
    struct stock_public_preview preview; /* What it looks like */
    int64_t points;                      /* How far they agree, basis points */
};
LIST_OF(stock_me_alike);
struct stock_me_sale {               /* shape: A licence of one's photograph */
    struct stock_licence_id licence; /* Names it */
    enum stock_licence_kind kind;    /* What it allows */
    struct text holder_name;         /* Who may use it */
    struct money price;              /* Agreed */
    struct money earned;             /* What is left of what the author received */
    bool ended;                      /* The licence has ended, its price was refunded */
    struct instant at;               /* When */
};
LIST_OF(stock_me_sale);
struct stock_me_step {            /* shape: A step in the history of one's photograph */
    enum stock_photo_state state; /* Where it stood afterwards */
    bool own;                     /* The reader did it */
    struct text note;             /* What was said */
    struct instant at;            /* When */
};
LIST_OF(stock_me_step);
struct stock_me_photo_query {    /* shape: Which of one's photographs */
    struct stock_photo_id photo; /* Which */
};
struct stock_me_photo_page {             /* shape: One's own photograph */
    struct stock_photo_id id;            /* Names it */
    struct text version;                 /* To be sent back with a change, so that none is lost */
    struct text name;                    /* Its title, or its file while nobody named it */
    struct text title;                   /* What it is called; empty while nobody named it */
    struct text file;                    /* What the person's computer called it */
    struct text description;             /* A few sentences */
    struct text tags;                    /* Words, separated by commas */
    enum stock_category category;        /* What it shows */
    enum stock_photo_state state;        /* Where it stands */
    struct stock_public_preview preview; /* What it looks like */
    enum media_format format;            /* Kind of file */
    int64_t size;                        /* Bytes */
    bool clip;                           /* It moves */
    int64_t seconds;                     /* Of a clip; 0: a still */
    struct text camera;                  /* Make and model; empty when unknown */
    struct maybe_instant taken;          /* By the file's own account */
    int64_t licences;                    /* How often it was licensed */
    struct instant at;                   /* Came */
    struct instant moved;                /* Stands there since */
    struct text currency;                /* Of the prices */
    struct stock_me_price standard;      /* Standard licence */
    struct stock_me_price extended;      /* Extended licence */
    struct stock_me_price editorial;     /* Editorial licence */
    struct stock_me_price buyout;        /* All rights */
    int64_t level;                       /* Royalty level of the author */
    int64_t rate;                        /* Their share now, basis points */
    struct maybe_integer handling;       /* Handling of it, basis points, when that is all */
    bool may_describe;                   /* Its words and prices can be changed */
    bool may_appeal;                     /* The refusal can be appealed */
    bool may_withdraw;                   /* It can be taken back */
    struct instant appeal_until;         /* An appeal is possible until then */
    struct text reason;                  /* A stock_reason, of the last refusal; empty: none */
    struct text reason_says;             /* That, in the reader's language */
    struct text rule;                    /* The rule behind it, in the reader's language */
    struct text note;                    /* What the operator wrote with it */
    struct text appealed;                /* What the person wrote in the appeal; empty: nothing */
    struct maybe_instant decided;        /* When somebody decided last */
    int64_t counted;                     /* The person's photographs that somebody decided about */
    int64_t refused;                     /* Of these, refused */
    struct stock_me_alike_list alike;    /* ..1: What it resembles */
    struct stock_me_sale_list sales;     /* The newest twenty licences */
    struct stock_me_step_list steps;     /* Its history, newest first */
};
const struct problem *stock_me_photo_show(struct request *request,
                                          const struct stock_me_photo_query *input,
                                          struct stock_me_photo_page *view);

struct stock_me_words {            /* shape: What an author says about a photograph */
    struct stock_photo_id photo;   /* Which */
    struct maybe_text title;       /* ..200: What it is called */
    struct maybe_text description; /* ..2000: A few sentences */
    struct maybe_text tags;        /* ..500: Words, separated by commas */
    enum stock_category category;  /* What it shows */
    struct maybe_money standard;   /* 1..100000000: Price of a standard licence */
    struct maybe_money extended;   /* 1..100000000: Of an extended licence */
    struct maybe_money editorial;  /* 1..100000000: Of an editorial licence */
    struct maybe_money buyout;     /* 1..100000000: Of all rights */
    struct maybe_text
        version; /* ..40: What was said when it was read; refused when it is other now */
};
LIST_OF(stock_me_words);
struct stock_me_words_batch {         /* shape: The words and prices of several photographs */
    struct stock_me_words_list lines; /* 1..1000: Each by itself */
};
struct stock_me_photo_now {       /* shape: Where a photograph stands now */
    struct stock_photo_id photo;  /* Which */
    enum stock_photo_state state; /* Where */
};
const struct problem *stock_me_photos_describe(struct request *request,
                                               const struct stock_me_words_batch *input,
                                               struct batch_result *view);
const struct problem *stock_me_photo_describe(struct request *request,
                                              const struct stock_me_words *input,
                                              struct stock_me_photo_now *view);
const struct problem *stock_me_photo_submit(struct request *request,
                                            const struct stock_me_words *input,
                                            struct stock_me_photo_now *view);
const struct problem *stock_me_photo_improve(struct request *request,
                                             const struct stock_me_words *input,
                                             struct stock_me_photo_now *view);
struct stock_me_appeal {         /* shape: Ask another operator to look again */
    struct stock_photo_id photo; /* Which photograph */
    struct text appeal;          /* 1..1000: Why */
};
const struct problem *stock_me_photo_appeal(struct request *request,
                                            const struct stock_me_appeal *input,
                                            struct stock_me_photo_now *view);
const struct problem *stock_me_photo_withdraw(struct request *request,
                                              const struct stock_me_photo_query *input,
                                              struct stock_me_photo_now *view);
const struct problem *stock_me_photo_restore(struct request *request,
                                             const struct stock_me_photo_query *input,
                                             struct stock_me_photo_now *view);

/* ---- me_earnings.c, me_chart.c, me_why.c */

struct stock_me_month {    /* shape: A month of a chart */
    struct instant month;  /* A moment in its middle */
    int64_t number;        /* 1 to 12 */
    struct text href;      /* url: Its lines */
    struct money earned;   /* What was earned in it */
    int64_t licences;      /* Licences in it */
    bool now;              /* It is not over */
    bool marked;           /* Its sum stands above its bar */
    int64_t x;             /* Its bar in the wide picture, points */
    int64_t y;             /* The top of that bar, points */
    int64_t height;        /* Of that bar, points */
    int64_t middle;        /* Of that bar, points */
    int64_t narrow_x;      /* Its bar in the narrow picture, points */
    int64_t narrow_y;      /* The top of that bar, points */
    int64_t narrow_height; /* Of that bar, points */
    int64_t narrow_middle; /* Of that bar, points */
};
LIST_OF(stock_me_month);
struct stock_me_grid { /* shape: A line of a chart's grid */
    int64_t amount;    /* Whole units of the currency */
    int64_t y;         /* In the wide picture, points */
    int64_t narrow_y;  /* In the narrow picture, points */
};
LIST_OF(stock_me_grid);
struct stock_me_chart {                /* shape: What was earned in twelve months */
    struct money total;                /* All of it */
    int64_t licences;                  /* Licences in that time */
    struct stock_me_month_list months; /* Twelve, the oldest first */
    struct stock_me_grid_list grid;    /* Four lines above the axis */
};

struct stock_me_earning {                /* shape: What a licence brought its author */
    struct stock_licence_id licence;     /* Names it */
    struct stock_photo_id photo;         /* Which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    enum stock_licence_kind kind;        /* What was licensed */
    struct text holder_name;             /* Who paid */
    struct stock_public_sum sum;         /* Why this much, as it was sold */
    struct money left;                   /* What is left of what was earned */
    struct money back;                   /* Of what was paid, given back */
    struct money back_earned;            /* Of what was earned, given back */
    bool ended;                          /* The licence has ended with it */
    struct text back_reason;             /* Why money came back last; empty: none did */
    struct maybe_instant back_at;        /* When it did */
    struct instant at;                   /* When */
};
LIST_OF(stock_me_earning);
struct stock_me_earnings_query {          /* shape: Which month's earnings */
    struct maybe_text month;              /* ..7: As 2026-06; otherwise the current one */
    struct maybe_stock_licence_id before; /* Where the page before ended */
};
struct stock_me_earnings {       /* shape: What a person's photographs earned in a month */
    struct instant month;        /* A moment in its middle */
    struct money earned;         /* In that month */
    int64_t licences;            /* In that month */
    struct money free;           /* Earned and not yet taken out */
    struct money owed;           /* Came back after it was paid out; later earnings make it up */
    struct stock_me_chart chart; /* The twelve months around it */
    struct stock_me_earning_list lines; /* At most 50, newest first */
    struct maybe_text more;             /* url: Further lines of the month */
    struct text earlier;                /* url: The month before */
    struct maybe_text later;            /* url: The month after */
};
const struct problem *stock_me_earnings_show(struct request *request,
                                             const struct stock_me_earnings_query *input,
                                             struct stock_me_earnings *view);
const struct problem *stock_me_earnings_send(struct request *request, const struct nothing *input,
                                             struct nothing *view);

struct stock_me_why_query {          /* shape: Which licence */
    struct stock_licence_id licence; /* Which */
};
struct stock_me_why {                /* shape: Why a licence brought this much */
    struct stock_me_earning earning; /* The licence and its sum */
    bool list_price;                 /* The price is the list price; otherwise it was agreed */
    int64_t from;                    /* Licences from which the level holds */
    struct maybe_integer next;       /* Licences at which the next level begins */
    int64_t own_part;                /* What the author received, of 100 parts of what was paid */
    struct money fees;               /* All fees, whoever bore them */
    struct text fees_name;           /* What they are called in the reader's language */
    int64_t fees_part;               /* They, of 100 */
    int64_t fees_at;                 /* Where those begin, of 100 */
    struct money income;             /* What the intermediary keeps beside the fees */
    int64_t income_part;             /* That, of 100 */
    int64_t income_at;               /* Where that begins, of 100 */
    struct posting_id posting;       /* Names the transfers together */
    struct stock_leg_list legs;      /* The transfers, in their order */
    struct text terms;               /* Hash of the terms agreed to */
    struct stock_refund_shown_list refunds; /* What came back, oldest first */
};
const struct problem *stock_me_why_show(struct request *request,
                                        const struct stock_me_why_query *input,
                                        struct stock_me_why *view);

/* ---- me_collections.c */

struct stock_me_right {                  /* shape: A right that passed */
    struct right_id id;                  /* Names it */
    struct stock_photo_id photo;         /* Over which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    struct text scope;                   /* What it allows, in the reader's language */
    struct text holder_name;             /* To whom */
    struct text territory;               /* Where: ISO 3166 codes, or world */
    bool world;                          /* Everywhere */
    bool exclusive;                      /* Nobody else may use it */
    struct instant begins;               /* From */
    struct maybe_instant ends;           /* Until; absent: for good */
};
LIST_OF(stock_me_right);
struct stock_me_rights_query {    /* shape: Which rights to list */
    struct maybe_right_id before; /* Where the page before ended */
};
struct stock_me_rights {               /* shape: What passed to whom, newest first */
    struct stock_me_right_list rights; /* At most 24 */
    int64_t running;                   /* How many run, of the newest thousand */
    int64_t exclusive;                 /* Of these, exclusive ones */
    struct maybe_text more;            /* url: What comes after */
};
const struct problem *stock_me_rights_show(struct request *request,
                                           const struct stock_me_rights_query *input,
                                           struct stock_me_rights *view);

struct stock_me_collection {       /* shape: One's own collection */
    struct stock_collection_id id; /* Names it */
    struct text title;             /* What it is called */
    struct text about;             /* A few sentences; may be empty */
    int64_t photos;                /* How many it holds; 1,000 stands for more */
    struct instant at;             /* Begun */
};
LIST_OF(stock_me_collection);
struct stock_me_collections {                    /* shape: One's own collections */
    struct stock_me_collection_list collections; /* The newest hundred */
};
const struct problem *stock_me_collections_show(struct request *request,
                                                const struct nothing *input,
                                                struct stock_me_collections *view);
struct stock_me_collection_new { /* shape: Begin a collection */
    struct text title;           /* 1..200: What it is called */
    struct maybe_text about;     /* ..2000: A few sentences */
};
struct stock_me_collection_made {          /* shape: A collection that was begun or changed */
    struct stock_collection_id collection; /* Names it */
};
const struct problem *stock_me_collection_begin(struct request *request,
                                                const struct stock_me_collection_new *input,
                                                struct stock_me_collection_made *view);

struct stock_me_tile {                   /* shape: A photograph of a collection */
    struct stock_photo_id id;            /* Names it */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    bool found;                          /* Others find it in the catalogue */
};
LIST_OF(stock_me_tile);
struct stock_me_collection_query {         /* shape: Which collection */
    struct stock_collection_id collection; /* Which */
    struct maybe_stock_photo_id before;    /* Where its page before ended */
    struct maybe_stock_photo_id from;      /* Where the page before of those to add ended */
};
struct stock_me_collection_page {          /* shape: One's own collection and what could be added */
    struct stock_me_collection collection; /* The collection */
    struct stock_me_tile_list photos;      /* What it holds, at most 24, newest first */
    struct maybe_text more;                /* url: What comes after */
    struct stock_me_tile_list others;      /* What could be added, at most 24 */
    struct maybe_text others_more;         /* url: What comes after */
};
const struct problem *stock_me_collection_show(struct request *request,
                                               const struct stock_me_collection_query *input,
                                               struct stock_me_collection_page *view);
struct stock_me_collection_words {         /* shape: Name a collection anew */
    struct stock_collection_id collection; /* Which */
    struct text title;                     /* 1..200: What it is called */
    struct maybe_text about;               /* ..2000: A few sentences */
};
const struct problem *stock_me_collection_change(struct request *request,
                                                 const struct stock_me_collection_words *input,
                                                 struct stock_me_collection_made *view);
struct stock_me_collecting {               /* shape: A photograph and a collection */
    struct stock_collection_id collection; /* Which collection */
    struct stock_photo_id photo;           /* Which photograph */
};
const struct problem *stock_me_collection_add(struct request *request,
                                              const struct stock_me_collecting *input,
                                              struct stock_me_collection_made *view);
const struct problem *stock_me_collection_remove(struct request *request,
                                                 const struct stock_me_collecting *input,
                                                 struct stock_me_collection_made *view);

/* ---- me_home.c */

enum stock_me_event {                        /* shape: What a line tells of */
                      STOCK_ME_LICENSED = 1, /* licensed: A photograph was licensed */
                      STOCK_ME_ACCEPTED,     /* accepted: A photograph was accepted */
                      STOCK_ME_REFUSED,      /* refused: A photograph was not accepted */
};
struct stock_me_line {                   /* shape: Something that happened */
    enum stock_me_event event;           /* What */
    struct stock_photo_id photo;         /* To which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    struct text reason; /* Why it was refused, in the reader's language; else empty */
    struct stock_me_earning_list earned; /* ..1: What the licence brought */
    struct instant at;                   /* When */
};
LIST_OF(stock_me_line);
struct stock_me_day {                /* shape: What happened on one day */
    struct instant at;               /* The newest moment of it */
    bool today;                      /* It is today */
    struct stock_me_line_list lines; /* Newest first */
};
LIST_OF(stock_me_day);
struct stock_me_level {        /* shape: A person's royalty level */
    int64_t level;             /* From 1 */
    int64_t levels;            /* How many there are */
    int64_t rate;              /* Their share, basis points */
    int64_t counted;           /* Licences in the last twelve months */
    struct maybe_integer next; /* Licences at which the next level begins */
    int64_t next_rate;         /* The share there */
};
struct stock_me_home {                  /* shape: What waits for a person, and how they fare */
    struct text name;                   /* How they are called, in short */
    bool fresh;                         /* They have offered nothing yet */
    int64_t waiting;                    /* How many things wait for them; 100 stands for more */
    struct stock_talk_list deals;       /* Offers to answer, the oldest first, at most ten */
    struct stock_me_photo_list refused; /* Refused and fresh enough to appeal, at most ten */
    int64_t drafts;                     /* How many photographs wait for their description */
    struct stock_me_photo_list draft;   /* ..1: The newest of them */
    struct waiting_list waits;          /* What else waits, of every model */
    struct money free;                  /* Earned and not yet taken out */
    struct money owed;             /* Came back after it was paid out; later earnings make it up */
    struct money under_way;        /* On its way to the bank */
    struct stock_me_level level;   /* Their share */
    int64_t running;               /* Rights they granted that run, of the newest thousand */
    int64_t exclusive;             /* Of these, exclusive ones */
    struct stock_me_chart chart;   /* What was earned in twelve months */
    struct stock_me_day_list days; /* The newest lines */
};
const struct problem *stock_me_home_show(struct request *request, const struct nothing *input,
                                         struct stock_me_home *view);

/* How many things wait, for the navigation. */
const struct problem *stock_me_count(struct request *request, int64_t *out);

/* ---- routes_me.c */

extern const struct route_table stock_me_routes;

#endif
