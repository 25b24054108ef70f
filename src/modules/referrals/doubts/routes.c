/*
 * The routes of doubts. Nothing but the table.
 */
#include "modules/referrals/doubts/pages.h"
#include "modules/referrals/doubts/pages.shapes.h"

#define PAGE(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/programs/{partner}/doubts", &doubts_mine_show_handler, SIGNED_IN,
     .page = PAGE("doubts"), .api = "/api/v1/me/programs/{partner}/doubts",
     .summary = "What was held or rejected of one's own, and why"},
    {POST, "/me/programs/{partner}/doubts/{doubt}/appeal", &doubt_appeal_make_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/doubts",
     .api = "/api/v1/me/programs/{partner}/doubts/{doubt}/appeal", .repeat = REPEAT_SAME,
     .summary = "Says why something should count that was held or rejected; once"},

    {GET, "/biz/programs/{program}/doubts", &doubts_biz_show_handler, VIEWER,
     .page = PAGE("biz-doubts"), .api = "/api/v1/biz/programs/{program}/doubts",
     .summary = "What waits to be decided, and what another threshold would hold"},
    {POST, "/biz/programs/{program}/doubts/{doubt}/pass", &doubt_biz_pass_handler, BUYER,
     .again = "/biz/programs/{program}/doubts",
     .api = "/api/v1/biz/programs/{program}/doubts/{doubt}/pass", .repeat = REPEAT_REFUSED,
     .summary = "Lets count what was held or rejected"},
    {POST, "/biz/programs/{program}/doubts/{doubt}/refuse", &doubt_biz_refuse_handler, BUYER,
     .again = "/biz/programs/{program}/doubts",
     .api = "/api/v1/biz/programs/{program}/doubts/{doubt}/refuse", .repeat = REPEAT_REFUSED,
     .summary = "Does not let it count, with a reason"},
    {POST, "/biz/programs/{program}/thresholds", &doubts_terms_set_handler, BUYER,
     .again = "/biz/programs/{program}/doubts", .api = "/api/v1/biz/programs/{program}/thresholds",
     .repeat = REPEAT_SAME, .summary = "Sets from how many points on a click or an order is held"},

    {GET, "/desk/appeals", &doubts_desk_show_handler, MODERATOR, .page = PAGE("desk-appeals"),
     .api = "/api/v1/desk/appeals", .summary = "Appeals of all programs, the newest first"},
    {POST, "/desk/appeals/{doubt}/pass", &doubt_desk_pass_handler, MODERATOR,
     .again = "/desk/appeals", .api = "/api/v1/desk/appeals/{doubt}/pass", .repeat = REPEAT_REFUSED,
     .summary = "Lets count what was held or rejected"},
    {POST, "/desk/appeals/{doubt}/refuse", &doubt_desk_refuse_handler, MODERATOR,
     .again = "/desk/appeals", .api = "/api/v1/desk/appeals/{doubt}/refuse",
     .repeat = REPEAT_REFUSED, .summary = "Does not let it count, with a reason"},
};

const struct route_table doubt_routes = {"referrals", ALL(routes)};
