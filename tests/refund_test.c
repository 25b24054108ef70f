/*
 * Money of a licence comes back whole or not at all: however it is cut into parts, with every statement
 * of it failing in turn, with two operators at once, and never twice.
 *
 * Each test runs on SQLite, and on PostgreSQL when TEST_POSTGRESQL names a server, and ends with the
 * audit. Read next: modules/stock/refund.c, ledger/reverse_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "modules/stock/refund.h"
#include "modules/stock/refund_queries.h"
#include "modules/stock/start.h"
#include "purchase_test_bed.h"

enum { FAULTS_MAX = 500 };

struct place {
    struct bed bed;
    PGconn *postgresql; /* NULL: SQLite */
    char schema[64];
    char folder[64];
};

/* A licence that was bought, and by whom. */
struct bought {
    struct stock_photo_id photo;
    struct party_id business;
    struct stock_licence_id licence;
    int64_t earned; /* the author's balance before it */
};

static int64_t balance(struct place *place, struct party_id party, enum account_purpose purpose)
{
    struct ledger_balance is;
    assert_null(ledger_balance(place->bed.world.reader, place->bed.memory, party, purpose,
                               (struct currency){"EUR"}, &is));
    return is.balance.minor;
}

static const struct problem *buy_with(struct place *place, struct stock_photo_id photo,
                                      enum stock_licence_kind kind, int64_t price, int64_t wallet,
                                      struct bought *out)
{
    struct bed *bed = &place->bed;
    out->photo = photo;
    out->business = bed_business(bed, bed->buyer, wallet);
    out->earned = balance(place, bed->author, ACCOUNT_EARNINGS);
    struct stock_purchase purchase = {.photo = photo,
                                      .licence = kind,
                                      .organisation = out->business,
                                      .person = bed->buyer,
                                      .seen = {price, {"EUR"}},
                                      .language = text_of("en")};
    return stock_buy(bed->world.store, bed->memory, &purchase, clock_now(), &out->licence);
}

static const struct problem *buy(struct place *place, struct stock_photo_id photo,
                                 enum stock_licence_kind kind, int64_t price, struct bought *out)
{
    return buy_with(place, photo, kind, price, price, out);
}

static struct bought bought(struct place *place)
{
    struct bought out;
    assert_null(buy(place, bed_photo(&place->bed), LICENCE_STANDARD, BED_PRICE, &out));
    return out;
}

/* Gives back so much; 0: all that is left. */
static struct stock_giving_back asking(struct place *place, struct stock_licence_id licence,
                                       int64_t minor, const char *once)
{
    return (struct stock_giving_back){.licence = licence,
                                      .amount = {minor != 0, {minor, {"EUR"}}},
                                      .reason = text_of("It was bought twice."),
                                      .operator_ = place->bed.reviewer,
                                      .once = text_of(once)};
}

static const struct problem *give(struct place *place, const struct stock_giving_back *asked,
                                  struct stock_refund_id *out)
{
    struct memory *memory = memory_create(16 << 20);
    const struct problem *problem =
        stock_refund(place->bed.world.store, memory, asked, clock_now(), out);
    memory_end(memory);
    return problem;
}

static const struct problem *give_back(struct place *place, struct stock_licence_id licence,
                                       int64_t minor)
{
    struct stock_refund_id id;
    struct stock_giving_back asked = asking(place, licence, minor, "");
    return give(place, &asked, &id);
}

static size_t refunds(struct place *place, struct stock_licence_id licence)
{
    struct stock_refund_named_row_list rows;
    assert_null(stock_refunds_of(place->bed.world.reader, place->bed.memory, licence, &rows));
    return rows.count;
}

static void all_is_back(struct place *place, const struct bought *bought, int64_t price)
{
    assert_int_equal(balance(place, bought->business, ACCOUNT_WALLET), price);
    assert_int_equal(balance(place, place->bed.author, ACCOUNT_EARNINGS), bought->earned);
    assert_int_equal(bed_discrepancies(&place->bed), 0);
}

static void test_parts_add_up_to_the_whole(void **state)
{
    static const int64_t cuts[][6] = {
        {1, 1, 1, 1, 1, 0}, {749, 749, 1, 0}, {1499, 0}, {333, 333, 333, 500, 1}, {0}};
    struct place *place = *state;
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct bought one = bought(place);
        int64_t given = 0;
        for (size_t part = 0; given < BED_PRICE; part++) {
            int64_t minor = cuts[i][part];
            assert_null(give_back(place, one.licence, minor));
            given = minor ? given + minor : BED_PRICE;
            assert_int_equal(balance(place, one.business, ACCOUNT_WALLET), given);
        }
        assert_ptr_equal(give_back(place, one.licence, 0), &ledger_nothing_left);
        all_is_back(place, &one, BED_PRICE);
    }
}

#define THREE_FEES                                                                                 \
    "handling: 5% of price, min 0.50, max 4.00, by supplier; "                                     \
    "service: 4% + 1.00 of price, min 1.20, by buyer; "                                            \
    "partner: 2% of share, min 0.33, by intermediary"

enum { PAID = BED_PRICE + 160 /* with the business' fee */ };

/* The setting outlives the world. */
static void set_fees(const char *fees)
{
    static struct memory *process;
    process = process ? process : memory_create(1 << 16);
    bed_set(process, "stock.fees", fees);
}

static struct bought bought_under_fees(struct place *place)
{
    struct bought out;
    set_fees(THREE_FEES);
    assert_null(buy_with(place, bed_photo(&place->bed), LICENCE_STANDARD, BED_PRICE, PAID, &out));
    assert_int_equal(balance(place, out.business, ACCOUNT_WALLET), 0);
    assert_int_equal(balance(place, place->bed.author, ACCOUNT_EARNINGS), out.earned + 600 - 75);
    set_fees("handling: 8% of share, by supplier");
    return out;
}

/* However it is cut, each of the three has what they had before, and the audit agrees after each part. */
static void test_fees_come_back_with_their_sale(void **state)
{
    static const int64_t cuts[][6] = {
        {830, 0}, {1, 1, 1, 1, 1, 0}, {PAID - 1, 0}, {333, 333, 333, 500, 161}, {0}};
    struct place *place = *state;
    struct party_id platform = {0};
    int64_t income = balance(place, platform, ACCOUNT_INCOME);
    int64_t fees = balance(place, platform, ACCOUNT_FEES);
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct bought one = bought_under_fees(place);
        int64_t given = 0;
        for (size_t part = 0; given < PAID; part++) {
            int64_t minor = cuts[i][part];
            assert_null(give_back(place, one.licence, minor));
            given = minor ? given + minor : PAID;
            assert_int_equal(bed_discrepancies(&place->bed), 0);
        }
        all_is_back(place, &one, PAID);
        assert_int_equal(balance(place, platform, ACCOUNT_INCOME), income);
        assert_int_equal(balance(place, platform, ACCOUNT_FEES), fees);
    }
}

static void damage(struct place *place, const char *sql)
{
    char text[1000];
    sqlite3 *database = NULL;
    if (place->postgresql) {
        snprintf(text, sizeof text, "SET search_path = %s; %s", place->schema, sql);
        PGresult *result = PQexec(place->postgresql, text);
        assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
        PQclear(result);
        return;
    }
    snprintf(text, sizeof text, "%s/contraflow.db", place->folder);
    assert_int_equal(sqlite3_open(text, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void hear(void *context, const char *line)
{
    size_t size = strlen(context);
    (void)snprintf((char *)context + size, 2000 - size, "%s\n", line);
}

/* Damages, hears exactly `count` lines, one with `words`, and mends again. */
static void sees(struct place *place, const char *wrong, const char *right, int64_t count,
                 const char *words)
{
    char heard[2000] = "";
    struct ledger_audit_listener listener = {heard, hear};
    int64_t found = -1;
    damage(place, wrong);
    assert_null(stock_audit(place->bed.world.reader, place->bed.memory, &listener, &found));
    damage(place, right);
    if (found != count || !strstr(heard, words))
        fail_msg("%s\nwas heard as %lld lines:\n%s", wrong, (long long)found, heard);
}

/* Half of 16.60 came back: 3.00 less 0.37 from the author, 0.37 + 0.80 + 0.16 of the fees. */
static void test_the_audit_sees_fees(void **state)
{
    struct place *place = *state;
    struct bought one = bought_under_fees(place);
    assert_null(give_back(place, one.licence, 830));
    assert_int_equal(bed_discrepancies(&place->bed), 0);
#define FEE  " WHERE licence = (SELECT MAX(licence) FROM stock_fee) AND name = "
#define BACK " WHERE posting = (SELECT MAX(posting) FROM stock_refund) AND amount_minor = "
    sees(place, "UPDATE stock_fee SET amount_minor = 76" FEE "'fee.handling'",
         "UPDATE stock_fee SET amount_minor = 75" FEE "'fee.handling'", 1,
         "what its fees brought should be 269 and is 268");
    sees(place, "UPDATE stock_fee SET amount_minor = 161" FEE "'fee.service'",
         "UPDATE stock_fee SET amount_minor = 160" FEE "'fee.service'", 2,
         "what its licence says was paid should be 1661 and is 1660");
    /* The service fee did not come back with the rest, but for what rounding may explain. */
    sees(place, "UPDATE ledger_transfer SET amount_minor = 10080" BACK "80",
         "UPDATE ledger_transfer SET amount_minor = 80" BACK "10080", 1,
         "the fees' part of what came back should be 134 and is 10133");
    assert_null(give_back(place, one.licence, 0));
    all_is_back(place, &one, PAID);
}

static void test_refuses_by_name(void **state)
{
    struct place *place = *state;
    struct bought one = bought(place);
    struct stock_refund_id id;
    struct stock_giving_back asked = asking(place, one.licence, 100, "");
    asked.reason = text_of(" \t ");
    assert_ptr_equal(give(place, &asked, &id), &stock_refund_unsaid);
    asked = asking(place, (struct stock_licence_id){77}, 100, "");
    assert_ptr_equal(give(place, &asked, &id), &not_found);
    asked = asking(place, one.licence, BED_PRICE + 1, "");
    assert_ptr_equal(give(place, &asked, &id), &ledger_more_than_left);
    asked = asking(place, one.licence, MONEY_MAX, "");
    assert_ptr_equal(give(place, &asked, &id), &ledger_more_than_left);
    asked.amount.value = (struct money){100, {"JPY"}};
    assert_ptr_equal(give(place, &asked, &id), &ledger_wrong_currency);
    assert_int_equal(refunds(place, one.licence), 0);
    assert_null(give_back(place, one.licence, BED_PRICE));
    assert_ptr_equal(give_back(place, one.licence, 1), &ledger_nothing_left);
    all_is_back(place, &one, BED_PRICE);
}

static void test_a_key_gives_back_once(void **state)
{
    struct place *place = *state;
    struct bought one = bought(place);
    struct stock_refund_id first;
    struct stock_refund_id second;
    struct stock_giving_back asked = asking(place, one.licence, 100, "one-click");
    assert_null(give(place, &asked, &first));
    assert_null(give(place, &asked, &second));
    assert_int_equal(first.value, second.value);
    assert_int_equal(balance(place, one.business, ACCOUNT_WALLET), 100);
    asked.amount.value.minor = 101;
    assert_ptr_equal(give(place, &asked, &second), &ledger_once_conflict);
    assert_int_equal(refunds(place, one.licence), 1);
    assert_int_equal(bed_discrepancies(&place->bed), 0);
}

/* What has ended counts for nothing, and stands in nobody's way. */
static void test_what_ended_counts_no_more(void **state)
{
    struct place *place = *state;
    struct bed *bed = &place->bed;
    struct stock_count before;
    struct stock_count after;
    struct stock_photo_row photo;
    struct bought all_rights;
    struct instant ever = {0};
    struct bought one = bought(place);
    assert_ptr_equal(buy(place, one.photo, LICENCE_BUYOUT, BED_BUYOUT, &all_rights),
                     &right_still_licensed);
    assert_null(stock_licences_since(bed->world.reader, bed->memory, bed->author, ever, &before));
    assert_null(give_back(place, one.licence, 700));
    assert_null(stock_licences_since(bed->world.reader, bed->memory, bed->author, ever, &after));
    assert_int_equal(after.number, before.number);
    assert_null(give_back(place, one.licence, 0));
    assert_null(stock_licences_since(bed->world.reader, bed->memory, bed->author, ever, &after));
    assert_int_equal(after.number, before.number - 1);
    assert_null(stock_photo_by_id(bed->world.reader, bed->memory, one.photo, &photo));
    assert_int_equal(photo.licences, 0);
    assert_null(buy(place, one.photo, LICENCE_BUYOUT, BED_BUYOUT, &all_rights));
    assert_int_equal(bed_discrepancies(bed), 0);
}

static void test_all_rights_go_back_with_their_price(void **state)
{
    struct place *place = *state;
    struct bed *bed = &place->bed;
    struct stock_photo_row photo;
    struct bought one;
    assert_null(buy(place, bed_photo(bed), LICENCE_BUYOUT, BED_BUYOUT, &one));
    /* Not without it, and not for a part of it. */
    assert_ptr_equal(stock_photo_move(bed->world.store, bed->memory, one.photo, PHOTO_RETURN,
                                      BY_OPERATOR, bed->reviewer, 0, text_of(""), clock_now()),
                     &right_passed_on);
    assert_null(give_back(place, one.licence, BED_BUYOUT - 1));
    assert_null(stock_photo_by_id(bed->world.reader, bed->memory, one.photo, &photo));
    assert_int_equal(photo.state, PHOTO_SOLD);
    assert_null(give_back(place, one.licence, 1));
    assert_null(stock_photo_by_id(bed->world.reader, bed->memory, one.photo, &photo));
    assert_int_equal(photo.state, PHOTO_WITHDRAWN);
    all_is_back(place, &one, BED_BUYOUT);
}

static void test_each_statement_fails(void **state)
{
    struct place *place = *state;
    for (long n = 0; n < FAULTS_MAX; n++) {
        static struct bought one;
        char once[40];
        struct stock_refund_id id;
        if (n == 0)
            assert_null(buy(place, bed_photo(&place->bed), LICENCE_BUYOUT, BED_BUYOUT, &one));
        snprintf(once, sizeof once, "fault-%p-%ld", (void *)place, n);
        struct stock_giving_back asked = asking(place, one.licence, 0, once);
        store_fail_after(n);
        const struct problem *problem = give(place, &asked, &id);
        store_fail_after(-1);
        assert_int_equal(refunds(place, one.licence), problem ? 0 : 1);
        if (!problem) {
            assert_in_range(n, 20, FAULTS_MAX - 1);
            all_is_back(place, &one, BED_BUYOUT);
            return;
        }
        assert_ptr_equal(problem, &store_broken);
        assert_int_equal(balance(place, one.business, ACCOUNT_WALLET), 0);
    }
    fail_msg("a refund still fails after %d faults", FAULTS_MAX);
}

/* ---- two at once ------------------------------------------------------------------------------ */

struct click {
    struct place *place;
    struct stock_giving_back asked;
    pthread_barrier_t *start;
    struct stock_refund_id refund;
    const struct problem *problem;
    pthread_t thread;
};

static void *press(void *argument)
{
    struct click *click = argument;
    pthread_barrier_wait(click->start);
    click->problem = give(click->place, &click->asked, &click->refund);
    return NULL;
}

static void test_two_operators_at_once(void **state)
{
    struct place *place = *state;
    for (int round = 0; round < 8; round++) {
        struct bought one = bought(place);
        pthread_barrier_t start;
        struct click clicks[2];
        assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
        for (int i = 0; i < 2; i++) {
            clicks[i] = (struct click){
                .place = place, .asked = asking(place, one.licence, 1000, ""), .start = &start};
            assert_int_equal(pthread_create(&clicks[i].thread, NULL, press, &clicks[i]), 0);
        }
        for (int i = 0; i < 2; i++)
            pthread_join(clicks[i].thread, NULL);
        pthread_barrier_destroy(&start);
        const struct problem *lost = clicks[0].problem ? clicks[0].problem : clicks[1].problem;
        assert_true(!clicks[0].problem || !clicks[1].problem);
        assert_ptr_equal(lost, &ledger_more_than_left);
        assert_int_equal(balance(place, one.business, ACCOUNT_WALLET), 1000);
    }
    assert_int_equal(bed_discrepancies(&place->bed), 0);
}

/* ---- worlds ----------------------------------------------------------------------------------- */

static void open_folder(struct place *place, const char *url)
{
    log_set_level(LOG_ERROR + 1);
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/contraflow-refunds.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    bed_open(&place->bed, place->folder, url);
    bed_people(&place->bed);
}

static int open_sqlite(void **state)
{
    static struct place place;
    place = (struct place){0};
    open_folder(&place, "");
    *state = &place;
    return 0;
}

static int open_postgresql(void **state)
{
    static struct place place;
    const char *url = getenv("TEST_POSTGRESQL");
    char text[1000];
    place = (struct place){0};
    *state = url ? &place : NULL;
    if (!url)
        return 0;
    snprintf(place.schema, sizeof place.schema, "refunds_%d", (int)getpid());
    place.postgresql = PQconnectdb(url);
    snprintf(text, sizeof text, "CREATE SCHEMA %s", place.schema);
    PQclear(PQexec(place.postgresql, text));
    snprintf(text, sizeof text, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', place.schema);
    open_folder(&place, text);
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

#define EACH_TEST(X)                                                                               \
    X(test_parts_add_up_to_the_whole)                                                              \
    X(test_fees_come_back_with_their_sale)                                                         \
    X(test_the_audit_sees_fees)                                                                    \
    X(test_refuses_by_name)                                                                        \
    X(test_a_key_gives_back_once)                                                                  \
    X(test_what_ended_counts_no_more)                                                              \
    X(test_all_rights_go_back_with_their_price)                                                    \
    X(test_each_statement_fails)                                                                   \
    X(test_two_operators_at_once)

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
        cmocka_run_group_tests_name("a refund on SQLite", sqlite, open_sqlite, close_world);
    return failed + cmocka_run_group_tests_name("a refund on PostgreSQL", postgresql,
                                                open_postgresql, close_world);
}
