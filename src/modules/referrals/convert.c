/*
 * Whose an order or an action is, and what follows. Both go the same way; here both are called orders.
 *
 * Must not know: HTTP, how it was told. Read next: attribution.c, core/program/hear.c.
 */
#include "modules/referrals/convert.h"

#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/code.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"
#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/results/results.h"
#include "modules/referrals/leads/lead.h"
#include "modules/referrals/personal/personal.h"

const struct problem referrals_unknown_click = {"referrals.unknown_click", 404, FAULT_CLIENT,
                                                false};

enum { TOUCHES_MOST = 400 /* looked at from either end */ };

/* By what a program judges; read for the first order that needs it. */
struct referrals_ruled {
    struct convert_terms_row terms;
    struct program_rules rules;
    bool has_terms, has_rules;
};

/* One order for one program. */
struct converting {
    struct database *db;
    struct memory *memory;
    const struct convert_order_row *order;
    const struct program_row *program;
    struct memory *kept;           /* of .ruled */
    struct referrals_ruled *ruled; /* of the sitting */
    struct maybe_instant basket;
    struct instant at;                     /* now */
    struct convert_touch_row_list touches; /* what is bound to it */
    bool counts;                           /* for one at least of who share it */
    struct referrals_judged *judged;       /* of all programs together */
};

/* ---- touches ---------------------------------------------------------------------------------- */

const struct problem *referrals_bind(struct database *db, struct memory *memory,
                                     const struct referrals_binding *binding)
{
    struct convert_click_row click;
    const struct problem *problem =
        convert_click(db, memory, binding->click, binding->business, &click);
    if (problem)
        return problem == &not_found ? &referrals_unknown_click : problem;
    if (click.marks > 0)
        return NULL; /* its mark says why it does not count */
    struct referrals_touch_row touch = {
        .id = {id_new()},
        .program = click.program,
        .partner = click.partner,
        .kind = TOUCH_LINK,
        .source = binding->click.value,
        .customer = binding->customer,
        .event = binding->event,
        .at = click.at,
    };
    struct convert_hit hit;
    problem = convert_touch_known(db, memory, click.program, binding->customer, binding->event,
                                  binding->click.value, &hit);
    if (problem != &not_found)
        return problem;
    problem = binding->event ? NULL
                             : results_signed_up(db, memory, click.program, click.partner,
                                                 binding->customer, click.at);
    return problem ? problem : convert_touch_insert(db, memory, &touch);
}

/* Whose a code is: that of a link, or one that takes something off and is a partner's. */
static const struct problem *find_code(const struct converting *converting, struct text folded,
                                       struct convert_code_row *out)
{
    struct coupon_row coupon;
    const struct problem *problem =
        convert_code(converting->db, converting->memory, converting->program->id, folded, out);
    if (problem != &not_found || converting->order->what != TRIGGER_ORDER)
        return problem;
    struct coupon_order order = {converting->program->id, converting->order->id, folded,
                                 converting->order->placed};
    problem = coupon_use(converting->db, converting->memory, &order, &coupon);
    if (!problem)
        *out = (struct convert_code_row){{coupon.id.value}, coupon.partner.value};
    return problem;
}

/* Codes that were typed at the till and are a partner's become touches of this order. */
static const struct problem *bind_codes(const struct converting *converting)
{
    struct text rest = converting->order->codes, typed;
    const struct problem *problem = NULL;
    while (!problem && text_split(&rest, ',', &typed)) {
        struct code code;
        struct convert_code_row found;
        if (!referrals_fold_code(text_trim(typed), &code))
            continue;
        problem = find_code(converting, (struct text){code.text, code.size}, &found);
        if (problem == &not_found) {
            problem = NULL;
            continue;
        }
        struct referrals_touch_row touch = {
            .id = {id_new()},
            .program = converting->program->id,
            .partner = found.partner,
            .kind = TOUCH_CODE,
            .source = found.id.value,
            .customer = converting->order->customer,
            .event = converting->order->id.value,
            .at = converting->order->placed,
        };
        if (!problem)
            problem = convert_touch_insert(converting->db, converting->memory, &touch);
    }
    return problem;
}

static const struct problem *join_touches(struct converting *converting,
                                          const struct convert_touch_row_list *more)
{
    struct convert_touch_row_list *all = &converting->touches;
    if (more->count == 0)
        return NULL;
    struct convert_touch_row *joined =
        memory_take_array(converting->memory, all->count + more->count, sizeof *joined);
    if (!joined)
        return &out_of_memory;
    if (all->count > 0)
        memcpy(joined, all->items, all->count * sizeof *joined);
    memcpy(joined + all->count, more->items, more->count * sizeof *joined);
    *all = (struct convert_touch_row_list){joined, all->count + more->count};
    return NULL;
}

/* What is bound to the customer, of very many the first and the last, and to the order alone. */
static const struct problem *find_touches(struct converting *converting)
{
    struct database *db = converting->db;
    struct memory *memory = converting->memory;
    struct program_id program = converting->program->id;
    const struct convert_order_row *order = converting->order;
    struct convert_touch_row_list *all = &converting->touches, more = {NULL, 0};
    const struct problem *problem = NULL;
    if (order->customer.value)
        problem = convert_touches_first(db, memory, program, order->customer, TOUCHES_MOST, all);
    if (!problem && all->count == TOUCHES_MOST)
        problem = convert_touches_last(db, memory, program, order->customer,
                                       all->items[TOUCHES_MOST - 1].id, TOUCHES_MOST, &more);
    if (!problem)
        problem = join_touches(converting, &more);
    if (!problem)
        problem = convert_touches_of(db, memory, program, order->id.value, order->customer,
                                     TOUCHES_MOST, &more);
    return problem ? problem : join_touches(converting, &more);
}

static const struct problem *read_touches(struct converting *converting,
                                          struct attribution_touch **out)
{
    const struct problem *problem = find_touches(converting);
    struct attribution_touch *touches = memory_take_array(
        converting->memory, (problem ? 0 : converting->touches.count) + 1, sizeof *touches);
    if (problem || !touches)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < converting->touches.count; i++) {
        const struct convert_touch_row *row = &converting->touches.items[i];
        touches[i] = (struct attribution_touch){.id = row->id,
                                                .partner = row->partner,
                                                .kind = row->kind,
                                                .at = row->at,
                                                .until = row->until,
                                                .customer = row->customer,
                                                .event = row->event};
    }
    *out = touches;
    return NULL;
}

/* The account a credit came by: who stands above it may be another than above the person's first one. */
static struct referrals_partner_id account_of(const struct converting *converting,
                                              const struct attribution_credit *credit)
{
    for (size_t i = 0; i < converting->touches.count; i++) {
        if (converting->touches.items[i].id.value == credit->touch.value)
            return converting->touches.items[i].account;
    }
    return credit->partner;
}

/* ---- whose it is ------------------------------------------------------------------------------ */

/* A customer who was brought stays who brought them first, for as long as the program says. */
static const struct problem *read_bound(const struct converting *converting,
                                        struct attribution_credit *credits, size_t most,
                                        size_t *count)
{
    struct convert_credit_row_list rows;
    struct instant since =
        instant_add(converting->order->placed, -converting->ruled->terms.bound_months * 30 * DAY);
    *count = 0;
    if (converting->ruled->terms.bound_months == 0 || converting->order->customer.value == 0)
        return NULL;
    const struct problem *problem =
        convert_bound(converting->db, converting->memory, converting->program->id,
                      converting->order->customer, since, &rows);
    for (size_t i = 0; !problem && i < rows.count && i < most; i++)
        credits[(*count)++] = (struct attribution_credit){.partner = rows.items[i].partner,
                                                          .share = rows.items[i].share};
    return problem;
}

/* A link that was followed at the till brought nobody: what is judged of the click later knows it. */
static const struct problem *note_checkout(const struct converting *converting)
{
    const struct problem *problem = NULL;
    struct instant basket = converting->basket.value, placed = converting->order->placed;
    for (size_t i = 0; !problem && converting->basket.present && i < converting->touches.count;
         i++) {
        const struct convert_touch_row *touch = &converting->touches.items[i];
        int64_t open = touch->at.ms - basket.ms, left = placed.ms - touch->at.ms;
        if (touch->kind == TOUCH_LINK && open > CLOCKS_APART && left >= -CLOCKS_APART &&
            left <= DOUBT_CHECKOUT)
            problem = doubt_see_checkout(converting->db, converting->memory, touch->id,
                                         (open + SECOND - 1) / SECOND);
    }
    return problem;
}

static const struct problem *find_credits(struct converting *converting,
                                          struct attribution_credit **out, size_t *count)
{
    struct attribution_touch *touches = NULL;
    const struct convert_order_row *order = converting->order;
    const struct attribution_terms terms = {
        .model = converting->ruled->terms.model,
        .window_days = converting->ruled->terms.window_days,
        .code_first = converting->ruled->terms.code_first,
        .late_days = converting->ruled->terms.late_days,
    };
    const struct attribution_conversion conversion = {order->id.value, order->customer,
                                                      order->placed, converting->basket};
    const struct problem *problem = read_touches(converting, &touches);
    if (!problem)
        problem = note_checkout(converting);
    if (problem)
        return problem;
    size_t touched = converting->touches.count;
    size_t most = touched > CONVERT_BOUND_MOST ? touched : CONVERT_BOUND_MOST;
    struct attribution_credit *credits =
        memory_take_array(converting->memory, most, sizeof *credits);
    if (!credits)
        return &out_of_memory;
    *out = credits;
    *count = attribution_decide(&terms, &conversion, touches, touched, credits);
    return *count > 0 ? NULL : read_bound(converting, credits, most, count);
}

/* ---- judging ---------------------------------------------------------------------------------- */

/* By where the program stood when it was ordered, whatever it was moved to since. */
static const struct problem *find_when_objection(const struct converting *converting,
                                                 const char **why)
{
    const struct program_row *program = converting->program;
    struct instant placed = converting->order->placed;
    bool before = placed.ms < program->since.ms;
    bool after = program->until.ms > 0 && placed.ms >= program->until.ms;
    enum program_state stood;
    const struct problem *problem =
        program_stood(converting->db, converting->memory, program, placed, &stood);
    if (problem)
        return problem;
    bool never = stood == PROGRAM_DRAFT && program->state == PROGRAM_ENDED;
    *why = NULL;
    if (stood == PROGRAM_PAUSED)
        *why = "referrals.why.paused";
    else if (before || after || never || stood == PROGRAM_ENDED)
        *why = "referrals.why.ended";
    else if (program_settled(program, converting->at))
        *why = "referrals.why.told_late";
    return NULL;
}

/* Why an order can't count at all in this program; NULL: it can. */
static const struct problem *find_objection(const struct converting *converting, const char **why)
{
    const struct convert_order_row *order = converting->order;
    const struct problem *problem = find_when_objection(converting, why);
    if (problem || *why || (order->what == TRIGGER_ACTION && order->total.minor == 0))
        return problem;
    if (!text_is(converting->program->currency, order->total.currency.code))
        *why = "referrals.why.currency";
    else if (order->total.minor == 0)
        *why = "referrals.why.zero";
    return NULL;
}

/* Orders before an order; before an action, those of its name. */
static const struct problem *read_history(const struct converting *converting,
                                          struct convert_history_row *out)
{
    const struct convert_order_row *order = converting->order;
    if (order->customer.value == 0)
        return NULL;
    return order->what == TRIGGER_ORDER
               ? convert_history(converting->db, converting->memory, order->customer, order->id,
                                 order->placed, out)
               : convert_action_history(converting->db, converting->memory, order->customer,
                                        order->action, order->id.value, order->placed, out);
}

static const struct problem *read_facts(const struct converting *converting,
                                        struct program_facts *out)
{
    const struct convert_order_row *order = converting->order;
    struct convert_history_row history = {0};
    struct program_line_list lines;
    struct program_guest *guest = memory_take(converting->memory, sizeof *guest);
    if (!guest)
        return &out_of_memory;
    *guest = (struct program_guest){{order->party.value != 0, order->party}, order->mail};
    const struct problem *problem =
        convert_lines(converting->db, converting->memory, order->id, order->business, &lines);
    if (!problem)
        problem = read_history(converting, &history);
    if (problem)
        return problem;
    *out = (struct program_facts){
        .trigger = order->what,
        .at = order->placed,
        .events = 1,
        .action = order->action,
        .country = order->country,
        .total = order->total,
        .lines = lines,
        .order_number = order->customer.value ? history.orders + 1 : 0,
        .guest = {guest, order->customer.value ? 1 : 0},
    };
    if (history.orders > 0)
        out->months = civil_months(civil_of(history.first), civil_of(order->placed));
    return NULL;
}

static struct doubt_order share_of(const struct converting *converting,
                                   const struct attribution_credit *credit,
                                   const struct downline_step *first)
{
    return (struct doubt_order){
        .program = converting->program->id,
        .partner = credit->partner,
        .account = first->partner,
        .person = first->person,
        .order = converting->order->id,
        .customer = converting->order->customer,
        .touch = credit->touch,
        .basket = converting->basket,
        .placed = converting->order->placed,
    };
}

/* One partner's share of it. */
static const struct problem *hear_share(struct converting *converting,
                                        const struct attribution_credit *credit,
                                        struct program_facts *facts, const char *why)
{
    struct downline_paid paid;
    struct convert_brought_row brought = {.partner = credit->partner};
    struct program_level agreed[PERSONAL_LEVELS];
    const struct problem *problem =
        downline_paid(converting->db, converting->memory, account_of(converting, credit), &paid);
    if (!problem)
        problem = convert_brought(converting->db, converting->memory, credit->partner, &brought);
    if (problem && problem != &not_found)
        return problem;
    problem = personal_agreed(converting->db, converting->memory, credit->partner, agreed,
                              &facts->agreed.count);
    if (problem)
        return problem;
    facts->agreed.items = agreed;
    facts->part = credit->share;
    facts->partner_orders = brought.orders;
    facts->partner_minor = brought.minor;
    if (!why && paid.levels[0].state != PARTNER_ACTIVE)
        why = "referrals.why.partner";
    if (!why && converting->order->party.value == paid.chain[0].value)
        why = "referrals.why.yourself";
    struct doubt_order share = share_of(converting, credit, &paid.levels[0]);
    struct suspect_verdict suspected = {.state = VERDICT_COUNTED};
    bool acted = converting->order->what != TRIGGER_ORDER; /* no rule against abuse knows actions */
    problem = why || acted ? NULL
                           : doubt_judge_order(converting->db, converting->memory, &share, false,
                                               &suspected);
    if (problem)
        return problem;
    bool doubtful = suspected.state != VERDICT_COUNTED;
    converting->judged->doubtful = converting->judged->doubtful || doubtful;
    struct program_heard heard = {
        .program = converting->program,
        .rules = &converting->ruled->rules,
        .facts = facts,
        .subject = converting->order->id.value,
        .chain = paid.chain,
        .levels = paid.count,
        .at = converting->at,
        .state = why ? VERDICT_REJECTED : suspected.state,
        .reason = doubtful ? suspect_words(suspected.findings[0].rule) : why,
    };
    problem = program_hear(converting->db, converting->memory, &heard);
    facts->agreed = (struct program_level_list){NULL, 0};
    if (!problem && !why && !acted)
        problem =
            doubt_keep_order(converting->db, converting->memory, &share, heard.verdict, &suspected);
    if (problem || doubtful || acted || heard.found == VERDICT_REJECTED)
        return problem;
    converting->counts = true;
    problem = results_shared_in(converting->db, converting->memory, converting->program->id,
                                credit->partner, brought.orders, facts->total.minor);
    brought = (struct convert_brought_row){credit->partner, 1, facts->total.minor};
    return problem ? problem : convert_brought_add(converting->db, converting->memory, &brought);
}

/* What nobody shares is kept where the shop told of the basket: judged again, by a claim say, it is needed. */
static const struct problem *keep_judged(const struct converting *converting, size_t partners)
{
    const struct convert_order_row *order = converting->order;
    struct convert_conversion_row row = {
        .program = converting->program->id,
        .event = order->id.value,
        .id = {id_new()},
        .what = order->what,
        .customer = order->customer,
        .at = order->placed,
        .basket = converting->basket.present ? converting->basket.value : (struct instant){0},
        .total = order->total,
        .partners = (int64_t)partners,
    };
    return partners > 0 || converting->basket.present
               ? convert_conversion_keep(converting->db, converting->memory, &row)
               : NULL;
}

static const struct problem *keep_results(const struct converting *converting,
                                          const struct program_facts *facts)
{
    const struct convert_order_row *order = converting->order;
    struct results_order counted = {.program = converting->program->id,
                                    .event = order->id.value,
                                    .customer = order->customer,
                                    .at = order->placed,
                                    .total_minor = order->total.minor,
                                    .first = facts->order_number == 1,
                                    .country = facts->country};
    return converting->counts ? results_ordered(converting->db, converting->memory, &counted)
                              : NULL;
}

static const struct problem *read_terms(const struct converting *converting)
{
    struct referrals_ruled *ruled = converting->ruled;
    if (ruled->has_terms)
        return NULL;
    const struct problem *problem =
        convert_terms(converting->db, converting->kept, converting->program->id, &ruled->terms);
    ruled->has_terms = !problem;
    return problem;
}

static const struct problem *read_rules(const struct converting *converting)
{
    struct referrals_ruled *ruled = converting->ruled;
    if (ruled->has_rules)
        return NULL;
    const struct problem *problem =
        program_rules_of(converting->db, converting->kept, converting->program->id,
                         converting->program->version, &ruled->rules);
    ruled->has_rules = !problem;
    return problem;
}

static const struct problem *convert(struct converting *converting)
{
    struct attribution_credit *credits = NULL;
    struct program_facts facts;
    size_t count = 0;
    const struct convert_order_row *order = converting->order;
    const struct problem *problem = bind_codes(converting);
    if (!problem)
        problem = leads_bind(converting->db, converting->memory, converting->program->id,
                             order->customer);
    if (!problem)
        problem = find_credits(converting, &credits, &count);
    if (problem || count == 0)
        return problem ? problem : keep_judged(converting, 0);
    converting->judged->partners += (int64_t)count;
    problem = read_rules(converting);
    if (!problem)
        problem = read_facts(converting, &facts);
    const char *why = NULL;
    if (!problem)
        problem = find_objection(converting, &why);
    for (size_t i = 0; !problem && i < count; i++) {
        struct convert_credit_row credit = {converting->program->id, order->id.value,
                                            credits[i].partner, credits[i].share, credits[i].touch};
        problem = hear_share(converting, &credits[i], &facts, why);
        if (!problem)
            problem = convert_credit_insert(converting->db, converting->memory, &credit);
    }
    if (!problem)
        problem = keep_judged(converting, count);
    return problem ? problem : keep_results(converting, &facts);
}

/* ---- what is given back ----------------------------------------------------------------------- */

static const struct problem *settle(struct database *db, struct memory *memory,
                                    const struct convert_order_row *order,
                                    struct program_id program, int64_t of, struct instant at)
{
    bool whole = order->what == TRIGGER_ACTION; /* stands, or comes to nothing */
    int64_t left = whole ? 1 : order->total.minor - order->refunded_minor;
    of = whole ? 1 : of;
    left = order->state == ORDER_CANCELLED ? 0 : left;
    struct program_return returned = {
        .program = program,
        .subject = order->id.value,
        .minor = left >= of ? 0 : of - (left > 0 ? left : 0),
        .of = of,
        .at = at,
    };
    const struct problem *problem =
        results_returned(db, memory, program, returned.subject, returned.minor);
    if (problem || returned.minor == 0)
        return problem;
    problem = program_take_back(db, memory, &returned);
    return problem ? problem
                   : doubt_see_return(db, memory, program, returned.subject, returned.minor, of);
}

/* ---- what is told anew ------------------------------------------------------------------------ */

/* The order came to more than its program knows: what was given for it is given for the whole. */
static const struct problem *grow(struct converting *converting,
                                  const struct convert_conversion_row *known, bool *grown)
{
    const struct convert_order_row *order = converting->order;
    struct database *db = converting->db;
    struct memory *memory = converting->memory;
    struct program_retold retold = {
        .program = converting->program->id,
        .subject = order->id.value,
        .total = order->total,
        .returned_minor = order->refunded_minor,
        .at = converting->at,
    };
    const struct problem *problem =
        convert_lines(db, memory, order->id, order->business, &retold.lines);
    if (!problem)
        problem = program_retell(db, memory, &retold);
    *grown = !problem && retold.grown;
    if (!*grown)
        return problem;
    problem = results_grew(db, memory, retold.program, retold.subject, order->total.minor,
                           order->refunded_minor);
    if (!problem)
        problem = convert_brought_more(db, memory, retold.program, retold.subject,
                                       order->total.minor - known->total.minor);
    return problem ? problem
                   : convert_conversion_grow(db, memory, retold.program, retold.subject,
                                             order->total.minor);
}

/* It came to too little to count, and comes to more now: it is judged as if it were told at first. */
static const struct problem *unhear(struct converting *converting, bool *unheard)
{
    struct program_id program = converting->program->id;
    int64_t event = converting->order->id.value;
    const struct problem *problem = program_unhear(converting->db, converting->memory, program,
                                                   event, text_of("referrals.why.zero"), unheard);
    return problem || !*unheard
               ? problem
               : convert_credits_drop(converting->db, converting->memory, program, event);
}

/* What is known of it already; *over: there is nothing to be judged. */
static const struct problem *tell_anew(struct converting *converting,
                                       const struct convert_conversion_row *known, bool *over)
{
    const struct convert_order_row *order = converting->order;
    bool stands = order->what == TRIGGER_ORDER && order->state == ORDER_PLACED;
    bool unheard = false, grown = false;
    const struct problem *problem = NULL;
    if (stands && order->total.minor > known->total.minor)
        problem = unhear(converting, &unheard);
    *over = !unheard;
    if (problem || unheard)
        return problem;
    converting->judged->partners += known->partners;
    converting->judged->doubtful = true;
    if (stands)
        problem = grow(converting, known, &grown);
    return problem || grown ? problem
                            : settle(converting->db, converting->memory, order,
                                     converting->program->id, known->total.minor, converting->at);
}

static const struct problem *judge_or_settle(struct converting *converting)
{
    const struct convert_order_row *order = converting->order;
    struct database *db = converting->db;
    struct memory *memory = converting->memory;
    struct program_id program = converting->program->id;
    struct convert_conversion_row known;
    const struct problem *problem =
        convert_conversion(db, memory, program, order->id.value, &known);
    bool over = false;
    if (!problem && known.partners > 0)
        problem = tell_anew(converting, &known, &over);
    if (over)
        return problem;
    if (!problem && known.basket.ms > 0)
        converting->basket = (struct maybe_instant){true, known.basket};
    if ((problem && problem != &not_found) || order->state != ORDER_PLACED)
        return problem == &not_found ? NULL : problem;
    problem = read_terms(converting);
    if (!problem)
        problem = convert(converting);
    return problem || order->refunded_minor == 0
               ? problem
               : settle(db, memory, order, program, order->total.minor, converting->at);
}

/* All that an order may count for, or counted for: not those that were settled before it was placed. Some further back,
 * so that older orders of the same sitting need no other list. */
static const struct problem *read_programs(struct referrals_sitting *sitting,
                                           const struct convert_order_row *order)
{
    enum { FURTHER_BACK = 90 };
    struct party_id business = order->business;
    struct instant since = instant_add(order->placed, -PROGRAM_SETTLE_DAYS * DAY);
    if (sitting->business.value == business.value && sitting->since.ms <= since.ms)
        return NULL;
    sitting->since = instant_add(since, -FURTHER_BACK * DAY);
    const struct problem *problem =
        programs_begun(sitting->db, sitting->memory, business, text_of("referrals"), sitting->since,
                       &sitting->programs);
    if (problem)
        return problem;
    sitting->ruled =
        memory_take_array(sitting->memory, sitting->programs.count, sizeof *sitting->ruled);
    sitting->business = business;
    return sitting->ruled ? NULL : &out_of_memory;
}

/* For each program of its business. */
static const struct problem *judge_everywhere(struct referrals_sitting *sitting,
                                              struct memory *memory,
                                              const struct convert_order_row *order,
                                              struct maybe_instant basket,
                                              struct referrals_judged *judged)
{
    const struct problem *problem = read_programs(sitting, order);
    *judged = (struct referrals_judged){.partners = 0};
    for (size_t i = 0; !problem && i < sitting->programs.count; i++) {
        struct converting converting = {.db = sitting->db,
                                        .memory = memory,
                                        .order = order,
                                        .program = &sitting->programs.items[i],
                                        .kept = sitting->memory,
                                        .ruled = &sitting->ruled[i],
                                        .basket = basket,
                                        .at = sitting->at,
                                        .judged = judged};
        problem = judge_or_settle(&converting);
    }
    return problem;
}

const struct problem *referrals_judge(struct referrals_sitting *sitting, struct memory *memory,
                                      struct order_id id, struct maybe_instant basket,
                                      struct referrals_judged *judged)
{
    struct convert_order_row order;
    const struct problem *problem = convert_order(sitting->db, memory, id, &order);
    return problem ? problem : judge_everywhere(sitting, memory, &order, basket, judged);
}

const struct problem *referrals_order(struct database *db, struct memory *memory,
                                      struct order_id id, struct maybe_instant basket,
                                      struct instant at)
{
    struct referrals_sitting sitting = {.db = db, .memory = memory, .at = at};
    struct referrals_judged judged;
    return referrals_judge(&sitting, memory, id, basket, &judged);
}

const struct problem *referrals_action(struct database *db, struct memory *memory, int64_t action,
                                       struct instant at)
{
    struct referrals_sitting sitting = {.db = db, .memory = memory, .at = at};
    struct maybe_instant no_basket = {.present = false};
    struct convert_order_row order;
    struct referrals_judged judged;
    const struct problem *problem = convert_action(db, memory, action, &order);
    return problem ? problem : judge_everywhere(&sitting, memory, &order, no_basket, &judged);
}

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    return referrals_order(db, memory, (struct order_id){event->subject},
                           (struct maybe_instant){.present = false}, event->at);
}

const struct consumer referrals_orders = {
    .name = "referrals.orders",
    .follows = "core.order.",
    .take = take,
};
