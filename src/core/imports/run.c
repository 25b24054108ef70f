/*
 * Checks, takes in and takes back, a bounded write at a time; while one write becomes durable, what the next
 * one needs is read.
 *
 * Each write looks again where the import stands, so a cancellation stops it between two writes, and a
 * process that dies leaves it where its last write was: the job is due again when its lease ends.
 * Must not know: how lines are read, what they are. Read next: core/imports/read.c, core/imports/kind.h.
 */
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/event.h"
#include "core/imports/import.h"
#include "core/imports/queries.h"

#define SLICE                                                                                      \
    (3 * INT64_C(1000000000)) /* nanoseconds of one job, so that others of its lane come */

#define PORTION_MEMORY ((size_t)24 << 20) /* of what is read for one write */

/* One batch as a write. */
struct step {
    const struct import_row *row; /* as it was read */
    const struct import_kind *kind;
    const struct import_batch *batch;
    void *prepared; /* by the kind, for keeping */
    struct instant at;
    bool stopped; /* filled: it stands elsewhere by now */
};

/* ---- what is wrong ---------------------------------------------------------------------------- */

/* Errors of a batch beside those there are, with what of it was refused when it was kept. */
static const struct problem *keep_faults(struct database *db, struct memory *memory,
                                         struct import_row *row, const struct import_fault *faults,
                                         size_t count, int64_t in_all)
{
    struct builder b = builder_make(memory, 8 << 20);
    struct text rows;
    int64_t number = row->faults;
    row->faults += in_all;
    for (size_t i = 0; i < count && number < IMPORT_FAULTS_KEPT; i++) {
        builder_add_format(&b, "%s[%lld,%lld,%lld,", b.size > 0 ? "," : "[",
                           (long long)row->id.value, (long long)++number,
                           (long long)faults[i].line);
        builder_add_json(&b, faults[i].field);
        builder_add_format(&b, ",\"%s\",", faults[i].rule);
        builder_add_json(&b, faults[i].value);
        builder_add_char(&b, ']');
    }
    if (b.size == 0)
        return NULL;
    builder_add_char(&b, ']');
    const struct problem *problem = builder_end(&b, &rows);
    return problem ? problem : import_faults_insert(db, memory, rows);
}

/* ---- keeping ---------------------------------------------------------------------------------- */

static const struct problem *count_kept(struct database *db, struct memory *memory,
                                        const struct step *step, struct import_row *row,
                                        const struct import_kept *kept)
{
    size_t count = step->batch->count;
    struct import_fault *faults = memory_take_array(memory, count, sizeof *faults);
    size_t refused = 0;
    if (!faults)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        row->made += kept[i].outcome == KEEP_MADE ? 1 : 0;
        row->changed += kept[i].outcome == KEEP_CHANGED ? 1 : 0;
        row->same += kept[i].outcome == KEEP_SAME || kept[i].outcome == KEEP_OLDER ? 1 : 0;
        if (!kept[i].problem)
            continue;
        struct text rule = text_format(memory, "problem.%s", kept[i].problem->name);
        if (!rule.data)
            return &out_of_memory;
        faults[refused++] = (struct import_fault){step->batch->lines[i], text_of(kept[i].field),
                                                  rule.data, kept[i].value};
    }
    row->refused += (int64_t)refused;
    return keep_faults(db, memory, row, faults, refused, (int64_t)refused);
}

static const struct problem *keep(struct database *db, struct memory *memory,
                                  const struct step *step, struct import_row *row)
{
    size_t count = step->batch->count;
    struct import_kept *kept = memory_take_array(memory, count, sizeof *kept);
    struct import_keeping keeping = {.owner = row->owner,
                                     .person = row->person,
                                     .import = row->id,
                                     .trial = row->state == IMPORT_CHECKING,
                                     .at = step->at};
    struct import_batch_row range = {row->id, 0, id_new(), 0};
    if (!kept)
        return &out_of_memory;
    const struct problem *problem =
        step->kind->keep(db, memory, &keeping, step->batch->things, count, step->prepared, kept);
    range.last = id_new();
    if (!problem && !keeping.trial) {
        range.number = ++row->batches;
        problem = import_batch_insert(db, memory, &range);
    }
    return problem ? problem : count_kept(db, memory, step, row, kept);
}

/* ---- a step on -------------------------------------------------------------------------------- */

static const struct problem *end_reading(struct database *db, struct memory *memory,
                                         const struct step *step, struct import_row *row)
{
    bool running = row->state == IMPORT_RUNNING;
    struct import_fault open = {step->batch->refusal_line, text_of(""), step->batch->refusal,
                                text_of("")};
    row->moved = step->at;
    row->state = running ? IMPORT_DONE : IMPORT_CHECKED;
    if (step->batch->refusal) {
        row->state = running ? IMPORT_CANCELLING : IMPORT_FAILED;
        row->refusal = text_of(step->batch->refusal);
        return keep_faults(db, memory, row, &open, 1, 1);
    }
    return running ? event_emit(db, memory, "core.import.done", row->id.value, row->person,
                                row->name, step->at)
                   : NULL;
}

static const struct problem *step_on(struct database *db, struct memory *memory, void *context)
{
    struct step *step = context;
    const struct import_batch *batch = step->batch;
    struct import_row row;
    const struct problem *problem = import_lock(db, memory, step->row->id, &row);
    step->stopped = !problem && (row.state != step->row->state || row.place != step->row->place);
    if (problem || step->stopped)
        return problem;
    bool keeps = row.state == IMPORT_RUNNING || step->kind->tries;
    if (keeps && batch->count > 0)
        problem = keep(db, memory, step, &row);
    row.records += (int64_t)batch->count + batch->refused;
    row.refused += batch->refused;
    row.place = batch->place;
    row.line = batch->line;
    if (!problem)
        problem =
            keep_faults(db, memory, &row, batch->faults, batch->fault_count, batch->faults_in_all);
    if (!problem && (batch->over || batch->refusal))
        problem = end_reading(db, memory, step, &row);
    return problem ? problem : import_store(db, memory, &row);
}

/* ---- on and on -------------------------------------------------------------------------------- */

/* What is read for one write, by a thread of its own while the write before is made. */
struct portion {
    struct memory *memory; /* its own */
    const struct import_kind *kind;
    struct import_row row; /* the import as it is once that write is made */
    int fd;                /* its file; only one portion is read at a time */
    struct import_batch batch;
    struct step step;
    const struct problem *problem; /* of reading */
};

static void *make_portion(void *argument)
{
    struct portion *portion = argument;
    struct currency currency = {0};
    const struct import_kind *kind = portion->kind;
    const struct import_batch *batch = &portion->batch;
    portion->step =
        (struct step){.row = &portion->row, .kind = kind, .batch = batch, .at = clock_now()};
    (void)currency_parse(setting_text("site.currency"), &currency);
    portion->memory = memory_create(PORTION_MEMORY);
    portion->problem = portion->memory ? import_read(portion->memory, kind, &portion->row,
                                                     portion->fd, currency, &portion->batch)
                                       : &out_of_memory;
    bool keeps = portion->row.state == IMPORT_RUNNING || kind->tries;
    if (!portion->problem && keeps && kind->prepare && batch->count > 0)
        portion->problem =
            kind->prepare(portion->memory, batch->things, batch->count, &portion->step.prepared);
    return NULL;
}

/* Begins to read what follows `portion`; false: nothing does, or it has to wait. */
static bool begin_next(const struct portion *portion, struct portion *next, pthread_t *thread)
{
    *next = (struct portion){.kind = portion->kind, .row = portion->row, .fd = portion->fd};
    if (portion->problem || portion->batch.over || portion->batch.refusal)
        return false;
    next->row.place = portion->batch.place;
    next->row.line = portion->batch.line;
    return pthread_create(thread, NULL, make_portion, next) == 0;
}

/* Reads and writes on from where the import stands, until it is over or stands elsewhere. */
static const struct problem *read_on(struct store *store, const struct import_kind *kind,
                                     const struct import_row *row, int fd, int64_t until)
{
    struct portion portions[2] = {{.kind = kind, .row = *row, .fd = fd}};
    struct portion *portion = &portions[0];
    const struct problem *problem = NULL;
    (void)make_portion(portion);
    for (bool more = true; more;) {
        struct portion *next = portion == portions ? &portions[1] : &portions[0];
        pthread_t thread;
        more = clock_ticks() < until && begin_next(portion, next, &thread);
        problem = portion->problem
                      ? portion->problem
                      : store_write_locking(store, portion->memory, step_on, &portion->step);
        if (more)
            (void)pthread_join(thread, NULL);
        memory_end(portion->memory);
        if (more && (problem || portion->step.stopped)) {
            memory_end(next->memory);
            more = false;
        }
        portion = next;
    }
    return problem;
}

/* ---- a step back ------------------------------------------------------------------------------ */

/* Takes a bounded part of an import back; *done is 0 when nothing is left. */
static const struct problem *undo_some(struct database *db, struct memory *memory,
                                       const struct import_kind *kind, struct import_id import,
                                       int64_t *done, int64_t *back)
{
    struct import_batch_row batch;
    *done = *back = 0;
    const struct problem *problem = kind->put_back(db, memory, import, done, back);
    if (problem || *done > 0)
        return problem;
    problem = import_batch_last(db, memory, import, &batch);
    if (problem)
        return problem == &not_found ? NULL : problem;
    *done = 1;
    if (kind->take_out)
        problem = kind->take_out(db, memory, import, batch.first, batch.last, back);
    return problem ? problem : import_batch_over(db, memory, import, batch.number);
}

static const struct problem *step_back(struct database *db, struct memory *memory, void *context)
{
    const struct step *step = context;
    struct import_row row;
    int64_t done = 0;
    int64_t back = 0;
    const struct problem *problem = import_lock(db, memory, step->row->id, &row);
    if (problem || row.state != step->row->state)
        return problem;
    problem = undo_some(db, memory, step->kind, row.id, &done, &back);
    row.stayed -= back;
    if (!problem && done == 0) {
        bool undone = row.state == IMPORT_UNDOING;
        row.state = undone                 ? IMPORT_UNDONE
                    : row.refusal.size > 0 ? IMPORT_FAILED
                                           : IMPORT_CANCELLED;
        row.moved = step->at;
        if (undone)
            problem = event_emit(db, memory, "core.import.undone", row.id.value, row.person,
                                 row.name, step->at);
    }
    return problem ? problem : import_store(db, memory, &row);
}

static const struct problem *go_on(struct store *store, struct memory *memory,
                                   const struct import_row *row, int64_t until, bool *more)
{
    struct step step = {.row = row, .kind = import_kind_named(row->kind), .at = clock_now()};
    *more = step.kind != NULL;
    if (!step.kind)
        return NULL;
    if (row->state == IMPORT_CANCELLING || row->state == IMPORT_UNDOING)
        return store_write_locking(store, memory, step_back, &step);
    *more = row->state == IMPORT_CHECKING || row->state == IMPORT_RUNNING;
    if (!*more)
        return NULL;
    struct text path = import_path(memory, row->id, false);
    int fd = path.data ? open(path.data, O_RDONLY | O_CLOEXEC) : -1;
    const struct problem *problem =
        fd < 0 ? &world_failed : read_on(store, step.kind, row, fd, until);
    if (fd >= 0)
        close(fd);
    return problem;
}

const struct problem *import_work(struct store *store, struct database *reader,
                                  struct memory *memory, struct import_id import, int64_t until,
                                  bool *more)
{
    const struct problem *problem = NULL;
    *more = true;
    while (!problem && *more && clock_ticks() < until) {
        struct memory *own = memory_scratch(memory);
        struct import_row row;
        problem = own ? import_by_id(reader, own, import, &row) : &out_of_memory;
        if (!problem)
            problem = go_on(store, own, &row, until, more);
        memory_end(own);
    }
    return problem;
}

/* ---- the job ---------------------------------------------------------------------------------- */

static const struct problem *again(struct database *db, struct memory *memory, void *context)
{
    const struct job_run *run = context;
    /* A note of its own: the job that runs still stands as waiting, and a double is not enqueued. */
    struct text note = text_format(memory, "%lld", (long long)id_new());
    return note.data ? job_enqueue(db, memory, &import_job, run->subject, note, clock_now())
                     : &out_of_memory;
}

static const struct problem *work(struct job_run *run)
{
    bool more = false;
    const struct problem *problem =
        import_work(run->store, run->db, run->memory, (struct import_id){run->subject},
                    clock_ticks() + SLICE, &more);
    if (problem == &not_found)
        return NULL;
    return problem || !more ? problem : store_write(run->store, run->memory, again, run);
}

static const struct problem *hurry(struct database *db, struct memory *memory, void *context)
{
    (void)context;
    return imports_hurry(db, memory, clock_now());
}

const struct problem *imports_resume(struct store *store, struct memory *memory)
{
    struct database *reader;
    struct import_hit_list waiting;
    const struct problem *problem = store_reader(store, memory, &reader);
    if (!problem)
        problem = imports_waiting(reader, memory, clock_now(), &waiting);
    return problem || waiting.count == 0 ? problem : store_write(store, memory, hurry, NULL);
}

const struct job_kind import_job = {"core.import", LANE_SLOW, work};
