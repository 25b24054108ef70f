/*
 * Jobs run by several at once: each once, whoever asks; one whose process died is run by another.
 */
#include "core/job.h"

#include <pthread.h>
#include <stdatomic.h>

#include "core/module.h"
#include "ledger/ledger_test_bed.h"

enum { JOBS = 200, STORES = 2, HANDS = 4 };

static const char *const places[] = {"src/ledger/", "src/core/"};

static atomic_int runs[JOBS + 1];

static const struct problem *count_run(struct job_run *run)
{
    atomic_fetch_add(&runs[run->subject], 1);
    return NULL;
}

static const struct job_kind counted = {"test.counted", LANE_MEDIA, count_run};

static const struct problem *enqueue_all(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    const int *count = context;
    for (int i = 1; !problem && i <= *count; i++)
        problem = job_enqueue(db, memory, &counted, i, text_of(""), clock_now());
    return problem;
}

static void schemas_of(const struct schema *out[2])
{
    out[0] = &ledger_schema;
    out[1] = module_all()[0]->schema;
}

static struct bed begin(void **state, int count)
{
    static bool registered;
    const struct schema *schemas[2];
    static const struct job_kind *const kinds[] = {&counted};
    if (!registered)
        job_register(kinds, 1);
    registered = true;
    schemas_of(schemas);
    struct bed bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    for (int i = 0; i <= JOBS; i++)
        atomic_store(&runs[i], 0);
    assert_null(store_write(bed.store, bed.memory, enqueue_all, &count));
    return bed;
}

struct hand {
    struct store *store;
    pthread_t thread;
    int64_t ran;                   /* filled */
    const struct problem *problem; /* filled */
};

static void *work(void *context)
{
    struct hand *hand = context;
    struct memory *memory = memory_create(16 << 20);
    struct database *reader;
    hand->problem = store_reader(hand->store, memory, &reader);
    if (!hand->problem)
        hand->problem = job_work(hand->store, reader, LANE_MEDIA, JOBS, &hand->ran);
    memory_end(memory);
    return NULL;
}

/* Two stores are two processes' worth of connections. */
static void each_job_runs_once(void **state)
{
    struct bed bed = begin(state, JOBS);
    struct hand hands[HANDS];
    const struct schema *schemas[2];
    struct store *second;
    struct text complaint;
    int64_t ran = 0;
    schemas_of(schemas);
    assert_null(store_open_statements(bed.process, text_of(bed.url), schemas, 2,
                                      bed_statements(bed.process, places, COUNT_OF(places)),
                                      &second, &complaint));
    for (int i = 0; i < HANDS; i++) {
        hands[i] = (struct hand){.store = i % STORES ? second : bed.store};
        assert_int_equal(pthread_create(&hands[i].thread, NULL, work, &hands[i]), 0);
    }
    for (int i = 0; i < HANDS; i++) {
        pthread_join(hands[i].thread, NULL);
        assert_null(hands[i].problem);
        ran += hands[i].ran;
    }
    /* Whoever found all that was left in others' hands went away. */
    struct hand last = {.store = bed.store};
    work(&last);
    assert_null(last.problem);
    assert_int_equal(ran + last.ran, JOBS);
    for (int i = 1; i <= JOBS; i++)
        assert_int_equal(atomic_load(&runs[i]), 1);
    store_close(second);
    bed_end(&bed);
}

static void a_job_of_who_died_is_run_after_its_lease(void **state)
{
    struct bed bed = begin(state, 1);
    struct hand hand = {.store = bed.store};
    /* Claimed and never settled. */
    bed_damage(&bed, "UPDATE core_job SET due = due + 900000, tries = 1");
    work(&hand);
    assert_null(hand.problem);
    assert_int_equal(hand.ran, 0);
    clock_set(instant_add(clock_now(), 16 * MINUTE));
    work(&hand);
    assert_null(hand.problem);
    assert_int_equal(hand.ran, 1);
    assert_int_equal(atomic_load(&runs[1]), 1);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_job_runs_once),
        ON_BOTH(a_job_of_who_died_is_run_after_its_lease),
    };
    return cmocka_run_group_tests_name("core/job", tests, NULL, NULL);
}
