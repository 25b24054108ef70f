/*
 * Whether a code counts, before anybody orders with it.
 *
 * Whose it is, is not told: a code is shown to whoever its partner gives it to, a name is not. Must not know:
 * what is promised for it. Read next: code.h.
 */
#include "modules/referrals/widgets/queries.h"
#include "modules/referrals/widgets/rows.h"
#include "modules/referrals/widgets/widgets.h"

const struct problem *referrals_code_check(struct request *request,
                                           const struct referrals_code_query *input,
                                           struct referrals_code_found *view)
{
    struct code code;
    struct widget_code_row row;
    struct text typed = input->code.present ? text_trim(input->code.value) : text_of("");
    struct widget_shop_row shop;
    const struct problem *problem =
        widget_shop(request->db, request->memory, input->business, &shop);
    *view = (struct referrals_code_found){typed, false};
    if (problem || !referrals_fold_code(typed, &code))
        return problem;
    problem = widget_code_of(request->db, request->memory, input->business,
                             (struct text){code.text, code.size}, request->now, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    *view = (struct referrals_code_found){row.code, row.counts};
    return NULL;
}
