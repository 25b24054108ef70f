/*
 * Clicks judged an hour at a time, some minutes after it ended, when all are written.
 *
 * The job reads and judges a page of clicks on a reader, and writes what came of it together with how far it is:
 * each click is judged once, whatever ends the process in between. Visits of a minute and of an hour are remembered
 * while it runs, and seen again when it begins in the middle; sums by partner stand in tables. Clicks with a mark
 * don't count anyway, and say so. Must not know: orders, what clicks are paid. Read next: known.c, states.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/doubts/known.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"

enum { PAGE = 500, PARTNERS = 4096, MARKS = 65536, RUN_MEMORY = 64 << 20 };

/* A click that does not count. */
struct doubtful {
    const struct hour_click_row *click;
    enum verdict_state state;
    enum suspect_rule rule;
    int64_t score;
    struct text findings;
};

/* What a page adds to how much looks made, of a partner or a program. */
struct page_made {
    int64_t owner; /* whose it is */
    int64_t key;   /* of the sums that hold it */
    struct suspect_made made;
};

/* What came of a page. */
struct page {
    struct hour_position_row from, to; /* where it stood and will stand */
    struct known_clicks *partners;
    size_t partner_count;
    struct page_made *made;
    size_t made_count;
    struct doubt_score *scores;
    size_t score_count;
    struct doubtful *doubtful;
    size_t doubtful_count;
};

/* One run over an hour. */
struct hour_run {
    struct job_run *job;
    struct suspect_memory *known;
    int64_t hour;
};

/* ---- judging ---------------------------------------------------------------------------------- */

static struct suspect_click click_of(const struct hour_click_row *row)
{
    const struct doubt_clicked clicked = {
        .partner = row->partner.value,
        .program = row->program.value,
        .link = row->link.value,
        .visitor = row->visitor,
        .network = row->network,
        .at = row->at,
        .marks = row->marks,
        .seen = row->seen,
        .reports = row->reports,
        .paged = row->paged,
        .visible = row->visible,
        .touches = row->touches,
        .scrolled = row->scrolled,
        .source = row->source,
        .device = row->device,
        .hosted = row->hosted,
    };
    return doubt_click_of(&clicked);
}

static bool belongs(const struct hour_run *run, const struct hour_click_row *row)
{
    return row->marks == 0 && row->at.ms / HOUR == run->hour;
}

static struct known_clicks *partner_of(struct page *page, const struct hour_click_row *row)
{
    for (size_t i = 0; i < page->partner_count; i++)
        if (page->partners[i].partner.value == row->partner.value)
            return &page->partners[i];
    page->partners[page->partner_count] = (struct known_clicks){.partner = row->partner};
    return &page->partners[page->partner_count++];
}

static void count_score(struct page *page, const struct hour_click_row *row, int64_t score)
{
    struct doubt_score one = {row->program, DOUBT_CLICKS, row->at.ms / DAY, score, 1};
    for (size_t i = 0; i < page->score_count; i++) {
        struct doubt_score *known = &page->scores[i];
        if (known->program.value == one.program.value && known->score == score &&
            known->day == one.day) {
            known->count++;
            return;
        }
    }
    page->scores[page->score_count++] = one;
}

static bool is_known(const struct page *page, int64_t key)
{
    for (size_t i = 0; i < page->made_count; i++)
        if (page->made[i].key == key)
            return true;
    return false;
}

/* Puts what stands in tables into the memory: once on a page. */
static const struct problem *read_known(struct hour_run *run, struct memory *memory,
                                        const struct hour_click_row *row, struct page *page)
{
    const struct problem *problem = NULL;
    struct suspect_sums sums;
    int64_t usual = suspect_sums_key(row->program.value);
    if (!is_known(page, row->partner.value)) {
        page->made[page->made_count++] =
            (struct page_made){.owner = row->partner.value, .key = row->partner.value};
        problem = known_read(run->job->db, memory, row->partner, &sums);
        if (!problem)
            problem = known_read_made(run->job->db, memory, row->partner.value, &sums.made);
        if (!problem)
            suspect_put_sums(run->known, &sums);
    }
    if (problem || is_known(page, usual))
        return problem;
    page->made[page->made_count++] = (struct page_made){.owner = row->program.value, .key = usual};
    sums = (struct suspect_sums){.partner = usual, .last = row->at};
    problem = known_read_made(run->job->db, memory, row->program.value, &sums.made);
    suspect_put_sums(run->known, &sums);
    return problem;
}

static void see_anew(struct hour_run *run, const struct hour_click_row *row,
                     struct suspect_click *click, struct known_clicks *partner)
{
    struct suspect_sums was = *suspect_sums_of(run->known, row->partner.value);
    suspect_see_click(run->known, click);
    const struct suspect_sums *now = suspect_sums_of(run->known, row->partner.value);
    partner->last = row->at;
    partner->clicks += now->clicks - was.clicks;
    partner->idle += now->idle - was.idle;
    partner->unseen += now->unseen - was.unseen;
    partner->glances += now->glances - was.glances;
    partner->pages += now->pages - was.pages;
    partner->seconds += now->seconds - was.seconds;
    partner->squares += now->squares - was.squares;
}

/* Sums as they are in tables, then with the clicks of this page. */
static const struct problem *see_page(struct hour_run *run, struct memory *memory,
                                      const struct hour_click_row_list *rows, struct page *page,
                                      struct suspect_click *clicks)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < rows->count; i++) {
        const struct hour_click_row *row = &rows->items[i];
        clicks[i] = click_of(row);
        if (!belongs(run, row))
            continue;
        problem = read_known(run, memory, row, page);
        if (problem)
            return problem;
        if (row->id.value <= page->from.click)
            suspect_meet_click(run->known, &clicks[i]); /* this run knows its visitor */
        else
            see_anew(run, row, &clicks[i], partner_of(page, row));
    }
    for (size_t i = 0; i < page->made_count; i++)
        page->made[i].made = suspect_sums_of(run->known, page->made[i].key)->made;
    return problem;
}

static const struct problem *judge_page(struct hour_run *run, struct memory *memory,
                                        const struct hour_click_row_list *rows, struct page *page,
                                        const struct suspect_click *clicks)
{
    const struct problem *problem = NULL;
    struct program_id program = {0};
    struct suspect_terms terms = suspect_terms_plain;
    for (size_t i = 0; !problem && i < rows->count; i++) {
        const struct hour_click_row *row = &rows->items[i];
        struct suspect_verdict verdict;
        if (!belongs(run, row) || row->id.value <= page->from.click)
            continue;
        if (row->program.value != program.value)
            problem = doubt_terms(run->job->db, memory, row->program, &terms);
        program = row->program;
        suspect_judge_click(run->known, &terms, &clicks[i], &verdict);
        count_score(page, row, verdict.score);
        if (problem || verdict.state == VERDICT_COUNTED)
            continue;
        page->doubtful[page->doubtful_count++] =
            (struct doubtful){row, verdict.state, verdict.findings[0].rule, verdict.score,
                              doubt_findings_write(memory, &verdict)};
        if (!page->doubtful[page->doubtful_count - 1].findings.data)
            return &out_of_memory;
    }
    return problem;
}

/* ---- writing ---------------------------------------------------------------------------------- */

/* The doubt of a link and hour, made at its first click. One that somebody decided on before all clicks were
 * judged takes no more: these count. */
static const struct problem *find_doubt(struct database *db, struct memory *memory,
                                        const struct doubtful *one, struct doubt_row *row)
{
    int64_t hour = one->click->at.ms / HOUR;
    const struct problem *problem = doubt_about(db, memory, one->click->link.value, hour, row);
    if (problem != &not_found)
        return problem;
    *row = (struct doubt_row){
        .id = {id_new()},
        .program = one->click->program,
        .partner = one->click->account,
        .person = one->click->person,
        .what = DOUBT_CLICKS,
        .subject = one->click->link.value,
        .hour = hour,
        .found = one->state,
        .rule = one->rule,
        .findings = one->findings,
        .state = DOUBT_OPEN,
        .said = text_of(""),
        .answer = text_of(""),
        .at = {hour * HOUR},
    };
    return doubt_begin(db, memory, row);
}

static const struct problem *write_doubtful(struct database *db, struct memory *memory,
                                            const struct doubtful *one)
{
    struct doubt_row row;
    const struct problem *problem = find_doubt(db, memory, one, &row);
    if (problem || (row.state != DOUBT_OPEN && row.state != DOUBT_APPEALED))
        return problem;
    struct doubt_click click = {one->click->id, row.id, one->score, one->findings};
    bool held = row.found == VERDICT_HELD;
    problem = doubt_click_insert(db, memory, &click);
    if (!problem)
        problem = doubt_more(db, memory, row.id, 1, one->score);
    return problem ? problem
                   : hour_count(db, memory, row.subject, row.hour, held ? 1 : 0, held ? 0 : 1);
}

static const struct problem *write_page(struct database *db, struct memory *memory, void *context)
{
    const struct page *page = context;
    struct hour_position_row moved;
    const struct problem *problem = hour_move(db, memory, page->from.hour, page->from.click,
                                              page->to.hour, page->to.click, &moved);
    for (size_t i = 0; !problem && i < page->partner_count; i++)
        if (page->partners[i].clicks > 0)
            problem = known_clicks_add(db, memory, &page->partners[i]);
    for (size_t i = 0; !problem && i < page->made_count; i++)
        problem = known_write_made(db, memory, page->made[i].owner, &page->made[i].made);
    for (size_t i = 0; !problem && i < page->score_count; i++)
        problem = doubt_score_add(db, memory, &page->scores[i]);
    for (size_t i = 0; !problem && i < page->doubtful_count; i++)
        problem = write_doubtful(db, memory, &page->doubtful[i]);
    return problem;
}

/* ---- going through them ----------------------------------------------------------------------- */

static const struct problem *take_page(struct hour_run *run, struct memory *memory,
                                       const struct hour_click_row_list *rows,
                                       struct hour_position_row *position)
{
    struct suspect_click *clicks = memory_take_array(memory, PAGE, sizeof *clicks);
    struct page page = {
        .from = *position,
        .to = *position,
        .partners = memory_take_array(memory, PAGE, sizeof *page.partners),
        .made = memory_take_array(memory, (size_t)PAGE * 2, sizeof *page.made),
        .scores = memory_take_array(memory, PAGE, sizeof *page.scores),
        .doubtful = memory_take_array(memory, PAGE, sizeof *page.doubtful),
    };
    if (!clicks || !page.partners || !page.made || !page.scores || !page.doubtful)
        return &out_of_memory;
    const struct problem *problem = see_page(run, memory, rows, &page, clicks);
    if (!problem)
        problem = judge_page(run, memory, rows, &page, clicks);
    page.to.click = rows->items[rows->count - 1].id.value;
    if (problem || page.to.click <= page.from.click)
        return problem;
    problem = store_write(run->job->store, memory, write_page, &page);
    *position = page.to;
    return problem;
}

/* All clicks of an hour, from its first one; those judged before are only seen. */
static const struct problem *take_hour(struct job_run *job, struct hour_position_row *position)
{
    struct memory *own = memory_create(RUN_MEMORY);
    struct hour_run run = {job, own ? suspect_memory_make(own, PARTNERS, MARKS) : NULL,
                           position->hour};
    const struct problem *problem = run.known ? NULL : &out_of_memory;
    int64_t after = id_first_at((struct instant){position->hour * HOUR}) - 1;
    int64_t until = id_first_at((struct instant){(position->hour + 1) * HOUR + DOUBT_LATE});
    for (bool over = false; !problem && !over;) {
        struct memory *memory = memory_scratch(own);
        struct hour_click_row_list rows = {NULL, 0};
        problem = memory ? hour_clicks(job->db, memory, after, until, PAGE, &rows) : &out_of_memory;
        over = rows.count < PAGE;
        if (!problem && rows.count > 0) {
            after = rows.items[rows.count - 1].id.value;
            problem = take_page(&run, memory, &rows, position);
        }
        memory_end(memory);
    }
    memory_end(own);
    return problem;
}

static const struct problem *move_on(struct database *db, struct memory *memory, void *context)
{
    const struct page *page = context;
    struct hour_position_row moved;
    return hour_move(db, memory, page->from.hour, page->from.click, page->to.hour, page->to.click,
                     &moved);
}

/* The hour in which there is something next; `end` when there is nothing before. */
static const struct problem *next_hour(struct job_run *job, int64_t from, int64_t end, int64_t *out)
{
    struct judge_number first;
    int64_t after = from > 0 ? id_first_at((struct instant){from * HOUR}) - 1 : 0;
    const struct problem *problem = hour_first_click(job->db, job->memory, after, &first);
    *out = end;
    if (problem)
        return problem == &not_found ? NULL : problem;
    int64_t hour = id_time(first.number).ms / HOUR - 1; /* written up to DOUBT_LATE later */
    hour = hour > from ? hour : from;
    *out = hour < end ? hour : end;
    return NULL;
}

static const struct problem *begin(struct database *db, struct memory *memory, void *context)
{
    return hour_begin(db, memory, *(const int64_t *)context);
}

static const struct problem *find_position(struct job_run *job, int64_t end,
                                           struct hour_position_row *out)
{
    int64_t first = 0;
    const struct problem *problem = hour_position(job->db, job->memory, out);
    if (problem != &not_found)
        return problem;
    problem = next_hour(job, 0, end, &first);
    if (!problem)
        problem = store_write(job->store, job->memory, begin, &first);
    return problem ? problem : hour_position(job->db, job->memory, out);
}

static const struct problem *work(struct job_run *job)
{
    int64_t end = (job->now.ms - DOUBT_LATE) / HOUR;
    struct hour_position_row position;
    const struct problem *problem = doubt_ask_again(job, &doubt_hours_job);
    if (!problem)
        problem = find_position(job, end, &position);
    while (!problem && position.hour < end) {
        struct page page = {.doubtful_count = 0};
        problem = take_hour(job, &position);
        page.from = position;
        if (!problem)
            problem = next_hour(job, position.hour + 1, end, &page.to.hour);
        if (!problem)
            problem = store_write(job->store, job->memory, move_on, &page);
        position = page.to;
    }
    /* Another process is at it. */
    return problem == &not_found ? NULL : problem;
}

const struct job_kind doubt_hours_job = {"referrals.doubt_hours", LANE_SLOW, work};
