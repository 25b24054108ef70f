/*
 * One row: a person has one profile. Nothing clever.
 *
 * Must not know: how files are written. Read next: core/files/table.h, own_file_queries.sql.
 */
#include "modules/referrals/recruiting/own_file.h"

#include "modules/referrals/recruiting/own_file.shapes.h"
#include "modules/referrals/recruiting/own_file_queries.h"

static const struct problem *read_own(struct database *db, struct memory *memory, int64_t of,
                                      int64_t after, struct table_page *page)
{
    struct sharer_file_row_list rows;
    const struct problem *problem =
        sharer_file_rows(db, memory, (struct party_id){of}, (struct sharer_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct table own = {"sharing", &sharer_file_row_shape, read_own};

const struct problem *sharing_send(struct request *request, const struct table_query *query,
                                   struct nothing *view)
{
    (void)view;
    return table_send(request, &own, request->viewer.person, query);
}

static const struct route routes[] = {
    {GET, "/me/exports/sharing", &sharing_send_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/sharing", .sends = "text/csv",
     .summary =
         "What the reader says to businesses that look for reach, channels and all, as CSV or "
         "JSON Lines"},
};

const struct route_table sharing_file_routes = {"referrals", ALL(routes)};

const struct table_link sharing_exports[SHARING_EXPORTS] = {
    {PORTAL_ME, "referrals.sharing.file", "/me/exports/sharing"},
};
