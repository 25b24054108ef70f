/*
 * Why a licence brought this much: the sum step by step, and the transfers behind it.
 *
 * Everything is as it was kept on the day, nothing is worked out anew. Must not know: settings of
 * today but the levels' bounds. Read next: sale.c.
 */
#include "base/log.h"
#include "base/settings.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rules.h"
#include "web/words.h"

static int64_t sum_of(const struct fee_shown_list *fees)
{
    int64_t sum = 0;
    for (size_t i = 0; i < fees->count; i++)
        sum += fees->items[i].line.amount.minor;
    return sum;
}

/* A single fee by its name; several together. */
static struct text fees_name(const struct request *request, const struct stock_public_sum *sum)
{
    if (sum->fees.count + sum->extra.count + sum->own.count > 1)
        return words_text(request->memory, request->language, "stock.me.part_fees", NULL, 0);
    return sum->fees.count    ? sum->fees.items[0].within
           : sum->extra.count ? sum->extra.items[0].within
           : sum->own.count   ? sum->own.items[0].within
                              : text_of("");
}

/* Three parts of a hundred that add up to what was paid. */
static void show_parts(const struct request *request, const struct stock_public_sum *sum,
                       struct stock_me_why *view)
{
    int64_t own = sum_of(&sum->own);
    int64_t fees = sum_of(&sum->fees) + sum_of(&sum->extra) + own;
    view->fees = (struct money){fees, sum->price.currency};
    view->fees_name = fees_name(request, sum);
    view->income = (struct money){sum->income.minor - own, sum->price.currency};
    int64_t weights[3] = {sum->earned.minor, fees, view->income.minor};
    struct money hundred = {100, sum->price.currency};
    struct money parts[3];
    if (!money_split(hundred, weights, 3, parts))
        return;
    view->own_part = parts[0].minor;
    view->fees_part = parts[1].minor;
    view->income_part = parts[2].minor;
    view->fees_at = view->own_part;
    view->income_at = view->own_part + view->fees_part;
}

/* From which to which count a level holds, by today's settings. */
static void show_bounds(int64_t level, struct stock_me_why *view)
{
    struct stock_levels levels;
    ensure(stock_levels_parse(setting_text("stock.levels"), &levels));
    if (level < 1 || level > levels.count)
        return;
    view->from = levels.items[level - 1].from;
    if (level < levels.count)
        view->next = (struct maybe_integer){true, levels.items[level].from};
}

const struct problem *stock_me_why_show(struct request *request,
                                        const struct stock_me_why_query *input,
                                        struct stock_me_why *view)
{
    struct stock_me_line_row row;
    struct stock_deal_row deal;
    struct stock_me_earning_list earnings;
    const struct problem *problem =
        stock_me_line(request->db, request->memory, input->licence, request->viewer.person, &row);
    if (!problem)
        problem = stock_deal_by_id(request->db, request->memory, row.deal, &deal);
    if (!problem)
        problem =
            stock_me_earnings_of(request, &(struct stock_me_line_row_list){&row, 1}, 1, &earnings);
    if (problem)
        return problem;
    view->earning = earnings.items[0];
    view->list_price = deal.asked.minor == row.price.minor;
    view->posting = row.posting;
    view->terms = row.terms;
    show_parts(request, &view->earning.sum, view);
    show_bounds(row.level, view);
    const struct stock_sides sides = {
        .author = request->viewer.person, .holder = row.holder, .holder_name = row.holder_name};
    problem = stock_legs_of(request, &sides, row.posting, &view->legs);
    return problem ? problem : stock_refunds_shown(request, &sides, row.id, &view->refunds);
}
