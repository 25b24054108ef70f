/*
 * A file arrives, and somebody says how it is to be read and what is to be done with it.
 *
 * Must not know: HTTP, what is in the file beyond its head. Read next: core/imports/run.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/imports/import.h"
#include "core/imports/queries.h"
#include "core/imports/rows.shapes.h"

const struct problem import_no_number = {"import.no_number", 422, FAULT_CLIENT, false};
const struct problem import_not_now = {"import.not_now", 409, FAULT_CLIENT, false};

/* ---- columns ---------------------------------------------------------------------------------- */

/* What a column was last said to be, else what its name says. */
static const struct problem *recall(struct database *db, struct memory *memory,
                                    const struct import_kind *kind, const struct import_row *row,
                                    struct text header, struct builder *mapping)
{
    struct import_column_row known;
    struct text folded = import_fold(memory, header);
    if (!folded.data)
        return &out_of_memory;
    const struct problem *problem =
        import_column_find(db, memory, row->owner, row->kind, folded, &known);
    if (!problem)
        builder_add(mapping, known.field);
    if (problem != &not_found)
        return problem;
    const struct field *field = import_propose(memory, kind, header);
    if (field)
        builder_add_c(mapping, field->name);
    return NULL;
}

/* The names of a CSV's columns: its first record. False: there is none to be read. */
static bool read_header(struct memory *memory, const struct import_row *row, struct csv *out)
{
    static const char separators[] = {
        [IMPORT_COMMA] = ',', [IMPORT_SEMICOLON] = ';', [IMPORT_TAB] = '\t'};
    struct text path = import_path(memory, row->id, false);
    int fd = path.data ? open(path.data, O_RDONLY | O_CLOEXEC) : -1;
    bool fine = fd >= 0 && !csv_begin(out, memory, fd, separators[row->separator], 0, 1) &&
                csv_next(out) == CSV_RECORD;
    if (fd >= 0)
        close(fd);
    return fine;
}

/* Proposes what each column is; a field is proposed once. */
static const struct problem *propose(struct database *db, struct memory *memory,
                                     struct import_row *row)
{
    const struct import_kind *kind = import_kind_named(row->kind);
    struct csv *csv = memory_take(memory, sizeof *csv);
    struct builder b = builder_make(memory, 16 << 10);
    const struct problem *problem = !kind ? &not_found : csv ? NULL : &out_of_memory;
    row->mapping = text_of("");
    if (problem || !read_header(memory, row, csv))
        return problem;
    for (size_t i = 0; !problem && i < csv->count; i++) {
        if (i > 0)
            builder_add_char(&b, ',');
        bool text = text_valid(
            (struct bytes){(const unsigned char *)csv->fields[i].data, csv->fields[i].size});
        if (text)
            problem = recall(db, memory, kind, row, csv->fields[i], &b);
    }
    return problem ? problem : builder_end(&b, &row->mapping);
}

/* ---- arriving --------------------------------------------------------------------------------- */

static bool ends_with(struct text name, const char *end)
{
    size_t size = text_of(end).size;
    return name.size >= size && strncasecmp(name.data + name.size - size, end, size) == 0;
}

/* The first bytes of a file; nothing when it can't be read. */
static struct bytes head_of(struct memory *memory, const char *path)
{
    unsigned char *head = memory_take_room(memory, IMPORT_HEAD);
    int fd = head ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t got = fd >= 0 ? read(fd, head, IMPORT_HEAD) : -1;
    if (fd >= 0)
        close(fd);
    return (struct bytes){head, got > 0 ? (size_t)got : 0};
}

static const struct problem *rename_file(const char *from, const char *to)
{
    if (rename(from, to) == 0)
        return NULL;
    return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
}

/* Makes the file that is read of the one that came; `other`: whose other way it is written in, or NULL. */
static const struct problem *make_readable(struct memory *memory, struct import_row *row,
                                           const struct import_kind *other)
{
    struct text raw = import_path(memory, row->id, true);
    struct text plain = import_path(memory, row->id, false);
    if (!raw.data || !plain.data)
        return &out_of_memory;
    return other ? other->from_other(raw.data, plain.data, &row->size)
                 : import_recode(raw.data, plain.data, row->charset, &row->size);
}

static const struct problem *insert(struct database *db, struct memory *memory, void *context)
{
    struct import_row *row = context;
    const struct problem *problem = row->format == IMPORT_CSV ? propose(db, memory, row) : NULL;
    if (!problem)
        problem = import_insert(db, memory, row);
    return problem
               ? problem
               : import_tidy_later(db, memory, row->id, instant_add(row->at, IMPORT_FILES_KEPT));
}

static const struct problem *make_folder(struct memory *memory)
{
    struct text folder = text_format(memory, "%.*s/imports", TEXT_ARGS(setting_text("data")));
    if (!folder.data)
        return &out_of_memory;
    return mkdir(folder.data, 0700) == 0 || errno == EEXIST ? NULL : &world_failed;
}

/* Where a file stands before it is read at all. */
static void begin_again(struct import_row *row, struct instant at)
{
    row->state = IMPORT_ARRIVED;
    row->place = row->line = row->records = 0;
    row->made = row->changed = row->same = row->refused = row->faults = row->stayed = 0;
    row->batches = 0;
    row->refusal = text_of("");
    row->moved = at;
}

const struct problem *import_arrive(struct store *store, struct memory *memory,
                                    struct import_arrival *arrival)
{
    struct import_row row = {.id = {id_new()},
                             .owner = arrival->owner,
                             .person = arrival->person,
                             .kind = text_of(arrival->kind->name),
                             .format = IMPORT_CSV,
                             .name = arrival->name,
                             .separator = IMPORT_COMMA,
                             .mapping = text_of(""),
                             .at = arrival->at};
    begin_again(&row, arrival->at);
    const struct problem *problem = make_folder(memory);
    struct text raw = import_path(memory, row.id, true);
    struct text path = text_copy(memory, arrival->path);
    if (!problem)
        problem = raw.data && path.data ? rename_file(path.data, raw.data) : &out_of_memory;
    if (problem)
        return problem;
    struct bytes head = head_of(memory, raw.data);
    struct text begin = text_trim((struct text){(const char *)head.data, head.size});
    const struct import_kind *kind = arrival->kind;
    bool other = kind->from_other &&
                 (ends_with(row.name, kind->other_end) || text_starts(begin, kind->other_begin));
    bool lines = other || ends_with(row.name, ".jsonl") || ends_with(row.name, ".ndjson") ||
                 text_starts(begin, "{");
    row.format = lines ? IMPORT_LINES : IMPORT_CSV;
    row.charset = import_guess_charset(head);
    problem = make_readable(memory, &row, other ? kind : NULL);
    struct text plain = import_path(memory, row.id, false);
    if (!problem && plain.data) {
        head = head_of(memory, plain.data);
        row.separator = import_guess_separator((struct text){(const char *)head.data, head.size});
    }
    if (!problem)
        problem = store_write(store, memory, insert, &row);
    if (problem) {
        (void)unlink(raw.data);
        (void)unlink(plain.data ? plain.data : raw.data);
    }
    arrival->id = row.id;
    return problem;
}

/* ---- saying how ------------------------------------------------------------------------------- */

struct saying {
    const struct import_say *say;
    struct import_row *row;
    enum import_state to;
};

static const struct problem *recast(struct database *db, struct memory *memory, void *context)
{
    const struct saying *saying = context;
    struct import_row row;
    const struct problem *problem = import_lock(db, memory, saying->say->import, &row);
    if (!problem && row.state != IMPORT_ARRIVED && row.state != IMPORT_CHECKED &&
        row.state != IMPORT_FAILED)
        problem = &import_not_now;
    if (problem)
        return problem;
    row.charset = saying->row->charset;
    row.separator = saying->row->separator;
    row.size = saying->row->size;
    begin_again(&row, saying->say->at);
    problem = propose(db, memory, &row);
    if (!problem)
        problem = import_faults_drop(db, memory, row.id);
    return problem ? problem : import_store(db, memory, &row);
}

const struct problem *import_recast(struct store *store, struct database *db, struct memory *memory,
                                    const struct import_say *say)
{
    struct import_row row;
    struct saying saying = {.say = say, .row = &row};
    const struct problem *problem = import_by_id(db, memory, say->import, &row);
    if (!problem && (row.owner.value != say->owner.value))
        problem = &not_found;
    if (!problem && row.format != IMPORT_CSV)
        problem = &import_not_now;
    if (problem)
        return problem;
    row.charset = say->charset ? say->charset : row.charset;
    row.separator = say->separator ? say->separator : row.separator;
    problem = make_readable(memory, &row, NULL);
    return problem ? problem : store_write(store, memory, recast, &saying);
}

/* Remembers what each column was said to be. */
static const struct problem *remember(struct database *db, struct memory *memory,
                                      const struct import_row *row)
{
    struct csv *csv = memory_take(memory, sizeof *csv);
    struct text rest = row->mapping;
    const struct problem *problem = csv ? NULL : &out_of_memory;
    bool fine = csv && read_header(memory, row, csv);
    for (size_t i = 0; !problem && fine && i < csv->count; i++) {
        struct import_column_row column = {
            .owner = row->owner, .kind = row->kind, .field = {"", 0}};
        (void)text_split(&rest, ',', &column.field);
        bool text = text_valid(
            (struct bytes){(const unsigned char *)csv->fields[i].data, csv->fields[i].size});
        column.header = text ? import_fold(memory, csv->fields[i]) : text_of("");
        if (column.header.size > 0 && column.header.size <= 200)
            problem = import_column_keep(db, memory, &column);
    }
    return problem;
}

static bool has_column(struct text mapping, const char *name)
{
    struct text one;
    while (mapping.size > 0 && text_split(&mapping, ',', &one))
        if (text_is(one, name))
            return true;
    return false;
}

/* Whether what is read says which thing it is about. */
static bool is_named(const struct import_row *row)
{
    const struct import_kind *kind = import_kind_named(row->kind);
    bool named = row->format == IMPORT_LINES;
    for (size_t i = 0; kind && !named && kind->by[i]; i++)
        named = has_column(row->mapping, kind->by[i]);
    return kind && named;
}

static const struct problem *begin_check(struct database *db, struct memory *memory,
                                         const struct import_say *say, struct import_row *row)
{
    bool may =
        row->state == IMPORT_ARRIVED || row->state == IMPORT_CHECKED || row->state == IMPORT_FAILED;
    if (!may)
        return &import_not_now;
    begin_again(row, say->at);
    row->state = IMPORT_CHECKING;
    if (say->mapping.size > 0)
        row->mapping = say->mapping;
    if (!is_named(row))
        return &import_no_number;
    const struct problem *problem = import_faults_drop(db, memory, row->id);
    return problem || row->format == IMPORT_LINES ? problem : remember(db, memory, row);
}

/* Where it goes, from where it may. */
static const struct problem *turn(struct database *db, struct memory *memory,
                                  const struct saying *saying, struct import_row *row)
{
    const struct import_say *say = saying->say;
    switch (saying->to) {
    case IMPORT_CHECKING:
        return begin_check(db, memory, say, row);
    case IMPORT_RUNNING:
        if (row->state != IMPORT_CHECKED)
            return &import_not_now;
        begin_again(row, say->at);
        row->state = IMPORT_RUNNING;
        return import_faults_drop(db, memory, row->id);
    case IMPORT_CANCELLING:
        if (row->state != IMPORT_RUNNING && row->state != IMPORT_CHECKING)
            return &import_not_now;
        break;
    default:
        if (row->state != IMPORT_DONE)
            return &import_not_now;
        row->stayed = row->made + row->changed;
    }
    row->state = saying->to;
    row->moved = say->at;
    return NULL;
}

static const struct problem *move(struct database *db, struct memory *memory, void *context)
{
    const struct saying *saying = context;
    struct import_row row;
    struct text note = text_format(memory, "%lld", (long long)id_new());
    const struct problem *problem = import_lock(db, memory, saying->say->import, &row);
    if (!problem && row.owner.value != saying->say->owner.value)
        problem = &not_found;
    /* Pressed twice it is on its way already. */
    if (problem || row.state == saying->to)
        return problem;
    problem = turn(db, memory, saying, &row);
    if (!problem)
        problem = import_store(db, memory, &row);
    if (problem)
        return problem;
    return note.data ? job_enqueue(db, memory, &import_job, row.id.value, note, saying->say->at)
                     : &out_of_memory;
}

const struct problem *import_move(struct store *store, struct memory *memory,
                                  const struct import_say *say, enum import_state to)
{
    struct saying saying = {.say = say, .to = to};
    return store_write_locking(store, memory, move, &saying);
}
