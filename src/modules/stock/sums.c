/*
 * What becomes of a price: settings read, levels counted, fees kept and read again. See sums.h.
 */
#include "modules/stock/sums.h"

#include "base/log.h"
#include "base/settings.h"
#include "core/fees_shown.h"
#include "modules/stock/queries.h"

static const struct problem *read_rules(struct memory *memory, struct text fees,
                                        struct stock_rules *out, struct text *complaint)
{
    struct currency currency = setting_currency("site.currency");
    if (!stock_levels_parse(setting_text("stock.levels"), &out->levels)) {
        *complaint = text_of("stock.levels: counts from 0 and shares must rise, as 0:4000 50:4500");
        return &invalid_input;
    }
    struct text wrong = {"", 0};
    const struct problem *problem = fees_parse(memory, fees, currency, &out->fees, &wrong);
    if (problem == &invalid_input)
        *complaint = text_format(memory, "stock.fees: %.*s", TEXT_ARGS(wrong));
    return problem;
}

const struct problem *stock_rules_now(struct memory *memory, struct stock_rules *out)
{
    struct text complaint;
    const struct problem *problem = read_rules(memory, setting_text("stock.fees"), out, &complaint);
    ensure(problem != &invalid_input); /* looked at when the program started */
    return problem;
}

const struct problem *stock_rules_of(struct memory *memory, struct maybe_text fees,
                                     struct stock_rules *out)
{
    struct text complaint;
    if (!fees.present)
        return stock_rules_now(memory, out);
    const struct problem *problem = read_rules(memory, fees.value, out, &complaint);
    /* It could be read when the talk began: only the currency of its amounts can be another now. */
    return problem == &invalid_input ? &ledger_wrong_currency : problem;
}

const struct problem *stock_rules_check(struct memory *memory, struct text *complaint)
{
    struct stock_rules rules;
    struct text without;
    const struct problem *problem =
        read_rules(memory, setting_text("stock.fees"), &rules, complaint);
    if (problem)
        return problem;
    if (fees_have_words(memory, &rules.fees, &without))
        return NULL;
    *complaint = text_format(memory,
                             "stock.fees: there is no text \"%.*s\"; rules may be called handling, "
                             "service, payment and partner",
                             TEXT_ARGS(without));
    return complaint->data ? &invalid_input : &out_of_memory;
}

const struct problem *stock_split_for(struct database *db, struct memory *memory,
                                      const struct stock_rules *rules, struct party_id author,
                                      struct money price, struct instant at,
                                      struct stock_split *out)
{
    struct stock_count counted;
    struct instant year_ago = instant_add(at, -365 * DAY);
    const struct problem *problem = stock_licences_since(db, memory, author, year_ago, &counted);
    return problem ? problem : stock_split_price(price, rules, counted.number, out);
}

const struct problem *stock_pays(const struct stock_rules *rules, struct money price,
                                 struct money *out)
{
    struct fee_breakdown sum;
    struct money none = {0, price.currency}; /* no fee of a buyer is counted on a share */
    const struct problem *problem = fees_apply(price, none, &rules->fees, &sum);
    if (!problem)
        *out = sum.pays;
    return problem;
}

const struct problem *stock_fees_keep(struct database *db, struct memory *memory,
                                      struct stock_licence_id licence,
                                      const struct fee_breakdown *sum)
{
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < sum->count; i++) {
        const struct fee_line *line = &sum->lines[i];
        struct stock_fee_row row = {
            .licence = licence,
            .number = i + 1,
            .name = line->name,
            .bearer = line->bearer,
            .counted_on = line->counted_on,
            .base_minor = line->base.minor,
            .rate = line->rate,
            .fixed_minor = line->fixed.minor,
            .least_minor = line->least.minor,
            .most_minor = line->most.minor,
            .amount_minor = line->amount.minor,
            .cut = line->cut,
        };
        problem = stock_fee_insert(db, memory, &row);
    }
    return problem;
}

static struct fee_line line_of(const struct stock_fee_row *row, struct currency currency)
{
    return (struct fee_line){
        .name = row->name,
        .bearer = row->bearer,
        .counted_on = row->counted_on,
        .base = {row->base_minor, currency},
        .rate = row->rate,
        .fixed = {row->fixed_minor, currency},
        .least = {row->least_minor, currency},
        .most = {row->most_minor, currency},
        .amount = {row->amount_minor, currency},
        .cut = row->cut,
    };
}

void stock_split_kept(const struct stock_kept *kept, const struct stock_fee_row *fees, size_t count,
                      struct stock_split *out)
{
    struct currency currency = kept->price.currency;
    *out = (struct stock_split){
        .level = (int)kept->level, .counted = kept->counted, .rate = kept->rate};
    struct fee_breakdown *sum = &out->sum;
    sum->price = kept->price;
    sum->share = (struct money){kept->share_minor, currency};
    sum->gets = (struct money){kept->earned_minor, currency};
    for (size_t i = 0; i < count && i < FEES_MAX; i++)
        sum->lines[sum->count++] = line_of(&fees[i], currency);
    bool fine = money_subtract(sum->price, sum->share, &sum->income) &&
                money_add(sum->price, fees_sum(sum, FEE_BY_BUYER), &sum->pays) &&
                money_subtract(sum->pays, sum->gets, &sum->keeps);
    ensure(fine); /* it was so on the day */
}
