/*
 * Keeps reasons and ends them; nothing of them is ever taken out, so that it can be shown later why something
 * was done. Must not know: who writes mails. Read next: core/shop/consent.h.
 */
#include "core/shop/consent.h"

#include "base/ids.h"
#include "core/event.h"
#include "core/shop/consent_queries.h"
#include "core/shop/rows.h"

const struct problem consent_known = {"consent.known", 409, FAULT_CLIENT, false};

const struct problem *consent_held(struct database *db, struct memory *memory,
                                   struct customer_id customer, enum consent_what what, bool *held)
{
    struct consent_row row;
    const struct problem *problem = consent_holding(db, memory, customer, what, &row);
    *held = !problem;
    return problem == &not_found ? NULL : problem;
}

const struct problem *core_consents_show(struct request *request,
                                         const struct consents_query *query,
                                         struct consents_view *view)
{
    struct consent_row_list rows;
    struct customer_row customer;
    struct party_id business = request->viewer.organisation;
    const struct problem *problem =
        customer_of(request->db, request->memory, query->customer, business, &customer);
    if (!problem)
        problem = consents_of(request->db, request->memory, query->customer, business, &rows);
    if (problem)
        return problem;
    struct consent_shown *shown = memory_take_array(request->memory, rows.count, sizeof *shown);
    if (!shown)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct consent_row *row = &rows.items[i];
        shown[i] = (struct consent_shown){row->id,    row->what,
                                          row->basis, row->source,
                                          row->at,    {row->withdrawn.ms != 0, row->withdrawn}};
    }
    view->consents = (struct consent_shown_list){shown, rows.count};
    return NULL;
}

const struct problem *consent_keep(struct database *db, struct memory *memory,
                                   const struct consent_row *row, struct party_id person)
{
    bool held;
    const struct problem *problem = consent_held(db, memory, row->customer, row->what, &held);
    if (problem || held)
        return problem;
    problem = consent_insert(db, memory, row);
    return problem ? problem
                   : event_emit(db, memory, "core.consent.given", row->id.value, person,
                                row->source, clock_now());
}

const struct problem *consent_drop(struct database *db, struct memory *memory,
                                   struct customer_id customer, enum consent_what what,
                                   struct party_id person, struct instant at)
{
    struct consent_row row;
    const struct problem *problem = consent_holding(db, memory, customer, what, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = consent_end(db, memory, row.id, row.business, at, &row);
    return problem ? problem
                   : event_emit(db, memory, "core.consent.withdrawn", row.id.value, person,
                                text_of(""), at);
}

/* A reason as a write. */
struct giving {
    struct consent_row row;
    struct party_id person; /* who says so */
};

static const struct problem *give(struct database *db, struct memory *memory, void *context)
{
    struct giving *giving = context;
    struct consent_row *row = &giving->row;
    struct customer_row customer;
    bool held = false;
    const struct problem *problem =
        customer_of(db, memory, row->customer, row->business, &customer);
    if (!problem)
        problem = consent_held(db, memory, row->customer, row->what, &held);
    if (!problem && held)
        problem = &consent_known;
    return problem ? problem : consent_keep(db, memory, row, giving->person);
}

const struct problem *core_consent_give(struct request *request, const struct consent_form *input,
                                        struct consent_made *view)
{
    struct giving giving = {{.id = {id_new()},
                             .business = request->viewer.organisation,
                             .customer = input->customer,
                             .what = input->what,
                             .basis = input->basis,
                             .source = input->source,
                             .at = input->at.present ? input->at.value : request->now},
                            request->viewer.person};
    view->consent = giving.row.id;
    const struct problem *problem = store_write(request->store, request->memory, give, &giving);
    if (problem)
        return request_blame(request, "what", problem);
    request_go_saying(request, "consent.given", "/biz/customers/%s",
                      id_text("cus", input->customer.value).text);
    return NULL;
}

static const struct problem *withdraw(struct database *db, struct memory *memory, void *context)
{
    struct giving *giving = context;
    struct consent_row row;
    const struct problem *problem =
        consent_end(db, memory, giving->row.id, giving->row.business, giving->row.withdrawn, &row);
    /* Pressed twice it is over already. */
    bool over = problem == &not_found;
    if (over)
        problem = consent_of(db, memory, giving->row.id, giving->row.business, &row);
    giving->row.customer = row.customer;
    return problem || over ? problem
                           : event_emit(db, memory, "core.consent.withdrawn", row.id.value,
                                        giving->person, text_of(""), giving->row.withdrawn);
}

const struct problem *core_consent_withdraw(struct request *request, const struct consent_do *input,
                                            struct consent_made *view)
{
    struct giving giving = {
        {.id = input->consent, .business = request->viewer.organisation, .withdrawn = request->now},
        request->viewer.person};
    view->consent = input->consent;
    const struct problem *problem = store_write(request->store, request->memory, withdraw, &giving);
    if (!problem)
        request_go_saying(request, "consent.withdrawn", "/biz/customers/%s",
                          id_text("cus", giving.row.customer.value).text);
    return problem;
}
