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

static const struct problem *send(struct request *request, const struct export_query *query,
                                  enum import_kind_of kind)
{
    bool lines = query->format.present && text_is(query->format.value, "lines");
    if (query->format.present && !lines && !text_is(query->format.value, "csv"))
        return request_refuse(request, "format", "import.wrong.format");
    struct text folder = text_format(request->memory, "%.*s/tmp", TEXT_ARGS(setting_text("data")));
    struct text name =
        text_format(request->memory, "%s.%s", words_name(&import_kind_of_words, (int)kind),
                    lines ? "jsonl" : "csv");
    if (!folder.data || !name.data)
        return &out_of_memory;
    int fd = open(folder.data, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return &world_failed;
    const struct problem *problem =
        shop_export(request->db, request->memory, request->viewer.organisation, kind,
                    lines ? IMPORT_LINES : IMPORT_CSV, fd);
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
    return send(request, query, IMPORT_ORDERS);
}

const struct problem *core_export_products(struct request *request,
                                           const struct export_query *query, struct nothing *view)
{
    (void)view;
    return send(request, query, IMPORT_PRODUCTS);
}

const struct problem *core_export_customers(struct request *request,
                                            const struct export_query *query, struct nothing *view)
{
    (void)view;
    return send(request, query, IMPORT_CUSTOMERS);
}
