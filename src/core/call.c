/*
 * Calls as rows; what they ask for is their module's.
 *
 * Must not know: any particular model. Read next: core/flow.c, modules/briefs/states.c.
 */
#include "core/call.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/call_queries.h"
#include "core/call_rows.h"

const struct problem *call_begin(struct move *move, struct party_id organisation, struct text title,
                                 struct text body, struct instant until, struct call_id *out)
{
    const struct flow *flow = move->flow;
    struct call_row call = {
        .id = {id_new()},
        .flow = text_of(flow->name),
        .state = text_of(words_name(flow->states, flow->first)),
        .organisation = organisation,
        .title = title,
        .body = body,
        .at = move->at,
        .until = until,
    };
    const struct problem *problem = call_insert(move->db, move->memory, &call);
    if (problem)
        return problem;
    move->subject = call.id.value;
    problem = flow_begin(move);
    if (!problem)
        *out = call.id;
    return problem;
}

const struct problem *call_find(struct database *db, struct memory *memory, struct call_id id,
                                struct call_row *out)
{
    return call_by_id(db, memory, id, out);
}

const struct problem *call_load(struct database *db, struct memory *memory, const struct flow *flow,
                                int64_t subject, int *state)
{
    struct call_row call;
    struct call_id id = {subject};
    const struct problem *problem = call_by_id(db, memory, id, &call);
    if (problem)
        return problem;
    if (!text_is(call.flow, flow->name))
        return &not_found;
    *state = words_value(flow->states, call.state);
    ensure(*state != 0);
    return NULL;
}

const struct problem *call_store(struct database *db, struct memory *memory,
                                 const struct flow *flow, int64_t subject, int from, int to,
                                 struct instant at)
{
    struct call_hit hit;
    struct call_id id = {subject};
    (void)at; /* its history says when */
    return call_move(db, memory, id, text_of(words_name(flow->states, from)),
                     text_of(words_name(flow->states, to)), &hit);
}
