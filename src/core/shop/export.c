/*
 * Writes tables out, page by page.
 *
 * Must not know: HTTP. Read next: core/shop/export.h.
 */
#include "core/shop/export.h"

#include "core/files/table.h"
#include "core/shop/export_queries.h"
#include "core/shop/export_rows.h"
#include "core/shop/imports.h"
#include "core/shop/parts.h"
#include "core/shop/shop.shapes.h"

#define PAGE_BYTES (64 << 20) /* of one page of rows, at most */
enum { CODES_MAX = 20 };

/* What writes one export. */
struct writing {
    struct database *db;
    struct memory *memory; /* of this page */
    struct party_id business;
    bool csv;
    struct builder b;                  /* this page */
    const struct segment_row *segment; /* whose members; NULL: all */
    struct instant now;
};

static void cell(struct writing *writing, struct text text)
{
    builder_add_char(&writing->b, ',');
    table_cell(&writing->b, text);
}

static void cell_instant(struct writing *writing, struct instant at)
{
    char text[INSTANT_TEXT_MAX] = "";
    if (at.ms)
        instant_print(text, at);
    builder_add_char(&writing->b, ',');
    builder_add_c(&writing->b, text);
}

static void cell_money(struct writing *writing, int64_t minor, struct currency currency, bool some)
{
    builder_add_char(&writing->b, ',');
    if (some)
        builder_add_money(&writing->b, (struct money){minor, currency});
}

static void object(struct writing *writing, const struct shape *shape, const void *told)
{
    shape_write_json(&writing->b, shape, told, FOR_OPERATOR);
    builder_add_char(&writing->b, '\n');
}

static struct maybe_text if_any(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

/* A customer without number is kept under a mark, which says nothing elsewhere. */
static struct text number_of(struct text reference)
{
    return reference.size > 0 && reference.data[0] == '@' ? text_of("") : reference;
}

/* ---- orders ----------------------------------------------------------------------------------- */

static void order_cells(struct writing *writing, const struct export_order *row,
                        const struct order_line_row *line)
{
    struct currency currency = row->total.currency;
    table_cell(&writing->b, row->number);
    cell_instant(writing, row->placed);
    cell_instant(writing, row->updated);
    cell(writing, number_of(text_or_empty(row->reference)));
    cell(writing, text_of(""));
    cell(writing, text_or_empty(row->name));
    cell(writing, text_or_empty(row->country));
    cell(writing, text_of(currency.code));
    cell_money(writing, row->total.minor, currency, true);
    cell_money(writing, row->discount_minor, currency, row->discount_minor > 0);
    cell(writing, row->codes);
    cell_instant(writing, row->cancelled);
    cell(writing, line ? line->product : text_of(""));
    cell(writing, line ? line->title : text_of(""));
    builder_add_char(&writing->b, ',');
    if (line)
        builder_add_integer(&writing->b, line->quantity);
    cell_money(writing, line ? line->total_minor : 0, currency, line != NULL);
    cell_money(writing, line ? line->discount_minor : 0, currency,
               line && line->discount_minor > 0);
    builder_add_char(&writing->b, '\n');
}

static void order_object(struct writing *writing, const struct export_order *row,
                         const struct order_line_row *rows, size_t count)
{
    struct currency currency = row->total.currency;
    struct order_line_told *lines = memory_take_array(writing->memory, count, sizeof *lines);
    struct text *codes = memory_take_array(writing->memory, CODES_MAX, sizeof *codes);
    struct text rest = row->codes;
    size_t code_count = 0;
    if (!lines || !codes) {
        writing->b.failed = writing->b.exhausted = true;
        return;
    }
    while (code_count < CODES_MAX && text_split(&rest, ',', &codes[code_count]))
        code_count += 1;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct order_line_told){
            .product = if_any(rows[i].product),
            .title = if_any(rows[i].title),
            .quantity = rows[i].quantity,
            .total = {rows[i].total_minor, currency},
            .discount = {rows[i].discount_minor > 0, {rows[i].discount_minor, currency}},
        };
    struct order_told told = {
        .number = row->number,
        .placed = row->placed,
        .updated = {true, row->updated},
        .customer = if_any(number_of(text_or_empty(row->reference))),
        .name = if_any(text_or_empty(row->name)),
        .country = if_any(text_or_empty(row->country)),
        .total = row->total,
        .discount = {row->discount_minor > 0, {row->discount_minor, currency}},
        .codes = {codes, code_count},
        .cancelled = {row->cancelled.ms != 0, row->cancelled},
        .lines = {lines, count},
    };
    object(writing, &order_told_shape, &told);
}

static const struct problem *write_orders(struct writing *writing, int64_t *after, bool *more)
{
    struct export_order_list orders;
    struct order_line_row_list lines = {0};
    struct order_id from = {*after};
    const struct problem *problem =
        export_orders(writing->db, writing->memory, writing->business, from, &orders);
    *more = !problem && orders.count > 0;
    if (!*more)
        return problem;
    struct order_id last = orders.items[orders.count - 1].id;
    problem = export_lines(writing->db, writing->memory, orders.items[0].id, last,
                           writing->business, &lines);
    size_t at = 0;
    for (size_t i = 0; !problem && i < orders.count; i++) {
        const struct export_order *order = &orders.items[i];
        size_t begin = at;
        while (at < lines.count && lines.items[at].of_order.value == order->id.value)
            at += 1;
        if (order->state == ORDER_EXPECTED)
            continue;
        if (!writing->csv)
            order_object(writing, order, lines.items + begin, at - begin);
        for (size_t j = begin; writing->csv && j < at; j++)
            order_cells(writing, order, &lines.items[j]);
        if (writing->csv && begin == at)
            order_cells(writing, order, NULL);
    }
    *after = last.value;
    return problem;
}

/* ---- products and customers ------------------------------------------------------------------- */

static const struct problem *write_products(struct writing *writing, int64_t *after, bool *more)
{
    struct product_row_list rows;
    const struct problem *problem = export_products(writing->db, writing->memory, writing->business,
                                                    (struct product_id){*after}, &rows);
    *more = !problem && rows.count > 0;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct product_row *row = &rows.items[i];
        struct money price = row->price.value;
        struct product_told told = {.number = row->number,
                                    .title = row->title,
                                    .category = if_any(row->category),
                                    .price = row->price,
                                    .link = if_any(row->link),
                                    .picture = if_any(row->picture),
                                    .updated = {true, row->updated}};
        *after = row->id.value;
        if (!writing->csv) {
            object(writing, &product_told_shape, &told);
            continue;
        }
        table_cell(&writing->b, row->number);
        cell(writing, row->title);
        cell(writing, row->category);
        cell(writing, text_of(row->price.present ? price.currency.code : ""));
        cell_money(writing, price.minor, price.currency, row->price.present);
        cell(writing, row->link);
        cell(writing, row->picture);
        cell_instant(writing, row->updated);
        builder_add_char(&writing->b, '\n');
    }
    return problem;
}

static void write_customer(struct writing *writing, const struct customer_row *row)
{
    struct customer_told told = {.number = if_any(number_of(row->reference)),
                                 .name = if_any(row->name),
                                 .country = if_any(row->country)};
    if (!writing->csv) {
        object(writing, &customer_told_shape, &told);
        return;
    }
    table_cell(&writing->b, number_of(row->reference));
    cell(writing, text_of(""));
    cell(writing, row->name);
    cell(writing, row->country);
    builder_add_char(&writing->b, '\n');
}

static const struct problem *write_customers(struct writing *writing, int64_t *after, bool *more)
{
    struct customer_row_list rows;
    const struct problem *problem = export_customers(
        writing->db, writing->memory, writing->business, (struct customer_id){*after}, &rows);
    *more = !problem && rows.count > 0;
    for (size_t i = 0; !problem && i < rows.count; i++)
        write_customer(writing, &rows.items[i]);
    if (*more)
        *after = rows.items[rows.count - 1].id.value;
    return problem;
}

static const struct problem *write_members(struct writing *writing, int64_t *after, bool *more)
{
    struct customer_row_list rows;
    struct customer_id last = {*after};
    bool over = true;
    const struct problem *problem = segment_next(writing->db, writing->memory, writing->segment,
                                                 writing->now, &last, &rows, &over);
    *more = !problem && !over;
    *after = last.value;
    for (size_t i = 0; !problem && i < rows.count; i++)
        write_customer(writing, &rows.items[i]);
    return problem;
}

/* ---- all of it -------------------------------------------------------------------------------- */

static void write_head(struct writing *writing, const struct import_kind *kind)
{
    const struct shape *shape = kind->line;
    for (size_t i = 0; i < shape->count; i++) {
        if (i > 0)
            builder_add_char(&writing->b, ',');
        builder_add_c(&writing->b, shape->fields[i].name);
    }
    builder_add_char(&writing->b, '\n');
}

typedef const struct problem *write_page(struct writing *writing, int64_t *after, bool *more);

static const struct problem *write_all(struct writing *writing, struct memory *memory,
                                       const struct import_kind *kind, write_page *page, int fd)
{
    const struct problem *problem = NULL;
    int64_t after = 0;
    bool more = true;
    for (bool first = true; !problem && more; first = false) {
        writing->memory = memory_scratch(memory);
        if (!writing->memory)
            return &out_of_memory;
        writing->b = builder_make(writing->memory, PAGE_BYTES);
        if (first && writing->csv)
            write_head(writing, kind);
        problem = page(writing, &after, &more);
        if (!problem)
            problem = table_put(&writing->b, fd);
        memory_end(writing->memory);
    }
    return problem;
}

const struct problem *shop_export(struct database *db, struct memory *memory,
                                  struct party_id business, const struct import_kind *kind,
                                  enum import_format format, int fd)
{
    write_page *page = kind == &shop_orders     ? write_orders
                       : kind == &shop_products ? write_products
                                                : write_customers;
    struct writing writing = {.db = db, .business = business, .csv = format == IMPORT_CSV};
    return write_all(&writing, memory, kind, page, fd);
}

const struct problem *shop_export_members(struct database *db, struct memory *memory,
                                          const struct segment_row *segment, struct instant now,
                                          enum import_format format, int fd)
{
    struct writing writing = {.db = db,
                              .business = segment->business,
                              .csv = format == IMPORT_CSV,
                              .segment = segment,
                              .now = now};
    return write_all(&writing, memory, &shop_customers, write_members, fd);
}
