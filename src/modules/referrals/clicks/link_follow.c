/*
 * The index kept right: filled from the database once, then by events, from whatever process they come.
 *
 * The position among the events is read before the links, so that what changes meanwhile is read again. A
 * link that is not here yet is found by the worker to whom its click is passed (click_follow()).
 * Must not know: clicks. Read next: link_index.h, core/event.h.
 */
#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "core/event.h"
#include "core/event_queries.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/link.h"
#include "modules/referrals/clicks/queries.h"

#define PROGRAMS_MOVED "core.program." /* what begins so happened to a program, its subject */

enum { ROUND_MS = 200, PAGE = 2000, EVENTS = 1000 };
#define PAGE_MEMORY   ((size_t)64 << 20)
#define READER_MEMORY ((size_t)32 << 20)
#define KEYS_MEMORY   ((size_t)1 << 20)

struct link_follower {
    struct store *store;
    struct link_index *index;
    struct click_look *look;
    pthread_t thread;
    struct memory *memory; /* of the reader */
    struct database *db;
    struct referrals_position_row position; /* the event read last; zeros: none */
    pthread_mutex_t lock;                   /* over what follows */
    pthread_cond_t bell;                    /* rings when it ends */
    bool stopping;
};

static bool stopping(struct link_follower *follower)
{
    pthread_mutex_lock(&follower->lock);
    bool is = follower->stopping;
    pthread_mutex_unlock(&follower->lock);
    return is;
}

/* A link that can't be folded or is too long is left to nobody, and said. */
static const struct problem *put_link(struct link_index *index,
                                      const struct referrals_index_row *row)
{
    struct link_put put = {.link = row->link.value,
                           .program = row->program,
                           .target = row->target,
                           .counts = row->counts};
    if (!referrals_fold_code(row->code, &put.code) || row->target.size > LANDING_MOST) {
        log_write(LOG_ERROR, "referrals.bad_link", "link=%lld", (long long)row->link.value);
        return NULL;
    }
    return link_index_put(index, &put) ? NULL : &out_of_memory;
}

/* Links page by page: all of them, or those of one change. */
static const struct problem *put_links(struct link_follower *follower, int64_t change)
{
    struct referrals_link_id after = {0};
    const struct problem *problem = NULL;
    for (bool more = true; !problem && more && !stopping(follower);) {
        struct referrals_index_row_list links = {NULL, 0};
        struct memory *memory = memory_create(PAGE_MEMORY);
        if (!memory)
            return &out_of_memory;
        problem = change
                      ? referrals_index_changed(follower->db, memory, change, after, PAGE, &links)
                      : referrals_index_rows(follower->db, memory, after, PAGE, &links);
        for (size_t i = 0; !problem && i < links.count; i++) {
            problem = put_link(follower->index, &links.items[i]);
            after = links.items[i].link;
        }
        more = links.count == PAGE;
        memory_end(memory);
    }
    return problem;
}

static bool put_program(struct link_index *index, const struct referrals_program_row *row)
{
    return link_index_program(index, row->program, row->hosts, row->counts, row->until);
}

static const struct problem *put_programs(struct link_follower *follower)
{
    int64_t after = 0;
    const struct problem *problem = NULL;
    for (bool more = true; !problem && more;) {
        struct referrals_program_row_list programs = {NULL, 0};
        struct memory *memory = memory_create(PAGE_MEMORY);
        problem = memory ? referrals_index_programs(follower->db, memory, after, PAGE, &programs)
                         : &out_of_memory;
        for (size_t i = 0; !problem && i < programs.count; i++) {
            problem = put_program(follower->index, &programs.items[i]) ? NULL : &out_of_memory;
            after = programs.items[i].program;
        }
        more = programs.count == PAGE;
        memory_end(memory);
    }
    return problem;
}

static const struct problem *fill(struct link_follower *follower)
{
    struct memory *memory = memory_create(PAGE_MEMORY);
    const struct problem *problem =
        memory ? referrals_event_newest(follower->db, memory, &follower->position) : &out_of_memory;
    memory_end(memory);
    if (problem == &not_found)
        problem = NULL;
    if (!problem)
        problem = put_programs(follower);
    if (!problem)
        problem = put_links(follower, 0);
    if (!problem)
        log_write(LOG_INFO, "referrals.links_ready", "links=%zu",
                  link_index_count(follower->index));
    return problem;
}

static const struct problem *follow_one(struct link_follower *follower, struct memory *memory,
                                        const struct event *event)
{
    struct referrals_program_row program;
    if (text_is(event->name, REFERRALS_LINKS_CHANGED))
        return put_links(follower, event->subject);
    if (!text_starts(event->name, PROGRAMS_MOVED))
        return NULL;
    const struct problem *problem =
        referrals_index_program(follower->db, memory, event->subject, &program);
    if (!problem && !put_program(follower->index, &program))
        problem = &out_of_memory;
    return problem == &not_found ? NULL : problem;
}

/* *more: there may be others. */
static const struct problem *follow(struct link_follower *follower, bool *more)
{
    struct event_list events = {NULL, 0};
    struct memory *memory = memory_create(PAGE_MEMORY);
    const struct referrals_position_row *from = &follower->position;
    const struct problem *problem =
        memory ? events_after(follower->db, memory, from->turn, from->event, EVENTS, &events)
               : &out_of_memory;
    for (size_t i = 0; !problem && i < events.count; i++) {
        problem = follow_one(follower, memory, &events.items[i]);
        if (!problem)
            follower->position = (struct referrals_position_row){.turn = events.items[i].turn,
                                                                 .event = events.items[i].id};
    }
    *more = events.count == EVENTS;
    memory_end(memory);
    return problem;
}

/* False when it is over. */
static bool rest(struct link_follower *follower)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    int64_t nanoseconds = until.tv_nsec + ROUND_MS * INT64_C(1000000);
    until.tv_sec += nanoseconds / INT64_C(1000000000);
    until.tv_nsec = nanoseconds % INT64_C(1000000000);
    pthread_mutex_lock(&follower->lock);
    if (!follower->stopping)
        pthread_cond_timedwait(&follower->bell, &follower->lock, &until);
    bool go_on = !follower->stopping;
    pthread_mutex_unlock(&follower->lock);
    return go_on;
}

/* So that who counts a click never has to ask for them. */
static void keep_keys(const struct link_follower *follower)
{
    struct memory *memory = memory_create(KEYS_MEMORY);
    if (memory)
        click_look_keep(follower->look, follower->store, memory, clock_now());
    memory_end(memory);
}

static void *run(void *context)
{
    struct link_follower *follower = context;
    bool filled = false;
    const struct problem *said = NULL;
    do {
        const struct problem *problem = NULL;
        bool more = true;
        keep_keys(follower);
        if (!filled) {
            problem = fill(follower);
            filled = !problem;
        }
        while (!problem && more && !stopping(follower))
            problem = follow(follower, &more);
        if (problem && problem != said)
            log_write(LOG_WARNING, "referrals.links_behind", "problem=%s", problem->name);
        said = problem;
    } while (rest(follower));
    return NULL;
}

const struct problem *link_follow_start(struct memory *process, struct store *store,
                                        struct link_index *index, struct click_look *look,
                                        struct link_follower **out)
{
    struct link_follower *follower = memory_take(process, sizeof *follower);
    if (!follower)
        return &out_of_memory;
    *follower = (struct link_follower){
        .store = store, .index = index, .look = look, .memory = memory_create(READER_MEMORY)};
    const struct problem *problem = follower->memory ? NULL : &out_of_memory;
    if (!problem)
        problem = store_reader(store, follower->memory, &follower->db);
    if (!problem) {
        pthread_mutex_init(&follower->lock, NULL);
        pthread_cond_init(&follower->bell, NULL);
        if (pthread_create(&follower->thread, NULL, run, follower) != 0)
            problem = &world_failed;
    }
    if (problem)
        memory_end(follower->memory);
    *out = problem ? NULL : follower;
    return problem;
}

void link_follow_stop(struct link_follower *follower)
{
    if (!follower)
        return;
    pthread_mutex_lock(&follower->lock);
    follower->stopping = true;
    pthread_cond_signal(&follower->bell);
    pthread_mutex_unlock(&follower->lock);
    pthread_join(follower->thread, NULL);
    memory_end(follower->memory);
}
