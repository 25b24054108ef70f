/*
 * Hours of links become events of programs: found, counted, judged, closed.
 *
 * An hour is counted in the write that pays for it, under a key of link, kind and hour; so it is paid once, whoever
 * is killed in between and however many servers do it. Must not know: rules' conditions, pages.
 * Read next: hours/queries.sql, core/program/hear.c.
 */
#include "modules/referrals/hours/hours.h"

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/hours/queries.h"
#include "modules/referrals/hours/rows.h"

enum { PROGRAMS = 100, LINKS = 200, TOGETHER = 50, HOURS_A_DAY = 24, DAYS_KEPT = 2 };

/* Some hours of one program, in one write. */
struct closing {
    struct database *db; /* inside the write */
    struct memory *memory;
    const struct hours_program_row *of;
    const struct hours_row *hours;
    size_t count;
    int64_t until; /* all hours before this one are to be counted */
    struct instant at;
    struct program_row program; /* as it stands inside the write; its version is that of .rules */
    const struct program_rules *rules;    /* in force when the hour began that is looked at */
    struct program_version_list versions; /* since the first of these hours */
};

/* ---- one hour --------------------------------------------------------------------------------- */

/* The clicks of an hour that count: neither marked nor held or rejected by the rules against abuse. */
static const struct problem *count_clicks(const struct closing *closing,
                                          const struct hours_row *hour, int64_t *out)
{
    struct hours_number visitors;
    int64_t day = hour->hour / HOURS_A_DAY;
    *out = hour->clicks - hour->marked;
    if (!closing->of->unique_clicks || *out == 0)
        return NULL;
    const struct problem *problem =
        hours_visitors_new(closing->db, closing->memory, hour->link, hour->hour, hour->latest,
                           closing->program.id.value, day, &visitors);
    *out = visitors.number;
    return problem ? problem
                   : hours_visitors_add(closing->db, closing->memory, hour->link, hour->hour,
                                        hour->latest, closing->program.id.value, day);
}

static struct program_facts facts_of(const struct closing *closing, const struct hours_row *hour,
                                     enum program_trigger what, int64_t events)
{
    struct currency currency;
    if (!currency_parse(closing->program.currency, &currency))
        currency = (struct currency){""};
    return (struct program_facts){
        .trigger = what,
        .at = {hour->hour * HOUR},
        .events = events,
        .part = 10000,
        .total = {0, currency},
    };
}

/* Of so many events, those that nothing is given for yet: what is given for the others is whole minor units. */
static int64_t rest_of(const struct program_rule *rule, const struct program_due *due,
                       const struct program_facts *facts)
{
    bool whole = due->reason == REASON_GIVEN || due->reason == REASON_NOTHING;
    if (!rule || !whole)
        return 0;
    int64_t part = rule->levels.items[0].part;
    __int128 used = ((__int128)due->parts[0] * rule->each + part - 1) / part;
    return used >= facts->events ? 0 : facts->events - (int64_t)used;
}

/* A day before what the rule gives is free, or halfway through one day; 0: it is free at once. */
static struct instant again_at(const struct program_rule *rule, struct instant at)
{
    int64_t days = rule ? rule->hold_days : 0;
    return days > 0 ? instant_add(at, days > 1 ? (days - 1) * DAY : DAY / 2) : (struct instant){0};
}

static const struct problem *hear(const struct closing *closing, const struct hours_row *hour,
                                  const struct program_facts *facts, int64_t subject)
{
    struct downline_paid paid;
    const struct problem *problem =
        downline_paid(closing->db, closing->memory, hour->partner, &paid);
    if (problem)
        return problem;
    bool late = program_settled(&closing->program, closing->at);
    struct program_heard heard = {
        .program = &closing->program,
        .rules = closing->rules,
        .facts = facts,
        .subject = subject,
        .chain = paid.chain,
        .levels = paid.count,
        .at = closing->at,
        .state = late ? VERDICT_REJECTED : VERDICT_COUNTED,
        .reason = late ? "referrals.why.ended_hour" : NULL,
    };
    return program_hear(closing->db, closing->memory, &heard);
}

static const struct problem *count_hour(const struct closing *closing, const struct hours_row *hour,
                                        enum program_trigger what)
{
    struct hours_event_row row = {.id = {id_new()},
                                  .program = closing->program.id,
                                  .link = hour->link,
                                  .hour = hour->hour,
                                  .what = what,
                                  .events = hour->impressions,
                                  .at = closing->at};
    struct hours_number before = {0};
    struct hours_hit hit;
    const struct problem *problem =
        hours_event_known(closing->db, closing->memory, hour->link, what, hour->hour, &hit);
    if (problem != &not_found)
        return problem;
    problem = hours_rest(closing->db, closing->memory, hour->link, what, &before);
    problem = problem == &not_found ? NULL : problem;
    row.before = before.number;
    if (what == TRIGGER_CLICK)
        row.latest.value = hour->latest;
    if (!problem && what == TRIGGER_CLICK)
        problem = count_clicks(closing, hour, &row.events);
    if (problem || row.events == 0)
        return problem;
    struct program_facts facts = facts_of(closing, hour, what, row.events + row.before);
    struct program_judgement judgement;
    program_judge(closing->rules, &facts, NULL, &judgement);
    const struct program_due *due = &judgement.dues[0];
    const struct program_rule *rule =
        due->rule < 0 ? NULL : &closing->rules->rules.items[due->rule];
    row.rest = rest_of(rule, due, &facts);
    if (what == TRIGGER_CLICK)
        row.again = again_at(rule, closing->at);
    facts.events -= row.rest;
    problem = hours_event_insert(closing->db, closing->memory, &row, &hit);
    if (problem == &not_found)
        return &conflict;
    return problem || facts.events == 0 ? problem : hear(closing, hour, &facts, row.id.value);
}

/* ---- some hours ------------------------------------------------------------------------------- */

static bool pays_for(const struct program_rules *rules, enum program_trigger what)
{
    for (size_t i = 0; i < rules->rules.count; i++) {
        if (rules->rules.items[i].trigger == what)
            return true;
    }
    return false;
}

/* The program and its rules from an hour on. */
static const struct problem *read_program(struct closing *closing, int64_t hour)
{
    const struct problem *problem =
        program_find(closing->db, closing->memory, closing->of->program, &closing->program);
    return problem ? problem
                   : program_rules_since(closing->db, closing->memory, closing->program.id,
                                         (struct instant){hour * HOUR}, &closing->versions);
}

/* An hour is paid by the rules in force when it began, whatever they were changed to since; that in which a program
 * began, by its first ones. */
static void choose_rules(struct closing *closing, int64_t hour)
{
    const struct program_version_list *versions = &closing->versions;
    size_t chosen = 0;
    ensure(versions->count > 0);
    while (chosen + 1 < versions->count && versions->items[chosen + 1].at.ms <= hour * HOUR)
        chosen++;
    closing->rules = &versions->items[chosen].rules;
    closing->program.version = versions->items[chosen].version;
}

/* The last link may have more hours than these: it is gone through once more. */
static const struct problem *keep_place(const struct closing *closing)
{
    return hours_keep(closing->db, closing->memory, closing->of->program, closing->of->hour,
                      closing->until, closing->hours[closing->count - 1].link - 1);
}

static const struct problem *count_some(struct database *db, struct memory *memory, void *context)
{
    struct closing *closing = context;
    closing->db = db;
    closing->memory = memory;
    const struct problem *problem = read_program(closing, closing->of->hour);
    for (size_t i = 0; !problem && i < closing->count; i++) {
        const struct hours_row *hour = &closing->hours[i];
        choose_rules(closing, hour->hour);
        if (hour->clicks > hour->marked && pays_for(closing->rules, TRIGGER_CLICK))
            problem = count_hour(closing, hour, TRIGGER_CLICK);
        if (!problem && hour->impressions > 0 && pays_for(closing->rules, TRIGGER_IMPRESSION))
            problem = count_hour(closing, hour, TRIGGER_IMPRESSION);
    }
    return problem ? problem : keep_place(closing);
}

static const struct problem *count_all(struct job_run *run, struct memory *memory,
                                       const struct hours_program_row *of, int64_t until,
                                       const struct hours_row_list *hours)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < hours->count; i += TOGETHER) {
        size_t left = hours->count - i;
        struct closing closing = {.of = of,
                                  .hours = &hours->items[i],
                                  .count = left < TOGETHER ? left : TOGETHER,
                                  .until = until,
                                  .at = run->now};
        problem = store_write(run->store, memory, count_some, &closing);
    }
    return problem;
}

/* ---- what counts after all --------------------------------------------------------------------- */

/* So many of them as pay. */
static const struct problem *count_passed(const struct closing *closing,
                                          const struct hours_passed *passed, int64_t *out)
{
    struct hours_number visitors;
    int64_t day = passed->hour / HOURS_A_DAY;
    *out = passed->clicks;
    if (!closing->of->unique_clicks)
        return NULL;
    const struct problem *problem = hours_passed_visitors(
        closing->db, closing->memory, passed->doubt, passed->program, day, &visitors);
    *out = visitors.number;
    return problem ? problem
                   : hours_passed_add(closing->db, closing->memory, passed->doubt, passed->program,
                                      day);
}

const struct problem *hours_pay_passed(struct database *db, struct memory *memory,
                                       const struct hours_passed *passed)
{
    struct hours_program_row of;
    struct closing closing = {.db = db, .memory = memory, .of = &of, .at = passed->at};
    const struct hours_row hour = {
        .link = passed->link, .partner = passed->partner, .hour = passed->hour};
    struct hours_hit hit;
    int64_t events = 0;
    const struct problem *problem = hours_of(db, memory, passed->program, &of);
    if (!problem && of.hour <= passed->hour)
        problem = hours_event_known(db, memory, passed->link, TRIGGER_CLICK, passed->hour, &hit);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = read_program(&closing, passed->hour);
    if (problem)
        return problem;
    choose_rules(&closing, passed->hour);
    if (!pays_for(closing.rules, TRIGGER_CLICK))
        return NULL;
    problem = passed->events.present ? NULL : count_passed(&closing, passed, &events);
    if (passed->events.present)
        events = passed->events.value;
    if (problem || events == 0)
        return problem;
    struct program_facts facts = facts_of(&closing, &hour, TRIGGER_CLICK, events);
    return hear(&closing, &hour, &facts, passed->doubt);
}

/* ---- programs --------------------------------------------------------------------------------- */

struct closed {
    struct program_id program;
    int64_t hour;
};

static const struct problem *note_closed(struct database *db, struct memory *memory, void *context)
{
    const struct closed *closed = context;
    return hours_close(db, memory, closed->program, closed->hour);
}

/* Whether any of these rules is about clicks or impressions. */
static bool ever_pays(const struct program_version_list *versions)
{
    for (size_t i = 0; i < versions->count; i++) {
        const struct program_rules *rules = &versions->items[i].rules;
        if (pays_for(rules, TRIGGER_CLICK) || pays_for(rules, TRIGGER_IMPRESSION))
            return true;
    }
    return false;
}

/* Counts what lies before an hour, of links after one, and closes it. */
static const struct problem *close_before(struct job_run *run, const struct hours_program_row *of,
                                          int64_t hour, int64_t link)
{
    struct closing closing = {.db = run->db, .memory = run->memory, .of = of};
    struct hours_links_row links = {.last = link};
    const struct problem *problem = read_program(&closing, of->hour);
    bool pays = !problem && ever_pays(&closing.versions);
    for (bool over = !pays; !problem && !over; over = links.links < LINKS) {
        struct memory *memory = memory_scratch(run->memory);
        struct hours_row_list hours = {NULL, 0};
        int64_t after = links.last;
        problem = memory ? hours_links(run->db, memory, of->program, after, LINKS, &links)
                         : &out_of_memory;
        if (!problem)
            problem =
                hours_open(run->db, memory, of->program, after, links.last, of->hour, hour, &hours);
        if (!problem)
            problem = count_all(run, memory, of, hour, &hours);
        memory_end(memory);
    }
    struct closed closed = {of->program, hour};
    return problem ? problem : store_write(run->store, run->memory, note_closed, &closed);
}

/* First the rest of what was left in the middle, by whomever. */
static const struct problem *close_program(struct job_run *run, const struct hours_program_row *of,
                                           int64_t hour)
{
    struct hours_program_row rest = *of;
    const struct problem *problem = NULL;
    if (of->until > of->hour && of->until <= hour) {
        problem = close_before(run, of, of->until, of->link);
        rest.hour = of->until;
    }
    return problem || rest.hour >= hour ? problem : close_before(run, &rest, hour, 0);
}

static const struct problem *close_all(struct job_run *run, int64_t hour)
{
    struct hours_program_row_list programs = {NULL, 0};
    const struct problem *problem = NULL;
    int64_t after = 0;
    for (bool over = false; !problem && !over; over = programs.count < PROGRAMS) {
        problem = hours_programs(run->db, run->memory, after, hour, PROGRAMS, &programs);
        for (size_t i = 0; !problem && i < programs.count; i++) {
            after = programs.items[i].program.value;
            problem = close_program(run, &programs.items[i], hour);
        }
    }
    return problem;
}

/* ---- when ------------------------------------------------------------------------------------- */

/* Asked for under the hour's number, so that one job waits for each hour, whoever asks. */
static const struct problem *ask(struct database *db, struct memory *memory, struct instant now)
{
    int64_t hour = (now.ms - HOURS_LATE) / HOUR + 1;
    struct text note = text_format(memory, "%lld", (long long)hour);
    struct instant due = {hour * HOUR + HOURS_LATE};
    return note.data ? job_enqueue(db, memory, &referrals_hours_job, 0, note, due) : &out_of_memory;
}

static const struct problem *ask_again(struct database *db, struct memory *memory, void *context)
{
    const struct instant *now = context;
    struct hours_number running = {0};
    const struct problem *problem = hours_running(db, memory, &running);
    if (!problem && running.number > 0)
        problem = ask(db, memory, *now);
    int64_t today = now->ms / DAY;
    return problem ? problem : hours_visitors_forget(db, memory, today - DAYS_KEPT);
}

/* The next one first, so that it comes whatever happens to this one. What is not judged yet waits for it; without any
 * judging so far that is everything, as when two servers take the first hour's jobs at once. */
static const struct problem *work(struct job_run *run)
{
    int64_t judged = 0, hour = (run->now.ms - HOURS_LATE) / HOUR;
    const struct problem *problem = store_write(run->store, run->memory, ask_again, &run->now);
    if (!problem)
        problem = doubt_judged_before(run->db, run->memory, &judged);
    if (!problem)
        problem = close_all(run, judged < hour ? judged : hour);
    return problem ? problem : doubt_second_look(run);
}

const struct job_kind referrals_hours_job = {"referrals.hours", LANE_SLOW, work};

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    return ask(db, memory, event->at);
}

const struct consumer referrals_hours = {
    .name = "referrals.hours",
    .follows = "core.program.",
    .take = take,
};
