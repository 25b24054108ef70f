/*
 * The routes of briefs. Nothing but the table.
 */
#include "modules/briefs/pages.h"
#include "modules/briefs/pages.shapes.h"

#define PAGE(name) "modules/briefs/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/briefs", &briefs_list_show_handler, ANYONE, .page = PAGE("list"),
     .api = "/api/v1/briefs", .summary = "Briefs that take answers, newest first"},
    {GET, "/briefs/{brief}", &briefs_brief_show_handler, ANYONE, .page = PAGE("brief"),
     .api = "/api/v1/briefs/{brief}", .summary = "One brief"},

    {GET, "/me/briefs", &briefs_mine_show_handler, SIGNED_IN, .page = PAGE("mine"),
     .api = "/api/v1/me/brief-offers", .summary = "One's own answers to briefs, newest first"},
    {GET, "/me/briefs/{offer}", &briefs_own_offer_show_handler, SIGNED_IN,
     .page = PAGE("own-offer"), .api = "/api/v1/me/brief-offers/{offer}",
     .summary = "One answer of one's own, and what became of it"},
    {POST, "/me/briefs/{offer}/withdraw", &briefs_own_offer_withdraw_handler, SIGNED_IN,
     .again = "/me/briefs/{offer}", .api = "/api/v1/me/brief-offers/{offer}/withdraw",
     .repeat = REPEAT_REFUSED, .summary = "Takes an answer back"},
    {GET, "/me/briefs/{brief}/answer", &briefs_answer_show_handler, SIGNED_IN,
     .page = PAGE("answer"), .api = "/api/v1/me/briefs/{brief}/things",
     .summary = "What one could answer a brief with", .others = true},
    {POST, "/me/briefs/{brief}/answer", &briefs_answer_give_handler, SIGNED_IN,
     .again = "/me/briefs/{brief}/answer", .api = "/api/v1/briefs/{brief}/offers", .once = true,
     .summary = "Answers a brief with photographs of one's own", .others = true},

    {GET, "/biz/briefs", &briefs_own_list_show_handler, VIEWER, .page = PAGE("biz"),
     .api = "/api/v1/biz/briefs", .summary = "The business's briefs, newest first"},
    {GET, "/biz/briefs/new", &briefs_new_show_handler, BUYER, .page = PAGE("biz-new"),
     .summary = "The form for a new brief"},
    {POST, "/biz/briefs", &briefs_new_publish_handler, BUYER, .again = "/biz/briefs/new",
     .api = "/api/v1/briefs", .once = true, .summary = "Publishes a brief"},
    {GET, "/biz/briefs/{brief}", &briefs_compare_show_handler, VIEWER, .page = PAGE("compare"),
     .api = "/api/v1/biz/briefs/{brief}", .summary = "The answers to a brief side by side"},
    {POST, "/biz/briefs/{brief}/close", &briefs_own_close_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/close",
     .repeat = REPEAT_REFUSED, .summary = "Takes no more answers to a brief"},
    {POST, "/biz/briefs/{brief}/accept", &briefs_pick_accept_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/accept", .once = true,
     .summary = "Accepts answers, all or none, and pays for their licences"},
    {POST, "/biz/briefs/{brief}/shortlist", &briefs_pick_shortlist_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/shortlist",
     .repeat = REPEAT_REFUSED, .summary = "Puts answers on the shortlist"},
    {POST, "/biz/briefs/{brief}/return", &briefs_pick_return_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/return",
     .repeat = REPEAT_REFUSED, .summary = "Takes answers off the shortlist"},
    {POST, "/biz/briefs/{brief}/thank", &briefs_thank_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/thank",
     .repeat = REPEAT_REFUSED, .summary = "Declines one answer, or all that wait, with a reason"},
    {POST, "/biz/briefs/{brief}/offers/{offer}/score", &briefs_score_keep_handler, BUYER,
     .again = "/biz/briefs/{brief}", .api = "/api/v1/briefs/{brief}/offers/{offer}/score",
     .repeat = REPEAT_SAME, .summary = "Keeps the business's scores and note about an answer"},
};

const struct route_table briefs_routes = {"briefs", ALL(routes)};
