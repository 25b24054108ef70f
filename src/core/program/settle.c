/*
 * What happened before a program was paused or ended counts, whenever it is told.
 *
 * An end leaves the budget set aside for a while, since shops tell late and somebody may still have to look at an event.
 * Then a job gives back what is left, unless something is held: that is looked at first. Must not know: rules, whose an
 * event is. Read next: core/program/wait.c, docs/decisions/0032-ends-of-programs.md.
 */
#include "base/ids.h"
#include "core/program/parts.h"
#include "core/program/queries.h"

struct instant program_settles(const struct program_row *program)
{
    return program->state == PROGRAM_ENDED ? instant_add(program->moved, PROGRAM_SETTLE_DAYS * DAY)
                                           : (struct instant){0};
}

bool program_settled(const struct program_row *program, struct instant now)
{
    return program->state == PROGRAM_ENDED && now.ms >= program_settles(program).ms;
}

const struct problem *program_stood(struct database *db, struct memory *memory,
                                    const struct program_row *program, struct instant at,
                                    enum program_state *out)
{
    struct program_step step;
    *out = program->state;
    if (at.ms >= program->moved.ms)
        return NULL;
    const struct problem *problem = program_steps(db, memory, program->id, at, &step);
    *out = problem ? PROGRAM_DRAFT : step.state;
    return problem == &not_found ? NULL : problem;
}

/* Once in `due`; a note of its own, as a job that runs already may have read the budget before. */
static const struct problem *ask(struct database *db, struct memory *memory,
                                 struct program_id program, struct instant due)
{
    struct text note = text_format(memory, "%lld", (long long)id_new());
    return note.data ? job_enqueue(db, memory, &program_settle_job, program.value, note, due)
                     : &out_of_memory;
}

const struct problem *program_settle_later(struct move *move)
{
    return ask(move->db, move->memory, (struct program_id){move->subject},
               instant_add(move->at, PROGRAM_SETTLE_DAYS * DAY));
}

const struct problem *program_money_back(struct database *db, struct memory *memory,
                                         struct program_id id, struct instant at)
{
    struct program_row program;
    const struct problem *problem = program_find(db, memory, id, &program);
    if (problem)
        return problem;
    return program_settled(&program, at) ? ask(db, memory, id, at)
                                         : program_release_soon(db, memory, id, at);
}

const struct problem *program_free(struct database *db, struct memory *memory, struct program_id id,
                                   struct instant at)
{
    struct program_row program;
    const struct problem *problem = program_find(db, memory, id, &program);
    if (!problem && program.budget_minor > program.given_minor)
        problem =
            program_fund(db, memory, &program, program.given_minor - program.budget_minor, at);
    return problem ? problem : program_release_soon(db, memory, id, at);
}

struct settling {
    struct program_id program;
    struct instant at;
    bool held; /* something is still looked at */
};

static const struct problem *settle(struct database *db, struct memory *memory, void *context)
{
    const struct settling *settling = context;
    return settling->held ? ask(db, memory, settling->program, instant_add(settling->at, DAY))
                          : program_free(db, memory, settling->program, settling->at);
}

static const struct problem *work(struct job_run *run)
{
    struct settling settling = {.program = {run->subject}, .at = run->now};
    struct program_row program;
    struct verdict_hit held;
    const struct problem *problem = program_find(run->db, run->memory, settling.program, &program);
    if (problem || !program_settled(&program, run->now))
        return problem;
    problem = program_holds(run->db, run->memory, settling.program, &held);
    settling.held = !problem;
    if (problem && problem != &not_found)
        return problem;
    return store_write(run->store, run->memory, settle, &settling);
}

const struct job_kind program_settle_job = {"program.settle", LANE_SLOW, work};
