/*
 * What a business's own program tells: orders, refunds, cancellations, products, customers.
 *
 * Must not know: how they are judged. Read next: core/shop/order.c.
 */
#include "core/imports/kind.shapes.h"
#include "core/shop/pages.h"
#include "core/shop/parts.h"
#include "core/shop/shop.shapes.h"

static struct keeping keeping_of(const struct request *request)
{
    return (struct keeping){.business = request->viewer.organisation,
                            .person = request->viewer.person,
                            .source = ORDER_BY_PROGRAM,
                            .at = request->now};
}

/* ---- orders ----------------------------------------------------------------------------------- */

static bool other(struct currency currency, const struct maybe_money *sum)
{
    return sum->present && !currency_equal(sum->value.currency, currency);
}

bool order_fits(struct memory *memory, const struct order_told *told, struct text *field)
{
    struct currency currency = told->total.currency;
    *field = text_of("discount");
    if (other(currency, &told->discount))
        return false;
    for (size_t i = 0; i < told->lines.count; i++) {
        const struct order_line_told *line = &told->lines.items[i];
        bool wrong = !currency_equal(line->total.currency, currency);
        if (wrong || other(currency, &line->discount)) {
            *field = text_format(memory, "lines.%zu.%s", i, wrong ? "total" : "discount");
            return false;
        }
    }
    return true;
}

struct taking {
    struct keeping keeping;
    const struct order_given *items;
    size_t count;
    struct kept *kept; /* filled */
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    return orders_keep(db, memory, &taking->keeping, taking->items, taking->count, taking->kept);
}

/* `within` is the path of the first one's fields: "" or "orders.7." with the number of each. */
static const struct problem *take(struct request *request, const struct order_told *told,
                                  size_t count, bool batch, struct kept *kept)
{
    struct order_given *given = memory_take_array(request->memory, count, sizeof *given);
    const struct problem *problem = given ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++) {
        struct text field;
        if (!order_fits(request->memory, &told[i], &field)) {
            struct text path =
                batch ? text_format(request->memory, "orders.%zu.%.*s", i, TEXT_ARGS(field))
                      : text_copy(request->memory, field);
            return path.data ? request_refuse(request, path.data, "shop.wrong.currency")
                             : &out_of_memory;
        }
        problem = order_prepare(request->memory, &told[i], &given[i]);
    }
    struct taking taking = {keeping_of(request), given, count, kept};
    return problem ? problem : store_write(request->store, request->memory, keep, &taking);
}

static struct order_taken taken_of(const struct kept *kept)
{
    if (kept->problem)
        return (struct order_taken){.outcome = text_of("refused"),
                                    .problem = {true, text_of(kept->problem->name)}};
    return (struct order_taken){.order = {true, {kept->id}},
                                .outcome =
                                    text_of(words_name(&keep_outcome_words, (int)kept->outcome))};
}

const struct problem *core_order_take(struct request *request, const struct order_told *input,
                                      struct order_taken *view)
{
    struct kept kept;
    const struct problem *problem = take(request, input, 1, false, &kept);
    if (!problem && kept.problem == &shop_ahead)
        return request_refuse(request, "placed", "problem.shop.ahead.detail");
    if (problem || kept.problem)
        return problem ? problem : kept.problem;
    *view = taken_of(&kept);
    return NULL;
}

const struct problem *core_orders_take(struct request *request, const struct order_batch *input,
                                       struct orders_taken *view)
{
    size_t count = input->orders.count;
    struct kept *kept = memory_take_array(request->memory, count, sizeof *kept);
    struct order_taken *taken = memory_take_array(request->memory, count, sizeof *taken);
    const struct problem *problem =
        kept && taken ? take(request, input->orders.items, count, true, kept) : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++)
        taken[i] = taken_of(&kept[i]);
    *view = (struct orders_taken){{taken, count}};
    return problem;
}

/* ---- what else is told ------------------------------------------------------------------------ */

/* One of them as a write. */
struct telling {
    struct keeping keeping;
    const void *told;
    struct text mail; /* of a customer */
    struct kept kept; /* filled */
};

static const struct problem *keep_refund(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    return order_refund(db, memory, &telling->keeping, telling->told, &telling->kept);
}

static const struct problem *keep_cancel(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    return order_cancel(db, memory, &telling->keeping, telling->told, &telling->kept);
}

static const struct problem *keep_product(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    return product_keep(db, memory, &telling->keeping, telling->told, &telling->kept);
}

static const struct problem *keep_customer(struct database *db, struct memory *memory,
                                           void *context)
{
    struct telling *telling = context;
    return customer_keep(db, memory, &telling->keeping, telling->told, telling->mail,
                         &telling->kept);
}

const struct problem *core_refund_take(struct request *request, const struct refund_told *input,
                                       struct refund_taken *view)
{
    struct telling telling = {.keeping = keeping_of(request), .told = input};
    const struct problem *problem =
        store_write(request->store, request->memory, keep_refund, &telling);
    *view = (struct refund_taken){{telling.kept.id}, telling.kept.outcome};
    return problem;
}

const struct problem *core_cancel_take(struct request *request, const struct cancel_told *input,
                                       struct cancel_taken *view)
{
    struct telling telling = {.keeping = keeping_of(request), .told = input};
    const struct problem *problem =
        store_write(request->store, request->memory, keep_cancel, &telling);
    *view = (struct cancel_taken){{telling.kept.id}, telling.kept.outcome};
    return problem;
}

const struct problem *core_product_take(struct request *request, const struct product_told *input,
                                        struct product_taken *view)
{
    struct telling telling = {.keeping = keeping_of(request), .told = input};
    const struct problem *problem =
        store_write(request->store, request->memory, keep_product, &telling);
    *view = (struct product_taken){{telling.kept.id}, telling.kept.outcome};
    return problem;
}

const struct problem *core_customer_take(struct request *request, const struct customer_told *input,
                                         struct customer_taken *view)
{
    struct telling telling = {.keeping = keeping_of(request), .told = input, .mail = {"", 0}};
    if (!input->number.present && !input->mail.present)
        return request_refuse(request, "number", "shop.wrong.nobody");
    const struct problem *problem =
        input->mail.present ? shop_mail_mark(request->memory, input->mail.value, &telling.mail)
                            : NULL;
    if (!problem)
        problem = store_write(request->store, request->memory, keep_customer, &telling);
    *view = (struct customer_taken){{telling.kept.id}, telling.kept.outcome};
    return problem;
}

/* ---- many of them ----------------------------------------------------------------------------- */

static const struct problem *tell_line(struct request *request, store_work *work, const void *told,
                                       struct text mail, const char *prefix, struct batch_made *out)
{
    struct telling telling = {.keeping = keeping_of(request), .told = told, .mail = mail};
    const struct problem *problem = store_write(request->store, request->memory, work, &telling);
    return problem ? problem
                   : batch_tell(request->memory, prefix, telling.kept.id,
                                words_name(&keep_outcome_words, (int)telling.kept.outcome), out);
}

static const struct problem *take_refund(struct request *request, const void *lines, size_t line,
                                         struct batch_made *out)
{
    const struct refund_told *told = lines;
    return tell_line(request, keep_refund, &told[line], text_of(""), "rfn", out);
}

static const struct problem *take_product(struct request *request, const void *lines, size_t line,
                                          struct batch_made *out)
{
    const struct product_told *told = lines;
    return tell_line(request, keep_product, &told[line], text_of(""), "prd", out);
}

static const struct problem *take_customer(struct request *request, const void *lines, size_t line,
                                           struct batch_made *out)
{
    const struct customer_told *told = (const struct customer_told *)lines + line;
    struct text mark = {"", 0};
    const struct problem *problem =
        told->mail.present ? shop_mail_mark(request->memory, told->mail.value, &mark) : NULL;
    return problem ? problem : tell_line(request, keep_customer, told, mark, "cus", out);
}

const struct problem *core_refunds_take(struct request *request, const struct refund_batch *input,
                                        struct batch_result *view)
{
    return batch_run(request, input->refunds.items, input->refunds.count, take_refund, view);
}

const struct problem *core_products_take(struct request *request, const struct product_batch *input,
                                         struct batch_result *view)
{
    return batch_run(request, input->products.items, input->products.count, take_product, view);
}

const struct problem *core_customers_take(struct request *request,
                                          const struct customer_batch *input,
                                          struct batch_result *view)
{
    const struct customer_told *all = input->customers.items;
    for (size_t i = 0; i < input->customers.count; i++) {
        if (all[i].number.present || all[i].mail.present)
            continue;
        struct text field = text_format(request->memory, "customers.%zu.number", i);
        return field.data ? request_refuse(request, field.data, "shop.wrong.nobody")
                          : &out_of_memory;
    }
    return batch_run(request, all, input->customers.count, take_customer, view);
}
