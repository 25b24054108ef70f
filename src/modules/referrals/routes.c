/*
 * The routes of referrals. Nothing but the table.
 */
#include "modules/referrals/pages.h"
#include "modules/referrals/pages.shapes.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/portal.shapes.h"

#define PAGE(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {.method = GET, .path = "/r/{code}", .handler = &referrals_follow_show_handler, .who = ANYONE},

    {GET, "/programs", &referrals_list_show_handler, ANYONE, .page = PAGE("list"),
     .api = "/api/v1/programs", .summary = "Programs that one can join, newest first"},
    {GET, "/programs/{program}", &referrals_offer_show_handler, ANYONE, .page = PAGE("offer"),
     .api = "/api/v1/programs/{program}", .summary = "What a program promises, in words"},

    {GET, "/me/programs", &referrals_own_show_handler, SIGNED_IN, .page = PAGE("own"),
     .api = "/api/v1/me/programs", .summary = "Programs in which one takes part"},
    {POST, "/me/programs/{program}/join", &referrals_join_make_handler, SIGNED_IN,
     .again = "/programs/{program}", .api = "/api/v1/programs/{program}/join",
     .repeat = REPEAT_SAME, .summary = "Joins a program", .others = true},
    {GET, "/me/programs/{partner}", &referrals_mine_show_handler, SIGNED_IN, .page = PAGE("mine"),
     .api = "/api/v1/me/programs/{partner}",
     .summary = "One's link, what came of it and why, and who is below"},
    {POST, "/me/programs/{partner}/leave", &referrals_mine_leave_handler, SIGNED_IN,
     .again = "/me/programs/{partner}", .api = "/api/v1/me/programs/{partner}/leave",
     .repeat = REPEAT_REFUSED, .summary = "Takes no part in a program any more"},

    {GET, "/biz/programs", &referrals_biz_show_handler, VIEWER, .page = PAGE("biz"),
     .api = "/api/v1/biz/programs", .summary = "The business's programs, newest first"},
    {GET, "/biz/programs/new", &referrals_new_show_handler, BUYER, .page = PAGE("biz-new"),
     .summary = "The form for a new program"},
    {POST, "/biz/programs", &referrals_new_make_handler, BUYER, .again = "/biz/programs/new",
     .api = "/api/v1/biz/programs", .once = true,
     .summary = "Makes a program with one rule, as a draft"},
    {GET, "/biz/programs/{program}", &referrals_program_show_handler, VIEWER,
     .page = PAGE("biz-program"), .api = "/api/v1/biz/programs/{program}",
     .summary = "A program, its budget and who takes part"},
    {POST, "/biz/programs/{program}/rules", &referrals_program_rules_handler, BUYER,
     .api = "/api/v1/biz/programs/{program}/rules", .repeat = REPEAT_ANEW,
     .summary = "Puts the next version of a program's rules in force"},
    {POST, "/biz/programs/{program}/fund", &referrals_program_fund_handler, BUYER,
     .again = "/biz/programs/{program}", .api = "/api/v1/biz/programs/{program}/fund", .once = true,
     .summary = "Sets money of the wallet aside for a program"},
    {POST, "/biz/programs/{program}/start", &referrals_program_start_handler, BUYER,
     .again = "/biz/programs/{program}", .api = "/api/v1/biz/programs/{program}/start",
     .repeat = REPEAT_REFUSED, .summary = "Opens a program, or goes on with it"},
    {POST, "/biz/programs/{program}/pause", &referrals_program_pause_handler, BUYER,
     .again = "/biz/programs/{program}", .api = "/api/v1/biz/programs/{program}/pause",
     .repeat = REPEAT_REFUSED, .summary = "Counts nothing for a while"},
    {POST, "/biz/programs/{program}/end", &referrals_program_end_handler, BUYER,
     .again = "/biz/programs/{program}", .api = "/api/v1/biz/programs/{program}/end",
     .repeat = REPEAT_REFUSED, .summary = "Ends a program; what is left of its budget comes back"},
    {POST, "/biz/programs/{program}/partners/{partner}/admit", &referrals_partner_admit_handler,
     BUYER, .again = "/biz/programs/{program}",
     .api = "/api/v1/biz/programs/{program}/partners/{partner}/admit", .repeat = REPEAT_REFUSED,
     .summary = "Lets somebody in who asked"},
    {POST, "/biz/programs/{program}/partners/{partner}/refuse", &referrals_partner_refuse_handler,
     BUYER, .again = "/biz/programs/{program}",
     .api = "/api/v1/biz/programs/{program}/partners/{partner}/refuse", .repeat = REPEAT_REFUSED,
     .summary = "Does not let somebody in who asked"},
    {POST, "/biz/programs/{program}/partners/{partner}/pause", &referrals_partner_pause_handler,
     BUYER, .again = "/biz/programs/{program}",
     .api = "/api/v1/biz/programs/{program}/partners/{partner}/pause", .repeat = REPEAT_REFUSED,
     .summary = "Counts nothing of a partner for a while"},
    {POST, "/biz/programs/{program}/partners/{partner}/resume", &referrals_partner_resume_handler,
     BUYER, .again = "/biz/programs/{program}",
     .api = "/api/v1/biz/programs/{program}/partners/{partner}/resume", .repeat = REPEAT_REFUSED,
     .summary = "Counts a partner again"},

    {POST, "/biz/programs/clicks", &referrals_click_bind_handler, BUYER,
     .api = "/api/v1/referrals/clicks", .repeat = REPEAT_SAME,
     .summary = "Says to which customer a click led, at sign-up say"},
    {POST, "/biz/programs/orders", &referrals_order_take_handler, BUYER,
     .api = "/api/v1/referrals/orders", .repeat = REPEAT_SAME,
     .summary = "Tells of an order and of the click that led to it"},
};

const struct route_table referrals_routes = {"referrals", ALL(routes)};
