/*
 * Proposals as rows, and the job that counts them.
 *
 * The job reads verdicts some hundred at a time with a reader of its own, holds nothing open between, and writes
 * only how far it is and what came of it. One that was overtaken by another proposal ends by itself.
 * Must not know: pages. Read next: core/program/replay.c.
 */
#include "core/program/proposal.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/proposal_queries.h"
#include "core/program/proposal_rows.h"
#include "core/program/replay.h"
#include "core/program/rule.shapes.h"

enum {
    PAGE = 500,       /* verdicts read at once */
    TELL_EVERY = 10,  /* pages until it says how far it is */
    LINES = 400,      /* lines written or taken away in one write */
    PEOPLE_FROM = 10, /* place of the first line that is somebody's */
};
#define RULES_BYTES (128 << 10)                   /* of rules as JSON */
static const size_t counting_memory = 256U << 20; /* of one replay: about two million people */

const struct problem proposal_not_counted = {"program.proposal_not_counted", 409, FAULT_CLIENT,
                                             false};
const struct problem proposal_old = {"program.proposal_old", 409, FAULT_CLIENT, false};

/* ---- proposing -------------------------------------------------------------------------------- */

static const struct problem *enqueue(struct database *db, struct memory *memory,
                                     struct program_id program, struct proposal_id id,
                                     struct instant at)
{
    struct text note = text_copy(memory, text_of(id_text("ppl", id.value).text));
    return note.data ? job_enqueue(db, memory, &proposal_job, program.value, note, at)
                     : &out_of_memory;
}

const struct problem *proposal_make(struct database *db, struct memory *memory,
                                    const struct program_row *program,
                                    const struct program_rules *rules, struct party_id person,
                                    struct instant at, struct proposal_id *out)
{
    struct program_fault fault;
    struct builder b = builder_make(memory, RULES_BYTES);
    struct proposal_row row = {.program = program->id,
                               .id = {id_new()},
                               .version = program->version,
                               .person = person,
                               .at = at,
                               .fault = text_of("")};
    if (!program_rules_check(memory, rules, program_unit(BENEFIT_AMOUNT, program->currency),
                             &fault))
        return &program_bad_rules;
    shape_write_json(&b, &program_rules_shape, rules, FOR_OPERATOR);
    const struct problem *problem = builder_end(&b, &row.rules);
    if (!problem)
        problem = proposal_insert(db, memory, &row);
    *out = row.id;
    return problem ? problem : enqueue(db, memory, row.program, row.id, at);
}

const struct problem *proposal_of(struct database *db, struct memory *memory,
                                  struct program_id program, struct proposal_row *out,
                                  struct program_rules *rules)
{
    struct field_errors errors = {NULL, 0};
    const struct problem *problem = proposal_find(db, memory, program, out);
    if (problem)
        return problem;
    struct bytes json = {(const unsigned char *)out->rules.data, out->rules.size};
    problem = shape_read_json(memory, &program_rules_shape, json, rules, &errors);
    return problem == &invalid_input ? &our_fault : problem;
}

const struct problem *proposal_totals(struct database *db, struct memory *memory,
                                      const struct proposal_row *proposal,
                                      struct proposal_sum_list *out)
{
    return proposal_sums(db, memory, proposal->program, proposal->id, -1, PEOPLE_FROM, PEOPLE_FROM,
                         out);
}

const struct problem *proposal_changes(struct database *db, struct memory *memory,
                                       const struct proposal_row *proposal, int64_t after,
                                       int64_t most, struct proposal_sum_list *out)
{
    return proposal_sums(db, memory, proposal->program, proposal->id,
                         after < PEOPLE_FROM ? PEOPLE_FROM - 1 : after, INT64_MAX, most, out);
}

const struct problem *proposal_switch(struct database *db, struct memory *memory,
                                      struct program_id program, struct proposal_id seen,
                                      struct party_id person, struct instant at)
{
    struct proposal_row row;
    struct program_rules rules;
    struct program_row now;
    const struct problem *problem = proposal_of(db, memory, program, &row, &rules);
    if (!problem)
        problem = program_find(db, memory, program, &now);
    if (problem)
        return problem;
    if (row.id.value != seen.value || row.version != now.version)
        return &proposal_old;
    if (row.counted.ms == 0)
        return &proposal_not_counted;
    problem = program_set_rules(db, memory, &now, &rules, person, at);
    return problem ? problem : proposal_drop(db, memory, program, at);
}

const struct problem *proposal_drop(struct database *db, struct memory *memory,
                                    struct program_id program, struct instant at)
{
    const struct problem *problem = proposal_delete(db, memory, program);
    /* Takes the lines away. */
    return problem ? problem : enqueue(db, memory, program, (struct proposal_id){id_new()}, at);
}

/* ---- counting --------------------------------------------------------------------------------- */

struct counting {
    struct job_run *run;
    struct memory *memory; /* until it is counted */
    struct proposal_row proposal;
    struct text currency; /* of the program's money */
    struct program_rules before, after;
    struct replay *replay;
    int64_t looked;
};

/* Some lines, or how far it is. */
struct writing {
    struct proposal_progress progress;
    const struct proposal_sum_row *rows;
    size_t count;
    bool more;   /* filled: lines of others are left */
    bool behind; /* filled: another one took its place */
};

static const struct problem *write_progress(struct database *db, struct memory *memory,
                                            void *context)
{
    struct writing *writing = context;
    struct proposal_hit hit;
    const struct problem *problem = proposal_step(db, memory, &writing->progress, &hit);
    writing->behind = problem == &not_found;
    return writing->behind ? NULL : problem;
}

static const struct problem *write_lines(struct database *db, struct memory *memory, void *context)
{
    const struct writing *writing = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < writing->count; i++)
        problem = proposal_sum_insert(db, memory, &writing->rows[i]);
    return problem;
}

static const struct problem *clear_lines(struct database *db, struct memory *memory, void *context)
{
    struct writing *writing = context;
    struct proposal_hit_list gone;
    const struct problem *problem = proposal_sums_clear(db, memory, writing->progress.program,
                                                        writing->progress.id, LINES, &gone);
    writing->more = !problem && gone.count == LINES;
    return problem;
}

/* Takes away all lines but those of `id`. */
static const struct problem *clear(struct job_run *run, struct proposal_id id)
{
    struct writing writing = {.progress = {.program = {run->subject}, .id = id}, .more = true};
    const struct problem *problem = NULL;
    while (!problem && writing.more) {
        struct memory *memory = memory_scratch(run->memory);
        problem = memory ? store_write(run->store, memory, clear_lines, &writing) : &out_of_memory;
        memory_end(memory);
    }
    return problem;
}

static const struct problem *judge_page(struct counting *counting, struct memory *memory,
                                        const struct replay_verdict_list *verdicts)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < verdicts->count; i++) {
        const struct replay_verdict *verdict = &verdicts->items[i];
        struct program_facts facts;
        struct memory *own = memory_scratch(memory);
        struct replay_event event = {&facts, verdict->party, verdict->state, verdict->reason};
        problem = own ? program_read_facts(own, verdict->facts, &facts) : &out_of_memory;
        if (!problem)
            problem = replay_judge(counting->replay, &event);
        memory_end(own);
    }
    return problem;
}

static const struct problem *tell(struct counting *counting, struct writing *writing)
{
    writing->progress.program = counting->proposal.program;
    writing->progress.id = counting->proposal.id;
    writing->progress.looked = counting->looked;
    if (!writing->progress.fault.data)
        writing->progress.fault = text_of("");
    return store_write(counting->run->store, counting->memory, write_progress, writing);
}

static const struct problem *judge_all(struct counting *counting, bool *behind)
{
    struct verdict_id after = {0};
    const struct problem *problem = NULL;
    *behind = false;
    for (int64_t page = 1; !problem && !*behind; page++) {
        struct memory *memory = memory_scratch(counting->memory);
        struct replay_verdict_list verdicts = {NULL, 0};
        struct writing writing = {.count = 0};
        problem = memory ? replay_verdicts(counting->run->db, memory, counting->proposal.program,
                                           after, PAGE, &verdicts)
                         : &out_of_memory;
        if (!problem)
            problem = judge_page(counting, memory, &verdicts);
        counting->looked += (int64_t)verdicts.count;
        size_t found = verdicts.count;
        if (found > 0)
            after = verdicts.items[found - 1].id;
        memory_end(memory);
        if (!problem && page % TELL_EVERY == 0)
            problem = tell(counting, &writing);
        *behind = writing.behind;
        if (found < PAGE)
            break;
    }
    return problem;
}

static struct proposal_sum_row line_of(const struct counting *counting, int64_t place,
                                       const struct replay_line *line)
{
    static const enum program_benefit benefits[REPLAY_KINDS] = {BENEFIT_AMOUNT, BENEFIT_CREDIT,
                                                                BENEFIT_POINTS, BENEFIT_TICKETS};
    struct currency currency = program_unit(benefits[line->kind], counting->currency);
    return (struct proposal_sum_row){
        .program = counting->proposal.program,
        .proposal = counting->proposal.id,
        .place = place,
        .party = line->party,
        .currency = text_copy(counting->memory, text_of(currency.code)),
        .credit = line->kind == REPLAY_CREDIT,
        .before_minor = line->sums[REPLAY_BEFORE],
        .after_minor = line->sums[REPLAY_AFTER],
    };
}

static const struct problem *keep_lines(struct counting *counting, const struct replay_line *lines,
                                        size_t count)
{
    const struct problem *problem = NULL;
    for (size_t first = 0; !problem && first < count; first += LINES) {
        size_t some = count - first < LINES ? count - first : LINES;
        struct memory *memory = memory_scratch(counting->memory);
        struct proposal_sum_row *rows =
            memory ? memory_take_array(memory, some, sizeof *rows) : NULL;
        struct writing writing = {.rows = rows, .count = some};
        for (size_t i = 0; rows && i < some; i++)
            rows[i] = line_of(counting, PEOPLE_FROM + (int64_t)(first + i), &lines[first + i]);
        problem = rows ? store_write(counting->run->store, memory, write_lines, &writing)
                       : &out_of_memory;
        memory_end(memory);
    }
    return problem;
}

static const struct problem *keep_totals(struct counting *counting)
{
    struct proposal_sum_row rows[REPLAY_KINDS];
    struct writing writing = {.rows = rows, .count = 0};
    for (int kind = 0; kind < REPLAY_KINDS; kind++) {
        struct replay_line line = {.kind = kind,
                                   .sums = {replay_total(counting->replay, kind, REPLAY_BEFORE),
                                            replay_total(counting->replay, kind, REPLAY_AFTER)}};
        if (line.sums[REPLAY_BEFORE] != 0 || line.sums[REPLAY_AFTER] != 0)
            rows[writing.count++] = line_of(counting, kind, &line);
    }
    return store_write(counting->run->store, counting->memory, write_lines, &writing);
}

static const struct problem *count(struct counting *counting)
{
    const struct replay_line *lines = NULL;
    size_t line_count = 0, people = 0;
    bool behind = false;
    counting->replay = replay_begin(counting->memory, &counting->before, &counting->after);
    const struct problem *problem =
        counting->replay ? judge_all(counting, &behind) : &out_of_memory;
    if (!problem && !behind)
        problem = replay_changes(counting->replay, &lines, &line_count, &people);
    if (!problem && !behind)
        problem = keep_totals(counting);
    if (!problem && !behind)
        problem = keep_lines(counting, lines, line_count);
    if (behind || (problem && problem != &out_of_memory))
        return problem;
    struct writing writing = {
        .progress = {.changed = (int64_t)people,
                     .counted = problem ? (struct instant){0} : clock_now(),
                     .fault = text_of(problem ? "program.proposal.too_large" : "")}};
    return tell(counting, &writing);
}

static const struct problem *run_job(struct job_run *run)
{
    struct counting counting = {.run = run, .memory = memory_create(counting_memory)};
    struct program_row program;
    struct program_id id = {run->subject};
    const struct problem *problem =
        counting.memory
            ? proposal_of(run->db, counting.memory, id, &counting.proposal, &counting.after)
            : &out_of_memory;
    bool due = !problem && counting.proposal.counted.ms == 0 && counting.proposal.fault.size == 0;
    if (!problem || problem == &not_found) {
        /* Also what was written before a count was broken off. */
        const struct problem *cleared =
            clear(run, due || problem ? (struct proposal_id){0} : counting.proposal.id);
        problem = cleared ? cleared : problem;
    }
    if (due && !problem)
        problem = program_find(run->db, counting.memory, id, &program);
    if (due && !problem)
        problem = program_rules_of(run->db, counting.memory, id, counting.proposal.version,
                                   &counting.before);
    if (problem == &not_found && due && counting.proposal.version == 0)
        problem = NULL; /* it has no rules yet, which give nothing */
    if (due && !problem) {
        counting.currency = program.currency;
        problem = count(&counting);
    }
    memory_end(counting.memory);
    return problem == &not_found ? NULL : problem;
}

const struct job_kind proposal_job = {"program.proposal", LANE_SLOW, run_job};
