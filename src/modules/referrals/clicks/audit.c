/*
 * Clicks in the audit: each hour counts those that hang on it, and there are no others.
 *
 * Must not know: how clicks are written. Read next: queries.sql.
 */
#include "modules/referrals/clicks/audit.h"

#include "base/ids.h"
#include "base/shape.h"
#include "modules/referrals/clicks/queries.h"

enum { HOURS = 500, CLICKS = 10000, PAGE_MEMORY = 16 << 20 };

static const struct problem *check_hour(struct audit_voice *voice, struct database *db,
                                        struct memory *memory,
                                        const struct referrals_hour_row *hour)
{
    struct referrals_chain_sums found;
    const struct problem *problem =
        referrals_audit_chain(db, memory, hour->link, hour->hour, &found);
    if (problem)
        return problem;
    audit_compare(voice, "lnk", hour->link, "the clicks of an hour", found.clicks, hour->clicks);
    audit_compare(voice, "lnk", hour->link, "the marked clicks of an hour", found.marked,
                  hour->marked);
    return NULL;
}

/* *counted: clicks of all hours. */
static const struct problem *check_hours(struct audit_voice *voice, struct database *db,
                                         int64_t *counted)
{
    struct referrals_hour_row last = {0};
    const struct problem *problem = NULL;
    for (bool more = true; !problem && more;) {
        struct referrals_hour_row_list hours = {NULL, 0};
        struct memory *memory = memory_create(PAGE_MEMORY);
        problem = memory ? referrals_audit_hours(db, memory, last.link, last.hour, HOURS, &hours)
                         : &out_of_memory;
        for (size_t i = 0; !problem && i < hours.count; i++) {
            last = hours.items[i];
            *counted += last.clicks;
            problem = check_hour(voice, db, memory, &last);
        }
        more = hours.count == HOURS;
        memory_end(memory);
    }
    return problem;
}

static const struct problem *count_clicks(struct database *db, struct memory *memory, int64_t *out)
{
    struct referrals_click_part part = {0};
    const struct problem *problem = NULL;
    do {
        problem = referrals_audit_clicks(db, memory, part.last, CLICKS, &part);
        *out += part.clicks;
    } while (!problem && part.clicks == CLICKS);
    return problem;
}

/* All in one page: what is wrong with the sum is known at the end only. */
const struct problem *clicks_audit(struct audit_voice *voice, struct database *db,
                                   struct memory *page, int64_t *after, size_t *count)
{
    int64_t counted = 0;
    int64_t clicks = 0;
    *count = *after ? 0 : 1;
    if (*after)
        return NULL;
    *after = 1;
    const struct problem *problem = check_hours(voice, db, &counted);
    if (!problem)
        problem = count_clicks(db, page, &clicks);
    if (!problem && counted != clicks)
        audit_say(voice, "clicks: the hours count %lld, and there are %lld", (long long)counted,
                  (long long)clicks);
    return problem;
}

const struct problem *landings_audit(struct audit_voice *voice, struct database *db,
                                     struct memory *page, int64_t *after, size_t *count)
{
    struct referrals_landing_fact_list landings = {NULL, 0};
    const struct problem *problem = referrals_audit_landings(db, page, *after, CLICKS, &landings);
    *count = landings.count;
    for (size_t i = 0; !problem && i < landings.count; i++) {
        *after = landings.items[i].click;
        if (!landings.items[i].known)
            audit_say(voice, "landings: a report is about %s, which there is not",
                      id_text("clk", *after).text);
    }
    return problem;
}
