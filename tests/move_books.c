/*
 * What tests/run_move.sh moves, and how it looks at what arrived.
 *
 *   move_books fill DATA TRANSFERS DAYS      posts so many transfers over so many days before today, which
 *                                            are closed then; 0 days: today, with holds, nothing closed
 *   move_books statements DATA AT DIR        each party's statement and each closed day as a file; AT is
 *                                            when they were made, milliseconds since 1970
 *   move_books rows FILE                     every row of every table of an SQLite file, one a line, but
 *                                            what each database writes of itself
 *
 * The database is that of CONTRAFLOW_DATABASE, or SQLite in DATA.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "core/books/closing.h"
#include "core/books/statement.h"
#include "core/sign/sign.h"
#include "ledger/day.h"
#include "purchase_test_bed.h"

enum { PEOPLE = 20, AT_ONCE = 5000 /* transfers in one write */, PHOTOS = 12 };
#define WALLET INT64_C(900000000000) /* cents */

static const struct posting_template sale = {
    .name = "test.sale",
    .parties = {"business", "person"},
    .amounts = {"share", "income"},
    .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_EARNINGS, 1}, 0, "stock.leg.share"},
             {{ACCOUNT_WALLET, 0}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, 1, "stock.leg.income"}},
    .count = 2,
};

struct books {
    struct bed bed;
    struct party_id business;
    struct party_id people[PEOPLE];
};

static void open_books(struct books *books, const char *data)
{
    const char *url = getenv("CONTRAFLOW_DATABASE");
    bed_open(&books->bed, data, url ? url : "");
}

/* ---- fill ------------------------------------------------------------------------------------- */

static void found(struct books *books)
{
    char name[40];
    bed_people(&books->bed);
    books->business = bed_business(&books->bed, books->bed.buyer, WALLET);
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(name, sizeof name, "person%d", i);
        books->people[i] = bed_person(&books->bed, name, false);
    }
    for (int i = 0; i < PHOTOS; i++)
        bed_photo(&books->bed);
}

/* Who was founded by an earlier call stands in DATA/parties. */
static bool keep_or_read(struct books *books, const char *data, bool keep)
{
    char path[400];
    snprintf(path, sizeof path, "%s/parties", data);
    FILE *file = fopen(path, keep ? "we" : "re");
    if (!file)
        return false;
    for (int i = 0; i <= PEOPLE; i++) {
        int64_t *id = i < PEOPLE ? &books->people[i].value : &books->business.value;
        if (keep)
            fprintf(file, "%" PRId64 "\n", *id);
        else if (fscanf(file, "%" SCNd64, id) != 1)
            bed_must(&world_failed, path);
    }
    fclose(file);
    return true;
}

struct lot {
    const struct books *books;
    int64_t first, count; /* postings */
};

static const struct problem *post_lot(struct database *db, struct memory *memory, void *context)
{
    const struct lot *lot = context;
    size_t wrong;
    struct ledger_line *lines = memory_take_array(memory, (size_t)lot->count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (int64_t i = 0; i < lot->count; i++) {
        int64_t number = lot->first + i;
        lines[i].posting = (struct posting){
            .template = &sale,
            .parties = {lot->books->business, lot->books->people[number % PEOPLE]},
            .amounts = {{100 + number % 97, {"EUR"}}, {7 + number % 5, {"EUR"}}},
            .subject = number + 1,
            .at = clock_now(),
        };
    }
    return ledger_batch(db, memory, lines, (size_t)lot->count, BATCH_ALL, &wrong);
}

static const struct problem *hold_some(struct database *db, struct memory *memory, void *context)
{
    const struct books *books = context;
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < PEOPLE; i++) {
        struct hold_id hold;
        problem = ledger_hold(db, memory, books->people[i], ACCOUNT_EARNINGS,
                              (struct money){50 + i, {"EUR"}}, i + 1, clock_now(),
                              (struct instant){0}, &hold);
    }
    return problem;
}

static void close_days(struct books *books)
{
    for (int64_t closed = 1; closed > 0;) {
        struct memory *memory = memory_create(256 << 20);
        bed_must(closing_tend(books->bed.world.store, books->bed.world.reader, memory, &closed),
                 "closing");
        memory_end(memory);
    }
}

static int fill(const char *data, int64_t transfers, int64_t days)
{
    static struct books books;
    int64_t postings = (transfers + 1) / 2;
    struct instant today = {clock_now().ms / DAY * DAY};
    if (days > 0)
        clock_set((struct instant){today.ms - days * DAY + HOUR});
    open_books(&books, data);
    if (!keep_or_read(&books, data, false)) {
        found(&books);
        keep_or_read(&books, data, true);
    }
    for (int64_t done = 0; done < postings;) {
        struct lot lot = {&books, done, postings - done};
        if (lot.count > AT_ONCE / 2)
            lot.count = AT_ONCE / 2;
        if (days > 0 && lot.count > postings / days + 1)
            lot.count = postings / days + 1;
        if (days > 0)
            clock_set((struct instant){today.ms - days * DAY + 2 * HOUR +
                                       days * done / postings * DAY + done % HOUR});
        struct memory *memory = memory_create(256 << 20);
        bed_must(store_write(books.bed.world.store, memory, post_lot, &lot), "postings");
        memory_end(memory);
        done += lot.count;
    }
    clock_set((struct instant){0});
    if (days > 0)
        close_days(&books);
    else
        bed_must(store_write(books.bed.world.store, books.bed.memory, hold_some, &books), "holds");
    bool right = days > 0 || bed_discrepancies(&books.bed) == 0;
    bed_close(&books.bed);
    return right ? 0 : 1;
}

/* ---- statements ------------------------------------------------------------------------------- */

static const struct problem *write_piece(void *context, struct text piece)
{
    return fwrite(piece.data, 1, piece.size, context) == piece.size ? NULL : &world_failed;
}

static FILE *open_file(const char *folder, const char *kind, int64_t number)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s-%" PRId64 ".jsonl", folder, kind, number);
    FILE *file = fopen(path, "we");
    if (!file)
        bed_must(&world_failed, path);
    return file;
}

static void write_statement(struct books *books, const struct sign_key *key, struct party_id party,
                            struct instant at, const char *folder)
{
    bool business = party.value == books->business.value;
    struct memory *memory = memory_create(256 << 20);
    FILE *file = open_file(folder, "statement", party.value);
    struct journal_sink sink = {file, write_piece};
    struct statement_order order = {
        .party = party,
        .name = text_of(business ? "Nordlicht" : "A person"),
        .purpose = business ? ACCOUNT_WALLET : ACCOUNT_EARNINGS,
        .currency = {"EUR"},
        .from = at.ms / DAY - 400,
        .through = at.ms / DAY,
        .language = LANGUAGE_EN,
        .at = at,
    };
    bed_must(statement_write(books->bed.world.reader, memory, key, &order, &sink), "a statement");
    if (fclose(file) != 0)
        bed_must(&world_failed, "closing a statement");
    memory_end(memory);
}

static void write_days(struct books *books, struct instant at, const char *folder)
{
    for (int64_t day = at.ms / DAY - 400; day < at.ms / DAY; day++) {
        struct memory *memory = memory_create(256 << 20);
        FILE *file = open_file(folder, "day", day);
        struct journal_sink sink = {file, write_piece};
        const struct problem *problem =
            ledger_day_write(books->bed.world.reader, memory, day, &sink);
        fclose(file);
        if (problem == &not_found) {
            char path[400];
            snprintf(path, sizeof path, "%s/day-%" PRId64 ".jsonl", folder, day);
            unlink(path);
        } else {
            bed_must(problem, "a day");
        }
        memory_end(memory);
    }
}

static int statements(const char *data, struct instant at, const char *folder)
{
    static struct books books;
    struct sign_key key;
    open_books(&books, data);
    mkdir(folder, 0700);
    if (!keep_or_read(&books, data, false))
        bed_must(&world_failed, "DATA/parties");
    bed_must(sign_key_make(text_of(data), &key), "the key");
    for (int i = 0; i < PEOPLE; i++)
        write_statement(&books, &key, books.people[i], at, folder);
    write_statement(&books, &key, books.business, at, folder);
    sign_key_end(&key);
    write_days(&books, at, folder);
    bed_close(&books.bed);
    return 0;
}

/* ---- rows ------------------------------------------------------------------------------------- */

/* Migrations say when they ran; turns and positions are those of a database; numbers are leased anew by
 * each command; the full-text index has no rows to show. */
static bool own_of_a_database(const char *table)
{
    static const char *const own[] = {"store_migration", "core_event", "core_consumer",
                                      "core_node"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcmp(table, own[i]) == 0)
            return true;
    }
    return false;
}

static void print_rows(sqlite3 *file, const char *table)
{
    char sql[300];
    sqlite3_stmt *rows;
    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", table);
    if (sqlite3_prepare_v2(file, sql, -1, &rows, NULL))
        bed_must(&world_failed, table);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        printf("%s", table);
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            int type = sqlite3_column_type(rows, i);
            printf("\t%d:%s", type,
                   type == SQLITE_NULL ? "" : (const char *)sqlite3_column_text(rows, i));
        }
        putchar('\n');
    }
    sqlite3_finalize(rows);
}

static int rows(const char *path)
{
    sqlite3 *file = NULL;
    sqlite3_stmt *tables = NULL;
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) ||
        sqlite3_prepare_v2(
            file,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite%' ORDER BY name",
            -1, &tables, NULL))
        bed_must(&world_failed, path);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        if (!own_of_a_database(table))
            print_rows(file, table);
    }
    sqlite3_finalize(tables);
    print_rows(file, "(SELECT 'unread', count(*) FROM core_consumer c JOIN core_event e "
                     "ON e.id > c.event OR e.turn > 0 OR c.turn > 0)");
    print_rows(file, "(SELECT rowid, 'found' FROM core_search WHERE core_search MATCH 'harbour')");
    sqlite3_close(file);
    return 0;
}

int main(int argc, char **argv)
{
    int64_t number = 0;
    int64_t days = 0;
    log_set_level(LOG_ERROR);
    if (argc == 5 && strcmp(argv[1], "fill") == 0 && text_to_integer(text_of(argv[3]), &number) &&
        text_to_integer(text_of(argv[4]), &days))
        return fill(argv[2], number, days);
    if (argc == 5 && strcmp(argv[1], "statements") == 0 &&
        text_to_integer(text_of(argv[3]), &number))
        return statements(argv[2], (struct instant){number}, argv[4]);
    if (argc == 3 && strcmp(argv[1], "rows") == 0)
        return rows(argv[2]);
    fputs("usage: move_books fill DATA TRANSFERS DAYS | statements DATA AT DIR | rows FILE\n",
          stderr);
    return 2;
}
