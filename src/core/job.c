/*
 * The job queue: claim, run, and what follows from the outcome.
 *
 * A claim moves the due time to the end of a lease, so that the job of a process that died is run by
 * another. It is one statement that passes over what another process is claiming. Must not know: what jobs do. Read next: core/runner.c.
 */
#include "core/job.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/job_queries.h"
#include "core/job_rows.h"

enum { KINDS_MAX = 64 };
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

struct claim {
    enum job_lane lane;
    struct job_row *job; /* filled */
};

static const struct problem *claim(struct database *db, struct memory *memory, void *context)
{
    const struct claim *wanted = context;
    struct instant now = clock_now();
    return job_claim(db, memory, wanted->lane, now, instant_add(now, lease), wanted->job);
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
    if (outcome->problem->fault == FAULT_WORLD && pause_after(job->tries, &pause))
        return job_again(db, memory, job->id, instant_add(clock_now(), pause), name);
    return job_end(db, memory, job->id, JOB_FAILED, name);
}

/* Claims one job and runs it; &not_found: none is due, or others have all that are. */
static const struct problem *run_one(struct store *store, struct database *reader,
                                     struct memory *memory, enum job_lane lane)
{
    struct job_row_list due;
    struct job_row job;
    struct claim wanted = {lane, &job};
    /* Looking costs no transaction: most of the time there is nothing. */
    const struct problem *problem = jobs_due(reader, memory, lane, clock_now(), 1, &due);
    if (!problem && due.count == 0)
        return &not_found;
    if (!problem)
        problem = store_write_locking(store, memory, claim, &wanted);
    if (problem)
        return problem;
    struct job_run run = {.store = store,
                          .db = reader,
                          .memory = memory,
                          .subject = job.subject,
                          .note = job.note,
                          .now = clock_now()};
    const struct job_kind *kind = kind_named(job.kind);
    struct outcome outcome = {&job, kind ? kind->run(&run) : &our_fault};
    if (outcome.problem)
        log_write(LOG_WARNING, "job.failed", "kind=%.*s subject=%lld try=%lld problem=%s",
                  TEXT_ARGS(job.kind), (long long)job.subject, (long long)job.tries,
                  outcome.problem->name);
    return store_write_locking(store, memory, settle, &outcome); /* one row, by its id */
}

const struct problem *job_work(struct store *store, struct database *reader, enum job_lane lane,
                               int most, int64_t *ran)
{
    const struct problem *problem = NULL;
    for (*ran = 0; !problem && *ran < most; *ran += problem ? 0 : 1) {
        struct memory *own = memory_create(job_memory);
        problem = own ? run_one(store, reader, own, lane) : &out_of_memory;
        memory_end(own);
    }
    return problem == &not_found ? NULL : problem;
}
