/*
 * Points, tickets and credit: given, used, ended, told, taken back; and against a model in which each
 * grant is followed by itself. On both engines.
 */
#include "ledger/promise.h"
#include "ledger/audit.h"
#include "ledger/ledger_test_bed.h"

enum { STEPS = 400, LOTS = 400 };

static const struct currency eur = {"EUR"};
static const struct party_id shop = {101};
static const struct party_id other_shop = {103};
static const struct party_id person = {102};
static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};

static struct ledger_promise points(int64_t days, int64_t told_days)
{
    return (struct ledger_promise){.issuer = shop,
                                   .kind = PROMISE_POINTS,
                                   .currency = TEXT("ZZP"),
                                   .days = days,
                                   .told_days = told_days,
                                   .least = 50,
                                   .part = 5000,
                                   .worth = {true, {1, {"EUR"}}},
                                   .per = 3,
                                   .since = start};
}

/* One thing done in one write. */
struct call {
    enum { SET, GIVE, PAY, USE, END, TELL, BACK, POST, BATCH } what;
    struct ledger_promise promise;
    struct promise_move move;
    struct money price, paid;
    struct posting_id made;
    struct ledger_reversal reversal;
    struct posting posting;
    struct ledger_line lines[3];
    struct promise_telling_list told;
    int64_t ended;
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    size_t wrong;
    switch (call->what) {
    case SET:
        return promise_set(db, memory, &call->promise);
    case GIVE:
        return promise_grant(db, memory, &call->move, &call->made);
    case PAY:
        return promise_pay(db, memory, &call->move, call->price, &call->paid, &call->made);
    case USE:
        return promise_use(db, memory, &call->move, &call->made);
    case END:
        return promise_end_due(db, memory, call->move.at, &call->ended);
    case TELL:
        return promise_tell_due(db, memory, call->move.at, &call->told);
    case BACK:
        return ledger_reverse(db, memory, &call->reversal, &call->made);
    case POST:
        return ledger_post(db, memory, &call->posting, &call->made);
    case BATCH:
        return ledger_batch(db, memory, call->lines, COUNT_OF(call->lines), BATCH_EACH, &wrong);
    }
    return NULL;
}

static const struct problem *run(struct bed *bed, struct call *call)
{
    return store_write(bed->store, bed->memory, work, call);
}

static struct promise_move units(int64_t count, int64_t day)
{
    return (struct promise_move){.issuer = shop,
                                 .party = person,
                                 .units = {count, currency_points},
                                 .subject = 7,
                                 .reason = "test.units",
                                 .at = instant_add(start, day * DAY)};
}

static void set(struct bed *bed, struct ledger_promise promise)
{
    assert_null(run(bed, &(struct call){.what = SET, .promise = promise}));
}

static struct posting_id give(struct bed *bed, int64_t count, int64_t day)
{
    struct call call = {.what = GIVE, .move = units(count, day)};
    assert_null(run(bed, &call));
    return call.made;
}

/* Ends what is due and says how much is there then. */
static int64_t left_on(struct bed *bed, int64_t day)
{
    struct call call = {.what = END, .move = units(1, day)};
    struct promise_ending_list endings;
    bool due;
    assert_null(run(bed, &call));
    assert_null(promise_any_due(bed->reader, bed->memory, call.move.at, &due));
    assert_false(due);
    int64_t all = 0;
    assert_null(promise_endings(bed->reader, bed->memory, shop, person, currency_points, &endings));
    for (size_t i = 0; i < endings.count; i++)
        all += endings.items[i].units;
    return all;
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

static void units_live_to_the_end_of_their_day(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 0));
    give(&bed, 100, 0);
    give(&bed, 40, 10);
    assert_int_equal(left_on(&bed, 30), 140);
    assert_null(run(&bed, &(struct call){.what = USE, .move = units(70, 30)}));
    /* The 70 came off the first 100, of which 30 end. */
    assert_int_equal(left_on(&bed, 31), 40);
    assert_int_equal(left_on(&bed, 40), 40);
    assert_int_equal(left_on(&bed, 41), 0);
    end(&bed);
}

static void what_never_ends_stays(void **state)
{
    struct bed bed = bed_begin(state);
    struct promise_ending_list endings;
    set(&bed, points(30, 0));
    give(&bed, 100, 0);
    struct ledger_promise endless = points(0, 0);
    endless.since = instant_add(start, DAY);
    set(&bed, endless);
    give(&bed, 25, 2);
    assert_null(promise_endings(bed.reader, bed.memory, shop, person, currency_points, &endings));
    assert_int_equal(endings.count, 1);
    assert_int_equal(endings.items[0].units, 100);
    assert_int_equal(endings.items[0].until.ms, (start.ms / DAY + 31) * DAY);
    assert_int_equal(left_on(&bed, 5000), 0);
    struct call call = {.what = USE, .move = units(26, 5000)};
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    call.move.units.minor = 25;
    assert_null(run(&bed, &call));
    end(&bed);
}

static void a_price_is_paid_by_the_rules(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(365, 0));
    give(&bed, 1000, 0);
    struct call call = {.what = PAY, .move = units(50, 1), .price = {100, eur}};
    assert_null(run(&bed, &call)); /* 50 at 3 to a cent */
    assert_int_equal(call.paid.minor, 16);
    call.move.units.minor = 49;
    assert_ptr_equal(run(&bed, &call), &promise_too_few);
    call.move.units.minor = 152; /* 50 cents, half of the price */
    assert_null(run(&bed, &call));
    assert_int_equal(call.paid.minor, 50);
    call.move.units.minor = 153;
    assert_ptr_equal(run(&bed, &call), &promise_too_much);
    call.price.minor = 100000;
    call.move.units.minor = 799;
    assert_ptr_equal(run(&bed, &call), &ledger_not_enough);
    call.price.currency = (struct currency){"USD"};
    assert_ptr_equal(run(&bed, &call), &ledger_wrong_currency);
    call.move.issuer = other_shop;
    assert_ptr_equal(run(&bed, &call), &promise_none);
    end(&bed);
}

static void rules_that_disagree_are_refused(void **state)
{
    struct bed bed = bed_begin(state);
    struct ledger_promise wrong[8];
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        wrong[i] = points(30, 7);
    wrong[0].currency = text_of("EUR");
    wrong[1].currency = text_of("XAU");
    wrong[2].kind = PROMISE_TICKETS;
    wrong[3].kind = PROMISE_CREDIT;
    wrong[4].told_days = 31;
    wrong[5].part = 10001;
    wrong[6].worth.value.minor = 0;
    wrong[7].issuer.value = 0;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct call call = {.what = SET, .promise = wrong[i]};
        assert_ptr_equal(run(&bed, &call), &promise_bad_terms);
    }
    struct ledger_promise tickets = points(30, 7);
    tickets.kind = PROMISE_TICKETS;
    tickets.currency = text_of("ZZT");
    tickets.worth.present = false;
    set(&bed, tickets);
    struct ledger_promise credit = points(0, 0);
    credit.kind = PROMISE_CREDIT;
    credit.currency = text_of("EUR");
    credit.per = 1;
    set(&bed, credit);
    struct call ticket = {.what = GIVE, .move = units(3, 0)};
    ticket.move.units.currency = currency_tickets;
    assert_null(run(&bed, &ticket));
    ticket.what = PAY;
    ticket.price = (struct money){100, eur};
    assert_ptr_equal(run(&bed, &ticket), &promise_none);
    end(&bed);
}

static void taken_back_units_are_not_counted(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 0));
    struct posting_id first = give(&bed, 100, 0);
    give(&bed, 60, 10);
    struct call back = {.what = BACK,
                        .reversal = {first, {80, currency_points}, TEXT("test.back"), start}};
    assert_null(run(&bed, &back));
    struct call use = {.what = USE, .move = units(10, 11)};
    assert_null(run(&bed, &use));
    assert_int_equal(left_on(&bed, 31), 60);
    /* The use is taken back: what comes back lives as if given then. */
    back.reversal = (struct ledger_reversal){
        use.made, {10, currency_points}, TEXT("test.back"), instant_add(start, 35 * DAY)};
    assert_null(run(&bed, &back));
    assert_int_equal(left_on(&bed, 41), 10);
    assert_int_equal(left_on(&bed, 65), 10);
    assert_int_equal(left_on(&bed, 66), 0);
    end(&bed);
}

static void what_was_used_is_owed_when_taken_back(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 0));
    struct posting_id first = give(&bed, 100, 0);
    struct call use = {.what = USE, .move = units(90, 1)};
    assert_null(run(&bed, &use));
    struct call back = {.what = BACK,
                        .reversal = {first, {100, currency_points}, TEXT("test.back"), start}};
    assert_null(run(&bed, &back));
    give(&bed, 100, 2);
    use.move.units.minor = 11;
    assert_ptr_equal(run(&bed, &use), &ledger_not_enough);
    assert_int_equal(left_on(&bed, 2), 10);
    end(&bed);
}

static void held_units_wait_a_day(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 0));
    give(&bed, 100, 0);
    bed_damage(&bed, "UPDATE ledger_account SET held_minor = 30 WHERE purpose = 'rewards'");
    assert_int_equal(left_on(&bed, 31), 30);
    bed_damage(&bed, "UPDATE ledger_account SET held_minor = 0 WHERE purpose = 'rewards'");
    assert_int_equal(left_on(&bed, 31), 30);
    assert_int_equal(left_on(&bed, 32), 0);
    end(&bed);
}

/* The middle one of three accounts may give nothing away today. */
static void an_account_that_refuses_stops_no_other(void **state)
{
    static const struct party_id people[] = {{201}, {202}, {203}};
    struct bed bed = bed_begin(state);
    struct call call = {.what = GIVE};
    struct promise_ending_list endings;
    set(&bed, points(30, 0));
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        call.move = units(100, 0);
        call.move.party = people[i];
        assert_null(run(&bed, &call));
    }
    bed_damage(&bed, "UPDATE ledger_account SET daily_minor = 0 WHERE party = 202");
    assert_int_equal(left_on(&bed, 31), 0);
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        assert_null(
            promise_endings(bed.reader, bed.memory, shop, people[i], currency_points, &endings));
        assert_int_equal(endings.count, i == 1 ? 1 : 0);
    }
    assert_null(
        promise_endings(bed.reader, bed.memory, shop, people[1], currency_points, &endings));
    assert_int_equal(endings.items[0].units, 100);
    /* Asked again the day after, and not before. */
    bed_damage(&bed, "UPDATE ledger_account SET daily_minor = NULL WHERE party = 202");
    call = (struct call){.what = END, .move = units(1, 31)};
    assert_null(run(&bed, &call));
    assert_int_equal(call.ended, 0);
    call.move = units(1, 32);
    assert_null(run(&bed, &call));
    assert_int_equal(call.ended, 1);
    assert_null(
        promise_endings(bed.reader, bed.memory, shop, people[1], currency_points, &endings));
    assert_int_equal(endings.count, 0);
    end(&bed);
}

static void an_end_is_told_once(void **state)
{
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 7));
    give(&bed, 100, 0);
    give(&bed, 40, 1);
    struct call use = {.what = USE, .move = units(30, 2)};
    assert_null(run(&bed, &use));
    struct call tell = {.what = TELL, .move = units(1, 23)};
    assert_null(run(&bed, &tell));
    assert_int_equal(tell.told.count, 0);
    tell.move.at = instant_add(start, 24 * DAY);
    assert_null(run(&bed, &tell));
    assert_int_equal(tell.told.count, 1);
    assert_int_equal(tell.told.items[0].units, 70);
    assert_int_equal(tell.told.items[0].party.value, person.value);
    assert_int_equal(tell.told.items[0].until.ms, (start.ms / DAY + 31) * DAY);
    assert_null(run(&bed, &tell));
    assert_int_equal(tell.told.count, 0);
    end(&bed);
}

static void units_stay_between_issuer_and_holder(void **state)
{
    static const struct posting_side sides[][2] = {
        {{ACCOUNT_REWARDS, 0}, {ACCOUNT_REWARDS, 1}},
        {{ACCOUNT_REWARDS, 1}, {ACCOUNT_WALLET, 1}},
        {{ACCOUNT_ISSUED, 1}, {ACCOUNT_REWARDS, 1}},
        {{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 1}},
        {{ACCOUNT_ISSUED, 0}, {ACCOUNT_EARNINGS, 1}},
    };
    struct bed bed = bed_begin(state);
    set(&bed, points(30, 7));
    give(&bed, 100, 0);
    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        struct posting_template template = {
            .name = "test.move", .legs = {{sides[i][0], sides[i][1], 0, "test.move"}}, .count = 1};
        struct call call = {.what = POST,
                            .posting = {.template = &template,
                                        .parties = {shop, person},
                                        .amounts = {{1, currency_points}},
                                        .issuer = shop,
                                        .at = start}};
        assert_ptr_equal(run(&bed, &call), &promise_units_stay);
    }
    end(&bed);
}

static void a_batch_gives_to_many(void **state)
{
    static const struct posting_template given = {
        .name = "test.given",
        .legs = {{{ACCOUNT_ISSUED, 0}, {ACCOUNT_REWARDS, 1}, 0, "test.given"}},
        .count = 1};
    struct bed bed = bed_begin(state);
    struct call call = {.what = BATCH};
    set(&bed, points(30, 7));
    for (size_t i = 0; i < COUNT_OF(call.lines); i++) {
        struct party_id issuer = i == 1 ? other_shop : shop;
        call.lines[i].posting = (struct posting){.template = &given,
                                                 .parties = {issuer, person},
                                                 .amounts = {{5, currency_points}},
                                                 .issuer = issuer,
                                                 .at = start};
    }
    assert_null(run(&bed, &call));
    assert_null(call.lines[0].problem);
    assert_ptr_equal(call.lines[1].problem, &promise_none);
    assert_null(call.lines[2].problem);
    assert_int_equal(left_on(&bed, 30), 10);
    assert_int_equal(left_on(&bed, 31), 0);
    end(&bed);
}

/* ---- each grant followed by itself --------------------------------------------------------------- */

struct lot {
    int64_t units, until_day;
};

static uint64_t dice = 20261122;

static int64_t chance(int64_t below)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (int64_t)(dice % (uint64_t)below);
}

static void as_if_each_grant_were_followed(void **state)
{
    struct bed bed = bed_begin(state);
    struct lot lots[LOTS];
    size_t count = 0;
    int64_t day = 0;
    set(&bed, points(20, 0));
    for (int step = 0; step < STEPS; step++) {
        day += chance(3);
        int64_t there = 0;
        for (size_t i = 0; i < count; i++) {
            lots[i].units = lots[i].until_day < day ? 0 : lots[i].units;
            there += lots[i].units;
        }
        assert_int_equal(left_on(&bed, day), there);
        int64_t some = 1 + chance(100);
        if (chance(2) && count < LOTS) {
            give(&bed, some, day);
            lots[count++] = (struct lot){some, day + 20};
            continue;
        }
        struct call use = {.what = USE, .move = units(some, day)};
        assert_ptr_equal(run(&bed, &use), some <= there ? NULL : &ledger_not_enough);
        for (size_t i = 0; some <= there && some > 0 && i < count; i++) {
            int64_t part = lots[i].units < some ? lots[i].units : some;
            lots[i].units -= part;
            some -= part;
            there -= part;
        }
    }
    end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(units_live_to_the_end_of_their_day),
        ON_BOTH(what_never_ends_stays),
        ON_BOTH(a_price_is_paid_by_the_rules),
        ON_BOTH(rules_that_disagree_are_refused),
        ON_BOTH(taken_back_units_are_not_counted),
        ON_BOTH(what_was_used_is_owed_when_taken_back),
        ON_BOTH(held_units_wait_a_day),
        ON_BOTH(an_account_that_refuses_stops_no_other),
        ON_BOTH(an_end_is_told_once),
        ON_BOTH(units_stay_between_issuer_and_holder),
        ON_BOTH(a_batch_gives_to_many),
        ON_BOTH(as_if_each_grant_were_followed),
    };
    return cmocka_run_group_tests_name("promise", tests, NULL, NULL);
}
