/*
 * Rows of the statements about widgets. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_WIDGETS_ROWS_H
#define CONTRAFLOW_REFERRALS_WIDGETS_ROWS_H

#include "modules/referrals/referrals.h"

struct referrals_landing_row {       /* shape: What a landing page reported of a visit */
    struct referrals_click_id click; /* Which click began it */
    int64_t visible;                 /* Milliseconds in sight */
    int64_t touches;                 /* Pointer, key and wheel events */
    struct maybe_integer scrolled;   /* Percent of the page */
    struct maybe_integer source;     /* Whether the browser names the page it came from */
    struct maybe_integer device;     /* suspect_device */
    struct maybe_integer hosted;     /* Whether it came from a data centre */
    struct instant at;               /* When the report came */
};
struct widget_click_row {            /* shape: A click that a page reports on */
    struct referrals_click_id click; /* Which */
    struct instant at;               /* When it came */
};
struct widget_shop_row {      /* shape: A business */
    struct party_id business; /* Names it */
};
struct widget_order_row { /* shape: An order that was told */
    int64_t id;           /* Its number with us */
};

#endif
