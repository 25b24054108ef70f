/*
 * What the stock is made of, as data. Nothing clever.
 */
#include "modules/stock/stock.h"

#include "modules/stock/biz.h"
#include "modules/stock/copy.h"
#include "modules/stock/demo.h"
#include "modules/stock/desk.h"
#include "modules/stock/hooks.h"
#include "modules/stock/import.h"
#include "modules/stock/me.h"
#include "modules/stock/offering.h"
#include "modules/stock/public.h"
#include "modules/stock/refund.h"
#include "modules/stock/schema.h"
#include "modules/stock/start.h"
#include "modules/stock/take.h"
#include "modules/stock/words_file.h"

static const struct route_table *const routes[] = {
    &stock_public_routes,
    &stock_me_routes,
    &stock_biz_routes,
    &stock_desk_routes,
};
static const struct nav_entry nav[] = {
    {PORTAL_PUBLIC, "stock.public.nav", "/photos", "photo", 10, .count = NULL},
    {PORTAL_ME, "stock.nav.me_home", "/me", "home", 10, .count = NULL},
    {PORTAL_ME, "stock.nav.me_offers", "/me/offers", "stack-2", 20, .count = stock_me_count,
     .also = "/me/arrivals /me/collections /me/deals /me/imports"},
    {PORTAL_ME, "stock.nav.me_earnings", "/me/earnings", "receipt-dollar", 30,
     .also = "/me/money /me/rewards"},
    {PORTAL_ME, "stock.nav.me_rights", "/me/rights", "certificate", 40, .count = NULL},
    {PORTAL_ME, "layout.offer_something", "/me/offer", "circle-plus", 10, .action = true},
    {PORTAL_BIZ, "stock.nav.biz", "/biz", "home", 10, .count = NULL},
    {PORTAL_BIZ, "stock.nav.deals", "/biz/deals", "receipt", 30, .count = stock_biz_waiting},
    {PORTAL_BIZ, "stock.nav.licences", "/biz/licences", "certificate", 40, .count = NULL},
    {PORTAL_DESK, "stock.nav.desk", "/desk", "inbox", 10, .count = stock_desk_waiting,
     .also = "/desk/photos", .who = MODERATOR},
    {PORTAL_DESK, "stock.nav.desk_licences", "/desk/licences", "certificate", 20, .count = NULL},
};
static const struct flow *const flows[] = {&stock_photo_flow, &stock_deal_flow};
static const struct posting_template *const postings[] = {&stock_licence_posting};
static const struct job_kind *const jobs[] = {&stock_take_job, &stock_copy_job,
                                              &stock_inspection_job};
static const struct consumer *const consumers[] = {&stock_copy_consumer, &stock_refund_tell};
static const struct offering_kind *const offerings[] = {&stock_offering};
static const struct command_import *const command_imports[] = {&stock_import_photos};
static const struct problem *const problems[] = {
    &stock_same_file,     &stock_own_photo,     &stock_not_for_sale,  &stock_not_offered,
    &stock_same_reviewer, &stock_not_described, &stock_appeal_over,   &stock_no_reason,
    &stock_price_changed, &stock_bad_name,      &stock_link_over,     &stock_not_made,
    &stock_refund_unsaid, &stock_licence_over,  &stock_words_unknown, &stock_words_unclear,
    &stock_words_fixed,   &stock_words_missing,
};
static const struct setting settings[] = {
    {"stock.levels", SETTING_TEXT, "0:4000 50:4500 100:5000 200:5500 500:6000", 0, 0, false,
     "Royalty levels: licences in twelve months and the author's share in basis points"},
    {"stock.fees", SETTING_TEXT, "handling: 8% of share, by supplier", 0, 0, false,
     "Fees as rules separated by semicolons, each with its name, what it takes and who bears it"},
    {"stock.price", SETTING_INTEGER, "400", 1, 100000000, false,
     "Price in minor units of a standard licence that an import suggests"},
};

static const struct import_kind *const imports[] = {&stock_words_kind};
static const struct table_link exports[] = {
    {PORTAL_ME, "import_kind.photos", "/me/exports/photos"},
};

static const struct module_example examples[] = {
    {EXAMPLE_PERSON, "/api/v1/me/collections", "title=Fog", "col", EXAMPLE_ANYONE + EXAMPLE_PERSON},
    {EXAMPLE_PERSON, "/api/v1/me/imports", "kind=photos&text=file%2Ctitle%0Aa.jpg%2CFog%0A", "imp",
     EXAMPLE_PERSON},
};

const struct module stock_module = {
    .name = "stock",
    .schema = &stock_schema,
    .routes = ALL(routes),
    .nav = ALL(nav),
    .flows = ALL(flows),
    .postings = ALL(postings),
    .consumers = ALL(consumers),
    .hooks = stock_hooks,
    .hook_count = STOCK_HOOKS,
    .jobs = ALL(jobs),
    .offerings = ALL(offerings),
    .settings = ALL(settings),
    .problems = ALL(problems),
    .examples = ALL(examples),
    .start = stock_start,
    .demo = stock_demo,
    .audit = stock_audit,
    .imports = ALL(imports),
    .exports = ALL(exports),
    .command_imports = ALL(command_imports),
};
