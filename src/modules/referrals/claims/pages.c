/*
 * Where a buyer says who sent them, with a link or signed in.
 *
 * Must not know: how an order is judged. Read next: claim.c.
 */
#include "modules/referrals/claims/pages.h"

#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/claims/pages.shapes.h"
#include "modules/referrals/claims/queries.h"
#include "modules/referrals/claims/rows.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"

enum { MOST = 50 };

const struct problem *referrals_claim_address(struct memory *memory, struct order_id order,
                                              struct text *out)
{
    struct text site, link;
    const struct problem *problem = mail_site(memory, &site);
    if (!problem)
        problem = referrals_claim_link(memory, order, &link);
    if (problem)
        return problem;
    *out = text_format(memory, "%.*s/who-sent/%.*s", TEXT_ARGS(site), TEXT_ARGS(link));
    return out->data ? NULL : &out_of_memory;
}

static struct instant end_of(const struct claim_order_row *order)
{
    return instant_add(order->placed, order->late_days * DAY);
}

/* ---- for who has the link --------------------------------------------------------------------- */

/* What came of what was said, as its verdict has it. */
static const struct problem *read_said(struct request *request, const struct claim_order_row *order,
                                       const struct claim_said_row *said, struct claim_page *view)
{
    struct verdict_row verdict = {.state = 0};
    const struct problem *problem = program_verdict(request->db, request->memory, said->program,
                                                    order->id.value, said->person, &verdict);
    const char *key = "referrals.claim.counts";
    if (problem && problem != &not_found)
        return problem;
    if (problem || verdict.state == VERDICT_HELD)
        key = "referrals.claim.held";
    else if (verdict.state == VERDICT_REJECTED)
        key = "referrals.claim.rejected";
    view->code = (struct maybe_text){true, said->code};
    view->why =
        (struct maybe_text){true, words_text(request->memory, request->language, key, NULL, 0)};
    return view->why.value.data ? NULL : &out_of_memory;
}

static const struct problem *
read_state(struct request *request, const struct claim_order_row *order, struct claim_page *view)
{
    struct claim_said_row said;
    struct convert_number shares;
    const struct problem *problem =
        claim_said(request->db, request->memory, order->id, order->business, &said);
    view->state = CLAIM_SAID;
    if (problem != &not_found)
        return problem ? problem : read_said(request, order, &said, view);
    problem = convert_shares(request->db, request->memory, order->id.value, &shares);
    if (problem)
        return problem;
    if (shares.number > 0)
        view->state = CLAIM_NEEDLESS;
    else if (order->state != ORDER_PLACED)
        view->state = CLAIM_OFF;
    else if (order->late_days == 0)
        view->state = CLAIM_UNASKED;
    else
        view->state = request->now.ms > end_of(order).ms ? CLAIM_LATE : CLAIM_OPEN;
    return NULL;
}

const struct problem *referrals_claim_show(struct request *request,
                                           const struct claim_link_query *input,
                                           struct claim_page *view)
{
    struct order_id id;
    struct claim_order_row order;
    const struct problem *problem = referrals_claim_of_link(input->link, &id);
    if (!problem)
        problem = claim_order(request->db, request->memory, id, &order);
    if (problem)
        return problem;
    *view = (struct claim_page){.link = input->link,
                                .business = order.business_name,
                                .number = order.number,
                                .placed = order.placed,
                                .days = order.late_days};
    if (order.late_days > 0)
        view->until = (struct maybe_instant){true, end_of(&order)};
    return read_state(request, &order, view);
}

static const struct problem *claim(struct database *db, struct memory *memory, void *context)
{
    return referrals_claim(db, memory, context);
}

const struct problem *referrals_claim_make(struct request *request, const struct claim_input *input,
                                           struct nothing *view)
{
    struct referrals_claiming claiming = {
        .person = request->viewer.person, .typed = input->code, .at = request->now};
    (void)view;
    const struct problem *problem = referrals_claim_of_link(input->link, &claiming.order);
    if (problem)
        return problem;
    problem = store_write(request->store, request->memory, claim, &claiming);
    if (problem)
        return request_blame(request, "code", problem);
    request_go_saying(request, "referrals.claimed", "/who-sent/%.*s", TEXT_ARGS(input->link));
    return NULL;
}

/* ---- for its shop, and for who signs in with the buyer's address ------------------------------ */

const struct problem *referrals_claim_address_show(struct request *request,
                                                   const struct claim_order_query *input,
                                                   struct claim_address *view)
{
    struct claim_order_row order;
    const struct problem *problem = claim_order_of(request->db, request->memory, input->order,
                                                   request->viewer.organisation, &order);
    if (problem)
        return problem;
    if (order.late_days > 0)
        view->until = (struct maybe_instant){true, end_of(&order)};
    return referrals_claim_address(request->memory, order.id, &view->address);
}

static const struct problem *mine_of(struct request *request, const struct claim_order_row *order,
                                     struct claim_mine *out)
{
    *out = (struct claim_mine){.business = order->business_name,
                               .number = order->number,
                               .placed = order->placed,
                               .until = end_of(order)};
    return referrals_claim_link(request->memory, order->id, &out->link);
}

const struct problem *referrals_claims_show(struct request *request, const struct nothing *input,
                                            struct claims_mine *view)
{
    struct claim_mail_row login;
    struct claim_order_row_list orders = {NULL, 0};
    struct text mark;
    (void)input;
    struct instant since = instant_add(request->now, -ATTRIBUTION_LATE_MAX * DAY);
    const struct problem *problem =
        claim_mail(request->db, request->memory, request->viewer.person, &login);
    view->confirmed = !problem;
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = shop_mail_mark(request->memory, login.mail, &mark);
    if (!problem)
        problem = claim_orders(request->db, request->memory, mark, since, MOST, &orders);
    struct claim_mine *mine = memory_take_array(request->memory, MOST, sizeof *mine);
    if (problem || !mine)
        return problem ? problem : &out_of_memory;
    view->orders = (struct claim_mine_list){mine, 0};
    /* Where no program takes claims, the days are over at once. */
    for (size_t i = 0; !problem && i < orders.count; i++) {
        if (end_of(&orders.items[i]).ms >= request->now.ms)
            problem = mine_of(request, &orders.items[i], &mine[view->orders.count++]);
    }
    return problem;
}

/* ---- routes ----------------------------------------------------------------------------------- */

#define PAGE(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/who-sent/{link}", &referrals_claim_show_handler, ANYONE, .page = PAGE("claim"),
     .api = "/api/v1/referrals/claims/{link}",
     .summary = "Whether an order's buyer can still say who sent them, for who has its link"},
    {POST, "/who-sent/{link}", &referrals_claim_make_handler, ANYONE, .open = true,
     .again = "/who-sent/{link}", .api = "/api/v1/referrals/claims/{link}", .rate = RATE_GUEST,
     .repeat = REPEAT_REFUSED, .summary = "Says who sent an order's buyer, once"},
    {GET, "/me/programs/claims", &referrals_claims_show_handler, SIGNED_IN, .page = PAGE("claims"),
     .api = "/api/v1/me/programs/claims",
     .summary = "One's own orders for which one can still say who sent one"},
    {GET, "/biz/programs/orders/{order}/claim", &referrals_claim_address_show_handler, VIEWER,
     .api = "/api/v1/referrals/orders/{order}/claim",
     .summary = "The address where an order's buyer may say who sent them, for its confirmation"},
};

const struct route_table referrals_claim_routes = {"referrals", ALL(routes)};
