/*
 * Handlers of the calendar and of a plan, for people and businesses.
 *
 * Must not know: SQL, HTML, how money is posted. Read next: core/owed/obligation_lines.c.
 */
#include "core/owed/obligation_pages.h"

#include "base/ids.h"
#include "core/owed/obligation_lines.h"
#include "core/owed/obligation_page_queries.h"
#include "core/owed/obligation_parts.h"
#include "web/words.h"
#include "core/owed/obligation_rows.shapes.h"

/* ---- who reads ---- */

static struct obligation_side person_side(const struct request *request)
{
    return (struct obligation_side){request->viewer.person, true, true};
}

static struct obligation_side business_side(const struct request *request)
{
    return (struct obligation_side){request->viewer.organisation,
                                    request->viewer.role >= MEMBER_BUYER,
                                    request->viewer.role >= MEMBER_OWNER};
}

/* ---- the calendar ---- */

static const struct problem *find_lines(struct request *request, struct party_id party,
                                        const struct calendar_query *query,
                                        struct obligation_listed_list *out)
{
    struct obligation_listed after = {.due = -1, .closed = {INT64_MAX}, .id = {0}};
    const struct problem *problem = NULL;
    if (query->after.present)
        problem = obligation_shown(request->db, request->memory, query->after.value, &after);
    bool own = after.debtor.value == party.value || after.creditor.value == party.value;
    if (!problem && query->after.present && !own)
        problem = &not_found;
    if (problem)
        return problem;
    int64_t most = OBLIGATIONS_SHOWN + 1;
    if (!query->settled)
        return obligations_open(request->db, request->memory, party, after.due, after.id, most,
                                out);
    return obligations_settled(request->db, request->memory, party, after.closed, after.id, most,
                               out);
}

static const struct problem *show(struct request *request, const struct obligation_side *side,
                                  const struct calendar_query *query, struct calendar_view *view)
{
    struct obligation_listed_list rows;
    struct plan_listed_list proposed = {NULL, 0};
    view->settled = query->settled;
    const struct problem *problem = find_lines(request, side->party, query, &rows);
    if (!problem)
        problem = list_cut(request->memory, &obligation_listed_shape, &rows, OBLIGATIONS_SHOWN,
                           &view->later, "?settled=%s&after=", query->settled ? "on" : "");
    if (!problem && !query->settled && !query->after.present)
        problem = plans_proposed_to(request->db, request->memory, side->party, &proposed);
    if (!problem)
        problem = plan_lines(request, &proposed, &view->proposed);
    view->may_link = side->may_forgive;
    if (!problem && view->may_link)
        problem = calendar_link(request, side->party, &view->link);
    return problem ? problem : obligation_lines(request, side, &rows, &view->lines);
}

const struct problem *core_calendar_me(struct request *request, const struct calendar_query *query,
                                       struct calendar_view *view)
{
    struct obligation_side side = person_side(request);
    return show(request, &side, query, view);
}

const struct problem *core_calendar_biz(struct request *request, const struct calendar_query *query,
                                        struct calendar_view *view)
{
    struct obligation_side side = business_side(request);
    return show(request, &side, query, view);
}

/* ---- what is done about an obligation ---- */

static const struct problem *pay(struct request *request, struct party_id debtor,
                                 const struct obligation_pay_form *form, const char *home)
{
    struct obligation_payment payment = {
        .obligation = form->obligation,
        .debtor = debtor,
        .person = request->viewer.person,
        .amount = form->amount,
        .once = request->once,
        .at = request->now,
    };
    const struct problem *problem = obligation_pay(request->store, request->memory, &payment);
    if (problem)
        return request_blame(request, "amount", problem);
    request_go_saying(request, "obligation.paid", "%s", home);
    return NULL;
}

const struct problem *core_obligation_pay_me(struct request *request,
                                             const struct obligation_pay_form *form,
                                             struct nothing *view)
{
    (void)view;
    return pay(request, request->viewer.person, form, "/me/calendar");
}

const struct problem *core_obligation_pay_biz(struct request *request,
                                              const struct obligation_pay_form *form,
                                              struct nothing *view)
{
    (void)view;
    return pay(request, request->viewer.organisation, form, "/biz/calendar");
}

/* Moves an obligation after looking whose it is: `by` says on which side `party` must be. */
static const struct problem *move_own(struct request *request, struct obligation_id id,
                                      struct party_id party, enum by by,
                                      enum obligation_event event, struct text note)
{
    struct obligation_row row;
    struct move move = {
        .flow = &obligation_flow, .subject = id.value, .event = (int)event, .by = by, .note = note};
    const struct problem *problem = obligation_find(request->db, request->memory, id, &row);
    if (problem)
        return problem;
    bool own = by == BY_OPERATOR || (by == BY_SUPPLIER && row.creditor.value == party.value) ||
               (by == BY_BUYER && row.debtor.value == party.value);
    return own ? request_move(request, &move) : &not_found;
}

static const struct problem *forgive(struct request *request, struct party_id party, enum by by,
                                     const struct obligation_forgive_form *form, const char *home)
{
    const struct problem *problem =
        move_own(request, form->obligation, party, by, OBLIGATION_FORGIVE, text_trim(form->note));
    if (!problem)
        request_go_saying(request, "obligation.forgiven", "%s", home);
    return problem == &plan_no_reason ? request_blame(request, "note", problem) : problem;
}

const struct problem *core_obligation_forgive_me(struct request *request,
                                                 const struct obligation_forgive_form *form,
                                                 struct nothing *view)
{
    (void)view;
    return forgive(request, request->viewer.person, BY_SUPPLIER, form, "/me/calendar");
}

const struct problem *core_obligation_forgive_biz(struct request *request,
                                                  const struct obligation_forgive_form *form,
                                                  struct nothing *view)
{
    (void)view;
    return forgive(request, request->viewer.organisation, BY_SUPPLIER, form, "/biz/calendar");
}

const struct problem *core_obligation_forgive_desk(struct request *request,
                                                   const struct obligation_forgive_form *form,
                                                   struct nothing *view)
{
    (void)view;
    return forgive(request, (struct party_id){0}, BY_OPERATOR, form, "/desk/plans");
}

static const struct problem *reach(struct request *request, struct party_id party,
                                   struct obligation_id id, const char *home)
{
    const struct problem *problem =
        move_own(request, id, party, BY_BUYER, OBLIGATION_REACH, (struct text){"", 0});
    if (!problem)
        request_go_saying(request, "obligation.reached", "%s", home);
    return problem;
}

const struct problem *core_obligation_reach_me(struct request *request,
                                               const struct obligation_query *form,
                                               struct nothing *view)
{
    (void)view;
    return reach(request, request->viewer.person, form->obligation, "/me/calendar");
}

const struct problem *core_obligation_reach_biz(struct request *request,
                                                const struct obligation_query *form,
                                                struct nothing *view)
{
    (void)view;
    return reach(request, request->viewer.organisation, form->obligation, "/biz/calendar");
}
