/*
 * Paths of apps, and apps as a part of core.
 *
 * Read next: core/apps/pages.c, core/apps/consent_pages.c, core/apps/token_pages.c.
 */
#include "core/apps/consent_pages.shapes.h"
#include "core/apps/grant.h"
#include "core/apps/pages.shapes.h"
#include "core/apps/token_pages.shapes.h"

#define PAGE(name) "core/apps/pages/" name ".html"

/* No key registers apps or gives them access. */
static const struct route routes[] = {
    {GET, "/biz/apps", &core_apps_handler, OWNER, .page = PAGE("biz"), .api = "/api/v1/apps",
     .scope = NO_KEY, .summary = "The business's apps, and apps that act for it"},
    {POST, "/biz/apps", &core_app_register_handler, OWNER, .page = PAGE("made"),
     .again = "/biz/apps", .api = "/api/v1/apps", .rate = RATE_SLOW, .once = true, .proof = true,
     .summary = "Registers an app, and shows its secret this once"},
    {GET, "/biz/apps/{app}", &core_app_handler, OWNER, .page = PAGE("one"),
     .api = "/api/v1/apps/{app}", .scope = NO_KEY, .summary = "One of the business's apps"},
    {POST, "/biz/apps/{app}", &core_app_change_handler, OWNER, .again = "/biz/apps/{app}",
     .api = "/api/v1/apps/{app}", .repeat = REPEAT_SAME, .proof = true,
     .summary = "Changes what is said of an app"},
    {POST, "/biz/apps/{app}/secret", &core_app_renew_handler, OWNER, .page = PAGE("made"),
     .again = "/biz/apps/{app}", .api = "/api/v1/apps/{app}/secret", .rate = RATE_SLOW,
     .repeat = REPEAT_ANEW, .proof = true,
     .summary = "Gives an app another secret, shown this once; the one before is no good"},
    {POST, "/biz/apps/{app}/remove", &core_app_remove_handler, OWNER, .again = "/biz/apps/{app}",
     .api = "/api/v1/apps/{app}/remove", .repeat = REPEAT_REFUSED, .proof = true,
     .summary = "Takes an app away, with all that it was allowed"},
    {POST, "/biz/apps/access/{grant}/end", &core_access_end_biz_handler, OWNER,
     .api = "/api/v1/apps/access/{grant}/end", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .summary = "Ends an app's access to the business"},
    {GET, "/me/apps", &core_access_handler, SIGNED_IN, .page = PAGE("me"), .api = "/api/v1/me/apps",
     .scope = NO_KEY, .summary = "Apps that one has allowed something"},
    {POST, "/me/apps/{grant}/end", &core_access_end_me_handler, SIGNED_IN,
     .api = "/api/v1/me/apps/{grant}/end", .repeat = REPEAT_REFUSED, .scope = NO_KEY,
     .summary = "Ends an app's access"},

    {GET, "/oauth/authorize", &core_consent_page_handler, ANYONE, .page = PAGE("consent"),
     .scope = NO_KEY},
    {POST, "/oauth/authorize", &core_consent_handler, SIGNED_IN, .rate = RATE_SLOW,
     .scope = NO_KEY},
    {POST, "/oauth/token", &core_token_handler, ANYONE, .body = 16384, .raw = true, .scripts = true,
     .scope = NO_KEY},
    {POST, "/oauth/revoke", &core_token_revoke_handler, ANYONE, .body = 16384, .raw = true,
     .scripts = true, .scope = NO_KEY},
    {GET, "/.well-known/oauth-authorization-server", &core_issuer_handler, ANYONE, .scripts = true,
     .scope = NO_KEY},
};
static const struct route_table table = {"apps", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct consumer *const consumers[] = {&app_grant_claimed};
static const struct problem *const problems[] = {
    &apps_unknown,       &apps_redirect,      &apps_repeated,      &apps_too_many,
    &apps_public,        &apps_token_unknown, &apps_token_expired, &apps_token_ended,
    &apps_invalid_grant, &apps_invalid_scope,
};

const struct module apps_part = {
    .name = "apps",
    .routes = ALL(tables),
    .consumers = ALL(consumers),
    .problems = ALL(problems),
};
