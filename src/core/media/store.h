/*
 * The disk side of media that only media.c uses; media.h has what everybody may call.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_STORE_H
#define CONTRAFLOW_CORE_MEDIA_STORE_H

#include "core/media/media.h"

/* Opens the folder (made when absent, its parent must exist) and removes drafts older than a day. */
const struct problem *media_store_start(const char *folder, const struct media_bucket *bucket);
void media_store_stop(void);

/* As media_exists(), but says when it can't be known. */
const struct problem *media_store_has(const struct media_file *name, bool *out);

/* Copies the whole source into a new draft and hashes what was copied, so that what is kept is what
 * was named even when somebody changes the source meanwhile. *draft is ended when it fails. */
const struct problem *media_store_copy(int source, struct media_draft *draft,
                                       struct media_hash *hash, int64_t *bytes);

#endif
