/*
 * What speaks against a click. See rules.h.
 *
 * First what is seen of it alone, then how its partner's clicks are as a whole. The latter never speaks against
 * a click that is unlike those that made the partner suspicious: people do follow a liar's link.
 */
#include <math.h>

#include "modules/referrals/suspects/rules.h"

/* What a click shows by itself and shares with those of its partner that look made is told with those. */

/* ---- by itself -------------------------------------------------------------------------------- */

int64_t suspect_program(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->machine ? 30 : 0;
}

int64_t suspect_embedded(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->embedded ? 30 : 0;
}

int64_t suspect_prefetch(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->prefetch ? 30 : 0;
}

int64_t suspect_banned(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->banned ? 30 : 0;
}

int64_t suspect_burst(const struct suspect_look *look, struct suspect_finding *found)
{
    found->count = look->click->burst;
    found->of = SUSPECT_BURST_CLICKS;
    return found->count >= SUSPECT_BURST_CLICKS ? 20 : 0;
}

/* Most who come through a data centre are machines, but so do people behind a VPN or a firm's gateway: it
 * only counts for something where nobody touched the page. */
int64_t suspect_hosted(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    if (!look->click->hosted || look->like.points)
        return 0;
    return look->click->paged && look->click->touches > 0 ? 1 : 4;
}

int64_t suspect_bare(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->bare && !look->like.points ? 4 : 0;
}

int64_t suspect_idle(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->idle && !look->like.points ? 4 : 0;
}

int64_t suspect_unseen(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->paged || look->click->silent || look->like.points ? 0 : 3;
}

int64_t suspect_glance(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_click *click = look->click;
    found->count = click->visible;
    if (!click->paged || click->touches > 0 || look->like.points)
        return 0;
    return click->visible < 5000 ? 5 : 3;
}

int64_t suspect_again(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_click *click = look->click;
    found->count = click->times;
    if (click->times < 5 || (click->paged && click->touches > 0))
        return 0;
    return click->times < 20 ? 3 : 5;
}

/* ---- among the partner's others --------------------------------------------------------------- */

/* The points of a click that is like those of its partner that look made (made.h), told as what shows it; what is
 * left over is told as the partner's. */
static int64_t shows(const struct suspect_look *look, enum suspect_fact fact,
                     struct suspect_finding *found)
{
    found->count = look->like.made[fact];
    found->of = look->like.usual[fact];
    return look->like.parts[fact];
}

int64_t suspect_company(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_made *made = &look->partner->made;
    int64_t points = look->like.points;
    for (int fact = 0; fact < SUSPECT_FACTS; fact++)
        points -= look->like.parts[fact];
    found->count = (made->made + 500) / 1000;
    found->of = (made->weight + 500) / 1000;
    return points;
}

int64_t suspect_opened(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_OPENED, found);
}

int64_t suspect_stayed(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_STAYED, found);
}

int64_t suspect_touched(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_TOUCHED, found);
}

int64_t suspect_read(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_READ, found);
}

int64_t suspect_device(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_DEVICE, found);
}

int64_t suspect_source(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_SOURCE, found);
}

int64_t suspect_network(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_NETWORK, found);
}

int64_t suspect_shared(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_SHARED, found);
}

int64_t suspect_often(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_OFTEN, found);
}

int64_t suspect_region(const struct suspect_look *look, struct suspect_finding *found)
{
    return shows(look, FACT_REGION, found);
}

/* What somebody is not paid for was not brought by anybody's click. */
int64_t suspect_its_claim(const struct suspect_look *look, struct suspect_finding *found)
{
    found->count = look->click->led;
    return look->click->led ? SUSPECT_HOLD_CLICK : 0;
}

/* Who stands at the till was brought by somebody else, or came by themselves. */
int64_t suspect_checkout(const struct suspect_look *look, struct suspect_finding *found)
{
    found->count = (look->click->basket + 59) / 60;
    return look->click->basket > 0 ? SUSPECT_HOLD_CLICK : 0;
}

/* People look at a page for a second or for ten minutes; whoever is paid for looking, or a program, takes about
 * as long each time. The standard deviation of the logarithm is about 1.4 for people. */
int64_t suspect_alike(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    const struct suspect_click *click = look->click;
    if (partner->pages < 20 || !click)
        return 0;
    int64_t mean = partner->seconds / partner->pages;
    int64_t variance = partner->squares / partner->pages - mean * mean;
    found->count = partner->pages;
    if (variance > 900 * 900)
        return 0;
    if (!click->paged)
        return 4;
    int64_t off = (int64_t)(1000 * log((double)(click->visible < 1 ? 1 : click->visible))) - mean;
    if (off * off > 4 * variance)
        return 0;
    bool near = 6 * off * off < variance, usual = off * off < variance;
    return near ? 5 : usual ? 4 : 2;
}

/* Of two hundred who follow a link, four to twelve sign up or order; below one it is not people who followed. */
int64_t suspect_flood(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    found->count = partner->orders + partner->sign_ups;
    found->of = partner->clicks;
    return !look->like.points && partner->clicks >= 150 && found->count * 200 < found->of ? 3 : 0;
}
