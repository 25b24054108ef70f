/*
 * Many things by one call, through the router: each line is judged by itself, and the same call sent again
 * changes nothing.
 */
#include "core/router_test_bed.h"

#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/profile/parts.h"
#include "core/shop/shop.h"

static struct router_bed bed;
static struct text session; /* of the owner of a business */

static int begin(void **state)
{
    static const struct route_table *tables[2];
    struct party_id ada;
    struct party_id shop;
    (void)state;
    tables[0] = profile_part.routes[0];
    tables[1] = shop_part.routes[0];
    if (router_begin(&bed, (struct server_options){.tables = tables, .table_count = 2}) != 0)
        return -1;
    assert_null(shop_start(bed.memory, text_of(bed.folder)));
    assert_null(login_sign_up(bed.store, bed.memory, text_of("Ada"), text_of("ada@example.org"),
                              text_of(""), LANGUAGE_EN, false, clock_now(), &ada));
    assert_null(
        party_found(bed.store, bed.memory, text_of("Shop"), text_of(""), ada, clock_now(), &shop));
    assert_null(login_session(bed.store, bed.memory, ada, clock_now(), &session));
    return 0;
}

static int end(void **state)
{
    (void)state;
    return router_end(&bed);
}

static struct exchange post(const char *path, const char *body)
{
    struct exchange exchange;
    assert_null(server_call(bed.server, bed.memory, "POST", text_of(path), session, true,
                            text_of(body), &exchange));
    return exchange;
}

/* Posts, and finds each of the words in the answer. */
static void expect(const char *path, const char *body, int status, const char *a, const char *b)
{
    struct exchange exchange = post(path, body);
    const char *said = text_c(bed.memory, exchange.body);
    if (exchange.status != status || !strstr(said, a) || !strstr(said, b))
        print_message("%d %s\n", exchange.status, said);
    assert_int_equal(exchange.status, status);
    assert_non_null(strstr(said, a));
    assert_non_null(strstr(said, b));
}

static void a_line_is_judged_by_itself(void **state)
{
    (void)state;
    expect("/api/v1/orders",
           "{\"number\":\"1\",\"placed\":\"2026-05-30T10:00:00Z\",\"codes\":[],\"lines\":[],"
           "\"total\":{\"minor\":2000,\"currency\":\"EUR\"}}",
           200, "made", "ord_");
    expect("/api/v1/orders/refunds/batch",
           "{\"refunds\":["
           "{\"order\":\"1\",\"number\":\"a\",\"amount\":{\"minor\":2100,\"currency\":\"EUR\"}},"
           "{\"order\":\"1\",\"number\":\"b\",\"amount\":{\"minor\":500,\"currency\":\"EUR\"}}]}",
           200, "{\"done\":1,\"refused\":1,\"lines\":[{\"outcome\":\"refused\"",
           "\"problem\":\"refund.too_much\"},{\"id\":\"rfn_");
}

static void the_same_again_changes_nothing(void **state)
{
    static const char products[] = "{\"products\":[{\"number\":\"7\",\"title\":\"Mug\"},{"
                                   "\"number\":\"8\",\"title\":\"Bowl\"}]}";
    static const char customers[] =
        "{\"customers\":[{\"number\":\"1\",\"name\":\"Ada\"},{\"mail\":\"ben@example.org\"}]}";
    (void)state;
    expect("/api/v1/products/batch", products, 200, "{\"done\":2,\"refused\":0", "\"made\"}]}");
    expect("/api/v1/products/batch", products, 200, "{\"done\":2,\"refused\":0", "\"same\"}]}");
    expect("/api/v1/customers/batch", customers, 200, "{\"done\":2,\"refused\":0", "\"made\"}]}");
    expect("/api/v1/customers/batch", customers, 200, "{\"done\":2,\"refused\":0", "\"same\"}]}");
}

static void what_cannot_be_read_refuses_the_call(void **state)
{
    (void)state;
    expect("/api/v1/products/batch",
           "{\"products\":[{\"number\":\"9\",\"title\":\"Cup\"},{\"number\":\"10\"}]}", 422,
           "\"products.1.title\"", "missing");
    expect("/api/v1/products/batch", "{\"products\":[{\"number\":\"9\",\"title\":\"Cup\"}]}", 200,
           "{\"done\":1", "\"made\"");
    expect("/api/v1/customers/batch", "{\"customers\":[{\"name\":\"Nobody\"}]}", 422,
           "\"customers.0.number\"", "");
    expect("/api/v1/products/batch", "{\"products\":[]}", 422, "\"products\"", "missing");
    /* A form has no lists of things; what it sends is not taken for an empty list. */
    expect("/api/v1/products/batch", "products.0.number=7", 422, "\"products\"", "missing");
}

static int64_t mails(void)
{
    struct mail_row_list rows;
    assert_null(mails_before(bed.reader, bed.memory, (struct mail_id){INT64_MAX}, &rows));
    return (int64_t)rows.count;
}

/* Posts by a program that names its call. */
static const char *post_once(const char *path, const char *body)
{
    struct answer answer;
    struct incoming incoming = {.memory = bed.memory,
                                .method = text_of("POST"),
                                .target = text_of(path),
                                .accept = text_of("application/json"),
                                .authorization =
                                    text_format(bed.memory, "Bearer %.*s", TEXT_ARGS(session)),
                                .once = text_of("one"),
                                .content_type = text_of("application/json"),
                                .address = text_of("192.0.2.7"),
                                .host = text_of("site.example"),
                                .id = "call"};
    router_prepare(bed.server, &incoming);
    body_begin(&incoming.body, bed.memory, incoming.content_type, text_of(bed.folder),
               router_body_limit(&incoming));
    body_take(&incoming.body, body, strlen(body));
    body_end(&incoming.body);
    answer_begin(&answer, bed.memory);
    router_answer(bed.server, &incoming, bed.reader, &answer);
    const char *said = text_c(bed.memory, answer.body);
    answer_end(&answer);
    return said;
}

static void an_invitation_is_mailed_once(void **state)
{
    static const char two[] = "{\"lines\":[{\"mail\":\"a@example.org\",\"role\":\"buyer\"},"
                              "{\"mail\":\"b@example.org\",\"role\":\"viewer\"}]}";
    static const char other[] = "{\"lines\":[{\"mail\":\"a@example.org\",\"role\":\"buyer\"},"
                                "{\"mail\":\"c@example.org\",\"role\":\"viewer\"}]}";
    (void)state;
    assert_string_equal(
        post_once("/api/v1/members/batch", two),
        "{\"done\":2,\"refused\":0,\"lines\":[{\"outcome\":\"made\"},{\"outcome\":\"made\"}]}");
    assert_int_equal(mails(), 2);
    assert_string_equal(
        post_once("/api/v1/members/batch", two),
        "{\"done\":2,\"refused\":0,\"lines\":[{\"outcome\":\"same\"},{\"outcome\":\"same\"}]}");
    assert_string_equal(post_once("/api/v1/members/batch", other),
                        "{\"done\":1,\"refused\":1,\"lines\":[{\"outcome\":\"same\"},"
                        "{\"outcome\":\"refused\",\"problem\":\"ledger.once_conflict\"}]}");
    assert_int_equal(mails(), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_judged_by_itself),
        cmocka_unit_test(the_same_again_changes_nothing),
        cmocka_unit_test(what_cannot_be_read_refuses_the_call),
        cmocka_unit_test(an_invitation_is_mailed_once),
    };
    return cmocka_run_group_tests_name("core/batch", tests, begin, end);
}
