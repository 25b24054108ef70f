/*
 * Clicks looked at again a day before what they gave is free: by then it is known how their partner's clicks go
 * together, which pages reported late, and what became of the orders that they led to.
 *
 * The timer that counts hours asks for it; hours fall due by an index, each is one pass over its clicks, and some hours
 * are written together. What fails now is held like any other click, with its reasons; its part of the hour's pay is taken
 * back, and given again when somebody lets it count (states.c). Clicks that were held, rejected or decided on before are
 * left alone, and so are hours whose pay is free. Nothing is counted for anybody again.
 * Must not know: what clicks are paid. Read next: hours.c, modules/referrals/hours/hours.h, core/program/program.h.
 */
#include <stdlib.h>

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/doubts/known.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"

enum {
    HOURS = 50,    /* read and written together */
    PAGE = 1000,   /* clicks of an hour at a time */
    MOST = 100000, /* of an hour at most, the newest: of more, the others stay paid */
    PARTNERS = 64, /* remembered of an hour: its own */
    MARKS = 65536, /* likewise */
    RUN_MEMORY = 128 << 20,
};

/* A click that does not count any more. */
struct failed {
    int64_t click;
    int64_t score;
    enum suspect_rule rule;
    struct text findings;
    struct failed *next; /* the one after it */
};

/* An hour that was looked at. */
struct looked {
    const struct second_hour_row *row;
    struct failed *failed; /* the oldest first */
    int64_t count;         /* of them */
    int64_t score;         /* the most of one */
    int64_t *stayed,
        *gone; /* visitors of clicks that still count, and of those that failed; NULL: each click pays */
    size_t stayed_count, gone_count;
};

struct run {
    struct job_run *job;
    struct suspect_memory *known;
    struct memory *memory; /* of some hours */
    struct looked looked[HOURS];
    size_t count;
};

/* ---- looking ---------------------------------------------------------------------------------- */

/* Visits are remembered for an hour of a link, as long as one is looked at. */
static int64_t of_hour(int64_t mark, const struct second_hour_row *hour)
{
    return (int64_t)((uint64_t)mark ^
                     suspect_key(KEY_VISITOR, (uint64_t)hour->link.value, (uint64_t)hour->hour));
}

static struct suspect_click click_of(const struct second_hour_row *hour,
                                     const struct second_click_row *row)
{
    const struct doubt_clicked clicked = {
        .partner = hour->partner.value,
        .program = hour->program.value,
        .link = hour->link.value,
        .visitor = of_hour(row->visitor, hour),
        .network = of_hour(row->network, hour),
        .at = row->at,
        .marks = row->marks,
        .seen = row->seen,
        .reports = hour->reports,
        .paged = row->paged,
        .visible = row->visible,
        .touches = row->touches,
        .scrolled = row->scrolled,
        .source = row->source,
        .device = row->device,
        .hosted = row->hosted,
    };
    struct suspect_click click = doubt_click_of(&clicked);
    click.led = row->led;
    click.basket = row->basket;
    return click;
}

/* What is known of its partner and its program by now. */
static const struct problem *read_known(const struct run *run, const struct second_hour_row *hour)
{
    struct suspect_sums sums, usual = {.partner = suspect_sums_key(hour->program.value)};
    const struct problem *problem = known_read(run->job->db, run->memory, hour->partner, &sums);
    if (!problem)
        problem = known_read_made(run->job->db, run->memory, hour->partner.value, &sums.made);
    if (!problem)
        problem = known_read_made(run->job->db, run->memory, hour->program.value, &usual.made);
    if (problem)
        return problem;
    suspect_put_sums(run->known, &sums);
    suspect_put_sums(run->known, &usual);
    return NULL;
}

static const struct problem *note_failed(const struct run *run, struct looked *looked,
                                         const struct second_click_row *row,
                                         const struct suspect_verdict *verdict)
{
    struct failed *failed = memory_take(run->memory, sizeof *failed);
    if (!failed)
        return &out_of_memory;
    *failed = (struct failed){row->id.value, verdict->score, verdict->findings[0].rule,
                              doubt_findings_write(run->memory, verdict), looked->failed};
    looked->failed = failed;
    looked->count++;
    looked->score = verdict->score > looked->score ? verdict->score : looked->score;
    return failed->findings.data ? NULL : &out_of_memory;
}

/* A page comes with the newest click first, and is met from the oldest on. */
static const struct problem *look_at_page(const struct run *run, struct looked *looked,
                                          const struct suspect_terms *terms,
                                          const struct second_click_row_list *rows)
{
    const struct problem *problem = NULL;
    struct suspect_click *clicks = memory_take_array(run->memory, rows->count, sizeof *clicks);
    if (!clicks)
        return &out_of_memory;
    for (size_t i = rows->count; i-- > 0;) {
        clicks[i] = click_of(looked->row, &rows->items[i]);
        if (rows->items[i].marks == 0)
            suspect_meet_click(run->known, &clicks[i]);
    }
    for (size_t i = 0; !problem && i < rows->count; i++) {
        const struct second_click_row *row = &rows->items[i];
        struct suspect_verdict verdict;
        if (row->marks || row->doubted)
            continue;
        suspect_judge_click(run->known, terms, &clicks[i], &verdict);
        if (verdict.state != VERDICT_COUNTED)
            problem = note_failed(run, looked, row, &verdict);
        if (looked->stayed && verdict.state == VERDICT_COUNTED)
            looked->stayed[looked->stayed_count++] = row->visitor;
        else if (looked->stayed)
            looked->gone[looked->gone_count++] = row->visitor;
    }
    return problem;
}

static const struct problem *look_at_hour(struct run *run, struct looked *looked)
{
    const struct second_hour_row *hour = looked->row;
    struct suspect_terms terms;
    int64_t from = hour->latest.value;
    const struct problem *problem = read_known(run, hour);
    if (!problem)
        problem = doubt_terms(run->job->db, run->memory, hour->program, &terms);
    if (!problem && hour->unique_clicks) {
        looked->stayed = memory_take_array(run->memory, MOST, sizeof *looked->stayed);
        looked->gone = memory_take_array(run->memory, MOST, sizeof *looked->gone);
        problem = looked->stayed && looked->gone ? NULL : &out_of_memory;
    }
    for (int64_t seen = 0; !problem && from && seen < MOST;) {
        struct second_click_row_list rows = {NULL, 0};
        problem = second_clicks(run->job->db, run->memory, from, hour->link.value, hour->hour, PAGE,
                                &rows);
        if (!problem && rows.count > 0)
            problem = look_at_page(run, looked, &terms, &rows);
        seen += (int64_t)rows.count;
        from = rows.count == PAGE ? rows.items[rows.count - 1].prior : 0;
    }
    return problem;
}

/* ---- what pays -------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static size_t sort_different(int64_t *marks, size_t count)
{
    size_t kept = 0;
    qsort(marks, count, sizeof *marks, by_value);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || marks[kept - 1] != marks[i])
            marks[kept++] = marks[i];
    return kept;
}

/* For how many of its events an hour is taken back. Where a visitor pays once a day it is not known any more which of
 * them paid in this hour: the part of those who have no click left. */
static int64_t events_of(struct looked *looked)
{
    if (!looked->stayed)
        return looked->count;
    size_t stayed = sort_different(looked->stayed, looked->stayed_count);
    size_t gone = sort_different(looked->gone, looked->gone_count);
    size_t lost = 0;
    for (size_t i = 0; i < gone; i++)
        lost +=
            !bsearch(&looked->gone[i], looked->stayed, stayed, sizeof *looked->stayed, by_value);
    return lost ? looked->row->events * (int64_t)lost / (int64_t)(stayed + lost) : 0;
}

/* ---- writing ---------------------------------------------------------------------------------- */

static const struct problem *write_doubt(struct database *db, struct memory *memory,
                                         const struct looked *looked)
{
    const struct second_hour_row *hour = looked->row;
    const struct doubt_row row = {
        .id = {id_new()},
        .program = hour->program,
        .partner = hour->account,
        .person = hour->person,
        .what = DOUBT_PAID,
        .subject = hour->id.value,
        .hour = hour->hour,
        .clicks = looked->count,
        .found = VERDICT_HELD,
        .rule = looked->failed->rule,
        .score = looked->score,
        .findings = looked->failed->findings,
        .state = DOUBT_OPEN,
        .said = text_of(""),
        .answer = text_of(""),
        .at = {hour->hour * HOUR},
    };
    const struct problem *problem = doubt_begin(db, memory, &row);
    for (const struct failed *one = looked->failed; !problem && one; one = one->next) {
        const struct doubt_click click = {{one->click}, row.id, one->score, one->findings};
        problem = doubt_click_insert(db, memory, &click);
    }
    return problem ? problem
                   : hour_count(db, memory, hour->link.value, hour->hour, looked->count, 0);
}

/* The whole of an hour says that its clicks were held; a part comes back like what a customer sends back. */
static const struct problem *take_back(struct database *db, struct memory *memory,
                                       const struct second_hour_row *hour, int64_t events,
                                       struct instant at)
{
    struct program_return part = {hour->program, hour->id.value, events, hour->paid, at, 0};
    struct text reason = text_of("referrals.why.clicks_held");
    if (events < hour->paid)
        return program_take_back(db, memory, &part);
    const struct problem *problem = program_hold_back(db, memory, hour->verdict, reason, at);
    if (!problem)
        problem = program_reject(db, memory, hour->verdict, reason, at);
    return problem == &conflict ? NULL : problem; /* it came to nothing meanwhile */
}

/* What an hour was not paid for by itself was paid with the next one of its link. */
static const struct problem *write_hour(struct database *db, struct memory *memory,
                                        struct looked *looked, struct instant at)
{
    const struct second_hour_row *hour = looked->row;
    struct second_hit hit;
    const struct problem *problem = second_done(db, memory, hour->id, &hit);
    if (problem)
        return problem == &not_found ? NULL : problem; /* another process did it */
    int64_t own = looked->count > 0 ? events_of(looked) : 0, all = own + hour->carried;
    int64_t paid = hour->paid < all ? hour->paid : all;
    if (looked->count > 0)
        problem = write_doubt(db, memory, looked);
    if (!problem && own > 0)
        problem = second_taken(db, memory, hour->id, own);
    if (!problem && paid > 0 && hour->can && hour->verdict.value)
        problem = take_back(db, memory, hour, paid, at);
    if (!problem && all > paid)
        problem = second_carry(db, memory, hour->link.value, hour->hour, all - paid);
    return problem;
}

static const struct problem *write_some(struct database *db, struct memory *memory, void *context)
{
    struct run *run = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < run->count; i++)
        problem = write_hour(db, memory, &run->looked[i], run->job->now);
    return problem;
}

/* ---- going through them ----------------------------------------------------------------------- */

static const struct problem *take_some(struct run *run, bool *over)
{
    struct second_hour_row_list rows = {NULL, 0};
    const struct problem *problem =
        second_hours(run->job->db, run->memory, run->job->now, HOURS, &rows);
    *over = rows.count < HOURS;
    run->count = 0;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        struct looked *looked = &run->looked[run->count++];
        *looked = (struct looked){.row = &rows.items[i]};
        if (rows.items[i].can)
            problem = look_at_hour(run, looked);
    }
    return problem || run->count == 0 ? problem
                                      : store_write(run->job->store, run->memory, write_some, run);
}

const struct problem *doubt_second_look(struct job_run *job)
{
    struct memory *own = memory_create(RUN_MEMORY);
    struct run run = {.job = job, .known = own ? suspect_memory_make(own, PARTNERS, MARKS) : NULL};
    const struct problem *problem = run.known ? NULL : &out_of_memory;
    for (bool over = false; !problem && !over;) {
        run.memory = memory_scratch(own);
        problem = run.memory ? take_some(&run, &over) : &out_of_memory;
        memory_end(run.memory);
    }
    memory_end(own);
    return problem;
}
