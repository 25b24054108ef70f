/*
 * Paths of the pages about keys, and keys as a part of core.
 *
 * Read next: core/keys/pages.c.
 */
#include "core/keys/key.h"
#include "core/keys/pages.shapes.h"

#define PAGE(name) "core/keys/pages/" name ".html"

/* No key makes or ends keys. */
static const struct route routes[] = {
    {GET, "/me/keys", &core_keys_me_handler, SIGNED_IN, .page = PAGE("me"),
     .api = "/api/v1/me/keys", .scope = NO_KEY, .summary = "One's keys for programs"},
    {POST, "/me/keys", &core_key_make_me_handler, SIGNED_IN, .page = PAGE("made-me"),
     .again = "/me/keys", .api = "/api/v1/me/keys", .rate = RATE_SLOW, .once = true, .proof = true,
     .summary = "Makes a key that acts for oneself, and shows it this once"},
    {POST, "/me/keys/{id}/end", &core_key_end_me_handler, SIGNED_IN,
     .api = "/api/v1/me/keys/{id}/end", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .summary = "Ends one of one's keys"},
    {POST, "/me/keys/origins", &core_origin_add_me_handler, SIGNED_IN, .again = "/me/keys",
     .api = "/api/v1/me/origins", .repeat = REPEAT_SAME, .proof = true,
     .summary = "Lets the scripts of a website call with one's keys"},
    {POST, "/me/keys/origins/end", &core_origin_remove_me_handler, SIGNED_IN,
     .api = "/api/v1/me/origins/end", .repeat = REPEAT_SAME, .scope = NO_KEY,
     .summary = "Lets the scripts of a website no longer call"},
    {GET, "/biz/keys", &core_keys_biz_handler, OWNER, .page = PAGE("biz"), .api = "/api/v1/keys",
     .scope = NO_KEY, .summary = "The business's keys for programs, and who made them"},
    {POST, "/biz/keys", &core_key_make_biz_handler, OWNER, .page = PAGE("made-biz"),
     .again = "/biz/keys", .api = "/api/v1/keys", .rate = RATE_SLOW, .once = true, .proof = true,
     .summary = "Makes a key that acts for the business, and shows it this once"},
    {POST, "/biz/keys/{id}/end", &core_key_end_biz_handler, OWNER, .api = "/api/v1/keys/{id}/end",
     .repeat = REPEAT_REFUSED, .scope = NO_KEY, .summary = "Ends one of the business's keys"},
    {POST, "/biz/keys/origins", &core_origin_add_biz_handler, OWNER, .again = "/biz/keys",
     .api = "/api/v1/origins", .repeat = REPEAT_SAME, .proof = true,
     .summary = "Lets the scripts of a website call with the business's keys"},
    {POST, "/biz/keys/origins/end", &core_origin_remove_biz_handler, OWNER,
     .api = "/api/v1/origins/end", .repeat = REPEAT_SAME, .scope = NO_KEY,
     .summary = "Lets the scripts of a website no longer call"},
};
static const struct route_table table = {"keys", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct job_kind *const jobs[] = {&key_warn_job};
static const struct consumer *const consumers[] = {&key_claimed};
static const struct problem *const problems[] = {
    &keys_unknown, &keys_expired, &keys_revoked, &keys_repeated, &keys_too_many,
};

const struct module keys_part = {
    .name = "keys",
    .routes = ALL(tables),
    .consumers = ALL(consumers),
    .jobs = ALL(jobs),
    .problems = ALL(problems),
};
