/*
 * What is taken back, and from whom: in full and in parts, before and after the money left, through
 * everybody who got a share. Each test ends with the books recomputed.
 */
#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct party_id person = {102};
static const struct party_id upline = {103};
static const struct instant now = {1781100131000};

enum { BUYER, SELLER, PROMOTER };
enum { PRICE, SHARE, REST, HANDLING, COMMISSION };

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, BUYER}, PRICE, "test.in"}},
    .count = 1,
};
/* Price, royalty, the intermediary's share, a fee on the royalty. */
static const struct posting_template sale = {
    .name = "test.sale",
    .legs =
        {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, PRICE, "test.price"},
         {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, SELLER}, SHARE, "test.share"},
         {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, REST, "test.rest"},
         {{ACCOUNT_EARNINGS, SELLER}, {ACCOUNT_FEES, LEDGER_PLATFORM}, HANDLING, "test.fee"}},
    .count = 4,
};
/* A commission out of the intermediary's share, booked later. */
static const struct posting_template commission = {
    .name = "test.commission",
    .legs = {{{ACCOUNT_INCOME, LEDGER_PLATFORM},
              {ACCOUNT_EARNINGS, PROMOTER},
              COMMISSION,
              "test.commission"}},
    .count = 1,
};
static const struct posting_template pay_out = {
    .name = "test.pay_out",
    .legs = {{{ACCOUNT_EARNINGS, SELLER}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, PRICE, "test.out"}},
    .count = 1,
};

static struct money euro(int64_t minor)
{
    return (struct money){minor, eur};
}

/* One call of the ledger as a write. */
struct call {
    struct posting posting;          /* what is posted; or */
    struct ledger_reversal reversal; /* what is taken back, when its posting is set; or */
    struct ledger_limits limits;     /* what the seller may do, when the floor is set */
    struct posting_id made;
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    if (call->limits.floor.present)
        return ledger_limit(db, memory, person, ACCOUNT_EARNINGS, eur, &call->limits);
    return call->reversal.posting.value ? ledger_reverse(db, memory, &call->reversal, &call->made)
                                        : ledger_post(db, memory, &call->posting, &call->made);
}

static struct posting_id post(struct bed *bed, const struct posting_template *template,
                              const int64_t amounts[5], struct posting_id follows)
{
    struct call call = {.posting = {.template = template,
                                    .parties = {firm, person, upline},
                                    .subject = 7,
                                    .follows = {follows.value != 0, follows},
                                    .at = now}};
    for (int i = 0; i < 5; i++)
        call.posting.amounts[i] = euro(amounts[i]);
    assert_null(store_write(bed->store, bed->memory, work, &call));
    return call.made;
}

static const struct problem *reverse(struct bed *bed, struct posting_id posting, int64_t minor,
                                     struct posting_id *made)
{
    struct call call = {.reversal = {posting, euro(minor), TEXT("test.refund"), now}};
    const struct problem *problem = store_write(bed->store, bed->memory, work, &call);
    if (made)
        *made = call.made;
    return problem;
}

static struct posting_id sell(struct bed *bed, int64_t price, int64_t share, int64_t handling)
{
    post(bed, &pay_in, (int64_t[5]){price}, (struct posting_id){0});
    return post(bed, &sale, (int64_t[5]){price, share, price - share, handling},
                (struct posting_id){0});
}

static void expect(struct bed *bed, struct party_id party, enum account_purpose purpose,
                   int64_t balance, int64_t owed)
{
    struct ledger_balance is;
    assert_null(ledger_balance(bed->reader, bed->memory, party, purpose, eur, &is));
    assert_int_equal(is.balance.minor, balance);
    assert_int_equal(is.owed.minor, owed);
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
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &found));
    assert_int_equal(found, 0);
    bed_end(bed);
}

static const struct party_id platform = {0};

static void all_of_it_comes_back(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1500, 600, 48);
    expect(&bed, person, ACCOUNT_EARNINGS, 552, 0);
    assert_null(reverse(&bed, sold, 1500, NULL));
    expect(&bed, firm, ACCOUNT_WALLET, 1500, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    expect(&bed, platform, ACCOUNT_INCOME, 0, 0);
    expect(&bed, platform, ACCOUNT_FEES, 0, 0);
    end(&bed);
}

/* However the price is cut into parts, the parts add up to what there was. */
static void parts_leave_nothing_behind(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1500, 607, 49);
    const int64_t parts[] = {1, 1, 499, 333, 665, 1};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct money left;
        assert_null(reverse(&bed, sold, parts[i], NULL));
        assert_null(ledger_left(bed.reader, bed.memory, sold, &left));
        expect(&bed, firm, ACCOUNT_WALLET, 1500 - left.minor, 0);
        expect(&bed, platform, ACCOUNT_SALE, 0, 0);
    }
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    expect(&bed, platform, ACCOUNT_INCOME, 0, 0);
    expect(&bed, platform, ACCOUNT_FEES, 0, 0);
    end(&bed);
}

static void paid_out_already_is_owed_and_made_up(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1500, 600, 48);
    post(&bed, &pay_out, (int64_t[5]){552}, (struct posting_id){0});
    assert_null(reverse(&bed, sold, 1500, NULL));
    expect(&bed, firm, ACCOUNT_WALLET, 1500, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, -552, 552);
    /* The next sale goes against it first, its fee comes out of what the sale brings, and nothing is
     * there to be spent. */
    sell(&bed, 1000, 440, 40);
    expect(&bed, person, ACCOUNT_EARNINGS, -152, 152);
    struct call call = {
        .posting = {
            .template = &pay_out, .parties = {firm, person}, .amounts = {euro(1)}, .at = now}};
    assert_ptr_equal(store_write(bed.store, bed.memory, work, &call), &ledger_not_enough);
    sell(&bed, 1000, 400, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 248, 0);
    end(&bed);
}

/* Commissions booked later, one on the other, come back in the same part. */
static void follows_the_money_up_the_line(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1000, 400, 40);
    struct posting_id first = post(&bed, &commission, (int64_t[5]){0, 0, 0, 0, 101}, sold);
    post(&bed, &commission, (int64_t[5]){0, 0, 0, 0, 33}, first);
    expect(&bed, upline, ACCOUNT_EARNINGS, 134, 0);
    expect(&bed, platform, ACCOUNT_INCOME, 466, 0);
    assert_null(reverse(&bed, sold, 500, NULL));
    expect(&bed, upline, ACCOUNT_EARNINGS, 134 - 50 - 16, 0);
    assert_null(reverse(&bed, sold, 500, NULL));
    expect(&bed, upline, ACCOUNT_EARNINGS, 0, 0);
    expect(&bed, platform, ACCOUNT_INCOME, 0, 0);
    expect(&bed, person, ACCOUNT_EARNINGS, 0, 0);
    end(&bed);
}

static void refuses_by_name(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1500, 600, 48);
    struct posting_id back;
    struct posting_id nowhere = {sold.value + 1000};
    assert_ptr_equal(reverse(&bed, nowhere, 1, NULL), &not_found);
    assert_ptr_equal(reverse(&bed, sold, 1501, NULL), &ledger_more_than_left);
    assert_null(reverse(&bed, sold, 1000, &back));
    assert_ptr_equal(reverse(&bed, sold, 501, NULL), &ledger_more_than_left);
    assert_ptr_equal(reverse(&bed, back, 1, NULL), &ledger_is_correction);
    struct call call = {.reversal = {sold, {1, {"USD"}}, TEXT("test.refund"), now}};
    assert_ptr_equal(store_write(bed.store, bed.memory, work, &call), &ledger_wrong_currency);
    assert_null(reverse(&bed, sold, 500, NULL));
    assert_ptr_equal(reverse(&bed, sold, 1, NULL), &ledger_nothing_left);
    expect(&bed, firm, ACCOUNT_WALLET, 1500, 0);
    end(&bed);
}

/* Whoever owes may be let off by a lower floor, and is asked again by a higher one. */
static void limits_are_kept(void **state)
{
    struct bed bed = bed_begin(state);
    struct posting_id sold = sell(&bed, 1500, 600, 0);
    struct call call = {
        .limits = {.floor = {true, 0}, .daily = {true, 200}, .ceiling = {true, 700}}};
    assert_null(store_write(bed.store, bed.memory, work, &call));
    struct call out = {
        .posting = {
            .template = &pay_out, .parties = {firm, person}, .amounts = {euro(201)}, .at = now}};
    assert_ptr_equal(store_write(bed.store, bed.memory, work, &out), &ledger_daily_limit);
    out.posting.amounts[0] = euro(200);
    assert_null(store_write(bed.store, bed.memory, work, &out));
    assert_null(reverse(&bed, sold, 1500, NULL));
    expect(&bed, person, ACCOUNT_EARNINGS, -200, 200);
    call.limits.floor.value = -150;
    assert_null(store_write(bed.store, bed.memory, work, &call));
    expect(&bed, person, ACCOUNT_EARNINGS, -200, 50);
    struct call in = {.posting = {.template = &sale,
                                  .parties = {firm, person},
                                  .amounts = {euro(1500), euro(1000), euro(500)},
                                  .at = now}};
    assert_ptr_equal(store_write(bed.store, bed.memory, work, &in), &ledger_ceiling);
    end(&bed);
}

/* On PostgreSQL what happens to the intermediary's accounts waits to be added up: nobody sees when. */
static void added_up_unseen(void **state)
{
    struct bed bed = bed_begin(state);
    int64_t added = -1;
    bool noted = strcmp(bed.engine, "postgresql") == 0;
    for (int i = 0; i < 7; i++)
        sell(&bed, 1000, 400, 40);
    expect(&bed, platform, ACCOUNT_INCOME, 7 * 600, 0);
    assert_null(ledger_add_up(bed.store, bed.reader, bed.memory, &added));
    assert_int_equal(added, noted ? 7 * 3 : 0); /* the world's, income's and fees' */
    expect(&bed, platform, ACCOUNT_INCOME, 7 * 600, 0);
    expect(&bed, platform, ACCOUNT_FEES, 7 * 40, 0);
    assert_null(ledger_add_up(bed.store, bed.reader, bed.memory, &added));
    assert_int_equal(added, 0);
    sell(&bed, 1000, 400, 40);
    expect(&bed, platform, ACCOUNT_FEES, 8 * 40, 0);
    end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(all_of_it_comes_back),
        ON_BOTH(parts_leave_nothing_behind),
        ON_BOTH(paid_out_already_is_owed_and_made_up),
        ON_BOTH(follows_the_money_up_the_line),
        ON_BOTH(refuses_by_name),
        ON_BOTH(limits_are_kept),
        ON_BOTH(added_up_unseen),
    };
    return cmocka_run_group_tests_name("reverse", tests, NULL, NULL);
}
