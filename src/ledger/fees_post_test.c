/*
 * What a breakdown says is what is posted, to the unit, on both engines; and what is taken back of it
 * takes the fees back in the same part. The breakdown itself: fees_test.c.
 */
#include "ledger/audit.h"
#include "ledger/fees.h"
#include "ledger/fees_test_sets.h"
#include "ledger/ledger_test_bed.h"
#include "ledger/queries.h"

enum { BUYER, SUPPLIER };
enum { PAYS, SHARE, INCOME };
enum { SALES = 3000, AT_ONCE = 150, REFUNDS = 200 };
enum { IN_BATCHES = 10000, NIGHTLY = 100000, TOGETHER = 1000 };

static const struct currency currencies[] = {{"JPY"}, {"EUR"}, {"KWD"}};
static const struct party_id platform = {0};
static const struct instant now = {1781100131000};

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, BUYER}, PAYS, "test.in"}},
    .count = 1,
};
static const struct posting_template sale = {
    .name = "test.sale",
    .legs =
        {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, PAYS, "test.price"},
         {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, SUPPLIER}, SHARE, "test.share"},
         {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, INCOME, "test.rest"}},
    .count = 3,
};

/* One sale: between whom, and what is said about it before. */
struct trial {
    struct party_id buyer, supplier;
    struct fee_breakdown says;
    struct posting_id posted;
};

/* Some sales that are one write. */
struct batch {
    struct trial *trials;
    size_t count;
};

/* Pays in what the sale costs, holds `held` of it and posts. */
static const struct problem *sell_held(struct database *db, struct memory *memory,
                                       struct trial *trial, struct money held)
{
    const struct fee_breakdown *says = &trial->says;
    struct posting posting = {
        .template = &pay_in,
        .parties = {trial->buyer, trial->supplier},
        .amounts = {says->pays, says->share, says->income},
        .subject = 7,
        .at = now,
    };
    struct hold_id hold;
    const struct problem *problem = ledger_post(db, memory, &posting, &trial->posted);
    if (!problem)
        problem = ledger_hold(db, memory, trial->buyer, ACCOUNT_WALLET, held, 7, now,
                              (struct instant){0}, &hold);
    if (problem)
        return problem;
    posting.template = &sale;
    fees_post(says, SUPPLIER, &posting);
    return ledger_hold_post(db, memory, hold, &posting, &trial->posted);
}

static const struct problem *sell_all(struct database *db, struct memory *memory, void *context)
{
    const struct batch *batch = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < batch->count; i++)
        problem = sell_held(db, memory, &batch->trials[i], batch->trials[i].says.pays);
    return problem;
}

static int64_t balance(const struct bed *bed, struct party_id party, enum account_purpose purpose,
                       struct currency currency)
{
    struct ledger_balance is;
    struct memory *memory = memory_create(1 << 16);
    assert_null(ledger_balance(bed->reader, memory, party, purpose, currency, &is));
    memory_end(memory);
    assert_int_equal(is.held.minor, 0);
    return is.balance.minor;
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static void end(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    struct memory *memory = memory_create(256 << 20);
    assert_null(ledger_audit(bed->reader, memory, &listener, &found));
    memory_end(memory);
    assert_int_equal(found, 0);
    bed_end(bed);
}

/* Random sales between parties of their own each. Prices stay small enough for all to be counted. */
static struct trial *random_trials(uint64_t *seed, size_t first, size_t count)
{
    struct trial *trials = calloc(count, sizeof *trials);
    assert_non_null(trials);
    for (size_t i = 0; i < count; i++) {
        const int64_t end = 1000000000;
        struct currency currency = currencies[chance(seed, COUNT_OF(currencies))];
        struct fee_rules rules;
        random_set(seed, currency, end, &rules);
        struct money price = {1 + chance_any(seed, end), currency};
        struct money share = {chance(seed, price.minor + 1), currency};
        trials[i].buyer.value = 1000 + 2 * (int64_t)(first + i);
        trials[i].supplier.value = 1001 + 2 * (int64_t)(first + i);
        assert_null(fees_apply(price, share, &rules, &trials[i].says));
    }
    return trials;
}

static void sell_in_batches(struct bed *bed, struct trial *trials, size_t count)
{
    for (size_t done = 0; done < count; done += AT_ONCE) {
        size_t size = count - done < AT_ONCE ? count - done : AT_ONCE;
        struct batch batch = {trials + done, size};
        struct memory *memory = memory_create(64 << 20);
        assert_null(store_write(bed->store, memory, sell_all, &batch));
        memory_end(memory);
    }
}

/* What the intermediary should have, by currency. */
struct totals {
    int64_t income[COUNT_OF(currencies)];
    int64_t fees[COUNT_OF(currencies)];
};

/* The transfers are the template's, then those of the breakdown, each with its rule's name. */
static void compare_legs(const struct bed *bed, const struct trial *trial)
{
    const struct fee_breakdown *says = &trial->says;
    const int64_t first[] = {says->pays.minor, says->share.minor, says->income.minor};
    struct memory *memory = memory_create(1 << 18);
    struct ledger_leg_list legs;
    size_t at = 0;
    assert_null(ledger_legs(bed->reader, memory, trial->posted, &legs));
    for (size_t i = 0; i < COUNT_OF(first); i++)
        if (first[i])
            assert_int_equal(legs.items[at++].amount.minor, first[i]);
    for (int i = 0; i < says->count; i++) {
        const struct fee_line *line = &says->lines[i];
        if (line->amount.minor == 0)
            continue;
        assert_in_range(at, 1, legs.count - 1);
        assert_int_equal(legs.items[at].amount.minor, line->amount.minor);
        assert_int_equal(legs.items[at].to_purpose, ACCOUNT_FEES);
        assert_true(text_equal(legs.items[at++].reason, line->name));
    }
    assert_int_equal(at, legs.count);
    memory_end(memory);
}

static void compare_sides(const struct bed *bed, const struct trial *trials, size_t count,
                          struct totals *totals)
{
    for (size_t i = 0; i < count; i++) {
        const struct fee_breakdown *says = &trials[i].says;
        struct currency currency = says->price.currency;
        size_t which = 0;
        while (!currency_equal(currencies[which], currency))
            which++;
        int64_t own = fees_sum(says, FEE_BY_INTERMEDIARY).minor;
        int64_t got = says->keeps.minor - says->income.minor;
        totals->income[which] += says->income.minor - own;
        totals->fees[which] += got + own;
        assert_int_equal(balance(bed, trials[i].buyer, ACCOUNT_WALLET, currency), 0);
        assert_int_equal(balance(bed, trials[i].supplier, ACCOUNT_EARNINGS, currency),
                         says->gets.minor);
        compare_legs(bed, &trials[i]);
    }
}

static void compare_totals(const struct bed *bed, const struct totals *totals)
{
    for (size_t i = 0; i < COUNT_OF(currencies); i++) {
        assert_int_equal(balance(bed, platform, ACCOUNT_SALE, currencies[i]), 0);
        assert_int_equal(balance(bed, platform, ACCOUNT_INCOME, currencies[i]), totals->income[i]);
        assert_int_equal(balance(bed, platform, ACCOUNT_FEES, currencies[i]), totals->fees[i]);
    }
}

static void what_is_said_is_posted(void **state)
{
    const uint64_t first = 20170611;
    uint64_t seed = first;
    struct bed bed = bed_begin(state);
    struct totals totals = {{0}, {0}};
    struct trial *trials = random_trials(&seed, 0, SALES);
    sell_in_batches(&bed, trials, SALES);
    compare_sides(&bed, trials, SALES, &totals);
    compare_totals(&bed, &totals);
    print_message("%d sales from seed %llu\n", SALES, (unsigned long long)first);
    free(trials);
    end(&bed);
}

/* Paid in and sold in one call of the ledger. */
static const struct problem *sell_together(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct batch *batch = context;
    struct ledger_line *lines = memory_take_array(memory, 2 * batch->count, sizeof *lines);
    size_t wrong;
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < batch->count; i++) {
        const struct trial *trial = &batch->trials[i];
        const struct fee_breakdown *says = &trial->says;
        struct posting posting = {
            .template = &pay_in,
            .parties = {trial->buyer, trial->supplier},
            .amounts = {says->pays, says->share, says->income},
            .subject = 7,
            .at = now,
        };
        lines[2 * i] = (struct ledger_line){.posting = posting};
        posting.template = &sale;
        fees_post(says, SUPPLIER, &posting);
        lines[2 * i + 1] = (struct ledger_line){.posting = posting};
    }
    const struct problem *problem =
        ledger_batch(db, memory, lines, 2 * batch->count, BATCH_ALL, &wrong);
    for (size_t i = 0; i < batch->count; i++)
        batch->trials[i].posted = lines[2 * i + 1].posted;
    return problem;
}

/* 10,000 sets; all 100,000 with TEST_NIGHTLY, which is minutes of transfers. */
static void what_is_said_is_posted_in_batches(void **state)
{
    const uint64_t first = 20240229;
    const size_t count = getenv("TEST_NIGHTLY") ? NIGHTLY : IN_BATCHES;
    uint64_t seed = first;
    struct bed bed = bed_begin(state);
    struct totals totals = {{0}, {0}};
    for (size_t done = 0; done < count; done += TOGETHER) {
        struct batch batch = {random_trials(&seed, done, TOGETHER), TOGETHER};
        struct memory *memory = memory_create(64 << 20);
        assert_null(store_write(bed.store, memory, sell_together, &batch));
        memory_end(memory);
        compare_sides(&bed, batch.trials, TOGETHER, &totals);
        free(batch.trials);
    }
    compare_totals(&bed, &totals);
    print_message("%zu sales from seed %llu\n", count, (unsigned long long)first);
    end(&bed);
}

/* ---- taken back ------------------------------------------------------------------------------- */

static const struct problem *take_back(struct database *db, struct memory *memory, void *context)
{
    struct posting_id made;
    return ledger_reverse(db, memory, context, &made);
}

static void refund(const struct bed *bed, struct posting_id posting, int64_t minor,
                   struct currency currency)
{
    struct ledger_reversal reversal = {posting, {minor, currency}, TEXT("test.refund"), now};
    struct memory *memory = memory_create(1 << 20);
    assert_null(store_write(bed->store, memory, take_back, &reversal));
    memory_end(memory);
}

static struct fee_breakdown example(struct memory *memory)
{
    static const char set[] = "handling: 5% of price, min 0.50, max 4.00, by supplier;"
                              "service: 4% + 1.00 of price, by buyer;"
                              "partner: 10% of share, by intermediary";
    struct fee_rules rules;
    struct fee_breakdown says;
    struct text complaint;
    struct currency eur = currencies[1];
    assert_null(fees_parse(memory, text_of(set), eur, &rules, &complaint));
    assert_null(fees_apply((struct money){1500, eur}, (struct money){600, eur}, &rules, &says));
    return says;
}

/* Half of 16.60: half of each fee comes back with half of the share. */
static void half_the_payment_takes_half_of_each_fee_back(void **state)
{
    struct bed bed = bed_begin(state);
    struct trial trial = {.buyer = {101}, .supplier = {102}, .says = example(bed.memory)};
    struct currency eur = currencies[1];
    sell_in_batches(&bed, &trial, 1);
    assert_int_equal(balance(&bed, trial.supplier, ACCOUNT_EARNINGS, eur), 525);
    assert_int_equal(balance(&bed, platform, ACCOUNT_INCOME, eur), 840);
    assert_int_equal(balance(&bed, platform, ACCOUNT_FEES, eur), 75 + 160 + 60);
    refund(&bed, trial.posted, 830, eur);
    assert_int_equal(balance(&bed, trial.buyer, ACCOUNT_WALLET, eur), 830);
    /* 3.00 of the share, less 0.37 of the handling, which is rounded down. */
    assert_int_equal(balance(&bed, trial.supplier, ACCOUNT_EARNINGS, eur), 525 - 300 + 37);
    assert_int_equal(balance(&bed, platform, ACCOUNT_INCOME, eur), 840 - 450 + 30);
    assert_int_equal(balance(&bed, platform, ACCOUNT_FEES, eur), 295 - 80 - 37 - 30);
    assert_int_equal(balance(&bed, platform, ACCOUNT_SALE, eur), 0);
    refund(&bed, trial.posted, 830, eur);
    assert_int_equal(balance(&bed, trial.buyer, ACCOUNT_WALLET, eur), 1660);
    assert_int_equal(balance(&bed, trial.supplier, ACCOUNT_EARNINGS, eur), 0);
    assert_int_equal(balance(&bed, platform, ACCOUNT_INCOME, eur), 0);
    assert_int_equal(balance(&bed, platform, ACCOUNT_FEES, eur), 0);
    end(&bed);
}

/* Each transfer of a fee has its rule's name as its reason, after the template's own. */
static void each_fee_is_a_transfer_with_its_name(void **state)
{
    struct bed bed = bed_begin(state);
    struct trial trial = {.buyer = {101}, .supplier = {102}, .says = example(bed.memory)};
    sell_in_batches(&bed, &trial, 1);
    static const struct {
        const char *reason;
        enum account_purpose from, to;
        int64_t minor;
    } wanted[] = {
        {"test.price", ACCOUNT_WALLET, ACCOUNT_SALE, 1660},
        {"test.share", ACCOUNT_SALE, ACCOUNT_EARNINGS, 600},
        {"test.rest", ACCOUNT_SALE, ACCOUNT_INCOME, 900},
        {"fee.handling", ACCOUNT_EARNINGS, ACCOUNT_FEES, 75},
        {"fee.service", ACCOUNT_SALE, ACCOUNT_FEES, 160},
        {"fee.partner", ACCOUNT_INCOME, ACCOUNT_FEES, 60},
    };
    struct ledger_leg_list legs;
    assert_null(ledger_legs(bed.reader, bed.memory, trial.posted, &legs));
    assert_int_equal(legs.count, COUNT_OF(wanted));
    for (size_t i = 0; i < legs.count; i++) {
        assert_true(text_is(legs.items[i].reason, wanted[i].reason));
        assert_int_equal(legs.items[i].from_purpose, wanted[i].from);
        assert_int_equal(legs.items[i].to_purpose, wanted[i].to);
        assert_int_equal(legs.items[i].amount.minor, wanted[i].minor);
    }
    end(&bed);
}

/* Money held for the price alone does not pay the fee on top of it: nothing is posted. */
static const struct problem *sell_short(struct database *db, struct memory *memory, void *context)
{
    struct trial *trial = context;
    return sell_held(db, memory, trial, trial->says.price);
}

static void a_hold_of_the_price_alone_is_too_small(void **state)
{
    struct bed bed = bed_begin(state);
    struct trial trial = {.buyer = {101}, .supplier = {102}, .says = example(bed.memory)};
    assert_ptr_equal(store_write(bed.store, bed.memory, sell_short, &trial),
                     &ledger_hold_too_small);
    assert_int_equal(balance(&bed, trial.supplier, ACCOUNT_EARNINGS, currencies[1]), 0);
    assert_int_equal(balance(&bed, platform, ACCOUNT_FEES, currencies[1]), 0);
    end(&bed);
}

/* However a payment is cut into parts, all of them together leave nothing anywhere. */
static void parts_taken_back_leave_nothing_of_any_fee(void **state)
{
    const uint64_t first = 20260211;
    uint64_t seed = first;
    struct bed bed = bed_begin(state);
    struct trial *trials = random_trials(&seed, 0, REFUNDS);
    sell_in_batches(&bed, trials, REFUNDS);
    for (size_t i = 0; i < REFUNDS; i++) {
        int64_t left = trials[i].says.pays.minor;
        struct currency currency = trials[i].says.price.currency;
        for (int part = 0; left > 0; part++) {
            int64_t minor = part == 3 ? left : 1 + chance(&seed, left);
            refund(&bed, trials[i].posted, minor, currency);
            left -= minor;
            assert_int_equal(balance(&bed, platform, ACCOUNT_SALE, currency), 0);
        }
        assert_int_equal(balance(&bed, trials[i].buyer, ACCOUNT_WALLET, currency),
                         trials[i].says.pays.minor);
        assert_int_equal(balance(&bed, trials[i].supplier, ACCOUNT_EARNINGS, currency), 0);
    }
    for (size_t i = 0; i < COUNT_OF(currencies); i++) {
        assert_int_equal(balance(&bed, platform, ACCOUNT_INCOME, currencies[i]), 0);
        assert_int_equal(balance(&bed, platform, ACCOUNT_FEES, currencies[i]), 0);
    }
    print_message("%d sales from seed %llu\n", REFUNDS, (unsigned long long)first);
    free(trials);
    end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_said_is_posted),
        ON_BOTH(what_is_said_is_posted_in_batches),
        ON_BOTH(half_the_payment_takes_half_of_each_fee_back),
        ON_BOTH(each_fee_is_a_transfer_with_its_name),
        ON_BOTH(a_hold_of_the_price_alone_is_too_small),
        ON_BOTH(parts_taken_back_leave_nothing_of_any_fee),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
