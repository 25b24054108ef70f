/*
 * The job that looks at arrived files. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_TAKE_H
#define CONTRAFLOW_STOCK_TAKE_H

#include "modules/stock/stock.h"

extern const struct job_kind stock_take_job;

#endif
