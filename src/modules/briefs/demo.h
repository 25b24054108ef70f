/*
 * The briefs' part of the demo world. Private to the module.
 */
#ifndef CONTRAFLOW_BRIEFS_DEMO_H
#define CONTRAFLOW_BRIEFS_DEMO_H

#include "core/demo.h"

const struct problem *briefs_demo(struct demo *demo);

#endif
