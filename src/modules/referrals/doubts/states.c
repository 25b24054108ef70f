/*
 * The state machine of doubts: what was held or rejected, until somebody says what becomes of it.
 *
 * The table is the truth: README.md's diagram is checked against it, and a generated test walks every state with
 * every event. Must not know: rules. Read next: judge.c, core/program/program.h.
 */
#include "modules/referrals/doubts/doubt.shapes.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/hours/hours.h"

const struct problem doubt_appealed_once = {"referrals.appealed_once", 409, FAULT_CLIENT, false};

static const struct problem *read(struct move *move, struct doubt_row *row)
{
    return doubt_by_id(move->db, move->memory, (struct doubt_id){move->subject}, row);
}

/* ---- the partner ------------------------------------------------------------------------------ */

static const struct problem *once(struct move *move)
{
    struct doubt_row row;
    const struct problem *problem = read(move, &row);
    return problem ? problem : row.said.size > 0 ? &doubt_appealed_once : NULL;
}

static const struct problem *say_why(struct move *move)
{
    return doubt_say_why(move->db, move->memory, (struct doubt_id){move->subject}, move->note);
}

/* ---- who decides ------------------------------------------------------------------------------ */

/* Who stands above is asked now: who has left since, or is paused, gets nothing. */
static const struct problem *give(struct move *move, const struct doubt_row *row,
                                  enum verdict_state *found)
{
    struct downline_paid paid;
    const struct problem *problem = downline_paid(move->db, move->memory, row->partner, &paid);
    return problem ? problem
                   : program_release(move->db, move->memory, (struct verdict_id){row->subject},
                                     paid.chain, paid.count, move->at, found);
}

/* An order that came to nothing meanwhile has nothing left to give. */
static const struct problem *pass_order(struct move *move, const struct doubt_row *row)
{
    struct verdict_id verdict = {row->subject};
    enum verdict_state found = VERDICT_REJECTED;
    const struct problem *problem =
        program_reopen(move->db, move->memory, verdict, text_of("referrals.why.passed"), move->at);
    if (!problem || problem == &conflict)
        problem = give(move, row, &found);
    if (problem)
        return problem == &conflict ? NULL : problem;
    problem = doubt_led_well(move->db, move->memory, verdict.value);
    return problem || found == VERDICT_REJECTED
               ? problem
               : doubt_brought(move->db, move->memory, row->partner, verdict);
}

static const struct problem *refuse_order(struct move *move, const struct doubt_row *row)
{
    const struct problem *problem =
        program_reject(move->db, move->memory, (struct verdict_id){row->subject},
                       text_of(suspect_words(row->rule)), move->at);
    return problem == &conflict ? NULL : problem;
}

/* Clicks stand with their hour: what was held of it counts, and is paid if the hour was; or is rejected. */
static const struct problem *count_clicks(struct move *move, const struct doubt_row *row,
                                          enum verdict_state found)
{
    struct second_taken_row hour = {.link = row->subject};
    int64_t held = row->found == VERDICT_HELD ? row->clicks : 0;
    int64_t rejected = row->found == VERDICT_REJECTED ? row->clicks : 0;
    rejected -= found == VERDICT_REJECTED ? row->clicks : 0;
    bool paid = row->what == DOUBT_PAID;
    const struct problem *problem =
        paid ? second_of(move->db, move->memory, (struct referrals_hour_id){row->subject}, &hour)
             : NULL;
    if (!problem)
        problem = doubt_hour_less(move->db, move->memory, hour.link, row->hour, held, rejected);
    const struct hours_passed passed = {.program = row->program,
                                        .partner = row->partner,
                                        .link = hour.link,
                                        .hour = row->hour,
                                        .doubt = row->id.value,
                                        .clicks = row->clicks,
                                        .events = {paid, hour.taken},
                                        .at = move->at};
    return problem || found != VERDICT_COUNTED ? problem
                                               : hours_pay_passed(move->db, move->memory, &passed);
}

static const struct problem *decide(struct move *move, enum verdict_state found)
{
    struct doubt_row row;
    const struct problem *problem = read(move, &row);
    if (problem)
        return problem;
    if (row.what != DOUBT_ORDER)
        problem = count_clicks(move, &row, found);
    else
        problem = found == VERDICT_COUNTED ? pass_order(move, &row) : refuse_order(move, &row);
    if (!problem)
        problem = doubt_decided(move->db, move->memory, row.id, found, move->note);
    return problem ? problem : doubt_note(move, &row);
}

static const struct problem *pass(struct move *move)
{
    return decide(move, VERDICT_COUNTED);
}

static const struct problem *refuse(struct move *move)
{
    return decide(move, VERDICT_REJECTED);
}

static const struct flow_move moves[] = {
    {DOUBT_OPEN, DOUBT_APPEAL, BY_SUPPLIER, once, say_why, DOUBT_APPEALED},
    {DOUBT_OPEN, DOUBT_PASS, BY_BUYER | BY_OPERATOR, NULL, pass, DOUBT_PASSED},
    {DOUBT_OPEN, DOUBT_REFUSE, BY_BUYER | BY_OPERATOR, NULL, refuse, DOUBT_REFUSED},
    {DOUBT_APPEALED, DOUBT_PASS, BY_BUYER | BY_OPERATOR, NULL, pass, DOUBT_PASSED},
    {DOUBT_APPEALED, DOUBT_REFUSE, BY_BUYER | BY_OPERATOR, NULL, refuse, DOUBT_REFUSED},
    {DOUBT_REFUSED, DOUBT_APPEAL, BY_SUPPLIER, once, say_why, DOUBT_APPEALED},
};
const struct flow doubt_flow = {
    .name = "referrals.doubt",
    .states = &doubt_state_words,
    .events = &doubt_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = DOUBT_OPEN,
    .table = &referrals_doubt_table,
};
