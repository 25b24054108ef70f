/*
 * Calls that write orders, products and customers as files.
 *
 * Read next: core/shop/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_SHOP_EXPORT_PAGES_H
#define CONTRAFLOW_CORE_SHOP_EXPORT_PAGES_H

#include "web/request.h"

struct export_query {         /* shape: How to write */
    struct maybe_text format; /* ..5: csv, or lines for JSON Lines */
};

const struct problem *core_export_orders(struct request *request, const struct export_query *query,
                                         struct nothing *view);
const struct problem *core_export_products(struct request *request,
                                           const struct export_query *query, struct nothing *view);
const struct problem *core_export_customers(struct request *request,
                                            const struct export_query *query, struct nothing *view);

#endif
