/*
 * Jobs: work that takes time or talks to the world, outside any write, with retries.
 *
 * A job is enqueued inside a write, so that it exists exactly when the change does. Each lane runs a
 * fixed number at once; a job that fails for the world's fault is tried again after 10 s, 1 min,
 * 10 min, 1 h and 6 h, then stays as failed for /desk to see. A job may run twice: it checks first.
 *
 * Read next: core/runner.h for who runs them.
 */
#ifndef CONTRAFLOW_CORE_JOB_H
#define CONTRAFLOW_CORE_JOB_H

#include "base/shape.h"
#include "store/store.h"

struct job_id { /* shape id job: Work to be done in the background */
    int64_t value;
};

enum job_lane {                 /* shape: A lane of background work */
                LANE_MEDIA = 1, /* media: Decoding and encoding, as many as there are children */
                LANE_MAIL,      /* mail: One connection to the mail server */
                LANE_SLOW,      /* slow: Exports and upkeep, one at a time */
                LANE_OUTSIDE,   /* outside: Pages of other hosts, which answer when they like */
};

/* What a running job has: a reader, the store for writes, memory for its own length. */
struct job_run {
    struct store *store;
    struct database *db;
    struct memory *memory;
    int64_t subject;  /* what it is about */
    struct text note; /* further words given when it was enqueued */
    struct instant now;
};

struct job_kind {
    const char *name; /* dotted, kept in the table */
    enum job_lane lane;
    const struct problem *(*run)(struct job_run *run);
};

/* Inside a write. The same kind and subject that waits already is not enqueued twice. */
const struct problem *job_enqueue(struct database *db, struct memory *memory,
                                  const struct job_kind *kind, int64_t subject, struct text note,
                                  struct instant due);

/* Runs what is due in `lane` until nothing is left or `most` were run; for the lanes' threads, the
 * demo and tests. *ran counts them. */
const struct problem *job_work(struct store *store, struct database *reader, enum job_lane lane,
                               int most, int64_t *ran);

void job_register(const struct job_kind *const *kinds, size_t count);

#endif
