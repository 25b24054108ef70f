/*
 * SQLite's checkpoints beside the writer: pages of the log are copied into the database on a thread and a connection
 * of their own.
 *
 * SQLite uses its log anew once all of it was copied and nobody reads in it, which never comes while there is always
 * one commit more. So once the log has grown, pages are copied and synced again and again until few are left, and the
 * writer does these itself between two commits. Must not know: works, groups. Read next: store/sqlite_log.c.
 * Checkpoints: https://www.sqlite.org/wal.html#ckpt
 */
#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "store/sqlite.h"

/* Pages, of 4 kB each. */
enum {
    ROUND = 8000,    /* whenever the log has so many more it is to begin anew: 32 MB */
    REST = 200,      /* which the writer may be asked to copy */
    MOST_AT = 32000, /* from which on the writer copies what there is, however long that takes */
    TURNS = 50,      /* tries to get to so few */
    BUSY_MS = 5000,
};

/* Before its first read a connection does not know that there is one, and copies nothing. */
static const char find_the_log[] = "PRAGMA schema_version";

struct sqlite_checkpointer {
    const char *file;
    /* NULL before the first round: who writes little is alone with the file, as a move has to be. */
    sqlite3 *handle;
    pthread_t thread;
    pthread_mutex_t one; /* checkpoint at a time */
    atomic_int pages;    /* in the log after the last commit */
    atomic_bool rest;    /* the writer may do what is left */
    int round_at;        /* the writer's: pages at which the next round begins */
    int most_at;         /* its, too: at which it copies all */
    pthread_mutex_t lock;
    pthread_cond_t rung;
    bool asked, ending; /* under the lock */
};

/* With `one` held. */
static bool connected(struct sqlite_checkpointer *checkpointer)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (checkpointer->handle)
        return true;
    int code = sqlite3_open_v2(checkpointer->file, &checkpointer->handle, flags, NULL);
    if (!code)
        code = sqlite3_busy_timeout(checkpointer->handle, BUSY_MS);
    if (!code)
        code = sqlite3_exec(checkpointer->handle, find_the_log, NULL, NULL, NULL);
    if (!code)
        return true;
    log_write(LOG_WARNING, "store.checkpoint_failed", "code=%d reason=\"%s\"", code,
              sqlite3_errstr(code));
    sqlite3_close(checkpointer->handle);
    checkpointer->handle = NULL;
    return false;
}

/* With `one` held. Returns up to which page, -1 when it failed: a log that can't be copied stays, and is tried again after
 * a later commit; nobody who writes has to know. Never on the writer's own connection: a checkpoint syncs the log first, and
 * an error of that is told once to each that has it open, so the settler would not hear of it. */
static int copy(struct sqlite_checkpointer *checkpointer)
{
    sqlite3 *handle = connected(checkpointer) ? checkpointer->handle : NULL;
    int all = 0, copied = 0;
    if (!handle)
        return -1;
    int code = sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &all, &copied);
    if (code && code != SQLITE_BUSY)
        log_write(LOG_WARNING, "store.checkpoint_failed", "code=%d reason=\"%s\"",
                  sqlite3_extended_errcode(handle), sqlite3_errmsg(handle));
    return code ? -1 : copied;
}

/* What was copied so far: SQLite syncs only when nothing is left, and that would be the writer, for all of it. */
static void sync_copied(sqlite3 *handle)
{
    sqlite3_file *file = NULL;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&file);
    if (file && file->pMethods)
        (void)file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

static bool is_asked(struct sqlite_checkpointer *checkpointer)
{
    pthread_mutex_lock(&checkpointer->lock);
    while (!checkpointer->asked && !checkpointer->ending)
        pthread_cond_wait(&checkpointer->rung, &checkpointer->lock);
    checkpointer->asked = false;
    bool go_on = !checkpointer->ending;
    pthread_mutex_unlock(&checkpointer->lock);
    return go_on;
}

/* Each turn leaves what came while it lasted, and lasts as long as what it has to do. Behind what somebody still reads
 * nothing can be copied. */
static void take_turns(struct sqlite_checkpointer *checkpointer)
{
    int copied = 0, before = -1;
    for (int i = 0; i < TURNS && copied > before; i++) {
        before = copied;
        pthread_mutex_lock(&checkpointer->one);
        copied = copy(checkpointer);
        if (checkpointer->handle)
            sync_copied(checkpointer->handle);
        pthread_mutex_unlock(&checkpointer->one);
        if (atomic_load(&checkpointer->pages) - copied <= REST)
            break;
    }
    atomic_store(&checkpointer->rest, copied >= 0);
}

static void *run(void *context)
{
    struct sqlite_checkpointer *checkpointer = context;
    while (is_asked(checkpointer))
        take_turns(checkpointer);
    return NULL;
}

static void ring(struct sqlite_checkpointer *checkpointer, bool ending)
{
    pthread_mutex_lock(&checkpointer->lock);
    checkpointer->asked = true;
    checkpointer->ending |= ending;
    pthread_cond_signal(&checkpointer->rung);
    pthread_mutex_unlock(&checkpointer->lock);
}

/* After each commit, on the writer's thread. */
static int after_commit(void *context, sqlite3 *writer, const char *name, int pages)
{
    struct sqlite_checkpointer *checkpointer = context;
    (void)writer;
    (void)name;
    atomic_store(&checkpointer->pages, pages);
    if (pages < ROUND) { /* the log began anew */
        checkpointer->round_at = ROUND;
        checkpointer->most_at = MOST_AT;
    }
    if (pages >= checkpointer->round_at) {
        checkpointer->round_at = pages + ROUND;
        ring(checkpointer, false);
    }
    if (atomic_exchange(&checkpointer->rest, false) || pages >= checkpointer->most_at) {
        pthread_mutex_lock(&checkpointer->one);
        (void)copy(checkpointer);
        pthread_mutex_unlock(&checkpointer->one);
        if (pages >= checkpointer->most_at)
            checkpointer->most_at = pages + ROUND; /* if somebody still reads in it */
    }
    return SQLITE_OK;
}

struct sqlite_checkpointer *sqlite_checkpointer_start(struct memory *memory, const char *file,
                                                      sqlite3 *writer)
{
    struct sqlite_checkpointer *checkpointer = memory_take(memory, sizeof *checkpointer);
    if (!checkpointer)
        return NULL;
    *checkpointer =
        (struct sqlite_checkpointer){.file = file, .round_at = ROUND, .most_at = MOST_AT};
    pthread_mutex_init(&checkpointer->one, NULL);
    pthread_mutex_init(&checkpointer->lock, NULL);
    pthread_cond_init(&checkpointer->rung, NULL);
    if (pthread_create(&checkpointer->thread, NULL, run, checkpointer) != 0)
        return NULL;
    sqlite3_wal_hook(writer, after_commit, checkpointer);
    return checkpointer;
}

void sqlite_checkpointer_stop(struct sqlite_checkpointer *checkpointer, sqlite3 *writer)
{
    sqlite3_wal_hook(writer, NULL, NULL);
    ring(checkpointer, true);
    pthread_join(checkpointer->thread, NULL);
    sqlite3_close(checkpointer->handle);
    pthread_mutex_destroy(&checkpointer->one);
    pthread_mutex_destroy(&checkpointer->lock);
    pthread_cond_destroy(&checkpointer->rung);
}
