/*
 * Stock: people offer photographs and clips, businesses license them.
 *
 * What the module is made of: its kinds, states and rows. Pages are in pages.h, decisions in rules.h.
 * Must not know: any other module. Read next: README.md, states.c.
 */
#ifndef CONTRAFLOW_STOCK_STOCK_H
#define CONTRAFLOW_STOCK_STOCK_H

#include "core/deal.h"
#include "core/media/media.h"
#include "core/module.h"
#include "core/right.h"
#include "ledger/ledger.h"

struct stock_photo_id { /* shape id pho: A photograph or clip */
    int64_t value;
};
struct stock_collection_id { /* shape id col: A collection of photographs */
    int64_t value;
};
struct stock_licence_id { /* shape id lic: A licence that was bought */
    int64_t value;
};
struct stock_refund_id { /* shape id rfd: Money of a licence that came back */
    int64_t value;
};
MAYBE(stock_photo_id);
MAYBE(stock_licence_id);

enum stock_photo_state {                  /* shape: Where a photograph stands */
                         PHOTO_DRAFT = 1, /* draft: Only its author sees it */
                         PHOTO_WAITING,   /* waiting: Waits for the intermediary */
                         PHOTO_ACCEPTED,  /* accepted: Can be found and licensed */
                         PHOTO_REFUSED,   /* refused: Not accepted, with a reason */
                         PHOTO_APPEALED,  /* appealed: Waits for another operator */
                         PHOTO_CLOSED,    /* closed: Refused again on appeal; it ends here */
                         PHOTO_WITHDRAWN, /* withdrawn: Taken back by its author; licences run on */
                         PHOTO_SOLD,      /* sold: All rights passed to a business */
};
enum stock_photo_event {                   /* shape: What happens to a photograph */
                         PHOTO_SUBMIT = 1, /* submit: Its author offers it */
                         PHOTO_ACCEPT,     /* accept: The intermediary takes it */
                         PHOTO_REFUSE,     /* refuse: The intermediary does not take it */
                         PHOTO_IMPROVE,    /* improve: Its author mends it after a refusal */
                         PHOTO_APPEAL,     /* appeal: Its author asks another operator */
                         PHOTO_WITHDRAW,   /* withdraw: Its author takes it back */
                         PHOTO_RESTORE,    /* restore: Its author offers it again */
                         PHOTO_SELL,       /* sell: All rights were bought */
                         PHOTO_RETURN,     /* return: They came back to its author */
};

enum stock_category {                      /* shape: What a photograph shows */
                      CATEGORY_NATURE = 1, /* nature: Nature */
                      CATEGORY_ANIMALS,    /* animals: Animals */
                      CATEGORY_PEOPLE,     /* people: People */
                      CATEGORY_CITY,       /* city: Cities and buildings */
                      CATEGORY_FOOD,       /* food: Food and drink */
                      CATEGORY_WORK,       /* work: Work and industry */
                      CATEGORY_TRAVEL,     /* travel: Travel */
                      CATEGORY_THINGS,     /* things: Things */
                      CATEGORY_ABSTRACT,   /* abstract: Shapes and surfaces */
};
enum stock_form {                /* shape: The outline of a picture */
                  FORM_WIDE = 1, /* wide: Wider than high */
                  FORM_UPRIGHT,  /* upright: Higher than wide */
                  FORM_SQUARE,   /* square: About as wide as high */
};
enum stock_licence_kind {                       /* shape: What a licence allows */
                          LICENCE_STANDARD = 1, /* standard: Web and print up to 500,000 copies */
                          LICENCE_EXTENDED, /* extended: Without limit, also on goods for sale */
                          LICENCE_EDITORIAL, /* editorial: News and teaching only, nothing commercial */
                          LICENCE_BUYOUT, /* buyout: All rights pass for good */
};
enum stock_reason {                     /* shape: Why a photograph is not accepted */
                    REASON_UNSHARP = 1, /* unsharp: Not sharp at full size */
                    REASON_RELEASE,     /* release: A release is missing */
                    REASON_COPY,        /* copy: Copy of another's work */
                    REASON_ACCOUNT,     /* account: Not their own account */
                    REASON_TEXT,        /* text: Title or tags do not fit the picture */
                    REASON_GENERATED,   /* generated: Generated, and it is not said so */
                    REASON_OTHER,       /* other: Another reason, in the note */
};

enum stock_deal_state {                 /* shape: Where the talk about a licence stands */
                        DEAL_BEGUN = 1, /* begun: Nobody has said anything yet */
                        DEAL_OFFERED, /* offered: The business named a price; the person answers */
                        DEAL_COUNTERED, /* countered: The person named another; the business answers */
                        DEAL_LICENSED, /* licensed: Agreed, paid and licensed */
                        DEAL_DECLINED, /* declined: One of them said no */
                        DEAL_LAPSED,   /* lapsed: Nobody answered in time */
                        DEAL_REFUNDED, /* refunded: All money came back; the licence has ended */
};
enum stock_deal_event {               /* shape: What is said in the talk about a licence */
                        DEAL_BUY = 1, /* buy: The business takes it at list price */
                        DEAL_OFFER,   /* offer: The business names a price */
                        DEAL_COUNTER, /* counter: The person names another price */
                        DEAL_ACCEPT,  /* accept: Agreed */
                        DEAL_DECLINE, /* decline: No */
                        DEAL_LAPSE,   /* lapse: The time to answer is over */
                        DEAL_REFUND,  /* refund: All that is left of the money comes back */
                        DEAL_REDUCE,  /* reduce: A part of the money comes back */
};

/* List prices; 0 minor is not offered. All in one currency. */
struct stock_prices {
    struct money standard, extended, editorial, buyout;
};

struct stock_photo_row {                    /* shape: A photograph as stored */
    struct stock_photo_id id;               /* Names it */
    struct party_id author;                 /* Who took it */
    struct text author_name;                /* How they are called */
    struct text author_place;               /* Where they live */
    struct text media;                      /* Hash of the file */
    struct text file;                       /* What their computer called it */
    enum stock_photo_state state;           /* Where it stands */
    struct text title;                      /* What they call it */
    struct text description;                /* A few sentences */
    struct text tags;                       /* Words, separated by ", " */
    enum stock_category category;           /* What it shows */
    enum stock_form shape;                  /* Its outline */
    enum media_colour colour;               /* Its main colour */
    int64_t width;                          /* Pixels */
    int64_t height;                         /* Pixels */
    bool clip;                              /* It moves */
    int64_t standard_minor;                 /* List price; 0: not offered */
    int64_t extended_minor;                 /* List price; 0: not offered */
    int64_t editorial_minor;                /* List price; 0: not offered */
    int64_t buyout_minor;                   /* List price; 0: not offered */
    int64_t from_minor;                     /* The lowest of them */
    struct text currency;                   /* ISO 4217, of all */
    struct text reason;                     /* stock_reason of the last refusal; empty when none */
    struct maybe_stock_photo_id like_photo; /* What it resembles */
    int64_t like_points;                    /* Of 64 points that agree with it */
    struct party_id reviewer;               /* Who decided last; 0: nobody */
    int64_t licences;                       /* How many were bought */
    struct text camera;                     /* Make and model; empty when unknown */
    struct maybe_instant taken;             /* By the file's own account */
    int64_t size;                           /* Bytes of the file */
    enum media_format format;               /* Kind of file */
    int64_t duration;                       /* Milliseconds of a clip; 0: a still */
    struct instant at;                      /* Came */
    struct instant moved;                   /* State last changed */
};
LIST_OF(stock_photo_row);

struct stock_deal_row {              /* shape: A talk about a licence as stored */
    struct deal_id deal;             /* Names it */
    struct text state;               /* stock_deal_state */
    struct stock_photo_id photo;     /* Which photograph */
    enum stock_licence_kind licence; /* Which licence */
    struct money asked;              /* List price when it began */
    struct money price;              /* As last named */
    struct hold_id hold;             /* The buyer's money; 0 when none is held */
    struct party_id supplier;        /* Who is paid */
    struct party_id buyer;           /* The organisation */
    struct party_id person;          /* The member who acts for it */
    struct text terms;               /* Hash of the terms the buyer agreed to */
    struct maybe_text fees;          /* Setting stock.fees when it began; absent: today's */
    struct maybe_call_id call;       /* The call it answers */
    struct instant at;               /* Begun */
    struct instant moved;            /* Last changed */
};
LIST_OF(stock_deal_row);

struct stock_licence_row {        /* shape: A licence and every fact behind its sums */
    struct stock_licence_id id;   /* Names it */
    struct deal_id deal;          /* Where it came from */
    struct stock_photo_id photo;  /* Which photograph */
    struct party_id author;       /* Who is paid */
    struct party_id holder;       /* Who may use it */
    struct party_id person;       /* Who bought it for them */
    enum stock_licence_kind kind; /* What it allows */
    struct money price;           /* Agreed */
    int64_t level;                /* Royalty level, from 1 */
    int64_t counted;              /* Licences in the twelve months before */
    int64_t rate;                 /* Share, basis points */
    int64_t share_minor;          /* price x rate */
    int64_t earned_minor;         /* Share less the author's fees */
    int64_t paid_minor;           /* Price and the buyer's fees on top of it */
    struct posting_id posting;    /* The transfers */
    struct right_id rights;       /* What passed */
    struct text terms;            /* Hash of the terms agreed to */
    struct instant at;            /* When */
};
LIST_OF(stock_licence_row);

struct stock_arrival_id { /* shape id arr: A file that arrived */
    int64_t value;
};

extern const struct problem stock_same_file;     /* 409: you offered this very file before */
extern const struct problem stock_own_photo;     /* 409: it is your own */
extern const struct problem stock_not_for_sale;  /* 409: not accepted, withdrawn or sold */
extern const struct problem stock_not_offered;   /* 409: not under this licence */
extern const struct problem stock_same_reviewer; /* 409: an appeal goes to another operator */
extern const struct problem stock_not_described; /* 409: title, tags and a price come first */
extern const struct problem stock_appeal_over;   /* 409: the refusal is older than 14 days */
extern const struct problem stock_no_reason;     /* 422: a refusal or appeal needs its reason */
extern const struct problem stock_price_changed; /* 409: the price shown is not the price now */
extern const struct problem
    stock_refund_unsaid; /* 422: a refund needs a reason that both sides read */

extern const struct flow stock_photo_flow;
extern const struct flow stock_deal_flow;
extern const struct posting_template stock_licence_posting;
extern const struct module stock_module;

/*
 * What the pages, the command line, the demo world and the tests all call. Each is one durable write.
 */

/* Takes a file, open for reading, as a draft of `author`. Waits for the sandbox: only from a lane or
 * the command line. Problems of media.h; &stock_same_file. */
const struct problem *stock_take_file(struct store *store, struct memory *memory,
                                      struct party_id author, int file, struct text name,
                                      struct instant at, struct stock_photo_id *out);
/* Notes that a file arrived at `path` under DATA/tmp, moves it to DATA/arrivals and has it looked at
 * in the background. */
const struct problem *stock_arrive(struct store *store, struct memory *memory,
                                   struct party_id author, struct text path, struct text name,
                                   int64_t size, struct instant at, struct stock_arrival_id *out);

/* What its author says about a photograph. */
struct stock_description {
    struct text title;       /* 1..200 code points */
    struct text description; /* ..2000 */
    struct text tags;        /* 1..500, separated by commas */
    enum stock_category category;
    struct stock_prices prices;
    struct maybe_text
        seen; /* version of the one that is changed; &web_changed when it is another */
};
/* Keeps the description of a draft, refused, accepted or withdrawn photograph. */
const struct problem *stock_describe(struct store *store, struct memory *memory,
                                     struct stock_photo_id photo, struct party_id author,
                                     const struct stock_description *description,
                                     struct instant at);
/* Names what its author says about a photograph now (web/version.h). */
const struct problem *stock_words_version(struct memory *memory,
                                          const struct stock_photo_row *photo, struct text *out);
/* Moves a photograph: submit, withdraw, improve, appeal, ... `reason` only for PHOTO_REFUSE. */
const struct problem *stock_photo_move(struct store *store, struct memory *memory,
                                       struct stock_photo_id photo, enum stock_photo_event event,
                                       enum by by, struct party_id actor, enum stock_reason reason,
                                       struct text note, struct instant at);

/* Buys at list price, all in one write: hold, right, licence, posting. `seen` is the price the buyer
 * saw, `total` that with their fees; another one now is &stock_price_changed. `once` answers a double click with the same licence. */
struct stock_purchase {
    struct stock_photo_id photo;
    enum stock_licence_kind licence;
    struct party_id organisation; /* pays */
    struct party_id person;       /* acts for it */
    struct money seen;            /* the price as shown, or as offered */
    struct money total;           /* price and fees as shown; minor 0: not said */
    struct text language;         /* in which the terms were read: "en" */
    struct text once;             /* idempotency key; may be empty */
};
const struct problem *stock_buy(struct store *store, struct memory *memory,
                                const struct stock_purchase *purchase, struct instant at,
                                struct stock_licence_id *out);
/* Offers `seen` instead of the list price: the money is held until it is answered, 7 days at most. */
const struct problem *stock_offer(struct store *store, struct memory *memory,
                                  const struct stock_purchase *purchase, struct text note,
                                  struct instant at, struct deal_id *out);
/* Answers: DEAL_OFFER, DEAL_COUNTER (with price), DEAL_ACCEPT, DEAL_DECLINE. */
const struct problem *stock_answer(struct store *store, struct memory *memory, struct deal_id deal,
                                   enum stock_deal_event event, enum by by, struct party_id actor,
                                   struct money price, struct text note, struct instant at);

/* Gives money of a licence back, through everybody who got some of it. When nothing is left the licence
 * ends with it, and after a sale of all rights the photograph is its author's again. `once` answers a
 * double click with the same refund. Checked in this order: the licence is there, something is left
 * (&ledger_nothing_left), a reason (&stock_refund_unsaid), currency, not more than is left
 * (&ledger_more_than_left). */
struct stock_giving_back {
    struct stock_licence_id licence;
    struct maybe_money amount; /* of what was paid, above 0; absent: all that is left */
    struct text reason;        /* what both sides read */
    struct party_id operator_; /* who decides */
    struct text once;          /* idempotency key; may be empty */
};
const struct problem *stock_refund(struct store *store, struct memory *memory,
                                   const struct stock_giving_back *asked, struct instant at,
                                   struct stock_refund_id *out);

#endif
