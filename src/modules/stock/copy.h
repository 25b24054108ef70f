/*
 * Licensed copies. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_COPY_H
#define CONTRAFLOW_STOCK_COPY_H

#include "modules/stock/stock.shapes.h"

extern const struct job_kind stock_copy_job;
extern const struct consumer stock_copy_consumer;

#endif
