/*
 * A partner's leads, and how a program takes them.
 *
 * Must not know: how they are found again. Read next: lead.c.
 */
#include "modules/referrals/leads/pages.h"

#include "base/ids.h"
#include "modules/referrals/leads/pages.shapes.h"
#include "modules/referrals/leads/queries.h"
#include "modules/referrals/leads/rows.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

enum { PAGE = 20 };

/* ---- a partner's ------------------------------------------------------------------------------ */

static enum lead_state state_of(const struct lead_row *lead, struct instant now)
{
    if (lead->customer.value > 0)
        return lead->known ? LEAD_KNOWN : LEAD_ORDERED;
    return lead->until.ms > now.ms ? LEAD_OPEN : LEAD_OVER;
}

static const struct problem *read_leads(struct request *request, const struct leads_query *input,
                                        struct leads_page *view)
{
    struct lead_row_list rows = {NULL, 0};
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        leads_of(request->db, request->memory, input->partner, before, PAGE + 1, &rows);
    struct lead_card *cards = memory_take_array(request->memory, PAGE + 1, sizeof *cards);
    if (problem || !cards)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct lead_row *row = &rows.items[i];
        cards[i] = (struct lead_card){row->id, row->name, row->met, state_of(row, request->now),
                                      row->at, row->until};
    }
    view->leads = (struct lead_card_list){cards, rows.count};
    return list_cut(request->memory, &lead_card_shape, &view->leads, PAGE, &view->later,
                    "?before=");
}

const struct problem *referrals_leads_show(struct request *request, const struct leads_query *input,
                                           struct leads_page *view)
{
    struct lead_partner_row partner;
    struct lead_counts_row counts;
    const struct problem *problem = lead_partner(request->db, request->memory, input->partner,
                                                 request->viewer.person, &partner);
    if (!problem)
        problem = lead_counts(request->db, request->memory, input->partner, request->now,
                              instant_add(request->now, -DAY), &counts);
    if (problem)
        return problem;
    *view = (struct leads_page){
        .partner = input->partner,
        .title = partner.title,
        .taken = partner.days > 0 && partner.state == PARTNER_ACTIVE &&
                 partner.program_state == PROGRAM_RUNNING,
        .days = partner.days,
        .most = partner.most,
        .a_day = LEADS_A_DAY,
        .open = counts.open,
    };
    return read_leads(request, input, view);
}

struct registering {
    struct lead_row lead;
    struct party_id person;
    struct instant at;
};

static const struct problem *enter(struct database *db, struct memory *memory, void *context)
{
    struct registering *registering = context;
    return lead_register(db, memory, registering->person, registering->at, &registering->lead);
}

const struct problem *referrals_lead_make(struct request *request, const struct lead_input *input,
                                          struct lead_made *view)
{
    struct registering registering = {
        .lead = {.partner = input->partner,
                 .name = text_trim(input->name),
                 .met = text_trim(input->met)},
        .person = request->viewer.person,
        .at = request->now,
    };
    if (!input->agreed)
        return request_refuse(request, "agreed", "referrals.wrong.agreed");
    const struct problem *problem =
        shop_mail_mark(request->memory, input->mail, &registering.lead.mail);
    if (!problem)
        problem = store_write(request->store, request->memory, enter, &registering);
    if (problem)
        return request_blame(request, "mail", problem);
    view->lead = registering.lead.id;
    request_go_saying(request, "referrals.lead_made", "/me/programs/%s/leads",
                      id_text("rpt", input->partner.value).text);
    return NULL;
}

struct forgetting {
    struct lead_move move;
    struct party_id person;
};

static const struct problem *forget(struct database *db, struct memory *memory, void *context)
{
    const struct forgetting *forgetting = context;
    struct lead_hit hit;
    return lead_forget(db, memory, forgetting->move.lead, forgetting->move.partner,
                       forgetting->person, &hit);
}

const struct problem *referrals_lead_forget(struct request *request, const struct lead_move *input,
                                            struct nothing *view)
{
    struct forgetting forgetting = {*input, request->viewer.person};
    (void)view;
    const struct problem *problem =
        store_write(request->store, request->memory, forget, &forgetting);
    if (!problem)
        request_go_saying(request, "referrals.lead_forgotten", "/me/programs/%s/leads",
                          id_text("rpt", input->partner.value).text);
    return problem;
}

/* ---- a program's ------------------------------------------------------------------------------ */

const struct problem *referrals_lead_terms_show(struct request *request,
                                                const struct lead_terms_query *input,
                                                struct lead_terms_page *view)
{
    struct portal_biz_row program;
    struct lead_terms_row terms;
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &program);
    if (problem)
        return problem;
    problem = lead_terms_of(request->db, request->memory, input->program, &terms);
    if (problem && problem != &not_found)
        return problem;
    if (problem)
        terms = (struct lead_terms_row){.days = 0, .most = LEADS_MOST};
    *view = (struct lead_terms_page){program.program, program.title, terms.days, terms.most};
    return NULL;
}

static const struct problem *set_terms(struct database *db, struct memory *memory, void *context)
{
    return lead_terms_set(db, memory, context);
}

const struct problem *referrals_lead_terms_set(struct request *request,
                                               const struct lead_terms_input *input,
                                               struct nothing *view)
{
    struct portal_owned owned;
    struct lead_terms_row terms = {input->program, input->days, input->most};
    (void)view;
    const struct problem *problem = portal_program_of(request->db, request->memory, input->program,
                                                      request->viewer.organisation, &owned);
    if (!problem)
        problem = store_write(request->store, request->memory, set_terms, &terms);
    if (!problem)
        request_go_saying(request, "referrals.lead_terms", "/biz/programs/%s/leads",
                          id_text("prg", input->program.value).text);
    return problem;
}

/* ---- routes ----------------------------------------------------------------------------------- */

#define PAGE_OF(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/programs/{partner}/leads", &referrals_leads_show_handler, SIGNED_IN,
     .page = PAGE_OF("leads"), .api = "/api/v1/me/programs/{partner}/leads",
     .summary = "Customers whom the reader met and registered, newest first"},
    {POST, "/me/programs/{partner}/leads", &referrals_lead_make_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/leads", .api = "/api/v1/me/programs/{partner}/leads",
     .repeat = REPEAT_REFUSED,
     .summary = "Registers a customer whom the reader met and who agreed to it"},
    {POST, "/me/programs/{partner}/leads/{lead}/forget", &referrals_lead_forget_handler, SIGNED_IN,
     .api = "/api/v1/me/programs/{partner}/leads/{lead}/forget", .repeat = REPEAT_REFUSED,
     .summary = "Forgets somebody whom the reader registered"},
    {GET, "/biz/programs/{program}/leads", &referrals_lead_terms_show_handler, VIEWER,
     .page = PAGE_OF("biz-leads"), .api = "/api/v1/biz/programs/{program}/leads",
     .summary = "Whether partners may register customers whom they met, and how many"},
    {POST, "/biz/programs/{program}/leads", &referrals_lead_terms_set_handler, BUYER,
     .again = "/biz/programs/{program}/leads", .api = "/api/v1/biz/programs/{program}/leads",
     .repeat = REPEAT_SAME,
     .summary = "Says whether partners may register customers whom they met, and how many"},
};

const struct route_table referrals_lead_routes = {"referrals", ALL(routes)};
