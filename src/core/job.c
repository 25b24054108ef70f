/*
 * The job queue: claim, run, and what follows from the outcome.
 *
 * A claim moves the due time to the end of a lease, so that the job of a process that died is run by
 * another. Must not know: what jobs do. Read next: core/runner.c.
 */
#include "core/job.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/job_queries.h"
#include "core/job_rows.h"

enum { KINDS_MAX = 64, CLAIM = 16 };
static const struct job_kind *known[KINDS_MAX];
static size_t known_count;

static const int64_t lease = 15 * MINUTE;
static const size_t job_memory = 64 << 20;

void job_register(const struct job_kind *const *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ensure(known_count < KINDS_MAX);
        known[known_count++] = kinds[i];
    }
}

static const struct job_kind *kind_named(struct text name)
{
    for (size_t i = 0; i < known_count; i++) {
        if (text_is(name, known[i]->name))
            return known[i];
    }
    return NULL;
}

const struct problem *job_enqueue(struct database *db, struct memory *memory,
                                  const struct job_kind *kind, int64_t subject, struct text note,
                                  struct instant due)
{
    struct job_row job = {.id = {id_new()},
                          .lane = kind->lane,
                          .kind = text_of(kind->name),
                          .subject = subject,
                          .note = note,
                          .state = JOB_WAITING,
                          .due = due};
    return job_insert(db, memory, &job);
}

/* How long after the nth failed try; beyond the last there is none. */
static bool pause_after(int64_t tries, int64_t *out)
{
    static const int64_t pauses[] = {10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR};
    if (tries < 1 || tries > (int64_t)(sizeof pauses / sizeof pauses[0]))
        return false;
    *out = pauses[tries - 1];
    return true;
}

static const struct problem *claim(struct database *db, struct memory *memory, void *context)
{
    struct job_row *job = context;
    struct job_hit hit;
    const struct problem *problem = job_claim(
        db, memory, job->id, job->due, instant_add(clock_now(), lease), job->tries + 1, &hit);
    return problem == &not_found ? &conflict : problem;
}

struct outcome {
    struct job_row *job;
    const struct problem *problem; /* NULL: it went well */
};

static const struct problem *settle(struct database *db, struct memory *memory, void *context)
{
    struct outcome *outcome = context;
    struct job_row *job = outcome->job;
    if (!outcome->problem)
        return job_end(db, memory, job->id, JOB_DONE, text_of(""));
    struct text name = text_of(outcome->problem->name);
    int64_t pause;
    if (outcome->problem->fault == FAULT_WORLD && pause_after(job->tries + 1, &pause))
        return job_again(db, memory, job->id, instant_add(clock_now(), pause), name);
    return job_end(db, memory, job->id, JOB_FAILED, name);
}

static const struct problem *run_one(struct store *store, struct database *reader,
                                     struct job_row *job)
{
    struct memory *memory = memory_create(job_memory);
    if (!memory)
        return &out_of_memory;
    const struct problem *problem = store_write(store, memory, claim, job);
    if (problem) {
        memory_end(memory);
        return problem == &conflict ? NULL : problem;
    }
    struct job_run run = {.store = store,
                          .db = reader,
                          .memory = memory,
                          .subject = job->subject,
                          .note = job->note,
                          .now = clock_now()};
    const struct job_kind *kind = kind_named(job->kind);
    struct outcome outcome = {job, kind ? kind->run(&run) : &our_fault};
    if (outcome.problem)
        log_write(LOG_WARNING, "job.failed", "kind=%.*s subject=%lld try=%lld problem=%s",
                  TEXT_ARGS(job->kind), (long long)job->subject, (long long)job->tries + 1,
                  outcome.problem->name);
    problem = store_write(store, memory, settle, &outcome);
    memory_end(memory);
    return problem;
}

const struct problem *job_work(struct store *store, struct database *reader, struct memory *memory,
                               enum job_lane lane, int most, int64_t *ran)
{
    *ran = 0;
    while (*ran < most) {
        struct job_row_list due;
        const struct problem *problem = jobs_due(reader, memory, lane, clock_now(), CLAIM, &due);
        if (problem || due.count == 0)
            return problem;
        for (size_t i = 0; i < due.count && *ran < most; i++) {
            struct job_row job = due.items[i];
            problem = run_one(store, reader, &job);
            if (problem)
                return problem;
            *ran += 1;
        }
    }
    return NULL;
}
