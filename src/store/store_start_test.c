/*
 * What stops the start: bad statements, changed or newer schemas, files that cannot be used; and how
 * SQL text is cut and expanded.
 */
#include "store/store_test_bed.h"

#include <sys/stat.h>

#include "store/scan.h"

/* ---- statements ---- */

/* Shapes that go wrong in one way each. */
struct wordy {
    struct text amount;
};
static const struct field wordy_fields[] = {{PLAIN(wordy, amount, FIELD_TEXT)}};
static const struct shape wordy_shape = {"wordy", "", sizeof(struct wordy), wordy_fields, 1};
struct counted {
    int64_t title;
};
static const struct field counted_fields[] = {{PLAIN(counted, title, FIELD_INTEGER)}};
static const struct shape counted_shape = {"counted", "", sizeof(struct counted), counted_fields,
                                           1};
struct priced {
    struct money price;
};
static const struct field priced_fields[] = {{PLAIN(priced, price, FIELD_MONEY)}};
static const struct shape priced_shape = {"priced", "", sizeof(struct priced), priced_fields, 1};
struct marked {
    struct html title;
};
static const struct field marked_fields[] = {{PLAIN(marked, title, FIELD_HTML)}};
static const struct shape marked_shape = {"marked", "", sizeof(struct marked), marked_fields, 1};
struct pictured {
    struct text picture;
};
static const struct field pictured_fields[] = {{PLAIN(pictured, picture, FIELD_TEXT)}};
static const struct shape pictured_shape = {"pictured", "", sizeof(struct pictured),
                                            pictured_fields, 1};

static const struct bad {
    const char *sql;
    const struct shape *takes;
    enum statement_gives gives;
    const struct shape *row;
    bool writes;
    const char *said;       /* part of the complaint */
    const char *postgresql; /* the same there; NULL: the same words, "": not refused at start */
} bad_ones[] = {
    {"SELECT id, title FROM trial_thing", NULL, GIVES_MANY, &brief_shape, false,
     "field amount of brief has no column", NULL},
    {"SELECT id, title, amount, note FROM trial_thing", NULL, GIVES_MANY, &brief_shape, false,
     "column note is no field of brief", NULL},
    {"SELECT id, title, amount, amount FROM trial_thing", NULL, GIVES_MANY, &brief_shape, false,
     "column amount comes twice", NULL},
    {"SELECT count(*) FROM trial_thing", NULL, GIVES_ONE, &total_shape, false, "column count",
     NULL},
    {"SELECT amount FROM trial_thing", NULL, GIVES_MANY, &wordy_shape, false,
     "column amount is INTEGER, which field amount of wordy does not take",
     "column amount is an integer, which field amount of wordy does not take"},
    {"SELECT title FROM trial_thing", NULL, GIVES_MANY, &counted_shape, false,
     "column title is TEXT", "column title is text"},
    {"SELECT picture FROM trial_thing", NULL, GIVES_MANY, &pictured_shape, false,
     "column picture is BLOB", "column picture is of the type with number 17"},
    {"SELECT title FROM trial_thing", NULL, GIVES_MANY, &marked_shape, false,
     "column title is no field of marked", NULL},
    {"SELECT price_minor FROM trial_thing", NULL, GIVES_MANY, &priced_shape, false,
     "field price of priced has no columns _minor and _currency", NULL},
    {"SELECT price_minor, price_currency AS price FROM trial_thing", NULL, GIVES_MANY,
     &priced_shape, false, "column price is no field of priced", NULL},
    {"SELECT id, title, amount FROM trial_thing WHERE id = :idd", &by_id_shape, GIVES_MANY,
     &brief_shape, false, "parameter :idd is no field of by_id", NULL},
    {"SELECT id, title, amount FROM trial_thing WHERE id = :id", NULL, GIVES_MANY, &brief_shape,
     false, "parameter :id is no field of nothing", NULL},
    {"SELECT id, title, amount FROM trial_thing", &by_id_shape, GIVES_MANY, &brief_shape, false,
     "field id of by_id is not used", NULL},
    {"UPDATE trial_thing SET price_minor = :price_minor", &priced_shape, GIVES_NOTHING, NULL, true,
     "field price of priced is not used with both _minor and _currency", NULL},
    {"SELECT id, titel AS title, amount FROM trial_thing", NULL, GIVES_MANY, &brief_shape, false,
     "no such column: titel", "column \"titel\" does not exist"},
    {"SELECT id, \"titel\" AS title, amount FROM trial_thing", NULL, GIVES_MANY, &brief_shape,
     false, "no such column: titel", "column \"titel\" does not exist"},
    {"SELECT id, title, amount FROM trial_thong", NULL, GIVES_MANY, &brief_shape, false,
     "no such table: trial_thong", "relation \"trial_thong\" does not exist"},
    {"SELEC id FROM trial_thing", NULL, GIVES_MANY, &by_id_shape, false, "syntax error", NULL},
    {"", NULL, GIVES_NOTHING, NULL, false, "there is no statement", ""},
    {"DELETE FROM trial_child; DELETE FROM trial_thing", NULL, GIVES_NOTHING, NULL, true,
     "more than one statement", "multiple commands"},
    {"DELETE FROM trial_thing", NULL, GIVES_NOTHING, NULL, false, "marked as reading, but writes",
     ""},
    {"SELECT id FROM trial_thing", NULL, GIVES_MANY, &by_id_shape, true,
     "marked as writing, but only reads", ""},
    {"SELECT id FROM trial_thing", NULL, GIVES_NOTHING, NULL, false,
     "column id is no field of nothing", NULL},
    {"SELECT id FROM trial_thing", NULL, GIVES_MANY, NULL, false,
     "what it gives and its row do not agree", NULL},
    {"SELECT id FROM trial_thing WHERE id = $1", NULL, GIVES_MANY, &by_id_shape, false,
     "a parameter that is not written :name", NULL},
};

static void refuse_bad(struct bed *bed, const struct bad *bad, const char *said)
{
    const struct statement statement = {"bad_one", "queries.sql:17", bad->sql,
                                        bad->sql,  bad->takes,       bad->gives,
                                        bad->row,  bad->writes,      0};
    const struct statement *const statements[] = {&statement, NULL};
    struct text complaint = {NULL, 0};
    const struct problem *problem = bed_try(bed, &bed_schema, statements, &complaint);
    if (said[0] == '\0') {
        assert_null(problem);
        store_close(bed->store);
    } else {
        if (problem != &our_fault || !strstr(text_c(bed->memory, complaint), said)) {
            print_message("%s\n  said: %.*s\n  not:  %s\n", bad->sql, TEXT_ARGS(complaint), said);
        }
        assert_ptr_equal(problem, &our_fault);
        assert_non_null(strstr(text_c(bed->memory, complaint), said));
        assert_true(text_starts(complaint, "queries.sql:17: bad_one: "));
    }
    bed->store = NULL;
}

static void bad_statements(void **state)
{
    struct bed bed = bed_begin(state);
    for (size_t i = 0; i < COUNT_OF(bad_ones); i++) {
        const struct bad *bad = &bad_ones[i];
        bool other = strcmp(bed.engine, "postgresql") == 0 && bad->postgresql;
        refuse_bad(&bed, bad, other ? bad->postgresql : bad->said);
    }
    bed_end(&bed);
}

static void all_bad_statements_are_named(void **state)
{
    struct bed bed = bed_begin(state);
    struct statement first = thing_total;
    first.sqlite = first.postgresql = "SELECT 1 AS one";
    first.number = 0;
    struct statement second = thing_by_id;
    second.takes = NULL;
    second.number = 1;
    const struct statement *const statements[] = {&first, &second, NULL};
    struct text complaint = {NULL, 0};
    assert_ptr_equal(bed_try(&bed, &bed_schema, statements, &complaint), &our_fault);
    const char *said = text_c(bed.memory, complaint);
    assert_non_null(strstr(said, "bed:4: thing_total: column one is no field of total"));
    assert_non_null(strstr(said, "bed:2: thing_by_id: parameter :id is no field of nothing"));
    bed.store = NULL;
    bed_end(&bed);
}

/* ---- migrations ---- */

static void reopen(struct bed *bed, const struct schema *schema, const struct problem *expected,
                   const char *said)
{
    struct text complaint = {NULL, 0};
    const struct problem *problem = bed_try(bed, schema, bed_statements, &complaint);
    assert_ptr_equal(problem, expected);
    if (expected) {
        assert_non_null(strstr(text_c(bed->memory, complaint), said));
    } else {
        store_close(bed->store);
    }
    bed->store = NULL;
}

static void history(void **state)
{
    struct bed bed = bed_begin(state);
    struct migration changed[] = {bed_migrations[0],
                                  bed_migrations[1],
                                  {"trial/0003_more", "ALTER TABLE trial_pair ADD COLUMN c ID;"}};
    struct schema schema = {"trial", changed, 3};
    reopen(&bed, &bed_schema, NULL, "");
    reopen(&bed, &schema, NULL, "");
    reopen(&bed, &bed_schema, &store_newer, "trial has migration 3, this program knows 2");
    changed[1].sql = "-- other text";
    reopen(&bed, &schema, &our_fault, "migration trial/0002_children was changed");
    changed[1] = bed_migrations[1];
    changed[0].name = "trial/0000_before";
    reopen(&bed, &schema, &our_fault, "migration trial/0000_before is out of order");
    changed[1] = changed[2];
    changed[0] = bed_migrations[0];
    schema.count = 2;
    reopen(&bed, &schema, NULL, "");
    const struct schema other = {"other", NULL, 0};
    reopen(&bed, &other, NULL, "");
    bed_end(&bed);
}

static void late_migration(void **state)
{
    struct bed bed = bed_begin(state);
    struct migration sparse[] = {bed_migrations[0],
                                 bed_migrations[1],
                                 {"trial/0005_late", "CREATE TABLE trial_late (id KEY)"}};
    struct schema schema = {"trial", sparse, 3};
    reopen(&bed, &schema, NULL, "");
    sparse[2].name = "trial/0004_slipped_in";
    struct migration slipped[] = {
        sparse[0], sparse[1], sparse[2], {"trial/0005_late", "CREATE TABLE trial_late (id KEY)"}};
    struct schema after = {"trial", slipped, 4};
    reopen(&bed, &after, &our_fault, "trial/0004_slipped_in comes before others");
    bed_end(&bed);
}

static void failed_migration_leaves_nothing(void **state)
{
    struct bed bed = bed_begin(state);
    struct migration broken[] = {bed_migrations[0],
                                 {"trial/0002_broken", "CREATE TABLE trial_b (id KEY);\n"
                                                       "CREATE TABLE trial_thing (id KEY);"}};
    struct schema schema = {"trial", broken, 2};
    reopen(&bed, &schema, &our_fault, "migration trial/0002_broken: ");
    reopen(&bed, &bed_schema, NULL, "");
    bed_end(&bed);
}

/* ---- files ---- */

static void unusable_files(void **state)
{
    (void)state;
    static char sqlite[] = "sqlite";
    void *engine = sqlite;
    struct bed bed = bed_begin(&engine);
    char file[128];
    (void)snprintf(file, sizeof file, "%s/store.db", bed.folder);
    FILE *stream = fopen(file, "w");
    for (int i = 0; i < 1000; i++) {
        assert_true(fputs("this is no database\n", stream) >= 0);
    }
    assert_int_equal(fclose(stream), 0);
    reopen(&bed, &bed_schema, &store_broken, file);
    assert_int_equal(unlink(file), 0);
    (void)snprintf(bed.url, sizeof bed.url, "sqlite:%s/absent/store.db", bed.folder);
    reopen(&bed, &bed_schema, &store_broken, "absent/store.db");
    (void)snprintf(bed.url, sizeof bed.url, "sqlite:");
    reopen(&bed, &bed_schema, &store_broken, "needs the name of a file");
    (void)snprintf(bed.url, sizeof bed.url, "mysql://localhost");
    reopen(&bed, &bed_schema, &store_broken, "neither sqlite:FILE nor postgresql://");
    (void)snprintf(bed.url, sizeof bed.url, "postgresql://127.0.0.1:1/none");
    reopen(&bed, &bed_schema, &store_away, "PostgreSQL: ");
    bed_end(&bed);
}

/* Root may write everywhere, so root looks with another's eyes. */
static void read_only_folder(void **state)
{
    (void)state;
    static char sqlite[] = "sqlite";
    void *engine = sqlite;
    struct bed bed = bed_begin(&engine);
    reopen(&bed, &bed_schema, NULL, "");
    char file[128];
    (void)snprintf(file, sizeof file, "%s/store.db", bed.folder);
    assert_int_equal(chmod(file, 0444), 0);
    assert_int_equal(chmod(bed.folder, 0555), 0);
    bool root = geteuid() == 0;
    assert_true(!root || seteuid(65534) == 0);
    reopen(&bed, &bed_schema, &store_broken, file);
    (void)snprintf(bed.url, sizeof bed.url, "sqlite:%s/new.db", bed.folder);
    reopen(&bed, &bed_schema, &store_broken, "new.db");
    assert_true(!root || seteuid(0) == 0);
    assert_int_equal(chmod(bed.folder, 0755), 0);
    bed_end(&bed);
}

static const struct problem *fill(struct database *db, struct memory *memory, void *context)
{
    struct thing thing = bed_thing(*(const int64_t *)context, "a title of its own");
    char *note = memory_take(memory, 1 << 20);
    char title[32];
    memset(note, 'n', 1 << 20);
    (void)snprintf(title, sizeof title, "%lld", (long long)thing.id.value);
    thing.title = text_of(title);
    thing.note = (struct maybe_text){true, {note, 1 << 20}};
    return store_run(db, memory, &thing_add, &thing, NULL);
}

/* The most pages a database may have stands for a full disk. */
static void full_disk(void **state)
{
    (void)state;
    static char sqlite[] = "sqlite";
    void *engine = sqlite;
    struct bed bed = bed_begin(&engine);
    bed_open(&bed);
    struct text complaint;
    assert_null(sqlite_engine.script(bed.store->first, bed.memory, "PRAGMA max_page_count=600",
                                     &complaint));
    int64_t id = 1;
    const struct problem *problem = NULL;
    for (; id < 20 && !problem; id++) {
        problem = store_write(bed.store, bed.memory, fill, &id);
    }
    assert_ptr_equal(problem, &disk_full);
    assert_int_equal(bed_number(&bed, &thing_count), id - 2);
    assert_null(bed_add(&bed, bed_thing(100, "a small one still fits")));
    bed_end(&bed);
}

/* ---- text ---- */

static void expansion(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 20);
    const char *sql = "CREATE TABLE t (id KEY, \"KEY\" WORDS, PRIMARY KEY (a), FOREIGN KEY (b));\n"
                      "CREATE TABLE u (a ID) -- on sqlite\n WITHOUT ROWID -- on both\n;"
                      "CREATE VIRTUAL TABLE v USING fts5 (x);CREATE INDEX i ON t (KEYS);"
                      "INSERT INTO t VALUES ('KEY ID;', /* KEY */ $$FLAG$$)";
    assert_string_equal(migrate_expand(memory, sql, false),
                        "CREATE TABLE t (id INTEGER PRIMARY KEY, \"KEY\" TEXT, PRIMARY KEY (a), "
                        "FOREIGN KEY (b)) STRICT;\n"
                        "CREATE TABLE u (a INTEGER) \n WITHOUT ROWID \n, STRICT;"
                        "CREATE VIRTUAL TABLE v USING fts5 (x);CREATE INDEX i ON t (KEYS);"
                        "INSERT INTO t VALUES ('KEY ID;', \n $$FLAG$$)");
    assert_string_equal(migrate_expand(memory, sql, true),
                        "CREATE TABLE t (id BIGINT PRIMARY KEY, \"KEY\" TEXT COLLATE \"C\", "
                        "PRIMARY KEY (a), FOREIGN KEY (b));\n"
                        "CREATE TABLE u (a BIGINT) \n\n;"
                        "CREATE VIRTUAL TABLE v USING fts5 (x);CREATE INDEX i ON t (KEYS);"
                        "INSERT INTO t VALUES ('KEY ID;', \n $$FLAG$$)");
    assert_string_equal(migrate_expand(memory, "CREATE TABLE w (f FLAG)", false),
                        "CREATE TABLE w (f INTEGER) STRICT");
    memory_end(memory);
}

static void tokens(void **state)
{
    (void)state;
    struct text rest = text_of("a::b :c_1':x''y'--:z\n$1 $q$ :r $q$ 'open");
    static const struct {
        enum token_kind kind;
        const char *text;
    } expected[] = {{TOKEN_WORD, "a"},     {TOKEN_OTHER, "::"},       {TOKEN_WORD, "b"},
                    {TOKEN_SPACE, " "},    {TOKEN_PARAMETER, ":c_1"}, {TOKEN_QUOTED, "':x'"},
                    {TOKEN_QUOTED, "'y'"}, {TOKEN_COMMENT, "--:z\n"}, {TOKEN_OTHER, "$"},
                    {TOKEN_WORD, "1"},     {TOKEN_SPACE, " "},        {TOKEN_QUOTED, "$q$ :r $q$"},
                    {TOKEN_SPACE, " "},    {TOKEN_QUOTED, "'open"}};
    struct token token;
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_true(scan_next(&rest, &token));
        assert_int_equal(token.kind, expected[i].kind);
        assert_true(text_is(token.text, expected[i].text));
    }
    assert_false(scan_next(&rest, &token));
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(bad_statements),
        ON_BOTH(all_bad_statements_are_named),
        ON_BOTH(history),
        ON_BOTH(late_migration),
        ON_BOTH(failed_migration_leaves_nothing),
        cmocka_unit_test(unusable_files),
        cmocka_unit_test(read_only_folder),
        cmocka_unit_test(full_disk),
        cmocka_unit_test(expansion),
        cmocka_unit_test(tokens),
    };
    return cmocka_run_group_tests_name("store_start", tests, NULL, NULL);
}
