/*
 * Publishing a brief and ending it. Each one write.
 *
 * Must not know: pages, answers. Read next: states.c, answer.c.
 */
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

static const struct problem *publish(struct move *move)
{
    const struct briefs_publication *publication = move->context;
    struct briefs_brief_new brief = {
        .person = publication->person,
        .wanted = publication->wanted,
        .budget = publication->budget,
        .criteria = publication->criteria,
    };
    const struct problem *problem = call_begin(move, publication->organisation, publication->title,
                                               publication->body, publication->until, &brief.call);
    if (!problem)
        problem = briefs_brief_insert(move->db, move->memory, &brief);
    if (!problem)
        problem = flow_remind(move->db, move->memory, &briefs_brief_flow, brief.call.value,
                              BRIEF_CLOSE, publication->until);
    return problem;
}

const struct problem *briefs_publish(struct store *store, struct memory *memory,
                                     const struct briefs_publication *publication,
                                     struct instant at, struct call_id *out)
{
    struct briefs_publication context = *publication;
    struct move move = {
        .flow = &briefs_brief_flow,
        .by = BY_BUYER,
        .actor = publication->person,
        .at = at,
        .context = &context,
    };
    struct once once = {
        publication->organisation, publication->once,
        text_format(memory, "briefs.publish:%lld:%lld:%lld:%.*s", (long long)publication->wanted,
                    (long long)publication->budget.minor, (long long)publication->until.ms,
                    TEXT_ARGS(publication->title))};
    const struct problem *problem = flow_once(store, memory, &move, &once, publish);
    if (!problem)
        out->value = move.subject;
    return problem;
}

const struct problem *briefs_guard_filled(struct move *move)
{
    struct briefs_brief_row brief;
    struct call_id id = {move->subject};
    const struct problem *problem = briefs_brief_by_id(move->db, move->memory, id, &brief);
    if (problem)
        return problem;
    return brief.accepted == brief.wanted ? NULL : &flow_no_such_move;
}

struct closing {
    struct move move;
    struct party_id organisation;
};

static const struct problem *close_own(struct database *db, struct memory *memory, void *context)
{
    struct closing *closing = context;
    struct briefs_brief_row brief;
    struct call_id id = {closing->move.subject};
    const struct problem *problem = briefs_brief_by_id(db, memory, id, &brief);
    if (!problem && brief.organisation.value != closing->organisation.value)
        problem = &not_found;
    if (problem)
        return problem;
    closing->move.db = db;
    closing->move.memory = memory;
    return flow_move(&closing->move);
}

const struct problem *briefs_close(struct store *store, struct memory *memory, struct call_id brief,
                                   struct party_id organisation, struct party_id person,
                                   struct instant at)
{
    struct closing closing = {.move = {.flow = &briefs_brief_flow,
                                       .subject = brief.value,
                                       .event = BRIEF_CLOSE,
                                       .by = BY_BUYER,
                                       .actor = person,
                                       .at = at},
                              .organisation = organisation};
    return store_write(store, memory, close_own, &closing);
}
