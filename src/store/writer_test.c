/*
 * Works that share a commit while some of them fail: before they change anything, and after.
 *
 * The first work keeps the writer until the others stand in line, one after the other, so that they come
 * together in the next group.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "store/store_test_bed.h"

enum { WORKS = 6, HELD_MS = 20 /* longer than a group takes works */ };

static const struct problem refused = {"test.refused", 409, FAULT_CLIENT, false};

enum fails { NEVER, BEFORE, AFTER };

struct caller {
    struct bed *bed;
    pthread_t thread;
    atomic_int task; /* its thread's number, once it runs */
    int64_t id;      /* of what it adds */
    enum fails fails;
    int runs;                      /* how often its work ran */
    const struct problem *problem; /* the answer */
};

/* ---- works ------------------------------------------------------------------------------------- */

static const struct problem *add_or_fail(struct database *db, struct memory *memory, void *context)
{
    struct caller *caller = context;
    char title[32];
    caller->runs++;
    if (caller->fails == BEFORE)
        return &refused;
    (void)snprintf(title, sizeof title, "thing %lld", (long long)caller->id);
    struct thing thing = bed_thing(caller->id, title);
    const struct problem *problem = store_run(db, memory, &thing_add, &thing, NULL);
    if (!problem && caller->fails == AFTER)
        problem = &refused;
    return problem;
}

static void *call(void *context)
{
    struct caller *caller = context;
    struct memory *memory = memory_create(1 << 20);
    atomic_store(&caller->task, (int)gettid());
    caller->problem = store_write(caller->bed->store, memory, add_or_fail, caller);
    memory_end(memory);
    return NULL;
}

struct holder {
    struct bed *bed;
    sem_t begun, over;
};

static const struct problem *hold(struct database *db, struct memory *memory, void *context)
{
    struct holder *holder = context;
    (void)db;
    (void)memory;
    sem_post(&holder->begun);
    while (sem_wait(&holder->over) != 0)
        continue;
    usleep(HELD_MS * 1000);
    return NULL;
}

static void *call_hold(void *context)
{
    struct holder *holder = context;
    struct memory *memory = memory_create(1 << 20);
    const struct problem *problem = store_write(holder->bed->store, memory, hold, holder);
    memory_end(memory);
    return (void *)(uintptr_t)problem;
}

/* Until the thread sleeps; all it can sleep for is its answer. */
static void await_asleep(struct caller *caller)
{
    char path[64];
    char state = 0;
    while (atomic_load(&caller->task) == 0)
        usleep(100);
    (void)snprintf(path, sizeof path, "/proc/self/task/%d/stat", atomic_load(&caller->task));
    while (state != 'S') {
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        assert_int_equal(fscanf(file, "%*d (%*[^)]) %c", &state), 1);
        fclose(file);
    }
}

/* Runs works in one group in the order given. */
static void run_together(struct bed *bed, const enum fails *fails, struct caller *callers)
{
    struct holder holder = {.bed = bed};
    pthread_t thread;
    void *problem;
    sem_init(&holder.begun, 0, 0);
    sem_init(&holder.over, 0, 0);
    assert_int_equal(pthread_create(&thread, NULL, call_hold, &holder), 0);
    while (sem_wait(&holder.begun) != 0)
        continue;
    for (int i = 0; i < WORKS; i++) {
        callers[i] = (struct caller){.bed = bed, .id = i + 1, .fails = fails[i]};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call, &callers[i]), 0);
        await_asleep(&callers[i]);
    }
    sem_post(&holder.over);
    for (int i = 0; i < WORKS; i++)
        pthread_join(callers[i].thread, NULL);
    pthread_join(thread, &problem);
    assert_null(problem);
}

static void assert_answers(struct bed *bed, const struct caller *callers)
{
    int64_t added = 0;
    for (int i = 0; i < WORKS; i++) {
        assert_ptr_equal(callers[i].problem, callers[i].fails == NEVER ? NULL : &refused);
        added += callers[i].fails == NEVER;
    }
    assert_int_equal(bed_number(bed, &thing_count), added);
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void failing_before_a_change_disturbs_nobody(void **state)
{
    static const enum fails fails[WORKS] = {NEVER, BEFORE, NEVER, BEFORE, NEVER, NEVER};
    struct caller callers[WORKS];
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    run_together(&bed, fails, callers);
    assert_answers(&bed, callers);
    for (int i = 0; i < WORKS; i++)
        assert_int_equal(callers[i].runs, 1);
    bed_end(&bed);
}

/* What succeeded before the first of them runs once more; after that each is taken back alone. */
static void failing_after_a_change_takes_back_its_own(void **state)
{
    static const enum fails fails[WORKS] = {NEVER, NEVER, AFTER, NEVER, AFTER, NEVER};
    static const int runs[WORKS] = {2, 2, 1, 1, 1, 1};
    struct caller callers[WORKS];
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    run_together(&bed, fails, callers);
    assert_answers(&bed, callers);
    for (int i = 0; i < WORKS; i++)
        assert_int_equal(callers[i].runs, runs[i]);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    const struct CMUnitTest tests[] = {
        {"failing_before_a_change_disturbs_nobody", failing_before_a_change_disturbs_nobody, NULL,
         NULL, sqlite},
        {"failing_after_a_change_takes_back_its_own", failing_after_a_change_takes_back_its_own,
         NULL, NULL, sqlite},
    };
    return cmocka_run_group_tests_name("store/writer", tests, NULL, NULL);
}
