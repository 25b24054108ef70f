/*
 * Handlers of the pages about keys: the same for a person and for the business they act for.
 *
 * Must not know: SQL, HTML, how keys are written. Read next: core/keys/key.c.
 */
#include "core/keys/pages.h"

#include "core/keys/origin.h"
#include "core/keys/pages.shapes.h"
#include "core/keys/key.shapes.h"
#include "core/keys/queries.h"
#include "web/access.h"

enum { KEYS_SHOWN = 50, SCOPES_BYTES = 4000 };

/* Whose keys a page is about. */
struct side {
    bool business;
    struct party_id owner;
    const char *path; /* of its page */
};

static struct side my_side(const struct request *request)
{
    return (struct side){false, request->viewer.person, "/me/keys"};
}

static struct side house_side(const struct request *request)
{
    return (struct side){true, request->viewer.organisation, "/biz/keys"};
}

static const struct problem *show(struct request *request, struct side side,
                                  const struct keys_query *query, struct keys_view *view)
{
    int64_t before = query->before.present ? query->before.value.value : INT64_MAX;
    view->days = KEY_DAYS;
    const struct problem *problem = keys_of(request->db, request->memory, side.owner, request->now,
                                            before, KEYS_SHOWN + 1, &view->keys);
    if (!problem)
        problem = list_cut(request->memory, &key_line_shape, &view->keys, KEYS_SHOWN, &view->later,
                           "?before=");
    if (!problem)
        problem = key_choices(request, side.business, &view->choices);
    return problem ? problem : origins_of(request->db, request->memory, side.owner, &view->origins);
}

/* ---- making one ------------------------------------------------------------------------------- */

static bool is_offered(const struct scope_choice_list *choices, struct text scope)
{
    for (size_t i = 0; i < choices->count; i++) {
        const struct scope_choice *choice = &choices->items[i];
        if ((choice->reads.present && text_equal(choice->reads.value, scope)) ||
            (choice->writes.present && text_equal(choice->writes.value, scope)))
            return true;
    }
    return false;
}

/* Each once, with blanks between; refuses what nobody offered. */
static const struct problem *join(struct request *request, struct side side,
                                  const struct text_list *asked, struct text *out)
{
    struct scope_choice_list choices;
    struct builder b = builder_make(request->memory, SCOPES_BYTES);
    const struct problem *problem = key_choices(request, side.business, &choices);
    for (size_t i = 0; !problem && i < asked->count; i++) {
        bool before = false;
        for (size_t j = 0; j < i; j++)
            before = before || text_equal(asked->items[i], asked->items[j]);
        if (!is_offered(&choices, asked->items[i]))
            return request_refuse(request, "scopes", "keys.no_such_scope");
        if (!before)
            builder_add_format(&b, "%s%.*s", b.size ? " " : "", TEXT_ARGS(asked->items[i]));
    }
    return problem ? problem : builder_end(&b, out);
}

static const struct problem *make(struct request *request, struct side side,
                                  const struct key_form *form, struct key_made_view *view)
{
    int64_t days = form->days.present ? form->days.value : KEY_DAYS;
    struct key_order order = {.owner = side.owner,
                              .maker = request->viewer.person,
                              .name = form->name,
                              .once = request->once,
                              .at = request->now,
                              .until = instant_add(request->now, days * DAY)};
    const struct problem *problem = join(request, side, &form->scopes, &order.scopes);
    if (problem)
        return problem;
    problem = key_make(request->store, request->memory, &order, &view->id, &view->key);
    if (problem)
        return request_blame(request, "name", problem);
    view->name = form->name;
    view->until = order.until;
    view->back = text_of(side.path);
    return NULL;
}

static const struct problem *end(struct request *request, struct side side,
                                 const struct key_end_form *form)
{
    const struct problem *problem = key_end(request->store, request->memory, side.owner, form->id,
                                            request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "keys.revoked", "%s", side.path);
    return problem;
}

/* ---- websites --------------------------------------------------------------------------------- */

static const struct problem *add_origin(struct request *request, struct side side,
                                        const struct origin_form *form)
{
    if (!origin_is_formed(form->origin))
        return request_refuse(request, "origin", "keys.no_origin");
    const struct problem *problem =
        origin_register(request->store, request->memory, side.owner, form->origin,
                        request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "keys.origin_added", "%s", side.path);
    return problem;
}

static const struct problem *remove_origin(struct request *request, struct side side,
                                           const struct origin_form *form)
{
    const struct problem *problem =
        origin_remove(request->store, request->memory, side.owner, form->origin,
                      request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "keys.origin_removed", "%s", side.path);
    return problem;
}

/* ---- of a person ------------------------------------------------------------------------------ */

const struct problem *core_keys_me(struct request *request, const struct keys_query *query,
                                   struct keys_view *view)
{
    return show(request, my_side(request), query, view);
}

const struct problem *core_key_make_me(struct request *request, const struct key_form *form,
                                       struct key_made_view *view)
{
    return make(request, my_side(request), form, view);
}

const struct problem *core_key_end_me(struct request *request, const struct key_end_form *form,
                                      struct nothing *view)
{
    (void)view;
    return end(request, my_side(request), form);
}

const struct problem *core_origin_add_me(struct request *request, const struct origin_form *form,
                                         struct nothing *view)
{
    (void)view;
    return add_origin(request, my_side(request), form);
}

const struct problem *core_origin_remove_me(struct request *request, const struct origin_form *form,
                                            struct nothing *view)
{
    (void)view;
    return remove_origin(request, my_side(request), form);
}

/* ---- of a business ---------------------------------------------------------------------------- */

const struct problem *core_keys_biz(struct request *request, const struct keys_query *query,
                                    struct keys_view *view)
{
    return show(request, house_side(request), query, view);
}

const struct problem *core_key_make_biz(struct request *request, const struct key_form *form,
                                        struct key_made_view *view)
{
    return make(request, house_side(request), form, view);
}

const struct problem *core_key_end_biz(struct request *request, const struct key_end_form *form,
                                       struct nothing *view)
{
    (void)view;
    return end(request, house_side(request), form);
}

const struct problem *core_origin_add_biz(struct request *request, const struct origin_form *form,
                                          struct nothing *view)
{
    (void)view;
    return add_origin(request, house_side(request), form);
}

const struct problem *core_origin_remove_biz(struct request *request,
                                             const struct origin_form *form, struct nothing *view)
{
    (void)view;
    return remove_origin(request, house_side(request), form);
}
