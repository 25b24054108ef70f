/*
 * Hours that were paid in the audit: none pays for more than came, what one left over the next took up, and each has the
 * verdict it needs.
 *
 * Clicks may be held or let count after their hour was paid, so the hour bounds what was paid for and does not equal it.
 * Must not know: how hours are counted. Read next: hours.c, modules/referrals/clicks/audit.c.
 */
#include "base/ids.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/hours/queries.h"
#include "modules/referrals/hours/rows.h"

enum { EVENTS = 1000 };

static void check(struct audit_voice *voice, const struct hours_audit_row *row)
{
    int64_t paid = row->before + row->events - row->rest;
    if (row->events > row->came)
        audit_compare(voice, "hev", row->id.value, "what came in an hour that was paid", row->came,
                      row->events);
    audit_compare(voice, "hev", row->id.value, "what the hour before left over", row->carried,
                  row->before);
    audit_compare(voice, "hev", row->id.value, "the verdicts of an hour", paid > 0 ? 1 : 0,
                  row->verdicts);
}

const struct problem *hours_audit(struct audit_voice *voice, struct database *db,
                                  struct memory *page, int64_t *after, size_t *count)
{
    struct hours_audit_row_list rows = {NULL, 0};
    const struct problem *problem = hours_audit_events(db, page, *after, EVENTS, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        *after = rows.items[i].id.value;
        check(voice, &rows.items[i]);
    }
    return problem;
}
