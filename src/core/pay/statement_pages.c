/*
 * Statements as files: of a person's balance, of a business's wallet.
 *
 * Must not know: what a statement says. Read next: core/books/statement.h.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/books/statement.h"
#include "core/pay/page_lines.h"

enum { FILE_BYTES = 16 << 20 /* some forty thousand transfers; more is asked for in parts */ };

struct period pay_last_month(struct memory *memory, struct instant at)
{
    struct civil now = civil_of(at);
    struct instant begin =
        instant_of((struct civil){.year = now.year, .month = now.month, .day = 1});
    struct instant end = instant_add(begin, -DAY);
    struct civil last = civil_of(end);
    return (struct period){
        text_format(memory, "%04d-%02d-01", last.year, last.month),
        text_format(memory, "%04d-%02d-%02d", last.year, last.month, last.day),
    };
}

static const struct problem *collect(void *context, struct text piece)
{
    builder_add(context, piece);
    return NULL;
}

static const struct problem *send(struct request *request, const struct statement_order *order)
{
    struct sign_key key;
    struct text file;
    struct builder out = builder_make(request->memory, FILE_BYTES);
    struct journal_sink sink = {&out, collect};
    const struct problem *problem = sign_key_make(setting_text("data"), &key);
    if (problem)
        return problem;
    problem = statement_write(request->db, request->memory, &key, order, &sink);
    sign_key_end(&key);
    if (!problem)
        problem = builder_end(&out, &file);
    if (problem)
        return problem;
    char from[INSTANT_TEXT_MAX];
    char through[INSTANT_TEXT_MAX];
    instant_print(from, (struct instant){order->from * DAY});
    instant_print(through, (struct instant){order->through * DAY});
    struct text name = text_format(request->memory, "statement-%.10s-%.10s.jsonl", from, through);
    request_send_bytes(request, file, "application/jsonl", name);
    return name.data ? NULL : &out_of_memory;
}

static struct statement_order order_of(const struct request *request,
                                       const struct period_query *query)
{
    struct statement_order order = {.from = query->from.ms / DAY,
                                    .through = query->through.ms / DAY,
                                    .currency = setting_currency("site.currency"),
                                    .language = request->language,
                                    .at = request->now};
    return order;
}

const struct problem *core_statement_file(struct request *request, const struct period_query *query,
                                          struct nothing *view)
{
    struct statement_order order = order_of(request, query);
    (void)view;
    order.party = request->viewer.person;
    order.name = request->viewer.name;
    order.purpose = ACCOUNT_EARNINGS;
    return send(request, &order);
}

const struct problem *core_wallet_statement(struct request *request,
                                            const struct period_query *query, struct nothing *view)
{
    struct statement_order order = order_of(request, query);
    (void)view;
    order.party = request->viewer.organisation;
    order.name = request->viewer.organisation_name;
    order.purpose = ACCOUNT_WALLET;
    return send(request, &order);
}
