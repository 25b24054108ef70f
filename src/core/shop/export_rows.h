/*
 * Rows of exports. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_EXPORT_ROWS_H
#define CONTRAFLOW_CORE_SHOP_EXPORT_ROWS_H

#include "core/shop/rows.h"

struct export_order {            /* shape: An order with who ordered */
    struct order_id id;          /* Names it */
    struct text number;          /* The shop's own number */
    struct instant placed;       /* When */
    struct instant updated;      /* As of when */
    struct maybe_text reference; /* Of the customer */
    struct maybe_text name;      /* Of the customer */
    struct maybe_text country;   /* Of the customer */
    struct money total;          /* To be paid */
    int64_t discount_minor;      /* What discounts took off */
    struct text codes;           /* Discount codes */
    struct instant cancelled;    /* Off since */
    enum order_state state;      /* Where it stands */
};
LIST_OF(export_order);

#endif
