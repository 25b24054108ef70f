/*
 * Paths of the pages on which people and businesses say who they are and who belongs to them.
 *
 * Read next: core/profile/pages.c, core/profile/member_pages.c, core/profile/activity_pages.c.
 */
#include "core/profile/activity_pages.shapes.h"
#include "core/profile/data_pages.shapes.h"
#include "core/profile/member_pages.shapes.h"
#include "core/profile/pages.shapes.h"
#include "core/profile/parts.h"

#define PAGE(name) "core/profile/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/profile", &core_profile_page_handler, SIGNED_IN, .page = PAGE("profile"),
     .api = "/api/v1/me", .summary = "One's own profile"},
    {POST, "/me/profile", &core_profile_handler, SIGNED_IN, .again = "/me/profile",
     .api = "/api/v1/me", .repeat = REPEAT_SAME, .summary = "Changes one's profile"},
    {GET, "/me/data", &core_data_page_handler, SIGNED_IN, .api = "/api/v1/me/data",
     .rate = RATE_SLOW, .summary = "Everything kept about oneself"},

    {GET, "/biz/found", &core_found_page_handler, SIGNED_IN, .page = PAGE("found"),
     .api = "/api/v1/me/businesses", .summary = "The businesses one works for"},
    {POST, "/biz/found", &core_found_handler, SIGNED_IN, .again = "/biz/found",
     .api = "/api/v1/me/businesses", .once = true, .rate = RATE_SLOW,
     .summary = "Founds a business"},
    {POST, "/switch", &core_switch_handler, SIGNED_IN, .api = "/api/v1/me/switch",
     .repeat = REPEAT_SAME, .scope = NO_KEY,
     .summary = "Acts for another of one's businesses from now on"},
    {GET, "/biz/profile", &core_business_page_handler, OWNER, .page = PAGE("business"),
     .api = "/api/v1/business", .summary = "What the business says about itself"},
    {POST, "/biz/profile", &core_business_handler, OWNER, .again = "/biz/profile",
     .api = "/api/v1/business", .repeat = REPEAT_SAME,
     .summary = "Changes what the business says about itself"},
    {GET, "/biz/activity", &core_activity_handler, OWNER, .page = PAGE("activity"),
     .api = "/api/v1/activity", .summary = "What members did that is privileged, newest first"},
    {GET, "/biz/members", &core_members_page_handler, OWNER, .page = PAGE("members"),
     .api = "/api/v1/members", .summary = "Who works for the business"},
    {POST, "/biz/members", &core_invite_handler, OWNER, .again = "/biz/members",
     .api = "/api/v1/members", .once = true, .rate = RATE_SLOW,
     .summary = "Invites somebody by mail"},
    {POST, "/biz/members/batch", &core_invite_many_handler, OWNER, .api = "/api/v1/members/batch",
     .once = true, .rate = RATE_SLOW,
     .summary = "Invites up to 100 people by mail, each by itself"},
    {POST, "/biz/members/{person}/role", &core_role_handler, OWNER,
     .api = "/api/v1/members/{person}/role", .repeat = REPEAT_SAME,
     .summary = "Gives a member another role"},
    {POST, "/biz/members/{person}/remove", &core_remove_handler, OWNER,
     .api = "/api/v1/members/{person}/remove", .repeat = REPEAT_REFUSED,
     .summary = "Ends a membership"},
    {GET, "/invited/{secret}", &core_invited_page_handler, ANYONE, .page = PAGE("invited"),
     .rate = RATE_SECRET, .summary = "An invitation into a business"},
    {POST, "/invited/{secret}", &core_invited_handler, SIGNED_IN, .again = "/invited/{secret}",
     .rate = RATE_SECRET, .summary = "Takes an invitation"},
};

static const struct route_table table = {"people", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct nav_entry nav[] = {
    {PORTAL_ME, "core.nav.businesses", "/biz/found", "briefcase", 800, .count = NULL},
    {PORTAL_BIZ, "core.nav.settings", "/biz/members", "settings", 800,
     .also = "/biz/profile /biz/activity /biz/keys /biz/apps /biz/webhooks"},
};

static const struct problem *const problems[] = {&party_last_owner};

const struct module profile_part = {
    .name = "profile",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .problems = ALL(problems),
};
