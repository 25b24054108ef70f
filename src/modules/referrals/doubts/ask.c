/*
 * When clicks are judged, and orders again: each hour, as long as there are programs.
 *
 * Must not know: what is judged. Read next: hours.c, again.c.
 */
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"

struct asking {
    const struct job_kind *kind;
    struct instant at;
};

/* Asked for under the hour's number, so that one job waits for each hour, whoever asks. */
static const struct problem *ask(struct database *db, struct memory *memory,
                                 const struct job_kind *kind, struct instant now)
{
    int64_t hour = (now.ms - DOUBT_LATE) / HOUR + 1;
    struct text note = text_format(memory, "%lld", (long long)hour);
    struct instant due = {hour * HOUR + DOUBT_LATE};
    return note.data ? job_enqueue(db, memory, kind, 0, note, due) : &out_of_memory;
}

static const struct problem *ask_again(struct database *db, struct memory *memory, void *context)
{
    const struct asking *asking = context;
    struct judge_number running = {0};
    const struct problem *problem = judge_running(db, memory, &running);
    if (problem || running.number == 0)
        return problem;
    return ask(db, memory, asking->kind, asking->at);
}

const struct problem *doubt_ask_again(struct job_run *job, const struct job_kind *kind)
{
    struct asking asking = {kind, job->now};
    return store_write(job->store, job->memory, ask_again, &asking);
}

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const struct problem *problem = ask(db, memory, &doubt_hours_job, event->at);
    return problem ? problem : ask(db, memory, &doubt_again_job, event->at);
}

const struct consumer doubt_programs = {
    .name = "referrals.doubt_programs",
    .follows = "core.program.",
    .take = take,
};
