/*
 * What a business does with the answers to its brief: shortlist, accept, thank, score. Each one write.
 *
 * Must not know: pages, how an acceptance is paid. Read next: accept.c, tell.c.
 */
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

const struct problem briefs_no_reason = {"briefs.no_reason", 422, FAULT_CLIENT, false};

const struct problem *briefs_guard_reason(struct move *move)
{
    return text_empty(text_trim(move->note)) ? &briefs_no_reason : NULL;
}

const struct problem *briefs_effect_thank(struct move *move)
{
    struct deal_id id = {move->subject};
    return briefs_offer_reason(move->db, move->memory, id, move->note);
}

struct choosing {
    const struct briefs_choice *choice;
    struct instant at;
    int64_t moved; /* filled */
};

static const struct problem *move_one(struct database *db, struct memory *memory,
                                      const struct choosing *choosing, struct deal_id id)
{
    const struct briefs_choice *choice = choosing->choice;
    struct briefs_offer_row offer;
    const struct problem *problem = briefs_offer_by_id(db, memory, id, &offer);
    if (!problem && offer.brief.value != choice->brief.value)
        problem = &not_found;
    if (problem)
        return problem;
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &briefs_offer_flow,
        .subject = id.value,
        .event = (int)choice->event,
        .by = BY_BUYER,
        .actor = choice->person,
        .at = choosing->at,
        .note = choice->reason,
    };
    return flow_move(&move);
}

static const struct problem *move_named(struct database *db, struct memory *memory,
                                        struct choosing *choosing)
{
    const struct briefs_choice *choice = choosing->choice;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < choice->count; i++)
        problem = move_one(db, memory, choosing, choice->offers[i]);
    choosing->moved = (int64_t)choice->count;
    return problem;
}

static const struct problem *move_waiting(struct database *db, struct memory *memory,
                                          struct choosing *choosing)
{
    struct briefs_offer_hit_list waiting;
    const struct problem *problem =
        briefs_offers_waiting(db, memory, choosing->choice->brief, &waiting);
    if (problem)
        return problem;
    for (size_t i = 0; !problem && i < waiting.count; i++)
        problem = move_one(db, memory, choosing, waiting.items[i].deal);
    choosing->moved = (int64_t)waiting.count;
    return problem;
}

static struct text fingerprint(struct memory *memory, const struct briefs_choice *choice)
{
    struct builder print = builder_make(memory, 2000);
    struct text written = {NULL, 0};
    builder_add_format(&print, "briefs.choose:%d:%lld", (int)choice->event,
                       (long long)choice->brief.value);
    for (size_t i = 0; choice->offers && i < choice->count; i++)
        builder_add_format(&print, ":%lld", (long long)choice->offers[i].value);
    return builder_end(&print, &written) ? (struct text){NULL, 0} : written;
}

static const struct problem *choose(struct move *move)
{
    struct choosing *choosing = move->context;
    const struct briefs_choice *choice = choosing->choice;
    struct briefs_brief_row brief;
    const struct problem *problem =
        briefs_brief_by_id(move->db, move->memory, choice->brief, &brief);
    if (!problem && brief.organisation.value != choice->organisation.value)
        problem = &not_found;
    if (problem)
        return problem;
    move->subject = choice->brief.value;
    return choice->offers ? move_named(move->db, move->memory, choosing)
                          : move_waiting(move->db, move->memory, choosing);
}

const struct problem *briefs_choose(struct store *store, struct memory *memory,
                                    const struct briefs_choice *choice, struct instant at,
                                    int64_t *moved)
{
    struct choosing choosing = {.choice = choice, .at = at};
    struct move move = {.flow = &briefs_offer_flow, .at = at, .context = &choosing};
    bool too_many =
        choice->event == ANSWER_ACCEPT && (!choice->offers || choice->count > BRIEFS_AT_ONCE);
    if (too_many || (choice->offers && choice->count > BRIEFS_ANSWERS_MAX))
        return &invalid_input;
    struct once once = {choice->organisation, choice->once, fingerprint(memory, choice)};
    const struct problem *problem = flow_once(store, memory, &move, &once, choose);
    if (!problem)
        *moved = choosing.moved;
    return problem;
}

struct scoring {
    struct deal_id offer;
    struct party_id organisation;
    struct text scores;
    struct text remark;
};

static const struct problem *score(struct database *db, struct memory *memory, void *context)
{
    const struct scoring *scoring = context;
    struct briefs_offer_row offer;
    struct briefs_brief_row brief;
    struct briefs_criteria criteria;
    struct briefs_offer_hit hit;
    const struct problem *problem = briefs_offer_by_id(db, memory, scoring->offer, &offer);
    if (!problem && offer.buyer.value != scoring->organisation.value)
        problem = &not_found;
    if (!problem)
        problem = briefs_brief_by_id(db, memory, offer.brief, &brief);
    if (problem)
        return problem;
    briefs_criteria_read(brief.criteria, &criteria);
    struct text scores = scoring->scores;
    if (scores.size > criteria.count)
        scores.size = criteria.count;
    return briefs_offer_score(db, memory, scoring->offer, scores, briefs_scores_sum(scores),
                              scoring->remark, &hit);
}

const struct problem *briefs_score(struct store *store, struct memory *memory, struct deal_id offer,
                                   struct party_id organisation, struct text scores,
                                   struct text remark)
{
    struct scoring scoring = {offer, organisation, scores, remark};
    return store_write(store, memory, score, &scoring);
}
