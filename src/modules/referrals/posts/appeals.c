/*
 * Appeals about posts: a partner disagrees, the business or the intermediary decides.
 *
 * Must not know: how a post is paid. Read next: states.c, show.c.
 */
#include "base/ids.h"
#include "modules/referrals/posts/pages.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/show.h"

/* ---- a partner -------------------------------------------------------------------------------- */

const struct problem *referrals_post_appeal(struct request *request,
                                            const struct post_appeal_input *input,
                                            struct nothing *view)
{
    struct post_hit hit;
    struct post_row post;
    struct move move = {.flow = &post_flow,
                        .subject = input->post.value,
                        .event = POST_APPEAL,
                        .by = BY_SUPPLIER,
                        .note = text_trim(input->appeal)};
    (void)view;
    const struct problem *problem = post_of_partner(request->db, request->memory, input->post,
                                                    input->partner, request->viewer.person, &hit);
    if (!problem)
        problem = post_by_id(request->db, request->memory, input->post, &post);
    if (problem)
        return problem;
    /* The same words again are the same appeal. */
    if (post.state != POST_APPEALED || !text_equal(post.appeal, move.note))
        problem = request_move(request, &move);
    if (problem)
        return request_blame(request, "appeal", problem);
    request_go_saying(request, "referrals.appealed", "/me/programs/%s/posts",
                      id_text("rpt", input->partner.value).text);
    return NULL;
}

/* ---- who decides ------------------------------------------------------------------------------ */

struct decision {
    struct post_id post;
    struct maybe_text answer;
    enum post_event event;
    unsigned by; /* BY_BUYER or BY_OPERATOR */
};

static const struct problem *decide(struct request *request, const struct decision *decision)
{
    struct move move = {.flow = &post_flow,
                        .subject = decision->post.value,
                        .event = (int)decision->event,
                        .by = decision->by,
                        .note = decision->answer.present ? text_trim(decision->answer.value)
                                                         : text_of("")};
    if (decision->event == POST_UPHOLD && move.note.size == 0)
        return request_refuse(request, "answer", "referrals.posts.say_why");
    const struct problem *problem = request_move(request, &move);
    return problem ? request_blame(request, "answer", problem) : NULL;
}

static const struct problem *decide_biz(struct request *request,
                                        const struct post_decide_input *input,
                                        enum post_event event, const char *notice)
{
    struct post_hit hit;
    const struct decision decision = {
        .post = input->post, .answer = input->answer, .event = event, .by = BY_BUYER};
    const struct problem *problem =
        post_of_business(request->db, request->memory, input->post, input->program,
                         request->viewer.organisation, &hit);
    if (!problem)
        problem = decide(request, &decision);
    if (!problem)
        request_go_saying(request, notice, "/biz/programs/%s/posts",
                          id_text("prg", input->program.value).text);
    return problem;
}

const struct problem *referrals_post_readmit(struct request *request,
                                             const struct post_decide_input *input,
                                             struct nothing *view)
{
    (void)view;
    return decide_biz(request, input, POST_READMIT, "referrals.post_readmitted");
}

const struct problem *referrals_post_uphold(struct request *request,
                                            const struct post_decide_input *input,
                                            struct nothing *view)
{
    (void)view;
    return decide_biz(request, input, POST_UPHOLD, "referrals.post_upheld");
}

/* ---- the intermediary ------------------------------------------------------------------------- */

const struct problem *referrals_posts_desk_show(struct request *request,
                                                const struct posts_desk_query *input,
                                                struct posts_desk_page *view)
{
    struct post_shown_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        posts_appealed(request->db, request->memory, before, POSTS_PAGE + 1, &rows);
    if (!problem)
        problem = posts_show(request, &rows, &view->posts);
    return problem ? problem
                   : list_cut(request->memory, &post_card_shape, &view->posts, POSTS_PAGE,
                              &view->later, "?before=");
}

static const struct problem *decide_desk(struct request *request,
                                         const struct post_desk_input *input, enum post_event event,
                                         const char *notice)
{
    const struct decision decision = {
        .post = input->post, .answer = input->answer, .event = event, .by = BY_OPERATOR};
    const struct problem *problem = decide(request, &decision);
    if (!problem)
        request_go_saying(request, notice, "/desk/posts");
    return problem;
}

const struct problem *referrals_post_desk_readmit(struct request *request,
                                                  const struct post_desk_input *input,
                                                  struct nothing *view)
{
    (void)view;
    return decide_desk(request, input, POST_READMIT, "referrals.post_readmitted");
}

const struct problem *referrals_post_desk_uphold(struct request *request,
                                                 const struct post_desk_input *input,
                                                 struct nothing *view)
{
    (void)view;
    return decide_desk(request, input, POST_UPHOLD, "referrals.post_upheld");
}
