/*
 * Handlers of a plan: what it would ask, what it asks, and the debtor's answer.
 *
 * Must not know: SQL, HTML. Read next: core/owed/obligation_lines.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/owed/obligation_lines.h"
#include "core/owed/obligation_page_queries.h"
#include "core/owed/obligation_parts.h"
#include "core/people/party.h"
#include "core/owed/obligation_rows.shapes.h"
#include "core/owed/obligation.shapes.h"
#include "web/words.h"

enum { DAYS_SHOWN = 24 };

/* ---- shown ---- */

/* What it would ask, before anybody agreed. */
static const struct problem *show_days(struct request *request, const struct plan_row *plan,
                                       struct plan_view *view)
{
    struct schedule schedule = plan_schedule(plan);
    struct plan_day *items = memory_take_array(request->memory, DAYS_SHOWN, sizeof *items);
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    for (int64_t i = 1; count < DAYS_SHOWN; i++, count++) {
        struct plan_day *day = &items[count];
        *day = (struct plan_day){.number = i};
        if (!schedule_amount(&schedule, i, &day->amount))
            break;
        int64_t due = schedule_due(&schedule, i);
        day->due = (struct maybe_instant){due > 0, due > 0 ? words_day_begins(due) : plan->at};
    }
    view->days = (struct plan_day_list){items, count};
    view->more_days = plan->parts == 0 || plan->parts > DAYS_SHOWN;
    return NULL;
}

static const struct problem *show_lines(struct request *request, const struct obligation_side *side,
                                        const struct plan_query *query, struct plan_view *view)
{
    struct obligation_listed_list rows;
    int64_t after = query->after.present ? query->after.value : 0;
    const struct problem *problem =
        obligations_of_plan(request->db, request->memory, query->plan, after, &rows);
    if (problem)
        return problem;
    if (rows.count > OBLIGATIONS_SHOWN) {
        rows.count = OBLIGATIONS_SHOWN;
        problem = maybe_text_format(request->memory, &view->later, "?after=%lld",
                                    (long long)rows.items[rows.count - 1].number);
    }
    return problem ? problem : obligation_lines(request, side, &rows, &view->lines);
}

static const struct problem *show(struct request *request, const struct obligation_side *side,
                                  const struct plan_query *query, struct plan_view *view)
{
    struct plan_row plan;
    const struct problem *problem = plan_find(request->db, request->memory, query->plan, &plan);
    if (problem)
        return problem;
    bool owing = plan.debtor.value == side->party.value;
    bool owed = plan.creditor.value == side->party.value;
    if (side->party.value && !owing && !owed)
        return &not_found;
    view->reader = owing ? READER_DEBTOR : owed ? READER_CREDITOR : READER_DESK;
    view->may_answer = plan.state == PLAN_PROPOSED && owing && side->may_pay;
    view->may_end = plan.state == PLAN_RUNNING && side->party.value == 0;
    view->late = plan_late_words(request, &plan);
    if (plan.parts > 0) {
        struct schedule schedule = plan_schedule(&plan);
        view->total.present = schedule_total(&schedule, plan.parts, &view->total.value);
    }
    problem = plan_line_of(request, &plan, &view->about);
    if (!problem && plan.state == PLAN_PROPOSED)
        problem = show_days(request, &plan, view);
    return problem ? problem : show_lines(request, side, query, view);
}

const struct problem *core_plan_me(struct request *request, const struct plan_query *query,
                                   struct plan_view *view)
{
    struct obligation_side side = {request->viewer.person, true, true};
    return show(request, &side, query, view);
}

const struct problem *core_plan_biz(struct request *request, const struct plan_query *query,
                                    struct plan_view *view)
{
    struct obligation_side side = {request->viewer.organisation,
                                   request->viewer.role >= MEMBER_BUYER,
                                   request->viewer.role >= MEMBER_OWNER};
    return show(request, &side, query, view);
}

const struct problem *core_plan_desk(struct request *request, const struct plan_query *query,
                                     struct plan_view *view)
{
    struct obligation_side side = {{0}, false, true};
    return show(request, &side, query, view);
}

/* ---- answered ---- */

static const struct problem *answer(struct request *request, struct party_id party,
                                    const struct plan_answer_form *form, const char *home)
{
    struct plan_row plan;
    struct move move = {
        .flow = &plan_flow,
        .subject = form->plan.value,
        .event = form->answer == PLAN_ANSWER_ACCEPT ? PLAN_ACCEPT : PLAN_DECLINE,
        .by = BY_BUYER,
    };
    const struct problem *problem = plan_find(request->db, request->memory, form->plan, &plan);
    if (!problem && plan.debtor.value != party.value)
        problem = &not_found;
    if (!problem)
        problem = request_move(request, &move);
    if (!problem)
        request_go_saying(request,
                          form->answer == PLAN_ANSWER_ACCEPT ? "plan.accepted" : "plan.declined",
                          "%s/plans/%s", home, id_text("pln", form->plan.value).text);
    return problem;
}

const struct problem *core_plan_answer_me(struct request *request,
                                          const struct plan_answer_form *form, struct nothing *view)
{
    (void)view;
    return answer(request, request->viewer.person, form, "/me");
}

const struct problem *core_plan_answer_biz(struct request *request,
                                           const struct plan_answer_form *form,
                                           struct nothing *view)
{
    (void)view;
    return answer(request, request->viewer.organisation, form, "/biz");
}

/* ---- the desk ---- */

const struct problem *core_desk_plans(struct request *request, const struct desk_plans_query *query,
                                      struct desk_plans_view *view)
{
    struct plan_listed_list rows;
    struct plan_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    int state = query->state.present ? words_value(&plan_state_words, query->state.value) : 0;
    view->state = state == 0 ? PLAN_RUNNING : (enum plan_state)state;
    const struct problem *problem =
        plans_in_state(request->db, request->memory, view->state, before, &rows);
    if (!problem)
        problem =
            list_cut(request->memory, &plan_listed_shape, &rows, OBLIGATIONS_SHOWN, &view->later,
                     "?state=%s&before=", words_name(&plan_state_words, (int)view->state));
    return problem ? problem : plan_lines(request, &rows, &view->plans);
}

static int64_t or_else(struct maybe_integer value, int64_t otherwise)
{
    return value.present ? value.value : otherwise;
}

static int64_t day_or_none(struct maybe_instant at)
{
    return at.present ? at.value.ms / DAY : 0;
}

static struct plan_row plan_from(const struct plan_form *form)
{
    struct plan_row plan = {
        .kind = text_of(plan_agreed.name),
        .title = form->title,
        .debtor = form->debtor,
        .creditor = form->creditor,
        .term = form->term,
        .sum = form->sum,
        .parts = or_else(form->parts, 0),
        .remainder = form->first_takes_rest ? REMAINDER_FIRST : REMAINDER_LAST,
        .unit = form->unit,
        .every = or_else(form->every, 1),
        .first = form->term == PLAN_MILESTONES ? 0 : day_or_none(form->first),
        .rate = form->term == PLAN_INTEREST ? or_else(form->rate, 0) : 0,
        .basis = form->thirty_360 ? BASIS_30_360 : BASIS_ACTUAL_365,
        .accrues = day_or_none(form->accrues),
        .grace = or_else(form->grace, 0),
        .fee_minor = form->fee.present ? form->fee.value.minor : 0,
        .patience = or_else(form->patience, 0),
        .automatic = form->automatic,
    };
    struct civil first = civil_of((struct instant){plan.first * DAY});
    plan.month_day = or_else(form->month_day, first.day);
    return plan;
}

/* One plan as a write, begun once. */
static const struct problem *write_plan(struct move *move)
{
    struct plan_row plan = *(const struct plan_row *)move->context;
    const struct problem *problem = plan_begin(move, &plan);
    move->subject = plan.id.value;
    return problem;
}

const struct problem *core_desk_plan_write(struct request *request, const struct plan_form *form,
                                           struct plan_made *view)
{
    struct plan_row plan = plan_from(form);
    struct party_row debtor;
    struct party_row creditor;
    struct move move = {.flow = &plan_flow,
                        .by = BY_OPERATOR,
                        .actor = request->viewer.person,
                        .at = request->now,
                        .context = &plan};
    if (party_find(request->db, request->memory, form->debtor, &debtor) == &not_found)
        return request_refuse(request, "debtor", "plan.no_party");
    if (party_find(request->db, request->memory, form->creditor, &creditor) == &not_found)
        return request_refuse(request, "creditor", "plan.no_party");
    if (plan_terms_check(&plan) ||
        (form->fee.present && !currency_equal(form->fee.value.currency, form->sum.currency)))
        return request_refuse(request, "first", "problem.plan.bad_terms.detail");
    struct once once = {request->viewer.person, request->once,
                        text_format(request->memory, "core.plan %lld %lld %lld %lld %d",
                                    (long long)plan.debtor.value, (long long)plan.creditor.value,
                                    (long long)plan.sum.minor, (long long)plan.first,
                                    (int)plan.term)};
    const struct problem *problem =
        flow_once(request->store, request->memory, &move, &once, write_plan);
    if (problem)
        return problem;
    view->plan.value = move.subject;
    request_go_saying(request, "plan.written", "/desk/plans/%s", id_text("pln", move.subject).text);
    return NULL;
}

const struct problem *core_desk_plan_end(struct request *request, const struct plan_end_form *form,
                                         struct nothing *view)
{
    struct move move = {.flow = &plan_flow,
                        .subject = form->plan.value,
                        .event = PLAN_END,
                        .by = BY_OPERATOR,
                        .note = text_trim(form->note)};
    (void)view;
    const struct problem *problem = request_move(request, &move);
    if (!problem)
        request_go_saying(request, "plan.ended", "/desk/plans/%s",
                          id_text("pln", form->plan.value).text);
    return problem == &plan_no_reason ? request_blame(request, "note", problem) : problem;
}
