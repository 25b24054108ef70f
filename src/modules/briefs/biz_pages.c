/*
 * A business's side: its briefs, a new one, and ending one.
 *
 * Must not know: answers. Read next: compare_pages.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "modules/briefs/pages.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"

enum { PAGE = 20 };

const struct problem *briefs_own_list_show(struct request *request,
                                           const struct briefs_list_query *input,
                                           struct briefs_list *view)
{
    struct briefs_brief_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = briefs_briefs_of(
        request->db, request->memory, request->viewer.organisation, before, PAGE + 1, &rows);
    return problem ? problem : briefs_cards_of(request->memory, &rows, "/biz/briefs", view);
}

const struct problem *briefs_new_show(struct request *request, const struct nothing *input,
                                      struct briefs_new_view *view)
{
    struct ledger_balance balance;
    (void)input;
    const struct problem *problem =
        ledger_balance(request->db, request->memory, request->viewer.organisation, ACCOUNT_WALLET,
                       setting_currency("site.currency"), &balance);
    if (problem)
        return problem;
    view->currency = setting_text("site.currency");
    view->free = balance.free;
    return NULL;
}

/* The names typed, one a line; a line break inside one would make two of it. */
static const struct problem *join_criteria(struct memory *memory,
                                           const struct briefs_new_input *input, struct text *out)
{
    const struct maybe_text typed[BRIEFS_CRITERIA] = {input->criterion_1, input->criterion_2,
                                                      input->criterion_3, input->criterion_4,
                                                      input->criterion_5, input->criterion_6};
    struct builder names = builder_make(memory, 2000);
    for (size_t i = 0; i < BRIEFS_CRITERIA; i++) {
        struct text name = typed[i].present ? text_trim(typed[i].value) : text_of("");
        if (text_empty(name))
            continue;
        if (names.size)
            builder_add_char(&names, '\n');
        for (size_t at = 0; at < name.size; at++)
            builder_add_char(&names, name.data[at] == '\n' ? ' ' : name.data[at]);
    }
    return builder_end(&names, out);
}

const struct problem *briefs_new_publish(struct request *request,
                                         const struct briefs_new_input *input,
                                         struct briefs_published *view)
{
    struct briefs_publication publication = {
        .organisation = request->viewer.organisation,
        .person = request->viewer.person,
        .title = text_trim(input->title),
        .body = text_trim(input->body),
        .wanted = input->wanted,
        .budget = input->budget,
        .until = briefs_deadline(input->until),
        .once = request->once,
    };
    if (!briefs_deadline_fits(publication.until, request->now))
        return request_refuse(request, "until", "briefs.rule.deadline");
    if (!currency_equal(input->budget.currency, setting_currency("site.currency")))
        return request_refuse(request, "budget", "problem.ledger.wrong_currency");
    const struct problem *problem = join_criteria(request->memory, input, &publication.criteria);
    if (!problem)
        problem = briefs_publish(request->store, request->memory, &publication, request->now,
                                 &view->brief);
    if (problem)
        return problem;
    request_go_saying(request, "briefs.published", "/biz/briefs/%s",
                      id_text("cal", view->brief.value).text);
    return NULL;
}

const struct problem *briefs_own_close(struct request *request,
                                       const struct briefs_brief_query *input,
                                       struct briefs_ended *view)
{
    (void)view;
    const struct problem *problem =
        briefs_close(request->store, request->memory, input->brief, request->viewer.organisation,
                     request->viewer.person, request->now);
    if (problem)
        return problem;
    request_go_saying(request, "briefs.closed", "/biz/briefs/%s",
                      id_text("cal", input->brief.value).text);
    return NULL;
}

const struct problem *briefs_count_for_menu(struct request *request, int64_t *out)
{
    struct briefs_count counted;
    const struct problem *problem =
        briefs_count_waiting(request->db, request->memory, request->viewer.organisation, &counted);
    if (!problem)
        *out = counted.number;
    return problem;
}
