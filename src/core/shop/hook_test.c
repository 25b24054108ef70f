/*
 * Calls of shops in the shape their documentation shows, on both engines: wrong signatures, repeats, out of
 * order, refunds before their order.
 */
#include "core/shop/hook.h"
#include "core/shop/shop_test_bed.h"

#include <sodium.h>

static const char secret[] = "a secret of the shop";

static struct connection_id connect_shop(enum connection_kind kind)
{
    struct connection_new made = {.business = {FIRM},
                                  .kind = kind,
                                  .name = text_of("Shop"),
                                  .secret = text_of(secret),
                                  .at = clock_now()};
    assert_null(connection_make(bed.store, bed.memory, &made));
    return made.id;
}

/* What a shop would sign. By OpenSSL's words for the vectors of RFC 4231 see below. */
static struct text sign(const char *body)
{
    crypto_auth_hmacsha256_state state;
    unsigned char made[crypto_auth_hmacsha256_BYTES];
    char written[64];
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, sizeof secret - 1);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
    crypto_auth_hmacsha256_final(&state, made);
    sodium_bin2base64(written, sizeof written, made, sizeof made, sodium_base64_VARIANT_ORIGINAL);
    return text_copy(bed.memory, text_of(written));
}

static const struct problem *call(struct connection_id connection, const char *topic,
                                  const char *body, struct text signature)
{
    struct hook_call came = {connection, text_of(body), text_of(topic), signature, clock_now()};
    return hook_take(bed.store, bed.reader, bed.memory, &came);
}

static void told(struct connection_id connection, const char *topic, const char *body)
{
    const struct problem *problem = call(connection, topic, body, sign(body));
    if (problem)
        fail_msg("%s: %s", topic, problem->name);
}

static const char *woocommerce(const char *status, const char *modified, const char *total,
                               const char *refunds)
{
    struct text body = text_format(
        bed.memory,
        "{\"id\":727,\"parent_id\":0,\"number\":\"727\",\"order_key\":\"wc_order_58d2d042d1d\","
        "\"created_via\":\"rest-api\",\"version\":\"3.0.0\",\"status\":\"%s\",\"currency\":\"USD\","
        "\"date_created\":\"2017-03-22T16:28:02\",\"date_created_gmt\":\"2017-03-22T19:28:02\","
        "\"date_modified\":\"%s\",\"date_modified_gmt\":\"%s\",\"discount_total\":\"1.00\","
        "\"discount_tax\":\"0.00\",\"shipping_total\":\"10.00\",\"total\":\"%s\","
        "\"total_tax\":\"1.35\",\"prices_include_tax\":false,\"customer_id\":26,"
        "\"customer_ip_address\":\"\",\"customer_note\":\"\",\"billing\":{\"first_name\":\"John\","
        "\"last_name\":\"Doe\",\"company\":\"\",\"address_1\":\"969 Market\",\"city\":\"San "
        "Francisco\",\"state\":\"CA\",\"postcode\":\"94103\",\"country\":\"US\",\"email\":"
        "\"john.doe@example.com\",\"phone\":\"(555) 555-5555\"},\"payment_method\":\"bacs\","
        "\"meta_data\":[{\"id\":13106,\"key\":\"_download_permissions_granted\",\"value\":\"yes\"}]"
        ","
        "\"line_items\":[{\"id\":315,\"name\":\"Woo Single "
        "#1\",\"product_id\":93,\"variation_id\":0,"
        "\"quantity\":2,\"tax_class\":\"\",\"subtotal\":\"7.00\",\"subtotal_tax\":\"0.45\","
        "\"total\":\"6.00\",\"total_tax\":\"0.45\",\"sku\":\"\",\"price\":3},{\"id\":316,\"name\":"
        "\"Ship Your Idea\",\"product_id\":22,\"variation_id\":23,\"quantity\":1,\"subtotal\":"
        "\"12.00\",\"total\":\"12.00\",\"sku\":\"Bar3\",\"price\":12.5}],\"shipping_lines\":[],"
        "\"coupon_lines\":[{\"id\":1,\"code\":\"MAY\",\"discount\":\"1.00\"}],\"refunds\":[%s]}",
        status, modified, modified, total, refunds);
    assert_non_null(body.data);
    return body.data;
}

static void an_order_of_woocommerce_is_kept(void **state)
{
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_WOOCOMMERCE);
    const char *body = woocommerce("processing", "2017-03-22T19:28:08", "29.35", "");
    told(shop, "order.created", body);
    told(shop, "order.created", body);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 1);
    assert_int_equal(shop_count("SELECT total_minor FROM core_order WHERE number = '727' AND "
                                "codes = 'MAY' AND discount_minor = 100 AND "
                                "source = 'woocommerce' AND total_currency = 'USD'"),
                     2935);
    assert_int_equal(shop_count("SELECT placed FROM core_order") / 1000, 1490210882);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line WHERE product = '93' AND "
                                "quantity = 2 AND total_minor = 600 AND discount_minor = 100"),
                     1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line WHERE product = 'Bar3'"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE reference = '26' AND "
                                "name = 'John Doe' AND country = 'US'"),
                     1);
    assert_int_equal(shop_count("SELECT taken FROM core_connection"), 2);
    bed_end(&bed);
}

static void what_woocommerce_tells_late_changes_nothing(void **state)
{
    static const char refund[] = "{\"id\":726,\"reason\":\"Too small\",\"total\":\"-10.00\"}";
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_WOOCOMMERCE);
    told(shop, "order.updated", woocommerce("completed", "2017-03-23T10:00:00", "29.35", refund));
    told(shop, "order.created", woocommerce("processing", "2017-03-22T19:28:08", "19.00", ""));
    assert_int_equal(shop_count("SELECT total_minor FROM core_order"), 2935);
    assert_int_equal(shop_count("SELECT refunded_minor FROM core_order"), 1000);
    told(shop, "order.deleted", "{\"id\":727}");
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE state = 'cancelled'"), 1);
    told(shop, "order.deleted", "{\"id\":728}");
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE state = 'expected'"), 1);
    bed_end(&bed);
}

static void an_order_not_paid_yet_is_not_told_on(void **state)
{
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_WOOCOMMERCE);
    told(shop, "order.created", woocommerce("pending", "2017-03-22T19:28:02", "29.35", ""));
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 0);
    told(shop, "order.updated", woocommerce("processing", "2017-03-22T19:28:08", "29.35", ""));
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE state = 'placed'"), 1);
    told(shop, "product.updated", "{\"id\":1}");
    bed_end(&bed);
}

static void wrong_signatures_are_refused(void **state)
{
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_WOOCOMMERCE);
    const char *body = woocommerce("processing", "2017-03-22T19:28:08", "29.35", "");
    struct text right = sign(body);
    struct text wrong = text_format(bed.memory, "A%.*s", (int)right.size - 1, right.data + 1);
    if (text_equal(wrong, right))
        wrong = text_format(bed.memory, "B%.*s", (int)right.size - 1, right.data + 1);
    assert_ptr_equal(call(shop, "order.created", body, wrong), &hook_wrong_signature);
    assert_ptr_equal(call(shop, "order.created", body, text_of("")), &hook_wrong_signature);
    assert_ptr_equal(call(shop, "order.created", "{}", right), &hook_wrong_signature);
    struct connection_id other = {shop.value + 1};
    assert_ptr_equal(call(other, "order.created", body, right), &hook_wrong_signature);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 0);
    assert_int_equal(shop_count("SELECT taken + refused FROM core_connection"), 0);
    assert_int_equal(
        shop_count("SELECT count(*) FROM core_connection WHERE secret LIKE '%secret%'"), 0);
    /* RFC 4231, test case 2. */
    assert_true(hook_signed(text_of("what do ya want for nothing?"), text_of("Jefe"),
                            text_of("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")));
    bed_end(&bed);
}

static void what_is_no_order_is_named(void **state)
{
    static const char *const bodies[] = {"",
                                         "[]",
                                         "{",
                                         "{\"id\":1}",
                                         "{\"id\":1,\"currency\":\"USD\"}",
                                         "{\"id\":1,\"id\":2}",
                                         "{\"id\":\"\xFF\"}"};
    shop_begin(state);
    struct connection_id shops[] = {connect_shop(CONNECTION_WOOCOMMERCE),
                                    connect_shop(CONNECTION_SHOPIFY)};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        assert_ptr_equal(call(shops[0], "order.created", bodies[i], sign(bodies[i])),
                         &hook_unreadable);
        assert_ptr_equal(call(shops[1], "orders/create", bodies[i], sign(bodies[i])),
                         &hook_unreadable);
    }
    struct builder deep = builder_make(bed.memory, 1 << 20);
    struct text body;
    for (int i = 0; i < 100000; i++)
        builder_add_char(&deep, '[');
    assert_null(builder_end(&deep, &body));
    assert_ptr_equal(call(shops[1], "orders/create", body.data, sign(body.data)), &hook_unreadable);
    bed_end(&bed);
}

static const char *shopify(const char *updated, const char *cancelled, const char *total)
{
    struct text body = text_format(
        bed.memory,
        "{\"id\":820982911946154508,\"admin_graphql_api_id\":\"gid://shopify/Order/"
        "820982911946154508\",\"app_id\":null,\"cancel_reason\":\"customer\",\"cancelled_at\":%s,"
        "\"created_at\":\"2021-12-31T19:00:00-05:00\",\"currency\":\"USD\",\"current_total_price\":"
        "\"388.00\",\"customer_locale\":\"en\",\"discount_codes\":[{\"code\":\"TEN\",\"amount\":"
        "\"10.00\",\"type\":\"fixed_amount\"}],\"email\":\"jon@example.com\",\"name\":\"#9999\","
        "\"number\":234,\"order_number\":1234,\"processed_at\":\"2021-12-31T19:00:00-05:00\","
        "\"subtotal_price\":\"388.00\",\"test\":true,\"total_discounts\":\"10.00\","
        "\"total_price\":\"%s\",\"updated_at\":\"%s\",\"billing_address\":{\"first_name\":"
        "\"Steve\",\"country_code\":\"US\"},\"customer\":{\"id\":115310627314723954,\"email\":"
        "\"john@example.com\",\"first_name\":\"John\",\"last_name\":\"Smith\"},\"line_items\":["
        "{\"id\":866550311766439020,\"product_id\":788032119674292922,\"quantity\":2,\"sku\":"
        "\"example-shirt-s\",\"title\":\"Example T-Shirt\",\"price\":\"199.00\",\"total_discount\":"
        "\"0.00\",\"discount_allocations\":[{\"amount\":\"10.00\",\"discount_application_index\":0}"
        "]}],\"refunds\":[],\"shipping_lines\":[]}",
        cancelled, total, updated);
    assert_non_null(body.data);
    return body.data;
}

static const char shopify_refund[] =
    "{\"id\":890088186047892319,\"order_id\":820982911946154508,\"created_at\":"
    "\"2022-01-02T10:00:00-05:00\",\"note\":\"Things were damaged\",\"user_id\":548380009,"
    "\"processed_at\":\"2022-01-02T10:00:00-05:00\",\"restock\":false,\"refund_line_items\":["
    "{\"id\":487817672276298627,\"quantity\":1,\"subtotal\":199.0}],\"transactions\":[{\"id\":1,"
    "\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"189.00\",\"currency\":\"USD\"},"
    "{\"id\":2,\"kind\":\"refund\",\"status\":\"failure\",\"amount\":\"100.00\",\"currency\":"
    "\"USD\"}]}";

static void orders_and_refunds_of_shopify_are_kept_in_any_order(void **state)
{
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_SHOPIFY);
    told(shop, "refunds/create", shopify_refund);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE state = 'expected'"), 1);
    told(shop, "orders/updated", shopify("2022-01-02T10:00:01-05:00", "null", "388.00"));
    told(shop, "orders/create", shopify("2021-12-31T19:00:00-05:00", "null", "398.00"));
    told(shop, "refunds/create", shopify_refund);
    assert_int_equal(shop_count("SELECT total_minor FROM core_order WHERE codes = 'TEN'"), 38800);
    assert_int_equal(shop_count("SELECT refunded_minor FROM core_order"), 18900);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_refund"), 1);
    assert_int_equal(shop_count("SELECT total_minor FROM core_order_line WHERE quantity = 2 AND "
                                "product = 'example-shirt-s' AND discount_minor = 1000"),
                     38800);
    assert_int_equal(
        shop_count("SELECT count(*) FROM core_customer WHERE reference = '115310627314723954'"), 1);
    told(shop, "orders/cancelled",
         shopify("2022-01-03T10:00:00-05:00", "\"2022-01-03T10:00:00-05:00\"", "388.00"));
    told(shop, "orders/updated", shopify("2022-01-02T12:00:00-05:00", "null", "388.00"));
    assert_int_equal(shop_count("SELECT count(*) FROM core_order WHERE state = 'cancelled'"), 1);
    bed_end(&bed);
}

static void what_can_not_be_kept_is_counted_beside_the_connection(void **state)
{
    shop_begin(state);
    struct connection_id shop = connect_shop(CONNECTION_SHOPIFY);
    told(shop, "orders/create", shopify("2021-12-31T19:00:00-05:00", "null", "100.00"));
    told(shop, "refunds/create", shopify_refund);
    assert_int_equal(shop_count("SELECT refunded_minor FROM core_order"), 0);
    assert_int_equal(shop_count("SELECT count(*) FROM core_connection WHERE taken = 1 AND "
                                "refused = 1 AND problem = 'refund.too_much'"),
                     1);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_order_of_woocommerce_is_kept),
        ON_BOTH(what_woocommerce_tells_late_changes_nothing),
        ON_BOTH(an_order_not_paid_yet_is_not_told_on),
        ON_BOTH(wrong_signatures_are_refused),
        ON_BOTH(what_is_no_order_is_named),
        ON_BOTH(orders_and_refunds_of_shopify_are_kept_in_any_order),
        ON_BOTH(what_can_not_be_kept_is_counted_beside_the_connection),
    };
    return cmocka_run_group_tests_name("core/shop/hook", tests, shop_prepare, NULL);
}
