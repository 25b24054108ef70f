/*
 * Who is in a segment, condition by condition, on both engines; and whom a mail address matches.
 */
#include "core/shop/segment.h"

#include "core/imports/imports_test_bed.h"
#include "core/shop/queries.h"
#include "core/shop/segment_queries.h"

/* Four customers: Ada ordered often and lately, Ben once and long ago, Cleo in another currency, Dan nothing. */
static void begin(void **state)
{
    shop_begin(state);
    take_in(&shop_products, "number,title,category\nA,Tea,Drinks\nB,Cup,Ware\n");
    take_in(&shop_customers, "number,name,country\na,Ada,DE\nb,Ben,FR\nc,Cleo,DE\nd,Dan,DE\n");
    take_in(&shop_orders, "number,placed,customer,currency,total,product,quantity\n"
                          "1,2026-05-20,a,EUR,30.00,A,1\n2,2026-05-25,a,EUR,30.00,B,1\n"
                          "3,2025-05-01,b,EUR,90.00,A,1\n4,2026-05-01,c,USD,99.00,A,1\n");
}

/* A segment with no condition at all. */
static struct segment_row everybody(void)
{
    return (struct segment_row){.id = {id_new()},
                                .business = {FIRM},
                                .name = text_of("Some"),
                                .product = text_of(""),
                                .category = text_of(""),
                                .country = text_of(""),
                                .reason = SEGMENT_ANYBODY,
                                .at = shop_now};
}

/* First letters of the names of those in it, as found by going through it and by asking for each. */
static void expect(const struct segment_row *segment, const char *letters)
{
    struct customer_row_list members, all;
    struct customer_id after = {0};
    struct segment_row any = everybody();
    char found[20] = "";
    char asked[20] = "";
    size_t asked_count = 0;
    bool over = false;
    int64_t count = 0;
    assert_null(segment_next(bed.reader, bed.memory, segment, shop_now, &after, &members, &over));
    assert_true(over);
    for (size_t i = 0; i < members.count; i++)
        found[i] = members.items[i].name.data[0];
    after.value = 0;
    assert_null(segment_next(bed.reader, bed.memory, &any, shop_now, &after, &all, &over));
    assert_int_equal(all.count, 4);
    for (size_t i = 0; i < all.count; i++) {
        bool has;
        assert_null(segment_has(bed.reader, bed.memory, segment, shop_now, all.items[i].id, &has));
        if (has)
            asked[asked_count++] = all.items[i].name.data[0];
    }
    after.value = 0;
    assert_null(
        segment_count_next(bed.reader, bed.memory, segment, shop_now, &after, &count, &over));
    assert_string_equal(found, letters);
    assert_string_equal(asked, letters);
    assert_int_equal(count, strlen(letters));
}

static void each_condition_holds_for_its_members(void **state)
{
    begin(state);
    struct segment_row segment = everybody();
    expect(&segment, "ABCD");
    segment.within_days = 60;
    expect(&segment, "AC");
    segment.idle_days = 20;
    expect(&segment, "C");
    segment = everybody();
    segment.orders_least = 1;
    expect(&segment, "ABC");
    segment.orders_least = 2;
    expect(&segment, "A");
    segment = everybody();
    segment.sum_least = (struct maybe_money){true, {6000, {"EUR"}}};
    expect(&segment, "AB");
    segment.sum_least.value.minor = 6001;
    expect(&segment, "B");
    segment = everybody();
    segment.product = text_of("B");
    expect(&segment, "A");
    segment = everybody();
    segment.category = text_of("Drinks");
    expect(&segment, "ABC");
    segment.country = text_of("DE");
    expect(&segment, "AC");
    bed_end(&bed);
}

static void a_reason_counts_while_it_holds(void **state)
{
    begin(state);
    struct segment_row segment = everybody();
    segment.reason = SEGMENT_MAY_MAIL;
    expect(&segment, "");
    bed_damage(&bed, "INSERT INTO core_consent (id, business, customer, what, basis, source, at, "
                     "withdrawn) SELECT id, business, id, 'mail', 'consent', 'Form', 1, 0 FROM "
                     "core_customer WHERE name IN ('Ada', 'Dan')");
    expect(&segment, "AD");
    bed_damage(&bed, "UPDATE core_consent SET withdrawn = 5 WHERE customer = (SELECT id FROM "
                     "core_customer WHERE name = 'Ada')");
    expect(&segment, "D");
    segment.reason = SEGMENT_MAY_INVITE;
    expect(&segment, "");
    bed_end(&bed);
}

static void cancelled_and_refunded_orders_do_not_count(void **state)
{
    begin(state);
    struct segment_row segment = everybody();
    segment.sum_least = (struct maybe_money){true, {5000, {"EUR"}}};
    bed_damage(&bed, "UPDATE core_order SET refunded_minor = 1500 WHERE number = '1'");
    bed_damage(&bed, "UPDATE core_order SET state = 'cancelled' WHERE number = '3'");
    expect(&segment, "");
    segment.sum_least.value.minor = 4500;
    expect(&segment, "A");
    bed_end(&bed);
}

/* More customers than one step looks at; the job counts them all. */
static void large_segments_are_counted_step_by_step(void **state)
{
    static const struct job_kind *const kinds[] = {&segment_job};
    static bool registered;
    shop_begin(state);
    struct builder b = builder_make(bed.memory, 1 << 20);
    struct text text;
    builder_add_c(&b, "number,name,country\n");
    for (int i = 0; i < 5000; i++)
        builder_add_format(&b, "%d,C%d,%s\n", i, i, i % 5 == 0 ? "FR" : "DE");
    assert_null(builder_end(&b, &text));
    take_in(&shop_customers, text_c(bed.memory, text));
    struct segment_row segment = everybody();
    segment.country = text_of("FR");
    struct customer_id after = {0};
    int64_t sum = 0;
    int steps = 0;
    for (bool over = false; !over; steps++) {
        int64_t count;
        assert_null(
            segment_count_next(bed.reader, bed.memory, &segment, shop_now, &after, &count, &over));
        sum += count;
    }
    assert_int_equal(steps, 3);
    assert_int_equal(sum, 1000);
    bed_damage(&bed, "INSERT INTO core_segment (id, business, name, within_days, idle_days, "
                     "orders_least, product, category, country, reason, counted, counted_at, at, "
                     "ended) VALUES (77, 101, 'F', 0, 0, 0, '', '', 'FR', 'anybody', 0, 0, 1, 0)");
    bed_damage(&bed, "INSERT INTO core_job (id, lane, kind, subject, note, state, due, tries, "
                     "problem) VALUES (78, 'slow', 'core.segment.count', 77, '', 'waiting', 1, 0, "
                     "'')");
    int64_t ran = 0;
    if (!registered)
        job_register(kinds, 1);
    registered = true;
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_int_equal(shop_count("SELECT counted FROM core_segment WHERE id = 77"), 1000);
    bed_end(&bed);
}

/* Whoever signs up with another's address does not become that customer by it. */
static void an_unconfirmed_address_matches_nobody(void **state)
{
    static const char *const confirmed[] = {"0", "5"};
    shop_begin(state);
    for (int i = 0; i < 2; i++) {
        char sql[100];
        (void)snprintf(sql, sizeof sql, "UPDATE core_login SET confirmed = %s", confirmed[i]);
        bed_damage(&bed, sql);
        take_in(&shop_customers,
                i ? "number,mail\n8,MAREN@example.org\n" : "number,mail\n7,maren@example.org\n");
        take_in(&shop_orders, i ? "number,placed,total,customer,mail\n2,2026-05-01,1,n8,Maren@"
                                  "example.org\n"
                                : "number,placed,total,customer,mail\n1,2026-05-01,1,n7,Maren@"
                                  "example.org\n");
        assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE party IS NOT NULL"),
                         2 * i);
    }
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_condition_holds_for_its_members),
        ON_BOTH(a_reason_counts_while_it_holds),
        ON_BOTH(cancelled_and_refunded_orders_do_not_count),
        ON_BOTH(large_segments_are_counted_step_by_step),
        ON_BOTH(an_unconfirmed_address_matches_nobody),
    };
    return cmocka_run_group_tests_name("core/shop/segment", tests, shop_prepare, NULL);
}
