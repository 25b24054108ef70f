/*
 * Takes an import back: what it changed is put back as it was, what it made is taken out. What somebody
 * changed since stays, and is counted.
 *
 * Must not know: files. Read next: core/shop/import_run.c.
 */
#include "core/shop/import.h"
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

/* ---- taking out ------------------------------------------------------------------------------- */

static const struct problem *take_out(struct database *db, struct memory *memory,
                                      struct import_id import, enum import_kind_of kind,
                                      int64_t *done, int64_t *back)
{
    struct import_batch_row batch;
    struct undo_hit_list orders = {0};
    struct undo_hit_list customers = {0};
    struct undo_hit_list products = {0};
    const struct problem *problem = undo_batch_last(db, memory, import, &batch);
    if (problem)
        return problem == &not_found ? NULL : problem;
    *done = 1;
    problem = undo_made_lines(db, memory, import, batch.first, batch.last);
    if (!problem)
        problem = undo_made_orders(db, memory, import, batch.first, batch.last, &orders);
    if (!problem)
        problem = undo_made_customers(db, memory, import, batch.first, batch.last, &customers);
    if (!problem)
        problem = undo_made_products(db, memory, import, batch.first, batch.last, &products);
    *back = (int64_t)(kind == IMPORT_CUSTOMERS ? customers.count : orders.count + products.count);
    return problem ? problem : undo_batch_over(db, memory, import, batch.number);
}

const struct problem *import_undo_some(struct database *db, struct memory *memory,
                                       struct import_id import, enum import_kind_of kind,
                                       int64_t *done, int64_t *back)
{
    *done = *back = 0;
    const struct problem *problem = put_back_orders(db, memory, import, done, back);
    if (!problem && *done == 0)
        problem = put_back_customers(db, memory, import, done, back);
    if (!problem && *done == 0)
        problem = put_back_products(db, memory, import, done, back);
    return problem || *done > 0 ? problem : take_out(db, memory, import, kind, done, back);
}
