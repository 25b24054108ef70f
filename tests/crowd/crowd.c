/*
 * The stream: thinks out a day, then tells what has come due, soonest first.
 *
 * Every fact that a day thinks out lies within or after it, so what is due before the next day begins
 * can be told. A heap of (time, number) stands over slots that are used again.
 * Read next: tests/crowd/cast.c, tests/crowd/journey.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journey.h"

struct place {
    int64_t at;    /* when it is due */
    uint64_t told; /* settles ties */
    uint32_t slot; /* what */
};

static bool sooner(const struct place *a, const struct place *b)
{
    return a->at != b->at ? a->at < b->at : a->told < b->told;
}

static bool grow(struct crowd *crowd)
{
    uint32_t room = crowd->room ? crowd->room * 2 : 4096;
    struct waiting *slots = realloc(crowd->slots, room * sizeof *slots);
    if (slots)
        crowd->slots = slots;
    struct place *heap = realloc(crowd->heap, room * sizeof *heap);
    if (heap)
        crowd->heap = heap;
    uint32_t *unused = realloc(crowd->unused, room * sizeof *unused);
    if (unused)
        crowd->unused = unused;
    if (!slots || !heap || !unused) {
        crowd->failed = true;
        return false;
    }
    for (uint32_t i = crowd->room; i < room; i++) /* unused[waits...] are the free ones */
        unused[i] = i;
    crowd->room = room;
    return true;
}

struct waiting *crowd_tell(struct crowd *crowd, enum crowd_fact_kind kind, int64_t at,
                           struct crowd_truth truth)
{
    if (crowd->failed || (crowd->waits == crowd->room && !grow(crowd)))
        return NULL;
    if (at < crowd->floor)
        at = crowd->floor;
    uint32_t slot = crowd->unused[crowd->waits], at_place = crowd->waits++;
    struct place place = {at, crowd->told++, slot};
    while (at_place > 0 && sooner(&place, &crowd->heap[(at_place - 1) / 2])) {
        crowd->heap[at_place] = crowd->heap[(at_place - 1) / 2];
        at_place = (at_place - 1) / 2;
    }
    crowd->heap[at_place] = place;
    if (crowd->waits > crowd->most)
        crowd->most = crowd->waits;
    struct waiting *waiting = &crowd->slots[slot];
    memset(waiting, 0, sizeof *waiting);
    waiting->fact.kind = kind;
    waiting->fact.at = at;
    waiting->truth = truth;
    return waiting;
}

static uint32_t take_soonest(struct crowd *crowd)
{
    uint32_t slot = crowd->heap[0].slot, hole = 0, child;
    struct place last = crowd->heap[--crowd->waits];
    while ((child = 2 * hole + 1) < crowd->waits) {
        if (child + 1 < crowd->waits && sooner(&crowd->heap[child + 1], &crowd->heap[child]))
            child++;
        if (!sooner(&crowd->heap[child], &last))
            break;
        crowd->heap[hole] = crowd->heap[child];
        hole = child;
    }
    crowd->heap[hole] = last;
    crowd->unused[crowd->waits] = slot;
    return slot;
}

/* ---- partners as facts ------------------------------------------------------------------------ */

static void tell_partner(struct crowd *crowd, const struct actor *actor)
{
    struct waiting *told = crowd_tell(crowd, CROWD_PARTNER, actor->joined, actor->truth);
    if (told)
        told->fact.partner = actor->told;
    for (uint32_t i = 0; i < actor->links; i++) {
        told = crowd_tell(crowd, CROWD_LINK, actor->joined + (i + 1) * MINUTE, actor->truth);
        if (told)
            told->fact.link = (struct crowd_link){(actor->told.partner - 1) * LINKS_EACH + i + 1,
                                                  actor->told.partner};
    }
}

/* Who joins during a day acts from the next one on. */
static void think_out_day(struct crowd *crowd, uint32_t day)
{
    int64_t begin = CROWD_BEGIN + day * DAY;
    crowd->floor = begin;
    for (uint32_t i = 1; i <= crowd->count; i++) {
        const struct actor *actor = &crowd->actors[i];
        struct dice dice = dice_of(actor->seed, day + 1);
        if (actor->joined >= begin && actor->joined < begin + DAY)
            tell_partner(crowd, actor);
        if (actor->joined >= begin)
            continue;
        if (actor->truth.label == CROWD_GOOD)
            good_day(crowd, &dice, actor, day);
        else
            bad_day(crowd, &dice, actor, day);
    }
    struct dice dice = dice_of(crowd->seed ^ 0x0D, day);
    organic_day(crowd, &dice, day);
}

/* ---- the stream ------------------------------------------------------------------------------- */

struct crowd *crowd_open(uint64_t seed, uint32_t partners, uint32_t days)
{
    struct crowd *crowd = calloc(1, sizeof *crowd);
    if (!crowd)
        return NULL;
    crowd->seed = dice_mix(seed, 0xC0DE);
    crowd->count = partners;
    crowd->days = days;
    crowd->floor = INT64_MIN;
    crowd->pool = partners < 240 ? 240 : partners;
    crowd->shop_number = 10000 + (int64_t)(crowd->seed % 500000);
    crowd->actors = calloc((size_t)partners + 1, sizeof *crowd->actors);
    if (partners < 100 || days < 1 || !crowd->actors || !crowd_cast(crowd)) {
        crowd_close(crowd);
        return NULL;
    }
    for (uint32_t i = 1; i <= partners; i++)
        if (crowd->actors[i].joined < CROWD_BEGIN)
            tell_partner(crowd, &crowd->actors[i]);
    return crowd;
}

/* The shop numbers its orders as they come, with gaps for those that it does not tell of. */
static void number_order(struct crowd *crowd, struct waiting *waiting)
{
    struct crowd_order *order = &waiting->fact.order;
    if (waiting->near == 0)
        crowd->shop_number += 1 + (int64_t)(order->order >> 40) % 3;
    if (waiting->near >= 0)
        (void)snprintf(order->reference, sizeof order->reference, "S-%06lld",
                       (long long)(crowd->shop_number + waiting->near));
}

bool crowd_next(struct crowd *crowd, struct crowd_fact *fact)
{
    while (!crowd->failed && crowd->day < crowd->days &&
           (crowd->waits == 0 || crowd->heap[0].at >= CROWD_BEGIN + crowd->day * DAY))
        think_out_day(crowd, crowd->day++);
    if (crowd->failed || crowd->waits == 0)
        return false;
    struct waiting *waiting = &crowd->slots[take_soonest(crowd)];
    if (waiting->fact.kind == CROWD_ORDER)
        number_order(crowd, waiting);
    *fact = waiting->fact;
    crowd->truth = waiting->truth;
    return true;
}

struct crowd_truth crowd_truth(const struct crowd *crowd)
{
    return crowd->truth;
}

struct crowd_truth crowd_partner_truth(const struct crowd *crowd, uint32_t partner)
{
    return crowd->actors[partner].truth;
}

bool crowd_failed(const struct crowd *crowd)
{
    return crowd->failed;
}

uint64_t crowd_waited(const struct crowd *crowd)
{
    return crowd->most;
}

void crowd_close(struct crowd *crowd)
{
    free(crowd->actors);
    free(crowd->slots);
    free(crowd->heap);
    free(crowd->unused);
    free(crowd);
}
