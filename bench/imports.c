/*
 * Takes purchases in as orders, cancels and takes back: lines a second, memory, and whether all is as before.
 *
 *   imports DATA PURCHASES [LINES]
 *   imports --left DATA PURCHASES LINES     hands the file in, and leaves taking it in to a server
 *
 * DATA is a new data folder, or with --left any (SQLite, or CONTRAFLOW_DATABASE). PURCHASES is cdnow.txt: customer, day, number,
 * amount (P. Fader, B. Hardie, CDNOW data set, 2001). With LINES its lines are repeated under further numbers.
 * Before, the business knows of 1,000 of the orders in an older version. The file is taken in to the half and
 * cancelled, then taken in and undone; each time the exports of orders and customers must be those of before,
 * byte for byte. The bare loop copies the rows that the import made with SQLite alone: the same columns and
 * indexes, WAL and synchronous=FULL, as many orders to a commit.
 * Ends with 1 unless the sums agree and all is as it was.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "core/shop/export.h"
#include "core/imports/import.h"
#include "core/shop/imports.h"
#include "core/imports/queries.h"
#include "filling.h"

enum { KNOWN = 1000, TOGETHER = IMPORT_ROWS - 1 };

static struct world world;
static struct memory *memory;
static struct party_id business, owner;
static const char *data;

/* ---- telling ---------------------------------------------------------------------------------- */

struct watch {
    int64_t began;
    double worked;
};

/* Seconds that the program's threads have worked. */
static double worked(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static struct watch start(void)
{
    return (struct watch){clock_ticks(), worked()};
}

static double tell(const char *what, struct watch since, int64_t lines)
{
    double seconds = (double)(clock_ticks() - since.began) / 1e9;
    double rate = (double)lines / seconds;
    printf("%-40s %8.2f s %9.0f lines/s %7.2f s of processor\n", what, seconds, rate,
           worked() - since.worked);
    return rate;
}

static char *in_data(const char *name)
{
    static char path[500];
    snprintf(path, sizeof path, "%s/%s", data, name);
    return path;
}

/* ---- files ------------------------------------------------------------------------------------ */

/* The purchases as a CSV; *sum is what they come to, in cents. */
static int64_t write_csv(const char *purchases, int64_t most, int64_t *sum)
{
    int64_t count = 0;
    char customer[16], day[16], amount[16];
    int quantity;
    FILE *in = fopen(purchases, "re");
    FILE *out = open_out(&world, "purchases.csv");
    must(in ? NULL : &world_failed, "opening files");
    fprintf(out, "order,date,updated,customer,quantity,total\n");
    for (bool any = true; any && (most == 0 || count < most);) {
        any = false;
        rewind(in);
        while ((most == 0 || count < most) &&
               fscanf(in, " %15s %15s %d %15s", customer, day, &quantity, amount) == 4) {
            any = most > 0;
            count += 1;
            *sum += (int64_t)(strtod(amount, NULL) * 100 + 0.5);
            fprintf(out, "%lld,%s,1999-01-01,%s,%d,%s\n", (long long)count, day, customer, quantity,
                    amount);
        }
    }
    fclose(in);
    fclose(out);
    return count;
}

/* What was known before: every seventieth order in an older version. */
static void write_known(void)
{
    FILE *out = open_out(&world, "known.csv");
    fprintf(out, "order,date,updated,customer,quantity,total\n");
    for (int i = 1; i <= KNOWN; i++)
        fprintf(out, "%d,19970101,1998-01-01,known-%d,1,10.00\n", 60 * i, i / 3);
    fclose(out);
}

/* All of a kind, in a file without name. */
static int exported(const struct import_kind *kind, enum import_format format)
{
    int fd = open(data, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    must(fd < 0 ? &world_failed : NULL, "a file");
    must(shop_export(world.reader, memory, business, kind, format, fd), "export");
    return fd;
}

static bool same_files(int a, int b)
{
    struct stat first, second;
    if (fstat(a, &first) || fstat(b, &second) || first.st_size != second.st_size)
        return false;
    size_t size = (size_t)first.st_size;
    void *left = mmap(NULL, size, PROT_READ, MAP_SHARED, a, 0);
    void *right = mmap(NULL, size, PROT_READ, MAP_SHARED, b, 0);
    bool same = left != MAP_FAILED && right != MAP_FAILED && memcmp(left, right, size) == 0;
    munmap(left, size);
    munmap(right, size);
    return same;
}

/* Whether a file without name is what a kind's export is now. */
static bool unchanged(int before, const struct import_kind *kind)
{
    int now = exported(kind, IMPORT_LINES);
    bool same = same_files(before, now);
    close(now);
    return same;
}

/* What the totals of a CSV of orders come to. */
static int64_t sum_of(int fd)
{
    FILE *in = fdopen(fd, "r");
    char line[1000];
    int64_t sum = 0;
    rewind(in);
    must(in && fgets(line, sizeof line, in) ? NULL : &world_failed, "reading the export");
    while (fgets(line, sizeof line, in)) {
        /* Without quotes the total is the ninth cell. */
        char *at = line;
        for (int i = 0; i < 8 && at; i++)
            at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL;
        sum += at ? (int64_t)(strtod(at, NULL) * 100 + 0.5) : 0;
    }
    fclose(in);
    return sum;
}

/* ---- importing -------------------------------------------------------------------------------- */

static struct import_row row_of(struct import_id import)
{
    struct import_row row;
    must(import_by_id(world.reader, memory, import, &row), "an import");
    return row;
}

static void move(struct import_id import, enum import_state to)
{
    struct import_say say = {
        .import = import, .owner = business, .mapping = {"", 0}, .at = clock_now()};
    must(import_move(world.store, memory, &say, to), "moving an import");
}

/* Works on it in slices as the job does, until it is over or `part` of the file is read. */
static void work(struct import_id import, double part)
{
    bool more = true;
    int64_t slice = part < 1 ? 20 * INT64_C(1000000) : 3 * INT64_C(1000000000);
    struct import_row row = row_of(import);
    while (more && (part >= 1 || (double)row.place < part * (double)row.size)) {
        must(import_work(world.store, world.reader, memory, import, clock_ticks() + slice, &more),
             "working on an import");
        row = row_of(import);
    }
}

static struct import_id arrive(const char *name)
{
    struct import_arrival arrival = {.owner = business,
                                     .person = owner,
                                     .kind = &shop_orders,
                                     .name = text_of(name),
                                     .path = text_of(in_data(name)),
                                     .at = clock_now()};
    must(import_arrive(world.store, memory, &arrival), "arriving");
    return arrival.id;
}

static void need(struct import_id import, enum import_state state)
{
    struct import_row row = row_of(import);
    if (row.state == state && row.faults == 0)
        return;
    fprintf(stderr, "imports: it ended in another state, or with errors\n");
    exit(1);
}

static double go(struct import_id import, enum import_state through, enum import_state to,
                 int64_t lines, const char *what)
{
    struct watch since = start();
    move(import, through);
    work(import, 1);
    double rate = tell(what, since, lines);
    need(import, to);
    return rate;
}

/* ---- the bare loop ---------------------------------------------------------------------------- */

static void bare(sqlite3 *db, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "imports: bare loop: %s\n", sqlite3_errmsg(db));
    exit(1);
}

/* The next row of `from` goes into the table. */
static bool copy_row(sqlite3 *db, sqlite3_stmt *from, sqlite3_stmt *into)
{
    int code = sqlite3_step(from);
    bare(db, code);
    if (code == SQLITE_DONE)
        return false;
    for (int i = 0; i < sqlite3_column_count(from); i++)
        bare(db, sqlite3_bind_value(into, i + 1, sqlite3_column_value(from, i)));
    bare(db, sqlite3_step(into));
    bare(db, sqlite3_reset(into));
    return true;
}

/* The tables and indexes of the source, made in the copy. */
static void copy_schema(sqlite3 *db)
{
    sqlite3_stmt *all;
    bare(db, sqlite3_prepare_v2(
                 db,
                 "SELECT sql FROM source.sqlite_schema WHERE sql IS NOT NULL AND "
                 "tbl_name IN ('core_customer', 'core_order', 'core_order_line') ORDER BY rowid",
                 -1, &all, NULL));
    while (sqlite3_step(all) == SQLITE_ROW)
        bare(db, sqlite3_exec(db, (const char *)sqlite3_column_text(all, 0), NULL, NULL, NULL));
    sqlite3_finalize(all);
}

/* What SQLite alone needs to write the rows that are there now. */
static double bare_loop(int64_t lines)
{
    static const char *const tables[] = {"core_customer", "core_order", "core_order_line"};
    static const int columns[] = {8, 16, 7};
    sqlite3 *db;
    sqlite3_stmt *from[3], *into[3];
    char sql[600];
    bool more[3] = {true, true, true};
    bare(NULL, sqlite3_open(in_data("bare.db"), &db));
    snprintf(sql, sizeof sql,
             "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; "
             "PRAGMA wal_autocheckpoint=2000; ATTACH '%s/contraflow.db' AS source",
             data);
    bare(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
    copy_schema(db);
    for (int i = 0; i < 3; i++) {
        snprintf(sql, sizeof sql, "SELECT * FROM source.%s ORDER BY rowid", tables[i]);
        bare(db, sqlite3_prepare_v2(db, sql, -1, &from[i], NULL));
        int size = snprintf(sql, sizeof sql, "INSERT INTO main.%s VALUES (?", tables[i]);
        for (int j = 1; j < columns[i]; j++)
            size += snprintf(sql + size, sizeof sql - (size_t)size, ",?");
        snprintf(sql + size, sizeof sql - (size_t)size, ")");
        bare(db, sqlite3_prepare_v2(db, sql, -1, &into[i], NULL));
    }
    struct watch since = start();
    while (more[0] || more[1] || more[2]) {
        bare(db, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
        for (int j = 0; j < TOGETHER; j++)
            for (int i = 0; i < 3; i++)
                more[i] = more[i] && copy_row(db, from[i], into[i]);
        bare(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
    }
    double rate = tell("  bare loop of SQLite, the same rows", since, lines);
    for (int i = 0; i < 6; i++)
        sqlite3_finalize(i < 3 ? from[i] : into[i - 3]);
    sqlite3_close(db);
    return rate;
}

/* ---- all of it -------------------------------------------------------------------------------- */

static void begin_world(const char *folder)
{
    struct text complaint = {0};
    data = folder;
    log_set_level(LOG_ERROR);
    memory = memory_create(256 << 20);
    must(world_settings(memory, text_of(folder), &complaint), "settings");
    must(world_open(memory, text_of(folder), &world, &complaint), "opening");
    must(world_lease(&world, &complaint), "leasing");
    owner = person(&world, "maren@example.org", false);
    must(party_found(world.store, memory, text_of("Nordlicht"), text_of("Kiel"), owner, clock_now(),
                     &business),
         "a business");
}

static void open_world(const char *folder)
{
    begin_world(folder);
    write_known();
    struct import_id known = arrive("known.csv");
    move(known, IMPORT_CHECKING);
    work(known, 1);
    move(known, IMPORT_RUNNING);
    work(known, 1);
    need(known, IMPORT_DONE);
}

static bool say(const char *what, bool holds)
{
    printf("%-40s %s\n", what, holds ? "yes" : "NO");
    return holds;
}

/* What runs beside another measurement. */
static int leave(const char *folder, const char *purchases, int64_t most)
{
    int64_t sum = 0;
    begin_world(folder);
    write_csv(purchases, most, &sum);
    struct import_id import = arrive("purchases.csv");
    move(import, IMPORT_CHECKING);
    work(import, 1);
    move(import, IMPORT_RUNNING);
    world_close(&world);
    memory_end(memory);
    return 0;
}

int main(int argc, char **argv)
{
    int64_t sum = 0;
    struct rusage used;
    if (argc == 5 && strcmp(argv[1], "--left") == 0)
        return leave(argv[2], argv[3], strtoll(argv[4], NULL, 10));
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: imports [--left] DATA PURCHASES [LINES]\n");
        return 2;
    }
    open_world(argv[1]);
    int orders = exported(&shop_orders, IMPORT_LINES);
    int customers = exported(&shop_customers, IMPORT_LINES);
    int64_t lines = write_csv(argv[2], argc == 4 ? strtoll(argv[3], NULL, 10) : 0, &sum);
    struct watch since = start();
    struct import_id import = arrive("purchases.csv");
    tell("arriving", since, lines);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED, lines, "check, nothing taken in");
    move(import, IMPORT_RUNNING);
    work(import, 0.5);
    int64_t half = row_of(import).line;
    go(import, IMPORT_CANCELLING, IMPORT_CANCELLED, half, "cancel half-way");
    bool right = say("  all as before, byte for byte",
                     unchanged(orders, &shop_orders) && unchanged(customers, &shop_customers));
    write_csv(argv[2], lines, &sum);
    sum /= 2;
    import = arrive("purchases.csv");
    move(import, IMPORT_CHECKING);
    work(import, 1);
    double rate = go(import, IMPORT_RUNNING, IMPORT_DONE, lines, "take in");
    struct import_row row = row_of(import);
    printf("  %lld new, %lld changed, %lld writes that each moved the progress on\n",
           (long long)row.made, (long long)row.changed, (long long)row.batches);
    if (!store_is_postgresql(world.store))
        printf("  ours is %.2f of the bare loop\n", rate / bare_loop(lines));
    since = start();
    int csv = exported(&shop_orders, IMPORT_CSV);
    tell("export as CSV", since, lines);
    right = say("  its sums are the file's", sum_of(csv) == sum) && right;
    go(import, IMPORT_UNDOING, IMPORT_UNDONE, lines, "undo");
    right = say("  all as before, byte for byte",
                unchanged(orders, &shop_orders) && unchanged(customers, &shop_customers)) &&
            right;
    getrusage(RUSAGE_SELF, &used);
    printf("%lld lines; most memory %.0f MB\n", (long long)lines, (double)used.ru_maxrss / 1024);
    world_close(&world);
    memory_end(memory);
    return right ? 0 : 1;
}
