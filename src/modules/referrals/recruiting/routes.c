/*
 * The routes of recruiting. Nothing but the table.
 */
#include "modules/referrals/recruiting/pages.h"
#include "modules/referrals/recruiting/pages.shapes.h"

#define PAGE_OF(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/sharing", &sharing_show_handler, SIGNED_IN, .page = PAGE_OF("sharing"),
     .api = "/api/v1/me/sharing",
     .summary = "What the reader says about themselves to businesses that look for reach"},
    {POST, "/me/sharing", &sharing_keep_handler, SIGNED_IN, .again = "/me/sharing",
     .api = "/api/v1/me/sharing", .repeat = REPEAT_SAME,
     .summary = "Says what businesses that look for reach may read"},
    {POST, "/me/sharing/remove", &sharing_remove_handler, SIGNED_IN, .again = "/me/sharing",
     .api = "/api/v1/me/sharing/remove", .repeat = REPEAT_REFUSED,
     .summary = "Removes all that was said there"},
    {POST, "/me/sharing/unblock", &sharing_unblock_handler, SIGNED_IN, .again = "/me/sharing",
     .api = "/api/v1/me/sharing/unblock", .repeat = REPEAT_REFUSED,
     .summary = "Lets a business invite the reader again"},
    {POST, "/me/programs/{partner}/block", &sharing_block_handler, SIGNED_IN,
     .again = "/me/programs/{partner}", .api = "/api/v1/me/programs/{partner}/block",
     .repeat = REPEAT_REFUSED,
     .summary = "Wants nothing more from the business of a program: no invitation and no offer"},

    {GET, "/biz/sharers", &sharers_show_handler, VIEWER, .page = PAGE_OF("biz-sharers"),
     .api = "/api/v1/biz/sharers", .summary = "People who want to be found, most reach first"},
    {GET, "/biz/sharers/{sharer}", &sharer_show_handler, VIEWER, .page = PAGE_OF("biz-sharer"),
     .api = "/api/v1/biz/sharers/{sharer}", .summary = "Somebody who wants to be found",
     .others = true},
    {POST, "/biz/sharers/{sharer}", &sharer_send_handler, BUYER, .again = "/biz/sharers/{sharer}",
     .api = "/api/v1/biz/sharers/{sharer}", .once = true,
     .summary = "Invites somebody to a program, with an offer of their own", .others = true},
};

const struct route_table sharer_routes = {"referrals", ALL(routes)};
