/*
 * Handlers of the pages about the operators and what they did.
 *
 * Must not know: SQL, HTML. Read next: core/people/team.c.
 */
#include "core/desk/team_pages.h"

#include "base/ids.h"
#include "core/people/team.h"
#include "core/desk/team_pages.shapes.h"
#include "core/people/team_queries.h"
#include "core/people/team_rows.h"

enum { SHOWN = 50 };

/* ---- who sees to what ---- */

static bool sees_to(int64_t desk, enum desk_part part)
{
    return (desk & DESK_BIT(part)) != 0;
}

const struct problem *core_team_page(struct request *request, const struct nothing *query,
                                     struct team_view *view)
{
    struct operator_row_list rows;
    (void)query;
    const struct problem *problem = team_list(request->db, request->memory, &rows);
    if (problem)
        return problem;
    struct team_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct operator_row *row = &rows.items[i];
        items[i] = (struct team_line){.person = row->person,
                                      .name = row->name,
                                      .mail = row->mail,
                                      .own = row->person.value == request->viewer.person.value,
                                      .moderation = sees_to(row->desk, DESK_MODERATION),
                                      .support = sees_to(row->desk, DESK_SUPPORT),
                                      .finance = sees_to(row->desk, DESK_FINANCE),
                                      .admin = sees_to(row->desk, DESK_ADMIN),
                                      .factor = row->factor};
        problem = team_version(request->memory, row->desk, &items[i].version);
        if (problem)
            return problem;
    }
    view->operators = (struct team_line_list){items, rows.count};
    bool second = false;
    problem = team_has_second(request->db, request->memory, request->viewer.person, &second);
    view->alone = !second;
    return problem;
}

/* What a form's ticks add up to. */
static int64_t ticked(struct maybe_flag moderation, struct maybe_flag support,
                      struct maybe_flag finance, struct maybe_flag admin)
{
    return (moderation.value ? DESK_BIT(DESK_MODERATION) : 0) +
           (support.value ? DESK_BIT(DESK_SUPPORT) : 0) +
           (finance.value ? DESK_BIT(DESK_FINANCE) : 0) + (admin.value ? DESK_BIT(DESK_ADMIN) : 0);
}

const struct problem *core_team_add(struct request *request, const struct team_add_form *form,
                                    struct nothing *view)
{
    struct party_row person;
    int64_t desk = ticked(form->moderation, form->support, form->finance, form->admin);
    (void)view;
    if (desk == 0)
        return request_refuse(request, "moderation", "core.team.choose");
    const struct problem *problem =
        party_by_mail(request->db, request->memory, form->mail, &person);
    if (problem == &not_found)
        return request_refuse(request, "mail", "core.team.nobody");
    if (!problem)
        problem = team_set(request->store, request->memory, person.id, desk, request->viewer.person,
                           request->now);
    if (!problem)
        request_go_saying(request, "core.team_set", "/desk/team");
    return problem;
}

const struct problem *core_team_set(struct request *request, const struct team_form *form,
                                    struct nothing *view)
{
    int64_t desk = ticked(form->moderation, form->support, form->finance, form->admin);
    bool own = form->person.value == request->viewer.person.value;
    (void)view;
    const struct problem *problem =
        team_change(request->store, request->memory, form->person, desk, form->version,
                    request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "core.team_set", "%s",
                          own && !sees_to(desk, DESK_ADMIN) ? (desk ? "/desk" : "/me")
                                                            : "/desk/team");
    return problem;
}

/* ---- what they did ---- */

const struct problem *core_acts_page(struct request *request, const struct acts_query *query,
                                     struct acts_view *view)
{
    struct act_row_list rows;
    struct act_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        query->actor.present
            ? acts_of(request->db, request->memory, query->actor.value, before, &rows)
            : acts_before(request->db, request->memory, before, &rows);
    if (!problem && query->actor.present)
        problem = list_cut(request->memory, &act_row_shape, &rows, SHOWN, &view->later,
                           "?actor=%s&before=", id_text("pty", query->actor.value.value).text);
    else if (!problem)
        problem = list_cut(request->memory, &act_row_shape, &rows, SHOWN, &view->later, "?before=");
    if (problem)
        return problem;
    struct act_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct act_row *row = &rows.items[i];
        items[i] = (struct act_line){.act = row->id,
                                     .actor = row->actor,
                                     .actor_name = row->actor_name,
                                     .name = row->name,
                                     .was = row->was,
                                     .became = row->became,
                                     .note = row->note,
                                     .at = row->at};
        items[i].subject = text_copy(request->memory, text_of(id_text("", row->subject).text + 1));
        if (!items[i].subject.data)
            return &out_of_memory;
    }
    view->acts = (struct act_line_list){items, rows.count};
    return NULL;
}
