/*
 * Imports as a business or a person sees them: bring a file, name its columns, look at its errors, take it in, undo.
 *
 * Must not know: SQL, HTML, how files are read in. Read next: core/imports/import.h.
 */
#include "core/imports/sides.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/files/table.h"
#include "core/module.h"
#include "core/imports/import.h"
#include "core/imports/queries.h"
#include "core/imports/rows.shapes.h"
#include "web/words.h"

enum {
    SHOWN = 20,
    KINDS_MOST = 20,
    EXPORTS_MOST = 60,
    FAULTS_SHOWN = 100,
    SAMPLES = 3,
    PREVIEW = 5,
    SAMPLE_SIZE = 120
};

/* ---- kinds ------------------------------------------------------------------------------------ */

static struct text kind_words(struct request *request, const struct import_kind *kind,
                              const char *more)
{
    char key[100];
    (void)snprintf(key, sizeof key, "import_kind.%s%s", kind->name, more);
    return words_text(request->memory, request->language, key, NULL, 0);
}

/* A kind whose module is gone is told by its name. */
static struct text kind_label(struct request *request, struct text name)
{
    const struct import_kind *kind = import_kind_named(name);
    return kind ? kind_words(request, kind, "") : name;
}

static const struct problem *show_kinds(struct request *request, enum portal portal,
                                        struct import_kind_shown_list *out)
{
    struct import_kind_shown *kinds = memory_take_array(request->memory, KINDS_MOST, sizeof *kinds);
    size_t count = 0;
    if (!kinds)
        return &out_of_memory;
    for (const struct module *const *part = module_all(); *part; part++)
        for (size_t i = 0; i < (*part)->import_count && count < KINDS_MOST; i++) {
            const struct import_kind *kind = (*part)->imports[i];
            if (kind->portal == portal)
                kinds[count++] =
                    (struct import_kind_shown){text_of(kind->name), kind_words(request, kind, ""),
                                               kind_words(request, kind, ".help")};
        }
    *out = (struct import_kind_shown_list){kinds, count};
    return NULL;
}

static const struct problem *show_exports(struct request *request, enum portal portal,
                                          struct export_shown_list *out)
{
    struct export_shown *exports =
        memory_take_array(request->memory, EXPORTS_MOST, sizeof *exports);
    size_t count = 0;
    if (!exports)
        return &out_of_memory;
    for (const struct module *const *part = module_all(); *part; part++)
        for (size_t i = 0; i < (*part)->export_count && count < EXPORTS_MOST; i++) {
            const struct table_link *link = &(*part)->exports[i];
            if (link->portal == portal)
                exports[count++] = (struct export_shown){
                    words_text(request->memory, request->language, link->label, NULL, 0),
                    text_of(link->path)};
        }
    *out = (struct export_shown_list){exports, count};
    return NULL;
}

/* ---- lists ------------------------------------------------------------------------------------ */

static struct import_card card_of(struct request *request, const struct import_row *row)
{
    bool failed = row->refusal.size > 0;
    bool forward = row->state == IMPORT_CHECKING || row->state == IMPORT_RUNNING;
    const char *why = failed ? text_c(request->memory, row->refusal) : NULL;
    return (struct import_card){
        .import = row->id,
        .kind = row->kind,
        .label = kind_label(request, row->kind),
        .format = row->format,
        .charset = row->charset,
        .separator = row->separator,
        .name = row->name,
        .state = row->state,
        .busy = forward || row->state == IMPORT_CANCELLING || row->state == IMPORT_UNDOING,
        .forward = forward,
        .size = row->size,
        .read = row->place,
        .percent = row->size > 0 ? row->place * 100 / row->size : 0,
        .lines = row->line,
        .records = row->records,
        .fine = row->records - row->refused,
        .made = row->made,
        .changed = row->changed,
        .same = row->same,
        .refused = row->refused,
        .faults = row->faults,
        .stayed = row->stayed,
        .refusal = {why != NULL, why ? words_text(request->memory, request->language, why, NULL, 0)
                                     : text_of("")},
        .at = row->at,
        .moved = row->moved,
    };
}

const struct problem *import_page_list(struct request *request, struct import_side side,
                                       const struct imports_query *query, struct imports_view *view)
{
    struct import_row_list rows;
    struct import_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        imports_listed(request->db, request->memory, side.owner, before, &rows);
    if (!problem)
        problem =
            list_cut(request->memory, &import_row_shape, &rows, SHOWN, &view->later, "?before=");
    if (problem)
        return problem;
    struct import_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        cards[i] = card_of(request, &rows.items[i]);
    view->imports = (struct import_card_list){cards, rows.count};
    view->later_page = query->before.present;
    view->may = side.may;
    problem = show_kinds(request, side.portal, &view->kinds);
    return problem ? problem : show_exports(request, side.portal, &view->exports);
}

/* ---- one -------------------------------------------------------------------------------------- */

/* Valid text of a cell, cut. */
static struct text shown(struct memory *memory, struct text cell)
{
    size_t size = cell.size < SAMPLE_SIZE ? cell.size : SAMPLE_SIZE;
    while (size > 0 && size < cell.size && ((unsigned char)cell.data[size] & 0xC0) == 0x80)
        size -= 1;
    if (!text_valid((struct bytes){(const unsigned char *)cell.data, size}))
        return text_of("?");
    return text_copy(memory, (struct text){cell.data, size});
}

static struct text joined(struct memory *memory, struct text before, struct text more)
{
    return before.size == 0
               ? more
               : text_format(memory, "%.*s · %.*s", TEXT_ARGS(before), TEXT_ARGS(more));
}

static bool open_file(struct request *request, const struct import_row *row, struct csv *csv,
                      int *fd)
{
    static const char separators[] = {
        [IMPORT_COMMA] = ',', [IMPORT_SEMICOLON] = ';', [IMPORT_TAB] = '\t'};
    struct text path = import_path(request->memory, row->id, false);
    char separator = row->format == IMPORT_CSV ? separators[row->separator] : '\0';
    *fd = path.data ? open(path.data, O_RDONLY | O_CLOEXEC) : -1;
    return *fd >= 0 && !csv_begin(csv, request->memory, *fd, separator, 0, 1);
}

/* Columns with what stands in the first lines. */
static const struct problem *show_columns(struct request *request, const struct import_row *row,
                                          struct csv *csv, struct import_column_shown_list *out)
{
    struct memory *memory = request->memory;
    struct text mapping = row->mapping;
    if (csv_next(csv) != CSV_RECORD)
        return NULL;
    size_t count = csv->count;
    struct import_column_shown *columns = memory_take_array(memory, count, sizeof *columns);
    if (!columns)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        struct text field = {"", 0};
        (void)text_split(&mapping, ',', &field);
        columns[i] = (struct import_column_shown){(int64_t)i + 1, shown(memory, csv->fields[i]),
                                                  text_of(""), field};
    }
    for (int line = 0; line < SAMPLES && csv_next(csv) == CSV_RECORD; line++)
        for (size_t i = 0; i < count && i < csv->count; i++)
            if (csv->fields[i].size > 0)
                columns[i].sample =
                    joined(memory, columns[i].sample, shown(memory, csv->fields[i]));
    *out = (struct import_column_shown_list){columns, count};
    return NULL;
}

static const struct problem *show_lines(struct request *request, struct csv *csv,
                                        struct text_list *out)
{
    struct text *lines = memory_take_array(request->memory, PREVIEW, sizeof *lines);
    size_t count = 0;
    if (!lines)
        return &out_of_memory;
    while (count < PREVIEW && csv_next(csv) == CSV_RECORD)
        lines[count++] = shown(request->memory, csv->fields[0]);
    *out = (struct text_list){lines, count};
    return NULL;
}

static const struct problem *show_file(struct request *request, const struct import_row *row,
                                       struct import_view *view)
{
    struct csv *csv = memory_take(request->memory, sizeof *csv);
    int fd = -1;
    const struct problem *problem = csv ? NULL : &out_of_memory;
    bool fine = csv && open_file(request, row, csv, &fd);
    if (fine && row->format == IMPORT_CSV)
        problem = show_columns(request, row, csv, &view->columns);
    else if (fine)
        problem = show_lines(request, csv, &view->preview);
    if (fd >= 0)
        close(fd);
    return problem;
}

static struct text label_of(struct request *request, const struct shape *line, const char *field)
{
    char key[120];
    (void)snprintf(key, sizeof key, "%s.%s", line->name, field);
    return words_text(request->memory, request->language, key, NULL, 0);
}

static const struct problem *show_choices(struct request *request, const struct import_kind *kind,
                                          struct import_choice_list *out)
{
    const struct shape *line = kind->line;
    struct import_choice *choices =
        memory_take_array(request->memory, line->count, sizeof *choices);
    if (!choices)
        return &out_of_memory;
    for (size_t i = 0; i < line->count; i++)
        choices[i] = (struct import_choice){text_of(line->fields[i].name),
                                            label_of(request, line, line->fields[i].name)};
    *out = (struct import_choice_list){choices, line->count};
    return NULL;
}

/* A field of JSON may be a path, which is told as it is. */
static struct text fault_label(struct request *request, const struct import_kind *kind,
                               struct text field)
{
    const struct field *known = kind ? shape_find(kind->line, field) : NULL;
    return known ? label_of(request, kind->line, known->name) : field;
}

static const struct problem *show_faults(struct request *request, const struct import_row *row,
                                         int64_t after, struct import_view *view)
{
    struct import_fault_row_list rows;
    const struct import_kind *kind = import_kind_named(row->kind);
    const struct problem *problem =
        import_faults(request->db, request->memory, row->id, after, &rows);
    if (problem)
        return problem;
    size_t count = rows.count < FAULTS_SHOWN ? rows.count : FAULTS_SHOWN;
    struct import_fault_shown *faults = memory_take_array(request->memory, count, sizeof *faults);
    if (!faults)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct import_fault_row *fault = &rows.items[i];
        const char *rule = text_c(request->memory, fault->rule);
        if (!rule)
            return &out_of_memory;
        faults[i] = (struct import_fault_shown){
            fault->number,
            fault->line,
            fault->field,
            fault_label(request, kind, fault->field),
            words_text(request->memory, request->language, rule, NULL, 0),
            fault->value,
        };
    }
    view->faults = (struct import_fault_shown_list){faults, count};
    return rows.count > count ? maybe_text_format(request->memory, &view->later, "?after=%lld",
                                                  (long long)faults[count - 1].number)
                              : NULL;
}

const struct problem *import_page_show(struct request *request, struct import_side side,
                                       const struct import_query *query, struct import_view *view)
{
    struct import_row row;
    const struct problem *problem =
        import_of(request->db, request->memory, query->import, side.owner, &row);
    if (problem)
        return problem;
    view->card = card_of(request, &row);
    view->may = side.may;
    bool open =
        row.state == IMPORT_ARRIVED || row.state == IMPORT_CHECKED || row.state == IMPORT_FAILED;
    const struct import_kind *kind = import_kind_named(row.kind);
    if (open && kind)
        problem = show_file(request, &row, view);
    if (!problem && open && kind)
        problem = show_choices(request, kind, &view->choices);
    return problem
               ? problem
               : show_faults(request, &row, query->after.present ? query->after.value : 0, view);
}

/* ---- bringing a file -------------------------------------------------------------------------- */

static void remove_file(void *path)
{
    (void)unlink(path);
}

/* Lines that were typed become a file, which goes away with the request unless it is taken over. */
static const struct problem *write_lines(struct request *request, struct text lines,
                                         struct text *path)
{
    *path = text_format(request->memory, "%.*s/tmp/import-%lld", TEXT_ARGS(setting_text("data")),
                        (long long)id_new());
    int fd = path->data ? open(path->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return path->data ? &world_failed : &out_of_memory;
    bool fine = write(fd, lines.data, lines.size) == (ssize_t)lines.size;
    close(fd);
    (void)memory_on_end(request->memory, remove_file, (void *)(uintptr_t)path->data);
    return fine ? NULL : &disk_full;
}

const struct problem *import_page_take(struct request *request, struct import_side side,
                                       const struct import_form *input, struct import_made *view)
{
    struct import_arrival arrival = {.owner = side.owner,
                                     .person = request->viewer.person,
                                     .kind = import_kind_named(input->kind),
                                     .at = request->now};
    const struct problem *problem = NULL;
    if (!arrival.kind || arrival.kind->portal != side.portal)
        return request_refuse(request, "kind", "field.not_word");
    if (input->file.present) {
        if (input->file.cut || input->file.size == 0)
            return request_refuse(request, "file", "import.wrong.cut");
        arrival.name = input->file.name;
        arrival.path = input->file.path;
    } else if (input->text.present) {
        arrival.name = words_text(request->memory, request->language, "import.typed", NULL, 0);
        problem = write_lines(request, input->text.value, &arrival.path);
    } else {
        return request_refuse(request, "file", "import.wrong.none");
    }
    if (!problem)
        problem = import_arrive(request->store, request->memory, &arrival);
    if (problem)
        return request_blame(request, "file", problem);
    view->import = arrival.id;
    request_go_saying(request, "import.arrived", "%s/%s", side.path,
                      id_text("imp", arrival.id.value).text);
    return NULL;
}

/* ---- moving it on ----------------------------------------------------------------------------- */

static struct import_say say_of(const struct request *request, struct import_side side,
                                struct import_id import)
{
    return (struct import_say){
        .import = import, .owner = side.owner, .mapping = {"", 0}, .at = request->now};
}

static const struct problem *go_back(struct request *request, struct import_side side,
                                     struct import_id import, const struct problem *problem,
                                     struct import_made *view)
{
    view->import = import;
    if (problem)
        return request_blame(request, "fields", problem);
    request_go(request, "%s/%s", side.path, id_text("imp", import.value).text);
    return NULL;
}

const struct problem *import_page_recast(struct request *request, struct import_side side,
                                         const struct import_letters *input,
                                         struct import_made *view)
{
    struct import_say say = say_of(request, side, input->import);
    say.charset = input->charset;
    say.separator = input->separator;
    return go_back(request, side, input->import,
                   import_recast(request->store, request->db, request->memory, &say), view);
}

const struct problem *import_page_check(struct request *request, struct import_side side,
                                        const struct import_fields *input, struct import_made *view)
{
    struct import_say say = say_of(request, side, input->import);
    struct import_row row;
    struct builder b = builder_make(request->memory, 16 << 10);
    const struct problem *problem =
        import_of(request->db, request->memory, input->import, say.owner, &row);
    const struct import_kind *kind = problem ? NULL : import_kind_named(row.kind);
    if (!problem && !kind)
        problem = &not_found;
    for (size_t i = 0; !problem && i < input->fields.count; i++) {
        struct text name = input->fields.items[i];
        if (i > 0)
            builder_add_char(&b, ',');
        if (shape_find(kind->line, name))
            builder_add(&b, name);
        else if (!text_is(name, "-"))
            return request_refuse(request, "fields", "import.wrong.field");
    }
    if (!problem)
        problem = builder_end(&b, &say.mapping);
    if (!problem)
        problem = import_move(request->store, request->memory, &say, IMPORT_CHECKING);
    return go_back(request, side, input->import, problem, view);
}

static const struct problem *move(struct request *request, struct import_side side,
                                  const struct import_do *input, enum import_state to,
                                  struct import_made *view)
{
    struct import_say say = say_of(request, side, input->import);
    view->import = input->import;
    const struct problem *problem = import_move(request->store, request->memory, &say, to);
    if (!problem)
        request_go(request, "%s/%s", side.path, id_text("imp", input->import.value).text);
    return problem;
}

const struct problem *import_page_run(struct request *request, struct import_side side,
                                      const struct import_do *input, struct import_made *view)
{
    return move(request, side, input, IMPORT_RUNNING, view);
}

const struct problem *import_page_cancel(struct request *request, struct import_side side,
                                         const struct import_do *input, struct import_made *view)
{
    return move(request, side, input, IMPORT_CANCELLING, view);
}

const struct problem *import_page_undo(struct request *request, struct import_side side,
                                       const struct import_do *input, struct import_made *view)
{
    return move(request, side, input, IMPORT_UNDOING, view);
}
