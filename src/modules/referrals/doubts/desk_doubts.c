/*
 * The intermediary's side of doubts: appeals of all programs. Moves note themselves.
 *
 * Must not know: rules. Read next: states.c.
 */
#include "modules/referrals/doubts/page_queries.h"
#include "modules/referrals/doubts/pages.shapes.h"
#include "modules/referrals/doubts/show.h"

const struct problem *doubts_desk_show(struct request *request,
                                       const struct doubts_desk_query *input,
                                       struct doubts_desk *view)
{
    struct doubt_page_row_list rows;
    const struct problem *problem = doubts_appealed(
        request->db, request->memory, input->before.present ? input->before.value.value : INT64_MAX,
        DOUBTS_PAGE + 1, &rows);
    if (!problem)
        problem = doubts_show(request, READS_OTHERS, &rows, &view->doubts);
    return problem ? problem
                   : list_cut(request->memory, &doubt_shown_shape, &view->doubts, DOUBTS_PAGE,
                              &view->later, "?before=");
}

static const struct problem *decide(struct request *request, const struct doubt_desk_input *input,
                                    enum doubt_event event, const char *notice)
{
    struct move move = {.flow = &doubt_flow,
                        .subject = input->doubt.value,
                        .event = (int)event,
                        .by = BY_OPERATOR,
                        .note =
                            input->answer.present ? text_trim(input->answer.value) : text_of("")};
    if (event == DOUBT_REFUSE && move.note.size == 0)
        return request_refuse(request, "answer", "referrals.doubt.say_why_not");
    const struct problem *problem = request_move(request, &move);
    if (problem)
        return request_blame(request, "answer", problem);
    request_go_saying(request, notice, "/desk/appeals");
    return NULL;
}

const struct problem *doubt_desk_pass(struct request *request, const struct doubt_desk_input *input,
                                      struct nothing *view)
{
    (void)view;
    return decide(request, input, DOUBT_PASS, "referrals.passed");
}

const struct problem *doubt_desk_refuse(struct request *request,
                                        const struct doubt_desk_input *input, struct nothing *view)
{
    (void)view;
    return decide(request, input, DOUBT_REFUSE, "referrals.refused");
}
