/*
 * Rows of a shape as lines of a file. Must not know: which tables there are. Read next: core/files/table.h.
 */
#include "core/files/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/act.h"

#define PAGE_BYTES (64 << 20) /* of one page of rows, at most */

void table_cell(struct builder *b, struct text cell)
{
    bool formula = cell.size > 0 && strchr("=+-@\t\r", cell.data[0]) != NULL;
    bool quoted =
        cell.size > 0 && (memchr(cell.data, '"', cell.size) || memchr(cell.data, ',', cell.size) ||
                          memchr(cell.data, '\n', cell.size) || memchr(cell.data, '\r', cell.size));
    if (quoted)
        builder_add_char(b, '"');
    if (formula)
        builder_add_char(b, '\'');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] == '"')
            builder_add_char(b, '"');
        builder_add_char(b, cell.data[i]);
    }
    if (quoted)
        builder_add_char(b, '"');
}

/* ---- cells of a shape ------------------------------------------------------------------------- */

static void write_money(struct builder *b, const struct money *sum)
{
    if (sum)
        builder_add_money(b, *sum);
    builder_add_char(b, ',');
    if (sum)
        builder_add_c(b, sum->currency.code);
}

static void write_instant(struct builder *b, struct instant at)
{
    char text[INSTANT_TEXT_MAX];
    instant_print(text, at);
    builder_add_c(b, text);
}

/* A member that is there. */
static void write_value(struct builder *b, const struct field *field, const void *value)
{
    switch (field->kind) {
    case FIELD_TEXT:
        table_cell(b, *(const struct text *)value);
        return;
    case FIELD_ID:
        builder_add_c(b, id_text(field->prefix, *(const int64_t *)value).text);
        return;
    case FIELD_WORD:
        builder_add_c(b, words_name(field->words, *(const int *)value));
        return;
    case FIELD_INSTANT:
        write_instant(b, *(const struct instant *)value);
        return;
    case FIELD_FLAG:
        builder_add_c(b, *(const bool *)value ? "yes" : "no");
        return;
    default:
        ensure(field->kind == FIELD_INTEGER);
        builder_add_integer(b, *(const int64_t *)value);
    }
}

static void write_cells(struct builder *b, const struct shape *shape, const char *row)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        const char *place = row + field->offset;
        bool present = !field->optional || *(const bool *)place;
        const void *value = place + (field->optional ? field->value_offset : 0);
        if (i > 0)
            builder_add_char(b, ',');
        if (field->kind == FIELD_MONEY)
            write_money(b, present ? value : NULL);
        else if (present)
            write_value(b, field, value);
    }
    builder_add_char(b, '\n');
}

static void write_head(struct builder *b, const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        builder_add_format(b, "%s%s", i > 0 ? "," : "", shape->fields[i].name);
        if (shape->fields[i].kind == FIELD_MONEY)
            builder_add_format(b, ",%s_currency", shape->fields[i].name);
    }
    builder_add_char(b, '\n');
}

/* ---- all of it -------------------------------------------------------------------------------- */

const struct problem *table_put(struct builder *b, int fd)
{
    struct text page;
    const struct problem *problem = builder_end(b, &page);
    for (size_t at = 0; !problem && at < page.size;) {
        ssize_t done = write(fd, page.data + at, page.size - at);
        if (done < 0)
            return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
        at += (size_t)done;
    }
    return problem;
}

static void write_rows(struct builder *b, const struct shape *shape, const struct table_page *page,
                       enum table_format format)
{
    for (size_t i = 0; i < page->count; i++) {
        const char *row = (const char *)page->items + i * shape->size;
        if (format == TABLE_CSV) {
            write_cells(b, shape, row);
        } else {
            shape_write_json(b, shape, row, FOR_PARTY);
            builder_add_char(b, '\n');
        }
    }
}

const struct problem *table_write(struct database *db, struct memory *memory,
                                  const struct table *table, int64_t of, enum table_format format,
                                  int fd)
{
    const struct shape *shape = table->row;
    const struct problem *problem = NULL;
    struct table_page page = {.count = 1};
    int64_t after = 0;
    ensure(shape->fields[0].kind == FIELD_ID && !shape->fields[0].optional);
    for (bool first = true; !problem && page.count > 0; first = false) {
        struct memory *own = memory_scratch(memory);
        if (!own)
            return &out_of_memory;
        struct builder b = builder_make(own, PAGE_BYTES);
        if (first && format == TABLE_CSV)
            write_head(&b, shape);
        problem = table->read(db, own, of, after, &page);
        if (!problem)
            write_rows(&b, shape, &page, format);
        if (!problem && page.count > 0)
            after = *(const int64_t *)((const char *)page.items + (page.count - 1) * shape->size +
                                       shape->fields[0].offset);
        if (!problem)
            problem = table_put(&b, fd);
        memory_end(own);
    }
    return problem;
}

struct taking {
    const struct request *request;
    const char *name; /* of the file */
};

static const struct problem *take_work(struct database *db, struct memory *memory, void *context)
{
    const struct taking *taking = context;
    const struct viewer *viewer = &taking->request->viewer;
    return act_note(db, memory,
                    (struct act){.owner = viewer->organisation,
                                 .topic = ACT_EXPORTS,
                                 .actor = viewer->person,
                                 .name = text_of("core.export.taken"),
                                 .subject = viewer->organisation.value,
                                 .note = text_of(taking->name),
                                 .at = taking->request->now});
}

/* What a person takes of their own is nobody else's to know. */
static const struct problem *note_taking(struct request *request, struct party_id owner,
                                         const char *name)
{
    struct taking taking = {request, name};
    if (owner.value != request->viewer.organisation.value)
        return NULL;
    return store_write(request->store, request->memory, take_work, &taking);
}

const struct problem *table_answer(struct request *request, struct party_id owner, const char *name,
                                   struct maybe_text format, table_writer *write, void *context)
{
    bool lines = format.present && text_is(format.value, "lines");
    if (format.present && !lines && !text_is(format.value, "csv"))
        return request_refuse(request, "format", "files.wrong_format");
    struct text folder = text_format(request->memory, "%.*s/tmp", TEXT_ARGS(setting_text("data")));
    struct text file = text_format(request->memory, "%s.%s", name, lines ? "jsonl" : "csv");
    if (!folder.data || !file.data)
        return &out_of_memory;
    int fd = open(folder.data, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
    const struct problem *problem = write(request, context, lines ? TABLE_LINES : TABLE_CSV, fd);
    if (!problem)
        problem = note_taking(request, owner, name);
    if (!problem && lseek(fd, 0, SEEK_SET) != 0)
        problem = &world_failed;
    if (problem)
        close(fd);
    else
        request_send_file(request, fd, lines ? "application/jsonl" : "text/csv; charset=utf-8",
                          file, 0);
    return problem;
}

/* Which table of whose. */
struct sending {
    const struct table *table;
    int64_t of;
};

static const struct problem *write_table(struct request *request, void *context,
                                         enum table_format format, int fd)
{
    const struct sending *sending = context;
    return table_write(request->db, request->memory, sending->table, sending->of, format, fd);
}

const struct problem *table_send(struct request *request, const struct table *table,
                                 struct party_id owner, const struct table_query *query)
{
    struct sending sending = {table, owner.value};
    return table_answer(request, owner, table->name, query->format, write_table, &sending);
}

const struct problem *table_send_of(struct request *request, const struct table *table, int64_t of,
                                    struct maybe_text format)
{
    struct sending sending = {table, of};
    return table_answer(request, request->viewer.organisation, table->name, format, write_table,
                        &sending);
}
