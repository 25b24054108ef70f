/*
 * Signing in and what keeps an account safe, as a part of core.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PARTS_H
#define CONTRAFLOW_CORE_LOGIN_PARTS_H

#include "core/module.h"

extern const struct module login_part;

#endif
