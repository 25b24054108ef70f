/*
 * The public pages: open briefs, and one brief.
 *
 * Must not know: what others answered. Read next: me_pages.c.
 */
#include "modules/briefs/pages.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"

enum { PAGE = 20 };

struct briefs_card briefs_card_of(const struct briefs_brief_row *row)
{
    return (struct briefs_card){
        .id = row->call,
        .state = row->state,
        .title = row->title,
        .organisation = row->organisation,
        .organisation_name = row->organisation_name,
        .organisation_place = row->organisation_place,
        .wanted = row->wanted,
        .accepted = row->accepted,
        .left = row->wanted - row->accepted,
        .answers = row->answers,
        .budget = row->budget,
        .at = row->at,
        .until = row->until,
    };
}

const struct problem *briefs_cards_of(struct memory *memory, struct briefs_brief_row_list *rows,
                                      const char *path, struct briefs_list *out)
{
    const struct problem *problem =
        list_cut(memory, &briefs_brief_row_shape, rows, PAGE, &out->later, "%s?before=", path);
    struct briefs_card *cards = memory_take_array(memory, rows->count, sizeof *cards);
    if (problem || !cards)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < rows->count; i++)
        cards[i] = briefs_card_of(&rows->items[i]);
    out->briefs = (struct briefs_card_list){cards, rows->count};
    return NULL;
}

const struct problem *briefs_criteria_of(struct memory *memory, struct text kept,
                                         struct text_list *out)
{
    struct briefs_criteria criteria;
    briefs_criteria_read(kept, &criteria);
    struct text *names = memory_take_array(memory, BRIEFS_CRITERIA, sizeof *names);
    if (!names)
        return &out_of_memory;
    for (size_t i = 0; i < criteria.count; i++)
        names[i] = criteria.names[i];
    *out = (struct text_list){names, criteria.count};
    return NULL;
}

const struct problem *briefs_list_show(struct request *request,
                                       const struct briefs_list_query *input,
                                       struct briefs_list *view)
{
    struct briefs_brief_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        briefs_briefs_open(request->db, request->memory, before, PAGE + 1, &rows);
    return problem ? problem : briefs_cards_of(request->memory, &rows, "/briefs", view);
}

const struct problem *briefs_brief_show(struct request *request,
                                        const struct briefs_brief_query *input,
                                        struct briefs_brief *view)
{
    struct briefs_brief_row brief;
    const struct problem *problem =
        briefs_brief_by_id(request->db, request->memory, input->brief, &brief);
    if (!problem)
        problem = briefs_criteria_of(request->memory, brief.criteria, &view->criteria);
    if (problem)
        return problem;
    view->brief = briefs_card_of(&brief);
    view->body = brief.body;
    view->takes = briefs_may_answer(&brief, brief.budget, request->now) == NULL;
    if (!request->viewer.signed_in)
        return NULL;
    view->own = brief.organisation.value == request->viewer.organisation.value;
    struct briefs_offer_row_list offers;
    problem = briefs_offers_of_person_to(request->db, request->memory, request->viewer.person,
                                         input->brief, &offers);
    return problem ? problem : briefs_mine_of(request->memory, &offers, &view->answers);
}
