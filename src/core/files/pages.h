/*
 * Calls that write what one owns as files.
 *
 * Read next: core/files/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_FILES_PAGES_H
#define CONTRAFLOW_CORE_FILES_PAGES_H

#include "core/files/table.h"

const struct problem *core_files_deals_biz(struct request *request, const struct table_query *query,
                                           struct nothing *view);
const struct problem *core_files_obligations_biz(struct request *request,
                                                 const struct table_query *query,
                                                 struct nothing *view);
const struct problem *core_files_payments(struct request *request, const struct table_query *query,
                                          struct nothing *view);
const struct problem *core_files_members(struct request *request, const struct table_query *query,
                                         struct nothing *view);
const struct problem *core_files_deals_me(struct request *request, const struct table_query *query,
                                          struct nothing *view);
const struct problem *core_files_obligations_me(struct request *request,
                                                const struct table_query *query,
                                                struct nothing *view);
const struct problem *core_files_payouts(struct request *request, const struct table_query *query,
                                         struct nothing *view);

#endif
