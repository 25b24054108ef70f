/*
 * Orders as Shopify's webhooks tell them (Admin REST API, resources Order and Refund;
 * https://shopify.dev/docs/api/admin-rest/latest/resources/order, .../refund).
 *
 * Topics orders/create, orders/updated, orders/paid, orders/cancelled, orders/delete and refunds/create. Must
 * not know: HTTP, the database. Read next: core/shop/hook.c.
 */
#include "core/shop/payload.h"

enum { LINES_MAX = 500, CODES_MAX = 20, NUMBER_MAX = 100, TITLE_MAX = 300 };

/* What a line comes to: price times quantity, less what discounts took off. */
static bool read_line(struct memory *memory, const json_t *item, struct currency currency,
                      struct order_line_told *out)
{
    struct money price;
    struct money part;
    int64_t off = 0;
    const json_t *parts = json_object_get(item, "discount_allocations");
    *out = (struct order_line_told){
        .product = payload_maybe(memory, item, "sku", NUMBER_MAX),
        .title = payload_maybe(memory, item, "title", TITLE_MAX),
        .quantity = json_integer_value(json_object_get(item, "quantity")),
    };
    if (!out->product.present)
        out->product = payload_maybe(memory, item, "product_id", NUMBER_MAX);
    if (out->quantity < 1 || !payload_money(item, "price", currency, &price))
        return false;
    for (size_t i = 0; i < json_array_size(parts) && i < CODES_MAX; i++)
        if (payload_money(json_array_get(parts, i), "amount", currency, &part))
            off += part.minor;
    if (!money_share(price, out->quantity, 1, ROUND_DOWN, &out->total))
        return false;
    off = off > out->total.minor ? out->total.minor : off;
    out->total.minor -= off;
    out->discount = (struct maybe_money){off > 0, {off, currency}};
    return true;
}

static bool read_lines(struct memory *memory, const json_t *items, struct currency currency,
                       struct order_line_told_list *out)
{
    struct order_line_told *lines = memory_take_array(memory, LINES_MAX, sizeof *lines);
    size_t count = json_array_size(items);
    count = count < LINES_MAX ? count : LINES_MAX;
    for (size_t i = 0; i < count; i++)
        if (!lines || !read_line(memory, json_array_get(items, i), currency, &lines[i]))
            return false;
    *out = (struct order_line_told_list){lines, count};
    return lines != NULL;
}

static bool read_codes(struct memory *memory, const json_t *list, struct text_list *out)
{
    struct text *codes = memory_take_array(memory, CODES_MAX, sizeof *codes);
    size_t count = 0;
    for (size_t i = 0; codes && i < json_array_size(list) && count < CODES_MAX; i++) {
        struct text code = payload_text(memory, json_array_get(list, i), "code", NUMBER_MAX);
        if (code.size > 0)
            codes[count++] = code;
    }
    *out = (struct text_list){codes, count};
    return codes != NULL;
}

/* What a refund's payments gave back. One that only takes goods back gives nothing. */
static bool read_refund(struct memory *memory, const json_t *refund, struct hook_told *out)
{
    const json_t *payments = json_object_get(refund, "transactions");
    struct refund_told *told = &out->refunds[out->refund_count];
    *told = (struct refund_told){
        .order = payload_text(memory, refund, "order_id", NUMBER_MAX),
        .number = payload_text(memory, refund, "id", NUMBER_MAX),
        .note = payload_maybe(memory, refund, "note", TITLE_MAX),
        .at = payload_maybe_instant(refund, "created_at"),
    };
    if (told->order.size == 0 || told->number.size == 0)
        return false;
    for (size_t i = 0; i < json_array_size(payments); i++) {
        const json_t *payment = json_array_get(payments, i);
        struct currency currency;
        struct money part;
        if (!text_is(payload_text(memory, payment, "kind", 20), "refund") ||
            !text_is(payload_text(memory, payment, "status", 20), "success"))
            continue;
        if (!currency_parse(payload_text(memory, payment, "currency", 3), &currency) ||
            !payload_money(payment, "amount", currency, &part))
            return false;
        told->amount.currency = currency;
        told->amount.minor += part.minor;
    }
    out->refund_count += told->amount.minor > 0 ? 1 : 0;
    return true;
}

static bool read_order(struct memory *memory, const json_t *root, struct hook_told *out)
{
    const json_t *customer = json_object_get(root, "customer");
    const json_t *refunds = json_object_get(root, "refunds");
    struct order_told *order = &out->order;
    struct currency currency;
    *order = (struct order_told){
        .number = payload_text(memory, root, "id", NUMBER_MAX),
        .updated = payload_maybe_instant(root, "updated_at"),
        .customer = payload_maybe(memory, customer, "id", NUMBER_MAX),
        .mail = payload_mail(memory, root, "email"),
        .name = payload_name(memory, customer),
        .country =
            payload_country(memory, json_object_get(root, "billing_address"), "country_code"),
        .cancelled = payload_maybe_instant(root, "cancelled_at"),
    };
    bool fine = order->number.size > 0 &&
                currency_parse(payload_text(memory, root, "currency", 3), &currency) &&
                payload_instant(root, "created_at", &order->placed) &&
                payload_money(root, "total_price", currency, &order->total) &&
                read_lines(memory, json_object_get(root, "line_items"), currency, &order->lines) &&
                read_codes(memory, json_object_get(root, "discount_codes"), &order->codes);
    for (size_t i = 0; fine && i < json_array_size(refunds) && i < HOOK_REFUNDS_MAX; i++)
        fine = read_refund(memory, json_array_get(refunds, i), out);
    if (!fine)
        return false;
    order->discount.present =
        payload_money(root, "total_discounts", currency, &order->discount.value) &&
        order->discount.value.minor > 0;
    out->has_order = true;
    return true;
}

static bool is_order(struct text topic)
{
    return text_is(topic, "orders/create") || text_is(topic, "orders/updated") ||
           text_is(topic, "orders/paid") || text_is(topic, "orders/cancelled");
}

const struct problem *shopify_read(struct memory *memory, struct text topic, struct text body,
                                   struct hook_told *out)
{
    bool refund = text_is(topic, "refunds/create");
    bool deleted = text_is(topic, "orders/delete");
    *out = (struct hook_told){0};
    if (!refund && !deleted && !is_order(topic))
        return NULL;
    json_t *root = payload_read(body);
    bool fine = root != NULL;
    if (fine && deleted) {
        out->cancel.order = payload_text(memory, root, "id", NUMBER_MAX);
        fine = out->has_cancel = out->cancel.order.size > 0;
    } else if (fine) {
        fine = refund ? read_refund(memory, root, out) : read_order(memory, root, out);
    }
    json_decref(root);
    return fine ? NULL : &hook_unreadable;
}
