/*
 * What the tests of imports stand on: files that arrive, and what there is before and after.
 *
 * For *_test.c only; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_IMPORTS_TEST_BED_H
#define CONTRAFLOW_CORE_IMPORTS_IMPORTS_TEST_BED_H

#include "core/imports/queries.h"
#include "core/shop/shop_test_bed.h"

static inline struct import_id arrive(const struct import_kind *kind, const char *name,
                                      const void *bytes, size_t size)
{
    struct text path = text_format(bed.memory, "%s/arriving", bed.folder);
    int fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, bytes, size), (ssize_t)size);
    close(fd);
    struct import_arrival arrival = {.owner = {FIRM},
                                     .person = {MAREN},
                                     .kind = kind,
                                     .name = text_of(name),
                                     .path = path,
                                     .at = clock_now()};
    assert_null(import_arrive(bed.store, bed.memory, &arrival));
    return arrival.id;
}

static inline struct import_id arrive_text(const struct import_kind *kind, const char *name,
                                           const char *text)
{
    return arrive(kind, name, text, strlen(text));
}

static inline struct import_row row_of(struct import_id import)
{
    struct import_row row;
    assert_null(import_by_id(bed.reader, bed.memory, import, &row));
    return row;
}

static inline const struct problem *move(struct import_id import, enum import_state to)
{
    struct import_say say = {
        .import = import, .owner = {FIRM}, .mapping = {"", 0}, .at = clock_now()};
    return import_move(bed.store, bed.memory, &say, to);
}

static inline void work(struct import_id import)
{
    bool more = true;
    while (more)
        assert_null(import_work(bed.store, bed.reader, bed.memory, import, INT64_MAX, &more));
}

static inline void go(struct import_id import, enum import_state through, enum import_state to)
{
    assert_null(move(import, through));
    work(import);
    assert_int_equal(row_of(import).state, to);
}

/* A business that has something of each kind, and all three exports of it. */
struct world {
    struct text orders, products, customers;
};

static inline struct world look(void)
{
    return (struct world){shop_exported(&shop_orders, IMPORT_LINES),
                          shop_exported(&shop_products, IMPORT_LINES),
                          shop_exported(&shop_customers, IMPORT_LINES)};
}

static inline void expect_same(struct world before)
{
    struct world after = look();
    assert_true(text_equal(before.orders, after.orders));
    assert_true(text_equal(before.products, after.products));
    assert_true(text_equal(before.customers, after.customers));
}

static inline void take_in(const struct import_kind *kind, const char *text)
{
    struct import_id import = arrive_text(kind, "first.csv", text);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
}

static inline struct world some_world(void)
{
    take_in(&shop_orders, "number,placed,updated,customer,total,product,quantity\n"
                          "5,2026-01-01,2026-01-02,c5,50.00,A,1\n"
                          "5,,,,,B,2\n6,2026-01-01,2026-01-02,c6,60.00,A,1\n");
    take_in(&shop_products, "number,title,price,updated\nA,Tea,3.00,2026-01-01\n");
    take_in(&shop_customers, "number,name\nc9,Nora\n");
    return look();
}

/* New orders around newer versions of two that are known, with customers of their own. */
static inline struct text many_orders(int count)
{
    struct builder b = builder_make(bed.memory, 8 << 20);
    struct text text;
    builder_add_c(&b, "number,placed,updated,customer,total,product,quantity\n");
    for (int i = 0; i < count; i++)
        builder_add_format(&b, "%d,2026-02-01,2026-03-01,n%d,10.00,A,1\n", i, i / 3);
    assert_null(builder_end(&b, &text));
    return text;
}

#endif
