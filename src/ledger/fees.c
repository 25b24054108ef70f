/*
 * Fees applied to a price, and laid beside a posting. See fees.h; how a set is read: fees_parse.c.
 */
#include "ledger/fees.h"

#include "base/log.h"

/* Whether amounts of the rules may be added to those of a price: a set of percentages only has none. */
static bool counts_in(const struct fee_rules *rules, struct currency currency)
{
    for (int i = 0; i < rules->count; i++) {
        const struct fee_rule *rule = &rules->items[i];
        if ((rule->fixed || rule->least || rule->most) &&
            !currency_equal(rules->currency, currency))
            return false;
    }
    return true;
}

/* What a rule asks for, whoever bears it and whatever is left. */
static bool ask(const struct fee_rule *rule, struct money base, struct money *out)
{
    struct money fixed = {rule->fixed, base.currency};
    if (!money_share(base, rule->rate, 10000, FEES_ROUNDING, out) || !money_add(*out, fixed, out))
        return false;
    if (rule->most && out->minor > rule->most)
        out->minor = rule->most;
    if (out->minor < rule->least)
        out->minor = rule->least;
    return out->minor <= MONEY_MAX;
}

/* Takes a line's amount out of what its bearer has left of the price, or onto what the buyer pays. */
static bool bear(struct fee_line *line, struct fee_breakdown *out, struct money *own)
{
    if (line->bearer == FEE_BY_BUYER)
        return money_add(out->pays, line->amount, &out->pays);
    struct money *left = line->bearer == FEE_BY_SUPPLIER ? &out->gets : own;
    line->cut = line->amount.minor > left->minor;
    if (line->cut)
        line->amount = *left;
    return money_subtract(*left, line->amount, left);
}

static bool apply(const struct fee_rule *rule, struct fee_breakdown *out, struct money *own)
{
    struct currency currency = out->price.currency;
    struct fee_line *line = &out->lines[out->count++];
    *line = (struct fee_line){
        .name = rule->name,
        .bearer = rule->bearer,
        .counted_on = rule->counted_on,
        .base = rule->counted_on == FEE_OF_PRICE ? out->price : out->share,
        .rate = rule->rate,
        .fixed = {rule->fixed, currency},
        .least = {rule->least, currency},
        .most = {rule->most, currency},
        .amount = {0, currency},
    };
    if (out->price.minor == 0)
        return true;
    return ask(rule, line->base, &line->amount) && bear(line, out, own);
}

const struct problem *fees_apply(struct money price, struct money share,
                                 const struct fee_rules *rules, struct fee_breakdown *out)
{
    struct money own; /* what the intermediary's fees leave of its share */
    struct fee_breakdown made = {.price = price, .share = share, .pays = price, .gets = share};
    if (!currency_equal(price.currency, share.currency) || !counts_in(rules, price.currency))
        return &ledger_wrong_currency;
    if (share.minor < 0 || share.minor > price.minor || price.minor > MONEY_MAX)
        return &ledger_out_of_range;
    bool fine = money_subtract(price, share, &made.income);
    own = made.income;
    for (int i = 0; fine && i < rules->count; i++)
        fine = apply(&rules->items[i], &made, &own);
    if (!fine || !money_subtract(made.pays, made.gets, &made.keeps))
        return &ledger_out_of_range;
    *out = made;
    return NULL;
}

struct money fees_sum(const struct fee_breakdown *breakdown, enum fee_bearer bearer)
{
    struct money sum = {0, breakdown->price.currency};
    for (int i = 0; i < breakdown->count; i++) {
        const struct fee_line *line = &breakdown->lines[i];
        if (line->bearer == bearer)
            ensure(money_add(sum, line->amount, &sum)); /* parts of a sum that was in range */
    }
    return sum;
}

void fees_post(const struct fee_breakdown *breakdown, int supplier, struct posting *posting)
{
    static const enum account_purpose from[] = {
        [FEE_BY_BUYER] = ACCOUNT_SALE,
        [FEE_BY_SUPPLIER] = ACCOUNT_EARNINGS,
        [FEE_BY_INTERMEDIARY] = ACCOUNT_INCOME,
    };
    for (int i = 0; i < breakdown->count; i++) {
        const struct fee_line *line = &breakdown->lines[i];
        int party = line->bearer == FEE_BY_SUPPLIER ? supplier : LEDGER_PLATFORM;
        posting->fees[i] = (struct posting_fee){
            .from = {from[line->bearer], party}, .amount = line->amount, .reason = line->name};
    }
    posting->fee_count = breakdown->count;
}
