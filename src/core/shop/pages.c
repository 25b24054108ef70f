/*
 * Orders, products and customers of a business as it sees them.
 *
 * Must not know: SQL, HTML, from where they came. Read next: core/shop/pages.h.
 */
#include "core/shop/pages.h"

#include <string.h>

#include "base/log.h"
#include "core/shop/consent_queries.h"
#include "core/shop/page_queries.h"
#include "core/shop/page_rows.h"
#include "core/shop/page_rows.shapes.h"
#include "core/shop/parts.h"
#include "core/shop/queries.h"
#include "core/shop/rows.shapes.h"

enum { SHOWN = 50 };

/* The first text that begins otherwise than `low`, in the order of bytes; beginning with what is typed,
 * which holds no such byte. */
static struct text above(struct memory *memory, struct text low)
{
    return text_format(memory, "%.*s\xF4\x8F\xBF\xBF", TEXT_ARGS(low));
}

static struct text searched(const struct maybe_text *q)
{
    return q->present ? text_trim(q->value) : text_of("");
}

static struct maybe_text if_any(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

static struct maybe_money if_some(int64_t minor, struct currency currency)
{
    return (struct maybe_money){minor > 0, {minor, currency}};
}

/* A customer without number is kept under a mark, which is nobody's to read. */
static struct maybe_text number_of(struct text reference)
{
    return (struct maybe_text){reference.size > 0 && reference.data[0] != '@', reference};
}

/* ---- orders ----------------------------------------------------------------------------------- */

static struct order_card card_of(const struct order_listed *row)
{
    bool expected = row->state == ORDER_EXPECTED;
    struct maybe_text name = if_any(text_or_empty(row->name));
    return (struct order_card){
        .order = row->id,
        .number = row->number,
        .customer = name.present ? name : number_of(text_or_empty(row->reference)),
        .state = row->state,
        .source = row->source,
        .total = {!expected, row->total},
        .refunded = if_some(row->refunded_minor, row->total.currency),
        .placed = {!expected, row->placed},
        .cancelled = {row->cancelled.ms != 0, row->cancelled},
    };
}

const struct problem *core_orders_show(struct request *request, const struct orders_query *query,
                                       struct orders_view *view)
{
    struct memory *memory = request->memory;
    struct party_id business = request->viewer.organisation;
    struct order_listed_list rows;
    view->q = searched(&query->q);
    view->later_page = query->before.present;
    const struct problem *problem;
    if (view->q.size > 0) {
        struct text high = above(memory, view->q);
        problem = high.data ? orders_numbered(request->db, memory, business, view->q, high, &rows)
                            : &out_of_memory;
    } else {
        struct order_id before = {query->before.present ? query->before.value.value : INT64_MAX};
        problem = orders_listed(request->db, memory, business, before, &rows);
        if (!problem)
            problem = list_cut(memory, &order_listed_shape, &rows, SHOWN, &view->later, "?before=");
    }
    if (problem)
        return problem;
    struct order_card *cards = memory_take_array(memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        cards[i] = card_of(&rows.items[i]);
    view->orders = (struct order_card_list){cards, rows.count};
    return NULL;
}

static const struct problem *show_lines(struct request *request, struct order_id order,
                                        struct currency currency, struct order_line_shown_list *out)
{
    struct order_line_row_list rows;
    const struct problem *problem = order_lines_of(request->db, request->memory, order, &rows);
    if (problem)
        return problem;
    struct order_line_shown *lines = memory_take_array(request->memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct order_line_row *row = &rows.items[i];
        lines[i] = (struct order_line_shown){
            .title = row->title.size > 0 ? row->title : row->product,
            .product = if_any(row->product),
            .quantity = row->quantity,
            .total = {row->total_minor, currency},
            .discount = if_some(row->discount_minor, currency),
        };
    }
    *out = (struct order_line_shown_list){lines, rows.count};
    return NULL;
}

static const struct problem *show_refunds(struct request *request, struct order_id order,
                                          struct order_refund_shown_list *out)
{
    struct refund_row_list rows;
    const struct problem *problem = order_refunds_of(request->db, request->memory, order, &rows);
    if (problem)
        return problem;
    struct order_refund_shown *refunds =
        memory_take_array(request->memory, rows.count, sizeof *refunds);
    if (!refunds)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct refund_row *row = &rows.items[i];
        refunds[i] = (struct order_refund_shown){.refund = row->id,
                                                 .number = row->number,
                                                 .amount = row->amount,
                                                 .note = row->note,
                                                 .state = row->state,
                                                 .at = row->at};
    }
    *out = (struct order_refund_shown_list){refunds, rows.count};
    return NULL;
}

const struct problem *core_order_show(struct request *request, const struct order_query *query,
                                      struct order_view *view)
{
    struct order_listed row;
    const struct problem *problem = order_listed_one(
        request->db, request->memory, request->viewer.organisation, query->order, &row);
    if (problem)
        return problem;
    view->card = card_of(&row);
    view->codes = row.codes;
    view->country = if_any(text_or_empty(row.country));
    view->discount = if_some(row.discount_minor, row.total.currency);
    view->left = (struct maybe_money){row.refunded_minor > 0,
                                      {row.total.minor - row.refunded_minor, row.total.currency}};
    problem = show_lines(request, row.id, row.total.currency, &view->lines);
    return problem ? problem : show_refunds(request, row.id, &view->refunds);
}

/* ---- products and customers ------------------------------------------------------------------- */

const struct problem *core_products_show(struct request *request,
                                         const struct products_query *query,
                                         struct products_view *view)
{
    struct memory *memory = request->memory;
    struct party_id business = request->viewer.organisation;
    struct product_row_list rows;
    view->q = searched(&query->q);
    view->later_page = query->before.present;
    const struct problem *problem;
    if (view->q.size > 0) {
        struct text high = above(memory, view->q);
        problem = high.data ? products_numbered(request->db, memory, business, view->q, high, &rows)
                            : &out_of_memory;
    } else {
        struct product_id before = {query->before.present ? query->before.value.value : INT64_MAX};
        problem = products_listed(request->db, memory, business, before, &rows);
        if (!problem)
            problem = list_cut(memory, &product_row_shape, &rows, SHOWN, &view->later, "?before=");
    }
    if (problem)
        return problem;
    struct product_card *cards = memory_take_array(memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct product_row *row = &rows.items[i];
        cards[i] = (struct product_card){.product = row->id,
                                         .number = row->number,
                                         .title = row->title,
                                         .category = if_any(row->category),
                                         .price = row->price,
                                         .link = if_any(row->link),
                                         .updated = row->updated};
    }
    view->products = (struct product_card_list){cards, rows.count};
    return NULL;
}

struct customer_card customer_card_of(const struct customer_row *row)
{
    return (struct customer_card){.customer = row->id,
                                  .number = number_of(row->reference),
                                  .name = if_any(row->name),
                                  .country = if_any(row->country),
                                  .mail_known = row->mail.size > 0};
}

static const struct problem *find_customers(struct request *request,
                                            const struct customers_query *query,
                                            struct customers_view *view,
                                            struct customer_row_list *rows)
{
    struct memory *memory = request->memory;
    struct party_id business = request->viewer.organisation;
    if (view->q.size == 0) {
        struct customer_id before = {query->before.present ? query->before.value.value : INT64_MAX};
        const struct problem *problem =
            customers_listed(request->db, memory, business, before, rows);
        return problem
                   ? problem
                   : list_cut(memory, &customer_row_shape, rows, SHOWN, &view->later, "?before=");
    }
    if (memchr(view->q.data, '@', view->q.size)) {
        struct text mark;
        const struct problem *problem = shop_mail_mark(memory, view->q, &mark);
        return problem ? problem : customers_mailed(request->db, memory, business, mark, rows);
    }
    struct text high = above(memory, view->q);
    return high.data ? customers_numbered(request->db, memory, business, view->q, high, rows)
                     : &out_of_memory;
}

const struct problem *core_customers_show(struct request *request,
                                          const struct customers_query *query,
                                          struct customers_view *view)
{
    struct customer_row_list rows;
    view->q = searched(&query->q);
    view->later_page = query->before.present;
    const struct problem *problem = find_customers(request, query, view, &rows);
    if (problem)
        return problem;
    struct customer_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        cards[i] = customer_card_of(&rows.items[i]);
    view->customers = (struct customer_card_list){cards, rows.count};
    return NULL;
}

/* ---- one customer ----------------------------------------------------------------------------- */

static const struct problem *show_orders_of(struct request *request, struct customer_id customer,
                                            struct order_card_list *out)
{
    struct order_listed_list rows;
    const struct problem *problem = orders_of_customer(
        request->db, request->memory, request->viewer.organisation, customer, &rows);
    if (problem)
        return problem;
    struct order_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        cards[i] = card_of(&rows.items[i]);
    *out = (struct order_card_list){cards, rows.count};
    return NULL;
}

const struct problem *core_customer_show(struct request *request,
                                         const struct customer_query *query,
                                         struct customer_view *view)
{
    struct customer_row row;
    struct consents_view consents;
    const struct consents_query asked = {query->customer};
    const struct problem *problem = customer_of(request->db, request->memory, query->customer,
                                                request->viewer.organisation, &row);
    if (!problem)
        problem = core_consents_show(request, &asked, &consents);
    if (problem)
        return problem;
    view->card = customer_card_of(&row);
    view->matched = row.party.present;
    view->consents = consents.consents;
    view->may = request->viewer.role >= MEMBER_BUYER;
    return show_orders_of(request, row.id, &view->orders);
}
