/*
 * Handlers of the desk about payments that are announced and payouts that are asked for.
 *
 * Must not know: SQL, HTML, how money is posted. Read next: core/pay/out.c.
 */
#include <stdio.h>

#include "core/pay/page_lines.h"
#include "core/pay/page_queries.h"
#include "core/pay/parts.h"
#include "core/pay/pay.shapes.h"
#include "core/people/team.h"

const struct problem *pay_count_payments(struct request *request, int64_t *out)
{
    struct waiting_count count = {0};
    const struct problem *problem = payments_waiting(request->db, request->memory, &count);
    *out = count.number;
    return problem;
}

const struct problem *pay_count_payouts(struct request *request, int64_t *out)
{
    struct waiting_count count = {0};
    const struct problem *problem = payouts_waiting(request->db, request->memory, &count);
    *out = count.number;
    return problem;
}

/* ---- payments ---- */

const struct problem *core_desk_payments(struct request *request,
                                         const struct desk_payments_query *query,
                                         struct desk_payments_view *view)
{
    struct payment_listed_list rows;
    struct payment_id after = {query->after.present ? query->after.value.value : 0};
    const struct problem *problem =
        payments_in_state(request->db, request->memory, PAYMENT_ANNOUNCED, after, &rows);
    if (!problem)
        problem = list_cut(request->memory, &payment_listed_shape, &rows, PAY_SHOWN, &view->later,
                           "?after=");
    return problem ? problem : pay_payment_lines(request, &rows, &view->payments);
}

const struct problem *core_desk_payment_decide(struct request *request,
                                               const struct desk_payment_form *form,
                                               struct nothing *view)
{
    (void)view;
    struct move move = {.flow = &payment_flow,
                        .subject = form->payment.value,
                        .event = (int)form->event,
                        .by = BY_OPERATOR};
    const struct problem *problem = request_move(request, &move);
    if (!problem)
        request_go_saying(request,
                          form->event == PAYMENT_RECEIVE ? "pay.received" : "pay.cancelled",
                          "/desk/payments");
    return problem;
}

/* ---- payouts ---- */

static enum payout_state asked_state(const struct desk_payouts_query *query)
{
    int state = query->state.present ? words_value(&payout_state_words, query->state.value) : 0;
    return state == 0 ? PAYOUT_ASKED : (enum payout_state)state;
}

const struct problem *core_desk_payouts(struct request *request,
                                        const struct desk_payouts_query *query,
                                        struct desk_payouts_view *view)
{
    struct desk_payout_row_list rows;
    bool second = false;
    struct payout_id after = {query->after.present ? query->after.value.value : 0};
    struct party_id reader = request->viewer.person;
    view->state = asked_state(query);
    const struct problem *problem =
        payouts_in_state(request->db, request->memory, view->state, after, &rows);
    if (!problem)
        problem = list_cut(request->memory, &desk_payout_row_shape, &rows, PAY_SHOWN, &view->later,
                           "?state=%s&after=", words_name(&payout_state_words, (int)view->state));
    if (!problem)
        problem = team_has_second(request->db, request->memory, reader, &second);
    if (problem)
        return problem;
    struct desk_payout_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct desk_payout_row *row = &rows.items[i];
        items[i] = (struct desk_payout_line){.payout = row->id,
                                             .name = row->name,
                                             .amount = row->amount,
                                             .holder = row->holder,
                                             .iban = row->iban,
                                             .another = second && view->state == PAYOUT_APPROVED &&
                                                        row->approver.value == reader.value,
                                             .at = row->at,
                                             .moved = row->moved};
    }
    view->payouts = (struct desk_payout_line_list){items, rows.count};
    return NULL;
}

const struct problem *core_desk_payout_decide(struct request *request,
                                              const struct desk_payout_form *form,
                                              struct nothing *view)
{
    static const struct {
        enum payout_event event;
        const char *notice, *back;
    } ends[] = {
        {PAYOUT_APPROVE, "pay.approved", "asked"},
        {PAYOUT_CONFIRM, "pay.confirmed", "sent"},
        {PAYOUT_REJECT, "pay.rejected", "asked"},
    };
    struct move move = {.flow = &payout_flow,
                        .subject = form->payout.value,
                        .event = (int)form->event,
                        .by = BY_OPERATOR,
                        .note = form->note.value};
    (void)view;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (ends[i].event != form->event)
            continue;
        const struct problem *problem = request_move(request, &move);
        if (!problem)
            request_go_saying(request, ends[i].notice, "/desk/payouts?state=%s", ends[i].back);
        return problem;
    }
    /* Only the file itself marks what it carries. */
    return &flow_no_such_move;
}

const struct problem *core_desk_payment_file(struct request *request, const struct nothing *form,
                                             struct nothing *view)
{
    struct text xml;
    struct text complaint;
    (void)form;
    (void)view;
    const struct problem *problem = payouts_export(
        request->store, request->memory, request->viewer.person, request->now, &xml, &complaint);
    if (problem == &not_found && !request->json) {
        request_go_saying(request, "pay.nothing_to_send", "/desk/payouts?state=approved");
        return NULL;
    }
    if (problem)
        return problem;
    struct civil day = civil_of(request->now);
    struct text name = text_format(request->memory, "pain001-%04d-%02d-%02d-%02d%02d%02d.xml",
                                   day.year, day.month, day.day, day.hour, day.minute, day.second);
    if (!name.data)
        return &out_of_memory;
    request_send_bytes(request, xml, "application/xml", name);
    return NULL;
}
