/*
 * The group-commit writer: one thread takes waiting works first in, first out, runs them in one transaction and
 * commits it; a second, the settler, makes commits durable and only then answers their works.
 *
 * While one group is being made durable the next one is written already: who waits for the disk keeps nobody from
 * the processor. A commit that could not be made durable can't be taken back once others build on it, so nothing
 * else is written until it is tried from the beginning (docs/decisions/0031-settling.md).
 * Must not know: SQL, an engine's calls beyond engine.h. Read next: store/sqlite_log.c.
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

/* One work; lies on the stack of who waits for it, or in its memory. */
struct waiting {
    store_work *work;
    void *context;
    store_done *done;              /* NULL: somebody waits for the answer */
    struct memory *memory;         /* the caller's, lent until then */
    const struct problem *problem; /* the answer */
    struct waiting *next;          /* in the queue, then in the group */
    atomic_uint answered;          /* 1: the answer stands; a futex */
};

/* Works in a row. */
struct line {
    struct waiting *first;
    struct waiting **last; /* where the next is hung */
};

struct writer {
    struct database *db; /* only the thread that writes touches it, but for settling */
    pthread_t thread, settler;
    pthread_mutex_t lock;     /* over what follows */
    pthread_cond_t arrived;   /* a work, the end, or leave to go on; for who writes */
    pthread_cond_t committed; /* a group is over, or all of them; for the settler */
    struct line queue;        /* oldest first */
    struct line unsettled;    /* committed, not known to be durable */
    bool writing;             /* a group is under way */
    bool changed;             /* by what is unsettled */
    bool halted;              /* the settler lets no group begin */
    bool doubtful;            /* what was committed last may not be durable */
    bool ending;              /* stop when the queue is empty */
    bool ended;               /* the last group is over */
};

static void futex(atomic_uint *word, int operation, unsigned value)
{
    (void)syscall(SYS_futex, word, operation, value, NULL, NULL, 0);
}

static void answer(struct waiting *waiting)
{
    if (waiting->done) {
        waiting->done(waiting->context, waiting->problem);
        return;
    }
    /* The caller may be gone as soon as this is stored; waking an address nobody waits on, even
     * one that is unmapped by then, does nothing. */
    atomic_store_explicit(&waiting->answered, 1, memory_order_release);
    futex(&waiting->answered, FUTEX_WAKE_PRIVATE, INT_MAX);
}

static void line_clear(struct line *line)
{
    *line = (struct line){NULL, &line->first};
}

/* Hangs `more` behind it. */
static void line_add(struct line *line, const struct line *more)
{
    if (more->first) {
        *line->last = more->first;
        line->last = more->last;
    }
}

/* What is in it is the caller's, and it is empty. */
static void line_take(struct line *line, struct line *out)
{
    line_clear(out);
    line_add(out, line);
    line_clear(line);
}

static void answer_all(const struct line *line, const struct problem *lost)
{
    for (struct waiting *waiting = line->first; waiting;) {
        struct waiting *next = waiting->next;
        if (lost && !waiting->problem)
            waiting->problem = lost;
        answer(waiting);
        waiting = next;
    }
}

/* With the lock: the oldest in the queue, or NULL. */
static struct waiting *oldest(struct writer *writer)
{
    struct waiting *waiting = writer->queue.first;
    if (waiting) {
        writer->queue.first = waiting->next;
        if (!writer->queue.first)
            line_clear(&writer->queue);
        waiting->next = NULL;
    }
    return waiting;
}

static struct waiting *next_waiting(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    struct waiting *waiting = oldest(writer);
    pthread_mutex_unlock(&writer->lock);
    return waiting;
}

/* Waits for one, and until a group may begin. NULL: it is over. */
static struct waiting *first_waiting(struct writer *writer, bool *doubtful)
{
    pthread_mutex_lock(&writer->lock);
    while (writer->halted || (!writer->queue.first && !writer->ending))
        pthread_cond_wait(&writer->arrived, &writer->lock);
    struct waiting *waiting = oldest(writer);
    writer->writing = waiting != NULL;
    *doubtful = writer->doubtful;
    pthread_mutex_unlock(&writer->lock);
    return waiting;
}

/* A group under way. */
struct group {
    struct database *db;
    struct line works; /* in the order in which they ran */
    bool careful;      /* each work has a savepoint from now on */
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
    for (struct waiting *waiting = group->works.first; !problem && waiting != failed;
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
    for (int i = 0; waiting; waiting = next_waiting(writer)) {
        *group->works.last = waiting;
        group->works.last = &waiting->next;
        problem = group->careful ? run_careful(group, waiting) : run_plain(group, waiting);
        if (problem || ++i == GROUP_MAX || clock_ticks() - began > GROUP_TIME) {
            break;
        }
    }
    return problem;
}

static const struct problem *run_and_commit(struct writer *writer, struct group *group,
                                            struct waiting *first, bool *changed)
{
    const struct engine *engine = group->db->store->engine;
    int64_t before = engine->changes(group->db);
    const struct problem *lost = run_group(writer, group, first);
    *changed = engine->changes(group->db) != before;
    if (!lost)
        lost = store_commit(group->db);
    if (lost) {
        (void)control(group, CONTROL_ROLLBACK);
        log_write(LOG_ERROR, "store.group_lost", "problem=%s", lost->name);
    }
    return lost;
}

static void write_group(struct writer *writer, struct waiting *first, bool doubtful)
{
    struct group group = {.db = writer->db};
    struct line refused = {first, &first->next};
    bool changed = false;
    line_clear(&group.works);
    const struct problem *lost = doubtful ? writer->db->store->engine->mend(writer->db) : NULL;
    bool mended = doubtful && !lost;
    if (!lost)
        lost = control(&group, CONTROL_BEGIN_WRITE);
    if (lost)
        line_add(&group.works, &refused);
    else
        lost = run_and_commit(writer, &group, first, &changed);
    pthread_mutex_lock(&writer->lock);
    writer->writing = false;
    writer->doubtful &= !mended;
    writer->changed |= changed;
    if (!lost)
        line_add(&writer->unsettled, &group.works);
    pthread_cond_signal(&writer->committed);
    pthread_mutex_unlock(&writer->lock);
    if (lost)
        answer_all(&group.works, lost);
}

static void *run(void *context)
{
    struct writer *writer = context;
    bool doubtful;
    for (struct waiting *first; (first = first_waiting(writer, &doubtful)) != NULL;)
        write_group(writer, first, doubtful);
    pthread_mutex_lock(&writer->lock);
    writer->ended = true;
    pthread_cond_signal(&writer->committed);
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

/* ---- the settler ---- */

/* All that was committed; *changed: there is something in it to make durable. False: it is over. */
static bool next_unsettled(struct writer *writer, struct line *out, bool *changed)
{
    pthread_mutex_lock(&writer->lock);
    while (!writer->unsettled.first && !writer->ended)
        pthread_cond_wait(&writer->committed, &writer->lock);
    line_take(&writer->unsettled, out);
    *changed = writer->changed;
    writer->changed = false;
    pthread_mutex_unlock(&writer->lock);
    return out->first != NULL;
}

/* The same with all that was committed since, while nothing is written. */
static const struct problem *settle_again(struct writer *writer, struct line *line)
{
    pthread_mutex_lock(&writer->lock);
    writer->halted = true;
    while (writer->writing)
        pthread_cond_wait(&writer->committed, &writer->lock);
    line_add(line, &writer->unsettled);
    line_clear(&writer->unsettled);
    pthread_mutex_unlock(&writer->lock);
    const struct problem *problem = writer->db->store->engine->mend(writer->db);
    pthread_mutex_lock(&writer->lock);
    writer->changed = false;
    writer->doubtful = problem != NULL;
    writer->halted = false;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
    return problem;
}

static void *run_settler(void *context)
{
    struct writer *writer = context;
    struct line line;
    for (bool changed; next_unsettled(writer, &line, &changed);) {
        const struct problem *lost = changed ? writer->db->store->engine->settle(writer->db) : NULL;
        if (lost)
            lost = settle_again(writer, &line);
        answer_all(&line, lost);
    }
    return NULL;
}

/* ---- from outside ---- */

static void end(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    writer->ending = true;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
}

struct writer *writer_start(struct memory *memory, struct database *db)
{
    struct writer *writer = memory_take(memory, sizeof *writer);
    if (!writer) {
        return NULL;
    }
    writer->db = db;
    line_clear(&writer->queue);
    line_clear(&writer->unsettled);
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->arrived, NULL);
    pthread_cond_init(&writer->committed, NULL);
    if (pthread_create(&writer->thread, NULL, run, writer) != 0)
        return NULL;
    if (pthread_create(&writer->settler, NULL, run_settler, writer) == 0)
        return writer;
    end(writer);
    pthread_join(writer->thread, NULL);
    return NULL;
}

void writer_stop(struct writer *writer)
{
    end(writer);
    pthread_join(writer->thread, NULL);
    pthread_join(writer->settler, NULL);
    pthread_cond_destroy(&writer->arrived);
    pthread_cond_destroy(&writer->committed);
    pthread_mutex_destroy(&writer->lock);
}

static void queue(struct writer *writer, struct waiting *waiting)
{
    pthread_mutex_lock(&writer->lock);
    ensure(!writer->ending);
    *writer->queue.last = waiting;
    writer->queue.last = &waiting->next;
    pthread_cond_signal(&writer->arrived);
    pthread_mutex_unlock(&writer->lock);
}

const struct problem *writer_write(struct writer *writer, struct memory *memory, store_work *work,
                                   void *context)
{
    /* A write inside a write would wait for itself. */
    ensure(!pthread_equal(pthread_self(), writer->thread));
    struct waiting waiting = {.work = work, .context = context, .memory = memory};
    queue(writer, &waiting);
    while (atomic_load_explicit(&waiting.answered, memory_order_acquire) == 0) {
        futex(&waiting.answered, FUTEX_WAIT_PRIVATE, 0);
    }
    return waiting.problem;
}

void writer_write_later(struct writer *writer, struct memory *memory, store_work *work,
                        void *context, store_done *done)
{
    struct waiting *waiting = memory_take(memory, sizeof *waiting);
    if (!waiting) {
        done(context, &out_of_memory);
        return;
    }
    waiting->work = work;
    waiting->context = context;
    waiting->done = done;
    waiting->memory = memory;
    queue(writer, waiting);
}
