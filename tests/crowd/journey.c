/*
 * What happens on a server when somebody comes.
 *
 * Read next: tests/crowd/good.c.
 */
#include "journey.h"

#include <stdio.h>
#include <string.h>

/* What browsers send (Fetch Metadata, W3C; MDN on Sec-Purpose). */
const struct manner by_hand = {"cross-site", "navigate", "document", "?1", ""};
const struct manner by_script = {"cross-site", "navigate", "document", "", ""};
const struct manner by_typing = {"none", "navigate", "document", "?1", ""};
const struct manner as_image = {"cross-site", "no-cors", "image", "", ""};
const struct manner as_frame = {"cross-site", "navigate", "iframe", "", ""};
const struct manner ahead = {"cross-site", "navigate", "document", "", "prefetch"};
static const struct manner silent = {"", "", "", "", ""};

uint64_t crowd_new_id(struct crowd *crowd)
{
    return dice_mix(crowd->seed ^ 0x1D, ++crowd->made) | 1;
}

uint32_t actor_link(const struct actor *actor, struct dice *dice)
{
    int64_t which = dice_below(dice, actor->links);
    if (dice_chance(dice, 5000))
        which = 0;
    return (actor->told.partner - 1) * LINKS_EACH + (uint32_t)which + 1;
}

const struct actor *crowd_any_good(const struct crowd *crowd, struct dice *dice)
{
    for (int i = 0; i < 1000; i++) {
        const struct actor *actor = &crowd->actors[dice_below(dice, crowd->count) + 1];
        if (actor->truth.label == CROWD_GOOD && actor->joined < CROWD_BEGIN)
            return actor;
    }
    return &crowd->actors[1];
}

struct crowd_truth truth_of(enum crowd_label label, enum crowd_kind kind, const struct actor *actor)
{
    uint32_t partner = actor ? actor->told.partner : 0;
    return (struct crowd_truth){
        .label = label,
        .kind = kind,
        .careful = label == CROWD_BAD && actor && actor->truth.careful,
        .partner = partner,
        .rightful = label == CROWD_GOOD ? partner : 0,
    };
}

int64_t hour_of_people(struct dice *dice)
{
    static const int64_t weight[24] = {12, 7,  5,  4,  5,  10, 22, 38, 46, 50, 52, 52,
                                       54, 52, 50, 50, 52, 58, 66, 74, 76, 66, 44, 24};
    for (;;) {
        int64_t hour = dice_below(dice, 24);
        if (dice_below(dice, 76) < weight[hour])
            return hour * HOUR + dice_below(dice, HOUR);
    }
}

struct visit visit_of(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                      struct person person, int64_t at)
{
    return (struct visit){.crowd = crowd,
                          .dice = dice,
                          .actor = actor,
                          .person = person,
                          .at = at,
                          .session = crowd_new_id(crowd),
                          .truth = truth_of(CROWD_GOOD, CROWD_SHARER, actor)};
}

/* Half of clicks come out of apps and mails that tell nothing. */
static void write_referrer(struct visit *visit, char *out, size_t size)
{
    if (visit->referrer)
        (void)snprintf(out, size, "%s", visit->referrer);
    else if (visit->person.with == AGENT_IN_APP || dice_chance(visit->dice, 4000))
        out[0] = 0;
    else if (dice_chance(visit->dice, 5000))
        (void)snprintf(out, size, "https://social-%d.example/", (int)dice_below(visit->dice, 6));
    else
        (void)snprintf(out, size, "https://blog-%u.example/",
                       (unsigned)(visit->actor->seed % 100000));
}

/* A picture is shown about eight times before it is clicked, and machines look at few. */
static void show_banner(struct visit *visit, uint32_t link)
{
    bool bad = visit->truth.label == CROWD_BAD;
    int64_t count = !visit->actor->banner || visit->truth.kind == CROWD_MACHINE
                        ? 0
                        : dice_poisson(visit->dice, !bad                   ? 800
                                                    : visit->truth.careful ? 250
                                                                           : 30);
    for (int64_t i = 0; i < count; i++) {
        struct person person = visit->person;
        if (i > 0)
            person_moves(&person, visit->dice, person.where, visit->crowd->pool);
        struct waiting *told = crowd_tell(visit->crowd, CROWD_IMPRESSION,
                                          visit->at - (i + 1) * 4 * SECOND, visit->truth);
        if (told)
            told->fact.impression =
                (struct crowd_impression){person.ip, i ? 0 : person.visitor, person.network, link,
                                          visit->actor->told.partner};
    }
}

void visit_click(struct visit *visit, const struct manner *manner)
{
    const struct person *person = &visit->person;
    uint32_t link = actor_link(visit->actor, visit->dice);
    if (!person->modern)
        manner = &silent;
    show_banner(visit, link);
    visit->click = crowd_new_id(visit->crowd);
    struct waiting *told = crowd_tell(visit->crowd, CROWD_CLICK, visit->at, visit->truth);
    if (!told)
        return;
    struct crowd_click *click = &told->fact.click;
    *click = (struct crowd_click){.click = visit->click,
                                  .ip = person->ip,
                                  .visitor = person->visitor,
                                  .network = person->network,
                                  .link = link,
                                  .partner = visit->actor->told.partner,
                                  .method = "GET",
                                  .site = manner->site,
                                  .mode = manner->mode,
                                  .dest = manner->dest,
                                  .user = manner->user,
                                  .purpose = manner->purpose};
    memcpy(click->agent, person->agent, sizeof click->agent);
    write_referrer(visit, click->referrer, sizeof click->referrer);
}

void visit_page(struct visit *visit, int64_t visible, int64_t scrolled, int64_t touches)
{
    struct waiting *told = crowd_tell(visit->crowd, CROWD_PAGE, visit->at + visible, visit->truth);
    if (told)
        told->fact.page =
            (struct crowd_page){visit->click, visit->session, (int32_t)visible,
                                (int32_t)(scrolled > 100 ? 100 : scrolled), (int32_t)touches};
}

void visit_reads(struct visit *visit, int64_t visible, int64_t least, int64_t most, int64_t touches)
{
    int64_t scrolled = dice_between(visit->dice, least, most);
    visit_page(visit, visible, scrolled, dice_poisson(visit->dice, touches));
}

void visit_signs_up(struct visit *visit, int64_t at)
{
    struct waiting *told = crowd_tell(visit->crowd, CROWD_SIGN_UP, at, visit->truth);
    struct person *person = &visit->person;
    bool had = person->account != 0;
    for (const char *c = person->who.mail; *c && !had; c++) /* the same mail is the same account */
        person->account = dice_mix(person->account, (uint64_t)*c);
    if (!told)
        return;
    told->fact.sign_up = (struct crowd_sign_up){.who = person->who,
                                                .account = person->account,
                                                .click = visit->click,
                                                .ip = person->ip,
                                                .network = person->network};
    memcpy(told->fact.sign_up.country, person->country, sizeof person->country);
}

/* Prices of a shop with many small and few large orders. */
static int64_t amount_of(struct dice *dice)
{
    int64_t amount = dice_lognormal(dice, 4800, 110);
    return amount < 300 ? 300 : dice_chance(dice, 6000) ? amount / 100 * 100 + 99 : amount;
}

void visit_basket(struct visit *visit, int64_t at)
{
    struct waiting *told = crowd_tell(visit->crowd, CROWD_BASKET, at, visit->truth);
    if (told)
        told->fact.basket = (struct crowd_basket){visit->session, visit->click};
}

struct waiting *visit_orders(struct visit *visit, int64_t at)
{
    const struct person *person = &visit->person;
    uint64_t id = crowd_new_id(visit->crowd);
    int64_t amount = amount_of(visit->dice);
    struct waiting *told = crowd_tell(visit->crowd, CROWD_ORDER, at, visit->truth);
    if (!told)
        return NULL;
    bool island = strcmp(person->country, "GB") == 0;
    const char *currency = island ? "GBP" : strcmp(person->country, "US") == 0 ? "USD" : "EUR";
    struct crowd_order *order = &told->fact.order;
    *order = (struct crowd_order){.who = person->who,
                                  .order = id,
                                  .session = visit->session,
                                  .click = visit->click,
                                  .account = person->account,
                                  .payment = person->payment,
                                  .address = person->address,
                                  .ip = person->ip,
                                  .network = person->network,
                                  .amount = amount,
                                  .source = "api"};
    (void)snprintf(order->currency, sizeof order->currency, "%s", currency);
    memcpy(order->country, person->country, sizeof order->country);
    if (dice_chance(visit->dice, 1000)) /* paid by invoice or transfer */
        order->payment = 0;
    if (dice_chance(visit->dice, 300)) { /* the shop's server was not asked, a pixel was */
        order->source = "pixel";
        order->session = order->payment = order->address = order->account = 0;
        order->who.device = 0;
    }
    return told;
}

void visit_takes_back(struct visit *visit, const struct waiting *order, int64_t at,
                      enum crowd_reversal kind, int64_t percent)
{
    if (!order)
        return;
    struct crowd_reverse reverse = {order->fact.order.order,
                                    (order->fact.order.amount * percent + 99) / 100, kind};
    struct waiting *told = crowd_tell(visit->crowd, CROWD_REVERSAL, at, order->truth);
    if (told)
        told->fact.reverse = reverse;
}

void visit_may_return(struct visit *visit, const struct waiting *order)
{
    int64_t sort = dice_below(visit->dice, 1000);
    int64_t days = 3 + dice_exponential(visit->dice, 8);
    if (!order || sort >= 103)
        return;
    struct waiting kept = *order;
    int64_t at = kept.fact.at + (days > 28 ? 28 : days) * DAY + dice_below(visit->dice, DAY);
    visit_takes_back(visit, &kept, at,
                     sort < 80    ? CROWD_REFUND
                     : sort < 100 ? CROWD_PART_REFUND
                                  : CROWD_CHARGEBACK,
                     sort >= 80 && sort < 100 ? dice_between(visit->dice, 10, 80) : 100);
}

/* In the same sitting, the same day, or within weeks. */
static int64_t delay_of(struct visit *visit)
{
    struct dice *dice = visit->dice;
    int64_t sort = dice_below(dice, 100), delay;
    if (visit->patience)
        delay = dice_lognormal(dice, visit->patience, 130);
    else if (sort < 58)
        delay = dice_lognormal(dice, 9 * MINUTE, 120);
    else if (sort < 80)
        delay = dice_between(dice, 40 * MINUTE, 20 * HOUR);
    else
        delay = DAY / 2 + dice_exponential(dice, 6 * DAY);
    if (delay < 50 * SECOND)
        return 50 * SECOND + dice_exponential(dice, 20 * SECOND);
    return delay > 29 * DAY ? dice_between(dice, 20 * DAY, 29 * DAY) : delay;
}

static void buys_later(struct visit *visit)
{
    int64_t delay = delay_of(visit), came = visit->at;
    int64_t latest = delay - 20 * SECOND; /* the basket before the order at most */
    if (delay >
        3 * HOUR) { /* another sitting, another address; without the cookie the click is lost to half */
        visit->session = crowd_new_id(visit->crowd);
        if (visit->person.where == NETWORK_MOBILE)
            person_moves(&visit->person, visit->dice, NETWORK_MOBILE, visit->crowd->pool);
        if (dice_chance(visit->dice, 3000)) { /* once more over the link */
            visit->at = came + delay - dice_between(visit->dice, 4 * MINUTE, 25 * MINUTE);
            visit_click(visit, &by_hand);
            latest = came + delay - visit->at - 10 * SECOND;
        } else if (!visit->person.visitor && dice_chance(visit->dice, 5000)) {
            visit->truth.partner = visit->truth.rightful = 0;
            visit->truth.label = CROWD_OPEN;
            visit->truth.kind = CROWD_ORGANIC;
            visit->click = 0;
        }
    }
    int64_t before = dice_lognormal(visit->dice, 3 * MINUTE, 100);
    if (before > latest)
        before = latest;
    visit_basket(visit, came + delay - before);
    struct waiting *order = visit_orders(visit, came + delay);
    if (order && visit->click &&
        dice_chance(visit->dice, 800)) /* typed the code besides, or instead */
    {
        memcpy(order->fact.order.code, visit->actor->told.code, sizeof order->fact.order.code);
        if (dice_chance(visit->dice, 5000))
            order->fact.order.click = 0;
    }
    visit_may_return(visit, order);
}

void visit_arrives(struct visit *visit)
{
    struct dice *dice = visit->dice;
    /* Out of a chat, a mail or a printed code a browser starts as if the address were typed. */
    bool outside = visit->person.with == AGENT_PHONE && dice_chance(dice, 4500);
    visit->referrer = outside ? "" : NULL;
    visit_click(visit, outside                                                         ? &by_typing
                       : visit->person.with == AGENT_IN_APP && dice_chance(dice, 3000) ? &by_script
                                                                                       : &by_hand);
}

void visit_honestly(struct visit *visit)
{
    struct dice *dice = visit->dice;
    if (visit->person.modern &&
        dice_chance(dice, 150)) { /* the browser fetched ahead of the finger */
        struct visit fetch = *visit;
        fetch.truth = truth_of(CROWD_OPEN, CROWD_ODD, visit->actor);
        fetch.at -= 2 * SECOND;
        visit_click(&fetch, &ahead);
    }
    visit_arrives(visit);
    bool buys = dice_chance(dice, visit->buys);
    bool bounces = !buys && dice_chance(dice, 3500);
    if (visit->person.beacon && !(bounces && dice_chance(dice, 4000)))
        visit_reads(visit, dice_lognormal(dice, bounces ? 3 * SECOND : 35 * SECOND, 140),
                    bounces ? 0 : 5, bounces ? 11 : 100, bounces ? 80 : 900);
    if (!bounces && !visit->person.account && dice_chance(dice, visit->signs))
        visit_signs_up(visit, visit->at + 25 * SECOND + dice_lognormal(dice, 2 * MINUTE, 100));
    if (buys)
        buys_later(visit);
}
