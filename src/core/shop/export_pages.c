/*
 * Exports to a browser or a program: written into a file without name, then sent.
 *
 * Must not know: SQL, how rows are written. Read next: core/shop/export.h.
 */
#include "core/files/table.h"
#include "core/shop/export.h"
#include "core/shop/export_pages.h"
#include "core/shop/imports.h"
#include "core/shop/segment_pages.h"
#include "core/shop/segment_queries.h"

/* What is to be written. */
struct wanted {
    const struct import_kind *kind;
    const struct segment_row *segment; /* only its members; NULL: all */
};

static const struct problem *write_out(struct request *request, void *context,
                                       enum table_format format, int fd)
{
    const struct wanted *wanted = context;
    enum import_format ours = format == TABLE_LINES ? IMPORT_LINES : IMPORT_CSV;
    if (wanted->segment)
        return shop_export_members(request->db, request->memory, wanted->segment, request->now,
                                   ours, fd);
    return shop_export(request->db, request->memory, request->viewer.organisation, wanted->kind,
                       ours, fd);
}

static const struct problem *send(struct request *request, struct wanted wanted,
                                  struct maybe_text format)
{
    return table_answer(request, request->viewer.organisation, wanted.kind->name, format, write_out,
                        &wanted);
}

const struct problem *core_export_orders(struct request *request, const struct export_query *query,
                                         struct nothing *view)
{
    (void)view;
    return send(request, (struct wanted){&shop_orders, NULL}, query->format);
}

const struct problem *core_export_products(struct request *request,
                                           const struct export_query *query, struct nothing *view)
{
    (void)view;
    return send(request, (struct wanted){&shop_products, NULL}, query->format);
}

const struct problem *core_export_customers(struct request *request,
                                            const struct export_query *query, struct nothing *view)
{
    (void)view;
    return send(request, (struct wanted){&shop_customers, NULL}, query->format);
}

const struct problem *core_segment_write(struct request *request,
                                         const struct segment_export *query, struct nothing *view)
{
    struct segment_row segment;
    (void)view;
    const struct problem *problem = segment_of(request->db, request->memory, query->segment,
                                               request->viewer.organisation, &segment);
    return problem ? problem
                   : send(request, (struct wanted){&shop_customers, &segment}, query->format);
}
