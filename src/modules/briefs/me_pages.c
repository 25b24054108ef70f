/*
 * A person's side: their answers, and answering with their own things.
 *
 * What can be offered is listed by the kind of offering; a name that comes back in a form is looked up
 * the same way, so that this module never learns what a photograph is. Read next: answer.c.
 */
#include <string.h>

#include "base/ids.h"
#include "modules/briefs/pages.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"

enum { PAGE = 20 };

static struct briefs_mine mine_of(const struct briefs_offer_row *row)
{
    return (struct briefs_mine){
        .id = row->deal,
        .state = row->state,
        .brief = row->brief,
        .brief_title = row->brief_title,
        .buyer_name = row->buyer_name,
        .title = row->title,
        .media = row->media,
        .href = row->href,
        .price = row->price,
        .reason = row->reason,
        .waits = row->state == ANSWER_OFFERED || row->state == ANSWER_SHORTLISTED,
        .at = row->at,
        .decided_by = briefs_lapse_at(row->until),
        .moved = row->moved,
    };
}

const struct problem *briefs_mine_of(struct memory *memory,
                                     const struct briefs_offer_row_list *rows,
                                     struct briefs_mine_list *out)
{
    struct briefs_mine *items = memory_take_array(memory, rows->count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows->count; i++)
        items[i] = mine_of(&rows->items[i]);
    *out = (struct briefs_mine_list){items, rows->count};
    return NULL;
}

const struct problem *briefs_mine_show(struct request *request,
                                       const struct briefs_mine_query *input,
                                       struct briefs_mine_view *view)
{
    struct briefs_offer_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = briefs_offers_of_person(
        request->db, request->memory, request->viewer.person, before, PAGE + 1, &rows);
    if (!problem)
        problem = list_cut(request->memory, &briefs_offer_row_shape, &rows, PAGE, &view->later,
                           "/me/briefs?before=");
    return problem ? problem : briefs_mine_of(request->memory, &rows, &view->offers);
}

static const struct problem *find_own(struct request *request, struct deal_id id,
                                      struct briefs_offer_row *out)
{
    const struct problem *problem = briefs_offer_by_id(request->db, request->memory, id, out);
    if (!problem && out->supplier.value != request->viewer.person.value)
        problem = &not_found;
    return problem;
}

const struct problem *briefs_own_offer_show(struct request *request,
                                            const struct briefs_offer_query *input,
                                            struct briefs_own_offer *view)
{
    struct briefs_offer_row offer;
    const struct problem *problem = find_own(request, input->offer, &offer);
    if (problem)
        return problem;
    view->offer = mine_of(&offer);
    view->note = offer.note;
    view->agreed = offer.agreed;
    return view->offer.waits
               ? briefs_sum_of(request, offer.fees, offer.supplier, offer.price, &view->sums)
               : NULL;
}

const struct problem *briefs_own_offer_withdraw(struct request *request,
                                                const struct briefs_offer_query *input,
                                                struct nothing *view)
{
    (void)view;
    const struct problem *problem = briefs_withdraw(request->store, request->memory, input->offer,
                                                    request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "briefs.withdrawn", "/me/briefs");
    return problem;
}

/* ---- answering -------------------------------------------------------------------------------- */

static bool is_answered(const struct briefs_offer_row_list *answers, int64_t subject)
{
    for (size_t i = 0; i < answers->count; i++) {
        const struct briefs_offer_row *answer = &answers->items[i];
        if (answer->subject == subject && answer->state != ANSWER_WITHDRAWN)
            return true;
    }
    return false;
}

/* Those of a person's things that could be agreed on now. */
static const struct problem *show_things(struct request *request, struct call_id brief,
                                         int64_t before, struct briefs_answer_view *view)
{
    const struct offering_kind *kind = offering_named("photo");
    struct offering_list own = {0};
    struct briefs_offer_row_list answers;
    const struct problem *problem = briefs_offers_of_person_to(
        request->db, request->memory, request->viewer.person, brief, &answers);
    if (!problem && kind)
        problem =
            kind->of_person(request->db, request->memory, request->viewer.person, before, &own);
    struct briefs_thing *things =
        problem ? NULL : memory_take_array(request->memory, own.count, sizeof *things);
    if (!things)
        return problem ? problem : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; i < own.count; i++) {
        const struct offering *thing = &own.items[i];
        if (thing->available)
            things[count++] =
                (struct briefs_thing){thing->name, thing->title, thing->media, thing->href,
                                      is_answered(&answers, thing->subject)};
    }
    view->things = (struct briefs_thing_list){things, count};
    if (own.count < 50)
        return NULL;
    return maybe_text_format(request->memory, &view->later, "/me/briefs/%s/answer?before=%lld",
                             id_text("cal", brief.value).text,
                             (long long)own.items[own.count - 1].subject);
}

const struct problem *briefs_answer_show(struct request *request,
                                         const struct briefs_choose_query *input,
                                         struct briefs_answer_view *view)
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
    problem = briefs_sum_of(request, (struct maybe_text){0}, request->viewer.person, brief.budget,
                            &view->sums);
    if (problem)
        return problem;
    return show_things(request, input->brief, input->before.present ? input->before.value : 0,
                       view);
}

/* The thing that a name in a form means; its prefix is whatever its kind writes. */
static const struct problem *resolve(struct request *request, struct text name, int64_t *out)
{
    const struct offering_kind *kind = offering_named("photo");
    const char *end = memchr(name.data, '_', name.size);
    struct offering thing;
    if (!kind || !end)
        return &briefs_not_available;
    struct text prefix = {name.data, (size_t)(end - name.data)};
    const char *written = text_c(request->memory, prefix);
    if (!written)
        return &out_of_memory;
    if (!id_parse(name, written, out))
        return &briefs_not_available;
    const struct problem *problem = kind->find(request->db, request->memory, *out, &thing);
    if (problem && problem != &not_found)
        return problem;
    return !problem && text_equal(thing.name, name) ? NULL : &briefs_not_available;
}

const struct problem *briefs_answer_give(struct request *request,
                                         const struct briefs_answer_input *input,
                                         struct briefs_answered *view)
{
    int64_t subjects[BRIEFS_AT_ONCE];
    struct briefs_answer answer = {
        .brief = input->brief,
        .person = request->viewer.person,
        .subjects = subjects,
        .count = input->photos.count,
        .price = input->price,
        .note = input->note.present ? text_trim(input->note.value) : text_of(""),
        .once = request->once,
    };
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < answer.count; i++)
        problem = resolve(request, input->photos.items[i], &subjects[i]);
    if (!problem)
        problem = briefs_answer_with(request->store, request->memory, &answer, request->now,
                                     &view->offer);
    if (problem) {
        bool price = problem == &briefs_over_budget || problem == &ledger_wrong_currency;
        return request_blame(request, price ? "price" : "photos", problem);
    }
    request_go_saying(request, "briefs.answered", "/me/briefs");
    return NULL;
}
