/*
 * What businesses' own programs are told of their briefs: the brief as GET /api/v1/biz/briefs lists it,
 * and an answer to it.
 *
 * Must not know: how messages are delivered. Read next: core/hooks/hooks.h.
 */
#include "modules/briefs/hooks.h"

#include "modules/briefs/hooks.shapes.h"
#include "modules/briefs/pages.shapes.h"
#include "modules/briefs/queries.h"

static const struct problem *tell_brief(struct database *db, struct memory *memory,
                                        const struct event *event, struct hook_said *out)
{
    struct briefs_brief_row row;
    struct briefs_card *card = memory_take(memory, sizeof *card);
    const struct problem *problem =
        card ? briefs_brief_by_id(db, memory, (struct call_id){event->subject}, &row)
             : &out_of_memory;
    if (problem)
        return problem;
    *card = briefs_card_of(&row);
    *out = (struct hook_said){row.organisation, card};
    return NULL;
}

static const struct problem *tell_answer(struct database *db, struct memory *memory,
                                         const struct event *event, struct hook_said *out)
{
    struct briefs_offer_row row;
    struct briefs_hook_answer *answer = memory_take(memory, sizeof *answer);
    const struct problem *problem =
        answer ? briefs_offer_by_id(db, memory, (struct deal_id){event->subject}, &row)
               : &out_of_memory;
    if (problem)
        return problem;
    *answer = (struct briefs_hook_answer){
        .id = row.deal,
        .state = row.state,
        .brief = row.brief,
        .brief_title = row.brief_title,
        .title = row.title,
        .media = row.media,
        .href = row.href,
        .supplier = row.supplier,
        .supplier_name = row.supplier_name,
        .price = row.price,
        .note = row.note,
        .at = row.at,
        .moved = row.moved,
    };
    *out = (struct hook_said){row.buyer, answer};
    return NULL;
}

const struct hook_kind briefs_hooks[BRIEFS_HOOKS] = {
    {"brief.answered", "briefs.offer.began", &briefs_hook_answer_shape, tell_answer},
    {"brief.answer_withdrawn", "briefs.offer.withdraw", &briefs_hook_answer_shape, tell_answer},
    {"brief.answer_accepted", "briefs.offer.accept", &briefs_hook_answer_shape, tell_answer},
    {"brief.closed", "briefs.brief.close", &briefs_card_shape, tell_brief},
    {"brief.filled", "briefs.brief.fill", &briefs_card_shape, tell_brief},
};
