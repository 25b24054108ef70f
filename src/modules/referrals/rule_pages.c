/*
 * The rules of a program, as proposed, and what they would change.
 *
 * Each change makes the next proposal out of what is proposed, or out of the rules in force, and has it counted. Who
 * changes what somebody else changed meanwhile is told so. Must not know: how a rule is typed.
 * Read next: core/program/proposal.c, rule_form.c.
 */
#include "modules/referrals/rule_pages.h"

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/rule_pages.shapes.h"

enum { PAGE = 20 };

/* The program of the business acted for, with what is proposed or in force. */
struct ruled {
    struct program_row program;
    struct proposal_row proposal; /* id 0: nothing is proposed */
    struct program_rules rules;
    struct text seen; /* names the proposal for forms */
};

static const struct problem *read_ruled(struct request *request, struct program_id id,
                                        struct ruled *out)
{
    struct portal_owned owned;
    const struct problem *problem =
        portal_program_of(request->db, request->memory, id, request->viewer.organisation, &owned);
    *out = (struct ruled){.seen = text_of("none")};
    if (!problem)
        problem = program_find(request->db, request->memory, id, &out->program);
    if (problem)
        return problem;
    problem = proposal_of(request->db, request->memory, id, &out->proposal, &out->rules);
    if (!problem) {
        out->seen =
            text_copy(request->memory, text_of(id_text("ppl", out->proposal.id.value).text));
        return out->seen.data ? NULL : &out_of_memory;
    }
    out->proposal = (struct proposal_row){.version = out->program.version};
    if (problem == &not_found)
        problem =
            program_rules_of(request->db, request->memory, id, out->program.version, &out->rules);
    return problem == &not_found ? NULL : problem;
}

/* ---- what is shown ---------------------------------------------------------------------------- */

static const struct problem *say_rules(struct request *request, const struct ruled *ruled,
                                       struct referrals_rules_view *view)
{
    struct program_said_list said;
    struct referrals_rule_line *lines =
        memory_take_array(request->memory, ruled->rules.rules.count, sizeof *lines);
    const struct problem *problem = lines
                                        ? program_say(request->memory, request->language,
                                                      &ruled->rules, ruled->program.currency, &said)
                                        : &out_of_memory;
    if (problem)
        return problem;
    for (size_t i = 0; i < said.count; i++)
        lines[i] = (struct referrals_rule_line){
            (int64_t)i + 1, i == 0, referrals_rule_fits_form(&ruled->rules.rules.items[i]),
            said.items[i]};
    view->rules = (struct referrals_rule_line_list){lines, said.count};
    view->empty = words_text(request->memory, request->language,
                             ruled->program.empty == EMPTY_WAIT ? "program.terms.empty_wait"
                                                                : "program.terms.empty_refuse",
                             NULL, 0);
    return view->empty.data ? NULL : &out_of_memory;
}

static const struct problem *show_lines(struct request *request,
                                        const struct proposal_sum_list *sums,
                                        struct referrals_effect_line_list *out)
{
    struct referrals_effect_line *lines =
        memory_take_array(request->memory, sums->count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < sums->count; i++) {
        const struct proposal_sum *sum = &sums->items[i];
        struct currency currency;
        if (!currency_parse(sum->currency, &currency))
            return &our_fault;
        lines[i] = (struct referrals_effect_line){sum->name,
                                                  sum->credit,
                                                  {sum->before_minor, currency},
                                                  {sum->after_minor, currency},
                                                  {sum->after_minor - sum->before_minor, currency}};
    }
    *out = (struct referrals_effect_line_list){lines, sums->count};
    return NULL;
}

static const struct problem *show_effect(struct request *request, const struct ruled *ruled,
                                         int64_t after, struct referrals_rules_view *view)
{
    struct proposal_sum_list totals, sums;
    const struct problem *problem =
        proposal_totals(request->db, request->memory, &ruled->proposal, &totals);
    if (!problem)
        problem = proposal_changes(request->db, request->memory, &ruled->proposal, after, PAGE + 1,
                                   &sums);
    if (!problem)
        problem = show_lines(request, &totals, &view->totals);
    bool more = !problem && sums.count > PAGE;
    if (more) {
        sums.count = PAGE;
        problem = maybe_text_format(request->memory, &view->later, "?after=%lld",
                                    (long long)sums.items[PAGE - 1].place);
    }
    return problem ? problem : show_lines(request, &sums, &view->lines);
}

const struct problem *referrals_rules_show(struct request *request,
                                           const struct referrals_rules_query *input,
                                           struct referrals_rules_view *view)
{
    struct ruled ruled;
    struct currency currency;
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (!problem)
        problem = say_rules(request, &ruled, view);
    if (problem)
        return problem;
    const struct proposal_row *proposal = &ruled.proposal;
    ensure(currency_parse(ruled.program.currency, &currency));
    view->program = ruled.program.id;
    view->title = ruled.program.title;
    view->state = ruled.program.state;
    view->seen = ruled.seen;
    view->left = (struct money){ruled.program.budget_minor - ruled.program.given_minor, currency};
    if (proposal->id.value == 0)
        return NULL;
    view->proposal = (struct maybe_proposal_id){true, proposal->id};
    view->counted = proposal->counted.ms > 0;
    view->old = proposal->version != ruled.program.version;
    view->looked = proposal->looked;
    view->changed = proposal->changed;
    if (proposal->fault.size > 0) {
        struct text fault = words_text(request->memory, request->language,
                                       text_c(request->memory, proposal->fault), NULL, 0);
        view->fault = (struct maybe_text){true, fault};
    }
    return view->counted
               ? show_effect(request, &ruled, input->after.present ? input->after.value : 0, view)
               : NULL;
}

/* ---- what is changed -------------------------------------------------------------------------- */

struct proposing {
    const struct ruled *from;
    const struct program_rules *rules;
    struct party_id person;
    struct instant at;
    struct proposal_id made; /* filled */
};

static const struct problem *propose(struct database *db, struct memory *memory, void *context)
{
    struct proposing *proposing = context;
    struct program_row program;
    struct proposal_row row;
    struct program_rules rules;
    struct program_id id = proposing->from->program.id;
    const struct problem *problem = program_find(db, memory, id, &program);
    if (!problem)
        problem = proposal_of(db, memory, id, &row, &rules);
    int64_t now = problem ? 0 : row.id.value;
    if (problem && problem != &not_found)
        return problem;
    if (now != proposing->from->proposal.id.value)
        return &proposal_old;
    return proposal_make(db, memory, &program, proposing->rules, proposing->person, proposing->at,
                         &proposing->made);
}

/* Proposes other rules in place of those that were read. */
static const struct problem *change(struct request *request, const struct ruled *ruled,
                                    struct maybe_text seen, const struct program_rules *rules,
                                    struct referrals_proposed *view)
{
    struct proposing proposing = {ruled, rules, request->viewer.person, request->now, {0}};
    if (ruled->program.state == PROGRAM_ENDED)
        return &flow_no_such_move;
    if (seen.present && !text_equal(seen.value, ruled->seen))
        return &proposal_old;
    const struct problem *problem =
        store_write(request->store, request->memory, propose, &proposing);
    view->proposal = proposing.made;
    if (!problem)
        request_go(request, "/biz/programs/%s/rules", id_text("prg", ruled->program.id.value).text);
    return problem;
}

static struct currency money_of(const struct ruled *ruled)
{
    struct currency currency;
    ensure(currency_parse(ruled->program.currency, &currency));
    return currency;
}

const struct problem *referrals_rules_propose(struct request *request,
                                              const struct referrals_propose_input *input,
                                              struct referrals_proposed *view)
{
    struct ruled ruled;
    struct program_fault fault;
    struct program_rules rules = {input->rules};
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (problem)
        return problem;
    if (!program_rules_check(request->memory, &rules, money_of(&ruled), &fault))
        return request_refuse(request, fault.field, fault.rule);
    return change(request, &ruled, (struct maybe_text){.present = false}, &rules, view);
}

/* The list without the rule at `place`, and with `rule` there instead unless it is NULL. */
static const struct problem *put(struct request *request, const struct ruled *ruled, size_t place,
                                 const struct program_rule *rule, struct program_rules *out)
{
    const struct program_rule_list *all = &ruled->rules.rules;
    struct program_rule *items = memory_take_array(request->memory, all->count + 1, sizeof *items);
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < all->count; i++) {
        if (i != place)
            items[count++] = all->items[i];
        else if (rule)
            items[count++] = *rule;
    }
    if (rule && place >= all->count)
        items[count++] = *rule;
    *out = (struct program_rules){{items, count}};
    return NULL;
}

const struct problem *referrals_rule_raise(struct request *request,
                                           const struct referrals_rule_step *input,
                                           struct referrals_proposed *view)
{
    struct ruled ruled;
    struct program_rules rules = {{NULL, 0}};
    size_t place = (size_t)input->place - 1;
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (!problem && (place == 0 || place >= ruled.rules.rules.count))
        return &not_found;
    const struct program_rule *items = ruled.rules.rules.items;
    if (!problem)
        problem = put(request, &ruled, place, &items[place - 1], &rules);
    if (problem)
        return problem;
    ((struct program_rule *)rules.rules.items)[place - 1] = items[place];
    return change(request, &ruled, input->seen, &rules, view);
}

const struct problem *referrals_rule_remove(struct request *request,
                                            const struct referrals_rule_step *input,
                                            struct referrals_proposed *view)
{
    struct ruled ruled;
    struct program_rules rules = {{NULL, 0}};
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (!problem && (size_t)input->place > ruled.rules.rules.count)
        return &not_found;
    if (!problem)
        problem = put(request, &ruled, (size_t)input->place - 1, NULL, &rules);
    if (problem)
        return problem;
    if (rules.rules.count == 0)
        return request_refuse(request, "place", "program.wrong.no_rules");
    return change(request, &ruled, input->seen, &rules, view);
}

/* ---- in force, or away ------------------------------------------------------------------------ */

struct deciding {
    struct program_id program;
    struct proposal_id proposal;
    struct party_id person;
    struct instant at;
};

static const struct problem *switch_on(struct database *db, struct memory *memory, void *context)
{
    const struct deciding *deciding = context;
    return proposal_switch(db, memory, deciding->program, deciding->proposal, deciding->person,
                           deciding->at);
}

static const struct problem *drop(struct database *db, struct memory *memory, void *context)
{
    const struct deciding *deciding = context;
    return proposal_drop(db, memory, deciding->program, deciding->at);
}

static const struct problem *decide(struct request *request, store_work *work,
                                    struct program_id program, struct proposal_id proposal,
                                    const char *notice)
{
    struct portal_owned owned;
    struct deciding deciding = {program, proposal, request->viewer.person, request->now};
    const struct problem *problem = portal_program_of(request->db, request->memory, program,
                                                      request->viewer.organisation, &owned);
    if (!problem)
        problem = store_write(request->store, request->memory, work, &deciding);
    if (!problem)
        request_go_saying(request, notice, "/biz/programs/%s", id_text("prg", program.value).text);
    return problem;
}

const struct problem *referrals_rules_switch(struct request *request,
                                             const struct referrals_switch_input *input,
                                             struct nothing *view)
{
    (void)view;
    return decide(request, switch_on, input->program, input->proposal, "referrals.ruled");
}

const struct problem *referrals_rules_drop(struct request *request,
                                           const struct referrals_drop_input *input,
                                           struct nothing *view)
{
    (void)view;
    return decide(request, drop, input->program, (struct proposal_id){0}, "referrals.unruled");
}

/* ---- the form --------------------------------------------------------------------------------- */

const struct problem *referrals_rule_show(struct request *request,
                                          const struct referrals_rule_query *input,
                                          struct referrals_rule_view *view)
{
    static const struct program_rule fresh = {.name = {"", 0},
                                              .trigger = TRIGGER_ORDER,
                                              .each = 1,
                                              .benefit = BENEFIT_PERCENT,
                                              .period = PERIOD_EVER,
                                              .hold_days = 30};
    static const struct program_rule post = {.name = {"", 0},
                                             .trigger = TRIGGER_POST,
                                             .each = 1,
                                             .benefit = BENEFIT_AMOUNT,
                                             .period = PERIOD_EVER,
                                             .hold_days = 14};
    bool of_post = input->trigger.present && text_is(input->trigger.value, "post");
    struct ruled ruled;
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (problem)
        return problem;
    size_t place = input->place.present ? (size_t)input->place.value - 1 : 0;
    if (input->place.present && place >= ruled.rules.rules.count)
        return &not_found;
    view->program = ruled.program.id;
    view->title = ruled.program.title;
    view->place = input->place;
    view->seen = ruled.seen;
    view->currency = ruled.program.currency;
    return referrals_rule_fill(request->memory,
                               input->place.present ? &ruled.rules.rules.items[place]
                               : of_post            ? &post
                                                    : &fresh,
                               money_of(&ruled), view);
}

const struct problem *referrals_rule_keep(struct request *request,
                                          const struct referrals_rule_input *input,
                                          struct referrals_proposed *view)
{
    struct ruled ruled;
    struct program_rule rule;
    struct program_rules rules = {{NULL, 0}};
    struct program_fault fault;
    const char *field = "name", *why = "program.wrong.no_rules";
    const struct problem *problem = read_ruled(request, input->program, &ruled);
    if (problem)
        return problem;
    if (!referrals_rule_read(request->memory, input, money_of(&ruled), &rule, &field, &why))
        return request_refuse(request, field, why);
    size_t place = input->place.present ? (size_t)input->place.value - 1 : ruled.rules.rules.count;
    if (place > ruled.rules.rules.count)
        return &not_found;
    if (place >= PROGRAM_RULES)
        return request_refuse(request, "name", "referrals.wrong.rules");
    problem = put(request, &ruled, place, &rule, &rules);
    if (problem)
        return problem;
    if (!program_rules_check(request->memory, &rules, money_of(&ruled), &fault))
        return request_refuse(request, referrals_rule_field(input, fault.field), fault.rule);
    problem = change(request, &ruled, input->seen, &rules, view);
    return problem ? request_blame(request, "name", problem) : NULL;
}
