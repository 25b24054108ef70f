/*
 * Money moves whole or not at all: on every path each statement, each commit and each allocation fails
 * in turn; nothing may be left of what failed, and the same call again succeeds, once.
 *
 * Statements and commits all fail in turn; of the allocations, and on PostgreSQL of the statements, so
 * many that the program ends in a minute or two, and all with TEST_NIGHTLY=1. It prints how many failures
 * each path went through. Read next: tests/money_paths.h, tests/eyes.h.
 */
#include "money_paths.h"

enum { FAULTS_MAX = 5000, AGAIN_EVERY = 16 };

/* One kind of failure. */
struct fault {
    void (*arm)(long successes);   /* negative: disarm */
    const struct problem *problem; /* as which it is told */
    long step;                     /* every so many of them fails */
};

/* How many failed in all. */
static struct {
    long statements, commits, allocations;
} all;

static const struct problem *attempt(const struct path *path, struct ground *ground,
                                     const struct fault *fault, long successes)
{
    struct memory *memory = memory_create(64 << 20);
    assert_non_null(memory);
    ground->memory = memory;
    fault->arm(successes);
    const struct problem *problem = path->run(ground);
    fault->arm(-1);
    memory_end(memory);
    return problem;
}

/* What failed succeeds now, and under its key a second time changes nothing. */
static void succeeds(const struct path *path, struct ground *ground, const struct fault *fault,
                     uint64_t before)
{
    const struct problem *problem = attempt(path, ground, fault, -1);
    if (problem)
        fail_msg("%s, after it failed, is refused: %s", path->name, problem->name);
    uint64_t done = fingerprint(ground->eyes);
    if (done == before)
        fail_msg("%s did nothing", path->name);
    if (!path->keyed)
        return;
    problem = attempt(path, ground, fault, -1);
    if (problem)
        fail_msg("%s, under its key again, is refused: %s", path->name, problem->name);
    if (fingerprint(ground->eyes) != done)
        fail_msg("%s happened twice under one key", path->name);
}

static void test_the_clock_jumps_back(void **state)
{
    struct eyes *eyes = *state;
    const struct fault none = {store_fail_after, NULL, 1};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct ground ground = {.eyes = eyes, .bed = &eyes->bed};
        struct instant now;
        paths[i].prepare(&ground);
        now = clock_now();
        clock_set(instant_add(now, -HOUR));
        ground.at = instant_add(ground.at, -HOUR);
        const struct problem *problem = attempt(&paths[i], &ground, &none, -1);
        if (problem)
            fail_msg("%s an hour earlier is refused: %s", paths[i].name, problem->name);
        uint64_t done = fingerprint(eyes);
        clock_set(instant_add(now, MINUTE));
        problem = paths[i].keyed ? attempt(&paths[i], &ground, &none, -1) : NULL;
        if (problem || fingerprint(eyes) != done)
            fail_msg("%s an hour earlier is not known any more", paths[i].name);
        assert_int_equal(bed_discrepancies(&eyes->bed), 0);
    }
}

/* A day is over and closed, then the clock goes back into it: what is posted then belongs to the next. */
static void test_the_clock_jumps_back_into_a_closed_day(void **state)
{
    struct eyes *eyes = *state;
    const struct fault none = {store_fail_after, NULL, 1};
    struct ground ground = {.eyes = eyes, .bed = &eyes->bed};
    for (int round = 0; round < 3; round++) {
        path_day_over(&ground);
        struct instant over = clock_now();
        uint64_t before = fingerprint(eyes);
        assert_null(attempt(&(struct path){.run = path_close_day}, &ground, &none, -1));
        assert_true(fingerprint(eyes) != before);
        clock_set(instant_add(over, -HOUR - MINUTE));
        path_people(&ground);
        assert_null(attempt(&(struct path){.run = path_batch_all}, &ground, &none, -1));
        assert_int_equal(bed_discrepancies(&eyes->bed), 0);
        clock_set(instant_add(over, MINUTE));
    }
    assert_null(attempt(&(struct path){.run = path_close_day}, &ground, &none, -1));
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* Lets the first, second, ... of what the path does fail until two calls in a row need no more; returns
 * how many failures there were. */
static long fail_in_turn(struct eyes *eyes, const struct path *path, const struct fault *fault)
{
    struct ground ground = {.eyes = eyes, .bed = &eyes->bed};
    uint64_t before = 0;
    bool ready = false;
    long failures = 0;
    int succeeded = 0;
    for (long n = 0; succeeded < 2; n += fault->step) {
        if (!ready) {
            path->prepare(&ground);
            before = fingerprint(eyes);
            ready = true;
        }
        const struct problem *problem = attempt(path, &ground, fault, n);
        uint64_t after = fingerprint(eyes);
        succeeded = problem ? 0 : succeeded + 1;
        if (!problem && after == before)
            fail_msg("%s did nothing when %ld was to fail", path->name, n);
        ready = problem != NULL;
        if (!problem)
            continue;
        if (problem != fault->problem)
            fail_msg("%s: failure %ld is told as %s, not %s", path->name, n, problem->name,
                     fault->problem->name);
        if (after != before)
            fail_msg("something is left of %s that failed at %ld", path->name, n);
        if (failures++ % AGAIN_EVERY == 0) {
            succeeds(path, &ground, fault, before);
            ready = false;
        }
        if (n > FAULTS_MAX)
            fail_msg("%s still fails after %d faults", path->name, FAULTS_MAX);
    }
    return failures;
}

static void each_path_fails(struct eyes *eyes, const struct path *path)
{
    bool nightly = getenv("TEST_NIGHTLY") != NULL;
    struct fault statement = {store_fail_after, &store_broken, nightly || eyes->sqlite ? 1 : 4};
    struct fault commit = {store_fail_commit_after, &store_broken, 1};
    struct fault allocation = {memory_fail_after, &out_of_memory, 1};
    if (!nightly && !eyes->sqlite)
        allocation.step = 19;
    long statements = fail_in_turn(eyes, path, &statement);
    long commits = fail_in_turn(eyes, path, &commit);
    long allocations = fail_in_turn(eyes, path, &allocation);
    print_message("# %s: %ld statements, %ld commits, %ld allocations failed\n", path->name,
                  statements, commits, allocations);
    /* PostgreSQL takes many rows in one statement: there the table's numbers say nothing. */
    assert_true(statements >= (eyes->sqlite ? path->statements : 1));
    assert_true(commits >= 1);
    assert_true(allocations >= (eyes->sqlite ? path->allocations : 1));
    all.statements += statements;
    all.commits += commits;
    all.allocations += allocations;
}

static void test_each_path_fails_in_turn(void **state)
{
    struct eyes *eyes = *state;
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        each_path_fails(eyes, &paths[i]);
        assert_int_equal(bed_discrepancies(&eyes->bed), 0);
    }
    print_message("# in all %ld statements, %ld commits, %ld allocations failed\n", all.statements,
                  all.commits, all.allocations);
}

#define EACH_TEST(X)                                                                               \
    X(test_the_clock_jumps_back)                                                                   \
    X(test_the_clock_jumps_back_into_a_closed_day)                                                 \
    X(test_each_path_fails_in_turn)

#define ON_POSTGRESQL(name)                                                                        \
    static void name##_on_postgresql(void **state)                                                 \
    {                                                                                              \
        on_postgresql(state, name);                                                                \
    }
EACH_TEST(ON_POSTGRESQL)

#define LISTED(name)            cmocka_unit_test(name),
#define LISTED_POSTGRESQL(name) cmocka_unit_test(name##_on_postgresql),

static void settings(struct eyes *eyes)
{
    bed_set(eyes->bed.memory, "pay.debtor_name", "Marktgemeinschaft Bonn eG");
    bed_set(eyes->bed.memory, "pay.debtor_iban", "DE89370400440532013000");
}

static int open_on_sqlite(void **state)
{
    int code = open_sqlite(state);
    settings(*state);
    return code;
}

static int open_on_postgresql(void **state)
{
    int code = open_postgresql(state);
    if (*state)
        settings(*state);
    return code;
}

int main(void)
{
    const struct CMUnitTest sqlite[] = {EACH_TEST(LISTED)};
    const struct CMUnitTest postgresql[] = {EACH_TEST(LISTED_POSTGRESQL)};
    /* Stands still and is only put forward, so that ids and moments stay in order. */
    clock_set(clock_now());
    int failed =
        cmocka_run_group_tests_name("money on SQLite", sqlite, open_on_sqlite, close_world);
    failed += cmocka_run_group_tests_name("money on PostgreSQL", postgresql, open_on_postgresql,
                                          close_world);
    return failed;
}
