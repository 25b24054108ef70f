/*
 * Paths of files that people and businesses take with them, and what else core declares about them.
 */
#include "core/files/pages.shapes.h"
#include "core/module.h"

static const struct route routes[] = {
    {GET, "/biz/exports/deals", &core_files_deals_biz_handler, VIEWER,
     .api = "/api/v1/exports/deals", .sends = "text/csv",
     .summary = "All deals of a business as CSV or JSON Lines"},
    {GET, "/biz/exports/obligations", &core_files_obligations_biz_handler, VIEWER,
     .api = "/api/v1/exports/obligations", .sends = "text/csv",
     .summary = "What a business owes and is owed, as CSV or JSON Lines"},
    {GET, "/biz/exports/payments", &core_files_payments_handler, VIEWER,
     .api = "/api/v1/exports/payments", .sends = "text/csv",
     .summary = "What a business paid in, as CSV or JSON Lines"},
    {GET, "/biz/exports/members", &core_files_members_handler, VIEWER,
     .api = "/api/v1/exports/members", .sends = "text/csv",
     .summary = "Members of a business, also former ones, as CSV or JSON Lines"},
    {GET, "/me/exports/deals", &core_files_deals_me_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/deals", .sends = "text/csv",
     .summary = "All deals of a person as CSV or JSON Lines"},
    {GET, "/me/exports/obligations", &core_files_obligations_me_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/obligations", .sends = "text/csv",
     .summary = "What a person owes and is owed, as CSV or JSON Lines"},
    {GET, "/me/exports/payouts", &core_files_payouts_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/payouts", .sends = "text/csv",
     .summary = "What a person took out, as CSV or JSON Lines"},
};
static const struct route_table table = {"files", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct table_link exports[] = {
    {PORTAL_BIZ, "files.deals", "/biz/exports/deals"},
    {PORTAL_BIZ, "files.obligations", "/biz/exports/obligations"},
    {PORTAL_BIZ, "files.payments", "/biz/exports/payments"},
    {PORTAL_BIZ, "files.members", "/biz/exports/members"},
    {PORTAL_ME, "files.deals", "/me/exports/deals"},
    {PORTAL_ME, "files.obligations", "/me/exports/obligations"},
    {PORTAL_ME, "files.payouts", "/me/exports/payouts"},
};

const struct module files_part = {
    .name = "files",
    .routes = ALL(tables),
    .exports = ALL(exports),
};
