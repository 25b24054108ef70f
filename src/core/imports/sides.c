/*
 * Imports of the person who is signed in, and of the business they act for: the same pages. Nothing clever.
 *
 * Read next: core/imports/pages.c.
 */
#include "core/imports/sides.h"

static struct import_side my_side(const struct request *request)
{
    return (struct import_side){PORTAL_ME, request->viewer.person, "/me/imports", true};
}

static struct import_side house_side(const struct request *request)
{
    return (struct import_side){PORTAL_BIZ, request->viewer.organisation, "/biz/imports",
                                request->viewer.role >= MEMBER_BUYER};
}

const struct problem *core_imports_show_me(struct request *request,
                                           const struct imports_query *query,
                                           struct imports_view *view)
{
    return import_page_list(request, my_side(request), query, view);
}

const struct problem *core_import_show_me(struct request *request, const struct import_query *query,
                                          struct import_view *view)
{
    return import_page_show(request, my_side(request), query, view);
}

const struct problem *core_import_take_me(struct request *request, const struct import_form *input,
                                          struct import_made *view)
{
    return import_page_take(request, my_side(request), input, view);
}

const struct problem *core_import_recast_me(struct request *request,
                                            const struct import_letters *input,
                                            struct import_made *view)
{
    return import_page_recast(request, my_side(request), input, view);
}

const struct problem *core_import_check_me(struct request *request,
                                           const struct import_fields *input,
                                           struct import_made *view)
{
    return import_page_check(request, my_side(request), input, view);
}

const struct problem *core_import_run_me(struct request *request, const struct import_do *input,
                                         struct import_made *view)
{
    return import_page_run(request, my_side(request), input, view);
}

const struct problem *core_import_cancel_me(struct request *request, const struct import_do *input,
                                            struct import_made *view)
{
    return import_page_cancel(request, my_side(request), input, view);
}

const struct problem *core_import_undo_me(struct request *request, const struct import_do *input,
                                          struct import_made *view)
{
    return import_page_undo(request, my_side(request), input, view);
}

const struct problem *core_imports_show_biz(struct request *request,
                                            const struct imports_query *query,
                                            struct imports_view *view)
{
    return import_page_list(request, house_side(request), query, view);
}

const struct problem *core_import_show_biz(struct request *request,
                                           const struct import_query *query,
                                           struct import_view *view)
{
    return import_page_show(request, house_side(request), query, view);
}

const struct problem *core_import_take_biz(struct request *request, const struct import_form *input,
                                           struct import_made *view)
{
    return import_page_take(request, house_side(request), input, view);
}

const struct problem *core_import_recast_biz(struct request *request,
                                             const struct import_letters *input,
                                             struct import_made *view)
{
    return import_page_recast(request, house_side(request), input, view);
}

const struct problem *core_import_check_biz(struct request *request,
                                            const struct import_fields *input,
                                            struct import_made *view)
{
    return import_page_check(request, house_side(request), input, view);
}

const struct problem *core_import_run_biz(struct request *request, const struct import_do *input,
                                          struct import_made *view)
{
    return import_page_run(request, house_side(request), input, view);
}

const struct problem *core_import_cancel_biz(struct request *request, const struct import_do *input,
                                             struct import_made *view)
{
    return import_page_cancel(request, house_side(request), input, view);
}

const struct problem *core_import_undo_biz(struct request *request, const struct import_do *input,
                                           struct import_made *view)
{
    return import_page_undo(request, house_side(request), input, view);
}
