/*
 * People, members, the team and their mail, as a part of core.
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_PEOPLE_H
#define CONTRAFLOW_CORE_PEOPLE_PEOPLE_H

#include "core/mail/mail.h"
#include "core/module.h"
#include "core/people/party.h"

extern const struct module people_part;

#endif
