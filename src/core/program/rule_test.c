/*
 * Rules of programs by example: which rule decides, of what, how much, and what a cap leaves.
 */
#include "core/program/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/log.h"

#define EUR                                                                                        \
    {                                                                                              \
        "EUR"                                                                                      \
    }

static const struct instant noon = {INT64_C(20000) * DAY + 12 * HOUR}; /* 2024-10-04, a Friday */

static struct program_facts order_of(int64_t minor)
{
    return (struct program_facts){.trigger = TRIGGER_ORDER,
                                  .at = noon,
                                  .events = 1,
                                  .part = 10000,
                                  .country = text_of("DE"),
                                  .total = {minor, EUR},
                                  .order_number = 1};
}

static struct program_rule percent(const char *name, const struct program_level *levels,
                                   size_t count)
{
    return (struct program_rule){.name = text_of(name),
                                 .trigger = TRIGGER_ORDER,
                                 .each = 1,
                                 .benefit = BENEFIT_PERCENT,
                                 .levels = {levels, count},
                                 .period = PERIOD_EVER};
}

static const struct program_level five[] = {{500}};
static const struct program_level ten[] = {{1000}};
static const struct program_level three_levels[] = {{1000}, {333}, {100}};

static struct program_condition of_text(enum program_fact fact, const char *text, int64_t any)
{
    return (struct program_condition){
        .any = any, .fact = fact, .is = COMPARE_IS, .text = {true, text_of(text)}};
}

static struct program_condition of_number(enum program_fact fact, enum program_comparison is,
                                          int64_t number)
{
    return (struct program_condition){.fact = fact, .is = is, .number = {true, number}};
}

static struct program_judgement judge(const struct program_rule *rules, size_t count,
                                      const struct program_facts *facts)
{
    struct program_judgement out;
    struct program_rules all = {{rules, count}};
    program_judge(&all, facts, NULL, &out);
    return out;
}

static void a_percentage_is_rounded_down_for_each_level(void **state)
{
    (void)state;
    struct program_rule rule = percent("all", three_levels, 3);
    struct program_facts facts = order_of(1999);
    struct program_judgement found = judge(&rule, 1, &facts);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.dues[0].parts[0], 199); /* 199.9 */
    assert_int_equal(found.dues[0].parts[1], 66);  /* 66.5 */
    assert_int_equal(found.dues[0].parts[2], 19);  /* 19.99 */
    assert_int_equal(found.dues[0].sum, 284);
    assert_int_equal(found.dues[0].reason, REASON_GIVEN);
}

static void the_first_rule_that_fits_decides(void **state)
{
    (void)state;
    struct program_condition germany_or_austria[] = {of_text(FACT_COUNTRY, "DE", 1),
                                                     of_text(FACT_COUNTRY, "AT", 1)};
    struct program_rule rules[] = {percent("near", ten, 1), percent("else", five, 1)};
    struct program_facts facts = order_of(10000);
    rules[0].conditions = (struct program_condition_list){germany_or_austria, 2};
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 1000);
    facts.country = text_of("FR");
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 500);
    facts.country = text_of("");
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 500);
    assert_int_equal(judge(rules, 1, &facts).dues[0].reason, REASON_NO_RULE);
}

static void all_conditions_hold_but_of_alternatives_one(void **state)
{
    (void)state;
    struct program_condition conditions[] = {
        of_text(FACT_COUNTRY, "DE", 1),
        of_text(FACT_COUNTRY, "AT", 1),
        of_number(FACT_ORDER_NUMBER, COMPARE_IS, 1),
        {.fact = FACT_TOTAL, .is = COMPARE_AT_LEAST, .amount = {true, {5000, EUR}}},
    };
    struct program_rule rule = percent("narrow", ten, 1);
    struct program_facts facts = order_of(5000);
    rule.conditions = (struct program_condition_list){conditions, 4};
    assert_int_equal(judge(&rule, 1, &facts).dues[0].sum, 500);
    facts.total.minor = 4999;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].reason, REASON_NO_RULE);
    facts.total.minor = 5000;
    facts.order_number = 2;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].reason, REASON_NO_RULE);
    facts.order_number = 0; /* not known: neither the first nor another */
    conditions[2].is = COMPARE_IS_NOT;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].reason, REASON_NO_RULE);
}

/* A coupon for one product must not pay on the whole basket. */
static void a_benefit_for_a_product_pays_on_that_product(void **state)
{
    (void)state;
    const struct program_line lines[] = {{text_of("lamp"), text_of("light"), 3000},
                                         {text_of("desk"), text_of("wood"), 20000},
                                         {text_of("lamp"), text_of("light"), 1005}};
    struct program_condition lamp[] = {of_text(FACT_PRODUCT, "lamp", 0)};
    struct program_rule rules[] = {percent("lamps", ten, 1), percent("rest", five, 1)};
    struct program_facts facts = order_of(24005);
    facts.lines = (struct program_line_list){lines, 3};
    rules[0].conditions = (struct program_condition_list){lamp, 1};
    struct program_judgement found = judge(rules, 2, &facts);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.dues[0].base_minor, 4005);
    assert_int_equal(found.dues[0].sum, 400); /* worked out once, of the sum of its lines */
    assert_int_equal(found.dues[1].base_minor, 20000);
    assert_int_equal(found.dues[1].sum, 1000);
    assert_int_equal(judge(rules, 1, &facts).dues[0].sum, 400);
}

static void a_fixed_benefit_is_given_once_for_an_order(void **state)
{
    (void)state;
    static const struct program_level amounts[] = {{700}, {50}};
    const struct program_line lines[] = {{text_of("a"), text_of(""), 3000},
                                         {text_of("b"), text_of(""), 1}};
    struct program_rule rule = percent("each", amounts, 2);
    struct program_facts facts = order_of(3001);
    rule.benefit = BENEFIT_AMOUNT;
    facts.lines = (struct program_line_list){lines, 2};
    assert_int_equal(judge(&rule, 1, &facts).dues[0].sum, 750);
    facts.part = 3333; /* one of three brought it */
    assert_int_equal(judge(&rule, 1, &facts).dues[0].parts[0], 233);
    assert_int_equal(judge(&rule, 1, &facts).dues[0].parts[1], 16);
}

static void a_gift_is_given_beside_and_only_with_a_share(void **state)
{
    static const struct program_gift gift[] = {{BENEFIT_CREDIT, 1001}};
    struct program_rule rule = percent("orders", ten, 1);
    struct program_facts facts = order_of(20000);
    (void)state;
    rule.gifts = (struct program_gift_list){gift, 1};
    struct program_due due = judge(&rule, 1, &facts).dues[0];
    assert_int_equal(due.sum, 2000);
    assert_int_equal(due.gift, 1001);
    facts.part = 4000; /* two brought it: both parts are rounded down */
    assert_int_equal(judge(&rule, 1, &facts).dues[0].gift, 400);
    facts = order_of(9); /* a tenth is less than a cent: nothing for anybody */
    assert_int_equal(judge(&rule, 1, &facts).dues[0].gift, 0);
}

/* Steps by volume are rules in their order, the highest first. */
static void a_step_holds_from_its_number_of_orders_on(void **state)
{
    struct program_condition many = of_number(FACT_PARTNER_ORDERS, COMPARE_AT_LEAST, 10);
    struct program_rule rules[] = {percent("from ten", ten, 1), percent("below", five, 1)};
    struct program_facts facts = order_of(20000);
    (void)state;
    rules[0].conditions = (struct program_condition_list){&many, 1};
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 1000); /* the partner's first */
    facts.partner_orders = 9;
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 1000);
    facts.partner_orders = 10;
    assert_int_equal(judge(rules, 2, &facts).dues[0].sum, 2000);
}

static void clicks_of_an_hour_are_paid_together(void **state)
{
    (void)state;
    static const struct program_level cents[] = {{3}};
    struct program_rule rule = percent("thousand", cents, 1);
    struct program_facts facts = order_of(0);
    rule.trigger = TRIGGER_IMPRESSION;
    rule.benefit = BENEFIT_AMOUNT;
    rule.each = 1000;
    facts.trigger = TRIGGER_IMPRESSION;
    facts.events = 999;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].sum, 2);
    facts.events = 300;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].reason, REASON_NOTHING);
    facts.trigger = TRIGGER_CLICK;
    assert_int_equal(judge(&rule, 1, &facts).dues[0].reason, REASON_NO_RULE);
}

static void a_cap_leaves_what_is_below_it(void **state)
{
    (void)state;
    struct program_rule rule = percent("capped", three_levels, 3);
    struct program_rules rules = {{&rule, 1}};
    struct program_facts facts = order_of(10000);
    struct program_judgement found;
    struct program_used used = {.each = 600};
    rule.most_each = (struct maybe_integer){true, 1000};
    program_judge(&rules, &facts, &used, &found);
    assert_int_equal(found.dues[0].parts[0], 400);
    assert_int_equal(found.dues[0].parts[1], 133); /* 333 x 400 / 1000 */
    assert_int_equal(found.dues[0].reason, REASON_PART);
    used.each = 1000;
    program_judge(&rules, &facts, &used, &found);
    assert_int_equal(found.dues[0].sum, 0);
    assert_int_equal(found.dues[0].reason, REASON_CAP_EACH);
    used = (struct program_used){0, 1430};
    rule.most = (struct maybe_integer){true, 1433};
    rule.most_each.present = false;
    program_judge(&rules, &facts, &used, &found);
    assert_true(found.dues[0].sum > 0 && found.dues[0].sum <= 3);
    used.all = 2000;
    program_judge(&rules, &facts, &used, &found);
    assert_int_equal(found.dues[0].reason, REASON_CAP_ALL);
}

static void periods_begin_where_people_think_they_do(void **state)
{
    (void)state;
    assert_int_equal(program_period_begin(PERIOD_EVER, noon).ms, 0);
    assert_int_equal(program_period_begin(PERIOD_DAY, noon).ms, INT64_C(20000) * DAY);
    assert_int_equal(program_period_begin(PERIOD_WEEK, noon).ms, INT64_C(19996) * DAY); /* Monday */
    struct civil month = civil_of(program_period_begin(PERIOD_MONTH, noon));
    assert_int_equal(month.year * 10000 + month.month * 100 + month.day, 20241001);
    struct civil year = civil_of(program_period_begin(PERIOD_YEAR, noon));
    assert_int_equal(year.year * 10000 + year.month * 100 + year.day, 20240101);
}

static void expect_fault(const struct program_rule *rules, size_t count, const char *field,
                         const char *rule)
{
    struct memory *memory = memory_create(1 << 20);
    struct program_fault fault = {"", ""};
    struct program_rules all = {{rules, count}};
    assert_false(program_rules_check(memory, &all, (struct currency)EUR, &fault));
    assert_string_equal(fault.field, field);
    assert_string_equal(fault.rule, rule);
    memory_end(memory);
}

static void rules_that_make_no_sense_are_named(void **state)
{
    (void)state;
    static const struct program_level too_much[] = {{9000}, {1001}};
    static const struct program_level none[] = {{0}, {100}};
    struct program_rule rules[] = {percent("one", ten, 1), percent("two", ten, 1)};
    expect_fault(rules, 0, "rules", "program.wrong.no_rules");
    rules[1].name = rules[0].name;
    expect_fault(rules, 2, "rules.1.name", "program.wrong.same_name");
    rules[1] = percent("two", too_much, 2);
    expect_fault(rules, 2, "rules.1.levels", "program.wrong.more_than_all");
    rules[1] = percent("two", none, 2); /* for recruiting alone */
    expect_fault(rules, 2, "rules.1.levels", "program.wrong.first_level");
    rules[1] = percent("two", ten, 1);
    rules[1].trigger = TRIGGER_CLICK;
    expect_fault(rules, 2, "rules.1.benefit", "program.wrong.percent_of_nothing");
    rules[1] = percent("two", ten, 1);
    rules[1].each = 10;
    expect_fault(rules, 2, "rules.1.each", "program.wrong.each");
    struct program_condition condition = {.fact = FACT_TOTAL, .is = COMPARE_AT_LEAST};
    rules[1] = percent("two", ten, 1);
    rules[1].conditions = (struct program_condition_list){&condition, 1};
    expect_fault(rules, 2, "rules.1.conditions.0.amount", "program.wrong.compared_with_nothing");
    condition.amount = (struct maybe_money){true, {100, {"USD"}}};
    expect_fault(rules, 2, "rules.1.conditions.0.amount", "program.wrong.currency");
    condition = of_text(FACT_PRODUCT, "a", 0);
    condition.is = COMPARE_BELOW;
    expect_fault(rules, 2, "rules.1.conditions.0.is", "program.wrong.no_order");
    static const struct program_gift money[] = {{BENEFIT_AMOUNT, 100}};
    static const struct program_gift points[] = {{BENEFIT_POINTS, 100}};
    rules[1] = percent("two", ten, 1);
    rules[1].gifts = (struct program_gift_list){money, 1};
    expect_fault(rules, 2, "rules.1.gifts.0.benefit", "program.wrong.gift");
    rules[1].gifts = (struct program_gift_list){points, 1};
    rules[1].benefit = BENEFIT_AMOUNT;
    rules[1].trigger = TRIGGER_ACTION;
    expect_fault(rules, 2, "rules.1.gifts", "program.wrong.gift_for_nothing");
}

static void what_was_agreed_goes_before_percentages_only(void **state)
{
    static const struct program_level agreed[] = {{1250}, {100}};
    struct program_rule rules[] = {percent("Orders", three_levels, 3)};
    struct program_facts facts = order_of(10001);
    (void)state;
    facts.agreed = (struct program_level_list){agreed, 2};
    struct program_judgement judgement = judge(rules, 1, &facts);
    assert_int_equal(judgement.dues[0].parts[0], 1250);
    assert_int_equal(judgement.dues[0].parts[1], 100);
    assert_int_equal(judgement.dues[0].parts[2], 0);
    rules[0].most_each = (struct maybe_integer){true, 1000};
    judgement = judge(rules, 1, &facts);
    assert_int_equal(judgement.dues[0].parts[0], 1000);
    assert_int_equal(judgement.dues[0].reason, REASON_PART);
    rules[0] = percent("Orders", ten, 1);
    rules[0].benefit = BENEFIT_AMOUNT;
    judgement = judge(rules, 1, &facts);
    assert_int_equal(judgement.dues[0].parts[0], 1000);
    assert_int_equal(judgement.dues[0].parts[1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_percentage_is_rounded_down_for_each_level),
        cmocka_unit_test(what_was_agreed_goes_before_percentages_only),
        cmocka_unit_test(the_first_rule_that_fits_decides),
        cmocka_unit_test(all_conditions_hold_but_of_alternatives_one),
        cmocka_unit_test(a_benefit_for_a_product_pays_on_that_product),
        cmocka_unit_test(a_fixed_benefit_is_given_once_for_an_order),
        cmocka_unit_test(a_gift_is_given_beside_and_only_with_a_share),
        cmocka_unit_test(a_step_holds_from_its_number_of_orders_on),
        cmocka_unit_test(clicks_of_an_hour_are_paid_together),
        cmocka_unit_test(a_cap_leaves_what_is_below_it),
        cmocka_unit_test(periods_begin_where_people_think_they_do),
        cmocka_unit_test(rules_that_make_no_sense_are_named),
    };
    return cmocka_run_group_tests_name("core/program/rule", tests, NULL, NULL);
}
