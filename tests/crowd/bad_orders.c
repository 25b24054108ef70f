/*
 * Bad orders and accounts: extensions, self-referrers, rings, spoofers, duplicate accounts, fake sign-ups.
 *
 * Read next: tests/crowd/README.md.
 */
#include <stdio.h>
#include <string.h>

#include "journey.h"

enum { ALIASES = 1000 };

static struct visit bad_visit(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                              struct person person, int64_t at)
{
    struct visit visit = visit_of(crowd, dice, actor, person, at);
    visit.truth = actor->truth;
    visit.referrer = "";
    return visit;
}

/* ---- coupon extensions ------------------------------------------------------------------------ */

/* A customer has filled the basket, three of ten brought by an honest partner. Crude: a click by itself
 * seconds before paying. Careful: at the press of a button a minute before, or just before the basket. */
static void extension_buyer(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                            int64_t at)
{
    bool careful = actor->truth.careful;
    struct person person = person_make(dice, crowd->pool);
    person_takes(&person, dice, AGENT_COMPUTER);
    int64_t basket = at - dice_between(dice, 3 * MINUTE, 14 * MINUTE);
    struct visit came = visit_of(crowd, dice, NULL, person, basket);
    came.truth = truth_of(CROWD_OPEN, CROWD_ORGANIC, NULL);
    if (dice_chance(dice, 3000)) {
        came.actor = crowd_any_good(crowd, dice);
        came.truth = truth_of(CROWD_GOOD, CROWD_SHARER, came.actor);
        came.at = basket - dice_between(dice, 2 * MINUTE, 40 * MINUTE);
        visit_click(&came, &by_hand);
        if (person.beacon)
            visit_reads(&came, dice_lognormal(dice, 50 * SECOND, 100), 20, 100, 1200);
    }
    visit_basket(&came, basket);
    bool early = careful && dice_chance(dice, 2500);
    struct visit visit = bad_visit(crowd, dice, actor, person,
                                   early     ? basket - dice_between(dice, 5 * SECOND, 20 * SECOND)
                                   : careful ? at - dice_between(dice, 30 * SECOND, 150 * SECOND)
                                             : at - dice_between(dice, 2 * SECOND, 12 * SECOND));
    visit.session = came.session;
    visit.truth.rightful = came.truth.rightful;
    visit_click(&visit, careful ? &by_hand : &by_script);
    if (careful && person.beacon && dice_chance(dice, 7000))
        visit_reads(&visit, dice_between(dice, 4 * SECOND, 25 * SECOND), 0, 60, 500);
    visit_may_return(&visit, visit_orders(&visit, at));
}

/* ---- the same man ----------------------------------------------------------------------------- */

/* His own mail with a plus, or with another number behind it. */
static void write_plus(struct person *person, const char *mail, int64_t number)
{
    const char *at = strchr(mail, '@');
    (void)snprintf(person->who.mail, sizeof person->who.mail, "%.*s+%s%d%s", (int)(at - mail), mail,
                   number % 2 ? "shop" : "x", (int)number, at);
}

/* Crude: what he changes is the mail. */
static struct person crude_alias(const struct actor *actor, struct dice *own, int64_t number)
{
    struct person person = actor->self;
    person.account = dice_next(own);
    if (dice_chance(own, 3000))
        person_names(&person, own, dice_chance(own, 5000) ? person_surname(person.who.name) : NULL);
    else
        person_mails(&person, own, dice_chance(own, 1500));
    if (dice_chance(own, 6000))
        write_plus(&person, actor->told.who.mail, number);
    if (dice_chance(own, 1500))
        person.who.device = dice_next(own);
    if (dice_chance(own, 3000))
        person.payment = dice_next(own);
    else if (dice_chance(own, 5000))
        person.payment = actor->told.payout;
    return person;
}

/* Careful: another name, device, card and line, rarely all of them; what was bought must reach him. */
static struct person careful_alias(const struct crowd *crowd, const struct actor *actor,
                                   struct dice *own)
{
    struct person person = person_make(own, crowd->pool);
    if (dice_chance(own, 3500))
        person_names(&person, own, person_surname(actor->self.who.name));
    memcpy(person.country, actor->self.country, sizeof person.country);
    if (dice_chance(own, 5500))
        person.address = actor->self.address;
    if (dice_chance(own, 3500))
        person.payment = actor->self.payment;
    if (dice_chance(own, 3000))
        person.who.device = actor->self.who.device;
    if (dice_chance(own, 3000)) {
        person.ip = actor->self.ip;
        person.network = actor->self.network;
        person.where = actor->self.where;
    }
    return person;
}

/* He knows what he wants: over his link or with his code, and to the checkout. */
static void buys_himself(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                         struct person person, int64_t at)
{
    bool careful = actor->truth.careful;
    struct visit visit = bad_visit(crowd, dice, actor, person, at);
    int64_t delay = careful ? dice_lognormal(dice, 70 * MINUTE, 220)
                            : dice_between(dice, 70 * SECOND, 9 * MINUTE);
    bool by_code = dice_chance(dice, 2500);
    if (delay < 90 * SECOND)
        delay = 70 * SECOND + dice_below(dice, 60 * SECOND);
    if (delay > 20 * DAY)
        delay = 20 * DAY;
    if (!by_code) {
        visit_click(&visit, dice_chance(dice, 6000) ? &by_typing : &by_hand);
        if (person.beacon)
            visit_reads(&visit, dice_between(dice, 3 * SECOND, 60 * SECOND), 0, 100, 500);
    }
    visit_basket(&visit, at + delay - dice_between(dice, 25 * SECOND, 60 * SECOND));
    struct waiting *order = visit_orders(&visit, at + delay);
    if (order && by_code)
        memcpy(order->fact.order.code, actor->told.code, sizeof order->fact.order.code);
    visit_may_return(&visit, order);
}

static void self_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                     int64_t begin)
{
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--) {
        int64_t number = dice_below(dice, actor->truth.careful ? 4 : 3);
        struct dice own = dice_of(actor->seed, ALIASES + (uint64_t)number);
        buys_himself(crowd, dice, actor,
                     actor->truth.careful ? careful_alias(crowd, actor, &own)
                                          : crude_alias(actor, &own, number),
                     begin + hour_of_people(dice));
    }
}

/* One man's accounts: he buys over the next one, as the one before. */
static void duplicate_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                          int64_t begin)
{
    const struct actor *other = &crowd->actors[actor->next];
    for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--)
        buys_himself(crowd, dice, actor, other->self, begin + hour_of_people(dice));
}

/* ---- rings ------------------------------------------------------------------------------------ */

/* Each buys over the link of the next and sends back when the rewards are out of their hold. Crude: all
 * on one day of the week, as themselves. Careful: any day, under other mail, at times keeping it. */
static void ring_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                     uint32_t day, int64_t begin)
{
    bool careful = actor->truth.careful;
    const struct actor *next = &crowd->actors[actor->next];
    if (next->joined >= begin || (!careful && day % 7 != actor->group % 7))
        return;
    struct dice own = dice_of(actor->seed, ALIASES);
    struct person person = actor->self;
    person.account = dice_next(&own);
    if (careful) {
        person_names(&person, &own,
                     dice_chance(&own, 6000) ? person_surname(person.who.name) : NULL);
        if (dice_chance(&own, 5000))
            person.who.device = dice_next(&own);
        if (dice_chance(&own, 4000))
            person.payment = dice_next(&own);
    }
    for (int64_t left = dice_poisson(dice, careful ? actor->rate : 7 * actor->rate); left > 0;
         left--) {
        struct visit visit = bad_visit(
            crowd, dice, next, person,
            begin + (careful ? hour_of_people(dice) : 18 * HOUR + dice_below(dice, HOUR)));
        visit.truth.careful = careful;
        if (careful)
            visit_arrives(&visit);
        else
            visit_click(&visit, &by_hand);
        if (person.beacon)
            visit_reads(&visit, dice_lognormal(dice, 15 * SECOND, 100), 0, 100, 600);
        int64_t at = visit.at + (careful ? dice_lognormal(dice, 25 * MINUTE, 200)
                                         : dice_between(dice, 70 * SECOND, 6 * MINUTE));
        if (at < visit.at + MINUTE || at > visit.at + 20 * DAY)
            at = visit.at + HOUR;
        visit_basket(&visit, at - dice_between(dice, 25 * SECOND, 50 * SECOND));
        struct waiting *order = visit_orders(&visit, at);
        int64_t sort = dice_below(dice, 100), back = at + dice_between(dice, 12 * DAY, 30 * DAY);
        if (sort < (careful ? 40 : 78))
            visit_takes_back(&visit, order, back, CROWD_REFUND, 100);
        else if (sort < (careful ? 55 : 82))
            visit_takes_back(&visit, order, back, CROWD_PART_REFUND, dice_between(dice, 40, 95));
        else if (sort < (careful ? 60 : 86))
            visit_takes_back(&visit, order, back, CROWD_CHARGEBACK, 100);
    }
}

/* ---- orders that never were ------------------------------------------------------------------- */

/* His script calls the pixel. Crude: at once after the click, numbers of his own that count up, nobody
 * behind them. Careful: minutes later, with a customer, numbers just ahead of the shop's. */
static void spoofer_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                        uint32_t day, int64_t begin)
{
    bool careful = actor->truth.careful;
    int64_t first = 1000 + (int64_t)(actor->seed % 8000) + (int64_t)day * 5;
    for (int64_t i = 0, count = dice_poisson(dice, actor->rate); i < count; i++) {
        struct person person = person_make(dice, crowd->pool);
        struct visit visit =
            bad_visit(crowd, dice, actor, person,
                      begin + (careful ? hour_of_people(dice) : dice_below(dice, DAY)));
        if (careful)
            visit_arrives(&visit);
        else
            visit_click(&visit, &by_hand);
        if (careful)
            visit_reads(&visit, dice_lognormal(dice, 40 * SECOND, 90), 20, 100, 700);
        struct waiting *told =
            visit_orders(&visit, visit.at + (careful ? dice_between(dice, 3 * MINUTE, 25 * MINUTE)
                                                     : dice_between(dice, 200, 4 * SECOND)));
        if (!told)
            return;
        struct crowd_order *order = &told->fact.order;
        order->session = order->payment = order->address = order->account = 0;
        order->who.device = 0;
        order->source = "pixel";
        told->near = careful ? dice_between(dice, 1, 60) : -1;
        if (careful)
            continue;
        order->who = (struct crowd_identity){0};
        order->amount = (int64_t)(actor->seed % 5 + 1) * 5000;
        (void)snprintf(order->reference, sizeof order->reference,
                       actor->seed % 3 ? "%lld" : "S-%06lld", (long long)(first + i));
    }
}

/* ---- accounts that nobody has ----------------------------------------------------------------- */

/* Crude: once in five days, minutes long, one machine, throwaway mail, the form filled in seconds.
 * Careful: day by day, hired home lines, a name and a free address each, and time to read. */
static void fakes_day(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                      uint32_t day, int64_t begin)
{
    bool careful = actor->truth.careful;
    int64_t burst = begin + dice_below(dice, DAY);
    if (!careful && (day + actor->seed) % 5 != 0)
        return;
    for (int64_t left = dice_poisson(dice, careful ? actor->rate : 5 * actor->rate); left > 0;
         left--) {
        struct person person = person_make(dice, crowd->pool);
        person.account = 0;
        person_mails(&person, dice, !dice_chance(dice, careful ? 8800 : 1500));
        if (careful) {
            person_moves(&person, dice, dice_chance(dice, 8000) ? NETWORK_HOME : NETWORK_RELAY,
                         crowd->pool);
        } else {
            memcpy(person.agent, actor->self.agent, sizeof person.agent);
            person.ip = actor->self.ip;
            person.network = actor->self.network;
            if (dice_chance(dice, 7500))
                person.who.device = dice_mix(actor->seed, day);
        }
        struct visit visit = bad_visit(crowd, dice, actor, person,
                                       careful ? begin + hour_of_people(dice)
                                               : burst + dice_below(dice, 25 * MINUTE));
        if (careful)
            visit_arrives(&visit);
        else
            visit_click(&visit, &by_hand);
        if (careful && dice_chance(dice, 8000))
            visit_reads(&visit, dice_between(dice, 6 * SECOND, 40 * SECOND), 0, 70, 600);
        visit_signs_up(&visit, visit.at + (careful ? dice_between(dice, 30 * SECOND, 3 * MINUTE)
                                                   : dice_between(dice, 3 * SECOND, 15 * SECOND)));
    }
}

void bad_orders(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    switch (actor->truth.kind) {
    case CROWD_EXTENSION:
        for (int64_t left = dice_poisson(dice, actor->rate); left > 0; left--)
            extension_buyer(crowd, dice, actor, begin + HOUR + hour_of_people(dice));
        break;
    case CROWD_SELF:
        self_day(crowd, dice, actor, begin);
        break;
    case CROWD_RING:
        ring_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_SPOOFER:
        spoofer_day(crowd, dice, actor, day, begin);
        break;
    case CROWD_DUPLICATE:
        duplicate_day(crowd, dice, actor, begin);
        break;
    default:
        fakes_day(crowd, dice, actor, day, begin);
    }
    /* They have friends too: the careful about four times as many. */
    good_visits(crowd, dice, actor, day, actor->truth.careful ? 40 : 9);
}
