/*
 * What core declares about providers. The pages are core/people's.
 *
 * Read next: core/oidc/attempt.h.
 */
#include "core/oidc/oidc.h"

#include "base/log.h"
#include "core/oidc/attempt.h"
#include "core/oidc/fetch.h"

static const struct problem *const problems[] = {
    &oidc_wrong, &oidc_unreached, &oidc_busy, &oidc_over, &oidc_refused, &oidc_stale,
};

static const struct problem *start(struct memory *process, struct store *store)
{
    struct text complaint = {"", 0};
    (void)store;
    const struct problem *problem = oidc_providers_start(process, &complaint);
    if (problem == &invalid_input)
        log_write(LOG_ERROR, "oidc.setting_wrong", "because=\"%.*s\"", TEXT_ARGS(complaint));
    oidc_fetch_start(setting_integer("web.workers") / 2);
    return problem ? problem : oidc_attempt_start(process, setting_text("data"));
}

const struct module oidc_part = {
    .name = "oidc",
    .settings = oidc_settings,
    .setting_count = OIDC_SETTINGS,
    .problems = ALL(problems),
    .start = start,
};
