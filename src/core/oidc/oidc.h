/*
 * Signing in with an account elsewhere (OpenID Connect Core 1.0), as a part of core: providers and what they say.
 */
#ifndef CONTRAFLOW_CORE_OIDC_OIDC_H
#define CONTRAFLOW_CORE_OIDC_OIDC_H

#include "core/module.h"

extern const struct module oidc_part;

#endif
