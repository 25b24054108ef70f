/*
 * What the ledger promises about postings, holds and repeats, on both engines.
 *
 * The books recomputed are in audit_test.c.
 */
#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct party_id person = {102};
static const struct instant now = {1781100131000};

enum { BUYER, SELLER };
enum { PRICE, SHARE, FEE };

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, BUYER}, PRICE, "test.in"}},
    .count = 1,
};
static const struct posting_template sale = {
    .name = "test.sale",
    .legs = {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, PRICE, "test.price"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, SELLER}, SHARE, "test.share"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, FEE, "test.fee"}},
    .count = 3,
};

static struct money euro(int64_t minor)
{
    return (struct money){minor, eur};
}

/* One call of the ledger as a write. */
struct call {
    enum { POST, POST_HELD, HOLD, HOLD_POST, VOID, EXPIRE } what;
    struct posting posting;
    struct hold_id hold;
    struct money amount;
    struct instant until;
    int64_t number;
    struct posting_id posted;
    struct ledger_held held[2];
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    switch (call->what) {
    case POST:
        return ledger_post(db, memory, &call->posting, &call->posted);
    case POST_HELD:
        return ledger_post_held(db, memory, &call->posting, 7, call->held, 2, &call->posted);
    case HOLD:
        return ledger_hold(db, memory, firm, ACCOUNT_WALLET, call->amount, 7, now, call->until,
                           &call->hold);
    case HOLD_POST:
        return ledger_hold_post(db, memory, call->hold, &call->posting, &call->posted);
    case VOID:
        return ledger_hold_void(db, memory, call->hold);
    case EXPIRE:
        return ledger_hold_expire(db, memory, call->until, &call->number);
    }
    return &our_fault;
}

static const struct problem *run(struct bed *bed, struct call *call)
{
    return store_write(bed->store, bed->memory, work, call);
}

static struct posting of(const struct posting_template *template, int64_t price, int64_t share)
{
    return (struct posting){.template = template,
                            .parties = {firm, person},
                            .amounts = {euro(price), euro(share), euro(price - share)},
                            .subject = 7,
                            .at = now};
}

static void pay(struct bed *bed, int64_t amount)
{
    struct call call = {.what = POST, .posting = of(&pay_in, amount, 0)};
    assert_null(run(bed, &call));
}

static struct hold_id hold(struct bed *bed, int64_t amount, struct instant until)
{
    struct call call = {.what = HOLD, .amount = euro(amount), .until = until};
    assert_null(run(bed, &call));
    return call.hold;
}

static void expect(struct bed *bed, struct party_id party, enum account_purpose purpose,
                   int64_t balance, int64_t held)
{
    struct ledger_balance is;
    assert_null(ledger_balance(bed->reader, bed->memory, party, purpose, eur, &is));
    assert_int_equal(is.balance.minor, balance);
    assert_int_equal(is.held.minor, held);
    assert_int_equal(is.free.minor, balance - held);
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

/* Every test ends with the books recomputed. */
static void end(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &found));
    assert_int_equal(found, 0);
    bed_end(bed);
}

static void posts_all_legs(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = POST, .posting = of(&sale, 400, 240)};
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 600, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 240, 0);
    expect(&bed, (struct party_id){0}, ACCOUNT_INCOME, 160, 0);
    expect(&bed, (struct party_id){0}, ACCOUNT_SALE, 0, 0);
    expect(&bed, (struct party_id){0}, ACCOUNT_WORLD, -1000, 0);
    end(&bed);
}

static void leaves_out_legs_of_zero(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 500);
    struct call call = {.what = POST, .posting = of(&sale, 500, 500)};
    assert_null(run(&bed, &call));
    expect(&bed, person, ACCOUNT_EARNINGS, 500, 0);
    expect(&bed, (struct party_id){0}, ACCOUNT_INCOME, 0, 0);
    end(&bed);
}

static void one_cent_short_posts_nothing(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 399);
    struct call call = {.what = POST, .posting = of(&sale, 400, 240)};
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    expect(&bed, firm, ACCOUNT_WALLET, 399, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    pay(&bed, 1);
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 0, 0);
    end(&bed);
}

static void later_leg_without_money_undoes_the_earlier(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = POST, .posting = of(&sale, 400, 240)};
    call.posting.amounts[FEE] = euro(161);
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    end(&bed);
}

static void another_currency_is_another_account(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = POST, .posting = of(&sale, 400, 240)};
    for (int i = 0; i < 3; i++)
        memcpy(call.posting.amounts[i].currency.code, "USD", 4);
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 0);
    end(&bed);
}

static void hold_reserves_and_no_more_than_is_free(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    hold(&bed, 600, (struct instant){0});
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 600);
    struct call call = {.what = HOLD, .amount = euro(401)};
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    struct call spend = {.what = POST, .posting = of(&sale, 401, 1)};
    assert_ptr_equal(run(&bed, &spend), &ledger_not_enough);
    call.amount = euro(400);
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 1000);
    end(&bed);
}

static void what_arrives_is_held_as_far_as_it_is_free(void **state)
{
    struct bed bed = bed_begin(state);
    struct call call = {
        .what = POST_HELD,
        .posting = of(&sale, 600, 500),
        .held = {{{ACCOUNT_EARNINGS, 1}, euro(300), {0}, {0}},
                 {{ACCOUNT_EARNINGS, 1}, euro(201), {0}, {0}}},
    };
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    pay(&bed, 1000);
    assert_null(run(&bed, &call));
    expect(&bed, person, ACCOUNT_EARNINGS, 500, 500);
    assert_int_equal(call.held[1].amount.minor, 200);
    assert_int_not_equal(call.held[0].hold.value, call.held[1].hold.value);
    call.posting = of(&sale, 100, 1);
    call.held[0].hold = call.held[1].hold = (struct hold_id){0};
    assert_null(run(&bed, &call));
    expect(&bed, person, ACCOUNT_EARNINGS, 501, 501);
    assert_int_equal(call.held[0].amount.minor, 1);
    assert_int_equal(call.held[1].hold.value, 0);
    end(&bed);
}

static void hold_posts_in_full(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = HOLD_POST, .posting = of(&sale, 600, 300)};
    call.hold = hold(&bed, 600, (struct instant){0});
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 400, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 300, 0);
    end(&bed);
}

static void hold_posts_in_part_and_frees_the_rest(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = HOLD_POST, .posting = of(&sale, 250, 250)};
    call.hold = hold(&bed, 1000, (struct instant){0});
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 750, 0);
    end(&bed);
}

static void hold_never_posts_more_than_was_reserved(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = HOLD_POST, .posting = of(&sale, 601, 300)};
    call.hold = hold(&bed, 600, (struct instant){0});
    assert_ptr_equal(run(&bed, &call), &ledger_hold_too_small);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 600);
    call.posting = of(&sale, 600, 300);
    assert_null(run(&bed, &call));
    end(&bed);
}

static void hold_voids_once_and_posts_no_more(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = VOID};
    call.hold = hold(&bed, 600, (struct instant){0});
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 0);
    assert_ptr_equal(run(&bed, &call), &ledger_hold_over);
    call.what = HOLD_POST;
    call.posting = of(&sale, 600, 300);
    assert_ptr_equal(run(&bed, &call), &ledger_hold_over);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 0);
    end(&bed);
}

static void hold_posted_is_over(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = HOLD_POST, .posting = of(&sale, 300, 100)};
    call.hold = hold(&bed, 300, (struct instant){0});
    assert_null(run(&bed, &call));
    assert_ptr_equal(run(&bed, &call), &ledger_hold_over);
    call.what = VOID;
    assert_ptr_equal(run(&bed, &call), &ledger_hold_over);
    expect(&bed, firm, ACCOUNT_WALLET, 700, 0);
    end(&bed);
}

static void holds_expire_when_due_only(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    hold(&bed, 100, (struct instant){0});
    struct hold_id late = hold(&bed, 200, instant_add(now, 2 * HOUR));
    struct hold_id soon = hold(&bed, 300, instant_add(now, HOUR));
    bool due = true;
    struct call call = {.what = EXPIRE, .until = instant_add(now, HOUR - 1)};
    assert_null(ledger_hold_any_due(bed.reader, bed.memory, call.until, &due));
    assert_false(due);
    assert_null(run(&bed, &call));
    assert_int_equal(call.number, 0);
    call.until = instant_add(now, HOUR);
    assert_null(ledger_hold_any_due(bed.reader, bed.memory, call.until, &due));
    assert_true(due);
    assert_null(run(&bed, &call));
    assert_int_equal(call.number, 1);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 300);
    struct call over = {.what = HOLD_POST, .hold = soon, .posting = of(&sale, 300, 1)};
    assert_ptr_equal(run(&bed, &over), &ledger_hold_over);
    over.hold = late;
    over.posting = of(&sale, 200, 1);
    assert_null(run(&bed, &over));
    end(&bed);
}

/* Of the reasons to refuse a hold's posting the one named first in ledger.h is told. */
static void checks_come_in_their_order(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 1000);
    struct call call = {.what = VOID};
    call.hold = hold(&bed, 100, (struct instant){0});
    assert_null(run(&bed, &call));
    call.what = HOLD_POST;
    call.posting = of(&sale, 5000, 1);
    assert_ptr_equal(run(&bed, &call), &ledger_hold_over);
    call.hold = hold(&bed, 100, (struct instant){0});
    assert_ptr_equal(run(&bed, &call), &ledger_hold_too_small);
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 100);
    end(&bed);
}

static void names_what_it_corrects(void **state)
{
    struct bed bed = bed_begin(state);
    static const struct posting_template back = {
        .name = "test.back",
        .legs = {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, PRICE, "test.back"}},
        .count = 1,
    };
    struct call call = {.what = POST, .posting = of(&pay_in, 1000, 0)};
    assert_null(run(&bed, &call));
    call.posting = of(&back, 1000, 0);
    call.posting.corrects = (struct maybe_posting_id){true, call.posted};
    assert_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 0, 0);
    call.posting.corrects.value.value++;
    pay(&bed, 1000);
    assert_non_null(run(&bed, &call));
    expect(&bed, firm, ACCOUNT_WALLET, 1000, 0);
    end(&bed);
}

struct repeat {
    const char *key;
    const char *content;
    int64_t makes;  /* what the call would make */
    int64_t result; /* what it answers */
    bool done;      /* it really did something */
};

static const struct problem *do_once(struct database *db, struct memory *memory, void *context)
{
    struct repeat *call = context;
    call->done = false;
    const struct problem *problem = ledger_once(db, memory, person, text_of(call->key),
                                                text_of(call->content), now, &call->result);
    if (problem || call->result != 0)
        return problem;
    call->done = true;
    call->result = call->makes;
    return ledger_once_result(db, memory, person, text_of(call->key), call->makes);
}

static void repeats_are_answered_as_before(void **state)
{
    struct bed bed = bed_begin(state);
    struct repeat call = {"key-1", "pay 10", 41, 0, false};
    assert_null(store_write(bed.store, bed.memory, do_once, &call));
    assert_true(call.done && call.result == 41);
    call.makes = 42;
    assert_null(store_write(bed.store, bed.memory, do_once, &call));
    assert_true(!call.done && call.result == 41);
    call.content = "pay 11";
    assert_ptr_equal(store_write(bed.store, bed.memory, do_once, &call), &ledger_once_conflict);
    call.key = "";
    assert_null(store_write(bed.store, bed.memory, do_once, &call));
    assert_true(call.done && call.result == 42);
    end(&bed);
}

/* A key is kept together with what was done: a call that failed leaves it free. */
static const struct problem *fail_once(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = do_once(db, memory, context);
    return problem ? problem : &ledger_not_enough;
}

static void failed_call_keeps_no_key(void **state)
{
    struct bed bed = bed_begin(state);
    struct repeat call = {"key-1", "pay 10", 41, 0, false};
    assert_ptr_equal(store_write(bed.store, bed.memory, fail_once, &call), &ledger_not_enough);
    call.content = "pay 11";
    assert_null(store_write(bed.store, bed.memory, do_once, &call));
    assert_true(call.done);
    end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(posts_all_legs),
        ON_BOTH(leaves_out_legs_of_zero),
        ON_BOTH(one_cent_short_posts_nothing),
        ON_BOTH(later_leg_without_money_undoes_the_earlier),
        ON_BOTH(another_currency_is_another_account),
        ON_BOTH(hold_reserves_and_no_more_than_is_free),
        ON_BOTH(what_arrives_is_held_as_far_as_it_is_free),
        ON_BOTH(hold_posts_in_full),
        ON_BOTH(hold_posts_in_part_and_frees_the_rest),
        ON_BOTH(hold_never_posts_more_than_was_reserved),
        ON_BOTH(hold_voids_once_and_posts_no_more),
        ON_BOTH(hold_posted_is_over),
        ON_BOTH(holds_expire_when_due_only),
        ON_BOTH(checks_come_in_their_order),
        ON_BOTH(names_what_it_corrects),
        ON_BOTH(repeats_are_answered_as_before),
        ON_BOTH(failed_call_keeps_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
