/*
 * The outbox and its followers.
 *
 * A follower's effect and its new position are one write, conditional on the old position: a crash
 * repeats nothing, and two processes can't take the same event. Must not know: what events mean.
 */
#include "core/event.h"

#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/event_queries.h"
#include "core/event_rows.h"

#define HELD_MOST (60 * INT64_C(1000000000)) /* nanoseconds to wait for other transactions */

const struct problem *event_emit(struct database *db, struct memory *memory, const char *name,
                                 int64_t subject, struct party_id party, struct text note,
                                 struct instant at)
{
    struct event event = {.id = {id_new()},
                          .name = text_of(name),
                          .subject = subject,
                          .party = party,
                          .note = note,
                          .at = at};
    return event_insert(db, memory, &event);
}

const struct problem *event_newest(struct database *reader, struct memory *memory, int64_t *out)
{
    struct event_number_row newest;
    const struct problem *problem = event_last(reader, memory, &newest);
    *out = problem ? 0 : newest.number;
    return problem == &not_found ? NULL : problem;
}

const struct problem *event_held(struct database *reader, struct memory *memory, bool *held)
{
    struct event_position_row newest;
    const struct problem *problem = events_held(reader, memory, &newest);
    *held = !problem;
    return problem == &not_found ? NULL : problem;
}

const struct problem *event_await(struct database *reader, struct memory *memory, bool *waited)
{
    bool held = false;
    bool before = false;
    int64_t until = clock_ticks() + HELD_MOST;
    const struct problem *problem = event_held(reader, memory, &held);
    while (!problem && held && clock_ticks() < until) {
        before = true;
        usleep(2000);
        problem = event_held(reader, memory, &held);
    }
    if (waited)
        *waited = !problem && before && !held;
    return problem;
}

const struct problem *event_moved(struct database *db, struct memory *memory)
{
    const struct problem *problem = event_positions_renew(db, memory);
    return problem ? problem : event_turns_renew(db, memory);
}

static bool follows(const struct consumer *consumer, struct text name)
{
    size_t size = strlen(consumer->follows);
    if (size == 0 || consumer->follows[size - 1] == '.')
        return text_starts(name, consumer->follows);
    return text_is(name, consumer->follows);
}

/* One follower taking a run of events in one write. */
struct taking {
    const struct consumer *consumer;
    const struct event *events;         /* the run */
    size_t count;                       /* how many */
    struct event_position_row position; /* before the run */
    const struct problem *aside;        /* set the one event aside for this reason; NULL: take it */
};

static const struct problem *take_one(struct database *db, struct memory *memory,
                                      const struct taking *taking, const struct event *event)
{
    const struct consumer *consumer = taking->consumer;
    if (!follows(consumer, event->name))
        return NULL;
    if (taking->aside)
        return event_failed_insert(db, memory, text_of(consumer->name), event->id,
                                   text_of(taking->aside->name), event->at);
    return consumer->take(db, memory, event);
}

static const struct problem *take_run(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < taking->count; i++)
        problem = take_one(db, memory, taking, &taking->events[i]);
    if (problem)
        return problem;
    const struct event *last = &taking->events[taking->count - 1];
    struct event_position_row moved;
    problem = event_position_set(db, memory, text_of(taking->consumer->name), last->turn, last->id,
                                 taking->position.turn, taking->position.event, &moved);
    return problem == &not_found ? &conflict : problem;
}

enum { RUN = 50 /* events in one write, to stay far below its bound of 1,000 rows */ };

static const struct problem *consume(struct store *store, struct database *reader,
                                     struct memory *memory, const struct consumer *consumer,
                                     int most, int64_t *taken)
{
    struct event_list events;
    struct taking taking = {.consumer = consumer};
    const struct problem *problem =
        event_position(reader, memory, text_of(consumer->name), &taking.position);
    if (problem && problem != &not_found)
        return problem;
    problem =
        events_after(reader, memory, taking.position.turn, taking.position.event, most, &events);
    size_t done = 0;
    size_t run = RUN;
    while (!problem && done < events.count) {
        taking.events = &events.items[done];
        taking.count = events.count - done < run ? events.count - done : run;
        problem = store_write(store, memory, take_run, &taking);
        if (problem == &conflict) /* another process is at it */
            return NULL;
        if (problem && problem->fault == FAULT_WORLD)
            return problem;
        if (problem) {
            /* One of them can't be taken: find it by going one by one, then set it aside. */
            if (run == 1) {
                log_write(LOG_ERROR, "event.set_aside", "consumer=%s problem=%s", consumer->name,
                          problem->name);
                taking.aside = problem;
            }
            run = 1;
            problem = NULL;
            continue;
        }
        const struct event *last = &taking.events[taking.count - 1];
        taking.position = (struct event_position_row){last->turn, last->id};
        taking.aside = NULL;
        done += taking.count;
        *taken += (int64_t)taking.count;
    }
    return problem;
}

const struct problem *event_consume(struct store *store, struct database *reader,
                                    struct memory *memory, const struct consumer *const *consumers,
                                    size_t count, int most, int64_t *taken)
{
    *taken = 0;
    const struct problem *first = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = consume(store, reader, memory, consumers[i], most, taken);
        if (problem && !first)
            first = problem;
    }
    return first;
}

static const struct problem *shift(struct database *db, struct memory *memory, void *context)
{
    struct event_ahead_row ahead;
    const struct problem *problem = event_turns_behind(db, memory, &ahead);
    (void)context;
    if (problem)
        return problem == &not_found ? NULL : problem;
    log_write(LOG_WARNING, "event.turns_shifted", "by=%lld", (long long)ahead.shift);
    return event_turns_shift(db, memory, ahead.shift);
}

const struct problem *event_begin(struct store *store, struct database *reader,
                                  struct memory *memory)
{
    struct event_ahead_row ahead;
    const struct problem *problem = event_turns_behind(reader, memory, &ahead);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return store_write(store, memory, shift, NULL);
}
