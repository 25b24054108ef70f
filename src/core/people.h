/*
 * What core's descriptor takes from people, mail and the desk's pages about them.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_H
#define CONTRAFLOW_CORE_PEOPLE_H

#include "core/mail.h"
#include "core/party.h"
#include "web/server.h"

extern const struct route_table core_people_routes;

extern const struct nav_entry core_people_nav[];
extern const size_t core_people_nav_count;

extern const struct job_kind *const core_people_jobs[];
extern const size_t core_people_job_count;

extern const struct problem *const core_people_problems[];
extern const size_t core_people_problem_count;

/* Settings: mail_settings of core/mail.h. Start: mail_start(). */

#endif
