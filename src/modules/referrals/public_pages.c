/*
 * Programs as everybody reads them.
 *
 * Must not know: partners but the reader. Read next: me_pages.c.
 */
#include "modules/referrals/clicks/agent.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/results/results.h"

enum { PAGE = 20 };

static const struct problem *say(struct request *request, struct program_id program,
                                 int64_t version, struct text currency,
                                 struct program_said_list *out)
{
    struct program_rules run;
    const struct problem *problem =
        program_rules_of(request->db, request->memory, program, version, &run);
    return problem ? problem : program_say(request->memory, request->language, &run, currency, out);
}

/* Behind the limits of rules that pay for clicks: how often a visitor counts, where it is not each time. */
static const struct problem *say_visitors(struct request *request, struct program_id program,
                                          const struct program_rules *run,
                                          struct program_said_list *rules)
{
    struct referrals_terms_row terms;
    const struct problem *problem =
        referrals_terms_find(request->db, request->memory, program, &terms);
    struct program_said *items =
        memory_take_array(request->memory, rules->count + 1, sizeof *items);
    if (problem || !items || !terms.unique_clicks)
        return !problem && !items ? &out_of_memory : problem;
    for (size_t i = 0; i < rules->count; i++) {
        items[i] = rules->items[i];
        if (run->rules.items[i].trigger != TRIGGER_CLICK)
            continue;
        size_t count = items[i].limits.count;
        struct text *limits = memory_take_array(request->memory, count + 1, sizeof *limits);
        if (!limits)
            return &out_of_memory;
        for (size_t k = 0; k < count; k++)
            limits[k] = items[i].limits.items[k];
        limits[count] =
            words_text(request->memory, request->language, "referrals.hour.unique", NULL, 0);
        items[i].limits = (struct text_list){limits, count + 1};
    }
    rules->items = items;
    return NULL;
}

const struct problem *referrals_say_rules(struct request *request,
                                          const struct program_row *program,
                                          struct program_said_list *rules, struct text *empty)
{
    struct program_rules run;
    const struct problem *problem =
        program_rules_of(request->db, request->memory, program->id, program->version, &run);
    struct text currency = program->currency;
    if (!problem)
        problem = program_say(request->memory, request->language, &run, currency, rules);
    if (!problem)
        problem = program_say_units(request->db, request->memory, request->language, program, &run,
                                    rules);
    if (!problem)
        problem = say_visitors(request, program->id, &run, rules);
    *empty = words_text(request->memory, request->language,
                        program->empty == EMPTY_WAIT ? "program.terms.empty_wait"
                                                     : "program.terms.empty_refuse",
                        NULL, 0);
    return problem || empty->data ? problem : &out_of_memory;
}

static struct referrals_card card_of(const struct portal_program_row *row,
                                     const struct program_said_list *rules)
{
    return (struct referrals_card){.program = row->program,
                                   .title = row->title,
                                   .business = row->business_name,
                                   .gives = rules->count ? rules->items[0].gives : text_of(""),
                                   .state = row->state,
                                   .joining = row->joining};
}

const struct problem *referrals_list_show(struct request *request,
                                          const struct referrals_list_query *input,
                                          struct referrals_list *view)
{
    struct portal_program_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        portal_programs(request->db, request->memory, before, PAGE + 1, &rows);
    struct referrals_card *cards = memory_take_array(request->memory, PAGE + 1, sizeof *cards);
    if (!problem && !cards)
        problem = &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct portal_program_row *row = &rows.items[i];
        struct program_said_list rules = {NULL, 0};
        problem = say(request, row->program, row->version, row->currency, &rules);
        cards[i] = card_of(row, &rules);
    }
    if (problem)
        return problem;
    view->programs = (struct referrals_card_list){cards, rows.count};
    return list_cut(request->memory, &referrals_card_shape, &view->programs, PAGE, &view->later,
                    "?before=");
}

const struct problem *referrals_offer_show(struct request *request,
                                           const struct referrals_program_query *input,
                                           struct referrals_offer *view)
{
    struct portal_program_row row;
    struct program_row program;
    struct referrals_partner_row partner;
    const struct problem *problem =
        portal_program(request->db, request->memory, input->program, &row);
    if (!problem)
        problem = program_find(request->db, request->memory, input->program, &program);
    if (!problem)
        problem = referrals_say_rules(request, &program, &view->rules, &view->empty);
    if (problem)
        return problem;
    view->program = card_of(&row, &view->rules);
    view->about = program.about;
    view->by = input->by;
    view->takes = program.state == PROGRAM_RUNNING && row.joining != JOINING_INVITED;
    if (!request->json && !referrals_agent_is_bot(request->agent) &&
        request->viewer.organisation.value != program.business.value)
        results_viewed(request->store, request->memory, program.id, request->now);
    if (!request->viewer.signed_in)
        return NULL;
    problem = portal_partner_of(request->db, request->memory, input->program,
                                request->viewer.person, &partner);
    if (!problem)
        view->partner = (struct maybe_referrals_partner_id){true, partner.id};
    return problem == &not_found ? NULL : problem;
}
