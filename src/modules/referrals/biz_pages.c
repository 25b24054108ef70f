/*
 * A business's side: its programs, their budgets and rules, who takes part.
 *
 * Must not know: what partners see. Read next: partner.c, core/program/program.c.
 */
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

enum { PAGE = 20 };

static const struct problem *card_of(const struct portal_biz_row *row,
                                     struct referrals_biz_card *out)
{
    struct currency currency;
    if (!currency_parse(row->currency, &currency))
        return &our_fault;
    *out = (struct referrals_biz_card){.program = row->program,
                                       .title = row->title,
                                       .state = row->state,
                                       .left = {row->left_minor, currency},
                                       .given = {row->given_minor, currency},
                                       .partners = row->partners};
    return NULL;
}

const struct problem *referrals_biz_show(struct request *request,
                                         const struct referrals_list_query *input,
                                         struct referrals_biz_list *view)
{
    struct portal_biz_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    struct referrals_biz_card *cards = memory_take_array(request->memory, PAGE + 1, sizeof *cards);
    const struct problem *problem =
        cards ? portal_biz(request->db, request->memory, request->viewer.organisation, before,
                           PAGE + 1, &rows)
              : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = card_of(&rows.items[i], &cards[i]);
    if (problem)
        return problem;
    view->programs = (struct referrals_biz_card_list){cards, rows.count};
    return list_cut(request->memory, &referrals_biz_card_shape, &view->programs, PAGE, &view->later,
                    "?before=");
}

/* ---- a new one -------------------------------------------------------------------------------- */

static const struct problem *read_free(struct request *request, struct money *out)
{
    struct ledger_balance balance;
    const struct problem *problem =
        ledger_balance(request->db, request->memory, request->viewer.organisation, ACCOUNT_WALLET,
                       setting_currency("site.currency"), &balance);
    if (!problem)
        *out = balance.free;
    return problem;
}

const struct problem *referrals_new_show(struct request *request, const struct nothing *input,
                                         struct referrals_new_view *view)
{
    (void)input;
    view->currency = setting_text("site.currency");
    view->hold_days = 30;
    view->window_days = ATTRIBUTION_WINDOW;
    return read_free(request, &view->free);
}

bool referrals_read_percent(struct text typed, int64_t *out)
{
    static const struct currency hundredths = {"EUR"};
    struct money read;
    if (!money_parse(text_trim(typed), hundredths, &read) || read.minor > 10000)
        return false;
    *out = read.minor;
    return true;
}

static const struct problem *read_levels(struct request *request,
                                         const struct referrals_new_input *input,
                                         struct program_level levels[3], size_t *count)
{
    static const char *const names[] = {"percent", "percent_2", "percent_3"};
    const struct maybe_text typed[] = {{true, input->percent}, input->percent_2, input->percent_3};
    const struct problem *problem = NULL;
    *count = 0;
    for (size_t i = 0; i < 3; i++) {
        if (!typed[i].present || text_empty(text_trim(typed[i].value)))
            continue;
        levels[i].part = 0;
        if (!referrals_read_percent(typed[i].value, &levels[i].part))
            problem = request_refuse(request, names[i], "referrals.wrong.percent");
        *count = i + 1;
    }
    return problem;
}

/* The host of an https address; empty when it is none. */
static struct text host_of(struct text landing)
{
    static const char scheme[] = "https://";
    if (!text_starts(landing, scheme))
        return text_of("");
    struct text rest = {landing.data + sizeof scheme - 1, landing.size - (sizeof scheme - 1)};
    struct text host = {rest.data, 0};
    while (host.size < rest.size && !strchr("/?#", rest.data[host.size]))
        host.size++;
    return host;
}

enum { FORM_RULES = 4 /* that the form for a new program can make */ };

/* What the form says, as rules: that of first orders goes before that of all orders, the others have triggers of
 * their own. */
struct form_rules {
    struct program_level levels[3], click, action;
    struct program_condition named; /* the action's name */
    struct program_condition first; /* the customer's first order */
    struct program_gift gift;       /* for the customer */
    struct program_rule rules[FORM_RULES];
    size_t count;
};

static struct program_rule *add_rule(struct request *request, struct form_rules *form,
                                     const char *name, enum program_trigger trigger,
                                     const struct program_level *levels, size_t count)
{
    struct program_rule *rule = &form->rules[form->count++];
    *rule = (struct program_rule){
        .name = words_text(request->memory, request->language, name, NULL, 0),
        .trigger = trigger,
        .each = 1,
        .benefit = trigger == TRIGGER_ORDER ? BENEFIT_PERCENT : BENEFIT_AMOUNT,
        .levels = {levels, count},
        .period = PERIOD_EVER,
    };
    return rule;
}

/* The same as the rule for all orders, with credit for the customer. */
static const struct problem *add_first(struct request *request,
                                       const struct referrals_new_input *input,
                                       struct form_rules *form, size_t levels)
{
    if (!input->gift.present)
        return NULL;
    if (!currency_equal(input->gift.value.currency, setting_currency("site.currency")))
        return request_refuse(request, "gift", "problem.pay.other_currency");
    form->gift = (struct program_gift){BENEFIT_CREDIT, input->gift.value.minor};
    form->first = (struct program_condition){
        .fact = FACT_ORDER_NUMBER, .is = COMPARE_IS, .number = {true, 1}};
    struct program_rule *rule =
        add_rule(request, form, "referrals.rule_first", TRIGGER_ORDER, form->levels, levels);
    rule->gifts = (struct program_gift_list){&form->gift, 1};
    rule->conditions = (struct program_condition_list){&form->first, 1};
    rule->hold_days = input->hold_days;
    return NULL;
}

/* All that is wrong, so that it is said at once. */
static const struct problem *read_rules(struct request *request,
                                        const struct referrals_new_input *input,
                                        struct form_rules *form)
{
    size_t count = 0;
    const struct problem *levels = read_levels(request, input, form->levels, &count);
    const struct problem *gift = add_first(request, input, form, count);
    const struct problem *problem = levels ? levels : gift;
    struct text landing = text_trim(input->landing);
    if (!referrals_landing_allowed(landing, host_of(landing)))
        problem = request_refuse(request, "landing", "problem.referrals.bad_landing.detail");
    if (input->action_pay.present && !input->action.present)
        problem = request_refuse(request, "action", "referrals.wrong.action");
    if (problem)
        return problem;
    add_rule(request, form, "referrals.rule_name", TRIGGER_ORDER, form->levels, count)->hold_days =
        input->hold_days;
    if (input->click.present) {
        form->click.part = input->click.value.minor;
        add_rule(request, form, "referrals.rule_name_click", TRIGGER_CLICK, &form->click, 1)
            ->hold_days = input->hold_days;
    }
    if (input->action_pay.present) {
        form->action.part = input->action_pay.value.minor;
        form->named = (struct program_condition){
            .fact = FACT_ACTION, .is = COMPARE_IS, .text = {true, text_trim(input->action.value)}};
        struct program_rule *rule =
            add_rule(request, form, "referrals.rule_name_action", TRIGGER_ACTION, &form->action, 1);
        rule->conditions = (struct program_condition_list){&form->named, 1};
        rule->hold_days = input->hold_days;
    }
    return NULL;
}

struct making {
    struct referrals_beginning beginning;
    struct once once;
    struct move move;
};

static const struct problem *begin(struct move *move)
{
    struct making *making = move->context;
    return referrals_begin(move, &making->beginning);
}

static struct referrals_beginning beginning_of(const struct request *request,
                                               const struct referrals_new_input *input)
{
    struct text landing = text_trim(input->landing);
    return (struct referrals_beginning){
        .program = {.business = request->viewer.organisation,
                    .module = text_of("referrals"),
                    .title = text_trim(input->title),
                    .about = input->about.present ? text_trim(input->about.value) : text_of(""),
                    .currency = setting_text("site.currency"),
                    .empty = input->empty,
                    .since = request->now},
        .terms = {.landing = landing,
                  .hosts = host_of(landing),
                  .model = input->model,
                  .window_days = input->window_days,
                  .code_first = input->code_first,
                  .unique_clicks = input->unique_clicks,
                  .late_days = ATTRIBUTION_LATE,
                  .bound_months = input->bound_months,
                  .joining = input->joining},
    };
}

const struct problem *referrals_new_make(struct request *request,
                                         const struct referrals_new_input *input,
                                         struct referrals_made *view)
{
    struct form_rules form = {.count = 0};
    struct making making = {.beginning = beginning_of(request, input)};
    struct program_fault fault;
    const struct problem *problem = read_rules(request, input, &form);
    if (problem)
        return problem;
    making.beginning.rules = (struct program_rules){{form.rules, form.count}};
    if (!program_rules_check(request->memory, &making.beginning.rules,
                             setting_currency("site.currency"), &fault))
        return request_refuse(request, "percent", fault.rule);
    making.move = (struct move){.flow = &program_flow,
                                .by = BY_BUYER,
                                .actor = request->viewer.person,
                                .at = request->now,
                                .context = &making};
    making.once =
        (struct once){request->viewer.organisation, request->once, making.beginning.program.title};
    problem = flow_once(request->store, request->memory, &making.move, &making.once, begin);
    if (problem)
        return request_blame(request, problem == &program_no_promise ? "gift" : "landing", problem);
    view->program.value = making.move.subject;
    request_go_saying(request, "referrals.made", "/biz/programs/%s",
                      id_text("prg", view->program.value).text);
    return NULL;
}

/* ---- one of them ------------------------------------------------------------------------------ */

static const struct problem *read_partners(struct request *request,
                                           const struct referrals_biz_query *input,
                                           struct currency currency,
                                           struct referrals_biz_program *view)
{
    struct portal_partner_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    struct referrals_partner_card *cards =
        memory_take_array(request->memory, PAGE + 1, sizeof *cards);
    const struct problem *problem = cards ? portal_partners(request->db, request->memory,
                                                            input->program, before, PAGE + 1, &rows)
                                          : &out_of_memory;
    if (problem)
        return problem;
    for (size_t i = 0; i < rows.count; i++) {
        const struct portal_partner_row *row = &rows.items[i];
        cards[i] = (struct referrals_partner_card){
            row->partner, row->name, row->state, row->orders, {row->minor, currency}, row->at};
    }
    view->partners = (struct referrals_partner_card_list){cards, rows.count};
    return list_cut(request->memory, &referrals_partner_card_shape, &view->partners, PAGE,
                    &view->later, "?before=");
}

const struct problem *referrals_program_show(struct request *request,
                                             const struct referrals_biz_query *input,
                                             struct referrals_biz_program *view)
{
    struct portal_biz_row row;
    struct program_row program;
    struct portal_doubts_row doubts;
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &row);
    if (!problem)
        problem = card_of(&row, &view->program);
    if (!problem)
        problem = program_find(request->db, request->memory, input->program, &program);
    if (!problem)
        problem = referrals_terms_find(request->db, request->memory, input->program, &view->terms);
    if (!problem)
        problem = referrals_say_rules(request, &program, &view->rules, &view->empty);
    if (!problem)
        problem = read_free(request, &view->free);
    if (!problem)
        problem = portal_doubts(request->db, request->memory, input->program, &doubts);
    if (problem)
        return problem;
    view->doubts = doubts.doubts;
    view->about = program.about;
    view->currency = program.currency;
    view->budget = (struct money){program.budget_minor, view->program.left.currency};
    view->settles = (struct maybe_instant){program_settles(&program).ms > request->now.ms,
                                           program_settles(&program)};
    return read_partners(request, input, view->program.left.currency, view);
}

/* ---- what is done with it --------------------------------------------------------------------- */

/* The program of the business acted for. */
static const struct problem *own(struct request *request, struct program_id id)
{
    struct portal_owned row;
    return portal_program_of(request->db, request->memory, id, request->viewer.organisation, &row);
}

static const struct problem *move_program(struct request *request, struct program_id id,
                                          enum program_event event)
{
    struct move move = {
        .flow = &program_flow, .subject = id.value, .event = (int)event, .by = BY_BUYER};
    const struct problem *problem = own(request, id);
    if (!problem)
        problem = request_move(request, &move);
    if (!problem)
        request_go(request, "/biz/programs/%s", id_text("prg", id.value).text);
    return problem;
}

const struct problem *referrals_program_start(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct nothing *view)
{
    (void)view;
    return move_program(request, input->program, PROGRAM_START);
}

const struct problem *referrals_program_pause(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct nothing *view)
{
    (void)view;
    return move_program(request, input->program, PROGRAM_PAUSE);
}

const struct problem *referrals_program_end(struct request *request,
                                            const struct referrals_program_move *input,
                                            struct nothing *view)
{
    (void)view;
    return move_program(request, input->program, PROGRAM_END);
}

struct funding {
    struct program_id program;
    struct money sum;
    struct party_id organisation;
    struct text once;
    struct instant at;
};

static const struct problem *fund(struct database *db, struct memory *memory, void *context)
{
    struct funding *funding = context;
    struct program_row program;
    int64_t before = 0;
    struct text content = text_format(memory, "fund %lld %lld", (long long)funding->program.value,
                                      (long long)funding->sum.minor);
    const struct problem *problem = content.data
                                        ? ledger_once(db, memory, funding->organisation,
                                                      funding->once, content, funding->at, &before)
                                        : &out_of_memory;
    if (problem || before)
        return problem;
    problem = program_find(db, memory, funding->program, &program);
    if (!problem && program.state == PROGRAM_ENDED)
        return &flow_no_such_move;
    if (!problem)
        problem = program_fund(db, memory, &program, funding->sum.minor, funding->at);
    return problem ? problem
                   : ledger_once_result(db, memory, funding->organisation, funding->once,
                                        funding->program.value);
}

const struct problem *referrals_program_fund(struct request *request,
                                             const struct referrals_fund_input *input,
                                             struct nothing *view)
{
    struct funding funding = {input->program, input->sum, request->viewer.organisation,
                              request->once, request->now};
    const struct problem *problem = own(request, input->program);
    (void)view;
    if (problem)
        return problem;
    if (!currency_equal(input->sum.currency, setting_currency("site.currency")))
        return request_refuse(request, "sum", "problem.ledger.wrong_currency");
    problem = store_write(request->store, request->memory, fund, &funding);
    if (problem)
        return request_blame(request, "sum", problem);
    request_go_saying(request, "referrals.funded", "/biz/programs/%s",
                      id_text("prg", input->program.value).text);
    return NULL;
}

struct ruling {
    struct program_id program;
    const struct program_rules *rules;
    struct party_id person;
    struct instant at;
};

static const struct problem *rule(struct database *db, struct memory *memory, void *context)
{
    const struct ruling *ruling = context;
    struct program_row program;
    const struct problem *problem = program_find(db, memory, ruling->program, &program);
    return problem
               ? problem
               : program_set_rules(db, memory, &program, ruling->rules, ruling->person, ruling->at);
}

const struct problem *referrals_program_rules(struct request *request,
                                              const struct referrals_rules_input *input,
                                              struct nothing *view)
{
    struct program_rules rules = {input->rules};
    struct ruling ruling = {input->program, &rules, request->viewer.person, request->now};
    struct program_fault fault;
    const struct problem *problem = own(request, input->program);
    (void)view;
    if (problem)
        return problem;
    if (!program_rules_check(request->memory, &rules, setting_currency("site.currency"), &fault))
        return request_refuse(request, fault.field, fault.rule);
    problem = store_write(request->store, request->memory, rule, &ruling);
    if (!problem)
        request_go_saying(request, "referrals.ruled", "/biz/programs/%s",
                          id_text("prg", input->program.value).text);
    return problem;
}

/* ---- who takes part --------------------------------------------------------------------------- */

static const struct problem *move_partner(struct request *request,
                                          const struct referrals_partner_move *input,
                                          enum referrals_partner_event event)
{
    struct referrals_partner_row row;
    struct move move = {.flow = &referrals_partner_flow,
                        .subject = input->partner.value,
                        .event = (int)event,
                        .by = BY_BUYER,
                        .note = input->reason.present ? input->reason.value : text_of("")};
    const struct problem *problem =
        portal_partner_in(request->db, request->memory, input->partner, input->program,
                          request->viewer.organisation, &row);
    if (!problem)
        problem = request_move(request, &move);
    if (!problem)
        request_go(request, "/biz/programs/%s", id_text("prg", input->program.value).text);
    return problem;
}

const struct problem *referrals_partner_admit(struct request *request,
                                              const struct referrals_partner_move *input,
                                              struct nothing *view)
{
    (void)view;
    return move_partner(request, input, PARTNER_ADMIT);
}

const struct problem *referrals_partner_refuse(struct request *request,
                                               const struct referrals_partner_move *input,
                                               struct nothing *view)
{
    (void)view;
    return move_partner(request, input, PARTNER_REFUSE);
}

const struct problem *referrals_partner_pause(struct request *request,
                                              const struct referrals_partner_move *input,
                                              struct nothing *view)
{
    (void)view;
    return move_partner(request, input, PARTNER_PAUSE);
}

const struct problem *referrals_partner_resume(struct request *request,
                                               const struct referrals_partner_move *input,
                                               struct nothing *view)
{
    (void)view;
    return move_partner(request, input, PARTNER_RESUME);
}
