/*
 * Bad traffic: click farms, bot nets, cookie stuffers, click flooders. Each in a crude variant, which
 * cares about nothing, and in a careful one, which has read what others look at.
 *
 * Read next: tests/crowd/bad_orders.c.
 */
#include <stdio.h>
#include <string.h>

#include "journey.h"

enum { PHONES = 1000, MACHINES = 2000 };

static struct visit bad_visit(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                              struct person person, int64_t at)
{
    struct visit visit = visit_of(crowd, dice, actor, person, at);
    visit.truth = actor->truth;
    return visit;
}

/* ---- click farms ------------------------------------------------------------------------------ */

/* Crude: a dozen phones on one line, in shifts, back after seconds. Careful: many phones on mobile
 * networks, at people's hours, cookies thrown away, some reading, now and then an account. */
static void farm_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                     int64_t begin)
{
    bool careful = actor->truth.careful;
    int64_t shift = (int64_t)(actor->seed % 16) * HOUR;
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--) {
        uint64_t number = (uint64_t)dice_below(dice, careful ? 90 : 12);
        struct dice own = dice_of(actor->seed, PHONES + number);
        struct person phone = person_make(&own, crowd->pool);
        person_takes(&phone, &own, AGENT_PHONE);
        phone.modern = true;
        if (careful) {
            person_moves(&phone, dice, NETWORK_MOBILE, crowd->pool);
            phone.visitor = dice_chance(dice, 6000) ? dice_next(dice) : 0;
            if (dice_chance(dice, 2500)) /* an account needs a fresh name */
                person_names(&phone, dice, NULL);
        } else {
            phone.ip = dice_mix(actor->seed, 0xFA);
            phone.network = actor->self.network;
        }
        struct visit visit = bad_visit(
            crowd, dice, actor, phone,
            begin + (careful ? hour_of_people(dice) : shift + dice_below(dice, 8 * HOUR)));
        visit.referrer = "";
        if (careful)
            visit_arrives(&visit);
        else
            visit_click(&visit, &by_hand);
        if (careful && dice_chance(dice, 8500))
            visit_reads(&visit, dice_between(dice, 5 * SECOND, 40 * SECOND), 10, 80, 400);
        else if (!careful && dice_chance(dice, 6000))
            visit_reads(&visit, dice_between(dice, SECOND, 5 * SECOND), 0, 5, 50);
        if (careful && dice_chance(dice, 250)) {
            visit.person.account = 0;
            visit.person.who.device = dice_next(dice);
            visit_signs_up(&visit, visit.at + dice_between(dice, 40 * SECOND, 4 * MINUTE));
        }
    }
}

/* ---- bot nets --------------------------------------------------------------------------------- */

/* Crude: a few rented machines, scripts or browsers of long ago, a burst of clicks at a time. */
static void crude_bots_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                           int64_t begin)
{
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0;) {
        struct dice own = dice_of(actor->seed, MACHINES + (uint64_t)dice_below(dice, 6));
        struct person machine = person_make(&own, crowd->pool);
        person_takes(&machine, &own,
                     dice_chance(&own, 4000)   ? AGENT_SCRIPT
                     : dice_chance(&own, 7000) ? AGENT_OLD
                                               : AGENT_COMPUTER);
        person_moves(&machine, &own, NETWORK_HOSTING, crowd->pool);
        machine.visitor = 0;
        int64_t at = begin + dice_below(dice, DAY);
        for (int64_t burst = dice_between(dice, 1, 40); burst > 0 && left > 0; burst--, left--) {
            struct visit visit = bad_visit(crowd, dice, actor, machine, at);
            visit.referrer = "";
            visit_click(&visit, &by_script);
            at += dice_exponential(dice, 2 * SECOND);
        }
    }
}

/* Careful: driven browsers of today, most behind hired home lines, each address once, every header right,
 * a beacon that says what a reader's would; only all a little alike. */
static void careful_bots_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                             int64_t begin)
{
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--) {
        struct person machine = person_make(dice, crowd->pool);
        person_takes(&machine, dice, dice_chance(dice, 7000) ? AGENT_COMPUTER : AGENT_PHONE);
        person_moves(&machine, dice, dice_chance(dice, 2500) ? NETWORK_HOSTING : NETWORK_HOME,
                     crowd->pool);
        machine.modern = true;
        machine.visitor = dice_chance(dice, 7000) ? dice_next(dice) : 0;
        struct visit visit = bad_visit(crowd, dice, actor, machine, begin + hour_of_people(dice));
        visit_arrives(&visit);
        if (dice_chance(dice, 8000))
            visit_reads(&visit, dice_between(dice, 14 * SECOND, 32 * SECOND), 40, 80, 900);
    }
}

/* ---- who claims what would have happened anyway ----------------------------------------------- */

/* Buys on his own; the click was put under him. Some had come over an honest partner's link before. */
static void natural_order(struct visit *visit, int64_t soonest, int64_t latest)
{
    struct dice *dice = visit->dice;
    int64_t at = visit->at + dice_between(dice, soonest, latest);
    if (dice_chance(dice, 1200)) {
        struct visit before = visit_of(visit->crowd, dice, crowd_any_good(visit->crowd, dice),
                                       visit->person, visit->at);
        visit_click(&before, &by_hand);
        visit_reads(&before, dice_lognormal(dice, 35 * SECOND, 140), 5, 100, 900);
        visit->truth.rightful = before.actor->told.partner;
    }
    visit->session = crowd_new_id(visit->crowd);
    if (visit->person.where == NETWORK_MOBILE)
        person_moves(&visit->person, dice, NETWORK_MOBILE, visit->crowd->pool);
    visit_basket(visit, at - dice_between(dice, 40 * SECOND, 9 * MINUTE));
    visit_may_return(visit, visit_orders(visit, at));
}

/* Crude: the link as picture or hidden frame on every page of his site, so a reader of three pages clicks
 * three times. Careful: once a reader, as a page that opens behind or by way of a misspelt address;
 * at times a reader looks at it; his site is about what the shop sells. */
static void stuffer_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                        int64_t begin)
{
    bool careful = actor->truth.careful;
    char site[40];
    (void)snprintf(site, sizeof site, "https://site-%u.example/", (unsigned)(actor->seed % 90000));
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--) {
        struct person reader = person_make(dice, crowd->pool);
        struct visit visit = bad_visit(crowd, dice, actor, reader, begin + hour_of_people(dice));
        bool typed = careful && dice_chance(dice, 4000);
        visit.referrer = typed || (careful && dice_chance(dice, 3000)) ? "" : site;
        if (!careful) {
            const struct manner *manner = dice_chance(dice, 6000) ? &as_image : &as_frame;
            visit_click(&visit, manner);
            for (; dice_chance(dice, 4000) && left > 1; left--) {
                visit.at += dice_exponential(dice, 70 * SECOND);
                visit_click(&visit, manner);
            }
            if (manner == &as_frame && dice_chance(dice, 2000))
                visit_page(&visit, dice_below(dice, 300), 0, 0);
        } else {
            visit_click(&visit, typed ? &by_typing : &by_script);
            if (visit.person.beacon && dice_chance(dice, 7500)) {
                bool looks = dice_chance(dice, 4500), scrolls = looks && dice_chance(dice, 5000);
                visit_reads(&visit,
                            looks ? dice_lognormal(dice, 6 * SECOND, 130) : dice_below(dice, 900),
                            0, scrolls ? 70 : 0, typed ? 150 : 40);
            }
        }
        if (visit.person.visitor && dice_chance(dice, careful ? 500 : 220))
            natural_order(&visit, 10 * MINUTE, 21 * DAY);
    }
}

/* Clicks of applications in the background of people's phones; whoever buys on his own within the window
 * counts as brought. Crude: one phone fires dozens in a minute. Careful: each phone once a day. */
static void flooder_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                        int64_t begin)
{
    bool careful = actor->truth.careful;
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0;) {
        struct person phone = person_make(dice, crowd->pool);
        person_takes(&phone, dice, careful ? AGENT_PHONE : AGENT_IN_APP);
        person_moves(&phone, dice, dice_chance(dice, 6500) ? NETWORK_MOBILE : NETWORK_HOME,
                     crowd->pool);
        struct visit visit = bad_visit(crowd, dice, actor, phone, begin + dice_below(dice, DAY));
        visit.referrer = careful && dice_chance(dice, 3000) ? NULL : "";
        int64_t times = careful ? 1 : dice_between(dice, 5, 40);
        for (; times > 0 && left > 0; times--, left--) {
            visit_click(&visit, careful && dice_chance(dice, 5000) ? &by_hand : &by_script);
            visit.at += dice_exponential(dice, 2 * SECOND);
        }
        if (careful && dice_chance(dice, 600))
            visit_page(&visit, dice_below(dice, 1200), 0, 0);
        if (visit.person.visitor && dice_chance(dice, careful ? 250 : 1500))
            natural_order(&visit, 2 * HOUR, 7 * DAY);
    }
}

/* Besides, the careful have honest visitors: a quarter as many. */
void bad_day(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    switch (actor->truth.kind) {
    case CROWD_FARM:
        farm_day(crowd, dice, actor, begin);
        break;
    case CROWD_BOTS:
        if (actor->truth.careful)
            careful_bots_day(crowd, dice, actor, begin);
        else
            crude_bots_day(crowd, dice, actor, begin);
        break;
    case CROWD_STUFFER:
        stuffer_day(crowd, dice, actor, begin);
        break;
    case CROWD_FLOODER:
        flooder_day(crowd, dice, actor, begin);
        break;
    default:
        bad_orders(crowd, dice, actor, day);
        return;
    }
    good_visits(crowd, dice, actor, day, actor->truth.careful ? actor->rate / 4 : actor->rate / 40);
}
