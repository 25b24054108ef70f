/*
 * Whose an order is, worked out.
 *
 * Must not know: the database, the clock. Read next: modules/referrals/attribution/attribution.h.
 */
#include "modules/referrals/attribution/attribution.h"

#include <stdlib.h>

#include "base/log.h"

enum { FIRST_AND_LAST = 4000, BETWEEN = ATTRIBUTION_WHOLE - 2 * FIRST_AND_LAST };

static int by_time(const void *a, const void *b)
{
    const struct attribution_touch *x = a;
    const struct attribution_touch *y = b;
    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    return (x->id.value > y->id.value) - (x->id.value < y->id.value);
}

static bool is_bound(const struct attribution_touch *touch,
                     const struct attribution_conversion *conversion)
{
    if (touch->event)
        return touch->event == conversion->event;
    return touch->customer.value && touch->customer.value == conversion->customer.value;
}

/* Beyond a limit, whichever of two clocks is right. */
static bool is_after(struct instant at, struct instant limit)
{
    return at.ms - limit.ms > CLOCKS_APART;
}

/* Whether a touch counts as far as it can be said without the others. */
static enum touch_outcome judge(const struct attribution_terms *terms,
                                const struct attribution_conversion *conversion,
                                const struct attribution_touch *touch)
{
    struct instant at = conversion->at;
    if (!is_bound(touch, conversion))
        return TOUCH_UNBOUND;
    if (touch->kind == TOUCH_CODE && touch->event)
        return TOUCH_COUNTS;
    if (touch->kind == TOUCH_CLAIM && terms->late_days == 0)
        return TOUCH_NO_CLAIMS;
    if (touch->kind == TOUCH_CLAIM && is_after(touch->at, instant_add(at, terms->late_days * DAY)))
        return TOUCH_CLAIM_LATE;
    if (touch->kind != TOUCH_CLAIM && is_after(touch->at, at))
        return TOUCH_AFTER_ORDER;
    if (touch->kind == TOUCH_LEAD && is_after(at, touch->until))
        return TOUCH_UNPROTECTED;
    if ((touch->kind == TOUCH_LINK || touch->kind == TOUCH_LEAD) && conversion->basket.present &&
        is_after(touch->at, conversion->basket.value))
        return TOUCH_AFTER_BASKET;
    if (touch->kind != TOUCH_LEAD && is_after(at, instant_add(touch->at, terms->window_days * DAY)))
        return TOUCH_TOO_OLD;
    return TOUCH_COUNTS;
}

/* The kind that decides; 0 when nothing counts. */
static enum touch_kind deciding_kind(const struct attribution_terms *terms,
                                     const struct attribution_touch *touches, size_t count)
{
    bool any[TOUCH_CLAIM + 1] = {false};
    for (size_t i = 0; i < count; i++) {
        if (touches[i].outcome == TOUCH_COUNTS)
            any[touches[i].kind] = true;
    }
    enum touch_kind preferred = terms->code_first ? TOUCH_CODE : TOUCH_LINK;
    enum touch_kind other = terms->code_first ? TOUCH_LINK : TOUCH_CODE;
    const enum touch_kind order[] = {TOUCH_LEAD, preferred, other, TOUCH_CLAIM};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (any[order[i]])
            return order[i];
    }
    return 0;
}

static enum touch_outcome behind(enum touch_kind lost, enum touch_kind decided)
{
    if (decided == TOUCH_LEAD)
        return TOUCH_BEHIND_LEAD;
    if (lost == TOUCH_CLAIM)
        return TOUCH_CLAIM_NEEDLESS;
    return decided == TOUCH_CODE ? TOUCH_BEHIND_CODE : TOUCH_BEHIND_LINK;
}

struct shares {
    struct attribution_credit *credits; /* the caller's */
    size_t count;                       /* of them */
    enum touch_kind kind;               /* that decides */
};

static bool takes_part(const struct shares *shares, const struct attribution_touch *touch)
{
    return touch->outcome == TOUCH_COUNTS && touch->kind == shares->kind;
}

static struct attribution_credit *share_of(const struct shares *shares,
                                           struct referrals_partner_id partner)
{
    for (size_t i = 0; i < shares->count; i++) {
        if (shares->credits[i].partner.value == partner.value)
            return &shares->credits[i];
    }
    return NULL;
}

static void give(struct shares *shares, const struct attribution_touch *touch, int64_t share)
{
    shares->credits[shares->count++] =
        (struct attribution_credit){touch->partner, share, touch->id};
}

/* Divides `whole` among the credits from number `from` on. */
static void divide(const struct shares *shares, size_t from, int64_t whole)
{
    int64_t each = whole / (int64_t)(shares->count - from);
    for (size_t i = from; i < shares->count; i++)
        shares->credits[i].share = each;
    shares->credits[from].share += whole - each * (int64_t)(shares->count - from);
}

/* Each partner who has no share yet, but for one of them, by their first touch. */
static void add_others(struct shares *shares, const struct attribution_touch *touches, size_t count,
                       struct referrals_partner_id but)
{
    for (size_t i = 0; i < count; i++) {
        struct referrals_partner_id partner = touches[i].partner;
        if (takes_part(shares, &touches[i]) && partner.value != but.value &&
            !share_of(shares, partner))
            give(shares, &touches[i], 0);
    }
}

static void by_position(struct shares *shares, const struct attribution_touch *touches,
                        size_t count, const struct attribution_touch *last)
{
    bool same = shares->credits[0].partner.value == last->partner.value;
    add_others(shares, touches, count, last->partner);
    bool between = shares->count > 1;
    if (between)
        divide(shares, 1, BETWEEN);
    int64_t each = between ? FIRST_AND_LAST : ATTRIBUTION_WHOLE / 2;
    shares->credits[0].share = same ? 2 * each : each;
    if (!same)
        give(shares, last, each);
}

/* At least one touch takes part. */
static void by_model(enum attribution_model model, struct shares *shares,
                     const struct attribution_touch *touches, size_t count)
{
    const struct attribution_touch *first = NULL;
    const struct attribution_touch *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!takes_part(shares, &touches[i]))
            continue;
        first = first ? first : &touches[i];
        last = &touches[i];
    }
    ensure(first && last);
    give(shares, model == ATTRIBUTION_LAST ? last : first, ATTRIBUTION_WHOLE);
    if (model == ATTRIBUTION_LINEAR) {
        add_others(shares, touches, count, first->partner);
        divide(shares, 0, ATTRIBUTION_WHOLE);
    } else if (model == ATTRIBUTION_POSITION) {
        by_position(shares, touches, count, last);
    }
}

/* Tells every touch that would have counted and brought no share what it lost to. */
static void tell(struct attribution_touch *touches, size_t count, const struct shares *shares,
                 enum attribution_model model)
{
    for (size_t i = 0; i < count; i++) {
        struct attribution_touch *touch = &touches[i];
        if (touch->outcome != TOUCH_COUNTS)
            continue;
        const struct attribution_credit *credit = share_of(shares, touch->partner);
        if (credit && credit->touch.value == touch->id.value)
            continue;
        if (credit)
            touch->outcome = TOUCH_SAME_PARTNER;
        else if (touch->kind != shares->kind)
            touch->outcome = behind(touch->kind, shares->kind);
        else
            touch->outcome = model == ATTRIBUTION_LAST ? TOUCH_NOT_LAST : TOUCH_NOT_FIRST;
    }
}

size_t attribution_decide(const struct attribution_terms *terms,
                          const struct attribution_conversion *conversion,
                          struct attribution_touch *touches, size_t count,
                          struct attribution_credit *credits)
{
    ensure(count <= ATTRIBUTION_TOUCHES_MAX);
    ensure(terms->window_days >= 1 && terms->window_days <= ATTRIBUTION_WINDOW_MAX);
    ensure(terms->late_days >= 0 && terms->late_days <= ATTRIBUTION_LATE_MAX);
    if (count > 1)
        qsort(touches, count, sizeof *touches, by_time);
    for (size_t i = 0; i < count; i++)
        touches[i].outcome = judge(terms, conversion, &touches[i]);
    struct shares shares = {credits, 0, deciding_kind(terms, touches, count)};
    if (!shares.kind)
        return 0;
    bool shared = shares.kind == TOUCH_LINK || shares.kind == TOUCH_CODE;
    enum attribution_model model = shared ? terms->model : ATTRIBUTION_FIRST;
    by_model(model, &shares, touches, count);
    tell(touches, count, &shares, model);
    return shares.count;
}
