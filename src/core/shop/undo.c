/*
 * Takes files of orders, products and customers back: what was changed is put back as it was, what was made is
 * taken out. What somebody changed since stays.
 *
 * Must not know: files. Read next: core/shop/imports.c.
 */
#include "core/shop/imports.h"
#include "core/shop/parts.h"
#include "core/shop/undo_queries.h"

const struct problem *import_keep_order(struct database *db, struct memory *memory,
                                        struct import_id import, const struct order_row *before)
{
    if (before->import.value == import.value)
        return NULL;
    const struct problem *problem = import_keep_order_row(db, memory, import, before->id);
    return problem ? problem : import_keep_order_lines(db, memory, import, before->id);
}

const struct problem *import_keep_customer(struct database *db, struct memory *memory,
                                           struct import_id import,
                                           const struct customer_row *before)
{
    return before->import.value == import.value
               ? NULL
               : import_keep_customer_row(db, memory, import, before->id);
}

const struct problem *import_keep_product(struct database *db, struct memory *memory,
                                          struct import_id import, const struct product_row *before)
{
    return before->import.value == import.value
               ? NULL
               : import_keep_product_row(db, memory, import, before->id);
}

/* ---- putting back ----------------------------------------------------------------------------- */

static const struct problem *put_back_orders(struct database *db, struct memory *memory,
                                             struct import_id import, int64_t *done, int64_t *back)
{
    struct undo_hit_list next;
    struct undo_hit_list put;
    const struct problem *problem = undo_orders_next(db, memory, import, &next);
    *done = (int64_t)next.count;
    if (problem || next.count == 0)
        return problem;
    int64_t first = next.items[0].id;
    int64_t last = next.items[next.count - 1].id;
    problem = undo_order_lines_drop(db, memory, import, first, last);
    if (!problem)
        problem = undo_order_lines(db, memory, import, first, last);
    if (!problem)
        problem = undo_refunds(db, memory, import, first, last);
    if (!problem)
        problem = undo_orders(db, memory, import, first, last, &put);
    if (!problem)
        problem = undo_orders_over(db, memory, import, first, last);
    if (!problem)
        problem = undo_order_lines_over(db, memory, import, first, last);
    *back = (int64_t)put.count;
    return problem;
}

static const struct problem *put_back_customers(struct database *db, struct memory *memory,
                                                struct import_id import, int64_t *done,
                                                int64_t *back)
{
    struct undo_hit_list next;
    struct undo_hit_list put;
    const struct problem *problem = undo_customers_next(db, memory, import, &next);
    *done = (int64_t)next.count;
    if (problem || next.count == 0)
        return problem;
    int64_t first = next.items[0].id;
    int64_t last = next.items[next.count - 1].id;
    problem = undo_customers(db, memory, import, first, last, &put);
    *back = (int64_t)put.count;
    return problem ? problem : undo_customers_over(db, memory, import, first, last);
}

static const struct problem *put_back_products(struct database *db, struct memory *memory,
                                               struct import_id import, int64_t *done,
                                               int64_t *back)
{
    struct undo_hit_list next;
    struct undo_hit_list put;
    const struct problem *problem = undo_products_next(db, memory, import, &next);
    *done = (int64_t)next.count;
    if (problem || next.count == 0)
        return problem;
    int64_t first = next.items[0].id;
    int64_t last = next.items[next.count - 1].id;
    problem = undo_products(db, memory, import, first, last, &put);
    *back = (int64_t)put.count;
    return problem ? problem : undo_products_over(db, memory, import, first, last);
}

const struct problem *shop_put_back(struct database *db, struct memory *memory,
                                    struct import_id import, int64_t *done, int64_t *back)
{
    const struct problem *problem = put_back_orders(db, memory, import, done, back);
    if (!problem && *done == 0)
        problem = put_back_customers(db, memory, import, done, back);
    return problem || *done > 0 ? problem : put_back_products(db, memory, import, done, back);
}

/* ---- taking out ------------------------------------------------------------------------------- */

static const struct problem *take_out(struct database *db, struct memory *memory,
                                      struct import_id import, int64_t first, int64_t last,
                                      int64_t *things, int64_t *customers)
{
    struct undo_hit_list orders = {0};
    struct undo_hit_list people = {0};
    struct undo_hit_list products = {0};
    const struct problem *problem = undo_made_lines(db, memory, import, first, last);
    if (!problem)
        problem = undo_made_orders(db, memory, import, first, last, &orders);
    if (!problem)
        problem = undo_made_customers(db, memory, import, first, last, &people);
    if (!problem)
        problem = undo_made_products(db, memory, import, first, last, &products);
    *things = (int64_t)(orders.count + products.count);
    *customers = (int64_t)people.count;
    return problem;
}

/* Customers that came with orders are taken out with them, and are not counted. */
const struct problem *shop_take_out(struct database *db, struct memory *memory,
                                    struct import_id import, int64_t first, int64_t last,
                                    int64_t *back)
{
    int64_t customers = 0;
    return take_out(db, memory, import, first, last, back, &customers);
}

const struct problem *shop_take_out_customers(struct database *db, struct memory *memory,
                                              struct import_id import, int64_t first, int64_t last,
                                              int64_t *back)
{
    int64_t things = 0;
    return take_out(db, memory, import, first, last, &things, back);
}
