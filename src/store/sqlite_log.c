/*
 * SQLite's log made durable by somebody else than who commits.
 *
 * Commits write to the log and do not wait for the disk (synchronous=NORMAL); sqlite_log_sync() does, for all
 * that were made before it. Whoever it fails for must not sync again as if nothing had happened: Linux tells
 * an error once and takes the pages for clean afterwards, so a later fsync would say that they are on the disk
 * (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020). sqlite_log_mend() writes
 * the whole log again first. Must not know: works, groups. Read next: store/writer.c.
 * The log: https://www.sqlite.org/walformat.html
 */
#include <errno.h>

#include "base/log.h"
#include "store/engine.h"
#include "store/sqlite.h"

enum { PART = 1 << 16 /* bytes written again at a time */ };

static const struct problem *failed(int code, const char *what)
{
    int error = errno;
    log_write(LOG_ERROR, what, "code=%d errno=%d", code, error);
    return error == ENOSPC || error == EDQUOT ? &disk_full : &store_failed;
}

const struct problem *sqlite_log_sync(struct database *db)
{
    sqlite3_file *file = sqlite_log(db);
    int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    return code ? failed(code, "store.log_not_synced") : NULL;
}

static int write_again(sqlite3_file *file)
{
    char part[PART];
    sqlite3_int64 size = 0;
    int code = file->pMethods->xFileSize(file, &size);
    for (sqlite3_int64 at = 0; !code && at < size; at += PART) {
        int count = size - at < PART ? (int)(size - at) : PART;
        code = file->pMethods->xRead(file, part, count, at);
        if (!code)
            code = file->pMethods->xWrite(file, part, count, at);
    }
    return code;
}

const struct problem *sqlite_log_mend(struct database *db)
{
    sqlite3_file *file = sqlite_log(db);
    int code = write_again(file);
    if (!code)
        code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    if (code)
        return failed(code, "store.log_not_mended");
    log_write(LOG_WARNING, "store.log_mended", "%s", "");
    return NULL;
}
