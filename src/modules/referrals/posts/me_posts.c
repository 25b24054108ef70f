/*
 * A partner's posts: handed in, and what became of them; the routes of both sides.
 *
 * Must not know: how pages are looked at. Read next: hand_in.c, show.c.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/personal/delivery.h"
#include "modules/referrals/posts/pages.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/show.h"

static const struct problem *read_fee(struct request *request, struct posts_page *view,
                                      struct referrals_partner_id partner)
{
    struct instant until;
    struct money fee = {0};
    const struct problem *problem =
        personal_delivery_waits(request->db, request->memory, partner, request->now, &until, &fee);
    if (!problem && until.ms > 0) {
        view->fee = (struct maybe_money){true, fee};
        view->fee_until = (struct maybe_instant){true, until};
    }
    return problem;
}

const struct problem *referrals_posts_show(struct request *request, const struct posts_query *input,
                                           struct posts_page *view)
{
    struct post_part_row part;
    struct post_shown_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        post_part(request->db, request->memory, input->partner, request->viewer.person, &part);
    if (!problem)
        problem = posts_say_rules(request, part.program, &view->gives);
    if (!problem)
        problem = posts_say_words(request->memory, part.words, &view->words);
    if (!problem)
        problem = posts_of_partner(request->db, request->memory, input->partner, before,
                                   POSTS_PAGE + 1, &rows);
    if (!problem)
        problem = read_fee(request, view, input->partner);
    if (!problem)
        problem = posts_show(request, &rows, &view->posts);
    if (problem)
        return problem;
    view->partner = input->partner;
    view->title = part.title;
    if (!part.taken)
        view->gives.count = 0;
    view->taken = (view->gives.count > 0 || view->fee.present) && part.state == PARTNER_ACTIVE &&
                  part.program_state == PROGRAM_RUNNING;
    view->a_day = POSTS_A_DAY;
    for (size_t i = 0; i < view->posts.count; i++)
        view->looking |= view->posts.items[i].found == POST_NOT_LOOKED;
    return list_cut(request->memory, &post_card_shape, &view->posts, POSTS_PAGE, &view->later,
                    "?before=");
}

struct handing_in {
    struct referrals_partner_id partner;
    struct text address;
};

static const struct problem *keep(struct move *move)
{
    const struct handing_in *handing_in = move->context;
    return post_hand_in(move, handing_in->partner, handing_in->address);
}

const struct problem *referrals_post_make(struct request *request, const struct post_input *input,
                                          struct post_made *view)
{
    struct post_part_row part;
    struct handing_in handing_in = {.partner = input->partner};
    struct text site;
    const struct problem *problem =
        post_part(request->db, request->memory, input->partner, request->viewer.person, &part);
    if (!problem)
        problem = mail_site(request->memory, &site);
    if (problem)
        return problem;
    problem = post_address(request->memory, input->address, site, part.hosts, &handing_in.address);
    if (problem)
        return request_blame(request, "address", problem);
    struct move move = {.flow = &post_flow,
                        .by = BY_SUPPLIER,
                        .actor = request->viewer.person,
                        .at = request->now,
                        .note = handing_in.address,
                        .context = &handing_in};
    struct once once = {request->viewer.person, request->once,
                        text_format(request->memory, "post %lld %.*s",
                                    (long long)input->partner.value,
                                    TEXT_ARGS(handing_in.address))};
    problem = flow_once(request->store, request->memory, &move, &once, keep);
    if (problem)
        return request_blame(request, "address", problem);
    view->post.value = move.subject;
    request_go_saying(request, "referrals.post_made", "/me/programs/%s/posts",
                      id_text("rpt", input->partner.value).text);
    return NULL;
}

/* ---- routes ----------------------------------------------------------------------------------- */

#define PAGE_OF(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/programs/{partner}/posts", &referrals_posts_show_handler, SIGNED_IN,
     .page = PAGE_OF("posts"), .api = "/api/v1/me/programs/{partner}/posts",
     .summary = "Posts on pages of the reader's own, what was found there and what they gave"},
    {POST, "/me/programs/{partner}/posts", &referrals_post_make_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/posts", .api = "/api/v1/me/programs/{partner}/posts",
     .once = true, .summary = "Hands in the address of a post; it is looked at within a moment"},
    {GET, "/biz/programs/{program}/posts", &referrals_posts_biz_show_handler, VIEWER,
     .page = PAGE_OF("biz-posts"), .api = "/api/v1/biz/programs/{program}/posts",
     .summary = "Posts of a program's partners, what was found there, and how it takes them"},
    {POST, "/biz/programs/{program}/posts", &referrals_posts_set_handler, BUYER,
     .again = "/biz/programs/{program}/posts", .api = "/api/v1/biz/programs/{program}/posts",
     .repeat = REPEAT_SAME,
     .summary = "Says whether partners may hand posts in, and which words must stand on the page"},
    {POST, "/biz/programs/{program}/posts/{post}/reject", &referrals_post_reject_handler, BUYER,
     .again = "/biz/programs/{program}/posts",
     .api = "/api/v1/biz/programs/{program}/posts/{post}/reject", .repeat = REPEAT_REFUSED,
     .summary = "Does not want a post; what was given for it comes back to the budget"},
    {POST, "/me/programs/{partner}/posts/{post}/appeal", &referrals_post_appeal_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/posts",
     .api = "/api/v1/me/programs/{partner}/posts/{post}/appeal", .repeat = REPEAT_SAME,
     .summary = "Disagrees with a business that does not want a post, once"},
    {POST, "/biz/programs/{program}/posts/{post}/readmit", &referrals_post_readmit_handler, BUYER,
     .again = "/biz/programs/{program}/posts",
     .api = "/api/v1/biz/programs/{program}/posts/{post}/readmit", .repeat = REPEAT_REFUSED,
     .summary = "Takes a post after all; it is looked at again, and paid as any other"},
    {POST, "/biz/programs/{program}/posts/{post}/uphold", &referrals_post_uphold_handler, BUYER,
     .again = "/biz/programs/{program}/posts",
     .api = "/api/v1/biz/programs/{program}/posts/{post}/uphold", .repeat = REPEAT_REFUSED,
     .summary = "Answers an appeal: the post is not wanted"},
    {GET, "/desk/posts", &referrals_posts_desk_show_handler, MODERATOR,
     .page = PAGE_OF("desk-posts"), .api = "/api/v1/desk/posts",
     .summary = "Posts of all programs about which somebody disagrees, the newest first"},
    {POST, "/desk/posts/{post}/readmit", &referrals_post_desk_readmit_handler, MODERATOR,
     .again = "/desk/posts", .api = "/api/v1/desk/posts/{post}/readmit", .repeat = REPEAT_REFUSED,
     .summary = "Takes a post that a business does not want; it is paid as any other"},
    {POST, "/desk/posts/{post}/uphold", &referrals_post_desk_uphold_handler, MODERATOR,
     .again = "/desk/posts", .api = "/api/v1/desk/posts/{post}/uphold", .repeat = REPEAT_REFUSED,
     .summary = "Answers an appeal: the post stays unwanted"},
};
const struct route_table referrals_post_routes = {"referrals", ALL(routes)};
