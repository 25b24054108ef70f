/*
 * What a shop asks at the till.
 *
 * Must not know: how uses are counted. Read next: coupon.c.
 */
#include "modules/referrals/coupons/coupon.shapes.h"
#include "modules/referrals/coupons/pages.h"

static const struct problem *say(struct request *request, const struct coupon_answer *answer,
                                 struct coupon_said *view)
{
    struct text key = text_format(request->memory, "coupon_finding.%s",
                                  words_name(&coupon_finding_words, (int)answer->finding));
    if (!key.data)
        return &out_of_memory;
    *view = (struct coupon_said){
        .code = answer->code,
        .usable = answer->finding == COUPON_FITS || answer->finding == COUPON_NAMES,
        .finding = answer->finding,
        .words = words_text(request->memory, request->language, key.data, NULL, 0),
        .off = answer->off,
        .until = answer->until};
    return view->words.data ? NULL : &out_of_memory;
}

static const struct problem *buyer_of(struct request *request, const struct maybe_text *mail,
                                      struct text *out)
{
    *out = text_of("");
    return mail->present ? shop_mail_mark(request->memory, mail->value, out) : NULL;
}

const struct problem *referrals_coupon_show(struct request *request,
                                            const struct coupon_query *input,
                                            struct coupon_said *view)
{
    struct coupon_answer answer;
    struct coupon_basket basket = {.sum = input->sum, .at = request->now};
    const struct problem *problem = buyer_of(request, &input->mail, &basket.buyer);
    if (!problem)
        problem = coupon_ask(request->db, request->memory, request->viewer.organisation,
                             input->code, &basket, &answer);
    return problem ? problem : say(request, &answer, view);
}

struct keeping_coupon {
    struct party_id business;
    struct text typed;
    struct coupon_basket basket;
    struct coupon_answer answer; /* filled */
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct keeping_coupon *keeping = context;
    return coupon_keep(db, memory, keeping->business, keeping->typed, &keeping->basket,
                       &keeping->answer);
}

static const struct problem *read_lines(struct request *request, const struct coupon_input *input,
                                        struct coupon_basket *basket)
{
    basket->count = input->lines.count;
    basket->lines = memory_take_array(request->memory, basket->count + 1, sizeof *basket->lines);
    if (!basket->lines)
        return &out_of_memory;
    for (size_t i = 0; i < basket->count; i++) {
        const struct coupon_line_told *line = &input->lines.items[i];
        if (!currency_equal(line->total.currency, input->sum.currency)) {
            struct text field = text_format(request->memory, "lines.%zu.total", i);
            return field.data ? request_refuse(request, field.data, "shop.wrong.currency")
                              : &out_of_memory;
        }
        basket->lines[i] = (struct program_line){
            .product = line->product.present ? line->product.value : text_of(""),
            .category = line->category.present ? line->category.value : text_of(""),
            .minor = line->total.minor};
    }
    return NULL;
}

const struct problem *referrals_coupon_keep(struct request *request,
                                            const struct coupon_input *input,
                                            struct coupon_said *view)
{
    struct keeping_coupon keeping = {.business = request->viewer.organisation,
                                     .typed = input->code,
                                     .basket = {.sum = input->sum, .at = request->now}};
    const struct problem *problem = read_lines(request, input, &keeping.basket);
    if (!problem)
        problem = buyer_of(request, &input->mail, &keeping.basket.buyer);
    if (problem)
        return problem;
    keeping.basket.number = input->number.present ? input->number.value : text_of("");
    problem = keeping.basket.number.size > 0
                  ? store_write(request->store, request->memory, keep, &keeping)
                  : coupon_ask(request->db, request->memory, keeping.business, keeping.typed,
                               &keeping.basket, &keeping.answer);
    return problem ? problem : say(request, &keeping.answer, view);
}
