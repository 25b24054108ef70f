/*
 * The paths of a shop's checkout, and what else it declares.
 */
#include "core/checkout/pages.shapes.h"
#include "core/checkout/parts.h"
#include "core/module.h"

static const struct route routes[] = {
    {GET, "/biz/promises/holdings", &core_checkout_show_handler, VIEWER,
     .api = "/api/v1/promises/holdings",
     .summary = "What a customer can pay with: points and credit of the business, by mail address, "
                "by the shop's number of the customer, or by our id"},
    {GET, "/biz/promises/spends", &core_spends_show_handler, VIEWER,
     .page = "core/checkout/pages/spends.html", .api = "/api/v1/promises/spends",
     .summary = "Units that pay for orders, newest first, or those of one order"},
    {POST, "/biz/promises/spends", &core_spend_reserve_handler, BUYER,
     .api = "/api/v1/promises/spends", .repeat = REPEAT_SAME,
     .summary = "Reserves points or credit of a customer for an order, once for each kind; let go "
                "by itself unless used in time"},
    {POST, "/biz/promises/spends/{spend}/take", &core_spend_take_handler, BUYER,
     .api = "/api/v1/promises/spends/{spend}/take", .repeat = REPEAT_SAME,
     .summary = "Uses what is reserved, all or a part; the rest is free again"},
    {POST, "/biz/promises/spends/{spend}/release", &core_spend_release_handler, BUYER,
     .api = "/api/v1/promises/spends/{spend}/release", .repeat = REPEAT_SAME,
     .summary = "Lets go what is reserved"},
    {POST, "/biz/promises/spends/{spend}/return", &core_spend_return_handler, BUYER,
     .api = "/api/v1/promises/spends/{spend}/return", .repeat = REPEAT_SAME,
     .summary = "Gives back what was used, so much in all: after a refund or a cancellation"},
};
static const struct route_table table = {"reward", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct flow *const flows[] = {&spend_flow};
static const struct consumer *const consumers[] = {&spend_cancelled};
static const struct problem *const problems[] = {&spend_differs};

const struct module checkout_part = {
    .name = "checkout",
    .routes = ALL(tables),
    .flows = ALL(flows),
    .consumers = ALL(consumers),
    .problems = ALL(problems),
    .audit = checkout_audit,
};
