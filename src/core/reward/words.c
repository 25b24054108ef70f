/*
 * Units and their rules in words: made from the terms that are run, so that what is read is what holds.
 *
 * Must not know: pages. Read next: ledger/promise.h, the keys reward.rule.* and reward.units.*.
 */
#include "core/reward/reward.h"
#include "web/words.h"

struct text reward_units(struct memory *memory, enum language language, struct money units,
                         bool sign)
{
    struct builder out = builder_make(memory, 200);
    struct text written = {NULL, 0};
    struct word_argument count = {.name = "count", .kind = FIELD_INTEGER};
    count.integer = units.minor < 0 ? -units.minor : units.minor;
    enum promise_kind kind = reward_kind(units.currency);
    if (kind == PROMISE_CREDIT) {
        words_money(&out, language, units, sign ? MONEY_SIGNED : MONEY_PLAIN);
    } else {
        if (sign && units.minor)
            builder_add_c(&out, units.minor < 0 ? "\xE2\x88\x92" : "+");
        words_write(&out, language,
                    kind == PROMISE_POINTS ? "reward.units.points" : "reward.units.tickets", &count,
                    1);
    }
    return builder_end(&out, &written) ? (struct text){NULL, 0} : written;
}

struct instant reward_last_day(struct instant until)
{
    return instant_add(until, -DAY / 2);
}

/* Sentences while they are written. */
enum { RULES_MAX = 9 };
struct rules {
    struct memory *memory;
    enum language language;
    struct text *items;
    size_t count;
};

static void add(struct rules *rules, const char *key, const struct word_argument *arguments,
                size_t count)
{
    rules->items[rules->count++] =
        words_text(rules->memory, rules->language, key, arguments, count);
}

static void add_plain(struct rules *rules, const char *key)
{
    add(rules, key, NULL, 0);
}

static void add_worth(struct rules *rules, const struct ledger_promise *promise, struct text issuer)
{
    const struct word_argument arguments[] = {
        {.name = "issuer", .kind = FIELD_TEXT, .text = issuer},
        {.name = "count", .kind = FIELD_INTEGER, .integer = promise->per},
        {.name = "worth", .kind = FIELD_MONEY, .money = promise->worth.value},
    };
    switch (promise->kind) {
    case PROMISE_POINTS:
        add(rules, "reward.rule.points", arguments, 3);
        break;
    case PROMISE_TICKETS:
        add(rules, "reward.rule.tickets", arguments, 1);
        break;
    case PROMISE_CREDIT:
        add(rules, "reward.rule.credit", arguments, 1);
        break;
    }
}

/* How a price is paid: of tickets there is nothing to say. */
static void add_paying(struct rules *rules, const struct ledger_promise *promise,
                       struct currency unit)
{
    struct builder percent = builder_make(rules->memory, 40);
    struct text part = {"", 0};
    words_percent(&percent, rules->language, promise->part);
    (void)builder_end(&percent, &part);
    const struct word_argument arguments[] = {
        {.name = "units",
         .kind = FIELD_TEXT,
         .text = reward_units(rules->memory, rules->language, (struct money){promise->least, unit},
                              false)},
        {.name = "part", .kind = FIELD_TEXT, .text = part},
    };
    if (promise->least > 1)
        add(rules, "reward.rule.least", arguments, 1);
    if (promise->part == 0)
        add_plain(rules, "reward.rule.no_part");
    else if (promise->part < 10000)
        add(rules, "reward.rule.part", &arguments[1], 1);
    else
        add_plain(rules, "reward.rule.whole");
}

static void add_end(struct rules *rules, const struct ledger_promise *promise)
{
    const struct word_argument days = {
        .name = "days", .kind = FIELD_INTEGER, .integer = promise->days};
    const struct word_argument told = {
        .name = "days", .kind = FIELD_INTEGER, .integer = promise->told_days};
    if (promise->days == 0) {
        add_plain(rules, "reward.rule.endless");
        return;
    }
    add(rules, "reward.rule.days", &days, 1);
    if (promise->told_days)
        add(rules, "reward.rule.told", &told, 1);
    else
        add_plain(rules, "reward.rule.untold");
}

const struct problem *reward_rules(struct memory *memory, enum language language,
                                   const struct ledger_promise *promise, struct text issuer,
                                   struct text_list *out)
{
    struct rules rules = {.memory = memory, .language = language};
    struct currency unit;
    rules.items = memory_take_array(memory, RULES_MAX, sizeof *rules.items);
    if (!rules.items || !currency_parse(promise->currency, &unit))
        return &out_of_memory;
    add_worth(&rules, promise, issuer);
    if (promise->kind != PROMISE_TICKETS)
        add_paying(&rules, promise, unit);
    add_end(&rules, promise);
    add_plain(&rules, "reward.rule.stay");
    for (size_t i = 0; i < rules.count; i++) {
        if (!rules.items[i].data)
            return &out_of_memory;
    }
    *out = (struct text_list){rules.items, rules.count};
    return NULL;
}
