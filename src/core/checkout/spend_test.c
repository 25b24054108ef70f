/*
 * Spends on both engines: many at once never use more than there is, and the audit finds what was changed
 * behind its back.
 */
#include "core/checkout/spend.h"

#include <pthread.h>

#include "core/module.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"

enum { FIRM = 101, OTHER = 104, MAREN = 102, INES = 103, SHOPS = 8 };

static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};
static const struct currency eur = {"EUR"};
static struct bed bed;

static const struct problem *give(struct database *db, struct memory *memory, void *context)
{
    const int64_t *units = context;
    struct ledger_promise points = {.issuer = {FIRM},
                                    .kind = PROMISE_POINTS,
                                    .currency = text_of("ZZP"),
                                    .least = 1,
                                    .part = 10000,
                                    .worth = {true, {100, eur}},
                                    .per = 300,
                                    .since = start};
    struct promise_move move = {.issuer = {FIRM},
                                .party = {INES},
                                .units = {*units, currency_points},
                                .reason = "reward.leg.given",
                                .at = start};
    struct posting_id posting;
    const struct problem *problem = promise_set(db, memory, &points);
    return problem ? problem : promise_grant(db, memory, &move, &posting);
}

static void begin(void **state, int64_t units)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/"};
    static const struct flow *const flows[] = {&spend_flow};
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    clock_set(start);
    flow_register(flows, 1);
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Maren', 1), "
                     "(103, 'person', 'Ines', 1), (104, 'organisation', 'Haus', 1)");
    assert_null(store_write(bed.store, bed.memory, give, &units));
}

static void hear(void *context, const char *line)
{
    char *last = context;
    if (last)
        (void)snprintf(last, 160, "%s", line);
    else
        print_message("%s\n", line);
}

static int64_t discrepancies(char *last)
{
    struct ledger_audit_listener listener = {last, hear};
    int64_t found = -1, books = -1;
    assert_null(checkout_part.audit(bed.reader, bed.memory, &listener, &found));
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &books));
    return found + books;
}

static void end(void)
{
    assert_int_equal(discrepancies(NULL), 0);
    clock_set((struct instant){0});
    bed_end(&bed);
}

static struct spend_row order(const char *number, int64_t units)
{
    return (struct spend_row){.business = {FIRM},
                              .party = {INES},
                              .actor = {MAREN},
                              .number = text_of(number),
                              .units = {units, currency_points},
                              .price = {100000, eur},
                              .at = start,
                              .until = instant_add(start, DAY)};
}

static struct spending of(const struct spend_row *spend, int64_t units)
{
    return (struct spending){.id = spend->id,
                             .business = {FIRM},
                             .actor = {MAREN},
                             .units = units,
                             .note = text_of(""),
                             .at = start};
}

/* ---- many at once ----------------------------------------------------------------------------- */

struct shop {
    pthread_t thread;
    char number[16];
    const struct problem *problem;
    struct spend_row spend;
};

static void *reserve_and_take(void *context)
{
    struct shop *shop = context;
    struct memory *memory = memory_create(8 << 20);
    shop->spend = order(shop->number, 300);
    do
        shop->problem = spend_reserve(bed.store, memory, &shop->spend);
    while (shop->problem && shop->problem->fault == FAULT_WORLD);
    struct spending all = of(&shop->spend, 300);
    while (!shop->problem && spend_take(bed.store, memory, &all))
        ;
    memory_end(memory);
    return NULL;
}

static void many_at_once_use_what_there_is(void **state)
{
    struct shop shops[SHOPS];
    int served = 0;
    begin(state, 1000);
    for (int i = 0; i < SHOPS; i++) {
        (void)snprintf(shops[i].number, sizeof shops[i].number, "n%d", i);
        assert_int_equal(pthread_create(&shops[i].thread, NULL, reserve_and_take, &shops[i]), 0);
    }
    for (int i = 0; i < SHOPS; i++) {
        (void)pthread_join(shops[i].thread, NULL);
        served += shops[i].problem ? 0 : 1;
        assert_true(!shops[i].problem || shops[i].problem == &ledger_not_enough);
    }
    assert_int_equal(served, 3);
    end();
}

static void the_same_order_at_once_is_one(void **state)
{
    struct shop shops[SHOPS];
    begin(state, 1000);
    for (int i = 0; i < SHOPS; i++) {
        (void)snprintf(shops[i].number, sizeof shops[i].number, "n");
        assert_int_equal(pthread_create(&shops[i].thread, NULL, reserve_and_take, &shops[i]), 0);
    }
    for (int i = 0; i < SHOPS; i++) {
        (void)pthread_join(shops[i].thread, NULL);
        assert_null(shops[i].problem);
        assert_int_equal(shops[i].spend.id.value, shops[0].spend.id.value);
    }
    struct spend_row rest = order("rest", 701), fits = order("rest", 700);
    assert_ptr_equal(spend_reserve(bed.store, bed.memory, &rest), &ledger_not_enough);
    assert_null(spend_reserve(bed.store, bed.memory, &fits));
    end();
}

/* ---- parts ------------------------------------------------------------------------------------ */

static void parts_come_back_up_to_what_was_used(void **state)
{
    struct spend_row spend = order("n1", 1000);
    begin(state, 1000);
    assert_null(spend_reserve(bed.store, bed.memory, &spend));
    assert_int_equal(spend.paid.minor, 333);
    struct spending some = of(&spend, 500);
    assert_null(spend_take(bed.store, bed.memory, &some));
    assert_int_equal(spend_worth(&some.spend, 500).minor, 166);
    static const int64_t told[] = {1, 100, 50, 499, 500, 500};
    int64_t most = 0;
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        struct spending back = of(&spend, told[i]);
        most = told[i] > most ? told[i] : most;
        assert_null(spend_give_back(bed.store, bed.memory, &back));
        assert_int_equal(back.back_minor, most);
    }
    struct spending more = of(&spend, 501);
    assert_ptr_equal(spend_give_back(bed.store, bed.memory, &more), &ledger_more_than_left);
    struct spend_row all = order("n2", 1000);
    assert_null(spend_reserve(bed.store, bed.memory, &all));
    struct spending others = of(&spend, 1);
    others.business.value = OTHER;
    assert_ptr_equal(spend_give_back(bed.store, bed.memory, &others), &not_found);
    end();
}

static void the_audit_finds_what_was_changed(void **state)
{
    char last[160] = "";
    struct spend_row spend = order("n1", 400);
    begin(state, 1000);
    assert_null(spend_reserve(bed.store, bed.memory, &spend));
    bed_damage(&bed, "UPDATE core_spend SET units_minor = 399");
    assert_int_equal(discrepancies(last), 1);
    assert_non_null(strstr(last, "units it reserves"));
    bed_damage(&bed, "UPDATE core_spend SET units_minor = 400");
    struct spending all = of(&spend, 400);
    assert_null(spend_take(bed.store, bed.memory, &all));
    bed_damage(&bed, "UPDATE core_spend SET used_minor = 401");
    assert_int_equal(discrepancies(last), 1);
    assert_non_null(strstr(last, "units it used"));
    bed_damage(&bed, "UPDATE core_spend SET used_minor = 400");
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(many_at_once_use_what_there_is),
        ON_BOTH(the_same_order_at_once_is_one),
        ON_BOTH(parts_come_back_up_to_what_was_used),
        ON_BOTH(the_audit_finds_what_was_changed),
    };
    return cmocka_run_group_tests_name("core/checkout", tests, NULL, NULL);
}
