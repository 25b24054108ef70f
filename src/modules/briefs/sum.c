/*
 * How the price of an answer is divided, for both sides to see before they agree.
 *
 * The rules are those that the answer was given under, the same that accept.c pays by. Must not know:
 * what is sold. Read next: core/offering.h.
 */
#include "core/offering.h"
#include "modules/briefs/pages.h"

static const struct problem *show(const struct request *request, const struct fee_breakdown *made,
                                  struct briefs_sum *out)
{
    struct {
        enum fee_bearer bearer;
        struct fee_shown_list *list;
    } shown[] = {{FEE_BY_BUYER, &out->extra},
                 {FEE_BY_SUPPLIER, &out->fees},
                 {FEE_BY_INTERMEDIARY, &out->own}};
    const struct problem *problem = NULL;
    *out = (struct briefs_sum){
        .price = made->price,
        .pays = made->pays,
        .share = made->share,
        .gets = made->gets,
    };
    for (size_t i = 0; !problem && i < sizeof shown / sizeof shown[0]; i++)
        problem = fees_shown(request->memory, request->language, made->lines, (size_t)made->count,
                             shown[i].bearer, shown[i].list);
    return problem;
}

const struct problem *briefs_sum_of(const struct request *request, struct maybe_text fees,
                                    struct party_id supplier, struct money price,
                                    struct briefs_sum_list *out)
{
    struct fee_breakdown made;
    const struct offering_kind *kind = offering_named("photo");
    *out = (struct briefs_sum_list){NULL, 0};
    if (!kind)
        return NULL;
    const struct problem *problem =
        kind->split(request->db, request->memory, fees, supplier, price, request->now, &made);
    if (problem) /* in the currency of another day it can't be taken */
        return problem == &ledger_wrong_currency ? NULL : problem;
    struct briefs_sum *sum = memory_take_array(request->memory, 1, sizeof *sum);
    if (!sum)
        return &out_of_memory;
    problem = show(request, &made, sum);
    if (!problem)
        *out = (struct briefs_sum_list){sum, 1};
    return problem;
}
