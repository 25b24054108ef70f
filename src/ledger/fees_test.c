/*
 * Fees: how a set is read, what each rule takes, and that the parts add up whatever the rules.
 *
 * What is posted of them is in fees_post_test.c.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "ledger/fees.h"
#include "ledger/fees_test_sets.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { TRIALS = 100000 };

static const struct currency eur = {"EUR"};
static const struct currency usd = {"USD"};

static struct money euro(int64_t minor)
{
    return (struct money){minor, eur};
}

/* A set that is known to be well formed; its names live in *memory until the test ends it. */
static struct fee_rules set_of(const char *written, struct memory **memory)
{
    struct fee_rules rules;
    struct text complaint = {"", 0};
    *memory = memory_create(1 << 16);
    if (fees_parse(*memory, text_of(written), eur, &rules, &complaint))
        fail_msg("%s: %.*s", written, TEXT_ARGS(complaint));
    return rules;
}

static struct fee_breakdown breakdown_of(const char *written, int64_t price, int64_t share)
{
    struct fee_breakdown made;
    struct memory *memory;
    struct fee_rules rules = set_of(written, &memory);
    assert_null(fees_apply(euro(price), euro(share), &rules, &made));
    memory_end(memory);
    return made;
}

static void a_set_is_read(void **state)
{
    struct memory *memory;
    (void)state;
    struct fee_rules rules =
        set_of("handling: 8% of share, by supplier;\n"
               " service : 4% + 1.00 of price , min 0.50, max 20.00, by buyer\n"
               "payment: 0.25, by supplier; partner:2.75% of price,by "
               "intermediary;;\n",
               &memory);
    assert_int_equal(rules.count, 4);
    const struct fee_rule *handling = &rules.items[0];
    assert_true(text_is(handling->name, "fee.handling"));
    assert_int_equal(handling->rate, 800);
    assert_int_equal(handling->counted_on, FEE_OF_SHARE);
    assert_int_equal(handling->bearer, FEE_BY_SUPPLIER);
    assert_int_equal(handling->fixed + handling->least + handling->most, 0);
    const struct fee_rule *service = &rules.items[1];
    assert_true(text_is(service->name, "fee.service"));
    assert_int_equal(service->rate, 400);
    assert_int_equal(service->fixed, 100);
    assert_int_equal(service->least, 50);
    assert_int_equal(service->most, 2000);
    assert_int_equal(service->counted_on, FEE_OF_PRICE);
    assert_int_equal(service->bearer, FEE_BY_BUYER);
    assert_int_equal(rules.items[2].fixed, 25);
    assert_int_equal(rules.items[2].rate, 0);
    assert_int_equal(rules.items[2].counted_on, FEE_OF_PRICE);
    assert_int_equal(rules.items[3].rate, 275);
    assert_int_equal(rules.items[3].bearer, FEE_BY_INTERMEDIARY);
    memory_end(memory);
    assert_int_equal(set_of("", &memory).count, 0);
    memory_end(memory);
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *written;
        const char *complaint; /* part of it */
    } wrong[] = {
        {"8% of share, by supplier", "has no colon"},
        {"Handling: 8% of share, by supplier", "\"Handling\" is no name"},
        {": 8% of share, by supplier", "\"\" is no name"},
        {"a: 8% of share, by supplier; a: 1.00, by buyer", "\"a\" is the name of two rules"},
        {"a: , by buyer", "rule \"a\": \"\" takes nothing"},
        {"a: 0% of price, by buyer", "\"0%\" takes nothing"},
        {"a: 8% of shares, by supplier", "\"shares\" is neither price nor share"},
        {"a: 8%, by supplier", "\"8%\" needs \"of price\""},
        {"a: 100.01% of price, by buyer", "\"100.01%\" is no percentage"},
        {"a: 1.234% of price, by buyer", "is no percentage"},
        {"a: -4% of price, by buyer", "is no percentage"},
        {"a: 4.% of price, by buyer", "is no percentage"},
        {"a: % of price, by buyer", "is no percentage"},
        {"a: 4% + 5% of price, by buyer", "\"5%\" is a second percentage"},
        {"a: 1.00 + 2.00 of price, by buyer", "\"2.00\" is a second fixed amount"},
        {"a: 4% + 1.005 of price, by buyer", "\"1.005\" is no amount"},
        {"a: 4% + of price, by buyer", "\"4% +\" ends before an amount"},
        {"a: 4% of price, min 0, by buyer", "\"0\" is no amount above zero"},
        {"a: 4% of price, min, by buyer", "\"min\" is neither min, max nor by"},
        {"a: 4% of price, min 1, min 2, by buyer", "is a second min"},
        {"a: 4% of price, max 1, max 2, by buyer", "is a second max"},
        {"a: 4% of price, min 2, max 1, by buyer", "has a min above its max"},
        {"a: 4% of price, by buyer, by supplier", "is a second bearer"},
        {"a: 4% of price, by author", "\"author\" is neither buyer"},
        {"a: 4% of price", "does not say who bears it"},
        {"a: 4% of share, by buyer", "must be of price"},
        {"a: 99999999999999999999, by buyer", "is no amount"},
        {"a:1,by buyer;b:1,by buyer;c:1,by buyer;d:1,by buyer;e:1,by buyer;f:1,by buyer;"
         "g:1,by buyer",
         "is one rule too many"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct memory *memory = memory_create(1 << 16);
        struct fee_rules rules;
        struct text complaint = {"", 0};
        if (!fees_parse(memory, text_of(wrong[i].written), eur, &rules, &complaint))
            fail_msg("%s is taken", wrong[i].written);
        if (!strstr(complaint.data, wrong[i].complaint))
            fail_msg("%s: %s", wrong[i].written, complaint.data);
        memory_end(memory);
    }
}

static void what_each_rule_takes(void **state)
{
    static const struct {
        const char *written;
        int64_t price, share, takes;
    } rows[] = {
        /* rounded once, half to even */
        {"a: 8% of share, by supplier", 1500, 600, 48},
        {"a: 8% of share, by supplier", 9999, 4000, 320},
        {"a: 5% of price, by buyer", 10, 4, 0}, /* 0.5 to 0 */
        {"a: 5% of price, by buyer", 30, 4, 2}, /* 1.5 to 2 */
        {"a: 5% of price, by buyer", 50, 4, 2}, /* 2.5 to 2 */
        {"a: 5% of price, by buyer", 51, 4, 3}, /* 2.55 to 3 */
        {"a: 0.01% of price, by buyer", 5000, 0, 0},
        {"a: 0.01% of price, by buyer", 5001, 0, 1},
        /* the fixed amount is added after rounding */
        {"a: 5% + 1.00 of price, by buyer", 10, 4, 100},
        {"a: 0.25, by buyer", 1, 0, 25},
        /* least and most after both */
        {"a: 4% + 1.00 of price, min 0.50, max 20.00, by buyer", 1500, 600, 160},
        {"a: 4% + 1.00 of price, min 0.50, max 20.00, by buyer", 47500, 600, 2000},
        {"a: 4% + 1.00 of price, min 0.50, max 20.00, by buyer", 47512, 600, 2000},
        {"a: 4% of price, min 0.50, by buyer", 1249, 0, 50},
        {"a: 4% of price, min 0.50, by buyer", 1250, 0, 50},
        {"a: 4% of price, min 0.50, by buyer", 1263, 0, 51},
        {"a: 4% of price, min 0.50, max 0.50, by buyer", 99999, 0, 50},
        /* zero, one cent, all of it */
        {"a: 4% + 1.00 of price, min 0.50, by buyer", 0, 0, 0},
        {"a: 4% + 1.00 of price, min 0.50, by buyer", 1, 0, 100},
        {"a: 50% of price, by buyer", 1, 0, 0},
        {"a: 1.00, by supplier", 1500, 99, 99},
        {"a: 100% of share, by supplier", 1500, 600, 600},
        {"a: 100% of price, by supplier", 1500, 600, 600},
        {"a: 2% of share, min 5.00, by intermediary", 700, 400, 300},
        {"a: 2% of share, by intermediary", 700, 700, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fee_breakdown made = breakdown_of(rows[i].written, rows[i].price, rows[i].share);
        if (made.lines[0].amount.minor != rows[i].takes)
            fail_msg("%s of %lld: takes %lld, not %lld", rows[i].written, (long long)rows[i].price,
                     (long long)made.lines[0].amount.minor, (long long)rows[i].takes);
        assert_int_equal(made.pays.minor, made.gets.minor + made.keeps.minor);
    }
}

/* 5 % + 4 % + 1.00 of a price of 15.00 that a person has 6.00 of. */
static void several_rules_do_not_see_each_other(void **state)
{
    (void)state;
    struct fee_breakdown made =
        breakdown_of("handling: 5% of price, min 0.50, max 4.00, by supplier;"
                     "service: 4% + 1.00 of price, by buyer;"
                     "partner: 10% of share, by intermediary",
                     1500, 600);
    assert_int_equal(made.count, 3);
    assert_int_equal(made.lines[0].amount.minor, 75);
    assert_int_equal(made.lines[1].amount.minor, 160);
    assert_int_equal(made.lines[2].amount.minor, 60);
    assert_int_equal(made.pays.minor, 1660);
    assert_int_equal(made.gets.minor, 525);
    assert_int_equal(made.income.minor, 900);
    assert_int_equal(made.keeps.minor, 1135);
    assert_int_equal(fees_sum(&made, FEE_BY_SUPPLIER).minor, 75);
    assert_int_equal(fees_sum(&made, FEE_BY_BUYER).minor, 160);
    assert_int_equal(fees_sum(&made, FEE_BY_INTERMEDIARY).minor, 60);
}

static void a_share_that_is_used_up_is_cut_in_order(void **state)
{
    (void)state;
    struct fee_breakdown made =
        breakdown_of("a: 60% of share, by supplier; b: 2.00 of share, by supplier;"
                     "c: 0.01, by supplier; d: 0.30, by buyer",
                     500, 400);
    assert_int_equal(made.lines[0].amount.minor, 240);
    assert_false(made.lines[0].cut);
    assert_int_equal(made.lines[1].amount.minor, 160);
    assert_true(made.lines[1].cut);
    assert_int_equal(made.lines[2].amount.minor, 0);
    assert_true(made.lines[2].cut);
    assert_int_equal(made.lines[3].amount.minor, 30);
    assert_int_equal(made.gets.minor, 0);
    assert_int_equal(made.pays.minor, 530);
    assert_int_equal(made.keeps.minor, 530);
}

static void nothing_wraps_and_no_currencies_mix(void **state)
{
    struct fee_breakdown made = {.count = -1};
    struct memory *memory;
    (void)state;
    struct fee_rules rules = set_of("a: 4% + 1.00 of price, by buyer", &memory);
    struct money most = {MONEY_MAX, eur};
    assert_ptr_equal(fees_apply(most, euro(0), &rules, &made), &ledger_out_of_range);
    assert_ptr_equal(fees_apply(euro(5), euro(6), &rules, &made), &ledger_out_of_range);
    assert_ptr_equal(fees_apply(euro(5), euro(-1), &rules, &made), &ledger_out_of_range);
    assert_ptr_equal(fees_apply(euro(-5), euro(-6), &rules, &made), &ledger_out_of_range);
    struct money beyond = {INT64_MAX, eur};
    assert_ptr_equal(fees_apply(beyond, euro(0), &rules, &made), &ledger_out_of_range);
    struct money dollars = {500, usd};
    assert_ptr_equal(fees_apply(dollars, euro(1), &rules, &made), &ledger_wrong_currency);
    assert_ptr_equal(fees_apply(dollars, dollars, &rules, &made), &ledger_wrong_currency);
    assert_int_equal(made.count, -1);
    memory_end(memory);
    /* Percentages alone are of any currency. */
    rules = set_of("a: 4% of price, by supplier", &memory);
    assert_null(fees_apply(dollars, dollars, &rules, &made));
    assert_int_equal(made.gets.minor, 480);
    assert_null(fees_apply(most, most, &rules, &made));
    memory_end(memory);
}

/* What a rule asks for, worked out another way: twice the percentage, halves looked at as such. */
static int64_t asked(const struct fee_rule *rule, int64_t base)
{
    __int128 product = (__int128)base * rule->rate;
    __int128 whole = product / 10000;
    __int128 twice = 2 * (product - whole * 10000);
    if (twice > 10000 || (twice == 10000 && whole % 2 == 1))
        whole++;
    whole += rule->fixed;
    if (rule->most && whole > rule->most)
        whole = rule->most;
    return (int64_t)(whole < rule->least ? rule->least : whole);
}

static void check(const struct fee_rules *rules, const struct fee_breakdown *made)
{
    int64_t taken[FEE_BY_INTERMEDIARY + 1] = {0};
    int64_t left[] = {[FEE_BY_BUYER] = INT64_MAX,
                      [FEE_BY_SUPPLIER] = made->share.minor,
                      [FEE_BY_INTERMEDIARY] = made->price.minor - made->share.minor};
    assert_int_equal(made->count, rules->count);
    for (int i = 0; i < made->count; i++) {
        const struct fee_rule *rule = &rules->items[i];
        const struct fee_line *line = &made->lines[i];
        int64_t base = rule->counted_on == FEE_OF_PRICE ? made->price.minor : made->share.minor;
        int64_t wanted = made->price.minor ? asked(rule, base) : 0;
        assert_int_equal(line->cut, wanted > left[rule->bearer]);
        assert_int_equal(line->amount.minor, line->cut ? left[rule->bearer] : wanted);
        left[rule->bearer] -= line->amount.minor;
        taken[rule->bearer] += line->amount.minor;
    }
    assert_int_equal(made->pays.minor, made->gets.minor + made->keeps.minor);
    assert_int_equal(made->pays.minor, made->price.minor + taken[FEE_BY_BUYER]);
    assert_int_equal(made->gets.minor, made->share.minor - taken[FEE_BY_SUPPLIER]);
    assert_int_equal(made->price.minor, made->share.minor + made->income.minor);
    assert_true(made->gets.minor >= 0 && made->keeps.minor >= 0);
    assert_true(taken[FEE_BY_INTERMEDIARY] <= made->income.minor);
}

static void whatever_the_rules_the_parts_add_up(void **state)
{
    static const struct currency currencies[] = {{"JPY"}, {"EUR"}, {"KWD"}};
    const uint64_t first = 20090103;
    uint64_t seed = first;
    int refused = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(currencies); i++)
        assert_int_equal(currency_digits(currencies[i]), i == 0 ? 0 : (int)i + 1);
    for (int i = 0; i < TRIALS; i++) {
        struct currency currency = currencies[chance(&seed, COUNT_OF(currencies))];
        int64_t end = chance(&seed, 20) ? 100000000 : MONEY_MAX;
        struct fee_rules rules;
        struct fee_breakdown made;
        random_set(&seed, currency, end, &rules);
        struct money price = {chance_any(&seed, end), currency};
        struct money share = {chance(&seed, price.minor + 1), currency};
        const struct problem *problem = fees_apply(price, share, &rules, &made);
        if (problem)
            assert_ptr_equal(problem, &ledger_out_of_range);
        refused += problem != NULL;
        if (!problem)
            check(&rules, &made);
    }
    assert_in_range(refused, 1, TRIALS / 20);
    print_message("%d sets from seed %llu, of which %d go beyond what can be counted\n", TRIALS,
                  (unsigned long long)first, refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_read),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_each_rule_takes),
        cmocka_unit_test(several_rules_do_not_see_each_other),
        cmocka_unit_test(a_share_that_is_used_up_is_cut_in_order),
        cmocka_unit_test(nothing_wraps_and_no_currencies_mix),
        cmocka_unit_test(whatever_the_rules_the_parts_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
