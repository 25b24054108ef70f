/*
 * Codes made, asked about, kept and used.
 *
 * Must not know: HTTP. Read next: coupon_judge.c, modules/referrals/convert.c.
 */
#include "modules/referrals/coupons/coupon.h"

#include "base/ids.h"
#include "ledger/audit.h"
#include "modules/referrals/code.h"
#include "modules/referrals/coupons/queries.h"
#include "modules/referrals/coupons/rows.h"
#include "modules/referrals/link.h"

enum { AUDIT_PAGE = 500 };

/* ---- made ------------------------------------------------------------------------------------- */

const struct problem *coupon_make(struct database *db, struct memory *memory,
                                  struct coupon_row *coupon)
{
    struct code code;
    struct coupon_hit hit;
    if (!coupon->spelling.size)
        coupon->spelling = referrals_code_made_up(memory);
    if (!coupon->spelling.data)
        return &out_of_memory;
    if (!referrals_fold_code(coupon->spelling, &code))
        return &referrals_bad_code;
    coupon->id.value = id_new();
    coupon->code = text_copy(memory, (struct text){code.text, code.size});
    if (!coupon->code.data)
        return &out_of_memory;
    const struct problem *problem = coupon_link_taken(db, memory, coupon->code, &hit);
    if (problem != &not_found)
        return problem ? problem : &referrals_code_taken;
    problem = coupon_insert(db, memory, coupon, &hit);
    return problem == &not_found ? &referrals_code_taken : problem;
}

/* ---- asked ------------------------------------------------------------------------------------ */

/* A code that takes nothing off may still say who sent the buyer. */
static const struct problem *ask_link(struct database *db, struct memory *memory,
                                      struct party_id business, struct text code,
                                      struct coupon_answer *out)
{
    struct coupon_number counts;
    const struct problem *problem = coupon_link_of(db, memory, business, code, &counts);
    if (problem)
        return problem == &not_found ? NULL : problem;
    out->finding = counts.number ? COUPON_NAMES : COUPON_CLOSED;
    return NULL;
}

/* Lines without a category have the one that the shop told of their product. */
static const struct problem *fill_categories(struct database *db, struct memory *memory,
                                             struct party_id business,
                                             const struct coupon_row *coupon,
                                             const struct coupon_basket *basket)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && coupon->categories.size > 0 && i < basket->count; i++) {
        struct coupon_category_row row;
        struct program_line *line = &basket->lines[i];
        if (line->category.size > 0 || line->product.size == 0)
            continue;
        problem = coupon_category(db, memory, business, line->product, &row);
        if (!problem)
            line->category = row.category;
        problem = problem == &not_found ? NULL : problem;
    }
    return problem;
}

/* Whether uses are left, for whoever it is. */
static const struct problem *look_at_uses(struct database *db, struct memory *memory,
                                          const struct coupon_row *coupon, struct text buyer,
                                          struct instant at, enum coupon_finding *finding)
{
    struct coupon_number over = {0}, own = {0};
    const struct problem *problem = coupon_kept_over(db, memory, coupon->id, at, &over);
    if (!problem && coupon->uses_each > 0)
        problem = coupon_uses_of(db, memory, coupon->id, buyer, at, &own);
    if (problem)
        return problem;
    if (coupon->uses_each > 0 && own.number >= coupon->uses_each)
        *finding = COUPON_BUYER_DONE;
    else if (coupon->uses > 0 && coupon->used - over.number >= coupon->uses)
        *finding = COUPON_USED_UP;
    return NULL;
}

/* As coupon_ask(); `coupon` is filled when there is one. */
static const struct problem *ask(struct database *db, struct memory *memory,
                                 struct party_id business, struct text typed,
                                 const struct coupon_basket *basket, struct coupon_row *coupon,
                                 struct coupon_answer *out)
{
    struct code code;
    struct coupon_whose_row whose;
    struct coupon_use_row known;
    *out = (struct coupon_answer){
        .finding = COUPON_UNKNOWN, .code = typed, .off = {0, basket->sum.currency}};
    *coupon = (struct coupon_row){.id = {0}};
    if (!referrals_fold_code(text_trim(typed), &code))
        return NULL;
    struct text folded = {code.text, code.size};
    const struct problem *problem = coupon_of_business(db, memory, business, folded, coupon);
    if (problem)
        return problem == &not_found ? ask_link(db, memory, business, folded, out) : problem;
    out->code = coupon->spelling;
    problem = coupon_whose(db, memory, coupon->id, &whose);
    if (!problem)
        problem = fill_categories(db, memory, business, coupon, basket);
    if (problem)
        return problem;
    out->finding = whose.program_state == PROGRAM_RUNNING && whose.active
                       ? coupon_judge(coupon, whose.currency, basket, &out->off.minor)
                       : COUPON_CLOSED;
    if (out->finding != COUPON_FITS)
        return NULL;
    problem = basket->number.size > 0
                  ? coupon_known_use(db, memory, coupon->id, basket->number, &known)
                  : &not_found;
    if (problem == &not_found ||
        (!problem && known.state == COUPON_USE_KEPT && known.until.ms <= basket->at.ms))
        problem = look_at_uses(db, memory, coupon, basket->buyer, basket->at, &out->finding);
    if (out->finding != COUPON_FITS)
        out->off.minor = 0;
    return problem;
}

const struct problem *coupon_ask(struct database *db, struct memory *memory,
                                 struct party_id business, struct text typed,
                                 const struct coupon_basket *basket, struct coupon_answer *out)
{
    struct coupon_row coupon;
    return ask(db, memory, business, typed, basket, &coupon, out);
}

/* ---- kept and used ---------------------------------------------------------------------------- */

/* One use more, by an order's number; a use that was kept for it is that one. */
static const struct problem *take_use(struct database *db, struct memory *memory,
                                      const struct coupon_use_row *use)
{
    struct coupon_number over;
    struct coupon_use_row known;
    struct coupon_hit hit;
    const struct problem *problem = coupon_kept_over(db, memory, use->coupon, use->at, &over);
    if (!problem && over.number > 0)
        problem = coupon_drop_kept(db, memory, use->coupon, use->at);
    if (!problem && over.number > 0)
        problem = coupon_free(db, memory, use->coupon, over.number);
    if (!problem)
        problem = coupon_known_use(db, memory, use->coupon, use->number, &known);
    if (problem == &not_found)
        problem = coupon_count(db, memory, use->coupon, &hit);
    return problem ? problem : coupon_use_keep(db, memory, use);
}

const struct problem *coupon_keep(struct database *db, struct memory *memory,
                                  struct party_id business, struct text typed,
                                  const struct coupon_basket *basket, struct coupon_answer *out)
{
    struct coupon_row coupon;
    struct coupon_use_row known;
    const struct problem *problem = ask(db, memory, business, typed, basket, &coupon, out);
    if (problem || out->finding != COUPON_FITS)
        return problem;
    problem = coupon_known_use(db, memory, coupon.id, basket->number, &known);
    if (!problem && known.state != COUPON_USE_KEPT)
        return NULL; /* its order has come */
    if (problem && problem != &not_found)
        return problem;
    struct coupon_use_row use = {.coupon = coupon.id,
                                 .number = basket->number,
                                 .buyer = basket->buyer,
                                 .state = COUPON_USE_KEPT,
                                 .finding = COUPON_FITS,
                                 .until = instant_add(basket->at, COUPON_KEPT),
                                 .at = basket->at};
    problem = take_use(db, memory, &use);
    if (problem == &not_found) {
        out->finding = COUPON_USED_UP;
        out->off.minor = 0;
        return NULL;
    }
    out->until = (struct maybe_instant){true, use.until};
    return problem;
}

/* What speaks against a code that came with an order; what was kept for it was looked at before. */
static const struct problem *look_at_order(struct database *db, struct memory *memory,
                                           const struct coupon_row *coupon, struct text buyer,
                                           struct instant at, enum coupon_finding *finding)
{
    *finding = COUPON_FITS;
    if (coupon->paused.ms > 0)
        *finding = COUPON_PAUSED;
    else if (at.ms < coupon->since.ms)
        *finding = COUPON_EARLY;
    else if (coupon->until.ms > 0 && at.ms >= coupon->until.ms)
        *finding = COUPON_EXPIRED;
    else if (coupon->uses_each > 0 && buyer.size == 0)
        *finding = COUPON_NEEDS_BUYER;
    return *finding == COUPON_FITS ? look_at_uses(db, memory, coupon, buyer, at, finding) : NULL;
}

static const struct problem *use_once(struct database *db, struct memory *memory,
                                      const struct coupon_order *order,
                                      const struct coupon_row *coupon, enum coupon_finding *finding)
{
    struct coupon_order_row of;
    struct coupon_use_row known;
    const struct problem *problem = coupon_order(db, memory, order->order, &of);
    if (!problem)
        problem = coupon_known_use(db, memory, coupon->id, of.number, &known);
    bool seen = !problem;
    *finding = seen ? known.finding : COUPON_FITS;
    if ((seen && known.state != COUPON_USE_KEPT) || (problem && problem != &not_found))
        return problem;
    problem = seen ? NULL : look_at_order(db, memory, coupon, of.buyer, order->at, finding);
    struct coupon_use_row use = {.coupon = coupon->id,
                                 .number = of.number,
                                 .buyer = of.buyer,
                                 .state = COUPON_USE_DONE,
                                 .finding = *finding,
                                 .at = order->at};
    if (problem)
        return problem;
    problem = use.finding == COUPON_FITS ? take_use(db, memory, &use) : &not_found;
    if (problem != &not_found)
        return problem;
    if (use.finding == COUPON_FITS)
        *finding = COUPON_USED_UP; /* what was kept had lapsed, and somebody else has it */
    use.state = COUPON_USE_REFUSED;
    use.finding = *finding;
    return coupon_use_keep(db, memory, &use);
}

const struct problem *coupon_use(struct database *db, struct memory *memory,
                                 const struct coupon_order *order, struct coupon_row *out)
{
    enum coupon_finding finding;
    const struct problem *problem = coupon_of_program(db, memory, order->program, order->code, out);
    if (!problem)
        problem = use_once(db, memory, order, out, &finding);
    if (problem)
        return problem;
    return finding == COUPON_FITS && out->partner.present ? NULL : &not_found;
}

/* ---- audit ------------------------------------------------------------------------------------ */

const struct problem *coupon_audit(struct audit_voice *voice, struct database *db,
                                   struct memory *page, int64_t *after, size_t *count)
{
    struct coupon_audit_row_list rows;
    const struct problem *problem = coupon_audit_rows(db, page, *after, AUDIT_PAGE, &rows);
    *count = problem ? 0 : rows.count;
    for (size_t i = 0; i < *count; i++) {
        const struct coupon_audit_row *row = &rows.items[i];
        audit_compare(voice, "cpn", row->id.value, "the uses of a code", row->there, row->used);
        *after = row->id.value;
    }
    return problem;
}
