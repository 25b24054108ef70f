/*
 * Why a licence brought this much: the sum step by step, and the transfers behind it.
 *
 * Everything is as it was kept on the day, nothing is worked out anew. Must not know: settings of
 * today but the levels' bounds. Read next: sale.c.
 */
#include "base/log.h"
#include "base/settings.h"
#include "ledger/queries.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rules.h"
#include "ledger/ledger.shapes.h"
#include "web/words.h"

/* An account in the reader's words: "Wallet of Nordlicht Reisen", "you", "handling". */
static struct text place(const struct request *request, const struct stock_me_line_row *row,
                         enum account_purpose purpose, struct party_id party)
{
    struct memory *memory = request->memory;
    if (party.value == request->viewer.person.value)
        return words_text(memory, request->language, "stock.me.place_you", NULL, 0);
    if (party.value == row->holder.value) {
        struct word_argument who = {.name = "who", .kind = FIELD_TEXT, .text = row->holder_name};
        return words_text(memory, request->language, "stock.me.place_wallet", &who, 1);
    }
    if (purpose == ACCOUNT_INCOME)
        return setting_text("site.name");
    return stock_me_say(request, "account_purpose",
                        text_of(words_name(&account_purpose_words, (int)purpose)));
}

static const struct problem *show_legs(struct request *request, const struct stock_me_line_row *row,
                                       struct stock_me_why *view)
{
    struct ledger_leg_list legs;
    const struct problem *problem = ledger_legs(request->db, request->memory, row->posting, &legs);
    if (problem)
        return problem;
    struct stock_me_leg *items = memory_take_array(request->memory, legs.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < legs.count; i++) {
        const struct ledger_leg *leg = &legs.items[i];
        items[i] = (struct stock_me_leg){
            .id = leg->id,
            .from = place(request, row, leg->from_purpose, leg->from_party),
            .to = place(request, row, leg->to_purpose, leg->to_party),
            .amount = leg->amount,
            .at = leg->at,
        };
    }
    view->legs = (struct stock_me_leg_list){items, legs.count};
    return NULL;
}

/* Three parts of a hundred that add up to it. */
static void show_parts(const struct stock_public_sum *sum, struct stock_me_why *view)
{
    int64_t weights[3] = {sum->earned.minor, sum->handling.minor, sum->income.minor};
    struct money hundred = {100, sum->price.currency};
    struct money parts[3];
    if (!money_split(hundred, weights, 3, parts))
        return;
    view->own_part = parts[0].minor;
    view->handling_part = parts[1].minor;
    view->income_part = parts[2].minor;
    view->handling_at = view->own_part;
    view->income_at = view->own_part + view->handling_part;
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
    const struct problem *problem =
        stock_me_line(request->db, request->memory, input->licence, request->viewer.person, &row);
    if (!problem)
        problem = stock_deal_by_id(request->db, request->memory, row.deal, &deal);
    if (problem)
        return problem;
    view->earning = stock_me_earning_of(&row);
    view->list_price = deal.asked.minor == row.price.minor;
    view->posting = row.posting;
    view->terms = row.terms;
    show_parts(&view->earning.sum, view);
    show_bounds(row.level, view);
    return show_legs(request, &row, view);
}
