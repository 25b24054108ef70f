/*
 * One currency for another: what comes out, what is refused, what the audit sees. On both engines.
 */
#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"

static const struct currency eur = {"EUR"};
static const struct currency jpy = {"JPY"};
static const struct party_id person = {102};
static const struct instant now = {1781100131000};

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "test.in"}},
    .count = 1,
};

/* Pays in, exchanges, or takes back. */
struct call {
    int64_t pay;
    struct ledger_exchange exchange;
    struct ledger_reversal reversal;
    struct money got;
    struct posting_id made;
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    struct posting posting = {
        .template = &pay_in, .parties = {person}, .amounts = {{call->pay, eur}}, .at = now};
    if (call->pay)
        return ledger_post(db, memory, &posting, &call->made);
    if (call->reversal.posting.value)
        return ledger_reverse(db, memory, &call->reversal, &call->made);
    return ledger_exchange(db, memory, &call->exchange, &call->got, &call->made);
}

static const struct problem *run(struct bed *bed, struct call *call)
{
    return store_write(bed->store, bed->memory, work, call);
}

static struct ledger_rate rate(int64_t numerator, int64_t denominator)
{
    return (struct ledger_rate){eur, jpy, numerator, denominator, TEXT("ECB"), now};
}

static struct call of(int64_t minor, struct ledger_rate at)
{
    return (struct call){.exchange = {person, ACCOUNT_EARNINGS, {minor, eur}, at, 7, now}};
}

static void expect(struct bed *bed, struct party_id party, enum account_purpose purpose,
                   struct currency currency, int64_t balance)
{
    struct ledger_balance is;
    assert_null(ledger_balance(bed->reader, bed->memory, party, purpose, currency, &is));
    assert_int_equal(is.balance.minor, balance);
}

static void hear(void *context, const char *line)
{
    int64_t *heard = context;
    *heard += strstr(line, "its rate says") != NULL;
}

static int64_t audit(struct bed *bed, int64_t *about_rates)
{
    struct ledger_audit_listener listener = {about_rates, hear};
    int64_t found = -1;
    *about_rates = 0;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &found));
    return found;
}

static void both_or_none(void **state)
{
    static const struct party_id platform = {0};
    struct bed bed = bed_begin(state);
    int64_t heard;
    assert_null(run(&bed, &(struct call){.pay = 10000}));
    /* 61.37 EUR at 163.42 JPY: 10029.0854 JPY, rounded down; a yen has no smaller unit. */
    struct call call = of(6137, rate(16342, 100));
    assert_null(run(&bed, &call));
    assert_int_equal(call.got.minor, 10029);
    expect(&bed, person, ACCOUNT_EARNINGS, eur, 3863);
    expect(&bed, person, ACCOUNT_EARNINGS, jpy, 10029);
    expect(&bed, platform, ACCOUNT_EXCHANGE, eur, 6137);
    expect(&bed, platform, ACCOUNT_EXCHANGE, jpy, -10029);
    struct call more = of(3864, rate(16342, 100));
    assert_ptr_equal(run(&bed, &more), &ledger_not_enough);
    assert_int_equal(audit(&bed, &heard), 0);
    call.reversal = (struct ledger_reversal){call.made, {6137, eur}, TEXT("test.back"), now};
    assert_null(run(&bed, &call));
    expect(&bed, person, ACCOUNT_EARNINGS, eur, 10000);
    expect(&bed, person, ACCOUNT_EARNINGS, jpy, 0);
    assert_int_equal(audit(&bed, &heard), 0);
    bed_damage(&bed, "UPDATE ledger_rate SET numerator = 16350");
    assert_int_equal(audit(&bed, &heard), 1);
    assert_int_equal(heard, 1);
    bed_end(&bed);
}

static void no_rate_is_refused(void **state)
{
    struct bed bed = bed_begin(state);
    assert_null(run(&bed, &(struct call){.pay = 10000}));
    const struct ledger_rate none[] = {rate(0, 100),
                                       rate(16342, 0),
                                       rate(-1, 100),
                                       rate(1, 100000),
                                       rate(LEDGER_RATE_MAX + 1, 1),
                                       {eur, eur, 1, 1, TEXT("ECB"), now},
                                       {jpy, eur, 1, 160, TEXT("ECB"), now},
                                       {eur, jpy, 163, 1, TEXT(""), now}};
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        struct call call = of(10, none[i]);
        assert_ptr_equal(run(&bed, &call), &ledger_bad_rate);
    }
    expect(&bed, person, ACCOUNT_EARNINGS, eur, 10000);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {ON_BOTH(both_or_none), ON_BOTH(no_rate_is_refused)};
    return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
