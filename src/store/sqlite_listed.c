/*
 * listed(TEXT): the integers of a JSON array as a table of one column, `value`, in their order.
 * listed(TEXT, N): N of them to a row, in the columns `value`, `second` ... `eighth`.
 *
 * What `json_each` does, for what pages need of it, to read the rows of ids just found, and for rows of
 * integers that are written many at once. It costs a tenth (docs/decisions/0006-cards.md). Nothing but
 * integers and commas is taken.
 * Must not know: what the integers are. Read next: https://www.sqlite.org/vtab.html#eponymous_only_virtual_tables
 */
#include "store/sqlite_listed.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { COLUMNS = 8, COLUMN_ARRAY = COLUMNS, COLUMN_WIDTH };

struct cursor {
    sqlite3_vtab_cursor base;
    char *array;             /* a copy of what was given */
    const char *rest;        /* of it, behind the current row */
    int64_t values[COLUMNS]; /* the current row */
    int width;               /* how many of them there are */
    int64_t number;          /* of the row, from 1 */
    bool ended;
};

static int on_connect(sqlite3 *handle, void *context, int count, const char *const *arguments,
                      sqlite3_vtab **out, char **complaint)
{
    (void)context;
    (void)count;
    (void)arguments;
    (void)complaint;
    int code = sqlite3_declare_vtab(
        handle, "CREATE TABLE listed (value INTEGER, second INTEGER, third INTEGER, fourth INTEGER,"
                "fifth INTEGER, sixth INTEGER, seventh INTEGER, eighth INTEGER,"
                "array HIDDEN, width HIDDEN)");
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_vtab_config(handle, SQLITE_VTAB_INNOCUOUS);
    *out = sqlite3_malloc(sizeof **out);
    if (!*out) {
        return SQLITE_NOMEM;
    }
    memset(*out, 0, sizeof **out);
    return SQLITE_OK;
}

static int on_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

/* The array must be given, whatever else is asked of the table. */
static int on_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    int array = -1;
    int width = -1;
    (void)table;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (column < COLUMN_ARRAY || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        if (!info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        *(column == COLUMN_ARRAY ? &array : &width) = i;
    }
    if (array < 0) {
        return SQLITE_ERROR;
    }
    info->aConstraintUsage[array].argvIndex = 1;
    info->aConstraintUsage[array].omit = 1;
    if (width >= 0) {
        info->aConstraintUsage[width].argvIndex = 2;
        info->aConstraintUsage[width].omit = 1;
    }
    info->estimatedCost = 1;
    info->estimatedRows = 25;
    return SQLITE_OK;
}

static int on_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    struct cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, sizeof *cursor);
    *out = &cursor->base;
    return SQLITE_OK;
}

static int on_close(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    sqlite3_free(cursor->array);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int refuse(struct cursor *cursor)
{
    sqlite3_free(cursor->base.pVtab->zErrMsg);
    cursor->base.pVtab->zErrMsg = sqlite3_mprintf("listed: no array of integers");
    return SQLITE_ERROR;
}

/* The integer that a text begins with; *end is the text itself when it begins with none. As strtoll(), which costs
 * three times as much for all that it can do besides. */
static int64_t read_integer(const char *text, const char **end)
{
    bool negative = *text == '-';
    const char *at = text + negative;
    uint64_t value = 0;
    while (*at >= '0' && *at <= '9')
        value = value * 10 + (uint64_t)(*at++ - '0');
    *end = at > text + negative ? at : text;
    return (int64_t)(negative ? 0 - value : value);
}

/* Reads "12," or "12]" at the rest, as often as a row is wide, or the end behind "]". */
static int on_next(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    for (int i = 0; i < cursor->width; i++) {
        const char *end = NULL;
        if (cursor->number + i > 0 && *cursor->rest++ == ']') {
            cursor->ended = true;
            return i > 0 || *cursor->rest ? refuse(cursor) : SQLITE_OK;
        }
        cursor->values[i] = read_integer(cursor->rest, &end);
        if (end == cursor->rest || (*end != ',' && *end != ']')) {
            return refuse(cursor);
        }
        cursor->rest = end;
    }
    cursor->number++;
    return SQLITE_OK;
}

static int on_filter(sqlite3_vtab_cursor *base, int plan, const char *name, int count,
                     sqlite3_value **arguments)
{
    struct cursor *cursor = (struct cursor *)base;
    (void)plan;
    (void)name;
    cursor->width = count > 1 ? sqlite3_value_int(arguments[1]) : 1;
    if (cursor->width < 1 || cursor->width > COLUMNS) {
        return refuse(cursor);
    }
    const char *array = (const char *)sqlite3_value_text(arguments[0]);
    sqlite3_free(cursor->array);
    cursor->array = sqlite3_mprintf("%s", array ? array : "");
    if (!cursor->array) {
        return SQLITE_NOMEM;
    }
    if (cursor->array[0] != '[') {
        return refuse(cursor);
    }
    cursor->rest = cursor->array + 1;
    cursor->number = 0;
    cursor->ended = strcmp(cursor->rest, "]") == 0;
    return cursor->ended ? SQLITE_OK : on_next(base);
}

static int on_end(sqlite3_vtab_cursor *base)
{
    return ((struct cursor *)base)->ended;
}

static int on_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct cursor *cursor = (const struct cursor *)base;
    if (column < cursor->width) {
        sqlite3_result_int64(context, cursor->values[column]);
    }
    return SQLITE_OK;
}

static int on_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((struct cursor *)base)->number;
    return SQLITE_OK;
}

/* No xCreate: the table is there by its name alone and stands in no schema. */
static const sqlite3_module module = {
    .xConnect = on_connect,
    .xBestIndex = on_best_index,
    .xDisconnect = on_disconnect,
    .xOpen = on_open,
    .xClose = on_close,
    .xFilter = on_filter,
    .xNext = on_next,
    .xEof = on_end,
    .xColumn = on_column,
    .xRowid = on_rowid,
};

int sqlite_listed_offer(sqlite3 *handle)
{
    return sqlite3_create_module(handle, "listed", &module, NULL);
}
