/*
 * Taking in a folder of files. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_IMPORT_H
#define CONTRAFLOW_STOCK_IMPORT_H

#include "core/module.h"
#include "modules/stock/stock.h"

extern const struct problem stock_bad_name; /* 422: the file's name is no UTF-8 */
extern const struct command_import stock_import_photos;

#endif
