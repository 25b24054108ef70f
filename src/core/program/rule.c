/*
 * Rules of programs against facts. Pure.
 *
 * Must not know: the database, the clock, who gets it. Read next: core/program/rule_test.c.
 */
#include "core/program/rule.h"

#include "base/log.h"

enum { WHOLE = 10000 /* basis points */ };

/* ---- conditions ------------------------------------------------------------------------------- */

static bool compares_number(enum program_comparison is, int64_t found, int64_t wanted)
{
    switch (is) {
    case COMPARE_IS:
        return found == wanted;
    case COMPARE_IS_NOT:
        return found != wanted;
    case COMPARE_AT_LEAST:
        return found >= wanted;
    case COMPARE_BELOW:
        return found < wanted;
    }
    return false;
}

/* What is not known is neither this nor something else. */
static bool compares_text(const struct program_condition *condition, struct text found)
{
    if (found.size == 0 || !condition->text.present)
        return false;
    return text_equal(found, condition->text.value) == (condition->is == COMPARE_IS);
}

/* The same of numbers that count from 1. */
static bool compares_count(const struct program_condition *condition, int64_t found, bool known)
{
    return known && condition->number.present &&
           compares_number(condition->is, found, condition->number.value);
}

static bool compares_amount(const struct program_condition *condition, int64_t minor)
{
    return condition->amount.present &&
           compares_number(condition->is, minor, condition->amount.value.minor);
}

static bool holds(const struct program_condition *condition, const struct program_facts *facts,
                  const struct program_line *line)
{
    switch (condition->fact) {
    case FACT_COUNTRY:
        return compares_text(condition, facts->country);
    case FACT_PRODUCT:
        return compares_text(condition, line->product);
    case FACT_CATEGORY:
        return compares_text(condition, line->category);
    case FACT_ACTION:
        return compares_text(condition, facts->action);
    case FACT_TOTAL:
        return compares_amount(condition, facts->total.minor);
    case FACT_PARTNER_SUM:
        return compares_amount(condition, facts->partner_minor);
    case FACT_ORDER_NUMBER:
        return compares_count(condition, facts->order_number, facts->order_number > 0);
    case FACT_MONTHS:
        return compares_count(condition, facts->months, facts->order_number > 0);
    case FACT_PARTNER_ORDERS:
        return compares_count(condition, facts->partner_orders, true);
    case FACT_DAY:
        return condition->day.present &&
               compares_number(condition->is, facts->at.ms / DAY, condition->day.value.ms / DAY);
    }
    return false;
}

static bool rule_fits(const struct program_rule *rule, const struct program_facts *facts,
                      const struct program_line *line)
{
    bool asked[PROGRAM_CONDITIONS + 1] = {0}; /* by the number of alternatives */
    bool met[PROGRAM_CONDITIONS + 1] = {0};
    if (rule->trigger != facts->trigger)
        return false;
    for (size_t i = 0; i < rule->conditions.count; i++) {
        const struct program_condition *condition = &rule->conditions.items[i];
        bool fine = holds(condition, facts, line);
        if (condition->any == 0 && !fine)
            return false;
        asked[condition->any] = true;
        met[condition->any] |= fine;
    }
    for (size_t any = 1; any <= PROGRAM_CONDITIONS; any++) {
        if (asked[any] && !met[any])
            return false;
    }
    return true;
}

/* ---- benefits --------------------------------------------------------------------------------- */

/* amount x a x b / whole, rounded down; what is beyond MONEY_MAX is MONEY_MAX. a x b is below 2^60. */
static int64_t scaled(int64_t amount, int64_t a, int64_t b, int64_t whole)
{
    __int128 exact = (__int128)amount * (a * b) / whole;
    return exact > MONEY_MAX ? MONEY_MAX : (int64_t)exact;
}

static void add_up(struct program_due *due)
{
    __int128 sum = 0;
    for (size_t i = 0; i < PROGRAM_LEVELS; i++)
        sum += due->parts[i];
    due->sum = sum > MONEY_MAX ? MONEY_MAX : (int64_t)sum;
}

/* What was agreed with a partner is a fact of what they bring, so that judging it again finds the same. */
static const struct program_level_list *levels_for(const struct program_rule *rule,
                                                   const struct program_facts *facts)
{
    bool agreed = facts->agreed.count > 0 && facts->agreed.count <= PROGRAM_LEVELS &&
                  rule->trigger == TRIGGER_ORDER && rule->benefit == BENEFIT_PERCENT;
    return agreed ? &facts->agreed : &rule->levels;
}

static void work_out(const struct program_rule *rule, const struct program_facts *facts,
                     struct program_due *due)
{
    const struct program_level_list *levels = levels_for(rule, facts);
    for (size_t i = 0; i < levels->count; i++) {
        int64_t part = levels->items[i].part;
        due->parts[i] = rule->benefit == BENEFIT_PERCENT
                            ? scaled(due->base_minor, part, facts->part, WHOLE * WHOLE)
                            : scaled(part, facts->events, facts->part, rule->each * WHOLE);
    }
    if (rule->gifts.count > 0)
        due->gift = scaled(rule->gifts.items[0].part, facts->events, facts->part, WHOLE);
    add_up(due);
}

/* All levels by the same part, rounded down, so that none gets more of what is left than its share. */
static void shrink(struct program_due *due, int64_t left, int64_t of, enum program_reason empty)
{
    for (size_t i = 0; i < PROGRAM_LEVELS; i++)
        due->parts[i] = scaled(due->parts[i], left, 1, of);
    add_up(due);
    due->reason = due->sum > 0 ? REASON_PART : empty;
}

static int64_t left_below(struct maybe_integer most, int64_t used)
{
    if (!most.present)
        return INT64_MAX;
    return used >= most.value ? 0 : most.value - used;
}

static void cap(const struct program_rule *rule, const struct program_used *used,
                struct program_due *due)
{
    int64_t each = left_below(rule->most_each, used->each);
    int64_t all = left_below(rule->most, used->all);
    due->reason = due->sum > 0 ? REASON_GIVEN : REASON_NOTHING;
    if (due->parts[0] > each)
        shrink(due, each, due->parts[0], REASON_CAP_EACH);
    if (due->sum > all)
        shrink(due, all, due->sum, REASON_CAP_ALL);
    due->gift = due->sum > 0 ? due->gift : 0;
}

void program_judge(const struct program_rules *rules, const struct program_facts *facts,
                   const struct program_used *used, struct program_judgement *out)
{
    const struct program_line whole = {{"", 0}, {"", 0}, facts->total.minor};
    const struct program_line *lines = facts->lines.count ? facts->lines.items : &whole;
    size_t count = facts->lines.count ? facts->lines.count : 1;
    int64_t bases[PROGRAM_RULES] = {0};
    bool fits[PROGRAM_RULES] = {0};
    ensure(rules->rules.count <= PROGRAM_RULES && facts->events > 0);
    for (size_t line = 0; line < count; line++) {
        size_t rule = 0;
        while (rule < rules->rules.count &&
               !rule_fits(&rules->rules.items[rule], facts, &lines[line]))
            rule++;
        if (rule < rules->rules.count) {
            fits[rule] = true;
            bases[rule] += lines[line].minor;
        }
    }
    *out = (struct program_judgement){.count = 0};
    for (size_t rule = 0; rule < rules->rules.count; rule++) {
        struct program_used nothing = {0};
        struct program_due *due = &out->dues[out->count];
        if (!fits[rule])
            continue;
        *due = (struct program_due){.rule = (int64_t)rule, .base_minor = bases[rule]};
        work_out(&rules->rules.items[rule], facts, due);
        cap(&rules->rules.items[rule], used ? &used[rule] : &nothing, due);
        out->count++;
    }
    if (out->count == 0)
        out->dues[out->count++] = (struct program_due){.rule = -1, .reason = REASON_NO_RULE};
}

struct instant program_period_begin(enum program_period period, struct instant at)
{
    int64_t day = at.ms / DAY;
    struct civil civil = civil_of(at);
    switch (period) {
    case PERIOD_EVER:
        return (struct instant){0};
    case PERIOD_DAY:
        return (struct instant){day * DAY};
    case PERIOD_WEEK: /* 1970-01-01 was a Thursday */
        return (struct instant){(day - (day + 3) % 7) * DAY};
    case PERIOD_MONTH:
        return instant_of((struct civil){.year = civil.year, .month = civil.month, .day = 1});
    case PERIOD_YEAR:
        return instant_of((struct civil){.year = civil.year, .month = 1, .day = 1});
    }
    return (struct instant){0};
}

/* ---- whether rules make sense ----------------------------------------------------------------- */

struct checking {
    struct memory *memory;
    const struct program_rule *rule; /* being looked at */
    size_t place;                    /* which it is, from 0 */
    struct currency currency;
    struct program_fault *fault;
};

static bool wrong(const struct checking *checking, const char *field, const char *rule)
{
    struct text path = text_format(checking->memory, "rules.%zu.%s", checking->place, field);
    *checking->fault = (struct program_fault){path.data ? path.data : "rules", rule};
    return false;
}

static bool wrong_condition(const struct checking *checking, size_t place, const char *field,
                            const char *rule)
{
    struct text path = text_format(checking->memory, "conditions.%zu.%s", place, field);
    return wrong(checking, path.data ? path.data : "conditions", rule);
}

/* Which member a fact is compared with. */
static const char *compared_by(enum program_fact fact)
{
    switch (fact) {
    case FACT_COUNTRY:
    case FACT_PRODUCT:
    case FACT_CATEGORY:
    case FACT_ACTION:
        return "text";
    case FACT_TOTAL:
    case FACT_PARTNER_SUM:
        return "amount";
    case FACT_ORDER_NUMBER:
    case FACT_MONTHS:
    case FACT_PARTNER_ORDERS:
        return "number";
    case FACT_DAY:
        break;
    }
    return "day";
}

static bool check_condition(const struct checking *checking, size_t place)
{
    const struct program_condition *condition = &checking->rule->conditions.items[place];
    const char *by = compared_by(condition->fact);
    bool words = text_is(text_of(by), "text");
    bool given = words                            ? condition->text.present
                 : text_is(text_of(by), "amount") ? condition->amount.present
                 : text_is(text_of(by), "number") ? condition->number.present
                                                  : condition->day.present;
    if (!given)
        return wrong_condition(checking, place, by, "program.wrong.compared_with_nothing");
    if (words && condition->is != COMPARE_IS && condition->is != COMPARE_IS_NOT)
        return wrong_condition(checking, place, "is", "program.wrong.no_order");
    if (condition->amount.present &&
        !currency_equal(condition->amount.value.currency, checking->currency))
        return wrong_condition(checking, place, "amount", "program.wrong.currency");
    if (condition->fact == FACT_COUNTRY && condition->text.value.size != 2)
        return wrong_condition(checking, place, "text", "program.wrong.country");
    if (condition->fact == FACT_ACTION && checking->rule->trigger != TRIGGER_ACTION)
        return wrong_condition(checking, place, "fact", "program.wrong.no_action");
    return true;
}

/* Caps count by a rule's name. */
static bool check_name(const struct checking *checking, const struct program_rules *rules)
{
    for (size_t i = 0; i < checking->place; i++) {
        if (text_equal(rules->rules.items[i].name, checking->rule->name))
            return wrong(checking, "name", "program.wrong.same_name");
    }
    return true;
}

static bool is_gift(enum program_benefit benefit)
{
    return benefit == BENEFIT_POINTS || benefit == BENEFIT_CREDIT;
}

static bool check_access(const struct checking *checking)
{
    const struct program_rule *rule = checking->rule;
    if (rule->accesses.count == 0)
        return true;
    const struct program_access *access = &rule->accesses.items[0];
    if (access->whom == WHOM_CUSTOMER && rule->trigger != TRIGGER_ORDER)
        return wrong(checking, "accesses.0.whom", "program.wrong.gift_for_nothing");
    if (access->from.present && access->from.value.ms >= access->until.ms)
        return wrong(checking, "accesses.0.until", "program.wrong.access_over");
    return true;
}

static bool check_rule(const struct checking *checking)
{
    const struct program_rule *rule = checking->rule;
    bool counted = rule->trigger == TRIGGER_CLICK || rule->trigger == TRIGGER_IMPRESSION;
    int64_t parts = 0;
    if (rule->each != 1 && !counted)
        return wrong(checking, "each", "program.wrong.each");
    if (rule->benefit == BENEFIT_PERCENT && rule->trigger != TRIGGER_ORDER)
        return wrong(checking, "benefit", "program.wrong.percent_of_nothing");
    for (size_t i = 0; i < rule->levels.count; i++)
        parts += rule->levels.items[i].part;
    if (rule->levels.count == 0 || rule->levels.items[0].part == 0)
        return wrong(checking, "levels", "program.wrong.first_level");
    if (rule->benefit == BENEFIT_PERCENT && parts > WHOLE)
        return wrong(checking, "levels", "program.wrong.more_than_all");
    if (rule->each != 1 &&
        rule->levels.count > 1) /* less than a whole unit is kept for level one alone */
        return wrong(checking, "levels", "program.wrong.levels_of_clicks");
    if (rule->trigger == TRIGGER_POST && rule->hold_days == 0)
        return wrong(checking, "hold_days", "program.wrong.post_looked_at");
    if (rule->gifts.count > 0 && rule->trigger != TRIGGER_ORDER)
        return wrong(checking, "gifts", "program.wrong.gift_for_nothing");
    if (rule->gifts.count > 0 && !is_gift(rule->gifts.items[0].benefit))
        return wrong(checking, "gifts.0.benefit", "program.wrong.gift");
    if (!check_access(checking))
        return false;
    for (size_t i = 0; i < rule->conditions.count; i++) {
        if (!check_condition(checking, i))
            return false;
    }
    return true;
}

bool program_rules_check(struct memory *memory, const struct program_rules *rules,
                         struct currency currency, struct program_fault *fault)
{
    struct checking checking = {.memory = memory, .currency = currency, .fault = fault};
    if (rules->rules.count == 0) {
        *fault = (struct program_fault){"rules", "program.wrong.no_rules"};
        return false;
    }
    for (size_t i = 0; i < rules->rules.count; i++) {
        checking.rule = &rules->rules.items[i];
        checking.place = i;
        if (!check_name(&checking, rules) || !check_rule(&checking))
            return false;
    }
    return true;
}
