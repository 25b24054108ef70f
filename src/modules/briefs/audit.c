/*
 * The module's part of the audit: each accepted answer ended in one deal of the same call and price,
 * which granted one right and took that price and the fees it was given under; each brief counts what was
 * accepted.
 *
 * Must not know: what kind of deal it is. Read next: queries.sql.
 */
#include "core/offering.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/tell.h"

/* What was paid is what the rules say that the answer was given under, whatever they are today. */
static const struct problem *check_paid(struct audit_voice *voice, struct memory *page,
                                        const struct briefs_audit_row *row)
{
    const struct offering_kind *kind = offering_named("photo");
    struct money pays;
    if (!kind || !row->fees.present)
        return NULL;
    const struct problem *problem = kind->pays(page, row->fees, row->price, &pays);
    if (problem == &ledger_wrong_currency) /* the rules were in the currency of another day */
        return NULL;
    if (!problem)
        audit_compare(voice, "del", row->deal.value, "what left the buyer's wallet with its fees",
                      pays.minor, row->paid);
    return problem;
}

static const struct problem *check_offers(struct audit_voice *voice, struct database *db,
                                          struct memory *page, int64_t *after, size_t *count)
{
    struct briefs_audit_row_list rows = {NULL, 0};
    const struct problem *problem = briefs_audit_offers(db, page, *after, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct briefs_audit_row *row = &rows.items[i];
        int64_t id = row->deal.value;
        audit_compare(voice, "del", id, "the number of its licence deals", 1, row->deals);
        audit_compare(voice, "del", id, "the number of rights that passed", 1, row->rights);
        audit_compare(voice, "del", id, "what left the buyer's wallet for the price",
                      row->price.minor, row->taken);
        problem = check_paid(voice, page, row);
        *after = id;
    }
    return problem;
}

static const struct problem *check_briefs(struct audit_voice *voice, struct database *db,
                                          struct memory *page, int64_t *after, size_t *count)
{
    struct briefs_audit_brief_row_list rows = {NULL, 0};
    const struct problem *problem = briefs_audit_briefs(db, page, *after, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct briefs_audit_brief_row *row = &rows.items[i];
        audit_compare(voice, "cal", row->call.value, "the number of accepted answers", row->counted,
                      row->accepted);
        *after = row->call.value;
    }
    return problem;
}

const struct problem *briefs_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_offers, check_briefs};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
