/*
 * Opening a store, choosing its engine, checking every statement, and what both engines share when
 * a statement or a work runs: the rules about writing, the countdowns of tests, the counter.
 *
 * Must not know: an engine's calls. Read next: store/engine.h.
 */
#include "store/store.h"

#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "store/engine.h"

#define COMPLAINTS_MAX (16 * 1024) /* bytes of complaint that somebody may still read */

const struct problem store_busy = {"store.busy", 503, FAULT_WORLD, true};
const struct problem store_broken = {"store.broken", 503, FAULT_WORLD, false};
const struct problem store_away = {"store.away", 503, FAULT_WORLD, true};
const struct problem store_failed = {"store.failed", 503, FAULT_WORLD, true};
const struct problem store_newer = {"store.newer", 503, FAULT_WORLD, false};

static atomic_long fail_after = -1;
static atomic_long fail_commit_after = -1;
static atomic_size_t executions;

void store_fail_after(long successes)
{
    atomic_store(&fail_after, successes);
}

void store_fail_commit_after(long successes)
{
    atomic_store(&fail_commit_after, successes);
}

size_t store_count(void)
{
    return atomic_load(&executions);
}

/* Counts down and says whether this is the one to fail; afterwards the countdown is off. */
static bool counts_down(atomic_long *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed) >= 0 &&
           atomic_fetch_sub(counter, 1) == 0;
}

static const struct engine *choose(struct text url)
{
    if (text_starts(url, "sqlite:")) {
        return &sqlite_engine;
    }
    if (text_starts(url, "postgresql://") || text_starts(url, "postgres://")) {
        return &postgresql_engine;
    }
    return NULL;
}

/* ---- opening ---- */

static size_t count_statements(const struct statement *const *statements)
{
    size_t count = 0;
    for (; statements[count]; count++) {
        ensure(statements[count]->number == (int)count);
    }
    return count;
}

static const struct problem *
make_plans(struct store *store, const struct statement *const *statements, struct builder *wrong)
{
    const struct statement *const *own;
    size_t own_count = migrate_statements(&own);
    size_t count = count_statements(statements);
    store->plan_count = count + own_count;
    store->plans = memory_take_array(store->memory, store->plan_count, sizeof(struct plan));
    if (!store->plans) {
        return &out_of_memory;
    }
    const struct problem *first = NULL;
    for (size_t i = 0; i < store->plan_count; i++) {
        const struct statement *statement = i < count ? statements[i] : own[i - count];
        store->plans[i].number = i;
        const struct problem *problem =
            plan_make(store->memory, statement, store->engine, &store->plans[i], wrong);
        first = first ? first : problem;
    }
    return first;
}

static const struct problem *check_plans(struct store *store, struct builder *wrong)
{
    const struct statement *const *own;
    size_t count = store->plan_count - migrate_statements(&own);
    const struct problem *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!store->plans[i].sql) {
            continue;
        }
        const struct problem *problem =
            plan_check(store->memory, store->first, &store->plans[i], wrong);
        first = first ? first : problem;
    }
    return first;
}

static const struct problem *open_all(struct store *store, const struct schema *const *schemas,
                                      size_t count, const struct statement *const *statements,
                                      struct text *complaint)
{
    struct builder wrong = builder_make(store->memory, COMPLAINTS_MAX);
    const struct problem *named = make_plans(store, statements, &wrong);
    if (named == &out_of_memory) {
        return named;
    }
    const struct problem *problem = store->engine->open(store, complaint);
    if (!problem) {
        problem = migrate_all(store, schemas, count, complaint);
    }
    if (problem) {
        return problem;
    }
    const struct problem *checked = check_plans(store, &wrong);
    named = named ? named : checked;
    if (named) {
        *complaint = (struct text){wrong.data, wrong.size};
        return named;
    }
    return store->engine->start(store);
}

const struct problem *store_open_statements(struct memory *process, struct text url,
                                            const struct schema *const *schemas, size_t count,
                                            const struct statement *const *statements,
                                            struct store **out, struct text *complaint)
{
    *complaint = (struct text){NULL, 0};
    const struct engine *engine = choose(url);
    if (!engine) {
        *complaint = text_format(process, "the database is neither sqlite:FILE nor postgresql://");
        return &store_broken;
    }
    struct store *store = memory_take(process, sizeof *store);
    if (!store) {
        return &out_of_memory;
    }
    store->engine = engine;
    store->memory = process;
    pthread_mutex_init(&store->lock, NULL);
    store->url = text_copy(process, url);
    if (!store->url.data) {
        return &out_of_memory;
    }
    const struct problem *problem = open_all(store, schemas, count, statements, complaint);
    if (problem) {
        engine->close(store);
        return problem;
    }
    *out = store;
    return NULL;
}

const struct problem *store_open(struct memory *process, struct text url,
                                 const struct schema *const *schemas, size_t count,
                                 struct store **out, struct text *complaint)
{
    return store_open_statements(process, url, schemas, count, all_statements, out, complaint);
}

void store_close(struct store *store)
{
    if (!store) {
        return;
    }
    while (store->companion_count > 0) {
        struct companion *companion = &store->companions[--store->companion_count];
        companion->end(companion->thing);
        memory_end(companion->memory);
    }
    store->engine->close(store);
}

void *store_companion(struct store *store, store_make *make, void (*end)(void *companion))
{
    void *thing = NULL;
    pthread_mutex_lock(&store->lock);
    for (size_t i = 0; i < store->companion_count; i++) {
        if (store->companions[i].make == make) {
            thing = store->companions[i].thing;
        }
    }
    if (!thing) {
        ensure(store->companion_count < COMPANIONS_MAX);
        struct memory *own = memory_create(COMPANION_MEMORY);
        thing = own ? make(own, store) : NULL;
        if (thing) {
            store->companions[store->companion_count++] = (struct companion){make, end, thing, own};
        } else {
            memory_end(own);
        }
    }
    pthread_mutex_unlock(&store->lock);
    return thing;
}

bool store_is_postgresql(const struct store *store)
{
    return store->engine == &postgresql_engine;
}

bool database_is_postgresql(const struct database *db)
{
    return store_is_postgresql(db->store);
}

/* ---- running ---- */

const struct problem *store_reader(struct store *store, struct memory *memory,
                                   struct database **out)
{
    return store->engine->reader(store, memory, out);
}

void store_cache(struct database *db, size_t bytes)
{
    if (db->store->engine->cache) {
        db->store->engine->cache(db, bytes);
    }
}

const struct plan *store_plan_of(const struct store *store, const struct statement *statement)
{
    const struct statement *const *own;
    size_t own_count = migrate_statements(&own);
    for (size_t i = 0; i < own_count; i++) {
        if (own[i] == statement) {
            return &store->plans[store->plan_count - own_count + i];
        }
    }
    ensure(statement->number >= 0 && (size_t)statement->number < store->plan_count - own_count);
    const struct plan *plan = &store->plans[statement->number];
    ensure(plan->statement == statement);
    return plan;
}

static const struct problem *execute(struct database *db, struct memory *memory,
                                     const struct plan *plan, const void *takes, void *out)
{
    struct value values[STATEMENT_MAX];
    const struct problem *problem = values_of(plan, takes, values);
    if (problem) {
        return problem;
    }
    struct rows rows = rows_begin(plan, memory, out);
    problem = db->store->engine->execute(db, plan, values, &rows);
    return problem ? problem : rows_end(&rows);
}

const struct problem *store_run(struct database *db, struct memory *memory,
                                const struct statement *statement, const void *takes, void *out)
{
    atomic_fetch_add_explicit(&executions, 1, memory_order_relaxed);
    if (db->doomed) {
        return db->doomed;
    }
    const struct problem *problem;
    if (statement->writes && !db->writing) {
        log_write(LOG_ERROR, "store.write_outside_work", "statement=%s", statement->name);
        problem = &our_fault;
    } else if (counts_down(&fail_after)) {
        problem = &store_broken;
    } else {
        problem = execute(db, memory, store_plan_of(db->store, statement), takes, out);
    }
    if (problem && problem != &not_found && (db->writing || db->reading)) {
        db->doomed = problem;
    }
    return problem;
}

const struct problem *store_perform(struct database *db, struct memory *memory, store_work *work,
                                    void *context)
{
    db->doomed = NULL;
    db->again = false;
    db->raced = false;
    const struct problem *problem = work(db, memory, context);
    if (!problem) {
        problem = db->doomed;
    }
    db->doomed = NULL;
    return problem;
}

const struct problem *store_commit(struct database *db)
{
    if (counts_down(&fail_commit_after)) {
        return &store_broken;
    }
    return db->store->engine->control(db, CONTROL_COMMIT);
}

const struct problem *store_write(struct store *store, struct memory *memory, store_work *work,
                                  void *context)
{
    return store->engine->write(store, memory, work, context, false);
}

const struct problem *store_write_locking(struct store *store, struct memory *memory,
                                          store_work *work, void *context)
{
    return store->engine->write(store, memory, work, context, true);
}

void store_write_later(struct store *store, struct memory *memory, store_work *work, void *context,
                       store_done *done)
{
    store->engine->write_later(store, memory, work, context, done);
}

static const struct problem *read_within(struct database *db, struct memory *memory,
                                         store_work *work, void *context, enum control begin)
{
    /* Inside a write or another read there is a snapshot already. */
    if (db->writing || db->reading) {
        return work(db, memory, context);
    }
    const struct problem *problem = db->store->engine->control(db, begin);
    if (problem) {
        return problem;
    }
    db->reading = true;
    problem = store_perform(db, memory, work, context);
    db->reading = false;
    const struct problem *ended = db->store->engine->control(db, CONTROL_ROLLBACK);
    return problem ? problem : ended;
}

const struct problem *store_read(struct database *db, struct memory *memory, store_work *work,
                                 void *context)
{
    return read_within(db, memory, work, context, CONTROL_BEGIN_READ);
}

const struct problem *store_read_long(struct database *db, struct memory *memory, store_work *work,
                                      void *context)
{
    return read_within(db, memory, work, context, CONTROL_BEGIN_LONG);
}

const struct problem *store_backup(struct store *store, const char *file,
                                   void (*progress)(size_t done, size_t all),
                                   struct text *complaint)
{
    return store->engine->backup(store, file, progress, complaint);
}

const struct problem *store_plan(struct database *db, struct memory *memory,
                                 const struct statement *statement, struct text *out)
{
    return db->store->engine->explain(db, memory, store_plan_of(db->store, statement), out);
}
