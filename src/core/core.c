/*
 * What core is made of, in the same form as a module declares it.
 */
#include "base/log.h"
#include "core/mail.h"
#include "core/media_routes.h"
#include "core/module.h"
#include "core/pay_parts.h"
#include "core/people.h"
#include "core/schema.h"

static const struct flow *const flows[] = {PAY_FLOWS};
static const struct posting_template *const postings[] = {PAY_POSTINGS};
static const struct problem *const pay_problems[] = {PAY_PROBLEMS};
static const struct setting pay_settings[] = {PAY_SETTINGS};
static const struct nav_entry pay_nav[] = {PAY_NAV};
static const struct route_table *const pay_routes[] = {&core_pay_routes, &core_media_routes};
static const struct route_table *const people_routes[] = {&core_people_routes};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct module pay_part = {
    .name = "core",
    .schema = &core_schema,
    .routes = pay_routes,
    .route_count = COUNT(pay_routes),
    .nav = pay_nav,
    .nav_count = COUNT(pay_nav),
    .flows = flows,
    .flow_count = COUNT(flows),
    .postings = postings,
    .posting_count = COUNT(postings),
    .settings = pay_settings,
    .setting_count = COUNT(pay_settings),
    .problems = pay_problems,
    .problem_count = COUNT(pay_problems),
    .audit = pay_audit,
};

static const struct problem *start_people(struct memory *process, struct store *store)
{
    (void)store;
    return mail_start(process, setting_text("data"));
}

const struct module *const *module_all(void)
{
    enum { ALL = 64 };
    static struct module people_part;
    static const struct module *all[ALL + 1];
    if (all[0])
        return all;
    people_part = (struct module){
        .name = "people",
        .routes = people_routes,
        .route_count = COUNT(people_routes),
        .nav = core_people_nav,
        .nav_count = core_people_nav_count,
        .jobs = core_people_jobs,
        .job_count = core_people_job_count,
        .problems = core_people_problems,
        .problem_count = core_people_problem_count,
        .settings = mail_settings,
        .setting_count = mail_setting_count,
        .start = start_people,
    };
    size_t count = 1;
    all[count++] = &people_part;
    for (size_t i = 0; modules[i]; i++) {
        ensure(count < ALL);
        all[count++] = modules[i];
    }
    all[0] = &pay_part;
    return all;
}
