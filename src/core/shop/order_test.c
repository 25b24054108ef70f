/*
 * Orders, refunds, cancellations, products and customers as a shop tells them, on both engines: the same
 * again, newer, older, other content, in any order.
 */
#include "core/shop/shop_test_bed.h"

#include "core/shop/queries.h"

static const struct money none = {0, {"EUR"}};

static struct order_told told(const char *number, int64_t minor)
{
    return (struct order_told){.number = text_of(number),
                               .placed = shop_now,
                               .customer = {true, text_of("7")},
                               .mail = {true, text_of("Maren@Example.org")},
                               .name = {true, text_of("Maren")},
                               .total = {minor, {"EUR"}}};
}

struct taking {
    struct keeping keeping;
    const struct order_given *given;
    size_t count;
    struct kept *kept;
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    return orders_keep(db, memory, &taking->keeping, taking->given, taking->count, taking->kept);
}

static void take(const struct order_told *orders, size_t count, struct kept *kept)
{
    struct order_given given[ORDERS_AT_ONCE];
    for (size_t i = 0; i < count; i++)
        assert_null(order_prepare(bed.memory, &orders[i], &given[i]));
    struct taking taking = {shop_keeping(), given, count, kept};
    assert_null(store_write(bed.store, bed.memory, keep, &taking));
}

static struct kept take_one(const struct order_told *order)
{
    struct kept kept;
    take(order, 1, &kept);
    return kept;
}

static const struct problem *find(struct database *db, struct memory *memory, void *context)
{
    struct order_row *row = context;
    return order_lock(db, memory, (struct party_id){FIRM}, row->number, row);
}

static struct order_row stored(const char *number)
{
    struct order_row row = {.number = text_of(number)};
    assert_null(store_write(bed.store, bed.memory, find, &row));
    return row;
}

struct telling {
    const struct problem *(*tell)(struct database *, struct memory *, const struct keeping *,
                                  const void *, struct kept *);
    const void *told;
    struct kept kept;
};

static const struct problem *tell(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    struct keeping keeping = shop_keeping();
    return telling->tell(db, memory, &keeping, telling->told, &telling->kept);
}

static const struct problem *tell_refund(struct database *db, struct memory *memory,
                                         const struct keeping *keeping, const void *told_,
                                         struct kept *out)
{
    return order_refund(db, memory, keeping, told_, out);
}

static const struct problem *tell_cancel(struct database *db, struct memory *memory,
                                         const struct keeping *keeping, const void *told_,
                                         struct kept *out)
{
    return order_cancel(db, memory, keeping, told_, out);
}

static const struct problem *tell_product(struct database *db, struct memory *memory,
                                          const struct keeping *keeping, const void *told_,
                                          struct kept *out)
{
    return product_keep(db, memory, keeping, told_, out);
}

static const struct problem *refund(const char *order, const char *number, int64_t minor)
{
    struct refund_told refund_ = {
        .order = text_of(order), .number = text_of(number), .amount = {minor, {"EUR"}}};
    struct telling telling = {.tell = tell_refund, .told = &refund_};
    return store_write(bed.store, bed.memory, tell, &telling);
}

static const struct problem *cancel(const char *order, struct instant at)
{
    struct cancel_told cancel_ = {.order = text_of(order), .at = {at.ms != 0, at}};
    struct telling telling = {.tell = tell_cancel, .told = &cancel_};
    return store_write(bed.store, bed.memory, tell, &telling);
}

/* ---- orders ---- */

static void the_same_order_again_changes_nothing(void **state)
{
    shop_begin(state);
    struct order_told order = told("1001", 2000);
    struct kept first = take_one(&order);
    assert_int_equal(first.outcome, KEEP_MADE);
    struct kept second = take_one(&order);
    assert_int_equal(second.outcome, KEEP_SAME);
    assert_int_equal(second.id, first.id);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_event WHERE name = 'core.order.placed'"),
                     1);
    bed_end(&bed);
}

static void other_content_is_a_conflict_and_newer_takes_its_place(void **state)
{
    shop_begin(state);
    struct order_told order = told("1001", 2000);
    struct order_line_told line = {.product = {true, text_of("A")}, .quantity = 2, .total = none};
    order.lines = (struct order_line_told_list){&line, 1};
    (void)take_one(&order);
    order.total.minor = 2500;
    assert_ptr_equal(take_one(&order).problem, &order_differs);
    order.updated = (struct maybe_instant){true, instant_add(shop_now, HOUR)};
    assert_int_equal(take_one(&order).outcome, KEEP_CHANGED);
    assert_int_equal(stored("1001").total.minor, 2500);
    struct order_told late = told("1001", 2100);
    late.updated = (struct maybe_instant){true, instant_add(shop_now, MINUTE)};
    assert_int_equal(take_one(&late).outcome, KEEP_OLDER);
    assert_int_equal(stored("1001").total.minor, 2500);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line"), 1);
    late.updated.value = instant_add(shop_now, DAY);
    late.total = (struct money){2500, {"USD"}};
    assert_ptr_equal(take_one(&late).problem, &order_other_money);
    bed_end(&bed);
}

static void one_number_twice_in_one_call_is_judged_once(void **state)
{
    shop_begin(state);
    struct order_told orders[] = {told("1", 100), told("2", 200), told("1", 100), told("2", 300)};
    struct kept kept[4];
    take(orders, 4, kept);
    assert_int_equal(kept[0].outcome, KEEP_MADE);
    assert_int_equal(kept[1].outcome, KEEP_MADE);
    assert_int_equal(kept[2].outcome, KEEP_SAME);
    assert_int_equal(kept[2].id, kept[0].id);
    assert_ptr_equal(kept[3].problem, &order_differs);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 2);
    bed_end(&bed);
}

static void a_customer_is_one_by_number_and_by_mail(void **state)
{
    shop_begin(state);
    struct order_told orders[] = {told("1", 100), told("2", 200), told("3", 300), told("4", 400)};
    orders[1].mail.present = false;
    orders[3].customer.present = orders[3].mail.present = false;
    struct kept kept[4];
    take(orders, 2, kept);
    orders[2].customer.present = false;
    orders[2].mail.value = text_of(" maren@example.ORG");
    take(orders + 2, 2, kept);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE party = 103"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE customer IS NULL"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE mail LIKE '%example%'"),
                     0);
    bed_end(&bed);
}

/* ---- what happens to them ---- */

static void refunds_never_go_above_their_order(void **state)
{
    shop_begin(state);
    struct order_told order = told("1001", 2000);
    (void)take_one(&order);
    assert_null(refund("1001", "r1", 1500));
    assert_null(refund("1001", "r1", 1500));
    assert_ptr_equal(refund("1001", "r1", 1400), &refund_differs);
    assert_ptr_equal(refund("1001", "r2", 501), &refund_too_much);
    assert_null(refund("1001", "r2", 500));
    assert_int_equal(stored("1001").refunded_minor, 2000);
    order.total.minor = 1999;
    order.updated = (struct maybe_instant){true, instant_add(shop_now, HOUR)};
    assert_ptr_equal(take_one(&order).problem, &order_below_refunds);
    assert_int_equal(
        shop_count("SELECT count(*) FROM core_event WHERE name = 'core.order.refunded'"), 2);
    bed_end(&bed);
}

static void refunds_before_their_order_wait_for_it(void **state)
{
    shop_begin(state);
    assert_null(refund("1001", "r1", 1500));
    assert_null(refund("1001", "r2", 600));
    assert_null(refund("1001", "r3", 400));
    assert_int_equal(stored("1001").state, ORDER_EXPECTED);
    struct order_told order = told("1001", 2000);
    assert_int_equal(take_one(&order).outcome, KEEP_MADE);
    struct order_row row = stored("1001");
    assert_int_equal(row.state, ORDER_PLACED);
    assert_int_equal(row.refunded_minor, 1900);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_refund WHERE state = 'applied'"),
                     2);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_refund WHERE state = 'refused'"),
                     1);
    bed_end(&bed);
}

static void a_cancellation_before_its_order_holds(void **state)
{
    shop_begin(state);
    struct order_told order = told("1001", 2000);
    order.total.currency = (struct currency){"USD"};
    assert_null(cancel("1001", instant_add(shop_now, HOUR)));
    assert_int_equal(take_one(&order).outcome, KEEP_MADE);
    assert_int_equal(stored("1001").state, ORDER_CANCELLED);
    order.updated = (struct maybe_instant){true, instant_add(shop_now, MINUTE)};
    assert_int_equal(take_one(&order).outcome, KEEP_OLDER);
    assert_int_equal(stored("1001").state, ORDER_CANCELLED);
    bed_end(&bed);
}

static void a_product_told_later_takes_the_place_of_an_earlier(void **state)
{
    shop_begin(state);
    struct product_told product = {.number = text_of("A"),
                                   .title = text_of("Tea"),
                                   .price = {true, {300, {"EUR"}}},
                                   .updated = {true, shop_now}};
    struct telling telling = {.tell = tell_product, .told = &product};
    assert_null(store_write(bed.store, bed.memory, tell, &telling));
    assert_int_equal(telling.kept.outcome, KEEP_MADE);
    assert_null(store_write(bed.store, bed.memory, tell, &telling));
    assert_int_equal(telling.kept.outcome, KEEP_SAME);
    product.price.value.minor = 350;
    product.updated.value = instant_add(shop_now, -HOUR);
    assert_null(store_write(bed.store, bed.memory, tell, &telling));
    assert_int_equal(telling.kept.outcome, KEEP_OLDER);
    product.updated.value = instant_add(shop_now, HOUR);
    assert_null(store_write(bed.store, bed.memory, tell, &telling));
    assert_int_equal(telling.kept.outcome, KEEP_CHANGED);
    assert_int_equal(shop_count("SELECT price_minor FROM core_product"), 350);
    bed_end(&bed);
}

static bool taken_at(const char *number, struct instant placed)
{
    struct order_told order = told(number, 1000);
    order.placed = placed;
    struct kept kept = take_one(&order);
    assert_true(!kept.problem || kept.problem == &shop_ahead);
    return !kept.problem;
}

/* Clocks of shops may be a little ahead, and a bare day is there already where the sun rises first. */
static void what_lies_in_the_future_is_refused(void **state)
{
    struct instant midnight = {(shop_now.ms / DAY + 1) * DAY};
    shop_begin(state);
    assert_true(taken_at("1", instant_add(shop_now, 5 * SECOND)));
    assert_true(taken_at("2", instant_add(shop_now, 5 * MINUTE)));
    assert_false(taken_at("3", instant_add(shop_now, 5 * MINUTE + 1)));
    assert_false(taken_at("4", midnight));
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 2);
    assert_true(shop_is_ahead(midnight, instant_add(midnight, -14 * HOUR - 1)));
    assert_false(shop_is_ahead(midnight, instant_add(midnight, -14 * HOUR)));
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_same_order_again_changes_nothing),
        ON_BOTH(other_content_is_a_conflict_and_newer_takes_its_place),
        ON_BOTH(one_number_twice_in_one_call_is_judged_once),
        ON_BOTH(a_customer_is_one_by_number_and_by_mail),
        ON_BOTH(refunds_never_go_above_their_order),
        ON_BOTH(refunds_before_their_order_wait_for_it),
        ON_BOTH(a_cancellation_before_its_order_holds),
        ON_BOTH(what_lies_in_the_future_is_refused),
        ON_BOTH(a_product_told_later_takes_the_place_of_an_earlier),
    };
    return cmocka_run_group_tests_name("core/shop/order", tests, shop_prepare, NULL);
}
