/*
 * What of obligations waits: sums that a reader owes and whose day has come, plans that wait for their word.
 *
 * Must not know: where it is shown. Read next: core/waiting.h.
 */
#include "base/ids.h"
#include "core/owed/obligation_lines.h"
#include "core/owed/obligation_page_queries.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "web/words.h"

static struct waiting sum_waits(struct request *request, enum portal portal,
                                const struct calendar_line *line)
{
    bool late = line->state == OBLIGATION_LATE;
    const struct word_argument arguments[] = {
        {.name = "rest", .kind = FIELD_MONEY, .money = line->rest},
        {.name = "who", .kind = FIELD_TEXT, .text = line->who},
        {.name = "what", .kind = FIELD_TEXT, .text = line->what},
        {.name = "date", .kind = FIELD_INSTANT, .instant = line->due.value},
        {.name = "why", .kind = FIELD_TEXT, .text = line->why},
    };
    return (struct waiting){
        .turn = line->may_pay,
        .what = words_text(request->memory, request->language,
                           late ? "obligation.waits.late" : "obligation.waits.due", arguments, 2),
        .why = words_text(request->memory, request->language, "obligation.waits.why", &arguments[2],
                          3),
        .href = text_of(portal == PORTAL_BIZ ? "/biz/calendar" : "/me/calendar"),
        .action = words_text(request->memory, request->language, "obligation.waits.do", NULL, 0),
    };
}

static const struct problem *sums_wait(struct request *request, enum portal portal,
                                       const struct obligation_side *side,
                                       struct waiting_said *said)
{
    struct obligation_listed_list rows;
    const struct problem *problem = obligations_waiting_for(
        request->db, request->memory, side->party, words_day_of(request->now), &rows);
    for (size_t i = 0; !problem && i < rows.count; i++) {
        struct calendar_line line;
        problem = obligation_line(request, side, &rows.items[i], &line);
        if (!problem)
            waiting_add(said, sum_waits(request, portal, &line));
    }
    return problem;
}

static struct waiting plan_waits(struct request *request, enum portal portal, bool turn,
                                 const struct plan_line *plan)
{
    const struct word_argument arguments[] = {
        {.name = "who", .kind = FIELD_TEXT, .text = plan->creditor},
        {.name = "what", .kind = FIELD_TEXT, .text = plan->what},
        {.name = "terms", .kind = FIELD_TEXT, .text = plan->terms},
    };
    return (struct waiting){
        .turn = turn,
        .what = words_text(request->memory, request->language, "plan.waits", arguments, 1),
        .why = words_text(request->memory, request->language, "plan.waits_why", &arguments[1], 2),
        .href = text_format(request->memory, "/%s/plans/%s", portal == PORTAL_BIZ ? "biz" : "me",
                            id_text("pln", plan->plan.value).text),
        .action = words_text(request->memory, request->language, "calendar.look", NULL, 0),
    };
}

/* Those whose day has come leave at least two places to plans. */
static const struct problem *plans_wait(struct request *request, enum portal portal,
                                        const struct obligation_side *side,
                                        struct waiting_said *said)
{
    struct plan_listed_list rows;
    struct plan_line_list plans;
    const struct problem *problem =
        plans_proposed_to(request->db, request->memory, side->party, &rows);
    if (problem)
        return problem;
    if (rows.count > WAITING_EACH - said->count)
        rows.count = WAITING_EACH - said->count;
    problem = plan_lines(request, &rows, &plans);
    for (size_t i = 0; !problem && i < plans.count; i++)
        waiting_add(said, plan_waits(request, portal, side->may_pay, &plans.items[i]));
    return problem;
}

const struct problem *obligation_waits(struct request *request, enum portal portal,
                                       struct waiting_said *said)
{
    bool business = portal == PORTAL_BIZ;
    struct obligation_side side = {
        .party = business ? request->viewer.organisation : request->viewer.person,
        .may_pay = !business || request->viewer.role >= MEMBER_BUYER,
    };
    if (portal != PORTAL_ME && !business)
        return NULL;
    const struct problem *problem = sums_wait(request, portal, &side, said);
    return problem ? problem : plans_wait(request, portal, &side, said);
}
