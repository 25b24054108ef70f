/*
 * Orders that came by file: judged a hundred a write once the file is in, taken back when it is.
 *
 * The job is the same for both and goes through them from the start: what was judged is settled, not judged again, and
 * what is not there any more is given back.
 * Must not know: how files are read. Read next: convert.c, core/imports/import.h.
 */
#include "base/ids.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"
#include "modules/referrals/results/results.h"

enum { TOGETHER = 100 };

/* Some of them in one write. */
struct some {
    struct files_order_row_list orders;
    struct files_gone_row_list gone;
    struct program_id program; /* of what is gone */
    struct instant at;
};

static const struct problem *judge_some(struct database *db, struct memory *memory, void *context)
{
    const struct some *some = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < some->orders.count; i++) {
        problem = referrals_order(db, memory, some->orders.items[i].id,
                                  (struct maybe_instant){.present = false}, some->at);
        /* Taken back meanwhile. */
        problem = problem == &not_found ? NULL : problem;
    }
    return problem;
}

static const struct problem *judge_all(struct job_run *run, struct party_id business)
{
    struct order_id after = {0};
    const struct problem *problem = NULL;
    for (bool over = false; !problem && !over;) {
        struct memory *memory = memory_scratch(run->memory);
        struct some some = {.at = run->now};
        problem = memory ? files_orders(run->db, memory, business, (struct import_id){run->subject},
                                        after, TOGETHER, &some.orders)
                         : &out_of_memory;
        over = problem || some.orders.count < TOGETHER;
        if (!problem && some.orders.count > 0) {
            after = some.orders.items[some.orders.count - 1].id;
            problem = store_write(run->store, memory, judge_some, &some);
        }
        memory_end(memory);
    }
    return problem;
}

static const struct problem *return_some(struct database *db, struct memory *memory, void *context)
{
    const struct some *some = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < some->gone.count; i++) {
        int64_t total = some->gone.items[i].total_minor;
        struct program_return returned = {
            some->program, some->gone.items[i].event, total, total, some->at, 0};
        problem = results_returned(db, memory, some->program, returned.subject, total);
        if (!problem && total > 0)
            problem = program_take_back(db, memory, &returned);
    }
    return problem;
}

static const struct problem *return_all(struct job_run *run, struct program_id program)
{
    int64_t after = 0;
    const struct problem *problem = NULL;
    for (bool over = false; !problem && !over;) {
        struct memory *memory = memory_scratch(run->memory);
        struct some some = {.program = program, .at = run->now};
        problem = memory ? files_gone(run->db, memory, program, after, TOGETHER, &some.gone)
                         : &out_of_memory;
        over = problem || some.gone.count < TOGETHER;
        if (!problem && some.gone.count > 0) {
            after = some.gone.items[some.gone.count - 1].event;
            problem = store_write(run->store, memory, return_some, &some);
        }
        memory_end(memory);
    }
    return problem;
}

static const struct problem *work(struct job_run *run)
{
    struct files_import_row file;
    struct program_row_list programs = {NULL, 0};
    const struct problem *problem =
        files_import(run->db, run->memory, (struct import_id){run->subject}, &file);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = programs_begun(run->db, run->memory, file.business, text_of("referrals"),
                             (struct instant){0}, &programs);
    if (problem || programs.count == 0)
        return problem;
    problem = judge_all(run, file.business);
    for (size_t i = 0; !problem && i < programs.count; i++)
        problem = return_all(run, programs.items[i].id);
    return problem;
}

const struct job_kind referrals_files_job = {"referrals.files", LANE_SLOW, work};

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    bool over =
        text_is(event->name, "core.import.done") || text_is(event->name, "core.import.undone");
    return over ? job_enqueue(db, memory, &referrals_files_job, event->subject, text_of(""),
                              event->at)
                : NULL;
}

const struct consumer referrals_files = {
    .name = "referrals.files",
    .follows = "core.import.",
    .take = take,
};
