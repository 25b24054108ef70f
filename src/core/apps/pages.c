/*
 * Handlers of the pages about apps.
 *
 * Must not know: SQL, HTML, how secrets are written. Read next: core/apps/app.c.
 */
#include "core/apps/pages.h"

#include "base/ids.h"
#include "core/apps/grant.shapes.h"
#include "core/apps/pages.shapes.h"
#include "core/apps/queries.h"
#include "core/apps/redirect.h"
#include "core/apps/rows.h"

enum { SHOWN = 50, SCOPES_BYTES = 4000, REDIRECTS_BYTES = 4000 };

/* ---- what is shown ---------------------------------------------------------------------------- */

static const struct problem *split(struct memory *memory, struct text scopes, struct text_list *out)
{
    size_t count = 0;
    struct text one;
    struct text *items = memory_take_array(memory, scopes.size / 2 + 1, sizeof *items);
    if (!items)
        return &out_of_memory;
    while (text_split(&scopes, ' ', &one))
        items[count++] = one;
    *out = (struct text_list){items, count};
    return NULL;
}

static const struct problem *describe(struct memory *memory, const struct app_row *row,
                                      struct app_line *line)
{
    *line = (struct app_line){.app = row->id,
                              .name = row->name,
                              .website = row->website,
                              .redirects = row->redirects,
                              .confidential = row->confidential,
                              .tail = row->tail,
                              .made = row->made};
    return split(memory, row->scopes, &line->scopes);
}

static bool holds(const struct text_list *scopes, struct maybe_text scope)
{
    for (size_t i = 0; scope.present && i < scopes->count; i++) {
        if (text_equal(scopes->items[i], scope.value))
            return true;
    }
    return false;
}

/* What apps can ask for, with what this one may. */
static const struct problem *offer(const struct request *request, const struct text_list *now,
                                   struct app_choice_list *out)
{
    struct scope_choice_list all;
    const struct problem *problem = scope_choices(request, &all);
    struct app_choice *items =
        problem ? NULL : memory_take_array(request->memory, all.count + 1, sizeof *items);
    if (!items)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < all.count; i++) {
        const struct scope_choice *one = &all.items[i];
        items[i] = (struct app_choice){one->label, one->reads, one->writes, holds(now, one->reads),
                                       holds(now, one->writes)};
    }
    *out = (struct app_choice_list){items, all.count};
    return NULL;
}

const struct problem *core_apps(struct request *request, const struct apps_query *query,
                                struct apps_view *view)
{
    struct memory *memory = request->memory;
    struct party_id owner = request->viewer.organisation;
    int64_t before = query->before.present ? query->before.value.value : INT64_MAX;
    struct app_row_list rows;
    const struct problem *problem = apps_of(request->db, memory, owner, &rows);
    struct app_line *lines =
        problem ? NULL : memory_take_array(memory, rows.count + 1, sizeof *lines);
    if (!problem && !lines)
        problem = &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = describe(memory, &rows.items[i], &lines[i]);
    if (problem)
        return problem;
    view->apps = (struct app_line_list){lines, rows.count};
    problem = offer(request, &(struct text_list){NULL, 0}, &view->choices);
    if (!problem)
        problem = app_grants_of_business(request->db, memory, owner, request->now, before,
                                         SHOWN + 1, &view->access);
    return problem ? problem
                   : list_cut(memory, &app_access_shape, &view->access, SHOWN, &view->later,
                              "?before=");
}

const struct problem *core_app(struct request *request, const struct app_query *query,
                               struct app_view *view)
{
    struct app_row row;
    const struct problem *problem =
        app_of(request->db, request->memory, request->viewer.organisation, query->app, &row);
    if (!problem)
        problem = describe(request->memory, &row, &view->app);
    if (!problem)
        problem = app_version(request->memory, &row, &view->version);
    return problem ? problem : offer(request, &view->app.scopes, &view->choices);
}

/* ---- what comes in ---------------------------------------------------------------------------- */

static bool is_offered(const struct scope_choice_list *choices, struct text scope)
{
    const struct text_list one = {&scope, 1};
    for (size_t i = 0; i < choices->count; i++) {
        if (holds(&one, choices->items[i].reads) || holds(&one, choices->items[i].writes))
            return true;
    }
    return false;
}

/* Each once, with blanks between; refuses what nobody offered. */
static const struct problem *join(struct request *request, const struct text_list *asked,
                                  struct text *out)
{
    struct scope_choice_list choices;
    struct builder b = builder_make(request->memory, SCOPES_BYTES);
    const struct problem *problem = scope_choices(request, &choices);
    for (size_t i = 0; !problem && i < asked->count; i++) {
        bool before = false;
        for (size_t j = 0; j < i; j++)
            before = before || text_equal(asked->items[i], asked->items[j]);
        if (!is_offered(&choices, asked->items[i]))
            return request_refuse(request, "scopes", "apps.no_such_scope");
        if (!before)
            builder_add_format(&b, "%s%.*s", b.size ? " " : "", TEXT_ARGS(asked->items[i]));
    }
    return problem ? problem : builder_end(&b, out);
}

/* One a line, without what stands around them. */
static const struct problem *take_redirects(struct request *request, struct text typed,
                                            struct text *out)
{
    struct builder b = builder_make(request->memory, REDIRECTS_BYTES);
    struct text line;
    size_t count = 0;
    while (text_split(&typed, '\n', &line)) {
        struct text one = text_trim(line);
        if (one.size == 0)
            continue;
        if (!redirect_is_formed(one))
            return request_refuse(request, "redirects", "apps.no_redirect");
        if (++count > REDIRECTS_MAX)
            return request_refuse(request, "redirects", "apps.many_redirects");
        builder_add_format(&b, "%s%.*s", b.size ? "\n" : "", TEXT_ARGS(one));
    }
    return count ? builder_end(&b, out) : request_refuse(request, "redirects", "apps.no_redirect");
}

static const struct problem *take_website(struct request *request, struct text website)
{
    return text_starts(website, "https://") ? NULL
                                            : request_refuse(request, "website", "apps.no_website");
}

/* ---- changes ---------------------------------------------------------------------------------- */

const struct problem *core_app_register(struct request *request, const struct app_form *form,
                                        struct app_made_view *view)
{
    struct app_order order = {.owner = request->viewer.organisation,
                              .maker = request->viewer.person,
                              .name = form->name,
                              .website = form->website,
                              .confidential = form->confidential,
                              .once = request->once,
                              .at = request->now};
    const struct problem *problem = take_website(request, form->website);
    if (!problem)
        problem = take_redirects(request, form->redirects, &order.redirects);
    if (!problem)
        problem = join(request, &form->scopes, &order.scopes);
    if (problem)
        return problem;
    problem = app_register(request->store, request->memory, &order, &view->secret.value);
    if (problem)
        return request_blame(request, "name", problem);
    view->secret.present = form->confidential;
    view->app = order.id;
    view->name = form->name;
    view->back = text_of("/biz/apps");
    return NULL;
}

const struct problem *core_app_change(struct request *request, const struct app_change_form *form,
                                      struct nothing *view)
{
    struct app_order order = {.id = form->app,
                              .owner = request->viewer.organisation,
                              .maker = request->viewer.person,
                              .name = form->name,
                              .website = form->website,
                              .seen = form->version,
                              .at = request->now};
    (void)view;
    const struct problem *problem = take_website(request, form->website);
    if (!problem)
        problem = take_redirects(request, form->redirects, &order.redirects);
    if (!problem)
        problem = join(request, &form->scopes, &order.scopes);
    if (!problem)
        problem = app_change(request->store, request->memory, &order);
    if (!problem)
        request_go_saying(request, "apps.changed", "/biz/apps/%s",
                          id_text("app", form->app.value).text);
    return problem;
}

const struct problem *core_app_renew(struct request *request, const struct app_id_form *form,
                                     struct app_made_view *view)
{
    struct app_row row;
    struct party_id owner = request->viewer.organisation;
    const struct problem *problem = app_of(request->db, request->memory, owner, form->app, &row);
    if (!problem)
        problem = app_renew(request->store, request->memory, owner, form->app,
                            request->viewer.person, request->now, &view->secret.value);
    if (problem)
        return problem;
    view->secret.present = true;
    view->app = form->app;
    view->name = row.name;
    view->back = text_format(request->memory, "/biz/apps/%s", id_text("app", form->app.value).text);
    return view->back.data ? NULL : &out_of_memory;
}

const struct problem *core_app_remove(struct request *request, const struct app_id_form *form,
                                      struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        app_remove(request->store, request->memory, request->viewer.organisation, form->app,
                   request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "apps.removed", "/biz/apps");
    return problem;
}

/* ---- access ----------------------------------------------------------------------------------- */

const struct problem *core_access(struct request *request, const struct apps_query *query,
                                  struct access_view *view)
{
    int64_t before = query->before.present ? query->before.value.value : INT64_MAX;
    const struct problem *problem =
        app_grants_of_person(request->db, request->memory, request->viewer.person, request->now,
                             before, SHOWN + 1, &view->access);
    return problem ? problem
                   : list_cut(request->memory, &app_access_shape, &view->access, SHOWN,
                              &view->later, "?before=");
}

const struct problem *core_access_end_me(struct request *request,
                                         const struct access_end_form *form, struct nothing *view)
{
    (void)view;
    const struct problem *problem = app_grant_end_of_person(
        request->store, request->memory, request->viewer.person, form->grant, request->now);
    if (!problem)
        request_go_saying(request, "apps.access_ended", "/me/apps");
    return problem;
}

const struct problem *core_access_end_biz(struct request *request,
                                          const struct access_end_form *form, struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        app_grant_end_of_business(request->store, request->memory, request->viewer.organisation,
                                  form->grant, request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "apps.access_ended", "/biz/apps");
    return problem;
}
