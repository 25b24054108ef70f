/*
 * Events and their followers: transactions that commit in the reverse order of their ids, one that stays
 * open, several processes that follow. Every event is consumed once.
 */
#include "core/event.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/ids.h"
#include "core/event_queries.h"
#include "core/module.h"
#include "ledger/ledger_test_bed.h"

enum { TOGETHER = 6, ROUNDS = 8, WRITERS = 6, EACH = 60, FOLLOWERS = 2, PAGE = 10000 };

static const char *const places[] = {"src/ledger/", "src/core/"};

static void schemas_of(const struct schema *out[2])
{
    out[0] = &ledger_schema;
    out[1] = module_all()[0]->schema;
}

static struct bed begin(void **state)
{
    const struct schema *schemas[2];
    schemas_of(schemas);
    return bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
}

/* Leaves a trace of each event in the same write: another event about it. */
static const struct problem *see(struct database *db, struct memory *memory,
                                 const struct event *event)
{
    return event_emit(db, memory, "seen", event->subject, (struct party_id){0}, text_of(""),
                      clock_now());
}

static const struct consumer seeing = {"test.seeing", "happened.", see};
static const struct consumer *const consumers[] = {&seeing};

static int64_t follow(struct bed *bed)
{
    int64_t taken = 0;
    struct memory *memory = memory_create(16 << 20);
    assert_null(event_consume(bed->store, bed->reader, memory, consumers, 1, 500, &taken));
    memory_end(memory);
    return taken;
}

/* How often the events about subjects 0 to `count` - 1 were seen; at the end all must be 1. */
static void count_seen(struct bed *bed, int *seen, int count)
{
    struct event_list events;
    struct memory *memory = memory_create(64 << 20);
    memset(seen, 0, (size_t)count * sizeof *seen);
    assert_null(event_await(bed->reader, memory, NULL));
    assert_null(events_after(bed->reader, memory, 0, (struct event_id){0}, PAGE, &events));
    for (size_t i = 0; i < events.count; i++) {
        if (!text_is(events.items[i].name, "seen"))
            continue;
        assert_in_range(events.items[i].subject, 0, count - 1);
        seen[events.items[i].subject]++;
    }
    memory_end(memory);
}

static void assert_each_once(struct bed *bed, int count)
{
    int *seen = calloc((size_t)count, sizeof *seen);
    assert_non_null(seen);
    bool waited; /* for transactions of others on this server, which hold events back */
    do {
        while (follow(bed) > 0)
            continue;
        assert_null(event_await(bed->reader, bed->memory, &waited));
    } while (waited);
    count_seen(bed, seen, count);
    for (int i = 0; i < count; i++) {
        if (seen[i] != 1)
            fail_msg("event %d was consumed %d times", i, seen[i]);
    }
    free(seen);
}

/* ---- the reverse order of their ids ------------------------------------------------------------- */

struct order {
    atomic_int emitted;   /* writes that have emitted, from the first */
    atomic_int committed; /* writes that ended, from the last */
    atomic_bool go;       /* the next may commit */
};

struct writing {
    struct bed *bed;
    struct order *order;
    int number;      /* of TOGETHER */
    int64_t subject; /* of its event */
    pthread_t thread;
    const struct problem *problem; /* filled */
};

static const struct problem *emit_then_wait(struct database *db, struct memory *memory,
                                            void *context)
{
    struct writing *writing = context;
    struct order *order = writing->order;
    while (atomic_load(&order->emitted) < writing->number)
        usleep(100);
    const struct problem *problem = event_emit(db, memory, "happened.now", writing->subject,
                                               (struct party_id){0}, text_of(""), clock_now());
    if (atomic_load(&order->emitted) == writing->number)
        atomic_fetch_add(&order->emitted, 1);
    while (atomic_load(&order->committed) < TOGETHER - 1 - writing->number ||
           !atomic_load(&order->go))
        usleep(100);
    atomic_store(&order->go, false);
    return problem;
}

static void *write_one(void *context)
{
    struct writing *writing = context;
    struct memory *memory = memory_create(1 << 20);
    writing->problem = store_write(writing->bed->store, memory, emit_then_wait, writing);
    memory_end(memory);
    atomic_fetch_add(&writing->order->committed, 1);
    return NULL;
}

/* The newest commits first; the follower looks before and after each commit. */
static void one_round(struct bed *bed, int64_t subject)
{
    struct order order = {0};
    struct writing writings[TOGETHER];
    for (int i = 0; i < TOGETHER; i++) {
        writings[i] =
            (struct writing){.bed = bed, .order = &order, .number = i, .subject = subject + i};
        assert_int_equal(pthread_create(&writings[i].thread, NULL, write_one, &writings[i]), 0);
    }
    while (atomic_load(&order.emitted) < TOGETHER)
        usleep(100);
    for (int i = 1; i <= TOGETHER; i++) {
        follow(bed);
        atomic_store(&order.go, true);
        while (atomic_load(&order.committed) < i)
            usleep(100);
    }
    for (int i = 0; i < TOGETHER; i++) {
        pthread_join(writings[i].thread, NULL);
        assert_null(writings[i].problem);
    }
    follow(bed);
}

static void commits_in_reverse_are_consumed_once(void **state)
{
    struct bed bed = begin(state);
    for (int i = 0; i < ROUNDS; i++)
        one_round(&bed, i * TOGETHER);
    assert_each_once(&bed, ROUNDS * TOGETHER);
    bed_end(&bed);
}

/* ---- one that stays open ------------------------------------------------------------------------ */

static const struct problem *emit_now(struct database *db, struct memory *memory, void *context)
{
    const int64_t *subject = context;
    return event_emit(db, memory, "happened.now", *subject, (struct party_id){0}, text_of(""),
                      clock_now());
}

static void an_open_transaction_is_waited_for(void **state)
{
    enum { LATER = 20 };
    struct bed bed = begin(state);
    struct order order = {.committed = TOGETHER - 1};
    struct writing open = {.bed = &bed, .order = &order};
    assert_int_equal(pthread_create(&open.thread, NULL, write_one, &open), 0);
    while (atomic_load(&order.emitted) == 0)
        usleep(100);
    int64_t until = clock_ticks() + INT64_C(3000000000);
    for (int64_t i = 1; i < LATER || clock_ticks() < until; i++) {
        if (i < LATER)
            assert_null(store_write(bed.store, bed.memory, emit_now, &i));
        else
            usleep(20000);
        assert_int_equal(follow(&bed), 0);
    }
    bool held = false;
    assert_null(event_held(bed.reader, bed.memory, &held));
    assert_true(held);
    atomic_store(&order.go, true);
    pthread_join(open.thread, NULL);
    assert_null(open.problem);
    assert_null(event_await(bed.reader, bed.memory, NULL));
    assert_each_once(&bed, LATER);
    bed_end(&bed);
}

/* ---- several that write and follow --------------------------------------------------------------- */

struct crowd {
    struct store *store;
    pthread_t thread;
    int first; /* subject of its first event */
    unsigned int chance;
    atomic_int *writers;           /* that are not done yet */
    const struct problem *problem; /* filled: the first */
};

static const struct problem *emit_and_linger(struct database *db, struct memory *memory,
                                             void *context)
{
    struct crowd *crowd = context;
    int64_t subject = crowd->first;
    const struct problem *problem = emit_now(db, memory, &subject);
    usleep((useconds_t)(rand_r(&crowd->chance) % 20000));
    return problem;
}

static void *emit_many(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < EACH; i++, crowd->first++) {
        struct memory *memory = memory_create(1 << 20);
        const struct problem *problem;
        do { /* as whoever asks would, when many write at once */
            problem = store_write(crowd->store, memory, emit_and_linger, crowd);
        } while (problem == &store_busy);
        crowd->problem = crowd->problem ? crowd->problem : problem;
        memory_end(memory);
    }
    atomic_fetch_sub(crowd->writers, 1);
    return NULL;
}

static void *follow_all(void *context)
{
    struct crowd *crowd = context;
    struct memory *own = memory_create(16 << 20);
    struct database *reader;
    crowd->problem = store_reader(crowd->store, own, &reader);
    while (!crowd->problem && atomic_load(crowd->writers) > 0) {
        int64_t taken;
        struct memory *memory = memory_create(16 << 20);
        const struct problem *problem =
            event_consume(crowd->store, reader, memory, consumers, 1, 500, &taken);
        crowd->problem = problem == &store_busy ? NULL : problem;
        memory_end(memory);
    }
    memory_end(own);
    return NULL;
}

/* Two stores are two processes' worth of connections: both write, both follow. */
static void a_crowd_is_consumed_once(void **state)
{
    struct bed bed = begin(state);
    struct crowd writers[WRITERS];
    struct crowd followers[FOLLOWERS];
    struct store *stores[FOLLOWERS] = {bed.store};
    atomic_int left = WRITERS;
    struct text complaint;
    const struct schema *schemas[2];
    schemas_of(schemas);
    assert_null(store_open_statements(bed.process, text_of(bed.url), schemas, 2,
                                      bed_statements(bed.process, places, COUNT_OF(places)),
                                      &stores[1], &complaint));
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct crowd){.store = stores[i % FOLLOWERS],
                                    .first = i * EACH,
                                    .chance = (unsigned int)i,
                                    .writers = &left};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, emit_many, &writers[i]), 0);
    }
    for (int i = 0; i < FOLLOWERS; i++) {
        followers[i] = (struct crowd){.store = stores[i], .writers = &left};
        assert_int_equal(pthread_create(&followers[i].thread, NULL, follow_all, &followers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        assert_null(writers[i].problem);
    }
    for (int i = 0; i < FOLLOWERS; i++) {
        pthread_join(followers[i].thread, NULL);
        assert_null(followers[i].problem);
    }
    assert_null(event_await(bed.reader, bed.memory, NULL));
    assert_each_once(&bed, WRITERS * EACH);
    store_close(stores[1]);
    bed_end(&bed);
}

/* A copy restored on a server that has counted fewer transactions: its turns lie ahead of all new ones. */
static void a_restored_copy_is_followed_on(void **state)
{
    struct bed bed = begin(state);
    int64_t subject = 0;
    for (; subject < 3; subject++)
        assert_null(store_write(bed.store, bed.memory, emit_now, &subject));
    assert_null(event_await(bed.reader, bed.memory, NULL));
    follow(&bed);
    assert_null(store_write(bed.store, bed.memory, emit_now, &subject));
    subject++;
    if (bed.schema[0]) {
        bed_damage(&bed, "UPDATE core_event SET turn = turn + 1000000000000");
        bed_damage(&bed, "UPDATE core_consumer SET turn = turn + 1000000000000");
    }
    for (int starts = 0; starts < 2; starts++, subject++) {
        assert_null(event_begin(bed.store, bed.reader, bed.memory));
        assert_null(store_write(bed.store, bed.memory, emit_now, &subject));
    }
    assert_each_once(&bed, (int)subject);
    bed_end(&bed);
}

/* On SQLite followers read by id: one that a process with a clock ahead made must not hide what this
 * process makes next. */
static void an_id_from_a_clock_ahead_hides_nothing(void **state)
{
    struct bed bed = begin(state);
    char sql[200];
    int64_t ahead = id_first_at(instant_add(clock_now(), HOUR));
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO core_event (id, turn, name, subject, party, note, at) "
                   "VALUES (%lld, 0, 'happened.ahead', 0, 0, '', 1)",
                   (long long)ahead);
    bed_damage(&bed, sql);
    assert_int_equal(follow(&bed), 1);
    for (int64_t i = 1; i < 5; i++) {
        assert_null(store_write(bed.store, bed.memory, emit_now, &i));
        follow(&bed);
    }
    assert_each_once(&bed, 5);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        {"postgresql: commits_in_reverse_are_consumed_once", commits_in_reverse_are_consumed_once,
         NULL, NULL, postgresql},
        {"postgresql: an_open_transaction_is_waited_for", an_open_transaction_is_waited_for, NULL,
         NULL, postgresql},
        ON_BOTH(a_crowd_is_consumed_once),
        ON_BOTH(a_restored_copy_is_followed_on),
        {"sqlite: an_id_from_a_clock_ahead_hides_nothing", an_id_from_a_clock_ahead_hides_nothing,
         NULL, NULL, sqlite},
    };
    return cmocka_run_group_tests_name("core/event", tests, NULL, NULL);
}
