/*
 * The module's part of the audit: each accepted answer ended in one deal of the same call and price,
 * which granted one right and took that price and the fees it was given under; each brief counts what was accepted.
 *
 * Must not know: what kind of deal it is. Read next: queries.sql.
 */
#include "base/ids.h"
#include "core/offering.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/tell.h"

/* Who hears, and how many lines they heard. */
struct hearing {
    const struct ledger_audit_listener *listener;
    struct memory *memory; /* of one page of rows */
    int64_t count;
};

static void compare(struct hearing *hearing, const char *prefix, int64_t id, const char *what,
                    int64_t expected, int64_t found)
{
    if (expected == found)
        return;
    struct id_text name = id_text(prefix, id);
    struct text line = text_format(hearing->memory, "%s: %s should be %lld and is %lld", name.text,
                                   what, (long long)expected, (long long)found);
    hearing->count++;
    hearing->listener->hear(hearing->listener->context, line.data ? line.data : name.text);
}

/* What was paid is what the rules say that the answer was given under, whatever they are today. */
static const struct problem *check_paid(struct hearing *hearing, const struct briefs_audit_row *row)
{
    const struct offering_kind *kind = offering_named("photo");
    struct money pays;
    if (!kind || !row->fees.present)
        return NULL;
    const struct problem *problem = kind->pays(hearing->memory, row->fees, row->price, &pays);
    if (problem == &ledger_wrong_currency) /* the rules were in the currency of another day */
        return NULL;
    if (!problem)
        compare(hearing, "del", row->deal.value, "what left the buyer's wallet with its fees",
                pays.minor, row->paid);
    return problem;
}

/* One page of rows after *after; *more says whether there may be others. */
static const struct problem *check_offers(struct database *db, struct hearing *hearing,
                                          int64_t *after, bool *more)
{
    struct briefs_audit_row_list rows;
    const struct problem *problem = briefs_audit_offers(db, hearing->memory, *after, &rows);
    if (problem)
        return problem;
    for (size_t i = 0; i < rows.count; i++) {
        const struct briefs_audit_row *row = &rows.items[i];
        int64_t id = row->deal.value;
        compare(hearing, "del", id, "the number of its licence deals", 1, row->deals);
        compare(hearing, "del", id, "the number of rights that passed", 1, row->rights);
        compare(hearing, "del", id, "what left the buyer's wallet for the price", row->price.minor,
                row->taken);
        problem = check_paid(hearing, row);
        if (problem)
            return problem;
        *after = id;
    }
    *more = rows.count > 0;
    return NULL;
}

static const struct problem *check_briefs(struct database *db, struct hearing *hearing,
                                          int64_t *after, bool *more)
{
    struct briefs_audit_brief_row_list rows;
    const struct problem *problem = briefs_audit_briefs(db, hearing->memory, *after, &rows);
    if (problem)
        return problem;
    for (size_t i = 0; i < rows.count; i++) {
        const struct briefs_audit_brief_row *row = &rows.items[i];
        compare(hearing, "cal", row->call.value, "the number of accepted answers", row->counted,
                row->accepted);
        *after = row->call.value;
    }
    *more = rows.count > 0;
    return NULL;
}

typedef const struct problem *page_check(struct database *db, struct hearing *hearing,
                                         int64_t *after, bool *more);

static const struct problem *check_all(struct database *db, struct memory *memory,
                                       const struct ledger_audit_listener *listener,
                                       page_check *check, int64_t *discrepancies)
{
    int64_t after = 0;
    for (bool more = true; more;) {
        struct memory *page = memory_scratch(memory);
        if (!page)
            return &out_of_memory;
        struct hearing hearing = {listener, page, 0};
        const struct problem *problem = check(db, &hearing, &after, &more);
        *discrepancies += hearing.count;
        memory_end(page);
        if (problem)
            return problem;
    }
    return NULL;
}

const struct problem *briefs_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies)
{
    *discrepancies = 0;
    const struct problem *problem = check_all(db, memory, listener, check_offers, discrepancies);
    return problem ? problem : check_all(db, memory, listener, check_briefs, discrepancies);
}
