/*
 * Orders judged again before what they gave is free: most of what tells liars from others takes some orders.
 *
 * A day before the shortest time for which a program holds its rewards is over, or halfway through one below two
 * days, each share that counted is judged by what is known by then. What does not count any more is taken back
 * and held; on what somebody decided before, nothing is said again. Must not know: clicks. Read next: judge.c.
 */
#include "base/ids.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"

enum { PROGRAMS = 20, SHARES = 200 };

/* Shares of some orders, judged in one write. */
struct some {
    struct program_id program;
    const struct again_share_row *shares;
    size_t count;
    int64_t event; /* where it stands then */
    struct instant at;
};

static const struct problem *judge_again(struct database *db, struct memory *memory,
                                         const struct some *some,
                                         const struct again_share_row *share)
{
    struct suspect_verdict verdict;
    const struct doubt_order order = {
        .program = some->program,
        .partner = share->partner,
        .account = share->account,
        .person = share->person,
        .order = share->event,
        .customer = share->customer,
        .touch = share->touch,
        .basket = {share->basket.ms > 0, share->basket},
        .placed = share->at,
    };
    const struct problem *problem = doubt_judge_order(db, memory, &order, true, &verdict);
    if (problem || verdict.state == VERDICT_COUNTED)
        return problem;
    struct text reason = text_of(suspect_words(verdict.findings[0].rule));
    problem = program_hold_back(db, memory, share->verdict, reason, some->at);
    if (problem)
        return problem == &conflict ? NULL : problem; /* it came to nothing meanwhile */
    if (verdict.state == VERDICT_REJECTED)
        problem = program_reject(db, memory, share->verdict, reason, some->at);
    if (!problem)
        problem = doubt_brought_less(db, memory, share->partner, share->verdict);
    return problem ? problem : doubt_begin_order(db, memory, &order, share->verdict, &verdict);
}

static const struct problem *judge_some(struct database *db, struct memory *memory, void *context)
{
    const struct some *some = context;
    const struct problem *problem = again_move(db, memory, some->program, some->event);
    for (size_t i = 0; !problem && i < some->count; i++)
        if (some->shares[i].held)
            problem = judge_again(db, memory, some, &some->shares[i]);
    return problem;
}

/* Until which orders of a program are judged now; 0: it holds nothing. */
static const struct problem *find_until(struct job_run *job, struct program_id id, int64_t *out)
{
    struct program_row program;
    struct program_rules rules = {{NULL, 0}};
    int64_t least = 0;
    const struct problem *problem = program_find(job->db, job->memory, id, &program);
    if (!problem)
        problem = program_rules_of(job->db, job->memory, id, program.version, &rules);
    for (size_t i = 0; !problem && i < rules.rules.count; i++) {
        int64_t days = rules.rules.items[i].hold_days;
        if (days > 0 && (least == 0 || days < least))
            least = days;
    }
    int64_t before = least > 1 ? (least - 1) * DAY : least * DAY / 2;
    *out = least > 0 ? id_first_at(instant_add(job->now, -before)) : 0;
    return problem;
}

/* Whole orders only: where a page ends in the middle of one, it is left to the next page. */
static size_t whole(const struct again_share_row_list *rows)
{
    size_t count = rows->count;
    int64_t last = count > 0 ? rows->items[count - 1].event.value : 0;
    if (count < SHARES)
        return count;
    while (count > 0 && rows->items[count - 1].event.value == last)
        count--;
    return count > 0 ? count : rows->count;
}

static const struct problem *take_program(struct job_run *job, const struct again_program_row *row)
{
    int64_t until = 0, after = row->event;
    const struct problem *problem = find_until(job, row->program, &until);
    for (bool over = until <= after; !problem && !over;) {
        struct memory *memory = memory_scratch(job->memory);
        struct again_share_row_list rows = {NULL, 0};
        problem = memory ? again_shares(job->db, memory, row->program, after, until, job->now,
                                        SHARES, &rows)
                         : &out_of_memory;
        struct some some = {row->program, rows.items, problem ? 0 : whole(&rows), after, job->now};
        over = rows.count < SHARES;
        if (!problem && some.count > 0) {
            some.event = after = rows.items[some.count - 1].event.value;
            problem = store_write(job->store, memory, judge_some, &some);
        }
        memory_end(memory);
    }
    return problem;
}

static const struct problem *work(struct job_run *job)
{
    struct again_program_row_list rows = {NULL, 0};
    int64_t after = 0;
    const struct problem *problem = doubt_ask_again(job, &doubt_again_job);
    for (bool over = false; !problem && !over; over = rows.count < PROGRAMS) {
        problem = again_programs(job->db, job->memory, after, PROGRAMS, &rows);
        for (size_t i = 0; !problem && i < rows.count; i++) {
            after = rows.items[i].program.value;
            problem = take_program(job, &rows.items[i]);
        }
    }
    return problem;
}

const struct job_kind doubt_again_job = {"referrals.doubt_again", LANE_SLOW, work};
