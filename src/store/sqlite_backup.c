/*
 * Copying a running SQLite database: consistent, while others write.
 *
 * The source connection holds one read transaction for the whole copy. Without it SQLite's backup
 * starts over whenever another connection writes, and under load would never end
 * (https://www.sqlite.org/c3ref/backup_finish.html). The copy gets its name only when it is whole.
 * Must not know: statements, shapes, the writer.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/engine.h"

#define BACKUP_PAGES 256 /* copied between two calls of `progress`: 1 MB */

static int copy_pages(sqlite3 *source, sqlite3 *target, void (*progress)(size_t done, size_t all))
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup) {
        return sqlite3_extended_errcode(target);
    }
    int code;
    do {
        code = sqlite3_backup_step(backup, BACKUP_PAGES);
        if (progress && (code == SQLITE_OK || code == SQLITE_DONE)) {
            size_t all = (size_t)sqlite3_backup_pagecount(backup);
            progress(all - (size_t)sqlite3_backup_remaining(backup), all);
        }
    } while (code == SQLITE_OK);
    int finished = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finished : code;
}

/* Opens both and copies. Returns SQLite's code. */
static int copy_file(const char *from, const char *to, void (*progress)(size_t done, size_t all))
{
    sqlite3 *source = NULL;
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(source, 5000);
        code = sqlite3_exec(source, "BEGIN; SELECT count(*) FROM sqlite_schema;", NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        code = sqlite3_open_v2(to, &target, flags, NULL);
    }
    if (code == SQLITE_OK) {
        code = copy_pages(source, target, progress);
    }
    sqlite3_close(target);
    sqlite3_close(source);
    return code;
}

/* A rename lasts only when the folder that holds the name is on disk too. */
static int name_it(const char *partial, const char *file, char *folder)
{
    if (rename(partial, file) != 0) {
        return -1;
    }
    int opened = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) {
        return -1;
    }
    int synced = fsync(opened);
    (void)close(opened);
    return synced;
}

const struct problem *sqlite_backup(struct store *store, const char *file,
                                    void (*progress)(size_t done, size_t all),
                                    struct text *complaint)
{
    char partial[PATH_MAX];
    char folder[PATH_MAX];
    *complaint = (struct text){NULL, 0};
    if (snprintf(partial, sizeof partial, "%s.partial", file) >= (int)sizeof partial ||
        snprintf(folder, sizeof folder, "%s", file) >= (int)sizeof folder) {
        *complaint = text_format(store->memory, "the file name is too long");
        return &world_failed;
    }
    (void)unlink(partial);
    int code = copy_file(sqlite_file(store), partial, progress);
    if (code != SQLITE_OK) {
        (void)unlink(partial);
        *complaint = text_format(store->memory, "%s: %s", file, sqlite3_errstr(code));
        return (code & 0xff) == SQLITE_FULL ? &disk_full : &world_failed;
    }
    if (name_it(partial, file, folder) != 0) {
        *complaint = text_format(store->memory, "%s: %s", file, strerror(errno));
        return &world_failed;
    }
    return NULL;
}
