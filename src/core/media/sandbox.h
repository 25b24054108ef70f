/*
 * Children that decode: started, limited, waited for, killed, started again.
 *
 * Private to core/media. Read next: wire.h for what is said to them.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_SANDBOX_H
#define CONTRAFLOW_CORE_MEDIA_SANDBOX_H

#include "core/media/wire.h"

const struct problem *sandbox_start(const struct media_options *options);
/* Kills and reaps every child; waits for calls in flight to come back. */
void sandbox_stop(void);

/* Sends the request with its files to a free child of the role (waits for one) and waits for the
 * answer. NULL only for an answer that is sound for `request->count` renditions and says done. */
const struct problem *sandbox_call(enum wire_role role, const struct wire_request *request,
                                   const int *files, int file_count, struct wire_answer *answer);

/* Pid of some idle decoder and its peak resident memory in KiB, for tests and figures; 0 if none. */
int sandbox_decoder(long *peak_kib);

/* Run by the child on itself before it looks at any byte from outside. Each logs a warning when the
 * kernel refuses and goes on with the walls that stand. */
void lockdown_limits(void);               /* memory, files, file size, core, privileges */
void lockdown_network(void);              /* an empty network namespace */
void lockdown_calls(enum wire_role role); /* system calls: seccomp filter, for good */
/* For a process about to become ffmpeg: only these two files and the system's programs, read-only. */
void lockdown_paths(int input, int output);

/* The launcher's verbs (clip.c). */
const struct problem *clip_facts(int input, const struct wire_request *request,
                                 struct media_facts *facts);
const struct problem *clip_poster(int input, int output, const struct wire_request *request);
const struct problem *clip_copy(int input, int output, const struct wire_request *request);

#endif
