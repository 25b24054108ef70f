/*
 * A partner's side of doubts: what was held or rejected, and saying why it should count.
 *
 * Must not know: who decides. Read next: states.c.
 */
#include "base/ids.h"
#include "modules/referrals/doubts/page_queries.h"
#include "modules/referrals/doubts/pages.shapes.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/doubts/show.h"

const struct problem *doubts_of_partner(struct request *request,
                                        struct referrals_partner_id partner, int64_t before,
                                        int64_t most, struct doubt_shown_list *out)
{
    struct doubt_part_row part;
    struct doubt_page_row_list rows;
    const struct problem *problem =
        doubt_part(request->db, request->memory, partner, request->viewer.person, &part);
    if (!problem)
        problem = doubts_of_person(request->db, request->memory, part.person, part.program, before,
                                   most, &rows);
    return problem ? problem : doubts_show(request, READS_OWN, &rows, out);
}

const struct problem *doubts_mine_show(struct request *request, const struct doubts_query *input,
                                       struct doubts_mine *view)
{
    struct doubt_part_row part;
    const struct problem *problem =
        doubt_part(request->db, request->memory, input->partner, request->viewer.person, &part);
    if (!problem)
        problem = doubts_of_partner(request, input->partner,
                                    input->before.present ? input->before.value.value : INT64_MAX,
                                    DOUBTS_PAGE + 1, &view->doubts);
    if (problem)
        return problem;
    view->partner = input->partner;
    view->title = part.title;
    return list_cut(request->memory, &doubt_shown_shape, &view->doubts, DOUBTS_PAGE, &view->later,
                    "?before=");
}

/* The same words again are the same appeal. */
static bool said_already(const struct doubt_row *row, struct text said)
{
    return row->state == DOUBT_APPEALED && text_equal(row->said, said);
}

const struct problem *doubt_appeal_make(struct request *request,
                                        const struct doubt_appeal_input *input,
                                        struct nothing *view)
{
    struct doubt_part_row part;
    struct doubt_hit hit;
    struct doubt_row row;
    struct move move = {.flow = &doubt_flow,
                        .subject = input->doubt.value,
                        .event = DOUBT_APPEAL,
                        .by = BY_SUPPLIER,
                        .note = text_trim(input->said)};
    const struct problem *problem =
        doubt_part(request->db, request->memory, input->partner, request->viewer.person, &part);
    (void)view;
    if (!problem)
        problem = doubt_of_part(request->db, request->memory, input->doubt, part.person,
                                part.program, &hit);
    if (!problem)
        problem = doubt_by_id(request->db, request->memory, input->doubt, &row);
    if (problem)
        return problem;
    if (move.note.size == 0)
        return request_refuse(request, "said", "referrals.doubt.say_why");
    if (!said_already(&row, move.note))
        problem = request_move(request, &move);
    if (problem)
        return request_blame(request, "said", problem);
    request_go_saying(request, "referrals.appealed", "/me/programs/%s/doubts",
                      id_text("rpt", input->partner.value).text);
    return NULL;
}
