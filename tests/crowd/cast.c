/*
 * Who the partners are: so many of each kind, in random order, with their names, networks and households.
 *
 * The shares of bad kinds are larger than in life (Snyder and Kanich 2016 found a third of publishers
 * stuffing cookies; Chachra, Savage and Voelker 2015 found it scarce; trade figures say 9 to 25 % of
 * traffic), so that each kind and variant has enough partners to be counted on.
 * Read next: tests/crowd/good.c, tests/crowd/bad.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journey.h"

/* A row of the cast. Each partner draws his clicks a day and his share of buyers around the medians. */
struct part {
    const char *name;  /* for people */
    int64_t share;     /* of 10,000 partners */
    int64_t rate;      /* clicks a day, hundredths: median over partners */
    int64_t spread;    /* of it, hundredths of a doubling */
    int64_t buys;      /* of 10,000 honest visits end in an order: median */
    uint32_t together; /* partners in a group at most, 0 for those who stand alone */
};

/*
 * Rates: a few partners bring most (heavy tail; the literature on referrals and every network's "super
 * affiliates" agree), hence spreads near 1.5 doublings. Buyers: 1 to 5 of 100 visits are usual for
 * affiliate links, friends buy more often, followers of an influencer less.
 */
static const struct part parts[CROWD_KINDS] = {
    [CROWD_SHARER] = {"honest sharer", 5770, 40, 150, 450, 0},
    [CROWD_FAMILY] = {"family", 700, 12, 120, 500, 0},
    [CROWD_OFFICE] = {"office", 300, 140, 100, 350, 0},
    [CROWD_PROMOTION] = {"promotion day", 250, 220, 100, 450, 0},
    [CROWD_INFLUENCER] = {"influencer", 80, 2600, 90, 110, 0},
    [CROWD_NEWSLETTER] = {"newsletter", 250, 500, 100, 260, 0},
    [CROWD_SLOW] = {"slow buyers", 350, 130, 120, 300, 0},
    [CROWD_DORMITORY] = {"dormitory", 200, 180, 100, 300, 0},
    [CROWD_VPN] = {"VPN users", 250, 130, 120, 320, 0},
    [CROWD_ORGANIC] = {"organic", 0, 0, 0, 0, 0},
    [CROWD_ODD] = {"odd", 0, 0, 0, 0, 0},
    [CROWD_MACHINE] = {"link machine", 0, 0, 0, 0, 0},
    [CROWD_FARM] = {"click farm", 160, 1000, 80, 150, 0},
    [CROWD_BOTS] = {"bot net", 160, 1100, 80, 150, 0},
    [CROWD_STUFFER] = {"cookie stuffer", 200, 900, 90, 200, 0},
    [CROWD_EXTENSION] = {"coupon extension", 80, 80, 70, 200, 0},
    [CROWD_SELF] = {"self-referrer", 400, 9, 120, 400, 0},
    [CROWD_RING] = {"ring", 210, 15, 120, 300, 5},
    [CROWD_SPOOFER] = {"conversion spoofer", 100, 40, 80, 100, 0},
    [CROWD_FLOODER] = {"click flooder", 110, 2300, 60, 20, 0},
    [CROWD_DUPLICATE] = {"duplicate accounts", 210, 18, 100, 350, 5},
    [CROWD_FAKES] = {"fake sign-ups", 220, 35, 80, 100, 0},
};

int64_t crowd_kind_share(enum crowd_kind kind)
{
    return parts[kind].share;
}

const char *crowd_kind_name(enum crowd_kind kind)
{
    return kind > 0 && kind < CROWD_KINDS ? parts[kind].name : "none";
}

const char *crowd_fact_name(enum crowd_fact_kind kind)
{
    static const char *const names[CROWD_FACT_KINDS] = {"none",  "partner", "link",   "impression",
                                                        "click", "page",    "basket", "sign-up",
                                                        "order", "reversal"};
    return names[kind];
}

const char *crowd_label_name(enum crowd_label label)
{
    return label == CROWD_GOOD ? "good" : label == CROWD_BAD ? "bad" : "open";
}

/* ---- who is what ------------------------------------------------------------------------------ */

/* Each kind gets its share, rounded down but at least two (one crude, one careful); what is left over are
 * sharers. Members of a group stand one behind the other here and are shuffled later. */
static void share_out(uint32_t count, enum crowd_kind *kinds)
{
    uint32_t next = 0;
    for (enum crowd_kind kind = CROWD_FAMILY; kind < CROWD_KINDS; kind++) {
        uint32_t wanted = (uint32_t)((uint64_t)count * (uint64_t)parts[kind].share / 10000);
        uint32_t least = parts[kind].share == 0 ? 0 : parts[kind].together ? 6 : 2;
        for (uint32_t i = 0; i < (wanted < least ? least : wanted) && next < count; i++)
            kinds[next++] = kind;
    }
    while (next < count)
        kinds[next++] = CROWD_SHARER;
}

static void shuffle(struct dice *dice, uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i + 1;
    for (uint32_t i = count - 1; i > 0; i--) {
        uint32_t j = (uint32_t)dice_below(dice, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* Sixty of a hundred are there from the start, the others join during the first two thirds. */
static int64_t joins_at(struct dice *dice, uint32_t days)
{
    if (dice_chance(dice, 6000) || days < 3)
        return CROWD_BEGIN - dice_between(dice, HOUR, 300 * DAY);
    return CROWD_BEGIN + dice_below(dice, days * DAY * 2 / 3);
}

static void make_actor(struct crowd *crowd, uint32_t number, enum crowd_kind kind, bool careful)
{
    struct actor *actor = &crowd->actors[number];
    const struct part *part = &parts[kind];
    actor->seed = dice_mix(crowd->seed, number);
    struct dice dice = dice_of(actor->seed, 0);
    struct crowd_partner *told = &actor->told;
    told->partner = number;
    actor->truth = truth_of(kind >= CROWD_FARM ? CROWD_BAD : CROWD_GOOD, kind, actor);
    actor->truth.careful = careful;
    actor->self = person_make(&dice, crowd->pool);
    if (actor->self.where == NETWORK_RELAY && !dice_chance(&dice, 3000))
        person_moves(&actor->self, &dice, NETWORK_HOME, crowd->pool);
    if (kind == CROWD_DORMITORY)
        person_moves(&actor->self, &dice, NETWORK_CAMPUS, crowd->pool);
    if (kind == CROWD_OFFICE && dice_chance(&dice, 6000)) { /* joins at work */
        struct person desk = actor_office(crowd, actor);
        actor->self.ip = desk.ip;
        actor->self.network = desk.network;
        actor->self.where = desk.where;
    }
    told->who = actor->self.who;
    told->ip = actor->self.ip;
    told->network = actor->self.network;
    told->payout = dice_chance(&dice, 3000) ? actor->self.payment : dice_next(&dice);
    if (dice_chance(&dice, 6000))
        told->address = actor->self.address;
    memcpy(told->country, actor->self.country, sizeof told->country);
    (void)snprintf(told->code, sizeof told->code, "%.4s%04x", person_surname(actor->self.who.name),
                   (unsigned)(actor->seed & 0xFFFF));
    actor->joined = joins_at(&dice, crowd->days);
    actor->rate = dice_lognormal(&dice, part->rate, part->spread);
    actor->buys = dice_lognormal(&dice, part->buys, 60);
    actor->peak = dice_below(&dice, crowd->days);
    actor->links = (uint32_t)dice_between(&dice, 1, LINKS_EACH);
    actor->banner = dice_chance(&dice, kind == CROWD_FARM || kind == CROWD_BOTS ? 3000 : 1200);
    if (dice_chance(&dice, 1500) && number > 1)
        told->invited_by = (uint32_t)dice_between(&dice, 1, number - 1);
}

/* ---- what ties partners together -------------------------------------------------------------- */

/* The accounts of one man: crude, his payout account and often his device; careful, one device behind
 * several payout accounts, which he still needs to sign in to them all. */
static void tie_duplicates(struct actor *first, struct actor *other, struct dice *dice)
{
    bool careful = first->truth.careful;
    if (!careful || dice_chance(dice, 1500))
        other->told.payout = first->told.payout;
    if (dice_chance(dice, careful ? 4500 : 8000))
        other->self.who.device = other->told.who.device = first->told.who.device;
    if (dice_chance(dice, careful ? 2000 : 8000)) {
        other->self.ip = other->told.ip = first->told.ip;
        other->self.network = other->told.network = first->told.network;
    }
    if (!careful && dice_chance(dice, 5000))
        (void)snprintf(other->told.who.name, sizeof other->told.who.name, "%s",
                       first->told.who.name);
    if (dice_chance(dice, careful ? 3000 : 7000))
        other->self.payment = first->self.payment;
    other->self.address = first->self.address;
    if (other->told.address)
        other->told.address = first->self.address;
    if (dice_chance(dice, careful ? 3000 : 6000))
        other->told.invited_by = first->told.partner;
}

/* Groups of three to five out of the partners of a kind, as they come. */
static void tie_groups(struct crowd *crowd, const uint32_t *order, const enum crowd_kind *kinds,
                       enum crowd_kind kind)
{
    struct dice dice = dice_of(crowd->seed ^ 0x6D, kind);
    uint32_t i = 0;
    while (i < crowd->count && kinds[i] != kind)
        i++;
    uint32_t end = i;
    while (end < crowd->count && kinds[end] == kind)
        end++;
    for (uint32_t groups = 0; i < end; groups++) {
        uint32_t members = (uint32_t)dice_between(&dice, 3, parts[kind].together);
        if (end - i < members + 3)
            members = end - i;
        struct actor *first = &crowd->actors[order[i]];
        int64_t joined = first->joined;
        for (uint32_t j = 0; j < members; j++) {
            struct actor *actor = &crowd->actors[order[i + j]];
            actor->truth.careful = groups % 2;
            actor->next = order[i + (j + 1) % members];
            actor->group = first->told.partner;
            if (groups % 2 == 0) /* the crude come together */
                actor->joined = joined + j * dice_between(&dice, 10 * MINUTE, 5 * HOUR);
            if (kind == CROWD_DUPLICATE && j > 0)
                tie_duplicates(first, actor, &dice);
        }
        i += members;
    }
}

/* A fifth of families have two partners in them, who may be paid to one account: that is allowed. */
static void tie_couples(struct crowd *crowd, const uint32_t *order, const enum crowd_kind *kinds)
{
    struct dice dice = dice_of(crowd->seed ^ 0x6D, 0);
    for (uint32_t i = 0; i + 1 < crowd->count; i++) {
        if (kinds[i] != CROWD_FAMILY || kinds[i + 1] != CROWD_FAMILY || !dice_chance(&dice, 2000))
            continue;
        struct actor *one = &crowd->actors[order[i]], *other = &crowd->actors[order[++i]];
        person_names(&other->self, &dice, person_surname(one->self.who.name));
        other->told.who = other->self.who;
        other->self.address = one->self.address;
        if (other->told.address)
            other->told.address = one->self.address;
        other->self.ip = other->told.ip = one->told.ip;
        other->self.network = other->told.network = one->told.network;
        if (dice_chance(&dice, 5000))
            other->told.payout = one->told.payout;
    }
}

/* Nobody is invited by who came later. */
static void drop_late_inviters(struct crowd *crowd)
{
    for (uint32_t i = 1; i <= crowd->count; i++) {
        struct crowd_partner *told = &crowd->actors[i].told;
        if (crowd->actors[told->invited_by].joined >= crowd->actors[i].joined)
            told->invited_by = 0;
    }
}

bool crowd_cast(struct crowd *crowd)
{
    uint32_t count = crowd->count;
    uint32_t *order = malloc(count * sizeof *order);
    enum crowd_kind *kinds = malloc(count * sizeof *kinds);
    if (order && kinds) {
        struct dice dice = dice_of(crowd->seed, 0xCA57);
        shuffle(&dice, order, count);
        share_out(count, kinds);
        for (uint32_t i = 0; i < count; i++)
            make_actor(crowd, order[i], kinds[i], kinds[i] >= CROWD_FARM && i % 2);
        tie_groups(crowd, order, kinds, CROWD_RING);
        tie_groups(crowd, order, kinds, CROWD_DUPLICATE);
        tie_couples(crowd, order, kinds);
        drop_late_inviters(crowd);
    }
    bool done = order && kinds;
    free(order);
    free(kinds);
    return done;
}
