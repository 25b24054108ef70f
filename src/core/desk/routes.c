/*
 * Paths of the desk's pages about people, the team, mail and work that failed.
 *
 * Read next: core/desk/pages.c, core/desk/team_pages.c.
 */
#include "core/desk/pages.h"
#include "core/desk/pages.shapes.h"
#include "core/desk/parts.h"
#include "core/desk/team_pages.shapes.h"
#include "core/people/team.h"

#define PAGE(name) "core/desk/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/desk/people", &core_desk_people_handler, SUPPORT, .page = PAGE("people"),
     .api = "/api/v1/desk/people", .summary = "People and businesses, newest first"},
    {POST, "/desk/people/{party}/suspend", &core_desk_suspend_handler, SUPPORT,
     .api = "/api/v1/desk/people/{party}/suspend", .repeat = REPEAT_SAME,
     .summary = "Shuts somebody out"},
    {POST, "/desk/people/{party}/restore", &core_desk_restore_handler, SUPPORT,
     .api = "/api/v1/desk/people/{party}/restore", .repeat = REPEAT_SAME,
     .summary = "Lets somebody in again"},
    {GET, "/desk/people/{party}/factors", &core_desk_factors_page_handler, SUPPORT,
     .page = PAGE("factors"), .api = "/api/v1/desk/people/{party}/factors",
     .summary = "Whether somebody has a code and passkeys"},
    {POST, "/desk/people/{party}/factors", &core_desk_factors_handler, SUPPORT,
     .again = "/desk/people/{party}/factors", .api = "/api/v1/desk/people/{party}/factors",
     .repeat = REPEAT_SAME, .proof = true,
     .summary = "Takes somebody's code and passkeys off, with a reason"},
    {GET, "/desk/team", &core_team_page_handler, ADMIN, .page = PAGE("team"),
     .api = "/api/v1/desk/team", .summary = "Who the operators are and what each sees to"},
    {POST, "/desk/team", &core_team_add_handler, ADMIN, .again = "/desk/team",
     .api = "/api/v1/desk/team", .repeat = REPEAT_SAME, .rate = RATE_SLOW, .proof = true,
     .summary = "Makes somebody an operator"},
    {POST, "/desk/team/{person}", &core_team_set_handler, ADMIN, .again = "/desk/team",
     .api = "/api/v1/desk/team/{person}", .repeat = REPEAT_SAME, .proof = true,
     .summary = "Says what an operator sees to; nothing ends their work at the desk"},
    {GET, "/desk/acts", &core_acts_page_handler, ADMIN, .page = PAGE("acts"),
     .api = "/api/v1/desk/acts", .summary = "What operators did, newest first"},
    {GET, "/desk/mail", &core_desk_mails_handler, SUPPORT, .page = PAGE("mails"),
     .api = "/api/v1/desk/mail", .summary = "Mails, newest first"},
    {GET, "/desk/mail/{mail}", &core_desk_mail_handler, SUPPORT, .page = PAGE("mail"),
     .api = "/api/v1/desk/mail/{mail}", .summary = "One mail"},
    {GET, "/desk/jobs", &core_desk_jobs_handler, SUPPORT, .page = PAGE("jobs"),
     .api = "/api/v1/desk/jobs", .summary = "Work that failed and events that were set aside"},
    {POST, "/desk/jobs/{job}/again", &core_desk_job_again_handler, SUPPORT,
     .api = "/api/v1/desk/jobs/{job}/again", .repeat = REPEAT_REFUSED,
     .summary = "Tries a failed job again"},
    {POST, "/desk/events/{event}/again", &core_desk_event_again_handler, SUPPORT,
     .api = "/api/v1/desk/events/{event}/again", .repeat = REPEAT_REFUSED,
     .summary = "Takes up an event again"},
};

static const struct route_table table = {"people", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct nav_entry nav[] = {
    {PORTAL_DESK, "core.nav.people", "/desk/people", "users", 800, .who = SUPPORT},
    {PORTAL_DESK, "core.nav.team", "/desk/team", "users-plus", 805, .who = ADMIN},
    {PORTAL_DESK, "core.nav.acts", "/desk/acts", "history", 806, .who = ADMIN},
    {PORTAL_DESK, "core.nav.mail", "/desk/mail", "mail", 810, .who = SUPPORT},
    {PORTAL_DESK, "core.nav.jobs", "/desk/jobs", "tools", 820, .count = core_desk_failed,
     .who = SUPPORT},
};

static const struct problem *const problems[] = {&team_last_admin, &mail_unsent, &mail_refused};

const struct module desk_part = {
    .name = "desk",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .problems = ALL(problems),
};
