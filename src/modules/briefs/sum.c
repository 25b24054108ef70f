/*
 * How the price of an answer is divided, for both sides to see before they agree.
 *
 * The rules are those that the answer was given under, the same that accept.c pays by. Must not know:
 * what is sold. Read next: core/offering.h.
 */
#include "core/offering.h"
#include "modules/briefs/pages.h"

const struct problem *briefs_sum_of(const struct request *request, struct maybe_text fees,
                                    struct party_id supplier, struct money price,
                                    struct briefs_sum_list *out)
{
    struct fee_breakdown made;
    struct fees_by_bearer fees_of;
    const struct offering_kind *kind = offering_named("photo");
    *out = (struct briefs_sum_list){NULL, 0};
    if (!kind)
        return NULL;
    const struct problem *problem =
        kind->split(request->db, request->memory, fees, supplier, price, request->now, &made);
    if (problem) /* in the currency of another day it can't be taken */
        return problem == &ledger_wrong_currency ? NULL : problem;
    problem = fees_shown_by_bearer(request, &made, &fees_of);
    struct briefs_sum *sum = memory_take_array(request->memory, 1, sizeof *sum);
    if (problem || !sum)
        return problem ? problem : &out_of_memory;
    *sum = (struct briefs_sum){.price = made.price,
                               .extra = fees_of.buyer,
                               .pays = made.pays,
                               .share = made.share,
                               .fees = fees_of.supplier,
                               .gets = made.gets,
                               .own = fees_of.intermediary};
    *out = (struct briefs_sum_list){sum, 1};
    return NULL;
}
