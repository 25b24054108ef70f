/*
 * Questions from rules: right is what is run, wrong is plausible, and nobody is asked what rules don't say.
 */
#include "modules/referrals/results/quiz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/log.h"
#include "base/settings.h"
#include "web/server.h"

static struct quiz_question_list ask(struct memory *memory, enum language language,
                                     const struct program_rule *rule, int64_t version)
{
    struct program_rules rules = {{rule, 1}};
    struct quiz_terms terms = {&rules, text_of("EUR"), 30, version, {INT64_C(20000) * DAY}};
    struct quiz_question_list out;
    assert_null(quiz_make(memory, language, &terms, &out));
    return out;
}

static void assert_answer(const struct quiz_question *question, const char *right)
{
    char typed[100];
    struct text said = question->answers.items[question->right - 1];
    snprintf(typed, sizeof typed, "%.*s", TEXT_ARGS(said));
    /* Sums have a blank that does not break. */
    for (char *at = typed; (at = strstr(at, "\xC2\xA0"));)
        *(char *)memmove(at, at + 1, strlen(at)) = ' ';
    assert_string_equal(typed, right);
}

static bool offers(const struct quiz_question *question, const char *number)
{
    for (size_t i = 0; i < question->answers.count; i++) {
        if (text_starts(question->answers.items[i], number))
            return true;
    }
    return false;
}

static const struct program_level levels[] = {{800}, {200}, {50}};
static const struct program_rule three_levels = {.name = TEXT("Orders"),
                                                 .trigger = TRIGGER_ORDER,
                                                 .each = 1,
                                                 .benefit = BENEFIT_PERCENT,
                                                 .levels = {levels, 3},
                                                 .period = PERIOD_EVER,
                                                 .hold_days = 14};

static void right_is_what_the_rules_give(void **state)
{
    struct quiz_question_list questions = ask(*state, LANGUAGE_EN, &three_levels, 1);
    assert_int_equal(questions.count, 3);
    assert_answer(&questions.items[0], "6.40 EUR");
    assert_answer(&questions.items[1], "1.60 EUR");
    assert_answer(&questions.items[2], "After 14 days");
    /* The percentage read as a sum, what the level above gets, and how long a click counts. */
    assert_true(offers(&questions.items[0], "8.00"));
    assert_true(offers(&questions.items[0], "1.60"));
    assert_true(offers(&questions.items[1], "6.40"));
    assert_true(offers(&questions.items[1], "Nothing"));
    assert_true(offers(&questions.items[2], "After 30"));
}

static void one_level_gives_nothing_for_those_below(void **state)
{
    struct program_rule rule = three_levels;
    rule.levels.count = 1;
    rule.hold_days = 0;
    struct quiz_question_list questions = ask(*state, LANGUAGE_EN, &rule, 1);
    assert_answer(&questions.items[1], "Nothing");
    assert_true(text_starts(questions.items[1].why, "Only who brought"));
    assert_answer(&questions.items[2], "At once");
}

static void a_least_order_moves_the_example(void **state)
{
    struct program_condition condition = {
        .fact = FACT_TOTAL, .is = COMPARE_AT_LEAST, .amount = {true, {15000, {"EUR"}}}};
    struct program_rule rule = three_levels;
    rule.conditions = (struct program_condition_list){&condition, 1};
    struct quiz_question_list questions = ask(*state, LANGUAGE_EN, &rule, 1);
    assert_answer(&questions.items[0], "16.00 EUR");
}

static void answers_differ_and_move_with_the_version(void **state)
{
    static const enum language languages[] = {LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_RU, LANGUAGE_ZH};
    bool places[QUIZ_ANSWERS + 1] = {0};
    for (int64_t version = 1; version <= 3; version++) {
        int64_t first = ask(*state, LANGUAGE_EN, &three_levels, version).items[0].right;
        for (size_t l = 0; l < 4; l++) {
            struct quiz_question_list questions = ask(*state, languages[l], &three_levels, version);
            assert_int_equal(questions.items[0].right, first);
            for (size_t q = 0; q < questions.count; q++) {
                const struct text *answers = questions.items[q].answers.items;
                assert_int_equal(questions.items[q].answers.count, QUIZ_ANSWERS);
                assert_false(text_equal(answers[0], answers[1]));
                assert_false(text_equal(answers[1], answers[2]));
                assert_false(text_equal(answers[0], answers[2]));
            }
        }
        places[first] = true;
    }
    assert_true(places[1] && places[2] && places[3]);
}

static void points_and_clicks_ask_nothing(void **state)
{
    struct program_rule rule = three_levels;
    rule.benefit = BENEFIT_POINTS;
    assert_int_equal(ask(*state, LANGUAGE_EN, &rule, 1).count, 0);
    rule = three_levels;
    rule.trigger = TRIGGER_CLICK;
    rule.benefit = BENEFIT_AMOUNT;
    assert_int_equal(ask(*state, LANGUAGE_EN, &rule, 1).count, 0);
}

static int begin(void **state)
{
    struct text complaint;
    struct memory *memory = memory_create(64 << 20);
    settings_declare(web_settings, web_setting_count);
    if (!memory || words_load(memory, &complaint))
        return -1;
    words_be_strict();
    *state = memory;
    return 0;
}

static int end(void **state)
{
    memory_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_is_what_the_rules_give),
        cmocka_unit_test(one_level_gives_nothing_for_those_below),
        cmocka_unit_test(a_least_order_moves_the_example),
        cmocka_unit_test(answers_differ_and_move_with_the_version),
        cmocka_unit_test(points_and_clicks_ask_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
