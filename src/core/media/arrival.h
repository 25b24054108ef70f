/*
 * Files that arrived and are yet to be looked at by a job: DATA/arrivals, by the id of what they belong to.
 *
 * Must not know: what they belong to. Read next: media.h for what is made of them.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_ARRIVAL_H
#define CONTRAFLOW_CORE_MEDIA_ARRIVAL_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"

/* Moves an upload there, before the write that names it. &disk_full, &world_failed. */
const struct problem *media_arrival_keep(struct memory *memory, int64_t id, struct text upload);
/* Opens it for reading; the caller closes. &not_found: it was looked at already. */
const struct problem *media_arrival_open(struct memory *memory, int64_t id, int *file);
/* Removes it; fine when it is gone. */
const struct problem *media_arrival_end(struct memory *memory, int64_t id);

#endif
