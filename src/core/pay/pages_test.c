/*
 * The pages of money at the edges through the router: a business pays in, a person is paid out, the
 * desk does its part; in four languages, with the books right at the end.
 */
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"

#include "base/ids.h"
#include "web/words.h"

enum { FIRM = 101, INES, OLGA, BO, VERA, MAX, OTHERS = 201 };

static struct bed bed;
static struct server *server;
static struct memory *process;

/* Ines is a person, Olga works for the desk, Bo owns the firm and Vera may only look;
 * Max owns another business. */
static const struct problem *viewer_of(struct request *request, struct text secret,
                                       struct viewer *out)
{
    (void)request;
    static const struct {
        const char *secret;
        int64_t person;
        bool desk;
        enum member_role role;
    } known[] = {{"ines", INES, false, 0},
                 {"olga", OLGA, true, 0},
                 {"bo", BO, false, MEMBER_OWNER},
                 {"vera", VERA, false, MEMBER_VIEWER},
                 {"max", MAX, false, MEMBER_OWNER}};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!text_is(secret, known[i].secret))
            continue;
        *out = (struct viewer){.signed_in = true,
                               .proven = request->now,
                               .operator_ = known[i].desk,
                               .desk = known[i].desk ? DESK_BIT(DESK_ADMIN) : 0,
                               .person = {known[i].person},
                               .name = text_of("In\u00e9s"),
                               .initials = text_of("I"),
                               .organisation = {known[i].person == MAX ? OTHERS
                                                : known[i].role        ? FIRM
                                                                       : 0},
                               .organisation_name = text_of(known[i].role ? "Nordlicht" : ""),
                               .role = known[i].role,
                               .consumer = true};
    }
    return NULL;
}

static void set(const char *name, const char *value)
{
    struct text complaint;
    assert_null(settings_set(process, text_of(name), text_of(value), &complaint));
}

/* Once for the whole run: settings and words live as long as the process. */
static int prepare(void **state)
{
    struct text complaint = {"", 0};
    (void)state;
    process = memory_create(64 << 20);
    settings_declare(pay_part.settings, pay_part.setting_count);
    settings_declare(web_settings, web_setting_count);
    if (words_load(process, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    words_be_strict();
    set("web.rate_limits", "off");
    set("pay.debtor_name", "Marktgemeinschaft Bonn eG");
    set("pay.debtor_iban", "DE89 3704 0044 0532 0130 00");
    return 0;
}

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/",     "src/core/pay",  "src/core/flow",
                                         "src/core/event",  "src/core/act",  "src/core/reward",
                                         "src/core/people", "src/core/login"};
    static const struct nav_entry *nav[8];
    struct text complaint = {"", 0};
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'In\u00e9s', 1), "
                     "(103, 'person', 'Olga', 1), (104, 'person', 'Bo', 1)");
    bed_damage(&bed,
               "INSERT INTO core_login (person, mail, password, language, confirmed) VALUES "
               "(102, 'ines@example.org', '', 'en', 1), (103, 'olga@example.org', '', 'en', 1), "
               "(104, 'bo@example.org', '', 'en', 0)");
    set("pay.test_rail", "on");
    for (size_t i = 0; i < pay_part.nav_count; i++)
        nav[i] = &pay_part.nav[i];
    struct server_options options = {.store = bed.store,
                                     .tables = pay_part.routes,
                                     .table_count = 1,
                                     .nav = nav,
                                     .nav_count = pay_part.nav_count,
                                     .viewer_load = viewer_of,
                                     .data = text_of(bed.folder),
                                     .address = "127.0.0.1"};
    const struct problem *problem = server_start(bed.process, &options, &server, &complaint);
    if (problem)
        fail_msg("%s: %.*s", problem->name, TEXT_ARGS(complaint));
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static void end(void)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t books = -1;
    int64_t payments = -1;
    server_stop(server);
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &books));
    assert_null(pay_audit(bed.reader, bed.memory, &listener, &payments));
    assert_int_equal(books + payments, 0);
    bed_end(&bed);
}

static struct exchange call(const char *method, const char *target, const char *who, bool json,
                            const char *body, int status)
{
    struct exchange exchange;
    assert_null(server_call(server, bed.memory, method, text_of(target), text_of(who), json,
                            text_of(body), &exchange));
    if (exchange.status != status)
        fail_msg("%s %s by %s: %d\n%.*s", method, target, who, exchange.status,
                 TEXT_ARGS(exchange.body));
    return exchange;
}

static struct exchange look(const char *target, const char *who)
{
    return call("GET", target, who, false, "", 200);
}

static struct exchange send(const char *target, const char *who, const char *body, int status)
{
    return call("POST", target, who, false, body, status);
}

static void expect(struct exchange exchange, const char *what)
{
    if (!memmem(exchange.body.data, exchange.body.size, what, strlen(what)))
        fail_msg("%s is not in\n%.*s", what, TEXT_ARGS(exchange.body));
}

static void expect_none(struct exchange exchange, const char *what)
{
    if (memmem(exchange.body.data, exchange.body.size, what, strlen(what)))
        fail_msg("%s is in\n%.*s", what, TEXT_ARGS(exchange.body));
}

/* Inés has earned 123.45 EUR. */
static const struct problem *earn(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template earned = {
        .name = "test.earned",
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "pay.leg.received"}},
        .count = 1,
    };
    struct posting posting = {.template = &earned,
                              .parties = {{INES}},
                              .amounts = {{12345, {"EUR"}}},
                              .subject = 1,
                              .at = clock_now()};
    struct posting_id posted;
    (void)context;
    return ledger_post(db, memory, &posting, &posted);
}

static void wallet_fills_by_play_money(void **state)
{
    begin(state);
    expect(look("/biz/wallet", "bo"), "Nothing moved yet");
    send("/biz/wallet/pay-in", "bo", "amount=250,00&rail=test&once=k1", 303);
    send("/biz/wallet/pay-in", "bo", "amount=250,00&rail=test&once=k1", 303);
    struct exchange page = look("/biz/wallet", "bo");
    expect(page, "+250.00\u00a0EUR");
    expect(page, "Paid in");
    struct exchange json = call("GET", "/api/v1/wallet", "bo", true, "", 200);
    expect(json, "\"free\":{\"minor\":25000,\"currency\":\"EUR\"}");
    expect(json, "\"reason\":\"pay.leg.received\"");
    const char *why = memmem(page.body.data, page.body.size, "/biz/wallet/why/pst_", 20);
    assert_non_null(why);
    struct text target = text_format(bed.memory, "%.33s", why);
    expect(look(target.data, "vera"), "Outside \u2192 Wallet, Nordlicht");
    call("GET", "/biz/wallet/why/pst_0000000000001", "bo", false, "", 404);
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(201, 'organisation', 'Others', 1)");
    call("GET", target.data, "max", false, "", 404);
    end();
}

static void bank_transfer_from_announcement_to_wallet(void **state)
{
    begin(state);
    struct exchange sent = send("/biz/wallet/pay-in", "bo", "amount=99.90&rail=bank&once=k1", 303);
    assert_true(text_starts(sent.location, "/biz/wallet/payments/pay_"));
    const char *payment = sent.location.data;
    struct exchange page = look(payment, "bo");
    expect(page, "DE89 3704 0044 0532 0130 00");
    expect(page, "CF-");
    expect(look("/biz/wallet", "vera"), payment);
    struct exchange desk = look("/desk/payments", "olga");
    expect(desk, "99.90");
    expect(desk, "Nordlicht");
    struct text decide = text_format(bed.memory, "/desk/payments/%s", strstr(payment, "pay_"));
    send(decide.data, "olga", "event=receive", 303);
    send(decide.data, "olga", "event=receive", 409);
    expect(look(payment, "bo"), "It has been in your wallet since");
    expect(look("/biz/wallet", "bo"), "+99.90");
    expect(look("/desk/payments", "olga"), "No transfer waits");
    end();
}

static void announced_payment_is_called_off(void **state)
{
    begin(state);
    struct exchange sent = send("/biz/wallet/pay-in", "bo", "amount=99.90&rail=bank&once=k1", 303);
    struct text cancel = text_format(bed.memory, "%.*s/cancel", TEXT_ARGS(sent.location));
    send(cancel.data, "vera", "", 403);
    send(cancel.data, "bo", "", 303);
    send(cancel.data, "bo", "", 409);
    expect(look(sent.location.data, "bo"), "No money moved");
    end();
}

static void wrong_amounts_come_back_as_typed(void **state)
{
    begin(state);
    static const char *const bad[] = {"1e309", "-0", "12,3.4", "0", "", "99999999999999999999"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct text body = text_format(bed.memory, "amount=%s&rail=test&once=k1", bad[i]);
        struct exchange page = send("/biz/wallet/pay-in", "bo", body.data, 422);
        expect(page, "id=\"amount-error\"");
        if (*bad[i])
            expect(page, bad[i]);
    }
    set("pay.test_rail", "off");
    struct exchange page = send("/biz/wallet/pay-in", "bo", "amount=1&rail=test&once=k1", 422);
    expect(page, "This way of paying in is not open here");
    expect_none(look("/biz/wallet", "bo"), "value=\"test\"");
    end();
}

static void person_is_paid_out(void **state)
{
    begin(state);
    assert_null(store_write(bed.store, bed.memory, earn, NULL));
    expect(look("/me/money", "ines"), "Tell us where to pay you");
    struct exchange page =
        send("/me/money/account", "ines", "holder=Ines+O&iban=ES91+2100+0418+4502+0005+1333", 422);
    expect(page, "This is no valid IBAN");
    expect(page, "ES91 2100 0418 4502 0005 1333");
    send("/me/money/account", "ines", "holder=Ines+O&iban=es91+2100+0418+4502+0005+1332", 303);
    page = look("/me/money", "ines");
    expect(page, "Pay out to ES\u2022\u2022\u00a01332");
    expect(page, "123.45");
    expect_none(page, "2100");
    expect(send("/me/money/payouts", "ines", "amount=24.99&once=a", 422), "Less than the smallest");
    expect(send("/me/money/payouts", "ines", "amount=123.46&once=a", 422), "more than you have");
    send("/me/money/payouts", "ines", "amount=100&once=a", 303);
    send("/me/money/payouts", "ines", "amount=100&once=a", 303);
    page = look("/me/money", "ines");
    expect(page, "23.45");
    expect(page, "Being checked");
    struct exchange json = call("GET", "/api/v1/me/payouts", "ines", true, "", 200);
    expect(json, "\"under_way\":{\"minor\":10000,\"currency\":\"EUR\"}");
    end();
}

static struct text first_payout(void)
{
    struct exchange json = call("GET", "/api/v1/me/payouts", "ines", true, "", 200);
    const char *id = memmem(json.body.data, json.body.size, "out_", 4);
    assert_non_null(id);
    return text_format(bed.memory, "/desk/payouts/%.17s", id);
}

static void desk_takes_a_payout_to_the_bank(void **state)
{
    begin(state);
    assert_null(store_write(bed.store, bed.memory, earn, NULL));
    send("/me/money/account", "ines", "holder=Ines+O&iban=ES9121000418450200051332", 303);
    send("/me/money/payouts", "ines", "amount=100&once=a", 303);
    expect(look("/desk/payouts", "olga"), "ES9121000418450200051332");
    struct text payout = first_payout();
    send(payout.data, "ines", "event=approve", 403);
    struct exchange nothing = send("/desk/payment-file", "olga", "", 303);
    assert_true(text_starts(nothing.location, "/desk/payouts?state=approved"));
    send(payout.data, "olga", "event=export", 409);
    send(payout.data, "olga", "event=approve", 303);
    expect(look("/desk/payouts?state=approved", "olga"), "Payment file for the bank");
    struct exchange file = send("/desk/payment-file", "olga", "", 200);
    assert_true(text_starts(file.type, "application/xml"));
    expect(file, "<InstdAmt Ccy=\"EUR\">100.00</InstdAmt>");
    expect(look("/desk/payouts?state=sent", "olga"), "Carried out");
    send(payout.data, "olga", "event=reject&note=", 422);
    send(payout.data, "olga", "event=confirm", 303);
    expect(look("/me/money", "ines"), "Paid out to ES");
    end();
}

static void rejected_payout_is_read_with_its_reason(void **state)
{
    begin(state);
    assert_null(store_write(bed.store, bed.memory, earn, NULL));
    send("/me/money/account", "ines", "holder=Ines+O&iban=ES9121000418450200051332", 303);
    send("/me/money/payouts", "ines", "amount=100&once=a", 303);
    send(first_payout().data, "olga", "event=reject&note=Account+%3Cclosed%3E", 303);
    struct exchange page = look("/me/money", "ines");
    expect(page, "Account &lt;closed&gt;");
    expect(page, "123.45");
    end();
}

static void only_who_may(void **state)
{
    begin(state);
    static const char *const biz[] = {"/biz/wallet", "/biz/wallet/payments/pay_0000000000001"};
    static const char *const desk[] = {"/desk/payments", "/desk/payouts"};
    for (size_t i = 0; i < COUNT_OF(biz); i++)
        call("GET", biz[i], "ines", false, "", 403);
    call("GET", biz[1], "bo", false, "", 404);
    for (size_t i = 0; i < COUNT_OF(desk); i++)
        call("GET", desk[i], "bo", false, "", 403);
    call("GET", "/me/money", "", false, "", 303);
    send("/biz/wallet/pay-in", "vera", "amount=1&rail=test&once=k", 403);
    send("/desk/payment-file", "bo", "", 403);
    end();
}

/* Other words, the same sums; strict words would end the program where one lacks. */
static void answers_in_four_languages(void **state)
{
    struct text complaint;
    struct memory *memory = memory_create(4 << 20);
    (void)state;
    if (words_compare(memory, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    memory_end(memory);
}

/* More rows than a page shows: the link on leads to the rest and no line is lost or doubled. */
static void long_lists_go_on(void **state)
{
    begin(state);
    for (int i = 0; i < 60; i++) {
        struct payment_id id;
        struct money amount = {100 + i, {"EUR"}};
        assert_null(payment_begin(bed.store, bed.memory, &rail_test, (struct party_id){FIRM},
                                  (struct party_id){BO}, amount, (struct text){"", 0}, clock_now(),
                                  &id));
        assert_null(payment_begin(bed.store, bed.memory, &rail_bank, (struct party_id){FIRM},
                                  (struct party_id){BO}, amount, (struct text){"", 0}, clock_now(),
                                  &id));
    }
    struct exchange page = look("/biz/wallet", "bo");
    expect(page, "+1.59");
    expect_none(page, "+1.09");
    const char *on = memmem(page.body.data, page.body.size, "?before=trf_", 12);
    assert_non_null(on);
    struct text next = text_format(bed.memory, "/biz/wallet%.25s", on);
    page = look(next.data, "bo");
    expect(page, "+1.09");
    expect(page, "+1.00");
    page = look("/desk/payments", "olga");
    expect(page, "1.49");
    on = memmem(page.body.data, page.body.size, "?after=pay_", 11);
    assert_non_null(on);
    next = text_format(bed.memory, "/desk/payments%.24s", on);
    page = look(next.data, "olga");
    expect(page, "1.50");
    expect_none(page, "1.49");
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(wallet_fills_by_play_money),
        ON_BOTH(bank_transfer_from_announcement_to_wallet),
        ON_BOTH(announced_payment_is_called_off),
        ON_BOTH(wrong_amounts_come_back_as_typed),
        ON_BOTH(person_is_paid_out),
        ON_BOTH(desk_takes_a_payout_to_the_bank),
        ON_BOTH(rejected_payout_is_read_with_its_reason),
        ON_BOTH(only_who_may),
        ON_BOTH(long_lists_go_on),
        cmocka_unit_test(answers_in_four_languages),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
