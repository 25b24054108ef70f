/*
 * Webhooks as a part of core (core/module.h). Only core.c and the part itself include it.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_PARTS_H
#define CONTRAFLOW_CORE_HOOKS_PARTS_H

#include "core/module.h"

extern const struct module hooks_part;

#endif
