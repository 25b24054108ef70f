/*
 * A purchase is whole or not at all: with every statement, every commit and every allocation of it
 * failing in turn, with a double click, with two who want the same, with money that is a cent short.
 *
 * What is "not at all" is judged by a fingerprint over all rows of all tables, read by a connection of
 * the test's own. Each test runs on SQLite, and on PostgreSQL when TEST_POSTGRESQL names a server.
 * Read next: modules/stock/sale.c, tests/run_kill.sh.
 */
#include <pthread.h>

#include "eyes.h"

enum { FAULTS_MAX = 5000, ROUNDS = 12 };

/* One number of one row. */
static int64_t number(struct eyes *eyes, const char *sql)
{
    int64_t value = -1;
    if (eyes->sqlite) {
        sqlite3_stmt *statement;
        assert_int_equal(sqlite3_prepare_v2(eyes->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
    } else {
        PGresult *result = PQexec(eyes->postgresql, sql);
        assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
        value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
        PQclear(result);
    }
    return value;
}

static int64_t licences(struct eyes *eyes)
{
    return number(eyes, "SELECT count(*) FROM stock_licence");
}

static int64_t wallet(struct eyes *eyes, struct party_id organisation)
{
    struct ledger_balance balance;
    struct currency euro = {"EUR"};
    assert_null(ledger_balance(eyes->bed.world.reader, eyes->bed.memory, organisation,
                               ACCOUNT_WALLET, euro, &balance));
    assert_int_equal(balance.held.minor, 0);
    return balance.balance.minor;
}

/* ---- a purchase ------------------------------------------------------------------------------- */

static struct stock_purchase standard(struct eyes *eyes, struct stock_photo_id photo,
                                      struct party_id organisation, const char *once)
{
    return (struct stock_purchase){
        .photo = photo,
        .licence = LICENCE_STANDARD,
        .organisation = organisation,
        .person = eyes->bed.buyer,
        .seen = {BED_PRICE, {"EUR"}},
        .language = text_of("en"),
        .once = text_of(once),
    };
}

static const struct problem *buy(struct eyes *eyes, const struct stock_purchase *purchase,
                                 struct stock_licence_id *out)
{
    struct memory *memory = memory_create(16 << 20);
    assert_non_null(memory);
    const struct problem *problem =
        stock_buy(eyes->bed.world.store, memory, purchase, clock_now(), out);
    memory_end(memory);
    return problem;
}

/* After something failed under this key: the key still gives one licence, and the same one again. */
static void buys_once(struct eyes *eyes, const struct stock_purchase *purchase)
{
    struct stock_licence_id first = {0};
    struct stock_licence_id second = {0};
    int64_t before = licences(eyes);
    assert_null(buy(eyes, purchase, &first));
    assert_int_equal(licences(eyes), before + 1);
    uint64_t held = fingerprint(eyes);
    assert_null(buy(eyes, purchase, &second));
    assert_int_equal(first.value, second.value);
    assert_true(fingerprint(eyes) == held);
}

static void refused(struct eyes *eyes, const struct stock_purchase *purchase,
                    const struct problem *why)
{
    struct stock_licence_id licence;
    uint64_t before = fingerprint(eyes);
    assert_ptr_equal(buy(eyes, purchase, &licence), why);
    assert_true(fingerprint(eyes) == before);
}

/* ---- failing in turn -------------------------------------------------------------------------- */

/* Arms one failure after `successes`; a negative number disarms. */
typedef void arm(long successes);

/* Lets the first, second, ... of what a purchase does fail, until one purchase needs no more. `all`
 * tries each key again at once; else one in eight. Returns how many failures there were. */
static long fail_in_turn(struct eyes *eyes, arm *fail_after, const struct problem *expected,
                         bool all)
{
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id organisation = bed_business(&eyes->bed, eyes->bed.buyer, 1 << 30);
    long failures = 0;
    for (long n = 0; n < FAULTS_MAX; n++) {
        char once[40];
        struct stock_licence_id licence;
        snprintf(once, sizeof once, "fault-%p-%ld", (void *)&failures, n);
        struct stock_purchase purchase = standard(eyes, photo, organisation, once);
        struct memory *memory = memory_create(16 << 20);
        uint64_t before = fingerprint(eyes);
        struct instant at = clock_now();
        fail_after(n);
        const struct problem *problem =
            stock_buy(eyes->bed.world.store, memory, &purchase, at, &licence);
        fail_after(-1);
        memory_end(memory);
        if (!problem)
            return failures;
        failures++;
        if (problem != expected)
            fail_msg("failure %ld is told as %s, not %s", n, problem->name, expected->name);
        if (fingerprint(eyes) != before)
            fail_msg("something is left of a purchase that failed at %ld", n);
        if (all || n % 8 == 0)
            buys_once(eyes, &purchase);
    }
    fail_msg("a purchase still fails after %d faults", FAULTS_MAX);
    return failures;
}

static void test_each_statement_fails(void **state)
{
    struct eyes *eyes = *state;
    long failures = fail_in_turn(eyes, store_fail_after, &store_broken, true);
    printf("# each of %ld statements failed\n", failures);
    assert_in_range(failures, 20, 200);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

static void test_each_commit_fails(void **state)
{
    struct eyes *eyes = *state;
    long failures = fail_in_turn(eyes, store_fail_commit_after, &store_broken, true);
    assert_int_equal(failures, 1);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

static void test_each_allocation_fails(void **state)
{
    struct eyes *eyes = *state;
    long failures = fail_in_turn(eyes, memory_fail_after, &out_of_memory, false);
    printf("# each of %ld allocations failed\n", failures);
    assert_in_range(failures, 20, FAULTS_MAX - 1);
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* ---- two at once ------------------------------------------------------------------------------ */

struct click {
    struct eyes *eyes;
    struct stock_purchase purchase;
    pthread_barrier_t *start;
    struct stock_licence_id licence;
    const struct problem *problem;
    pthread_t thread;
};

static void *press(void *argument)
{
    struct click *click = argument;
    struct memory *memory = memory_create(16 << 20);
    pthread_barrier_wait(click->start);
    click->problem = stock_buy(click->eyes->bed.world.store, memory, &click->purchase, clock_now(),
                               &click->licence);
    memory_end(memory);
    return NULL;
}

static void press_both(struct eyes *eyes, struct click clicks[2])
{
    pthread_barrier_t start;
    assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
    for (int i = 0; i < 2; i++) {
        clicks[i].eyes = eyes;
        clicks[i].start = &start;
        assert_int_equal(pthread_create(&clicks[i].thread, NULL, press, &clicks[i]), 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(clicks[i].thread, NULL);
    pthread_barrier_destroy(&start);
}

static void test_double_click(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id organisation =
        bed_business(&eyes->bed, eyes->bed.buyer, 10 * ROUNDS * BED_PRICE);
    for (int round = 0; round < ROUNDS; round++) {
        char once[40];
        snprintf(once, sizeof once, "double-%d", round);
        int64_t had = licences(eyes);
        int64_t money = wallet(eyes, organisation);
        struct click clicks[2] = {{.purchase = standard(eyes, photo, organisation, once)},
                                  {.purchase = standard(eyes, photo, organisation, once)}};
        press_both(eyes, clicks);
        assert_null(clicks[0].problem);
        assert_null(clicks[1].problem);
        assert_int_equal(clicks[0].licence.value, clicks[1].licence.value);
        assert_int_equal(licences(eyes), had + 1);
        assert_int_equal(wallet(eyes, organisation), money - BED_PRICE);
    }
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* Of two who want what only one can have: who lost is told a rule of rights or that it is gone. */
static int one_wins(struct eyes *eyes, struct click clicks[2])
{
    press_both(eyes, clicks);
    int winner = clicks[0].problem ? 1 : 0;
    const struct problem *lost = clicks[1 - winner].problem;
    assert_null(clicks[winner].problem);
    assert_non_null(lost);
    if (lost != &stock_not_for_sale && lost != &right_passed_on && lost != &right_exclusive_runs &&
        lost != &right_still_licensed)
        fail_msg("who came second is told %s", lost->name);
    return winner;
}

static void test_two_want_all_rights(void **state)
{
    struct eyes *eyes = *state;
    struct party_id businesses[2];
    for (int i = 0; i < 2; i++)
        businesses[i] = bed_business(&eyes->bed, eyes->bed.buyer, 10 * ROUNDS * BED_BUYOUT);
    for (int round = 0; round < ROUNDS; round++) {
        struct stock_photo_id photo = bed_photo(&eyes->bed);
        struct click clicks[2];
        int64_t money[2];
        for (int i = 0; i < 2; i++) {
            clicks[i] = (struct click){.purchase = standard(eyes, photo, businesses[i], "")};
            clicks[i].purchase.licence = LICENCE_BUYOUT;
            clicks[i].purchase.seen.minor = BED_BUYOUT;
            money[i] = wallet(eyes, businesses[i]);
        }
        int64_t had = licences(eyes);
        int winner = one_wins(eyes, clicks);
        assert_int_equal(licences(eyes), had + 1);
        assert_int_equal(wallet(eyes, businesses[winner]), money[winner] - BED_BUYOUT);
        assert_int_equal(wallet(eyes, businesses[1 - winner]), money[1 - winner]);
    }
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* Of two businesses: who holds a licence may well buy all rights too. */
static void test_a_licence_against_all_rights(void **state)
{
    struct eyes *eyes = *state;
    struct party_id businesses[2];
    for (int i = 0; i < 2; i++)
        businesses[i] = bed_business(&eyes->bed, eyes->bed.buyer, 10 * ROUNDS * BED_BUYOUT);
    for (int round = 0; round < ROUNDS; round++) {
        struct stock_photo_id photo = bed_photo(&eyes->bed);
        struct click clicks[2] = {{.purchase = standard(eyes, photo, businesses[0], "")},
                                  {.purchase = standard(eyes, photo, businesses[1], "")}};
        clicks[1].purchase.licence = LICENCE_BUYOUT;
        clicks[1].purchase.seen.minor = BED_BUYOUT;
        int64_t money[2] = {wallet(eyes, businesses[0]), wallet(eyes, businesses[1])};
        int winner = one_wins(eyes, clicks);
        int64_t paid = winner ? BED_BUYOUT : BED_PRICE;
        assert_int_equal(wallet(eyes, businesses[winner]), money[winner] - paid);
        assert_int_equal(wallet(eyes, businesses[1 - winner]), money[1 - winner]);
    }
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* A request that began earlier may be written later: the order of writes decides, not the moments
 * at which people pressed. */
static void test_a_later_moment_written_first(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct memory *memory = eyes->bed.memory;
    struct stock_licence_id licence;
    struct party_id first = bed_business(&eyes->bed, eyes->bed.buyer, BED_PRICE);
    struct party_id second = bed_business(&eyes->bed, eyes->bed.buyer, BED_BUYOUT);
    struct instant now = clock_now();
    struct stock_purchase purchase = standard(eyes, photo, first, "");
    assert_null(stock_buy(eyes->bed.world.store, memory, &purchase, now, &licence));
    purchase = standard(eyes, photo, second, "");
    purchase.licence = LICENCE_BUYOUT;
    purchase.seen.minor = BED_BUYOUT;
    uint64_t before = fingerprint(eyes);
    assert_ptr_equal(
        stock_buy(eyes->bed.world.store, memory, &purchase, instant_add(now, -5), &licence),
        &right_still_licensed);
    assert_true(fingerprint(eyes) == before);
}

static void test_money_for_one_of_two(void **state)
{
    struct eyes *eyes = *state;
    for (int round = 0; round < ROUNDS; round++) {
        struct party_id organisation = bed_business(&eyes->bed, eyes->bed.buyer, BED_PRICE);
        struct click clicks[2];
        for (int i = 0; i < 2; i++)
            clicks[i] =
                (struct click){.purchase = standard(eyes, bed_photo(&eyes->bed), organisation, "")};
        press_both(eyes, clicks);
        int winner = clicks[0].problem ? 1 : 0;
        assert_null(clicks[winner].problem);
        assert_ptr_equal(clicks[1 - winner].problem, &ledger_not_enough);
        assert_int_equal(wallet(eyes, organisation), 0);
    }
    assert_int_equal(bed_discrepancies(&eyes->bed), 0);
}

/* ---- what changed meanwhile ------------------------------------------------------------------- */

static void test_a_cent_short(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id short_of = bed_business(&eyes->bed, eyes->bed.buyer, BED_PRICE - 1);
    struct party_id exact = bed_business(&eyes->bed, eyes->bed.buyer, BED_PRICE);
    struct stock_purchase purchase = standard(eyes, photo, short_of, "a-cent-short");
    refused(eyes, &purchase, &ledger_not_enough);
    purchase = standard(eyes, photo, exact, "a-cent-short");
    buys_once(eyes, &purchase);
    assert_int_equal(wallet(eyes, exact), 0);
    assert_int_equal(wallet(eyes, short_of), BED_PRICE - 1);
}

static void test_price_changed(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id organisation = bed_business(&eyes->bed, eyes->bed.buyer, 10 * BED_PRICE);
    struct stock_purchase purchase = standard(eyes, photo, organisation, "changed");
    bed_describe(&eyes->bed, photo, BED_PRICE + 1);
    refused(eyes, &purchase, &stock_price_changed);
    bed_describe(&eyes->bed, photo, BED_PRICE - 1);
    refused(eyes, &purchase, &stock_price_changed);
    bed_describe(&eyes->bed, photo, 0);
    refused(eyes, &purchase, &stock_not_offered);
    purchase.seen.minor = BED_PRICE + 2;
    bed_describe(&eyes->bed, photo, BED_PRICE + 2);
    buys_once(eyes, &purchase);
}

static void test_withdrawn_meanwhile(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id organisation = bed_business(&eyes->bed, eyes->bed.buyer, 10 * BED_PRICE);
    struct stock_purchase purchase = standard(eyes, photo, organisation, "withdrawn");
    assert_null(stock_photo_move(eyes->bed.world.store, eyes->bed.memory, photo, PHOTO_WITHDRAW,
                                 BY_SUPPLIER, eyes->bed.author, 0, text_of(""), clock_now()));
    refused(eyes, &purchase, &stock_not_for_sale);
    assert_int_equal(wallet(eyes, organisation), 10 * BED_PRICE);
}

static void test_key_with_other_content(void **state)
{
    struct eyes *eyes = *state;
    struct stock_photo_id photo = bed_photo(&eyes->bed);
    struct party_id organisation = bed_business(&eyes->bed, eyes->bed.buyer, 10 * BED_PRICE);
    struct stock_purchase purchase = standard(eyes, photo, organisation, "again");
    buys_once(eyes, &purchase);
    purchase.photo = bed_photo(&eyes->bed);
    refused(eyes, &purchase, &ledger_once_conflict);
}

#define EACH_TEST(X)                                                                               \
    X(test_each_statement_fails)                                                                   \
    X(test_each_commit_fails)                                                                      \
    X(test_each_allocation_fails)                                                                  \
    X(test_double_click)                                                                           \
    X(test_two_want_all_rights)                                                                    \
    X(test_a_licence_against_all_rights)                                                           \
    X(test_a_later_moment_written_first)                                                           \
    X(test_money_for_one_of_two)                                                                   \
    X(test_a_cent_short)                                                                           \
    X(test_price_changed)                                                                          \
    X(test_withdrawn_meanwhile)                                                                    \
    X(test_key_with_other_content)

#define ON_POSTGRESQL(name)                                                                        \
    static void name##_on_postgresql(void **state)                                                 \
    {                                                                                              \
        on_postgresql(state, name);                                                                \
    }
EACH_TEST(ON_POSTGRESQL)

#define LISTED(name)            cmocka_unit_test(name),
#define LISTED_POSTGRESQL(name) cmocka_unit_test(name##_on_postgresql),

int main(void)
{
    const struct CMUnitTest sqlite[] = {EACH_TEST(LISTED)};
    const struct CMUnitTest postgresql[] = {EACH_TEST(LISTED_POSTGRESQL)};
    int failed =
        cmocka_run_group_tests_name("a purchase on SQLite", sqlite, open_sqlite, close_world);
    failed += cmocka_run_group_tests_name("a purchase on PostgreSQL", postgresql, open_postgresql,
                                          close_world);
    return failed;
}
