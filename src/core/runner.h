/*
 * The runner: threads for the job lanes, and one that fires timers, feeds consumers, expires holds.
 */
#ifndef CONTRAFLOW_CORE_RUNNER_H
#define CONTRAFLOW_CORE_RUNNER_H

#include "core/event.h"
#include "core/job.h"

struct runner;

/* Starts the threads; they look for work when woken and every half second. */
const struct problem *runner_start(struct memory *process, struct store *store,
                                   const struct consumer *const *consumers, size_t count,
                                   struct runner **out);
/* Finishes what runs and ends the threads. */
void runner_stop(struct runner *runner);

/* Everything due, on the calling thread, until nothing moves any more or is held
 * back by another transaction (for at most a minute): demo, scenarios, command line.
 * Without `media` the files that wait to be decoded or written keep waiting for a running server. */
const struct problem *runner_settle(struct store *store, struct database *reader,
                                    const struct consumer *const *consumers, size_t count,
                                    bool media);

#endif
