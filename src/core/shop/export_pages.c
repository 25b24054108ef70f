/*
 * Exports to a browser or a program: written into a file without name, then sent.
 *
 * Must not know: SQL, how rows are written. Read next: core/shop/export.h.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/settings.h"
#include "core/shop/export.h"
#include "core/shop/import_pages.h"
#include "core/shop/import_rows.shapes.h"
#include "core/shop/segment_pages.h"
#include "core/shop/segment_queries.h"

/* What is to be written. */
struct wanted {
    enum import_kind_of kind;
    const struct segment_row *segment; /* only its members; NULL: all */
    struct maybe_text format;
};

static const struct problem *write_out(struct request *request, const struct wanted *wanted,
                                       enum import_format format, int fd)
{
    if (wanted->segment)
        return shop_export_members(request->db, request->memory, wanted->segment, request->now,
                                   format, fd);
    return shop_export(request->db, request->memory, request->viewer.organisation, wanted->kind,
                       format, fd);
}

static const struct problem *send(struct request *request, const struct wanted *wanted)
{
    bool lines = wanted->format.present && text_is(wanted->format.value, "lines");
    if (wanted->format.present && !lines && !text_is(wanted->format.value, "csv"))
        return request_refuse(request, "format", "import.wrong.format");
    struct text folder = text_format(request->memory, "%.*s/tmp", TEXT_ARGS(setting_text("data")));
    struct text name =
        text_format(request->memory, "%s.%s", words_name(&import_kind_of_words, (int)wanted->kind),
                    lines ? "jsonl" : "csv");
    if (!folder.data || !name.data)
        return &out_of_memory;
    int fd = open(folder.data, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return &world_failed;
    const struct problem *problem =
        write_out(request, wanted, lines ? IMPORT_LINES : IMPORT_CSV, fd);
    if (!problem && lseek(fd, 0, SEEK_SET) != 0)
        problem = &world_failed;
    if (problem)
        close(fd);
    else
        request_send_file(request, fd, lines ? "application/jsonl" : "text/csv; charset=utf-8",
                          name, 0);
    return problem;
}

const struct problem *core_export_orders(struct request *request, const struct export_query *query,
                                         struct nothing *view)
{
    (void)view;
    const struct wanted wanted = {IMPORT_ORDERS, NULL, query->format};
    return send(request, &wanted);
}

const struct problem *core_export_products(struct request *request,
                                           const struct export_query *query, struct nothing *view)
{
    (void)view;
    const struct wanted wanted = {IMPORT_PRODUCTS, NULL, query->format};
    return send(request, &wanted);
}

const struct problem *core_export_customers(struct request *request,
                                            const struct export_query *query, struct nothing *view)
{
    (void)view;
    const struct wanted wanted = {IMPORT_CUSTOMERS, NULL, query->format};
    return send(request, &wanted);
}

const struct problem *core_segment_write(struct request *request,
                                         const struct segment_export *query, struct nothing *view)
{
    struct segment_row segment;
    const struct wanted wanted = {IMPORT_CUSTOMERS, &segment, query->format};
    (void)view;
    const struct problem *problem = segment_of(request->db, request->memory, query->segment,
                                               request->viewer.organisation, &segment);
    return problem ? problem : send(request, &wanted);
}
