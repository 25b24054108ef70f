/*
 * The photographs of the demo world. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_DEMO_PHOTOS_H
#define CONTRAFLOW_STOCK_DEMO_PHOTOS_H

#include "modules/stock/stock.h"

struct demo_photo {
    const char *file;   /* where the Debian package puts it */
    const char *person; /* who offers it in the demo world, see core/demo.c */
    const char *title;
    const char *tags;
    enum stock_category category;
    int64_t standard, extended, editorial, buyout; /* list prices in cents; 0: not offered */
    const char *credit;                            /* its true author and licence */
};

/* The first DEMO_ACCEPTED are in the catalogue in the end; those after it are, in this order: */
enum demo_place {
    DEMO_ACCEPTED = 29,
    DEMO_WITHDRAWN = 29, /* taken back by its author */
    DEMO_SOLD,           /* all rights passed */
    DEMO_REFUSED,        /* not accepted two days ago */
    DEMO_APPEALED,       /* not accepted, appealed */
    DEMO_WAITING,        /* waits to be looked at */
    DEMO_ALIKE,          /* waits, and resembles another */
};

extern const struct demo_photo demo_photos[];
extern const size_t demo_photo_count;

#endif
