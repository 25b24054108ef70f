/*
 * What a shop's own program tells: to whom a click led, and orders with what led to them.
 *
 * Orders may come any other way as well (core/shop); these calls say in one what leads to them. Must not know:
 * how they are judged. Read next: convert.c.
 */
#include "base/ids.h"
#include "modules/referrals/claims/pages.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"
#include "modules/referrals/portal.h"

static struct keeping keeping_of(const struct request *request)
{
    return (struct keeping){.business = request->viewer.organisation,
                            .person = request->viewer.person,
                            .source = ORDER_BY_PROGRAM,
                            .at = request->now};
}

/* Visitors can change what stands in an address, so that what is no click is one nobody knows. */
static struct referrals_click_id click_of(struct text typed)
{
    int64_t id = 0;
    return (struct referrals_click_id){id_parse(typed, "clk", &id) ? id : 0};
}

struct binding {
    struct keeping keeping;
    struct customer_told customer;
    struct text mail; /* mark of it */
    struct referrals_binding what;
};

static const struct problem *bind(struct database *db, struct memory *memory, void *context)
{
    struct binding *binding = context;
    struct kept kept;
    const struct problem *problem =
        customer_keep(db, memory, &binding->keeping, &binding->customer, binding->mail, &kept);
    if (problem || kept.problem)
        return problem ? problem : kept.problem;
    binding->what.customer.value = kept.id;
    return referrals_bind(db, memory, &binding->what);
}

const struct problem *referrals_click_bind(struct request *request,
                                           const struct referrals_bind_input *input,
                                           struct referrals_bound *view)
{
    struct binding binding = {
        .keeping = keeping_of(request),
        .customer = {.number = input->customer, .mail = input->mail},
        .mail = {"", 0},
        .what = {.business = request->viewer.organisation, .click = click_of(input->click)},
    };
    const struct problem *problem = NULL;
    if (!input->customer.present && !input->mail.present)
        return request_refuse(request, "customer", "referrals.wrong.nobody");
    if (input->mail.present)
        problem = shop_mail_mark(request->memory, input->mail.value, &binding.mail);
    if (!problem)
        problem = store_write(request->store, request->memory, bind, &binding);
    view->customer = binding.what.customer;
    return problem == &referrals_unknown_click
               ? request_refuse(request, "click", "problem.referrals.unknown_click")
               : problem;
}

struct taking {
    struct keeping keeping;
    struct order_given given;
    const struct referrals_order_input *input;
    struct kept kept;            /* filled */
    int64_t partners;            /* filled */
    bool click_known;            /* filled */
    struct maybe_doubt_id doubt; /* filled */
};

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    struct convert_number shares = {0};
    const struct problem *problem =
        orders_keep(db, memory, &taking->keeping, &taking->given, 1, &taking->kept);
    if (problem || taking->kept.problem)
        return problem ? problem : taking->kept.problem;
    struct referrals_binding binding = {.business = taking->keeping.business,
                                        .click = click_of(taking->input->click.value),
                                        .event = taking->kept.id};
    struct order_id order = {taking->kept.id};
    if (taking->input->click.present)
        problem = referrals_bind(db, memory, &binding);
    taking->click_known = taking->input->click.present && !problem;
    problem = problem == &referrals_unknown_click ? NULL : problem;
    if (!problem)
        problem = referrals_order(db, memory, order, taking->input->basket, taking->keeping.at);
    if (!problem)
        problem = convert_shares(db, memory, order.value, &shares);
    taking->partners = shares.number;
    return problem ? problem : doubt_first_of(db, memory, order, &taking->doubt);
}

const struct problem *referrals_order_take(struct request *request,
                                           const struct referrals_order_input *input,
                                           struct referrals_order_found *view)
{
    struct taking taking = {.keeping = keeping_of(request), .input = input};
    struct text field;
    if (!order_fits(request->memory, &input->order, &field)) {
        struct text path = text_format(request->memory, "order.%.*s", TEXT_ARGS(field));
        return path.data ? request_refuse(request, path.data, "shop.wrong.currency")
                         : &out_of_memory;
    }
    const struct problem *problem = order_prepare(request->memory, &input->order, &taking.given);
    if (!problem)
        problem = store_write(request->store, request->memory, take, &taking);
    if (problem)
        return problem;
    *view = (struct referrals_order_found){.order = {taking.kept.id},
                                           .outcome = taking.kept.outcome,
                                           .partners = taking.partners,
                                           .click_known = taking.click_known,
                                           .doubt = taking.doubt};
    return referrals_claim_address(request->memory, view->order, &view->claim);
}
