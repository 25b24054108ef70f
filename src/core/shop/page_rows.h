/*
 * Rows of lists of orders and customers. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_PAGE_ROWS_H
#define CONTRAFLOW_CORE_SHOP_PAGE_ROWS_H

#include "core/shop/shop.h"

struct order_listed {         /* shape: An order with who ordered */
    struct order_id id;       /* Names it */
    struct text number;       /* The shop's own number */
    enum order_state state;   /* Where it stands */
    enum order_source source; /* From where it was told */
    struct money total;       /* To be paid */
    int64_t refunded_minor;   /* Given back so far */
    struct instant placed;    /* When */
    struct instant cancelled; /* Off since */
    struct maybe_text
        reference;             /* The shop's own number of the customer, or the mark of the mail */
    struct maybe_text name;    /* What the customer is called */
    struct maybe_text country; /* Where they are */
    struct text codes;         /* Discount codes */
    int64_t discount_minor;    /* What discounts took off */
};
LIST_OF(order_listed);

#endif
