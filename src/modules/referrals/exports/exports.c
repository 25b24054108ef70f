/*
 * Writes a program's partners and verdicts out.
 *
 * Must not know: how files are written. Read next: core/files/table.h.
 */
#include "modules/referrals/exports/exports.h"

#include "modules/referrals/exports/exports.shapes.h"
#include "modules/referrals/exports/queries.h"
#include "modules/referrals/exports/rows.shapes.h"
#include "modules/referrals/portal_queries.h"

static const struct problem *read_partners(struct database *db, struct memory *memory, int64_t of,
                                           int64_t after, struct table_page *page)
{
    struct taken_partner_list rows;
    const struct problem *problem = taken_partners(db, memory, (struct program_id){of},
                                                   (struct referrals_partner_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_verdicts(struct database *db, struct memory *memory, int64_t of,
                                           int64_t after, struct table_page *page)
{
    struct taken_verdict_list rows;
    const struct problem *problem =
        taken_verdicts(db, memory, (struct program_id){of}, (struct verdict_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct table files[] = {
    [TAKEN_PARTNERS] = {"partners", &taken_partner_shape, read_partners},
    [TAKEN_VERDICTS] = {"verdicts", &taken_verdict_shape, read_verdicts},
};

const struct problem *referrals_export_send(struct request *request,
                                            const struct taken_query *input, struct nothing *view)
{
    struct portal_owned owned;
    const struct problem *problem = portal_program_of(request->db, request->memory, input->program,
                                                      request->viewer.organisation, &owned);
    (void)view;
    return problem
               ? problem
               : table_send_of(request, &files[input->file], owned.program.value, input->format);
}

static const struct route routes[] = {
    {GET, "/biz/programs/{program}/files/{file}", &referrals_export_send_handler, VIEWER,
     .api = "/api/v1/biz/programs/{program}/files/{file}", .sends = "text/csv",
     .summary =
         "A program's partners, or all verdicts about what they brought, as CSV or JSON Lines"},
};

const struct route_table referrals_export_routes = {"referrals", ALL(routes)};
