/*
 * Calls of shops' programs about actions.
 *
 * Must not know: how they are judged. Read next: action.c.
 */
#include "modules/referrals/actions/calls.h"

#include "modules/referrals/actions/calls.shapes.h"

static const struct route routes[] = {
    {POST, "/biz/programs/actions", &referrals_action_tell_handler, BUYER,
     .api = "/api/v1/referrals/actions", .repeat = REPEAT_SAME,
     .summary = "Tells of a sign-up, a subscription or anything else that rules name; told again "
                "under its number it changes nothing"},
    {POST, "/biz/programs/actions/batch", &referrals_actions_tell_handler, BUYER,
     .api = "/api/v1/referrals/actions/batch", .repeat = REPEAT_SAME,
     .summary = "Tells of up to 500 actions, each by itself"},
    {POST, "/biz/programs/actions/reversals", &referrals_action_undo_handler, BUYER,
     .api = "/api/v1/referrals/actions/reversals", .repeat = REPEAT_SAME,
     .summary = "Tells that an action came to nothing: what was given for it comes back"},
};
const struct route_table referrals_action_routes = {"referrals", ALL(routes)};

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct action_taking *taking = context;
    const struct problem *problem = referrals_action_take(db, memory, taking);
    return problem ? problem : taking->refused;
}

static const struct problem *tell(struct request *request, const struct action_told *told,
                                  struct action_taking *taking)
{
    *taking = (struct action_taking){
        .keeping = {.business = request->viewer.organisation,
                    .person = request->viewer.person,
                    .source = ORDER_BY_PROGRAM,
                    .at = request->now},
        .told = told,
        .mail = text_of(""),
    };
    const struct problem *problem = NULL;
    if (told->mail.present)
        problem = shop_mail_mark(request->memory, told->mail.value, &taking->mail);
    return problem ? problem : store_write(request->store, request->memory, take, taking);
}

static bool names_somebody(const struct action_told *told)
{
    return told->click.present || told->customer.present || told->mail.present ||
           told->code.present;
}

const struct problem *referrals_action_tell(struct request *request,
                                            const struct action_told *input,
                                            struct action_found *view)
{
    struct action_taking taking;
    if (!names_somebody(input))
        return request_refuse(request, "customer", "referrals.wrong.nobody_did");
    const struct problem *problem = tell(request, input, &taking);
    if (problem == &shop_ahead)
        return request_refuse(request, "at", "problem.shop.ahead.detail");
    if (problem)
        return problem == &referrals_action_differs ? request_blame(request, "number", problem)
                                                    : problem;
    *view = (struct action_found){.action = taking.id,
                                  .outcome = taking.again ? KEEP_SAME : KEEP_MADE,
                                  .partners = taking.partners,
                                  .click_known = taking.click_known};
    return NULL;
}

static const struct problem *tell_line(struct request *request, const void *lines, size_t line,
                                       struct batch_made *out)
{
    const struct action_told *told = (const struct action_told *)lines + line;
    struct action_taking taking;
    const struct problem *problem =
        names_somebody(told) ? tell(request, told, &taking) : &invalid_input;
    return problem ? problem
                   : batch_tell(request->memory, "rac", taking.id.value,
                                taking.again ? "same" : "made", out);
}

const struct problem *referrals_actions_tell(struct request *request,
                                             const struct action_batch *input,
                                             struct batch_result *view)
{
    return batch_run(request, input->lines.items, input->lines.count, tell_line, view);
}

struct undoing {
    struct party_id business;
    struct text number;
    struct instant at;
};

static const struct problem *undo(struct database *db, struct memory *memory, void *context)
{
    const struct undoing *undoing = context;
    return referrals_action_reverse(db, memory, undoing->business, undoing->number, undoing->at);
}

const struct problem *referrals_action_undo(struct request *request,
                                            const struct action_reversal *input,
                                            struct nothing *view)
{
    struct undoing undoing = {request->viewer.organisation, input->number, request->now};
    (void)view;
    return store_write(request->store, request->memory, undo, &undoing);
}
