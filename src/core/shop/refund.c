/*
 * What happens to an order after it was placed: money given back, and that it is off. Either may be told
 * before the order itself, which is then kept as expected.
 *
 * Must not know: HTTP, who told it. Read next: core/shop/order.c.
 */
#include "core/shop/parts.h"

#include "base/ids.h"
#include "core/event.h"
#include "core/shop/queries.h"

const struct problem refund_differs = {"refund.differs", 409, FAULT_CLIENT, false};
const struct problem refund_too_much = {"refund.too_much", 409, FAULT_CLIENT, false};

/* The order of that number, or one that is expected from now on. */
static const struct problem *order_or_expected(struct database *db, struct memory *memory,
                                               const struct keeping *keeping, struct text number,
                                               struct currency currency, struct order_row *out)
{
    const struct problem *problem = order_lock(db, memory, keeping->business, number, out);
    if (problem != &not_found)
        return problem;
    *out = (struct order_row){.id = {id_new()},
                              .business = keeping->business,
                              .number = number,
                              .state = ORDER_EXPECTED,
                              .source = keeping->source,
                              .total = {0, currency},
                              .codes = text_of(""),
                              .fingerprint = text_of("")};
    return order_insert(db, memory, out);
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct keeping *keeping, const char *event,
                                  const struct order_row *order)
{
    return event_emit(db, memory, event, order->id.value, keeping->person, order->number,
                      keeping->at);
}

const struct problem *order_refund(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct refund_told *told,
                                   struct kept *out)
{
    struct order_row order;
    struct refund_row known;
    const struct problem *problem =
        order_or_expected(db, memory, keeping, told->order, told->amount.currency, &order);
    if (!problem)
        problem = order_refund_find(db, memory, order.id, told->number, &known);
    if (!problem) {
        bool same = known.amount.minor == told->amount.minor &&
                    currency_equal(known.amount.currency, told->amount.currency);
        *out = (struct kept){.id = known.id.value, .outcome = KEEP_SAME};
        return same ? NULL : &refund_differs;
    }
    bool expected = order.state == ORDER_EXPECTED;
    if (problem != &not_found)
        return problem;
    if (!currency_equal(order.total.currency, told->amount.currency))
        return &order_other_money;
    if (!expected && told->amount.minor > order.total.minor - order.refunded_minor)
        return &refund_too_much;
    struct refund_row refund = {.id = {id_new()},
                                .of_order = order.id,
                                .number = told->number,
                                .amount = told->amount,
                                .note = text_or_empty(told->note),
                                .state = expected ? REFUND_WAITING : REFUND_APPLIED,
                                .at = told->at.present ? told->at.value : keeping->at};
    order.refunded_minor += expected ? 0 : told->amount.minor;
    order.import = (struct import_id){0};
    problem = order_refund_insert(db, memory, &refund);
    if (!problem)
        problem = order_store(db, memory, &order);
    *out = (struct kept){.id = refund.id.value, .outcome = KEEP_MADE};
    return problem || expected ? problem : tell(db, memory, keeping, "core.order.refunded", &order);
}

const struct problem *order_cancel(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct cancel_told *told,
                                   struct kept *out)
{
    struct order_row order;
    struct currency any = {"EUR"};
    struct instant at = told->at.present ? told->at.value : keeping->at;
    const struct problem *problem =
        order_or_expected(db, memory, keeping, told->order, any, &order);
    *out = (struct kept){.id = order.id.value, .outcome = KEEP_SAME};
    if (problem || order.cancelled.ms)
        return problem;
    bool expected = order.state == ORDER_EXPECTED;
    order.state = expected ? ORDER_EXPECTED : ORDER_CANCELLED;
    order.cancelled = at;
    if (!expected && at.ms > order.updated.ms)
        order.updated = at;
    order.import = (struct import_id){0};
    out->outcome = KEEP_MADE;
    problem = order_store(db, memory, &order);
    return problem || expected ? problem
                               : tell(db, memory, keeping, "core.order.cancelled", &order);
}
