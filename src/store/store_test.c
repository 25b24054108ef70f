/*
 * The store's promises about values, writes, failures and copies, each on both engines.
 *
 * What is refused at start is in store_start_test.c.
 */
#include "store/store_test_bed.h"

#include <pthread.h>
#include <stdatomic.h>

static void round_trip(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing thing = bed_thing(INT64_MAX, "\xe5\x8f\xb0\xe5\x8c\x97 'n \" :x");
    thing.note = (struct maybe_text){true, TEXT("")};
    thing.bonus = (struct maybe_money){true, {-5, {"TWD"}}};
    thing.seen = (struct maybe_instant){true, {INT64_MIN}};
    thing.owner = (struct maybe_thing_id){true, {7}};
    thing.fresh = (struct maybe_flag){true, false};
    thing.rank = (struct maybe_integer){true, 0};
    thing.amount = -9007199254740991;
    assert_null(bed_add(&bed, thing));
    struct thing out;
    struct by_id key = {{INT64_MAX}};
    assert_null(store_run(bed.reader, bed.memory, &thing_by_id, &key, &out));
    assert_true(out.id.value == INT64_MAX && text_equal(out.title, thing.title));
    assert_int_equal(out.title.data[out.title.size], '\0');
    assert_true(out.note.present && out.note.value.size == 0);
    assert_true(out.price.minor == 184 && strcmp(out.price.currency.code, "EUR") == 0);
    assert_true(out.bonus.present && out.bonus.value.minor == -5);
    assert_string_equal(out.bonus.value.currency.code, "TWD");
    assert_int_equal(out.state, THING_OPEN);
    assert_true(out.made.ms == 1781100131000 && out.open);
    assert_true(out.seen.present && out.seen.value.ms == INT64_MIN);
    assert_true(out.owner.present && out.owner.value.value == 7);
    assert_true(out.fresh.present && !out.fresh.value);
    assert_true(out.rank.present && out.rank.value == 0);
    assert_true(out.amount == -9007199254740991);
    bed_end(&bed);
}

static void absent_values(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing thing = bed_thing(1, "bare");
    thing.open = false;
    assert_null(bed_add(&bed, thing));
    struct thing out;
    memset(&out, 0xff, sizeof out);
    struct by_id key = {{1}};
    assert_null(store_run(bed.reader, bed.memory, &thing_by_id, &key, &out));
    assert_false(out.note.present || out.bonus.present || out.seen.present || out.owner.present);
    assert_false(out.fresh.present || out.rank.present || out.open);
    key.id.value = 2;
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_by_id, &key, &out), &not_found);
    bed_end(&bed);
}

static const struct problem *add_hundred(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    for (int i = 0; i < 100 && !problem; i++) {
        char title[32];
        (void)snprintf(title, sizeof title, "%s %d", (const char *)context, i);
        struct thing thing = bed_thing(1000 + i, title);
        problem = store_run(db, memory, &thing_add, &thing, NULL);
    }
    return problem;
}

static void lists(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing_list list = {(const struct thing *)1, 1};
    assert_null(store_run(bed.reader, bed.memory, &thing_list, NULL, &list));
    assert_int_equal(list.count, 0);
    assert_null(store_write(bed.store, bed.memory, add_hundred, "number"));
    assert_null(store_run(bed.reader, bed.memory, &thing_list, NULL, &list));
    assert_int_equal(list.count, 100);
    for (size_t i = 0; i < list.count; i++) {
        char title[32];
        (void)snprintf(title, sizeof title, "number %d", (int)i);
        assert_true(text_is(list.items[i].title, title));
        assert_int_equal(list.items[i].id.value, 1000 + (int)i);
    }
    struct brief one;
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_any, NULL, &one), &our_fault);
    bed_end(&bed);
}

static const struct problem *spoil(struct database *db, struct memory *memory, void *context)
{
    struct by_id key = {{1}};
    return store_run(db, memory, context, &key, NULL);
}

static void rows_that_do_not_fit(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing thing = bed_thing(1, "one");
    thing.bonus = (struct maybe_money){true, {5, {"EUR"}}};
    assert_null(bed_add(&bed, thing));
    struct by_id key = {{1}};
    struct brief brief;
    struct thing out;
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_null_title, &key, &brief),
                     &store_broken);
    assert_null(store_write(bed.store, bed.memory, spoil, (void *)(uintptr_t)&thing_half));
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_by_id, &key, &out), &store_broken);
    assert_null(store_write(bed.store, bed.memory, spoil, (void *)(uintptr_t)&thing_spoil));
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_by_id, &key, &out), &store_broken);
    thing = bed_thing(2, "two");
    thing.state = 0;
    assert_ptr_equal(bed_add(&bed, thing), &our_fault);
    thing = bed_thing(2, "two");
    thing.price.currency = (struct currency){""};
    assert_ptr_equal(bed_add(&bed, thing), &our_fault);
    assert_int_equal(bed_number(&bed, &thing_count), 1);
    bed_end(&bed);
}

static const struct problem *add_child(struct database *db, struct memory *memory, void *context)
{
    return store_run(db, memory, &child_add, context, NULL);
}

static void constraints(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "one")));
    assert_ptr_equal(bed_add(&bed, bed_thing(1, "same id")), &conflict);
    assert_ptr_equal(bed_add(&bed, bed_thing(2, "one")), &conflict);
    struct thing thing = bed_thing(3, "refused by CHECK");
    thing.amount = -13;
    assert_ptr_equal(bed_add(&bed, thing), &our_fault);
    struct by_id key = {{99}};
    assert_ptr_equal(store_write(bed.store, bed.memory, add_child, &key), &conflict);
    key.id.value = 1;
    assert_null(store_write(bed.store, bed.memory, add_child, &key));
    assert_int_equal(bed_number(&bed, &thing_count), 1);
    bed_end(&bed);
}

static const struct problem own_problem = {"trial.refused", 409, FAULT_CLIENT, false};

static const struct problem *refuse_after(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = store_run(db, memory, &thing_add, context, NULL);
    return problem ? problem : &own_problem;
}

static const struct problem *ignore_failure(struct database *db, struct memory *memory,
                                            void *context)
{
    struct thing thing = bed_thing(50, "before");
    (void)store_run(db, memory, &thing_add, &thing, NULL);
    (void)store_run(db, memory, &thing_add, context, NULL);
    return NULL;
}

static const struct problem *set_missing(struct database *db, struct memory *memory, void *context)
{
    struct brief brief = {{12345}, TEXT("none"), 1};
    struct brief out;
    const struct problem *problem = store_run(db, memory, &thing_set, &brief, &out);
    return problem == &not_found ? store_run(db, memory, &thing_add, context, NULL) : &our_fault;
}

static void works_fail_alone(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing thing = bed_thing(1, "one");
    assert_ptr_equal(store_write(bed.store, bed.memory, refuse_after, &thing), &own_problem);
    assert_int_equal(bed_number(&bed, &thing_count), 0);
    assert_null(store_write(bed.store, bed.memory, set_missing, &thing));
    /* A work that goes on after a failed statement loses everything on both engines. */
    assert_ptr_equal(store_write(bed.store, bed.memory, ignore_failure, &thing), &conflict);
    assert_int_equal(bed_number(&bed, &thing_count), 1);
    bed_end(&bed);
}

#define THREADS 16
#define WRITES  200

struct crowd {
    struct bed *bed;
    int number;         /* of the thread */
    atomic_int *failed; /* answers that were not the expected one */
};

/* What the work of an id is to end with: refused by itself, or by a foreign key left open. */
static const struct problem *crowd_expects(int64_t id)
{
    if (id % 10 == 0) {
        return &own_problem;
    }
    return id % 10 == 5 ? &conflict : NULL;
}

static const struct problem *crowd_work(struct database *db, struct memory *memory, void *context)
{
    const struct thing *thing = context;
    struct by_id nowhere = {{-thing->id.value}};
    const struct problem *problem = store_run(db, memory, &thing_add, thing, NULL);
    if (!problem && crowd_expects(thing->id.value) == &conflict) {
        problem = store_run(db, memory, &child_add, &nowhere, NULL);
    } else if (!problem) {
        problem = crowd_expects(thing->id.value);
    }
    return problem;
}

static void *crowd_run(void *context)
{
    struct crowd *crowd = context;
    struct memory *memory = memory_create(8 << 20);
    for (int i = 0; i < WRITES; i++) {
        char title[32];
        int64_t id = 1000 * (crowd->number + 1) + i;
        (void)snprintf(title, sizeof title, "%lld", (long long)id);
        struct thing thing = bed_thing(id, title);
        const struct problem *expected = crowd_expects(id);
        if (store_write(crowd->bed->store, memory, crowd_work, &thing) != expected) {
            atomic_fetch_add(crowd->failed, 1);
        }
    }
    memory_end(memory);
    return NULL;
}

/* Every fifth work of each thread is refused in the middle of good ones of the same group. */
static void crowds(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    pthread_t threads[THREADS];
    struct crowd crowds[THREADS];
    atomic_int failed = 0;
    for (int i = 0; i < THREADS; i++) {
        crowds[i] = (struct crowd){&bed, i, &failed};
        assert_int_equal(pthread_create(&threads[i], NULL, crowd_run, &crowds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&failed), 0);
    assert_int_equal(bed_number(&bed, &thing_count), THREADS * WRITES * 8 / 10);
    bed_end(&bed);
}

/* Writes what it worked out from what it read: a lost update if another came in between. */
static const struct problem *raise_one(struct database *db, struct memory *memory, void *context)
{
    struct by_id key = {{1}};
    struct thing before;
    const struct problem *problem = store_run(db, memory, &thing_by_id, &key, &before);
    if (problem) {
        return problem;
    }
    struct brief brief = {{1}, before.title, before.amount + 1};
    return store_run(db, memory, &thing_set, &brief, context);
}

static void *raise_run(void *context)
{
    struct crowd *crowd = context;
    struct memory *memory = memory_create(8 << 20);
    for (int i = 0; i < 25; i++) {
        struct brief out;
        if (store_write(crowd->bed->store, memory, raise_one, &out)) {
            atomic_fetch_add(crowd->failed, 1);
        }
    }
    memory_end(memory);
    return NULL;
}

/* All change one row: serialisation failures are run again, and nobody's change is lost. */
static void one_hot_row(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "hot")));
    pthread_t threads[THREADS];
    struct crowd crowds[THREADS];
    atomic_int failed = 0;
    for (int i = 0; i < THREADS; i++) {
        crowds[i] = (struct crowd){&bed, i, &failed};
        assert_int_equal(pthread_create(&threads[i], NULL, raise_run, &crowds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&failed), 0);
    assert_int_equal(bed_number(&bed, &thing_total), 1 + THREADS * 25);
    bed_end(&bed);
}

/* The same by three processes, as their stores are: nobody is told to come back later. */
static void one_hot_row_of_several_servers(void **state)
{
    enum { SERVERS = 3, EACH = 4 };
    struct bed beds[SERVERS] = {bed_begin(state)};
    pthread_t threads[SERVERS * EACH];
    struct crowd crowds[SERVERS * EACH];
    atomic_int failed = 0;
    bed_open(&beds[0]);
    assert_null(bed_add(&beds[0], bed_thing(1, "hot")));
    for (int i = 1; i < SERVERS; i++) {
        beds[i] = beds[0];
        beds[i].memory = memory_create(64 << 20);
        bed_open(&beds[i]);
    }
    for (int i = 0; i < SERVERS * EACH; i++) {
        crowds[i] = (struct crowd){&beds[i % SERVERS], i, &failed};
        assert_int_equal(pthread_create(&threads[i], NULL, raise_run, &crowds[i]), 0);
    }
    for (int i = 0; i < SERVERS * EACH; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&failed), 0);
    assert_int_equal(bed_number(&beds[0], &thing_total), 1 + SERVERS * EACH * 25);
    for (int i = 1; i < SERVERS; i++) {
        bed_close(&beds[i]);
    }
    bed_end(&beds[0]);
}

static const struct problem *add_three(struct database *db, struct memory *memory, void *context)
{
    int64_t first = *(const int64_t *)context;
    const struct problem *problem = NULL;
    for (int64_t i = 0; i < 3 && !problem; i++) {
        char title[32];
        (void)snprintf(title, sizeof title, "%lld", (long long)(first + i));
        struct thing thing = bed_thing(first + i, title);
        problem = store_run(db, memory, &thing_add, &thing, NULL);
    }
    return problem;
}

static void every_statement_fails(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    int64_t first = 100;
    for (long n = 0; n < 3; n++) {
        store_fail_after(n);
        assert_ptr_equal(store_write(bed.store, bed.memory, add_three, &first), &store_broken);
        assert_int_equal(bed_number(&bed, &thing_count), 0);
    }
    store_fail_commit_after(0);
    assert_ptr_equal(store_write(bed.store, bed.memory, add_three, &first), &store_broken);
    assert_int_equal(bed_number(&bed, &thing_count), 0);
    store_fail_commit_after(1);
    size_t before = store_count();
    assert_null(store_write(bed.store, bed.memory, add_three, &first));
    assert_int_equal(store_count() - before, 3);
    first = 200;
    assert_ptr_equal(store_write(bed.store, bed.memory, add_three, &first), &store_broken);
    assert_null(store_write(bed.store, bed.memory, add_three, &first));
    assert_int_equal(bed_number(&bed, &thing_count), 6);
    bed_end(&bed);
}

static const struct problem *look_twice(struct database *db, struct memory *memory, void *context)
{
    struct bed *bed = context;
    struct total before;
    struct total after;
    const struct problem *problem = store_run(db, memory, &thing_count, NULL, &before);
    if (problem) {
        return problem;
    }
    assert_null(bed_add(bed, bed_thing(77, "meanwhile")));
    problem = store_run(db, memory, &thing_count, NULL, &after);
    assert_int_equal(before.total, after.total);
    return problem;
}

static void reader_sees_one_snapshot(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "one")));
    assert_null(store_read(bed.reader, bed.memory, look_twice, &bed));
    assert_int_equal(bed_number(&bed, &thing_count), 2);
    bed_end(&bed);
}

static const struct problem *ask_time_given(struct database *db, struct memory *memory,
                                            void *context)
{
    return store_run(db, memory, &time_given, NULL, context);
}

static void a_long_read_has_time(void **state)
{
    struct bed bed = bed_begin(state);
    struct total total = {-1};
    bed_open(&bed);
    assert_null(store_read_long(bed.reader, bed.memory, ask_time_given, &total));
    assert_int_equal(total.total, 0);
    /* Only that one. */
    assert_null(store_read(bed.reader, bed.memory, ask_time_given, &total));
    assert_int_equal(total.total, store_is_postgresql(bed.store) ? 15000 : 0);
    bed_end(&bed);
}

static void reader_cannot_write(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct thing thing = bed_thing(1, "one");
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_add, &thing, NULL), &our_fault);
    assert_ptr_equal(store_read(bed.reader, bed.memory, bed_add_work, &thing), &our_fault);
    /* Nor when the statement lies about itself: the connection is read-only, too. */
    bed.reader->writing = true;
    const struct problem *problem = store_run(bed.reader, bed.memory, &thing_add, &thing, NULL);
    bed.reader->writing = false;
    bed.reader->doomed = NULL;
    assert_non_null(problem);
    assert_int_equal(bed_number(&bed, &thing_count), 0);
    bed_end(&bed);
}

static void reopening(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "kept")));
    store_close(bed.store);
    bed_close(&bed);
    bed.memory = memory_create(64 << 20);
    bed_open(&bed);
    assert_int_equal(bed_number(&bed, &thing_count), 1);
    bed_end(&bed);
}

static void plans(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    struct text plan;
    assert_null(store_plan(bed.reader, bed.memory, &thing_by_id, &plan));
    assert_non_null(strstr(text_c(bed.memory, plan), store_is_postgresql(bed.store)
                                                         ? "Index Scan using trial_thing_pkey"
                                                         : "SEARCH trial_thing"));
    assert_null(store_plan(bed.reader, bed.memory, &thing_total, &plan));
    assert_non_null(strstr(text_c(bed.memory, plan),
                           store_is_postgresql(bed.store) ? "Seq Scan" : "SCAN trial_thing"));
    bed_end(&bed);
}

static atomic_bool copied;
static size_t copied_pages;

static void copying(size_t done, size_t all)
{
    assert_true(done <= all);
    copied_pages = done;
}

static void *write_meanwhile(void *context)
{
    struct bed *bed = context;
    struct memory *memory = memory_create(64 << 20);
    for (int64_t id = 10000; !atomic_load(&copied); id += 3) {
        if (store_write(bed->store, memory, add_three, &id)) {
            break;
        }
    }
    memory_end(memory);
    return NULL;
}

static void backup_while_writing(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    char file[128];
    struct text complaint;
    (void)snprintf(file, sizeof file, "%s/copy.db", bed.folder);
    if (store_is_postgresql(bed.store)) {
        assert_non_null(store_backup(bed.store, file, copying, &complaint));
        assert_non_null(strstr(complaint.data, "pg_dump"));
        bed_end(&bed);
        return;
    }
    assert_null(store_write(bed.store, bed.memory, add_hundred, "base"));
    pthread_t thread;
    atomic_store(&copied, false);
    assert_int_equal(pthread_create(&thread, NULL, write_meanwhile, &bed), 0);
    for (int i = 0; i < 20; i++) {
        assert_null(store_backup(bed.store, file, copying, &complaint));
    }
    atomic_store(&copied, true);
    pthread_join(thread, NULL);
    assert_true(copied_pages > 0);
    store_close(bed.store);
    (void)snprintf(bed.url, sizeof bed.url, "sqlite:%s", file);
    bed_open(&bed);
    int64_t count = bed_number(&bed, &thing_count);
    assert_true(count >= 100);
    assert_int_equal((count - 100) % 3, 0); /* no third of a work */
    bed_end(&bed);
}

/* The server ends every connection, as it does when it restarts. */
static void lost_connections(void **state)
{
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "before")));
    static const char end_all[] = "DO $$BEGIN PERFORM pg_terminate_backend(pid, 2000) "
                                  "FROM pg_stat_activity WHERE application_name = '%s'; END$$";
    bed_command(end_all, bed.schema);
    assert_int_equal(bed_number(&bed, &thing_count), 1);
    assert_null(bed_add(&bed, bed_thing(2, "after")));
    bed_command(end_all, bed.schema);
    assert_null(store_read(bed.reader, bed.memory, look_twice, &bed));
    assert_int_equal(bed_number(&bed, &thing_count), 3);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(round_trip),
        ON_BOTH(absent_values),
        ON_BOTH(lists),
        ON_BOTH(rows_that_do_not_fit),
        ON_BOTH(constraints),
        ON_BOTH(works_fail_alone),
        ON_BOTH(crowds),
        ON_BOTH(one_hot_row),
        {"postgresql: one_hot_row_of_several_servers", one_hot_row_of_several_servers, NULL, NULL,
         postgresql},
        ON_BOTH(every_statement_fails),
        ON_BOTH(reader_sees_one_snapshot),
        ON_BOTH(a_long_read_has_time),
        ON_BOTH(reader_cannot_write),
        ON_BOTH(reopening),
        ON_BOTH(plans),
        ON_BOTH(backup_while_writing),
        {"postgresql: lost_connections", lost_connections, NULL, NULL, postgresql},
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
