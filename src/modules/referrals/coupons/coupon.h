/*
 * Codes of a program: what they take off at the till, how often they may be used, and for whom an order with them
 * counts.
 *
 * A shop asks before it gives anything, and may keep a use for the order it is about to take, so that two buyers never
 * get the last one. An order that is told with a code uses it; where its limits say no, the order stays but counts for
 * nobody by it, and the business reads why. Codes of links take nothing off; both are one set of codes.
 *
 * Must not know: HTTP. Read next: coupon_judge.c, coupon.c, modules/referrals/code.h.
 */
#ifndef CONTRAFLOW_REFERRALS_COUPONS_COUPON_H
#define CONTRAFLOW_REFERRALS_COUPONS_COUPON_H

#include "core/program/program.h"
#include "core/shop/shop.h"
#include "modules/referrals/referrals.h"

struct coupon_id { /* shape id cpn: A code that takes something off */
    int64_t value;
};
MAYBE(coupon_id);

enum coupon_finding {                  /* shape: Whether a code may be used, or why not */
                      COUPON_FITS = 1, /* fits: It takes something off */
                      COUPON_NAMES,    /* names: It takes nothing off and says who sent the buyer */
                      COUPON_UNKNOWN,  /* unknown: There is no such code */
                      COUPON_CLOSED,   /* closed: Its program or its partner takes no part now */
                      COUPON_PAUSED,   /* paused: It is paused */
                      COUPON_EARLY,    /* early: It is not valid yet */
                      COUPON_EXPIRED,  /* expired: It is not valid any more */
                      COUPON_CURRENCY, /* currency: It is for another currency */
                      COUPON_OTHER_GOODS, /* other_goods: It is for other products */
                      COUPON_TOO_SMALL,   /* too_small: The basket comes to too little */
                      COUPON_NEEDS_BUYER, /* needs_buyer: The customer's mail address is needed */
                      COUPON_BUYER_DONE, /* buyer_done: The customer has used it as often as may be */
                      COUPON_USED_UP,    /* used_up: It was used as often as may be */
};
enum coupon_use_state {                      /* shape: What became of a use of a code */
                        COUPON_USE_KEPT = 1, /* kept: Kept for an order that may come */
                        COUPON_USE_DONE,     /* done: By an order */
                        COUPON_USE_REFUSED, /* refused: An order came with it that its limits don't allow */
};

#define COUPON_KEPT (30 * MINUTE) /* so long a use is kept for an order */

struct coupon_row {                            /* shape: A code as stored */
    struct coupon_id id;                       /* Names it */
    struct program_id program;                 /* Of which */
    struct maybe_referrals_partner_id partner; /* For whom an order with it counts */
    struct text code;                          /* Folded */
    struct text spelling;                      /* As it is shown */
    int64_t percent;                           /* Basis points off; 0: a sum */
    int64_t off_minor;                         /* Off; 0: a percentage */
    int64_t least_minor;                       /* A basket comes to as much at least */
    struct text products;                      /* Numbers, one a line; empty: all */
    struct text categories;                    /* One a line; empty: all */
    struct instant since;                      /* Valid from then on */
    struct instant until;                      /* And before; 0: without end */
    int64_t uses;                              /* In all; 0: any number */
    int64_t uses_each;                         /* Of one customer; 0: any number */
    int64_t used;                              /* Used or kept */
    struct instant paused;                     /* Since; 0: not */
    struct instant at;                         /* Made */
};
LIST_OF(coupon_row);

/* What a buyer is about to order. */
struct coupon_basket {
    struct money sum;           /* before the code takes anything off */
    struct program_line *lines; /* what is in it; categories that lack are filled in */
    size_t count;               /* of these; 0: the shop does not say */
    struct text buyer;          /* mark of the mail address; empty: not known */
    struct text number;         /* the shop's number of the order; empty: nothing is kept */
    struct instant at;          /* now */
};
struct coupon_answer {
    enum coupon_finding finding; /* whether it may be used */
    struct text code;            /* as it is shown; as it was typed when it is not known */
    struct money off;            /* what it takes off */
    struct maybe_instant until;  /* a use is kept until then */
};

/* Pure: what a code says to a basket, its counts of uses aside. `currency` is its program's. *off_minor is what it
 * takes off; of a percentage rounded down, and never more than what it is for comes to. */
enum coupon_finding coupon_judge(const struct coupon_row *coupon, struct text currency,
                                 const struct coupon_basket *basket, int64_t *off_minor);

/* What a business's shop asks at the till: may this be used, and what is off? Reads only. */
const struct problem *coupon_ask(struct database *db, struct memory *memory,
                                 struct party_id business, struct text typed,
                                 const struct coupon_basket *basket, struct coupon_answer *out);
/* Inside a write: the same, and when it may be used one use is kept for basket->number. Again with the same number is
 * the same use. */
const struct problem *coupon_keep(struct database *db, struct memory *memory,
                                  struct party_id business, struct text typed,
                                  const struct coupon_basket *basket, struct coupon_answer *out);
/* Inside a write: an order came with a folded code; uses it once. *partner is for whom it counts; &not_found when no
 * code of the program is that, its limits say no, or it counts for nobody. */
struct coupon_order {
    struct program_id program; /* of which */
    struct order_id order;     /* which */
    struct text code;          /* folded */
    struct instant at;         /* ordered */
};
const struct problem *coupon_use(struct database *db, struct memory *memory,
                                 const struct coupon_order *order, struct coupon_row *out);

/* Inside a write: makes a code; `spelling` may be empty, then it is made up. Its id and code are filled in.
 * &referrals_code_taken, &referrals_bad_code. */
const struct problem *coupon_make(struct database *db, struct memory *memory,
                                  struct coupon_row *coupon);

struct audit_voice;
/* One page of the audit: `used` of each code is what was used and is kept. */
const struct problem *coupon_audit(struct audit_voice *voice, struct database *db,
                                   struct memory *page, int64_t *after, size_t *count);

#endif
