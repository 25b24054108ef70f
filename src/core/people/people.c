/*
 * What core declares about people and their mail; their pages are login's, profile's and desk's.
 */
#include "base/settings.h"
#include "core/people/people.h"

static const struct job_kind *const jobs[] = {&mail_job};

static const struct problem *start(struct memory *process, struct store *store)
{
    (void)store;
    return mail_start(process, setting_text("data"));
}

const struct module people_part = {
    .name = "people",
    .jobs = ALL(jobs),
    .settings = mail_settings,
    .setting_count = MAIL_SETTINGS,
    .start = start,
};
