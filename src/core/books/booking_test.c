/*
 * Bookings by an operator's programs, through the router, on both engines: one, thousands, and those
 * that are refused by name. Each test ends with the books recomputed.
 */
#include "core/books/booking.h"

#include "core/module.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "web/words.h"

enum { FIRM = 101, INES, OLGA, LINES = 10000, WRONG = 7430 };

static const struct currency eur = {"EUR"};
static struct bed bed;
static struct server *server;
static struct memory *process;
static struct memory *answers; /* of the last call */

static const struct problem *viewer_of(struct request *request, struct text secret,
                                       struct viewer *out)
{
    (void)request;
    *out = (struct viewer){.signed_in = true,
                           .operator_ = text_is(secret, "olga"),
                           .desk = text_is(secret, "olga") ? DESK_BIT(DESK_ADMIN) : 0,
                           .person = {text_is(secret, "olga") ? OLGA : INES},
                           .name = text_of("Olga"),
                           .initials = text_of("O"),
                           .consumer = true};
    return NULL;
}

/* Once for the whole run: settings and words live as long as the process. */
static int prepare(void **state)
{
    struct text complaint = {"", 0};
    (void)state;
    process = memory_create(64 << 20);
    settings_declare(web_settings, web_setting_count);
    if (words_load(process, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    words_be_strict();
    assert_null(settings_set(process, text_of("web.rate_limits"), text_of("off"), &complaint));
    return 0;
}

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/people/party"};
    struct text complaint;
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Ines', 1)");
    struct server_options options = {.store = bed.store,
                                     .tables = booking_part.routes,
                                     .table_count = 1,
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
    int64_t found = -1;
    server_stop(server);
    memory_end(answers);
    answers = NULL;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_int_equal(found, 0);
    bed_end(&bed);
}

/* An answer lives until the next call, each of which has as much memory as a request may take. */
static struct exchange send(const char *target, const char *who, struct text body, int status)
{
    static struct memory *own;
    struct exchange exchange;
    memory_end(own);
    own = memory_create(64 << 20);
    assert_null(
        server_call(server, own, "POST", text_of(target), text_of(who), true, body, &exchange));
    if (exchange.status != status)
        fail_msg("%s by %s: %d\n%.*s", target, who, exchange.status, TEXT_ARGS(exchange.body));
    return exchange;
}

static void expect(struct exchange exchange, const char *what)
{
    if (!memmem(exchange.body.data, exchange.body.size, what, strlen(what)))
        fail_msg("%s is not in\n%.*s", what, TEXT_ARGS(exchange.body));
}

static int64_t balance(int64_t party, enum account_purpose purpose)
{
    struct ledger_balance is;
    struct party_id of = {party};
    assert_null(ledger_balance(bed.reader, bed.memory, of, purpose, eur, &is));
    return is.balance.minor;
}

/* A line as JSON: from an account of one to the earnings of another, in cents. */
static struct text line(const char *from, const char *purpose, const char *to, int64_t minor,
                        const char *key)
{
    return text_format(bed.memory,
                       "{%s%s%s\"from_purpose\":\"%s\",\"to\":\"%s\",\"to_purpose\":\"%s\","
                       "\"amount\":{\"minor\":%lld,\"currency\":\"EUR\"},\"reason\":\"goodwill\","
                       "\"key\":\"%s\"}",
                       from ? "\"from\":\"" : "", from ? from : "", from ? "\"," : "", purpose, to,
                       strcmp(purpose, "world") == 0 ? "wallet" : "earnings", (long long)minor,
                       key);
}

#define FIRM_ID "pty_0000000000035"
#define INES_ID "pty_0000000000036"

static void one_after_another(void **state)
{
    begin(state);
    struct text in = line(NULL, "world", FIRM_ID, 5000, "in-1");
    expect(send("/api/v1/desk/bookings", "olga", in, 200), "\"again\":false");
    expect(send("/api/v1/desk/bookings", "olga", in, 200), "\"again\":true");
    assert_int_equal(balance(FIRM, ACCOUNT_WALLET), 5000);
    send("/api/v1/desk/bookings", "olga", line(NULL, "world", FIRM_ID, 5001, "in-1"), 409);
    send("/api/v1/desk/bookings", "olga", line(FIRM_ID, "wallet", INES_ID, 5001, "k2"), 402);
    send("/api/v1/desk/bookings", "olga", line(FIRM_ID, "wallet", INES_ID, 4999, "k2"), 200);
    send("/api/v1/desk/bookings", "ines", line(FIRM_ID, "wallet", INES_ID, 1, "k3"), 403);
    assert_int_equal(balance(INES, ACCOUNT_EARNINGS), 4999);
    end();
}

static void refused_by_field(void **state)
{
    begin(state);
    expect(send("/api/v1/desk/bookings", "olga", line(NULL, "sale", INES_ID, 1, "k"), 422),
           "from_purpose");
    expect(send("/api/v1/desk/bookings", "olga",
                line("pty_0000000000099", "wallet", INES_ID, 1, "k"), 422),
           "\"field\":\"from\"");
    expect(send("/api/v1/desk/bookings", "olga", line(INES_ID, "earnings", INES_ID, 1, "k"), 422),
           "\"field\":\"to\"");
    expect(send("/api/v1/desk/bookings", "olga", line(FIRM_ID, "wallet", INES_ID, 0, "k"), 422),
           "amount");
    expect(send("/api/v1/desk/bookings", "olga", line(FIRM_ID, "wallet", INES_ID, INT64_MAX, "k"),
                422),
           "amount");
    end();
}

static struct text batch(bool each, int64_t wrong)
{
    struct builder out = builder_make(bed.memory, 8 << 20);
    struct text text;
    builder_add_format(&out, "{\"each\":%s,\"lines\":[", each ? "true" : "false");
    for (int i = 0; i < LINES; i++) {
        char key[20];
        (void)snprintf(key, sizeof key, "b-%d", i);
        builder_add_c(&out, i ? "," : "");
        builder_add(&out, line(FIRM_ID, "wallet", INES_ID, i == wrong ? 1000000 : 1, key));
    }
    builder_add_c(&out, "]}");
    assert_null(builder_end(&out, &text));
    return text;
}

static void thousands_at_once(void **state)
{
    begin(state);
    send("/api/v1/desk/bookings", "olga", line(NULL, "world", FIRM_ID, LINES, "in"), 200);
    struct exchange refused = send("/api/v1/desk/bookings/batch", "olga", batch(false, WRONG), 422);
    expect(refused, "\"field\":\"lines.7430\"");
    expect(refused, "not enough money");
    assert_int_equal(balance(FIRM, ACCOUNT_WALLET), LINES);
    expect(send("/api/v1/desk/bookings/batch", "olga", batch(true, WRONG), 200),
           "\"booked\":9999,\"before\":0,\"refused\":1");
    assert_int_equal(balance(INES, ACCOUNT_EARNINGS), LINES - 1);
    /* The same again with the wrong line put right: only that one is booked. */
    expect(send("/api/v1/desk/bookings/batch", "olga", batch(false, -1), 200),
           "\"booked\":1,\"before\":9999,\"refused\":0");
    assert_int_equal(balance(FIRM, ACCOUNT_WALLET), 0);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(one_after_another),
        ON_BOTH(refused_by_field),
        ON_BOTH(thousands_at_once),
    };
    return cmocka_run_group_tests_name("booking", tests, prepare, NULL);
}
