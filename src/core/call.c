/*
 * Calls as rows; what they ask for is their module's.
 *
 * Must not know: any particular model. Read next: core/flow.c, modules/briefs/states.c.
 */
#include "core/call.h"

#include "base/ids.h"
#include "core/call_queries.h"

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
