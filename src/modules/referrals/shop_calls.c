/*
 * What a shop's own program tells: to whom a click led, and orders with what led to them.
 *
 * Orders may come any other way as well (core/shop); these calls say in one what leads to them. Must not know:
 * how they are judged. Read next: convert.c.
 */
#include "base/ids.h"
#include "core/imports/kind.shapes.h"
#include "modules/referrals/claims/pages.h"
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

/* ---- orders ----------------------------------------------------------------------------------- */

enum { TOGETHER = 50 /* orders in one write, so that others have their turn in between */ };

/* One order, and what became of it. */
struct telling {
    const struct referrals_order_input *input;
    struct kept kept;               /* filled */
    struct referrals_judged judged; /* filled */
    bool click_known;               /* filled */
    struct maybe_doubt_id doubt;    /* filled */
};

/* Some of them as one write. */
struct taking {
    struct keeping keeping;
    const struct order_given *given;
    struct telling *tellings;
    size_t count; /* ..TOGETHER */
};

static const struct problem *judge(struct referrals_sitting *sitting, struct memory *memory,
                                   const struct keeping *keeping, struct telling *telling)
{
    const struct referrals_order_input *input = telling->input;
    struct order_id order = {telling->kept.id};
    const struct referrals_binding binding = {
        .business = keeping->business, .click = click_of(input->click.value), .event = order.value};
    const struct problem *problem = NULL;
    if (input->click.present)
        problem = referrals_bind(sitting->db, memory, &binding);
    telling->click_known = input->click.present && !problem;
    problem = problem == &referrals_unknown_click ? NULL : problem;
    if (!problem)
        problem = referrals_judge(sitting, memory, order, input->basket, &telling->judged);
    return problem || !telling->judged.doubtful
               ? problem
               : doubt_first_of(sitting->db, memory, order, &telling->doubt);
}

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    struct kept kept[TOGETHER];
    struct referrals_sitting sitting = {.db = db, .memory = memory, .at = taking->keeping.at};
    const struct problem *problem =
        orders_keep(db, memory, &taking->keeping, taking->given, taking->count, kept);
    for (size_t i = 0; !problem && i < taking->count; i++) {
        struct memory *scratch = memory_scratch(memory);
        taking->tellings[i].kept = kept[i];
        taking->tellings[i].doubt.present = false; /* of a write that was tried before */
        if (!scratch)
            return &out_of_memory;
        if (!kept[i].problem)
            problem = judge(&sitting, scratch, &taking->keeping, &taking->tellings[i]);
        memory_end(scratch);
    }
    return problem;
}

/* `within` is the path of an order's fields. */
static const struct problem *prepare(struct request *request, struct text within,
                                     const struct order_told *told, struct order_given *out)
{
    struct text field;
    if (order_fits(request->memory, told, &field))
        return order_prepare(request->memory, told, out);
    struct text path =
        text_format(request->memory, "%.*s.%.*s", TEXT_ARGS(within), TEXT_ARGS(field));
    return path.data ? request_refuse(request, path.data, "shop.wrong.currency") : &out_of_memory;
}

const struct problem *referrals_order_take(struct request *request,
                                           const struct referrals_order_input *input,
                                           struct referrals_order_found *view)
{
    struct order_given given;
    struct telling telling = {.input = input};
    struct taking taking = {keeping_of(request), &given, &telling, 1};
    const struct problem *problem = prepare(request, text_of("order"), &input->order, &given);
    if (!problem)
        problem = store_write(request->store, request->memory, take, &taking);
    if (!problem && telling.kept.problem == &shop_ahead)
        return request_refuse(request, "order.placed", "problem.shop.ahead.detail");
    if (problem || telling.kept.problem)
        return problem ? problem : telling.kept.problem;
    *view = (struct referrals_order_found){.order = {telling.kept.id},
                                           .outcome = telling.kept.outcome,
                                           .partners = telling.judged.partners,
                                           .click_known = telling.click_known,
                                           .doubt = telling.doubt};
    return referrals_claim_address(request->memory, view->order, &view->claim);
}

static struct referrals_order_line line_of(const struct telling *telling)
{
    const struct kept *kept = &telling->kept;
    if (kept->problem)
        return (struct referrals_order_line){.outcome = text_of("refused"),
                                             .problem = {true, text_of(kept->problem->name)}};
    return (struct referrals_order_line){
        .order = {true, {kept->id}},
        .outcome = text_of(words_name(&keep_outcome_words, (int)kept->outcome)),
        .partners = telling->judged.partners,
        .click_known = telling->click_known,
        .doubt = telling->doubt};
}

static const struct problem *prepare_all(struct request *request,
                                         const struct referrals_order_input_list *inputs,
                                         struct order_given *given, struct telling *tellings)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < inputs->count; i++) {
        struct text within = text_format(request->memory, "lines.%zu.order", i);
        tellings[i] = (struct telling){.input = &inputs->items[i]};
        problem = within.data ? prepare(request, within, &inputs->items[i].order, &given[i])
                              : &out_of_memory;
    }
    return problem;
}

const struct problem *referrals_orders_take(struct request *request,
                                            const struct referrals_order_batch *input,
                                            struct referrals_orders_found *view)
{
    size_t count = input->lines.count;
    struct order_given *given = memory_take_array(request->memory, count, sizeof *given);
    struct telling *tellings = memory_take_array(request->memory, count, sizeof *tellings);
    struct referrals_order_line *lines = memory_take_array(request->memory, count, sizeof *lines);
    const struct problem *problem = given && tellings && lines
                                        ? prepare_all(request, &input->lines, given, tellings)
                                        : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i += TOGETHER) {
        size_t left = count - i;
        struct taking taking = {keeping_of(request), &given[i], &tellings[i],
                                left < TOGETHER ? left : TOGETHER};
        problem = store_write(request->store, request->memory, take, &taking);
    }
    for (size_t i = 0; !problem && i < count; i++)
        lines[i] = line_of(&tellings[i]);
    *view = (struct referrals_orders_found){{lines, count}};
    return problem;
}
