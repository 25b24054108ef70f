/*
 * What waits for money of a program is given in its order once there is some.
 *
 * A job gives some in each write until the money or the list ends. Each write looks anew at what has waited longest,
 * so that two servers neither give twice nor pass anybody over. Must not know: rules. Read next: core/program/hear.c.
 */
#include "base/ids.h"
#include "core/program/parts.h"
#include "core/program/queries.h"

enum { TOGETHER = 20 /* in one write: each may post to ten levels */ };

const struct problem *program_release_soon(struct database *db, struct memory *memory,
                                           struct program_id program, struct instant at)
{
    struct verdict_hit first;
    const struct problem *problem = verdict_waits_first(db, memory, program, &first);
    if (problem)
        return problem == &not_found ? NULL : problem;
    /* A note of its own: a job that runs already may have seen that there is no money. */
    struct text note = text_format(memory, "%lld", (long long)id_new());
    return note.data ? job_enqueue(db, memory, &program_release_job, program.value, note, at)
                     : &out_of_memory;
}

struct some {
    struct program_id program;
    struct instant at;
    bool over; /* filled: nothing waits, or the first has to go on waiting */
};

static const struct problem *release_some(struct database *db, struct memory *memory, void *context)
{
    struct some *some = context;
    const struct problem *problem = NULL;
    some->over = false;
    for (int i = 0; !problem && !some->over && i < TOGETHER; i++) {
        struct verdict_hit first;
        enum verdict_state found;
        problem = verdict_waits_first(db, memory, some->program, &first);
        if (!problem)
            problem = program_release(db, memory, first.id, NULL, 0, some->at, &found);
        some->over = problem || found == VERDICT_WAITING;
    }
    return problem == &not_found ? NULL : problem;
}

static const struct problem *work(struct job_run *run)
{
    struct some some = {.program = {run->subject}, .at = run->now};
    const struct problem *problem = NULL;
    while (!problem && !some.over) {
        struct memory *memory = memory_scratch(run->memory);
        problem = memory ? store_write(run->store, memory, release_some, &some) : &out_of_memory;
        memory_end(memory);
    }
    return problem;
}

const struct job_kind program_release_job = {"program.release", LANE_SLOW, work};
