/*
 * From lines of a file to things of its kind, with each error's line and column.
 *
 * Lines of one thing stand together. Nothing is looked up: what is known is judged when it is kept. Must not
 * know: the database, HTTP, any one kind. Read next: core/imports/kind.h, core/imports/run.c.
 */
#include <string.h>

#include "core/imports/import.h"

enum { VALUE_SHOWN = 80 };

static const char *const rules[] = {
    [FIELD_MISSING] = "import.wrong.missing",     [FIELD_TOO_SHORT] = "import.wrong.too_short",
    [FIELD_TOO_LONG] = "import.wrong.too_long",   [FIELD_TOO_SMALL] = "import.wrong.too_small",
    [FIELD_TOO_LARGE] = "import.wrong.too_large", [FIELD_NOT_TEXT] = "import.wrong.letters",
    [FIELD_NOT_NUMBER] = "import.wrong.number",   [FIELD_NOT_MONEY] = "import.wrong.money",
    [FIELD_NOT_DATE] = "import.wrong.date",       [FIELD_NOT_URL] = "import.wrong.address",
    [FIELD_NOT_MAIL] = "import.wrong.mail",       [FIELD_UNKNOWN] = "import.wrong.unknown",
    [FIELD_NOT_WORD] = "import.wrong.word",       [FIELD_NOT_ID] = "import.wrong.id",
};

static const char *rule_of(enum field_fault fault)
{
    const char *rule = (size_t)fault < sizeof rules / sizeof *rules ? rules[fault] : NULL;
    return rule ? rule : "import.wrong.malformed";
}

/* What reads one batch. */
struct import_reading {
    const struct import_row *row;
    const struct import_kind *kind;
    struct import_batch *out;
    struct csv csv;
    const struct field *columns[CSV_COLUMNS_MAX]; /* NULL: left out */
    size_t column_count;
    char *things;
    int64_t *lines;
    struct import_fault *faults;
    struct import_making making; /* the thing being read */
    char *cells;                 /* the line being read: a struct of the kind's line */
    char *open;                  /* the thing's lines so far, each the same */
    size_t open_count;
    int64_t first_line; /* where it begins; 0: none is open */
};

static void blame(struct import_reading *reading, int64_t line, struct text field, const char *rule,
                  struct text value)
{
    struct import_batch *out = reading->out;
    reading->making.wrong = true;
    out->faults_in_all += 1;
    if (out->fault_count == IMPORT_FAULTS_KEPT)
        return;
    size_t shown = value.size < VALUE_SHOWN ? value.size : VALUE_SHOWN;
    while (shown > 0 && shown < value.size && ((unsigned char)value.data[shown] & 0xC0) == 0x80)
        shown -= 1;
    bool fine = text_valid((struct bytes){(const unsigned char *)value.data, shown});
    struct import_fault fault = {
        line, text_copy(reading->making.memory, field), rule,
        fine ? text_copy(reading->making.memory, (struct text){value.data, shown}) : text_of("")};
    reading->making.exhausted |= !fault.field.data || !fault.value.data;
    reading->faults[out->fault_count++] = fault;
}

void import_blame(struct import_making *making, struct text field, const char *rule)
{
    struct import_reading *reading = making->reading;
    blame(reading, reading->first_line, field, rule, text_of(""));
}

void import_need(struct import_making *making, bool present, const char *field)
{
    if (!present)
        import_blame(making, text_of(field), "import.wrong.missing");
}

bool import_has_column(const struct import_making *making, const char *field)
{
    const struct import_reading *reading = making->reading;
    for (size_t i = 0; i < reading->column_count; i++)
        if (reading->columns[i] && strcmp(reading->columns[i]->name, field) == 0)
            return true;
    return false;
}

/* ---- cells ------------------------------------------------------------------------------------ */

/* A mark that spreadsheets, and our own exports, put before what looks like a formula. */
static struct text without_guard(struct text cell)
{
    bool guarded = cell.size > 1 && cell.data[0] == '\'' && strchr("=+-@\t\r", cell.data[1]);
    return guarded ? (struct text){cell.data + 1, cell.size - 1} : cell;
}

static bool is_digits(struct text a, size_t from, size_t count)
{
    bool fine = from + count <= a.size;
    for (size_t i = from; fine && i < from + count; i++)
        fine = a.data[i] >= '0' && a.data[i] <= '9';
    return fine;
}

/* Dates as shops write them, as RFC 3339: "2026-06-01 09:30", "... 09:30:00 +0200", "20260601",
 * "01.06.2026". Others stay as they are. */
static struct text plain_date(struct memory *memory, struct text a)
{
    if (a.size == 8 && is_digits(a, 0, 8))
        return text_format(memory, "%.4s-%.2s-%.2s", a.data, a.data + 4, a.data + 6);
    if (a.size == 10 && is_digits(a, 0, 2) && a.data[2] == '.' && is_digits(a, 3, 2) &&
        a.data[5] == '.' && is_digits(a, 6, 4))
        return text_format(memory, "%.4s-%.2s-%.2s", a.data + 6, a.data + 3, a.data);
    if (a.size < 16 || a.data[10] != ' ' || a.data[13] != ':')
        return a;
    bool seconds = a.size >= 19 && a.data[16] == ':';
    struct text zone =
        text_trim((struct text){a.data + (seconds ? 19 : 16), a.size - (seconds ? 19 : 16)});
    const char *second = seconds ? a.data + 17 : "00";
    if (zone.size == 0 || text_is(zone, "UTC") || text_is(zone, "Z"))
        return text_format(memory, "%.10sT%.5s:%.2sZ", a.data, a.data + 11, second);
    if (zone.size == 5 && is_digits(zone, 1, 4))
        return text_format(memory, "%.10sT%.5s:%.2s%.3s:%.2s", a.data, a.data + 11, second,
                           zone.data, zone.data + 3);
    return text_format(memory, "%.10sT%.5s:%.2s%.*s", a.data, a.data + 11, second, TEXT_ARGS(zone));
}

/* An amount with its currency before or behind it: takes that off. */
static struct text plain_sum(struct text a, struct currency *currency)
{
    struct currency own;
    if (a.size > 3 && currency_parse((struct text){a.data + a.size - 3, 3}, &own))
        a.size -= 3;
    else if (a.size > 3 && currency_parse((struct text){a.data, 3}, &own))
        a = (struct text){a.data + 3, a.size - 3};
    else
        return a;
    *currency = own;
    return text_trim(a);
}

/* The currency of a line: what its column says, else the installation's. */
static struct currency currency_of(struct import_reading *reading)
{
    struct currency currency = reading->making.currency;
    for (size_t i = 0; i < reading->column_count && i < reading->csv.count; i++) {
        struct text cell = text_trim(reading->csv.fields[i]);
        if (reading->columns[i] && strcmp(reading->columns[i]->name, "currency") == 0 &&
            cell.size > 0 && !currency_parse(cell, &currency))
            blame(reading, reading->csv.line, text_of("currency"), "import.wrong.currency", cell);
    }
    return currency;
}

static void read_cell(struct import_reading *reading, const struct field *field, struct text cell,
                      struct currency currency, void *target)
{
    struct field_error error;
    struct text plain = without_guard(text_trim(cell));
    if (!text_valid((struct bytes){(const unsigned char *)plain.data, plain.size})) {
        blame(reading, reading->csv.line, text_of(field->name), "import.wrong.letters", plain);
        return;
    }
    if (field->kind == FIELD_INSTANT && plain.size > 0)
        plain = plain_date(reading->making.memory, plain);
    if (field->kind == FIELD_MONEY && plain.size > 0)
        plain = plain_sum(plain, &currency);
    enum field_fault fault =
        field_read(reading->making.memory, field, plain, currency, target, &error);
    if (fault != FIELD_FINE)
        blame(reading, reading->csv.line, text_of(field->name), rule_of(fault), cell);
}

/* The record's cells into a zeroed struct of the kind's line. */
static void read_cells(struct import_reading *reading, void *target)
{
    struct currency currency = currency_of(reading);
    for (size_t i = 0; i < reading->column_count && i < reading->csv.count; i++)
        if (reading->columns[i])
            read_cell(reading, reading->columns[i], reading->csv.fields[i], currency, target);
    if (reading->csv.count > reading->column_count)
        blame(reading, reading->csv.line, text_of(""), "import.wrong.columns", text_of(""));
}

/* ---- lines of columns ------------------------------------------------------------------------- */

/* Where the next thing of this batch goes. */
static void *next_thing(const struct import_reading *reading)
{
    size_t size = reading->kind->thing->size;
    return memset(reading->things + reading->out->count * size, 0, size);
}

static void end_thing(struct import_reading *reading)
{
    if (reading->making.wrong)
        reading->out->refused += 1;
    else
        reading->lines[reading->out->count++] = reading->first_line;
    reading->making.wrong = false;
    reading->first_line = 0;
    reading->open_count = 0;
}

/* All lines of the open thing are read. */
static void close_thing(struct import_reading *reading)
{
    if (reading->first_line == 0)
        return;
    reading->kind->make(&reading->making, reading->open, reading->open_count, next_thing(reading));
    end_thing(reading);
}

static void add_line(struct import_reading *reading)
{
    const struct import_kind *kind = reading->kind;
    if (reading->open_count == kind->lines) {
        blame(reading, reading->csv.line, text_of(""), kind->too_many, text_of(""));
        return;
    }
    memcpy(reading->open + reading->open_count * kind->line->size, reading->cells,
           kind->line->size);
    reading->open_count += 1;
}

/* Takes a line of columns; false: it begins another thing and this batch is full. */
static bool take_line(struct import_reading *reading, bool full)
{
    const struct import_kind *kind = reading->kind;
    int64_t faults = reading->out->faults_in_all;
    size_t kept = reading->out->fault_count;
    bool wrong = reading->making.wrong;
    if (full && !kind->joins)
        return false;
    memset(reading->cells, 0, kind->line->size);
    reading->making.wrong = false;
    read_cells(reading, reading->cells);
    bool more =
        reading->first_line != 0 && kind->joins && kind->joins(reading->open, reading->cells);
    if (!more && full) {
        reading->out->faults_in_all = faults;
        reading->out->fault_count = kept;
        reading->making.wrong = wrong;
        return false;
    }
    bool line_wrong = reading->making.wrong;
    reading->making.wrong = wrong;
    if (!more) {
        close_thing(reading);
        reading->first_line = reading->csv.line;
        reading->making.wrong = false;
    }
    reading->making.wrong |= line_wrong;
    add_line(reading);
    if (!kind->joins)
        close_thing(reading);
    return true;
}

/* ---- JSON Lines ------------------------------------------------------------------------------- */

static void take_object(struct import_reading *reading)
{
    const struct import_kind *kind = reading->kind;
    struct text line = reading->csv.fields[0];
    struct bytes json = {(const unsigned char *)line.data, line.size};
    struct field_errors errors = {0};
    void *thing = next_thing(reading);
    reading->first_line = reading->csv.line;
    const struct problem *problem =
        shape_read_json(reading->making.memory, kind->thing, json, thing, &errors);
    reading->making.exhausted |= problem == &out_of_memory;
    for (size_t i = 0; i < errors.count; i++)
        import_blame(&reading->making, text_of(errors.items[i].field),
                     rule_of(errors.items[i].fault));
    if (problem && errors.count == 0)
        import_blame(&reading->making, text_of(""), "import.wrong.malformed");
    if (!problem && kind->judge)
        kind->judge(&reading->making, thing);
    end_thing(reading);
}

/* ---- all of it -------------------------------------------------------------------------------- */

static const char *refusal_of(enum csv_found found)
{
    switch (found) {
    case CSV_OPEN_QUOTE:
        return "import.refused.open_quote";
    case CSV_TOO_LONG:
        return "import.refused.too_long";
    case CSV_TOO_WIDE:
        return "import.refused.too_wide";
    default:
        return NULL;
    }
}

/* Takes one record in; false: it is left for the next batch. */
static bool take(struct import_reading *reading, bool full)
{
    if (reading->row->format == IMPORT_CSV)
        return take_line(reading, full);
    if (!full)
        take_object(reading);
    return !full;
}

/* What stands between commas is a column each, also nothing behind the last one. */
static void read_columns(struct import_reading *reading)
{
    struct text rest = reading->row->mapping;
    size_t commas = 0;
    for (size_t i = 0; i < rest.size; i++)
        commas += rest.data[i] == ',' ? 1 : 0;
    while (reading->column_count < CSV_COLUMNS_MAX && reading->column_count <= commas) {
        struct text name = {"", 0};
        (void)text_split(&rest, ',', &name);
        reading->columns[reading->column_count++] = shape_find(reading->kind->line, name);
    }
}

static const struct problem *begin(struct import_reading *reading)
{
    const struct import_kind *kind = reading->kind;
    struct memory *memory = reading->making.memory;
    reading->things = memory_take_array(memory, IMPORT_THINGS, kind->thing->size);
    reading->lines = memory_take_array(memory, IMPORT_THINGS, sizeof *reading->lines);
    reading->cells = memory_take(memory, kind->line->size);
    reading->open = memory_take_array(memory, kind->lines, kind->line->size);
    reading->faults = memory_take_array(memory, IMPORT_FAULTS_KEPT, sizeof *reading->faults);
    *reading->out = (struct import_batch){.things = reading->things,
                                          .lines = reading->lines,
                                          .faults = reading->faults,
                                          .place = reading->row->place,
                                          .line = reading->row->line + 1};
    read_columns(reading);
    bool fine =
        reading->things && reading->lines && reading->cells && reading->open && reading->faults;
    return fine ? NULL : &out_of_memory;
}

const struct problem *import_read(struct memory *memory, const struct import_kind *kind,
                                  const struct import_row *row, int fd, struct currency currency,
                                  struct import_batch *out)
{
    static const char separators[] = {
        [IMPORT_COMMA] = ',', [IMPORT_SEMICOLON] = ';', [IMPORT_TAB] = '\t'};
    struct import_reading *reading = memory_take(memory, sizeof *reading);
    if (!reading)
        return &out_of_memory;
    *reading = (struct import_reading){.row = row, .kind = kind, .out = out};
    reading->making =
        (struct import_making){.memory = memory, .currency = currency, .reading = reading};
    const struct problem *problem = begin(reading);
    char separator = row->format == IMPORT_CSV ? separators[row->separator] : '\0';
    if (!problem)
        problem = csv_begin(&reading->csv, memory, fd, separator, out->place, out->line);
    size_t rows = 0;
    for (bool more = !problem; more;) {
        enum csv_found found = csv_next(&reading->csv);
        bool full = rows >= IMPORT_ROWS || out->count + 1 >= IMPORT_THINGS ||
                    out->place - reading->row->place >= IMPORT_BYTES;
        if (found == CSV_UNREADABLE)
            return &world_failed;
        out->over = found == CSV_OVER;
        out->refusal = refusal_of(found);
        out->refusal_line = reading->csv.line;
        bool head = found == CSV_RECORD && row->format == IMPORT_CSV && out->place == 0;
        more = found == CSV_RECORD && (head || take(reading, full));
        rows += 1;
        if (more) {
            out->place = reading->csv.place;
            out->line = reading->csv.next_line;
        }
    }
    if (!problem)
        close_thing(reading);
    out->line -= 1;
    return problem || !reading->making.exhausted ? problem : &out_of_memory;
}
