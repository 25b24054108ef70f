/*
 * Rows of orders, products and customers. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_ROWS_H
#define CONTRAFLOW_CORE_SHOP_ROWS_H

#include "core/shop/shop.h"

struct order_row {                     /* shape: An order as stored */
    struct order_id id;                /* Names it */
    struct party_id business;          /* Who sold */
    struct text number;                /* The shop's own number */
    struct maybe_customer_id customer; /* Who ordered */
    enum order_state state;            /* Where it stands */
    enum order_source source;          /* From where it was told */
    struct money total;                /* To be paid */
    int64_t discount_minor;            /* What discounts took off */
    int64_t refunded_minor;            /* Given back so far */
    struct text codes;                 /* Discount codes, with commas between */
    struct instant placed;             /* When */
    struct instant updated;            /* As of when */
    struct instant cancelled;          /* Off since */
    struct text fingerprint;           /* Of what was said */
    struct import_id import;           /* That wrote it last */
};
struct order_known {        /* shape: An order that is known, and which of those asked for it is */
    int64_t place;          /* Which, from 0 */
    struct order_id id;     /* Names it */
    enum order_state state; /* Where it stands */
    struct money total;     /* To be paid */
    int64_t refunded_minor; /* Given back so far */
    struct instant updated; /* As of when */
    struct instant cancelled; /* Off since */
    struct text fingerprint;  /* Of what was said */
    struct import_id import;  /* That wrote it last */
};
LIST_OF(order_known);
struct order_line_row {       /* shape: Something in an order as stored */
    struct order_id of_order; /* Which order */
    int64_t line;             /* Its place */
    struct text product;      /* The shop's own number */
    struct text title;        /* What it was called */
    int64_t quantity;         /* How many */
    int64_t total_minor;      /* For all of them */
    int64_t discount_minor;   /* What discounts took off */
};
LIST_OF(order_line_row);
struct order_whole {      /* shape: An order with its lines, as it was before an import */
    struct order_row row; /* The order */
    struct order_line_row_list lines; /* ..500: What was in it */
};
struct refund_row {            /* shape: A refund as stored */
    struct order_refund_id id; /* Names it */
    struct order_id of_order;  /* Of which order */
    struct text number;        /* The shop's own number */
    struct money amount;       /* How much */
    struct text note;          /* Why */
    enum refund_state state;   /* What became of it */
    struct instant at;         /* When */
};
LIST_OF(refund_row);
struct customer_place {    /* shape: A customer that is known, and which of those asked for it is */
    int64_t place;         /* Which, from 0 */
    struct customer_id id; /* Names them */
};
LIST_OF(customer_place);
struct customer_row {            /* shape: A customer as stored */
    struct customer_id id;       /* Names them */
    struct party_id business;    /* Whose */
    struct text reference;       /* The shop's own number, or the mark of the mail */
    struct text mail;            /* Mark of the mail */
    struct text name;            /* What they are called */
    struct text country;         /* ISO 3166-1 alpha-2 */
    struct maybe_party_id party; /* Who signs in here with that mail */
    struct import_id import;     /* That wrote it last */
};
LIST_OF(customer_row);
struct customer_new {         /* shape: A customer to write */
    struct customer_id id;    /* Names them */
    struct party_id business; /* Whose */
    struct text reference;    /* The shop's own number, or the mark of the mail */
    struct text mail;         /* Mark of the mail */
    struct text name;         /* What they are called */
    struct text country;      /* ISO 3166-1 alpha-2 */
    struct text plain;        /* The address, by which who signs in is found; not kept */
    struct import_id import;  /* That writes it */
};
struct product_row {          /* shape: A product as stored */
    struct product_id id;     /* Names it */
    struct party_id business; /* Who sells it */
    struct text number;       /* The shop's own number */
    struct text title;        /* What it is called */
    struct text category;     /* Where it stands */
    struct maybe_money price; /* Asked now */
    struct text link;         /* Its page */
    struct text picture;      /* Its picture */
    struct instant updated;   /* As of when */
    struct import_id import;  /* That wrote it last */
};
LIST_OF(product_row);
struct login_found {        /* shape: Who signs in with an address */
    struct party_id person; /* Who */
};

#endif
