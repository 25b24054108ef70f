/*
 * A link whose code the index does not know: it is new, or there is none. A visitor who said where in which shop they
 * were going gets there all the same, as nobody's.
 */
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/clicks/queries.h"
#include "modules/referrals/pages.h"

enum { PROGRAMS = 2000 };

/* `to` when it is on the hosts of some program, to which any of its links could lead; else empty. */
static const struct problem *shop_of(struct request *request, struct text to, struct text *out)
{
    struct referrals_program_row_list programs = {NULL, 0};
    const struct problem *problem = NULL;
    int64_t after = 0;
    *out = text_of("");
    do {
        problem =
            referrals_index_programs(request->db, request->memory, after, PROGRAMS, &programs);
        for (size_t i = 0; !problem && i < programs.count && !out->size; i++) {
            const struct referrals_program_row *program = &programs.items[i];
            after = program->program;
            if (program->counts && referrals_landing_allowed(to, program->hosts))
                *out = to;
        }
    } while (!problem && !out->size && programs.count == PROGRAMS);
    return problem;
}

const struct problem *referrals_follow_show(struct request *request,
                                            const struct referrals_follow_query *query,
                                            struct nothing *view)
{
    struct text target;
    struct text to = query->to.present ? query->to.value : (struct text){"", 0};
    (void)view;
    const struct problem *unknown = click_follow(request, query->code, to, &target);
    const struct problem *problem = unknown;
    if (unknown == &referrals_unknown_code && to.size) {
        problem = shop_of(request, to, &target);
        if (!problem && !target.size)
            problem = unknown;
    }
    if (!problem)
        request_leave(request, target);
    return problem;
}
