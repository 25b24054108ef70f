/*
 * Verdict rules one by one. How they do before a whole crowd: tests/verdicts_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "modules/referrals/suspects/memory.h"

enum { PARTNER = 7, OTHER = 8 };

static struct suspect_memory *memory;
static struct instant monday = {INT64_C(1767571200000)};

static struct memory *lifetime;

static int begin(void **state)
{
    (void)state;
    lifetime = memory_create(16 << 20);
    memory = lifetime ? suspect_memory_make(lifetime, 100, 10000) : NULL;
    return memory ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    memory_end(lifetime);
    return 0;
}

static struct suspect_click a_click(int64_t after)
{
    return (struct suspect_click){.partner = PARTNER,
                                  .link = 1,
                                  .visitor = 11,
                                  .at = instant_add(monday, after),
                                  .paged = true,
                                  .visible = 20000,
                                  .touches = 3};
}

static struct suspect_claim an_order(const struct suspect_click *click)
{
    return (struct suspect_claim){.kind = SUSPECT_ORDER,
                                  .partner = PARTNER,
                                  .at = instant_add(monday, HOUR),
                                  .click = click,
                                  .basket = instant_add(monday, 40 * MINUTE),
                                  .basket_knew = true,
                                  .who = {.mail = 901, .name = 902, .surname = 903}};
}

static struct suspect_verdict judge(const struct suspect_claim *claim)
{
    struct suspect_verdict verdict;
    suspect_judge_claim(memory, &suspect_terms_plain, claim, &verdict);
    return verdict;
}

static void join_as(int64_t partner, struct suspect_person who)
{
    suspect_see_account(memory, &(struct suspect_account){partner, who});
}

/* ---- clicks ----------------------------------------------------------------------------------- */

static void the_twentieth_click_within_a_minute_is_held_with_its_count(void **state)
{
    (void)state;
    struct suspect_verdict verdict;
    for (int64_t i = 0; i < 21; i++) {
        struct suspect_click click = a_click(i * 2900);
        suspect_see_click(memory, &click);
        suspect_judge_click(memory, &suspect_terms_plain, &click, &verdict);
        assert_int_equal(verdict.state, i < 19 ? VERDICT_COUNTED : VERDICT_HELD);
    }
    assert_int_equal(verdict.findings[0].rule, SUSPECT_BURST);
    assert_int_equal(verdict.findings[0].count, 20);
    struct suspect_click later = a_click(21 * 2900 + MINUTE);
    suspect_see_click(memory, &later);
    assert_int_equal(later.burst, 1);
    struct suspect_click other = a_click(21 * 2900 + MINUTE);
    other.link = 2;
    suspect_see_click(memory, &other);
    assert_int_equal(other.burst, 1);
}

static void what_nobody_followed_is_rejected_and_counts_for_no_sum(void **state)
{
    (void)state;
    struct suspect_click clicks[] = {a_click(0), a_click(1), a_click(2), a_click(3)};
    static const enum suspect_rule rules[] = {SUSPECT_PROGRAM, SUSPECT_EMBEDDED, SUSPECT_PREFETCH,
                                              SUSPECT_BANNED};
    clicks[0].machine = clicks[1].embedded = clicks[2].prefetch = clicks[3].banned = true;
    for (size_t i = 0; i < 4; i++) {
        struct suspect_verdict verdict;
        suspect_see_click(memory, &clicks[i]);
        suspect_judge_click(memory, &suspect_terms_plain, &clicks[i], &verdict);
        assert_int_equal(verdict.state, VERDICT_REJECTED);
        assert_int_equal(verdict.findings[0].rule, rules[i]);
    }
    assert_int_equal(suspect_sums_of(memory, PARTNER)->clicks, 0);
}

static void who_comes_through_a_vpn_and_reads_counts(void **state)
{
    (void)state;
    struct suspect_verdict verdict;
    struct suspect_click click = a_click(0);
    click.hosted = true;
    suspect_judge_click(memory, &suspect_terms_plain, &click, &verdict);
    assert_int_equal(verdict.state, VERDICT_COUNTED);
    assert_int_equal(verdict.count, 1);
    assert_int_equal(verdict.findings[0].rule, SUSPECT_HOSTED);
}

static void nothing_follows_from_pages_that_never_report(void **state)
{
    (void)state;
    struct suspect_verdict verdict;
    for (int64_t i = 0; i < 100; i++) {
        struct suspect_click click = a_click(i * HOUR);
        click.visitor = (uint64_t)i + 1;
        click.paged = false;
        click.silent = true;
        suspect_see_click(memory, &click);
        suspect_judge_click(memory, &suspect_terms_plain, &click, &verdict);
        assert_int_equal(verdict.score, 0);
    }
}

/* ---- what looks made ------------------------------------------------------------------------- */

enum { CROWD = 400 /* clicks of each of ten partners */, LIAR = 20 };

static uint64_t dice = 1;

/* The top bits of a linear congruential generator (D. E. Knuth, volume 2). */
static int64_t below(int64_t count)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(dice >> 33) % count;
}

/* Somebody who comes as people do: some look long, some at nothing. */
static struct suspect_click a_person(int64_t partner, int64_t after)
{
    struct suspect_click click = a_click(after);
    click.partner = partner;
    click.program = 1;
    click.visitor = (uint64_t)below(INT64_C(1) << 30);
    click.paged = below(4) > 0;
    click.visible = click.paged ? (int64_t)1000 << below(8) : 0;
    click.visible += click.paged ? below(click.visible) : 0;
    click.touches = click.paged ? below(14) : 0;
    return click;
}

/* Paid for looking: from 20 to 24 seconds, three touches. */
static struct suspect_click a_made_one(int64_t after)
{
    struct suspect_click click = a_person(LIAR, after);
    click.paged = true;
    click.visible = 20000 + below(4000);
    click.touches = 3;
    return click;
}

static void see_people(int64_t partners)
{
    for (int64_t i = 0; i < CROWD * partners; i++) {
        struct suspect_click click = a_person(1 + i % partners, i * MINUTE);
        suspect_see_click(memory, &click);
    }
}

static struct suspect_verdict judged(struct suspect_click click)
{
    struct suspect_verdict verdict;
    suspect_judge_click(memory, &suspect_terms_plain, &click, &verdict);
    return verdict;
}

static bool tells(const struct suspect_verdict *verdict, enum suspect_rule rule, int64_t more)
{
    for (size_t i = 0; i < verdict->count; i++)
        if (verdict->findings[i].rule == rule)
            return verdict->findings[i].count > verdict->findings[i].of * more / 10;
    return false;
}

static void clicks_that_are_like_a_liars_made_ones_are_held_and_his_visitors_are_not(void **state)
{
    (void)state;
    see_people(10);
    for (int64_t i = 0; i < 300; i++) {
        struct suspect_click click = i % 5 ? a_made_one((CROWD * 10 + i) * MINUTE)
                                           : a_person(LIAR, (CROWD * 10 + i) * MINUTE);
        suspect_see_click(memory, &click);
    }
    struct suspect_verdict made = judged(a_made_one(INT64_C(10000) * MINUTE));
    assert_int_equal(made.state, VERDICT_HELD);
    assert_true(tells(&made, SUSPECT_COMPANY, 7));
    assert_true(tells(&made, SUSPECT_STAYED, 30));
    assert_true(tells(&made, SUSPECT_TOUCHED, 30));
    struct suspect_click visitor = a_person(LIAR, INT64_C(10000) * MINUTE);
    visitor.paged = true;
    visitor.visible = 100000;
    visitor.touches = 12;
    assert_int_equal(judged(visitor).state, VERDICT_COUNTED);
    struct suspect_click elsewhere = a_made_one(INT64_C(10000) * MINUTE);
    elsewhere.partner = 3;
    struct suspect_verdict others = judged(elsewhere);
    assert_int_equal(others.state, VERDICT_COUNTED);
    assert_false(tells(&others, SUSPECT_COMPANY, 0));
}

static void nothing_looks_made_before_it_is_known_what_is_usual(void **state)
{
    (void)state;
    see_people(1);
    for (int64_t i = 0; i < 300; i++) {
        struct suspect_click click = a_made_one((CROWD + i) * MINUTE);
        suspect_see_click(memory, &click);
    }
    struct suspect_verdict verdict = judged(a_made_one(INT64_C(10000) * MINUTE));
    assert_int_equal(verdict.state, VERDICT_COUNTED);
    assert_false(tells(&verdict, SUSPECT_COMPANY, 0));
}

static void what_led_to_something_held_is_held(void **state)
{
    (void)state;
    struct suspect_click click = a_click(0);
    assert_int_equal(judged(click).score, 0);
    click.led = 22;
    assert_int_equal(judged(click).state, VERDICT_HELD);
    assert_int_equal(judged(click).findings[0].rule, SUSPECT_ITS_CLAIM);
    assert_int_equal(judged(click).findings[0].count, 22);
}

static void a_link_followed_at_the_till_is_held(void **state)
{
    (void)state;
    struct suspect_verdict verdict;
    struct suspect_click click = a_click(0);
    click.basket = 61;
    suspect_judge_click(memory, &suspect_terms_plain, &click, &verdict);
    assert_int_equal(verdict.state, VERDICT_HELD);
    assert_int_equal(verdict.findings[0].rule, SUSPECT_CHECKOUT);
    assert_int_equal(verdict.findings[0].count, 2);
}

static void who_is_looked_at_again_is_counted_once(void **state)
{
    (void)state;
    struct suspect_click click = a_click(0), again = click;
    again.visitor = 12;
    suspect_see_click(memory, &click);
    struct suspect_sums was = *suspect_sums_of(memory, PARTNER);
    suspect_meet_click(memory, &again);
    suspect_meet_click(memory, &again);
    assert_int_equal(again.times, 2);
    assert_int_equal(again.burst, 2);
    assert_memory_equal(suspect_sums_of(memory, PARTNER), &was, sizeof was);
}

static void devices_are_read_from_agents(void **state)
{
    (void)state;
    static const struct {
        const char *agent;
        enum suspect_device device;
    } agents[] = {
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0", SUSPECT_COMPUTER},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148", SUSPECT_PHONE},
        {"Mozilla/5.0 (Linux; Android 14; SM-A546B; wv) Mobile Safari/537.36", SUSPECT_APP},
        {"Mozilla/5.0 (iPhone) Mobile/15E148 Instagram 359.0.0", SUSPECT_APP},
    };
    for (size_t i = 0; i < sizeof agents / sizeof *agents; i++)
        assert_int_equal(suspect_read_device(text_of(agents[i].agent)), agents[i].device);
    assert_int_equal(suspect_read_device(text_of("")), 0);
}

/* ---- persons ---------------------------------------------------------------------------------- */

static void a_household_is_not_one_person(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim daughter = an_order(&click);
    join_as(
        PARTNER,
        (struct suspect_person){
            .mail = 1, .name = 2, .surname = 3, .device = 4, .payment = 5, .address = 6, .ip = 7});
    daughter.who = (struct suspect_person){
        .mail = 21, .name = 22, .surname = 3, .device = 4, .payment = 5, .address = 6, .ip = 7};
    assert_int_equal(judge(&daughter).state, VERDICT_COUNTED);
    daughter.who.device = 24;
    daughter.who.payment = 25;
    assert_int_equal(judge(&daughter).score, 0);
}

static void ones_own_order_by_a_second_address_is_rejected(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim own = an_order(&click);
    char one[SUSPECT_MAILBOX_MAX], two[SUSPECT_MAILBOX_MAX];
    const char *first = "Mei.Yam+shop.2@Post.Example", *second = "meiyam@post.example";
    size_t size = suspect_fold_mail(one, text_of(first));
    assert_int_equal(size, suspect_fold_mail(two, text_of(second)));
    assert_memory_equal(one, two, size);
    assert_memory_equal(one, "meiyam@post.example", size);
    assert_int_equal(suspect_fold_mail(one, (struct text){NULL, 0}), 0);
    join_as(PARTNER, (struct suspect_person){.mail = 901});
    assert_int_equal(judge(&own).state, VERDICT_REJECTED);
    assert_int_equal(judge(&own).findings[0].rule, SUSPECT_SAME_MAIL);
}

static void unknown_marks_are_nobodys(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim guest = an_order(&click);
    guest.who = (struct suspect_person){0};
    join_as(PARTNER, (struct suspect_person){0});
    join_as(OTHER, (struct suspect_person){0});
    assert_int_equal(judge(&guest).score, 0);
}

static void two_accounts_of_a_couple_are_fine_and_three_are_told(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim order = an_order(&click);
    join_as(PARTNER, (struct suspect_person){.mail = 1, .payment = 5});
    join_as(OTHER, (struct suspect_person){.mail = 2, .payment = 5});
    assert_int_equal(judge(&order).score, 0);
    join_as(9, (struct suspect_person){.mail = 3, .payment = 5});
    struct suspect_verdict verdict = judge(&order);
    assert_int_equal(verdict.findings[0].rule, SUSPECT_SAME_PAYOUT);
    assert_int_equal(verdict.findings[0].count, 3);
}

static void another_partner_who_buys_is_noticed(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim order = an_order(&click);
    join_as(PARTNER, (struct suspect_person){.mail = 1});
    join_as(OTHER, (struct suspect_person){.mail = 901, .device = 44, .ip = 45});
    assert_int_equal(judge(&order).score, 0);
    order.who.device = 44;
    assert_int_equal(judge(&order).findings[0].rule, SUSPECT_FELLOW);
    assert_int_equal(judge(&order).findings[0].count, 2);
}

/* ---- orders ----------------------------------------------------------------------------------- */

static void a_link_put_in_after_the_basket_is_held(void **state)
{
    (void)state;
    struct suspect_click click = a_click(HOUR - 30 * SECOND);
    struct suspect_claim order = an_order(&click);
    order.basket_knew = false;
    struct suspect_verdict verdict = judge(&order);
    assert_int_equal(verdict.state, VERDICT_HELD);
    assert_int_equal(verdict.findings[0].rule, SUSPECT_AFTER_BASKET);
    assert_int_equal(verdict.findings[0].count, 30);
    order.click = NULL;
    assert_int_equal(judge(&order).score, 0);
}

/* A link may lead to the one thing that somebody wants: it takes more to hold it. */
static void a_basket_opened_right_after_the_click_is_told_and_does_not_hold_alone(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_claim order = an_order(&click);
    order.basket = instant_add(click.at, 8 * SECOND);
    struct suspect_verdict verdict = judge(&order);
    assert_int_equal(verdict.state, VERDICT_COUNTED);
    assert_int_equal(verdict.findings[0].rule, SUSPECT_RUSHED);
    assert_int_equal(verdict.findings[0].count, 8);
    order.basket = instant_add(click.at, 20 * SECOND);
    assert_int_equal(judge(&order).score, 0);
    order.basket = instant_add(click.at, -SECOND);
    assert_int_equal(judge(&order).score, 0);
}

static void numbers_that_the_shop_has_not_come_to_are_noticed(void **state)
{
    (void)state;
    struct suspect_click click = a_click(30 * MINUTE);
    struct suspect_number number = {.shop = 1, .form = 5};
    for (number.number = 100; number.number < 120; number.number++)
        suspect_see_number(memory, &number);
    struct suspect_claim order = an_order(&click);
    order.number = &number;
    number.number = 121;
    suspect_see_claim(memory, &order);
    assert_int_equal(judge(&order).score, 0);
    number.number = 150;
    suspect_see_claim(memory, &order);
    assert_int_equal(judge(&order).findings[0].rule, SUSPECT_EARLY_NUMBER);
    assert_int_equal(judge(&order).findings[0].count, 31);
    number.form = 6;
    suspect_see_claim(memory, &order);
    assert_int_equal(judge(&order).findings[0].rule, SUSPECT_ODD_NUMBER);
}

static void numbers_are_read_as_the_shop_writes_them(void **state)
{
    (void)state;
    struct suspect_number one = suspect_read_number(1, text_of("S-10234/a"));
    struct suspect_number two = suspect_read_number(1, text_of("S-10999/a"));
    assert_int_equal(one.number, 10234);
    assert_int_equal(one.form, two.form);
    assert_int_not_equal(one.form, suspect_read_number(1, text_of("S-999/a")).form);
    assert_int_not_equal(one.form, suspect_read_number(1, text_of("10234")).form);
    assert_int_equal(suspect_read_number(1, text_of("none")).number, 0);
    assert_int_equal(suspect_read_number(1, text_of("9999999999999999999999")).number,
                     INT64_C(999999999999999999));
}

static void a_program_can_do_without_a_rule_and_set_its_threshold(void **state)
{
    (void)state;
    struct suspect_click click = a_click(HOUR - 5 * SECOND);
    struct suspect_claim order = an_order(&click);
    struct suspect_terms terms = suspect_terms_plain;
    struct suspect_verdict verdict;
    suspect_judge_claim(memory, &terms, &order, &verdict);
    assert_int_equal(verdict.state, VERDICT_HELD);
    terms.hold_claim = verdict.score + 1;
    suspect_judge_claim(memory, &terms, &order, &verdict);
    assert_int_equal(verdict.state, VERDICT_COUNTED);
    terms = suspect_terms_plain;
    terms.off = UINT64_C(1) << SUSPECT_AT_ONCE;
    suspect_judge_claim(memory, &terms, &order, &verdict);
    assert_int_equal(verdict.state, VERDICT_COUNTED);
}

static void what_does_not_fit_is_forgotten_oldest_first(void **state)
{
    (void)state;
    memory = suspect_memory_make(lifetime, 1, 1);
    assert_non_null(memory);
    for (int64_t i = 1; i <= 1000; i++) {
        struct suspect_click click = a_click(i * MINUTE);
        click.partner = i;
        click.visitor = (uint64_t)i;
        suspect_see_click(memory, &click);
    }
    assert_int_equal(suspect_sums_of(memory, 1000)->clicks, 1);
    assert_int_equal(suspect_sums_of(memory, 1)->clicks, 0);
}

static void every_rule_has_its_sentence(void **state)
{
    (void)state;
    for (int rule = 1; rule <= SUSPECT_RULES; rule++) {
        const char *own = suspect_words((enum suspect_rule)rule);
        const char *others = suspect_words_of((enum suspect_rule)rule);
        assert_memory_equal(own, "referrals.suspect.", 18);
        assert_memory_equal(others, "referrals.suspect", 17);
        assert_string_equal(strrchr(own, '.'), strrchr(others, '.'));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(the_twentieth_click_within_a_minute_is_held_with_its_count),
        TEST(what_nobody_followed_is_rejected_and_counts_for_no_sum),
        TEST(who_comes_through_a_vpn_and_reads_counts),
        TEST(nothing_follows_from_pages_that_never_report),
        TEST(clicks_that_are_like_a_liars_made_ones_are_held_and_his_visitors_are_not),
        TEST(nothing_looks_made_before_it_is_known_what_is_usual),
        TEST(what_led_to_something_held_is_held),
        TEST(a_link_followed_at_the_till_is_held),
        TEST(who_is_looked_at_again_is_counted_once),
        TEST(devices_are_read_from_agents),
        TEST(a_household_is_not_one_person),
        TEST(ones_own_order_by_a_second_address_is_rejected),
        TEST(unknown_marks_are_nobodys),
        TEST(two_accounts_of_a_couple_are_fine_and_three_are_told),
        TEST(another_partner_who_buys_is_noticed),
        TEST(a_link_put_in_after_the_basket_is_held),
        TEST(a_basket_opened_right_after_the_click_is_told_and_does_not_hold_alone),
        TEST(numbers_that_the_shop_has_not_come_to_are_noticed),
        TEST(numbers_are_read_as_the_shop_writes_them),
        TEST(a_program_can_do_without_a_rule_and_set_its_threshold),
        TEST(what_does_not_fit_is_forgotten_oldest_first),
        TEST(every_rule_has_its_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
