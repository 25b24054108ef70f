/*
 * A link whose code the index does not know: it is new, or there is none.
 */
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/pages.h"

const struct problem *referrals_follow_show(struct request *request,
                                            const struct referrals_follow_query *query,
                                            struct nothing *view)
{
    struct text target;
    struct text to = query->to.present ? query->to.value : (struct text){"", 0};
    (void)view;
    const struct problem *problem = click_follow(request, query->code, to, &target);
    if (!problem)
        request_leave(request, target);
    return problem;
}
