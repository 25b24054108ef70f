/*
 * What a shop asks and does at its checkout.
 *
 * A shop learns of nobody who has no units of its own: of them it reads the same as of addresses that are
 * nobody's. Must not know: how units are reserved. Read next: core/checkout/spend.h.
 */
#include "core/checkout/pages.h"

#include "base/log.h"
#include "core/checkout/queries.h"
#include "core/people/party.h"

enum { PAGE = 20, HOURS = 24 /* reserved, unless said */, KINDS = 2 };

/* ---- whose ------------------------------------------------------------------------------------ */

static const struct problem *by_customer(struct request *request,
                                         const struct checkout_query *query, struct party_id *out)
{
    struct checkout_person person;
    struct party_id business = request->viewer.organisation;
    const struct problem *problem =
        query->customer.present ? checkout_customer(request->db, request->memory, business,
                                                    query->customer.value, &person)
                                : checkout_customer_of(request->db, request->memory, business,
                                                       query->known_as.value, &person);
    if (!problem)
        *out = person.party;
    return problem;
}

/* Whose units are asked for, and which there are; *out {0}: none, and maybe nobody. */
static const struct problem *find_units(struct request *request, const struct checkout_query *query,
                                        struct party_id *out, struct checkout_account_list *units)
{
    struct party_row row;
    int named = query->mail.present + query->customer.present + query->known_as.present +
                query->person.present;
    *units = (struct checkout_account_list){NULL, 0};
    *out = query->person.value;
    if (named != 1)
        return request_refuse(request, "mail", "checkout.wrong.who");
    const struct problem *problem = NULL;
    if (query->mail.present) {
        problem = party_by_mail(request->db, request->memory, query->mail.value, &row);
        *out = problem ? (struct party_id){0} : row.id;
    } else if (!query->person.present) {
        problem = by_customer(request, query, out);
    }
    if (!problem)
        problem =
            checkout_units(request->db, request->memory, request->viewer.organisation, *out, units);
    if (problem == &not_found || units->count == 0)
        *out = (struct party_id){0};
    return problem == &not_found ? NULL : problem;
}

static const struct problem *show_held(struct request *request, struct party_id person,
                                       const struct checkout_account *account,
                                       struct checkout_held *out)
{
    struct ledger_promise promise;
    struct money units = reward_units_of(account->balance_minor, account->currency);
    const struct problem *problem = promise_find(
        request->db, request->memory, request->viewer.organisation, units.currency, &promise);
    if (problem)
        return problem;
    int64_t free = account->balance_minor - account->held_minor;
    units.minor = free > 0 ? free : 0;
    *out = (struct checkout_held){
        .kind = promise.kind,
        .units = account->balance_minor,
        .reserved = account->held_minor,
        .free = units.minor,
        .amount = reward_units(request->memory, request->language, units, false),
        .worth = reward_worth(&promise, units.minor),
        .least = promise.least,
        .part = promise.part};
    if (!out->amount.data)
        return &out_of_memory;
    return account->balance_minor <= 0 ? NULL : reward_ends(request, person, &promise, &out->ends);
}

const struct problem *core_checkout_show(struct request *request,
                                         const struct checkout_query *query,
                                         struct checkout_view *view)
{
    struct checkout_account_list units;
    struct checkout_held *held = memory_take_array(request->memory, KINDS, sizeof *held);
    struct party_id person;
    const struct problem *problem =
        held ? find_units(request, query, &person, &units) : &out_of_memory;
    if (problem)
        return problem;
    size_t count = units.count < KINDS ? units.count : KINDS;
    for (size_t i = 0; !problem && i < count; i++)
        problem = show_held(request, person, &units.items[i], &held[i]);
    view->person = (struct maybe_party_id){person.value != 0, person};
    view->held = (struct checkout_held_list){held, count};
    return problem;
}

/* ---- told ------------------------------------------------------------------------------------- */

static const struct problem *tell(struct request *request, const struct spend_row *spend,
                                  int64_t back, struct spend_card *out)
{
    struct money given_back = {back, spend->units.currency};
    *out = (struct spend_card){
        .spend = spend->id,
        .order = spend->number,
        .person = spend->party,
        .kind = reward_kind(spend->units.currency),
        .state = spend->state,
        .units = spend->units.minor,
        .amount = reward_units(request->memory, request->language, spend->units, false),
        .price = spend->price,
        .pays = spend->paid,
        .used = spend->used_minor,
        .paid = {spend->state == SPEND_TAKEN, spend_worth(spend, spend->used_minor - back)},
        .back = back,
        .back_words = {back > 0,
                       reward_units(request->memory, request->language, given_back, false)},
        .at = spend->at,
        .until = spend->until,
    };
    return out->amount.data && out->back_words.value.data ? NULL : &out_of_memory;
}

static struct spend_row row_of(const struct spend_line_row *line)
{
    return (struct spend_row){.id = line->id,
                              .party = line->party,
                              .number = line->number,
                              .state = line->state,
                              .units = line->units,
                              .price = line->price,
                              .paid = line->paid,
                              .used_minor = line->used_minor,
                              .at = line->at,
                              .until = line->until};
}

const struct problem *core_spends_show(struct request *request, const struct spends_query *query,
                                       struct spends_view *view)
{
    struct spend_line_row_list rows;
    struct spend_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    view->order = query->order.present ? query->order.value : text_of("");
    view->may = request->viewer.role >= MEMBER_BUYER;
    view->later_page = query->before.present;
    const struct problem *problem = spends_of(
        request->db, request->memory, request->viewer.organisation, view->order, before, &rows);
    if (!problem)
        problem =
            list_cut(request->memory, &spend_line_row_shape, &rows, PAGE, &view->later, "?before=");
    if (problem)
        return problem;
    struct spend_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        struct spend_row row = row_of(&rows.items[i]);
        problem = tell(request, &row, rows.items[i].back_minor, &cards[i]);
        cards[i].name = (struct maybe_text){true, rows.items[i].name};
    }
    view->spends = (struct spend_card_list){cards, rows.count};
    return problem;
}

/* ---- done ------------------------------------------------------------------------------------- */

/* What the rules or the account refused, beside the field that it is about. */
static const struct problem *blame(struct request *request, enum promise_kind kind,
                                   const struct problem *problem)
{
    const char *field = kind == PROMISE_CREDIT ? "sum" : "units";
    if (problem == &ledger_wrong_currency)
        return request_refuse(request, "price", "problem.pay.other_currency");
    bool rule = problem == &promise_too_few || problem == &promise_too_much ||
                problem == &promise_none || problem == &ledger_not_enough ||
                problem == &ledger_hold_too_small || problem == &ledger_more_than_left;
    return rule ? request_blame(request, field, problem) : problem;
}

const struct problem *core_spend_reserve(struct request *request, const struct spend_form *form,
                                         struct spend_card *view)
{
    struct checkout_query who = {form->mail, form->customer, form->known_as, form->person};
    struct checkout_account_list units;
    int64_t hours = form->hours.present ? form->hours.value : HOURS;
    struct spend_row spend = {.business = request->viewer.organisation,
                              .actor = request->viewer.person,
                              .number = form->order,
                              .price = form->price,
                              .at = request->now,
                              .until = instant_add(request->now, hours * HOUR)};
    if (form->kind == PROMISE_TICKETS)
        return request_refuse(request, "kind", "checkout.wrong.tickets");
    const struct problem *problem = reward_need_rules(request, form->kind);
    if (!problem)
        problem =
            reward_read_units(request, form->kind, "", &form->units, &form->sum, &spend.units);
    if (!problem)
        problem = find_units(request, &who, &spend.party, &units);
    if (problem)
        return problem;
    if (spend.party.value == 0)
        return request_refuse(request, "mail", "reward.wrong.holds_none");
    problem = spend_reserve(request->store, request->memory, &spend);
    if (problem)
        return blame(request, form->kind, problem);
    struct spend_row now = spend;
    int64_t back = 0;
    problem = spend_back(request->db, request->memory, &now, &back);
    return problem ? problem : tell(request, &now, back, view);
}

/* One of the business, and how much of it is meant. */
static const struct problem *read_part(struct request *request, const struct spend_part_form *form,
                                       struct spending *spending)
{
    const struct problem *problem = spend_find(
        request->db, request->memory, request->viewer.organisation, form->spend, &spending->spend);
    if (problem)
        return problem;
    struct money part = {0};
    bool all = !form->units.present && !form->sum.present;
    spending->id = form->spend;
    spending->business = request->viewer.organisation;
    spending->actor = request->viewer.person;
    spending->note = form->note.present ? form->note.value : text_of("");
    spending->at = request->now;
    if (!all)
        problem = reward_read_units(request, reward_kind(spending->spend.units.currency), "",
                                    &form->units, &form->sum, &part);
    spending->units = all ? spending->spend.units.minor : part.minor;
    return problem;
}

static const struct problem *done(struct request *request, const struct spending *spending,
                                  const struct problem *problem, struct spend_card *view)
{
    if (problem)
        return blame(request, reward_kind(spending->spend.units.currency), problem);
    request_go(request, "/biz/promises/spends");
    return tell(request, &spending->spend, spending->back_minor, view);
}

const struct problem *core_spend_take(struct request *request, const struct spend_part_form *form,
                                      struct spend_card *view)
{
    struct spending spending = {.units = 0};
    const struct problem *problem = read_part(request, form, &spending);
    if (problem)
        return problem;
    if (spending.units == 0)
        return request_refuse(request, "units", "checkout.wrong.nothing");
    problem = spend_take(request->store, request->memory, &spending);
    return done(request, &spending, problem, view);
}

const struct problem *core_spend_release(struct request *request, const struct spend_do *form,
                                         struct spend_card *view)
{
    struct spend_part_form all = {.spend = form->spend};
    struct spending spending = {.units = 0};
    const struct problem *problem = read_part(request, &all, &spending);
    if (!problem)
        problem = spend_release(request->store, request->memory, &spending);
    return problem == &not_found ? problem : done(request, &spending, problem, view);
}

const struct problem *core_spend_return(struct request *request, const struct spend_part_form *form,
                                        struct spend_card *view)
{
    struct spending spending = {.units = 0};
    const struct problem *problem = read_part(request, form, &spending);
    if (problem)
        return problem;
    if (!form->units.present && !form->sum.present)
        spending.units = spending.spend.used_minor;
    problem = spend_give_back(request->store, request->memory, &spending);
    return done(request, &spending, problem, view);
}
