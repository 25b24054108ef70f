/*
 * An invitation to a program, in a frame of the shop's page; after a purchase it says so.
 *
 * Nobody is known in a frame, so joining leads to our own page. That somebody bought is believed when the shop's
 * server says so: it gets a mark for an order that it told of, and the page carries the mark.
 * Must not know: orders but that there is one. Read next: core/widgets/frame.h.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/sign/sign.h"
#include "core/widgets/frame.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/widgets/queries.h"
#include "modules/referrals/widgets/rows.h"
#include "modules/referrals/widgets/widgets.h"

#define PURPOSE "referrals.invitation"

/* Over both, so that it is good for no other program or order. */
static const struct problem *mark(struct memory *memory, struct program_id program, int64_t order,
                                  char out[SIGN_HEX_MAX])
{
    struct sign_key key;
    struct text what = text_format(memory, "%s %s", id_text("prg", program.value).text,
                                   id_text("ord", order).text);
    const struct problem *problem =
        what.data ? sign_key_make(setting_text("data"), &key) : &out_of_memory;
    if (problem)
        return problem;
    sign_mark(&key, PURPOSE, what, out);
    sign_key_end(&key);
    return NULL;
}

/* *bought: it is "ord_...-MARK" with a mark of ours for this program. */
static const struct problem *judge(struct memory *memory, struct program_id program,
                                   struct text invitation, bool *bought)
{
    enum { MARK = SIGN_HEX_MAX - 1 };
    char hex[SIGN_HEX_MAX];
    int64_t order;
    *bought = false;
    if (invitation.size <= MARK + 1 || invitation.data[invitation.size - MARK - 1] != '-')
        return NULL;
    struct text named = {invitation.data, invitation.size - MARK - 1};
    if (!id_parse(named, "ord", &order))
        return NULL;
    const struct problem *problem = mark(memory, program, order, hex);
    *bought =
        !problem && sign_mark_fits(hex, (struct text){invitation.data + named.size + 1, MARK});
    return problem;
}

const struct problem *referrals_invitation_make(struct request *request,
                                                const struct referrals_invitation_input *input,
                                                struct referrals_invitation *view)
{
    char hex[SIGN_HEX_MAX];
    struct portal_owned owned;
    struct widget_order_row order;
    struct party_id business = request->viewer.organisation;
    const struct problem *problem =
        portal_program_of(request->db, request->memory, input->program, business, &owned);
    if (!problem) {
        problem = widget_order_of(request->db, request->memory, business, input->order, &order);
        if (problem == &not_found)
            return request_refuse(request, "order", "referrals.wrong.order");
    }
    if (!problem)
        problem = mark(request->memory, input->program, order.id, hex);
    if (problem)
        return problem;
    view->invitation = text_format(request->memory, "%s-%s", id_text("ord", order.id).text, hex);
    return view->invitation.data ? NULL : &out_of_memory;
}

const struct problem *referrals_invite_show(struct request *request,
                                            const struct referrals_invite_query *input,
                                            struct referrals_invite_frame *view)
{
    struct portal_program_row row;
    struct program_row program;
    struct text invitation = input->invitation.present ? input->invitation.value : text_of("");
    view->theme = widget_surround(request, input->language, input->theme);
    const struct problem *problem =
        portal_program(request->db, request->memory, input->program, &row);
    if (!problem)
        problem = program_find(request->db, request->memory, input->program, &program);
    if (!problem)
        problem = widget_frame_in(request, program.business, input->origin, &view->origin);
    if (!problem)
        problem = referrals_say_rules(request, &program, &view->rules, &view->empty);
    if (!problem)
        problem = judge(request->memory, input->program, invitation, &view->bought);
    if (problem)
        return problem;
    view->program = input->program;
    view->title = row.title;
    view->business = row.business_name;
    view->takes = program.state == PROGRAM_RUNNING && row.joining != JOINING_INVITED;
    return NULL;
}
