/*
 * What codes say to baskets, and that several at once never get more uses than there are.
 */
#include "modules/referrals/coupons/coupon.h"

#include <pthread.h>

#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/coupons/queries.h"
#include "modules/referrals/coupons/rows.h"
#include "modules/referrals/schema.h"

enum { FIRM = 101, AT_ONCE = 8, USES = 5 };

static const struct instant noon = {INT64_C(20000) * DAY};
static const struct currency eur = {"EUR"};

/* ---- what a code says ------------------------------------------------------------------------- */

static struct coupon_row plain(int64_t percent, int64_t off)
{
    return (struct coupon_row){.percent = percent,
                               .off_minor = off,
                               .products = text_of(""),
                               .categories = text_of(""),
                               .since = instant_add(noon, -DAY),
                               .until = instant_add(noon, DAY)};
}

static void expect(const struct coupon_row *coupon, const struct coupon_basket *basket,
                   enum coupon_finding finding, int64_t off)
{
    int64_t found = -1;
    assert_int_equal(coupon_judge(coupon, text_of("EUR"), basket, &found), finding);
    assert_int_equal(found, off);
}

static void what_is_off_is_rounded_down_and_never_more_than_the_goods(void **state)
{
    struct coupon_row tenth = plain(1000, 0), five = plain(0, 500), half = plain(5000, 0);
    struct coupon_basket basket = {.sum = {1999, eur}, .at = noon};
    struct program_line lines[] = {{text_of("7"), text_of("Lamps"), 301},
                                   {text_of("8"), text_of("Beds"), 1000},
                                   {text_of("9"), text_of("Beds"), 698}};
    (void)state;
    expect(&tenth, &basket, COUPON_FITS, 199);
    expect(&five, &basket, COUPON_FITS, 500);
    basket.sum.minor = 300;
    expect(&five, &basket, COUPON_FITS, 300);
    basket.sum.minor = 1999;
    half.products = text_of("5\r\n7");
    expect(&half, &basket, COUPON_OTHER_GOODS, 0);
    basket.lines = lines;
    basket.count = 3;
    expect(&half, &basket, COUPON_FITS, 150);
    half.categories = text_of("Beds");
    half.products = text_of("");
    expect(&half, &basket, COUPON_FITS, 849);
    half.products = text_of("7\n70");
    expect(&half, &basket, COUPON_FITS, 999);
    basket.sum.minor = INT64_C(1) << 60;
    expect(&tenth, &basket, COUPON_FITS, (INT64_C(1) << 60) / 10);
}

static void what_speaks_against_a_code_has_a_name(void **state)
{
    struct coupon_row coupon = plain(1000, 0);
    struct coupon_basket basket = {.sum = {1000, eur}, .buyer = text_of(""), .at = noon};
    (void)state;
    coupon.least_minor = 1001;
    expect(&coupon, &basket, COUPON_TOO_SMALL, 0);
    coupon.least_minor = 1000;
    expect(&coupon, &basket, COUPON_FITS, 100);
    coupon.uses_each = 1;
    expect(&coupon, &basket, COUPON_NEEDS_BUYER, 0);
    basket.buyer = text_of("mark");
    expect(&coupon, &basket, COUPON_FITS, 100);
    basket.at = coupon.until;
    expect(&coupon, &basket, COUPON_EXPIRED, 0);
    basket.at = instant_add(coupon.until, -1);
    expect(&coupon, &basket, COUPON_FITS, 100);
    basket.at = instant_add(coupon.since, -1);
    expect(&coupon, &basket, COUPON_EARLY, 0);
    basket.at = coupon.since;
    expect(&coupon, &basket, COUPON_FITS, 100);
    coupon.paused = noon;
    expect(&coupon, &basket, COUPON_PAUSED, 0);
    coupon.paused = (struct instant){0};
    basket.sum.currency = (struct currency){"USD"};
    expect(&coupon, &basket, COUPON_CURRENCY, 0);
    basket.sum = (struct money){0, eur};
    expect(&coupon, &basket, COUPON_TOO_SMALL, 0);
}

/* ---- how often -------------------------------------------------------------------------------- */

static struct bed bed;

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    bed = bed_begin_with(state, schemas, 3, places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1)");
    bed_damage(&bed,
               "INSERT INTO core_program (id, business, module, state, title, about, currency, "
               "version, empty, budget_minor, given_minor, since, until, at, moved) VALUES "
               "(201, 101, 'referrals', 'running', 'Prints', '', 'EUR', 0, 'wait', 0, 0, 1, "
               "0, 1, 1)");
    bed_damage(&bed, "INSERT INTO referrals_program (program, landing, hosts, model, window_days, "
                     "code_first, late_days, bound_months, joining) VALUES (201, "
                     "'https://shop.example/', 'shop.example', 'last', 30, 1, 30, 0, 'open')");
}

static void end(void)
{
    struct audit_voice voice = {.listener = NULL};
    int64_t after = 0;
    size_t count = 0;
    assert_null(coupon_audit(&voice, bed.reader, bed.memory, &after, &count));
    assert_int_equal(count, 1);
    assert_int_equal(voice.discrepancies, 0);
    bed_end(&bed);
}

static const struct problem *make(struct database *db, struct memory *memory, void *context)
{
    return coupon_make(db, memory, context);
}

static void made(const char *code, int64_t uses, int64_t each)
{
    struct coupon_row coupon = plain(1000, 0);
    coupon.program.value = 201;
    coupon.spelling = text_of(code);
    coupon.uses = uses;
    coupon.uses_each = each;
    assert_null(store_write(bed.store, bed.memory, make, &coupon));
}

struct asking {
    const char *number, *buyer;
    struct instant at;
    struct coupon_answer answer;
    pthread_t thread;
    char name[16];
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct asking *asking = context;
    struct coupon_basket basket = {.sum = {1000, eur},
                                   .buyer = text_of(asking->buyer),
                                   .number = text_of(asking->number),
                                   .at = asking->at};
    return coupon_keep(db, memory, (struct party_id){FIRM}, text_of("sale"), &basket,
                       &asking->answer);
}

static enum coupon_finding kept(const char *number, const char *buyer, int64_t later)
{
    struct asking asking = {.number = number, .buyer = buyer, .at = instant_add(noon, later)};
    assert_null(store_write(bed.store, bed.memory, keep, &asking));
    return asking.answer.finding;
}

static void *keep_alone(void *context)
{
    struct asking *asking = context;
    struct memory *memory = memory_create(1 << 20);
    asking->answer.finding = 0;
    if (memory && store_write(bed.store, memory, keep, asking))
        asking->answer.finding = 0;
    memory_end(memory);
    return NULL;
}

static void several_at_once_get_no_more_than_there_are(void **state)
{
    struct asking asking[AT_ONCE] = {0};
    int fits = 0, used_up = 0;
    begin(state);
    made("SALE", USES, 0);
    for (int i = 0; i < AT_ONCE; i++) {
        (void)snprintf(asking[i].name, sizeof asking[i].name, "n%d", i);
        asking[i].number = asking[i].name;
        asking[i].buyer = "";
        asking[i].at = noon;
        assert_int_equal(pthread_create(&asking[i].thread, NULL, keep_alone, &asking[i]), 0);
    }
    for (int i = 0; i < AT_ONCE; i++) {
        assert_int_equal(pthread_join(asking[i].thread, NULL), 0);
        fits += asking[i].answer.finding == COUPON_FITS;
        used_up += asking[i].answer.finding == COUPON_USED_UP;
    }
    assert_int_equal(fits, USES);
    assert_int_equal(used_up, AT_ONCE - USES);
    end();
}

static void a_use_is_kept_for_half_an_hour_and_once_for_an_order(void **state)
{
    begin(state);
    made("SALE", 1, 0);
    assert_int_equal(kept("n1", "", 0), COUPON_FITS);
    assert_int_equal(kept("n1", "", 1), COUPON_FITS);
    assert_int_equal(kept("n2", "", COUPON_KEPT), COUPON_USED_UP);
    assert_int_equal(kept("n2", "", COUPON_KEPT + 1), COUPON_FITS);
    assert_int_equal(kept("n1", "", COUPON_KEPT + 1), COUPON_USED_UP);
    end();
}

static void one_customer_has_their_share_only(void **state)
{
    begin(state);
    made("SALE", 0, 2);
    assert_int_equal(kept("n1", "", 0), COUPON_NEEDS_BUYER);
    assert_int_equal(kept("n1", "a", 0), COUPON_FITS);
    assert_int_equal(kept("n2", "a", 0), COUPON_FITS);
    assert_int_equal(kept("n3", "a", 0), COUPON_BUYER_DONE);
    assert_int_equal(kept("n3", "b", 0), COUPON_FITS);
    end();
}

static const struct problem *order_work(struct database *db, struct memory *memory, void *context)
{
    struct coupon_row coupon;
    struct coupon_order order = {{201}, *(const struct order_id *)context, text_of("SA1E"), noon};
    const struct problem *problem = coupon_use(db, memory, &order, &coupon);
    return problem == &not_found ? NULL : problem;
}

/* What an order's code came to: the word of its use. */
static enum coupon_use_state told(int64_t id, const char *number)
{
    struct order_id order = {id};
    struct coupon_row coupon;
    struct coupon_use_row use;
    assert_null(store_write(bed.store, bed.memory, order_work, &order));
    assert_null(coupon_of_program(bed.reader, bed.memory, (struct program_id){201}, text_of("SA1E"),
                                  &coupon));
    assert_null(coupon_known_use(bed.reader, bed.memory, coupon.id, text_of(number), &use));
    return use.state;
}

static void an_order_uses_what_was_kept_for_it_and_beyond_the_limit_is_refused(void **state)
{
    begin(state);
    made("SALE", 2, 0);
    bed_damage(&bed,
               "INSERT INTO core_order (id, business, number, customer, state, source, "
               "total_minor, total_currency, discount_minor, refunded_minor, codes, placed, "
               "updated, cancelled, fingerprint) VALUES (1, 101, 'n1', NULL, 'placed', 'program', "
               "1, 'EUR', 0, 0, 'SALE', 1, 1, 0, ''), (2, 101, 'n2', NULL, 'placed', 'program', 1, "
               "'EUR', 0, 0, 'SALE', 1, 1, 0, ''), (3, 101, 'n3', NULL, 'placed', 'program', 1, "
               "'EUR', 0, 0, 'SALE', 1, 1, 0, '')");
    assert_int_equal(kept("n1", "", 0), COUPON_FITS);
    assert_int_equal(told(2, "n2"), COUPON_USE_DONE);
    assert_int_equal(told(3, "n3"), COUPON_USE_REFUSED);
    assert_int_equal(told(1, "n1"), COUPON_USE_DONE);
    assert_int_equal(told(1, "n1"), COUPON_USE_DONE); /* told twice, used once: the audit counts */
    assert_int_equal(kept("n1", "", DAY / 2), COUPON_FITS);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_off_is_rounded_down_and_never_more_than_the_goods),
        cmocka_unit_test(what_speaks_against_a_code_has_a_name),
        ON_BOTH(several_at_once_get_no_more_than_there_are),
        ON_BOTH(a_use_is_kept_for_half_an_hour_and_once_for_an_order),
        ON_BOTH(one_customer_has_their_share_only),
        ON_BOTH(an_order_uses_what_was_kept_for_it_and_beyond_the_limit_is_refused),
    };
    return cmocka_run_group_tests_name("modules/referrals/coupons", tests, NULL, NULL);
}
