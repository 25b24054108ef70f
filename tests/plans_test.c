/*
 * Every statement of the program against SQLite's query planner: none walks a whole table.
 *
 * A world is made with its schema and without rows, then each statement of all_statements[] is
 * explained. A step that scans a table without an index is a finding, and so is one that scans a whole
 * index without a LIMIT. What must read everything (an audit, an
 * export) stands in `allowed` with its reason, and an entry that is no longer needed is a finding too.
 * Must not know: what any statement is for.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/module.h"
#include "ledger/schema.h"

enum { PARTS_MAX = 64 };

/* Statements that read all there is, and why they may. */
static const struct {
    const char *name;
    const char *reason;
} allowed[] = {
    {"move_indexes", "asks the catalogue for all indexes, which it keeps in no other order"},
    {NULL, NULL}, /* the end */
};
enum { ALLOWED = sizeof allowed / sizeof allowed[0] - 1 };
static bool needed[ALLOWED + 1];

static const char *reason_for(const char *name)
{
    for (int i = 0; i < ALLOWED; i++) {
        if (strcmp(allowed[i].name, name) == 0) {
            needed[i] = true;
            return allowed[i].reason;
        }
    }
    return NULL;
}

/* True when the plan itself makes what is called so: a subquery, or what WITH names. */
static bool is_made_in(struct text plan, struct text name)
{
    struct text step;
    while (text_split(&plan, '\n', &step)) {
        struct text rest = text_trim(step);
        struct text word;
        if (text_split(&rest, ' ', &word) && text_equal(rest, name) &&
            (text_is(word, "CO-ROUTINE") || text_is(word, "MATERIALIZE")))
            return true;
    }
    return false;
}

/* What is wrong with one step of a plan, or NULL. */
static const char *fault_of(const struct statement *statement, struct text plan, struct text step)
{
    struct text rest = text_trim(step);
    struct text word;
    struct text name;
    bool some = text_split(&rest, ' ', &word);
    /* Made from all rows for this one execution, then thrown away. */
    if (some && memmem(step.data, step.size, " AUTOMATIC ", strlen(" AUTOMATIC ")))
        return "makes an index of its own first";
    if (!some || !text_is(word, "SCAN"))
        return NULL;
    if (!text_split(&rest, ' ', &name))
        return "scans nothing that has a name";
    /* A constant row and a subquery are no tables: a subquery's own steps are looked at. */
    bool made = text_is(name, "CONSTANT") || text_starts(name, "(") || is_made_in(plan, name);
    if (made || text_starts(rest, "VIRTUAL TABLE INDEX"))
        return NULL;
    if (!text_starts(rest, "USING "))
        return "walks the whole table";
    return strcasestr(statement->sqlite, "LIMIT") ? NULL : "walks a whole index without a LIMIT";
}

/* Whether an index is searched by a range of a column that is compared with one value: SQLite takes the condition of a
 * partial index for it, and walks all that is above ("x = ? AND x > 0"; "x <> 0" can't be searched by). */
static bool is_loose(const struct statement *statement, struct text step)
{
    char equal[80];
    static const char range[] = ">?)";
    const char *end = memmem(step.data, step.size, range, strlen(range));
    const char *begin = end;
    while (begin && begin > step.data && begin[-1] != ' ' && begin[-1] != '(')
        begin--;
    if (!end)
        return false;
    snprintf(equal, sizeof equal, " %.*s = :%.*s", (int)(end - begin), begin, (int)(end - begin),
             begin);
    return strstr(statement->sqlite, equal) != NULL;
}

static int failures;

/* One line for each statement that was found fault with; counts the others. */
static void check_statement(struct database *db, const struct statement *statement, int *fine)
{
    struct memory *memory = memory_create(1 << 20);
    struct text plan;
    struct text step;
    const char *fault = NULL;
    struct text at = {0};
    if (store_plan(db, memory, statement, &plan)) {
        printf("not ok %s (%s): can't be explained\n", statement->name, statement->place);
        failures++;
        memory_end(memory);
        return;
    }
    for (struct text rest = plan; !fault && text_split(&rest, '\n', &step); at = step) {
        fault = fault_of(statement, plan, step);
        if (!fault && is_loose(statement, step))
            fault = "searches by a range what one value is asked for";
    }
    const char *reason = fault ? reason_for(statement->name) : NULL;
    if (fault && !reason) {
        printf("not ok %s (%s): \"%.*s\" %s\n", statement->name, statement->place, TEXT_ARGS(at),
               fault);
        failures++;
    } else if (reason) {
        printf("ok %s %s, as it must: %s\n", statement->name, fault, reason);
    } else {
        (*fine)++;
    }
    memory_end(memory);
}

static void check_all(struct database *db)
{
    int fine = 0;
    for (const struct statement *const *at = all_statements; *at; at++)
        check_statement(db, *at, &fine);
    printf("%s %d statements find what they need by an index\n", fine ? "ok" : "not ok", fine);
    for (int i = 0; i < ALLOWED; i++) {
        bool known = false;
        for (const struct statement *const *at = all_statements; *at; at++)
            known = known || strcmp((*at)->name, allowed[i].name) == 0;
        if (known && !needed[i]) {
            printf("not ok %s needs no exception any more\n", allowed[i].name);
            failures++;
        }
    }
}

int main(void)
{
    const struct schema *schemas[PARTS_MAX + 1] = {&ledger_schema};
    size_t count = 1;
    char folder[] = "/tmp/contraflow-plans-XXXXXX";
    char path[100];
    struct memory *memory = memory_create(256 << 20);
    struct memory *reading = memory_create(16 << 20);
    struct store *store;
    struct database *db;
    struct text complaint = {0};
    for (const struct module *const *part = module_all(); *part; part++) {
        if ((*part)->schema)
            schemas[count++] = (*part)->schema;
    }
    if (!mkdtemp(folder)) {
        printf("not ok plans: no folder\n");
        return 1;
    }
    snprintf(path, sizeof path, "sqlite:%s/plans.db", folder);
    if (store_open(memory, text_of(path), schemas, count, &store, &complaint) ||
        store_reader(store, reading, &db)) {
        printf("not ok plans: the store does not open: %.*s\n", TEXT_ARGS(complaint));
        return 1;
    }
    check_all(db);
    memory_end(reading);
    store_close(store);
    memory_end(memory);
    for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
        snprintf(path, sizeof path, "%s/plans.db%s", folder, *end);
        unlink(path);
    }
    rmdir(folder);
    return failures ? 1 : 0;
}
