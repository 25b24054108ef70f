/*
 * The stock's part of the demo world. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_DEMO_H
#define CONTRAFLOW_STOCK_DEMO_H

#include "core/demo.h"

const struct problem *stock_demo(struct demo *demo);

#endif
