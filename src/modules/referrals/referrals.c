/*
 * What referrals are made of, as data. Nothing clever.
 */
#include "modules/referrals/referrals.h"

#include "modules/referrals/claims/pages.h"
#include "modules/referrals/actions/calls.h"
#include "modules/referrals/audit.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/coupons/pages.h"
#include "modules/referrals/demo.h"
#include "modules/referrals/doubts/pages.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/kit/kit_pages.h"
#include "modules/referrals/exports/exports.h"
#include "modules/referrals/leads/pages.h"
#include "modules/referrals/link.h"
#include "modules/referrals/links/calls.h"
#include "modules/referrals/lists/lists.h"
#include "modules/referrals/personal/personal_pages.h"
#include "modules/referrals/pages.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/posts/pages.h"
#include "modules/referrals/recruiting/own_file.h"
#include "modules/referrals/recruiting/pages.h"
#include "modules/referrals/results/digest.h"
#include "modules/referrals/results/pages.h"
#include "modules/referrals/schema.h"
#include "modules/referrals/share/pages.h"
#include "modules/referrals/widgets/widgets.h"

const struct problem referrals_unknown_code = {"referrals.unknown_code", 404, FAULT_CLIENT, false};

static const struct route_table *const routes[] = {
    &referrals_routes,
    &referrals_widget_routes,
    &referrals_claim_routes,
    &referrals_coupon_routes,
    &kit_routes,
    &results_routes,
    &referrals_export_routes,
    &referrals_lead_routes,
    &referrals_share_routes,
    &personal_routes,
    &sharer_routes,
    &sharing_file_routes,
    &doubt_routes,
    &referrals_action_routes,
    &referrals_links_routes,
    &referrals_post_routes,
};
static const struct nav_entry nav[] = {
    {.portal = PORTAL_PUBLIC,
     .label = "referrals.nav",
     .href = "/programs",
     .icon = "speakerphone",
     .order = 30},
    {.portal = PORTAL_ME,
     .label = "referrals.nav_mine",
     .href = "/me/programs",
     .icon = "speakerphone",
     .order = 50},
    {.portal = PORTAL_BIZ,
     .label = "referrals.nav",
     .href = "/biz/programs",
     .icon = "speakerphone",
     .order = 45,
     .also = "/biz/promises /biz/partners /biz/kit"},
    {.portal = PORTAL_DESK,
     .label = "referrals.nav_appeals",
     .href = "/desk/appeals",
     .icon = "scale",
     .order = 25,
     .who = MODERATOR},
};
static const struct flow *const flows[] = {&referrals_partner_flow, &personal_flow, &doubt_flow,
                                           &post_flow};
static const struct posting_template *const postings[] = {&personal_fee_posting};
static const struct consumer *const consumers[] = {
    &referrals_orders, &referrals_files, &doubt_tell, &doubt_programs,
    &personal_tell,    &referrals_hours, &post_tell};
static const struct job_kind *const jobs[] = {
    &referrals_files_job, &kit_look_job,        &results_job,  &doubt_hours_job,
    &doubt_again_job,     &referrals_hours_job, &post_look_job};
static const struct problem *const problems[] = {
    &referrals_takes_part,
    &sharer_too_many,
    &referrals_unknown_code,
    &referrals_code_taken,
    &referrals_bad_code,
    &referrals_own_upline,
    &referrals_brought,
    &referrals_circle,
    &referrals_not_open,
    &referrals_not_invited,
    &referrals_bad_landing,
    &referrals_unknown_click,
    &referrals_claim_unknown,
    &referrals_claim_late,
    &referrals_claim_made,
    &referrals_claim_needless,
    &referrals_claim_own,
    &referrals_claim_closed,
    &referrals_claim_off,
    &kit_full,
    &personal_nothing,
    &personal_standing,
    &personal_too_soon,
    &personal_too_many,
    &personal_no_percent,
    &personal_too_much,
    &personal_not_active,
    &personal_unwanted,
    &doubt_appealed_once,
    &referrals_action_differs,
    &post_off,
    &post_malformed,
    &post_plain,
    &post_inside,
    &post_own,
    &post_again,
    &post_many,
    &post_decided,
};
static const char *const frame_words[] = {"feedback.tab.close", "feedback.tab.own_page",
                                          "feedback.tab.failed"};
static const char *const code_words[] = {"referrals.code.failed"};
static const struct widget widgets[] = {
    {"invite", ALL(frame_words)}, {"after-purchase", ALL(frame_words)},
    {"code", ALL(code_words)},    {"banner", NULL, 0},
    {"landing", NULL, 0},
};
static const struct module_example examples[] = {
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs",
     "title=Prints&landing=https%3A%2F%2Fshop.example%2F&percent=10&percent_2=3&hold_days=30"
     "&window_days=30&bound_months=0&model=last&joining=open&empty=wait",
     "prg", EXAMPLE_ANYONE + EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/proposal/rule",
     "name=Large&trigger=order&benefit=amount&level_1=5&fact_1=total&is_1=at_least&value_1=100&"
     "period=ever"
     "&hold_days=30",
     "ppl", EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/start", "", NULL, 0},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/codes", "code=SUMMER&percent=10", "cpn",
     EXAMPLE_BUSINESS},
    {EXAMPLE_PERSON, "/api/v1/me/sharing",
     "name=Author&topics=travel&language_1=en&country_1=DE&address_1=https%3A%2F%2Fblog.example%2F"
     "&reach_1=1200&shown=true",
     "shr", EXAMPLE_ANYONE},
    {EXAMPLE_PERSON, "/api/v1/programs/{prg}/join", "code=AUTHOR", "rpt",
     EXAMPLE_PERSON + EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/partners/{rpt}/offers", "percent=12&days=14", "del",
     EXAMPLE_PERSON + EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/kit",
     "kind=text&language=en&title=Story&body=By+%7Blink%7D", "kit",
     EXAMPLE_PERSON + EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/leads", "days=60&most=20", NULL, 0},
    {EXAMPLE_PERSON, "/api/v1/me/programs/{rpt}/leads",
     "name=Anna&mail=anna%40example.net&met=At+the+fair&agreed=true", "led", EXAMPLE_PERSON},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/posts", "taken=true", NULL, 0},
    {EXAMPLE_PERSON, "/api/v1/me/programs/{rpt}/posts", "address=https%3A%2F%2Fblog.example%2F",
     "rpo", EXAMPLE_PERSON + EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/biz/programs/{prg}/thresholds", "hold_click=1&hold_claim=1", NULL,
     0},
    /* Paid half a minute after its basket was opened, as far as the tests' clock stands: held. */
    {EXAMPLE_BUSINESS, "/api/v1/referrals/orders",
     "{\"order\":{\"number\":\"doubtful\",\"placed\":\"2026-05-28T20:27:10Z\",\"total\":{"
     "\"minor\":1000,"
     "\"currency\":\"EUR\"},\"codes\":[\"AUTHOR\"],\"lines\":[]},\"basket\":\"2026-05-28T20:26:"
     "40Z\"}",
     "dbt", EXAMPLE_PERSON + EXAMPLE_BUSINESS},
};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    return lists_load(process);
}

/* Appeals first: somebody waits for money. */
static const struct problem *waits(struct request *request, enum portal portal,
                                   struct waiting_said *said)
{
    const struct problem *problem = doubt_waits(request, portal, said);
    return problem ? problem : personal_waits(request, portal, said);
}

const struct module referrals_module = {
    .name = "referrals",
    .schema = &referrals_schema,
    .routes = ALL(routes),
    .nav = ALL(nav),
    .waits = waits,
    .flows = ALL(flows),
    .postings = ALL(postings),
    .consumers = ALL(consumers),
    .jobs = ALL(jobs),
    .quick = &referrals_click_route,
    .widgets = ALL(widgets),
    .start = start,
    .settings = doubt_settings,
    .setting_count = DOUBT_SETTINGS,
    .problems = ALL(problems),
    .audit = referrals_audit,
    .demo = referrals_demo,
    .exports = sharing_exports,
    .export_count = SHARING_EXPORTS,
    .examples = ALL(examples),
};
