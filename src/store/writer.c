/*
 * The group-commit writer: one thread that takes waiting works first in, first out, runs them in one
 * transaction and answers each only when its commit is durable.
 *
 * While one group is being made durable the next one gathers, so that nobody waits for company.
 * Must not know: SQL, an engine's calls beyond engine.h. Read next: store/sqlite.c.
 */
#include "store/engine.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

#define GROUP_MAX  256                     /* works in one commit */
#define GROUP_TIME (10 * INT64_C(1000000)) /* nanoseconds after which a group takes no more works */

/* One caller of store_write(); lies on its stack until it is answered. */
struct waiting {
    store_work *work;
    void *context;
    struct memory *memory;         /* the caller's, lent while it waits */
    const struct problem *problem; /* the answer */
    struct waiting *next;          /* in the queue, then in the group */
    atomic_uint answered;          /* 1: the answer stands; a futex */
};

struct writer {
    struct database *db; /* only the thread touches it */
    pthread_t thread;
    pthread_mutex_t lock;   /* over what follows */
    pthread_cond_t arrived; /* a work, or the end */
    struct waiting *first;  /* the queue, oldest first */
    struct waiting **last;  /* where the next is hung */
    bool ending;            /* stop when the queue is empty */
};

static void futex(atomic_uint *word, int operation, unsigned value)
{
    (void)syscall(SYS_futex, word, operation, value, NULL, NULL, 0);
}

static void answer(struct waiting *waiting)
{
    /* The caller may be gone as soon as this is stored; waking an address nobody waits on, even
     * one that is unmapped by then, does nothing. */
    atomic_store_explicit(&waiting->answered, 1, memory_order_release);
    futex(&waiting->answered, FUTEX_WAKE_PRIVATE, INT_MAX);
}

/* The oldest in the queue; NULL when it is empty and `patient` is not set, or at the end. */
static struct waiting *next_waiting(struct writer *writer, bool patient)
{
    pthread_mutex_lock(&writer->lock);
    while (patient && !writer->first && !writer->ending) {
        pthread_cond_wait(&writer->arrived, &writer->lock);
    }
    struct waiting *waiting = writer->first;
    if (waiting) {
        writer->first = waiting->next;
        if (!writer->first) {
            writer->last = &writer->first;
        }
        waiting->next = NULL;
    }
    pthread_mutex_unlock(&writer->lock);
    return waiting;
}

/* A group under way. */
struct group {
    struct database *db;
    struct waiting *first, **last; /* its works, in the order in which they ran */
    bool careful;                  /* each work has a savepoint from now on */
};

static const struct problem *control(const struct group *group, enum control what)
{
    return group->db->store->engine->control(group->db, what);
}

static void perform(const struct group *group, struct waiting *waiting)
{
    group->db->writing = true;
    waiting->problem = store_perform(group->db, waiting->memory, waiting->work, waiting->context);
    group->db->writing = false;
}

/* Runs one work in its savepoint. What it returns is about the transaction, not about the work. */
static const struct problem *run_careful(const struct group *group, struct waiting *waiting)
{
    const struct problem *problem = control(group, CONTROL_SAVEPOINT);
    if (problem) {
        waiting->problem = problem;
        return problem;
    }
    perform(group, waiting);
    if (!waiting->problem) {
        waiting->problem = control(group, CONTROL_RELEASE);
        if (!waiting->problem) {
            return NULL;
        }
    }
    problem = control(group, CONTROL_UNDO);
    if (problem) {
        /* The engine gave up the whole transaction, as SQLite may when the disk is full or fails. */
        bool disk = waiting->problem == &disk_full || waiting->problem == &store_failed;
        return disk ? waiting->problem : problem;
    }
    return control(group, CONTROL_RELEASE);
}

/* Takes everything back and runs the works that had succeeded once more, carefully; `failed` keeps its
 * problem. */
static const struct problem *run_again(struct group *group, const struct waiting *failed)
{
    group->careful = true;
    const struct problem *problem = control(group, CONTROL_ROLLBACK);
    if (!problem) {
        problem = control(group, CONTROL_BEGIN_WRITE);
    }
    for (struct waiting *waiting = group->first; !problem && waiting != failed;
         waiting = waiting->next) {
        problem = waiting->problem ? NULL : run_careful(group, waiting);
    }
    return problem;
}

/* Runs one work without a savepoint, for which SQLite copies each page before it is changed. Most works
 * that fail do so before they change anything, and leave nothing to take back. */
static const struct problem *run_plain(struct group *group, struct waiting *waiting)
{
    const struct engine *engine = group->db->store->engine;
    int64_t before = engine->changes(group->db);
    perform(group, waiting);
    if (!waiting->problem && engine->is_open(group->db)) {
        waiting->problem = &conflict;
    }
    bool clean = !waiting->problem || engine->changes(group->db) == before;
    return clean ? NULL : run_again(group, waiting);
}

/* Runs works until the queue is empty or the group is full. Not NULL: the whole transaction is lost. */
static const struct problem *run_group(struct writer *writer, struct group *group,
                                       struct waiting *waiting)
{
    int64_t began = clock_ticks();
    const struct problem *problem = NULL;
    for (int i = 0; waiting; waiting = next_waiting(writer, false)) {
        *group->last = waiting;
        group->last = &waiting->next;
        problem = group->careful ? run_careful(group, waiting) : run_plain(group, waiting);
        if (problem || ++i == GROUP_MAX || clock_ticks() - began > GROUP_TIME) {
            break;
        }
    }
    return problem;
}

static void write_group(struct writer *writer, struct waiting *first)
{
    struct group group = {.db = writer->db, .first = first, .last = &group.first};
    const struct problem *lost = control(&group, CONTROL_BEGIN_WRITE);
    if (!lost) {
        lost = run_group(writer, &group, first);
        lost = lost ? lost : store_commit(group.db);
        if (lost) {
            (void)control(&group, CONTROL_ROLLBACK);
            log_write(LOG_ERROR, "store.group_lost", "problem=%s", lost->name);
        }
    }
    for (struct waiting *waiting = group.first; waiting;) {
        struct waiting *next = waiting->next;
        if (lost && !waiting->problem) {
            waiting->problem = lost;
        }
        answer(waiting);
        waiting = next;
    }
}

static void *run(void *context)
{
    struct writer *writer = context;
    for (struct waiting *first; (first = next_waiting(writer, true)) != NULL;) {
        write_group(writer, first);
    }
    return NULL;
}

struct writer *writer_start(struct memory *memory, struct database *db)
{
    struct writer *writer = memory_take(memory, sizeof *writer);
    if (!writer) {
        return NULL;
    }
    writer->db = db;
    writer->last = &writer->first;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->arrived, NULL);
    return pthread_create(&writer->thread, NULL, run, writer) == 0 ? writer : NULL;
}

void writer_stop(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    writer->ending = true;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->arrived);
    pthread_mutex_destroy(&writer->lock);
}

const struct problem *writer_write(struct writer *writer, struct memory *memory, store_work *work,
                                   void *context)
{
    /* A write inside a write would wait for itself. */
    ensure(!pthread_equal(pthread_self(), writer->thread));
    struct waiting waiting = {.work = work, .context = context, .memory = memory};
    pthread_mutex_lock(&writer->lock);
    ensure(!writer->ending);
    *writer->last = &waiting;
    writer->last = &waiting.next;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
    while (atomic_load_explicit(&waiting.answered, memory_order_acquire) == 0) {
        futex(&waiting.answered, FUTEX_WAIT_PRIVATE, 0);
    }
    return waiting.problem;
}
