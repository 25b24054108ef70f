/*
 * Talks about licences as both sides see them.
 *
 * Must not know: what a side may answer. Read next: me_deals.c, biz_deals.c.
 */
#include "modules/stock/talk_shown.h"

#include "base/settings.h"
#include "core/flow_queries.h"
#include "core/login/session.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/states.h"
#include "modules/stock/talk_queries.h"

enum { PAGE = 24, FETCH = PAGE + 1 };

bool stock_talk_open(enum stock_deal_state state)
{
    return state == DEAL_OFFERED || state == DEAL_COUNTERED;
}

const struct problem *stock_talk_shown(struct memory *memory, const struct stock_talk_row *row,
                                       struct stock_talk *out)
{
    struct stock_rules rules;
    struct money pays;
    const struct problem *problem = stock_rules_of(memory, row->fees, &rules);
    if (!problem)
        problem = stock_pays(&rules, row->price, &pays);
    if (problem)
        return problem;
    *out = (struct stock_talk){
        .id = row->id,
        .state = row->state,
        .photo = row->photo,
        .title = row->title,
        .preview = stock_public_preview_of(row->media, row->width, row->height),
        .author = row->author,
        .author_name = row->author_name,
        .author_place = row->author_place,
        .buyer = row->buyer,
        .buyer_name = row->buyer_name,
        .licence = row->licence,
        .asked = {row->asked_minor, row->price.currency},
        .price = row->price,
        .pays = pays,
        .at = row->at,
        .moved = row->moved,
        .until = {stock_talk_open(row->state), instant_add(row->moved, STOCK_ANSWER_WITHIN)},
    };
    return NULL;
}

const struct problem *stock_talks_shown(struct memory *memory,
                                        const struct stock_talk_row_list *rows, size_t most,
                                        struct stock_talk_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_talk *items = memory_take_array(memory, count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++)
        problem = stock_talk_shown(memory, &rows->items[i], &items[i]);
    *out = (struct stock_talk_list){items, count};
    return problem;
}

static const struct problem *fetch(struct request *request, enum by side, bool ended,
                                   int64_t before, struct stock_talk_row_list *rows)
{
    static const char *const states[2][4] = {{"offered", "countered", "", ""},
                                             {"licensed", "declined", "lapsed", "refunded"}};
    struct text in[4];
    for (size_t i = 0; i < 4; i++)
        in[i] = text_of(states[ended][i]);
    if (side == BY_SUPPLIER)
        return stock_talks_of_author(request->db, request->memory, request->viewer.person, in[0],
                                     in[1], in[2], in[3], before, FETCH, rows);
    return stock_talks_of_buyer(request->db, request->memory, request->viewer.organisation, in[0],
                                in[1], in[2], in[3], before, FETCH, rows);
}

const struct problem *stock_talks_list(struct request *request, enum by side,
                                       const struct stock_talks_query *input,
                                       struct stock_talks *view)
{
    struct stock_talk_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    view->ended = input->which.present && text_is(input->which.value, "ended");
    const struct problem *problem = fetch(request, side, view->ended, before, &rows);
    if (!problem)
        problem = list_cut(request->memory, &stock_talk_row_shape, &rows, PAGE, &view->more,
                           "%s?%sbefore=", side == BY_SUPPLIER ? "/me/deals" : "/biz/deals",
                           view->ended ? "which=ended&" : "");
    return problem ? problem : stock_talks_shown(request->memory, &rows, PAGE, &view->deals);
}

const struct problem *stock_talk_steps(struct request *request, enum by side,
                                       const struct stock_talk *talk,
                                       struct stock_talk_step_list *out)
{
    struct flow_step_list history;
    const struct problem *problem =
        flow_history(request->db, request->memory, talk->id.value, &history);
    if (problem)
        return problem;
    struct stock_talk_step *steps =
        memory_take_array(request->memory, history.count, sizeof *steps);
    size_t count = 0;
    if (!steps)
        return &out_of_memory;
    for (size_t i = history.count; !problem && i-- > 0;) {
        const struct flow_step *from = &history.items[i];
        bool by_author = from->actor.value == talk->author.value;
        bool by_desk = text_is(from->event, "refund") || text_is(from->event, "reduce");
        if (text_is(from->event, "began"))
            continue;
        struct stock_talk_step *step = &steps[count++];
        *step = (struct stock_talk_step){
            .event = from->event,
            .who = by_desk ? setting_text("site.name") : from->actor_name,
            .desk = by_desk,
            .own = !by_desk && from->actor.value && by_author == (side == BY_SUPPLIER),
            .note = from->note,
            .price = from->price,
            .at = from->at,
        };
        problem = session_initials(request->memory, step->who, &step->initials);
    }
    *out = (struct stock_talk_step_list){steps, count};
    return problem;
}

struct maybe_money stock_talk_offered(const struct stock_talk_step_list *steps)
{
    for (size_t i = 0; i < steps->count; i++)
        if (text_is(steps->items[i].event, "offer"))
            return steps->items[i].price;
    return (struct maybe_money){0};
}
