/*
 * The paths of obligations and plans, and who may go there.
 */
#include "core/owed/obligation_pages.shapes.h"
#include "core/owed/obligation_parts.h"

static const struct route routes[] = {
    {GET, "/me/calendar", &core_calendar_me_handler, SIGNED_IN,
     .page = "core/owed/pages/calendar-me.html", .api = "/api/v1/me/obligations",
     .summary = "What a person owes and is owed, by date"},
    {POST, "/me/calendar/{obligation}/pay", &core_obligation_pay_me_handler, SIGNED_IN,
     .again = "/me/calendar", .api = "/api/v1/me/obligations/{obligation}/pay", .once = true,
     .rate = RATE_SLOW, .summary = "Pays what a person owes, or a part of it"},
    {POST, "/me/calendar/{obligation}/forgive", &core_obligation_forgive_me_handler, SIGNED_IN,
     .again = "/me/calendar", .api = "/api/v1/me/obligations/{obligation}/forgive", .once = true,
     .summary = "Lets go what is owed to a person, with a reason"},
    {POST, "/me/calendar/{obligation}/reach", &core_obligation_reach_me_handler, SIGNED_IN,
     .api = "/api/v1/me/obligations/{obligation}/reach", .repeat = REPEAT_REFUSED,
     .summary = "Says that what a person owes for is reached"},
    {POST, "/me/calendar/link", &core_calendar_link_me_handler, SIGNED_IN,
     .api = "/api/v1/me/calendar/link", .repeat = REPEAT_ANEW, .rate = RATE_SLOW,
     .summary =
         "Makes or takes back the link under which a person's calendar can be subscribed to"},
    {POST, "/biz/calendar/link", &core_calendar_link_biz_handler, OWNER,
     .api = "/api/v1/calendar/link", .repeat = REPEAT_ANEW, .rate = RATE_SLOW,
     .summary =
         "Makes or takes back the link under which a business's calendar can be subscribed to"},
    {GET, "/calendar/{link}", &core_calendar_feed_handler, ANYONE,
     .summary = "A calendar as a file (iCalendar) for whoever knows its link"},
    {GET, "/me/plans/{plan}", &core_plan_me_handler, SIGNED_IN,
     .page = "core/owed/pages/plan-me.html", .api = "/api/v1/me/plans/{plan}",
     .summary = "A plan that a person owes or is owed by"},
    {POST, "/me/plans/{plan}", &core_plan_answer_me_handler, SIGNED_IN,
     .api = "/api/v1/me/plans/{plan}", .repeat = REPEAT_REFUSED,
     .summary = "Accepts or declines a plan"},

    {GET, "/biz/calendar", &core_calendar_biz_handler, VIEWER,
     .page = "core/owed/pages/calendar-biz.html", .api = "/api/v1/obligations",
     .summary = "What a business owes and is owed, by date"},
    {POST, "/biz/calendar/{obligation}/pay", &core_obligation_pay_biz_handler, BUYER,
     .again = "/biz/calendar", .api = "/api/v1/obligations/{obligation}/pay", .once = true,
     .rate = RATE_SLOW, .summary = "Pays what a business owes, or a part of it"},
    {POST, "/biz/calendar/{obligation}/forgive", &core_obligation_forgive_biz_handler, OWNER,
     .again = "/biz/calendar", .api = "/api/v1/obligations/{obligation}/forgive", .once = true,
     .summary = "Lets go what is owed to a business, with a reason"},
    {POST, "/biz/calendar/{obligation}/reach", &core_obligation_reach_biz_handler, BUYER,
     .api = "/api/v1/obligations/{obligation}/reach", .repeat = REPEAT_REFUSED,
     .summary = "Says that what a business owes for is reached"},
    {GET, "/biz/plans/{plan}", &core_plan_biz_handler, VIEWER,
     .page = "core/owed/pages/plan-biz.html", .api = "/api/v1/plans/{plan}",
     .summary = "A plan that a business owes or is owed by"},
    {POST, "/biz/plans/{plan}", &core_plan_answer_biz_handler, BUYER, .api = "/api/v1/plans/{plan}",
     .repeat = REPEAT_REFUSED, .summary = "Accepts or declines a plan"},

    {GET, "/desk/plans", &core_desk_plans_handler, FINANCE,
     .page = "core/owed/pages/desk-plans.html", .api = "/api/v1/desk/plans",
     .summary = "Plans of one state"},
    {POST, "/desk/plans", &core_desk_plan_write_handler, FINANCE, .again = "/desk/plans",
     .api = "/api/v1/desk/plans", .once = true,
     .summary = "Writes a plan between two parties, for its debtor to accept"},
    {GET, "/desk/plans/{plan}", &core_plan_desk_handler, FINANCE,
     .page = "core/owed/pages/plan-desk.html", .api = "/api/v1/desk/plans/{plan}",
     .summary = "A plan and its obligations"},
    {POST, "/desk/plans/{plan}/end", &core_desk_plan_end_handler, FINANCE,
     .again = "/desk/plans/{plan}", .api = "/api/v1/desk/plans/{plan}/end",
     .repeat = REPEAT_REFUSED, .summary = "Ends a plan with a reason; what is open is cancelled"},
    {POST, "/desk/obligations/{obligation}/forgive", &core_obligation_forgive_desk_handler, FINANCE,
     .api = "/api/v1/desk/obligations/{obligation}/forgive", .once = true,
     .summary = "Lets go what is owed, with a reason"},
};
static const struct route_table table = {"owed", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct nav_entry nav[] = {
    {PORTAL_ME, "calendar.nav", "/me/calendar", "calendar", 50, .also = "/me/plans"},
    {PORTAL_BIZ, "calendar.nav", "/biz/calendar", "calendar", 50, .also = "/biz/plans"},
    {PORTAL_DESK, "plan.nav", "/desk/plans", "calendar", 62, .who = FINANCE},
};

static const struct posting_template *const postings[] = {
    &plan_agreed_postings[0][0],
    &plan_agreed_postings[0][1],
    &plan_agreed_postings[1][0],
    &plan_agreed_postings[1][1],
};
static const struct flow *const flows[] = {&plan_flow, &obligation_flow};
static const struct consumer *const consumers[] = {&obligation_tell, &obligation_money_came};
static const struct plan_kind *const plans[] = {&plan_agreed};
static const struct problem *const problems[] = {&plan_bad_terms, &plan_no_reason,
                                                 &obligation_too_much};

const struct module obligation_part = {
    .name = "obligation",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .waits = obligation_waits,
    .flows = ALL(flows),
    .postings = ALL(postings),
    .consumers = ALL(consumers),
    .plans = ALL(plans),
    .problems = ALL(problems),
    .audit = obligation_audit,
};
