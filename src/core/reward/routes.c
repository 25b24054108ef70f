/*
 * The paths of promised units, and who may go there.
 */
#include "core/module.h"
#include "core/reward/pages.shapes.h"
#include "core/reward/parts.h"

static const struct route routes[] = {
    {GET, "/me/rewards", &core_rewards_show_handler, SIGNED_IN,
     .page = "core/reward/pages/rewards.html", .api = "/api/v1/me/rewards",
     .summary = "Points, tickets and credit of a person: how many, what they pay, what ends when"},
    {GET, "/me/rewards/{account}", &core_reward_show_handler, SIGNED_IN,
     .page = "core/reward/pages/reward.html", .api = "/api/v1/me/rewards/{account}",
     .summary = "Units of one business, and what came and went of them"},
    {GET, "/biz/promises", &core_promises_show_handler, VIEWER,
     .page = "core/reward/pages/promises.html", .api = "/api/v1/promises",
     .summary = "What a business promises: its rules, what is out, what was given and used"},
    {POST, "/biz/promises", &core_promise_rule_handler, OWNER, .again = "/biz/promises",
     .api = "/api/v1/promises", .repeat = REPEAT_SAME,
     .summary = "Makes or changes rules of points, tickets or credit; with `preview` only says "
                "what they would mean"},
    {GET, "/biz/promises/give", &core_promise_hand_handler, BUYER,
     .page = "core/reward/pages/promise-give.html", .summary = "Where units are given to a person"},
    {GET, "/biz/promises/use", &core_promise_hand_handler, BUYER,
     .page = "core/reward/pages/promise-use.html", .summary = "Where a person's units are used"},
    {POST, "/biz/promises/grants", &core_promise_give_handler, BUYER, .again = "/biz/promises/give",
     .api = "/api/v1/promises/grants", .rate = RATE_SLOW, .once = true,
     .summary = "Gives units to a person"},
    {POST, "/biz/promises/grants/batch", &core_promise_give_all_handler, BUYER,
     .api = "/api/v1/promises/grants/batch", .rate = RATE_SLOW, .once = true,
     .summary = "Gives units to up to 1,000 people, all or none, or each on its own"},
    {POST, "/biz/promises/uses", &core_promise_take_handler, BUYER, .again = "/biz/promises/use",
     .api = "/api/v1/promises/uses", .once = true,
     .summary =
         "Uses units of a person against a price, or tickets for a draw; says what was paid"},
    {POST, "/biz/promises/uses/{posting}/return", &core_promise_return_handler, OWNER,
     .api = "/api/v1/promises/uses/{posting}/return", .once = true,
     .summary = "Takes a use back: the units are the person's again"},
};
static const struct route_table table = {"reward", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct problem *const problems[] = {
    &promise_bad_terms, &promise_none, &promise_units_stay, &promise_too_few, &promise_too_much,
};

const struct module reward_part = {
    .name = "reward",
    .routes = ALL(tables),
    .waits = reward_waits,
    .problems = ALL(problems),
    .audit = reward_audit,
};
