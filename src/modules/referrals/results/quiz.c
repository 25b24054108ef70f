/*
 * Makes the questions.
 *
 * Must not know: who is asked. Read next: core/program/rule.h.
 */
#include "modules/referrals/results/quiz.h"

struct making {
    struct memory *memory;
    enum language language;
    const struct quiz_terms *terms;
    struct currency currency;
    struct money order;              /* the example */
    int64_t parts[PROGRAM_LEVELS];   /* what each level gets of it */
    const struct program_rule *rule; /* that decides */
    struct program_said said;        /* the same in words */
    bool failed;                     /* a text did not fit into memory */
};

/* What may be wrong about a number, the first two that differ are taken. */
enum { GUESSES = 6 };

static struct text say(struct making *making, const char *key,
                       const struct word_argument *arguments, size_t count)
{
    struct text text = words_text(making->memory, making->language, key, arguments, count);
    making->failed |= !text.data;
    return text;
}

/* The first sum of an order for which somebody gets money, by one rule alone. */
static bool find_example(struct making *making)
{
    static const int64_t units[] = {80, 100, 200, 50, 500, 20};
    int64_t unit = currency_unit(making->currency);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct program_judgement judged;
        struct program_facts facts = {.trigger = TRIGGER_ORDER,
                                      .at = making->terms->at,
                                      .events = 1,
                                      .part = 10000,
                                      .total = {units[i] * unit, making->currency},
                                      .order_number = 1};
        program_judge(making->terms->rules, &facts, NULL, &judged);
        const struct program_due *due = &judged.dues[0];
        if (judged.count != 1 || due->rule < 0 || due->parts[0] <= 0)
            continue;
        making->rule = &making->terms->rules->rules.items[due->rule];
        making->order = facts.total;
        for (size_t level = 0; level < PROGRAM_LEVELS; level++)
            making->parts[level] = level < making->rule->levels.count ? due->parts[level] : 0;
        return making->rule->benefit == BENEFIT_PERCENT || making->rule->benefit == BENEFIT_AMOUNT;
    }
    return false;
}

static bool known(const int64_t *values, size_t count, int64_t value)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == value)
            return true;
    }
    return false;
}

static struct text say_sum(struct making *making, int64_t minor)
{
    struct builder b = builder_make(making->memory, 100);
    struct text out = {NULL, 0};
    if (minor == 0)
        return say(making, "referrals.quiz.nothing", NULL, 0);
    words_money(&b, making->language, (struct money){minor, making->currency}, MONEY_PLAIN);
    making->failed |= builder_end(&b, &out) != NULL;
    return out;
}

static struct text say_days(struct making *making, int64_t days)
{
    struct word_argument count = {.name = "days", .kind = FIELD_INTEGER, .integer = days};
    return say(making, "referrals.quiz.days", &count, 1);
}

/* The right value and two of the guesses, each at a place that follows from the version. */
static void answer(struct making *making, struct quiz_question *question, int64_t right,
                   const int64_t guesses[GUESSES],
                   struct text (*write)(struct making *making, int64_t value))
{
    int64_t values[QUIZ_ANSWERS] = {right};
    size_t count = 1;
    size_t turn = (size_t)(making->terms->version + question->number) % QUIZ_ANSWERS;
    struct text *items = memory_take_array(making->memory, QUIZ_ANSWERS, sizeof *items);
    making->failed |= !items;
    for (size_t i = 0; i < GUESSES && count < QUIZ_ANSWERS; i++) {
        if (guesses[i] >= 0 && !known(values, count, guesses[i]))
            values[count++] = guesses[i];
    }
    for (size_t i = 0; items && i < count; i++)
        items[(i + turn) % count] = write(making, values[i]);
    question->right = (int64_t)(turn % count) + 1;
    question->answers = (struct text_list){items, count};
}

static struct quiz_question ask_order(struct making *making)
{
    struct word_argument sum = {.name = "sum", .kind = FIELD_MONEY, .money = making->order};
    struct quiz_question question = {.number = 1,
                                     .asks = say(making, "referrals.quiz.order", &sum, 1),
                                     .why = making->said.gives};
    int64_t right = making->parts[0], part = making->rule->levels.items[0].part;
    bool percent = making->rule->benefit == BENEFIT_PERCENT;
    /* A percentage is in hundredths of a percent: read as a sum, 8 % are 8 units. */
    const int64_t guesses[GUESSES] = {
        percent ? part * currency_unit(making->currency) / 100 : -1,
        making->parts[1] > 0 ? making->parts[1] : -1,
        right * 2,
        making->order.minor,
        right / 2,
        0,
    };
    answer(making, &question, right, guesses, say_sum);
    return question;
}

static struct quiz_question ask_below(struct making *making)
{
    struct word_argument sum = {.name = "sum", .kind = FIELD_MONEY, .money = making->order};
    struct quiz_question question = {.number = 2,
                                     .asks = say(making, "referrals.quiz.below", &sum, 1)};
    const int64_t guesses[GUESSES] = {
        making->parts[0], 0, making->parts[2], making->parts[0] / 2, making->order.minor, -1};
    question.why = making->parts[1] > 0 && making->said.levels.count > 0
                       ? making->said.levels.items[0]
                       : say(making, "referrals.quiz.no_level", NULL, 0);
    answer(making, &question, making->parts[1], guesses, say_sum);
    return question;
}

static struct quiz_question ask_when(struct making *making)
{
    struct quiz_question question = {.number = 3,
                                     .asks = say(making, "referrals.quiz.when", NULL, 0)};
    int64_t days = making->rule->hold_days;
    const int64_t guesses[GUESSES] = {0, making->terms->window_days, days * 2, 14, 30, 60};
    question.why = making->said.limits.count > 0
                       ? making->said.limits.items[making->said.limits.count - 1]
                       : text_of("");
    answer(making, &question, days, guesses, say_days);
    return question;
}

const struct problem *quiz_make(struct memory *memory, enum language language,
                                const struct quiz_terms *terms, struct quiz_question_list *out)
{
    struct making making = {.memory = memory, .language = language, .terms = terms};
    struct program_said_list said;
    struct quiz_question *items = memory_take_array(memory, QUIZ_QUESTIONS, sizeof *items);
    *out = (struct quiz_question_list){items, 0};
    if (!items)
        return &out_of_memory;
    if (!currency_parse(terms->currency, &making.currency) || !find_example(&making))
        return NULL;
    const struct problem *problem =
        program_say(memory, language, terms->rules, terms->currency, &said);
    if (problem)
        return problem;
    making.said = said.items[making.rule - terms->rules->rules.items];
    items[0] = ask_order(&making);
    items[1] = ask_below(&making);
    items[2] = ask_when(&making);
    out->count = QUIZ_QUESTIONS;
    return making.failed ? &out_of_memory : NULL;
}
