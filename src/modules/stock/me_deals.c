/*
 * Talks about licences as the person sees them: the list, and one with all that an answer needs.
 *
 * Must not know: how an answer is made. Read next: me_answer.c, sale.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/flow_queries.h"
#include "core/session.h"
#include "modules/stock/me.shapes.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/sale.h"
#include "modules/stock/states.h"

static struct stock_me_deal deal_of(const struct stock_me_deal_row *row)
{
    return (struct stock_me_deal){
        .id = row->id,
        .state = row->state,
        .photo = row->photo,
        .title = row->title,
        .preview = stock_public_preview_of(row->media, row->width, row->height),
        .buyer = row->buyer,
        .buyer_name = row->buyer_name,
        .licence = row->licence,
        .asked = {row->asked_minor, row->price.currency},
        .price = row->price,
        .at = row->at,
        .moved = row->moved,
        .until = instant_add(row->moved, STOCK_ANSWER_WITHIN),
    };
}

const struct problem *stock_me_deals_of(struct memory *memory,
                                        const struct stock_me_deal_row_list *rows, size_t most,
                                        struct stock_me_deal_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_me_deal *items = memory_take_array(memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++)
        items[i] = deal_of(&rows->items[i]);
    *out = (struct stock_me_deal_list){items, count};
    return NULL;
}

const struct problem *stock_me_deals_show(struct request *request,
                                          const struct stock_me_deals_query *input,
                                          struct stock_me_deals *view)
{
    struct stock_me_deal_row_list rows;
    struct party_id author = request->viewer.person;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    view->ended = input->which.present && text_is(input->which.value, "ended");
    const struct problem *problem = view->ended
                                        ? stock_me_deals_ended(request->db, request->memory, author,
                                                               before, STOCK_ME_FETCH, &rows)
                                        : stock_me_deals_open(request->db, request->memory, author,
                                                              before, STOCK_ME_FETCH, &rows);
    if (!problem)
        problem = stock_me_deals_of(request->memory, &rows, STOCK_ME_PAGE, &view->deals);
    if (problem || rows.count <= STOCK_ME_PAGE)
        return problem;
    return maybe_text_format(request->memory, &view->more, "/me/deals?%sbefore=%s",
                             view->ended ? "which=ended&" : "",
                             id_text("del", rows.items[STOCK_ME_PAGE - 1].id.value).text);
}

/* ---- one talk --------------------------------------------------------------------------------- */

/* Steps newest first, without the beginning. */
static const struct problem *show_said(struct request *request,
                                       const struct flow_step_list *history,
                                       struct stock_me_deal_page *view)
{
    struct stock_me_said *said = memory_take_array(request->memory, history->count, sizeof *said);
    size_t count = 0;
    if (!said)
        return &out_of_memory;
    for (size_t i = 0; i < history->count; i++) {
        const struct flow_step *from = &history->items[i];
        if (text_is(from->event, "began"))
            continue;
        struct stock_me_said *step = &said[history->count - 1 - count++];
        *step = (struct stock_me_said){
            .event = from->event,
            .who = from->actor_name,
            .own = from->actor.value == request->viewer.person.value,
            .note = from->note,
            .price = from->price,
            .at = from->at,
        };
        const struct problem *problem =
            session_initials(request->memory, from->actor_name, &step->initials);
        if (problem)
            return problem;
        if (text_is(from->event, "offer") && from->price.present)
            view->offered = from->price.value;
        view->again = view->again || text_is(from->event, "counter");
    }
    view->said = (struct stock_me_said_list){said + (history->count - count), count};
    return NULL;
}

static const struct problem *show_sum(struct request *request, struct money price,
                                      struct stock_public_sum *out)
{
    struct stock_split split;
    const struct problem *problem = stock_split_for(
        request->db, request->memory, request->viewer.person, price, request->now, &split);
    if (!problem)
        *out = stock_public_sum_of(&split);
    return problem;
}

/* What becomes of their price, of the list price, and of the price half way. */
static const struct problem *show_sums(struct request *request, struct stock_me_deal_page *view)
{
    struct money theirs = view->own_turn ? view->deal.price : view->offered;
    struct money half = view->deal.asked;
    if (view->offered.minor == 0)
        theirs = view->deal.price;
    ensure(money_subtract(view->deal.asked, theirs, &view->less));
    view->below = view->less.minor > 0;
    if (view->below)
        half.minor = theirs.minor + (view->less.minor + 1) / 2;
    const struct problem *problem = show_sum(request, theirs, &view->theirs);
    if (!problem)
        problem = show_sum(request, view->deal.asked, &view->listed);
    return problem ? problem : show_sum(request, half, &view->suggested);
}

static const struct problem *show_licence(struct request *request, struct stock_me_deal_page *view)
{
    struct stock_licence_row licence;
    if (view->deal.state != DEAL_LICENSED)
        return NULL;
    const struct problem *problem =
        stock_licence_of_deal(request->db, request->memory, view->deal.id, &licence);
    if (problem)
        return problem;
    return maybe_text_format(request->memory, &view->licence, "/me/earnings/%s",
                             id_text("lic", licence.id.value).text);
}

const struct problem *stock_me_deal_show(struct request *request,
                                         const struct stock_me_deal_query *input,
                                         struct stock_me_deal_page *view)
{
    struct stock_me_deal_row row;
    struct flow_step_list history;
    const struct problem *problem =
        stock_me_deal(request->db, request->memory, input->deal, request->viewer.person, &row);
    if (!problem)
        problem = flow_history(request->db, request->memory, input->deal.value, &history);
    if (problem)
        return problem;
    int answer =
        input->answer.present ? words_value(&stock_me_answer_words, input->answer.value) : 0;
    view->deal = deal_of(&row);
    view->open = row.state == DEAL_OFFERED || row.state == DEAL_COUNTERED;
    view->own_turn = row.state == DEAL_OFFERED;
    view->answer = answer ? (enum stock_me_answer)answer : STOCK_ME_ACCEPT;
    view->offered = (struct money){0, row.price.currency};
    problem = show_said(request, &history, view);
    if (!problem)
        problem = show_sums(request, view);
    return problem ? problem : show_licence(request, view);
}
