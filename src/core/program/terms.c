/*
 * Writes rules in words.
 *
 * Facts and comparisons are put together as "order total: at least 50.00 EUR", which needs no grammar of any
 * language. Must not know: pages. Read next: core/program/rule.h, core/reward/words.c.
 */
#include "core/program/terms.h"

#include <stdio.h>

#include "core/program/parts.h"
#include "core/people/party.h"
#include "core/program/rule.shapes.h"
#include "core/reward/reward.h"

enum { TEXT_MOST = 4000 /* bytes of one sentence */, LIMITS_MOST = 4 };

struct saying {
    struct memory *memory;
    enum language language;
    struct text currency;
    bool failed; /* a text did not fit into memory */
};

static struct text say(struct saying *saying, const char *key,
                       const struct word_argument *arguments, size_t count)
{
    struct text text = words_text(saying->memory, saying->language, key, arguments, count);
    saying->failed |= !text.data;
    return text;
}

static struct text say_plain(struct saying *saying, const char *key)
{
    return say(saying, key, NULL, 0);
}

static struct word_argument text_argument(const char *name, struct text text)
{
    return (struct word_argument){.name = name, .kind = FIELD_TEXT, .text = text};
}

static struct word_argument number_argument(const char *name, int64_t number)
{
    return (struct word_argument){.name = name, .kind = FIELD_INTEGER, .integer = number};
}

static struct text units(struct saying *saying, enum program_benefit benefit, int64_t minor)
{
    struct word_argument count = number_argument("count", minor);
    struct builder b = builder_make(saying->memory, TEXT_MOST);
    struct text out = {NULL, 0};
    switch (benefit) {
    case BENEFIT_POINTS:
        return say(saying, "program.terms.points", &count, 1);
    case BENEFIT_TICKETS:
        return say(saying, "program.terms.tickets", &count, 1);
    case BENEFIT_PERCENT:
    case BENEFIT_AMOUNT:
    case BENEFIT_CREDIT:
        words_money(&b, saying->language,
                    (struct money){minor, program_unit(benefit, saying->currency)}, MONEY_PLAIN);
        break;
    }
    saying->failed |= builder_end(&b, &out) != NULL;
    if (benefit != BENEFIT_CREDIT)
        return out;
    struct word_argument sum = text_argument("sum", out);
    return say(saying, "program.terms.credit", &sum, 1);
}

static struct text part(struct saying *saying, const struct program_rule *rule, int64_t of)
{
    struct builder b = builder_make(saying->memory, TEXT_MOST);
    struct text out = {NULL, 0};
    if (rule->benefit != BENEFIT_PERCENT)
        return units(saying, rule->benefit, of);
    words_percent(&b, saying->language, of);
    saying->failed |= builder_end(&b, &out) != NULL;
    return out;
}

/* The condition that alone says for which action a rule is; NULL: there is none, or there are several. */
static const struct program_condition *action_of(const struct program_rule *rule)
{
    const struct program_condition *found = NULL;
    for (size_t i = 0; i < rule->conditions.count; i++) {
        const struct program_condition *condition = &rule->conditions.items[i];
        if (condition->fact != FACT_ACTION)
            continue;
        if (found || condition->any > 0 || condition->is != COMPARE_IS)
            return NULL;
        found = condition;
    }
    return found;
}

static struct text say_action(struct saying *saying, const struct program_rule *rule,
                              struct text part)
{
    const struct program_condition *action = action_of(rule);
    struct word_argument arguments[] = {
        text_argument("part", part), text_argument("action", action ? action->text.value : part)};
    return action ? say(saying, "program.terms.for_named_action", arguments, 2)
                  : say(saying, "program.terms.for_action", arguments, 1);
}

static struct text say_gives(struct saying *saying, const struct program_rule *rule)
{
    struct word_argument arguments[] = {
        text_argument("part", part(saying, rule, rule->levels.items[0].part)),
        number_argument("count", rule->each),
    };
    switch (rule->trigger) {
    case TRIGGER_ORDER:
        return say(saying,
                   rule->benefit == BENEFIT_PERCENT ? "program.terms.of_order"
                                                    : "program.terms.for_order",
                   arguments, 1);
    case TRIGGER_ACTION:
        return say_action(saying, rule, arguments[0].text);
    case TRIGGER_CLICK:
        return say(saying, "program.terms.for_clicks", arguments, 2);
    case TRIGGER_POST:
        return say(saying, "program.terms.for_post", arguments, 1);
    case TRIGGER_IMPRESSION:
        break;
    }
    return say(saying, "program.terms.for_impressions", arguments, 2);
}

static const struct problem *say_levels(struct saying *saying, const struct program_rule *rule,
                                        struct text_list *out)
{
    struct text *items = memory_take_array(saying->memory, PROGRAM_LEVELS, sizeof *items);
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    for (size_t level = 1; level < rule->levels.count; level++) {
        struct word_argument arguments[] = {
            text_argument("part", part(saying, rule, rule->levels.items[level].part)),
            number_argument("level", (int64_t)level + 1),
        };
        if (rule->levels.items[level].part > 0)
            items[count++] = level == 1 ? say(saying, "program.terms.second_level", arguments, 1)
                                        : say(saying, "program.terms.level", arguments, 2);
    }
    *out = (struct text_list){items, count};
    return NULL;
}

static struct maybe_text say_gift(struct saying *saying, const struct program_rule *rule)
{
    if (rule->gifts.count == 0)
        return (struct maybe_text){.present = false};
    const struct program_gift *gift = &rule->gifts.items[0];
    struct word_argument part = text_argument("part", units(saying, gift->benefit, gift->part));
    return (struct maybe_text){true, say(saying, "program.terms.gift", &part, 1)};
}

/* Days as dates of a moment near noon, as those of conditions. */
static struct text say_day(struct saying *saying, struct instant day)
{
    struct builder b = builder_make(saying->memory, TEXT_MOST);
    struct text out = {NULL, 0};
    words_moment(&b, saying->language, day, MOMENT_BOTH);
    saying->failed |= builder_end(&b, &out) != NULL;
    return out;
}

static struct maybe_text say_access(struct saying *saying, const struct program_rule *rule)
{
    if (rule->accesses.count == 0)
        return (struct maybe_text){.present = false};
    const struct program_access *access = &rule->accesses.items[0];
    bool partner = access->whom == WHOM_PARTNER;
    struct word_argument arguments[] = {
        text_argument("name", access->name),
        text_argument("until", say_day(saying, access->until)),
        text_argument("from",
                      access->from.present ? say_day(saying, access->from.value) : text_of("")),
    };
    const char *key =
        access->from.present
            ? (partner ? "program.terms.access_partner_from" : "program.terms.access_customer_from")
            : (partner ? "program.terms.access_partner" : "program.terms.access_customer");
    return (struct maybe_text){true, say(saying, key, arguments, access->from.present ? 3 : 2)};
}

/* ---- conditions ------------------------------------------------------------------------------- */

static struct text say_value(struct saying *saying, const struct program_condition *condition)
{
    struct builder b = builder_make(saying->memory, TEXT_MOST);
    struct text out = {NULL, 0};
    if (condition->text.present)
        return condition->text.value;
    if (condition->amount.present)
        words_money(&b, saying->language, condition->amount.value, MONEY_PLAIN);
    else if (condition->day.present)
        words_moment(&b, saying->language, instant_add(condition->day.value, DAY / 2), MOMENT_DATE);
    else
        words_number(&b, saying->language, condition->number.value);
    saying->failed |= builder_end(&b, &out) != NULL;
    return out;
}

/* What is counted of an order is counted of an action of one name for an action. */
static bool is_counted(enum program_fact fact)
{
    return fact == FACT_COUNTRY || fact == FACT_TOTAL || fact == FACT_ORDER_NUMBER ||
           fact == FACT_MONTHS;
}

static struct text say_condition(struct saying *saying, const struct program_rule *rule,
                                 const struct program_condition *condition)
{
    char fact[60], comparison[60];
    bool of_action = rule->trigger == TRIGGER_ACTION && is_counted(condition->fact);
    snprintf(fact, sizeof fact, "program.fact%s.%s", of_action ? "_of_action" : "",
             words_name(&program_fact_words, (int)condition->fact));
    snprintf(comparison, sizeof comparison, "program.comparison.%s",
             words_name(&program_comparison_words, (int)condition->is));
    struct word_argument value = text_argument("value", say_value(saying, condition));
    struct text compared = say(saying, comparison, &value, 1);
    struct text named = say_plain(saying, fact);
    struct word_argument arguments[] = {text_argument("fact", named),
                                        text_argument("compared", compared)};
    return say(saying, "program.terms.condition", arguments, 2);
}

/* "first or second", "first; and second"; the second alone where there is no first. */
static struct text join(struct saying *saying, const char *key, struct text first,
                        struct text second)
{
    struct word_argument arguments[] = {text_argument("first", first),
                                        text_argument("second", second)};
    return first.size > 0 ? say(saying, key, arguments, 2) : second;
}

/* In the order in which conditions first stand. */
static struct maybe_text say_conditions(struct saying *saying, const struct program_rule *rule)
{
    bool done[PROGRAM_CONDITIONS] = {0};
    struct text all = {"", 0};
    for (size_t i = 0; i < rule->conditions.count; i++) {
        const struct program_condition *first = &rule->conditions.items[i];
        if (done[i] || (rule->trigger == TRIGGER_ACTION && first == action_of(rule)))
            continue;
        struct text one = say_condition(saying, rule, first);
        for (size_t k = i + 1; first->any > 0 && k < rule->conditions.count; k++) {
            const struct program_condition *other = &rule->conditions.items[k];
            if (other->any != first->any)
                continue;
            done[k] = true;
            one = join(saying, "program.terms.or", one, say_condition(saying, rule, other));
        }
        all = join(saying, "program.terms.and", all, one);
    }
    if (all.size == 0)
        return (struct maybe_text){.present = false};
    struct word_argument conditions = text_argument("conditions", all);
    return (struct maybe_text){true, say(saying, "program.terms.when", &conditions, 1)};
}

/* ---- limits ----------------------------------------------------------------------------------- */

static struct text say_cap(struct saying *saying, const struct program_rule *rule, const char *kind,
                           int64_t most)
{
    char key[60];
    struct word_argument sum = text_argument("sum", units(saying, rule->benefit, most));
    snprintf(key, sizeof key, "program.terms.%s_%s", kind,
             words_name(&program_period_words, (int)rule->period));
    return say(saying, key, &sum, 1);
}

/* Nothing is given back of a click, and of an action all or nothing. */
static const char *held_key(const struct program_rule *rule)
{
    static const char *const keys[] = {[TRIGGER_ORDER] = "program.terms.held",
                                       [TRIGGER_ACTION] = "program.terms.held_action",
                                       [TRIGGER_CLICK] = "program.terms.held_click",
                                       [TRIGGER_IMPRESSION] = "program.terms.held_click",
                                       [TRIGGER_POST] = "program.terms.held_post"};
    return keys[rule->trigger];
}

static const char *at_once_key(const struct program_rule *rule)
{
    static const char *const keys[] = {[TRIGGER_ORDER] = "program.terms.at_once",
                                       [TRIGGER_ACTION] = "program.terms.at_once_action",
                                       [TRIGGER_CLICK] = "program.terms.at_once_click",
                                       [TRIGGER_IMPRESSION] = "program.terms.at_once_click"};
    return keys[rule->trigger];
}

static const struct problem *say_limits(struct saying *saying, const struct program_rule *rule,
                                        struct text_list *out)
{
    struct text *items = memory_take_array(saying->memory, LIMITS_MOST, sizeof *items);
    struct word_argument days = number_argument("days", rule->hold_days);
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    if (rule->most_each.present)
        items[count++] = say_cap(saying, rule, "most_each", rule->most_each.value);
    if (rule->most.present)
        items[count++] = say_cap(saying, rule, "most", rule->most.value);
    if (program_pays_money(rule->benefit))
        items[count++] = rule->hold_days > 0 ? say(saying, held_key(rule), &days, 1)
                                             : say_plain(saying, at_once_key(rule));
    *out = (struct text_list){items, count};
    return NULL;
}

const struct problem *program_say(struct memory *memory, enum language language,
                                  const struct program_rules *rules, struct text currency,
                                  struct program_said_list *out)
{
    struct saying saying = {memory, language, currency, false};
    struct program_said *items = memory_take_array(memory, PROGRAM_RULES, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rules->rules.count; i++) {
        const struct program_rule *rule = &rules->rules.items[i];
        items[i].name = rule->name;
        items[i].gives = say_gives(&saying, rule);
        problem = say_levels(&saying, rule, &items[i].levels);
        items[i].gift = say_gift(&saying, rule);
        items[i].access = say_access(&saying, rule);
        items[i].units = (struct text_list){NULL, 0};
        items[i].conditions = say_conditions(&saying, rule);
        if (!problem)
            problem = say_limits(&saying, rule, &items[i].limits);
    }
    *out = (struct program_said_list){items, rules->rules.count};
    return problem || !saying.failed ? problem : &out_of_memory;
}

/* ---- units ------------------------------------------------------------------------------------ */

/* In which units a rule gives something; false: in money alone. */
static bool unit_of(const struct program_rule *rule, struct text currency, struct currency *out)
{
    if (!program_pays_money(rule->benefit))
        *out = program_unit(rule->benefit, currency);
    else if (rule->gifts.count > 0)
        *out = program_unit(rule->gifts.items[0].benefit, currency);
    else
        return false;
    return true;
}

const struct problem *program_say_units(struct database *db, struct memory *memory,
                                        enum language language, const struct program_row *program,
                                        const struct program_rules *rules,
                                        struct program_said_list *said)
{
    struct party_row business;
    struct program_said *items = memory_take_array(memory, said->count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    if (!problem)
        problem = party_find(db, memory, program->business, &business);
    for (size_t i = 0; !problem && i < said->count; i++) {
        struct ledger_promise promise;
        struct currency unit;
        items[i] = said->items[i];
        if (!unit_of(&rules->rules.items[i], program->currency, &unit))
            continue;
        problem = promise_find(db, memory, program->business, unit, &promise);
        if (!problem)
            problem = reward_rules(memory, language, &promise, business.name, &items[i].units);
        problem = problem == &promise_none ? NULL : problem;
    }
    if (!problem)
        said->items = items;
    return problem;
}
