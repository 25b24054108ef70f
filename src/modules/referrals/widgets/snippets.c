/*
 * What a business copies into its pages, with its program filled in.
 *
 * Read next: pages/snippets.html.
 */
#include "core/mail/mail.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/widgets/widgets.h"

const struct problem *referrals_snippets_show(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct referrals_snippets *view)
{
    struct portal_biz_row row;
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &row);
    if (!problem)
        problem = mail_site(request->memory, &view->site);
    if (problem)
        return problem;
    view->program = row.program;
    view->title = row.title;
    view->business = request->viewer.organisation;
    return NULL;
}
