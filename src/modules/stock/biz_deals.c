/*
 * Talks about licences as the business sees them: the list, and one with all that an answer needs.
 *
 * Must not know: how an answer is made. Read next: talk_shown.c, biz_answer.c, sale.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/talk_queries.h"

const struct problem *stock_biz_deals_show(struct request *request,
                                           const struct stock_talks_query *input,
                                           struct stock_talks *view)
{
    return stock_talks_list(request, BY_BUYER, input, view);
}

/* ---- one talk ---------------------------------------------------------------------------------- */

const struct problem *stock_biz_till_of(struct request *request, struct money pays,
                                        struct stock_biz_till *out)
{
    struct ledger_balance wallet;
    const struct problem *problem =
        ledger_balance(request->db, request->memory, request->viewer.organisation, ACCOUNT_WALLET,
                       pays.currency, &wallet);
    if (problem)
        return problem;
    *out = (struct stock_biz_till){.free = wallet.free,
                                   .after = wallet.free,
                                   .held = wallet.held,
                                   .missing = {0, pays.currency}};
    ensure(money_subtract(wallet.free, pays, &out->after));
    out->enough = out->after.minor >= 0;
    if (!out->enough)
        out->missing.minor = -out->after.minor;
    return NULL;
}

static const struct problem *show_steps(struct request *request, struct stock_biz_talk *out)
{
    const struct problem *problem = stock_talk_steps(request, BY_BUYER, &out->deal, &out->steps);
    if (problem)
        return problem;
    out->offered = stock_talk_offered(&out->steps);
    for (size_t i = out->steps.count; i-- > 0;) {
        const struct stock_talk_step *step = &out->steps.items[i];
        if (!step->own && !step->desk && step->note.size)
            out->said = step->note;
    }
    return NULL;
}

/* What becomes of the price as it is asked, and of what was offered. */
static const struct problem *show_sums(struct request *request, struct maybe_text fees,
                                       struct stock_biz_talk *out)
{
    const struct stock_talk *deal = &out->deal;
    struct stock_rules rules;
    struct stock_split split;
    const struct problem *problem = stock_rules_of(request->memory, fees, &rules);
    if (!problem)
        problem = stock_split_for(request->db, request->memory, &rules, deal->author, deal->price,
                                  request->now, &split);
    if (!problem)
        problem = stock_public_sum_of(request, &split, &out->sum);
    if (!problem && out->offered.present && out->our_turn) {
        struct money more;
        problem = stock_split_price(out->offered.value, &rules, split.counted, &split);
        if (problem)
            return problem;
        out->offered_earned = (struct maybe_money){true, split.sum.gets};
        out->offered_pays = (struct maybe_money){true, split.sum.pays};
        ensure(money_subtract(deal->price, out->offered.value, &more));
        out->more = (struct maybe_money){more.minor > 0, more};
    }
    return problem ? problem : stock_biz_till_of(request, out->sum.pays, &out->till);
}

const struct problem *stock_biz_talk_of(struct request *request, struct deal_id deal,
                                        struct stock_biz_talk *out)
{
    struct stock_talk_row row;
    struct stock_biz_talk_row more;
    struct party_id buyer = request->viewer.organisation;
    const struct problem *problem = stock_talk_of(request->db, request->memory, deal, buyer, &row);
    if (!problem)
        problem = stock_biz_talk_more(request->db, request->memory, deal, buyer, &more);
    if (problem)
        return problem;
    *out = (struct stock_biz_talk){
        .open = stock_talk_open(row.state),
        .our_turn = row.state == DEAL_COUNTERED,
        .available = more.photo_state == PHOTO_ACCEPTED,
        .description = more.description,
        .width = row.width,
        .height = row.height,
        .licences = more.licences,
        .held_before = more.held_before,
    };
    problem = stock_talk_shown(request->memory, &row, &out->deal);
    if (!problem && more.certificate.value)
        problem = maybe_text_format(request->memory, &out->certificate, "/licences/%s",
                                    id_text("lic", more.certificate.value).text);
    if (!problem)
        problem = show_steps(request, out);
    return problem ? problem : show_sums(request, row.fees, out);
}

const struct problem *stock_biz_deal_show(struct request *request,
                                          const struct stock_biz_deal_query *input,
                                          struct stock_biz_deal_page *view)
{
    const struct problem *problem = stock_biz_talk_of(request, input->deal, &view->talk);
    if (problem)
        return problem;
    struct text way = input->way.present ? input->way.value : text_of("");
    view->offering = view->talk.our_turn && text_is(way, "offer");
    view->declining = view->talk.our_turn && text_is(way, "decline");
    return NULL;
}

const struct problem *stock_biz_waiting(struct request *request, int64_t *out)
{
    struct stock_count counted;
    *out = 0;
    if (!request->viewer.organisation.value)
        return NULL;
    const struct problem *problem = stock_biz_deals_waiting(request->db, request->memory,
                                                            request->viewer.organisation, &counted);
    if (!problem)
        *out = counted.number;
    return problem;
}
