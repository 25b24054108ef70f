/*
 * Leads registered, and found again when they order.
 *
 * Must not know: HTTP, who gets what. Read next: modules/referrals/convert.c.
 */
#include "modules/referrals/leads/lead.h"

#include "base/ids.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/leads/queries.h"
#include "modules/referrals/leads/rows.h"

const struct problem referrals_leads_off = {"referrals.leads_off", 409, FAULT_CLIENT, false};
const struct problem referrals_leads_full = {"referrals.leads_full", 409, FAULT_CLIENT, false};
const struct problem referrals_lead_again = {"referrals.lead_again", 409, FAULT_CLIENT, false};
const struct problem referrals_lead_own = {"referrals.lead_own", 409, FAULT_CLIENT, false};

static const struct problem *look_at_counts(struct database *db, struct memory *memory,
                                            const struct lead_row *lead, int64_t most)
{
    struct lead_counts_row counts;
    const struct problem *problem =
        lead_counts(db, memory, lead->partner, lead->at, instant_add(lead->at, -DAY), &counts);
    if (problem)
        return problem;
    return counts.open >= most || counts.today >= LEADS_A_DAY ? &referrals_leads_full : NULL;
}

const struct problem *lead_register(struct database *db, struct memory *memory,
                                    struct party_id person, struct instant at,
                                    struct lead_row *lead)
{
    struct lead_partner_row partner;
    struct lead_hit hit;
    struct text own = text_of("");
    const struct problem *problem = lead_partner(db, memory, lead->partner, person, &partner);
    if (problem)
        return problem;
    if (partner.days == 0 || partner.state != PARTNER_ACTIVE ||
        partner.program_state != PROGRAM_RUNNING)
        return &referrals_leads_off;
    if (partner.mail.size > 0)
        problem = shop_mail_mark(memory, partner.mail, &own);
    if (problem || text_equal(own, lead->mail))
        return problem ? problem : &referrals_lead_own;
    lead->id.value = id_new();
    lead->program = partner.program;
    lead->at = at;
    lead->until = instant_add(at, partner.days * DAY);
    problem = look_at_counts(db, memory, lead, partner.most);
    if (!problem)
        problem = lead_insert(db, memory, lead, &hit);
    if (!problem)
        lead->id = hit.id;
    return problem == &not_found ? &referrals_lead_again : problem;
}

const struct problem *leads_bind(struct database *db, struct memory *memory,
                                 struct program_id program, struct customer_id customer)
{
    struct lead_bound_row_list leads = {NULL, 0};
    const struct problem *problem =
        customer.value ? leads_found(db, memory, program, customer, &leads) : NULL;
    for (size_t i = 0; !problem && i < leads.count; i++) {
        const struct lead_bound_row *lead = &leads.items[i];
        struct referrals_touch_row touch = {
            .id = {id_new()},
            .program = program,
            .partner = lead->partner,
            .kind = TOUCH_LEAD,
            .source = lead->id.value,
            .customer = customer,
            .at = lead->at,
            .until = lead->until,
        };
        problem = lead_bind(db, memory, lead->id, customer, lead->known);
        if (!problem && !lead->known)
            problem = convert_touch_insert(db, memory, &touch);
    }
    return problem;
}
