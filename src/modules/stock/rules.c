/*
 * The pure decisions of the stock: royalty levels, sums, likeness. See rules.h.
 */
#include "modules/stock/rules.h"

#include "base/log.h"

static bool level_parse(struct text word, struct stock_level *out)
{
    struct text from;
    struct text rest = word;
    return text_split(&rest, ':', &from) && text_to_integer(from, &out->from) &&
           text_to_integer(rest, &out->rate);
}

bool stock_levels_parse(struct text setting, struct stock_levels *out)
{
    struct text word;
    out->count = 0;
    while (text_split(&setting, ' ', &word)) {
        if (text_empty(word))
            continue;
        struct stock_level level;
        if (out->count == STOCK_LEVELS_MAX || !level_parse(word, &level))
            return false;
        const struct stock_level *last = out->count ? &out->items[out->count - 1] : NULL;
        bool rises = last ? level.from > last->from && level.rate > last->rate
                          : level.from == 0 && level.rate >= 0;
        if (!rises || level.rate > 10000)
            return false;
        out->items[out->count++] = level;
    }
    return out->count > 0;
}

const struct problem *stock_split_price(struct money price, const struct stock_rules *rules,
                                        int64_t counted, struct stock_split *out)
{
    const struct stock_levels *levels = &rules->levels;
    struct money share;
    int level = 0;
    while (level + 1 < levels->count && counted >= levels->items[level + 1].from)
        level++;
    *out = (struct stock_split){
        .level = level + 1, .counted = counted, .rate = levels->items[level].rate};
    if (level + 1 < levels->count) {
        out->next = (struct maybe_integer){true, levels->items[level + 1].from};
        out->next_rate = levels->items[level + 1].rate;
    }
    if (!money_share(price, out->rate, 10000, ROUND_HALF_EVEN, &share))
        return &ledger_out_of_range;
    return fees_apply(price, share, &rules->fees, &out->sum);
}

struct maybe_integer stock_only_handling(const struct fee_breakdown *sum)
{
    struct maybe_integer only = {false, 0};
    for (int i = 0; i < sum->count; i++) {
        const struct fee_line *line = &sum->lines[i];
        if (line->bearer != FEE_BY_SUPPLIER)
            continue;
        bool plain = text_is(line->name, "fee.handling") && line->counted_on == FEE_OF_SHARE &&
                     !line->fixed.minor && !line->least.minor && !line->most.minor;
        if (!plain)
            return (struct maybe_integer){false, 0};
        only = (struct maybe_integer){true, line->rate};
    }
    return only;
}

enum stock_form stock_form_of(int64_t width, int64_t height)
{
    if (width * 10 >= height * 11)
        return FORM_WIDE;
    return height * 10 >= width * 11 ? FORM_UPRIGHT : FORM_SQUARE;
}

int stock_points_alike(uint64_t a, uint64_t b)
{
    return 64 - __builtin_popcountll(a ^ b);
}

struct money stock_list_price(const struct stock_photo_row *photo, enum stock_licence_kind kind)
{
    struct money price = {0};
    ensure(currency_parse(photo->currency, &price.currency));
    switch (kind) {
    case LICENCE_STANDARD:
        price.minor = photo->standard_minor;
        break;
    case LICENCE_EXTENDED:
        price.minor = photo->extended_minor;
        break;
    case LICENCE_EDITORIAL:
        price.minor = photo->editorial_minor;
        break;
    case LICENCE_BUYOUT:
        price.minor = photo->buyout_minor;
        break;
    }
    return price;
}

int64_t stock_lowest_price(const struct stock_prices *prices)
{
    const struct money *all[] = {&prices->standard, &prices->extended, &prices->editorial,
                                 &prices->buyout};
    int64_t lowest = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i]->minor > 0 && (lowest == 0 || all[i]->minor < lowest))
            lowest = all[i]->minor;
    }
    return lowest;
}

bool stock_was_public(const struct stock_photo_row *photo)
{
    bool accepted_last = photo->reviewer.value != 0 && text_empty(photo->reason);
    return photo->state == PHOTO_ACCEPTED || photo->state == PHOTO_SOLD ||
           (photo->state == PHOTO_WITHDRAWN && accepted_last);
}
