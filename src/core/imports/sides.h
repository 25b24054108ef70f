/*
 * The pages of imports, which stand under /me and /biz alike. Private to core/imports.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_SIDES_H
#define CONTRAFLOW_CORE_IMPORTS_SIDES_H

#include "core/imports/pages.h"

/* Whose imports a page is about. */
struct import_side {
    enum portal portal;
    struct party_id owner;
    const char *path; /* of the list */
    bool may;         /* the reader may bring files and move them on */
};

const struct problem *import_page_list(struct request *request, struct import_side side,
                                       const struct imports_query *query,
                                       struct imports_view *view);
const struct problem *import_page_show(struct request *request, struct import_side side,
                                       const struct import_query *query, struct import_view *view);
const struct problem *import_page_take(struct request *request, struct import_side side,
                                       const struct import_form *input, struct import_made *view);
const struct problem *import_page_recast(struct request *request, struct import_side side,
                                         const struct import_letters *input,
                                         struct import_made *view);
const struct problem *import_page_check(struct request *request, struct import_side side,
                                        const struct import_fields *input,
                                        struct import_made *view);
const struct problem *import_page_run(struct request *request, struct import_side side,
                                      const struct import_do *input, struct import_made *view);
const struct problem *import_page_cancel(struct request *request, struct import_side side,
                                         const struct import_do *input, struct import_made *view);
const struct problem *import_page_undo(struct request *request, struct import_side side,
                                       const struct import_do *input, struct import_made *view);

#endif
