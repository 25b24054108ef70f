/*
 * Orders, products and customers of shops outside, as facts that models read.
 *
 * A business tells what was ordered at its shop: by program, by file, or by the shop's own webhooks. What
 * it tells is known by the shop's numbers, so the same told again changes nothing, a newer version (by
 * `updated`) takes the place of the older, and anything else under a known number is a conflict. A
 * refund or a cancellation that comes before its order is kept with an order that is only expected.
 * Nothing here is posted to the ledger; models follow the events core.order.placed, core.order.changed,
 * core.order.refunded and core.order.cancelled, whose subject is the order.
 *
 * Of a mail address only a mark is kept that nobody else can make; nobody gets a mail or an account.
 *
 * Read next: core/shop/order.c, docs/decisions/0020-shops.md.
 */
#ifndef CONTRAFLOW_CORE_SHOP_SHOP_H
#define CONTRAFLOW_CORE_SHOP_SHOP_H

#include "base/shape.h"
#include "core/imports/kind.h"
#include "ledger/party.h"
#include "store/store.h"

struct module;

struct order_id { /* shape id ord: What a customer ordered at a shop */
    int64_t value;
};
MAYBE(order_id);
struct customer_id { /* shape id cus: A customer of a business */
    int64_t value;
};
MAYBE(customer_id);
struct product_id { /* shape id prd: Something that a business sells */
    int64_t value;
};
MAYBE(product_id);
struct order_refund_id { /* shape id rfn: What was given back of an order */
    int64_t value;
};

enum order_state { /* shape: Where an order stands */
                   ORDER_EXPECTED =
                       1,           /* expected: Only a refund or cancellation of it came so far */
                   ORDER_PLACED,    /* placed: It was ordered */
                   ORDER_CANCELLED, /* cancelled: It is off */
};
enum order_source {                       /* shape: From where an order was told */
                    ORDER_BY_PROGRAM = 1, /* program: By the shop's own program */
                    ORDER_BY_FILE,        /* file: In a file */
                    ORDER_BY_WOOCOMMERCE, /* woocommerce: By WooCommerce */
                    ORDER_BY_SHOPIFY,     /* shopify: By Shopify */
};
enum refund_state {                     /* shape: What became of a refund */
                    REFUND_WAITING = 1, /* waiting: Its order has not come yet */
                    REFUND_APPLIED,     /* applied: It is taken off its order */
                    REFUND_REFUSED,     /* refused: The order that came is too small for it */
};

extern const struct problem order_differs;       /* 409: known with other content */
extern const struct problem order_other_money;   /* 409: known in another currency */
extern const struct problem order_below_refunds; /* 409: more was given back than it now comes to */
extern const struct problem shop_ahead;          /* 422: it lies in the future */
extern const struct problem refund_differs;      /* 409: known with other content */
extern const struct problem refund_too_much;     /* 409: more than what is left of the order */

/* ---- what a shop tells ------------------------------------------------------------------------ */

struct order_line_told {         /* shape: Something in an order */
    struct maybe_text product;   /* 1..100: The shop's own number of the product */
    struct maybe_text title;     /* 1..300: What it was called */
    int64_t quantity;            /* 1..1000000: How many */
    struct money total;          /* 0..: For all of them, after discounts */
    struct maybe_money discount; /* 0..: What discounts took off */
};
LIST_OF(order_line_told);
struct order_told {        /* shape: An order as a shop tells it */
    struct text number;    /* 1..100: The shop's own number of it */
    struct instant placed; /* When it was ordered */
    struct maybe_instant
        updated;                /* As of when this is; a newer version takes an older one's place */
    struct maybe_text customer; /* 1..100: The shop's own number of the customer */
    struct maybe_text mail;     /* mail: The customer's address; only a mark of it is kept */
    struct maybe_text name;     /* 1..200: What the customer is called */
    struct maybe_text country;  /* 2..2: Where to, ISO 3166-1 alpha-2 */
    struct money total;         /* 0..: To be paid for all of it, after discounts */
    struct maybe_money discount;       /* 0..: What discounts took off */
    struct text_list codes;            /* ..20: Discount codes used */
    struct maybe_instant cancelled;    /* Since when it is off */
    struct order_line_told_list lines; /* ..500: What was ordered */
};
LIST_OF(order_told);
struct refund_told {         /* shape: Something given back of an order, all of it or a part */
    struct text order;       /* 1..100: The shop's own number of the order */
    struct text number;      /* 1..100: The shop's own number of the refund */
    struct money amount;     /* 1..: How much */
    struct maybe_text note;  /* 1..300: Why */
    struct maybe_instant at; /* When; now unless said */
};
LIST_OF(refund_told);
struct cancel_told {         /* shape: An order that is off */
    struct text order;       /* 1..100: The shop's own number of the order */
    struct maybe_instant at; /* Since when; now unless said */
};
struct product_told {           /* shape: A product as a shop tells it */
    struct text number;         /* 1..100: The shop's own number of it */
    struct text title;          /* 1..300: What it is called */
    struct maybe_text category; /* 1..300: Where it stands in the shop */
    struct maybe_money price;   /* 0..: Asked now */
    struct maybe_text link;     /* 1..1000, url: Its page in the shop */
    struct maybe_text picture;  /* 1..1000, url: Its picture */
    struct maybe_instant
        updated; /* As of when this is; what is older than what is known changes nothing */
};
LIST_OF(product_told);
struct customer_told { /* shape: A customer as a shop tells them */
    struct maybe_text
        number;             /* 1..100: The shop's own number of them; without it a mail is needed */
    struct maybe_text mail; /* mail: Their address; only a mark of it is kept */
    struct maybe_text name; /* 1..200: What they are called */
    struct maybe_text country; /* 2..2: ISO 3166-1 alpha-2 */
};
LIST_OF(customer_told);

/* ---- keeping it ------------------------------------------------------------------------------- */

/* For whom something is kept, and what it follows from. */
struct keeping {
    struct party_id business; /* whose shop */
    struct party_id person;   /* who says so; 0: a shop's webhook */
    enum order_source source; /* of orders */
    struct import_id import;  /* {0}: none; events are then told one by one */
    struct instant at;        /* now */
};

/* What became of one of several. */
struct kept {
    int64_t id;                    /* how it is named here; 0: refused */
    enum keep_outcome outcome;     /* unset: refused */
    const struct problem *problem; /* NULL: not refused */
};

/* The most orders of one call. */
enum { ORDERS_AT_ONCE = IMPORT_THINGS };

/* An order with what is worked out of it before a write. */
struct order_given {
    const struct order_told *told;
    struct text reference;   /* of the customer; empty: none is named */
    struct text mail;        /* mark of the address; empty: none */
    struct text fingerprint; /* of all that is told */
    struct text codes;       /* with commas between */
};
/* Whether all sums of an order are in its currency; otherwise which is not. */
bool order_fits(struct memory *memory, const struct order_told *told, struct text *field);
/* Works out what orders_keep() needs; not inside a write. */
const struct problem *order_prepare(struct memory *memory, const struct order_told *told,
                                    struct order_given *out);
/* Whether a shop says of something that happened that it lies in the future; its clock may be a little ahead, and the
 * first moment of a day may be that of a day without an hour, which begins 14 hours earlier where it begins first. Pure.
 */
#define SHOP_AHEAD     (5 * MINUTE)
#define SHOP_DAY_AHEAD (14 * HOUR)
bool shop_is_ahead(struct instant when, struct instant now);
/* Inside a write: keeps up to ORDERS_AT_ONCE orders, each by itself; kept[i] tells what became of
 * items[i]; &shop_ahead is about .placed. A problem returned is the world's. */
const struct problem *orders_keep(struct database *db, struct memory *memory,
                                  const struct keeping *keeping, const struct order_given *items,
                                  size_t count, struct kept *kept);
/* Inside a write: one refund, one cancellation. &refund_differs, &refund_too_much, &order_other_money. */
const struct problem *order_refund(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct refund_told *told,
                                   struct kept *out);
const struct problem *order_cancel(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct cancel_told *told,
                                   struct kept *out);
/* Inside a write: one product; one customer. */
const struct problem *product_keep(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct product_told *told,
                                   struct kept *out);
/* `mail` is the mark of told->mail (shop_mail_mark()), empty when there is none. */
const struct problem *customer_keep(struct database *db, struct memory *memory,
                                    const struct keeping *keeping, const struct customer_told *told,
                                    struct text mail, struct kept *out);

/* Where the installation's key lies; once, at start. */
const struct problem *shop_start(struct memory *process, struct text data);
/* A mark of bytes for a purpose, hex, that only this installation can make; equal for equal bytes. */
const struct problem *shop_mark(struct memory *memory, const char *purpose, struct text what,
                                struct text *out);
/* The mark by which a mail address is found again, whatever the case of its letters. */
const struct problem *shop_mail_mark(struct memory *memory, struct text mail, struct text *out);

extern const struct module shop_part;

#endif
