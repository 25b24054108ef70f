/*
 * Talks about licences as the person sees them: the list, and one with all that an answer needs.
 *
 * Must not know: how an answer is made. Read next: talk_shown.c, me_answer.c, sale.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "modules/stock/me.shapes.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/talk_queries.h"

const struct problem *stock_me_deals_show(struct request *request,
                                          const struct stock_talks_query *input,
                                          struct stock_talks *view)
{
    return stock_talks_list(request, BY_SUPPLIER, input, view);
}

static const struct problem *show_sum(struct request *request, const struct stock_rules *rules,
                                      struct money price, struct stock_public_sum *out)
{
    struct stock_split split;
    const struct problem *problem = stock_split_for(
        request->db, request->memory, rules, request->viewer.person, price, request->now, &split);
    return problem ? problem : stock_public_sum_of(request, &split, out);
}

/* The fees of both prices side by side: they are of the same rules, so in the same order. */
static const struct problem *show_fees(struct memory *memory, struct stock_me_deal_page *view)
{
    const struct fee_shown_list *theirs = &view->theirs.fees;
    const struct fee_shown_list *listed = &view->listed.fees;
    struct stock_me_pair *pairs = memory_take_array(memory, theirs->count, sizeof *pairs);
    if (!pairs)
        return &out_of_memory;
    ensure(theirs->count == listed->count);
    for (size_t i = 0; i < theirs->count; i++)
        pairs[i] = (struct stock_me_pair){theirs->items[i].says, theirs->items[i].line.amount,
                                          listed->items[i].line.amount};
    view->fees = (struct stock_me_pair_list){pairs, theirs->count};
    return NULL;
}

/* What becomes of their price, of the list price, and of the price half way. */
static const struct problem *show_sums(struct request *request, struct maybe_text fees,
                                       struct stock_me_deal_page *view)
{
    struct stock_rules rules;
    struct money theirs = view->own_turn ? view->deal.price : view->offered;
    struct money half = view->deal.asked;
    if (view->offered.minor == 0)
        theirs = view->deal.price;
    ensure(money_subtract(view->deal.asked, theirs, &view->less));
    view->below = view->less.minor > 0;
    if (view->below)
        half.minor = theirs.minor + (view->less.minor + 1) / 2;
    const struct problem *problem = stock_rules_of(request->memory, fees, &rules);
    if (!problem)
        problem = show_sum(request, &rules, theirs, &view->theirs);
    if (!problem)
        problem = show_sum(request, &rules, view->deal.asked, &view->listed);
    if (!problem)
        problem = show_sum(request, &rules, half, &view->suggested);
    return problem ? problem : show_fees(request->memory, view);
}

static const struct problem *show_licence(struct request *request, struct stock_me_deal_page *view)
{
    struct stock_licence_row licence;
    struct stock_me_line_row line;
    view->kept = (struct money){0, view->deal.price.currency};
    if (view->deal.state != DEAL_LICENSED && view->deal.state != DEAL_REFUNDED)
        return NULL;
    const struct problem *problem =
        stock_licence_of_deal(request->db, request->memory, view->deal.id, &licence);
    if (!problem)
        problem =
            stock_me_line(request->db, request->memory, licence.id, request->viewer.person, &line);
    if (problem)
        return problem;
    view->kept.minor = line.earned_minor - line.back_earned_minor;
    return maybe_text_format(request->memory, &view->licence, "/me/earnings/%s",
                             id_text("lic", licence.id.value).text);
}

const struct problem *stock_me_deal_show(struct request *request,
                                         const struct stock_me_deal_query *input,
                                         struct stock_me_deal_page *view)
{
    struct stock_talk_row row;
    const struct problem *problem =
        stock_talk_of(request->db, request->memory, input->deal, request->viewer.person, &row);
    if (problem)
        return problem;
    problem = stock_talk_shown(request->memory, &row, &view->deal);
    if (!problem)
        problem = stock_talk_steps(request, BY_SUPPLIER, &view->deal, &view->said);
    if (problem)
        return problem;
    int answer =
        input->answer.present ? words_value(&stock_me_answer_words, input->answer.value) : 0;
    struct maybe_money offered = stock_talk_offered(&view->said);
    view->open = stock_talk_open(row.state);
    view->own_turn = row.state == DEAL_OFFERED;
    view->answer = answer ? (enum stock_me_answer)answer : STOCK_ME_ACCEPT;
    view->offered = offered.present ? offered.value : (struct money){0, row.price.currency};
    for (size_t i = 0; i < view->said.count; i++)
        view->again = view->again || text_is(view->said.items[i].event, "counter");
    problem = show_sums(request, row.fees, view);
    return problem ? problem : show_licence(request, view);
}
