/*
 * A rule as a form has it, and back.
 *
 * Conditions stand in the order in which they are joined: those with "or" between them are alternatives. Must not
 * know: programs, proposals. Read next: core/program/rule.h.
 */
#include "base/log.h"
#include "core/program/rule.shapes.h"
#include "modules/referrals/rule_pages.h"

static const struct currency hundredths = {"EUR"}; /* percent with two digits */

/* What a number of a benefit is written as. */
static const struct currency *written_as(enum program_benefit benefit,
                                         const struct currency *currency)
{
    switch (benefit) {
    case BENEFIT_PERCENT:
        return &hundredths;
    case BENEFIT_AMOUNT:
    case BENEFIT_CREDIT:
        return currency;
    case BENEFIT_POINTS:
    case BENEFIT_TICKETS:
        break;
    }
    return NULL;
}

enum what { WHAT_TEXT = 1, WHAT_NUMBER, WHAT_AMOUNT, WHAT_DAY };

static enum what compared_with(enum program_fact fact)
{
    switch (fact) {
    case FACT_COUNTRY:
    case FACT_PRODUCT:
    case FACT_CATEGORY:
    case FACT_ACTION:
        return WHAT_TEXT;
    case FACT_TOTAL:
    case FACT_PARTNER_SUM:
        return WHAT_AMOUNT;
    case FACT_ORDER_NUMBER:
    case FACT_MONTHS:
    case FACT_PARTNER_ORDERS:
        return WHAT_NUMBER;
    case FACT_DAY:
        break;
    }
    return WHAT_DAY;
}

/* ---- into the form ---------------------------------------------------------------------------- */

/* Alternatives stand side by side, so that "or" between two lines says all. */
static bool side_by_side(const struct program_rule *rule)
{
    for (size_t i = 0; i < rule->conditions.count; i++) {
        int64_t any = rule->conditions.items[i].any;
        for (size_t k = i + 2; any > 0 && k < rule->conditions.count; k++) {
            if (rule->conditions.items[k].any == any && rule->conditions.items[k - 1].any != any)
                return false;
        }
    }
    return true;
}

/* A form has days, an API instants. */
static bool whole_days(const struct program_access *access)
{
    return access->until.ms % DAY == 0 &&
           (!access->from.present || access->from.value.ms % DAY == 0);
}

bool referrals_rule_fits_form(const struct program_rule *rule)
{
    return rule->conditions.count <= RULE_FORM_CONDITIONS && side_by_side(rule) &&
           (rule->accesses.count == 0 || whole_days(&rule->accesses.items[0]));
}

static struct text write_amount(struct memory *memory, int64_t minor,
                                const struct currency *currency)
{
    if (!currency)
        return text_format(memory, "%lld", (long long)minor);
    int64_t whole = 1;
    for (int i = 0; i < currency_digits(*currency); i++)
        whole *= 10;
    if (minor % whole == 0)
        return text_format(memory, "%lld", (long long)(minor / whole));
    return text_format(memory, "%lld.%0*lld", (long long)(minor / whole),
                       currency_digits(*currency), (long long)(minor % whole));
}

static struct text write_day(struct memory *memory, struct instant day)
{
    struct civil civil = civil_of(day);
    return text_format(memory, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static struct text write_value(struct memory *memory, const struct program_condition *condition,
                               const struct currency *currency)
{
    switch (compared_with(condition->fact)) {
    case WHAT_TEXT:
        return condition->text.value;
    case WHAT_NUMBER:
        return write_amount(memory, condition->number.value, NULL);
    case WHAT_AMOUNT:
        return write_amount(memory, condition->amount.value.minor, currency);
    case WHAT_DAY:
        break;
    }
    return write_day(memory, condition->day.value);
}

static void fill_conditions(struct memory *memory, const struct program_rule *rule,
                            const struct currency *currency, struct referrals_rule_view *view)
{
    struct referrals_condition_typed *const places[RULE_FORM_CONDITIONS] = {
        &view->c1, &view->c2, &view->c3, &view->c4, &view->c5, &view->c6};
    for (size_t i = 0; i < RULE_FORM_CONDITIONS; i++) {
        *places[i] = (struct referrals_condition_typed){text_of("and"), text_of("none"),
                                                        text_of("is"), text_of("")};
        if (i >= rule->conditions.count)
            continue;
        const struct program_condition *condition = &rule->conditions.items[i];
        bool or = i > 0 && condition->any > 0 && condition[-1].any == condition->any;
        *places[i] = (struct referrals_condition_typed){
            text_of(or ? "or" : "and"),
            text_of(words_name(&program_fact_words, (int)condition->fact)),
            text_of(words_name(&program_comparison_words, (int)condition->is)),
            write_value(memory, condition, currency)};
    }
}

static void fill_besides(struct memory *memory, const struct program_rule *rule,
                         const struct currency *currency, struct referrals_rule_view *view)
{
    view->gift = text_of("none");
    view->gift_part = view->early = view->early_from = view->early_until = text_of("");
    view->early_whom = text_of("customer");
    if (rule->gifts.count > 0) {
        const struct program_gift *gift = &rule->gifts.items[0];
        view->gift = text_of(words_name(&program_benefit_words, (int)gift->benefit));
        view->gift_part = write_amount(memory, gift->part, written_as(gift->benefit, currency));
    }
    if (rule->accesses.count == 0)
        return;
    const struct program_access *access = &rule->accesses.items[0];
    view->early = access->name;
    view->early_whom = text_of(words_name(&program_whom_words, (int)access->whom));
    view->early_until = write_day(memory, access->until);
    if (access->from.present)
        view->early_from = write_day(memory, access->from.value);
}

const struct problem *referrals_rule_fill(struct memory *memory, const struct program_rule *rule,
                                          struct currency currency,
                                          struct referrals_rule_view *view)
{
    struct text *const levels[RULE_FORM_LEVELS] = {
        &view->level_1, &view->level_2, &view->level_3, &view->level_4, &view->level_5,
        &view->level_6, &view->level_7, &view->level_8, &view->level_9, &view->level_10};
    const struct currency *as = written_as(rule->benefit, &currency);
    view->name = rule->name;
    view->trigger = rule->trigger;
    view->each = rule->each;
    view->benefit = rule->benefit;
    view->period = rule->period;
    view->hold_days = rule->hold_days;
    view->most = view->most_each = text_of("");
    for (size_t i = 0; i < RULE_FORM_LEVELS; i++)
        *levels[i] = i < rule->levels.count ? write_amount(memory, rule->levels.items[i].part, as)
                                            : text_of("");
    /* Caps of a percentage are money. */
    const struct currency *cap = rule->benefit == BENEFIT_PERCENT ? &currency : as;
    if (rule->most_each.present)
        view->most_each = write_amount(memory, rule->most_each.value, cap);
    if (rule->most.present)
        view->most = write_amount(memory, rule->most.value, cap);
    fill_conditions(memory, rule, &currency, view);
    fill_besides(memory, rule, &currency, view);
    return view->most.data && view->most_each.data ? NULL : &out_of_memory;
}

/* ---- out of the form -------------------------------------------------------------------------- */

struct reading {
    struct memory *memory;
    struct currency currency; /* of the program's money */
    const char **field;       /* of the fault */
    const char **why;
};

static bool wrong(const struct reading *reading, const char *field, const char *why)
{
    *reading->field = field;
    *reading->why = why;
    return false;
}

/* A number of a benefit; `as` NULL: a whole one. */
static bool read_amount(struct text typed, const struct currency *as, int64_t *out)
{
    struct money money;
    if (!as)
        return text_to_integer(text_trim(typed), out) && *out >= 0 && *out <= 1000000000;
    if (!money_parse(text_trim(typed), *as, &money) || money.minor < 0 || money.minor > 1000000000)
        return false;
    *out = money.minor;
    return true;
}

static bool given(const struct maybe_text *typed)
{
    return typed->present && !text_empty(text_trim(typed->value));
}

static bool read_levels(const struct reading *reading, const struct referrals_rule_input *input,
                        struct program_rule *out)
{
    static const char *const names[] = {"level_1", "level_2", "level_3", "level_4", "level_5",
                                        "level_6", "level_7", "level_8", "level_9", "level_10"};
    const struct maybe_text first = {true, input->level_1};
    const struct maybe_text *const typed[RULE_FORM_LEVELS] = {
        &first,          &input->level_2, &input->level_3, &input->level_4, &input->level_5,
        &input->level_6, &input->level_7, &input->level_8, &input->level_9, &input->level_10};
    const struct currency *as = written_as(out->benefit, &reading->currency);
    struct program_level *levels =
        memory_take_array(reading->memory, RULE_FORM_LEVELS, sizeof *levels);
    if (!levels)
        return wrong(reading, "level_1", "problem.out_of_memory");
    out->levels = (struct program_level_list){levels, 0};
    for (size_t i = 0; i < RULE_FORM_LEVELS; i++) {
        if (!given(typed[i]))
            continue;
        if (!read_amount(typed[i]->value, as, &levels[i].part))
            return wrong(reading, names[i],
                         out->benefit == BENEFIT_PERCENT ? "referrals.wrong.percent"
                                                         : "referrals.wrong.number");
        out->levels.count = i + 1;
    }
    return true;
}

static bool read_caps(const struct reading *reading, const struct referrals_rule_input *input,
                      struct program_rule *out)
{
    const struct currency *as = out->benefit == BENEFIT_PERCENT
                                    ? &reading->currency
                                    : written_as(out->benefit, &reading->currency);
    out->most_each.present = given(&input->most_each);
    out->most.present = given(&input->most);
    if (out->most_each.present &&
        (!read_amount(input->most_each.value, as, &out->most_each.value) ||
         out->most_each.value == 0))
        return wrong(reading, "most_each", "referrals.wrong.number");
    if (out->most.present &&
        (!read_amount(input->most.value, as, &out->most.value) || out->most.value == 0))
        return wrong(reading, "most", "referrals.wrong.number");
    return true;
}

/* "2026-11-24" */
static bool read_day(struct memory *memory, struct text typed, struct instant *out)
{
    struct text whole = text_format(memory, "%.*sT00:00:00Z", TEXT_ARGS(typed));
    return typed.size == 10 && whole.data && instant_parse(whole, out);
}

static bool read_gift(const struct reading *reading, const struct referrals_rule_input *input,
                      struct program_rule *out)
{
    struct program_gift *gift = memory_take(reading->memory, sizeof *gift);
    if (!given(&input->gift) || text_is(input->gift.value, "none"))
        return !given(&input->gift_part) || wrong(reading, "gift", "referrals.wrong.gift_kind");
    if (!gift)
        return wrong(reading, "gift", "problem.out_of_memory");
    int kind = words_value(&program_benefit_words, input->gift.value);
    if (kind != BENEFIT_POINTS && kind != BENEFIT_CREDIT)
        return wrong(reading, "gift", "referrals.wrong.choice");
    gift->benefit = (enum program_benefit)kind;
    if (!given(&input->gift_part) ||
        !read_amount(input->gift_part.value, written_as(gift->benefit, &reading->currency),
                     &gift->part) ||
        gift->part == 0)
        return wrong(reading, "gift_part", "referrals.wrong.number");
    out->gifts = (struct program_gift_list){gift, 1};
    return true;
}

static bool read_early(const struct reading *reading, const struct referrals_rule_input *input,
                       struct program_rule *out)
{
    struct program_access *access = memory_take(reading->memory, sizeof *access);
    if (!given(&input->early))
        return !given(&input->early_until) ||
               wrong(reading, "early", "program.wrong.compared_with_nothing");
    if (!access)
        return wrong(reading, "early", "problem.out_of_memory");
    struct text whom = given(&input->early_whom) ? input->early_whom.value : text_of("customer");
    *access =
        (struct program_access){.name = text_trim(input->early.value),
                                .whom = (enum program_whom)words_value(&program_whom_words, whom)};
    if ((int)access->whom == 0)
        return wrong(reading, "early_whom", "referrals.wrong.choice");
    access->from.present = given(&input->early_from);
    if (access->from.present &&
        !read_day(reading->memory, input->early_from.value, &access->from.value))
        return wrong(reading, "early_from", "referrals.wrong.day");
    if (!given(&input->early_until) ||
        !read_day(reading->memory, input->early_until.value, &access->until))
        return wrong(reading, "early_until", "referrals.wrong.day");
    out->accesses = (struct program_access_list){access, 1};
    return true;
}

static bool read_value(const struct reading *reading, struct text typed,
                       struct program_condition *out)
{
    struct money money;
    struct text value = text_trim(typed);
    switch (compared_with(out->fact)) {
    case WHAT_TEXT:
        out->text = (struct maybe_text){value.size > 0, value};
        return value.size > 0;
    case WHAT_NUMBER:
        out->number.present = true;
        return read_amount(value, NULL, &out->number.value);
    case WHAT_AMOUNT:
        if (!money_parse(value, reading->currency, &money) || money.minor < 0)
            return false;
        out->amount = (struct maybe_money){true, money};
        return true;
    case WHAT_DAY:
        break;
    }
    out->day.present = true;
    return read_day(reading->memory, value, &out->day.value);
}

struct row {
    const struct maybe_text *join, *fact, *is, *value;
    const char *names[3]; /* fact, is, value */
};

static bool read_row(const struct reading *reading, const struct row *row,
                     struct program_condition *out)
{
    static const char *const why[] = {[WHAT_TEXT] = "program.wrong.compared_with_nothing",
                                      [WHAT_NUMBER] = "referrals.wrong.number",
                                      [WHAT_AMOUNT] = "referrals.wrong.number",
                                      [WHAT_DAY] = "referrals.wrong.day"};
    struct text is = given(row->is) ? row->is->value : text_of("is");
    out->fact = (enum program_fact)words_value(&program_fact_words, row->fact->value);
    out->is = (enum program_comparison)words_value(&program_comparison_words, is);
    if ((int)out->fact == 0)
        return wrong(reading, row->names[0], "referrals.wrong.choice");
    if ((int)out->is == 0)
        return wrong(reading, row->names[1], "referrals.wrong.choice");
    if (!read_value(reading, row->value->present ? row->value->value : text_of(""), out))
        return wrong(reading, row->names[2], why[compared_with(out->fact)]);
    return true;
}

#define ROW(n, join)                                                                               \
    {                                                                                              \
        join, &input->fact_##n, &input->is_##n, &input->value_##n,                                 \
        {                                                                                          \
            "fact_" #n, "is_" #n, "value_" #n                                                      \
        }                                                                                          \
    }

static bool read_conditions(const struct reading *reading, const struct referrals_rule_input *input,
                            struct program_rule *out)
{
    static const struct maybe_text none = {.present = false};
    const struct row rows[RULE_FORM_CONDITIONS] = {ROW(1, &none),          ROW(2, &input->join_2),
                                                   ROW(3, &input->join_3), ROW(4, &input->join_4),
                                                   ROW(5, &input->join_5), ROW(6, &input->join_6)};
    struct program_condition *list =
        memory_take_array(reading->memory, RULE_FORM_CONDITIONS, sizeof *list);
    size_t count = 0;
    int64_t any = 0;
    if (!list)
        return wrong(reading, "fact_1", "problem.out_of_memory");
    for (size_t i = 0; i < RULE_FORM_CONDITIONS; i++) {
        if (!given(rows[i].fact) || text_is(rows[i].fact->value, "none"))
            continue;
        if (!read_row(reading, &rows[i], &list[count]))
            return false;
        if (count > 0 && rows[i].join->present && text_is(rows[i].join->value, "or")) {
            if (list[count - 1].any == 0)
                list[count - 1].any = ++any;
            list[count].any = list[count - 1].any;
        }
        count++;
    }
    out->conditions = (struct program_condition_list){list, count};
    return true;
}

bool referrals_rule_read(struct memory *memory, const struct referrals_rule_input *input,
                         struct currency currency, struct program_rule *out, const char **field,
                         const char **why)
{
    const struct reading reading = {memory, currency, field, why};
    *out = (struct program_rule){.name = text_trim(input->name),
                                 .trigger = input->trigger,
                                 .each = input->each.present ? input->each.value : 1,
                                 .benefit = input->benefit,
                                 .period = input->period,
                                 .hold_days = input->hold_days};
    return read_levels(&reading, input, out) && read_conditions(&reading, input, out) &&
           read_caps(&reading, input, out) && read_gift(&reading, input, out) &&
           read_early(&reading, input, out);
}

/* Which row of the form the condition stands in: those without a fact are none. */
static size_t row_of(const struct referrals_rule_input *input, size_t condition)
{
    const struct maybe_text *const facts[RULE_FORM_CONDITIONS] = {&input->fact_1, &input->fact_2,
                                                                  &input->fact_3, &input->fact_4,
                                                                  &input->fact_5, &input->fact_6};
    for (size_t i = 0; i < RULE_FORM_CONDITIONS; i++) {
        if (!given(facts[i]) || text_is(facts[i]->value, "none"))
            continue;
        if (condition-- == 0)
            return i;
    }
    return 0;
}

const char *referrals_rule_field(const struct referrals_rule_input *input, const char *path)
{
    static const char *const values[] = {"value_1", "value_2", "value_3",
                                         "value_4", "value_5", "value_6"};
    static const char *const comparisons[] = {"is_1", "is_2", "is_3", "is_4", "is_5", "is_6"};
    static const char *const facts[] = {"fact_1", "fact_2", "fact_3", "fact_4", "fact_5", "fact_6"};
    static const char *const plain[] = {"name", "each", "benefit"};
    struct text rest = text_of(path), part, number;
    int64_t condition = 0;
    text_split(&rest, '.', &part); /* "rules" */
    text_split(&rest, '.', &part); /* its place */
    text_split(&rest, '.', &part);
    if (text_is(part, "conditions") && text_split(&rest, '.', &number) &&
        text_to_integer(number, &condition)) {
        size_t row = row_of(input, (size_t)condition);
        return text_is(rest, "is")     ? comparisons[row]
               : text_is(rest, "fact") ? facts[row]
                                       : values[row];
    }
    if (text_is(part, "gifts"))
        return "gift";
    if (text_is(part, "accesses"))
        return text_is(rest, "0.whom") ? "early_whom" : "early_until";
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (text_is(part, plain[i]))
            return plain[i];
    }
    return "level_1";
}
