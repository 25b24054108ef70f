/*
 * What briefs are made of, as data. Nothing clever.
 */
#include "modules/briefs/briefs.h"

#include "modules/briefs/demo.h"
#include "modules/briefs/files.h"
#include "modules/briefs/hooks.h"
#include "modules/briefs/pages.h"
#include "modules/briefs/schema.h"
#include "modules/briefs/tell.h"
#include "modules/briefs/waiting.h"

static const struct route_table *const routes[] = {&briefs_routes, &briefs_file_routes};
static const struct nav_entry nav[] = {
    {.portal = PORTAL_PUBLIC,
     .label = "briefs.nav",
     .href = "/briefs",
     .icon = "clipboard-list",
     .order = 20},
    {.portal = PORTAL_BIZ,
     .label = "briefs.nav",
     .href = "/biz/briefs",
     .icon = "clipboard-list",
     .order = 20,
     .count = briefs_count_for_menu},
    {.portal = PORTAL_BIZ,
     .label = "briefs.new.title",
     .href = "/biz/briefs/new",
     .icon = "plus",
     .order = 20,
     .action = true},
    {.portal = PORTAL_ME,
     .label = "briefs.nav_mine",
     .href = "/me/briefs",
     .icon = "clipboard-list",
     .order = 35},
};
static const struct flow *const flows[] = {&briefs_brief_flow, &briefs_offer_flow};
static const struct consumer *const consumers[] = {&briefs_tell};
static const struct problem *const problems[] = {
    &briefs_not_open, &briefs_full,         &briefs_over_budget,   &briefs_answered_before,
    &briefs_crowded,  &briefs_own_business, &briefs_not_available, &briefs_no_reason,
};

static const struct module_example examples[] = {
    {EXAMPLE_BUSINESS, "/api/v1/briefs",
     "title=Night+markets&body=Five+of+them&wanted=5&budget=80.00&until=2026-07-01", "cal",
     EXAMPLE_ANYONE + EXAMPLE_BUSINESS},
    {EXAMPLE_PERSON, "/api/v1/briefs/{cal}/offers", "photos={pho}&price=60.00", "del",
     EXAMPLE_PERSON + EXAMPLE_BUSINESS},
};

const struct module briefs_module = {
    .name = "briefs",
    .schema = &briefs_schema,
    .routes = ALL(routes),
    .nav = ALL(nav),
    .waits = briefs_waits,
    .flows = ALL(flows),
    .consumers = ALL(consumers),
    .hooks = briefs_hooks,
    .hook_count = BRIEFS_HOOKS,
    .problems = ALL(problems),
    .exports = briefs_exports,
    .export_count = BRIEFS_EXPORTS,
    .examples = ALL(examples),
    .demo = briefs_demo,
    .audit = briefs_audit,
};
