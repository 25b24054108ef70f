/*
 * Follows the database with the lists in memory: one copy for the process, built when a server starts
 * or, where none runs, at the first search.
 *
 * Each change of what a thing is found by is an event (search_put()), so a search first reads the
 * events since the last one. A changed thing is hidden in the lists and kept beside them with its
 * tokens; when many are, the lists are built anew in the background while searches go on with the old
 * ones. The event last read is read again each time: when it is not there, this is another database,
 * and everything is built anew.
 * Must not know: what the things are. Read next: lists.c, core/event.h.
 */
#include "core/search/live.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/search/queries.h"
#include "core/search/rows.h"

#define LISTS_LIMIT   ((size_t)2 << 30) /* bytes of all lists */
#define CHANGES_LIMIT ((size_t)64 << 20)
#define PAGE_LIMIT    ((size_t)64 << 20)
#define RETRY_AFTER   (60 * INT64_C(1000000000)) /* nanoseconds after lists that did not fit */

enum { PAGE = 500, EVENTS = 1000, ROUNDS = 20, CHANGES_LEAST = 1000, CHANGES_PART = 50 };

/* A thing that changed after the lists were built. */
struct changed {
    int64_t id;
    uint64_t mark;      /* a bit for each token, see mark_of() */
    struct text tokens; /* empty: it can't be found any more */
};

struct position {
    int64_t turn;
    int64_t event;
};

static struct {
    pthread_rwlock_t lock;    /* over what follows */
    pthread_mutex_t building; /* held by the one that builds */
    struct search_lists *lists;
    struct position position; /* the event last read; zeros: there was none */
    struct memory *memory;    /* of the changes */
    struct changed *changes;  /* ids rise */
    size_t count, room;
    int64_t failed;     /* clock_ticks() when lists did not fit; 0: they did */
    atomic_bool tended; /* somebody calls search_tend(): searches need not build */
} live = {.lock = PTHREAD_RWLOCK_INITIALIZER, .building = PTHREAD_MUTEX_INITIALIZER};

/* ---- building --------------------------------------------------------------------------------- */

static const struct problem *add_page(struct database *db, struct search_lists *lists,
                                      int64_t *after, bool *more)
{
    struct search_thing_row_list things;
    struct memory *memory = memory_create(PAGE_LIMIT);
    const struct problem *problem =
        memory ? search_things(db, memory, *after, PAGE, &things) : &out_of_memory;
    *more = !problem && things.count == PAGE;
    for (size_t i = 0; !problem && i < things.count; i++) {
        if (!search_lists_add(lists, things.items[i].subject, things.items[i].tokens))
            problem = &out_of_memory;
        *after = things.items[i].subject;
    }
    memory_end(memory);
    return problem;
}

static const struct problem *read_all(struct database *db, struct search_lists *lists)
{
    const struct problem *problem = NULL;
    int64_t after = INT64_MIN;
    for (bool more = true; !problem && more;)
        problem = add_page(db, lists, &after, &more);
    if (!problem && !search_lists_ready(lists))
        problem = &out_of_memory;
    return problem;
}

/* Puts new lists in the place of the old; NULL takes them away. */
static void publish(struct search_lists *lists, struct position position)
{
    size_t room = lists ? 2 * (CHANGES_LEAST + search_lists_count(lists) / CHANGES_PART) : 0;
    struct memory *memory = lists ? memory_create(CHANGES_LIMIT) : NULL;
    struct changed *changes = memory ? memory_take_array(memory, room, sizeof *changes) : NULL;
    if (lists && !changes) {
        search_lists_end(lists);
        memory_end(memory);
        return;
    }
    pthread_rwlock_wrlock(&live.lock);
    struct search_lists *old = live.lists;
    struct memory *old_memory = live.memory;
    live.lists = lists;
    live.position = position;
    live.memory = memory;
    live.changes = changes;
    live.count = 0;
    live.room = room;
    pthread_rwlock_unlock(&live.lock);
    search_lists_end(old);
    memory_end(old_memory);
}

/* The position is read before the things, so that what changes meanwhile is read again. *built says
 * whether this call did it: not while another builds, and not soon after it was too much. */
static const struct problem *build(struct database *db, struct memory *memory, bool *built)
{
    *built = false;
    struct search_event_row newest = {0};
    if (pthread_mutex_trylock(&live.building) != 0)
        return NULL;
    if (live.failed && clock_ticks() - live.failed < RETRY_AFTER) {
        pthread_mutex_unlock(&live.building);
        return NULL;
    }
    struct search_lists *lists = NULL;
    const struct problem *problem = search_event_newest(db, memory, &newest);
    if (problem == &not_found)
        problem = NULL;
    if (!problem) {
        lists = search_lists_begin(LISTS_LIMIT);
        problem = lists ? read_all(db, lists) : &out_of_memory;
    }
    if (problem) {
        search_lists_end(lists);
        lists = NULL;
        live.failed = clock_ticks();
        log_write(LOG_WARNING, "search.not_built", "problem=%s", problem->name);
    } else {
        live.failed = 0;
        log_write(LOG_INFO, "search.ready", "things=%zu", search_lists_count(lists));
    }
    publish(lists, (struct position){newest.turn, newest.id});
    *built = lists != NULL;
    pthread_mutex_unlock(&live.building);
    return problem == &out_of_memory ? NULL : problem;
}

/* ---- following -------------------------------------------------------------------------------- */

/* One of 64 bits for each token: who lacks a bit of what is wanted has not all of it. */
static uint64_t mark_of(struct text tokens)
{
    struct text word;
    uint64_t mark = 0;
    while (text_split(&tokens, ' ', &word)) {
        uint32_t hash = 2166136261; /* FNV-1a */
        for (size_t i = 0; i < word.size; i++)
            hash = (hash ^ (unsigned char)word.data[i]) * 16777619;
        mark |= UINT64_C(1) << (hash >> 7) % 64;
    }
    return mark;
}

/* Where an id stands or belongs among the changes. */
static size_t place_of(int64_t id)
{
    size_t low = 0;
    size_t high = live.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (live.changes[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* With the lock held for writing. False when there is no room. */
static bool note(int64_t id, struct text tokens)
{
    size_t at = place_of(id);
    struct text kept = tokens.size ? text_copy(live.memory, tokens) : (struct text){NULL, 0};
    if (tokens.size && !kept.data)
        return false;
    if (at == live.count || live.changes[at].id != id) {
        if (live.count == live.room)
            return false;
        memmove(&live.changes[at + 1], &live.changes[at], (live.count - at) * sizeof *live.changes);
        live.count++;
        search_lists_hide(live.lists, id);
    }
    live.changes[at] = (struct changed){id, mark_of(kept), kept};
    return true;
}

static bool same_position(struct position a, struct position b)
{
    return a.turn == b.turn && a.event == b.event;
}

/* Reads what things are found by now, then notes all of them unless another did meanwhile. */
static const struct problem *note_all(struct database *db, struct memory *memory,
                                      const struct search_event_row_list *events,
                                      struct position from, bool *fits)
{
    struct text *tokens = memory_take_array(memory, events->count, sizeof *tokens);
    const struct problem *problem = tokens ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < events->count; i++) {
        struct search_text_row row = {{NULL, 0}};
        if (!text_is(events->items[i].name, SEARCH_CHANGED))
            continue;
        problem = search_text_find(db, memory, events->items[i].subject, &row);
        if (problem == &not_found)
            problem = NULL;
        tokens[i] = row.tokens;
    }
    if (problem)
        return problem;
    pthread_rwlock_wrlock(&live.lock);
    if (live.lists && same_position(live.position, from)) {
        for (size_t i = 0; *fits && i < events->count; i++) {
            const struct search_event_row *event = &events->items[i];
            if (text_is(event->name, SEARCH_CHANGED))
                *fits = note(event->subject, tokens[i]);
            if (*fits)
                live.position = (struct position){event->turn, event->id};
        }
    }
    pthread_rwlock_unlock(&live.lock);
    return NULL;
}

/* One round of events. *more: there may be others. *fits false: the lists must be built anew. */
static const struct problem *follow_once(struct database *db, struct memory *memory, bool *more,
                                         bool *fits)
{
    pthread_rwlock_rdlock(&live.lock);
    struct position from = live.position;
    *fits = live.lists != NULL;
    pthread_rwlock_unlock(&live.lock);
    *more = false;
    if (!*fits)
        return NULL;
    struct search_event_row_list events;
    const struct problem *problem =
        search_events_from(db, memory, from.turn, from.event, EVENTS, &events);
    if (problem)
        return problem;
    *more = events.count == EVENTS;
    if (from.event) {
        *fits = events.count > 0 && events.items[0].id == from.event;
        events.items++;
        events.count -= *fits ? 1 : 0;
    }
    return *fits && events.count ? note_all(db, memory, &events, from, fits) : NULL;
}

static bool many_changed(void)
{
    pthread_rwlock_rdlock(&live.lock);
    bool many = live.count > live.room / 2;
    pthread_rwlock_unlock(&live.lock);
    return many;
}

/* *fits: the lists are those of this database, as it is now. */
static const struct problem *follow(struct database *db, struct memory *memory, bool may_build,
                                    bool *fits)
{
    bool built;
    const struct problem *problem = NULL;
    bool more = true;
    *fits = true;
    for (int i = 0; !problem && more && i < ROUNDS; i++)
        problem = follow_once(db, memory, &more, fits);
    if (problem || !may_build || (*fits && !many_changed()))
        return problem;
    problem = build(db, memory, &built);
    *fits = *fits || built;
    return problem;
}

const struct problem *search_tend(struct database *db, struct memory *memory)
{
    bool fits;
    if (database_is_postgresql(db))
        return NULL;
    atomic_store(&live.tended, true);
    return follow(db, memory, true, &fits);
}

/* ---- finding ---------------------------------------------------------------------------------- */

static size_t find_changed(const struct search_wanted *wanted, int64_t before, size_t most,
                           int64_t *out)
{
    uint64_t mark = 0;
    size_t found = 0;
    for (size_t g = 0; g < wanted->count; g++) {
        if (wanted->groups[g].count == 1)
            mark |= mark_of(wanted->groups[g].words[0]);
    }
    for (size_t i = place_of(before); i > 0 && found < most; i--) {
        const struct changed *changed = &live.changes[i - 1];
        if ((changed->mark & mark) == mark && search_wanted_by(wanted, changed->tokens))
            out[found++] = changed->id;
    }
    return found;
}

const struct problem *search_live_find(struct database *db, struct memory *memory,
                                       const struct search_wanted *wanted, int64_t before,
                                       int64_t most, struct search_hit_list *hits, bool *done)
{
    size_t room = (size_t)most;
    int64_t *old = memory_take_array(memory, room, sizeof *old);
    int64_t *late = memory_take_array(memory, room, sizeof *late);
    struct search_hit *items = memory_take_array(memory, room, sizeof *items);
    const struct problem *problem = old && late && items
                                        ? follow(db, memory, !atomic_load(&live.tended), done)
                                        : &out_of_memory;
    if (problem)
        return problem;
    size_t old_count = 0;
    size_t late_count = 0;
    pthread_rwlock_rdlock(&live.lock);
    *done = *done && live.lists;
    if (*done) {
        old_count = search_lists_find(live.lists, wanted, before, room, old);
        late_count = find_changed(wanted, before, room, late);
    }
    pthread_rwlock_unlock(&live.lock);
    size_t count = 0;
    for (size_t i = 0, k = 0; count < room && (i < old_count || k < late_count); count++) {
        bool newer = i == old_count || (k < late_count && late[k] > old[i]);
        items[count].subject = newer ? late[k++] : old[i++];
    }
    *hits = (struct search_hit_list){items, count};
    return NULL;
}
