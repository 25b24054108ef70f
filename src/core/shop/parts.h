/*
 * What the files of shops share. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_PARTS_H
#define CONTRAFLOW_CORE_SHOP_PARTS_H

#include "core/shop/rows.h"
#include "core/sign/sign.h"

/* The installation's key, read once. */
const struct problem *shop_key(const struct sign_key **out);

/* A mail address as people sign in with it: in lower case. data NULL: no memory. */
struct text shop_mail_fold(struct memory *memory, struct text mail);

/* The reference under which a customer without a number is kept. */
struct text customer_reference(struct memory *memory, struct text mail);
struct text text_or_empty(struct maybe_text text);

/* Inside a write of an import: keeps what a row was before the import touched it. */
const struct problem *import_keep_order(struct database *db, struct memory *memory,
                                        struct import_id import, const struct order_row *before);
const struct problem *import_keep_customer(struct database *db, struct memory *memory,
                                           struct import_id import,
                                           const struct customer_row *before);
const struct problem *import_keep_product(struct database *db, struct memory *memory,
                                          struct import_id import,
                                          const struct product_row *before);

#endif
