/*
 * Keeps the copies of what a bucket holds below a limit; used by store.c alone.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_CACHE_H
#define CONTRAFLOW_CORE_MEDIA_CACHE_H

#include <stdint.h>

/* Counts what lies in the folder that is open as `root`, and keeps it below `limit` bytes from now on. */
void media_cache_start(int root, int64_t limit);
void media_cache_stop(void);
/* Something was added. When it is too much by now, what was longest not asked for goes, a quarter of all;
 * who has it open reads on. */
void media_cache_added(int64_t bytes);

#endif
