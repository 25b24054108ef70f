/*
 * Orders as WooCommerce's webhooks tell them (REST API v3, "Order properties";
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties).
 *
 * Topics order.created, order.updated, order.restored and order.deleted; refunds stand in the order. An order
 * that waits for its payment is not told on before it is paid. Must not know: HTTP, the database.
 * Read next: core/shop/hook.c.
 */
#include "core/shop/payload.h"

enum { LINES_MAX = 500, CODES_MAX = 20, NUMBER_MAX = 100, TITLE_MAX = 300 };

static bool read_lines(struct memory *memory, const json_t *items, struct currency currency,
                       struct order_line_told_list *out)
{
    struct order_line_told *lines = memory_take_array(memory, LINES_MAX, sizeof *lines);
    size_t count = json_array_size(items);
    count = count < LINES_MAX ? count : LINES_MAX;
    for (size_t i = 0; lines && i < count; i++) {
        const json_t *item = json_array_get(items, i);
        struct money before;
        lines[i] = (struct order_line_told){
            .product = payload_maybe(memory, item, "sku", NUMBER_MAX),
            .title = payload_maybe(memory, item, "name", TITLE_MAX),
            .quantity = json_integer_value(json_object_get(item, "quantity")),
        };
        if (!lines[i].product.present)
            lines[i].product = payload_maybe(memory, item, "product_id", NUMBER_MAX);
        if (lines[i].quantity < 1 || !payload_money(item, "total", currency, &lines[i].total))
            return false;
        if (payload_money(item, "subtotal", currency, &before) &&
            before.minor > lines[i].total.minor)
            lines[i].discount =
                (struct maybe_money){true, {before.minor - lines[i].total.minor, currency}};
    }
    *out = (struct order_line_told_list){lines, count};
    return lines != NULL;
}

static bool read_codes(struct memory *memory, const json_t *coupons, struct text_list *out)
{
    struct text *codes = memory_take_array(memory, CODES_MAX, sizeof *codes);
    size_t count = 0;
    for (size_t i = 0; codes && i < json_array_size(coupons) && count < CODES_MAX; i++) {
        struct text code = payload_text(memory, json_array_get(coupons, i), "code", NUMBER_MAX);
        if (code.size > 0)
            codes[count++] = code;
    }
    *out = (struct text_list){codes, count};
    return codes != NULL;
}

static bool read_refunds(struct memory *memory, const json_t *refunds, struct currency currency,
                         struct hook_told *out)
{
    for (size_t i = 0; i < json_array_size(refunds) && i < HOOK_REFUNDS_MAX; i++) {
        const json_t *refund = json_array_get(refunds, i);
        struct refund_told *told = &out->refunds[out->refund_count];
        *told = (struct refund_told){
            .order = out->order.number,
            .number = payload_text(memory, refund, "id", NUMBER_MAX),
            .note = payload_maybe(memory, refund, "reason", TITLE_MAX),
            .at = out->order.updated,
        };
        if (told->number.size == 0 || !payload_money(refund, "total", currency, &told->amount))
            return false;
        out->refund_count += told->amount.minor > 0 ? 1 : 0;
    }
    return true;
}

static bool is_one_of(struct text word, const char *const *words)
{
    for (; *words; words++)
        if (text_is(word, *words))
            return true;
    return false;
}

static bool read_order(struct memory *memory, const json_t *root, struct hook_told *out)
{
    static const char *const off[] = {"cancelled", "failed", "trash", NULL};
    static const char *const waiting[] = {"pending", "on-hold", "checkout-draft", "auto-draft",
                                          NULL};
    const json_t *billing = json_object_get(root, "billing");
    struct order_told *order = &out->order;
    struct currency currency;
    struct text status = payload_text(memory, root, "status", 40);
    struct text customer = payload_text(memory, root, "customer_id", NUMBER_MAX);
    *order = (struct order_told){
        .number = payload_text(memory, root, "id", NUMBER_MAX),
        .updated = payload_maybe_instant(root, "date_modified_gmt"),
        .customer = {customer.size > 0 && !text_is(customer, "0"), customer},
        .mail = payload_mail(memory, billing, "email"),
        .name = payload_name(memory, billing),
        .country = payload_country(memory, billing, "country"),
    };
    bool fine = order->number.size > 0 &&
                currency_parse(payload_text(memory, root, "currency", 3), &currency) &&
                payload_instant(root, "date_created_gmt", &order->placed) &&
                payload_money(root, "total", currency, &order->total) &&
                read_lines(memory, json_object_get(root, "line_items"), currency, &order->lines) &&
                read_codes(memory, json_object_get(root, "coupon_lines"), &order->codes) &&
                read_refunds(memory, json_object_get(root, "refunds"), currency, out);
    if (!fine)
        return false;
    order->discount.present =
        payload_money(root, "discount_total", currency, &order->discount.value) &&
        order->discount.value.minor > 0;
    if (is_one_of(status, off))
        order->cancelled = (struct maybe_instant){
            true, order->updated.present ? order->updated.value : order->placed};
    out->has_order = !is_one_of(status, waiting);
    out->refund_count = out->has_order ? out->refund_count : 0;
    return true;
}

const struct problem *woocommerce_read(struct memory *memory, struct text topic, struct text body,
                                       struct hook_told *out)
{
    static const char *const orders[] = {"order.created", "order.updated", "order.restored", NULL};
    bool deleted = text_is(topic, "order.deleted");
    *out = (struct hook_told){0};
    if (!deleted && !is_one_of(topic, orders))
        return NULL;
    json_t *root = payload_read(body);
    bool fine = root != NULL;
    if (fine && deleted) {
        out->cancel.order = payload_text(memory, root, "id", NUMBER_MAX);
        fine = out->has_cancel = out->cancel.order.size > 0;
    } else if (fine) {
        fine = read_order(memory, root, out);
    }
    json_decref(root);
    return fine ? NULL : &hook_unreadable;
}
