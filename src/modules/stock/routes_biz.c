/*
 * The routes of the business' pages. Nothing but the table.
 */
#include "modules/stock/biz.h"
#include "modules/stock/biz.shapes.h"

#define PAGE(name) "modules/stock/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/biz", &stock_biz_home_show_handler, VIEWER, .page = PAGE("biz_home"),
     .api = "/api/v1/biz", .summary = "What needs the business now"},
    {GET, "/biz/deals", &stock_biz_deals_show_handler, VIEWER, .page = PAGE("biz_deals"),
     .api = "/api/v1/biz/deals", .summary = "Talks of the business about licences"},
    {GET, "/biz/deals/{deal}", &stock_biz_deal_show_handler, VIEWER, .page = PAGE("biz_deal"),
     .api = "/api/v1/biz/deals/{deal}", .summary = "One talk of the business about a licence"},
    {POST, "/biz/deals/{deal}/answer", &stock_biz_deal_answer_handler, BUYER,
     .again = "/biz/deals/{deal}", .api = "/api/v1/biz/deals/{deal}/answer",
     .repeat = REPEAT_REFUSED,
     .summary = "Accepts, names another price, declines, or takes an offer back"},
    {GET, "/biz/licences", &stock_biz_library_show_handler, VIEWER, .page = PAGE("biz_library"),
     .api = "/api/v1/biz/licences", .summary = "Licences that the business holds"},
    {GET, "/biz/licences/{licence}", &stock_biz_licence_show_handler, VIEWER,
     .page = PAGE("biz_licence"), .summary = "A licence of the business"},
    {GET, "/licences/{licence}", &stock_biz_licence_show_handler, SIGNED_IN,
     .page = PAGE("biz_licence"), .api = "/api/v1/licences/{licence}",
     .summary = "A licence, for its holder, its author and the intermediary"},
    {GET, "/licences/{licence}/certificate.json", &stock_biz_certificate_send_handler, SIGNED_IN,
     .summary = "The signed certificate of a licence"},
    {GET, "/licences/{licence}/original", &stock_biz_original_show_handler, SIGNED_IN,
     .page = PAGE("biz_original"), .api = "/api/v1/licences/{licence}/original",
     .summary = "A link to the licensed original that is good for fifteen minutes"},
    {GET, "/download/{token}", &stock_biz_download_send_handler, ANYONE,
     .summary = "A licensed original, by a link that expires"},
    {GET, "/signing-key", &stock_biz_key_show_handler, ANYONE, .page = PAGE("biz_key"),
     .api = "/api/v1/signing-key",
     .summary = "The public key that signed certificates are checked with"},
};

const struct route_table stock_biz_routes = {"stock", ALL(routes)};
