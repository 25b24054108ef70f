/*
 * The crowd is what its README says: the same everywhere for one seed, in time order, complete, and with
 * the people in it that make judging hard.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crowd.h"

enum { PARTNERS = 2000, DAYS = 20, LINKS_MOST = 4 };

/* ---- a set of ids ----------------------------------------------------------------------------- */

/* Ids with a number each; they are random already, so they are their own hash. */
struct ids {
    uint64_t *keys;   /* 0 is free */
    int64_t *numbers; /* beside */
    uint64_t mask;    /* room less one */
};

static struct ids ids_make(void)
{
    uint64_t room = UINT64_C(1) << 19;
    struct ids ids = {calloc(room, sizeof *ids.keys), calloc(room, sizeof *ids.numbers), room - 1};
    assert_true(ids.keys && ids.numbers);
    return ids;
}

static int64_t *ids_find(const struct ids *ids, uint64_t key)
{
    uint64_t at = key & ids->mask;
    while (ids->keys[at] && ids->keys[at] != key)
        at = (at + 1) & ids->mask;
    return ids->keys[at] ? &ids->numbers[at] : NULL;
}

static void ids_put(struct ids *ids, uint64_t key, int64_t number)
{
    uint64_t at = key & ids->mask;
    while (ids->keys[at])
        at = (at + 1) & ids->mask;
    ids->keys[at] = key;
    ids->numbers[at] = number;
}

static void ids_free(struct ids *ids)
{
    free(ids->keys);
    free(ids->numbers);
}

/* ---- the same stream -------------------------------------------------------------------------- */

static uint64_t hash_bytes(uint64_t hash, const char *bytes)
{
    for (; *bytes; bytes++)
        hash = (hash ^ (uint64_t)(unsigned char)*bytes) * UINT64_C(1099511628211);
    return (hash ^ 0xFF) * UINT64_C(1099511628211);
}

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return ((hash ^ number) * UINT64_C(1099511628211)) ^ (hash >> 29);
}

/* Of what differs between facts of a kind; the rest follows from the same draws. */
static uint64_t hash_fact(uint64_t hash, const struct crowd_fact *fact)
{
    hash = hash_number(hash_number(hash, (uint64_t)fact->at), fact->kind);
    if (fact->kind == CROWD_PARTNER) {
        hash = hash_bytes(hash_bytes(hash, fact->partner.who.mail), fact->partner.who.name);
        return hash_number(hash_number(hash, fact->partner.payout), fact->partner.ip);
    }
    if (fact->kind == CROWD_CLICK) {
        hash = hash_bytes(hash_bytes(hash, fact->click.agent), fact->click.referrer);
        hash = hash_bytes(hash_bytes(hash, fact->click.dest), fact->click.user);
        hash = hash_number(hash_number(hash, fact->click.click), fact->click.link);
        return hash_number(hash_number(hash, fact->click.ip), fact->click.network);
    }
    if (fact->kind == CROWD_PAGE)
        return hash_number(hash_number(hash, fact->page.click), (uint64_t)fact->page.visible);
    if (fact->kind == CROWD_SIGN_UP)
        return hash_number(hash_bytes(hash, fact->sign_up.who.mail), fact->sign_up.ip);
    if (fact->kind == CROWD_ORDER) {
        hash = hash_bytes(hash_bytes(hash, fact->order.reference), fact->order.who.mail);
        hash = hash_number(hash_number(hash, fact->order.order), fact->order.payment);
        return hash_number(hash_number(hash, fact->order.click), (uint64_t)fact->order.amount);
    }
    if (fact->kind == CROWD_REVERSAL)
        return hash_number(hash_number(hash, fact->reverse.order), (uint64_t)fact->reverse.amount);
    return hash;
}

static uint64_t hash_of_crowd(uint64_t seed)
{
    struct crowd_fact fact;
    struct crowd *crowd = crowd_open(seed, 300, 10);
    uint64_t hash = UINT64_C(14695981039346656037);
    assert_non_null(crowd);
    while (crowd_next(crowd, &fact)) {
        struct crowd_truth truth = crowd_truth(crowd);
        hash = hash_number(hash_fact(hash, &fact),
                           (uint64_t)truth.kind * 64 + truth.label * 2 + truth.careful);
    }
    assert_false(crowd_failed(crowd));
    crowd_close(crowd);
    return hash;
}

/* The number is that of every compiler and machine. Who changes the crowd writes the new one here, and
 * then figures measured on the old one are no longer comparable: say so in the commit. */
static void a_seed_gives_the_same_stream_on_every_machine(void **state)
{
    (void)state;
    uint64_t one = hash_of_crowd(1);
    assert_int_equal(one, hash_of_crowd(1));
    assert_int_not_equal(one, hash_of_crowd(2));
    assert_int_equal(one, UINT64_C(0xc2d57a53182c88eb));
}

/* ---- complete and in order -------------------------------------------------------------------- */

struct known {
    struct ids clicks;                     /* with their time */
    struct ids orders;                     /* with what is left of the amount */
    struct ids baskets;                    /* sessions, with their time */
    bool partners[PARTNERS + 1];           /* told */
    bool links[PARTNERS * LINKS_MOST + 1]; /* told */
};

static void look_at_click(const struct known *known, uint64_t click, int64_t at)
{
    const int64_t *clicked = click ? ids_find(&known->clicks, click) : NULL;
    if (click && (!clicked || *clicked > at))
        fail_msg("a click is named that was not told before");
}

static void look_at_order(struct known *known, const struct crowd_fact *fact)
{
    const struct crowd_order *order = &fact->order;
    look_at_click(known, order->click, fact->at);
    assert_null(ids_find(&known->orders, order->order));
    ids_put(&known->orders, order->order, order->amount);
    assert_true(order->amount > 0 && order->reference[0] && order->currency[0] && order->ip);
    if (order->session && !ids_find(&known->baskets, order->session))
        fail_msg("an order of the shop without a basket");
    assert_int_equal(order->session == 0, strcmp(order->source, "pixel") == 0);
}

static void look_at(struct known *known, const struct crowd_fact *fact)
{
    int64_t *left;
    switch (fact->kind) {
    case CROWD_PARTNER:
        assert_true(fact->partner.invited_by == 0 || known->partners[fact->partner.invited_by]);
        assert_non_null(strchr(fact->partner.who.mail, '@'));
        known->partners[fact->partner.partner] = true;
        break;
    case CROWD_LINK:
        assert_true(known->partners[fact->link.partner]);
        known->links[fact->link.link] = true;
        break;
    case CROWD_IMPRESSION:
        assert_true(known->links[fact->impression.link]);
        break;
    case CROWD_CLICK:
        assert_true(known->links[fact->click.link] && fact->click.ip && fact->click.network);
        assert_int_equal((fact->click.link - 1) / LINKS_MOST + 1, fact->click.partner);
        assert_null(ids_find(&known->clicks, fact->click.click));
        ids_put(&known->clicks, fact->click.click, fact->at);
        break;
    case CROWD_PAGE:
        look_at_click(known, fact->page.click, fact->at);
        break;
    case CROWD_BASKET:
        look_at_click(known, fact->basket.click, fact->at);
        if (!ids_find(&known->baskets, fact->basket.session))
            ids_put(&known->baskets, fact->basket.session, fact->at);
        break;
    case CROWD_SIGN_UP:
        look_at_click(known, fact->sign_up.click, fact->at);
        assert_true(fact->sign_up.account != 0);
        break;
    case CROWD_ORDER:
        look_at_order(known, fact);
        break;
    default:
        left = ids_find(&known->orders, fact->reverse.order);
        assert_non_null(left);
        *left -= fact->reverse.amount;
        assert_true(fact->reverse.amount > 0 && *left >= 0);
    }
}

static void facts_come_in_time_order_and_name_only_what_was_told(void **state)
{
    (void)state;
    static struct known known;
    struct crowd_fact fact;
    int64_t before = INT64_MIN, facts = 0;
    struct crowd *crowd = crowd_open(3, PARTNERS, DAYS);
    assert_non_null(crowd);
    known.clicks = ids_make();
    known.orders = ids_make();
    known.baskets = ids_make();
    for (; crowd_next(crowd, &fact); facts++) {
        assert_true(fact.at >= before);
        before = fact.at;
        look_at(&known, &fact);
    }
    for (uint32_t i = 1; i <= PARTNERS; i++)
        assert_true(known.partners[i]);
    /* What waits is the partners at first, later a day and the orders and returns to come. */
    assert_true(crowd_waited(crowd) < 40000 && facts > 150000);
    assert_true(before < CROWD_BEGIN + (DAYS + 61) * INT64_C(86400000));
    crowd_close(crowd);
    ids_free(&known.clicks);
    ids_free(&known.orders);
    ids_free(&known.baskets);
}

/* ---- shares and people ------------------------------------------------------------------------ */

/* What is counted of a crowd. */
struct tally {
    struct crowd_partner partners[PARTNERS + 1];      /* as told */
    int64_t clicks[CROWD_KINDS][2];                   /* bad ones by variant, the others in [0] */
    int64_t claims[CROWD_KINDS][2];                   /* sign-ups and orders, likewise */
    int64_t labels[CROWD_FACT_KINDS][CROWD_OPEN + 1]; /* all facts */
    int64_t kin, kin_at_home, kin_same_card, kin_same_device; /* orders of families */
    int64_t own, own_same_card, own_same_device;              /* of self-referrers */
    int64_t good_hosted, bots, bots_hosted;                   /* clicks of listed data centres */
    int64_t at_one_address; /* clicks of one office from its most used address, less the others */
    int64_t good_no_page, bad_no_page; /* clicks less pages */
    uint64_t office_ip;                /* of one office */
    uint32_t office;                   /* its partner */
};

static void tally_order(struct tally *tally, const struct crowd_order *order,
                        struct crowd_truth truth)
{
    const struct crowd_partner *partner = &tally->partners[truth.partner];
    bool card = order->payment && order->payment == partner->payout;
    bool device = order->who.device && order->who.device == partner->who.device;
    if (truth.kind == CROWD_FAMILY) {
        tally->kin++;
        tally->kin_at_home += order->ip == partner->ip;
        tally->kin_same_card += card;
        tally->kin_same_device += device;
        assert_string_not_equal(order->who.mail, partner->who.mail);
    } else if (truth.kind == CROWD_SELF) {
        tally->own++;
        tally->own_same_card += card;
        tally->own_same_device += device;
    }
}

static void tally_click(struct tally *tally, const struct crowd_click *click,
                        struct crowd_truth truth)
{
    bool hosted = crowd_is_data_centre(click->network);
    tally->clicks[truth.kind][truth.careful]++;
    tally->good_hosted += hosted && truth.label == CROWD_GOOD;
    tally->bots += truth.kind == CROWD_BOTS;
    tally->bots_hosted += hosted && truth.kind == CROWD_BOTS;
    tally->good_no_page += truth.label == CROWD_GOOD;
    tally->bad_no_page += truth.label == CROWD_BAD;
    if (truth.kind == CROWD_OFFICE && !tally->office)
        tally->office = click->partner;
    if (truth.kind == CROWD_OFFICE && click->partner == tally->office) {
        if (tally->at_one_address == 0)
            tally->office_ip = click->ip;
        tally->at_one_address += click->ip == tally->office_ip ? 1 : -1;
    }
}

static void tally_fact(struct tally *tally, const struct crowd_fact *fact, struct crowd_truth truth)
{
    tally->labels[fact->kind][truth.label]++;
    if (fact->kind == CROWD_PARTNER)
        tally->partners[fact->partner.partner] = fact->partner;
    if (fact->kind == CROWD_CLICK)
        tally_click(tally, &fact->click, truth);
    if (fact->kind == CROWD_PAGE) {
        tally->good_no_page -= truth.label == CROWD_GOOD;
        tally->bad_no_page -= truth.label == CROWD_BAD;
    }
    if (fact->kind == CROWD_SIGN_UP || fact->kind == CROWD_ORDER)
        tally->claims[truth.kind][truth.careful]++;
    if (fact->kind == CROWD_ORDER)
        tally_order(tally, &fact->order, truth);
}

/* True when so many of a hundred are between the two. */
static void expect_share(const char *what, int64_t part, int64_t whole, int64_t from, int64_t to)
{
    if (whole == 0 || part * 100 < from * whole || part * 100 > to * whole)
        fail_msg("%s: %" PRId64 " of %" PRId64 ", not %" PRId64 " to %" PRId64 " %%", what, part,
                 whole, from, to);
}

static void expect_kinds(const struct crowd *crowd, const struct tally *tally)
{
    int64_t partners[CROWD_KINDS] = {0};
    for (uint32_t i = 1; i <= PARTNERS; i++)
        partners[crowd_partner_truth(crowd, i).kind]++;
    for (enum crowd_kind kind = CROWD_SHARER; kind < CROWD_KINDS; kind++) {
        int64_t wanted = crowd_kind_share(kind) * PARTNERS / 10000;
        if (partners[kind] != wanted)
            fail_msg("%s: %" PRId64 " partners, not %" PRId64, crowd_kind_name(kind),
                     partners[kind], wanted);
        bool acts = tally->clicks[kind][0] > 0 || tally->claims[kind][0] > 0;
        bool both = tally->clicks[kind][1] > 0 || tally->claims[kind][1] > 0;
        if (!acts || (kind >= CROWD_FARM && !both))
            fail_msg("%s: nobody acts, or in one variant alone", crowd_kind_name(kind));
    }
}

static void shares_are_as_documented(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {1, 7, 20};
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        struct crowd_fact fact;
        struct tally *tally = calloc(1, sizeof *tally);
        struct crowd *crowd = crowd_open(seeds[i], PARTNERS, DAYS);
        assert_true(tally && crowd);
        while (crowd_next(crowd, &fact))
            tally_fact(tally, &fact, crowd_truth(crowd));
        expect_kinds(crowd, tally);
        const int64_t *clicks = tally->labels[CROWD_CLICK], *orders = tally->labels[CROWD_ORDER];
        expect_share("bad clicks", clicks[CROWD_BAD], clicks[CROWD_BAD] + clicks[CROWD_GOOD], 25,
                     65);
        expect_share("bad orders", orders[CROWD_BAD], orders[CROWD_BAD] + orders[CROWD_GOOD], 30,
                     60);
        expect_share("good orders of clicks", orders[CROWD_GOOD], clicks[CROWD_GOOD], 2, 5);
        expect_share("good clicks without beacon", tally->good_no_page, clicks[CROWD_GOOD], 15, 40);
        expect_share("bad clicks without beacon", tally->bad_no_page, clicks[CROWD_BAD], 50, 85);
        expect_share("good clicks of data centres", tally->good_hosted, clicks[CROWD_GOOD], 3, 12);
        expect_share("bots of data centres", tally->bots_hosted, tally->bots, 30, 70);
        crowd_close(crowd);
        free(tally);
    }
}

static void families_offices_and_liars_look_alike_in_part(void **state)
{
    (void)state;
    struct crowd_fact fact;
    struct tally *tally = calloc(1, sizeof *tally);
    struct crowd *crowd = crowd_open(11, PARTNERS, 60);
    assert_true(tally && crowd);
    while (crowd_next(crowd, &fact))
        tally_fact(tally, &fact, crowd_truth(crowd));
    expect_share("families at home", tally->kin_at_home, tally->kin, 40, 80);
    expect_share("families with his device", tally->kin_same_device, tally->kin, 10, 40);
    expect_share("families with his payout account", tally->kin_same_card, tally->kin, 2, 25);
    expect_share("liars with their device", tally->own_same_device, tally->own, 35, 75);
    expect_share("liars with their payout account", tally->own_same_card, tally->own, 10, 50);
    assert_true(tally->at_one_address >= 20);
    crowd_close(crowd);
    free(tally);
}

static void too_small_a_crowd_is_refused(void **state)
{
    (void)state;
    assert_null(crowd_open(1, 99, 10));
    assert_null(crowd_open(1, 100, 0));
}

static void lists_have_gaps_as_lists_have(void **state)
{
    (void)state;
    assert_true(crowd_is_disposable("burner.example"));
    assert_false(crowd_is_disposable("newburner.example"));
    assert_true(crowd_is_free_mail("post.example"));
    assert_false(crowd_is_free_mail("firm-12.example"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_stream_on_every_machine),
        cmocka_unit_test(facts_come_in_time_order_and_name_only_what_was_told),
        cmocka_unit_test(shares_are_as_documented),
        cmocka_unit_test(families_offices_and_liars_look_alike_in_part),
        cmocka_unit_test(too_small_a_crowd_is_refused),
        cmocka_unit_test(lists_have_gaps_as_lists_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
