/*
 * Many postings at once: all or none, or each on its own; keys within a batch and before it. Each test
 * ends with the books recomputed.
 */
#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"
#include "ledger/sheet.h"

enum { LINES = 10000, WRONG = 7430 };

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct instant now = {1781100131000};

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test.in"}},
    .count = 1,
};
static const struct posting_template reward = {
    .name = "test.reward",
    .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_EARNINGS, 1}, 0, "test.reward"}},
    .count = 1,
};

/* One batch as a write. */
struct call {
    struct ledger_line *lines;
    size_t count;
    enum batch_mode mode;
    size_t wrong;
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    return ledger_batch(db, memory, call->lines, call->count, call->mode, &call->wrong);
}

static const struct problem *run(struct bed *bed, struct call *call)
{
    return store_write(bed->store, bed->memory, work, call);
}

static struct ledger_line line(const struct posting_template *template, int64_t person,
                               int64_t minor)
{
    return (struct ledger_line){.caller = firm,
                                .posting = {.template = template,
                                            .parties = {firm, {person}},
                                            .amounts = {{minor, eur}},
                                            .subject = 7,
                                            .at = now}};
}

static void pay(struct bed *bed, int64_t minor)
{
    struct ledger_line in = line(&pay_in, 0, minor);
    struct call call = {&in, 1, BATCH_ALL, 0};
    assert_null(run(bed, &call));
    assert_int_equal(call.wrong, 1);
}

static int64_t balance(struct bed *bed, int64_t party, enum account_purpose purpose)
{
    struct ledger_balance is;
    struct party_id of = {party};
    assert_null(ledger_balance(bed->reader, bed->memory, of, purpose, eur, &is));
    return is.balance.minor;
}

static void hear(void *context, const char *what)
{
    (void)context;
    print_message("%s\n", what);
}

static void end(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &found));
    assert_int_equal(found, 0);
    bed_end(bed);
}

/* Ten thousand lines to a hundred people, one of them more than there is. */
static struct call many(struct bed *bed, enum batch_mode mode)
{
    struct call call = {.count = LINES, .mode = mode};
    call.lines = memory_take_array(bed->memory, LINES, sizeof *call.lines);
    assert_non_null(call.lines);
    for (int i = 0; i < LINES; i++)
        call.lines[i] = line(&reward, 1000 + i % 100, i == WRONG ? 1000000 : 1);
    return call;
}

static void one_wrong_line_ends_all(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, LINES);
    struct call call = many(&bed, BATCH_ALL);
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    assert_int_equal(call.wrong, WRONG);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), LINES);
    call.lines[WRONG].posting.amounts[0].minor = 1;
    assert_null(run(&bed, &call));
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(balance(&bed, 1000 + i, ACCOUNT_EARNINGS), 100);
    end(&bed);
}

static void one_wrong_line_is_told_alone(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, LINES);
    struct call call = many(&bed, BATCH_EACH);
    assert_null(run(&bed, &call));
    for (int i = 0; i < LINES; i++)
        assert_ptr_equal(call.lines[i].problem, i == WRONG ? &ledger_not_enough : NULL);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 1);
    end(&bed);
}

/* A line sees what those before it did, and a leg that fails undoes its line's earlier legs. */
static void lines_come_one_after_another(void **state)
{
    static const struct posting_template two = {
        .name = "test.two",
        .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_EARNINGS, 1}, 0, "test.reward"},
                 {{ACCOUNT_EARNINGS, 1}, {ACCOUNT_FEES, LEDGER_PLATFORM}, 1, "test.fee"}},
        .count = 2,
    };
    struct bed bed = bed_begin(state);
    pay(&bed, 100);
    struct ledger_line lines[] = {line(&reward, 1000, 60), line(&reward, 1001, 60),
                                  line(&two, 1002, 30), line(&two, 1002, 10)};
    lines[2].posting.amounts[1] = (struct money){31, eur};
    lines[3].posting.amounts[1] = (struct money){4, eur};
    struct call call = {lines, COUNT_OF(lines), BATCH_EACH, 0};
    assert_null(run(&bed, &call));
    assert_null(lines[0].problem);
    assert_ptr_equal(lines[1].problem, &ledger_not_enough);
    assert_ptr_equal(lines[2].problem, &ledger_not_enough);
    assert_null(lines[3].problem);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 30);
    assert_int_equal(balance(&bed, 1002, ACCOUNT_EARNINGS), 6);
    assert_int_equal(balance(&bed, 0, ACCOUNT_FEES), 4);
    end(&bed);
}

static void keys_are_answered_as_before(void **state)
{
    struct bed bed = bed_begin(state);
    pay(&bed, 100);
    struct ledger_line lines[] = {line(&reward, 1000, 10), line(&reward, 1001, 10),
                                  line(&reward, 1000, 10), line(&reward, 1000, 10),
                                  line(&reward, 1000, 900)};
    const char *const keys[] = {"b", "a", "b", "b", "big"};
    const char *const prints[] = {"1", "2", "1", "other", "3"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        lines[i].key = text_of(keys[i]);
        lines[i].fingerprint = text_of(prints[i]);
    }
    struct call call = {lines, COUNT_OF(lines), BATCH_EACH, 0};
    assert_null(run(&bed, &call));
    struct posting_id first = lines[0].posted;
    assert_true(lines[2].again && lines[2].posted.value == first.value);
    assert_ptr_equal(lines[3].problem, &ledger_once_conflict);
    assert_ptr_equal(lines[4].problem, &ledger_not_enough);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 80);
    /* The whole batch again: nothing is booked twice, and what failed may succeed now. */
    pay(&bed, 1000);
    assert_null(run(&bed, &call));
    assert_true(lines[0].again && lines[0].posted.value == first.value && lines[1].again);
    assert_null(lines[4].problem);
    assert_false(lines[4].again);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 180);
    /* The first line of a key is refused for its other content, those after it are not. */
    lines[0].fingerprint = text_of("another");
    assert_null(run(&bed, &call));
    assert_ptr_equal(lines[0].problem, &ledger_once_conflict);
    assert_true(lines[2].again && lines[2].posted.value == first.value);
    assert_int_equal(balance(&bed, firm.value, ACCOUNT_WALLET), 180);
    end(&bed);
}

/* The statements that write sets say the same on either engine. */
static void sets_do_the_same(void **state)
{
    sheet_always_sets(true);
    one_wrong_line_ends_all(state);
    lines_come_one_after_another(state);
    keys_are_answered_as_before(state);
    sheet_always_sets(false);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(one_wrong_line_ends_all),
        ON_BOTH(one_wrong_line_is_told_alone),
        ON_BOTH(lines_come_one_after_another),
        ON_BOTH(keys_are_answered_as_before),
        ON_BOTH(sets_do_the_same),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
