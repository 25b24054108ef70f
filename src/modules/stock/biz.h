/*
 * The business' pages of the stock: what comes in, what they show, and their handlers.
 *
 * What another business asks, bought or agreed on is not found. Must not know: /me, /desk. Read next:
 * biz_home.c, biz_deals.c, biz_answer.c, biz_library.c, biz_licence.c, biz_download.c, routes_biz.c.
 */
#ifndef CONTRAFLOW_STOCK_BIZ_H
#define CONTRAFLOW_STOCK_BIZ_H

#include "core/waiting.h"
#include "modules/stock/public.h"
#include "modules/stock/refund_shown.h"
#include "modules/stock/talk_shown.h"
#include "web/server.h"

/* ---- biz_deals.c */

struct stock_biz_till {   /* shape: What accepting takes from the wallet */
    struct money free;    /* What can be spent */
    struct money after;   /* What could be spent afterwards; below zero when it is not enough */
    struct money held;    /* Set aside for offers that wait for their answer */
    bool enough;          /* It is enough */
    struct money missing; /* How much is missing; 0: none */
};
struct stock_biz_talk {          /* shape: A talk about a licence and all that an answer needs */
    struct stock_talk deal;      /* What it is about */
    bool open;                   /* Somebody may still answer */
    bool our_turn;               /* The business answers */
    bool available;              /* The photograph can still be licensed */
    struct maybe_money offered;  /* What the business offered last */
    struct maybe_money more;     /* What they ask above that */
    struct stock_public_sum sum; /* What becomes of the price as last named */
    struct maybe_money offered_earned; /* What the author would have received of the offer */
    struct maybe_money offered_pays;   /* What the business would have paid, fees included */
    struct stock_biz_till till;        /* What accepting takes from the wallet */
    struct stock_talk_step_list steps; /* What was said, newest first */
    struct text said;                  /* What the author said last; may be empty */
    struct text description;           /* Of the photograph */
    int64_t width;                     /* Pixels */
    int64_t height;                    /* Pixels */
    int64_t licences;                  /* How often it was licensed */
    int64_t held_before;               /* Licences of it that the business holds already */
    struct maybe_text certificate;     /* url: Of the licence it ended in */
};
LIST_OF(stock_biz_talk);

const struct problem *stock_biz_deals_show(struct request *request,
                                           const struct stock_talks_query *input,
                                           struct stock_talks *view);

struct stock_biz_deal_query { /* shape: Which talk, and what to answer */
    struct deal_id deal;      /* Which */
    struct maybe_text way;    /* ..10: offer or decline; anything else is accept */
};
struct stock_biz_deal_page {    /* shape: One talk about a licence */
    struct stock_biz_talk talk; /* The talk */
    bool offering;              /* Another price is about to be named */
    bool declining;             /* It is about to be declined */
};
const struct problem *stock_biz_deal_show(struct request *request,
                                          const struct stock_biz_deal_query *input,
                                          struct stock_biz_deal_page *view);

/* How many counter-offers wait for the business, at most 100; for the navigation. */
const struct problem *stock_biz_waiting(struct request *request, int64_t *out);

/* ---- biz_answer.c */

enum stock_biz_answer {                       /* shape: What a business answers */
                        STOCK_BIZ_ACCEPT = 1, /* accept: Agreed, at the price that was shown */
                        STOCK_BIZ_OFFER,      /* offer: Another price */
                        STOCK_BIZ_DECLINE,    /* decline: No, with a reason */
};
struct stock_biz_answering {      /* shape: Answer a counter-offer, or take an offer back */
    struct deal_id deal;          /* Which talk */
    enum stock_biz_answer answer; /* What is answered */
    struct maybe_money seen;      /* 1..100000000: The price as it was shown; needed to accept */
    struct maybe_money price;     /* 1..100000000: The price offered instead; needed to offer */
    struct maybe_text note;       /* ..1000: What the author will read; needed to decline */
};
struct stock_biz_answered {        /* shape: A talk after an answer */
    struct deal_id deal;           /* Which */
    enum stock_deal_state state;   /* Where it stands now */
    struct maybe_text certificate; /* url: Of the licence, when it ended in one */
};
const struct problem *stock_biz_deal_answer(struct request *request,
                                            const struct stock_biz_answering *input,
                                            struct stock_biz_answered *view);

/* ---- biz_library.c */

struct stock_biz_licence {               /* shape: A licence in the library */
    struct stock_licence_id id;          /* Names it */
    struct stock_photo_id photo;         /* Which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    struct text author_name;             /* Whose */
    struct text person_name;             /* Who bought it */
    enum stock_licence_kind kind;        /* What it allows */
    struct money price;                  /* Agreed */
    struct money paid;                   /* Price and the fees on top of it */
    struct money back;                   /* Of that, given back */
    bool ended;                          /* The licence has ended with it */
    struct instant at;                   /* Since */
};
LIST_OF(stock_biz_licence);
struct stock_biz_library_query { /* shape: Which licences to list */
    struct maybe_text q;         /* ..200: Words of the photograph's title or author */
    struct maybe_text before;    /* ..40: Where the page before ended, the id of a licence */
};
struct stock_biz_library { /* shape: Licences that a business holds, newest first */
    struct text q;         /* What was looked for */
    struct stock_biz_licence_list licences; /* At most 24 */
    struct maybe_text more;                 /* url: What comes after */
    bool later;                             /* It goes on from an earlier page */
};
const struct problem *stock_biz_library_show(struct request *request,
                                             const struct stock_biz_library_query *input,
                                             struct stock_biz_library *view);

/* ---- biz_home.c */

struct stock_biz_home_query {  /* shape: Which waiting offer to look at */
    struct maybe_deal_id deal; /* Which; the oldest when none is named */
};
struct stock_biz_home {                     /* shape: What needs the business now */
    int64_t waiting;                        /* How many things wait for it; 100 stands for more */
    struct stock_talk_list turns;           /* Counter-offers to answer, the oldest eight */
    struct stock_talk_list others;          /* The newest four that wait for their authors */
    struct stock_biz_talk_list talks;       /* The one looked at; none when no talk waits */
    struct waiting_list waits;              /* What else waits, of every model */
    struct stock_biz_licence_list licences; /* The five bought last */
    struct stock_biz_till wallet;           /* What the business has */
};
const struct problem *stock_biz_home_show(struct request *request,
                                          const struct stock_biz_home_query *input,
                                          struct stock_biz_home *view);

/* ---- biz_licence.c */

struct stock_biz_licence_query {     /* shape: Which licence */
    struct stock_licence_id licence; /* Which */
};
struct stock_biz_refund { /* shape: Money of a licence that came back, as the certificate says it */
    struct money amount;  /* Of what was paid */
    struct text reason;   /* Why */
    struct instant at;    /* When */
};
LIST_OF(stock_biz_refund);
struct stock_biz_certificate {       /* shape: What the certificate of a licence certifies */
    struct stock_licence_id licence; /* Names it */
    enum stock_licence_kind kind;    /* What it allows */
    struct text title;               /* What the photograph is called */
    struct stock_photo_id photo;     /* Which photograph */
    struct text file;                /* BLAKE2b-256 of the file as offered, hex */
    struct text author_name;         /* Who grants it */
    struct party_id author;          /* Names them */
    struct text holder_name;         /* Who may use it */
    struct party_id holder;          /* Names them */
    struct text person_name;         /* Who bought it for them */
    struct money price;              /* Agreed, before fees */
    struct money paid;               /* Price and the fees on top of it */
    struct text territory;           /* Where: world */
    struct instant at;               /* Since */
    struct maybe_instant ended;      /* Since when it may not be used any more; absent: it runs */
    struct money refunded;           /* Of what was paid, given back so far */
    struct stock_biz_refund_list refunds; /* That, refund by refund */
    struct right_id rights;               /* The right that passed */
    struct deal_id deal;                  /* The deal behind it */
    struct posting_id posting;            /* The transfers behind it */
    struct text terms_name;               /* Which terms */
    struct text terms_version;            /* Which version */
    struct text terms_language;           /* Language of the text agreed to */
    struct text terms;                    /* BLAKE2b-256 of that text, hex */
    struct text site;                     /* Where it was licensed */
    struct text site_url;                 /* Its address; may be empty */
};
struct stock_biz_licence_page {             /* shape: A licence and all about it */
    struct stock_biz_certificate facts;     /* What is certified */
    struct stock_public_preview preview;    /* What the photograph looks like */
    struct stock_public_sum sum;            /* What became of the price */
    struct text_list paragraphs;            /* The terms agreed to, word for word */
    bool held;                              /* The reader belongs to who may use it */
    bool ours;                              /* The reader is its author */
    bool ready;                             /* The copy to download is made */
    struct money left;                      /* Of what was paid, not given back */
    struct stock_refund_shown_list refunds; /* What came back, oldest first */
};
const struct problem *stock_biz_licence_show(struct request *request,
                                             const struct stock_biz_licence_query *input,
                                             struct stock_biz_licence_page *view);
/* The signed file of it. */
const struct problem *stock_biz_certificate_send(struct request *request,
                                                 const struct stock_biz_licence_query *input,
                                                 struct nothing *view);

struct stock_biz_key {      /* shape: What signed certificates are checked with */
    struct text public_key; /* Ed25519 public key, hex */
};
const struct problem *stock_biz_key_show(struct request *request, const struct nothing *input,
                                         struct stock_biz_key *view);

/* ---- biz_download.c */

extern const struct problem stock_link_over; /* 410: the link to download is older than it may be */
extern const struct problem stock_licence_over; /* 410: all money came back; it may not be used */
extern const struct problem stock_not_made;     /* 503: the copy is being prepared */

struct stock_biz_original {              /* shape: The way to a licensed original */
    struct stock_licence_id licence;     /* Of which licence */
    struct text title;                   /* What the photograph is called */
    struct stock_public_preview preview; /* What it looks like */
    bool ready;                          /* It is made; otherwise it is being prepared */
    struct maybe_text link;              /* url: Where it can be downloaded */
    struct maybe_instant until;          /* The link is good until then */
    struct text name;                    /* What it is saved as */
    int64_t size;                        /* Bytes; 0 while it is not made */
    enum media_format format;            /* Kind of file */
};
const struct problem *stock_biz_original_show(struct request *request,
                                              const struct stock_biz_licence_query *input,
                                              struct stock_biz_original *view);
struct stock_biz_download { /* shape: Which download */
    struct text token;      /* 1..200: From the page of the original */
};
const struct problem *stock_biz_download_send(struct request *request,
                                              const struct stock_biz_download *input,
                                              struct nothing *view);

/* Routes and navigation of all the above, for the module's descriptor. */
extern const struct route_table stock_biz_routes;

#endif
