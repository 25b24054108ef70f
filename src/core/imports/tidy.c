/*
 * Removes files of imports that nobody needs any more, and with them what was never taken in.
 *
 * Each import has a job that looks at it when its files may go; it changed since, and the job waits on.
 * Must not know: what is in files. Read next: core/imports/run.c.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/imports/import.h"
#include "core/imports/queries.h"

/* What is to be done with an import's files. */
struct tidying {
    struct import_id import;
    struct instant now;
    bool remove; /* filled: they may go */
};

static bool is_busy(enum import_state state)
{
    return state == IMPORT_CHECKING || state == IMPORT_RUNNING || state == IMPORT_CANCELLING ||
           state == IMPORT_UNDOING;
}

static bool is_open(enum import_state state)
{
    return state == IMPORT_ARRIVED || state == IMPORT_CHECKED || state == IMPORT_FAILED;
}

static const struct problem *look(struct database *db, struct memory *memory, void *context)
{
    struct tidying *tidying = context;
    struct import_row row;
    const struct problem *problem = import_lock(db, memory, tidying->import, &row);
    if (problem)
        return problem;
    struct instant due = instant_add(row.moved, IMPORT_FILES_KEPT);
    bool busy = is_busy(row.state);
    tidying->remove = !busy && due.ms <= tidying->now.ms;
    if (!tidying->remove)
        return import_tidy_later(db, memory, row.id,
                                 busy ? instant_add(tidying->now, IMPORT_FILES_KEPT) : due);
    if (!is_open(row.state))
        return NULL;
    row.state = IMPORT_CANCELLED;
    return import_store(db, memory, &row);
}

/* Files without an import: a process died while one arrived. */
static const struct problem *sweep(struct database *db, struct memory *memory, struct instant now)
{
    struct text name = text_format(memory, "%.*s/imports", TEXT_ARGS(setting_text("data")));
    DIR *folder = name.data ? opendir(name.data) : NULL;
    const struct problem *problem = NULL;
    if (!folder)
        return NULL;
    for (struct dirent *entry = readdir(folder); !problem && entry; entry = readdir(folder)) {
        struct memory *own = memory_scratch(memory);
        struct stat file;
        struct import_row row;
        struct import_id import;
        struct text rest = text_of(entry->d_name);
        struct text id;
        bool old = fstatat(dirfd(folder), entry->d_name, &file, AT_SYMLINK_NOFOLLOW) == 0 &&
                   (int64_t)file.st_mtime * 1000 < now.ms - IMPORT_FILES_KEPT;
        if (old && own && text_split(&rest, '.', &id) && id_parse(id, "imp", &import.value)) {
            problem = import_by_id(db, own, import, &row);
            if (problem == &not_found) {
                log_write(LOG_INFO, "import.swept", "file=%s", entry->d_name);
                problem = NULL;
                (void)unlinkat(dirfd(folder), entry->d_name, 0);
            }
        }
        memory_end(own);
    }
    closedir(folder);
    return problem;
}

static const struct problem *work(struct job_run *run)
{
    struct tidying tidying = {.import = {run->subject}, .now = run->now};
    struct text raw = import_path(run->memory, tidying.import, true);
    struct text plain = import_path(run->memory, tidying.import, false);
    if (!raw.data || !plain.data)
        return &out_of_memory;
    const struct problem *problem = store_write_locking(run->store, run->memory, look, &tidying);
    if (problem == &not_found)
        problem = NULL;
    if (!problem && tidying.remove) {
        (void)unlink(raw.data);
        (void)unlink(plain.data);
    }
    return problem ? problem : sweep(run->db, run->memory, run->now);
}

const struct problem *import_tidy_later(struct database *db, struct memory *memory,
                                        struct import_id import, struct instant due)
{
    /* A note of its own: the job that runs still stands as waiting, and a double is not enqueued. */
    struct text note = text_format(memory, "%lld", (long long)id_new());
    return note.data ? job_enqueue(db, memory, &import_tidy_job, import.value, note, due)
                     : &out_of_memory;
}

const struct job_kind import_tidy_job = {"core.import.tidy", LANE_SLOW, work};
