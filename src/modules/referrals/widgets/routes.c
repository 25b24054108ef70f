/*
 * Paths of the widgets of referrals. Nothing but the table.
 */
#include "modules/referrals/widgets/widgets.h"
#include "modules/referrals/widgets/widgets.shapes.h"

#define PAGE(name) "modules/referrals/pages/" name ".html"

enum { REPORT_BODY = 100 /* bytes */ };

static const struct route routes[] = {
    {POST, "/w/landed/{click}", &referrals_landed_handler, ANYONE, .raw = true, .body = REPORT_BODY,
     .scope = NO_KEY, .repeat = REPEAT_SAME,
     .summary = "A page tells how it was looked at to which a click led"},
    {GET, "/w/code/{business}", &referrals_code_check_handler, ANYONE, .scripts = true,
     .api = "/api/v1/businesses/{business}/codes", .rate = RATE_SLOW,
     .summary = "Whether a code counts in a shop, for scripts of its registered websites, too"},
    {GET, "/w/invite/{program}", &referrals_invite_show_handler, ANYONE, .framed = true,
     .page = PAGE("invite"), .summary = "What a program promises, in a frame of its shop's page"},
    {POST, "/biz/programs/invitations", &referrals_invitation_make_handler, BUYER,
     .api = "/api/v1/referrals/invitations", .repeat = REPEAT_SAME,
     .summary = "Makes what invites the buyer of an order on the page after it"},
    {GET, "/biz/programs/{program}/snippets", &referrals_snippets_show_handler, VIEWER,
     .page = PAGE("snippets"), .api = "/api/v1/biz/programs/{program}/snippets",
     .summary = "What goes into a business's own pages for a program"},
};
const struct route_table referrals_widget_routes = {"referrals", ALL(routes)};
