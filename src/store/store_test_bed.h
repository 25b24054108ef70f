/*
 * What the store's tests stand on: a table of things, its shapes and statements written by hand as
 * tools/statements.c would write them, and a fresh store on either engine.
 *
 * Only *_test.c files of this folder include it; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_STORE_STORE_TEST_BED_H
#define CONTRAFLOW_STORE_STORE_TEST_BED_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/engine.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- shapes ---- */

struct thing_id {
    int64_t value; /* as in every id */
};
MAYBE(thing_id);
enum thing_state { THING_DRAFT = 1, THING_OPEN };
struct thing {
    struct thing_id id;
    struct text title; /* unique */
    struct maybe_text note;
    struct money price;
    struct maybe_money bonus;
    enum thing_state state;
    struct instant made;
    struct maybe_instant seen;
    bool open;
    struct maybe_thing_id owner;
    int64_t amount; /* never -13, says a CHECK */
    struct maybe_flag fresh;
    struct maybe_integer rank;
};
LIST_OF(thing);

static const struct word thing_state_items[] = {{THING_DRAFT, "draft", ""},
                                                {THING_OPEN, "open", ""}};
static const struct words thing_state_words = {"thing_state", "", thing_state_items, 2};

#define PLAIN(type, member, what)                                                                  \
    .name = #member, .meaning = "", .offset = offsetof(struct type, member), .kind = (what)
#define MAYBE_FIELD(type, member, what, maybe)                                                     \
    PLAIN(type, member, what), .optional = true, .value_offset = offsetof(struct maybe, value)

static const struct field thing_fields[] = {
    {PLAIN(thing, id, FIELD_ID), .prefix = "thi"},
    {PLAIN(thing, title, FIELD_TEXT)},
    {MAYBE_FIELD(thing, note, FIELD_TEXT, maybe_text)},
    {PLAIN(thing, price, FIELD_MONEY)},
    {MAYBE_FIELD(thing, bonus, FIELD_MONEY, maybe_money)},
    {PLAIN(thing, state, FIELD_WORD), .words = &thing_state_words},
    {PLAIN(thing, made, FIELD_INSTANT)},
    {MAYBE_FIELD(thing, seen, FIELD_INSTANT, maybe_instant)},
    {PLAIN(thing, open, FIELD_FLAG)},
    {MAYBE_FIELD(thing, owner, FIELD_ID, maybe_thing_id), .prefix = "thi"},
    {PLAIN(thing, amount, FIELD_INTEGER)},
    {MAYBE_FIELD(thing, fresh, FIELD_FLAG, maybe_flag)},
    {MAYBE_FIELD(thing, rank, FIELD_INTEGER, maybe_integer)},
};
static const struct shape thing_shape = {"thing", "", sizeof(struct thing), thing_fields,
                                         COUNT_OF(thing_fields)};

/* A few of a thing's columns, for statements that need less. */
struct brief {
    struct thing_id id;
    struct text title;
    int64_t amount;
};
static const struct field brief_fields[] = {
    {PLAIN(brief, id, FIELD_ID), .prefix = "thi"},
    {PLAIN(brief, title, FIELD_TEXT)},
    {PLAIN(brief, amount, FIELD_INTEGER)},
};
static const struct shape brief_shape = {"brief", "", sizeof(struct brief), brief_fields, 3};

struct total {
    int64_t total;
};
static const struct field total_fields[] = {{PLAIN(total, total, FIELD_INTEGER)}};
static const struct shape total_shape = {"total", "", sizeof(struct total), total_fields, 1};

struct by_id {
    struct thing_id id;
};
static const struct field by_id_fields[] = {{PLAIN(by_id, id, FIELD_ID), .prefix = "thi"}};
static const struct shape by_id_shape = {"by_id", "", sizeof(struct by_id), by_id_fields, 1};

/* ---- schema and statements ---- */

static const struct migration bed_migrations[] = {
    {"trial/0001_things",
     "-- Things; id is KEY in a comment, and 'KEY' in a string stays.\n"
     "CREATE TABLE trial_thing (\n"
     "    id KEY,\n"
     "    title WORDS NOT NULL DEFAULT 'KEY; -- not the end',\n"
     "    note WORDS,\n"
     "    price_minor MONEY_MINOR NOT NULL, price_currency CURRENCY NOT NULL,\n"
     "    bonus_minor MONEY_MINOR, bonus_currency CURRENCY,\n"
     "    state WORDS NOT NULL,\n"
     "    made INSTANT NOT NULL,\n"
     "    seen INSTANT,\n"
     "    open FLAG NOT NULL,\n"
     "    owner ID,\n"
     "    amount NUMBER NOT NULL CHECK (amount <> -13),\n"
     "    fresh FLAG,\n"
     "    rank NUMBER,\n"
     "    picture BYTES\n"
     ");\n"
     "CREATE UNIQUE INDEX trial_thing_title ON trial_thing (title);\n"
     "CREATE TABLE trial_pair (a ID NOT NULL, b ID NOT NULL, PRIMARY KEY (a, b));\n"},
    {"trial/0002_children", "CREATE TABLE trial_child (\n"
                            "    id KEY,\n"
                            "    thing ID NOT NULL,\n"
                            "    FOREIGN KEY (thing) REFERENCES trial_thing (id)\n"
                            "        DEFERRABLE INITIALLY DEFERRED\n"
                            ");\n"
                            "-- on sqlite\n"
                            "CREATE VIRTUAL TABLE trial_words USING fts5 (body);\n"
                            "-- on postgresql\n"
                            "CREATE TABLE trial_words (body TSVECTOR NOT NULL);\n"
                            "-- on both\n"},
};
static const struct schema bed_schema = {"trial", bed_migrations, 2};
static const struct schema *const bed_schemas[] = {&bed_schema};

#define COLUMNS                                                                                    \
    "id, title, note, price_minor, price_currency, bonus_minor, bonus_currency, state, made, "     \
    "seen, open, owner, amount, fresh, rank"
#define SAME(sql) sql, sql

static const struct statement thing_add = {
    "thing_add",
    "bed:1",
    SAME("INSERT INTO trial_thing (" COLUMNS ") VALUES (:id, :title, :note, :price_minor, "
         ":price_currency, :bonus_minor, :bonus_currency, :state, :made, :seen, :open, :owner, "
         ":amount, :fresh, :rank)"),
    &thing_shape,
    GIVES_NOTHING,
    NULL,
    true,
    0};
static const struct statement thing_by_id = {
    "thing_by_id", "bed:2",   SAME("SELECT " COLUMNS " FROM trial_thing WHERE id = :id -- :no\n"),
    &by_id_shape,  GIVES_ONE, &thing_shape,
    false,         1};
static const struct statement thing_list = {
    "thing_list", "bed:3",    SAME("SELECT " COLUMNS " FROM trial_thing ORDER BY id"),
    NULL,         GIVES_MANY, &thing_shape,
    false,        2};
static const struct statement thing_total = {
    "thing_total",
    "bed:4",
    SAME("SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) AS total FROM trial_thing"),
    NULL,
    GIVES_ONE,
    &total_shape,
    false,
    3};
static const struct statement thing_set = {
    "thing_set",
    "bed:5",
    SAME("UPDATE trial_thing SET title = :title, amount = :amount WHERE id = :id "
         "RETURNING id, title, amount"),
    &brief_shape,
    GIVES_ONE,
    &brief_shape,
    true,
    4};
static const struct statement thing_count = {
    "thing_count", "bed:6",   SAME("SELECT count(*) AS total FROM trial_thing"),
    NULL,          GIVES_ONE, &total_shape,
    false,         5};
/* How long a statement may take, in milliseconds; 0: without end. */
static const struct statement time_given = {
    "time_given",
    "bed:12",
    "SELECT 0 AS total",
    "SELECT setting::bigint AS total FROM pg_settings WHERE name = 'statement_timeout'",
    NULL,
    GIVES_ONE,
    &total_shape,
    false,
    11};
static const struct statement child_add = {
    "child_add",
    "bed:7",
    SAME("INSERT INTO trial_child (id, thing) VALUES (:id, :id)"),
    &by_id_shape,
    GIVES_NOTHING,
    NULL,
    true,
    6};
/* Rows that do not fit: NULL in a title, a word nobody knows, half a money. */
static const struct statement thing_null_title = {
    "thing_null_title",
    "bed:8",
    SAME("SELECT id, CASE WHEN id = 0 THEN title END AS title, amount FROM trial_thing "
         "WHERE id = :id"),
    &by_id_shape,
    GIVES_ONE,
    &brief_shape,
    false,
    7};
static const struct statement thing_spoil = {
    "thing_spoil",
    "bed:9",
    SAME("UPDATE trial_thing SET state = 'lost', bonus_minor = NULL WHERE id = :id"),
    &by_id_shape,
    GIVES_NOTHING,
    NULL,
    true,
    8};
static const struct statement thing_any = {
    "thing_any", "bed:10",  SAME("SELECT id, title, amount FROM trial_thing"),
    NULL,        GIVES_ONE, &brief_shape,
    false,       9};
static const struct statement thing_half = {
    "thing_half",
    "bed:11",
    SAME("UPDATE trial_thing SET bonus_minor = NULL, bonus_currency = 'EUR' WHERE id = :id"),
    &by_id_shape,
    GIVES_NOTHING,
    NULL,
    true,
    10};

static const struct statement *const bed_statements[] = {
    &thing_add, &thing_by_id,      &thing_list,  &thing_total, &thing_set,  &thing_count,
    &child_add, &thing_null_title, &thing_spoil, &thing_any,   &thing_half, &time_given,
    NULL};

/* A case for cmocka, once for each engine; needs the names of both in scope. */
#define ON_BOTH(function)                                                                          \
    {"sqlite: " #function, function, NULL, NULL, sqlite},                                          \
    {                                                                                              \
        "postgresql: " #function, function, NULL, NULL, postgresql                                 \
    }

/* ---- a fresh store ---- */

struct bed {
    const char *engine;      /* "sqlite" or "postgresql" */
    struct memory *memory;   /* of the test */
    struct store *store;     /* NULL after bed_close() */
    struct database *reader; /* of the test's own thread */
    char folder[64];         /* for files */
    char url[512];           /* of the store */
    char schema[32];         /* PostgreSQL: where its tables are */
};

static void bed_command(const char *sql, const char *schema)
{
    char text[512];
    (void)snprintf(text, sizeof text, sql, schema);
    PGconn *connection = PQconnectdb(getenv("TEST_POSTGRESQL"));
    PGresult *result = PQexec(connection, text);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

static void bed_name(struct bed *bed)
{
    static int number;
    if (strcmp(bed->engine, "sqlite") == 0) {
        (void)snprintf(bed->url, sizeof bed->url, "sqlite:%s/store.db", bed->folder);
        return;
    }
    const char *url = getenv("TEST_POSTGRESQL");
    if (!url) {
        print_message("skipped: TEST_POSTGRESQL names no server\n");
        skip();
    }
    (void)snprintf(bed->schema, sizeof bed->schema, "trial_%d_%d", (int)getpid(), ++number);
    bed_command("CREATE SCHEMA %s", bed->schema);
    (void)snprintf(bed->url, sizeof bed->url, "%s%coptions=-csearch_path%%3D%s&application_name=%s",
                   url, strchr(url, '?') ? '&' : '?', bed->schema, bed->schema);
}

/* Opens with other schemas and statements; what went wrong in *complaint. */
static const struct problem *bed_try(struct bed *bed, const struct schema *schema,
                                     const struct statement *const *statements,
                                     struct text *complaint)
{
    return store_open_statements(bed->memory, text_of(bed->url), &schema, 1, statements,
                                 &bed->store, complaint);
}

static inline void bed_open(struct bed *bed)
{
    struct text complaint;
    const struct problem *problem = bed_try(bed, &bed_schema, bed_statements, &complaint);
    if (problem) {
        print_message("%s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    }
    assert_null(problem);
    assert_null(store_reader(bed->store, bed->memory, &bed->reader));
}

/* Closes the store, and the reader with the memory. What the test read is gone, too. */
static void bed_close(struct bed *bed)
{
    memory_end(bed->memory);
    bed->memory = NULL;
    bed->store = NULL;
}

static void bed_end(struct bed *bed)
{
    store_fail_after(-1);
    store_fail_commit_after(-1);
    store_close(bed->store);
    bed_close(bed);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf %s", bed->folder);
    assert_int_equal(system(command), 0);
    if (bed->schema[0] != '\0') {
        bed_command("DROP SCHEMA %s CASCADE", bed->schema);
    }
}

static struct bed bed_begin(void **state)
{
    struct bed bed = {.engine = *state};
    (void)snprintf(bed.folder, sizeof bed.folder, "/tmp/contraflow_store_XXXXXX");
    bed_name(&bed);
    bed.memory = memory_create(64 << 20);
    assert_non_null(mkdtemp(bed.folder));
    if (strcmp(bed.engine, "sqlite") == 0) {
        (void)snprintf(bed.url, sizeof bed.url, "sqlite:%s/store.db", bed.folder);
    }
    return bed;
}

static inline struct thing bed_thing(int64_t id, const char *title)
{
    return (struct thing){.id = {id},
                          .title = text_of(title),
                          .price = {184, {"EUR"}},
                          .state = THING_OPEN,
                          .made = {1781100131000},
                          .open = true,
                          .amount = 1};
}

static inline const struct problem *bed_add_work(struct database *db, struct memory *memory,
                                                 void *context)
{
    return store_run(db, memory, &thing_add, context, NULL);
}

static inline const struct problem *bed_add(struct bed *bed, struct thing thing)
{
    return store_write(bed->store, bed->memory, bed_add_work, &thing);
}

static inline int64_t bed_number(struct bed *bed, const struct statement *statement)
{
    struct total total = {-1};
    assert_null(store_run(bed->reader, bed->memory, statement, NULL, &total));
    return total.total;
}

#endif
