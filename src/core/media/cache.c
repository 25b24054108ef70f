/*
 * Sweeps copies: counts bytes as they come, and removes the oldest by the time they were last read.
 *
 * Only files in the folders of hashes are touched, never a draft. Losing the count (another process
 * sweeps, too) costs a sweep, never a file. Must not know: names of files, buckets.
 * Read next: store.c.
 */
#include "core/media/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

enum { NAMES_MOST = 1 << 20, NAME_MAX_SIZE = 96, MEMORY_MOST = 256 << 20 };

struct copy {
    char path[NAME_MAX_SIZE]; /* "ab/cdef...-640m.webp" */
    int64_t size;             /* bytes */
    int64_t used;             /* seconds; last read, as far as the file system notes it */
};

static struct {
    pthread_mutex_t lock; /* over what follows; held by who sweeps */
    int root;             /* -1: no cache */
    int64_t limit, held;  /* bytes */
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER, .root = -1};

/* The copies of one folder after those that are there; the new count. */
static size_t list_folder(const char *name, struct copy *copies, size_t count)
{
    int opened = openat(cache.root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *listing = opened < 0 ? NULL : fdopendir(opened);
    if (!listing) {
        if (opened >= 0)
            close(opened);
        return count;
    }
    for (struct dirent *entry = readdir(listing); entry && count < NAMES_MOST;
         entry = readdir(listing)) {
        struct stat about;
        struct copy *copy = &copies[count];
        int size = snprintf(copy->path, sizeof copy->path, "%s/%s", name, entry->d_name);
        if (size >= (int)sizeof copy->path ||
            fstatat(opened, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(about.st_mode))
            continue;
        copy->size = about.st_size;
        copy->used = about.st_atime > about.st_mtime ? about.st_atime : about.st_mtime;
        count++;
    }
    closedir(listing);
    return count;
}

static size_t list_all(struct copy *copies)
{
    char name[3];
    size_t count = 0;
    for (int i = 0; i < 256; i++) {
        snprintf(name, sizeof name, "%02x", (unsigned)i);
        count = list_folder(name, copies, count);
    }
    return count;
}

static int by_use(const void *a, const void *b)
{
    const struct copy *left = a;
    const struct copy *right = b;
    return (left->used > right->used) - (left->used < right->used);
}

/* Counts anew, and removes the oldest down to three quarters of the limit when it is above it. */
static void sweep(void)
{
    struct memory *memory = memory_create(MEMORY_MOST);
    struct copy *copies = memory ? memory_take_room(memory, NAMES_MOST * sizeof *copies) : NULL;
    size_t count = copies ? list_all(copies) : 0;
    size_t gone = 0;
    cache.held = 0;
    for (size_t i = 0; i < count; i++)
        cache.held += copies[i].size;
    if (cache.held > cache.limit)
        qsort(copies, count, sizeof *copies, by_use);
    else
        count = 0;
    for (; gone < count && cache.held > cache.limit / 4 * 3; gone++) {
        if (unlinkat(cache.root, copies[gone].path, 0) == 0)
            cache.held -= copies[gone].size;
    }
    if (gone)
        log_write(LOG_INFO, "media.cache_swept", "copies=%zu held=%lld", gone,
                  (long long)cache.held);
    memory_end(memory);
}

void media_cache_start(int root, int64_t limit)
{
    pthread_mutex_lock(&cache.lock);
    cache.root = root;
    cache.limit = limit;
    sweep();
    pthread_mutex_unlock(&cache.lock);
}

void media_cache_stop(void)
{
    pthread_mutex_lock(&cache.lock);
    cache.root = -1;
    pthread_mutex_unlock(&cache.lock);
}

void media_cache_added(int64_t bytes)
{
    pthread_mutex_lock(&cache.lock);
    cache.held += bytes;
    if (cache.root >= 0 && cache.held > cache.limit)
        sweep();
    pthread_mutex_unlock(&cache.lock);
}
