/*
 * Each morning of a program: whose links were followed, and once a week a mail to its business.
 *
 * A program that nobody joined has no mornings; each run lets the next one wait, until the program has ended. A week is
 * told of once, on the first morning after it, also when that is late. Must not know: pages.
 * Read next: digest.c, stop_page.c.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/results/digest_queries.h"
#include "modules/referrals/results/digest_rows.h"
#include "modules/referrals/results/stop_page.h"

enum { MORNING = 5 /* hours UTC */, LINES_MOST = 4000 /* bytes */ };

const struct problem *digest_read(struct database *db, struct memory *memory,
                                  const struct program_row *program, int64_t monday,
                                  struct digest_about *out)
{
    struct digest_ruled_row ruled;
    int64_t first = monday - DIGEST_WEEK;
    *out = (struct digest_about){.ruled = false};
    if (!currency_parse(program->currency, &out->currency))
        return &our_fault;
    const struct problem *problem =
        digest_week_of(db, memory, program->id, first, monday, &out->now);
    if (!problem)
        problem = digest_week_of(db, memory, program->id, first - DIGEST_WEEK, first, &out->before);
    if (!problem)
        problem = digest_ruled(db, memory, program->id, (struct instant){first * DAY},
                               (struct instant){monday * DAY}, &ruled);
    out->ruled = !problem;
    return problem == &not_found ? NULL : problem;
}

const struct problem *results_tomorrow(struct database *db, struct memory *memory,
                                       struct program_id program, struct instant at)
{
    int64_t day = results_day(at) + 1;
    /* A note of its own: the job that runs still stands as waiting, and a double is not enqueued. */
    struct text note = text_format(memory, "%lld", (long long)day);
    return note.data ? job_enqueue(db, memory, &results_job, program.value, note,
                                   (struct instant){day * DAY + MORNING * HOUR})
                     : &out_of_memory;
}

/* ---- the mail --------------------------------------------------------------------------------- */

struct morning {
    const struct program_row *program;
    int64_t monday; /* the week before it is told of */
    struct instant at;
};

static const struct problem *write_lines(struct memory *memory, const struct text_list *sentences,
                                         struct text *out)
{
    struct builder b = builder_make(memory, LINES_MOST);
    for (size_t i = 0; i < sentences->count; i++) {
        builder_add(&b, sentences->items[i]);
        builder_add_char(&b, '\n');
    }
    return builder_end(&b, out);
}

static const struct problem *tell_one(struct database *db, struct memory *memory,
                                      const struct morning *morning,
                                      const struct digest_about *about,
                                      const struct digest_reader_row *reader)
{
    struct text_list sentences;
    struct text lines, site, stop;
    const struct problem *problem = digest_say(memory, reader->language, about, &sentences);
    if (problem || sentences.count == 0)
        return problem;
    problem = write_lines(memory, &sentences, &lines);
    if (!problem)
        problem = mail_site(memory, &site);
    if (!problem)
        problem = digest_stop_link(memory, morning->program->id, reader->person, &stop);
    if (problem)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "title", .kind = FIELD_TEXT, .text = morning->program->title},
        {.name = "lines", .kind = FIELD_TEXT, .text = lines},
        {.name = "link",
         .kind = FIELD_TEXT,
         .text = text_format(memory, "%.*s/biz/programs/%s/results", TEXT_ARGS(site),
                             id_text("prg", morning->program->id.value).text)},
        {.name = "stop",
         .kind = FIELD_TEXT,
         .text = text_format(memory, "%.*s%.*s", TEXT_ARGS(site), TEXT_ARGS(stop))},
        {.name = "one_click",
         .kind = FIELD_TEXT,
         .text = text_format(memory, "%.*s%.*s/one-click", TEXT_ARGS(site), TEXT_ARGS(stop))},
    };
    for (size_t i = 2; i < 5; i++) {
        if (!arguments[i].text.data)
            return &out_of_memory;
    }
    return mail_send(db, memory, reader->person, "referrals.digest_mail", arguments, 5,
                     morning->at);
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct morning *morning)
{
    struct digest_about about;
    struct digest_reader_row_list readers = {NULL, 0};
    const struct problem *problem =
        digest_read(db, memory, morning->program, morning->monday, &about);
    if (!problem)
        problem =
            digest_readers(db, memory, morning->program->id, morning->program->business, &readers);
    for (size_t i = 0; !problem && i < readers.count; i++)
        problem = tell_one(db, memory, morning, &about, &readers.items[i]);
    return problem;
}

static const struct problem *begin_day(struct database *db, struct memory *memory, void *context)
{
    const struct morning *morning = context;
    struct digest_hit hit;
    const struct problem *problem =
        digest_turn(db, memory, morning->program->id, morning->monday, &hit);
    if (!problem)
        problem = tell(db, memory, morning);
    if (problem && problem != &not_found)
        return problem;
    return morning->program->state == PROGRAM_ENDED
               ? NULL
               : results_tomorrow(db, memory, morning->program->id, morning->at);
}

static const struct problem *run(struct job_run *run)
{
    struct program_row program;
    struct morning morning = {&program, digest_monday(results_day(run->now)), run->now};
    struct program_id id = {run->subject};
    const struct problem *problem = program_find(run->db, run->memory, id, &program);
    if (!problem)
        problem = results_look_at_links(run->store, run->db, run->memory, id);
    return problem ? problem : store_write(run->store, run->memory, begin_day, &morning);
}

const struct job_kind results_job = {"referrals.results", LANE_SLOW, run};
