/*
 * Publishing a brief and ending it. Each one write.
 *
 * Must not know: pages, answers. Read next: states.c, answer.c.
 */
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

struct publishing {
    const struct briefs_publication *publication;
    struct instant at;
    struct call_id brief; /* filled */
};

static const struct problem *begin(struct database *db, struct memory *memory,
                                   struct publishing *publishing)
{
    const struct briefs_publication *publication = publishing->publication;
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &briefs_brief_flow,
        .by = BY_BUYER,
        .actor = publication->person,
        .at = publishing->at,
    };
    const struct problem *problem =
        call_begin(&move, publication->organisation, publication->title, publication->body,
                   publication->until, &publishing->brief);
    if (problem)
        return problem;
    struct briefs_brief_new brief = {
        .call = publishing->brief,
        .person = publication->person,
        .wanted = publication->wanted,
        .budget = publication->budget,
        .criteria = publication->criteria,
    };
    problem = briefs_brief_insert(db, memory, &brief);
    if (!problem)
        problem = flow_remind(db, memory, &briefs_brief_flow, publishing->brief.value, BRIEF_CLOSE,
                              publication->until);
    return problem;
}

static const struct problem *publish(struct database *db, struct memory *memory, void *context)
{
    struct publishing *publishing = context;
    const struct briefs_publication *publication = publishing->publication;
    int64_t before = 0;
    struct text print =
        text_format(memory, "briefs.publish:%lld:%lld:%lld:%.*s", (long long)publication->wanted,
                    (long long)publication->budget.minor, (long long)publication->until.ms,
                    TEXT_ARGS(publication->title));
    const struct problem *problem =
        print.data ? ledger_once(db, memory, publication->organisation, publication->once, print,
                                 publishing->at, &before)
                   : &out_of_memory;
    publishing->brief.value = before;
    if (problem || before)
        return problem;
    problem = begin(db, memory, publishing);
    if (!problem)
        problem = ledger_once_result(db, memory, publication->organisation, publication->once,
                                     publishing->brief.value);
    return problem;
}

const struct problem *briefs_publish(struct store *store, struct memory *memory,
                                     const struct briefs_publication *publication,
                                     struct instant at, struct call_id *out)
{
    struct publishing publishing = {.publication = publication, .at = at};
    const struct problem *problem = store_write(store, memory, publish, &publishing);
    if (!problem)
        *out = publishing.brief;
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
