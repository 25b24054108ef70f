/*
 * A bare loop that writes the rows of a purchase through SQLite, to compare with: no HTTP, no threads,
 * no checks, the same settings of durability as store/sqlite.c, rows of bench/bare_purchase.sql.
 *
 *   bare_purchase DATABASE SQL SECONDS TOGETHER     prints purchases per second
 *
 * TOGETHER purchases share a commit: 1 is what one caller who waits can have, more is what the group
 * commit of the store does for callers that wait at the same time.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STATEMENTS_MAX = 40, SUBJECTS_MAX = 20000, FACTS_MAX = 6 };

struct subject {
    int64_t facts[3]; /* photo, author, earnings */
};

static sqlite3 *handle;
static sqlite3_stmt *statements[STATEMENTS_MAX];
static int statement_count;
static struct subject subjects[SUBJECTS_MAX];
static int subject_count;
static int64_t shared[FACTS_MAX]; /* buyer, wallet, sale, income, fees, person */

static void must(int code, const char *what)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "bare_purchase: %s: %s\n", what, sqlite3_errmsg(handle));
    exit(3);
}

static void prepare_all(const char *path)
{
    static char text[32 << 10];
    FILE *file = fopen(path, "re");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    const char *at = text;
    if (!file || size == 0) {
        fprintf(stderr, "bare_purchase: %s can't be read\n", path);
        exit(3);
    }
    fclose(file);
    while (statement_count < STATEMENTS_MAX) {
        sqlite3_stmt *statement;
        must(sqlite3_prepare_v3(handle, at, -1, SQLITE_PREPARE_PERSISTENT, &statement, &at), path);
        if (!statement)
            break;
        statements[statement_count++] = statement;
    }
}

static void read_subjects(void)
{
    while (sqlite3_step(statements[0]) == SQLITE_ROW && subject_count < SUBJECTS_MAX) {
        for (int i = 0; i < 3; i++)
            subjects[subject_count].facts[i] = sqlite3_column_int64(statements[0], i);
        subject_count++;
    }
    sqlite3_reset(statements[0]);
    must(sqlite3_step(statements[1]), "accounts");
    for (int i = 0; i < FACTS_MAX; i++)
        shared[i] = sqlite3_column_int64(statements[1], i);
    sqlite3_reset(statements[1]);
    if (subject_count == 0 || shared[2] == 0) {
        fprintf(stderr, "bare_purchase: nothing was bought before, so that no account is there\n");
        exit(3);
    }
}

/* What a parameter of bare_purchase.sql stands for. */
static int64_t value_of(const char *name, const struct subject *subject, int64_t first, int64_t at)
{
    static const char *const of_subject[] = {":photo", ":author", ":earnings"};
    static const char *const of_all[] = {":buyer",  ":wallet", ":sale",
                                         ":income", ":fees",   ":person"};
    if (strncmp(name, ":id", 3) == 0)
        return first + strtol(&name[3], NULL, 10);
    for (int i = 0; i < 3; i++) {
        if (strcmp(name, of_subject[i]) == 0)
            return subject->facts[i];
    }
    for (int i = 0; i < FACTS_MAX; i++) {
        if (strcmp(name, of_all[i]) == 0)
            return shared[i];
    }
    return at;
}

static void write_one(int64_t number, int64_t at)
{
    const struct subject *subject = &subjects[number * 7919 % subject_count];
    int64_t first = (INT64_C(1) << 62) + at * 0x4000 + number * 16;
    for (int i = 2; i < statement_count; i++) {
        sqlite3_stmt *statement = statements[i];
        for (int k = 1; k <= sqlite3_bind_parameter_count(statement); k++)
            sqlite3_bind_int64(
                statement, k,
                value_of(sqlite3_bind_parameter_name(statement, k), subject, first, at));
        must(sqlite3_step(statement), sqlite3_sql(statement));
        sqlite3_reset(statement);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: bare_purchase DATABASE SQL SECONDS TOGETHER\n");
        return 2;
    }
    double limit = strtod(argv[3], NULL);
    int64_t together = strtol(argv[4], NULL, 10);
    must(sqlite3_open_v2(argv[1], &handle, SQLITE_OPEN_READWRITE, NULL), argv[1]);
    must(sqlite3_exec(handle,
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                      "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
                      "PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864;",
                      NULL, NULL, NULL),
         "settings");
    prepare_all(argv[2]);
    read_subjects();
    int64_t at = (int64_t)time(NULL) * 1000;
    int64_t done = 0;
    double began = seconds();
    while (seconds() - began < limit) {
        must(sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), "begin");
        for (int64_t i = 0; i < together; i++)
            write_one(done++, at);
        must(sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL), "commit");
    }
    printf("%.0f\n", (double)done / (seconds() - began));
    sqlite3_close(handle);
    return 0;
}
