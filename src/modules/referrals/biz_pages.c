/*
 * A business's side: its programs, their budgets and rules, who takes part.
 *
 * Must not know: what partners see. Read next: partner.c, core/program/program.c.
 */
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
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
    *count = 0;
    for (size_t i = 0; i < 3; i++) {
        if (!typed[i].present || text_empty(text_trim(typed[i].value)))
            continue;
        levels[i].part = 0;
        if (!referrals_read_percent(typed[i].value, &levels[i].part))
            return request_refuse(request, names[i], "referrals.wrong.percent");
        *count = i + 1;
    }
    return NULL;
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
                  .late_days = ATTRIBUTION_LATE,
                  .bound_months = input->bound_months,
                  .joining = input->joining},
    };
}

/* The same as the rule for all orders, with credit for the customer. */
static struct program_rule first_order(const struct request *request,
                                       const struct referrals_new_input *input,
                                       const struct program_rule *all, struct program_gift *gift,
                                       struct program_condition *condition)
{
    struct program_rule rule = *all;
    rule.name = words_text(request->memory, request->language, "referrals.rule_first", NULL, 0);
    *gift = (struct program_gift){BENEFIT_CREDIT, input->gift.value.minor};
    *condition = (struct program_condition){
        .fact = FACT_ORDER_NUMBER, .is = COMPARE_IS, .number = {true, 1}};
    rule.gifts = (struct program_gift_list){gift, 1};
    rule.conditions = (struct program_condition_list){condition, 1};
    return rule;
}

const struct problem *referrals_new_make(struct request *request,
                                         const struct referrals_new_input *input,
                                         struct referrals_made *view)
{
    struct program_level levels[3] = {{0}};
    struct making making = {.beginning = beginning_of(request, input)};
    struct program_rule rule = {
        .name = words_text(request->memory, request->language, "referrals.rule_name", NULL, 0),
        .trigger = TRIGGER_ORDER,
        .each = 1,
        .benefit = BENEFIT_PERCENT,
        .levels = {levels, 0},
        .period = PERIOD_EVER,
        .hold_days = input->hold_days,
    };
    struct program_fault fault;
    const struct problem *problem = read_levels(request, input, levels, &rule.levels.count);
    if (problem)
        return problem;
    if (input->gift.present &&
        !currency_equal(input->gift.value.currency, setting_currency("site.currency")))
        return request_refuse(request, "gift", "problem.pay.other_currency");
    struct program_gift gift;
    struct program_condition condition;
    struct program_rule all[2];
    making.beginning.rules = (struct program_rules){{all, 0}};
    if (input->gift.present)
        all[making.beginning.rules.rules.count++] =
            first_order(request, input, &rule, &gift, &condition);
    all[making.beginning.rules.rules.count++] = rule;
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
    if (problem)
        return problem;
    view->about = program.about;
    view->currency = program.currency;
    view->budget = (struct money){program.budget_minor, view->program.left.currency};
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
