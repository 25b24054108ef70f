/*
 * Days of the journal: closed in order, without gaps, with all that belongs to them and nothing later,
 * on both engines.
 */
#include "ledger/day.h"
#include "ledger/ledger_test_bed.h"

#include <pthread.h>

#include "base/ids.h"

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test.in"}},
    .count = 1,
};

/* Ids never go back, so each test has years of its own. */
static int64_t fresh_day(void)
{
    static int64_t day = 30000;
    return day += 400;
}

static void set_clock(int64_t day, int64_t ms)
{
    clock_set((struct instant){day * DAY + ms});
}

static const struct problem *post_work(struct database *db, struct memory *memory, void *context)
{
    struct posting posting = {.template = &pay_in,
                              .parties = {firm},
                              .amounts = {{100, eur}},
                              .subject = 7,
                              .at = clock_now()};
    return ledger_post(db, memory, &posting, context);
}

static struct posting_id post(struct bed *bed)
{
    struct posting_id made;
    assert_null(store_write(bed->store, bed->memory, post_work, &made));
    return made;
}

static const struct problem *close_work(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = ledger_day_wait(db, memory);
    return problem ? problem : ledger_day_close(db, memory, context);
}

static const struct problem *next(struct bed *bed, struct ledger_day_row *day)
{
    const struct problem *problem =
        ledger_day_next(bed->reader, bed->memory, clock_now(), NULL, day);
    day->signature = day->public_key = text_of("none");
    day->at = clock_now();
    return problem;
}

static const struct problem *close_day(struct bed *bed, struct ledger_day_row *day)
{
    return store_write(bed->store, bed->memory, close_work, day);
}

static void closes_days_in_order_without_gaps(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    struct ledger_day_row before = {0};
    static const int64_t counts[] = {2, 0, 1};
    set_clock(first, 9 * HOUR);
    assert_ptr_equal(next(&bed, &day), &not_found);
    post(&bed);
    post(&bed);
    set_clock(first + 2, HOUR);
    post(&bed);
    for (int64_t i = 0; i < 3; i++) {
        set_clock(first + i + 1, LEDGER_DAY_REST - 1);
        assert_ptr_equal(next(&bed, &day), &not_found);
        set_clock(first + i + 1, LEDGER_DAY_REST);
        assert_null(next(&bed, &day));
        assert_int_equal(day.day, first + i);
        assert_int_equal(day.postings, counts[i]);
        assert_int_equal(day.transfers, counts[i]);
        assert_int_equal(day.through_posting.value + 1,
                         id_first_at((struct instant){(first + i + 1) * DAY}));
        if (i > 0)
            assert_true(text_equal(day.previous, before.hash));
        assert_null(close_day(&bed, &day));
        assert_ptr_equal(close_day(&bed, &day), &conflict);
        before = day;
    }
    bed_end(&bed);
}

static void hashes_the_same_alone_and_in_a_row(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row days[3];
    struct ledger_day_row again;
    set_clock(first, HOUR);
    post(&bed);
    set_clock(first + 1, HOUR);
    post(&bed);
    set_clock(first + 4, 0);
    for (int i = 0; i < 3; i++)
        assert_null(ledger_day_next(bed.reader, bed.memory, clock_now(), i ? &days[i - 1] : NULL,
                                    &days[i]));
    for (int i = 0; i < 3; i++) {
        assert_null(next(&bed, &again));
        assert_true(text_equal(again.hash, days[i].hash));
        assert_null(close_day(&bed, &again));
    }
    bed_end(&bed);
}

/* A posting that came in after the day was hashed. */
static void does_not_close_over_a_late_posting(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    set_clock(first, HOUR);
    post(&bed);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    set_clock(first, 2 * HOUR);
    post(&bed);
    assert_ptr_equal(close_day(&bed, &day), &conflict);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    assert_int_equal(day.postings, 2);
    assert_null(close_day(&bed, &day));
    bed_end(&bed);
}

/* One whose write is still under way. */
struct slow {
    struct bed *bed;
    pthread_mutex_t lock;
    pthread_cond_t bell;
    bool posted; /* its work is written, not committed */
    struct posting_id made;
    const struct problem *problem;
    store_work *work;
    struct ledger_day_row *day; /* what is closed */
};

static const struct problem *slow_work(struct database *db, struct memory *memory, void *context)
{
    struct slow *slow = context;
    const struct problem *problem = post_work(db, memory, &slow->made);
    pthread_mutex_lock(&slow->lock);
    slow->posted = true;
    pthread_cond_signal(&slow->bell);
    pthread_mutex_unlock(&slow->lock);
    usleep(300000);
    return problem;
}

static void *slow_thread(void *argument)
{
    struct slow *slow = argument;
    struct memory *memory = memory_create(1 << 20);
    slow->problem = store_write(slow->bed->store, memory, slow->work, slow);
    memory_end(memory);
    return NULL;
}

static void waits_for_a_posting_under_way(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    struct slow slow = {.bed = &bed, .work = slow_work};
    pthread_t thread;
    pthread_mutex_init(&slow.lock, NULL);
    pthread_cond_init(&slow.bell, NULL);
    set_clock(first, HOUR);
    post(&bed);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    set_clock(first, 2 * HOUR);
    assert_int_equal(pthread_create(&thread, NULL, slow_thread, &slow), 0);
    pthread_mutex_lock(&slow.lock);
    while (!slow.posted)
        pthread_cond_wait(&slow.bell, &slow.lock);
    pthread_mutex_unlock(&slow.lock);
    assert_ptr_equal(close_day(&bed, &day), &conflict);
    pthread_join(thread, NULL);
    assert_null(slow.problem);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    assert_int_equal(day.postings, 2);
    assert_null(close_day(&bed, &day));
    bed_end(&bed);
}

/* The other way round: the day is being closed while somebody posts into it. */
static const struct problem *slow_close(struct database *db, struct memory *memory, void *context)
{
    struct slow *slow = context;
    const struct problem *problem = close_work(db, memory, slow->day);
    pthread_mutex_lock(&slow->lock);
    slow->posted = true;
    pthread_cond_signal(&slow->bell);
    pthread_mutex_unlock(&slow->lock);
    usleep(300000);
    return problem;
}

static void a_posting_that_waited_goes_to_a_later_day(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    struct slow slow = {.bed = &bed, .work = slow_close, .day = &day};
    pthread_t thread;
    pthread_mutex_init(&slow.lock, NULL);
    pthread_cond_init(&slow.bell, NULL);
    set_clock(first, HOUR);
    post(&bed);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    set_clock(first, 23 * HOUR);
    assert_int_equal(pthread_create(&thread, NULL, slow_thread, &slow), 0);
    pthread_mutex_lock(&slow.lock);
    while (!slow.posted)
        pthread_cond_wait(&slow.bell, &slow.lock);
    pthread_mutex_unlock(&slow.lock);
    struct posting_id late = post(&bed);
    pthread_join(thread, NULL);
    assert_null(slow.problem);
    assert_true(late.value > day.through_posting.value);
    set_clock(first + 2, HOUR);
    assert_null(next(&bed, &day));
    assert_int_equal(day.postings, 1);
    bed_end(&bed);
}

static void a_clock_set_back_opens_no_closed_day(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    set_clock(first, 22 * HOUR);
    post(&bed);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    assert_null(close_day(&bed, &day));
    set_clock(first, 23 * HOUR);
    assert_true(post(&bed).value > day.through_posting.value);
    assert_true(post(&bed).value > day.through_posting.value);
    set_clock(first + 2, HOUR);
    assert_null(next(&bed, &day));
    assert_int_equal(day.postings, 2);
    bed_end(&bed);
}

/* More than one page, counted and hashed as a whole. */
static const struct problem *many_work(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < 500; i++)
        problem = post_work(db, memory, context);
    return problem;
}

static void reads_a_long_day_in_pages(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t first = fresh_day();
    struct ledger_day_row day;
    struct posting_id made;
    set_clock(first, HOUR);
    for (int i = 0; i < 4; i++)
        assert_null(store_write(bed.store, bed.memory, many_work, &made));
    post(&bed);
    set_clock(first + 1, HOUR);
    assert_null(next(&bed, &day));
    assert_int_equal(day.postings, 2001);
    assert_int_equal(day.transfers, 2001);
    assert_null(close_day(&bed, &day));
    bed_end(&bed);
}

/* ---- what accounts held --------------------------------------------------------------------- */

static const struct posting_template pay_back = {
    .name = "test.pay_back",
    .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, 0, "test.back"}},
    .count = 1,
};

enum { MOVES = 120 };
struct move {
    struct instant at;
    int64_t party;
    int64_t minor; /* below zero: out */
};

static const struct problem *move_work(struct database *db, struct memory *memory, void *context)
{
    const struct move *move = context;
    struct posting_id made;
    struct posting posting = {.template = move->minor < 0 ? &pay_back : &pay_in,
                              .parties = {{move->party}},
                              .amounts = {{move->minor < 0 ? -move->minor : move->minor, eur}},
                              .subject = 7,
                              .at = move->at};
    return ledger_post(db, memory, &posting, &made);
}

static int64_t plain_sum(const struct move *moves, int64_t party, struct instant at)
{
    int64_t sum = 0;
    for (int i = 0; i < MOVES; i++) {
        bool counts = moves[i].at.ms < at.ms && (party == 0 || moves[i].party == party);
        sum += counts ? moves[i].minor : 0;
    }
    return party ? sum : -sum;
}

static void expect_at(struct bed *bed, const struct move *moves, struct instant at)
{
    struct money is;
    for (int64_t party = 201; party <= 203; party++) {
        assert_null(ledger_balance_at(bed->reader, bed->memory, (struct party_id){party},
                                      ACCOUNT_WALLET, eur, at, &is));
        assert_int_equal(is.minor, plain_sum(moves, party, at));
    }
    assert_null(ledger_balance_at(bed->reader, bed->memory, (struct party_id){0}, ACCOUNT_WORLD,
                                  eur, at, &is));
    assert_int_equal(is.minor, plain_sum(moves, 0, at));
}

/* Some hours and amounts without a pattern, the same in each run. */
static int64_t chance(int64_t below)
{
    static uint64_t seed = 42;
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)(seed >> 33) % below;
}

static void balances_of_the_past_are_plain_sums(void **state)
{
    struct bed bed = bed_begin(state);
    struct move moves[MOVES];
    struct ledger_day_row day;
    int64_t first = fresh_day();
    struct instant at = {first * DAY + HOUR};
    for (int i = 0; i < MOVES; i++)
        moves[i] = (struct move){{INT64_MAX}, 0, 0};
    for (int i = 0; i < MOVES; i++) {
        int64_t party = 201 + chance(3);
        int64_t held = plain_sum(moves, party, (struct instant){INT64_MAX});
        at = instant_add(at, 1 + chance(8 * HOUR));
        moves[i] =
            (struct move){at, party, i % 3 == 2 && held > 0 ? -1 - chance(held) : 1 + chance(9999)};
        clock_set(at);
        assert_null(store_write(bed.store, bed.memory, move_work, &moves[i]));
        if (i == MOVES * 2 / 3) {
            while (!next(&bed, &day))
                assert_null(close_day(&bed, &day));
        }
    }
    int64_t last = at.ms / DAY;
    for (int64_t d = first - 1; d <= last + 1; d++) {
        expect_at(&bed, moves, (struct instant){d * DAY});
        expect_at(&bed, moves, (struct instant){d * DAY + chance(DAY)});
    }
    for (int i = 0; i < MOVES; i += 7)
        expect_at(&bed, moves, instant_add(moves[i].at, 1));
    struct money none;
    assert_null(ledger_balance_at(bed.reader, bed.memory, (struct party_id){999}, ACCOUNT_WALLET,
                                  eur, at, &none));
    assert_int_equal(none.minor, 0);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(closes_days_in_order_without_gaps),
        ON_BOTH(hashes_the_same_alone_and_in_a_row),
        ON_BOTH(does_not_close_over_a_late_posting),
        ON_BOTH(waits_for_a_posting_under_way),
        ON_BOTH(a_posting_that_waited_goes_to_a_later_day),
        ON_BOTH(a_clock_set_back_opens_no_closed_day),
        ON_BOTH(balances_of_the_past_are_plain_sums),
        ON_BOTH(reads_a_long_day_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
