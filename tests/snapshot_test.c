/*
 * Somebody who looks for an hour stops nobody: while a snapshot of the database is held open, purchases
 * are posted, their events reach every follower, and a transaction that somebody left open holds the
 * followers back only until it ends.
 *
 * Each test runs on SQLite, and on PostgreSQL when TEST_POSTGRESQL names a server, and ends with the
 * audit. The hour is the program's clock; the database's goes on as ever. Read next: core/event.h,
 * store/store_test.c (what a reader of a snapshot sees).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libpq-fe.h>
#include <string.h>

#include "core/event.h"
#include "purchase_test_bed.h"

enum { STEPS = 12 };
#define STEP (HOUR / STEPS)
#define PAID (STEPS * INT64_C(10000)) /* cents in the wallet at first */

struct place {
    struct bed bed;
    struct party_id business;
    PGconn *postgresql; /* NULL: SQLite */
    char schema[64];    /* on PostgreSQL */
    char folder[64];    /* the data folder */
};

static int64_t wallet(struct place *place, struct database *reader)
{
    struct ledger_balance is;
    assert_null(ledger_balance(reader, place->bed.memory, place->business, ACCOUNT_WALLET,
                               (struct currency){"EUR"}, &is));
    return is.balance.minor;
}

static void buy(struct place *place)
{
    struct bed *bed = &place->bed;
    struct stock_licence_id licence;
    struct stock_purchase purchase = {.photo = bed_photo(bed),
                                      .licence = LICENCE_STANDARD,
                                      .organisation = place->business,
                                      .person = bed->buyer,
                                      .seen = {BED_PRICE, {"EUR"}},
                                      .language = text_of("en")};
    assert_null(stock_buy(bed->world.store, bed->memory, &purchase, clock_now(), &licence));
}

/* Lets followers take what they can see now; how many events that were. */
static int64_t followed(struct place *place)
{
    struct world *world = &place->bed.world;
    int64_t taken = 0;
    assert_null(event_consume(world->store, world->reader, place->bed.memory, world->consumers,
                              world->consumer_count, 500, &taken));
    return taken;
}

static void all_is_followed(struct place *place)
{
    bool held = true;
    assert_null(world_settle(&place->bed.world));
    assert_null(event_held(place->bed.world.reader, place->bed.memory, &held));
    assert_false(held);
    assert_int_equal(followed(place), 0);
}

/* What happens in the hour while `holder` looks at one snapshot. */
static const struct problem *an_hour(struct database *holder, struct memory *memory, void *context)
{
    struct place *place = context;
    struct instant began = clock_now();
    (void)memory;
    assert_int_equal(wallet(place, holder), PAID);
    for (int step = 1; step <= STEPS; step++) {
        clock_set(instant_add(began, step * STEP));
        buy(place);
        assert_null(event_await(place->bed.world.reader, place->bed.memory, NULL));
        assert_true(followed(place) > 0);
        all_is_followed(place);
        assert_int_equal(wallet(place, place->bed.world.reader), PAID - step * BED_PRICE);
    }
    assert_int_equal(wallet(place, holder), PAID);
    return NULL;
}

static void test_a_snapshot_held_for_an_hour(void **state)
{
    struct place *place = *state;
    struct memory *memory = memory_create(4 << 20);
    struct database *holder = NULL;
    all_is_followed(place);
    assert_null(store_reader(place->bed.world.store, memory, &holder));
    clock_set(clock_now());
    assert_null(store_read(holder, memory, an_hour, place));
    assert_int_equal(wallet(place, holder), PAID - STEPS * BED_PRICE);
    clock_set((struct instant){0});
    memory_end(memory);
    assert_int_equal(bed_discrepancies(&place->bed), 0);
}

/* A stranger's transaction that wrote may be one that will still write an event: followers wait. */
static void test_a_transaction_left_open(void **state)
{
    struct place *place = *state;
    bool held = false;
    int64_t before = wallet(place, place->bed.world.reader);
    all_is_followed(place);
    PQclear(PQexec(place->postgresql, "BEGIN"));
    PGresult *result = PQexec(place->postgresql, "SELECT pg_current_xact_id()");
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    PQclear(result);
    buy(place);
    assert_int_equal(wallet(place, place->bed.world.reader), before - BED_PRICE);
    assert_null(event_held(place->bed.world.reader, place->bed.memory, &held));
    assert_true(held);
    PQclear(PQexec(place->postgresql, "ROLLBACK"));
    all_is_followed(place);
    assert_int_equal(bed_discrepancies(&place->bed), 0);
}

/* ---- the places -------------------------------------------------------------------------------- */

static void open_world(struct place *place, const char *url)
{
    snprintf(place->folder, sizeof place->folder, "/tmp/contraflow_snapshot_XXXXXX");
    if (!mkdtemp(place->folder))
        bed_must(&world_failed, "a folder");
    bed_open(&place->bed, place->folder, url);
    bed_people(&place->bed);
    place->business = bed_business(&place->bed, place->bed.buyer, PAID);
}

static int open_sqlite(void **state)
{
    static struct place place;
    open_world(&place, "");
    *state = &place;
    return 0;
}

static int open_postgresql(void **state)
{
    static struct place place;
    const char *url = getenv("TEST_POSTGRESQL");
    char text[1000];
    *state = url ? &place : NULL;
    if (!url)
        return 0;
    snprintf(place.schema, sizeof place.schema, "snapshot_%d", (int)getpid());
    place.postgresql = PQconnectdb(url);
    snprintf(text, sizeof text, "CREATE SCHEMA %s", place.schema);
    PQclear(PQexec(place.postgresql, text));
    snprintf(text, sizeof text, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', place.schema);
    open_world(&place, text);
    return 0;
}

static int close_world(void **state)
{
    struct place *place = *state;
    char command[200];
    if (!place)
        return 0;
    bed_close(&place->bed);
    if (place->postgresql) {
        PQclear(PQexec(place->postgresql, "SET client_min_messages = error"));
        snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", place->schema);
        PQclear(PQexec(place->postgresql, command));
        PQfinish(place->postgresql);
    }
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    return system(command);
}

static void on_postgresql(void **state, CMUnitTestFunction test)
{
    if (!*state) {
        print_message("TEST_POSTGRESQL names no server\n");
        skip();
    }
    test(state);
}

static void hour_on_postgresql(void **state)
{
    on_postgresql(state, test_a_snapshot_held_for_an_hour);
}

static void left_open_on_postgresql(void **state)
{
    on_postgresql(state, test_a_transaction_left_open);
}

int main(void)
{
    const struct CMUnitTest sqlite[] = {
        cmocka_unit_test(test_a_snapshot_held_for_an_hour),
    };
    const struct CMUnitTest postgresql[] = {
        {"test_a_snapshot_held_for_an_hour", hour_on_postgresql, NULL, NULL, NULL},
        {"test_a_transaction_left_open", left_open_on_postgresql, NULL, NULL, NULL},
    };
    int failed =
        cmocka_run_group_tests_name("a snapshot on SQLite", sqlite, open_sqlite, close_world);
    return failed + cmocka_run_group_tests_name("a snapshot on PostgreSQL", postgresql,
                                                open_postgresql, close_world);
}
