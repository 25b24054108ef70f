/*
 * How much of a partner's clicks looks made. See made.h.
 */
#include "modules/referrals/suspects/made.h"

#include <math.h>
#include <string.h>

/* Deciding numbers, found on the tuning crowds (docs/decisions/0027-verdicts.md). None says what liars do. */
enum {
    WHOLE = 1000,      /* thousandths: one click */
    REMEMBERED = 600,  /* clicks of a partner, about */
    EACH = 200,        /* clicks of a partner weigh fully for what is usual, later ones less */
    BEFORE = 1000,     /* clicks' worth of "all sorts are as frequent" for what is usual */
    ENOUGH = 2000,     /* clicks of a program before anything follows from what is usual */
    FORETOLD = 250,    /* hundredths of a deciban a click: the mixture is believed wholly */
    FORETOLD_ALL = 30, /* decibans in all, likewise */
    HALF = 52,         /* tenths of a point of a click that is as likely made as not */
    LEAST_SHARE = 1,   /* a fact that shows so many decibans or less is not told */
    CAP = 20,          /* decibans of one click at most */
    PARTNER_SHARE = 4, /* decibans' worth that the partner's part of the points weighs */
};
static const double DECIBANS = 10 / 2.302585092994046; /* of a natural logarithm */

/* ---- sorts ------------------------------------------------------------------------------------ */

static const int sorts[SUSPECT_FACTS] = {4, 23, 11, 11, 3, 2, 2, 4, 5, SUSPECT_REGIONS};
/* Less than one for what honest partners differ in most: where their links stand, and who their followers are. */
static const double weights[SUSPECT_FACTS] = {1, 1, 1, 1, 1, 0.6, 1, 1, 1, 0.7};

static int first_of(enum suspect_fact fact)
{
    int first = 0;
    for (int i = 0; i < (int)fact; i++)
        first += sorts[i];
    return first;
}

/* How many of the borders a value has reached. */
static int reached(int64_t value, const int64_t *borders, int count)
{
    int sort = 0;
    while (sort < count && value >= borders[sort])
        sort++;
    return sort;
}

static int sort_opened(const struct suspect_click *click)
{
    if (!click->headers)
        return -1;
    return click->bare ? 0 : click->idle ? 1 : click->typed ? 3 : 2;
}

static int sort_stayed(const struct suspect_click *click)
{
    static const int64_t borders[] = {1000,  2000,  3000,  4000,  5000,  6500,   8000,
                                      10000, 12500, 15000, 18000, 22000, 27000,  33000,
                                      40000, 50000, 60000, 75000, 90000, 120000, 180000};
    if (click->silent && !click->paged)
        return -1;
    return click->paged ? 1 + reached(click->visible, borders, 21) : 0;
}

/* Of a click, -1: not known. */
static int sort_of(const struct suspect_click *click, enum suspect_fact fact)
{
    static const int64_t touches[] = {1, 2, 3, 4, 5, 6, 8, 10, 13, 17};
    static const int64_t scrolled[] = {1, 10, 20, 30, 40, 50, 60, 70, 80, 90};
    static const int64_t others[] = {1, 2, 4};
    static const int64_t times[] = {2, 3, 6, 12};
    switch (fact) {
    case FACT_OPENED:
        return sort_opened(click);
    case FACT_STAYED:
        return sort_stayed(click);
    case FACT_TOUCHED:
        return click->paged ? reached(click->touches, touches, 10) : -1;
    case FACT_READ:
        return click->paged && click->scrolled.present
                   ? reached(click->scrolled.value, scrolled, 10)
                   : -1;
    case FACT_DEVICE:
        return (int)click->device - 1;
    case FACT_SOURCE:
        return click->source.present ? click->source.value != 0 : -1;
    case FACT_NETWORK:
        return click->networks ? click->hosted : -1;
    case FACT_SHARED:
        return click->others.present ? reached(click->others.value, others, 3) : -1;
    case FACT_OFTEN:
        return click->times > 0 ? reached(click->times, times, 4) : -1;
    case FACT_REGION:
        return (int)click->region - 1;
    case SUSPECT_FACTS:
        break;
    }
    return -1;
}

/* The share of a sort, where `before` clicks' worth of "all are as frequent" stand before anything is seen. */
static double share_of(const struct suspect_made *of, enum suspect_fact fact, int sort,
                       double before)
{
    int first = first_of(fact);
    double all = before;
    for (int i = 0; i < sorts[fact]; i++)
        all += (double)of->sorts[first + i];
    return ((double)of->sorts[first + sort] + before / sorts[fact]) / all;
}

/* ---- the mixture ------------------------------------------------------------------------------ */

static double made_share(const struct suspect_made *partner, enum suspect_fact fact, int sort)
{
    return share_of(partner, fact, sort, 0.5 * WHOLE);
}

static double usual_share(const struct suspect_made *program, enum suspect_fact fact, int sort)
{
    return share_of(program, fact, sort, (double)BEFORE * WHOLE);
}

/* The part of a partner's clicks that looks made; a third before anything is seen. */
static double part_made(const struct suspect_made *partner)
{
    return ((double)partner->made + 2 * WHOLE) / ((double)partner->weight + 6 * WHOLE);
}

/* ln(P(sort | made) / P(sort | people's)), 0 where it is not known. */
static double weigh(const struct suspect_made *partner, const struct suspect_made *program,
                    const struct suspect_click *click, enum suspect_fact fact)
{
    int sort = sort_of(click, fact);
    if (sort < 0)
        return 0;
    return weights[fact] * log(made_share(partner, fact, sort) / usual_share(program, fact, sort));
}

/* How it was opened and what was done on the page tells made clicks from people's. Devices, sources and
 * networks differ between honest partners too (an app's followers, one office), so they only tell which of the
 * clicks of somebody who is suspicious already are made. */
static double by_doing(const struct suspect_made *partner, const struct suspect_made *program,
                       const struct suspect_click *click)
{
    double sum = 0;
    for (int fact = FACT_OPENED; fact <= FACT_TOUCHED; fact++)
        sum += weigh(partner, program, click, (enum suspect_fact)fact);
    return sum;
}

static double by_all(const struct suspect_made *partner, const struct suspect_made *program,
                     const struct suspect_click *click)
{
    double sum = by_doing(partner, program, click);
    for (int fact = FACT_READ; fact < SUSPECT_FACTS; fact++)
        sum += weigh(partner, program, click, (enum suspect_fact)fact);
    return sum;
}

static bool is_suspicious(const struct suspect_made *partner)
{
    return partner->clicks > 10 && partner->gain > 100 * FORETOLD_ALL &&
           partner->gain > 100 * partner->clicks;
}

static void add_sorts(struct suspect_made *to, const struct suspect_click *click, double weight)
{
    to->weight += WHOLE;
    for (int fact = 0; fact < SUSPECT_FACTS; fact++) {
        int sort = sort_of(click, (enum suspect_fact)fact);
        if (sort >= 0)
            to->sorts[first_of((enum suspect_fact)fact) + sort] += llround(WHOLE * weight);
    }
}

static void forget(struct suspect_made *of)
{
    of->weight -= of->weight / REMEMBERED;
    of->made -= of->made / REMEMBERED;
    for (int i = 0; i < SUSPECT_SORTS; i++)
        of->sorts[i] -= of->sorts[i] / REMEMBERED;
}

void suspect_made_see(struct suspect_made *partner, struct suspect_made *program,
                      const struct suspect_click *click)
{
    double part = part_made(partner), doing = by_doing(partner, program, click);
    double like = exp(is_suspicious(partner) ? by_all(partner, program, click) : doing) * part;
    double made = like / (like + 1 - part);
    if (program->clicks >= ENOUGH)
        partner->gain += llround(100 * DECIBANS * log(part * exp(doing) + 1 - part));
    if (partner->weight > REMEMBERED * WHOLE)
        forget(partner);
    partner->clicks++;
    partner->made += llround(WHOLE * made);
    add_sorts(partner, click, made);
    program->clicks++;
    add_sorts(program, click,
              (1 - made) * (partner->clicks > EACH ? (double)EACH / (double)partner->clicks : 1));
}

/* ---- points ----------------------------------------------------------------------------------- */

/* Decibans that a partner whose clicks are foretold no better by a mixture takes off. */
static double doubt_about(const struct suspect_made *partner)
{
    double each = (double)(partner->gain / partner->clicks - FORETOLD) * 12 / 100;
    double all = (double)(partner->gain / 100 - FORETOLD_ALL) / 2;
    return (each < 0 ? each : 0) + (all < 0 ? all : 0);
}

struct suspect_like suspect_made_look(const struct suspect_made *partner,
                                      const struct suspect_made *program,
                                      const struct suspect_click *click)
{
    struct suspect_like like = {0};
    double shown[SUSPECT_FACTS] = {0}, all = PARTNER_SHARE;
    if (partner->clicks == 0 || program->clicks < ENOUGH)
        return like;
    double part = part_made(partner);
    double own = DECIBANS * (by_all(partner, program, click) + log(part / (1 - part)));
    double points = (own > CAP ? CAP : own) + doubt_about(partner) + HALF / 10.0;
    if (points < 1)
        return like;
    like.points = (int64_t)points;
    for (int i = 0; i < SUSPECT_FACTS; i++) {
        double decibans = DECIBANS * weigh(partner, program, click, (enum suspect_fact)i);
        shown[i] = decibans > LEAST_SHARE ? decibans : 0;
        all += shown[i];
    }
    for (int i = 0; i < SUSPECT_FACTS; i++) {
        int sort = sort_of(click, (enum suspect_fact)i);
        like.parts[i] = (int64_t)((double)like.points * shown[i] / all);
        if (like.parts[i] == 0)
            continue;
        like.made[i] = llround(100 * made_share(partner, (enum suspect_fact)i, sort));
        like.usual[i] = llround(100 * usual_share(program, (enum suspect_fact)i, sort));
    }
    return like;
}
