/*
 * Moves state machines: look up, guard, effect, store, note.
 *
 * The state is read, the guard asked and the new state stored with a condition on the old one in the
 * same transaction, so that of two people who press at once one is told. Must not know: any model.
 * Read next: core/deal.c.
 */
#include "core/flow.h"

#include <string.h>

#include "base/ids.h"
#include "core/act.h"
#include "base/log.h"
#include "core/event.h"
#include "core/flow_queries.h"
#include "core/flow_rows.h"
#include "ledger/ledger.h"
#include "web/request.h"

const struct problem flow_no_such_move = {"flow.no_such_move", 409, FAULT_CLIENT, false};
const struct problem flow_not_by_you = {"flow.not_by_you", 403, FAULT_CLIENT, false};

enum { FLOWS_MAX = 64, FIRED_TOGETHER = 20 /* some ten rows each */ };
static const struct flow *known[FLOWS_MAX];
static size_t known_count;

void flow_register(const struct flow *const *flows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (flow_named(text_of(flows[i]->name)))
            continue;
        ensure(known_count < FLOWS_MAX);
        known[known_count++] = flows[i];
    }
}

const struct flow *flow_named(struct text name)
{
    for (size_t i = 0; i < known_count; i++) {
        if (text_is(name, known[i]->name))
            return known[i];
    }
    return NULL;
}

size_t flow_all(const struct flow *const **out)
{
    *out = known;
    return known_count;
}

/* The table's row for a state and event that `by` may use; NULL with *exists set when only others
 * may. */
static const struct flow_move *find_move(const struct flow *flow, int state, int event, int by,
                                         bool *exists)
{
    *exists = false;
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *move = &flow->moves[i];
        if (move->from != state || move->event != event)
            continue;
        *exists = true;
        if (move->by & by)
            return move;
    }
    return NULL;
}

bool flow_possible(const struct flow *flow, int state, int event, enum by by)
{
    bool exists;
    return find_move(flow, state, event, (int)by, &exists) != NULL;
}

/* Whether reminders may be left over: the flow has moves by timer, and none from this state. */
static bool reminders_over(const struct flow *flow, int state)
{
    bool timed = false;
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *row = &flow->moves[i];
        if ((row->by & BY_TIMER) && row->from == state)
            return false;
        timed = timed || (row->by & BY_TIMER);
    }
    return timed;
}

static const struct problem *set_timers(const struct move *move)
{
    const struct flow *flow = move->flow;
    struct text name = text_of(flow->name);
    const struct problem *problem = NULL;
    if (flow->limit_count > 0 || reminders_over(flow, move->to))
        problem = flow_timers_clear(move->db, move->memory, name, move->subject);
    for (size_t i = 0; !problem && i < flow->limit_count; i++) {
        const struct flow_limit *limit = &flow->limits[i];
        if (limit->state != move->to)
            continue;
        struct flow_timer_row timer = {
            .subject = move->subject,
            .flow = name,
            .event = text_of(words_name(flow->events, limit->event)),
            .due = instant_add(move->at, limit->after),
        };
        problem = flow_timer_set(move->db, move->memory, &timer);
    }
    return problem;
}

const struct problem *flow_remind(struct database *db, struct memory *memory,
                                  const struct flow *flow, int64_t subject, int event,
                                  struct instant due)
{
    ensure(flow->limit_count == 0);
    struct flow_timer_row timer = {
        .subject = subject,
        .flow = text_of(flow->name),
        .event = text_of(words_name(flow->events, event)),
        .due = due,
    };
    return flow_timer_set(db, memory, &timer);
}

/* History, timers and the event: what follows every move and every beginning. */
static const struct problem *note_move(const struct move *move, const char *event,
                                       const char *from_state)
{
    struct flow_history_new step = {
        .id = {id_new()},
        .flow = text_of(move->flow->name),
        .subject = move->subject,
        .event = text_of(event),
        .from_state = text_of(from_state),
        .to_state = text_of(words_name(move->flow->states, move->to)),
        .actor = move->actor,
        .note = move->note,
        .price = move->price,
        .at = move->at,
    };
    const struct problem *problem = flow_history_insert(move->db, move->memory, &step);
    if (!problem)
        problem = set_timers(move);
    if (problem)
        return problem;
    struct text name = text_format(move->memory, "%s.%s", move->flow->name, event);
    if (!name.data)
        return &out_of_memory;
    if (move->by == BY_OPERATOR)
        problem = act_note(move->db, move->memory,
                           (struct act){.actor = move->actor,
                                        .name = name,
                                        .subject = move->subject,
                                        .was = step.from_state,
                                        .became = step.to_state,
                                        .note = move->note,
                                        .at = move->at});
    if (problem)
        return problem;
    return event_emit(move->db, move->memory, name.data, move->subject, move->actor, move->note,
                      move->at);
}

const struct problem *flow_begin(struct move *move)
{
    move->from = 0;
    move->to = move->flow->first;
    return note_move(move, "began", "");
}

static const struct problem *load_state(struct move *move)
{
    const struct flow *flow = move->flow;
    struct stored_state row;
    const struct problem *problem =
        flow->table->of(move->db, move->memory, move->subject, text_of(flow->name), &row);
    if (!problem && row.owner && move->by == BY_SUPPLIER && row.owner != move->actor.value)
        problem = &not_found;
    if (problem)
        return problem;
    move->from = words_value(flow->states, row.state);
    ensure(move->from != 0);
    return NULL;
}

static const struct problem *store_state(const struct move *move)
{
    const struct flow *flow = move->flow;
    struct stored_state row;
    const struct problem *problem =
        flow->table->set(move->db, move->memory, move->subject, text_of(flow->name),
                         text_of(words_name(flow->states, move->from)),
                         text_of(words_name(flow->states, move->to)), move->at, &row);
    return problem == &not_found ? &conflict : problem;
}

const struct problem *flow_move(struct move *move)
{
    const struct flow *flow = move->flow;
    const struct problem *problem = load_state(move);
    if (problem)
        return problem;
    bool exists;
    const struct flow_move *row = find_move(flow, move->from, move->event, (int)move->by, &exists);
    if (!row)
        return exists ? &flow_not_by_you : &flow_no_such_move;
    move->to = row->to;
    if (row->guard && (problem = row->guard(move)) != NULL)
        return problem;
    problem = store_state(move);
    if (problem)
        return problem;
    if (row->effect && (problem = row->effect(move)) != NULL)
        return problem;
    return note_move(move, words_name(flow->events, move->event),
                     words_name(flow->states, move->from));
}

static const struct problem *make_one(struct database *db, struct memory *memory, void *context)
{
    struct move *move = context;
    move->db = db;
    move->memory = memory;
    return flow_move(move);
}

const struct problem *flow_make(struct store *store, struct memory *memory, struct move *move)
{
    return store_write(store, memory, make_one, move);
}

const struct problem *request_move(struct request *request, struct move *move)
{
    move->actor = request->viewer.person;
    move->at = request->now;
    return flow_make(request->store, request->memory, move);
}

const struct problem *flow_begin_once(struct move *move, const struct once *once,
                                      flow_beginning *begin)
{
    int64_t before;
    if (!once->content.data)
        return &out_of_memory;
    const struct problem *problem = ledger_once(move->db, move->memory, once->party, once->key,
                                                once->content, move->at, &before);
    move->subject = before ? before : id_new();
    if (problem || before)
        return problem;
    problem = begin(move);
    if (problem)
        return problem;
    return ledger_once_result(move->db, move->memory, once->party, once->key, move->subject);
}

/* One flow_once(). */
struct once_making {
    struct move *move;
    const struct once *once;
    flow_beginning *begin;
};

static const struct problem *begin_one(struct database *db, struct memory *memory, void *context)
{
    const struct once_making *making = context;
    making->move->db = db;
    making->move->memory = memory;
    return flow_begin_once(making->move, making->once, making->begin);
}

const struct problem *flow_once(struct store *store, struct memory *memory, struct move *move,
                                const struct once *once, flow_beginning *begin)
{
    struct once_making making = {move, once, begin};
    return store_write(store, memory, begin_one, &making);
}

/* Time limits that run out in one write. */
struct firing {
    const struct flow_timer_row *timers;
    size_t count;
};

static const struct problem *fire_one(struct database *db, struct memory *memory,
                                      const struct flow_timer_row *timer)
{
    const struct flow *flow = flow_named(timer->flow);
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = flow,
        .subject = timer->subject,
        .event = flow ? words_value(flow->events, timer->event) : 0,
        .by = BY_TIMER,
        .at = timer->due,
    };
    struct flow_timer_hit hit;
    const struct problem *problem =
        flow_timer_done(db, memory, timer->flow, timer->subject, timer->event, &hit);
    if (problem) /* another process was faster */
        return problem == &not_found ? NULL : problem;
    return move.event ? flow_move(&move) : &flow_no_such_move;
}

static const struct problem *fire_work(struct database *db, struct memory *memory, void *context)
{
    const struct firing *firing = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < firing->count; i++)
        problem = fire_one(db, memory, &firing->timers[i]);
    return problem;
}

static const struct problem *drop_work(struct database *db, struct memory *memory, void *context)
{
    const struct firing *firing = context;
    const struct flow_timer_row *timer = &firing->timers[0];
    struct flow_timer_hit hit;
    const struct problem *problem =
        flow_timer_done(db, memory, timer->flow, timer->subject, timer->event, &hit);
    return problem == &not_found ? NULL : problem;
}

/* All of a run in one write. When one of them is not possible, nothing of it stays: each is then fired
 * alone, and that one is dropped. */
static const struct problem *fire_run(struct store *store, struct memory *memory,
                                      struct firing firing)
{
    const struct problem *problem = store_write(store, memory, fire_work, &firing);
    if (!problem || problem->fault == FAULT_WORLD)
        return problem;
    if (firing.count == 1) {
        log_write(LOG_WARNING, "flow.timer_dropped", "flow=%.*s subject=%lld problem=%s",
                  TEXT_ARGS(firing.timers[0].flow), (long long)firing.timers[0].subject,
                  problem->name);
        return store_write(store, memory, drop_work, &firing);
    }
    problem = NULL;
    for (size_t i = 0; !problem && i < firing.count; i++)
        problem = fire_run(store, memory, (struct firing){&firing.timers[i], 1});
    return problem;
}

const struct problem *flow_fire(struct store *store, struct database *reader, struct memory *memory,
                                struct instant at, int64_t *fired)
{
    struct flow_timer_row_list due;
    *fired = 0;
    const struct problem *problem = flow_timers_due(reader, memory, at, &due);
    for (size_t i = 0; !problem && i < due.count; i += FIRED_TOGETHER) {
        size_t count = due.count - i < FIRED_TOGETHER ? due.count - i : FIRED_TOGETHER;
        problem = fire_run(store, memory, (struct firing){&due.items[i], count});
        *fired += problem ? 0 : (int64_t)count;
    }
    return problem;
}
