/*
 * Rows of codes. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_COUPONS_ROWS_H
#define CONTRAFLOW_REFERRALS_COUPONS_ROWS_H

#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/partner.h"

struct coupon_hit {      /* shape: A code that a statement found or changed */
    struct coupon_id id; /* Which */
};
struct coupon_whose_row {             /* shape: Where a code's program and partner stand */
    struct text currency;             /* Of the program's money */
    enum program_state program_state; /* Where the program stands */
    bool active;                      /* Its partner takes part, or it has none */
};
struct coupon_use_row {          /* shape: A use of a code, as stored */
    struct coupon_id coupon;     /* Of which */
    struct text number;          /* The shop's number of the order */
    struct text buyer;           /* Mark of the mail address; empty: not known */
    enum coupon_use_state state; /* What became of it */
    enum coupon_finding finding; /* Why it was refused */
    struct instant until;        /* Kept until; 0: not only kept */
    struct instant at;           /* Came */
};
struct coupon_shown_row {     /* shape: A code with what its business reads of it */
    struct coupon_id id;      /* Names it */
    struct text spelling;     /* As it is shown */
    int64_t percent;          /* Basis points off; 0: a sum */
    int64_t off_minor;        /* Off; 0: a percentage */
    int64_t least_minor;      /* A basket comes to as much at least */
    bool limited;             /* For certain products only */
    struct text partner_name; /* For whom an order with it counts; empty: for nobody */
    struct instant since;     /* Valid from then on */
    struct instant until;     /* And before; 0: without end */
    int64_t uses;             /* In all; 0: any number */
    int64_t uses_each;        /* Of one customer; 0: any number */
    int64_t used;             /* Used or kept */
    struct instant paused;    /* Since; 0: not */
    int64_t refused;          /* Orders that its limits did not allow, 1,000 at most */
};
LIST_OF(coupon_shown_row);
struct coupon_number { /* shape: How many */
    int64_t number;    /* That */
};
struct coupon_order_row { /* shape: What of an order concerns a code */
    struct text number;   /* The shop's own */
    struct text buyer;    /* Mark of the customer's mail address; empty: not known */
};
struct coupon_category_row { /* shape: Where a product stands in the shop */
    struct text category;    /* That */
};
struct coupon_audit_row { /* shape: What a code counts, and what there is */
    struct coupon_id id;  /* Which */
    int64_t used;         /* It counts so many */
    int64_t there;        /* There are so many */
};
LIST_OF(coupon_audit_row);

#endif
