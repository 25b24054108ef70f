/*
 * What businesses' own programs are told of licences (core/hooks/hooks.h).
 *
 * Read next: hooks.c.
 */
#ifndef CONTRAFLOW_STOCK_HOOKS_H
#define CONTRAFLOW_STOCK_HOOKS_H

#include "core/hooks/hooks.h"

enum { STOCK_HOOKS = 9 };
extern const struct hook_kind stock_hooks[STOCK_HOOKS];

#endif
