/*
 * Looks at posts: fetches the page outside any write, then moves the post by what was found.
 *
 * What a look finds counts only while the post still stands as it did when the look began; a job that is run twice
 * finds the post moved on. Must not know: how pages are parsed. Read next: look.h, states.c, core/outside/page.h.
 */
#include "modules/referrals/posts/check.h"

#include "base/settings.h"
#include "core/mail/mail.h"
#include "core/outside/address.h"
#include "modules/referrals/personal/delivery.h"
#include "modules/referrals/posts/look.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"

enum {
    WHOLE_MS = 10000,
    CONNECT_MS = 5000,
    CODES = 1000,
    DAYS = 14 /* before the second look, where no rule says */
};

bool post_loopback(void)
{
    return setting_flag("hooks.loopback");
}

/* Which of its looks is due. */
static struct text note_of(struct memory *memory, const struct post_row *post)
{
    return text_format(memory, "%d %lld", (int)post->state, (long long)post->tries);
}

const struct problem *post_ask(struct database *db, struct memory *memory,
                               const struct post_row *post, struct instant due)
{
    struct text note = note_of(memory, post);
    return note.data ? job_enqueue(db, memory, &post_look_job, post->id.value, note, due)
                     : &out_of_memory;
}

/* ---- looking ---------------------------------------------------------------------------------- */

/* One look. */
struct looking {
    struct post_seen seen;
    struct post_part_row part;
    struct text site;
};

static const struct problem *read_wanted(struct job_run *run, const struct looking *looking,
                                         struct post_wanted *out)
{
    struct post_code_row_list rows;
    struct text *codes = memory_take_array(run->memory, CODES, sizeof *codes);
    const struct problem *problem =
        codes ? post_codes(run->db, run->memory, looking->seen.post.partner, &rows)
              : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        codes[i] = rows.items[i].code;
    *out = (struct post_wanted){.site = looking->site, .codes = codes};
    out->code_count = problem ? 0 : rows.count;
    return problem ? problem : post_words(run->memory, looking->part.words, &out->words);
}

static const struct problem *judge(struct job_run *run, const struct outside_page *page,
                                   struct looking *looking)
{
    struct outside_html html;
    struct post_wanted wanted;
    const struct problem *problem = read_wanted(run, looking, &wanted);
    if (!problem)
        problem = outside_html_read(run->memory, page->body, page->charset, &html);
    return problem ? problem : post_look(run->memory, &html, &wanted, &looking->seen.found);
}

static const struct problem *look(struct job_run *run, struct looking *looking)
{
    const struct outside_way way = {
        .own = post_loopback(), .connect_ms = CONNECT_MS, .whole_ms = WHOLE_MS};
    struct outside_wish wish = {
        .address = looking->seen.post.address,
        .agent = text_format(run->memory, "Contraflow-Posts (looks whether a post stands; +%.*s)",
                             TEXT_ARGS(looking->site)),
        .way = &way};
    struct outside_page page;
    const struct problem *problem =
        wish.agent.data ? outside_page(run->memory, &wish, &page) : &out_of_memory;
    if (problem)
        return problem;
    looking->seen.found = post_fetched(&page);
    looking->seen.page = outside_address_page(run->memory, page.address.size <= POST_ADDRESS_MAX
                                                               ? page.address
                                                               : looking->seen.post.address);
    if (!looking->seen.page.data)
        return &out_of_memory;
    if (looking->seen.found == POST_ALL &&
        post_is_own(run->memory, looking->seen.page, looking->site, looking->part.hosts))
        looking->seen.found = POST_OWN;
    return looking->seen.found == POST_ALL ? judge(run, &page, looking) : NULL;
}

/* ---- what follows ----------------------------------------------------------------------------- */

/* Minutes, then hours, all before the reward is free. */
static int64_t pause_after(int64_t tries)
{
    static const int64_t pauses[] = {10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR};
    return pauses[tries < 4 ? tries : 3];
}

static const struct problem *find_same(struct database *db, struct memory *memory,
                                       struct post_seen *seen)
{
    struct post_hit other;
    if (seen->post.state != POST_HANDED_IN || seen->found != POST_ALL)
        return NULL;
    const struct problem *problem =
        post_same_page(db, memory, seen->post.program, seen->page, seen->post.id, &other);
    if (!problem)
        seen->found = POST_SAME;
    return problem == &not_found ? NULL : problem;
}

/* At the second look everything may pass: who is paid for a page has half a day to mend it. */
static const struct problem *try_again(struct database *db, struct memory *memory,
                                       const struct post_seen *seen, bool *again)
{
    const struct post_row *post = &seen->post;
    *again = seen->found != POST_ALL && post->tries + 1 < POST_TRIES &&
             (post->state == POST_ACCEPTED || post_may_pass(seen->found));
    if (!*again)
        return NULL;
    struct post_row next = *post;
    struct post_hit hit;
    next.tries++;
    next.due = instant_add(seen->at, pause_after(post->tries));
    const struct post_looked_row row = {.id = post->id,
                                        .page = post->page,
                                        .found = seen->found,
                                        .why = post->why,
                                        .tries = next.tries,
                                        .looked = seen->at,
                                        .due = next.due,
                                        .verdict = post->verdict};
    const struct problem *problem = post_looked(db, memory, &row, &hit);
    return problem ? problem : post_ask(db, memory, &next, next.due);
}

/* The first look found all: it is paid by the rules, by a personal offer, or both, and looked at again before that is
 * free. */
static const struct problem *pay_first(struct database *db, struct memory *memory,
                                       struct post_seen *seen, struct post_looked_row *row)
{
    struct post_payment payment;
    const struct problem *problem = post_pay(db, memory, &seen->post, seen->at, &payment);
    if (problem)
        return problem;
    bool fee = false;
    row->verdict = payment.verdict;
    row->why = text_of(payment.why);
    problem = personal_deliver(db, memory, seen->post.partner, seen->post.id, seen->at, &fee);
    if (problem)
        return problem;
    if (row->why.size > 0 && !fee) {
        row->found = seen->found = POST_NOTHING_GIVEN;
        return NULL;
    }
    if (payment.free.ms == 0)
        payment.free = instant_add(seen->at, DAYS * DAY);
    struct post_row next = seen->post;
    next.state = POST_ACCEPTED;
    next.tries = 0;
    row->due = instant_add(payment.free, -POST_AGAIN_BEFORE);
    return post_ask(db, memory, &next, row->due);
}

static int event_of(const struct post_seen *seen)
{
    bool all = seen->found == POST_ALL;
    if (seen->post.state == POST_HANDED_IN)
        return all ? POST_ACCEPT : POST_REFUSE;
    return all ? POST_PASS : POST_LOSE;
}

const struct problem *post_settle(struct database *db, struct memory *memory,
                                  struct post_seen *seen)
{
    struct post_row now;
    struct post_hit hit;
    bool again = false;
    const struct problem *problem = post_by_id(db, memory, seen->post.id, &now);
    if (problem || now.state != seen->post.state || now.tries != seen->post.tries)
        return problem;
    problem = find_same(db, memory, seen);
    if (!problem)
        problem = try_again(db, memory, seen, &again);
    if (problem || again)
        return problem;
    struct post_looked_row row = {.id = now.id,
                                  .page = seen->page,
                                  .found = seen->found,
                                  .why = now.why,
                                  .looked = seen->at,
                                  .verdict = now.verdict};
    if (seen->found == POST_ALL && now.state == POST_HANDED_IN)
        problem = pay_first(db, memory, seen, &row);
    if (!problem)
        problem = post_looked(db, memory, &row, &hit);
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &post_flow,
                        .subject = now.id.value,
                        .event = event_of(seen),
                        .by = BY_TIMER,
                        .at = seen->at};
    return problem ? problem : flow_move(&move);
}

static const struct problem *settle(struct database *db, struct memory *memory, void *context)
{
    struct looking *looking = context;
    return post_settle(db, memory, &looking->seen);
}

static const struct problem *ask_later(struct database *db, struct memory *memory, void *context)
{
    const struct post_row *post = context;
    return post_ask(db, memory, post, post->due);
}

static const struct problem *work(struct job_run *run)
{
    struct looking looking = {.seen.at = run->now};
    const struct problem *problem =
        post_by_id(run->db, run->memory, (struct post_id){run->subject}, &looking.seen.post);
    if (problem)
        return problem == &not_found ? NULL : problem;
    /* A first look that is run again must not be taken for the second: the post would be paid for good at once. */
    if (!text_equal(run->note, note_of(run->memory, &looking.seen.post)))
        return NULL;
    if (looking.seen.post.state != POST_HANDED_IN && looking.seen.post.state != POST_ACCEPTED)
        return NULL;
    /* One that was rejected meanwhile, and taken after all, is free later than it was. */
    if (looking.seen.post.due.ms > run->now.ms)
        return store_write(run->store, run->memory, ask_later, &looking.seen.post);
    problem = post_part(run->db, run->memory, looking.seen.post.partner, looking.seen.post.person,
                        &looking.part);
    if (!problem)
        problem = mail_site(run->memory, &looking.site);
    if (!problem)
        problem = look(run, &looking);
    return problem ? problem : store_write(run->store, run->memory, settle, &looking);
}

const struct job_kind post_look_job = {"referrals.post", LANE_OUTSIDE, work};
