/*
 * What the books must say about obligations and plans.
 *
 * Every obligation has its postings, with its amounts and no others: what they took from the debtor is
 * what it says was paid, a paid one has nothing left, and each payment names a posting about it. Every
 * plan has the obligations it says it made, which add up to its schedule, and one that is over has none
 * that is open. Must not know: how they are posted; it compares rows. Read next: ledger/audit.c.
 */
#include "base/ids.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"

static bool is_right(const struct obligation_odd *odd)
{
    bool paid = text_is(odd->state, "paid");
    return odd->parts_minor == odd->paid_minor && odd->posted_minor == odd->paid_minor &&
           (paid ? odd->rest_minor == 0 : odd->rest_minor > 0);
}

static const struct problem *check_obligations(struct audit_voice *voice, struct database *db,
                                               struct memory *page, int64_t *after, size_t *count)
{
    struct obligation_odd_list list = {NULL, 0};
    const struct problem *problem =
        obligations_audited(db, page, (struct obligation_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        const struct obligation_odd *odd = &list.items[i];
        *after = odd->id.value;
        if (is_right(odd))
            continue;
        audit_say(voice,
                  "obligation %s: is %.*s with %lld paid and %lld left, its payments say %lld, "
                  "its postings %lld",
                  id_text("obl", odd->id.value).text, TEXT_ARGS(odd->state),
                  (long long)odd->paid_minor, (long long)odd->rest_minor,
                  (long long)odd->parts_minor, (long long)odd->posted_minor);
    }
    return problem;
}

static bool plan_is_right(const struct plan_row *plan, const struct plan_odd *odd)
{
    struct schedule schedule = plan_schedule(plan);
    struct money sum;
    bool complete = odd->number == odd->made || plan->term == PLAN_INTEREST;
    bool over = plan->state != PLAN_RUNNING;
    return complete && schedule_total(&schedule, odd->made, &sum) &&
           sum.minor == odd->amount_minor && !(over && odd->open > 0) &&
           (over || odd->open > 0 || plan->next > 0);
}

static const struct problem *check_plans(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct plan_odd_list list = {NULL, 0};
    const struct problem *problem = plans_audited(db, page, (struct plan_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        const struct plan_odd *odd = &list.items[i];
        struct plan_row plan;
        *after = odd->id.value;
        problem = plan_by_id(db, page, odd->id, &plan);
        if (problem || plan_is_right(&plan, odd))
            continue;
        audit_say(voice,
                  "plan %s: is %.*s with %lld of %lld obligations, %lld of them open, and their "
                  "sum %lld is not that of its schedule",
                  id_text("pln", odd->id.value).text, TEXT_ARGS(odd->state), (long long)odd->number,
                  (long long)odd->made, (long long)odd->open, (long long)odd->amount_minor);
    }
    return problem;
}

const struct problem *obligation_audit(struct database *db, struct memory *memory,
                                       const struct ledger_audit_listener *listener,
                                       int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_obligations, check_plans};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
