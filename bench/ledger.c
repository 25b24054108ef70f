/*
 * How many transfers a second are durable: the ledger in this process, beside a bare loop.
 *
 *   ledger fill URL ACCOUNTS                            what the bare loop needs: accounts with money
 *   ledger bare DATABASE.db ACCOUNTS TOGETHER SECONDS   the same rows by SQLite alone, TOGETHER a commit
 *   ledger single URL ACCOUNTS THREADS SECONDS          each transfer a write of its own
 *   ledger batch URL ACCOUNTS LINES THREADS SECONDS     LINES transfers a write
 *
 * A transfer is a posting with one leg: its head, the transfer under two accounts, two balances. With
 * ACCOUNTS above 1 both ends are of as many people, with 1 every transfer leaves the same business.
 * URL is sqlite:FILE or postgresql://...; the folder or schema must be new. Prints the rate.
 * Read next: bench/ledger.sh.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ids.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "store/engine.h"

enum { THREADS_MAX = 256, FIRST = 1000, PIECE = 5000 };

static const struct currency eur = {"EUR"};
static const struct posting_template pay_in = {
    .name = "bench.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "bench.in"}},
    .count = 1,
};
static const struct posting_template transfer = {
    .name = "bench.transfer",
    .legs = {{{ACCOUNT_EARNINGS, 0}, {ACCOUNT_EARNINGS, 1}, 0, "bench.transfer"}},
    .count = 1,
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "ledger: %s: %s\n", what, why);
    exit(1);
}

static void must(const struct problem *problem, const char *what)
{
    if (problem)
        fail(what, problem->name);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the store with the ledger's tables alone ------------------------------------------------- */

/* Statements of other folders do nothing, so that their tables need not be there. */
static const struct statement *const *statements(struct memory *memory)
{
    static const char nothing[] = "DELETE FROM store_migration WHERE 1 = 0";
    size_t count = 0;
    while (all_statements[count])
        count++;
    const struct statement **list = memory_take_array(memory, count + 1, sizeof *list);
    struct statement *idle = memory_take_array(memory, count, sizeof *idle);
    if (!list || !idle)
        fail("statements", "no memory");
    for (size_t i = 0; i < count; i++) {
        const struct statement *from = all_statements[i];
        idle[i] = (struct statement){.name = from->name,
                                     .place = "",
                                     .sqlite = nothing,
                                     .postgresql = nothing,
                                     .gives = GIVES_NOTHING,
                                     .writes = true,
                                     .number = from->number};
        list[i] = strncmp(from->place, "src/ledger/", 11) == 0 ? from : &idle[i];
    }
    return list;
}

static struct store *open_store(const char *url, struct memory *process)
{
    static const struct schema *const schemas[] = {&ledger_schema};
    struct text complaint;
    struct store *store = NULL;
    if (store_open_statements(process, text_of(url), schemas, 1, statements(process), &store,
                              &complaint))
        fail(url, complaint.data ? complaint.data : "can't be opened");
    return store;
}

/* ---- the load --------------------------------------------------------------------------------- */

struct load {
    struct store *store;
    int64_t accounts;
    size_t lines; /* 0: each transfer by itself */
    atomic_bool over;
    atomic_llong done;
};

/* One write. */
struct booking {
    struct posting posting;    /* by itself, or */
    struct ledger_line *lines; /* many */
    size_t count;
};

static const struct problem *book(struct database *db, struct memory *memory, void *context)
{
    struct booking *booking = context;
    size_t wrong;
    return ledger_batch(db, memory, booking->lines, booking->count, BATCH_ALL, &wrong);
}

static struct posting posting_of(const struct load *load, uint64_t *random)
{
    *random = *random * UINT64_C(6364136223846793005) + 1442695040888963407;
    int64_t to = (int64_t)(*random >> 33) % (load->accounts > 1 ? load->accounts : 1000);
    int64_t from = load->accounts > 1 ? (int64_t)(*random >> 13 & 0xFFFFF) % load->accounts : 0;
    if (load->accounts > 1 && from == to)
        to = (to + 1) % load->accounts;
    /* The hot one pays out of a wallet beyond the thousand. */
    struct party_id payer = {load->accounts > 1 ? FIRST + from : 1};
    return (struct posting){.template = &transfer,
                            .parties = {payer, {FIRST + to}},
                            .amounts = {{1, eur}},
                            .subject = 1,
                            .at = clock_now()};
}

static void *hand(void *context)
{
    struct load *load = context;
    struct memory *own = memory_create(1 << 30);
    uint64_t random = (uint64_t)id_new();
    while (!atomic_load(&load->over)) {
        struct memory *memory = memory_scratch(own);
        struct booking booking = {.count = load->lines};
        if (load->lines) {
            booking.lines = memory_take_array(memory, load->lines, sizeof *booking.lines);
            for (size_t i = 0; i < load->lines; i++)
                booking.lines[i] = (struct ledger_line){.posting = posting_of(load, &random)};
        } else {
            booking.posting = posting_of(load, &random);
        }
        struct ledger_line line = {.posting = booking.posting};
        const struct problem *problem =
            load->lines ? store_write_locking(load->store, memory, book, &booking)
                        : ledger_gather(load->store, &line);
        if (problem && !problem->retry)
            must(problem, "transfer");
        if (!problem)
            atomic_fetch_add(&load->done, load->lines ? (long long)load->lines : 1);
        memory_end(memory);
    }
    memory_end(own);
    return NULL;
}

/* Everybody gets something to give away. */
static void fill(struct load *load, struct memory *memory)
{
    int64_t count = load->accounts > 1 ? load->accounts : 1001;
    struct ledger_line *lines = memory_take_array(memory, (size_t)count, sizeof *lines);
    for (int64_t i = 0; i < count; i++) {
        struct party_id party = {load->accounts > 1 || i < 1000 ? FIRST + i : 1};
        lines[i] = (struct ledger_line){.posting = {.template = &pay_in,
                                                    .parties = {party},
                                                    .amounts = {{INT64_C(1000000000), eur}},
                                                    .subject = 1,
                                                    .at = clock_now()}};
    }
    for (int64_t i = 0; i < count; i += PIECE) {
        struct booking booking = {.lines = &lines[i],
                                  .count = (size_t)(count - i < PIECE ? count - i : PIECE)};
        must(store_write(load->store, memory, book, &booking), "filling");
    }
}

static void run(struct load *load, int threads, double limit)
{
    pthread_t hands[THREADS_MAX];
    for (int i = 0; i < threads; i++)
        if (pthread_create(&hands[i], NULL, hand, load))
            fail("thread", "can't be begun");
    nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    long long before = atomic_load(&load->done);
    double began = seconds();
    nanosleep(&(struct timespec){.tv_sec = (time_t)limit}, NULL);
    double rate = (double)(atomic_load(&load->done) - before) / (seconds() - began);
    atomic_store(&load->over, true);
    for (int i = 0; i < threads; i++)
        pthread_join(hands[i], NULL);
    printf("%.0f\n", rate);
}

/* ---- the bare loop ---------------------------------------------------------------------------- */

static const char *const bare_sql[] = {
    "INSERT INTO ledger_posting (id, template, subject, legs, digest, corrects, follows, at) "
    "VALUES "
    "(?1, 'bench.transfer', 1, 1, '0123456789abcdef0123456789abcdef', NULL, NULL, ?5)",
    "UPDATE ledger_account SET balance_minor = balance_minor - 1 WHERE id = ?2",
    "UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE id = ?3",
    "INSERT INTO ledger_transfer (id, posting, from_account, to_account, amount_minor, "
    "amount_currency, reason, corrects, at) VALUES (?4, ?1, ?2, ?3, 1, 'EUR', 'bench.transfer', "
    "NULL, ?5)",
};
enum { BARE = sizeof bare_sql / sizeof bare_sql[0] };

static int64_t account_at(sqlite3 *handle, int64_t party)
{
    sqlite3_stmt *statement;
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT id FROM ledger_account WHERE party = %lld", (long long)party);
    sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    if (sqlite3_step(statement) != SQLITE_ROW)
        fail("bare", "an account is missing");
    int64_t id = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return id;
}

static void bare(const char *file, int64_t accounts, int together, double limit)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *prepared[BARE];
    uint64_t random = 1;
    int64_t id = INT64_C(1) << 62;
    int64_t done = 0;
    int64_t *ids = calloc((size_t)accounts + 1000, sizeof *ids);
    if (!ids || sqlite3_open(file, &handle))
        fail(file, "can't be opened");
    sqlite3_exec(
        handle,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000;"
        "PRAGMA journal_size_limit=67108864;",
        NULL, NULL, NULL);
    for (int64_t i = 0; i < (accounts > 1 ? accounts : 1000); i++)
        ids[i] = account_at(handle, FIRST + i);
    int64_t hot = accounts > 1 ? 0 : account_at(handle, 1);
    for (int i = 0; i < BARE; i++)
        if (sqlite3_prepare_v3(handle, bare_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &prepared[i],
                               NULL))
            fail("bare", sqlite3_errmsg(handle));
    double began = seconds();
    while (seconds() - began < limit) {
        sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        for (int i = 0; i < together; i++, done++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            int64_t to = (int64_t)(random >> 33) % (accounts > 1 ? accounts : 1000);
            int64_t from = (int64_t)(random >> 13 & 0xFFFFF) % (accounts > 1 ? accounts : 1000);
            from = from == to ? (from + 1) % accounts : from;
            int64_t posting = ++id;
            int64_t facts[] = {posting, hot ? hot : ids[from], ids[to], ++id, 1781100131000};
            for (int k = 0; k < BARE; k++) {
                for (int j = 1; j <= sqlite3_bind_parameter_count(prepared[k]); j++)
                    sqlite3_bind_int64(prepared[k], j, facts[j - 1]);
                if (sqlite3_step(prepared[k]) != SQLITE_DONE)
                    fail(bare_sql[k], sqlite3_errmsg(handle));
                sqlite3_reset(prepared[k]);
            }
        }
        if (sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL))
            fail("commit", sqlite3_errmsg(handle));
    }
    printf("%.0f\n", (double)done / (seconds() - began));
    for (int i = 0; i < BARE; i++)
        sqlite3_finalize(prepared[i]);
    sqlite3_close(handle);
    free(ids);
}

int main(int argc, char **argv)
{
    bool single = argc == 6 && strcmp(argv[1], "single") == 0;
    bool batch = argc == 7 && strcmp(argv[1], "batch") == 0;
    bool only_fill = argc == 4 && strcmp(argv[1], "fill") == 0;
    log_set_level(LOG_WARNING);
    if (argc == 6 && strcmp(argv[1], "bare") == 0) {
        bare(argv[2], strtoll(argv[3], NULL, 10), (int)strtol(argv[4], NULL, 10),
             strtod(argv[5], NULL));
        return 0;
    }
    if (!single && !batch && !only_fill) {
        fprintf(stderr, "usage: ledger fill URL ACCOUNTS\n"
                        "       ledger bare DATABASE ACCOUNTS TOGETHER SECONDS\n"
                        "       ledger single URL ACCOUNTS THREADS SECONDS\n"
                        "       ledger batch URL ACCOUNTS LINES THREADS SECONDS\n");
        return 2;
    }
    struct memory *process = memory_create((size_t)4 << 30);
    struct load load = {.store = open_store(argv[2], process),
                        .accounts = strtoll(argv[3], NULL, 10),
                        .lines = batch ? (size_t)strtoul(argv[4], NULL, 10) : 0};
    int threads = (int)strtol(argv[argc - 2], NULL, 10);
    fill(&load, process);
    if (!only_fill)
        run(&load, threads < THREADS_MAX ? threads : THREADS_MAX, strtod(argv[argc - 1], NULL));
    store_close(load.store);
    memory_end(process);
    return 0;
}
