/*
 * Posts of a program: how it takes them, and those it does not want.
 *
 * Must not know: how pages are looked at. Read next: states.c, show.c.
 */
#include "base/ids.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/posts/pages.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/show.h"

const struct problem *referrals_posts_biz_show(struct request *request,
                                               const struct posts_biz_query *input,
                                               struct posts_biz_page *view)
{
    struct portal_biz_row program;
    struct post_terms_row terms = {.words = text_of("")};
    struct post_shown_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &program);
    if (problem)
        return problem;
    problem = post_terms_of(request->db, request->memory, input->program, &terms);
    if (problem && problem != &not_found)
        return problem;
    problem = posts_say_words(request->memory, text_of(""), &view->usual);
    if (!problem)
        problem = posts_say_rules(request, input->program, &view->gives);
    if (!problem)
        problem = posts_of_program(request->db, request->memory, input->program, before,
                                   POSTS_PAGE + 1, &rows);
    if (!problem)
        problem = posts_show(request, &rows, &view->posts);
    if (problem)
        return problem;
    view->program = program.program;
    view->title = program.title;
    view->taken = terms.taken;
    view->words = terms.words;
    return list_cut(request->memory, &post_card_shape, &view->posts, POSTS_PAGE, &view->later,
                    "?before=");
}

static const struct problem *set_terms(struct database *db, struct memory *memory, void *context)
{
    return post_terms_set(db, memory, context);
}

const struct problem *referrals_posts_set(struct request *request,
                                          const struct post_terms_input *input,
                                          struct nothing *view)
{
    struct portal_owned owned;
    struct post_terms_row terms = {input->program, input->taken,
                                   input->words.present ? text_trim(input->words.value)
                                                        : text_of("")};
    (void)view;
    const struct problem *problem = portal_program_of(request->db, request->memory, input->program,
                                                      request->viewer.organisation, &owned);
    if (!problem)
        problem = store_write(request->store, request->memory, set_terms, &terms);
    if (!problem)
        request_go_saying(request, "referrals.post_terms", "/biz/programs/%s/posts",
                          id_text("prg", input->program.value).text);
    return problem;
}

const struct problem *referrals_post_reject(struct request *request,
                                            const struct post_reject_input *input,
                                            struct nothing *view)
{
    struct post_hit hit;
    struct move move = {.flow = &post_flow,
                        .subject = input->post.value,
                        .event = POST_REJECT,
                        .by = BY_BUYER,
                        .note = text_trim(input->said)};
    (void)view;
    const struct problem *problem =
        post_of_business(request->db, request->memory, input->post, input->program,
                         request->viewer.organisation, &hit);
    if (problem)
        return problem;
    if (move.note.size == 0)
        return request_refuse(request, "said", "referrals.posts.say_why");
    problem = request_move(request, &move);
    if (problem)
        return request_blame(request, "said", problem);
    request_go_saying(request, "referrals.post_rejected", "/biz/programs/%s/posts",
                      id_text("prg", input->program.value).text);
    return NULL;
}
