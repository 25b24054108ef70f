/*
 * Codes: the business's page of them, and what its shop asks at the till.
 *
 * Read next: pages.c, till.c, coupon.h.
 */
#ifndef CONTRAFLOW_REFERRALS_COUPONS_PAGES_H
#define CONTRAFLOW_REFERRALS_COUPONS_PAGES_H

#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/portal.h"

/* ---- the shop: till.c ------------------------------------------------------------------------- */

struct coupon_line_told {      /* shape: Something in a basket */
    struct maybe_text product; /* 1..100: The shop's own number of the product */
    struct maybe_text
        category; /* 1..300: Where it stands in the shop; otherwise as it was told of the product */
    struct money total; /* 0..: For all of them, before the code takes anything off */
};
LIST_OF(coupon_line_told);
struct coupon_query {       /* shape: A code and a basket */
    struct text code;       /* 1..100: As it was typed */
    struct money sum;       /* 0..: What the basket comes to, before the code takes anything off */
    struct maybe_text mail; /* 1..254, mail: The customer's address; only a mark of it is kept */
};
struct coupon_input {       /* shape: A code and a basket with what is in it */
    struct text code;       /* 1..100: As it was typed */
    struct money sum;       /* 0..: What the basket comes to, before the code takes anything off */
    struct maybe_text mail; /* 1..254, mail: The customer's address; only a mark of it is kept */
    struct maybe_text number; /* 1..100: Number of the order; a use is kept for it for 30 minutes */
    struct coupon_line_told_list lines; /* ..500: What is in it */
};
struct coupon_said {             /* shape: Whether a code may be used, and what it takes off */
    struct text code;            /* As it is shown */
    bool usable;                 /* It may be used */
    enum coupon_finding finding; /* Why, or why not */
    struct text words;           /* The same in words, for the customer */
    struct money off;            /* What it takes off the basket */
    struct maybe_instant until;  /* A use is kept until then */
};
const struct problem *referrals_coupon_show(struct request *request,
                                            const struct coupon_query *input,
                                            struct coupon_said *view);
const struct problem *referrals_coupon_keep(struct request *request,
                                            const struct coupon_input *input,
                                            struct coupon_said *view);

/* ---- the business: pages.c -------------------------------------------------------------------- */

struct coupon_card {            /* shape: A code as its business sees it */
    struct coupon_id coupon;    /* Names it */
    struct text code;           /* As it is shown */
    struct text off;            /* What it takes off, in words */
    struct maybe_money least;   /* A basket comes to as much at least */
    bool limited;               /* It is for certain products only */
    struct maybe_text partner;  /* Name of for whom an order with it counts */
    struct maybe_instant since; /* Not valid before, where that is yet to come */
    struct maybe_instant until; /* Not valid from then on */
    bool expired;               /* That is over */
    int64_t uses;               /* In all; 0: any number */
    int64_t uses_each;          /* Of one customer; 0: any number */
    int64_t used;               /* Used or kept */
    int64_t refused; /* Orders that came with it and that its limits did not allow, 1,000 at most */
    bool paused;     /* It is paused */
};
LIST_OF(coupon_card);
struct coupons_query {             /* shape: Codes of which program */
    struct program_id program;     /* Names it */
    struct maybe_coupon_id before; /* Older than this one */
};
struct coupons_page {                /* shape: Codes of a program, newest first */
    struct program_id program;       /* Names it */
    struct text title;               /* What it is called */
    struct text currency;            /* Of its money */
    struct coupon_card_list coupons; /* At most 20 */
    struct maybe_text later;         /* url: Older ones */
};
struct coupon_new_input {         /* shape: A new code, or many that are used once */
    struct program_id program;    /* Of which */
    struct maybe_text code;       /* 3..32: As it is to be typed; otherwise it is made up */
    struct maybe_integer count;   /* 1..1000: So many that are made up, each used once */
    struct maybe_text partner;    /* 3..40: Code of the partner for whom an order with it counts */
    struct maybe_text percent;    /* ..6: Percent off */
    struct maybe_money off;       /* 1..: Or a sum off */
    struct maybe_money least;     /* 1..: A basket comes to as much at least */
    struct maybe_text products;   /* ..4000: Numbers of products it is for, one a line */
    struct maybe_text categories; /* ..4000: Categories it is for, one a line */
    struct maybe_instant since;   /* Valid from then on */
    struct maybe_instant until;   /* Not valid from then on */
    struct maybe_integer uses;    /* 1..1000000000: So often in all */
    struct maybe_integer uses_each; /* 1..1000: So often by one customer */
};
struct coupon_made {         /* shape: A code that was made */
    struct coupon_id coupon; /* Names it */
    struct text code;        /* As it is shown */
};
LIST_OF(coupon_made);
struct coupons_made {             /* shape: Codes that were made */
    struct coupon_made_list made; /* In no order */
};
struct coupon_move {           /* shape: Which code of which program */
    struct program_id program; /* Of which */
    struct coupon_id coupon;   /* Which */
};
const struct problem *referrals_coupons_show(struct request *request,
                                             const struct coupons_query *input,
                                             struct coupons_page *view);
const struct problem *referrals_coupons_make(struct request *request,
                                             const struct coupon_new_input *input,
                                             struct coupons_made *view);
const struct problem *referrals_coupon_pause(struct request *request,
                                             const struct coupon_move *input, struct nothing *view);
const struct problem *referrals_coupon_resume(struct request *request,
                                              const struct coupon_move *input,
                                              struct nothing *view);

/* What a code takes off, in words: "10%" or "5.00 EUR". */
const struct problem *coupon_say_off(struct memory *memory, enum language language, int64_t percent,
                                     struct money off, struct text *out);

extern const struct route_table referrals_coupon_routes;

#endif
