/*
 * The routes of results. Nothing but the table.
 */
#include "modules/referrals/results/pages.h"
#include "modules/referrals/results/pages.shapes.h"

static const struct route routes[] = {
    {GET, "/biz/programs/{program}/results", &referrals_results_show_handler, VIEWER,
     .page = "modules/referrals/pages/results.html",
     .api = "/api/v1/biz/programs/{program}/results",
     .summary = "How a program does: who joins and sells, what comes of clicks, what it costs"},
};

const struct route_table results_routes = {"referrals", ALL(routes)};
