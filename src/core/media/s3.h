/*
 * The store of media in a bucket that speaks S3; used by store.c alone, in place of nothing more
 * than the folder's lasting.
 *
 * Every call blocks for as long as the network takes, bounded by timeouts and two tries: from workers and
 * lanes of jobs only, never inside a write. After the store could not be reached calls fail at once for
 * some seconds, so that pages don't queue up behind it. Read next: s3.c.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_S3_H
#define CONTRAFLOW_CORE_MEDIA_S3_H

#include "core/media/media.h"

/* Keeps copies. &invalid_input: the bucket or the prefix has characters that would have to be written
 * otherwise in a signed address, or the endpoint is no http(s) address. */
const struct problem *s3_start(const struct media_bucket *bucket);
void s3_stop(void);
bool s3_used(void); /* between the two */

/* `name` is a path of store.c. &world_failed, &disk_full. */
const struct problem *s3_put(const char *name, int file); /* all of the file, from its start */
const struct problem *s3_get(const char *name, int file); /* into it, from its start; &not_found */
const struct problem *s3_has(const char *name, bool *out);
const struct problem *s3_delete(const char *name); /* fine when it is not there */

#endif
