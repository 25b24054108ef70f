/*
 * The public routes of the stock. Nothing but the table.
 */
#include "modules/stock/public.h"
#include "modules/stock/public.shapes.h"

static const struct route routes[] = {
    {GET, "/", &stock_public_front_show_handler, ANYONE, .page = "modules/stock/pages/front.html",
     .summary = "The front page"},
    {GET, "/photos", &stock_public_catalogue_show_handler, ANYONE,
     .page = "modules/stock/pages/catalogue.html", .api = "/api/v1/photos",
     .summary = "Finds photographs and clips, newest first"},
    {GET, "/photos/{photo}", &stock_public_photo_show_handler, ANYONE,
     .page = "modules/stock/pages/photo.html", .api = "/api/v1/photos/{photo}",
     .summary = "One photograph, its licences and what becomes of their prices"},
    {POST, "/photos/{photo}/buy", &stock_public_photo_buy_handler, BUYER,
     .again = "/photos/{photo}", .api = "/api/v1/photos/{photo}/licences", .once = true,
     .summary = "Buys a licence at list price"},
    {POST, "/photos/{photo}/offer", &stock_public_photo_offer_handler, BUYER,
     .again = "/photos/{photo}", .api = "/api/v1/photos/{photo}/offers", .once = true,
     .summary = "Offers another price for a licence"},
    {GET, "/people/{party}", &stock_public_person_show_handler, ANYONE,
     .page = "modules/stock/pages/person.html", .api = "/api/v1/people/{party}",
     .summary = "A person and what they offer"},
    {GET, "/collections/{collection}", &stock_public_collection_show_handler, ANYONE,
     .page = "modules/stock/pages/collection.html", .api = "/api/v1/collections/{collection}",
     .summary = "A collection of photographs"},
    {GET, "/how-money", &stock_public_money_show_handler, ANYONE,
     .page = "modules/stock/pages/how-money.html", .api = "/api/v1/stock/levels",
     .summary = "Royalty levels, handling fee and a worked example"},
    {GET, "/terms", &stock_public_terms_all_handler, ANYONE,
     .page = "modules/stock/pages/terms-all.html", .api = "/api/v1/terms",
     .summary = "The licences and where their terms stand"},
    {GET, "/terms/{name}", &stock_public_terms_show_handler, ANYONE,
     .page = "modules/stock/pages/terms.html", .api = "/api/v1/terms/{name}",
     .summary = "The exact text of terms in force"},
};
const struct route_table stock_public_routes = {"stock", ALL(routes)};
