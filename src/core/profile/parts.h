/*
 * Profiles, members and what is kept about a person, as a part of core.
 */
#ifndef CONTRAFLOW_CORE_PROFILE_PARTS_H
#define CONTRAFLOW_CORE_PROFILE_PARTS_H

#include "core/module.h"

extern const struct module profile_part;

#endif
