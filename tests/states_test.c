/*
 * Every state of every registered flow against every event, by everybody who can move it.
 *
 * Each flow is copied with its table, words and limits, but without guards and effects and with a
 * subject that lives in this program, so that flow_move() itself is driven in real writes on both
 * engines: the table's moves happen and leave their history, timers and event, all others are refused
 * and leave nothing. The tables are also checked by themselves (no dead row, no trap, every state
 * reachable) and against the diagrams in README.md of core and of the modules. Must not know: any module.
 */
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/event_queries.h"
#include "core/flow_queries.h"
#include "core/flow_rows.h"
#include "core/module.h"
#include "ledger/schema.h"

enum { FLOWS_MAX = 64, STATES_MAX = 32, BY_ALL = 4, FAULT_TEXT = 400, NO_STATE = -1 };

static const enum by everybody[BY_ALL] = {BY_SUPPLIER, BY_BUYER, BY_OPERATOR, BY_TIMER};
static const char *const everybody_words[BY_ALL] = {"supplier", "buyer", "operator", "timer"};

/* A flow of the tables, and the copy of it that is driven. */
struct subject_flow {
    const struct flow *table;
    struct flow driven;
    struct flow_move moves[64]; /* the table's rows without guard and effect */
    const char *module;         /* whose */
};
static struct subject_flow flows[FLOWS_MAX];
static size_t flow_count;

/* The one subject that moves now. */
static struct {
    int64_t id;
    int state;
} subject;

static char fault[FAULT_TEXT]; /* the first one found in what is tested now; empty when none */
static int failures;

__attribute__((format(printf, 1, 2))) static void blame(const char *format, ...)
{
    va_list arguments;
    if (fault[0])
        return;
    va_start(arguments, format);
    vsnprintf(fault, sizeof fault, format, arguments);
    va_end(arguments);
}

/* Ends a test: what it is called, then what was wrong with it. */
static void told(const char *flow, const char *what)
{
    printf("%s %s: %s\n", fault[0] ? "not ok" : "ok", flow, what);
    if (fault[0]) {
        printf("# %s\n", fault);
        failures++;
    }
    fault[0] = '\0';
}

static const char *state_name(const struct flow *flow, int state)
{
    const char *name = words_name(flow->states, state);
    return name ? name : "(no state)";
}

static const char *event_name(const struct flow *flow, int event)
{
    const char *name = words_name(flow->events, event);
    return name ? name : "(no event)";
}

/* ---- the flows, with subjects of their own ---- */

static const struct problem *subject_of(struct database *db, struct memory *memory, int64_t id,
                                        struct text flow, struct stored_state *out)
{
    (void)db;
    (void)memory;
    if (id != subject.id)
        return &not_found;
    *out = (struct stored_state){.state =
                                     text_of(words_name(flow_named(flow)->states, subject.state))};
    return NULL;
}

static const struct problem *subject_set(struct database *db, struct memory *memory, int64_t id,
                                         struct text flow, struct text from_state,
                                         struct text to_state, struct instant moved,
                                         struct stored_state *out)
{
    (void)db;
    (void)memory;
    (void)moved;
    const struct words *states = flow_named(flow)->states;
    if (id != subject.id || subject.state != words_value(states, from_state))
        return &not_found;
    subject.state = words_value(states, to_state);
    out->state = to_state;
    return NULL;
}

static const struct state_table subject_table = {subject_of, subject_set};

static void collect_flows(void)
{
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->flow_count; i++) {
            struct subject_flow *flow = &flows[flow_count++];
            ensure(flow_count <= FLOWS_MAX);
            flow->table = (*part)->flows[i];
            flow->module = (*part)->name;
            flow->driven = *flow->table;
            ensure(flow->table->count <= sizeof flow->moves / sizeof flow->moves[0]);
            for (size_t row = 0; row < flow->table->count; row++) {
                flow->moves[row] = flow->table->moves[row];
                flow->moves[row].guard = NULL;
                flow->moves[row].effect = NULL;
            }
            flow->driven.moves = flow->moves;
            flow->driven.table = &subject_table;
            const struct flow *driven = &flow->driven;
            flow_register(&driven, 1);
        }
    }
}

/* ---- the tables by themselves ---- */

static const struct flow_move *row_for(const struct flow *flow, int state, int event, int by)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *row = &flow->moves[i];
        if (row->from == state && row->event == event && (row->by & by))
            return row;
    }
    return NULL;
}

static bool has_way_on(const struct flow *flow, int state)
{
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->moves[i].from == state)
            return true;
    }
    return false;
}

/* Every word of a row exists, and no row hides behind another. */
static void check_rows(const struct flow *flow)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *row = &flow->moves[i];
        if (!words_name(flow->states, row->from) || !words_name(flow->states, row->to) ||
            !words_name(flow->events, row->event))
            blame("row %zu has a state or an event without a word", i + 1);
        if (row->by < 1 || row->by > (BY_SUPPLIER | BY_BUYER | BY_OPERATOR | BY_TIMER))
            blame("row %zu is for nobody", i + 1);
        for (size_t j = 0; j < i; j++) {
            const struct flow_move *other = &flow->moves[j];
            if (other->from == row->from && other->event == row->event && (other->by & row->by))
                blame("%s %s stands twice for the same", state_name(flow, row->from),
                      event_name(flow, row->event));
        }
    }
    for (size_t i = 0; i < flow->events->count; i++) {
        bool used = false;
        for (size_t j = 0; j < flow->count; j++)
            used = used || flow->moves[j].event == flow->events->items[i].value;
        if (!used)
            blame("nothing ever happens by %s", flow->events->items[i].name);
    }
    told(flow->name, "every row has its words, and none hides another");
}

/* Marks what can be reached from `state`, itself included. */
static void reach(const struct flow *flow, int state, bool reached[STATES_MAX])
{
    ensure(state > 0 && state < STATES_MAX);
    if (reached[state])
        return;
    reached[state] = true;
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->moves[i].from == state)
            reach(flow, flow->moves[i].to, reached);
    }
}

/* From the first state every other can be reached, and from every state an end. */
static void check_ways(const struct flow *flow)
{
    bool reached[STATES_MAX] = {false};
    char ends[FAULT_TEXT] = "";
    char what[2 * FAULT_TEXT];
    reach(flow, flow->first, reached);
    for (size_t i = 0; i < flow->states->count; i++) {
        const struct word *word = &flow->states->items[i];
        bool onward[STATES_MAX] = {false};
        bool ending = false;
        if (!reached[word->value])
            blame("%s is never reached from %s", word->name, state_name(flow, flow->first));
        reach(flow, word->value, onward);
        for (size_t j = 0; j < flow->states->count; j++) {
            int other = flow->states->items[j].value;
            ending = ending || (onward[other] && !has_way_on(flow, other));
        }
        if (!ending)
            blame("from %s there is no way to any end", word->name);
        if (!has_way_on(flow, word->value)) {
            size_t used = strlen(ends);
            snprintf(ends + used, sizeof ends - used, "%s%s", used ? ", " : "", word->name);
        }
    }
    snprintf(what, sizeof what, "every state is reached, and all ways end in: %s", ends);
    told(flow->name, what);
}

/* A time limit must be able to do what it is set for. */
static void check_limits(const struct flow *flow)
{
    for (size_t i = 0; i < flow->limit_count; i++) {
        const struct flow_limit *limit = &flow->limits[i];
        if (limit->after <= 0)
            blame("the limit of %s has no length", state_name(flow, limit->state));
        if (!row_for(flow, limit->state, limit->event, BY_TIMER))
            blame("%s has a limit for %s, which no timer may do", state_name(flow, limit->state),
                  event_name(flow, limit->event));
    }
    for (size_t i = 0; flow->limit_count && i < flow->count; i++) {
        bool limited = !(flow->moves[i].by & BY_TIMER);
        for (size_t j = 0; j < flow->limit_count; j++)
            limited = limited || (flow->limits[j].state == flow->moves[i].from &&
                                  flow->limits[j].event == flow->moves[i].event);
        if (!limited)
            blame("%s could %s by timer, but has no limit", state_name(flow, flow->moves[i].from),
                  event_name(flow, flow->moves[i].event));
    }
    told(flow->name, "each time limit can do what it is set for");
}

/* ---- every state with every event ---- */

struct attempt {
    const struct flow *flow;
    int state, event;
    enum by by;
    struct instant at;
    struct party_id actor;
    struct move move; /* as flow_move() left it */
};

/* May run again after a conflict, so the subject is put back first. */
static const struct problem *try_move(struct database *db, struct memory *memory, void *context)
{
    struct attempt *attempt = context;
    const struct flow *flow = attempt->flow;
    subject.state = attempt->state;
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *row = &flow->moves[i];
        if (row->from != attempt->state || !(row->by & BY_TIMER))
            continue;
        /* The limit that the state left had; one flow may keep it, as reminders are kept. */
        struct flow_timer_row timer = {subject.id, text_of(flow->name),
                                       text_of(words_name(flow->events, row->event)),
                                       instant_add(attempt->at, MINUTE)};
        const struct problem *problem = flow_timer_set(db, memory, &timer);
        if (problem)
            return problem;
    }
    attempt->move = (struct move){.db = db,
                                  .memory = memory,
                                  .flow = flow,
                                  .subject = subject.id,
                                  .event = attempt->event,
                                  .by = attempt->by,
                                  .actor = attempt->actor,
                                  .at = attempt->at,
                                  .note = text_of("so that it is kept")};
    return flow_move(&attempt->move);
}

static void blame_cell(const struct attempt *attempt, const char *what, const char *found)
{
    const char *by = "nobody";
    for (size_t i = 0; i < BY_ALL; i++)
        by = attempt->by == everybody[i] ? everybody_words[i] : by;
    blame("%s %s by %s: %s %s", state_name(attempt->flow, attempt->state),
          event_name(attempt->flow, attempt->event), by, what, found);
}

static void check_history(const struct attempt *attempt, struct database *db, struct memory *memory,
                          const struct flow_move *row)
{
    const struct flow *flow = attempt->flow;
    struct flow_step_list steps = {0};
    if (flow_history(db, memory, subject.id, &steps))
        blame_cell(attempt, "its history", "can't be read");
    if (steps.count != (row ? 1 : 0)) {
        blame_cell(attempt, "its history has", steps.count ? "steps" : "no step");
        return;
    }
    if (!row)
        return;
    const struct flow_step *step = &steps.items[0];
    if (!text_is(step->event, event_name(flow, attempt->event)) ||
        !text_is(step->from_state, state_name(flow, attempt->state)) ||
        !text_is(step->to_state, state_name(flow, row->to)) ||
        step->actor.value != attempt->actor.value || step->at.ms != attempt->at.ms ||
        step->price.present != attempt->move.price.present ||
        step->price.value.minor != attempt->move.price.value.minor ||
        !text_is(step->note, "so that it is kept"))
        blame_cell(attempt, "its step says", "something else");
}

/* Which timers must run after a move: the new state's limits, or reminders that still can come. */
static bool timer_wanted(const struct flow *flow, const struct attempt *attempt, int to, int event,
                         struct instant due)
{
    for (size_t i = 0; i < flow->limit_count; i++) {
        const struct flow_limit *limit = &flow->limits[i];
        if (limit->state == to && limit->event == event)
            return due.ms == attempt->at.ms + limit->after;
    }
    bool set = row_for(flow, attempt->state, event, BY_TIMER) != NULL;
    bool over = true;
    for (size_t i = 0; i < flow->count; i++)
        over = over && !(flow->moves[i].from == to && (flow->moves[i].by & BY_TIMER));
    return flow->limit_count == 0 && set && !over && due.ms == attempt->at.ms + MINUTE;
}

/* Compares the timers that run with those wanted, and takes them away again. */
static const struct problem *check_timers(struct database *db, struct memory *memory, void *context)
{
    const struct attempt *attempt = context;
    const struct flow *flow = attempt->flow;
    struct flow_timer_row_list due;
    size_t wanted = 0;
    size_t found = 0;
    const struct problem *problem =
        flow_timers_due(db, memory, instant_add(attempt->at, 4000 * DAY), &due);
    if (problem)
        return problem;
    for (size_t i = 0; i < flow->events->count; i++) {
        int event = flow->events->items[i].value;
        int to = attempt->move.to;
        bool limited = false;
        for (size_t j = 0; j < flow->limit_count; j++)
            limited = limited || (flow->limits[j].state == to && flow->limits[j].event == event);
        wanted +=
            limited || timer_wanted(flow, attempt, to, event, instant_add(attempt->at, MINUTE));
    }
    for (size_t i = 0; i < due.count; i++) {
        int event = words_value(flow->events, due.items[i].event);
        if (due.items[i].subject != subject.id || !text_is(due.items[i].flow, flow->name) ||
            !timer_wanted(flow, attempt, attempt->move.to, event, due.items[i].due))
            blame_cell(attempt, "a timer runs that should not:", event_name(flow, event));
        found++;
    }
    if (found != wanted)
        blame_cell(attempt, "timers are", found < wanted ? "missing" : "left over");
    return flow_timers_clear(db, memory, text_of(flow->name), subject.id);
}

/* One cell of the table. Counts the moves that were made. */
static void check_cell(struct store *store, struct database *db, struct attempt *attempt,
                       int64_t *moved)
{
    struct memory *memory = memory_create(4 << 20);
    const struct flow *flow = attempt->flow;
    const struct flow_move *row = row_for(flow, attempt->state, attempt->event, (int)attempt->by);
    bool by_others = row_for(flow, attempt->state, attempt->event, ~0) != NULL;
    const struct problem *wanted = row ? NULL : by_others ? &flow_not_by_you : &flow_no_such_move;
    subject.id = id_new();
    if (flow_possible(flow, attempt->state, attempt->event, attempt->by) != (row != NULL))
        blame_cell(attempt, "flow_possible() says", row ? "no" : "yes");
    const struct problem *problem = store_write(store, memory, try_move, attempt);
    if (problem != wanted)
        blame_cell(attempt, "gave", problem ? problem->name : "a move");
    if (subject.state != (row ? row->to : attempt->state))
        blame_cell(attempt, "led to", state_name(flow, subject.state));
    if (row && (attempt->move.from != attempt->state || attempt->move.to != row->to))
        blame_cell(attempt, "says that it led to", state_name(flow, attempt->move.to));
    check_history(attempt, db, memory, row);
    /* What a refused move wrote is undone, its timers too. */
    if (row && (problem = store_write(store, memory, check_timers, attempt)) != NULL)
        blame_cell(attempt, "its timers:", problem->name);
    *moved += row ? 1 : 0;
    memory_end(memory);
}

/* Where the outbox ends now. */
static struct event last_event(struct database *db)
{
    struct memory *memory = memory_create(16 << 20);
    struct event last = {0};
    struct event_list events = {0};
    if (event_await(db, memory, NULL))
        blame("the outbox can't be read");
    do {
        if (events_after(db, memory, last.turn, last.id, 1000, &events))
            blame("the outbox can't be read");
        else if (events.count)
            last = events.items[events.count - 1];
    } while (!fault[0] && events.count == 1000);
    memory_end(memory);
    return last;
}

/* The outbox holds one event a move, each with its flow's name in front. PostgreSQL shows them once
 * no older transaction runs, which others on the same server decide. */
static void check_events(const struct flow *flow, struct database *db, struct event from,
                         int64_t moved)
{
    struct memory *memory = memory_create(16 << 20);
    struct event_list events = {0};
    if (event_await(db, memory, NULL) ||
        events_after(db, memory, from.turn, from.id, 1000, &events))
        blame("the outbox can't be read");
    if ((int64_t)events.count != moved)
        blame("%lld moves gave %zu events", (long long)moved, events.count);
    size_t head = strlen(flow->name);
    for (size_t i = 0; i < events.count; i++) {
        struct text name = events.items[i].name;
        bool ours = text_starts(name, flow->name) && name.size > head && name.data[head] == '.';
        struct text event = {name.data + head + 1, ours ? name.size - head - 1 : 0};
        if (!ours || !words_value(flow->events, event))
            blame("an event is called %.*s", TEXT_ARGS(name));
        if (!text_is(events.items[i].note, "so that it is kept"))
            blame("the note of %.*s is lost", TEXT_ARGS(name));
    }
    memory_end(memory);
}

static void check_every_cell(const struct flow *flow, const char *engine, struct store *store,
                             struct database *db)
{
    char what[200];
    int64_t moved = 0;
    int64_t cells = 0;
    struct event from = last_event(db);
    struct attempt attempt = {.flow = flow, .at = {INT64_C(1780000000000)}};
    for (size_t i = 0; i < flow->states->count; i++) {
        attempt.state = flow->states->items[i].value;
        /* One event beyond the last: no flow has it, and nothing may come of it. */
        for (size_t j = 0; j <= flow->events->count; j++) {
            bool known = j < flow->events->count;
            attempt.event = known ? flow->events->items[j].value : 1000;
            for (size_t k = 0; k < BY_ALL; k++, cells++) {
                attempt.by = everybody[k];
                attempt.actor.value = attempt.by == BY_TIMER ? 0 : id_new();
                check_cell(store, db, &attempt, &moved);
            }
        }
    }
    check_events(flow, db, from, moved);
    snprintf(what, sizeof what, "%lld of %lld attempts move, as the table says, on %s",
             (long long)moved, (long long)cells, engine);
    told(flow->name, what);
}

/* ---- what happens by itself ---- */

static const struct problem *begin_in(struct database *db, struct memory *memory, void *context)
{
    struct attempt *attempt = context;
    struct flow begun = *attempt->flow;
    begun.first = attempt->state;
    subject.state = attempt->state;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &begun,
                        .subject = subject.id,
                        .by = BY_SUPPLIER,
                        .actor = attempt->actor,
                        .at = attempt->at};
    return flow_begin(&move);
}

/* A limit fires when it is due, not before, and only once. */
static void check_firing(const struct flow *flow, struct store *store, struct database *db)
{
    for (size_t i = 0; i < flow->limit_count; i++) {
        const struct flow_limit *limit = &flow->limits[i];
        const struct flow_move *row = row_for(flow, limit->state, limit->event, BY_TIMER);
        struct memory *memory = memory_create(4 << 20);
        struct attempt attempt = {.flow = flow,
                                  .state = limit->state,
                                  .event = limit->event,
                                  .by = BY_TIMER,
                                  .at = {INT64_C(1780000000000)}};
        struct instant due = instant_add(attempt.at, limit->after);
        int64_t early = 0;
        int64_t fired = 0;
        int64_t again = 0;
        subject.id = id_new();
        if (!row || store_write(store, memory, begin_in, &attempt) ||
            flow_fire(store, db, memory, instant_add(due, -1), &early) ||
            flow_fire(store, db, memory, due, &fired))
            blame_cell(&attempt, "its limit", "fails");
        else if (early || fired != 1 || subject.state != row->to)
            blame_cell(&attempt, early ? "fired too early, to" : "fired wrongly, to",
                       state_name(flow, subject.state));
        attempt.move.to = subject.state;
        attempt.at = due;
        if (!fault[0] && store_write(store, memory, check_timers, &attempt))
            blame_cell(&attempt, "its timers", "can't be read");
        if (!fault[0] && (flow_fire(store, db, memory, due, &again) || again))
            blame_cell(&attempt, "fired", "twice");
        memory_end(memory);
    }
    told(flow->name, "each time limit fires when it is due, once");
}

/* ---- the diagrams of README.md ---- */

struct diagram {
    const struct flow *flow;
    bool seen[64]; /* rows of the table that the diagram has */
    int lines;
};

/* The bits of "supplier, buyer"; 0 when a word is none of ours. */
static int by_of(const char *words)
{
    struct text rest = text_of(words);
    struct text word;
    int bits = 0;
    while (text_split(&rest, ',', &word)) {
        int bit = 0;
        for (size_t i = 0; i < BY_ALL; i++)
            bit = text_is(text_trim(word), everybody_words[i]) ? (int)everybody[i] : bit;
        if (!bit)
            return 0;
        bits |= bit;
    }
    return bits;
}

/* A line of a diagram: "from event by who -> to, then what it means". */
static void read_move(struct diagram *diagram, const char *line)
{
    const struct flow *flow = diagram->flow;
    char from[64];
    char event[64];
    char by[128];
    char to[64];
    if (sscanf(line, "%63s %63s by %127[a-z, ] -> %63s", from, event, by, to) != 4) {
        blame("the diagram's line \"%.80s\" is no move", line);
        return;
    }
    int bits = by_of(by);
    diagram->lines++;
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_move *row = &flow->moves[i];
        if (!diagram->seen[i] && strcmp(state_name(flow, row->from), from) == 0 &&
            strcmp(event_name(flow, row->event), event) == 0 &&
            strcmp(state_name(flow, row->to), to) == 0 && row->by == bits) {
            diagram->seen[i] = true;
            return;
        }
    }
    blame("the diagram has \"%.80s\", the table has not", line);
}

/* Reads the fenced block that follows the flow's name in backticks. */
static void read_diagram(FILE *file, struct diagram *diagram)
{
    char line[400];
    char mark[80];
    bool named = false;
    bool inside = false;
    snprintf(mark, sizeof mark, "`%s`", diagram->flow->name);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        bool fence = strncmp(line, "```", 3) == 0;
        if (fence && inside)
            return;
        if (fence && named)
            inside = true;
        else if (inside && line[0])
            read_move(diagram, line);
        else if (!inside && strstr(line, mark))
            named = true;
    }
}

static void check_diagram(const struct subject_flow *subject_flow)
{
    struct diagram diagram = {.flow = subject_flow->table};
    char path[200];
    snprintf(path, sizeof path, "src/modules/%s", subject_flow->module);
    /* What is no folder of a model is a part of core. */
    bool model = access(path, F_OK) == 0;
    snprintf(path, sizeof path, model ? "src/modules/%s/README.md" : "src/core/README.md",
             subject_flow->module);
    FILE *file = fopen(path, "re");
    if (file) {
        read_diagram(file, &diagram);
        fclose(file);
    } else {
        blame("%s is not there", path);
    }
    for (size_t i = 0; i < diagram.flow->count; i++) {
        const struct flow_move *row = &diagram.flow->moves[i];
        if (!diagram.seen[i])
            blame("%s lacks \"%s %s ... -> %s\"", path, state_name(diagram.flow, row->from),
                  event_name(diagram.flow, row->event), state_name(diagram.flow, row->to));
    }
    told(diagram.flow->name, "the diagram of README.md is the table");
}

/* ---- both engines ---- */

static void check_on(const char *engine, const char *url)
{
    const struct schema *schemas[FLOWS_MAX + 1] = {&ledger_schema};
    size_t count = 1;
    struct memory *memory = memory_create(256 << 20);
    struct memory *reading = memory_create(16 << 20);
    struct store *store;
    struct database *db;
    struct text complaint = {0};
    for (const struct module *const *part = module_all(); *part; part++) {
        if ((*part)->schema)
            schemas[count++] = (*part)->schema;
    }
    if (store_open(memory, text_of(url), schemas, count, &store, &complaint)) {
        blame("%.*s", TEXT_ARGS(complaint));
        told(engine, "the store opens");
        return;
    }
    if (store_reader(store, reading, &db)) {
        blame("no reader");
        told(engine, "the store opens");
    }
    for (size_t i = 0; i < flow_count; i++) {
        check_every_cell(&flows[i].driven, engine, store, db);
        check_firing(&flows[i].driven, store, db);
    }
    memory_end(reading);
    store_close(store);
    memory_end(memory);
}

static void check_on_sqlite(void)
{
    char folder[] = "/tmp/contraflow-states-XXXXXX";
    char url[100];
    char file[100];
    if (!mkdtemp(folder)) {
        blame("no folder");
        told("SQLite", "the store opens");
        return;
    }
    snprintf(url, sizeof url, "sqlite:%s/states.db", folder);
    check_on("SQLite", url);
    for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
        snprintf(file, sizeof file, "%s/states.db%s", folder, *end);
        unlink(file);
    }
    rmdir(folder);
}

static void check_on_postgresql(const char *url)
{
    char schema[64];
    char command[128];
    char with[1000];
    snprintf(schema, sizeof schema, "states_%d", (int)getpid());
    snprintf(with, sizeof with, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', schema);
    PGconn *connection = PQconnectdb(url);
    snprintf(command, sizeof command, "CREATE SCHEMA %s", schema);
    PQclear(PQexec(connection, command));
    check_on("PostgreSQL", with);
    snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", schema);
    PQclear(PQexec(connection, command));
    PQfinish(connection);
}

int main(void)
{
    const char *url = getenv("TEST_POSTGRESQL");
    collect_flows();
    for (size_t i = 0; i < flow_count; i++) {
        check_rows(flows[i].table);
        check_ways(flows[i].table);
        check_limits(flows[i].table);
        check_diagram(&flows[i]);
    }
    if (flow_count == 0) {
        blame("no part has one");
        told("flows", "there are some");
    }
    check_on_sqlite();
    if (url)
        check_on_postgresql(url);
    else
        printf("ok every state with every event on PostgreSQL # SKIP TEST_POSTGRESQL names no "
               "server\n");
    return failures ? 1 : 0;
}
