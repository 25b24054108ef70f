/*
 * Migrations: own type names expanded for the engine, applied once in order in one transaction, and
 * remembered with a hash, so that history which changed afterwards is refused.
 *
 * The few statements on store_migration stand here and not in a .sql file because they run before
 * anything that was generated from .sql files can be checked. Must not know: an engine's calls, any
 * other table. Read next: docs/decisions/0002-store-dialect.md.
 */
#include "store/engine.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/scan.h"

#define HASH_SIZE 32

/* One applied migration, as store_migration keeps it. */
struct applied {
    struct text folder; /* of the schema */
    int64_t number;     /* from the name: "stock/0001_photos" is 1 */
    struct text name;   /* for people */
    struct text hash;   /* BLAKE2b-256 of the text, in hexadecimal */
    struct instant at;  /* when it was applied */
};
struct applied_list {
    const struct applied *items;
    size_t count;
};

#define APPLIED_FIELD(member, what)                                                                \
    {                                                                                              \
        .name = #member, .meaning = "", .offset = offsetof(struct applied, member), .kind = (what) \
    }
static const struct field applied_fields[] = {
    APPLIED_FIELD(folder, FIELD_TEXT), APPLIED_FIELD(number, FIELD_INTEGER),
    APPLIED_FIELD(name, FIELD_TEXT),   APPLIED_FIELD(hash, FIELD_TEXT),
    APPLIED_FIELD(at, FIELD_INSTANT),
};
static const struct shape applied_shape = {"applied", "One applied migration",
                                           sizeof(struct applied), applied_fields, 5};

static const char create_sql[] = "CREATE TABLE IF NOT EXISTS store_migration (\n"
                                 "    folder WORDS NOT NULL,\n"
                                 "    number NUMBER NOT NULL,\n"
                                 "    name WORDS NOT NULL,\n"
                                 "    hash WORDS NOT NULL,\n"
                                 "    at INSTANT NOT NULL,\n"
                                 "    PRIMARY KEY (folder, number)\n"
                                 ");\n";
static const char list_sql[] =
    "SELECT folder, number, name, hash, at FROM store_migration ORDER BY folder, number";
static const char record_sql[] = "INSERT INTO store_migration (folder, number, name, hash, at) "
                                 "VALUES (:folder, :number, :name, :hash, :at)";

static const struct statement list_statement = {"store_migration_list",
                                                "src/store/migrate.c",
                                                list_sql,
                                                list_sql,
                                                NULL,
                                                GIVES_MANY,
                                                &applied_shape,
                                                false,
                                                0};
static const struct statement record_statement = {"store_migration_record",
                                                  "src/store/migrate.c",
                                                  record_sql,
                                                  record_sql,
                                                  &applied_shape,
                                                  GIVES_NOTHING,
                                                  NULL,
                                                  true,
                                                  1};
static const struct statement *const own_statements[] = {&list_statement, &record_statement};

size_t migrate_statements(const struct statement *const **out)
{
    *out = own_statements;
    return sizeof own_statements / sizeof own_statements[0];
}

/* ---- expanding ---- */

static const struct own_type {
    const char *name, *sqlite, *postgresql;
} own_types[] = {
    {"KEY", "INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY"},
    {"ID", "INTEGER", "BIGINT"},
    {"NUMBER", "INTEGER", "BIGINT"},
    {"INSTANT", "INTEGER", "BIGINT"},
    {"FLAG", "INTEGER", "SMALLINT"},
    {"WORDS", "TEXT", "TEXT COLLATE \"C\""},
    {"MONEY_MINOR", "INTEGER", "BIGINT"},
    {"CURRENCY", "TEXT", "TEXT COLLATE \"C\""},
    {"BYTES", "BLOB", "BYTEA"},
};

/* Where in a migration the expansion stands. */
struct expansion {
    struct builder sql;  /* what came out so far */
    bool postgresql;     /* for which engine */
    bool skipping;       /* inside lines for the other engine */
    struct text before;  /* the word before, empty after anything else but space */
    size_t words;        /* words of this statement so far */
    bool creates, table; /* its first was CREATE, its second TABLE */
    int depth;           /* of parentheses */
    bool options;        /* something follows the closing parenthesis: table options */
};

/* PRIMARY KEY and FOREIGN KEY are SQL's, and so are locks FOR KEY SHARE, FOR NO KEY UPDATE. */
static bool sql_key(struct text before)
{
    return text_is(before, "PRIMARY") || text_is(before, "FOREIGN") || text_is(before, "FOR") ||
           text_is(before, "NO");
}

static void expand_word(struct expansion *at, struct text word)
{
    at->words++;
    at->creates = at->words == 1 ? text_is(word, "CREATE") : at->creates;
    at->table = at->words == 2 ? text_is(word, "TABLE") : at->table;
    at->options = at->depth == 0 && at->words > 2;
    struct text before = at->before;
    at->before = word;
    for (size_t i = 0; i < sizeof own_types / sizeof own_types[0]; i++) {
        const struct own_type *type = &own_types[i];
        if (text_is(word, type->name) && !(i == 0 && sql_key(before))) {
            builder_add_c(&at->sql, at->postgresql ? type->postgresql : type->sqlite);
            return;
        }
    }
    builder_add(&at->sql, word);
}

static void end_statement(struct expansion *at)
{
    if (at->creates && at->table && !at->postgresql && at->depth == 0) {
        builder_add_c(&at->sql, at->options ? ", STRICT" : " STRICT");
    }
    at->words = 0;
    at->creates = at->table = at->options = false;
    at->depth = 0;
}

static void expand_other(struct expansion *at, struct text text)
{
    if (text.data[0] == ';' && at->depth == 0) {
        end_statement(at);
    } else if (text.data[0] == '(') {
        at->depth++;
    } else if (text.data[0] == ')') {
        at->depth--;
        at->options = false;
    }
    builder_add(&at->sql, text);
}

static void expand_comment(struct expansion *at, struct text comment)
{
    struct text trimmed = text_trim(comment);
    if (text_is(trimmed, "-- on both")) {
        at->skipping = false;
    } else if (text_is(trimmed, "-- on sqlite")) {
        at->skipping = at->postgresql;
    } else if (text_is(trimmed, "-- on postgresql")) {
        at->skipping = !at->postgresql;
    }
    builder_add_char(&at->sql, '\n');
}

const char *migrate_expand(struct memory *memory, const char *sql, bool postgresql)
{
    struct expansion at = {.sql = builder_make(memory, 4 << 20), .postgresql = postgresql};
    struct text rest = text_of(sql);
    for (struct token token; scan_next(&rest, &token);) {
        if (token.kind == TOKEN_COMMENT) {
            expand_comment(&at, token.text);
            continue;
        }
        if (at.skipping) {
            continue;
        }
        if (token.kind == TOKEN_WORD) {
            expand_word(&at, token.text);
            continue;
        }
        if (token.kind == TOKEN_OTHER) {
            expand_other(&at, token.text);
        } else {
            builder_add(&at.sql, token.text);
        }
        if (token.kind != TOKEN_SPACE) {
            at.before = (struct text){NULL, 0};
        }
    }
    if (at.words > 0) {
        end_statement(&at);
    }
    struct text out;
    return builder_end(&at.sql, &out) ? NULL : text_c(memory, out);
}

/* ---- applying ---- */

static struct text hash_of(struct memory *memory, const char *sql)
{
    unsigned char hash[HASH_SIZE];
    char hexadecimal[HASH_SIZE * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)sql, strlen(sql), NULL, 0);
    sodium_bin2hex(hexadecimal, sizeof hexadecimal, hash, sizeof hash);
    return text_copy(memory, text_of(hexadecimal));
}

static int64_t number_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    return strtol(slash ? slash + 1 : name, NULL, 10);
}

static const struct applied *find(const struct applied_list *applied, const char *folder,
                                  int64_t number)
{
    for (size_t i = 0; i < applied->count; i++) {
        if (applied->items[i].number == number && text_is(applied->items[i].folder, folder)) {
            return &applied->items[i];
        }
    }
    return NULL;
}

static int64_t last_applied(const struct applied_list *applied, const char *folder)
{
    int64_t last = 0;
    for (size_t i = 0; i < applied->count; i++) {
        if (text_is(applied->items[i].folder, folder) && applied->items[i].number > last) {
            last = applied->items[i].number;
        }
    }
    return last;
}

/* Whether what was applied of this folder is what the program knows. */
static const struct problem *compare(const struct schema *schema,
                                     const struct applied_list *applied, struct memory *memory,
                                     struct text *complaint)
{
    int64_t last = last_applied(applied, schema->folder);
    int64_t known = 0;
    for (size_t i = 0; i < schema->count; i++) {
        const struct migration *migration = &schema->migrations[i];
        int64_t number = number_of(migration->name);
        if (number <= known) {
            *complaint = text_format(memory, "migration %s is out of order", migration->name);
            return &our_fault;
        }
        known = number;
        const struct applied *before = find(applied, schema->folder, number);
        if (before && !text_equal(before->hash, hash_of(memory, migration->sql))) {
            *complaint = text_format(memory, "migration %s was changed after it was applied here",
                                     migration->name);
            return &our_fault;
        }
        if (!before && number < last) {
            *complaint = text_format(memory, "migration %s comes before others applied here",
                                     migration->name);
            return &our_fault;
        }
    }
    if (last > known) {
        *complaint = text_format(memory,
                                 "the database is from a newer version: %s has migration %lld, "
                                 "this program knows %lld",
                                 schema->folder, (long long)last, (long long)known);
        return &store_newer;
    }
    return NULL;
}

static const struct problem *apply(struct store *store, const char *folder,
                                   const struct migration *migration, struct memory *memory,
                                   struct text *complaint)
{
    const char *sql = migrate_expand(memory, migration->sql, store_is_postgresql(store));
    if (!sql) {
        return &out_of_memory;
    }
    struct text reason = {NULL, 0};
    const struct problem *problem = store->engine->script(store->first, memory, sql, &reason);
    if (problem) {
        *complaint = text_format(memory, "migration %s: %.*s", migration->name, TEXT_ARGS(reason));
        return problem;
    }
    struct applied row = {text_of(folder), number_of(migration->name), text_of(migration->name),
                          hash_of(memory, migration->sql), clock_now()};
    return store_run(store->first, memory, &record_statement, &row, NULL);
}

static const struct problem *apply_schema(struct store *store, const struct schema *schema,
                                          const struct applied_list *applied, struct memory *memory,
                                          struct text *complaint)
{
    const struct problem *problem = compare(schema, applied, memory, complaint);
    for (size_t i = 0; i < schema->count && !problem; i++) {
        const struct migration *migration = &schema->migrations[i];
        if (!find(applied, schema->folder, number_of(migration->name))) {
            log_write(LOG_INFO, "store.migrate", "migration=%s", migration->name);
            problem = apply(store, schema->folder, migration, memory, complaint);
        }
    }
    return problem;
}

/* The table and the two statements about it. */
static const struct problem *prepare_own(struct store *store, struct memory *memory,
                                         struct text *complaint)
{
    const char *sql = migrate_expand(memory, create_sql, store_is_postgresql(store));
    if (!sql) {
        return &out_of_memory;
    }
    const struct problem *problem = store->engine->script(store->first, memory, sql, complaint);
    size_t own = migrate_statements(&(const struct statement *const *){NULL});
    struct builder wrong = builder_make(memory, 4096);
    for (size_t i = store->plan_count - own; i < store->plan_count && !problem; i++) {
        problem = plan_check(memory, store->first, &store->plans[i], &wrong);
    }
    if (wrong.size > 0) {
        *complaint = (struct text){wrong.data, wrong.size};
    }
    return problem;
}

static const struct problem *migrate_inside(struct store *store,
                                            const struct schema *const *schemas, size_t count,
                                            struct memory *memory, struct text *complaint)
{
    struct applied_list applied = {NULL, 0};
    const struct problem *problem = prepare_own(store, memory, complaint);
    if (!problem) {
        problem = store_run(store->first, memory, &list_statement, NULL, &applied);
    }
    for (size_t i = 0; i < count && !problem; i++) {
        problem = apply_schema(store, schemas[i], &applied, memory, complaint);
    }
    return problem;
}

const struct problem *migrate_all(struct store *store, const struct schema *const *schemas,
                                  size_t count, struct text *complaint)
{
    struct database *db = store->first;
    const struct problem *problem = store->engine->control(db, CONTROL_BEGIN_MIGRATION);
    if (problem) {
        *complaint = text_format(store->memory, "the database cannot be written");
        return problem;
    }
    db->writing = true;
    problem = migrate_inside(store, schemas, count, store->memory, complaint);
    db->writing = false;
    db->doomed = NULL;
    if (!problem) {
        problem = store->engine->control(db, CONTROL_COMMIT);
    }
    if (problem) {
        (void)store->engine->control(db, CONTROL_ROLLBACK);
    }
    return problem;
}
