/*
 * Files that arrived, in DATA/arrivals.
 *
 * Must not know: what they belong to. Read next: media.h.
 */
#include "core/media/arrival.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/settings.h"

static const char *path_of(struct memory *memory, int64_t id)
{
    struct text folder = setting_text("data");
    struct text path =
        text_format(memory, "%.*s/arrivals/%llx", TEXT_ARGS(folder), (unsigned long long)id);
    return path.data ? text_c(memory, path) : NULL;
}

const struct problem *media_arrival_keep(struct memory *memory, int64_t id, struct text upload)
{
    const char *path = path_of(memory, id);
    const char *source = text_c(memory, upload);
    if (!path || !source)
        return &out_of_memory;
    if (rename(source, path) != 0)
        return errno == ENOSPC ? &disk_full : &world_failed;
    return NULL;
}

const struct problem *media_arrival_open(struct memory *memory, int64_t id, int *file)
{
    const char *path = path_of(memory, id);
    if (!path)
        return &out_of_memory;
    *file = open(path, O_RDONLY | O_CLOEXEC);
    if (*file < 0)
        return errno == ENOENT ? &not_found : &world_failed;
    return NULL;
}

const struct problem *media_arrival_end(struct memory *memory, int64_t id)
{
    const char *path = path_of(memory, id);
    if (!path)
        return &out_of_memory;
    return unlink(path) != 0 && errno != ENOENT ? &world_failed : NULL;
}
