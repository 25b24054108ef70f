/*
 * Copies a database into an empty one: opens both, compares their tables, copies rows, counts them.
 *
 * Indexes and references of the target are dropped while rows come in and made again behind them, which
 * is several times faster and needs no order of tables. Must not know: an engine's calls, what is in the
 * tables. Read next: store/move_sqlite.c, store/move_postgresql.c.
 */
#include "store/move.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/move_parts.h"
#include "store/move_queries.h"

const struct problem store_in_use = {"store.in_use", 503, FAULT_WORLD, true};
const struct problem store_not_empty = {"store.not_empty", 409, FAULT_CLIENT, false};
const struct problem store_unlike = {"store.unlike", 409, FAULT_CLIENT, false};

#define OWN_TABLE "store_migration" /* each side writes its own */
enum { PROGRESS_ROWS = 2000, NAMED_MOST = 5, COMPLAINT_MAX = 4000 };

struct side {
    struct text url;
    struct store *store; /* NULL: not open */
    const struct mover *mover;
    struct move_column_row_list columns; /* of every table, by table */
};

struct moving {
    struct memory *memory;
    struct store_move *move;
    struct text *complaint;
    struct side from, to;
    const char *file; /* of an SQLite target; NULL: PostgreSQL */
    const char *partial;
    struct move_table *tables;
    size_t count;
    struct move_index_row_list indexes; /* of the target */
    int64_t done, all;                  /* rows */
};

static const struct problem *say(struct moving *moving, const struct problem *problem,
                                 const char *what)
{
    *moving->complaint = text_format(moving->memory, "%s", what);
    return problem;
}

/* ---- what there is ---------------------------------------------------------------------------- */

/* The columns of the table that begins at `at`. */
static size_t width_of(const struct move_column_row_list *columns, size_t at)
{
    size_t width = 1;
    while (at + width < columns->count &&
           text_equal(columns->items[at].owner, columns->items[at + width].owner))
        width++;
    return width;
}

static size_t find_table(const struct move_column_row_list *columns, struct text name)
{
    size_t at = 0;
    while (at < columns->count && !text_equal(columns->items[at].owner, name))
        at++;
    return at;
}

static const struct move_column_row *find_column(const struct move_column_row_list *columns,
                                                 const struct move_column_row *like)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (text_equal(columns->items[i].owner, like->owner) &&
            text_equal(columns->items[i].name, like->name))
            return &columns->items[i];
    }
    return NULL;
}

static bool is_index(const struct move_column_row_list *columns, size_t at)
{
    for (size_t i = 0; i < width_of(columns, at); i++) {
        if (columns->items[at + i].kind == MOVE_OTHER)
            return true;
    }
    return false;
}

static void add_name(struct builder *list, struct text name)
{
    builder_add_format(list, "%s\"%.*s\"", list->size ? ", " : "", TEXT_ARGS(name));
}

/* The columns of a table that is copied, in the source's order. */
static const struct problem *plan_columns(struct moving *moving, size_t at,
                                          struct move_table *table)
{
    const struct move_column_row *columns = &moving->from.columns.items[at];
    enum move_kind *kinds = memory_take_array(moving->memory, table->count, sizeof *kinds);
    struct builder names = builder_make(moving->memory, 64 << 10);
    struct builder order = builder_make(moving->memory, 64 << 10);
    struct text written;
    for (size_t i = 0; kinds && i < table->count; i++) {
        const struct move_column_row *to = find_column(&moving->to.columns, &columns[i]);
        if (!to)
            return say(moving, &store_unlike, "a column is missing in the target");
        kinds[i] = to->kind;
        add_name(&names, columns[i].name);
    }
    for (int64_t place = 1; place <= (int64_t)table->count; place++) {
        for (size_t i = 0; i < table->count; i++) {
            if (columns[i].place == place)
                add_name(&order, columns[i].name);
        }
    }
    const struct problem *problem = kinds ? builder_end(&names, &written) : &out_of_memory;
    table->kinds = kinds;
    table->columns = written.data;
    table->order = "";
    if (!problem && order.size) {
        problem = builder_end(&order, &written);
        table->order = written.data;
    }
    return problem;
}

static const struct problem *plan_table(struct moving *moving, size_t at, struct move_table *table)
{
    const struct move_column_row_list *from = &moving->from.columns;
    struct text name = from->items[at].owner;
    size_t there = find_table(&moving->to.columns, name);
    size_t width = width_of(from, at);
    *table = (struct move_table){.name = text_c(moving->memory, name), .count = width};
    const struct problem *problem =
        moving->from.mover->count(moving->from.store->first, table->name, &table->rows);
    if (problem)
        return problem;
    if (there == moving->to.columns.count) {
        if (table->rows == 0)
            return &not_found;
        *moving->complaint =
            text_format(moving->memory,
                        "%s holds %lld rows, but this program does not know it: it belongs to a "
                        "module that was taken out. Put the module back or drop the table",
                        table->name, (long long)table->rows);
        return &store_unlike;
    }
    table->index = is_index(from, at) || is_index(&moving->to.columns, there);
    if (table->index)
        return NULL;
    if (width != width_of(&moving->to.columns, there) || width > STATEMENT_MAX) {
        *moving->complaint =
            text_format(moving->memory, "%s has other columns in the target", table->name);
        return &store_unlike;
    }
    return plan_columns(moving, at, table);
}

static const struct problem *plan_all(struct moving *moving)
{
    const struct move_column_row_list *from = &moving->from.columns;
    moving->tables = memory_take_array(moving->memory, from->count, sizeof *moving->tables);
    if (!moving->tables)
        return &out_of_memory;
    for (size_t at = 0; at < from->count; at += width_of(from, at)) {
        if (text_is(from->items[at].owner, OWN_TABLE))
            continue;
        struct move_table *table = &moving->tables[moving->count];
        const struct problem *problem = plan_table(moving, at, table);
        if (problem && problem != &not_found)
            return problem;
        if (!problem) {
            moving->count++;
            moving->all += table->index ? 0 : table->rows;
        }
    }
    return NULL;
}

static const struct problem *refuse_rows(struct moving *moving)
{
    const struct move_column_row_list *to = &moving->to.columns;
    struct builder found = builder_make(moving->memory, COMPLAINT_MAX);
    size_t named = 0;
    const struct problem *problem = NULL;
    for (size_t at = 0; !problem && at < to->count; at += width_of(to, at)) {
        int64_t rows = 0;
        const char *name = text_c(moving->memory, to->items[at].owner);
        if (!name)
            return &out_of_memory;
        if (strcmp(name, OWN_TABLE) != 0)
            problem = moving->to.mover->count(moving->to.store->first, name, &rows);
        if (rows && ++named <= NAMED_MOST)
            builder_add_format(&found, "%s%s (%lld rows)", named > 1 ? ", " : "", name,
                               (long long)rows);
    }
    if (problem || !named)
        return problem;
    *moving->complaint =
        text_format(moving->memory, "the target is not empty: %.*s%s", (int)found.size, found.data,
                    named > NAMED_MOST ? " and more" : "");
    return &store_not_empty;
}

/* ---- rows ------------------------------------------------------------------------------------- */

struct passing {
    struct moving *moving;
    const struct move_table *table;
    void *load;
    int64_t rows;
};

static void show(const struct moving *moving, const char *what)
{
    if (moving->move->progress)
        moving->move->progress(what, moving->done, moving->all);
}

static const struct problem *pass(void *context, const struct move_cell *cells)
{
    struct passing *passing = context;
    struct moving *moving = passing->moving;
    passing->rows++;
    if (++moving->done % PROGRESS_ROWS == 0)
        show(moving, passing->table->name);
    return moving->to.mover->put(passing->load, cells);
}

static const struct problem *compare_counts(struct moving *moving, const struct move_table *table)
{
    int64_t rows = 0;
    const struct problem *problem =
        moving->to.mover->count(moving->to.store->first, table->name, &rows);
    if (problem || rows == table->rows)
        return problem;
    *moving->complaint =
        text_format(moving->memory, "%s has %lld rows in the source and %lld in the target",
                    table->name, (long long)table->rows, (long long)rows);
    return &our_fault;
}

static const struct problem *copy_table(struct moving *moving, const struct move_table *table)
{
    struct memory *memory = memory_scratch(moving->memory);
    struct passing passing = {.moving = moving, .table = table};
    struct database *to = moving->to.store->first;
    const struct problem *problem =
        memory ? moving->to.mover->begin_table(to, memory, table, &passing.load) : &out_of_memory;
    if (!problem) {
        problem =
            moving->from.mover->read(moving->from.store->first, memory, table, pass, &passing);
        problem = moving->to.mover->end_table(passing.load, problem);
    }
    memory_end(memory);
    if (problem && text_empty(*moving->complaint))
        *moving->complaint = text_format(moving->memory, "%s could not be copied after %lld rows",
                                         table->name, (long long)passing.rows);
    return problem ? problem : compare_counts(moving, table);
}

static const struct problem *script(struct moving *moving, struct text sql)
{
    struct database *db = moving->to.store->first;
    return db->store->engine->script(db, moving->memory, text_c(moving->memory, sql),
                                     moving->complaint);
}

static const struct problem *finish(struct moving *moving)
{
    struct database *db = moving->to.store->first;
    struct memory *memory = memory_scratch(moving->memory);
    if (!memory)
        return &out_of_memory;
    db->writing = true;
    const struct problem *problem =
        store_perform(db, memory, moving->move->finish, moving->move->context);
    db->writing = false;
    memory_end(memory);
    for (size_t i = 0; !problem && i < moving->count; i++) {
        if (moving->tables[i].index)
            problem = compare_counts(moving, &moving->tables[i]);
    }
    return problem;
}

/* Everything into the target, whose transaction is open. */
static const struct problem *load(struct moving *moving)
{
    struct database *to = moving->to.store->first;
    const struct problem *problem = move_indexes(to, moving->memory, &moving->indexes);
    for (size_t i = moving->indexes.count; !problem && i > 0; i--)
        problem = script(moving, moving->indexes.items[i - 1].away);
    for (size_t i = 0; !problem && i < moving->count; i++) {
        if (!moving->tables[i].index)
            problem = copy_table(moving, &moving->tables[i]);
    }
    if (!problem)
        problem = finish(moving);
    show(moving, "indexes");
    for (size_t i = 0; !problem && i < moving->indexes.count; i++)
        problem = script(moving, moving->indexes.items[i].back);
    return problem ? problem : moving->to.mover->end_load(to, moving->tables, moving->count);
}

static const struct problem *copy_all(struct moving *moving)
{
    const struct problem *problem = moving->from.mover->begin_read(moving->from.store->first);
    if (!problem)
        problem = move_columns(moving->from.store->first, moving->memory, &moving->from.columns);
    if (!problem)
        problem = move_columns(moving->to.store->first, moving->memory, &moving->to.columns);
    if (!problem)
        problem = refuse_rows(moving);
    if (!problem)
        problem = plan_all(moving);
    if (!problem)
        problem = moving->to.mover->begin_load(moving->to.store->first);
    if (!problem)
        problem = load(moving);
    return problem;
}

/* ---- both sides ------------------------------------------------------------------------------- */

static const struct problem *open_side(struct moving *moving, struct side *side, const char *whose)
{
    const struct problem *problem =
        store_open(moving->memory, side->url, moving->move->schemas, moving->move->schema_count,
                   &side->store, moving->complaint);
    if (problem)
        return problem;
    side->mover = store_is_postgresql(side->store) ? &postgresql_mover : &sqlite_mover;
    problem = side->mover->alone(side->store->first);
    if (problem == &store_in_use)
        *moving->complaint =
            text_format(moving->memory,
                        "somebody uses the %s: stop the server and other commands "
                        "(audit --watch, import) first, or what they write would be lost",
                        whose);
    return problem;
}

static void drop_partial(const struct moving *moving)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[4096];
    for (size_t i = 0; moving->partial && i < sizeof ends / sizeof ends[0]; i++) {
        (void)snprintf(path, sizeof path, "%s%s", moving->partial, ends[i]);
        (void)unlink(path);
    }
}

/* An SQLite target is filled under another name. */
static const struct problem *name_target(struct moving *moving)
{
    struct text url = moving->move->to;
    moving->to.url = url;
    if (!text_starts(url, "sqlite:"))
        return NULL;
    url.data += strlen("sqlite:");
    url.size -= strlen("sqlite:");
    moving->file = text_c(moving->memory, url);
    moving->partial = text_format(moving->memory, "%.*s.moving", TEXT_ARGS(url)).data;
    moving->to.url = text_format(moving->memory, "sqlite:%.*s.moving", TEXT_ARGS(url));
    if (!moving->file || !moving->partial || !moving->to.url.data)
        return &out_of_memory;
    if (access(moving->file, F_OK) == 0) {
        *moving->complaint =
            text_format(moving->memory, "the target is not empty: %s is there", moving->file);
        return &store_not_empty;
    }
    drop_partial(moving); /* of a move that was ended */
    return NULL;
}

static const struct problem *keep_target(struct moving *moving)
{
    if (!moving->file || sqlite_name_moved(moving->partial, moving->file) == 0)
        return NULL;
    *moving->complaint = text_format(moving->memory, "%s: %s", moving->file, strerror(errno));
    return &world_failed;
}

static const struct problem *tell_tables(struct moving *moving)
{
    struct store_moved *tables = memory_take_array(moving->memory, moving->count, sizeof *tables);
    if (!tables)
        return &out_of_memory;
    for (size_t i = 0; i < moving->count; i++)
        tables[i] = (struct store_moved){text_of(moving->tables[i].name), moving->tables[i].rows};
    moving->move->tables = (struct store_moved_list){tables, moving->count};
    moving->move->rows = moving->all;
    return NULL;
}

const struct problem *store_move(struct memory *memory, struct store_move *move,
                                 struct text *complaint)
{
    struct moving moving = {
        .memory = memory, .move = move, .complaint = complaint, .from = {.url = move->from}};
    *complaint = (struct text){0};
    const struct problem *problem = name_target(&moving);
    if (problem)
        return problem;
    problem = open_side(&moving, &moving.from, "source");
    if (!problem)
        problem = open_side(&moving, &moving.to, "target");
    if (!problem)
        problem = copy_all(&moving);
    if (!problem)
        problem = tell_tables(&moving);
    /* A transaction that was not committed ends with its connection. */
    store_close(moving.to.store);
    store_close(moving.from.store);
    if (!problem)
        problem = keep_target(&moving);
    if (problem && problem != &store_in_use)
        drop_partial(&moving);
    if (problem && text_empty(*complaint))
        *complaint = text_of("the move broke off; the log says where");
    return problem;
}
