/*
 * Whether a code counts and what it takes off, before anybody orders with it.
 *
 * Whose it is, is not told: a code is shown to whoever its partner gives it to, a name is not. No use is kept.
 * Must not know: limits of codes. Read next: modules/referrals/coupons/coupon.h.
 */
#include "core/widgets/frame.h"
#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/widgets/queries.h"
#include "modules/referrals/widgets/rows.h"
#include "modules/referrals/widgets/widgets.h"
#include "web/words.h"

/* What hangs on the basket says nothing against a code while nobody tells what is in it. */
static bool may_be_used(enum coupon_finding finding, bool basket_told)
{
    switch (finding) {
    case COUPON_FITS:
    case COUPON_NAMES:
    case COUPON_NEEDS_BUYER:
    case COUPON_OTHER_GOODS:
        return true;
    case COUPON_CURRENCY:
    case COUPON_TOO_SMALL:
        return !basket_told;
    default:
        return false;
    }
}

static struct text say(struct request *request, const struct referrals_code_found *found)
{
    const struct word_argument off[] = {
        {.name = "off", .kind = FIELD_MONEY, .money = found->off.value}};
    if (found->off.present)
        return words_text(request->memory, request->language, "referrals.code.off", off, 1);
    return words_text(request->memory, request->language,
                      found->counts ? "referrals.code.counts" : "referrals.code.unknown", NULL, 0);
}

const struct problem *referrals_code_check(struct request *request,
                                           const struct referrals_code_query *input,
                                           struct referrals_code_found *view)
{
    struct widget_shop_row shop;
    struct coupon_answer answer;
    struct coupon_basket basket = {.at = request->now};
    struct text typed = input->code.present ? text_trim(input->code.value) : text_of("");
    (void)widget_surround(request, input->language, (struct maybe_text){.present = false});
    if (input->sum.present)
        basket.sum = input->sum.value;
    const struct problem *problem =
        widget_shop(request->db, request->memory, input->business, &shop);
    if (!problem)
        problem = coupon_ask(request->db, request->memory, shop.business, typed, &basket, &answer);
    if (problem)
        return problem;
    *view = (struct referrals_code_found){
        .code = answer.code,
        .counts = may_be_used(answer.finding, input->sum.present),
        .off = {answer.finding == COUPON_FITS, answer.off},
    };
    view->says = say(request, view);
    return view->says.data ? NULL : &out_of_memory;
}
