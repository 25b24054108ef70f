/*
 * The disk under SQLite fails: each write and each fsync in turn, once or from then on, as an error or
 * because it is full; the database file while the log goes on; and a reader that holds its snapshot.
 *
 * What was not acknowledged is not there, what was is, and both stay so when the machine goes down at
 * that moment: its files are copied as they are and opened anew. An fsync of the log that fails is tried again from
 * the beginning, which nobody notices; when that fails, too, it is open whether the change is there (SQLite has
 * written it), then the key of the call finds out, and nothing else is written before it succeeds. Failures
 * are made by a VFS of the test's own (https://www.sqlite.org/vfs.html). SQLite only.
 * Read next: tests/money_paths.h, store/writer.c.
 */
#include <errno.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "money_paths.h"

enum { FAULTS_MAX = 2000, CRASH_EVERY = 8, CHECKPOINTS = 10 };

/* ---- the disk --------------------------------------------------------------------------------- */

enum disk_call { DISK_WRITE = 1, DISK_SYNC, DISK_TRUNCATE };
enum disk_file { DISK_DATABASE = 1, DISK_LOG = 2 };

/* What fails next. */
static struct {
    enum disk_call call;
    int files;           /* of enum disk_file, as bits */
    int code;            /* of SQLite */
    int error;           /* of the system, for what SQLite calls an error of the disk */
    bool stays;          /* all later ones fail, too */
    atomic_long left;    /* successes before; below zero and not `stays`: none fails */
    atomic_bool on;      /* anything fails at all */
    atomic_long refused; /* how many failed */
} disk;

static sqlite3_vfs *below;
/* A kind of file as SQLite has it, and with three methods of ours. Filled at the first opening. */
static struct disk_methods {
    sqlite3_io_methods below, ours;
} database_file, log_file;

/* A code of SQLite may bring the system's error with it. */
#define ON_SYNC_FULL (SQLITE_IOERR_FSYNC | (ENOSPC << 16))

static void disk_fail(enum disk_call call, int files, int code, bool stays, long after)
{
    disk.call = call;
    disk.files = files;
    disk.code = code & 0xffff;
    disk.error = code >> 16 ? code >> 16 : EIO;
    disk.stays = stays;
    atomic_store(&disk.left, after);
    atomic_store(&disk.on, true);
}

static void disk_mend(void)
{
    atomic_store(&disk.on, false);
}

static const sqlite3_io_methods *below_of(const sqlite3_file *file)
{
    return file->pMethods == &log_file.ours ? &log_file.below : &database_file.below;
}

static int refused(enum disk_call call, const sqlite3_file *file)
{
    int which = file->pMethods == &log_file.ours ? DISK_LOG : DISK_DATABASE;
    if (!atomic_load(&disk.on) || call != disk.call || !(disk.files & which))
        return SQLITE_OK;
    long left = atomic_fetch_sub(&disk.left, 1);
    if (left > 0 || (left < 0 && !disk.stays))
        return SQLITE_OK;
    atomic_fetch_add(&disk.refused, 1);
    errno = disk.error; /* where SQLite's own VFS looks for it */
    return disk.code;
}

static int disk_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    int code = refused(DISK_WRITE, file);
    return code ? code : below_of(file)->xWrite(file, bytes, size, at);
}

static int disk_sync(sqlite3_file *file, int flags)
{
    int code = refused(DISK_SYNC, file);
    return code ? code : below_of(file)->xSync(file, flags);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = refused(DISK_TRUNCATE, file);
    return code ? code : below_of(file)->xTruncate(file, size);
}

/* The file is the one below, but for its methods, by which it is also known. */
static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    int code = below->xOpen(below, name, file, flags, out);
    if (code || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        return code;
    struct disk_methods *methods = flags & SQLITE_OPEN_WAL ? &log_file : &database_file;
    if (!methods->below.xWrite) {
        methods->below = methods->ours = *file->pMethods;
        methods->ours.xWrite = disk_write;
        methods->ours.xSync = disk_sync;
        methods->ours.xTruncate = disk_truncate;
    }
    file->pMethods = &methods->ours;
    return code;
}

static void disk_install(void)
{
    static sqlite3_vfs vfs;
    below = sqlite3_vfs_find(NULL);
    vfs = *below;
    vfs.pNext = NULL;
    vfs.zName = "failing";
    vfs.xOpen = disk_open;
    assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

/* ---- worlds ----------------------------------------------------------------------------------- */

static void settings(struct eyes *eyes)
{
    bed_set(eyes->bed.memory, "pay.debtor_name", "Marktgemeinschaft Bonn eG");
    bed_set(eyes->bed.memory, "pay.debtor_iban", "DE89370400440532013000");
}

static int open_world(void **state)
{
    int code = open_sqlite(state);
    settings(*state);
    return code;
}

/* The eyes look at a file of the folder from now on. */
static void look(struct eyes *eyes)
{
    char file[100];
    snprintf(file, sizeof file, "%s/contraflow.db", eyes->folder);
    eyes->version = 0;
    assert_int_equal(sqlite3_open_v2(file, &eyes->sqlite, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
}

/* The machine goes down: all goes on with the files as they are at this moment. Returns what was in
 * them before anybody wrote again. */
static uint64_t crash(struct eyes *eyes)
{
    struct bed before = eyes->bed;
    char command[300];
    char folder[64];
    char old[64];
    (void)snprintf(folder, sizeof folder, "/tmp/contraflow-faults.XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp -r '%s/.' '%s' && rm -f '%s/contraflow.db-shm'",
             eyes->folder, folder, folder);
    assert_int_equal(system(command), 0);
    memcpy(old, eyes->folder, sizeof old);
    memcpy(eyes->folder, folder, sizeof eyes->folder);
    sqlite3_close(eyes->sqlite);
    bed_close(&eyes->bed);
    snprintf(command, sizeof command, "rm -rf '%s'", old);
    assert_int_equal(system(command), 0);
    look(eyes);
    uint64_t found = fingerprint(eyes);
    bed_open(&eyes->bed, eyes->folder, "");
    settings(eyes);
    eyes->bed.author = before.author;
    eyes->bed.reviewer = before.reviewer;
    eyes->bed.buyer = before.buyer;
    return found;
}

static const struct problem *call(const struct path *path, struct ground *ground)
{
    struct memory *memory = memory_create(64 << 20);
    assert_non_null(memory);
    ground->memory = memory;
    const struct problem *problem = path->run(ground);
    memory_end(memory);
    return problem;
}

static const struct path *path_named(const char *name)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (strcmp(paths[i].name, name) == 0)
            return &paths[i];
    }
    fail_msg("no path is called %s", name);
    return NULL;
}

/* ---- each call of the disk fails -------------------------------------------------------------- */

struct failing {
    enum disk_call call;
    int code;
    bool stays;
    const struct problem *problem; /* as which it is told */
    long step;                     /* every so many of them fails; nightly each */
    const char *name;
};

/* What came of the n-th call that failed, before and after the machine went down; then the same call:
 * it happens once, whether the failed one is there or not. */
static void is_whole(const struct path *path, struct ground *ground, const struct failing *failing,
                     long n, uint64_t before)
{
    struct eyes *eyes = ground->eyes;
    bool unknown = failing->call == DISK_SYNC;
    bool goes_down = unknown || n % CRASH_EVERY == 0;
    if (!unknown && fingerprint(eyes) != before)
        fail_msg("something is left of %s that failed (%ld, %s)", path->name, n, failing->name);
    bool is_there = goes_down && crash(eyes) != before;
    if (is_there && !unknown)
        fail_msg("something is there of %s that failed (%ld, %s), after the machine went down",
                 path->name, n, failing->name);
    if (is_there)
        print_message("# %s is there after a failed %s\n", path->name, failing->name);
    uint64_t now = fingerprint(eyes);
    assert_null(call(path, ground));
    assert_true((fingerprint(eyes) == now) == is_there);
    now = fingerprint(eyes);
    if (path->keyed) {
        assert_null(call(path, ground));
        assert_true(fingerprint(eyes) == now);
    }
    if (!goes_down)
        return;
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
    assert_true(crash(eyes) == now);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

static long fail_in_turn(struct eyes *eyes, const struct path *path, const struct failing *failing)
{
    struct ground ground = {.eyes = eyes, .bed = &eyes->bed};
    long failures = 0;
    for (long n = 0; n < FAULTS_MAX; n += getenv("TEST_NIGHTLY") ? 1 : failing->step) {
        path->prepare(&ground);
        uint64_t before = fingerprint(eyes);
        long had = atomic_load(&disk.refused);
        disk_fail(failing->call, DISK_LOG | DISK_DATABASE, failing->code, failing->stays, n);
        const struct problem *problem = call(path, &ground);
        disk_mend();
        if (!problem && atomic_load(&disk.refused) == had)
            return failures;
        uint64_t now = fingerprint(eyes);
        if (!problem && (crash(eyes) != now || now == before))
            fail_msg("%s is lost: a checkpoint failed after it (%s %ld)", path->name, failing->name,
                     n);
        if (!problem)
            continue;
        if (problem != failing->problem)
            fail_msg("%s: %s %ld is told as %s, not %s", path->name, failing->name, n,
                     problem->name, failing->problem->name);
        is_whole(path, &ground, failing, failures++, before);
    }
    fail_msg("%s still fails after %d faults", path->name, FAULTS_MAX);
    return 0;
}

static const struct failing all_failing[] = {
    {DISK_WRITE, SQLITE_IOERR_WRITE, false, &store_failed, 2, "write"},
    {DISK_WRITE, SQLITE_IOERR_WRITE, true, &store_failed, 5, "write and all after it"},
    {DISK_WRITE, SQLITE_FULL, false, &disk_full, 5, "write on a disk full for a moment"},
    {DISK_WRITE, SQLITE_FULL, true, &disk_full, 2, "write on a full disk"},
    {DISK_SYNC, SQLITE_IOERR_FSYNC, false, &store_failed, 1, "fsync"},
    {DISK_SYNC, SQLITE_IOERR_FSYNC, true, &store_failed, 1, "fsync and all after it"},
    {DISK_SYNC, ON_SYNC_FULL, true, &disk_full, 1, "fsync on a full disk"},
};

static void each_fails(struct eyes *eyes, const char *name, long writes)
{
    const struct path *path = path_named(name);
    for (size_t i = 0; i < sizeof all_failing / sizeof all_failing[0]; i++) {
        const struct failing *failing = &all_failing[i];
        long failures = fail_in_turn(eyes, path, failing);
        print_message("# %s: %ld times a %s failed\n", name, failures, failing->name);
        if (failing->call == DISK_SYNC)
            assert_true((failures > 0) == failing->stays);
        else
            assert_true(failures >= writes / failing->step);
    }
}

static void test_a_purchase(void **state)
{
    each_fails(*state, "a purchase", 20);
}

/* "A disk full in the middle of a batch" is in here. */
static void test_a_batch(void **state)
{
    each_fails(*state, "a batch, all or none", 20);
}

static void test_a_day_closed(void **state)
{
    each_fails(*state, "a day closed", 4);
}

/* ---- for a while nothing can be written -------------------------------------------------------- */

/* Whatever is tried meanwhile is refused by name, worth another try, and leaves nothing, but for what was written when
 * the log could not be synced; who reads goes on. Then the same calls of the same process go through, once each. */
static void test_a_disk_is_full_for_a_while(void **state)
{
    static const char *const names[] = {"a purchase", "a batch, all or none", "a purchase"};
    struct eyes *eyes = *state;
    for (size_t i = 0; i < sizeof all_failing / sizeof all_failing[0]; i++) {
        const struct failing *failing = &all_failing[i];
        const size_t count = sizeof names / sizeof names[0];
        struct ground grounds[sizeof names / sizeof names[0]];
        if (!failing->stays)
            continue;
        for (size_t k = 0; k < count; k++) {
            grounds[k] = (struct ground){.eyes = eyes, .bed = &eyes->bed};
            path_named(names[k])->prepare(&grounds[k]);
        }
        uint64_t before = fingerprint(eyes);
        disk_fail(failing->call, DISK_LOG | DISK_DATABASE, failing->code, true, 0);
        for (size_t k = 0; k < count; k++) {
            const struct problem *problem = call(path_named(names[k]), &grounds[k]);
            assert_ptr_equal(problem, failing->problem);
            assert_true(problem->retry && problem->status >= 500);
            if (failing->call == DISK_SYNC && k == 0)
                before = fingerprint(eyes);
            assert_true(fingerprint(eyes) == before);
            assert_int_equal(bed_discrepancies(&eyes->bed), 0);
        }
        disk_mend();
        for (size_t k = 0; k < count; k++) {
            assert_null(call(path_named(names[k]), &grounds[k]));
            uint64_t now = fingerprint(eyes);
            bool was_there = failing->call == DISK_SYNC && k == 0;
            assert_true((now == before) == was_there);
            if (path_named(names[k])->keyed) {
                assert_null(call(path_named(names[k]), &grounds[k]));
                assert_true(fingerprint(eyes) == now);
            }
            before = now;
        }
        assert_int_equal(bed_discrepancies(&eyes->bed), 0);
        assert_true(crash(eyes) == before);
    }
}

/* ---- a reader that stays, a database file that takes nothing ----------------------------------- */

#define LOG_GROWN (INT64_C(40) << 20) /* bytes: more than it has when nobody reads */

#define LOG_STEP (INT64_C(33) << 20) /* it may grow by before it is looked whether somebody reads */

static int64_t log_size(const struct eyes *eyes)
{
    char file[100];
    struct stat is;
    snprintf(file, sizeof file, "%s/contraflow.db-wal", eyes->folder);
    assert_int_equal(stat(file, &is), 0);
    return is.st_size;
}

static void write_batch(struct eyes *eyes)
{
    const struct path *path = path_named("a batch, all or none");
    struct ground ground = {.eyes = eyes, .bed = &eyes->bed};
    path->prepare(&ground);
    assert_null(call(path, &ground));
    clock_set(instant_add(clock_now(), MINUTE));
}

/* What was not done while the log grew is made up by what is written next, and the log is used anew. */
static void catches_up(struct eyes *eyes, int batches)
{
    int64_t grown = log_size(eyes);
    for (int i = 0; i < batches; i++)
        write_batch(eyes);
    assert_true(log_size(eyes) <= grown + LOG_STEP);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
    uint64_t now = fingerprint(eyes);
    assert_true(crash(eyes) == now);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

static void test_a_reader_holds_its_snapshot_for_an_hour(void **state)
{
    struct eyes *eyes = *state;
    struct instant began = clock_now();
    assert_int_equal(sqlite3_exec(eyes->sqlite, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
    eyes->version = 0;
    uint64_t then = fingerprint(eyes);
    int batches = 0;
    for (; log_size(eyes) < LOG_GROWN; batches++)
        write_batch(eyes);
    clock_set(instant_add(clock_now(), HOUR));
    assert_true(clock_now().ms - began.ms >= HOUR);
    eyes->version = 0;
    assert_true(fingerprint(eyes) == then);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
    assert_int_equal(sqlite3_exec(eyes->sqlite, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    eyes->version = 0;
    assert_true(fingerprint(eyes) != then);
    print_message("# %d batches, %lld bytes of log while it looked\n", batches,
                  (long long)log_size(eyes));
    catches_up(eyes, batches);
}

/* Checkpoints fail, each with its own call; whoever writes does not notice. */
static void test_the_database_file_takes_nothing(void **state)
{
    static const struct failing failings[] = {
        {DISK_WRITE, SQLITE_FULL, true, NULL, 1, "write"},
        {DISK_WRITE, SQLITE_IOERR_WRITE, true, NULL, 1, "write"},
        {DISK_SYNC, SQLITE_IOERR_FSYNC, true, NULL, 1, "fsync"},
    };
    struct eyes *eyes = *state;
    for (size_t i = 0; i < sizeof failings / sizeof failings[0]; i++) {
        long had = atomic_load(&disk.refused);
        disk_fail(failings[i].call, DISK_DATABASE, failings[i].code, true, 0);
        int batches = 0;
        for (; atomic_load(&disk.refused) < had + CHECKPOINTS; batches++)
            write_batch(eyes);
        uint64_t now = fingerprint(eyes);
        disk_mend();
        print_message("# %d checkpoints failed by a %s in %d batches\n", CHECKPOINTS,
                      failings[i].name, batches);
        assert_true(crash(eyes) == now);
        catches_up(eyes, batches);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_purchase),
        cmocka_unit_test(test_a_batch),
        cmocka_unit_test(test_a_day_closed),
        cmocka_unit_test(test_a_disk_is_full_for_a_while),
        cmocka_unit_test(test_a_reader_holds_its_snapshot_for_an_hour),
        cmocka_unit_test(test_the_database_file_takes_nothing),
    };
    /* Stands still and is only put forward, so that ids and moments stay in order. */
    clock_set(clock_now());
    disk_install();
    return cmocka_run_group_tests_name("the disk under SQLite", tests, open_world, close_world);
}
