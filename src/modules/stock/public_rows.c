/*
 * What the public pages share: previews, cards, sums.
 *
 * Must not know: requests, statements. Read next: catalogue.c.
 */
#include "modules/stock/public_rows.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/settings.h"

/* The ratio classes of ui/styles/catalogue.css. */
static const int64_t ratios[] = {50, 56, 67, 75, 80, 100, 125, 133, 150, 160, 178, 200, 240, 300};

static int64_t nearest_ratio(int64_t width, int64_t height)
{
    int64_t exact = width * 100 / height;
    int64_t nearest = ratios[0];
    for (size_t i = 1; i < sizeof ratios / sizeof ratios[0]; i++) {
        if (llabs(ratios[i] - exact) < llabs(nearest - exact))
            nearest = ratios[i];
    }
    return nearest;
}

/* Width of a rendition whose longest edge is `edge` at most; never scaled up. */
static int64_t width_at(int64_t width, int64_t height, int64_t edge)
{
    int64_t longest = width > height ? width : height;
    return longest <= edge ? width : (width * edge + longest / 2) / longest;
}

struct stock_public_preview stock_public_preview_of(struct text hash, int64_t width, int64_t height)
{
    int64_t wide = width > 0 ? width : 1;
    int64_t high = height > 0 ? height : 1;
    return (struct stock_public_preview){
        .hash = hash,
        .width = wide,
        .height = high,
        .ratio = nearest_ratio(wide, high),
        .small = width_at(wide, high, 320),
        .middle = width_at(wide, high, 640),
        .large = width_at(wide, high, 1200),
    };
}

const struct problem *stock_public_cards(struct memory *memory,
                                         const struct stock_public_card_row_list *rows, size_t most,
                                         struct stock_public_card_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_public_card *cards = memory_take_array(memory, count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct stock_public_card_row *row = &rows->items[i];
        cards[i] = (struct stock_public_card){
            .id = row->id,
            .title = row->title,
            .author = row->author,
            .author_name = row->author_name,
            .price = row->price,
            .clip = row->clip,
            .preview = stock_public_preview_of(row->media, row->width, row->height),
        };
    }
    *out = (struct stock_public_card_list){cards, count};
    return NULL;
}

const struct problem *stock_public_sum_of(const struct request *request,
                                          const struct stock_split *split,
                                          struct stock_public_sum *out)
{
    const struct fee_breakdown *sum = &split->sum;
    struct fees_by_bearer fees;
    const struct problem *problem = fees_shown_by_bearer(request, sum, &fees);
    if (problem)
        return problem;
    *out = (struct stock_public_sum){
        .price = sum->price,
        .level = split->level,
        .counted = split->counted,
        .rate = split->rate,
        .share = sum->share,
        .handling = stock_only_handling(sum),
        .pays = sum->pays,
        .earned = sum->gets,
        .income = sum->income,
        .fees = fees.supplier,
        .extra = fees.buyer,
        .own = fees.intermediary,
    };
    return NULL;
}

const struct problem *stock_public_sum_kept(const struct request *request,
                                            const struct stock_kept *kept,
                                            const struct stock_fee_row *fees, size_t count,
                                            struct stock_public_sum *out)
{
    struct stock_split split;
    stock_split_kept(kept, fees, count, &split);
    return stock_public_sum_of(request, &split, out);
}

struct currency stock_public_currency(void)
{
    return setting_currency("site.currency");
}

const struct problem *stock_public_worked_example(const struct stock_rules *rules,
                                                  struct stock_split *out)
{
    struct money price = {setting_integer("stock.price"), stock_public_currency()};
    return stock_split_price(price, rules, 0, out);
}
