/*
 * What businesses' own programs are told of payments into their wallets: the payment as the wallet
 * lists it.
 *
 * Must not know: how messages are delivered. Read next: core/hooks/hooks.h.
 */
#include "core/pay/page_lines.h"
#include "core/pay/page_queries.h"
#include "core/pay/pages.shapes.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event, struct hook_said *out)
{
    struct payment_row row;
    struct payment_listed listed;
    struct payment_line *line = memory_take(memory, sizeof *line);
    struct payment_id id = {event->subject};
    const struct problem *problem = line ? payment_by_id(db, memory, id, &row) : &out_of_memory;
    if (!problem)
        problem = payment_of(db, memory, id, row.organisation, &listed);
    if (problem)
        return problem;
    *line = pay_payment_line(&listed);
    *out = (struct hook_said){row.organisation, line};
    return NULL;
}

const struct hook_kind pay_hooks[PAY_HOOKS] = {
    {"payment.received", "core.payment.receive", &payment_line_shape, tell},
};
