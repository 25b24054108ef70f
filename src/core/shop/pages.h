/*
 * Pages and calls about orders, products and customers of a business.
 *
 * Read next: core/shop/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_SHOP_PAGES_H
#define CONTRAFLOW_CORE_SHOP_PAGES_H

#include "core/batch.h"
#include "core/shop/consent.h"
#include "core/shop/rows.h"
#include "web/request.h"

/* ---- reading ---- */

struct orders_query {             /* shape: Which orders */
    struct maybe_order_id before; /* Older than this one */
    struct maybe_text q;          /* ..100: Those whose number begins so */
};
struct order_card {                 /* shape: An order in a list */
    struct order_id order;          /* Names it */
    struct text number;             /* The shop's own number */
    struct maybe_text customer;     /* What the customer is called, or their number */
    enum order_state state;         /* Where it stands */
    enum order_source source;       /* From where it was told */
    struct maybe_money total;       /* To be paid; absent while it is expected */
    struct maybe_money refunded;    /* Given back so far; absent when nothing was */
    struct maybe_instant placed;    /* When; absent while it is expected */
    struct maybe_instant cancelled; /* Off since */
};
LIST_OF(order_card);
struct orders_view {               /* shape: Orders of a business */
    struct order_card_list orders; /* ..50: Newest first; of a search by their numbers */
    struct text q;                 /* What was searched for */
    struct maybe_text later;       /* url: Older ones */
    bool later_page;               /* Not the first page */
};
struct order_query {       /* shape: One order */
    struct order_id order; /* Which */
};
struct order_line_shown {        /* shape: Something in an order */
    struct text title;           /* What it was called */
    struct maybe_text product;   /* The shop's own number of it */
    int64_t quantity;            /* How many */
    struct money total;          /* For all of them, after discounts */
    struct maybe_money discount; /* What discounts took off */
};
LIST_OF(order_line_shown);
struct order_refund_shown {        /* shape: Something given back of an order */
    struct order_refund_id refund; /* Names it */
    struct text number;            /* The shop's own number */
    struct money amount;           /* How much */
    struct text note;              /* Why; may be empty */
    enum refund_state state;       /* What became of it */
    struct instant at;             /* When */
};
LIST_OF(order_refund_shown);
struct order_view {                     /* shape: One order of a business */
    struct order_card card;             /* The order */
    struct maybe_money discount;        /* What discounts took off */
    struct maybe_money left;            /* What is left after refunds */
    struct text codes;                  /* Discount codes used, with commas between; may be empty */
    struct maybe_text country;          /* Where the customer is */
    struct order_line_shown_list lines; /* ..500: What is in it */
    struct order_refund_shown_list refunds; /* ..200: What was given back */
};
struct products_query {             /* shape: Which products */
    struct maybe_product_id before; /* Older than this one */
    struct maybe_text q;            /* ..100: Those whose number begins so */
};
struct product_card {           /* shape: A product in a list */
    struct product_id product;  /* Names it */
    struct text number;         /* The shop's own number */
    struct text title;          /* What it is called */
    struct maybe_text category; /* Where it stands */
    struct maybe_money price;   /* Asked now */
    struct maybe_text link;     /* url: Its page in the shop */
    struct instant updated;     /* As of when */
};
LIST_OF(product_card);
struct products_view {                 /* shape: Products of a business */
    struct product_card_list products; /* ..50: Newest first; of a search by their numbers */
    struct text q;                     /* What was searched for */
    struct maybe_text later;           /* url: Older ones */
    bool later_page;                   /* Not the first page */
};
struct customers_query {             /* shape: Which customers */
    struct maybe_customer_id before; /* Older than this one */
    struct maybe_text q; /* ..254: Those whose number begins so, or who has this mail address */
};
struct customer_card {           /* shape: A customer in a list */
    struct customer_id customer; /* Names them */
    struct maybe_text number;    /* The shop's own number of them */
    struct maybe_text name;      /* What they are called */
    struct maybe_text country;   /* ISO 3166-1 alpha-2 */
    bool mail_known;             /* A mark of their address is kept */
};
LIST_OF(customer_card);
struct customers_view {                  /* shape: Customers of a business */
    struct customer_card_list customers; /* ..50: Newest first; of a search by their numbers */
    struct text q;                       /* What was searched for */
    struct maybe_text later;             /* url: Older ones */
    bool later_page;                     /* Not the first page */
};

struct customer_query {          /* shape: One customer */
    struct customer_id customer; /* Who */
};
struct customer_view {         /* shape: One customer of a business */
    struct customer_card card; /* Who it is */
    bool matched;              /* Somebody with that confirmed mail address has an account here */
    struct consent_shown_list
        consents; /* ..100: What may be done with what is known of them, newest first */
    struct order_card_list orders; /* ..20: Their orders, newest first */
    bool may;                      /* The reader may keep and end reasons */
};

/* A customer as lists show them. */
struct customer_card customer_card_of(const struct customer_row *row);

const struct problem *core_customer_show(struct request *request,
                                         const struct customer_query *query,
                                         struct customer_view *view);
const struct problem *core_orders_show(struct request *request, const struct orders_query *query,
                                       struct orders_view *view);
const struct problem *core_order_show(struct request *request, const struct order_query *query,
                                      struct order_view *view);
const struct problem *core_products_show(struct request *request,
                                         const struct products_query *query,
                                         struct products_view *view);
const struct problem *core_customers_show(struct request *request,
                                          const struct customers_query *query,
                                          struct customers_view *view);

/* ---- telling ---- */

struct order_batch {               /* shape: Several orders */
    struct order_told_list orders; /* 1..500: Each by itself */
};
struct order_taken {             /* shape: What became of an order */
    struct maybe_order_id order; /* How it is named here; absent: it was refused */
    struct text outcome;         /* made, changed, same, older or refused */
    struct maybe_text problem;   /* Why it was refused: the name of the problem */
};
LIST_OF(order_taken);
struct orders_taken {               /* shape: What became of several orders */
    struct order_taken_list orders; /* ..500: In the order in which they came */
};
struct refund_batch {                /* shape: Several refunds */
    struct refund_told_list refunds; /* 1..1000: Each by itself */
};
struct product_batch {                 /* shape: Several products */
    struct product_told_list products; /* 1..1000: Each by itself */
};
struct customer_batch {                  /* shape: Several customers */
    struct customer_told_list customers; /* 1..1000: Each by itself */
};
struct refund_taken {              /* shape: What became of a refund */
    struct order_refund_id refund; /* How it is named here */
    enum keep_outcome outcome;     /* made, or same when it was known */
};
struct cancel_taken {          /* shape: What became of a cancellation */
    struct order_id order;     /* The order */
    enum keep_outcome outcome; /* made, or same when it was off already */
};
struct product_taken {         /* shape: What became of a product */
    struct product_id product; /* How it is named here */
    enum keep_outcome outcome; /* What happened */
};
struct customer_taken {          /* shape: What became of a customer */
    struct customer_id customer; /* How they are named here */
    enum keep_outcome outcome;   /* What happened */
};

const struct problem *core_order_take(struct request *request, const struct order_told *input,
                                      struct order_taken *view);
const struct problem *core_orders_take(struct request *request, const struct order_batch *input,
                                       struct orders_taken *view);
const struct problem *core_refund_take(struct request *request, const struct refund_told *input,
                                       struct refund_taken *view);
const struct problem *core_cancel_take(struct request *request, const struct cancel_told *input,
                                       struct cancel_taken *view);
const struct problem *core_product_take(struct request *request, const struct product_told *input,
                                        struct product_taken *view);
const struct problem *core_customer_take(struct request *request, const struct customer_told *input,
                                         struct customer_taken *view);

const struct problem *core_refunds_take(struct request *request, const struct refund_batch *input,
                                        struct batch_result *view);
const struct problem *core_products_take(struct request *request, const struct product_batch *input,
                                         struct batch_result *view);
const struct problem *core_customers_take(struct request *request,
                                          const struct customer_batch *input,
                                          struct batch_result *view);

#endif
