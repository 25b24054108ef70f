/*
 * Actions kept, bound to what led to them, and judged.
 *
 * Must not know: HTTP, how they are judged. Read next: src/modules/referrals/convert.c.
 */
#include "modules/referrals/actions/action.h"

#include "base/ids.h"
#include "base/settings.h"
#include "modules/referrals/actions/queries.h"
#include "modules/referrals/actions/rows.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"

const struct problem referrals_action_differs = {"referrals.action_differs", 409, FAULT_CLIENT,
                                                 false};

static struct text told_or_empty(const struct maybe_text *told)
{
    return told->present ? text_trim(told->value) : text_of("");
}

static const struct problem *find_customer(struct database *db, struct memory *memory,
                                           struct action_taking *taking, struct customer_id *out)
{
    const struct customer_told told = {.number = taking->told->customer,
                                       .mail = taking->told->mail};
    struct kept kept;
    if (!told.number.present && !told.mail.present)
        return NULL;
    const struct problem *problem =
        customer_keep(db, memory, &taking->keeping, &told, taking->mail, &kept);
    if (problem)
        return problem;
    taking->refused = kept.problem;
    out->value = kept.id;
    return NULL;
}

static bool same(const struct action_row *known, const struct action_row *told,
                 const struct action_told *as)
{
    return text_equal(known->name, told->name) && text_equal(known->code, told->code) &&
           known->customer.value == told->customer.value &&
           known->total.minor == told->total.minor &&
           currency_equal(known->total.currency, told->total.currency) &&
           (!as->at.present || known->at.ms == told->at.ms);
}

static const struct problem *keep(struct database *db, struct memory *memory,
                                  struct action_taking *taking)
{
    const struct action_told *told = taking->told;
    struct action_row known;
    if (told->at.present && shop_is_ahead(told->at.value, taking->keeping.at)) {
        taking->refused = &shop_ahead;
        return NULL;
    }
    struct action_row row = {
        .id = {id_new()},
        .business = taking->keeping.business,
        .number = text_trim(told->number),
        .name = text_trim(told->action),
        .code = told_or_empty(&told->code),
        .total = told->amount.present ? told->amount.value
                                      : (struct money){0, setting_currency("site.currency")},
        .at = told->at.present ? told->at.value : taking->keeping.at,
    };
    const struct problem *problem = find_customer(db, memory, taking, &row.customer);
    if (problem || taking->refused)
        return problem;
    problem = action_by_number(db, memory, row.business, row.number, &known);
    taking->again = !problem;
    taking->id = taking->again ? known.id : row.id;
    if (taking->again && !same(&known, &row, told))
        taking->refused = &referrals_action_differs;
    return problem == &not_found ? action_insert(db, memory, &row) : problem;
}

const struct problem *referrals_action_take(struct database *db, struct memory *memory,
                                            struct action_taking *taking)
{
    struct convert_number shares = {0};
    int64_t click = 0;
    taking->refused = NULL;
    taking->click_known = false;
    const struct problem *problem = keep(db, memory, taking);
    if (problem || taking->refused)
        return problem;
    bool followed =
        taking->told->click.present && id_parse(taking->told->click.value, "clk", &click);
    struct referrals_binding binding = {
        .business = taking->keeping.business, .click = {click}, .event = taking->id.value};
    if (followed)
        problem = referrals_bind(db, memory, &binding);
    taking->click_known = followed && !problem;
    problem = problem == &referrals_unknown_click ? NULL : problem;
    if (!problem)
        problem = referrals_action(db, memory, taking->id.value, taking->keeping.at);
    if (!problem)
        problem = convert_shares(db, memory, taking->id.value, &shares);
    taking->partners = shares.number;
    return problem;
}

const struct problem *referrals_action_reverse(struct database *db, struct memory *memory,
                                               struct party_id business, struct text number,
                                               struct instant at)
{
    struct action_row row;
    const struct problem *problem = action_by_number(db, memory, business, text_trim(number), &row);
    if (!problem)
        problem = action_reverse(db, memory, row.id, at);
    return problem ? problem : referrals_action(db, memory, row.id.value, at);
}
