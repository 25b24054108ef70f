/*
 * Who is in a segment: fixed statements over some customers at once, with values for its conditions.
 *
 * Must not know: HTTP. Read next: core/shop/segment.h, core/shop/segment_queries.sql.
 */
#include "core/shop/segment.h"

#include "core/shop/segment_queries.h"

static struct instant days_ago(struct instant now, int64_t days)
{
    return days > 0 ? instant_add(now, -days * DAY) : (struct instant){0};
}

static struct segment_question question_of(const struct segment_row *segment, struct instant now,
                                           struct customer_id after, struct customer_id until)
{
    bool summed = segment->sum_least.present;
    return (struct segment_question){
        .business = segment->business,
        .after = after,
        .until = until,
        .since = days_ago(now, segment->within_days),
        .idle = days_ago(now, segment->idle_days),
        .orders_least = segment->orders_least,
        .sum_minor = summed ? segment->sum_least.value.minor : 0,
        .currency = text_of(summed ? segment->sum_least.value.currency.code : ""),
        .product = segment->product,
        .category = segment->category,
        .country = segment->country,
        .reason = segment->reason,
    };
}

/* The next customers; moves *after on. */
static const struct problem *step(struct database *db, struct memory *memory,
                                  const struct segment_row *segment, struct instant now,
                                  struct customer_id *after, struct segment_question *question,
                                  bool *over)
{
    struct segment_window window;
    const struct problem *problem = segment_step(db, memory, segment->business, *after, &window);
    if (problem)
        return problem;
    *over = window.count < SEGMENT_STEP;
    *question = question_of(segment, now, *after, window.last);
    if (window.count > 0)
        *after = window.last;
    return NULL;
}

const struct problem *segment_next(struct database *db, struct memory *memory,
                                   const struct segment_row *segment, struct instant now,
                                   struct customer_id *after, struct customer_row_list *members,
                                   bool *over)
{
    struct segment_question question;
    const struct problem *problem = step(db, memory, segment, now, after, &question, over);
    return problem ? problem : segment_members(db, memory, &question, members);
}

const struct problem *segment_count_next(struct database *db, struct memory *memory,
                                         const struct segment_row *segment, struct instant now,
                                         struct customer_id *after, int64_t *count, bool *over)
{
    struct segment_question question;
    struct segment_number number = {0};
    const struct problem *problem = step(db, memory, segment, now, after, &question, over);
    if (!problem)
        problem = segment_members_counted(db, memory, &question, &number);
    *count = number.count;
    return problem;
}

const struct problem *segment_has(struct database *db, struct memory *memory,
                                  const struct segment_row *segment, struct instant now,
                                  struct customer_id customer, bool *has)
{
    struct segment_question question =
        question_of(segment, now, (struct customer_id){customer.value - 1}, customer);
    struct segment_number number = {0};
    const struct problem *problem = segment_members_counted(db, memory, &question, &number);
    *has = number.count > 0;
    return problem;
}

/* ---- counting all ----------------------------------------------------------------------------- */

struct counting {
    struct segment_id segment;
    int64_t count;
    struct instant at;
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    const struct counting *counting = context;
    return segment_counted(db, memory, counting->segment, counting->count, counting->at);
}

static const struct problem *work(struct job_run *run)
{
    struct segment_row segment;
    struct counting counting = {.segment = {run->subject}, .at = run->now};
    struct customer_id after = {0};
    const struct problem *problem = segment_by_id(run->db, run->memory, counting.segment, &segment);
    for (bool over = false; !problem && !over;) {
        struct memory *own = memory_scratch(run->memory);
        int64_t count = 0;
        problem = own ? segment_count_next(run->db, own, &segment, run->now, &after, &count, &over)
                      : &out_of_memory;
        counting.count += count;
        memory_end(own);
    }
    if (problem == &not_found)
        return NULL;
    return problem ? problem : store_write(run->store, run->memory, keep, &counting);
}

const struct job_kind segment_job = {"core.segment.count", LANE_SLOW, work};
