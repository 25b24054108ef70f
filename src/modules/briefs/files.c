/*
 * Briefs and answers as files. Nothing clever.
 *
 * Must not know: how files are written. Read next: core/files/table.h.
 */
#include "modules/briefs/files.h"

#include "modules/briefs/files.shapes.h"
#include "modules/briefs/files_queries.h"

static const struct problem *read_briefs(struct database *db, struct memory *memory, int64_t of,
                                         int64_t after, struct table_page *page)
{
    struct briefs_file_brief_list rows;
    const struct problem *problem =
        briefs_file_briefs(db, memory, (struct party_id){of}, (struct call_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_answers(struct database *db, struct memory *memory, int64_t of,
                                          int64_t after, struct table_page *page)
{
    struct briefs_file_answer_list rows;
    const struct problem *problem =
        briefs_file_answers(db, memory, (struct party_id){of}, (struct deal_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_own(struct database *db, struct memory *memory, int64_t of,
                                      int64_t after, struct table_page *page)
{
    struct briefs_file_own_list rows;
    const struct problem *problem =
        briefs_file_own(db, memory, (struct party_id){of}, (struct deal_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct table briefs = {"briefs", &briefs_file_brief_shape, read_briefs};
static const struct table answers = {"brief-offers", &briefs_file_answer_shape, read_answers};
static const struct table own = {"brief-offers", &briefs_file_own_shape, read_own};

const struct problem *briefs_send_briefs(struct request *request, const struct table_query *query,
                                         struct nothing *view)
{
    (void)view;
    return table_send(request, &briefs, request->viewer.organisation, query);
}

const struct problem *briefs_send_answers(struct request *request, const struct table_query *query,
                                          struct nothing *view)
{
    (void)view;
    return table_send(request, &answers, request->viewer.organisation, query);
}

const struct problem *briefs_send_own(struct request *request, const struct table_query *query,
                                      struct nothing *view)
{
    (void)view;
    return table_send(request, &own, request->viewer.person, query);
}

static const struct route routes[] = {
    {GET, "/biz/exports/briefs", &briefs_send_briefs_handler, VIEWER,
     .api = "/api/v1/exports/briefs", .sends = "text/csv",
     .summary = "All briefs of a business as CSV or JSON Lines"},
    {GET, "/biz/exports/brief-offers", &briefs_send_answers_handler, VIEWER,
     .api = "/api/v1/exports/brief-offers", .sends = "text/csv",
     .summary = "All answers to a business's briefs as CSV or JSON Lines"},
    {GET, "/me/exports/brief-offers", &briefs_send_own_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/brief-offers", .sends = "text/csv",
     .summary = "All one's own answers to briefs as CSV or JSON Lines"},
};

const struct route_table briefs_file_routes = {"briefs", ALL(routes)};

const struct table_link briefs_exports[BRIEFS_EXPORTS] = {
    {PORTAL_BIZ, "briefs.nav", "/biz/exports/briefs"},
    {PORTAL_BIZ, "briefs.files.answers", "/biz/exports/brief-offers"},
    {PORTAL_ME, "briefs.files.own", "/me/exports/brief-offers"},
};
