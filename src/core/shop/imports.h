/*
 * Files of orders, products and customers as kinds of imports: what their columns can be.
 *
 * Read next: core/shop/imports.c.
 */
#ifndef CONTRAFLOW_CORE_SHOP_IMPORTS_H
#define CONTRAFLOW_CORE_SHOP_IMPORTS_H

#include "core/shop/shop.h"

struct import_order { /* shape: A line of a file of orders: an order, or one more thing in it */
    struct maybe_text number;         /* 1..100: Number of the order */
    struct maybe_instant placed;      /* When it was ordered */
    struct maybe_instant updated;     /* As of when this is */
    struct maybe_text customer;       /* 1..100: Number of the customer */
    struct maybe_text mail;           /* mail: The customer's address */
    struct maybe_text name;           /* 1..200: The customer's name */
    struct maybe_text country;        /* 2..2: Where to */
    struct maybe_text currency;       /* 3..3: Of all sums */
    struct maybe_money total;         /* 0..: For all of it, after discounts */
    struct maybe_money discount;      /* 0..: What discounts took off all of it */
    struct maybe_text codes;          /* 1..2000: Discount codes, with commas between */
    struct maybe_instant cancelled;   /* Off since */
    struct maybe_text product;        /* 1..100: Number of the product */
    struct maybe_text title;          /* 1..300: What it was called */
    struct maybe_integer quantity;    /* 1..1000000: How many */
    struct maybe_money line_total;    /* 0..: For all of these, after discounts */
    struct maybe_money line_discount; /* 0..: What discounts took off these */
};
struct import_product {           /* shape: A line of a file of products */
    struct maybe_text number;     /* 1..100: Number of the product */
    struct maybe_text title;      /* 1..300: What it is called */
    struct maybe_text category;   /* 1..300: Where it stands */
    struct maybe_text currency;   /* 3..3: Of the price */
    struct maybe_money price;     /* 0..: Asked now */
    struct maybe_text link;       /* 1..1000, url: Its page */
    struct maybe_text picture;    /* 1..1000, url: Its picture */
    struct maybe_instant updated; /* As of when */
};
struct import_customer {       /* shape: A line of a file of customers */
    struct maybe_text number;  /* 1..100: Number of the customer */
    struct maybe_text mail;    /* mail: Their address */
    struct maybe_text name;    /* 1..200: Their name */
    struct maybe_text country; /* 2..2: Where they are */
};

extern const struct import_kind shop_orders, shop_products, shop_customers;

extern const struct problem import_bad_feed; /* 422: no XML, or no products in it */

/* From a product feed in Google's XML to products, a JSON object a line. */
const struct problem *feed_to_lines(const char *from, const char *to, int64_t *size);

/* Parts of the three (core/shop/undo.c). */
const struct problem *shop_put_back(struct database *db, struct memory *memory,
                                    struct import_id import, int64_t *done, int64_t *back);
const struct problem *shop_take_out(struct database *db, struct memory *memory,
                                    struct import_id import, int64_t first, int64_t last,
                                    int64_t *back);
const struct problem *shop_take_out_customers(struct database *db, struct memory *memory,
                                              struct import_id import, int64_t first, int64_t last,
                                              int64_t *back);

struct undo_hit { /* shape: Something that was put back */
    int64_t id;   /* Names it */
};
LIST_OF(undo_hit);

#endif
