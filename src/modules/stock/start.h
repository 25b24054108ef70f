/*
 * What the module does at start, and its audit check. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_START_H
#define CONTRAFLOW_STOCK_START_H

#include "core/module.h"

const struct problem *stock_start(struct memory *process, struct store *store);
const struct problem *stock_audit(struct database *db, struct memory *memory,
                                  const struct ledger_audit_listener *listener,
                                  int64_t *discrepancies);

#endif
