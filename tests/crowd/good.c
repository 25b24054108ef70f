/*
 * What honest partners and their people do in a day, with the odd days that honest people have.
 *
 * Read next: tests/crowd/bad.c.
 */
#include <stdio.h>
#include <string.h>

#include "journey.h"

/* Streams of the people around a partner: the same number is the same person each time. */
enum { FRIENDS = 1000, KIN = 2000, COLLEAGUES = 3000, STUDENTS = 4000 };

static struct person known(const struct crowd *crowd, const struct actor *actor, uint64_t number)
{
    struct dice dice = dice_of(actor->seed, number);
    return person_make(&dice, crowd->pool);
}

static void comes(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                  struct person person, int64_t at, enum crowd_kind kind, int64_t patience)
{
    struct visit visit = visit_of(crowd, dice, actor, person, at);
    visit.truth.kind = kind;
    visit.buys = actor->buys;
    visit.signs = 1000;
    visit.patience = patience;
    visit_honestly(&visit);
}

/* Busy days and quiet ones (the weight is exponential), weekends a little quieter. */
static int64_t visitors(struct dice *dice, uint32_t day, int64_t hundredths)
{
    int64_t expected = dice_exponential(dice, hundredths);
    return dice_poisson(dice, day % 7 >= 5 ? expected * 85 / 100 : expected);
}

void good_visits(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day,
                 int64_t hundredths)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    for (int64_t left = visitors(dice, day, hundredths); left > 0; left--) {
        bool friend = dice_chance(dice, 1500);
        struct person person = friend ? known(crowd, actor, FRIENDS + (uint64_t)dice_below(dice, 8))
                                      : person_make(dice, crowd->pool);
        if (friend && dice_chance(dice, 800)) { /* as his guest, on his line */
            person.ip = actor->self.ip;
            person.network = actor->self.network;
            person.where = actor->self.where;
        }
        comes(crowd, dice, actor, person, begin + hour_of_people(dice), CROWD_SHARER, 0);
    }
}

/* ---- machines that follow links --------------------------------------------------------------- */

/* One that fetches a link: for a preview, or to see whether it is dangerous. A few run the page. */
static void machine_comes(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                          int64_t at, enum agent_kind with)
{
    struct person person = person_make(dice, crowd->pool);
    person_takes(&person, dice, with);
    person_moves(&person, dice, NETWORK_HOSTING, crowd->pool);
    person.visitor = 0;
    person.modern = with == AGENT_SCANNER && dice_chance(dice, 2000);
    struct visit visit = visit_of(crowd, dice, actor, person, at);
    visit.truth = truth_of(CROWD_BAD, CROWD_MACHINE, actor);
    visit.truth.careful = false;
    visit.referrer = "";
    visit_click(&visit, &by_script);
    if (person.modern && dice_chance(dice, 4000))
        visit_page(&visit, dice_between(dice, SECOND, 4 * SECOND), 0, 0);
}

/* A post with the link: each service, in the fediverse each server, makes its preview within a minute. */
static void previews(struct crowd *crowd, struct dice *dice, const struct actor *actor, int64_t at)
{
    int64_t count = dice_chance(dice, 1500) ? dice_between(dice, 15, 60) : dice_between(dice, 1, 4);
    for (int64_t i = 0; i < count; i++)
        machine_comes(crowd, dice, actor, at + dice_exponential(dice, 15 * SECOND), AGENT_PREVIEW);
}

/* ---- odd days --------------------------------------------------------------------------------- */

/* He tries his own link; somebody hammers on it because the shop is slow. */
static void odd_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                    int64_t begin)
{
    if (dice_chance(dice, 150)) {
        struct visit visit =
            visit_of(crowd, dice, actor, actor->self, begin + hour_of_people(dice));
        visit.truth = truth_of(CROWD_OPEN, CROWD_ODD, actor);
        visit.referrer = "";
        visit_click(&visit, &by_typing);
        visit_page(&visit, 8 * SECOND, 10, 3);
    }
    if (dice_chance(dice, 12)) {
        struct person person = person_make(dice, crowd->pool);
        struct visit visit = visit_of(crowd, dice, actor, person, begin + hour_of_people(dice));
        visit_click(&visit, &by_hand);
        visit.truth = truth_of(CROWD_OPEN, CROWD_ODD, actor);
        for (int64_t i = dice_between(dice, 6, 28); i > 0; i--) {
            visit.at += dice_between(dice, 600, 2500);
            visit_click(&visit, &by_hand);
        }
    }
    if (dice_chance(dice, 150))
        previews(crowd, dice, actor, begin + hour_of_people(dice));
    if (dice_chance(dice, 8)) { /* two partners recommend each other, and mean it */
        const struct actor *friend = crowd_any_good(crowd, dice);
        comes(crowd, dice, actor, friend->self, begin + hour_of_people(dice), CROWD_SHARER, 0);
    }
}

/* ---- kinds ------------------------------------------------------------------------------------ */

/* Husband, wife, children: the same address, mostly the same name and network, at times one tablet or
 * one card, and a will and mail address of their own. */
static void family_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                       int64_t begin)
{
    if (!dice_chance(dice, 550))
        return;
    uint64_t member = KIN + (uint64_t)dice_below(dice, 3);
    struct dice own = dice_of(actor->seed, member);
    struct person person = person_make(&own, crowd->pool);
    if (dice_chance(&own, 7500))
        person_names(&person, &own, person_surname(actor->self.who.name));
    if (dice_chance(&own, 2500))
        person.who.device = actor->self.who.device;
    if (dice_chance(&own, 3000))
        person.payment = actor->self.payment;
    memcpy(person.country, actor->self.country, sizeof person.country);
    person.address = actor->self.address;
    if (dice_chance(dice, 7000)) {
        person.ip = actor->self.ip;
        person.network = actor->self.network;
        person.where = actor->self.where;
    }
    struct visit visit = visit_of(crowd, dice, actor, person, begin + hour_of_people(dice));
    visit.truth.kind = CROWD_FAMILY;
    visit.buys = 5500;
    visit.signs = 3000;
    visit_honestly(&visit);
}

struct person actor_office(const struct crowd *crowd, const struct actor *actor)
{
    struct dice office = dice_of(actor->seed, COLLEAGUES - 1);
    struct person desk = person_make(&office, crowd->pool);
    person_moves(&desk, &office, NETWORK_FIRM, crowd->pool);
    return desk;
}

/* Colleagues behind one address, often all in the minutes after he wrote to them. */
static void office_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                       uint32_t day, int64_t begin)
{
    struct person desk = actor_office(crowd, actor);
    int64_t mail_at = begin + 8 * HOUR + dice_below(dice, 8 * HOUR);
    for (int64_t left = visitors(dice, day, actor->rate); left > 0; left--) {
        struct person person = known(crowd, actor, COLLEAGUES + (uint64_t)dice_below(dice, 60));
        int64_t at = dice_chance(dice, 5000) ? mail_at + dice_exponential(dice, 3 * MINUTE)
                                             : begin + hour_of_people(dice);
        if (dice_chance(dice, 8500)) {
            person.ip = desk.ip;
            person.network = desk.network;
            person.where = NETWORK_FIRM;
            memcpy(person.agent, desk.agent, sizeof person.agent);
        }
        comes(crowd, dice, actor, person, at, CROWD_OFFICE, 0);
    }
}

/* One building, one uplink, one postal address; the partner lives there too. */
static void dormitory_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                          uint32_t day, int64_t begin)
{
    for (int64_t left = visitors(dice, day, actor->rate); left > 0; left--) {
        struct person person = known(crowd, actor, STUDENTS + (uint64_t)dice_below(dice, 120));
        person.address = actor->self.address;
        memcpy(person.country, actor->self.country, sizeof person.country);
        if (dice_chance(dice, 7500)) {
            person.ip = actor->self.ip;
            person.network = actor->self.network;
            person.where = NETWORK_CAMPUS;
        }
        comes(crowd, dice, actor, person, begin + hour_of_people(dice), CROWD_DORMITORY, 0);
    }
}

/* Visitors who hide their address; their country is that of the address or their own. */
static void vpn_day(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day,
                    int64_t begin)
{
    for (int64_t left = visitors(dice, day, actor->rate); left > 0; left--) {
        struct person person = person_make(dice, crowd->pool);
        person_moves(&person, dice, NETWORK_RELAY, crowd->pool);
        if (dice_chance(dice, 5000))
            person.visitor = 0;
        comes(crowd, dice, actor, person, begin + hour_of_people(dice), CROWD_VPN, 0);
    }
}

/* What is dear is slept on. */
static void slow_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                     uint32_t day, int64_t begin)
{
    for (int64_t left = visitors(dice, day, actor->rate); left > 0; left--) {
        struct person person = person_make(dice, crowd->pool);
        comes(crowd, dice, actor, person, begin + hour_of_people(dice), CROWD_SLOW, 8 * DAY);
    }
}

/* An offer for hours: many come at once and those who waited for it buy at once. */
static void promotion_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                          uint32_t day, int64_t begin)
{
    int64_t opens = begin + 9 * HOUR + (int64_t)(actor->seed % 9) * HOUR;
    int64_t count = dice_poisson(dice, actor->rate * 30);
    if (day != actor->peak) {
        good_visits(crowd, dice, actor, day, actor->rate / 3);
        return;
    }
    for (int64_t i = 0; i < count; i++) {
        struct person person = person_make(dice, crowd->pool);
        bool waited = dice_chance(dice, 6000);
        comes(crowd, dice, actor, person, opens + dice_exponential(dice, 70 * MINUTE),
              CROWD_PROMOTION, waited ? 4 * MINUTE : 0);
    }
}

/* Three stories in two months: minutes later most of it is over; nearly all in the app's own browser. */
static void influencer_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                           uint32_t day, int64_t begin)
{
    int64_t since = (int64_t)day - actor->peak;
    int64_t shown = begin + 15 * HOUR + (int64_t)(actor->seed % 5) * HOUR;
    int64_t count = dice_poisson(dice, actor->rate * 20);
    if (since % 19 != 0) {
        good_visits(crowd, dice, actor, day, actor->rate / 12);
        return;
    }
    for (int64_t i = 0; i < count; i++) {
        struct person person = person_make(dice, crowd->pool);
        if (dice_chance(dice, 8500)) {
            person_takes(&person, dice, AGENT_IN_APP);
            person_moves(&person, dice, dice_chance(dice, 7000) ? NETWORK_MOBILE : NETWORK_HOME,
                         crowd->pool);
        }
        comes(crowd, dice, actor, person, shown + dice_exponential(dice, 95 * MINUTE),
              CROWD_INFLUENCER, 0);
    }
}

/* A mailing every two weeks. Gateways fetch each link as it arrives, some again when it is clicked. */
static void newsletter_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                           uint32_t day, int64_t begin)
{
    if (((int64_t)day - actor->peak) % 14 != 0) {
        good_visits(crowd, dice, actor, day, actor->rate / 4);
        return;
    }
    int64_t sent = begin + 6 * HOUR + (int64_t)(actor->seed % 6) * HOUR;
    int64_t readers = dice_poisson(dice, actor->rate * 10);
    for (int64_t i = 0; i < readers; i++) {
        int64_t at = sent + 2 * MINUTE + dice_exponential(dice, 5 * HOUR);
        if (dice_chance(dice, 2500))
            machine_comes(crowd, dice, actor, sent + dice_exponential(dice, 25 * SECOND),
                          AGENT_SCANNER);
        if (dice_chance(dice, 800))
            machine_comes(crowd, dice, actor, at - dice_between(dice, 300, 1500), AGENT_SCANNER);
        struct person reader = person_make(dice, crowd->pool);
        comes(crowd, dice, actor, reader, at, CROWD_NEWSLETTER, 0);
    }
}

void good_day(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    odd_day(crowd, dice, actor, begin);
    switch (actor->truth.kind) {
    case CROWD_FAMILY:
        good_visits(crowd, dice, actor, day, actor->rate);
        family_day(crowd, dice, actor, begin);
        break;
    case CROWD_OFFICE:
        office_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_DORMITORY:
        dormitory_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_VPN:
        vpn_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_PROMOTION:
        promotion_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_INFLUENCER:
        influencer_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_NEWSLETTER:
        newsletter_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_SLOW:
        slow_day(crowd, dice, actor, day, begin);
        break;
    default:
        good_visits(crowd, dice, actor, day, actor->rate);
    }
}

/* The shop's other customers. One in thirty looks for a code at the checkout, finds an honest partner's
 * page and comes back over his link. */
void organic_day(struct crowd *crowd, struct dice *dice, uint32_t day)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    for (int64_t left = dice_poisson(dice, (int64_t)crowd->count * 5); left > 0; left--) {
        struct person person = person_make(dice, crowd->pool);
        int64_t at = begin + 10 * MINUTE + hour_of_people(dice);
        bool looks = dice_chance(dice, 300);
        const struct actor *found = looks ? crowd_any_good(crowd, dice) : NULL;
        struct visit visit = visit_of(crowd, dice, found, person, at);
        visit.truth = truth_of(CROWD_OPEN, CROWD_ORGANIC, NULL);
        visit_basket(&visit, at - dice_between(dice, 2 * MINUTE, 9 * MINUTE));
        if (found) {
            visit.truth = truth_of(CROWD_OPEN, CROWD_ODD, found);
            visit.at = at - dice_between(dice, 30 * SECOND, 100 * SECOND);
            visit_click(&visit, &by_hand);
        }
        visit_may_return(&visit, visit_orders(&visit, at));
    }
}
