/*
 * Plans: agreed on, made into obligations some time ahead, completed or ended.
 *
 * Must not know: pages, how money is posted. Read next: core/owed/obligation.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"
#include "web/words.h"

const struct problem plan_bad_terms = {"plan.bad_terms", 422, FAULT_CLIENT, false};

enum {
    KINDS_MAX = 32,
    MADE_MOST = 50,      /* obligations in one write, some five rows each */
    AHEAD_DAYS = 60,     /* for plans that count by days */
    MILESTONES_MAX = 50, /* all are made at once */
    DAYS_MOST = 3660,    /* of grace, of patience */
    EVERY_MOST = 1200
};

static const struct plan_kind *kinds[KINDS_MAX];
static size_t kind_count;

void plan_register(const struct plan_kind *kind)
{
    for (size_t i = 0; i < kind_count; i++) {
        if (kinds[i] == kind)
            return;
    }
    ensure(kind_count < KINDS_MAX);
    kinds[kind_count++] = kind;
}

const struct problem *plan_kind_of(const struct plan_row *plan, const struct plan_kind **out)
{
    for (size_t i = 0; i < kind_count; i++) {
        if (text_is(plan->kind, kinds[i]->name)) {
            *out = kinds[i];
            return NULL;
        }
    }
    return &not_found;
}

struct schedule plan_schedule(const struct plan_row *plan)
{
    return (struct schedule){
        .term = plan->term,
        .sum = plan->sum,
        .parts = plan->parts,
        .remainder = plan->remainder,
        .unit = plan->unit,
        .every = plan->every,
        .first = plan->first,
        .month_day = plan->month_day,
        .rate = plan->rate,
        .basis = plan->basis,
        .accrues = plan->accrues,
    };
}

const struct problem *plan_find(struct database *db, struct memory *memory, struct plan_id id,
                                struct plan_row *out)
{
    return plan_by_id(db, memory, id, out);
}

static bool within(int64_t value, int64_t low, int64_t high)
{
    return value >= low && value <= high;
}

/* The days of a plan that has some; a first day that is not the wanted one of its month is refused. */
static bool days_are_fine(const struct plan_row *plan, const struct schedule *schedule)
{
    struct schedule same = *schedule;
    if (!within(plan->first, 1, SCHEDULE_DAY_MAX) || !within(plan->every, 1, EVERY_MOST))
        return false;
    if (plan->unit != PLAN_MONTH)
        return true;
    if (!within(plan->month_day, 1, 31))
        return false;
    same.every = 0; /* the wanted day in the first one's own month */
    return schedule_due(&same, 2) == plan->first;
}

static bool interest_is_fine(const struct plan_row *plan)
{
    if (plan->term != PLAN_INTEREST)
        return true;
    /* A day of a month of thirty may have no interest at all. */
    bool daily = plan->unit == PLAN_DAY && plan->basis == BASIS_30_360;
    return !daily && within(plan->rate, 1, SCHEDULE_RATE_MAX) &&
           within(plan->accrues, 1, plan->first - 1);
}

/* Every sum that will be owed can be counted, and there is one. */
static bool sums_are_fine(const struct plan_row *plan, const struct schedule *schedule)
{
    int64_t parts = plan->parts > 0 ? plan->parts : 24;
    struct money sum;
    for (int64_t i = 1; i <= parts; i++) {
        if (!schedule_amount(schedule, i, &sum) || sum.minor <= 0)
            return false;
        if (plan->term != PLAN_MILESTONES && schedule_due(schedule, i) == 0)
            return false;
    }
    return schedule_total(schedule, parts, &sum) &&
           money_add(sum, (struct money){plan->fee_minor, sum.currency}, &sum);
}

const struct problem *plan_terms_check(const struct plan_row *plan)
{
    struct schedule schedule = plan_schedule(plan);
    bool endless = plan->term == PLAN_RECURRING || plan->term == PLAN_INTEREST;
    int64_t most = plan->term == PLAN_MILESTONES ? MILESTONES_MAX : SCHEDULE_PARTS_MAX;
    bool fine = plan->debtor.value != plan->creditor.value &&
                within(plan->sum.minor, 1, MONEY_MAX) && within(plan->fee_minor, 0, MONEY_MAX) &&
                within(plan->parts, endless ? 0 : 1, most) && within(plan->grace, 0, DAYS_MOST) &&
                within(plan->patience, 0, DAYS_MOST) && interest_is_fine(plan) &&
                (plan->term == PLAN_MILESTONES || days_are_fine(plan, &schedule)) &&
                sums_are_fine(plan, &schedule);
    return fine ? NULL : &plan_bad_terms;
}

const struct problem *plan_begin(struct move *move, struct plan_row *plan)
{
    const struct problem *problem = plan_terms_check(plan);
    if (problem)
        return problem;
    plan->id.value = id_new();
    plan->state = PLAN_PROPOSED;
    plan->made = 0;
    plan->next = 0;
    plan->at = plan->moved = move->at;
    problem = plan_insert(move->db, move->memory, plan);
    if (problem)
        return problem;
    struct move begin = {.db = move->db,
                         .memory = move->memory,
                         .flow = &plan_flow,
                         .subject = plan->id.value,
                         .by = move->by,
                         .actor = move->actor,
                         .at = move->at,
                         .note = move->note};
    return flow_begin(&begin);
}

/* ---- obligations ---- */

static const struct problem *make_one(struct move *move, const struct plan_row *plan,
                                      const struct schedule *schedule, int64_t number)
{
    struct obligation_row row = {
        .id = {id_new()},
        .plan = plan->id,
        .number = number,
        .debtor = plan->debtor,
        .creditor = plan->creditor,
        .state = OBLIGATION_UPCOMING,
        .due = schedule_due(schedule, number),
        .moved = move->at,
    };
    /* A plan without end comes to where nothing can be counted any more, or to a period without interest. */
    if (!schedule_amount(schedule, number, &row.amount) || row.amount.minor == 0)
        return NULL;
    const struct problem *problem = obligation_insert(move->db, move->memory, &row);
    return problem ? problem : obligation_begin(move, &row);
}

/* The day on which the part after those that were made is to be made; 0: there is none. */
static int64_t next_day(const struct plan_row *plan, const struct schedule *schedule)
{
    bool over = plan->parts > 0 ? plan->made >= plan->parts : plan->made >= SCHEDULE_PARTS_MAX;
    int64_t due = over ? 0 : schedule_due(schedule, plan->made + 1);
    int64_t ahead = plan->unit == PLAN_DAY ? AHEAD_DAYS : PLAN_AHEAD;
    if (over || plan->term == PLAN_MILESTONES)
        return over ? 0 : 1;
    return due == 0 || due > ahead ? due - (due ? ahead : 0) : 1;
}

const struct problem *plan_extend(struct move *move, struct plan_row *plan, int64_t *made)
{
    struct schedule schedule = plan_schedule(plan);
    const struct problem *problem = NULL;
    int64_t today = words_day_of(move->at);
    *made = 0;
    plan->next = next_day(plan, &schedule);
    while (!problem && *made < MADE_MOST && plan->next > 0 && plan->next <= today) {
        problem = make_one(move, plan, &schedule, plan->made + 1);
        plan->made++;
        ++*made;
        plan->next = next_day(plan, &schedule);
    }
    if (problem)
        return problem;
    return plan_made(move->db, move->memory, plan->id, plan->made, plan->next);
}

/* ---- moves ---- */

static const struct problem *plan_load(const struct move *move, struct plan_row *out)
{
    return plan_by_id(move->db, move->memory, (struct plan_id){move->subject}, out);
}

static const struct problem *effect_accept(struct move *move)
{
    struct plan_row plan;
    int64_t made;
    const struct problem *problem = plan_load(move, &plan);
    if (problem)
        return problem;
    return plan_extend(move, &plan, &made);
}

static const struct problem *tell_kind(struct move *move, struct plan_row *plan)
{
    const struct plan_kind *kind;
    const struct problem *problem = plan_kind_of(plan, &kind);
    if (problem)
        return problem == &not_found ? NULL : problem;
    plan->state = (enum plan_state)move->to;
    return kind->over ? kind->over(move, plan) : NULL;
}

static const struct problem *effect_complete(struct move *move)
{
    struct plan_row plan;
    const struct problem *problem = plan_load(move, &plan);
    return problem ? problem : tell_kind(move, &plan);
}

static const struct problem *effect_end(struct move *move)
{
    struct plan_row plan;
    struct obligation_hit_list open;
    const struct problem *problem = plan_load(move, &plan);
    if (!problem)
        problem = plan_made(move->db, move->memory, plan.id, plan.made, 0);
    if (!problem)
        problem = obligations_open_of(move->db, move->memory, plan.id, &open);
    for (size_t i = 0; !problem && i < open.count; i++) {
        struct move cancel = {.db = move->db,
                              .memory = move->memory,
                              .flow = &obligation_flow,
                              .subject = open.items[i].id.value,
                              .event = OBLIGATION_CANCEL,
                              .by = BY_TIMER,
                              .at = move->at,
                              .note = move->note};
        problem = flow_move(&cancel);
    }
    return problem ? problem : tell_kind(move, &plan);
}

static const struct problem *guard_reason(struct move *move)
{
    bool said = move->by == BY_TIMER || !text_empty(text_trim(move->note));
    return said ? NULL : &plan_no_reason;
}

enum { EVERYBODY = BY_SUPPLIER | BY_BUYER | BY_OPERATOR };

/* BY_SUPPLIER is the creditor, BY_BUYER the debtor; what follows by itself is BY_TIMER. */
static const struct flow_move moves[] = {
    {PLAN_PROPOSED, PLAN_ACCEPT, BY_BUYER, NULL, effect_accept, PLAN_RUNNING},
    {PLAN_PROPOSED, PLAN_DECLINE, EVERYBODY, NULL, NULL, PLAN_DECLINED},
    {PLAN_RUNNING, PLAN_COMPLETE, BY_TIMER, NULL, effect_complete, PLAN_COMPLETED},
    {PLAN_RUNNING, PLAN_END, BY_OPERATOR | BY_TIMER, guard_reason, effect_end, PLAN_ENDED},
};

const struct flow plan_flow = {
    .name = "core.plan",
    .states = &plan_state_words,
    .events = &plan_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PLAN_PROPOSED,
    .table = &core_plan_table,
};

static const struct problem *move_plan(struct move *move, struct plan_id id, enum plan_event event,
                                       enum by by)
{
    struct move of_plan = {.db = move->db,
                           .memory = move->memory,
                           .flow = &plan_flow,
                           .subject = id.value,
                           .event = (int)event,
                           .by = by,
                           .actor = by == BY_TIMER ? (struct party_id){0} : move->actor,
                           .at = move->at,
                           .note = move->note};
    return flow_move(&of_plan);
}

const struct problem *plan_accept(struct move *move, struct plan_id plan)
{
    return move_plan(move, plan, PLAN_ACCEPT, BY_BUYER);
}

const struct problem *plan_end(struct move *move, struct plan_id plan)
{
    return move_plan(move, plan, PLAN_END, BY_TIMER);
}

const struct problem *plan_settle(struct move *move, struct plan_id id)
{
    struct plan_row plan;
    struct obligation_hit open;
    const struct problem *problem = plan_by_id(move->db, move->memory, id, &plan);
    if (problem || plan.next > 0 || plan.state != PLAN_RUNNING)
        return problem;
    problem = obligation_open_in(move->db, move->memory, id, &open);
    return problem == &not_found ? move_plan(move, id, PLAN_COMPLETE, BY_TIMER) : problem;
}
