/*
 * The same new idempotency key at the same moment, from several callers and processes: each key does its
 * work once, everybody gets the true answer, and lines that only came along are not disturbed.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"
#include "ledger/queries.h"

enum { STORES = 2, THREADS = 4, KEYS = 120, KEY = 32 };

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct instant now = {1781100131000};

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test.in"}},
    .count = 1,
};

static struct ledger_line line_of(const char *key, const char *fingerprint)
{
    return (struct ledger_line){.caller = firm,
                                .key = text_of(key),
                                .fingerprint = text_of(fingerprint),
                                .posting = {.template = &pay_in,
                                            .parties = {firm},
                                            .amounts = {{100, eur}},
                                            .subject = 7,
                                            .at = now}};
}

static int64_t wallet(struct bed *bed)
{
    struct ledger_balance balance;
    assert_null(ledger_balance(bed->reader, bed->memory, firm, ACCOUNT_WALLET, eur, &balance));
    return balance.balance.minor;
}

/* ---- another who holds a key for a moment ------------------------------------------------------ */

static PGconn *somebody(const struct bed *bed)
{
    char sql[100];
    PGconn *connection = PQconnectdb(bed_server());
    (void)snprintf(sql, sizeof sql, "SET search_path = %s", bed->schema);
    PQclear(PQexec(connection, sql));
    return connection;
}

static void says(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
}

static void takes_key(PGconn *connection, const char *key)
{
    char sql[200];
    says(connection, "BEGIN");
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO ledger_once (party, key, fingerprint, result, at) "
                   "VALUES (101, '%s', 'same', 777, 1)",
                   key);
    says(connection, sql);
}

/* Until `count` connections of the store wait for a lock. */
static void await_waiting(const struct bed *bed, PGconn *connection, int count)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) >= %d FROM pg_stat_activity WHERE application_name = '%s' "
                   "AND wait_event_type = 'Lock'",
                   count, bed->schema);
    for (int i = 0; i < 5000; i++) {
        PGresult *result = PQexec(connection, sql);
        bool waiting = PQntuples(result) == 1 && *PQgetvalue(result, 0, 0) == 't';
        PQclear(result);
        if (waiting)
            return;
        usleep(2000);
    }
    fail_msg("nobody waits");
}

struct caller {
    struct bed *bed;
    pthread_t thread;
    struct ledger_line line;
    const struct problem *problem;
    int64_t result;
};

static void *gathers(void *context)
{
    struct caller *caller = context;
    caller->problem = ledger_gather(caller->bed->store, &caller->line);
    return NULL;
}

static void begin_caller(struct caller *caller, void *(*run)(void *))
{
    assert_int_equal(pthread_create(&caller->thread, NULL, run, caller), 0);
}

static void a_key_that_another_just_used_is_answered(void **state)
{
    struct bed bed = bed_begin(state);
    PGconn *other = somebody(&bed);
    PGconn *watch = PQconnectdb(bed_server());
    struct caller same = {.bed = &bed, .line = line_of("k1", "same")};
    struct caller changed = {.bed = &bed, .line = line_of("k1", "changed")};
    struct caller alone = {.bed = &bed, .line = line_of("k2", "same")};
    takes_key(other, "k1");
    begin_caller(&same, gathers);
    begin_caller(&changed, gathers);
    await_waiting(&bed, watch, 1);
    begin_caller(&alone, gathers);
    says(other, "COMMIT");
    pthread_join(same.thread, NULL);
    pthread_join(changed.thread, NULL);
    pthread_join(alone.thread, NULL);
    assert_null(same.problem);
    assert_true(same.line.again);
    assert_int_equal(same.line.posted.value, 777);
    assert_ptr_equal(changed.problem, &ledger_once_conflict);
    assert_null(alone.problem);
    assert_false(alone.line.again);
    assert_int_equal(wallet(&bed), 100);
    PQfinish(other);
    PQfinish(watch);
    bed_end(&bed);
}

/* More keys of one batch than a write is repeated for. */
static void several_such_keys_in_a_batch_are_answered(void **state)
{
    enum { OTHERS = 4 };
    struct bed bed = bed_begin(state);
    PGconn *others[OTHERS];
    PGconn *watch = PQconnectdb(bed_server());
    PGconn *lock = somebody(&bed);
    struct caller first = {.bed = &bed, .line = line_of("", "")};
    struct caller callers[OTHERS + 1] = {0};
    char keys[OTHERS + 1][KEY];
    begin_caller(&first, gathers);
    pthread_join(first.thread, NULL);
    /* The hand waits for the account, so that what follows comes together in one batch. */
    says(lock, "BEGIN");
    PQclear(PQexec(lock, "SELECT 1 FROM ledger_account FOR UPDATE"));
    begin_caller(&first, gathers);
    await_waiting(&bed, watch, 1);
    for (int i = 0; i <= OTHERS; i++) {
        (void)snprintf(keys[i], KEY, "key %d", i);
        if (i < OTHERS)
            takes_key(others[i] = somebody(&bed), keys[i]);
        callers[i] = (struct caller){.bed = &bed, .line = line_of(keys[i], "same")};
        begin_caller(&callers[i], gathers);
    }
    usleep(100000); /* for the callers to queue; when they do not, the test asks for less */
    says(lock, "COMMIT");
    for (int i = 0; i < OTHERS; i++) {
        await_waiting(&bed, watch, 1);
        says(others[i], "COMMIT");
        PQfinish(others[i]);
    }
    for (int i = 0; i <= OTHERS; i++) {
        pthread_join(callers[i].thread, NULL);
        if (callers[i].problem)
            fail_msg("key %d: %s", i, callers[i].problem->name);
        assert_int_equal(callers[i].line.again, i < OTHERS);
    }
    pthread_join(first.thread, NULL);
    assert_int_equal(wallet(&bed), 300);
    PQfinish(watch);
    PQfinish(lock);
    bed_end(&bed);
}

/* ---- a write of its own, under a key ----------------------------------------------------------- */

static const struct problem *once(struct database *db, struct memory *memory, void *context)
{
    struct caller *caller = context;
    const struct problem *problem = ledger_once(db, memory, firm, caller->line.key,
                                                caller->line.fingerprint, now, &caller->result);
    if (problem || caller->result)
        return problem;
    caller->result = 1;
    return ledger_once_result(db, memory, firm, caller->line.key, caller->result);
}

static void *writes(void *context)
{
    struct caller *caller = context;
    struct memory *memory = memory_create(1 << 20);
    caller->problem = store_write(caller->bed->store, memory, once, caller);
    memory_end(memory);
    return NULL;
}

static void a_write_under_a_key_another_just_used_is_answered(void **state)
{
    struct bed bed = bed_begin(state);
    PGconn *other = somebody(&bed);
    PGconn *watch = PQconnectdb(bed_server());
    struct caller same = {.bed = &bed, .line = line_of("k", "same")};
    struct caller changed = {.bed = &bed, .line = line_of("k", "changed")};
    takes_key(other, "k");
    begin_caller(&same, writes);
    begin_caller(&changed, writes);
    await_waiting(&bed, watch, 2);
    says(other, "COMMIT");
    pthread_join(same.thread, NULL);
    pthread_join(changed.thread, NULL);
    assert_null(same.problem);
    assert_int_equal(same.result, 777);
    assert_ptr_equal(changed.problem, &ledger_once_conflict);
    PQfinish(other);
    PQfinish(watch);
    bed_end(&bed);
}

/* ---- a crowd ----------------------------------------------------------------------------------- */

struct crowd {
    struct store *store;
    int start;                     /* of the keys, which go round */
    int64_t posted[KEYS];          /* filled */
    int fresh;                     /* filled: how many this one posted */
    const struct problem *problem; /* filled: the first */
};

static void *joins(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < KEYS; i++) {
        char key[KEY];
        int at = (crowd->start + i) % KEYS;
        (void)snprintf(key, sizeof key, "crowd %d", at);
        struct ledger_line line = line_of(key, "same");
        const struct problem *problem = ledger_gather(crowd->store, &line);
        crowd->problem = crowd->problem ? crowd->problem : problem;
        crowd->posted[at] = line.posted.value;
        crowd->fresh += !line.again;
    }
    return NULL;
}

/* Two stores are two processes' worth of pools and gathering. */
static void each_key_of_a_crowd_posts_once(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema};
    static const char *const places[] = {"src/ledger/"};
    static struct crowd crowds[STORES * THREADS];
    pthread_t threads[STORES * THREADS];
    struct bed bed = bed_begin(state);
    struct store *second;
    struct text complaint;
    int fresh = 0;
    assert_null(store_open_statements(bed.process, text_of(bed.url), schemas, 1,
                                      bed_statements(bed.process, places, 1), &second, &complaint));
    for (int i = 0; i < STORES * THREADS; i++) {
        crowds[i] = (struct crowd){.store = i % 2 ? second : bed.store, .start = i / 4 * 7};
        assert_int_equal(pthread_create(&threads[i], NULL, joins, &crowds[i]), 0);
    }
    for (int i = 0; i < STORES * THREADS; i++) {
        pthread_join(threads[i], NULL);
        if (crowds[i].problem)
            fail_msg("%s", crowds[i].problem->name);
        fresh += crowds[i].fresh;
        assert_memory_equal(crowds[i].posted, crowds[0].posted, sizeof crowds[0].posted);
    }
    assert_int_equal(fresh, KEYS);
    assert_int_equal(wallet(&bed), 100 * KEYS);
    store_close(second);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
#define ON_POSTGRESQL(function)                                                                    \
    {                                                                                              \
        "postgresql: " #function, function, NULL, NULL, postgresql                                 \
    }
    const struct CMUnitTest tests[] = {
        ON_POSTGRESQL(a_key_that_another_just_used_is_answered),
        ON_POSTGRESQL(several_such_keys_in_a_batch_are_answered),
        ON_POSTGRESQL(a_write_under_a_key_another_just_used_is_answered),
        ON_POSTGRESQL(each_key_of_a_crowd_posts_once),
        {"sqlite: each_key_of_a_crowd_posts_once", each_key_of_a_crowd_posts_once, NULL, NULL,
         sqlite},
    };
    return cmocka_run_group_tests_name("ledger/gather", tests, NULL, NULL);
}
