/*
 * The routes of the person's pages, and their navigation. Nothing but the tables.
 */
#include "modules/stock/me.h"
#include "modules/stock/me.shapes.h"
#include "modules/stock/words_file.shapes.h"

#define PAGE(name) "modules/stock/pages/" name ".html"

/* Without script one request carries all files: ten of the largest clips, or hundreds of photographs. */
#define UPLOAD_BYTES ((size_t)1100 * 1000 * 1000)

static const struct route routes[] = {
    {GET, "/me", &stock_me_home_show_handler, SIGNED_IN, .page = PAGE("me_home"),
     .api = "/api/v1/me/home", .summary = "What waits for the person who is signed in"},

    {GET, "/me/offer", &stock_me_offer_show_handler, SIGNED_IN, .page = PAGE("me_offer"),
     .api = "/api/v1/me/offer", .summary = "What may be offered, and what arrived last"},
    {POST, "/me/offer", &stock_me_offer_take_handler, SIGNED_IN, .again = "/me/offer",
     .api = "/api/v1/me/arrivals", .repeat = REPEAT_ANEW, .body = UPLOAD_BYTES, .rate = RATE_UPLOAD,
     .summary = "Takes photographs and clips"},
    {GET, "/me/arrivals", &stock_me_arrivals_show_handler, SIGNED_IN, .page = PAGE("me_arrivals"),
     .api = "/api/v1/me/arrivals", .summary = "Files that arrived and what became of them"},
    {GET, "/me/offers", &stock_me_offers_show_handler, SIGNED_IN, .page = PAGE("me_offers"),
     .api = "/api/v1/me/photos", .summary = "One's own photographs, newest first"},

    {POST, "/me/offers/batch", &stock_me_photos_describe_handler, SIGNED_IN,
     .api = "/api/v1/me/photos/batch", .repeat = REPEAT_SAME,
     .summary = "Keeps the words and prices of up to 1,000 photographs, each by itself"},
    {GET, "/me/exports/photos", &stock_words_send_handler, SIGNED_IN,
     .api = "/api/v1/me/exports/photos", .sends = "text/csv",
     .summary = "Words, prices and figures of one's own photographs as CSV or JSON Lines"},
    {GET, "/me/offers/{photo}", &stock_me_photo_show_handler, SIGNED_IN, .page = PAGE("me_photo"),
     .api = "/api/v1/me/photos/{photo}", .summary = "One's own photograph"},
    {POST, "/me/offers/{photo}/describe", &stock_me_photo_describe_handler, SIGNED_IN,
     .again = "/me/offers/{photo}", .api = "/api/v1/me/photos/{photo}/describe",
     .repeat = REPEAT_SAME, .summary = "Keeps the words and prices of a photograph"},
    {POST, "/me/offers/{photo}/submit", &stock_me_photo_submit_handler, SIGNED_IN,
     .again = "/me/offers/{photo}", .api = "/api/v1/me/photos/{photo}/submit",
     .repeat = REPEAT_REFUSED, .summary = "Describes a draft and offers it"},
    {POST, "/me/offers/{photo}/improve", &stock_me_photo_improve_handler, SIGNED_IN,
     .again = "/me/offers/{photo}", .api = "/api/v1/me/photos/{photo}/improve",
     .repeat = REPEAT_REFUSED, .summary = "Mends a refused photograph and offers it again"},
    {POST, "/me/offers/{photo}/appeal", &stock_me_photo_appeal_handler, SIGNED_IN,
     .again = "/me/offers/{photo}", .api = "/api/v1/me/photos/{photo}/appeal",
     .repeat = REPEAT_REFUSED, .rate = RATE_SLOW, .summary = "Asks another operator to look again"},
    {POST, "/me/offers/{photo}/withdraw", &stock_me_photo_withdraw_handler, SIGNED_IN,
     .api = "/api/v1/me/photos/{photo}/withdraw", .repeat = REPEAT_REFUSED,
     .summary = "Takes a photograph back; licences run on"},
    {POST, "/me/offers/{photo}/restore", &stock_me_photo_restore_handler, SIGNED_IN,
     .api = "/api/v1/me/photos/{photo}/restore", .repeat = REPEAT_REFUSED,
     .summary = "Offers a withdrawn photograph again"},

    {GET, "/me/deals", &stock_me_deals_show_handler, SIGNED_IN, .page = PAGE("me_deals"),
     .api = "/api/v1/me/deals", .summary = "Talks about one's photographs"},
    {GET, "/me/deals/{deal}", &stock_me_deal_show_handler, SIGNED_IN, .page = PAGE("me_deal"),
     .api = "/api/v1/me/deals/{deal}", .summary = "One talk about a photograph"},
    {POST, "/me/deals/{deal}/answer", &stock_me_deal_answer_handler, SIGNED_IN,
     .again = "/me/deals/{deal}", .api = "/api/v1/me/deals/{deal}/answer", .repeat = REPEAT_REFUSED,
     .summary = "Accepts an offer, names another price, or declines"},

    {GET, "/me/earnings", &stock_me_earnings_show_handler, SIGNED_IN, .page = PAGE("me_earnings"),
     .api = "/api/v1/me/earnings", .summary = "What one's photographs earned in a month"},
    {GET, "/me/earnings.csv", &stock_me_earnings_send_handler, SIGNED_IN,
     .summary = "All earnings as a table for a spreadsheet"},
    {GET, "/me/earnings/{licence}", &stock_me_why_show_handler, SIGNED_IN, .page = PAGE("me_why"),
     .api = "/api/v1/me/earnings/{licence}", .summary = "Why a licence brought this much"},

    {GET, "/me/rights", &stock_me_rights_show_handler, SIGNED_IN, .page = PAGE("me_rights"),
     .api = "/api/v1/me/rights", .summary = "What passed to whom"},
    {GET, "/me/collections", &stock_me_collections_show_handler, SIGNED_IN,
     .page = PAGE("me_collections"), .api = "/api/v1/me/collections",
     .summary = "One's own collections"},
    {POST, "/me/collections", &stock_me_collection_begin_handler, SIGNED_IN,
     .again = "/me/collections", .api = "/api/v1/me/collections", .once = true,
     .summary = "Begins a collection"},
    {GET, "/me/collections/{collection}", &stock_me_collection_show_handler, SIGNED_IN,
     .page = PAGE("me_collection"), .api = "/api/v1/me/collections/{collection}",
     .summary = "One's own collection and what could be added"},
    {POST, "/me/collections/{collection}", &stock_me_collection_change_handler, SIGNED_IN,
     .again = "/me/collections/{collection}", .api = "/api/v1/me/collections/{collection}",
     .repeat = REPEAT_SAME, .summary = "Names a collection anew"},
    {POST, "/me/collections/{collection}/add", &stock_me_collection_add_handler, SIGNED_IN,
     .api = "/api/v1/me/collections/{collection}/photos", .repeat = REPEAT_SAME,
     .summary = "Puts an own photograph into a collection"},
    {POST, "/me/collections/{collection}/remove", &stock_me_collection_remove_handler, SIGNED_IN,
     .api = "/api/v1/me/collections/{collection}/remove", .repeat = REPEAT_SAME,
     .summary = "Takes a photograph out of a collection"},
};

const struct route_table stock_me_routes = {"stock", ALL(routes)};
