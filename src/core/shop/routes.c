/*
 * Paths of orders, products and customers, and what else core declares about shops outside.
 */
#include "base/settings.h"
#include "core/files/table.h"
#include "core/module.h"
#include "core/shop/consent.shapes.h"
#include "core/shop/export_pages.shapes.h"
#include "core/shop/hook.shapes.h"
#include "core/shop/imports.h"
#include "core/shop/pages.shapes.h"
#include "core/shop/parts.h"
#include "core/shop/segment_pages.shapes.h"

#define PAGE(name) "core/shop/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/biz/orders", &core_orders_show_handler, VIEWER, .page = PAGE("orders"),
     .api = "/api/v1/orders", .summary = "Orders of a business's shop, newest first"},
    {POST, "/biz/orders", &core_order_take_handler, BUYER, .api = "/api/v1/orders",
     .repeat = REPEAT_SAME,
     .summary = "Tells of an order: new, the same again, or a newer version by `updated`; "
                "anything else under a known number is a conflict"},
    {POST, "/biz/orders/batch", &core_orders_take_handler, BUYER, .api = "/api/v1/orders/batch",
     .repeat = REPEAT_SAME, .summary = "Tells of up to 500 orders, each by itself"},
    {POST, "/biz/orders/refunds", &core_refund_take_handler, BUYER, .api = "/api/v1/orders/refunds",
     .repeat = REPEAT_SAME,
     .summary = "Tells that an order or a part of it was given back; also before the order itself"},
    {POST, "/biz/orders/refunds/batch", &core_refunds_take_handler, BUYER,
     .api = "/api/v1/orders/refunds/batch", .repeat = REPEAT_SAME,
     .summary = "Tells of up to 1,000 refunds, each by itself"},
    {POST, "/biz/orders/cancellations", &core_cancel_take_handler, BUYER,
     .api = "/api/v1/orders/cancellations", .repeat = REPEAT_SAME,
     .summary = "Tells that an order is off"},
    {GET, "/biz/orders/{order}", &core_order_show_handler, VIEWER, .page = PAGE("order"),
     .api = "/api/v1/orders/{order}", .summary = "One order: what is in it, what was given back"},
    {GET, "/biz/products", &core_products_show_handler, VIEWER, .page = PAGE("products"),
     .api = "/api/v1/products", .summary = "Products of a business's shop"},
    {POST, "/biz/products", &core_product_take_handler, BUYER, .api = "/api/v1/products",
     .repeat = REPEAT_SAME,
     .summary = "Tells of a product; what is told last holds, unless it is older by `updated`"},
    {POST, "/biz/products/batch", &core_products_take_handler, BUYER,
     .api = "/api/v1/products/batch", .repeat = REPEAT_SAME,
     .summary = "Tells of up to 1,000 products, each by itself"},
    {GET, "/biz/customers", &core_customers_show_handler, VIEWER, .page = PAGE("customers"),
     .api = "/api/v1/customers", .summary = "Customers of a business's shop"},
    {POST, "/biz/customers", &core_customer_take_handler, BUYER, .api = "/api/v1/customers",
     .repeat = REPEAT_SAME,
     .summary = "Tells of a customer; of a mail address only a mark is kept"},
    {POST, "/biz/customers/batch", &core_customers_take_handler, BUYER,
     .api = "/api/v1/customers/batch", .repeat = REPEAT_SAME,
     .summary = "Tells of up to 1,000 customers, each by itself"},
    {GET, "/biz/customers/{customer}", &core_customer_show_handler, VIEWER,
     .page = PAGE("customer"), .api = "/api/v1/customers/{customer}",
     .summary = "One customer: what may be done with what is known of them, their orders"},
    {GET, "/biz/customers/{customer}/consents", &core_consents_show_handler, VIEWER,
     .api = "/api/v1/customers/{customer}/consents",
     .summary = "What may be done with what is known of a customer, and why"},
    {POST, "/biz/customers/{customer}/consents", &core_consent_give_handler, BUYER,
     .again = "/biz/customers/{customer}", .api = "/api/v1/customers/{customer}/consents",
     .repeat = REPEAT_REFUSED,
     .summary = "Keeps why something may be done with what is known of a customer"},
    {POST, "/biz/consents/{consent}/withdraw", &core_consent_withdraw_handler, BUYER,
     .api = "/api/v1/consents/{consent}/withdraw", .repeat = REPEAT_SAME,
     .summary = "Ends such a reason"},

    {GET, "/biz/segments", &core_segments_show_handler, VIEWER, .page = PAGE("segments"),
     .api = "/api/v1/segments", .summary = "Parts of a business's customers, newest first"},
    {POST, "/biz/segments", &core_segment_make_handler, BUYER, .again = "/biz/segments",
     .api = "/api/v1/segments", .repeat = REPEAT_ANEW,
     .summary = "Saves conditions on customers, of which all must hold"},
    {GET, "/biz/segments/{segment}", &core_segment_show_handler, VIEWER, .page = PAGE("segment"),
     .api = "/api/v1/segments/{segment}", .summary = "One segment, and who is in it now"},
    {POST, "/biz/segments/{segment}", &core_segment_change_handler, BUYER,
     .again = "/biz/segments/{segment}", .api = "/api/v1/segments/{segment}", .repeat = REPEAT_SAME,
     .summary = "Changes a segment's name and conditions"},
    {POST, "/biz/segments/{segment}/count", &core_segment_count_handler, BUYER,
     .api = "/api/v1/segments/{segment}/count", .rate = RATE_SLOW, .repeat = REPEAT_SAME,
     .summary = "Has all members of a segment counted"},
    {POST, "/biz/segments/{segment}/end", &core_segment_end_handler, BUYER,
     .api = "/api/v1/segments/{segment}/end", .repeat = REPEAT_REFUSED,
     .summary = "Takes a segment away; its customers stay"},

    {GET, "/biz/connections", &core_connections_show_handler, VIEWER, .page = PAGE("connections"),
     .api = "/api/v1/connections", .summary = "Shops that tell of their orders by themselves"},
    {POST, "/biz/connections", &core_connection_make_handler, OWNER, .again = "/biz/connections",
     .api = "/api/v1/connections", .proof = true, .rate = RATE_SLOW, .repeat = REPEAT_ANEW,
     .scope = NO_KEY, .summary = "Connects a shop by the secret with which it signs its calls"},
    {POST, "/biz/connections/{connection}/end", &core_connection_end_handler, OWNER,
     .api = "/api/v1/connections/{connection}/end", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .summary = "Takes nothing from a shop any more"},
    {POST, "/hooks/shop/{connection}", &core_hook_take_handler, ANYONE, .raw = true,
     .summary = "Where a shop's webhooks come in, signed with the connection's secret"},
    {GET, "/biz/exports/orders", &core_export_orders_handler, VIEWER,
     .api = "/api/v1/exports/orders", .sends = "text/csv",
     .summary = "All orders as CSV or JSON Lines"},
    {GET, "/biz/exports/products", &core_export_products_handler, VIEWER,
     .api = "/api/v1/exports/products", .sends = "text/csv",
     .summary = "All products as CSV or JSON Lines"},
    {GET, "/biz/exports/customers", &core_export_customers_handler, VIEWER,
     .api = "/api/v1/exports/customers", .sends = "text/csv",
     .summary = "All customers as CSV or JSON Lines"},
    {GET, "/biz/exports/segments/{segment}", &core_segment_write_handler, VIEWER,
     .api = "/api/v1/exports/segments/{segment}", .sends = "text/csv",
     .summary = "Members of a segment as CSV or JSON Lines"},
};
static const struct route_table table = {"shop", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct problem *const problems[] = {
    &order_differs,   &order_other_money, &order_below_refunds,  &refund_differs,
    &refund_too_much, &import_bad_feed,   &hook_wrong_signature, &hook_unreadable,
    &consent_known,   &shop_ahead,
};

static const struct module_example examples[] = {
    {EXAMPLE_BUSINESS, "/api/v1/orders",
     "number=1001&placed=2026-05-01&customer=7&name=Ada&total=20.00", "ord", EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/customers", "number=8&name=Ben", "cus", EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/customers/{cus}/consents",
     "what=mail&basis=consent&source=Form+of+3+June", "cns", EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/segments", "name=Regulars&orders_least=1&reason=anybody", "seg",
     EXAMPLE_BUSINESS},
    {EXAMPLE_BUSINESS, "/api/v1/imports", "kind=customers&text=number%2Cname%0A7%2CAda%0A", "imp",
     EXAMPLE_BUSINESS},
};

static const struct job_kind *const jobs[] = {&segment_job};
static const struct import_kind *const imports[] = {&shop_orders, &shop_products, &shop_customers};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    return shop_start(process, setting_text("data"));
}

static const struct table_link exports[] = {
    {PORTAL_BIZ, "shop.orders", "/biz/exports/orders"},
    {PORTAL_BIZ, "shop.products", "/biz/exports/products"},
    {PORTAL_BIZ, "shop.customers", "/biz/exports/customers"},
};

const struct module shop_part = {
    .name = "shop",
    .routes = ALL(tables),
    .jobs = ALL(jobs),
    .problems = ALL(problems),
    .start = start,
    .imports = ALL(imports),
    .exports = ALL(exports),
    .examples = ALL(examples),
};
