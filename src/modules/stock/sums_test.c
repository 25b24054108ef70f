/*
 * Sums of a sale: levels and fees together, and that what is kept with a licence says the same again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/stock/sums.h"

static const struct currency eur = {"EUR"};

static struct stock_rules rules_of(const char *fees, struct memory *memory)
{
    struct stock_rules rules;
    struct text complaint;
    assert_true(stock_levels_parse(text_of("0:4000 50:4500"), &rules.levels));
    assert_null(fees_parse(memory, text_of(fees), eur, &rules.fees, &complaint));
    return rules;
}

static struct stock_split split_of(const char *fees, int64_t price, int64_t counted,
                                   struct memory *memory)
{
    struct stock_split split;
    struct stock_rules rules = rules_of(fees, memory);
    assert_null(stock_split_price((struct money){price, eur}, &rules, counted, &split));
    return split;
}

static void what_a_price_becomes_without_setting_anything(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 16);
    struct stock_split split = split_of("handling: 8% of share, by supplier", 9999, 7, memory);
    assert_int_equal(split.level, 1);
    assert_int_equal(split.next.value, 50);
    assert_int_equal(split.sum.share.minor, 4000);
    assert_int_equal(split.sum.lines[0].amount.minor, 320);
    assert_int_equal(split.sum.gets.minor, 3680);
    assert_int_equal(split.sum.pays.minor, 9999);
    assert_int_equal(split.sum.income.minor, 5999);
    assert_int_equal(split_of("", 9999, 50, memory).sum.gets.minor, 4500);
    memory_end(memory);
}

/* What a hold reserves is what is posted, whichever level the author has by then. */
static void what_is_held_does_not_hang_on_the_level(void **state)
{
    (void)state;
    static const char fees[] =
        "service: 4% + 1.00 of price, by buyer; handling: 8% of share, by supplier";
    struct memory *memory = memory_create(1 << 16);
    struct stock_rules rules = rules_of(fees, memory);
    struct money held;
    assert_null(stock_pays(&rules, (struct money){1500, eur}, &held));
    assert_int_equal(held.minor, 1660);
    assert_int_equal(split_of(fees, 1500, 0, memory).sum.pays.minor, held.minor);
    assert_int_equal(split_of(fees, 1500, 50, memory).sum.pays.minor, held.minor);
    memory_end(memory);
}

static void only_plain_handling_is_said_in_one_figure(void **state)
{
    (void)state;
    static const struct {
        const char *fees;
        int64_t rate; /* 0: it is not */
    } rows[] = {
        {"handling: 8% of share, by supplier", 800},
        {"handling: 8% of share, by supplier; service: 1.00, by buyer", 800},
        {"handling: 8% of price, by supplier", 0},
        {"handling: 8% + 0.10 of share, by supplier", 0},
        {"handling: 8% of share, min 0.10, by supplier", 0},
        {"handling: 8% of share, by supplier; payment: 0.10, by supplier", 0},
        {"payment: 8% of share, by supplier", 0},
        {"", 0},
    };
    struct memory *memory = memory_create(1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct stock_split split = split_of(rows[i].fees, 1500, 0, memory);
        struct maybe_integer only = stock_only_handling(&split.sum);
        assert_int_equal(only.present, rows[i].rate != 0);
        assert_int_equal(only.value, rows[i].rate);
    }
    memory_end(memory);
}

static void what_is_kept_says_the_same_again(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 16);
    struct stock_split was =
        split_of("payment: 3.00 of price, by supplier; handling: 50% of share, "
                 "min 2.00, max 9.00, by supplier;"
                 "service: 4% + 1.00 of price, by buyer",
                 1000, 60, memory);
    struct stock_fee_row rows[FEES_MAX] = {0};
    for (int i = 0; i < was.sum.count; i++) {
        const struct fee_line *line = &was.sum.lines[i];
        rows[i] = (struct stock_fee_row){.number = i + 1,
                                         .name = line->name,
                                         .bearer = line->bearer,
                                         .counted_on = line->counted_on,
                                         .base_minor = line->base.minor,
                                         .rate = line->rate,
                                         .fixed_minor = line->fixed.minor,
                                         .least_minor = line->least.minor,
                                         .most_minor = line->most.minor,
                                         .amount_minor = line->amount.minor,
                                         .cut = line->cut};
    }
    struct stock_kept kept = {.price = was.sum.price,
                              .level = was.level,
                              .counted = was.counted,
                              .rate = was.rate,
                              .share_minor = was.sum.share.minor,
                              .earned_minor = was.sum.gets.minor};
    struct stock_split is;
    stock_split_kept(&kept, rows, (size_t)was.sum.count, &is);
    assert_int_equal(is.sum.count, 3);
    assert_true(is.sum.lines[1].cut);
    assert_int_equal(is.sum.lines[1].amount.minor, 150);
    assert_int_equal(is.sum.pays.minor, 1140);
    assert_int_equal(is.sum.pays.minor, was.sum.pays.minor);
    assert_int_equal(is.sum.gets.minor, was.sum.gets.minor);
    assert_int_equal(is.sum.income.minor, was.sum.income.minor);
    assert_int_equal(is.sum.keeps.minor, was.sum.keeps.minor);
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_price_becomes_without_setting_anything),
        cmocka_unit_test(what_is_held_does_not_hang_on_the_level),
        cmocka_unit_test(only_plain_handling_is_said_in_one_figure),
        cmocka_unit_test(what_is_kept_says_the_same_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
