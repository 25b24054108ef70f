/*
 * Talks about licences as the business sees them: the list, and one with all that an answer needs.
 *
 * Must not know: how an answer is made. Read next: biz_answer.c, sale.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/flow_queries.h"
#include "core/session.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/sale.h"
#include "modules/stock/states.h"
#include "modules/stock/stock.shapes.h"

static bool is_open(enum stock_deal_state state)
{
    return state == DEAL_OFFERED || state == DEAL_COUNTERED;
}

static struct stock_biz_deal deal_of(const struct stock_biz_deal_row *row)
{
    return (struct stock_biz_deal){
        .id = row->id,
        .state = row->state,
        .photo = row->photo,
        .title = row->title,
        .preview = stock_public_preview_of(row->media, row->width, row->height),
        .author = row->author,
        .author_name = row->author_name,
        .author_place = row->author_place,
        .licence = row->licence,
        .price = row->price,
        .at = row->at,
        .moved = row->moved,
        .until = {is_open(row->state), instant_add(row->moved, STOCK_ANSWER_WITHIN)},
    };
}

const struct problem *stock_biz_deals_of(struct memory *memory,
                                         const struct stock_biz_deal_row_list *rows, size_t most,
                                         struct stock_biz_deal_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_biz_deal *items = memory_take_array(memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++)
        items[i] = deal_of(&rows->items[i]);
    *out = (struct stock_biz_deal_list){items, count};
    return NULL;
}

const struct problem *stock_biz_deals_show(struct request *request,
                                           const struct stock_biz_deals_query *input,
                                           struct stock_biz_deals *view)
{
    struct stock_biz_deal_row_list rows;
    struct party_id buyer = request->viewer.organisation;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    view->ended = input->which.present && text_is(input->which.value, "ended");
    const struct problem *problem = view->ended
                                        ? stock_biz_deals_ended(request->db, request->memory, buyer,
                                                                before, STOCK_BIZ_FETCH, &rows)
                                        : stock_biz_deals_open(request->db, request->memory, buyer,
                                                               before, STOCK_BIZ_FETCH, &rows);
    if (!problem)
        problem = stock_biz_deals_of(request->memory, &rows, STOCK_BIZ_PAGE, &view->deals);
    if (problem || rows.count <= STOCK_BIZ_PAGE)
        return problem;
    return maybe_text_format(request->memory, &view->more, "/biz/deals?%sbefore=%s",
                             view->ended ? "which=ended&" : "",
                             id_text("del", rows.items[STOCK_BIZ_PAGE - 1].id.value).text);
}

/* ---- one talk ---------------------------------------------------------------------------------- */

static struct stock_biz_deal_row listed(const struct stock_biz_talk_row *row)
{
    return (struct stock_biz_deal_row){
        row->id,      row->state,  row->photo,  row->title,       row->media,
        row->width,   row->height, row->author, row->author_name, row->author_place,
        row->licence, row->price,  row->at,     row->moved,
    };
}

/* Steps newest first, without the beginning, whose words stand with the first step after it. */
static const struct problem *show_steps(struct request *request,
                                        const struct stock_biz_talk_row *row,
                                        const struct flow_step_list *history,
                                        struct stock_biz_talk *out)
{
    struct stock_biz_step *steps =
        memory_take_array(request->memory, history->count, sizeof *steps);
    size_t count = 0;
    if (!steps)
        return &out_of_memory;
    for (size_t i = 0; i < history->count; i++) {
        const struct flow_step *from = &history->items[i];
        if (text_is(from->event, "began"))
            continue;
        struct stock_biz_step *step = &steps[history->count - 1 - count++];
        *step = (struct stock_biz_step){
            .event = from->event,
            .who = from->actor_name,
            .ours = from->actor.value && from->actor.value != row->author.value,
            .note = from->note,
            .price = from->price,
            .at = from->at,
        };
        const struct problem *problem =
            session_initials(request->memory, from->actor_name, &step->initials);
        if (problem)
            return problem;
        if (text_is(from->event, "offer"))
            out->offered = from->price;
        if (from->actor.value == row->author.value && from->note.size)
            out->said = from->note;
    }
    out->steps = (struct stock_biz_step_list){steps + (history->count - count), count};
    return NULL;
}

const struct problem *stock_biz_till_of(struct request *request, struct money price,
                                        struct stock_biz_till *out)
{
    struct ledger_balance wallet;
    const struct problem *problem =
        ledger_balance(request->db, request->memory, request->viewer.organisation, ACCOUNT_WALLET,
                       price.currency, &wallet);
    if (problem)
        return problem;
    *out = (struct stock_biz_till){.free = wallet.free,
                                   .after = wallet.free,
                                   .held = wallet.held,
                                   .missing = {0, price.currency}};
    ensure(money_subtract(wallet.free, price, &out->after));
    out->enough = out->after.minor >= 0;
    if (!out->enough)
        out->missing.minor = -out->after.minor;
    return NULL;
}

/* What becomes of the price as it is asked, and of what was offered. */
static const struct problem *
show_sums(struct request *request, const struct stock_biz_talk_row *row, struct stock_biz_talk *out)
{
    struct stock_split split;
    const struct problem *problem = stock_split_for(request->db, request->memory, row->author,
                                                    row->price, request->now, &split);
    if (problem)
        return problem;
    out->sum = stock_public_sum_of(&split);
    if (out->offered.present && out->our_turn) {
        struct money more;
        problem = stock_split_for(request->db, request->memory, row->author, out->offered.value,
                                  request->now, &split);
        if (problem)
            return problem;
        out->offered_earned = (struct maybe_money){true, split.earned};
        ensure(money_subtract(row->price, out->offered.value, &more));
        out->more = (struct maybe_money){more.minor > 0, more};
    }
    return stock_biz_till_of(request, row->price, &out->till);
}

const struct problem *stock_biz_talk_of(struct request *request, struct deal_id deal,
                                        struct stock_biz_talk *out)
{
    struct stock_biz_talk_row row;
    struct flow_step_list history;
    const struct problem *problem =
        stock_biz_talk(request->db, request->memory, deal, request->viewer.organisation, &row);
    if (!problem)
        problem = flow_history(request->db, request->memory, deal.value, &history);
    if (problem)
        return problem;
    struct stock_biz_deal_row shown = listed(&row);
    *out = (struct stock_biz_talk){
        .deal = deal_of(&shown),
        .open = is_open(row.state),
        .our_turn = row.state == DEAL_COUNTERED,
        .available = row.photo_state == PHOTO_ACCEPTED,
        .asked = {row.asked_minor, row.price.currency},
        .description = row.description,
        .width = row.width,
        .height = row.height,
        .licences = row.licences,
        .held_before = row.held_before,
    };
    if (row.certificate.value) {
        problem = maybe_text_format(request->memory, &out->certificate, "/licences/%s",
                                    id_text("lic", row.certificate.value).text);
        if (problem)
            return problem;
    }
    problem = show_steps(request, &row, &history, out);
    return problem ? problem : show_sums(request, &row, out);
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
