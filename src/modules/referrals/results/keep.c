/*
 * Adds to the sums.
 *
 * Must not know: how they are shown. Read next: queries.sql, page.c.
 */
#include "base/log.h"
#include "modules/referrals/results/digest.h"
#include "modules/referrals/results/queries.h"
#include "modules/referrals/results/rows.h"

enum { TOGETHER = 500 /* partners looked at in one write */ };

int64_t results_day(struct instant at)
{
    return at.ms / DAY;
}

int64_t results_month(struct instant at)
{
    struct civil civil = civil_of(at);
    return (int64_t)civil.year * 12 + civil.month - 1;
}

/* ---- before the first order ------------------------------------------------------------------- */

static const struct problem *add_view(struct database *db, struct memory *memory, void *context)
{
    return results_add(db, memory, context);
}

void results_viewed(struct store *store, struct memory *memory, struct program_id program,
                    struct instant at)
{
    struct results_added added = {.program = program, .day = results_day(at), .views = 1};
    const struct problem *problem = store_write(store, memory, add_view, &added);
    if (problem)
        log_write(LOG_WARNING, "referrals.view_not_counted", "problem=%s", problem->name);
}

static const struct problem *add_facts(struct database *db, struct memory *memory,
                                       const struct results_came_row *came,
                                       struct results_audience_added added)
{
    added.fact = text_of("came");
    added.value = came->came;
    const struct problem *problem = results_audience_add(db, memory, &added);
    added.fact = text_of("language");
    added.value = came->language;
    return problem ? problem : results_audience_add(db, memory, &added);
}

const struct problem *results_joined(struct database *db, struct memory *memory,
                                     const struct program_row *program,
                                     struct referrals_partner_id partner, struct instant at)
{
    struct results_added day = {.program = program->id, .day = results_day(at), .joined = 1};
    struct results_audience_added who = {.program = program->id, .joined = 1};
    struct results_came_row came;
    const struct problem *problem =
        results_note_joined(db, memory, partner, program->version, &came);
    if (!problem)
        problem = results_add(db, memory, &day);
    if (!problem)
        problem = results_tomorrow(db, memory, program->id, at);
    return problem ? problem : add_facts(db, memory, &came, who);
}

const struct problem *results_signed_up(struct database *db, struct memory *memory,
                                        struct program_id program,
                                        struct referrals_partner_id partner,
                                        struct customer_id customer, struct instant at)
{
    struct results_added day = {.program = program, .day = results_day(at), .signups = 1};
    struct results_touched_row touched;
    const struct problem *problem = results_touched(db, memory, program, customer, &touched);
    if (problem != &not_found)
        return problem;
    problem = results_add(db, memory, &day);
    return problem ? problem : results_brought_signup(db, memory, partner);
}

/* ---- orders ----------------------------------------------------------------------------------- */

/* Of the months of a customer: the first, and how many this order is after it. */
static const struct problem *find_cohort(struct database *db, struct memory *memory,
                                         const struct results_order *order,
                                         struct results_cohort_added *out)
{
    struct results_first_row first;
    int64_t month = results_month(order->at);
    const struct problem *problem =
        results_first(db, memory, order->program, order->customer, &first);
    bool known = !problem;
    /* Orders that come late, by file say, can be older than the first that was known. */
    out->month = known ? first.cohort : month;
    out->later = known && month > first.cohort ? month - first.cohort : 0;
    out->customers = known ? 0 : 1;
    return problem == &not_found ? NULL : problem;
}

const struct problem *results_ordered(struct database *db, struct memory *memory,
                                      const struct results_order *order)
{
    struct results_added day = {.program = order->program,
                                .day = results_day(order->at),
                                .orders = 1,
                                .customers = order->first ? 1 : 0,
                                .value_minor = order->total_minor};
    struct results_cohort_added cohort = {
        .program = order->program, .orders = 1, .value_minor = order->total_minor};
    struct results_audience_added where = {.program = order->program,
                                           .fact = text_of("country"),
                                           .value = order->country,
                                           .orders = 1,
                                           .value_minor = order->total_minor};
    const struct problem *problem = results_add(db, memory, &day);
    if (!problem)
        problem = results_audience_add(db, memory, &where);
    if (!problem && order->customer.value > 0)
        problem = find_cohort(db, memory, order, &cohort);
    if (!problem && order->customer.value > 0)
        problem = results_cohort_add(db, memory, &cohort);
    struct results_counted counted = {order->program, order->event, cohort.month, cohort.later};
    return problem ? problem : results_count(db, memory, &counted);
}

const struct problem *results_shared_in(struct database *db, struct memory *memory,
                                        struct program_id program,
                                        struct referrals_partner_id partner, int64_t before,
                                        int64_t total_minor)
{
    struct results_audience_added who = {.program = program,
                                         .selling = before == 0 ? 1 : 0,
                                         .orders = 1,
                                         .value_minor = total_minor};
    struct results_came_row came;
    const struct problem *problem = results_came(db, memory, partner, &came);
    return problem ? problem : add_facts(db, memory, &came, who);
}

/* An order as it is in the sums becomes one that comes to `total`, of which `back` was given back. */
static const struct problem *change(struct database *db, struct memory *memory,
                                    struct program_id program, int64_t event,
                                    const struct results_conversion_row *row, int64_t total,
                                    int64_t back)
{
    bool was_gone = row->back_minor >= row->total_minor, is_gone = back >= total;
    struct results_added day = {.program = program,
                                .day = results_day(row->at),
                                .gone = (is_gone ? 1 : 0) - (was_gone ? 1 : 0),
                                .value_minor = total - row->total_minor,
                                .back_minor = back - row->back_minor};
    struct results_cohort_added cohort = {.program = program,
                                          .month = row->cohort,
                                          .later = row->later,
                                          .value_minor = day.value_minor,
                                          .back_minor = day.back_minor};
    if (day.value_minor == 0 && day.back_minor == 0)
        return NULL;
    const struct problem *problem = results_set_back(db, memory, program, event, back);
    if (!problem)
        problem = results_add(db, memory, &day);
    if (!problem && row->cohort > 0)
        problem = results_cohort_add(db, memory, &cohort);
    if (!problem && day.gone != 0)
        problem = results_brought_gone(db, memory, program, event, day.gone);
    return problem;
}

const struct problem *results_returned(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t event, int64_t minor)
{
    struct results_conversion_row row;
    const struct problem *problem = results_conversion(db, memory, program, event, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return change(db, memory, program, event, &row, row.total_minor, minor);
}

const struct problem *results_grew(struct database *db, struct memory *memory,
                                   struct program_id program, int64_t event, int64_t total_minor,
                                   int64_t back_minor)
{
    struct results_conversion_row row;
    const struct problem *problem = results_conversion(db, memory, program, event, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return change(db, memory, program, event, &row, total_minor, back_minor);
}

/* ---- links that were followed ----------------------------------------------------------------- */

struct looking {
    struct program_id program;
    const struct results_unshared_row_list *rows;
};

static const struct problem *note_followed(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct looking *looking = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < looking->rows->count; i++) {
        const struct results_unshared_row *row = &looking->rows->items[i];
        struct results_added day = {
            .program = looking->program, .day = results_day(row->at), .shared = 1};
        struct results_came_row came;
        if (!row->shared)
            continue;
        problem = results_share(db, memory, row->id, &came);
        if (!problem)
            problem = results_add(db, memory, &day);
        problem = problem == &not_found ? NULL : problem;
    }
    return problem;
}

const struct problem *results_look_at_links(struct store *store, struct database *db,
                                            struct memory *memory, struct program_id program)
{
    struct referrals_partner_id after = {0};
    const struct problem *problem = NULL;
    for (bool over = false; !problem && !over;) {
        struct memory *scratch = memory_scratch(memory);
        struct results_unshared_row_list rows = {NULL, 0};
        struct looking looking = {program, &rows};
        problem = scratch ? results_unshared(db, scratch, program, after, TOGETHER, &rows)
                          : &out_of_memory;
        over = problem || rows.count < TOGETHER;
        if (!problem && rows.count > 0) {
            after = rows.items[rows.count - 1].id;
            problem = store_write(store, scratch, note_followed, &looking);
        }
        memory_end(scratch);
    }
    return problem;
}
