/*
 * The desk's pages about people, the team, mail and work that failed, as a part of core.
 */
#ifndef CONTRAFLOW_CORE_DESK_PARTS_H
#define CONTRAFLOW_CORE_DESK_PARTS_H

#include "core/module.h"

extern const struct module desk_part;

#endif
