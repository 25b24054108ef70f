/*
 * What speaks against a click. See rules.h.
 *
 * First what is seen of it alone, then how its partner's clicks are as a whole. The latter never speaks against
 * a click that is unlike those that made the partner suspicious: people do follow a liar's link.
 */
#include <math.h>

#include "modules/referrals/suspects/rules.h"

/* ---- by itself -------------------------------------------------------------------------------- */

int64_t suspect_program(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->program ? 30 : 0;
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
    if (!look->click->hosted)
        return 0;
    return look->click->paged && look->click->touches > 0 ? 1 : 4;
}

int64_t suspect_bare(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->bare ? 4 : 0;
}

int64_t suspect_idle(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->idle ? 4 : 0;
}

int64_t suspect_unseen(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->click->paged || look->click->silent ? 0 : 3;
}

int64_t suspect_glance(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_click *click = look->click;
    found->count = click->visible;
    if (!click->paged || click->touches > 0)
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

/* So many of a hundred of a partner's clicks are far too many. Among people whom nobody pays about 10 come by
 * themselves (from within apps; 30 where most come from one app), 30 are never reported by the page, since
 * scripts or beacons are refused, and 8 leave untouched. Data centres are not here: all friends of somebody
 * may use the same VPN. */
enum { ODD_IDLE = 35, ODD_UNSEEN = 55, ODD_GLANCE = 20 };

/* Points for a click that shares what is far too frequent among its partner's. */
static int64_t too_frequent(const struct suspect_sums *partner, int64_t count, int64_t odd,
                            int64_t points, struct suspect_finding *found)
{
    if (partner->clicks < 20 || count * 100 < odd * partner->clicks)
        return 0;
    found->count = count;
    found->of = partner->clicks;
    return points;
}

int64_t suspect_company(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    const struct suspect_click *click = look->click;
    int64_t points = 0;
    if (click->idle)
        points += too_frequent(partner, partner->idle, ODD_IDLE, 8, found);
    if (!click->paged && !click->silent)
        points += too_frequent(partner, partner->unseen, ODD_UNSEEN, 5, found);
    if (click->paged && click->touches == 0)
        points += too_frequent(partner, partner->glances, ODD_GLANCE, 6, found);
    return points;
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
    if (look->claim)
        return near ? 8 : usual ? 7 : 4;
    return near ? 13 : usual ? 12 : 8;
}

/* Of two hundred who follow a link, four to twelve sign up or order; below one it is not people who followed. */
int64_t suspect_flood(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    found->count = partner->orders + partner->sign_ups;
    found->of = partner->clicks;
    return partner->clicks >= 150 && found->count * 200 < found->of ? 3 : 0;
}
