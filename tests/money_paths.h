/*
 * Every way on which money moves, as a table: what is made ready before, and the one call that moves it.
 *
 * Each has people and a business of its own, so that none depends on what another left. Only programs
 * of this folder include it. Read next: tests/money_faults_test.c, tests/disk_faults_test.c.
 */
#ifndef CONTRAFLOW_TESTS_MONEY_PATHS_H
#define CONTRAFLOW_TESTS_MONEY_PATHS_H

#include "core/books/booking.h"
#include "core/books/closing.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/pay/parts.h"
#include "eyes.h"
#include "ledger/promise.h"
#include "modules/briefs/briefs.h"

#define EARNED  INT64_C(1000000) /* cents that a business has at first */
#define PAYOUT  5000             /* cents that are taken out */
#define OFFERED 1200             /* cents offered for a licence */

enum { BATCH = 50, ANSWERS = 3 };

/* What a path stands on. */
struct ground {
    struct eyes *eyes;               /* the world */
    struct bed *bed;                 /* eyes->bed */
    struct memory *memory;           /* of one call */
    struct instant at;               /* when it is made */
    char key[40];                    /* its idempotency key */
    struct party_id business;        /* has money */
    struct stock_photo_id photo;     /* bed->author's */
    struct payment_id payment;       /* announced */
    struct payout_id payout;         /* asked for, or further */
    struct deal_id deal;             /* an offer for the photo */
    struct stock_licence_id licence; /* of the photo */
    struct call_id brief;            /* of the business */
    struct deal_id answers[ANSWERS]; /* to it */
    struct obligation_id obligation; /* of the business, to the author */
};

struct path {
    const char *name;
    void (*prepare)(struct ground *ground);
    const struct problem *(*run)(struct ground *ground);
    bool keyed;       /* the same call again gives the same and nothing more */
    long statements;  /* it runs at least so many */
    long allocations; /* it takes memory at least so often */
};

static struct money path_euro(int64_t minor)
{
    return (struct money){minor, {"EUR"}};
}

/* ---- what is made ready ----------------------------------------------------------------------- */

/* New people, a business with money, a key that nobody used. */
static void path_people(struct ground *ground)
{
    static int serial;
    struct bed *bed = ground->bed;
    ground->at = clock_now();
    (void)snprintf(ground->key, sizeof ground->key, "fault-%d", ++serial);
    bed->author =
        bed_person(bed, text_c(bed->memory, text_format(bed->memory, "ines%d", serial)), false);
    ground->business = bed_business(bed, bed->buyer, EARNED);
}

static void path_photo(struct ground *ground)
{
    path_people(ground);
    ground->photo = bed_photo(ground->bed);
}

static struct stock_purchase path_purchase(const struct ground *ground,
                                           enum stock_licence_kind licence, int64_t minor)
{
    return (struct stock_purchase){.photo = ground->photo,
                                   .licence = licence,
                                   .organisation = ground->business,
                                   .person = ground->bed->buyer,
                                   .seen = path_euro(minor),
                                   .language = text_of("en"),
                                   .once = text_of(ground->key)};
}

static void path_licence(struct ground *ground)
{
    path_photo(ground);
    struct stock_purchase purchase = path_purchase(ground, LICENCE_BUYOUT, BED_BUYOUT);
    purchase.once = text_of("");
    bed_must(stock_buy(ground->bed->world.store, ground->bed->memory, &purchase, ground->at,
                       &ground->licence),
             "a licence");
}

static const struct problem *path_move(struct ground *ground, struct memory *memory,
                                       const struct flow *flow, int64_t subject, int event,
                                       enum by by)
{
    struct bed *bed = ground->bed;
    struct move move = {.flow = flow,
                        .subject = subject,
                        .event = event,
                        .by = by,
                        .actor = by == BY_SUPPLIER ? bed->author : bed->reviewer,
                        .note = text_of("As agreed."),
                        .at = ground->at};
    return flow_make(bed->world.store, memory, &move);
}

/* Somebody who has earned enough, and where they are paid. */
static void path_earned(struct ground *ground)
{
    path_licence(ground);
    bed_must(payout_bank(ground->bed->world.store, ground->bed->memory, ground->bed->author,
                         text_of("Ines Ortega"), text_of("ES9121000418450200051332"), ground->at),
             "a bank");
}

static void path_asked(struct ground *ground)
{
    path_earned(ground);
    bed_must(payout_begin(ground->bed->world.store, ground->bed->memory, ground->bed->author,
                          path_euro(PAYOUT), text_of(""), ground->at, &ground->payout),
             "a payout");
}

static void path_payout_step(struct ground *ground, enum payout_event event)
{
    bed_must(path_move(ground, ground->bed->memory, &payout_flow, ground->payout.value, (int)event,
                       BY_OPERATOR),
             "a step of a payout");
}

static void path_approved(struct ground *ground)
{
    path_asked(ground);
    path_payout_step(ground, PAYOUT_APPROVE);
}

static const struct problem *path_export(struct ground *ground)
{
    struct text xml;
    struct text complaint;
    return payouts_export(ground->bed->world.store, ground->memory, ground->bed->reviewer,
                          ground->at, &xml, &complaint);
}

static void path_sent(struct ground *ground)
{
    path_approved(ground);
    path_payout_step(ground, PAYOUT_EXPORT);
}

/* All that the author has is on its way out. */
static void path_paid_out(struct ground *ground)
{
    struct bed *bed = ground->bed;
    struct ledger_balance has;
    path_earned(ground);
    bed_must(ledger_balance(bed->world.reader, bed->memory, bed->author, ACCOUNT_EARNINGS,
                            path_euro(0).currency, &has),
             "a balance");
    bed_must(payout_begin(bed->world.store, bed->memory, bed->author, has.free, text_of(""),
                          ground->at, &ground->payout),
             "a payout");
    path_payout_step(ground, PAYOUT_APPROVE);
    path_payout_step(ground, PAYOUT_EXPORT);
    path_payout_step(ground, PAYOUT_CONFIRM);
}

static void path_announced(struct ground *ground)
{
    path_people(ground);
    bed_must(payment_begin(ground->bed->world.store, ground->bed->memory, &rail_bank,
                           ground->business, ground->bed->buyer, path_euro(700), text_of(""),
                           ground->at, &ground->payment),
             "a payment");
}

static const struct problem *path_offer(struct ground *ground)
{
    struct stock_purchase purchase = path_purchase(ground, LICENCE_STANDARD, OFFERED);
    return stock_offer(ground->bed->world.store, ground->memory, &purchase, text_of("For a poster"),
                       ground->at, &ground->deal);
}

static void path_offered(struct ground *ground)
{
    path_photo(ground);
    ground->memory = ground->bed->memory;
    bed_must(path_offer(ground), "an offer");
}

/* Nothing else is due when it is. */
static void path_offer_over(struct ground *ground)
{
    struct world *world = &ground->bed->world;
    struct instant then = instant_add(clock_now(), 8 * DAY);
    for (int64_t fired = 1; fired > 0;)
        bed_must(flow_fire(world->store, world->reader, ground->bed->memory, then, &fired),
                 "timers");
    path_offered(ground);
    ground->at = then;
}

static void path_answered(struct ground *ground)
{
    struct bed *bed = ground->bed;
    int64_t photo;
    path_people(ground);
    struct briefs_publication publication = {.organisation = ground->business,
                                             .person = bed->buyer,
                                             .title = text_of("A harbour"),
                                             .body = text_of("In the morning."),
                                             .wanted = ANSWERS,
                                             .budget = path_euro(2000),
                                             .criteria = text_of("Light"),
                                             .until = instant_add(ground->at, 3 * DAY)};
    bed_must(
        briefs_publish(bed->world.store, bed->memory, &publication, ground->at, &ground->brief),
        "a brief");
    struct briefs_answer answer = {.brief = ground->brief,
                                   .person = bed->author,
                                   .subjects = &photo,
                                   .count = 1,
                                   .price = path_euro(1800),
                                   .note = text_of("")};
    for (int i = 0; i < ANSWERS; i++) {
        photo = bed_photo(bed).value;
        bed_must(briefs_answer_with(bed->world.store, bed->memory, &answer, ground->at,
                                    &ground->answers[i]),
                 "an answer");
    }
}

/* ---- calls ------------------------------------------------------------------------------------ */

static const struct problem *path_pay_in(struct ground *ground, const struct rail *rail)
{
    return payment_begin(ground->bed->world.store, ground->memory, rail, ground->business,
                         ground->bed->buyer, path_euro(700), text_of(ground->key), ground->at,
                         &ground->payment);
}

static const struct problem *path_announce(struct ground *ground)
{
    return path_pay_in(ground, &rail_bank);
}

static const struct problem *path_pay_at_once(struct ground *ground)
{
    return path_pay_in(ground, &rail_test);
}

static const struct problem *path_receive(struct ground *ground)
{
    return path_move(ground, ground->memory, &payment_flow, ground->payment.value, PAYMENT_RECEIVE,
                     BY_OPERATOR);
}

static const struct problem *path_call_off(struct ground *ground)
{
    return path_move(ground, ground->memory, &payment_flow, ground->payment.value, PAYMENT_CANCEL,
                     BY_OPERATOR);
}

static const struct problem *path_ask(struct ground *ground)
{
    return payout_begin(ground->bed->world.store, ground->memory, ground->bed->author,
                        path_euro(PAYOUT), text_of(ground->key), ground->at, &ground->payout);
}

static const struct problem *path_approve(struct ground *ground)
{
    return path_move(ground, ground->memory, &payout_flow, ground->payout.value, PAYOUT_APPROVE,
                     BY_OPERATOR);
}

static const struct problem *path_confirm(struct ground *ground)
{
    return path_move(ground, ground->memory, &payout_flow, ground->payout.value, PAYOUT_CONFIRM,
                     BY_OPERATOR);
}

static const struct problem *path_reject(struct ground *ground)
{
    return path_move(ground, ground->memory, &payout_flow, ground->payout.value, PAYOUT_REJECT,
                     BY_OPERATOR);
}

static const struct problem *path_withdraw(struct ground *ground)
{
    return path_move(ground, ground->memory, &payout_flow, ground->payout.value, PAYOUT_WITHDRAW,
                     BY_SUPPLIER);
}

static const struct problem *path_buy(struct ground *ground)
{
    struct stock_purchase purchase = path_purchase(ground, LICENCE_STANDARD, BED_PRICE);
    return stock_buy(ground->bed->world.store, ground->memory, &purchase, ground->at,
                     &ground->licence);
}

static const struct problem *path_answer_offer(struct ground *ground, enum stock_deal_event event)
{
    return stock_answer(ground->bed->world.store, ground->memory, ground->deal, event, BY_SUPPLIER,
                        ground->bed->author, path_euro(OFFERED), text_of(""), ground->at);
}

static const struct problem *path_accept(struct ground *ground)
{
    return path_answer_offer(ground, DEAL_ACCEPT);
}

static const struct problem *path_decline(struct ground *ground)
{
    return path_answer_offer(ground, DEAL_DECLINE);
}

static const struct problem *path_lapse(struct ground *ground)
{
    int64_t fired;
    return flow_fire(ground->bed->world.store, ground->bed->world.reader, ground->memory,
                     ground->at, &fired);
}

static const struct problem *path_refund(struct ground *ground, int64_t minor)
{
    struct stock_refund_id refund;
    struct stock_giving_back asked = {.licence = ground->licence,
                                      .amount = {minor != 0, path_euro(minor)},
                                      .reason = text_of("It was bought twice."),
                                      .operator_ = ground->bed->reviewer,
                                      .once = text_of(ground->key)};
    return stock_refund(ground->bed->world.store, ground->memory, &asked, ground->at, &refund);
}

static const struct problem *path_refund_part(struct ground *ground)
{
    return path_refund(ground, 12345);
}

static const struct problem *path_refund_whole(struct ground *ground)
{
    return path_refund(ground, 0);
}

static const struct problem *path_choose(struct ground *ground)
{
    int64_t moved;
    struct briefs_choice choice = {.brief = ground->brief,
                                   .organisation = ground->business,
                                   .person = ground->bed->buyer,
                                   .event = ANSWER_ACCEPT,
                                   .offers = ground->answers,
                                   .count = ANSWERS,
                                   .reason = text_of(""),
                                   .once = text_of(ground->key)};
    return briefs_choose(ground->bed->world.store, ground->memory, &choice, ground->at, &moved);
}

/* ---- what the ledger does for programs --------------------------------------------------------- */

static const struct problem *path_exchange_work(struct database *db, struct memory *memory,
                                                void *context)
{
    struct ground *ground = context;
    struct money got;
    struct posting_id made;
    struct ledger_exchange exchange = {
        .party = ground->business,
        .purpose = ACCOUNT_WALLET,
        .given = path_euro(1000),
        .rate = {{"EUR"}, {"JPY"}, 16237, 100, TEXT("ECB"), ground->at},
        .subject = 7,
        .at = ground->at};
    return ledger_exchange(db, memory, &exchange, &got, &made);
}

static const struct problem *path_exchange(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_exchange_work, ground);
}

static const struct posting_template path_gift = {
    .name = "test.gift",
    .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_EARNINGS, 1}, 0, "test.gift"}},
    .count = 1,
};

/* Lines under keys; line `bad` asks for more than there is. */
struct path_batch {
    struct ground *ground;
    enum batch_mode mode;
    size_t bad;                      /* BATCH: none */
    size_t wrong;                    /* filled */
    struct ledger_line lines[BATCH]; /* filled */
    char keys[BATCH][60];
};

static const struct problem *path_batch_work(struct database *db, struct memory *memory,
                                             void *context)
{
    struct path_batch *batch = context;
    return ledger_batch(db, memory, batch->lines, BATCH, batch->mode, &batch->wrong);
}

static const struct problem *path_batch(struct path_batch *batch)
{
    const struct ground *ground = batch->ground;
    for (size_t i = 0; i < BATCH; i++) {
        (void)snprintf(batch->keys[i], sizeof batch->keys[i], "%s-%zu", ground->key, i);
        int64_t minor = i == batch->bad ? 2 * EARNED : 10 + (int64_t)i;
        batch->lines[i] = (struct ledger_line){
            .posting = {.template = &path_gift,
                        .parties = {ground->business, ground->bed->author},
                        .amounts = {path_euro(minor)},
                        .subject = 7,
                        .at = ground->at},
            .caller = ground->bed->reviewer,
            .key = text_of(batch->keys[i]),
            .fingerprint = text_of("a gift"),
        };
    }
    return store_write_locking(ground->bed->world.store, ground->memory, path_batch_work, batch);
}

static const struct problem *path_batch_all(struct ground *ground)
{
    struct path_batch batch = {.ground = ground, .mode = BATCH_ALL, .bad = BATCH};
    return path_batch(&batch);
}

static const struct problem *path_batch_each(struct ground *ground)
{
    struct path_batch batch = {.ground = ground, .mode = BATCH_EACH, .bad = 31};
    const struct problem *problem = path_batch(&batch);
    for (size_t i = 0; !problem && i < BATCH; i++)
        assert_ptr_equal(batch.lines[i].problem, i == batch.bad ? &ledger_not_enough : NULL);
    return problem;
}

static const struct problem *path_book(struct ground *ground)
{
    struct booking_made made;
    struct world *world = &ground->bed->world;
    struct request request = {.memory = ground->memory,
                              .db = world->reader,
                              .store = world->store,
                              .viewer = {.person = ground->bed->reviewer},
                              .now = ground->at,
                              .once = text_of(ground->key)};
    struct booking_line line = {.from = {true, ground->business},
                                .from_purpose = ACCOUNT_WALLET,
                                .to = {true, ground->bed->author},
                                .to_purpose = ACCOUNT_EARNINGS,
                                .amount = path_euro(250),
                                .reason = BOOKING_GOODWILL};
    return core_booking_make(&request, &line, &made);
}

/* A hold that nobody asks for any more. */
static const struct problem *path_hold_work(struct database *db, struct memory *memory,
                                            void *context)
{
    struct ground *ground = context;
    struct hold_id hold;
    return ledger_hold(db, memory, ground->business, ACCOUNT_WALLET, path_euro(900), 7, ground->at,
                       instant_add(ground->at, HOUR), &hold);
}

static void path_held(struct ground *ground)
{
    path_people(ground);
    bed_must(store_write(ground->bed->world.store, ground->bed->memory, path_hold_work, ground),
             "a hold");
}

static const struct problem *path_expire_work(struct database *db, struct memory *memory,
                                              void *context)
{
    const struct ground *ground = context;
    int64_t expired;
    return ledger_hold_expire(db, memory, instant_add(ground->at, DAY), &expired);
}

static const struct problem *path_expire(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_expire_work, ground);
}

/* ---- units ------------------------------------------------------------------------------------ */

static struct promise_move path_units(const struct ground *ground, int64_t units)
{
    return (struct promise_move){.issuer = ground->business,
                                 .party = ground->bed->author,
                                 .units = {units, currency_points},
                                 .subject = 7,
                                 .reason = "test.units",
                                 .at = ground->at};
}

static const struct problem *path_give_work(struct database *db, struct memory *memory,
                                            void *context)
{
    struct promise_move move = path_units(context, 500);
    struct posting_id made;
    return promise_grant(db, memory, &move, &made);
}

static const struct problem *path_use_work(struct database *db, struct memory *memory,
                                           void *context)
{
    struct promise_move move = path_units(context, 120);
    struct posting_id made;
    return promise_use(db, memory, &move, &made);
}

static const struct problem *path_pay_units_work(struct database *db, struct memory *memory,
                                                 void *context)
{
    struct promise_move move = path_units(context, 300);
    struct money paid;
    struct posting_id made;
    return promise_pay(db, memory, &move, path_euro(1000), &paid, &made);
}

static const struct problem *path_end_work(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct ground *ground = context;
    int64_t ended;
    return promise_end_due(db, memory, instant_add(ground->at, 32 * DAY), &ended);
}

static const struct problem *path_terms_work(struct database *db, struct memory *memory,
                                             void *context)
{
    const struct ground *ground = context;
    struct ledger_promise promise = {.issuer = ground->business,
                                     .kind = PROMISE_POINTS,
                                     .currency = TEXT("ZZP"),
                                     .days = 30,
                                     .told_days = 7,
                                     .least = 50,
                                     .part = 5000,
                                     .worth = {true, {1, {"EUR"}}},
                                     .per = 3,
                                     .since = ground->at};
    return promise_set(db, memory, &promise);
}

static void path_promised(struct ground *ground)
{
    path_people(ground);
    bed_must(store_write(ground->bed->world.store, ground->bed->memory, path_terms_work, ground),
             "rules of points");
}

static void path_given(struct ground *ground)
{
    path_promised(ground);
    bed_must(store_write(ground->bed->world.store, ground->bed->memory, path_give_work, ground),
             "points");
}

static const struct problem *path_give(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_give_work, ground);
}

static const struct problem *path_use(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_use_work, ground);
}

static const struct problem *path_pay_units(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_pay_units_work, ground);
}

static const struct problem *path_end(struct ground *ground)
{
    return store_write(ground->bed->world.store, ground->memory, path_end_work, ground);
}

/* ---- over time -------------------------------------------------------------------------------- */

static const struct problem *path_plan_work(struct database *db, struct memory *memory,
                                            void *context)
{
    struct ground *ground = context;
    struct obligation_hit_list open;
    struct move move = {.db = db, .memory = memory, .by = BY_OPERATOR, .at = ground->at};
    struct plan_row plan = {.kind = text_of(plan_agreed.name),
                            .title = text_of("A series"),
                            .debtor = ground->business,
                            .creditor = ground->bed->author,
                            .term = PLAN_INSTALMENTS,
                            .sum = path_euro(900),
                            .parts = 3,
                            .remainder = REMAINDER_LAST,
                            .unit = PLAN_DAY,
                            .every = 1,
                            .basis = BASIS_ACTUAL_365,
                            .first = ground->at.ms / DAY + 1};
    const struct problem *problem = plan_begin(&move, &plan);
    if (!problem)
        problem = plan_accept(&move, plan.id);
    if (!problem)
        problem = obligations_open_of(db, memory, plan.id, &open);
    if (!problem)
        ground->obligation = open.items[0].id;
    return problem;
}

static void path_owed(struct ground *ground)
{
    path_people(ground);
    bed_must(store_write(ground->bed->world.store, ground->bed->memory, path_plan_work, ground),
             "a plan");
}

static const struct problem *path_pay_owed(struct ground *ground)
{
    struct obligation_payment payment = {.obligation = ground->obligation,
                                         .debtor = ground->business,
                                         .person = ground->bed->buyer,
                                         .once = text_of(ground->key),
                                         .at = ground->at};
    return obligation_pay(ground->bed->world.store, ground->memory, &payment);
}

/* A day on which something was posted is over, and all before it are closed. */
static void path_day_over(struct ground *ground)
{
    path_people(ground);
    clock_set((struct instant){(clock_now().ms / DAY + 1) * DAY + HOUR});
    ground->at = clock_now();
}

static const struct problem *path_close_day(struct ground *ground)
{
    int64_t closed;
    return closing_tend(ground->bed->world.store, ground->bed->world.reader, ground->memory,
                        &closed);
}

/* ---- all of them ------------------------------------------------------------------------------ */

static const struct path paths[] = {
    {"a payment announced", path_people, path_announce, true, 4, 1},
    {"a payment at once", path_people, path_pay_at_once, true, 14, 8},
    {"a payment received", path_announced, path_receive, false, 9, 6},
    {"a payment called off", path_announced, path_call_off, false, 3, 1},
    {"a purchase", path_photo, path_buy, true, 39, 17},
    {"a payout asked for", path_earned, path_ask, true, 12, 5},
    {"a payout approved", path_asked, path_approve, false, 3, 1},
    {"a payout exported", path_approved, path_export, false, 3, 5},
    {"a payout confirmed", path_sent, path_confirm, false, 9, 6},
    {"a payout rejected before", path_asked, path_reject, false, 9, 6},
    {"a payout rejected by the bank", path_sent, path_reject, false, 9, 6},
    {"a payout taken back", path_asked, path_withdraw, false, 9, 6},
    {"an offer made", path_photo, path_offer, true, 19, 9},
    {"an offer accepted", path_offered, path_accept, false, 26, 9},
    {"an offer declined", path_offered, path_decline, false, 8, 5},
    {"an offer lapsed", path_offer_over, path_lapse, false, 9, 6},
    {"a hold expired", path_held, path_expire, false, 3, 3},
    {"a refund in part", path_licence, path_refund_part, true, 24, 11},
    {"a refund of all", path_licence, path_refund_whole, true, 30, 13},
    {"a refund after the payout", path_paid_out, path_refund_whole, true, 30, 13},
    {"answers to a brief accepted", path_answered, path_choose, true, 132, 58},
    {"an exchange", path_people, path_exchange, false, 11, 5},
    {"a batch, all or none", path_people, path_batch_all, true, 155, 32},
    {"a batch, each on its own", path_people, path_batch_each, true, 153, 31},
    {"a booking", path_people, path_book, true, 9, 8},
    {"units given", path_promised, path_give, false, 9, 5},
    {"units used", path_given, path_use, false, 5, 4},
    {"units as a price", path_given, path_pay_units, false, 6, 4},
    {"units ended", path_given, path_end, false, 6, 5},
    {"an obligation paid", path_owed, path_pay_owed, true, 19, 8},
    {"a day closed", path_day_over, path_close_day, false, 6, 8},
};

#endif
