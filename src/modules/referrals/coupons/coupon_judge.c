/*
 * What a code says to a basket.
 *
 * Pure. Must not know: the database, the clock. Read next: coupon.c.
 */
#include "modules/referrals/coupons/coupon.h"

/* Whether a list, one a line, has it. */
static bool lists(struct text list, struct text what)
{
    struct text one;
    while (what.size > 0 && text_split(&list, '\n', &one)) {
        if (text_equal(text_trim(one), what))
            return true;
    }
    return false;
}

static bool is_for(const struct coupon_row *coupon, const struct program_line *line)
{
    bool all = coupon->products.size == 0 && coupon->categories.size == 0;
    return all || lists(coupon->products, line->product) ||
           lists(coupon->categories, line->category);
}

/* What the basket holds of what the code is for. */
static int64_t part_of(const struct coupon_row *coupon, const struct coupon_basket *basket)
{
    int64_t minor = 0;
    if (coupon->products.size == 0 && coupon->categories.size == 0)
        return basket->sum.minor;
    for (size_t i = 0; i < basket->count; i++) {
        if (is_for(coupon, &basket->lines[i]))
            minor += basket->lines[i].minor;
    }
    return minor < basket->sum.minor ? minor : basket->sum.minor;
}

enum coupon_finding coupon_judge(const struct coupon_row *coupon, struct text currency,
                                 const struct coupon_basket *basket, int64_t *off_minor)
{
    *off_minor = 0;
    if (coupon->paused.ms > 0)
        return COUPON_PAUSED;
    if (basket->at.ms < coupon->since.ms)
        return COUPON_EARLY;
    if (coupon->until.ms > 0 && basket->at.ms >= coupon->until.ms)
        return COUPON_EXPIRED;
    if (!text_is(currency, basket->sum.currency.code))
        return COUPON_CURRENCY;
    int64_t part = part_of(coupon, basket);
    if (part == 0 && basket->sum.minor > 0)
        return COUPON_OTHER_GOODS;
    if (basket->sum.minor < coupon->least_minor || basket->sum.minor == 0)
        return COUPON_TOO_SMALL;
    if (coupon->uses_each > 0 && basket->buyer.size == 0)
        return COUPON_NEEDS_BUYER;
    /* Whole and rest apart, so that no product is beyond 64 bits. */
    int64_t share = part / 10000 * coupon->percent + part % 10000 * coupon->percent / 10000;
    *off_minor = coupon->percent > 0 ? share : coupon->off_minor;
    *off_minor = *off_minor < part ? *off_minor : part;
    return COUPON_FITS;
}
