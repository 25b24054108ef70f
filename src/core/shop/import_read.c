/*
 * From lines of a file to what they tell, with each error's line and column.
 *
 * Lines of one order stand together; the first tells of the order, each of one thing in it. Nothing is
 * looked up: what is known is judged when it is kept. Must not know: the database, HTTP.
 * Read next: core/shop/import_run.c.
 */
#include <string.h>

#include "core/shop/import.h"
#include "core/shop/import_shapes.shapes.h"
#include "core/shop/parts.h"
#include "core/shop/shop.shapes.h"

enum { LINES_MAX = 500, CODES_MAX = 20, VALUE_SHOWN = 80 };

static const struct shape *const shapes[] = {
    [IMPORT_ORDERS] = &import_order_shape,
    [IMPORT_PRODUCTS] = &import_product_shape,
    [IMPORT_CUSTOMERS] = &import_customer_shape,
};

const struct shape *import_shape(enum import_kind_of kind)
{
    return shapes[kind];
}

static const char *const rules[] = {
    [FIELD_MISSING] = "import.wrong.missing",     [FIELD_TOO_SHORT] = "import.wrong.too_short",
    [FIELD_TOO_LONG] = "import.wrong.too_long",   [FIELD_TOO_SMALL] = "import.wrong.too_small",
    [FIELD_TOO_LARGE] = "import.wrong.too_large", [FIELD_NOT_TEXT] = "import.wrong.letters",
    [FIELD_NOT_NUMBER] = "import.wrong.number",   [FIELD_NOT_MONEY] = "import.wrong.money",
    [FIELD_NOT_DATE] = "import.wrong.date",       [FIELD_NOT_URL] = "import.wrong.address",
    [FIELD_NOT_MAIL] = "import.wrong.mail",       [FIELD_UNKNOWN] = "import.wrong.unknown",
};

static const char *rule_of(enum field_fault fault)
{
    const char *rule = (size_t)fault < sizeof rules / sizeof *rules ? rules[fault] : NULL;
    return rule ? rule : "import.wrong.malformed";
}

/* What reads one batch. */
struct reading {
    struct memory *memory;
    const struct import_row *row;
    struct import_batch *out;
    struct csv csv;
    struct currency currency;                     /* where no column says */
    const struct field *columns[CSV_COLUMNS_MAX]; /* NULL: left out */
    size_t column_count;
    struct order_told *orders;
    struct product_told *products;
    struct customer_told *customers;
    int64_t *lines;
    struct import_fault *faults;
    bool wrong;                   /* the thing being read has an error */
    struct import_order first;    /* the open order's first line */
    int64_t first_line;           /* where; 0: no order is open */
    struct order_line_told *open; /* what is in it so far */
    size_t open_count;
    bool exhausted; /* the memory ran out */
};

static void blame(struct reading *reading, int64_t line, struct text field, const char *rule,
                  struct text value)
{
    struct import_batch *out = reading->out;
    reading->wrong = true;
    out->faults_in_all += 1;
    if (out->fault_count == IMPORT_FAULTS_KEPT)
        return;
    size_t shown = value.size < VALUE_SHOWN ? value.size : VALUE_SHOWN;
    while (shown > 0 && shown < value.size && ((unsigned char)value.data[shown] & 0xC0) == 0x80)
        shown -= 1;
    bool fine = text_valid((struct bytes){(const unsigned char *)value.data, shown});
    struct import_fault fault = {line, text_copy(reading->memory, field), rule,
                                 fine ? text_copy(reading->memory, (struct text){value.data, shown})
                                      : text_of("")};
    reading->exhausted |= !fault.field.data || !fault.value.data;
    reading->faults[out->fault_count++] = fault;
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
static struct currency currency_of(struct reading *reading)
{
    struct currency currency = reading->currency;
    for (size_t i = 0; i < reading->column_count && i < reading->csv.count; i++) {
        struct text cell = text_trim(reading->csv.fields[i]);
        if (reading->columns[i] && strcmp(reading->columns[i]->name, "currency") == 0 &&
            cell.size > 0 && !currency_parse(cell, &currency))
            blame(reading, reading->csv.line, text_of("currency"), "import.wrong.currency", cell);
    }
    return currency;
}

static void read_cell(struct reading *reading, const struct field *field, struct text cell,
                      struct currency currency, void *target)
{
    struct field_error error;
    struct text plain = without_guard(text_trim(cell));
    if (!text_valid((struct bytes){(const unsigned char *)plain.data, plain.size})) {
        blame(reading, reading->csv.line, text_of(field->name), "import.wrong.letters", plain);
        return;
    }
    if (field->kind == FIELD_INSTANT && plain.size > 0)
        plain = plain_date(reading->memory, plain);
    if (field->kind == FIELD_MONEY && plain.size > 0)
        plain = plain_sum(plain, &currency);
    enum field_fault fault = field_read(reading->memory, field, plain, currency, target, &error);
    if (fault != FIELD_FINE)
        blame(reading, reading->csv.line, text_of(field->name), rule_of(fault), cell);
}

/* The record's cells into a zeroed struct of the kind's shape. */
static void read_cells(struct reading *reading, void *target, struct currency *currency)
{
    *currency = currency_of(reading);
    for (size_t i = 0; i < reading->column_count && i < reading->csv.count; i++)
        if (reading->columns[i])
            read_cell(reading, reading->columns[i], reading->csv.fields[i], *currency, target);
    if (reading->csv.count > reading->column_count)
        blame(reading, reading->csv.line, text_of(""), "import.wrong.columns", text_of(""));
}

/* ---- orders of a CSV -------------------------------------------------------------------------- */

static struct text_list codes_of(struct reading *reading, struct maybe_text codes)
{
    struct text rest = codes.present ? codes.value : text_of("");
    struct text *items = memory_take_array(reading->memory, CODES_MAX, sizeof *items);
    struct text part;
    size_t count = 0;
    reading->exhausted |= !items;
    while (items && count < CODES_MAX && text_split(&rest, ',', &part))
        if (text_trim(part).size > 0)
            items[count++] = text_trim(part);
    return (struct text_list){items, count};
}

static void need(struct reading *reading, bool present, const char *field)
{
    if (!present)
        blame(reading, reading->first_line, text_of(field), "import.wrong.missing", text_of(""));
}

/* The sum of what is in the open order. */
static struct money open_sum(const struct reading *reading, struct currency currency)
{
    struct money sum = {0, currency};
    for (size_t i = 0; i < reading->open_count; i++)
        if (!money_add(sum, reading->open[i].total, &sum))
            return (struct money){-1, currency};
    return sum;
}

/* All lines of the open order are read. */
static void close_order(struct reading *reading)
{
    const struct import_order *first = &reading->first;
    struct text wrong;
    if (reading->first_line == 0)
        return;
    bool known = reading->wrong; /* what could not be read is told already, and is not missing */
    struct currency currency = first->total.present  ? first->total.value.currency
                               : reading->open_count ? reading->open[0].total.currency
                                                     : reading->currency;
    bool alone = reading->open_count == 1 && first->total.present && !first->line_total.present;
    if (alone)
        reading->open[0].total = first->total.value;
    struct money sum = open_sum(reading, currency);
    bool summed = reading->open_count > 0 && sum.minor >= 0;
    need(reading, known || first->number.present, "number");
    need(reading, known || first->placed.present, "placed");
    need(reading, known || first->total.present || summed, "total");
    struct order_told told = {
        .number = text_or_empty(first->number),
        .placed = first->placed.value,
        .updated = first->updated,
        .customer = first->customer,
        .mail = first->mail,
        .name = first->name,
        .country = first->country,
        .total = first->total.present ? first->total.value : sum,
        .discount = first->discount,
        .codes = codes_of(reading, first->codes),
        .cancelled = first->cancelled,
        .lines = {memory_copy(reading->memory, reading->open,
                              reading->open_count * sizeof *reading->open),
                  reading->open_count},
    };
    reading->exhausted |= !told.lines.items;
    if (!reading->wrong && told.lines.items && !order_fits(reading->memory, &told, &wrong))
        blame(reading, reading->first_line, wrong, "shop.wrong.currency", text_of(""));
    if (reading->wrong) {
        reading->out->refused += 1;
    } else {
        reading->lines[reading->out->count] = reading->first_line;
        reading->orders[reading->out->count++] = told;
    }
    reading->first_line = 0;
    reading->open_count = 0;
    reading->wrong = false;
}

static void add_line(struct reading *reading, const struct import_order *cells,
                     struct currency currency)
{
    bool any = cells->product.present || cells->title.present || cells->quantity.present ||
               cells->line_total.present;
    if (!any)
        return;
    if (reading->open_count == LINES_MAX) {
        blame(reading, reading->csv.line, text_of(""), "import.wrong.too_many", text_of(""));
        return;
    }
    reading->open[reading->open_count++] = (struct order_line_told){
        .product = cells->product,
        .title = cells->title,
        .quantity = cells->quantity.present ? cells->quantity.value : 1,
        .total = cells->line_total.present ? cells->line_total.value : (struct money){0, currency},
        .discount = cells->line_discount,
    };
}

/* Takes a line of orders; false: it begins another order and this batch is full. */
static bool take_order_line(struct reading *reading, bool full)
{
    struct import_order cells = {0};
    struct currency currency;
    int64_t faults = reading->out->faults_in_all;
    size_t kept = reading->out->fault_count;
    bool wrong = reading->wrong;
    reading->wrong = false;
    read_cells(reading, &cells, &currency);
    bool more = reading->first_line != 0 && cells.number.present && reading->first.number.present &&
                text_equal(cells.number.value, reading->first.number.value);
    if (!more && full) {
        reading->out->faults_in_all = faults;
        reading->out->fault_count = kept;
        reading->wrong = wrong;
        return false;
    }
    bool line_wrong = reading->wrong;
    reading->wrong = wrong;
    if (!more) {
        close_order(reading);
        reading->first = cells;
        reading->first_line = reading->csv.line;
        reading->wrong = false;
    }
    reading->wrong |= line_wrong;
    add_line(reading, &cells, currency);
    return true;
}

/* ---- what else is in a CSV -------------------------------------------------------------------- */

static void take_product(struct reading *reading)
{
    struct import_product cells = {0};
    struct currency currency;
    reading->first_line = reading->csv.line; /* where what is missing is missing */
    read_cells(reading, &cells, &currency);
    bool known = reading->wrong;
    need(reading, known || cells.number.present, "number");
    need(reading, known || cells.title.present, "title");
    if (!reading->wrong)
        reading->products[reading->out->count] = (struct product_told){
            .number = cells.number.value,
            .title = cells.title.value,
            .category = cells.category,
            .price = cells.price,
            .link = cells.link,
            .picture = cells.picture,
            .updated = cells.updated,
        };
}

static void take_customer(struct reading *reading)
{
    struct import_customer cells = {0};
    struct currency currency;
    reading->first_line = reading->csv.line;
    read_cells(reading, &cells, &currency);
    need(reading, reading->wrong || cells.number.present || cells.mail.present, "number");
    if (!reading->wrong)
        reading->customers[reading->out->count] =
            (struct customer_told){cells.number, cells.mail, cells.name, cells.country};
}

/* ---- JSON Lines ------------------------------------------------------------------------------- */

static void take_object(struct reading *reading)
{
    const struct import_batch *out = reading->out;
    struct text line = reading->csv.fields[0];
    struct bytes json = {(const unsigned char *)line.data, line.size};
    struct field_errors errors = {0};
    struct text wrong;
    void *target = &reading->orders[out->count];
    const struct shape *shape = &order_told_shape;
    if (reading->row->kind == IMPORT_PRODUCTS) {
        target = &reading->products[out->count];
        shape = &product_told_shape;
    } else if (reading->row->kind == IMPORT_CUSTOMERS) {
        target = &reading->customers[out->count];
        shape = &customer_told_shape;
    }
    const struct problem *problem = shape_read_json(reading->memory, shape, json, target, &errors);
    reading->exhausted |= problem == &out_of_memory;
    for (size_t i = 0; i < errors.count; i++)
        blame(reading, reading->csv.line, text_of(errors.items[i].field),
              rule_of(errors.items[i].fault), text_of(""));
    if (problem && errors.count == 0)
        blame(reading, reading->csv.line, text_of(""), "import.wrong.malformed", text_of(""));
    if (!problem && reading->row->kind == IMPORT_ORDERS &&
        !order_fits(reading->memory, target, &wrong))
        blame(reading, reading->csv.line, wrong, "shop.wrong.currency", text_of(""));
    const struct customer_told *customer = target;
    if (!problem && reading->row->kind == IMPORT_CUSTOMERS && !customer->number.present &&
        !customer->mail.present)
        blame(reading, reading->csv.line, text_of("number"), "import.wrong.missing", text_of(""));
}

/* ---- all of it -------------------------------------------------------------------------------- */

static void end_thing(struct reading *reading)
{
    if (reading->wrong)
        reading->out->refused += 1;
    else
        reading->lines[reading->out->count++] = reading->csv.line;
    reading->wrong = false;
}

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
static bool take(struct reading *reading, bool full)
{
    bool lines = reading->row->format == IMPORT_LINES;
    if (!lines && reading->row->kind == IMPORT_ORDERS)
        return take_order_line(reading, full);
    if (full)
        return false;
    if (lines)
        take_object(reading);
    else if (reading->row->kind == IMPORT_PRODUCTS)
        take_product(reading);
    else
        take_customer(reading);
    end_thing(reading);
    return true;
}

static void read_columns(struct reading *reading)
{
    struct text rest = reading->row->mapping;
    struct text name;
    while (reading->column_count < CSV_COLUMNS_MAX && text_split(&rest, ',', &name))
        reading->columns[reading->column_count++] = shape_find(shapes[reading->row->kind], name);
}

static const struct problem *begin(struct reading *reading)
{
    size_t most = ORDERS_AT_ONCE;
    reading->orders = memory_take_array(reading->memory, most, sizeof *reading->orders);
    reading->products = memory_take_array(reading->memory, most, sizeof *reading->products);
    reading->customers = memory_take_array(reading->memory, most, sizeof *reading->customers);
    reading->lines = memory_take_array(reading->memory, most, sizeof *reading->lines);
    reading->open = memory_take_array(reading->memory, LINES_MAX, sizeof *reading->open);
    reading->faults =
        memory_take_array(reading->memory, IMPORT_FAULTS_KEPT, sizeof *reading->faults);
    *reading->out = (struct import_batch){.orders = reading->orders,
                                          .products = reading->products,
                                          .customers = reading->customers,
                                          .lines = reading->lines,
                                          .faults = reading->faults,
                                          .place = reading->row->place,
                                          .line = reading->row->line + 1};
    read_columns(reading);
    bool fine = reading->orders && reading->products && reading->customers && reading->lines &&
                reading->open && reading->faults;
    return fine ? NULL : &out_of_memory;
}

const struct problem *import_read(struct memory *memory, const struct import_row *row, int fd,
                                  struct currency currency, struct import_batch *out)
{
    static const char separators[] = {
        [IMPORT_COMMA] = ',', [IMPORT_SEMICOLON] = ';', [IMPORT_TAB] = '\t'};
    struct reading *reading = memory_take(memory, sizeof *reading);
    if (!reading)
        return &out_of_memory;
    *reading = (struct reading){.memory = memory, .row = row, .out = out, .currency = currency};
    const struct problem *problem = begin(reading);
    char separator = row->format == IMPORT_CSV ? separators[row->separator] : '\0';
    if (!problem)
        problem = csv_begin(&reading->csv, memory, fd, separator, out->place, out->line);
    size_t rows = 0;
    for (bool more = !problem; more;) {
        enum csv_found found = csv_next(&reading->csv);
        bool full = rows >= IMPORT_ROWS || out->count + 1 >= ORDERS_AT_ONCE ||
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
    if (!problem && row->kind == IMPORT_ORDERS)
        close_order(reading);
    out->line -= 1;
    return problem || !reading->exhausted ? problem : &out_of_memory;
}
