/*
 * The business' first page: what waits for its answer, what it bought last, what it has.
 *
 * Must not know: how an answer is made. Read next: biz_deals.c.
 */
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/talk_queries.h"

enum { TURNS = 8, OTHERS = 4, BOUGHT_LAST = 5 };

/* The talk that was asked for, or the oldest that waits. One that waits no more is not shown here. */
static const struct problem *show_talk(struct request *request, struct deal_id asked,
                                       struct stock_biz_home *view)
{
    struct stock_biz_talk *talk = memory_take(request->memory, sizeof *talk);
    const struct problem *problem = NULL;
    if (!talk)
        return &out_of_memory;
    if (asked.value)
        problem = stock_biz_talk_of(request, asked, talk);
    if (problem && problem != &not_found)
        return problem;
    if (!talk->open && view->turns.count)
        problem = stock_biz_talk_of(request, view->turns.items[0].id, talk);
    if (problem && problem != &not_found)
        return problem;
    if (!problem && talk->open)
        view->talks = (struct stock_biz_talk_list){talk, 1};
    return NULL;
}

static void mark(const struct stock_talk_list *list, const struct stock_biz_talk_list *talks)
{
    struct stock_talk *items = (struct stock_talk *)list->items;
    for (size_t i = 0; talks->count && i < list->count; i++)
        items[i].current = items[i].id.value == talks->items[0].deal.id.value;
}

static const struct problem *show_deals(struct request *request, struct stock_biz_home *view)
{
    struct stock_talk_row_list rows;
    struct party_id buyer = request->viewer.organisation;
    struct text none = text_of("");
    const struct problem *problem =
        stock_talks_for_buyer(request->db, request->memory, buyer, TURNS, &rows);
    if (!problem)
        problem = stock_talks_shown(request->memory, &rows, TURNS, &view->turns);
    if (!problem)
        problem = stock_talks_of_buyer(request->db, request->memory, buyer, text_of("offered"),
                                       none, none, none, INT64_MAX, OTHERS, &rows);
    if (!problem)
        problem = stock_talks_shown(request->memory, &rows, OTHERS, &view->others);
    return problem;
}

static const struct problem *count_waiting(struct request *request, struct stock_biz_home *view)
{
    int64_t own = (int64_t)view->turns.count;
    int64_t turns = 0;
    const struct problem *problem = own == TURNS ? stock_biz_waiting(request, &own) : NULL;
    if (!problem)
        problem = waiting_for(request, PORTAL_BIZ, &view->waits, &turns);
    view->waiting = own + turns < 100 ? own + turns : 100;
    return problem;
}

const struct problem *stock_biz_home_show(struct request *request,
                                          const struct stock_biz_home_query *input,
                                          struct stock_biz_home *view)
{
    struct stock_biz_licence_row_list licences;
    struct deal_id asked = {input->deal.present ? input->deal.value.value : 0};
    const struct problem *problem = show_deals(request, view);
    if (!problem)
        problem = count_waiting(request, view);
    if (!problem)
        problem = show_talk(request, asked, view);
    if (!problem)
        problem = stock_biz_licences(request->db, request->memory, request->viewer.organisation,
                                     INT64_MAX, BOUGHT_LAST, &licences);
    if (!problem)
        problem = stock_biz_licences_of(request->memory, &licences, BOUGHT_LAST, &view->licences);
    if (!problem)
        problem =
            stock_biz_till_of(request, (struct money){0, stock_public_currency()}, &view->wallet);
    mark(&view->turns, &view->talks);
    mark(&view->others, &view->talks);
    return problem;
}
