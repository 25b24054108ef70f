/*
 * Paths of the pages about webhooks, and what else core declares about them.
 *
 * Read next: core/hooks/pages.c.
 */
#include "core/hooks/pages.shapes.h"
#include "core/hooks/parts.h"

#define PAGE(name) "core/hooks/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/biz/webhooks", &core_hooks_show_handler, OWNER, .page = PAGE("list"),
     .api = "/api/v1/webhooks", .summary = "Receivers of webhooks, and what they can be told of"},
    {POST, "/biz/webhooks", &core_hook_register_handler, OWNER, .page = PAGE("secret"),
     .again = "/biz/webhooks", .api = "/api/v1/webhooks", .rate = RATE_SLOW, .once = true,
     .proof = true, .summary = "Registers a receiver of webhooks, and gives its secret"},
    {GET, "/biz/webhooks/{webhook}", &core_hook_show_handler, OWNER, .page = PAGE("one"),
     .api = "/api/v1/webhooks/{webhook}", .summary = "A receiver and what was said to it"},
    {POST, "/biz/webhooks/{webhook}", &core_hook_change_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}", .repeat = REPEAT_SAME,
     .rate = RATE_SLOW, .proof = true,
     .summary = "Changes where a receiver is, and what it is told of"},
    {POST, "/biz/webhooks/{webhook}/rotate", &core_hook_rotate_handler, OWNER,
     .page = PAGE("secret"), .again = "/biz/webhooks/{webhook}",
     .api = "/api/v1/webhooks/{webhook}/rotate", .rate = RATE_SLOW, .once = true, .proof = true,
     .summary = "Gives a receiver another secret; the former signs, too, for 24 hours"},
    {POST, "/biz/webhooks/{webhook}/pause", &core_hook_pause_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}/pause",
     .repeat = REPEAT_SAME, .summary = "Pauses a receiver; what happens meanwhile is kept for it"},
    {POST, "/biz/webhooks/{webhook}/resume", &core_hook_resume_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}/resume",
     .repeat = REPEAT_SAME, .summary = "Takes up a paused receiver again"},
    {POST, "/biz/webhooks/{webhook}/remove", &core_hook_remove_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}/remove",
     .repeat = REPEAT_REFUSED, .proof = true, .summary = "Removes a receiver"},
    {POST, "/biz/webhooks/{webhook}/test", &core_hook_test_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}/test",
     .rate = RATE_SLOW, .once = true, .summary = "Sends a receiver a test message"},
    {POST, "/biz/webhooks/{webhook}/replay", &core_hook_replay_handler, OWNER,
     .again = "/biz/webhooks/{webhook}", .api = "/api/v1/webhooks/{webhook}/replay",
     .repeat = REPEAT_ANEW, .rate = RATE_SLOW,
     .summary = "Posts again what happened since a moment"},
    {GET, "/biz/webhooks/{webhook}/messages/{message}", &core_hook_message_show_handler, OWNER,
     .page = PAGE("message"), .api = "/api/v1/webhooks/{webhook}/messages/{message}",
     .summary = "A message and each attempt to deliver it"},
    {POST, "/biz/webhooks/{webhook}/messages/{message}/replay", &core_hook_message_replay_handler,
     OWNER, .again = "/biz/webhooks/{webhook}/messages/{message}",
     .api = "/api/v1/webhooks/{webhook}/messages/{message}/replay", .repeat = REPEAT_ANEW,
     .summary = "Posts a message again"},
};

static const struct route_table table = {"hooks", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct consumer *const consumers[] = {&hook_tell};
static const struct job_kind *const jobs[] = {&hook_replay_job};
static const struct problem *const problems[] = {
    &hook_malformed, &hook_plain,   &hook_port,       &hook_inside,
    &hook_no_event,  &hook_crowded, &hook_not_active,
};
static const struct setting settings[] = {
    {"hooks.loopback", SETTING_FLAG, "off", 0, 0, false,
     "Lets webhooks go to this very machine, and posts on it be looked at, over http too; for "
     "tests "
     "and development only"},
};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    return hook_start(process, setting_text("data"));
}

const struct module hooks_part = {
    .name = "hooks",
    .routes = ALL(tables),
    .consumers = ALL(consumers),
    .jobs = ALL(jobs),
    .problems = ALL(problems),
    .settings = ALL(settings),
    .start = start,
};
