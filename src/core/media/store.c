/*
 * Media on disk: files named by what they hold, written whole or not at all. Where a bucket keeps them
 * (s3.c), a file is there before it is here, and the folder holds copies that may go any time.
 *
 * A file is written under "draft/", synced, renamed to its name and its folder synced, so that after
 * a crash it is there complete or not there. Every path is made here from a hash of 64 digits, two
 * numbers and a constant extension. Must not know: what is in the files, who owns them.
 * Read next: media.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "core/media/cache.h"
#include "core/media/s3.h"
#include "core/media/store.h"

/* The store's folder, open as long as the program uses it; -1 when it is closed. */
static int root = -1;
static atomic_ulong drafts;

static const struct problem *problem_of(int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return &disk_full;
    return error == ENOENT ? &not_found : &world_failed;
}

static const struct problem *failed(const char *what)
{
    int error = errno;
    const struct problem *problem = problem_of(error);
    if (problem == &not_found)
        problem = &world_failed;
    log_write(LOG_ERROR, "media.store_failed", "step=%s errno=%d reason=\"%s\"", what, error,
              strerror(error));
    return problem;
}

/* Drafts of yesterday were left by a crash; younger ones may be another process's. */
static void sweep_drafts(void)
{
    int folder = openat(root, "draft", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = folder < 0 ? NULL : fdopendir(folder);
    if (!listing) {
        if (folder >= 0)
            close(folder);
        return;
    }
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        struct stat about;
        if (entry->d_name[0] == '.' || fstatat(dirfd(listing), entry->d_name, &about, 0) != 0)
            continue;
        if (clock_now().ms / SECOND - about.st_mtime > DAY / SECOND)
            unlinkat(dirfd(listing), entry->d_name, 0);
    }
    closedir(listing);
}

const struct problem *media_store_start(const char *folder, const struct media_bucket *bucket)
{
    media_store_stop();
    const struct problem *problem = s3_start(bucket);
    if (problem)
        return problem;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return failed("folder");
    root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return failed("open");
    if (mkdirat(root, "draft", 0700) != 0 && errno != EEXIST)
        return failed("draft_folder");
    if (fsync(root) != 0)
        return failed("sync");
    sweep_drafts();
    if (s3_used())
        media_cache_start(root, bucket->cache);
    return NULL;
}

void media_store_stop(void)
{
    s3_stop();
    media_cache_stop();
    if (root >= 0)
        close(root);
    root = -1;
}

static bool hash_sound(const struct media_hash *hash)
{
    for (int i = 0; i < MEDIA_HASH_SIZE - 1; i++)
        if (!((hash->hex[i] >= '0' && hash->hex[i] <= '9') ||
              (hash->hex[i] >= 'a' && hash->hex[i] <= 'f')))
            return false;
    return hash->hex[MEDIA_HASH_SIZE - 1] == 0;
}

bool media_hash_parse(struct text typed, struct media_hash *out)
{
    struct media_hash hash = {{0}};
    if (typed.size != MEDIA_HASH_SIZE - 1)
        return false;
    memcpy(hash.hex, typed.data, typed.size);
    if (!hash_sound(&hash))
        return false;
    *out = hash;
    return true;
}

#define NAME_ROOM 128

/* "ab/cdef....jpg" or "ab/cdef...-1200m.webp" inside the store. False for a name that is none. */
static bool name_path(const struct media_file *name, char out[NAME_ROOM])
{
    const char *extension = media_extension(name->format);
    if (root < 0 || !extension || !hash_sound(&name->hash) || name->edge < 0 || name->edge > 100000)
        return false;
    char rendition[16] = "";
    if (name->edge > 0)
        snprintf(rendition, sizeof rendition, "-%d%s", name->edge, name->marked ? "m" : "");
    snprintf(out, NAME_ROOM, "%.2s/%s%s.%s", name->hash.hex, name->hash.hex + 2, rendition,
             extension);
    return true;
}

const struct problem *media_draft_begin(struct media_draft *draft)
{
    *draft = (struct media_draft){.file = -1};
    if (root < 0)
        return &media_not_ready;
    unsigned char salt[8];
    char hex[2 * sizeof salt + 1];
    randombytes_buf(salt, sizeof salt);
    sodium_bin2hex(hex, sizeof hex, salt, sizeof salt);
    snprintf(draft->name, sizeof draft->name, "draft/%s%lx", hex,
             atomic_fetch_add(&drafts, 1) & 0xffffffff);
    draft->file = openat(root, draft->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return draft->file < 0 ? failed("draft") : NULL;
}

static const struct problem *sync_folder(const char *name)
{
    int folder = openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return failed("folder_open");
    const struct problem *problem = fsync(folder) != 0 ? failed("folder_sync") : NULL;
    close(folder);
    return problem;
}

/* Makes the folder of a hash, durable before anything lies in it. */
static const struct problem *make_folder(const struct media_file *name, char folder[3])
{
    memcpy(folder, name->hash.hex, 2);
    folder[2] = 0;
    if (mkdirat(root, folder, 0700) == 0)
        return fsync(root) != 0 ? failed("root_sync") : NULL;
    return errno == EEXIST ? NULL : failed("folder_make");
}

static const struct problem *name_draft(const struct media_draft *draft,
                                        const struct media_file *name, const char *path)
{
    char folder[3];
    const struct problem *problem = make_folder(name, folder);
    if (problem)
        return problem;
    if (fchmod(draft->file, 0600) != 0 || fsync(draft->file) != 0)
        return failed("file_sync");
    if (renameat(root, draft->name, root, path) != 0)
        return failed("rename");
    problem = sync_folder(folder);
    struct stat about;
    if (!problem && s3_used() && fstat(draft->file, &about) == 0)
        media_cache_added(about.st_size);
    return problem;
}

static const struct problem *keep(const struct media_draft *draft, const struct media_file *name)
{
    char path[NAME_ROOM];
    if (draft->file < 0 || !name_path(name, path))
        return &our_fault;
    const struct problem *problem = s3_used() ? s3_put(path, draft->file) : NULL;
    return problem ? problem : name_draft(draft, name, path);
}

const struct problem *media_draft_keep(struct media_draft *draft, const struct media_file *name)
{
    const struct problem *problem = keep(draft, name);
    media_draft_drop(draft);
    return problem;
}

void media_draft_drop(struct media_draft *draft)
{
    if (draft->file < 0)
        return;
    close(draft->file);
    unlinkat(root, draft->name, 0);
    draft->file = -1;
}

/* Originals are named by what they hold, so that a wrong one is found. */
static const struct problem *check_fetched(const struct media_draft *draft,
                                           const struct media_file *name)
{
    struct media_hash hash;
    const struct problem *problem = name->edge ? NULL : media_hash_file(draft->file, &hash, NULL);
    if (problem || name->edge || strcmp(hash.hex, name->hash.hex) == 0)
        return problem;
    log_write(LOG_ERROR, "media.store_failed", "step=compare name=%s", name->hash.hex);
    return &world_failed;
}

/* Brings a copy out of the bucket; *opened is open for reading. */
static const struct problem *fetch(const struct media_file *name, const char *path, int *opened)
{
    struct media_draft draft;
    const struct problem *problem = media_draft_begin(&draft);
    if (problem)
        return problem;
    problem = s3_get(path, draft.file);
    if (!problem)
        problem = check_fetched(&draft, name);
    if (!problem)
        problem = name_draft(&draft, name, path);
    if (!problem) {
        /* By its descriptor: the name may be swept away again by now. */
        char own[40];
        snprintf(own, sizeof own, "/proc/self/fd/%d", draft.file);
        *opened = open(own, O_RDONLY | O_CLOEXEC);
        problem = *opened < 0 ? failed("read_open") : NULL;
    }
    media_draft_drop(&draft);
    return problem;
}

const struct problem *media_open(const struct media_file *name, int *file, int64_t *bytes)
{
    char path[NAME_ROOM];
    *file = -1;
    if (!name_path(name, path))
        return &not_found;
    int opened = openat(root, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (opened < 0 && errno != ENOENT)
        return failed("read_open");
    const struct problem *problem = opened >= 0 ? NULL
                                    : s3_used() ? fetch(name, path, &opened)
                                                : &not_found;
    if (problem)
        return problem;
    struct stat about;
    if (fstat(opened, &about) != 0) {
        close(opened);
        return failed("read_size");
    }
    if (bytes)
        *bytes = about.st_size;
    *file = opened;
    return NULL;
}

const struct problem *media_store_has(const struct media_file *name, bool *out)
{
    char path[NAME_ROOM];
    bool sound = name_path(name, path);
    if (sound && s3_used())
        return s3_has(path, out);
    *out = sound && faccessat(root, path, F_OK, 0) == 0;
    return NULL;
}

bool media_exists(const struct media_file *name)
{
    bool there = false;
    return !media_store_has(name, &there) && there;
}

const struct problem *media_forget(const struct media_file *name)
{
    char path[NAME_ROOM];
    if (!name_path(name, path))
        return NULL;
    const struct problem *problem = s3_used() ? s3_delete(path) : NULL;
    if (problem || unlinkat(root, path, 0) == 0)
        return problem;
    return errno == ENOENT ? NULL : failed("unlink");
}

static const struct problem *read_through(int source, int target, struct media_hash *hash,
                                          int64_t *bytes)
{
    unsigned char block[65536];
    unsigned char digest[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    off_t at = 0;
    for (;;) {
        ssize_t got = pread(source, block, sizeof block, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed("read");
        if (got == 0)
            break;
        crypto_generichash_update(&state, block, (unsigned long long)got);
        for (ssize_t done = 0; target >= 0 && done < got;) {
            ssize_t put = pwrite(target, block + done, (size_t)(got - done), at + done);
            if (put < 0 && errno != EINTR)
                return failed("write");
            done += put > 0 ? put : 0;
        }
        at += got;
    }
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hash->hex, sizeof hash->hex, digest, sizeof digest);
    *bytes = at;
    return NULL;
}

const struct problem *media_hash_file(int file, struct media_hash *hash, int64_t *bytes)
{
    int64_t size = 0;
    const struct problem *problem = read_through(file, -1, hash, &size);
    if (bytes)
        *bytes = size;
    return problem;
}

const struct problem *media_store_copy(int source, struct media_draft *draft,
                                       struct media_hash *hash, int64_t *bytes)
{
    const struct problem *problem = media_draft_begin(draft);
    if (problem)
        return problem;
    problem = read_through(source, draft->file, hash, bytes);
    if (problem)
        media_draft_drop(draft);
    return problem;
}
